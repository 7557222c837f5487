/*
 * A part of a case says what the whole case says: the pages that are made from a part are, byte for
 * byte, those made from everything; and an entry's checks need no more than a part.
 */
#include "deal/random_case.h"
#include "store/store_steps.h"
#include "support/torture.h"

#include <parley/deal.h>
#include <parley/screens.h>

static const char *folder;

/* What is asked: of why a text, else a timeline. */
typedef struct question {
    const char *what;
    const char *party;
    const char *issue;
    const char *about;
    const char *id;
    bool json;
    parley_terms_options terms;
} question;

static parley_status timeline_page(parley_ctx *ctx, const parley_case *c, const question *q,
                                   parley_screen *screen, parley_json *json, parley_error *err)
{
    parley_timeline_page page = {.c = c, .terms = q->terms, .party = -1, .issue = -1};
    page.since = PARLEY_DATE_INIT;
    if (q->party != NULL) {
        page.party = parley_case_find(c, "parties", q->party, strlen(q->party));
    }
    if (q->issue != NULL) {
        page.issue = parley_case_find(c, "issues", q->issue, strlen(q->issue));
    }
    return q->json ? parley_page_timeline_json(json, ctx, &page, err)
                   : parley_page_timeline(screen, ctx, &page, err);
}

static parley_status why_page(parley_ctx *ctx, const parley_case *c, const question *q,
                              parley_screen *screen, parley_json *json, parley_error *err)
{
    parley_deal *deal = NULL;
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.terms = q->terms;
    parley_status status = parley_deal_new(&deal, ctx, c, &options, err);
    const parley_why_page page = {c, deal, q->what, true};
    if (status == PARLEY_OK) {
        status = q->json ? parley_page_why_json(json, ctx, &page, err)
                         : parley_page_why(screen, ctx, &page, err);
    }
    parley_deal_free(deal);
    return status;
}

/* The page, or the message; release with free. */
static char *page_of(parley_ctx *ctx, const parley_case *c, const question *q)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *out = text_of(ctx);
    parley_screen *screen = NULL;
    parley_json json;
    check_ok(parley_screen_new(&screen, ctx, out, NULL, &err), &err);
    parley_json_begin(&json, out);
    parley_status status = q->what != NULL ? why_page(ctx, c, q, screen, &json, &err)
                                           : timeline_page(ctx, c, q, screen, &json, &err);
    if (status != PARLEY_OK) {
        parley_text_clear(out);
        parley_text_printf(out, "%s; %s", err.message, err.hint);
    }
    char *copy = strdup(parley_text_data(out));
    assert_non_null(copy);
    parley_screen_free(screen);
    parley_text_free(out);
    return copy;
}

static parley_ctx *the_ctx; /* of the box of the running test */
static uint64_t asked;
static uint64_t smaller;

static void ask_both(parley_store *store, const parley_case *whole, question q)
{
    parley_ctx *ctx = the_ctx;
    parley_error err = PARLEY_ERROR_INIT;
    parley_part part = PARLEY_PART_INIT;
    const char *ids[4];
    parley_case *c = NULL;
    part.party = q.party;
    part.issue = q.issue;
    part.about = q.about;
    part.ids = ids;
    if (q.id != NULL) {
        ids[part.id_count++] = q.id;
    }
    for (uint32_t i = 0; i < q.terms.without_count; i++) {
        ids[part.id_count++] = q.terms.without[i];
    }
    part.terms = q.what != NULL;
    part.options = &q.terms;
    check_ok(parley_store_part(&c, store, &part, NULL, NULL, NULL, &err), &err);
    char *a = page_of(ctx, whole, &q);
    char *b = page_of(ctx, c, &q);
    if (strcmp(a, b) != 0) {
        size_t at = 0;
        while (a[at] == b[at]) {
            at++;
        }
        at = at > 300 ? at - 300 : 0;
        fail_msg("why '%s' party %s issue %s without %s: the whole case says\n%.450s\nthe part "
                 "says\n%.450s",
                 q.what != NULL ? q.what : "-", q.party != NULL ? q.party : "-",
                 q.issue != NULL ? q.issue : "-",
                 q.terms.without_count > 0 ? q.terms.without[0] : "-", a + at, b + at);
    }
    asked++;
    smaller += parley_case_claims(c) < parley_case_claims(whole) ? 1 : 0;
    free(a);
    free(b);
    parley_case_free(c);
}

