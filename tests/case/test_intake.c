/*
 * Claims coming in: what cannot be read is kept as words and nothing is lost; a table that comes
 * back unchanged changes nothing, on shipped and on random cases; objects say where they are wrong.
 */
#include "case/case_internal.h"
#include "case/case_text.h"
#include "deal/random_case.h"
#include "support/torture.h"

#include <parley/intake.h>
#include <parley/records.h>
#include <stdlib.h>

static const char *cases;

static const char head[] =
    "parley: 1\n"
    "sources: {weekly: {kind: outlet, date: 2025-03-14}, wire: {kind: outlet, date: 2025-03-14}}\n"
    "parties: {us: {roles: [mediator]}, ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
    "people: {putin: {of: ru}, zelensky: {of: ua}}\n"
    "issues: {arms: {options: {go: \"Go on\", stop: \"All stop\"}}, days: {quantity: {unit: day, "
    "from: 15, to: 30, step: 15}}, monitor: {options: {unnamed: U, third: T}}}\n"
    "proposals: {offer-30: {tabled-by: us, text: \"days = 30\"}}\n"
    "claims: {c1: {by: us, act: propose, about: offer-30}, c23: {by: us, act: say, says: \"x\"}}\n";

typedef struct desk {
    parley_ctx *ctx;
    parley_case *c;
    parley_intake *in;
    parley_arena *arena;
} desk;

static desk open_desk_on(const char *text)
{
    desk d = {.ctx = check_ctx()};
    parley_error err = PARLEY_ERROR_INIT;
    d.c = read_text(d.ctx, "t.yaml", text, NULL);
    d.arena = parley_arena_new(d.ctx);
    assert_non_null(d.arena);
    check_ok(parley_intake_new(&d.in, d.ctx, d.c, parley_day_number(2025, 3, 20), &err), &err);
    return d;
}

static desk open_desk(void)
{
    return open_desk_on(head);
}

static void close_desk(desk *d)
{
    parley_intake_free(d->in);
    parley_arena_free(d->arena);
    parley_case_free(d->c);
    check_ctx_done(d->ctx);
}

/* The case with the pieces behind its text, as a journal would give it. */
static char *with_pieces(const char *text, const parley_text *pieces)
{
    size_t a = strlen(text);
    size_t b = parley_text_size(pieces);
    char *both = malloc(a + b + 1);
    assert_non_null(both);
    memcpy(both, text, a);
    memcpy(both + a, parley_text_data(pieces), b + 1);
    return both;
}

/* ---------------------------------------------------------------- kept as words */

