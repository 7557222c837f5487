/*
 * Checking a result: the order of the checks, the heading, and the list of what was looked at.
 *
 * Nothing is believed: what the result says is read as text, worked out again from the case, and
 * compared. What cannot be checked is listed with the reason.
 */
#include "deal/recheck_internal.h"

#include <parley/words.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define WALK_MOST 2000000u
#define SAMPLES 20000u

/* ------------------------------------------------------------------ reports */

void *rk_room(parley_recheck *r, size_t count, size_t size)
{
    void *room = parley_arena_array(r->arena, count == 0 ? 1 : count, size);
    if (room == NULL && r->failed == PARLEY_OK) {
        r->failed = PARLEY_NOMEM;
    }
    return room;
}

bool rk_stop(parley_recheck *r)
{
    if (r->failed == PARLEY_OK && parley_ctx_cancelled(r->ctx)) {
        r->failed = PARLEY_CANCELLED;
    }
    return r->failed != PARLEY_OK;
}

/* "solutions.nash.value", from the keys above a node: the tree does not know its parents, so the
 * place has to do; the key is what can be named. */
void rk_fault(parley_recheck *r, const parley_tree_node *at, const char *format, ...)
{
    char what[300];
    va_list list;
    parley_error err = PARLEY_ERROR_INIT;
    va_start(list, format);
    vsnprintf(what, sizeof(what), format, list);
    va_end(list);
    parley_fail_at(&err, PARLEY_INVALID, parley_tree_name(r->tree),
                   parley_tree_span(at != NULL ? at : parley_tree_root(r->tree)), "%s", what);
    parley_diagnostics_add(r->faults, PARLEY_SEVERITY_ERROR, &err);
}

static void row(parley_recheck *r, parley_recheck_row one)
{
    for (uint32_t i = 0; i < r->rows; i++) { /* the same thing again: more of it */
        parley_recheck_row *have = &r->row[i];
        if (have->checked == one.checked && strcmp(have->what, one.what) == 0 &&
            strcmp(have->how, one.how) == 0) {
            have->count += one.count;
            return;
        }
    }
    if (r->rows == r->row_room) {
        uint32_t more = r->row_room == 0 ? 32 : r->row_room * 2;
        parley_recheck_row *grown =
            parley_arena_grow(r->arena, r->row, r->rows * sizeof(*grown), more * sizeof(*grown));
        if (grown == NULL) {
            r->failed = PARLEY_NOMEM;
            return;
        }
        r->row = grown;
        r->row_room = more;
    }
    r->row[r->rows++] = one;
}

void rk_done(parley_recheck *r, const char *what, uint64_t count, const char *how)
{
    row(r, (parley_recheck_row){true, what, how, count});
}

void rk_left(parley_recheck *r, const char *what, const char *why)
{
    row(r, (parley_recheck_row){false, what, why, 0});
}

/* ------------------------------------------------------------------ reading */

const parley_tree_node *rk_member(const parley_tree_node *object, const char *key)
{
    return object == NULL ? NULL : parley_tree_member(object, key);
}

const parley_tree_node *rk_need(parley_recheck *r, const parley_tree_node *object, const char *key)
{
    const parley_tree_node *node = object == NULL ? NULL : parley_tree_member(object, key);
    if (node == NULL) {
        rk_fault(r, object, "there is no '%s' here", key);
    }
    return node;
}

bool rk_is_null(const parley_tree_node *node)
{
    return parley_tree_kind_of(node) == PARLEY_TREE_BARE &&
           strcmp(parley_tree_text(node), "null") == 0;
}

bool rk_expect(parley_recheck *r, const parley_tree_node *object, const char *key, const char *text)
{
    const parley_tree_node *node = rk_need(r, object, key);
    if (node == NULL) {
        return false;
    }
    bool same = text == NULL ? rk_is_null(node)
                             : parley_tree_text(node) != NULL && !rk_is_null(node) &&
                                   strcmp(parley_tree_text(node), text) == 0;
    if (!same) {
        rk_fault(r, node, "'%s' is %.80s in the case, not this", key,
                 text == NULL ? "nothing" : text);
    }
    return same;
}

bool rk_says(const parley_tree_node *node, double value)
{
    rk_number said;
    if (parley_tree_kind_of(node) != PARLEY_TREE_BARE || !rk_parse(&said, parley_tree_text(node))) {
        return false;
    }
    double x = rk_double(&said);
    return fabs(x - value) <= 1e-11 * (fabs(x) + fabs(value)) || fabs(x - value) < 1e-300;
}