static void ask_each_way(parley_store *store, const parley_case *whole, question q,
                         parley_random *r)
{
    const char *without[1];
    const parley_terms_options none = PARLEY_TERMS_OPTIONS_INIT;
    q.terms = none;
    q.json = parley_random_below(r, 2) == 1;
    ask_both(store, whole, q);
    q.json = !q.json;
    uint32_t claims = parley_case_claims(whole);
    if (claims > 0 && parley_random_below(r, 2) == 1) {
        int32_t i = (int32_t)parley_random_below(r, claims);
        const parley_claim *claim = parley_case_claim(whole, i);
        without[0] = claim->record.id;
        if (parley_random_below(r, 2) == 1) {
            q.terms.without = without;
            q.terms.without_count = 1;
        } else {
            q.terms.at = claim->record.happened;
        }
    }
    ask_both(store, whole, q);
}

static void ask_about_rows(parley_store *store, const parley_case *c, parley_random *r)
{
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const char *id = parley_case_claim(c, (int32_t)i)->record.id;
        ask_each_way(store, c, (question){.what = id, .id = id}, r);
    }
    for (uint32_t i = 0; i < parley_case_readings(c); i++) {
        const char *id = parley_case_reading(c, (int32_t)i)->record.id;
        if (parley_case_find(c, "claims", id, strlen(id)) < 0) {
            ask_each_way(store, c, (question){.what = id}, r);
        }
    }
    for (uint32_t i = 0; i < parley_case_proposals(c); i++) {
        const char *id = parley_case_proposal(c, (int32_t)i)->record.id;
        ask_each_way(store, c, (question){.what = id, .about = id}, r);
    }
    for (uint32_t i = 0; i < parley_case_concerns(c); i++) {
        const char *id = parley_case_concern(c, (int32_t)i)->record.id;
        ask_each_way(store, c, (question){.what = id, .about = id}, r);
    }
}

static void ask_about_positions(parley_store *store, const parley_case *c, parley_random *r)
{
    for (int32_t p = -1; p < (int32_t)parley_case_parties(c); p++) {
        const char *party = p < 0 ? NULL : parley_case_party(c, p)->record.id;
        for (int32_t i = p < 0 ? 0 : -1; i < (int32_t)parley_case_issues(c); i++) {
            const char *issue = i < 0 ? NULL : parley_case_issue(c, i)->record.id;
            char what[200];
            snprintf(what, sizeof(what), "%s%s%s", p < 0 ? "" : party, p < 0 || i < 0 ? "" : " ",
                     i < 0 ? "" : issue);
            ask_each_way(store, c, (question){.party = party, .issue = issue}, r);
            ask_each_way(store, c, (question){.party = party, .issue = issue, .what = what}, r);
        }
    }
}

static void ask_about_terms(parley_store *store, const parley_case *c, parley_random *r)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_terms *terms = NULL;
    check_ok(parley_terms_derive(&terms, the_ctx, c, NULL, &err), &err);
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        const parley_term *term = parley_terms_at(terms, i);
        if (term->readings.count == 0) {
            ask_each_way(store, c,
                         (question){.what = term->name,
                                    .party = parley_case_party(c, term->party)->record.id},
                         r);
        }
    }
    parley_terms_free(terms);
}

typedef struct wanted_words {
    uint64_t seq;
    char *words;
} wanted_words;

static bool take_entry(void *user, const parley_entry *entry)
{
    wanted_words *w = user;
    if (entry->seq == w->seq && entry->kind == PARLEY_ENTRY_PUT) {
        w->words = strndup(entry->words, entry->length);
    } else if (entry->seq == w->seq) {
        w->words = strdup("");
    }
    return false;
}

/* What an entry put there, "" for another kind; NULL: there is none. Release with free. */
static char *store_words_of(parley_store *store, uint64_t seq)
{
    wanted_words w = {seq, NULL};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_store_each(store, seq, take_entry, &w, &err), &err);
    return w.words;
}

/* A few claims are corrected, so that the words that hold are not where the record was put. */
static void stir(parley_store *store, parley_random *r)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *piece = text_of(the_ctx);
    for (uint64_t seq = 2; seq < 80; seq++) {
        char *words = store_words_of(store, seq);
        if (words == NULL) {
            break;
        }
        if (strncmp(words, "claims:\n", 8) == 0 && parley_random_below(r, 4) == 0) {
            const parley_member_change note = {"note", "seen again"};
            parley_text_clear(piece);
            check_ok(parley_piece_change(piece, the_ctx, "a claim", words, strlen(words), &note, 1,
                                         &err),
                     &err);
            store_write(store, PARLEY_ENTRY_CORRECT, seq, parley_text_data(piece));
        }
        free(words);
    }
    parley_text_free(piece);
}