static void what_cannot_be_read_is_kept_as_words(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        const char *unread;
        const char *piece;
    } row[] = {
        {"{\"by\":\"ru\",\"act\":\"demand\",\"about\":\"arms = gone\"}", "about: arms = gone",
         "says: arms = gone"},
        {"{\"by\":\"ru\",\"act\":\"demand\",\"about\":\"arms = gone\",\"says\":\"s\"}",
         "about: arms = gone", "says: s"},
        {"{\"by\":\"ru\",\"act\":\"bluster\",\"says\":\"s\"}", "act: bluster", "act: say"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"source\":\"nope\"}", "source: nope", "by: ru"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"class\":\"nope\"}", "class: nope", "by: ru"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"date\":\"mid-March\"}", "date: mid-March", "by: ru"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"learned\":\"03/04/2025\"}", "learned: 03/04/2025", ""},
        {"{\"by\":\"ru\",\"act\":\"say\",\"repeats\":[\"c1\",\"c9\"]}", "repeats: c9",
         "repeats: [c1]"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"replaces\":\"c9\"}", "replaces: c9", ""},
        {"{\"by\":\"ru\",\"act\":\"say\",\"chain\":[\"wire\",\"x\"]}", "chain: x", "label: team"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"firmness\":\"hard\"}", "firmness: hard", ""},
        {"{\"by\":\"ru\",\"act\":\"accept-if\",\"about\":\"offer-30\",\"list\":\"complete\","
         "\"if\":[\"arms = stop\",\"arms = gone\"]}",
         "if: arms = gone", "if: [arms = stop, a condition that was not understood]"},
        {"{\"by\":\"ru\",\"act\":\"accept\",\"about\":\"offer-30\",\"only-if\":\"arms = gone\"}",
         "only-if: arms = gone", "only-if: a condition that was not understood"},
        {"{\"by\":\"Kremlin\",\"act\":\"demand\",\"about\":\"arms = stop\",\"source\":\"weekly\"}",
         "by: Kremlin", "speaker-text: Kremlin"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"mood\":{\"of\":[\"day\",1]}}",
         "mood: {\"of\": [\"day\", 1]}", ""},
        {"{\"by\":\"ru\",\"act\":\"say\",\"point\":\"p\"}", "point: p", ""},
        {"{\"by\":\"ru\",\"act\":\"say\",\"to\":\"x:y\"}", "to: x:y", ""},
        {"{\"by\":\"ru\",\"act\":\"say\",\"says\":[\"a\",\"b\"]}", "says: [\"a\", \"b\"]", ""},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        desk d = open_desk();
        parley_taken taken;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_intake_json(&taken, d.in, d.arena, row[i].json, strlen(row[i].json), &err),
                 &err);
        if (taken.unread.count != 1 || strcmp(taken.unread.at[0], row[i].unread) != 0 ||
            taken.why.at[0][0] == '\0') {
            fail_msg("%s: %u kept, the first '%s'", row[i].json, taken.unread.count,
                     taken.unread.count > 0 ? taken.unread.at[0] : "");
        }
        if (strstr(taken.piece, row[i].piece) == NULL || strstr(taken.piece, "as-typed") == NULL) {
            fail_msg("%s is\n%swithout '%s'", row[i].json, taken.piece, row[i].piece);
        }
        const parley_claim *claim = parley_case_claim(taken.in, taken.claim);
        assert_int_equal(claim->as_typed.count, 1);
        assert_string_equal(claim->as_typed.at[0], row[i].unread);
        close_desk(&d);
    }
}

static void a_condition_nobody_could_read_lets_nothing_be_taken_for_granted(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "{\"by\":\"ru\",\"act\":\"accept-if\",\"about\":\"offer-30\",\"list\":\"complete\",\"if\":"
        "[\"arms = stop\",\"arms = gone\"],\"source\":\"weekly\",\"class\":\"on-record\"}",
        "{\"by\":\"ru\",\"act\":\"accept\",\"about\":\"offer-30\",\"only-if\":[\"arms = gone\"],"
        "\"source\":\"weekly\",\"class\":\"on-record\"}"};
    for (size_t i = 0; i < CHECK_COUNT(objects); i++) {
        desk d = open_desk();
        parley_taken taken;
        parley_terms *terms = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_intake_json(&taken, d.in, d.arena, objects[i], strlen(objects[i]), &err),
                 &err);
        check_ok(parley_terms_derive(&terms, d.ctx, taken.in, NULL, &err), &err);
        assert_int_equal(parley_terms_assurances(terms), 0);
        for (uint32_t k = 0; k < parley_terms_size(terms); k++) {
            assert_int_not_equal(parley_terms_at(terms, k)->mode, PARLEY_MODE_ACCEPTS);
        }
        parley_terms_free(terms);
        close_desk(&d);
    }
}