static bool count_of(const parley_tree_node *node, uint64_t *out)
{
    const char *text = node == NULL ? NULL : parley_tree_text(node);
    uint64_t n = 0;
    if (text == NULL || parley_tree_kind_of(node) != PARLEY_TREE_TEXT || *text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return false;
        }
        bool fits = n <= (UINT64_MAX - 9) / 10;
        n = fits ? n * 10 + (uint64_t)(*text - '0') : UINT64_MAX;
    }
    *out = n;
    return true;
}

void rk_holds(parley_recheck *r, const parley_tree_node *object, const char *key, uint64_t count)
{
    const parley_tree_node *node = rk_need(r, object, key);
    uint64_t low = 0;
    uint64_t high = 0;
    if (node == NULL || rk_is_null(node)) {
        return;
    }
    const parley_tree_node *exact = parley_tree_member(node, "exact");
    bool read = exact != NULL ? count_of(exact, &low)
                              : count_of(parley_tree_member(node, "low"), &low) &&
                                    count_of(parley_tree_member(node, "high"), &high);
    high = exact != NULL ? low : high;
    if (!read || count < low || count > high) {
        rk_fault(r, node, "'%s' is %llu when counted one by one", key, (unsigned long long)count);
    }
}

/* ------------------------------------------------------------------ heading */

static void check_ids(parley_recheck *r, const parley_tree_node *root, const char *key,
                      parley_ids ids, const char *(*id)(const parley_case *, int32_t))
{
    const parley_tree_node *list = rk_need(r, root, key);
    const parley_tree_node *at = list == NULL ? NULL : parley_tree_first(list);
    if (list == NULL) {
        return;
    }
    if (parley_tree_count(list) != ids.count) {
        rk_fault(r, list, "'%s' has %u entries in the case", key, ids.count);
        return;
    }
    for (uint32_t k = 0; k < ids.count && at != NULL; k++, at = parley_tree_next(at)) {
        if (parley_tree_text(at) == NULL ||
            strcmp(parley_tree_text(at), id(r->c, ids.at[k])) != 0) {
            rk_fault(r, at, "'%s' names '%s' here", key, id(r->c, ids.at[k]));
        }
    }
}

static const char *party_id(const parley_case *c, int32_t i)
{
    return parley_case_party(c, i)->record.id;
}

static const char *track_id(const parley_case *c, int32_t i)
{
    return parley_case_track(c, i)->record.id;
}

static void check_roles(parley_recheck *r, const parley_tree_node *at, const parley_party *party)
{
    const parley_tree_node *roles = rk_need(r, at, "roles");
    const parley_tree_node *role = roles == NULL ? NULL : parley_tree_first(roles);
    for (uint32_t k = 0; k < PARLEY_ROLE_COUNT && roles != NULL; k++) {
        if ((party->roles >> k & 1) == 0) {
            continue;
        }
        const char *word = parley_words_word(PARLEY_WORDS_ROLE, k);
        if (role == NULL || parley_tree_text(role) == NULL ||
            strcmp(parley_tree_text(role), word) != 0) {
            rk_fault(r, roles, "'%s' is %s", party->record.id, word);
            return;
        }
        role = parley_tree_next(role);
    }
    if (role != NULL) {
        rk_fault(r, role, "'%s' has no such role", party->record.id);
    }
}

static void check_heading(parley_recheck *r, const parley_tree_node *root)
{
    static const char *const there[] = {"dies_at", "settled", "open", "usable_for_ideas"};
    char date[40];
    parley_date as_of = parley_case_as_of(r->c);
    const char *audience = parley_case_audience(r->c);
    parley_date_print(as_of, date, sizeof(date));
    rk_expect(r, root, "case", parley_case_name(r->c));
    rk_expect(r, root, "title", parley_case_title(r->c));
    rk_expect(r, root, "as_of", as_of.form == PARLEY_DATE_UNKNOWN ? NULL : date);
    rk_expect(r, root, "audience", audience == NULL ? "team" : audience);
    const parley_tree_node *list = rk_need(r, root, "parties");
    const parley_tree_node *at = list == NULL ? NULL : parley_tree_first(list);
    if (list != NULL && parley_tree_count(list) != parley_case_parties(r->c)) {
        rk_fault(r, list, "the case has %u parties", parley_case_parties(r->c));
    } else {
        for (uint32_t i = 0; at != NULL; i++, at = parley_tree_next(at)) {
            const parley_party *party = parley_case_party(r->c, (int32_t)i);
            rk_expect(r, at, "id", party->record.id);
            rk_expect(r, at, "name", party->name);
            check_roles(r, at, party);
        }
    }
    check_ids(r, root, "tracks", parley_deal_tracks(r->deal), track_id);
    check_ids(r, root, "other_tracks", parley_deal_other_tracks(r->deal), track_id);
    check_ids(r, root, "must_agree", parley_deal_must_agree(r->deal), party_id);
    for (size_t k = 0; k < sizeof(there) / sizeof(there[0]); k++) {
        rk_need(r, root, there[k]);
    }
    rk_done(r, "case, date, audience, parties, tracks", 1, "against the case");
}

