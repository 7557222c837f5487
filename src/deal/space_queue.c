/*
 * What waits in a search for correction sets, smallest key first. A key is some words that hold
 * counts, compared one after the other, and then a set: of two sets with the same counts the one
 * comes first that has the lowest element which the other has not (space_correct.c says why).
 *
 * A binary heap: adding and taking look at O(log n) keys. What is replaced when it grows is given
 * back with the scratch memory it came from.
 */
#include "deal/space_internal.h"

#include <string.h>

int space_key_order(const space_queue *q, const uint64_t *a, const uint64_t *b)
{
    for (uint32_t w = 0; w < q->counts; w++)
        if (a[w] != b[w])
            return a[w] < b[w] ? -1 : 1;
    for (uint32_t w = q->counts; w < q->counts + q->words; w++) {
        uint64_t differ = a[w] ^ b[w];
        if (differ != 0)
            return (a[w] & differ & (~differ + 1)) != 0 ? -1 : 1;
    }
    return 0;
}

bool space_queue_add(space_queue *q, scratch *m, const uint64_t *key, void *what)
{
    if (q->count == q->room) {
        uint32_t room = q->room == 0 ? 64 : q->room * 2;
        space_waiting *grown = SCRATCH(m, space_waiting, room);
        if (grown == NULL)
            return false;
        if (q->count > 0)
            memcpy(grown, q->at, q->count * sizeof *grown);
        q->at = grown;
        q->room = room;
    }
    uint32_t at = q->count++;
    for (; at > 0 && space_key_order(q, key, q->at[(at - 1) / 2].key) < 0; at = (at - 1) / 2)
        q->at[at] = q->at[(at - 1) / 2];
    q->at[at] = (space_waiting){key, what};
    return true;
}

void *space_queue_take(space_queue *q)
{
    void *best = q->at[0].what;
    space_waiting last = q->at[--q->count];
    uint32_t at = 0;
    for (uint32_t child = 1; child < q->count; child = 2 * at + 1) {
        child +=
            child + 1 < q->count && space_key_order(q, q->at[child + 1].key, q->at[child].key) < 0;
        if (space_key_order(q, q->at[child].key, last.key) >= 0)
            break;
        q->at[at] = q->at[child];
        at = child;
    }
    q->at[at] = last;
    return best;
}