static void what_must_not_be_guessed_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        parley_status status;
        uint32_t column;
        const char *words;
    } row[] = {
        {"{\"by\":\"rux\",\"act\":\"say\"}", PARLEY_NOTFOUND, 7, "did you mean 'ru'"},
        {"{\"by\":\"kremlin\",\"act\":\"say\"}", PARLEY_NOTFOUND, 7, "speaker-text"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"label\":\"them\"}", PARLEY_NOTFOUND, 32, "no audience"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"lable\":\"team\"}", PARLEY_INVALID, 24, "'label'"},
        {"{\"by\":\"ru\"}", PARLEY_INVALID, 1, "lacks 'act'"},
        {"{\"act\":\"say\"}", PARLEY_INVALID, 1, "lacks 'by'"},
        {"{\"by\":\"ru\",\"by\":\"ua\",\"act\":\"say\"}", PARLEY_INVALID, 12, "already used"},
        {"{\"by\":\"ru\",", PARLEY_SYNTAX, 1, "never closed"},
        {"[1]", PARLEY_SYNTAX, 0, "no JSON object"},
        {"", PARLEY_SYNTAX, 0, "no JSON object"},
        {"by: ru", PARLEY_SYNTAX, 0, "no JSON object"},
        {"{\"id\":7,\"by\":\"ru\",\"act\":\"say\"}", PARLEY_INVALID, 7, "must be a text"},
        {"{\"id\":\"\",\"by\":\"ru\",\"act\":\"say\"}", PARLEY_INVALID, 0, "must not be empty"},
        {"{\"line\":\"ru say x\",\"act\":\"say\"}", PARLEY_INVALID, 9, "stands alone"},
        {"{\"line\":\"rux say x\"}", PARLEY_NOTFOUND, 0, "did you mean 'ru'"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"says\":\"caf\xe9\"}", PARLEY_SYNTAX, 35, "UTF-8"},
        {"{\"by\":\"ru\",\"act\":\"say\",\"says\":\"a\\u0000b\"}", PARLEY_INVALID, 0, ""},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        desk d = open_desk();
        parley_taken taken;
        parley_error err = PARLEY_ERROR_INIT;
        char message[900];
        parley_status status =
            parley_intake_json(&taken, d.in, d.arena, row[i].json, strlen(row[i].json), &err);
        parley_error_print(&err, message, sizeof(message));
        if (status != row[i].status || strstr(message, row[i].words) == NULL ||
            (row[i].column > 0 && err.span.column != row[i].column)) {
            fail_msg("%s: %s at column %u: %s", row[i].json, parley_status_word(status),
                     err.span.column, message);
        }
        close_desk(&d);
    }
    desk d = open_desk();
    parley_taken taken;
    parley_error err = PARLEY_ERROR_INIT;
    static const char begin[] = "{\"by\":\"ru\",\"act\":\"say\",\"note\":";
    char deep[2000] = "";
    strcpy(deep, begin);
    memset(deep + sizeof(begin) - 1, '[', 900);
    strcat(deep, "}");
    check_fails(parley_intake_json(&taken, d.in, d.arena, deep, strlen(deep), &err), PARLEY_LIMIT,
                &err);
    close_desk(&d);
}

static void an_id_that_is_there_is_a_correction(void **state)
{
    (void)state;
    desk d = open_desk();
    parley_taken taken;
    parley_error err = PARLEY_ERROR_INIT;
    const char *json = "{\"id\":\"c23\",\"hedge\":\"perhaps\",\"says\":null}";
    check_ok(parley_intake_json(&taken, d.in, d.arena, json, strlen(json), &err), &err);
    assert_int_equal(taken.corrects, 1);
    assert_false(taken.same);
    assert_string_equal(taken.piece, "claims:\n  c23: {by: us, act: say, hedge: perhaps}\n");
    json = "{\"id\":\"c23\",\"says\":\"x\"}";
    check_ok(parley_intake_json(&taken, d.in, d.arena, json, strlen(json), &err), &err);
    assert_true(taken.same);
    json = "{\"by\":\"ru\",\"act\":\"say\",\"says\":\"new\"}";
    check_ok(parley_intake_json(&taken, d.in, d.arena, json, strlen(json), &err), &err);
    assert_string_equal(taken.id, "c24");
    check_ok(parley_intake_done(d.in, &taken, &err), &err);
    json = "{\"by\":\"ua\",\"act\":\"deny\",\"about\":\"c24\",\"repeats\":\"c24\"}";
    check_ok(parley_intake_json(&taken, d.in, d.arena, json, strlen(json), &err), &err);
    assert_string_equal(taken.id, "c25");
    assert_int_equal(taken.unread.count, 0);
    assert_int_equal(parley_case_claim(taken.in, taken.claim)->about.kind, PARLEY_ABOUT_CLAIM);
    json = "{\"id\":\"c24\",\"by\":\"ua\",\"act\":\"say\"}";
    check_fails(parley_intake_json(&taken, d.in, d.arena, json, strlen(json), &err),
                PARLEY_CONFLICT, &err);
    close_desk(&d);
}