/* ---------------------------------------------------------------------- order */

static void numbers(parley_recheck *r, const parley_tree_node *root)
{
    rk_values(r, root);
    if (rk_stop(r)) {
        return;
    }
    if (r->too_long) {
        rk_left(r, "everything in numbers", "they have too many digits for this arithmetic");
        return;
    }
    if (r->rounded) {
        rk_left(r, "everything in numbers", "they were rounded, as the result says");
        return;
    }
    rk_frontier(r, root);
    if (rk_stop(r)) {
        return;
    }
    if (r->moving) {
        rk_solutions_of_shares(r, root);
    } else {
        rk_counts_and_solutions(r, root);
    }
    if (!rk_stop(r)) {
        rk_elsewhere(r, root);
    }
    rk_left(r, "engine.seconds, engine.method", "how long it took, and how, cannot be seen in it");
}

static parley_status check(parley_recheck *r, parley_error *err)
{
    const parley_tree_node *root = parley_tree_root(r->tree);
    bool has_numbers = parley_tree_member(root, "frontier") != NULL ||
                       parley_tree_member(root, "solutions") != NULL ||
                       parley_tree_member(root, "acceptance") != NULL;
    if (parley_tree_member(root, "ladder") == NULL) {
        parley_fail_at(err, PARLEY_INVALID, parley_tree_name(r->tree), parley_tree_span(root),
                       "this is no result of 'parley deals --json': it has no 'ladder'");
        parley_error_hint(err, "write one with 'parley deals CASE --numbers --json'");
        return PARLEY_INVALID;
    }
    check_heading(r, root);
    rk_ladder(r, root);
    if (has_numbers && !rk_stop(r)) {
        if (parley_case_worths(r->c) == 0) {
            rk_fault(r, root, "there are numbers here, and the case gives no party any values");
        } else {
            numbers(r, root);
        }
    }
    if (r->failed != PARLEY_OK) {
        return parley_fail(err, r->failed,
                           r->failed == PARLEY_NOMEM ? "out of memory while checking a result"
                           : r->failed == PARLEY_LIMIT
                               ? "a number of the result is beyond what can be checked"
                               : "stopped");
    }
    return PARLEY_OK;
}

parley_status parley_recheck_new(parley_recheck **out, parley_ctx *ctx, const parley_case *c,
                                 const parley_deal *deal, const parley_tree *tree,
                                 const parley_recheck_options *options, parley_diagnostics *faults,
                                 parley_error *err)
{
    const parley_recheck_options defaults = PARLEY_RECHECK_OPTIONS_INIT;
    options = options != NULL ? options : &defaults;
    *out = NULL;
    if (options->version != 1) {
        return parley_fail(err, PARLEY_INVALID, "version %d of the options is not known",
                           options->version);
    }
    parley_recheck *r = parley_alloc(ctx, sizeof(*r));
    if (r == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while checking a result");
    }
    r->ctx = ctx;
    r->c = c;
    r->deal = deal;
    r->tree = tree;
    r->faults = faults;
    r->walk = options->walk != 0 ? options->walk : WALK_MOST;
    r->samples = options->samples != 0 ? options->samples : SAMPLES;
    r->arena = parley_arena_new(ctx);
    parley_status status =
        r->arena != NULL ? check(r, err)
                         : parley_fail(err, PARLEY_NOMEM, "out of memory while checking a result");
    if (status != PARLEY_OK) {
        parley_recheck_free(r);
        return status;
    }
    *out = r;
    return PARLEY_OK;
}

void parley_recheck_free(parley_recheck *r)
{
    if (r != NULL) {
        parley_ctx *ctx = r->ctx;
        parley_arena_free(r->arena);
        parley_release(ctx, r, sizeof(*r));
    }
}

uint32_t parley_recheck_rows(const parley_recheck *r)
{
    return r->rows;
}

parley_recheck_row parley_recheck_row_at(const parley_recheck *r, uint32_t i)
{
    PARLEY_ASSERT(i < r->rows);
    return r->row[i];
}
