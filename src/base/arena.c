/*
 * Arenas: memory handed out by moving a mark, released all at once.
 *
 * Blocks double from 4 KiB to 1 MiB; a bigger request gets a block of its own. The blocks form a
 * list in the order they are filled; `current` is the one being filled, and those behind it are
 * empty, kept by a reset for the next round so that an inner loop that marks and resets does not
 * allocate. Memory not handed out is always zero: a reset clears what it takes back.
 *
 * Left out: giving back one piece, and growing in place.
 */
#include "base_internal.h"

#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#define BLOCK_FIRST ((size_t)4096)
#define BLOCK_MOST ((size_t)1 << 20)
#define ALIGNMENT alignof(max_align_t)

typedef struct block {
    struct block *next;
    size_t size; /* bytes of data */
    size_t used;
    max_align_t data[];
} block;

struct parley_arena {
    parley_ctx *ctx;
    block *first;
    block *current; /* NULL: nothing handed out */
    size_t next_size;
};

static void block_free(parley_ctx *ctx, block *b)
{
    parley_release(ctx, b, sizeof *b + b->size);
}

parley_arena *parley_arena_new(parley_ctx *ctx)
{
    parley_arena *arena = parley_alloc(ctx, sizeof *arena);
    if (arena != NULL) {
        arena->ctx = ctx;
        arena->next_size = BLOCK_FIRST;
    }
    return arena;
}

void parley_arena_free(parley_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    for (block *b = arena->first; b != NULL;) {
        block *next = b->next;
        block_free(arena->ctx, b);
        b = next;
    }
    parley_release(arena->ctx, arena, sizeof *arena);
}

/* Make current a block with room for size bytes. */
static bool next_block(parley_arena *arena, size_t size)
{
    block **link = arena->current != NULL ? &arena->current->next : &arena->first;
    if (*link == NULL || (*link)->size < size) {
        size_t room = arena->next_size;
        if (size > room) {
            room = size;
        }
        block *b = parley_alloc(arena->ctx, sizeof *b + room);
        if (b == NULL) {
            return false;
        }
        b->size = room;
        b->next = *link;
        *link = b;
        if (arena->next_size < BLOCK_MOST) {
            arena->next_size *= 2;
        }
    }
    arena->current = *link;
    return true;
}

void *parley_arena_alloc(parley_arena *arena, size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(block) - ALIGNMENT) {
        return NULL;
    }
    size = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    block *b = arena->current;
    if (b == NULL || b->size - b->used < size) {
        if (!next_block(arena, size)) {
            return NULL;
        }
        b = arena->current;
    }
    char *p = (char *)b->data + b->used;
    b->used += size;
    return p;
}

void *parley_arena_array(parley_arena *arena, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        return NULL;
    }
    return parley_arena_alloc(arena, bytes);
}

void *parley_arena_grow(parley_arena *arena, const void *p, size_t old_size, size_t new_size)
{
    void *q = parley_arena_alloc(arena, new_size);
    size_t n = old_size < new_size ? old_size : new_size;
    if (q != NULL && p != NULL && n > 0) {
        memcpy(q, p, n);
    }
    return q;
}

char *parley_arena_copy(parley_arena *arena, const char *s, size_t length)
{
    if (length == SIZE_MAX) {
        return NULL;
    }
    char *copy = parley_arena_alloc(arena, length + 1);
    if (copy != NULL && length > 0) {
        memcpy(copy, s, length);
    }
    return copy;
}

char *parley_arena_format(parley_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        return NULL;
    }
    char *out = parley_arena_alloc(arena, (size_t)n + 1);
    if (out != NULL) {
        va_start(args, format);
        vsnprintf(out, (size_t)n + 1, format, args);
        va_end(args);
    }
    return out;
}

parley_arena_mark parley_arena_here(parley_arena *arena)
{
    parley_arena_mark mark = {arena->current, arena->current != NULL ? arena->current->used : 0};
    return mark;
}

void parley_arena_reset(parley_arena *arena, parley_arena_mark mark)
{
    block *to = mark.block;
    block *b = to != NULL ? to : arena->first;
    block *end = arena->current != NULL ? arena->current->next : arena->first;
    for (; b != end; b = b->next) {
        size_t keep = b == to ? mark.used : 0;
        PARLEY_ASSERT(b != NULL && keep <= b->used);
        memset((char *)b->data + keep, 0, b->used - keep);
        b->used = keep;
    }
    arena->current = to;
    /* Blocks made for one big request are not kept: nothing says such a request will come again. */
    for (block **link = to != NULL ? &to->next : &arena->first; *link != NULL;) {
        b = *link;
        if (b->size > BLOCK_MOST) {
            *link = b->next;
            block_free(arena->ctx, b);
        } else {
            link = &b->next;
        }
    }
}