static void what_was_mended_is_no_longer_told(void **state)
{
    (void)state;
    char text[2000];
    snprintf(text, sizeof(text), "%s%s", head, "points: {p: {ask: q}}\n");
    char *at = strstr(text, "says: \"x\"}}");
    assert_non_null(at);
    char rest[200];
    snprintf(rest, sizeof(rest), "%s", at + strlen("says: \"x\"}}"));
    sprintf(at, "says: \"x\", as-typed: [\"about: arms = gone\", \"source: y\"]}}%s", rest);
    desk d = open_desk_on(text);
    parley_taken taken;
    parley_error err = PARLEY_ERROR_INIT;
    const char *json = "{\"id\":\"c23\",\"about\":\"arms = stop\"}";
    check_ok(parley_intake_json(&taken, d.in, d.arena, json, strlen(json), &err), &err);
    assert_non_null(strstr(taken.piece, "as-typed: [\"source: y\"]"));
    assert_null(strstr(taken.piece, "gone"));
    json = "{\"id\":\"c23\",\"source\":\"wire\",\"about\":\"arms = stop\"}";
    check_ok(parley_intake_json(&taken, d.in, d.arena, json, strlen(json), &err), &err);
    assert_null(strstr(taken.piece, "as-typed"));
    close_desk(&d);
}

/* ------------------------------------------------------------------- tables */

typedef struct rows {
    desk *d;
    parley_text *pieces; /* of what is not the same */
    uint32_t count;
    uint32_t same;
    uint32_t errors;
    char message[800];
} rows;

static bool keep_row(void *user, const parley_taken *taken, const parley_error *error)
{
    rows *r = user;
    parley_error err = PARLEY_ERROR_INIT;
    r->count++;
    if (taken == NULL) {
        r->errors++;
        parley_error_print(error, r->message, sizeof(r->message));
        return true;
    }
    r->same += taken->same;
    if (!taken->same && r->pieces != NULL) {
        size_t skip = parley_text_size(r->pieces) > 0 ? strlen("claims:\n") : 0;
        parley_text_add(r->pieces, taken->piece + skip, taken->length - skip);
    }
    check_ok(parley_intake_done(r->d->in, taken, &err), &err);
    return true;
}

static parley_status read_table(rows *r, desk *d, const char *table, size_t length,
                                parley_error *err)
{
    *r = (rows){.d = d, .pieces = text_of(d->ctx)};
    return parley_intake_table(d->in, table, length, keep_row, r, err);
}

static void every_member_of_a_claim_has_a_column(void **state)
{
    (void)state;
    const case_schema *schema = case_schema_of(SECTION_CLAIMS);
    size_t n = 0;
    while (parley_claims_column(n) != NULL) {
        n++;
    }
    assert_int_equal(n, schema->fields + 1);
    for (uint32_t f = 0; f < schema->fields; f++) {
        size_t k = 0;
        while (k < n && strcmp(parley_claims_column(k), schema->field[f].key) != 0) {
            k++;
        }
        if (k == n) {
            fail_msg("'%s' has no column", schema->field[f].key);
        }
    }
}

/* A case, its table, the table into the case, and into the case without its claims. */
static void round_trip(const char *name, const char *text)
{
    desk d = open_desk_on(text);
    rows r;
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *table = text_of(d.ctx);
    parley_text *yaml = text_of(d.ctx);
    parley_text *frame = text_of(d.ctx);
    parley_claims_table(table, d.c);
    check_ok(parley_text_status(table, &err), &err);
    check_ok(read_table(&r, &d, parley_text_data(table), parley_text_size(table), &err), &err);
    if (r.errors > 0 || r.same != r.count || r.count != parley_case_claims(d.c)) {
        fail_msg("%s: %u rows, %u the same, %u wrong: %s\n%s", name, r.count, r.same, r.errors,
                 r.message, parley_text_data(r.pieces));
    }
    parley_text_free(r.pieces);
    parley_case_write_yaml(d.c, yaml);
    check_ok(parley_frame_text(frame, d.ctx, "f.yaml", parley_text_data(yaml),
                               parley_text_size(yaml), &err),
             &err);
    desk bare = open_desk_on(parley_text_data(frame));
    check_ok(read_table(&r, &bare, parley_text_data(table), parley_text_size(table), &err), &err);
    if (r.errors > 0 || r.count != parley_case_claims(d.c)) {
        fail_msg("%s: %u wrong: %s", name, r.errors, r.message);
    }
    char *both = with_pieces(parley_text_data(frame), r.pieces);
    parley_case *again = read_text(bare.ctx, "again.yaml", both, NULL);
    parley_text *second = text_of(bare.ctx);
    parley_claims_table(second, again);
    if (strcmp(parley_text_data(table), parley_text_data(second)) != 0) {
        fail_msg("%s: went out as\n%sand came back as\n%s", name, parley_text_data(table),
                 parley_text_data(second));
    }
    free(both);
    parley_text_free(second);
    parley_text_free(r.pieces);
    parley_case_free(again);
    close_desk(&bare);
    parley_text_free(frame);
    parley_text_free(yaml);
    parley_text_free(table);
    close_desk(&d);
}

