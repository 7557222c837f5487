/*
 * Merging lists of points with dominance: dispatch over the type of number and of parties, and the
 * room it takes. The method is in numbers_kernel.inc.h.
 */
#include "deal/numbers_kernel.h"

#include <string.h>

#define NM_JOIN2(a, b) a##b
#define NM_JOIN(a, b) NM_JOIN2(a, b)
#define NM_LONG_LISTS 256u /* points of two lists from which trees are quicker */
#define NM_PILE_LISTS 400u /* fewer lists, and many points: one after the other */
#define NM_PILE_POINTS 100000u

static bool nm_scratch_room(nm_scratch *s, uint32_t kept, size_t points);

#define NM_NAME(name) NM_JOIN(name, NM_SUFFIX)

#define NM_T int64_t
#define NM_K 2
#define NM_SUFFIX _2_64
#include "deal/numbers_kernel.inc.h"
#undef NM_K
#undef NM_SUFFIX
#define NM_K 3
#define NM_SUFFIX _3_64
#include "deal/numbers_kernel.inc.h"
#undef NM_K
#undef NM_SUFFIX
#define NM_K 0
#define NM_SUFFIX _k_64
#include "deal/numbers_kernel.inc.h"
#undef NM_T
#undef NM_K
#undef NM_SUFFIX
#define NM_T nm_num
#define NM_K 2
#define NM_SUFFIX _2_128
#include "deal/numbers_kernel.inc.h"
#undef NM_K
#undef NM_SUFFIX
#define NM_K 3
#define NM_SUFFIX _3_128
#include "deal/numbers_kernel.inc.h"
#undef NM_K
#undef NM_SUFFIX
#define NM_K 0
#define NM_SUFFIX _k_128
#include "deal/numbers_kernel.inc.h"

void nm_scratch_begin(nm_scratch *s, parley_ctx *ctx, uint32_t k, bool wide, uint64_t work_most)
{
    *s = (nm_scratch){
        .ctx = ctx, .k = k, .wide = wide, .work_most = work_most, .pile = NM_PILE_POINTS};
    s->row =
        sizeof(uint64_t) + 2 * sizeof(uint32_t) + k * (wide ? sizeof(nm_num) : sizeof(int64_t));
}

void nm_scratch_free(nm_scratch *s)
{
    parley_release(s->ctx, s->room[0], s->room_size);
    parley_release(s->ctx, s->room[1], s->room_size);
    parley_release(s->ctx, s->size, s->size_room * sizeof(*s->size));
    parley_release(s->ctx, s->stair, s->stair_size);
    s->room[0] = s->room[1] = NULL;
    s->size = NULL;
    s->stair = NULL;
}

static bool room_for(nm_scratch *s, size_t points, uint32_t lists)
{
    size_t bytes = points * s->row;
    if (bytes > s->room_size) {
        size_t more = bytes + bytes / 2;
        parley_release(s->ctx, s->room[0], s->room_size);
        parley_release(s->ctx, s->room[1], s->room_size);
        s->room[0] = parley_alloc(s->ctx, more);
        s->room[1] = parley_alloc(s->ctx, more);
        s->room_size = more;
        if (s->room[0] == NULL || s->room[1] == NULL) {
            parley_release(s->ctx, s->room[0], more);
            parley_release(s->ctx, s->room[1], more);
            s->room[0] = s->room[1] = NULL;
            s->room_size = 0;
            return false;
        }
    }
    size_t stair = s->k == 3  ? (points + 1) * 2 * (s->wide ? sizeof(nm_num) : 8)
                   : s->k > 3 ? nm_cross_bytes((uint32_t)points, s->k)
                              : 0;
    if (stair > s->stair_size) {
        parley_release(s->ctx, s->stair, s->stair_size);
        s->stair_size = stair + stair / 2;
        s->stair = parley_alloc(s->ctx, s->stair_size);
        if (s->stair == NULL) {
            s->stair_size = 0;
            return false;
        }
    }
    if (lists > s->size_room) {
        parley_release(s->ctx, s->size, s->size_room * sizeof(*s->size));
        s->size_room = lists * 2;
        s->size = parley_alloc(s->ctx, s->size_room * sizeof(*s->size));
        if (s->size == NULL) {
            s->size_room = 0;
            return false;
        }
    }
    return true;
}

/* Room for so many points in both; the first `kept` of room[0] stay. */
static bool nm_scratch_room(nm_scratch *s, uint32_t kept, size_t points)
{
    unsigned char *have = s->room[0];
    size_t size = s->room_size;
    if (points * s->row > size) {
        s->room[0] = NULL;
        parley_release(s->ctx, s->room[1], size);
        s->room[1] = NULL;
        s->room_size = 0;
    }
    bool good = room_for(s, points, 1);
    if (good && s->room[0] != have && kept > 0) {
        memcpy(s->room[0], have, kept * s->row);
    }
    if (have != NULL && s->room[0] != have) {
        parley_release(s->ctx, have, size);
    }
    return good;
}

parley_status nm_merge(nm_scratch *s, uint32_t lists, const nm_operand *op, uint64_t points_most,
                       unsigned char **rows, uint32_t *size, parley_error *err)
{
    uint64_t points = 0;
    for (uint32_t l = 0; l < lists; l++) {
        points += op[l].list->size;
    }
    *size = 0;
    *rows = NULL;
    if (points > 64 * points_most || points >= UINT32_MAX) {
        return parley_fail(err, PARLEY_LIMIT, "the frontier has too many points");
    }
    if (parley_ctx_cancelled(s->ctx)) {
        return parley_fail(err, PARLEY_CANCELLED, "stopped");
    }
    bool pile = s->k > 3 && points > s->pile && lists <= NM_PILE_LISTS;
    if (!pile && !room_for(s, points + 1, lists + 1)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for the points of a frontier");
    }
    if (pile) {
        if (!(s->wide ? pile_k_128 : pile_k_64)(s, s->k, lists, op, 2 * points_most, size)) {
            return parley_fail(err, PARLEY_NOMEM, "out of memory for the points of a frontier");
        }
        *rows = s->room[0];
    } else {
        *size = s->k == 2   ? (s->wide ? tournament_2_128 : tournament_2_64)(s, 2, lists, op, rows)
                : s->k == 3 ? (s->wide ? tournament_3_128 : tournament_3_64)(s, 3, lists, op, rows)
                : s->wide   ? tournament_k_128(s, s->k, lists, op, rows)
                            : tournament_k_64(s, s->k, lists, op, rows);
    }
    if (parley_ctx_cancelled(s->ctx)) {
        return parley_fail(err, PARLEY_CANCELLED, "stopped");
    }
    if (s->work > s->work_most || *size > points_most) {
        return parley_fail(err, PARLEY_LIMIT, "the frontier has too many points");
    }
    return PARLEY_OK;
}

nm_num nm_row_number(const nm_scratch *s, unsigned char *row, uint32_t i)
{
    return s->wide ? ((nm_num *)nm_row_u(row))[i] : ((int64_t *)nm_row_u(row))[i];
}

void nm_row_set(const nm_scratch *s, unsigned char *row, uint32_t i, nm_num value)
{
    if (s->wide) {
        ((nm_num *)nm_row_u(row))[i] = value;
    } else {
        ((int64_t *)nm_row_u(row))[i] = (int64_t)value;
    }
}
