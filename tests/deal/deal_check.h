/*
 * What tests of an analysis share: a case from a file or from text, its analysis, and checks of
 * ladders and of lists of names that say what they found.
 */
#ifndef PARLEY_TESTS_DEAL_CHECK_H
#define PARLEY_TESTS_DEAL_CHECK_H

#include "support/check.h"

#include <parley/case.h>
#include <parley/deal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct desk {
    parley_ctx *ctx;
    parley_case *c;
    parley_deal *deal;
} desk;

/* The bytes of a shipped case; NUL-terminated, to be released with free. The folder is named by the
 * build in PARLEY_TEST_CASES. */
static inline char *desk_file(const char *name)
{
    char path[4096];
    const char *folder = getenv("PARLEY_TEST_CASES");
    snprintf(path, sizeof path, "%s/%s", folder != NULL ? folder : "cases", name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("cannot open %s: set PARLEY_TEST_CASES to the folder of the shipped cases", path);
        return NULL;
    }
    size_t size = 0;
    size_t room = (size_t)1 << 20;
    char *bytes = malloc(room);
    assert_non_null(bytes);
    size = fread(bytes, 1, room - 1, file);
    assert_true(size < room - 1);
    bytes[size] = '\0';
    fclose(file);
    return bytes;
}

static inline desk desk_text(const char *text)
{
    desk d = {check_ctx(), NULL, NULL};
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status =
        parley_case_read(&d.c, d.ctx, "case.yaml", text, strlen(text), NULL, NULL, &err);
    if (status != PARLEY_OK) {
        print_error("%s\n", text);
    }
    check_ok(status, &err);
    return d;
}

static inline desk desk_open(const char *name)
{
    char *bytes = desk_file(name);
    desk d = desk_text(bytes);
    free(bytes);
    return d;
}

/* Analyse, instead of what was analysed before. options NULL: defaults. */
static inline parley_deal *desk_analyse(desk *d, const parley_deal_options *options)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_deal_free(d->deal);
    check_ok(parley_deal_new(&d->deal, d->ctx, d->c, options, &err), &err);
    return d->deal;
}

static inline void desk_close(desk *d)
{
    parley_deal_free(d->deal);
    parley_case_free(d->c);
    check_ctx_done(d->ctx);
}

static inline int32_t desk_find(const desk *d, const char *kind, const char *id)
{
    int32_t i = parley_case_find(d->c, kind, id, strlen(id));
    if (i < 0) {
        fail_msg("no %s '%s' in the case", kind, id);
    }
    return i;
}

static inline uint64_t desk_count(const parley_count *count)
{
    assert_true(count->used <= 1);
    return count->used == 0 ? 0 : count->limb[0];
}

/* Packages left, rung by rung, in the order of the ladder. */
static inline void check_ladder_at(const parley_deal *deal,
                                   const uint64_t wanted[PARLEY_RUNG_COUNT], const char *file,
                                   int line)
{
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        uint64_t left = desk_count(&parley_deal_rung(deal, (parley_rung)r)->left);
        if (left != wanted[r]) {
            print_error("%llu packages left at '%s', not %llu\n", (unsigned long long)left,
                        parley_rung_heading((parley_rung)r), (unsigned long long)wanted[r]);
            _fail(file, line);
        }
    }
}
#define check_ladder(deal, ...)                                                                    \
    check_ladder_at((deal), (const uint64_t[PARLEY_RUNG_COUNT]){__VA_ARGS__}, __FILE__, __LINE__)

static inline void check_words_at(const char *found, const char *wanted, const char *file, int line)
{
    if (strcmp(found, wanted) != 0) {
        print_error("found  '%s'\nwanted '%s'\n", found, wanted);
        _fail(file, line);
    }
}
#define check_words(found, wanted) check_words_at((found), (wanted), __FILE__, __LINE__)

/* A line of words, for comparison with one typed in a test. */
typedef struct phrase {
    char text[8192];
    size_t used;
} phrase;

static inline void line_add(phrase *l, const char *separator, const char *word)
{
    int n = snprintf(l->text + l->used, sizeof l->text - l->used, "%s%s",
                     l->used == 0 ? "" : separator, word);
    assert_true(n >= 0 && (size_t)n < sizeof l->text - l->used);
    l->used += (size_t)n;
}

/* Values still open, an issue: "duration 30; arms stopped limited". only: 1 settled, 2 open issues,
 * 3 both. */
static inline const char *line_open(phrase *l, const desk *d, int only)
{
    *l = (phrase){{0}, 0};
    parley_ids issues = parley_deal_issues(d->deal);
    for (uint32_t k = 0; k < issues.count; k++) {
        const parley_issue *issue = parley_case_issue(d->c, issues.at[k]);
        uint32_t open = parley_deal_open_count(d->deal, issues.at[k]);
        uint32_t seen = 0;
        if (open == 0 || (only == 1 && open > 1) || (only == 2 && open == 1)) {
            continue;
        }
        line_add(l, "; ", issue->record.id);
        for (uint32_t v = 0; v < issue->values; v++) {
            if (parley_deal_open(d->deal, issues.at[k], v)) {
                char id[200];
                parley_case_value_id(issue, v, id, sizeof id);
                line_add(l, " ", id);
                seen++;
            }
        }
        assert_int_equal(seen, open);
    }
    return l->text;
}

