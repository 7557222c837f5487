/*
 * What the tests of moves share: a case from text or file, its moves, and a line for each move.
 */
#ifndef PARLEY_TESTS_CASE_MOVES_CHECK_H
#define PARLEY_TESTS_CASE_MOVES_CHECK_H

#include "deal/deal_check.h"

#include <parley/moves.h>

typedef struct moved {
    desk d;
    parley_moves *m;
} moved;

static inline void moved_derive(moved *x, const parley_terms_options *options)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_moves_free(x->m);
    check_ok(parley_moves_derive(&x->m, x->d.ctx, x->d.c, options, &err), &err);
    check_ok(parley_moves_find_demands(x->m, &err), &err);
}

static inline moved moved_text(const char *text)
{
    moved x = {desk_text(text), NULL};
    moved_derive(&x, NULL);
    return x;
}

static inline moved moved_open(const char *name)
{
    moved x = {desk_open(name), NULL};
    moved_derive(&x, NULL);
    return x;
}

static inline void moved_close(moved *x)
{
    parley_moves_free(x->m);
    desk_close(&x->d);
}

static inline const char *claim_id(const moved *x, int32_t claim)
{
    return claim < 0 ? "-" : parley_case_claim(x->d.c, claim)->record.id;
}

/* "softened c1 c2 > c3", with "~" before the kind when it is not said to replace. */
static inline void move_line(phrase *l, const moved *x, uint32_t i)
{
    const parley_move *move = parley_moves_at(x->m, i);
    line_add(l, "; ", move->said ? "" : "~");
    line_add(l, "", parley_move_word(move->kind));
    for (uint32_t k = 0; k < move->earlier.count; k++) {
        line_add(l, " ", claim_id(x, move->earlier.at[k]));
    }
    line_add(l, " > ", claim_id(x, move->to->claim));
}

static inline const char *moves_line(phrase *l, const moved *x)
{
    *l = (phrase){{0}, 0};
    for (uint32_t i = 0; i < parley_moves_size(x->m); i++) {
        /* line_add puts no separator before the first word of a line */
        phrase one = {{0}, 0};
        move_line(&one, x, i);
        const char *text = one.text;
        line_add(l, "; ", text);
    }
    return l->text;
}

static inline const parley_demand *find_demand(const moved *x, const char *party, const char *text)
{
    for (uint32_t i = 0; i < parley_moves_demands(x->m); i++) {
        const parley_demand *d = parley_moves_demand(x->m, i);
        if (strcmp(parley_case_party(x->d.c, d->party)->record.id, party) == 0 &&
            strcmp(d->stand->text, text) == 0) {
            return d;
        }
    }
    fail_msg("%s has no demand '%s'", party, text);
    return NULL;
}

static inline bool has_evidence(const parley_demand *d, parley_fact_kind kind)
{
    for (uint32_t k = 0; k < d->evidence_count; k++) {
        if (d->evidence[k].kind == kind) {
            return true;
        }
    }
    return false;
}

#endif