static void a_table_that_comes_back_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(shipped_names); i++) {
        parley_ctx *ctx = check_ctx();
        parley_case *c = load_shipped(ctx, cases, shipped_names[i], NULL);
        char *text = write_case(ctx, c, false);
        round_trip(shipped_names[i], text);
        free(text);
        parley_case_free(c);
        check_ctx_done(ctx);
    }
    const char *more = getenv("PARLEY_INTAKE_CASES");
    uint64_t most = more != NULL ? strtoull(more, NULL, 10) : 150;
    for (uint64_t key = 0; key < most; key++) {
        random_case rc;
        char name[40];
        random_case_make(&rc, key, NULL);
        char *text = random_case_text(&rc, key % 3);
        snprintf(name, sizeof(name), "random case %llu", (unsigned long long)key);
        round_trip(name, text);
        free(text);
        random_case_free(&rc);
    }
}

static void hard_texts_go_out_and_come_back(void **state)
{
    (void)state;
    static const char claims[] =
        "  d1: {by: [us, ua], to: [press, \"an aide, unnamed; perhaps\"], act: say, says: "
        "\"=1+1\", hedge: \"-x\", scope: \"'quoted\", label: [us, ua], note: [1, {a: \"b;c\"}]}\n"
        "  d2: {by: ru, act: accept-if, about: offer-30, if: [\"a; b\", \" edge \", \"arms = "
        "stop\", \"[x]\"], list: open, says: \"line\\nline \\\"q\\\", end \", chain: [wire, "
        "weekly], as-typed: [\"about: x; y\", \"z: [\"]}\n"
        "  d3: {by: \"ru:putin\", act: deny, about: d4, repeats: [d4, c1], replaces: c23, grade: "
        "B2, firmness: condition, only-if: \"a; b\", note: \"[not a list\", says: \"\", date: "
        "before 2025-03, learned: 2025-03-11~, publicity: private, implies: \"\\ttab\"}\n"
        "  d4: {by: us, act: say, speaker-text: \"caf\\u00e9 \\u4e2d\", note: 5, says: \"''\"}\n";
    char text[4000];
    char *at = text;
    at += sprintf(at, "%.*s", (int)(strstr(head, "claims:") - head), head);
    sprintf(at,
            "claims:\n  c1: {by: us, act: propose, about: offer-30}\n"
            "  c23: {by: us, act: say}\n%s",
            claims);
    round_trip("hard texts", text);
}

