/*
 * Sounding out: how things stand, which questions there are, and which come first (soundings_find.c
 * and soundings_more.c find them, soundings_answer.c says what each answer changes).
 *
 * Ranking looks at the worst answer first, as in a game against nobody in particular (the rule of
 * the best worst case: Wald 1945, doi:10.2307/1969022): no likelihood is needed, and none is used.
 */
#include "deal/soundings_internal.h"

#include <stdlib.h>
#include <string.h>

const char *parley_sounding_word(parley_sounding_kind kind)
{
    static const char *const words[] = {
#define X(name, word, text) word,
        PARLEY_SOUNDING_LIST(X)
#undef X
    };
    return words[kind];
}

const char *parley_reply_word(parley_reply reply)
{
    static const char *const words[] = {
#define X(name, word, text) word,
        PARLEY_REPLY_LIST(X)
#undef X
    };
    return words[reply];
}

/* -------------------------------------------------------------- how it stands */

/* Sticking points hang together when they share a term. */
static parley_status find_quarrels(parley_soundings *s, parley_error *err)
{
    uint32_t n = s->points.count;
    uint32_t terms = parley_terms_size(s->deal->terms);
    uint32_t *parent = parley_arena_array(s->arena, (size_t)n + 1, sizeof(*parent));
    uint32_t *size = parley_arena_array(s->arena, (size_t)n + 1, sizeof(*size));
    uint32_t *first = parley_arena_array(s->arena, (size_t)terms + 1, sizeof(*first));
    s->quarrel = parley_arena_array(s->arena, (size_t)n + 1, sizeof(*s->quarrel));
    if (parent == NULL || size == NULL || first == NULL || s->quarrel == NULL) {
        return sound_nomem(err);
    }
    for (uint32_t p = 0; p < n; p++) {
        parent[p] = p;
    }
    for (uint32_t p = 0; p < n; p++) {
        for (uint32_t k = 0; k < s->points.at[p].terms.count; k++) {
            uint32_t *seen = &first[s->points.at[p].terms.at[k]];
            if (*seen == 0) {
                *seen = p + 1;
            } else {
                parent[space_root(parent, p)] = space_root(parent, *seen - 1);
            }
        }
    }
    for (uint32_t p = 0; p < n; p++) {
        size[space_root(parent, p)]++;
    }
    for (uint32_t p = 0; p < n; p++) {
        s->quarrel[p] = size[space_root(parent, p)];
    }
    return PARLEY_OK;
}

static parley_status stand(parley_soundings *s, parley_error *err)
{
    int dies = parley_deal_dies_at(s->deal);
    s->rung = dies >= 0 ? (parley_rung)dies : parley_deal_up_to(s->deal);
    parley_status status = sound_gather(&s->points, s, s->deal, s->arena, err);
    if (status == PARLEY_OK) {
        status = sound_outcome(&s->now, s, s->deal, &s->points, err);
    }
    return status == PARLEY_OK ? find_quarrels(s, err) : status;
}

static void count_readings(parley_soundings *s)
{
    const parley_terms *terms = parley_deal_terms(s->deal);
    for (uint32_t p = 0; p < s->points.count; p++) {
        bool reading = false;
        bool never = false;
        for (uint32_t k = 0; k < s->points.at[p].terms.count; k++) {
            const parley_term *term = parley_terms_at(terms, (uint32_t)s->points.at[p].terms.at[k]);
            if (term->basis == PARLEY_BASIS_READING) {
                reading = true;
                never = never || !sound_spoke(s, term->party, term->formula);
            }
        }
        s->on_readings += reading;
        s->never_put += never;
    }
}

/* ----------------------------------------------------------------- ranking */

/* 0: a reading never put; 1: a shift to confirm; 2: bears on a sticking point; 3: the same, by way
 * of an idea; 4: does not. */
static int class_of(const parley_sounding *q)
{
    if (q->never_put && q->points.count > 0) {
        return 0;
    }
    return q->shift ? 1 : q->idea >= 0 ? 3 : q->points.count > 0 ? 2 : 4;
}

/* What is known before any answer is worked out. */
static int by_class(const parley_sounding *a, const parley_sounding *b)
{
    int class = class_of(a);
    if (class != class_of(b)) {
        return class - class_of(b);
    }
    if (class == 0 && a->quarrel != b->quarrel) {
        return a->quarrel > b->quarrel ? -1 : 1;
    }
    return class == 0 && a->step != b->step ? (a->step ? -1 : 1) : 0;
}

/* Would some answer change what is known? */
static bool moves(const parley_sounding *q, const parley_outcome *now)
{
    for (uint32_t i = 0; i < q->answers; i++) {
        const parley_sounding_answer *a = &q->answer[i];
        bool some = a->known && (a->goes.count + a->on_record.count + a->eased.count > 0 ||
                                 a->fresh > 0 || parley_outcome_compare(&a->after, now) != 0 ||
                                 (a->has_certain && !parley_count_is_zero(&a->certain)));
        if (some) {
            return true;
        }
    }
    return false;
}

typedef struct ranked {
    parley_sounding *q;
    const parley_outcome *worst;
    const parley_outcome *best;
    bool moves;
    uint32_t order;
} ranked;

