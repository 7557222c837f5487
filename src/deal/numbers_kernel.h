/*
 * Inside the room "deal": lists of points, and their merge (numbers_kernel.c).
 */
#ifndef PARLEY_DEAL_NUMBERS_KERNEL_H
#define PARLEY_DEAL_NUMBERS_KERNEL_H

#include "deal/numbers_internal.h"

/* Rows of bytes as numbers_kernel.inc.h has them. */
typedef struct nm_list {
    unsigned char *row;
    uint32_t size;
} nm_list;

/* One list that goes into a merge. */
typedef struct nm_operand {
    const nm_list *list;
    const void *shift; /* added to every point; NULL: nothing */
    uint64_t times;    /* multiplies counts */
    uint32_t tag;      /* becomes y of every point */
} nm_operand;

typedef struct nm_scratch {
    parley_ctx *ctx;
    uint32_t k;
    bool wide; /* 128-bit numbers; else 64 */
    size_t row;
    unsigned char *room[2];
    size_t room_size;
    uint32_t *size;
    uint32_t size_room;
    void *stair;
    size_t stair_size;
    uint64_t work;
    uint64_t work_most;
    uint64_t work_look; /* look for a cancel when work gets here */
    uint64_t pile;      /* from so many points on, lists are added one after the other */
} nm_scratch;

#define NM_LOOK 5000000u

void nm_scratch_begin(nm_scratch *s, parley_ctx *ctx, uint32_t k, bool wide, uint64_t work_most);
void nm_scratch_free(nm_scratch *s);
/*
 * The points of all lists that nothing dominates; *rows is borrowed until the next merge. LIMIT:
 * more points or work than allowed. CANCELLED, NOMEM.
 */
parley_status nm_merge(nm_scratch *s, uint32_t lists, const nm_operand *op, uint64_t points_most,
                       unsigned char **rows, uint32_t *size, parley_error *err);

static inline uint64_t *nm_row_count(unsigned char *row)
{
    return (uint64_t *)(void *)row;
}
static inline uint32_t *nm_row_xy(unsigned char *row)
{
    return (uint32_t *)(void *)(row + sizeof(uint64_t));
}
static inline void *nm_row_u(unsigned char *row)
{
    return row + sizeof(uint64_t) + 2 * sizeof(uint32_t);
}
#define NM_ROW_HEAD (sizeof(uint64_t) + 2 * sizeof(uint32_t))
/*
 * For four and more parties (numbers_kernel_tree.c): a byte for each point of a, then of b, above 0
 * when a point of the other list dominates it; in s->stair, which has nm_cross_bytes(na + nb)
 * bytes. Neither list is empty, nor holds a point that another of the same list dominates. NULL:
 * stopped.
 */
uint8_t *nm_cross(nm_scratch *s, const unsigned char *a, uint32_t na, const unsigned char *b,
                  uint32_t nb);
size_t nm_cross_bytes(uint32_t points, uint32_t k);
nm_num nm_row_number(const nm_scratch *s, unsigned char *row, uint32_t i);
void nm_row_set(const nm_scratch *s, unsigned char *row, uint32_t i, nm_num value);

#endif
