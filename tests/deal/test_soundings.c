/*
 * Soundings against the same answers typed in. Each answer of each question of many small made
 * cases is written into the text of the case (a claim more, a line less, a list complete), the text
 * is read and analysed anew, and ladder, sticking points, smallest bridge and what is certain are
 * compared. Cases of any kind are compared with a fresh analysis. Then: how questions are ranked.
 */
#include "random_case.h"

#include "deal_check.h"

#include <parley/bridges.h>
#include <parley/soundings.h>

#define TYPED_CASES 320
#define RANDOM_CASES 250

static parley_soundings *sound(const desk *d, const parley_soundings_options *options)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_soundings *s = NULL;
    check_ok(parley_soundings_new(&s, d->ctx, d->c, d->deal, NULL, options, &err), &err);
    return s;
}

/* --------------------------------------------------------- a case as lines */

#define ISSUES 4
#define LINES 40

typedef struct made {
    parley_random random;
    char line[LINES][320]; /* claims, one a line; a cut line is empty */
    uint32_t claims;
    char reading[8][256];
    uint32_t readings;
    char response[2][600];
    uint32_t responses;
    char head[4096];
} made;

static uint32_t below(made *m, uint32_t n)
{
    return parley_random_below(&m->random, n);
}

/* One atom; every issue but the last, a number, has three answers. */
static void atom(made *m, char *to, size_t size, uint32_t issue)
{
    static const char *const how[] = {"=", "!=", "<=", ">="};
    uint32_t v = below(m, 3);
    if (issue == ISSUES - 1) {
        snprintf(to, size, "i%u %s %u", issue, how[below(m, 4)], 10 + 10 * v);
    } else if (below(m, 4) == 0) {
        snprintf(to, size, "i%u in {o%u, o%u}", issue, v, (v + 1) % 3);
    } else {
        snprintf(to, size, "i%u %s o%u", issue, how[below(m, issue < 2 ? 4 : 2)], v);
    }
}

static void formula(made *m, char *to, size_t size)
{
    char a[64];
    char b[64];
    uint32_t issue = below(m, ISSUES);
    atom(m, a, sizeof a, issue);
    if (below(m, 5) > 0) {
        snprintf(to, size, "%s", a);
        return;
    }
    atom(m, b, sizeof b, (issue + 1) % ISSUES);
    snprintf(to, size, "%s %s %s", a, below(m, 3) == 0 ? "and" : "or", b);
}