static int by_answers(const void *pa, const void *pb)
{
    const ranked *a = pa;
    const ranked *b = pb;
    if (a->moves != b->moves) {
        return a->moves ? -1 : 1;
    }
    int order = parley_outcome_compare(b->worst, a->worst);
    order = order != 0 ? order : parley_outcome_compare(b->best, a->best);
    if (order == 0 && a->q->stands != b->q->stands) {
        order = a->q->stands < b->q->stands ? -1 : 1;
    }
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

/* Questions alike before any answer is known are worked out together, the first ones first. */
static parley_status rank(parley_soundings *s, parley_error *err)
{
    uint32_t n = s->count;
    ranked *row = parley_arena_array(s->arena, n, sizeof(*row));
    bool *done = parley_arena_array(s->arena, n, sizeof(*done));
    s->ranked = parley_arena_array(s->arena, n, sizeof(*s->ranked));
    if (row == NULL || done == NULL || s->ranked == NULL) {
        return sound_nomem(err);
    }
    uint32_t left = n;
    while (left > 0 && (s->options.most == 0 || s->size < s->options.most)) {
        const parley_sounding *top = NULL;
        for (uint32_t i = 0; i < n; i++) {
            if (!done[i] && (top == NULL || by_class(s->found[i], top) < 0)) {
                top = s->found[i];
            }
        }
        uint32_t count = 0;
        for (uint32_t i = 0; i < n; i++) {
            if (done[i] || by_class(s->found[i], top) != 0) {
                continue;
            }
            if (s->options.analyses > 0 && s->analyses >= s->options.analyses) {
                s->cut = true;
                return PARLEY_OK;
            }
            if (parley_ctx_cancelled(s->ctx)) {
                return parley_fail(err, PARLEY_CANCELLED, "stopped while answers were imagined");
            }
            parley_ctx_progress(s->ctx, "imagining answers", n - left, n);
            parley_status status = sound_work_out(s, s->found[i], err);
            if (status != PARLEY_OK) {
                return status;
            }
            row[count++] = (ranked){s->found[i], parley_sounding_worst(s->found[i], &s->now),
                                    parley_sounding_best(s->found[i], &s->now),
                                    moves(s->found[i], &s->now), i};
            done[i] = true;
            left--;
        }
        qsort(row, count, sizeof(*row), by_answers);
        for (uint32_t i = 0; i < count; i++) {
            s->ranked[s->size++] = row[i].q;
        }
    }
    return PARLEY_OK;
}

static void keep_party(parley_soundings *s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->options.party < 0 || s->found[i]->party == s->options.party) {
            s->found[n++] = s->found[i];
        }
    }
    s->count = n;
}

parley_status parley_soundings_new(parley_soundings **out, parley_ctx *ctx, const parley_case *c,
                                   parley_deal *deal, const parley_terms_options *terms,
                                   const parley_soundings_options *options, parley_error *err)
{
    const parley_soundings_options defaults = PARLEY_SOUNDINGS_OPTIONS_INIT;
    const parley_terms_options plain = PARLEY_TERMS_OPTIONS_INIT;
    static parley_status (*const finders[])(parley_soundings *, parley_error *) = {
        sound_find_readings, sound_find_softer,  sound_find_lines, sound_find_lists,
        sound_find_which,    sound_find_confirm, sound_find_ideas};
    *out = NULL;
    parley_soundings *s = parley_alloc(ctx, sizeof(*s));
    if (s == NULL) {
        return sound_nomem(err);
    }
    s->ctx = ctx;
    s->c = c;
    s->deal = deal;
    s->terms = terms != NULL ? *terms : plain;
    s->options = options != NULL ? *options : defaults;
    s->words = (size_t)parley_case_issues(c) / 64 + 1;
    s->arena = parley_arena_new(ctx);
    s->bits =
        s->arena != NULL ? parley_arena_array(s->arena, s->words * 2, sizeof(*s->bits)) : NULL;
    parley_status status = s->bits == NULL ? sound_nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK && parley_deal_issues(deal).count > 0) {
        status = stand(s, err);
        for (size_t i = 0; i < sizeof(finders) / sizeof(finders[0]) && status == PARLEY_OK; i++) {
            status = finders[i](s, err);
        }
        if (status == PARLEY_OK) {
            count_readings(s);
            keep_party(s);
            status = rank(s, err);
        }
        if (status == PARLEY_OK && s->options.ideas) {
            status = sound_ideas(s, err);
        }
    }
    if (status != PARLEY_OK) {
        parley_soundings_free(s);
        return status;
    }
    *out = s;
    return PARLEY_OK;
}

void parley_soundings_free(parley_soundings *s)
{
    if (s != NULL) {
        parley_ideas_free(s->ideas);
        parley_arena_free(s->arena);
        parley_release(s->ctx, s, sizeof(*s));
    }
}

/* ----------------------------------------------------------------- results */

uint32_t parley_soundings_size(const parley_soundings *s)
{
    return s->size;
}

const parley_sounding *parley_soundings_at(const parley_soundings *s, uint32_t i)
{
    PARLEY_ASSERT(i < s->size);
    return s->ranked[i];
}

uint32_t parley_soundings_found(const parley_soundings *s)
{
    return s->count;
}

uint32_t parley_soundings_found_of(const parley_soundings *s, parley_sounding_kind kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        count += s->found[i]->kind == kind;
    }
    return count;
}

bool parley_soundings_cut(const parley_soundings *s)
{
    return s->cut;
}

const parley_ideas *parley_soundings_ideas(const parley_soundings *s)
{
    return s->ideas;
}

parley_rung parley_soundings_rung(const parley_soundings *s)
{
    return s->rung;
}

const parley_outcome *parley_soundings_now(const parley_soundings *s)
{
    return &s->now;
}

uint32_t parley_soundings_points(const parley_soundings *s)
{
    return s->points.count;
}

parley_ids parley_soundings_point(const parley_soundings *s, uint32_t i)
{
    PARLEY_ASSERT(i < s->points.count);
    return s->points.at[i].terms;
}

uint32_t parley_soundings_on_readings(const parley_soundings *s)
{
    return s->on_readings;
}

uint32_t parley_soundings_never_put(const parley_soundings *s)
{
    return s->never_put;
}
