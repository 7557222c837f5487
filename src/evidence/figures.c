/*
 * Figures on one thing, beside each other: as extents, by claimant, with the range that is left
 * when one source is taken out. Nothing is added up.
 *
 * The words that widen a number, and by how much, are the table below; it is a convention, and a
 * result that rests on it says so.
 */
#include <parley/evidence.h>

#include <stdlib.h>
#include <string.h>

struct parley_figures {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_figure_group *group;
    uint32_t groups;
};

int32_t parley_evidence_origin(const parley_case *c, int32_t claim)
{
    const parley_claim *row = parley_case_claim(c, claim);
    return row->chain.count > 0 ? row->chain.at[row->chain.count - 1] : row->source;
}

/* ------------------------------------------------------------------ extents */

typedef enum widening { AT_LEAST, ABOVE, AT_MOST, NEARLY, ABOUT } widening;

static const struct {
    const char *word;
    widening how;
} hedges[] = {
    {"at least", AT_LEAST},   {"no fewer than", AT_LEAST}, {"more than", ABOVE},
    {"over", ABOVE},          {"up to", AT_MOST},          {"as many as", AT_MOST},
    {"at most", AT_MOST},     {"may have been", AT_MOST},  {"no more than", AT_MOST},
    {"nearly", NEARLY},       {"almost", NEARLY},          {"some", ABOUT},
    {"about", ABOUT},         {"around", ABOUT},           {"roughly", ABOUT},
    {"approximately", ABOUT},
};

static bool hedged(const char *hedge, widening *how)
{
    for (size_t i = 0; hedge != NULL && i < sizeof(hedges) / sizeof(hedges[0]); i++) {
        if (strcmp(hedge, hedges[i].word) == 0) {
            *how = hedges[i].how;
            return true;
        }
    }
    return false;
}

/* a * n / 10, exact; false when it does not fit. */
static bool tenths(parley_decimal *out, parley_decimal a, int64_t n)
{
    out->scale = a.scale + 1;
    return out->scale <= 18 && parley_mul_i64(&out->mantissa, a.mantissa, n);
}

bool parley_evidence_extent(parley_extent *out, const parley_figure *f)
{
    widening how = ABOUT;
    bool single = f->best.typed && !f->best.unknown;
    *out = (parley_extent){0};
    out->has_from = f->low.typed && !f->low.unknown;
    out->has_to = f->high.typed && !f->high.unknown;
    out->from = f->low.value;
    out->to = f->high.value;
    if (out->has_from || out->has_to) {
        return true;
    }
    if (!single) {
        return false;
    }
    out->has_from = out->has_to = true;
    out->from = out->to = f->best.value;
    if (hedged(f->hedge, &how)) {
        parley_decimal low = f->best.value;
        parley_decimal high = f->best.value;
        switch (how) {
        case AT_LEAST:
        case ABOVE:
            out->has_to = false;
            out->above = how == ABOVE;
            break;
        case AT_MOST:
            out->has_from = false;
            break;
        case NEARLY:
        case ABOUT:
            /* a number near the end of the range of numbers stays the point that was typed */
            if (f->best.value.mantissa >= 0 && tenths(&low, f->best.value, 9) &&
                tenths(&high, f->best.value, 11)) {
                out->from = low;
                out->to = how == ABOUT ? high : f->best.value;
                out->below = how == NEARLY;
                out->convention = true;
            }
            break;
        }
    }
    return true;
}

/* Have two extents nothing in common? */
static bool disjoint(const parley_extent *a, const parley_extent *b)
{
    for (int turn = 0; turn < 2; turn++) {
        const parley_extent *x = turn == 0 ? a : b;
        const parley_extent *y = turn == 0 ? b : a;
        if (x->has_to && y->has_from) {
            int order = parley_decimal_compare(x->to, y->from);
            if (order < 0 || (order == 0 && (x->below || y->above))) {
                return true;
            }
        }
    }
    return false;
}

