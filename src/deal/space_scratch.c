/*
 * Scratch memory of one question: a chain of blocks handed out from the front and given back to a
 * mark. Nothing is cleared and blocks are kept, so that tables cost no more than their own
 * computation.
 */
#include "deal/space_internal.h"

#include <string.h>

/* Blocks grow with what is in use, between these. */
#define SCRATCH_LEAST ((size_t)1 << 12)
#define SCRATCH_MOST ((size_t)1 << 22)

static char *block_data(scratch_block *b)
{
    return (char *)(b + 1);
}

void *scratch_alloc(scratch *m, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 4)
        return NULL;
    bytes = (bytes + 15) / 16 * 16;
    if (bytes == 0)
        bytes = 16;
    if (m->block == NULL || m->block->size - m->used < bytes) {
        scratch_block *next = m->block != NULL ? m->block->next : m->first;
        if (next == NULL || next->size < bytes) {
            size_t room = m->total < SCRATCH_LEAST ? SCRATCH_LEAST : m->total;
            if (room > SCRATCH_MOST)
                room = SCRATCH_MOST;
            if (room < bytes)
                room = bytes;
            scratch_block *b = parley_alloc(m->ctx, sizeof *b + room);
            if (b == NULL)
                return NULL;
            b->size = room;
            b->next = next;
            m->total += room;
            if (m->block != NULL)
                m->block->next = b;
            else
                m->first = b;
            next = b;
        }
        m->block = next;
        m->used = 0;
    }
    void *p = block_data(m->block) + m->used;
    m->used += bytes;
    return p;
}

void *scratch_zero(scratch *m, size_t n, size_t size)
{
    void *p = scratch_alloc(m, n, size);
    if (p != NULL)
        memset(p, 0, n * size);
    return p;
}

scratch_mark scratch_here(const scratch *m)
{
    return (scratch_mark){m->block, m->used};
}

void scratch_reset(scratch *m, scratch_mark mark)
{
    m->block = mark.block;
    m->used = mark.used;
}

void scratch_trim(scratch *m, size_t keep)
{
    m->block = NULL;
    m->used = 0;
    scratch_block **at = &m->first;
    size_t kept = 0;
    while (*at != NULL) {
        scratch_block *b = *at;
        if (kept + b->size <= keep) {
            kept += b->size;
            at = &b->next;
        } else {
            *at = b->next;
            parley_release(m->ctx, b, sizeof *b + b->size);
        }
    }
    m->total = kept;
}