static void tables_are_read_as_spreadsheets_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        const char *wanted[6];
        uint32_t count;
    } row[] = {
        {"\xef\xbb\xbf"
         "act,by,about,says,if,date,source,class\r\n"
         "demand,ru:putin,arms = stop,\"he said \"\"stop\"\", and\n"
         "meant it\",,2025-03-13,weekly,on-record\r\n"
         ",,,,,,,\r\n"
         "accept-if,ru,offer-30,,arms = stop; monitor != unnamed,13mar,,\r\n",
         {"he said \\\"stop\\\", and\\nmeant it", "if: [arms = stop, monitor != unnamed]",
          "date: 2025-03-13", "by: \"ru:putin\""},
         2},
        {"By;Act;Says;Date\r\nru;demands;a;13.03.2025\r\n", {"act: demand", "date: 2025-03-13"}, 1},
        {"sep=;\r\nby;says\r\nru;\"a;b\"\r\n", {"says: a;b", "act: say"}, 1},
        {"by\tsays\nru\ta, b\n", {"says: \"a, b\""}, 1},
        {"by,says\rru,old mac\rua,x\r", {"old mac", "by: ua"}, 2},
        {"by,says,Ref no,\nru,x,17,\nua,y,,z\n", {"note: \"Ref no: 17\"", "\"?: z\""}, 2},
        {"by,to\n\"ru; ua\",\"us,press\"\n", {"by: [ru, ua]", "to: [us, press]"}, 1},
        {"by,says\nru,'=1+1\nru,'tis\n", {"says: \"=1+1\"", "'tis"}, 2},
        {"by,says,id\nru,x,c40\nua,y,c41\n", {"c40:", "c41:"}, 2},
        {"id,says\nc23,other\n", {"c23: {by: us, act: say, says: other}"}, 1},
        {"id,by,act,says\nc23,us,say,\n", {"c23: {by: us, act: say}"}, 1},
        {"by,date\nru,sometime in March\n", {"as-typed: [\"date: sometime in March\"]"}, 1},
        {"by,says\nru,no line end", {"no line end"}, 1},
        {"by,repeats,id\nru,n2,n1\nua,,n2\n", {"n1: {by: ru, repeats: n2"}, 2},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        desk d = open_desk();
        rows r;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(read_table(&r, &d, row[i].table, strlen(row[i].table), &err), &err);
        if (r.count != row[i].count || r.errors > 0) {
            fail_msg("%s: %u rows, %s", row[i].table, r.count, r.message);
        }
        for (size_t k = 0; k < 6 && row[i].wanted[k] != NULL; k++) {
            if (strstr(parley_text_data(r.pieces), row[i].wanted[k]) == NULL) {
                fail_msg("%s is\n%swithout %s", row[i].table, parley_text_data(r.pieces),
                         row[i].wanted[k]);
            }
        }
        parley_text_free(r.pieces);
        close_desk(&d);
    }
}

static void bad_tables_are_refused_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        const char *words;
    } row[] = {
        {"", "needs the column 'by' or 'id'"},
        {"act,about\n", "needs the column 'by' or 'id'"},
        {"by,by\n", "stands twice"},
        {"by,x,x\n", "stands twice"},
        {"by,sorce\n", "did you mean 'source'"},
        {"by,act\nru,say\nru,say,more\n", "line 3: more cells"},
        {"by,act\nru,\"say\n", "line 2: a cell"},
        {"by,act\nru,\"s\"ay\n", "line 2: a cell"},
        {"by,act\n,say\n", "line 2: nobody is named"},
        {"by,act\nru,say\nrux,say\n", "line 3: by: nobody has the id 'rux'"},
        {"by,label\nru,nobody\n", "line 2: label: 'nobody' is no audience"},
        {"by,id\nru,a\n\nru,a\n", "line 4: the id 'a' stands in line 2 already"},
        {"by,says\nru,caf\xe9\n", "line 2: character 7 is no UTF-8"},
        {"\xff\xfe\x62", "UTF-16"},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        desk d = open_desk();
        rows r;
        parley_error err = PARLEY_ERROR_INIT;
        parley_status status = read_table(&r, &d, row[i].table, strlen(row[i].table), &err);
        char message[800];
        parley_error_print(&err, message, sizeof(message));
        const char *told = status != PARLEY_OK ? message : r.message;
        if ((status == PARLEY_OK && r.errors == 0) || strstr(told, row[i].words) == NULL) {
            fail_msg("'%s': %s", row[i].table, told);
        }
        parley_text_free(r.pieces);
        close_desk(&d);
    }
}

/* ------------------------------------------------------------------------ members */

static void members_asked_for_one_by_one_make_the_claim_of_the_line(void **state)
{
    (void)state;
    desk d = open_desk();
    parley_taken a;
    parley_taken b;
    parley_error err = PARLEY_ERROR_INIT;
    const char *line = "ru:putin > us 13mar demand arms = stop @weekly/on-record \"words\" hedge:x";
    static const char *const key[] = {"date", "by",     "to",    "act",  "about",
                                      "says", "source", "class", "hedge"};
    static const char *const value[] = {"13mar", "ru:putin", "us",        "demands", "arms = stop",
                                        "words", "weekly",   "on-record", "x"};
    check_ok(parley_intake_line(&a, d.in, d.arena, line, strlen(line), &err), &err);
    check_ok(parley_intake_members(&b, d.in, d.arena, key, value, CHECK_COUNT(key), &err), &err);
    assert_string_equal(a.piece, b.piece);
    static const char *const bad[] = {"mood"};
    check_fails(parley_intake_members(&b, d.in, d.arena, bad, value, 1, &err), PARLEY_NOTFOUND,
                &err);
    close_desk(&d);
}