static void widen(parley_extent *all, const parley_extent *one, bool first)
{
    if (first) {
        *all = *one;
        return;
    }
    all->convention = all->convention || one->convention;
    if (!one->has_from || !all->has_from) {
        all->has_from = all->above = false;
    } else {
        int order = parley_decimal_compare(one->from, all->from);
        all->above = order < 0 ? one->above : order == 0 ? all->above && one->above : all->above;
        all->from = order < 0 ? one->from : all->from;
    }
    if (!one->has_to || !all->has_to) {
        all->has_to = all->below = false;
    } else {
        int order = parley_decimal_compare(one->to, all->to);
        all->below = order > 0 ? one->below : order == 0 ? all->below && one->below : all->below;
        all->to = order > 0 ? one->to : all->to;
    }
}

bool parley_figures_without(parley_extent *out, const parley_figure_group *group, int32_t origin)
{
    bool some = false;
    *out = (parley_extent){0};
    for (uint32_t i = 0; i < group->rows; i++) {
        if (group->row[i].known && group->row[i].origin != origin) {
            widen(out, &group->row[i].extent, !some);
            some = true;
        }
    }
    return some;
}

/* ------------------------------------------------------------------- groups */

static bool same_text(const char *a, const char *b)
{
    return (a == NULL && b == NULL) || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_voice(const parley_voice *a, const parley_voice *b)
{
    return a->party == b->party && a->source == b->source && same_text(a->words, b->words);
}

typedef struct keyed {
    const parley_figure *figure;
    int32_t index;
    const char *what; /* folded */
} keyed;

static int by_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int by_thing(const keyed *a, const keyed *b)
{
    const parley_voice *x = &a->figure->about;
    const parley_voice *y = &b->figure->about;
    int order = strcmp(a->what, b->what);
    order = order != 0 ? order : by_text(a->figure->unit, b->figure->unit);
    order = order != 0 ? order : (x->party > y->party) - (x->party < y->party);
    order = order != 0 ? order : (x->source > y->source) - (x->source < y->source);
    return order != 0 ? order : by_text(x->words, y->words);
}

static int by_thing_and_day(const void *pa, const void *pb)
{
    const keyed *a = pa;
    const keyed *b = pb;
    int order = by_thing(a, b);
    order = order != 0
                ? order
                : parley_date_compare(a->figure->record.happened, b->figure->record.happened);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* Do two dates surely mean different days? */
static bool other_day(parley_date a, parley_date b)
{
    return a.form != PARLEY_DATE_UNKNOWN && b.form != PARLEY_DATE_UNKNOWN &&
           (a.last < b.first || b.last < a.first);
}

static void fill_group(const parley_case *c, parley_figure_group *g, parley_figure_row *row,
                       const keyed *key, uint32_t count)
{
    *g = (parley_figure_group){.row = row, .rows = count, .against = {-1, -1}};
    for (uint32_t i = 0; i < count; i++) {
        const parley_figure *f = key[i].figure;
        const parley_voice *by = &f->claimant;
        row[i] = (parley_figure_row){.figure = key[i].index, .origin = f->source};
        row[i].known = parley_evidence_extent(&row[i].extent, f);
        row[i].own_side = by->party >= 0 && by->party == f->about.party;
        row[i].other_side = by->party >= 0 && f->about.party >= 0 && by->party != f->about.party;
        if (row[i].known) {
            widen(&g->range, &row[i].extent, !g->known);
            g->known = true;
        }
        bool seen = false;
        for (uint32_t k = 0; k < i && !seen; k++) {
            seen = same_voice(by, &parley_case_figure(c, key[k].index)->claimant);
        }
        g->claimants += !seen;
        for (uint32_t k = 0; k < i && row[i].known && g->against[0] < 0; k++) {
            const parley_figure *other = key[k].figure;
            if (!row[k].known || !disjoint(&row[i].extent, &row[k].extent)) {
                continue;
            }
            if (other_day(f->record.happened, other->record.happened)) {
                g->grows = true;
            } else if (!same_voice(by, &other->claimant)) {
                g->against[0] = (int32_t)k;
                g->against[1] = (int32_t)i;
            }
        }
    }
    g->grows = g->grows && g->against[0] < 0;
}

static parley_status gather(parley_figures *out, const parley_case *c, parley_error *err)
{
    uint32_t n = parley_case_figures(c);
    keyed *key = parley_arena_array(out->arena, n, sizeof(*key));
    parley_figure_row *row = parley_arena_array(out->arena, n, sizeof(*row));
    out->group = parley_arena_array(out->arena, n, sizeof(*out->group));
    parley_text *folded = parley_text_new(out->ctx, parley_ctx_limits(out->ctx)->text_bytes);
    parley_status status = PARLEY_OK;
    if (n > 0 && (key == NULL || row == NULL || out->group == NULL)) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading figures");
    } else if (folded == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading figures");
    }
    for (uint32_t i = 0; i < n && status == PARLEY_OK; i++) {
        const parley_figure *f = parley_case_figure(c, (int32_t)i);
        const char *what = f->what != NULL ? f->what : "";
        parley_text_clear(folded);
        status = parley_utf8_fold(out->ctx, what, strlen(what), folded, err);
        key[i] =
            (keyed){f, (int32_t)i,
                    status == PARLEY_OK ? parley_arena_copy(out->arena, parley_text_data(folded),
                                                            parley_text_size(folded))
                                        : NULL};
        if (status == PARLEY_OK && key[i].what == NULL) {
            status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading figures");
        }
    }
    parley_text_free(folded);
    if (status != PARLEY_OK || n == 0) {
        return status;
    }
    qsort(key, n, sizeof(*key), by_thing_and_day);
    for (uint32_t i = 0; i < n;) {
        uint32_t j = i + 1;
        while (j < n && by_thing(&key[i], &key[j]) == 0) {
            j++;
        }
        fill_group(c, &out->group[out->groups++], &row[i], &key[i], j - i);
        i = j;
    }
    return PARLEY_OK;
}

/* Groups in the order of the first of their figures in the file. */
static int by_first(const void *pa, const void *pb)
{
    const parley_figure_group *group[2] = {pa, pb};
    int32_t first[2] = {INT32_MAX, INT32_MAX};
    for (int g = 0; g < 2; g++) {
        for (uint32_t i = 0; i < group[g]->rows; i++) {
            int32_t figure = group[g]->row[i].figure;
            first[g] = figure < first[g] ? figure : first[g];
        }
    }
    return (first[0] > first[1]) - (first[0] < first[1]);
}

parley_status parley_figures_new(parley_figures **out, parley_ctx *ctx, const parley_case *c,
                                 parley_error *err)
{
    *out = NULL;
    parley_figures *figures = parley_alloc(ctx, sizeof(*figures));
    if (figures == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while reading figures");
    }
    figures->ctx = ctx;
    figures->arena = parley_arena_new(ctx);
    parley_status status =
        figures->arena == NULL
            ? parley_fail(err, PARLEY_NOMEM, "out of memory while reading figures")
            : gather(figures, c, err);
    if (status != PARLEY_OK) {
        parley_figures_free(figures);
        return status;
    }
    if (figures->groups > 1) {
        qsort(figures->group, figures->groups, sizeof(*figures->group), by_first);
    }
    *out = figures;
    return PARLEY_OK;
}

void parley_figures_free(parley_figures *figures)
{
    if (figures != NULL) {
        parley_arena_free(figures->arena);
        parley_release(figures->ctx, figures, sizeof(*figures));
    }
}

uint32_t parley_figures_groups(const parley_figures *figures)
{
    return figures->groups;
}

const parley_figure_group *parley_figures_group(const parley_figures *figures, uint32_t i)
{
    PARLEY_ASSERT(i < figures->groups);
    return &figures->group[i];
}
