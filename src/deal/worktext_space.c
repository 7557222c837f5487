/*
 * Questions about a working text as questions about the space of its version.
 */
#include "deal/worktext_internal.h"

#include <string.h>

parley_status text_nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while looking at the working text");
}

bool text_push(parley_worktext *w, text_list *list, int32_t one)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->at[i] == one) {
            return true;
        }
    }
    if (list->count == list->room) {
        uint32_t room = list->room == 0 ? 8 : list->room * 2;
        int32_t *grown = parley_arena_grow(w->arena, list->at, list->room * sizeof(*grown),
                                           room * sizeof(*grown));
        if (grown == NULL) {
            return false;
        }
        list->at = grown;
        list->room = room;
    }
    list->at[list->count++] = one;
    return true;
}

parley_status text_rules(parley_worktext *w, text_look *look, parley_error *err)
{
    (void)w;
    uint32_t words = space_constraints(look->d->space) / 64 + 1;
    words = words > look->d->words ? words : look->d->words;
    if (words > look->words) {
        /* not in the arena of the text, whose marks are taken back */
        look->on = parley_arena_array(look->d->arena, words, sizeof(*look->on));
        if (look->on == NULL) {
            return text_nomem(err);
        }
        look->words = words;
    }
    memset(look->on, 0, look->words * sizeof(*look->on));
    memcpy(look->on, look->d->rules_on, look->d->words * sizeof(*look->on));
    return PARLEY_OK;
}

parley_status text_some(text_look *look, bool *out, parley_error *err)
{
    return space_exists(look->d->space, (space_set){look->on, look->words}, NULL, out, NULL, err);
}

parley_status text_some_of(parley_worktext *w, text_look *look, uint32_t a, uint32_t b, bool *out,
                           parley_error *err)
{
    parley_status status = text_rules(w, look, err);
    if (status == PARLEY_OK) {
        text_on(look, a);
        text_on(look, b);
        status = text_some(look, out, err);
    }
    return status;
}

parley_status text_add(text_look *look, const parley_formula *f, uint32_t *on, uint32_t *off,
                       parley_error *err)
{
    parley_deal *d = look->d;
    parley_arena_mark mark = parley_arena_here(d->scratch);
    const space_expr *e = NULL;
    parley_status status = deal_compile_query(d, f, false, &e, err);
    if (status == PARLEY_OK) {
        status = space_add(d->space, e, on, err);
    }
    if (status == PARLEY_OK && off != NULL) {
        const space_expr *not_e = deal_not(d->scratch, e);
        status = not_e == NULL ? text_nomem(err) : space_add(d->space, not_e, off, err);
    }
    parley_arena_reset(d->scratch, mark);
    return status;
}

parley_status text_add_values(text_look *look, int32_t issue, const uint64_t *values, uint32_t *on,
                              parley_error *err)
{
    const space_expr e = {SPACE_LITERAL, (uint32_t)look->d->variable[issue], values, 0, NULL};
    return space_add(look->d->space, &e, on, err);
}

parley_status text_support(parley_worktext *w, text_look *look, uint64_t ***out, parley_error *err)
{
    const parley_deal *d = look->d;
    uint64_t **support = parley_arena_array(w->arena, d->variables, sizeof(*support));
    if (support == NULL) {
        return text_nomem(err);
    }
    for (uint32_t v = 0; v < d->variables; v++) {
        uint32_t size = v < d->counted ? parley_case_issue(w->c, d->issue[v])->values : 2;
        support[v] = parley_arena_array(w->arena, (size + 63) / 64, sizeof(uint64_t));
        if (support[v] == NULL) {
            return text_nomem(err);
        }
    }
    *out = support;
    return space_support(d->space, (space_set){look->on, look->words}, NULL, support, err);
}

bool text_ordered(const parley_issue *issue)
{
    return issue->kind == PARLEY_ISSUE_QUANTITY || issue->ordered ||
           (issue->kind == PARLEY_ISSUE_SPLIT && issue->recipient_count == 2);
}

static bool has(const uint64_t *bits, uint32_t v)
{
    return (bits[v / 64] >> (v % 64) & 1) != 0;
}

int64_t text_distance(const uint64_t *a, const uint64_t *b, uint32_t values)
{
    int64_t best = INT64_MAX;
    int64_t at_a = -1;
    int64_t at_b = -1;
    for (uint32_t v = 0; v < values; v++) { /* the nearest pair stands side by side */
        if (has(a, v)) {
            at_a = v;
        }
        if (has(b, v)) {
            at_b = v;
        }
        if (at_a < 0 || at_b < 0) {
            continue;
        }
        int64_t step = at_b - at_a;
        int64_t size = step < 0 ? -step : step;
        int64_t known = best < 0 ? -best : best;
        best = size < known ? step : best;
    }
    return best;
}

parley_status text_values(parley_worktext *w, const uint64_t *bits, uint32_t values,
                          parley_ids *out, parley_error *err)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < (values + 63) / 64; k++) {
        count += (uint32_t)__builtin_popcountll(bits[k]);
    }
    int32_t *at = parley_arena_array(w->arena, count, sizeof(*at));
    if (at == NULL) {
        return text_nomem(err);
    }
    uint32_t n = 0;
    for (uint32_t v = 0; v < values; v++) {
        if (has(bits, v)) {
            at[n++] = (int32_t)v;
        }
    }
    *out = (parley_ids){at, n};
    return PARLEY_OK;
}

bool text_counts(const text_look *look, uint32_t term)
{
    return look->term_off[term] != DEAL_NO_CONSTRAINT;
}