static void make(made *m, uint64_t key)
{
    static const char *const acts[] = {"demand", "demand", "reject", "reject", "request", "accept"};
    static const char *const firm[] = {"", "", ", firmness: condition",
                                       ", firmness: red-line-stated"};
    static const char *const classes[] = {"on-record", "document", "bare", "outlet"};
    char f[160];
    char g[160];
    memset(m, 0, sizeof *m);
    m->random = parley_random_stream(key, 0x50bd, 0, 0);
    int at = snprintf(m->head, sizeof m->head,
                      "parley: 1\ntitle: \"Made\"\nas-of: 2025-03-14\nsources:\n"
                      "  s: {name: \"Paper\", kind: outlet, date: 2025-03-01}\n"
                      "  t: {name: \"Call\", kind: call, date: 2025-03-01}\nparties:\n"
                      "  p0: {name: \"A\", roles: [principal]}\n"
                      "  p1: {name: \"B\", roles: [principal]}\n"
                      "  p2: {name: \"C\", roles: [supplier]}\ntracks:\n  t: {table: now}\n"
                      "issues:\n");
    for (uint32_t i = 0; i + 1 < ISSUES; i++) {
        at += snprintf(m->head + at, sizeof m->head - (size_t)at,
                       "  i%u: {track: t, ask: \"I%u\"%s, options: {o0: \"a\", o1: \"b\", o2: "
                       "\"c\"}%s%s}\n",
                       i, i, i < 2 ? ", ordered: true" : "", below(m, 2) == 0 ? ", ours: [o1]" : "",
                       below(m, 3) == 0 ? ", needs: [p2]" : "");
    }
    at += snprintf(m->head + at, sizeof m->head - (size_t)at,
                   "  i%u: {track: t, ask: \"I%u\", quantity: {unit: day, from: 10, to: 30, step: "
                   "10}}\nconcerns:\n",
                   ISSUES - 1, ISSUES - 1);
    for (uint32_t k = 0; k < 3; k++) {
        formula(m, f, sizeof f);
        formula(m, g, sizeof g);
        if (key % 4 == 0 && k == 0) {
            snprintf(g, sizeof g, "i0 = o1");
        }
        at += snprintf(m->head + at, sizeof m->head - (size_t)at,
                       "  w%u: {party: p%u, reading: \"a worry\", met-by: [\"%s\"], in-part: "
                       "[\"%s\"]}\n",
                       k, key % 4 == 0 && k == 0 ? 0 : below(m, 2), f, g);
    }
    if (below(m, 4) == 0) {
        at += snprintf(m->head + at, sizeof m->head - (size_t)at,
                       "flags:\n  x: {law: a-law, notice: \"No\", keeps-out: [\"i0 = o%u\"]}\n",
                       below(m, 3));
    }
    formula(m, f, sizeof f);
    snprintf(m->head + at, sizeof m->head - (size_t)at,
             "proposals:\n  q: {tabled-by: p2, date: 2025-03-01, text: \"%s\"}\n", f);
    m->responses = below(m, 3);
    for (uint32_t k = 0; k < m->responses; k++) {
        atom(m, f, sizeof f, below(m, 2));
        atom(m, g, sizeof g, 2 + below(m, 2));
        snprintf(m->response[k], sizeof m->response[k],
                 "  - {party: p%u, to: q, answer: accept-if, if: [\"%s\", \"%s\"], list: open, "
                 "source: s, class: %s}\n",
                 k, f, g, classes[below(m, 4)]);
    }
    m->claims = 2 + below(m, 7);
    for (uint32_t k = 0; k < m->claims; k++) {
        const char *act = acts[below(m, 6)];
        bool yes = strcmp(act, "accept") == 0;
        uint32_t shift = k > 0 && below(m, 5) == 0 ? below(m, k) + 1 : 0;
        char replaces[32] = "";
        formula(m, f, sizeof f);
        if (shift > 0) {
            snprintf(replaces, sizeof replaces, ", replaces: c%u", shift - 1);
        }
        snprintf(m->line[k], sizeof m->line[k],
                 "  c%u: {date: 2025-03-%02u, by: p%u, act: %s, about: \"%s\", source: %c, class: "
                 "%s%s%s}\n",
                 k, 1 + below(m, 9), below(m, 3) == 0 ? 2 : below(m, 2),
                 shift > 0 ? "open-to" : act, f, "st"[below(m, 3) == 0],
                 shift > 0 ? "described" : classes[below(m, 4)],
                 yes || shift > 0 ? "" : firm[below(m, 4)], replaces);
    }
    m->readings = below(m, 5);
    if (key % 4 == 0) { /* an end of an order that one asks for and the other is read to refuse */
        snprintf(m->line[0], sizeof m->line[0],
                 "  c0: {date: 2025-03-01, by: p0, act: demand, about: \"i0 = o2\", source: s, "
                 "class: on-record}\n");
        m->readings++;
    }
    for (uint32_t k = 0; k < m->readings; k++) {
        static const char *const modes[] = {"refuses", "refuses", "requires", "accepts"};
        bool planted = key % 4 == 0 && k == 0;
        formula(m, f, sizeof f);
        snprintf(m->reading[k], sizeof m->reading[k],
                 "  m%u: {date: 2025-03-10, party: p%u, %s: \"%s\", because: \"so it seems\", "
                 "from: []}\n",
                 k, planted ? 1 : below(m, 3), planted ? "refuses" : modes[below(m, 4)],
                 planted ? "i0 = o2" : f);
    }
}

static char *text_of(const made *m)
{
    size_t room = sizeof *m;
    char *out = malloc(room);
    assert_non_null(out);
    int at = snprintf(out, room, "%s", m->head);
    for (int s = 0; s < 3; s++) {
        static const char *const names[] = {"responses:\n", "claims:\n", "readings:\n"};
        uint32_t count = s == 0 ? m->responses : s == 1 ? m->claims : m->readings;
        bool headed = false;
        for (uint32_t k = 0; k < count; k++) {
            const char *line = s == 0 ? m->response[k] : s == 1 ? m->line[k] : m->reading[k];
            if (line[0] != '\0') {
                at += snprintf(out + at, room - (size_t)at, "%s%s", headed ? "" : names[s], line);
                headed = true;
            }
        }
    }
    return out;
}