static void part_says_what_the_whole_says(store_box *box, const parley_case *c, uint64_t key)
{
    parley_random r = parley_random_stream(key, 131, 0, 0);
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *whole = NULL;
    the_ctx = box->ctx;
    store_box_empty(box);
    parley_store *store = store_create(box);
    store_take(store, c, false);
    stir(store, &r);
    if (key % 4 == 3) { /* as the third format had it */
        parley_store_close(store);
        steps_make_third(box->path);
        store = store_open(box, false);
    }
    check_ok(parley_store_case(&whole, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err), &err);
    ask_about_rows(store, whole, &r);
    ask_about_positions(store, whole, &r);
    ask_about_terms(store, whole, &r);
    parley_case_free(whole);
    parley_store_close(store);
}

static void a_part_of_a_shipped_case_says_what_the_whole_says(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    for (size_t i = 0; i < CHECK_COUNT(shipped_names); i++) {
        parley_case *c = load_shipped(box.ctx, folder, shipped_names[i], NULL);
        part_says_what_the_whole_says(&box, c, i);
        parley_case_free(c);
    }
    store_box_done(&box);
}

static void a_part_of_a_random_case_says_what_the_whole_says(void **state)
{
    (void)state;
    const char *more = getenv("PARLEY_PARTS");
    uint64_t cases = more != NULL ? strtoull(more, NULL, 10) : 16;
    store_box box;
    store_box_make(&box);
    asked = 0;
    smaller = 0;
    for (uint64_t key = 0; key < cases; key++) {
        random_case rc;
        random_case_options options = {.claims_most = 44};
        random_case_make(&rc, 7000 + key, &options);
        char *text = random_case_text(&rc, key % 2);
        parley_case *c = read_text(box.ctx, "random.yaml", text, NULL);
        part_says_what_the_whole_says(&box, c, key);
        parley_case_free(c);
        free(text);
        random_case_free(&rc);
    }
    print_message("# %llu questions, %llu of them to less than the whole\n",
                  (unsigned long long)asked, (unsigned long long)smaller);
    assert_true(smaller > asked / 3);
    store_box_done(&box);
}

/* c1 moved c2 on an issue of which only the answer's proposal speaks, and c2 stands on the page of
 * the other issue because of the answer's condition. */
static void an_answer_on_the_page_brings_what_was_said_about_its_other_issues(void **state)
{
    (void)state;
    static const char text[] =
        "parley: 1\nsources:\n  s: {kind: document}\nparties:\n  ru: {roles: [principal]}\n  ua: "
        "{roles: [principal]}\nissues:\n  a: {options: {x: X, y: Y}}\n  b: {options: {x: X, y: "
        "Y}}\nproposals:\n  q: {text: \"b = y\"}\nresponses:\n  - {party: ru, to: q, answer: "
        "accept, "
        "if: [\"a = x\"], claim: c2, date: 2025-03-05}\nclaims:\n  c1: {by: ru, act: demand, "
        "about: "
        "b = x, date: 2025-03-01, source: s, class: on-record}\n  c2: {by: ru, act: accept, about: "
        "q, date: 2025-03-05, source: s, class: on-record}\n  c3: {by: ua, act: demand, about: b = "
        "x, date: 2025-03-01, source: s, class: on-record}\n";
    store_box box;
    store_box_make(&box);
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *whole = NULL;
    parley_case *c = read_text(box.ctx, "x.yaml", text, NULL);
    const question q = {.issue = "a"};
    the_ctx = box.ctx;
    parley_store *store = store_create(&box);
    store_take(store, c, false);
    check_ok(parley_store_case(&whole, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err), &err);
    char *page = page_of(box.ctx, whole, &q);
    assert_non_null(strstr(page, "[softened]"));
    free(page);
    smaller = 0;
    ask_both(store, whole, q);
    assert_int_equal(smaller, 1);
    parley_case_free(whole);
    parley_store_close(store);
    parley_case_free(c);
    store_box_done(&box);
}

static void what_is_not_there_adds_nothing(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    parley_error err = PARLEY_ERROR_INIT;
    const char *const ids[] = {"nothing", ""};
    bool there = true;
    parley_case *c = load_shipped(box.ctx, folder, "halt-2025", NULL);
    parley_store *store = store_create(&box);
    store_take(store, c, false);
    parley_part part = PARLEY_PART_INIT;
    part.party = "nobody";
    part.issue = "nothing";
    part.about = "nothing";
    part.ids = ids;
    part.id_count = 2;
    part.referrers = true;
    part.terms = true;
    parley_case *some = NULL;
    check_ok(parley_store_part(&some, store, &part, NULL, NULL, NULL, &err), &err);
    assert_true(parley_case_claims(some) < parley_case_claims(c));
    assert_int_equal(parley_case_responses(some), parley_case_responses(c));
    assert_int_equal(parley_date_compare(parley_case_as_of(some), parley_case_as_of(c)), 0);
    parley_case_free(some);
    check_ok(parley_store_has(&there, store, "claims", "nothing", &err), &err);
    assert_false(there);
    check_ok(parley_store_has(&there, store, "claims", "c1", &err), &err);
    assert_true(there);
    uint32_t claims = parley_case_claims(c);
    check_ok(parley_store_more_claims(&there, store, claims, &err), &err);
    assert_false(there);
    check_ok(parley_store_more_claims(&there, store, claims - 1, &err), &err);
    assert_true(there);
    part.version = 2;
    check_fails(parley_store_part(&some, store, &part, NULL, NULL, NULL, &err), PARLEY_INVALID,
                &err);
    assert_null(some);
    parley_store_close(store);
    parley_case_free(c);
    store_box_done(&box);
}