/* "ru: kursk; us: arms intel" */
static inline const char *line_acts(phrase *l, const desk *d)
{
    *l = (phrase){{0}, 0};
    parley_ids issues = parley_deal_issues(d->deal);
    for (uint32_t p = 0; p < parley_case_parties(d->c); p++) {
        bool named = false;
        for (uint32_t k = 0; k < issues.count; k++) {
            if (parley_deal_acts(d->deal, (int32_t)p, issues.at[k])) {
                if (!named) {
                    line_add(l, "; ", parley_case_party(d->c, (int32_t)p)->record.id);
                    line_add(l, "", ":");
                    named = true;
                }
                line_add(l, " ", parley_case_issue(d->c, issues.at[k])->record.id);
            }
        }
    }
    return l->text;
}

static inline const char *line_must_agree(phrase *l, const desk *d)
{
    *l = (phrase){{0}, 0};
    parley_ids must = parley_deal_must_agree(d->deal);
    for (uint32_t k = 0; k < must.count; k++) {
        line_add(l, " ", parley_case_party(d->c, must.at[k])->record.id);
    }
    return l->text;
}

/* Terms that are new on a rung. */
static inline const char *line_binding(phrase *l, const desk *d, parley_rung rung)
{
    *l = (phrase){{0}, 0};
    parley_ids ids = parley_deal_rung(d->deal, rung)->terms;
    for (uint32_t k = 0; k < ids.count; k++) {
        line_add(l, "; ", parley_terms_at(parley_deal_terms(d->deal), (uint32_t)ids.at[k])->name);
    }
    return l->text;
}

typedef struct clash_lines {
    const desk *d;
    char at[64][512];
    uint32_t count;
} clash_lines;

static inline bool clash_line(void *user, parley_ids ids)
{
    clash_lines *s = user;
    phrase l = {{0}, 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        line_add(&l, " + ",
                 parley_terms_at(parley_deal_terms(s->d->deal), (uint32_t)ids.at[k])->name);
    }
    assert_true(s->count < CHECK_COUNT(s->at) && l.used < sizeof s->at[0]);
    memcpy(s->at[s->count++], l.text, l.used + 1);
    return true;
}

/* The clashing sets up to a rung, each as "term + term"; party NULL: everybody's terms. */
static inline void desk_clashes(clash_lines *out, const desk *d, parley_rung rung,
                                const char *party)
{
    parley_error err = PARLEY_ERROR_INIT;
    out->d = d;
    out->count = 0;
    check_ok(parley_deal_clashes(d->deal, rung, party == NULL ? -1 : desk_find(d, "parties", party),
                                 clash_line, out, &err),
             &err);
}

/* Exactly these sets, in any order; a first NULL: none. */
static inline void check_clashes_at(const desk *d, parley_rung rung, const char *const *wanted,
                                    size_t count, const char *file, int line)
{
    static clash_lines found;
    desk_clashes(&found, d, rung, NULL);
    count = wanted[0] == NULL ? 0 : count;
    for (uint32_t i = 0; i < found.count; i++) {
        bool known = false;
        for (size_t k = 0; k < count; k++) {
            known = known || strcmp(found.at[i], wanted[k]) == 0;
        }
        if (!known) {
            print_error("a clashing set too many: %s\n", found.at[i]);
            _fail(file, line);
        }
        for (uint32_t k = 0; k < i; k++) {
            if (strcmp(found.at[i], found.at[k]) == 0) {
                print_error("a clashing set twice: %s\n", found.at[i]);
                _fail(file, line);
            }
        }
    }
    if (found.count != count) {
        print_error("%u clashing sets, not %zu\n", found.count, count);
        _fail(file, line);
    }
}

/* "crimea donbas": issues in dispute up to a rung. */
static inline const char *line_dispute(phrase *l, const desk *d, parley_rung rung)
{
    parley_error err = PARLEY_ERROR_INIT;
    bool in[256] = {false};
    assert_true(parley_case_issues(d->c) <= CHECK_COUNT(in));
    check_ok(parley_deal_dispute(d->deal, rung, in, &err), &err);
    *l = (phrase){{0}, 0};
    for (uint32_t i = 0; i < parley_case_issues(d->c); i++) {
        if (in[i]) {
            line_add(l, " ", parley_case_issue(d->c, (int32_t)i)->record.id);
        }
    }
    return l->text;
}

static inline void desk_verdict_counts(const desk *d, const char *party, parley_rung rung,
                                       uint64_t *never, uint64_t *necessarily)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_count no;
    parley_count yes;
    check_ok(
        parley_deal_verdict_counts(d->deal, desk_find(d, "parties", party), rung, &no, &yes, &err),
        &err);
    *never = desk_count(&no);
    *necessarily = desk_count(&yes);
}

/* Text with `what` put in after the first `anchor`; to be released with free. */
static inline char *text_insert(const char *text, const char *anchor, const char *what)
{
    const char *at = strstr(text, anchor);
    if (at == NULL) {
        fail_msg("no '%s' in the text", anchor);
        return NULL;
    }
    size_t head = (size_t)(at - text) + strlen(anchor);
    char *out = malloc(strlen(text) + strlen(what) + 1);
    if (out == NULL) {
        abort();
    }
    memcpy(out, text, head);
    strcpy(out + head, what);
    strcat(out, text + head);
    return out;
}

/* Text without the line that begins with `begin` (after blanks); to be released with free. */
static inline char *text_without_line(const char *text, const char *begin)
{
    const char *at = text;
    while (at != NULL && strncmp(at + strspn(at, " "), begin, strlen(begin)) != 0) {
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
    if (at == NULL) {
        fail_msg("no line '%s' in the text", begin);
        return NULL;
    }
    const char *end = strchr(at, '\n');
    char *out = malloc(strlen(text) + 1);
    assert_non_null(out);
    memcpy(out, text, (size_t)(at - text));
    strcpy(out + (at - text), end != NULL ? end + 1 : "");
    return out;
}

#endif