static void no_line_of_random_words_is_lost(void **state)
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
                                        "@nobody/x",
                                        "\"quoted words\"",
                                        "hedge:perhaps",
                                        "peace",
                                        "land",
                                        ";",
                                        ">",
                                        "us",
                                        "x:y",
                                        "list:open",
                                        "firmness:hard",
                                        "repeats:c99",
                                        "grade:Z9",
                                        "gone"};
    static const char *const kept[] = {"peace",  "land", "quoted words", "perhaps",
                                       "nobody", "hard", "c99",          "gone"};
    for (uint32_t key = 0; key < 1500; key++) {
        desk d = open_desk();
        parley_random r = parley_random_stream(key, 11, 0, 0);
        char line[600] = "ua";
        uint32_t count = parley_random_below(&r, 9);
        for (uint32_t k = 0; k < count; k++) {
            strcat(line, " ");
            strcat(line, words[parley_random_below(&r, CHECK_COUNT(words))]);
        }
        parley_taken taken;
        parley_error err = PARLEY_ERROR_INIT;
        parley_status status = parley_intake_line(&taken, d.in, d.arena, line, strlen(line), &err);
        for (size_t k = 0; k < CHECK_COUNT(kept) && status == PARLEY_OK; k++) {
            if (strstr(line, kept[k]) != NULL && strstr(taken.piece, kept[k]) == NULL) {
                fail_msg("of '%s' the claim\n%slost '%s'", line, taken.piece, kept[k]);
            }
        }
        if (status != PARLEY_OK && status != PARLEY_INVALID && status != PARLEY_NOTFOUND) {
            fail_msg("'%s': %s", line, err.message);
        }
        close_desk(&d);
    }
}

typedef struct torture_desk {
    parley_intake *in;
    parley_status status;
    parley_error *err;
} torture_desk;

static bool only_done(void *user, const parley_taken *taken, const parley_error *error)
{
    torture_desk *t = user;
    t->status = taken == NULL ? error->status : parley_intake_done(t->in, taken, t->err);
    return t->status == PARLEY_OK;
}

static parley_status take_all(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_case *c = user;
    parley_taken taken;
    torture_desk t = {.err = err};
    static const char table[] = "by,act,about,says,if,hedge,mood\nru,demand,arms = gone,\"a, b\",,"
                                "maybe,x\nua,accept-if,offer-30,,days = 15; words,,\n";
    static const char json[] = "{\"id\":\"c23\",\"about\":\"arms = gone\",\"note\":{\"a\":[1]}}";
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_status status = arena == NULL || out == NULL
                               ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                               : parley_intake_new(&t.in, ctx, c, 20000, err);
    if (status == PARLEY_OK) {
        status = parley_intake_json(&taken, t.in, arena, json, sizeof(json) - 1, err);
    }
    if (status == PARLEY_OK) {
        status = parley_intake_table(t.in, table, sizeof(table) - 1, only_done, &t, err);
        status = status == PARLEY_OK ? t.status : status;
    }
    parley_intake_free(t.in);
    parley_text_free(out);
    parley_arena_free(arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "t.yaml", head, NULL);
    torture(take_all, c, 20);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_read_is_kept_as_words),
        cmocka_unit_test(a_condition_nobody_could_read_lets_nothing_be_taken_for_granted),
        cmocka_unit_test(what_must_not_be_guessed_is_refused_with_its_place),
        cmocka_unit_test(an_id_that_is_there_is_a_correction),
        cmocka_unit_test(what_was_mended_is_no_longer_told),
        cmocka_unit_test(every_member_of_a_claim_has_a_column),
        cmocka_unit_test(a_table_that_comes_back_changes_nothing),
        cmocka_unit_test(hard_texts_go_out_and_come_back),
        cmocka_unit_test(tables_are_read_as_spreadsheets_write_them),
        cmocka_unit_test(bad_tables_are_refused_with_their_line),
        cmocka_unit_test(members_asked_for_one_by_one_make_the_claim_of_the_line),
        cmocka_unit_test(no_line_of_random_words_is_lost),
        cmocka_unit_test(every_allocation_may_fail),
    };
    if (argc < 2) {
        return 2;
    }
    cases = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
