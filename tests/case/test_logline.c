/*
 * Lines typed after a call: what they are understood as, that nothing typed is lost.
 */
#include "case/case_text.h"
#include "support/torture.h"

#include <parley/logline.h>
#include <parley/records.h>

static const char head[] =
    "parley: 1\n"
    "sources: {weekly: {kind: outlet, date: 2025-03-14}, wire: {kind: outlet, date: 2025-03-14}}\n"
    "parties: {us: {roles: [mediator]}, ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
    "people: {putin: {of: ru}, zelensky: {of: ua}}\n"
    "issues: {arms: {options: {go: \"Go on\", stop: \"All stop\"}}, days: {quantity: {unit: day, "
    "from: 15, to: 30, step: 15}}, monitor: {options: {unnamed: U, third: T}}}\n"
    "proposals: {offer-30: {tabled-by: us, text: \"days = 30\"}}\n"
    "claims: {c1: {by: us, act: propose, about: offer-30}, c23: {by: us, act: say, says: \"x\"}}\n";

typedef struct pad {
    parley_ctx *ctx;
    parley_case *c;
    parley_arena *arena;
    int32_t today;
} pad;

static pad open_pad(void)
{
    pad p = {.ctx = check_ctx(), .today = parley_day_number(2025, 3, 20)};
    p.c = read_text(p.ctx, "t.yaml", head, NULL);
    p.arena = parley_arena_new(p.ctx);
    assert_non_null(p.arena);
    return p;
}

static void close_pad(pad *p)
{
    parley_arena_free(p->arena);
    parley_case_free(p->c);
    check_ctx_done(p->ctx);
}

/* The piece that a line becomes, in canonical bytes without its first line. */
static const char *piece_of(pad *p, const char *line)
{
    parley_logged claim;
    parley_piece piece;
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *out = text_of(p->ctx);
    check_ok(parley_log_line(&claim, p->ctx, p->c, p->arena, line, strlen(line), p->today, &err),
             &err);
    parley_log_piece(out, &claim);
    check_ok(parley_text_status(out, &err), &err);
    check_ok(parley_piece_read(&piece, p->ctx, p->arena, "line", parley_text_data(out),
                               parley_text_size(out), &err),
             &err);
    const char *bytes = parley_arena_copy(p->arena, piece.bytes, piece.length);
    assert_non_null(bytes);
    parley_text_free(out);
    return bytes + strlen("claims:\n");
}

static void lines_become_claims(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *wanted[6];
    } row[] = {
        {"ru:putin 13mar demand arms = stop @weekly/on-record \"foreign arms must stop\"",
         {"c24:", "date: 2025-03-13", "ru:putin", "act: demand", "arms = stop",
          "foreign arms must stop"}},
        {"ru:putin 13mar demand arms = stop @weekly/on-record \"x\"",
         {"source: weekly", "class: on-record"}},
        {"putin demands arms=stop", {"ru:putin", "date: 2025-03-20", "act: demand", "arms=stop"}},
        {"ua > us ~11mar accept offer-30",
         {"by: ua", "to: us", "date: 2025-03-11~", "act: accept", "about: offer-30"}},
        {"ua,ru 2025-03 say hopeful", {"[ua, ru]", "date: 2025-03", "says: hopeful"}},
        {"ua before 11mar25 rejects days = 15", {"date: before 2025-03-11", "act: reject"}},
        {"ua 21mar reject days = 15", {"date: 2024-03-21"}}, /* tomorrow: nobody said it yet */
        {"ua 20mar reject days = 15", {"date: 2025-03-20"}},
        {"ua apr reject days = 15", {"date: 2024-04"}},
        {"ua yesterday no days = 15", {"date: 2025-03-19", "act: reject"}},
        {"ru accept-if offer-30 if arms = stop; monitor != unnamed; maps first list:open",
         {"act: accept-if", "about: offer-30", "arms = stop", "monitor != unnamed", "maps first",
          "list: open"}},
        {"ru open days = 15 if monitor = third", {"act: open-to", "days = 15 if monitor = third"}},
        {"weekly report talks went on", {"by: weekly", "act: report", "talks went on"}},
        {"ua demand arms = \"Go on\" \"in so many words\"",
         {"arms = \\\"Go on\\\"", "says: in so many words"}},
        {"ua say march on the city", {"act: say", "march on the city"}},
        {"ua 13marble", {"date: 2025-03-20", "13marble"}},
        {"ua say x @unheard-of", {"as-typed: [\"source: unheard-of\"]"}},
        {"ua say x @weekly/onrecord", {"source: weekly", "as-typed: [\"class: onrecord\"]"}},
        {"\"an aide\" 13mar say x @weekly", {"by: weekly", "speaker-text: an aide"}},
        {"ua > press say x", {"to: press"}},
        {"ru demand the whole of it \"word for word\"",
         {"about: the whole of it", "says: word for word"}},
        {"ru demand arms = gone \"word for word\"",
         {"as-typed: [\"about: arms = gone\"]", "says: word for word"}},
        {"ua say x learned:\"2025-03-21, act: reject\"", {"learned: \"2025-03-21, act: reject\""}},
        {"ua say x id:z7 replaces:c1,c23 hedge:\"may be\" label:team learned:2025-03-21",
         {"z7:", "replaces: [c1, c23]", "may be", "label: team", "learned: 2025-03-21"}},
        {"ua say \"a \\\"quoted\\\" word\"", {"quoted"}},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        pad p = open_pad();
        const char *piece = piece_of(&p, row[i].line);
        for (size_t k = 0; k < 6 && row[i].wanted[k] != NULL; k++) {
            if (strstr(piece, row[i].wanted[k]) == NULL) {
                fail_msg("'%s' is\n%swithout '%s'", row[i].line, piece, row[i].wanted[k]);
            }
        }
        close_pad(&p);
    }
}

