/*
 * Who is behind rows: claims, second mentions of them, and originals (one speaker through one
 * origin, or unnamed speakers of one description through one origin; decision 12).
 */
#include "case/moves_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct original {
    int32_t origin;
    int32_t person;
    bool unnamed;
    const char *described;
} original;

static original original_of(const parley_case *c, const parley_stand *stand)
{
    original o = {-1, stand->person, moves_is_unnamed(stand->cls), ""};
    if (stand->claim >= 0) {
        const parley_claim *claim = parley_case_claim(c, stand->claim);
        o.origin = claim->chain.count > 0 ? claim->chain.at[claim->chain.count - 1] : claim->source;
        if (o.unnamed) {
            o.person = -1;
            o.described = claim->speaker_text != NULL ? claim->speaker_text : "";
        }
    } else {
        o.origin = parley_case_response(c, stand->response)->source;
    }
    return o;
}

bool moves_holds(const parley_ids *ids, int32_t id)
{
    for (uint32_t k = 0; k < ids->count; k++) {
        if (ids->at[k] == id) {
            return true;
        }
    }
    return false;
}

void moves_insert(int32_t *list, parley_ids *ids, int32_t id)
{
    if (moves_holds(ids, id)) {
        return;
    }
    uint32_t at = ids->count++;
    while (at > 0 && list[at - 1] > id) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = id;
}

/* Among originals met: an open table of 1 + index, twice as large as it can fill. */
static bool is_new(original *key, uint32_t *count, uint32_t *met, uint32_t room, original o)
{
    uint32_t h = (uint32_t)o.origin * 2654435761u ^ (uint32_t)o.person * 40503u ^ o.unnamed;
    uint32_t slot = (h ^ h >> 16) & (room - 1);
    for (; met[slot] != 0; slot = (slot + 1) & (room - 1)) {
        const original *k = &key[met[slot] - 1];
        if (k->origin == o.origin && k->person == o.person && k->unnamed == o.unnamed &&
            strcmp(k->described, o.described) == 0) {
            return false;
        }
    }
    key[(*count)++] = o;
    met[slot] = *count;
    return true;
}

static int ascending(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t room_for(uint32_t originals)
{
    uint32_t room = 8;
    while (room < originals * 2) {
        room *= 2;
    }
    return room;
}

/* Mark the claims of rows; the mark, and the one after it, are the caller's. */
static uint32_t stamp_claims(parley_moves *m, const moves_row *const *rows, uint32_t n)
{
    uint32_t here = m->stamped + 1;
    m->stamped += 2;
    for (uint32_t i = 0; i < n; i++) {
        if (rows[i]->stand.claim >= 0) {
            m->stamp[rows[i]->stand.claim] = here;
        }
    }
    return here;
}

/* Does its claim only mention again what a marked claim says? */
static bool is_mention(const parley_moves *m, const moves_row *row, uint32_t here)
{
    int32_t id = row->stand.claim;
    for (uint32_t k = 0; id >= 0 && k < parley_case_claim(m->c, id)->repeats.count; k++) {
        if (m->stamp[parley_case_claim(m->c, id)->repeats.at[k]] >= here) {
            return true;
        }
    }
    return false;
}

bool moves_support(parley_moves *m, const moves_row *const *rows, uint32_t n,
                   parley_move_support *out)
{
    uint32_t room = room_for(n);
    int32_t *claims = parley_arena_array(m->arena, n, sizeof(*claims));
    int32_t *mentions = parley_arena_array(m->arena, n, sizeof(*mentions));
    parley_arena_mark mark = parley_arena_here(m->arena);
    original *key = parley_arena_array(m->arena, n, sizeof(*key));
    uint32_t *met = parley_arena_array(m->arena, room, sizeof(*met));
    *out = (parley_move_support){.unnamed = true};
    if (claims == NULL || mentions == NULL || key == NULL || met == NULL) {
        m->nomem = true;
        return false;
    }
    uint32_t here = stamp_claims(m, rows, n); /* a claim of the rows */
    uint32_t taken = here + 1;                /* and listed */
    for (uint32_t i = 0; i < n; i++) {
        int32_t id = rows[i]->stand.claim;
        bool mention = is_mention(m, rows[i], here);
        if (id >= 0 && m->stamp[id] == here) {
            m->stamp[id] = taken;
            if (mention) {
                mentions[out->mentions.count++] = id;
            } else {
                claims[out->claims.count++] = id;
            }
        }
        if (mention) {
            continue;
        }
        original o = original_of(m->c, &rows[i]->stand);
        is_new(key, &out->originals, met, room, o);
        out->unnamed = out->unnamed && o.unnamed;
        out->on_record = out->on_record || parley_class_on_record(rows[i]->stand.cls);
    }
    qsort(claims, out->claims.count, sizeof(*claims), ascending);
    qsort(mentions, out->mentions.count, sizeof(*mentions), ascending);
    out->claims.at = claims;
    out->mentions.at = mentions;
    out->unnamed = out->unnamed && out->originals > 0;
    parley_arena_reset(m->arena, mark);
    return true;
}

bool moves_brings_original(parley_moves *m, const moves_row **rows, uint32_t n, const moves_row *l)
{
    parley_arena_mark mark = parley_arena_here(m->arena);
    uint32_t room = room_for(n + 1);
    original *key = parley_arena_array(m->arena, (size_t)n + 1, sizeof(*key));
    uint32_t *met = parley_arena_array(m->arena, room, sizeof(*met));
    if (key == NULL || met == NULL) {
        m->nomem = true;
        return false;
    }
    uint32_t count = 0;
    uint32_t here = stamp_claims(m, rows, n);
    bool turned = false; /* a row that is a mention only once l is there */
    for (uint32_t i = 0; i < n; i++) {
        if (!is_mention(m, rows[i], here)) {
            const int32_t id = rows[i]->stand.claim;
            turned = turned || (id >= 0 && l->stand.claim >= 0 &&
                                moves_holds(&parley_case_claim(m->c, id)->repeats, l->stand.claim));
            is_new(key, &count, met, room, original_of(m->c, &rows[i]->stand));
        }
    }
    bool more =
        !is_mention(m, l, here) && is_new(key, &count, met, room, original_of(m->c, &l->stand));
    parley_arena_reset(m->arena, mark);
    if (turned) { /* it may take away more than it brings: count both */
        parley_move_support before;
        parley_move_support after;
        rows[n] = l;
        more = moves_support(m, rows, n, &before) && moves_support(m, rows, n + 1, &after) &&
               after.originals > before.originals;
        parley_arena_reset(m->arena, mark);
    }
    return more;
}