/* The day up to which a case is known, where nobody typed it. */
static void the_newest_day_is_that_of_the_whole(void **state)
{
    (void)state;
    static const char *const claims[] = {
        "c1: {by: ua, act: say, date: 2025-03-01}\n  c2: {by: ru, act: say, date: 2025-03-09}",
        "c1: {by: ua, act: say, date: 2025-03-01, source: s}\n  c2: {by: ru, act: say, source: s, "
        "learned: 2025-02-01}",
        "c1: {by: ua, act: say, date: 2025-03}\n  c2: {by: ru, act: say, date: 2025-03-31}",
        "c1: {by: ua, act: say, date: 2025}\n  c2: {by: ru, act: say, date: 2025-12-30}",
        "c1: {by: ua, act: say, date: before 2026-03-01}\n  c2: {by: ru, act: say, date: after "
        "2027-01-01}\n  c3: {by: ru, act: say, date: 2020-03-01~}",
        "c1: {by: ua, act: say, learned: 2025-04}\n  c2: {by: ru, act: say, learned: 2025-04-30}",
        "c1: {by: ua, act: say, source: t}\n  c2: {by: ru, act: say, source: s, date: 2025-01-01}",
        "c1: {by: ua, act: say}\n  c2: {by: ru, act: say}",
    };
    store_box box;
    store_box_make(&box);
    for (size_t i = 0; i < CHECK_COUNT(claims); i++) {
        char text[600];
        parley_error err = PARLEY_ERROR_INIT;
        parley_case *whole = NULL;
        parley_case *some = NULL;
        parley_part part = PARLEY_PART_INIT;
        char a[40];
        char b[40];
        snprintf(text, sizeof(text),
                 "parley: 1\nsources:\n  s: {date: 2025-06-05}\n  t: {}\nparties:\n  ua: {}\n  ru: "
                 "{}\n  xx: {}\nclaims:\n  %s\n",
                 claims[i]);
        parley_case *c = read_text(box.ctx, "x.yaml", text, NULL);
        store_box_empty(&box);
        parley_store *store = store_create(&box);
        store_take(store, c, false);
        part.party = "xx";
        check_ok(parley_store_case(&whole, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err), &err);
        check_ok(parley_store_part(&some, store, &part, NULL, NULL, NULL, &err), &err);
        parley_date_print(parley_case_as_of(whole), a, sizeof(a));
        parley_date_print(parley_case_as_of(some), b, sizeof(b));
        assert_string_equal(a, b);
        parley_case_free(some);
        parley_case_free(whole);
        parley_store_close(store);
        parley_case_free(c);
    }
    store_box_done(&box);
}

static parley_status ask_part(parley_ctx *ctx, void *user, parley_error *err)
{
    store_box *box = user;
    parley_store *store = NULL;
    parley_case *c = NULL;
    parley_part part = PARLEY_PART_INIT;
    part.issue = "arms";
    part.terms = true;
    parley_status status = parley_store_open(&store, ctx, box->path, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_store_part(&c, store, &part, NULL, NULL, NULL, err);
    }
    assert_true((c != NULL) == (status == PARLEY_OK));
    parley_case_free(c);
    parley_store_close(store);
    return status;
}

static void no_failed_allocation_leaks_or_goes_unnoticed(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    parley_case *c = load_shipped(box.ctx, folder, "halt-2025", NULL);
    parley_store *store = store_create(&box);
    store_take(store, c, false);
    parley_store_close(store);
    parley_case_free(c);
    torture(ask_part, &box, 120);
    store_box_done(&box);
}

int main(int count, char **name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_of_a_shipped_case_says_what_the_whole_says),
        cmocka_unit_test(a_part_of_a_random_case_says_what_the_whole_says),
        cmocka_unit_test(an_answer_on_the_page_brings_what_was_said_about_its_other_issues),
        cmocka_unit_test(what_is_not_there_adds_nothing),
        cmocka_unit_test(the_newest_day_is_that_of_the_whole),
        cmocka_unit_test(no_failed_allocation_leaks_or_goes_unnoticed),
    };
    folder = count > 1 ? name[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