static void what_fits_no_formula_stays_as_words_and_says_why(void **state)
{
    (void)state;
    pad p = open_pad();
    parley_logged claim;
    parley_error err = PARLEY_ERROR_INIT;
    const char *line = "ru demand arms = nothing at all";
    check_ok(parley_log_line(&claim, p.ctx, p.c, p.arena, line, strlen(line), p.today, &err), &err);
    assert_true(claim.about_is_words);
    assert_string_equal(claim.says, "arms = nothing at all");
    assert_null(claim.about);
    assert_non_null(claim.why_words);
    assert_non_null(strstr(claim.why_words, "nothing"));
    line = "ru demand arms = stop";
    check_ok(parley_log_line(&claim, p.ctx, p.c, p.arena, line, strlen(line), p.today, &err), &err);
    assert_false(claim.about_is_words);
    close_pad(&p);
}

static void every_word_of_a_line_is_found_again(void **state)
{
    (void)state;
    static const char *const words[] = {"ua",
                                        "ru:putin",
                                        "13mar",
                                        "demand",
                                        "arms",
                                        "=",
                                        "stop",
                                        "if",
                                        "@weekly",
                                        "\"quoted words\"",
                                        "hedge:perhaps",
                                        "peace",
                                        "and",
                                        "land",
                                        ";",
                                        ">",
                                        "us",
                                        "x:y",
                                        "~",
                                        "'",
                                        "#",
                                        "\xc3\xa9t\xc3\xa9"};
    for (uint32_t key = 0; key < 3000; key++) {
        pad p = open_pad();
        parley_random r = parley_random_stream(key, 7, 0, 0);
        char line[512] = "ua";
        uint32_t count = parley_random_below(&r, 9);
        for (uint32_t k = 0; k < count; k++) {
            strcat(line, " ");
            strcat(line, words[parley_random_below(&r, CHECK_COUNT(words))]);
        }
        parley_logged claim;
        parley_error err = PARLEY_ERROR_INIT;
        parley_status status =
            parley_log_line(&claim, p.ctx, p.c, p.arena, line, strlen(line), p.today, &err);
        if (status == PARLEY_OK) {
            const char *piece = piece_of(&p, line);
            static const char *const kept[] = {"peace",   "land", "quoted words",
                                               "perhaps", "stop", "x:y"};
            for (size_t k = 0; k < CHECK_COUNT(kept); k++) {
                if (strstr(line, kept[k]) != NULL && strstr(piece, kept[k]) == NULL) {
                    fail_msg("of '%s' the claim\n%slost '%s'", line, piece, kept[k]);
                }
            }
        } else {
            assert_true(status == PARLEY_INVALID || status == PARLEY_NOTFOUND);
        }
        close_pad(&p);
    }
}

static void bad_lines_are_refused_with_what_would_be_right(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        parley_status status;
        const char *words;
    } row[] = {
        {"", PARLEY_SYNTAX, "empty"},
        {"   ", PARLEY_SYNTAX, "empty"},
        {"rus demand arms = stop", PARLEY_NOTFOUND, "did you mean 'us'"},
        {"ru:zelensky demand arms = stop", PARLEY_NOTFOUND, "is no party"},
        {"ru > nobody demand arms = stop", PARLEY_NOTFOUND, "nobody"},
        {"ru say \"never closed", PARLEY_SYNTAX, "not closed"},
        {"ru say x hedge:\"never closed", PARLEY_SYNTAX, "not closed"},
        {"ru say x hedge:a hedge:b", PARLEY_INVALID, "twice"},
        {"ru say x @weekly @wire", PARLEY_INVALID, "twice"},
        {"\"an aide\" say x", PARLEY_INVALID, "@source"},
        {"\"an aide say x", PARLEY_SYNTAX, "not closed"},
        {"ru say caf\xe9", PARLEY_SYNTAX, "character 11 of the line is no UTF-8"},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        pad p = open_pad();
        parley_logged claim;
        parley_error err = PARLEY_ERROR_INIT;
        char message[800];
        parley_status status = parley_log_line(&claim, p.ctx, p.c, p.arena, row[i].line,
                                               strlen(row[i].line), p.today, &err);
        parley_error_print(&err, message, sizeof(message));
        if (status != row[i].status || strstr(message, row[i].words) == NULL) {
            fail_msg("'%s': %s: %s", row[i].line, parley_status_word(status), message);
        }
        close_pad(&p);
    }
}

static parley_status log_one(parley_ctx *ctx, void *user, parley_error *err)
{
    pad *p = user;
    parley_logged claim;
    static const char line[] =
        "ru > ua 13mar accept-if offer-30 if arms = stop; words list:open @nowhere/x \"a, b\"";
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_status status =
        arena == NULL || out == NULL
            ? parley_fail(err, PARLEY_NOMEM, "out of memory")
            : parley_log_line(&claim, ctx, p->c, arena, line, sizeof(line) - 1, p->today, err);
    if (status == PARLEY_OK) {
        parley_log_piece(out, &claim);
        status = parley_text_status(out, err);
    }
    parley_text_free(out);
    parley_arena_free(arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    pad p = open_pad();
    torture(log_one, &p, 5);
    close_pad(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_claims),
        cmocka_unit_test(what_fits_no_formula_stays_as_words_and_says_why),
        cmocka_unit_test(every_word_of_a_line_is_found_again),
        cmocka_unit_test(bad_lines_are_refused_with_what_would_be_right),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