/* ---------------------------------------------------------- answers typed in */

static const char *row_id(const desk *d, bool response, int32_t i)
{
    return response ? parley_case_response(d->c, i)->record.id
                    : parley_case_claim(d->c, i)->record.id;
}

/* A row less; false: another one speaks of it. */
static bool cut(made *m, const desk *d, const char *id)
{
    bool done = false;
    char named[64];
    snprintf(named, sizeof named, ", replaces: %s}", id);
    for (uint32_t k = 0; k < m->claims; k++) {
        if (strstr(m->line[k], named) != NULL) {
            return false;
        }
    }
    if (id[0] == 'c' || id[0] == 'm') {
        char *line = id[0] == 'c' ? m->line[atoi(id + 1)] : m->reading[atoi(id + 1)];
        done = line[0] != '\0';
        line[0] = '\0';
    }
    for (uint32_t k = 0; k < m->responses && !done; k++) {
        done = strcmp(id, row_id(d, true, (int32_t)k)) == 0;
        if (done) {
            m->response[k][0] = '\0';
        }
    }
    assert_true(done);
    return true;
}

static void type_claim(made *m, const desk *d, const parley_supposed *what)
{
    static const char *const acts[] = {"reject", "demand", "accept"};
    parley_text *text = parley_text_new(d->ctx, 4096);
    char firm[64] = "";
    assert_non_null(text);
    parley_formula_print(what->formula, parley_case_names(d->c), text);
    if (what->mode != PARLEY_MODE_ACCEPTS) {
        snprintf(firm, sizeof firm, ", firmness: %s",
                 parley_words_word(PARLEY_WORDS_FIRMNESS, what->firmness));
    }
    snprintf(m->line[m->claims], sizeof m->line[0],
             "  z%u: {date: 2025-03-14, by: p%d, act: %s, about: \"%s\", source: s, class: "
             "%s%s}\n",
             m->claims, what->party, acts[what->mode], parley_text_data(text),
             what->basis == PARLEY_BASIS_RECORD ? "on-record" : "bare", firm);
    assert_true(m->claims + 1 < LINES);
    m->claims++;
    parley_text_free(text);
}

/* A condition less on the list of an answer; false: it was the last one. */
static bool drop_condition(made *m, int32_t response, const parley_term *term)
{
    char *line = m->response[response];
    char begin[200];
    snprintf(begin, sizeof begin, "\"%s\", ", term->text);
    char *at = strstr(line, begin);
    if (at == NULL) {
        snprintf(begin, sizeof begin, ", \"%s\"", term->text);
        at = strstr(line, begin);
    }
    if (at == NULL) {
        return false;
    }
    memmove(at, at + strlen(begin), strlen(at + strlen(begin)) + 1);
    return true;
}

/* The party no longer says it: claims go, and entries of lists. */
static bool give_up(made *m, const desk *d, const parley_supposed *what)
{
    const parley_terms *terms = parley_deal_terms(d->deal);
    for (uint32_t t = 0; t < parley_terms_size(terms); t++) {
        const parley_term *term = parley_terms_at(terms, t);
        if (term->party != what->party || term->mode != what->mode ||
            term->formula != what->formula || term->readings.count > 0) {
            continue;
        }
        for (uint32_t k = 0; k < term->claims.count; k++) {
            const char *about = strchr(m->line[term->claims.at[k]], '"');
            if (about == NULL || strstr(about, " and ") != NULL) {
                return false; /* a claim of two parts: the other part would go too */
            }
            if (!cut(m, d, row_id(d, false, term->claims.at[k]))) {
                return false;
            }
        }
        for (uint32_t k = 0; k < term->responses.count; k++) {
            if (!drop_condition(m, term->responses.at[k], term)) {
                return false;
            }
        }
    }
    return true;
}

/* False: the answer cannot be typed in this way. */
static bool type_answer(made *m, const desk *d, const parley_sounding_answer *a)
{
    for (uint32_t i = 0; i < a->without.count; i++) {
        if (!cut(m, d, a->without.at[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < a->supposed_count; i++) {
        const parley_supposed *what = &a->supposed[i];
        if (what->kind == PARLEY_SUPPOSE_TERM) {
            type_claim(m, d, what);
        } else if (what->kind == PARLEY_SUPPOSE_GIVEN_UP) {
            if (!give_up(m, d, what)) {
                return false;
            }
        } else {
            char *open = strstr(m->response[what->response], "list: open, ");
            assert_non_null(open);
            memmove(open + strlen("list: complete, "), open + strlen("list: open, "),
                    strlen(open + strlen("list: open, ")) + 1);
            memcpy(open, "list: complete, ", strlen("list: complete, "));
        }
    }
    return true;
}

/* Sticking points as texts, "A refuses x = a" in order of the alphabet, readings as words. */
typedef struct point_texts {
    const desk *d;
    char at[256][2304];
    uint32_t count;
} point_texts;

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool keep_text(void *user, parley_ids ids)
{
    point_texts *p = user;
    if (ids.count == 0) {
        return true; /* the rules alone leave nothing */
    }
    char part[8][256];
    parley_text *text = parley_text_new(p->d->ctx, 4096);
    parley_arena *arena = parley_arena_new(p->d->ctx);
    parley_error err = PARLEY_ERROR_INIT;
    assert_true(p->count < CHECK_COUNT(p->at) && ids.count <= CHECK_COUNT(part));
    assert_true(text != NULL && arena != NULL);
    for (uint32_t k = 0; k < ids.count; k++) {
        const parley_term *term =
            parley_terms_at(parley_deal_terms(p->d->deal), (uint32_t)ids.at[k]);
        const parley_formula *normal = NULL;
        check_ok(parley_formula_normal(&normal, arena, term->formula, &err), &err);
        parley_text_clear(text);
        parley_formula_print(normal, parley_case_names(p->d->c), text);
        snprintf(part[k], sizeof part[k], "%d %d %.200s; ", term->party, term->mode,
                 parley_text_data(text));
    }
    qsort(part, ids.count, sizeof *part, by_text);
    p->at[p->count][0] = '\0';
    for (uint32_t k = 0; k < ids.count; k++) {
        strncat(p->at[p->count], part[k], sizeof p->at[0] - strlen(p->at[p->count]) - 1);
    }
    p->count++;
    parley_arena_free(arena);
    parley_text_free(text);
    return true;
}

static void points_of(point_texts *out, const desk *d, parley_rung rung)
{
    parley_error err = PARLEY_ERROR_INIT;
    out->d = d;
    out->count = 0;
    if (parley_count_is_zero(&parley_deal_rung(d->deal, rung)->left)) {
        check_ok(parley_deal_clashes(d->deal, rung, -1, keep_text, out, &err), &err);
    }
    qsort(out->at, out->count, sizeof out->at[0], by_text);
}

static uint32_t shared(const point_texts *a, const point_texts *b)
{
    uint32_t i = 0;
    uint32_t k = 0;
    uint32_t both = 0;
    while (i < a->count && k < b->count) {
        int order = strcmp(a->at[i], b->at[k]);
        both += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return both;
}

typedef struct first_bridge {
    bool some;
    uint32_t changes;
    uint32_t readings;
    uint32_t count;
} first_bridge;

static bool keep_first(void *user, const parley_bridge *b)
{
    first_bridge *f = user;
    if (f->some && b->changes != f->changes) {
        return false;
    }
    if (!f->some) {
        *f = (first_bridge){true, b->changes, b->readings, 0};
    }
    f->count++;
    return f->count < 17;
}

static void check_outcome(const parley_outcome *o, const desk *d, parley_rung rung,
                          const point_texts *points)
{
    first_bridge f = {false, 0, 0, 0};
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        assert_int_equal(desk_count(&o->left[r]),
                         desk_count(&parley_deal_rung(d->deal, (parley_rung)r)->left));
    }
    assert_int_equal(o->dies_at, parley_deal_dies_at(d->deal));
    assert_int_equal(o->last, parley_deal_last(d->deal));
    assert_int_equal(o->points, points->count);
    assert_true(o->points_complete);
    options.rung = (int)rung;
    check_ok(parley_deal_bridges(d->deal, &options, keep_first, &f, &err), &err);
    assert_int_equal(o->bridged, f.some);
    if (f.some) {
        assert_int_equal(o->changes, f.changes);
        assert_int_equal(o->change_readings, f.readings);
        assert_int_equal(o->bridges, f.count > 16 ? 16 : f.count);
        assert_int_equal(o->bridges_more, f.count > 16);
    }
}

/* ------------------------------------------------------------ one question */

typedef struct tally {
    uint32_t answers[PARLEY_REPLY_COUNT];
    uint32_t points_gone;
    uint32_t on_record;
    uint32_t fresh;
    uint32_t certain;
    uint32_t never_put;
    uint32_t steps;
    uint32_t ideas;
    uint32_t reveals;
} tally;

/* Says which case it was before it fails. */
static void same_at(const made *m, const char *after, const char *what, uint64_t found,
                    uint64_t wanted, int line)
{
    if (found != wanted) {
        char *text = text_of(m);
        print_error("%s: %llu, not %llu\nin\n%s\nwith the answer typed in\n%s", what,
                    (unsigned long long)found, (unsigned long long)wanted, text, after);
        free(text);
        _fail(__FILE__, line);
    }
}
#define same_of(m, what, found, wanted) same_at((m), text, (what), (found), (wanted), __LINE__)

static void check_answer(const made *m, const desk *d, const parley_soundings *s,
                         const parley_sounding *q, const parley_sounding_answer *a,
                         const point_texts *now, tally *count)
{
    static point_texts after;
    made typed = *m;
    parley_rung rung = parley_soundings_rung(s);
    assert_int_equal(a->goes.count + a->stays.count + a->on_record.count, now->count);
    if (!a->known) {
        assert_int_equal(a->supposed_count + a->without.count, 0);
        return;
    }
    if (!type_answer(&typed, d, a)) {
        return;
    }
    char *text = text_of(&typed);
    desk e = desk_text(text);
    desk_analyse(&e, NULL);
    points_of(&after, &e, rung);
    check_outcome(&a->after, &e, rung, &after);
    same_of(m, "points", a->after.points, a->stays.count + a->on_record.count + a->fresh);
    /* a term that was softened is the same point to the engine, and another text here */
    bool renamed = q->kind == PARLEY_SOUNDING_SOFTER || q->kind == PARLEY_SOUNDING_LINE || q->step;
    if (!renamed) {
        same_of(m, "points that stay", a->stays.count + a->on_record.count, shared(now, &after));
    }
    if (a->has_certain) {
        uint64_t never = 0;
        uint64_t before = 0;
        uint64_t then = 0;
        const char *party = parley_case_party(d->c, q->party)->record.id;
        desk_verdict_counts(d, party, rung, &never, &before);
        desk_verdict_counts(&e, party, rung, &never, &then);
        assert_int_equal(desk_count(&a->certain), then - before);
        count->certain += then > before;
    }
    count->answers[a->reply]++;
    count->points_gone += a->goes.count;
    count->on_record += a->on_record.count;
    count->fresh += a->fresh;
    desk_close(&e);
    free(text);
}

static void each_answer_changes_what_it_changes_when_it_is_typed_in(void **state)
{
    static point_texts now;
    tally count = {.certain = 0};
    (void)state;
    for (uint64_t key = 0; key < TYPED_CASES; key++) {
        made m;
        make(&m, key);
        char *text = text_of(&m);
        desk d = desk_text(text);
        desk_analyse(&d, NULL);
        parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
        options.ideas = true;
        parley_soundings *s = sound(&d, &options);
        points_of(&now, &d, parley_soundings_rung(s));
        check_outcome(parley_soundings_now(s), &d, parley_soundings_rung(s), &now);
        assert_int_equal(parley_soundings_size(s), parley_soundings_found(s));
        for (uint32_t i = 0; i < parley_soundings_size(s); i++) {
            const parley_sounding *q = parley_soundings_at(s, i);
            count.never_put += q->never_put;
            count.steps += q->step;
            count.ideas += q->idea >= 0;
            count.reveals += q->reveals.count > 0;
            for (uint32_t k = 0; k < q->answers; k++) {
                check_answer(&m, &d, s, q, &q->answer[k], &now, &count);
            }
        }
        parley_soundings_free(s);
        desk_close(&d);
        free(text);
    }
    for (int r = 0; r < PARLEY_REPLY_COUNT; r++) {
        if (r != PARLEY_REPLY_REASON) {
            print_message("# %s: %u\n", parley_reply_word((parley_reply)r), count.answers[r]);
            assert_true(count.answers[r] > 20);
        }
    }
    print_message("# gone %u, on record %u, new %u, certain %u, never put %u, steps %u, ideas %u, "
                  "private %u\n",
                  count.points_gone, count.on_record, count.fresh, count.certain, count.never_put,
                  count.steps, count.ideas, count.reveals);
    assert_true(count.points_gone > 100 && count.on_record > 50 && count.fresh > 50);
    assert_true(count.certain > 5 && count.never_put > 20 && count.steps > 5 && count.ideas > 5 &&
                count.reveals > 20);
}

/* --------------------------------------------------- any case, analysed anew */

static void each_answer_is_what_a_fresh_analysis_with_it_says(void **state)
{
    static point_texts after;
    uint32_t answers = 0;
    (void)state;
    for (uint64_t key = 0; key < RANDOM_CASES; key++) {
        random_case rc;
        const random_case_options made_so = {.one_track = true, .claims_most = 9};
        random_case_make(&rc, key, &made_so);
        char *text = random_case_text(&rc, 0);
        desk d = desk_text(text);
        desk_analyse(&d, NULL);
        parley_soundings *s = sound(&d, NULL);
        for (uint32_t i = 0; i < parley_soundings_size(s); i++) {
            const parley_sounding *q = parley_soundings_at(s, i);
            for (uint32_t k = 0; k < q->answers; k++) {
                const parley_sounding_answer *a = &q->answer[k];
                desk e = d;
                parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
                options.terms.supposed = a->supposed;
                options.terms.supposed_count = a->supposed_count;
                options.terms.without = a->without.at;
                options.terms.without_count = a->without.count;
                e.deal = NULL;
                desk_analyse(&e, &options);
                points_of(&after, &e, parley_soundings_rung(s));
                check_outcome(&a->after, &e, parley_soundings_rung(s), &after);
                parley_deal_free(e.deal);
                answers++;
            }
        }
        parley_soundings_free(s);
        desk_close(&d);
        free(text);
        random_case_free(&rc);
    }
    assert_true(answers > 1000);
}

/* ----------------------------------------------------------------- ranking */

/* The order as the header tells it; 0: only the order of the file is left. */
static int told_order(const parley_sounding *a, const parley_sounding *b, const parley_outcome *now)
{
    int left = a->never_put ? 0 : a->shift ? 1 : a->idea >= 0 ? 3 : a->points.count > 0 ? 2 : 4;
    int right = b->never_put ? 0 : b->shift ? 1 : b->idea >= 0 ? 3 : b->points.count > 0 ? 2 : 4;
    if (left != right) {
        return left - right;
    }
    if (left == 0 && a->quarrel != b->quarrel) {
        return a->quarrel > b->quarrel ? -1 : 1;
    }
    if (left == 0 && a->step != b->step) {
        return a->step ? -1 : 1;
    }
    const parley_sounding *two[2] = {a, b};
    bool matter[2] = {false, false};
    for (int k = 0; k < 2; k++) {
        for (uint32_t i = 0; i < two[k]->answers; i++) {
            const parley_sounding_answer *x = &two[k]->answer[i];
            matter[k] = matter[k] ||
                        (x->known && (x->goes.count > 0 || x->on_record.count > 0 || x->fresh > 0 ||
                                      x->eased.count > 0 || !parley_count_is_zero(&x->certain) ||
                                      parley_outcome_compare(&x->after, now) != 0));
        }
    }
    if (matter[0] != matter[1]) {
        return matter[0] ? -1 : 1;
    }
    int order =
        parley_outcome_compare(parley_sounding_worst(b, now), parley_sounding_worst(a, now));
    order = order != 0 ? order
                       : parley_outcome_compare(parley_sounding_best(b, now),
                                                parley_sounding_best(a, now));
    return order != 0 ? order : (int)a->stands - (int)b->stands;
}

static const char *question_text(const desk *d, const parley_sounding *q)
{
    static char out[2048];
    parley_text *text = parley_text_new(d->ctx, sizeof out);
    assert_non_null(text);
    parley_text_printf(text, "%d %d %u %d ", (int)q->kind, q->party, q->answers, q->issue);
    if (q->formula != NULL) {
        parley_formula_print(q->formula, parley_case_names(d->c), text);
    }
    for (uint32_t i = 0; i < q->answers && q->kind == PARLEY_SOUNDING_CONFIRM; i++) {
        const parley_texts *ids = &q->answer[i].without;
        for (uint32_t k = 0; k < ids->count; k++) {
            parley_text_printf(text, " %c", ids->at[k][0]);
        }
    }
    snprintf(out, sizeof out, "%s", parley_text_data(text));
    parley_text_free(text);
    return out;
}

static void the_worst_answer_ranks_and_the_order_of_the_file_only_breaks_ties(void **state)
{
    uint32_t compared = 0;
    (void)state;
    for (uint64_t key = 1000; key < 1150; key++) {
        made m;
        make(&m, key);
        made turned = m;
        for (uint32_t k = 0; k < m.claims; k++) {
            memcpy(turned.line[k], m.line[m.claims - 1 - k], sizeof m.line[k]);
        }
        for (uint32_t k = 0; k < m.readings; k++) {
            memcpy(turned.reading[k], m.reading[m.readings - 1 - k], sizeof m.reading[k]);
        }
        char *text = text_of(&m);
        char *other = text_of(&turned);
        desk d = desk_text(text);
        desk e = desk_text(other);
        desk_analyse(&d, NULL);
        desk_analyse(&e, NULL);
        parley_soundings *s = sound(&d, NULL);
        parley_soundings *r = sound(&e, NULL);
        const parley_outcome *now = parley_soundings_now(s);
        uint32_t n = parley_soundings_size(s);
        char first[2048] = "";
        if (n > 0) {
            snprintf(first, sizeof first, "%s", question_text(&d, parley_soundings_at(s, 0)));
        }
        assert_int_equal(parley_soundings_size(r), n);
        for (uint32_t i = 0; i < n; i++) {
            const parley_sounding *q = parley_soundings_at(s, i);
            assert_true(i == 0 || told_order(parley_soundings_at(s, i - 1), q, now) <= 0);
            assert_int_equal(told_order(q, parley_soundings_at(r, i), now), 0);
            char mine[2048];
            snprintf(mine, sizeof mine, "%s", question_text(&d, q));
            bool found = false;
            for (uint32_t k = 0; k < n && !found; k++) {
                const parley_sounding *x = parley_soundings_at(r, k);
                found = told_order(q, x, now) == 0 && strcmp(mine, question_text(&e, x)) == 0;
            }
            same_of(&m, "the same question in another order of the file", found, true);
            compared++;
        }
        /* the first few are the first of all */
        parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
        options.most = 3;
        parley_soundings *few = sound(&d, &options);
        assert_true(parley_soundings_size(few) >= (n < 3 ? n : 3));
        assert_int_equal(parley_soundings_found(few), n);
        for (uint32_t i = 0; i < parley_soundings_size(few); i++) {
            assert_int_equal(
                told_order(parley_soundings_at(few, i), parley_soundings_at(s, i), now), 0);
            assert_int_equal(parley_soundings_at(few, i)->kind, parley_soundings_at(s, i)->kind);
        }
        options.most = 1;
        options.ideas = true;
        parley_soundings *with = sound(&d, &options);
        assert_true(n == 0 ||
                    told_order(parley_soundings_at(with, 0), parley_soundings_at(s, 0), now) == 0);
        assert_true(n == 0 || strcmp(question_text(&d, parley_soundings_at(with, 0)), first) == 0);
        parley_soundings_free(with);
        options.ideas = false;
        options.most = 0;
        options.analyses = 1;
        parley_soundings *cut = sound(&d, &options);
        assert_true(parley_soundings_cut(cut) || parley_soundings_size(cut) == n);
        parley_soundings_free(cut);
        parley_soundings_free(few);
        parley_soundings_free(s);
        parley_soundings_free(r);
        desk_close(&d);
        desk_close(&e);
        free(text);
        free(other);
    }
    assert_true(compared > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_changes_what_it_changes_when_it_is_typed_in),
        cmocka_unit_test(each_answer_is_what_a_fresh_analysis_with_it_says),
        cmocka_unit_test(the_worst_answer_ranks_and_the_order_of_the_file_only_breaks_ties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
