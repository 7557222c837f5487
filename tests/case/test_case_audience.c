/*
 * Who sees what: labels, the smaller case for an audience or a day, and that nothing hidden shows.
 */
#include "case/case_text.h"

#include <parley/base.h>

static const char *folder;

static const char head[] =
    "parley: 1\n"
    "as-of: 2025-03-14\n"
    "mandate: {task: \"ours\"}\n"
    "sources: {press: {kind: outlet, date: 2025-03-14}, call: {kind: call, date: 2025-03-14}, "
    "narrow: {kind: outlet, label: team}, told: {kind: message, label: [ru]}}\n"
    "parties: {us: {roles: [mediator]}, ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
    "people: {putin: {of: ru}, secret: {of: ua}}\n"
    "issues: {arms: {options: {go: \"Go on\", stop: \"Stop\"}}}\n"
    "points: {p: {ask: \"Was it?\"}}\n";

static char *with_head(const char *rest)
{
    char *text = calloc(sizeof(head) + strlen(rest), 1);
    assert_non_null(text);
    strcat(strcat(text, head), rest);
    return text;
}

static void check_label(const parley_case *c, const char *kind, const parley_record *record,
                        const char *audiences)
{
    static const char *const names[] = {"team", "principals", "all", "public", "us", "ua", "ru"};
    char found[80] = "";
    for (uint32_t k = 0; k < CHECK_COUNT(names); k++) {
        if (parley_label_allows(&record->label, k)) {
            strcat(strcat(found, found[0] != '\0' ? " " : ""), names[k]);
        }
    }
    (void)c;
    if (strcmp(found, audiences) != 0) {
        fail_msg("%s %s: '%s', not '%s'", kind, record->id, found, audiences);
    }
}

#define EVERYBODY "team principals all public us ua ru"

static void labels_follow_from_what_a_record_leans_on(void **state)
{
    (void)state;
    static const char *const claim_labels[] = {EVERYBODY,
                                               "team",
                                               "team",
                                               "team",
                                               "team",
                                               "team",
                                               "team ru",
                                               "team principals ua ru",
                                               "team principals all us ua ru",
                                               EVERYBODY,
                                               "team"};
    parley_ctx *ctx = check_ctx();
    char *text = with_head(
        "claims:\n"
        "  c0: {date: 2025, by: ru, act: say, source: press, class: on-record}\n"
        "  c1: {date: 2025, by: ru, act: say, source: call, class: on-record}\n"
        "  c2: {date: 2025, by: ru, act: say, source: press, chain: [press, call], class: "
        "on-record}\n"
        "  c3: {date: 2025, by: ru, act: say, source: press, publicity: private, class: "
        "on-record}\n"
        "  c4: {date: 2025, by: ru, act: say, source: narrow, class: on-record}\n"
        "  c5: {date: 2025, by: ru, act: say, source: told, class: on-record}\n"
        "  c6: {date: 2025, by: ru, act: say, source: call, class: on-record, label: ru}\n"
        "  c7: {date: 2025, by: ru, act: say, source: call, class: on-record, label: principals}\n"
        "  c8: {date: 2025, by: ru, act: say, source: call, class: on-record, label: [all]}\n"
        "  c9: {date: 2025, by: ru, act: say, source: call, class: on-record, label: public}\n"
        "  c10: {date: 2025, by: ru, act: say, class: on-record}\n"
        "concerns:\n"
        "  k0: {party: ru, says: \"worry\", claim: c0, from: [c9]}\n"
        "  k1: {party: ru, says: \"worry\", claim: c0, from: [c6]}\n"
        "  k2: {party: ru, reading: \"worry\", from: [c0]}\n"
        "  k3: {party: ru, says: \"worry\"}\n"
        "proposals:\n"
        "  o0: {tabled-by: us, text: \"arms = go\", claim: c0}\n"
        "  o1: {tabled-by: press, text: \"arms = go\"}\n"
        "  o2: {tabled-by: us, text: \"arms = go\"}\n"
        "responses:\n"
        "  - {party: ru, to: o0, answer: accept, claim: c7}\n"
        "readings:\n"
        "  m: {party: ru, refuses: \"arms = go\", because: \"so\", from: [c0]}\n"
        "  n: {party: ru, refuses: \"arms = go\", because: \"so\", from: [c0], label: public}\n"
        "rules: {r: {formula: \"arms = go\"}}\n"
        "figures:\n"
        "  f0: {what: \"x\", best: 1, source: press}\n"
        "  f1: {what: \"x\", best: 1, source: press, via: call}\n"
        "levers:\n"
        "  l0: {holder: us, over: ua, what: \"aid\", history: [{state: a, claim: c0}, {state: b, "
        "claim: c7}]}\n"
        "  l1: {holder: us, over: ua, what: \"aid\", history: [{state: a, claim: c0}, {state: "
        "b}]}\n"
        "  l2: {holder: us, over: ua, what: \"aid\"}\n"
        "meetings:\n"
        "  - {who: [us], claims: [c0]}\n"
        "  - {who: [us]}\n");
    parley_case *c = read_text(ctx, "labels.yaml", text, NULL);
    for (uint32_t i = 0; i < CHECK_COUNT(claim_labels); i++) {
        check_label(c, "claim", &parley_case_claim(c, (int32_t)i)->record, claim_labels[i]);
    }
    check_label(c, "concern", &parley_case_concern(c, 0)->record, EVERYBODY);
    check_label(c, "concern", &parley_case_concern(c, 1)->record, "team ru");
    check_label(c, "concern", &parley_case_concern(c, 2)->record, "team");
    check_label(c, "concern", &parley_case_concern(c, 3)->record, "team");
    check_label(c, "proposal", &parley_case_proposal(c, 0)->record, EVERYBODY);
    check_label(c, "proposal", &parley_case_proposal(c, 1)->record, EVERYBODY);
    check_label(c, "proposal", &parley_case_proposal(c, 2)->record, "team");
    check_label(c, "response", &parley_case_response(c, 0)->record, "team");
    check_label(c, "reading", &parley_case_reading(c, 0)->record, "team");
    check_label(c, "reading", &parley_case_reading(c, 1)->record, EVERYBODY);
    check_label(c, "rule", &parley_case_rule(c, 0)->record, "team");
    check_label(c, "figure", &parley_case_figure(c, 0)->record, EVERYBODY);
    check_label(c, "figure", &parley_case_figure(c, 1)->record, "team");
    check_label(c, "lever", &parley_case_lever(c, 0)->record, "team principals ua ru");
    check_label(c, "lever", &parley_case_lever(c, 1)->record, "team");
    check_label(c, "lever", &parley_case_lever(c, 2)->record, "team");
    check_label(c, "meeting", &parley_case_meeting(c, 0)->record, EVERYBODY);
    check_label(c, "meeting", &parley_case_meeting(c, 1)->record, "team");
    check_label(c, "issue", &parley_case_issue(c, 0)->record, EVERYBODY);
    parley_case_free(c);
    free(text);
    check_ctx_done(ctx);
}

/* Read for an audience; the canonical text and all that follows, or the errors when it is refused.
 */
static char *seen_by(parley_ctx *ctx, const char *text, const char *audience, const char *as_of)
{
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    options.audience = audience;
    if (as_of != NULL) {
        check_ok(parley_date_parse(&options.as_of, as_of, strlen(as_of), &err), &err);
    }
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    parley_text *out = text_of(ctx);
    parley_status status =
        parley_case_read(&c, ctx, "a.yaml", text, strlen(text), &options, list, &err);
    parley_text_printf(out, "%s\n", parley_status_word(status));
    if (status == PARLEY_OK) {
        char *yaml = write_case(ctx, c, false);
        char *json = write_case(ctx, c, true);
        char *rest = print_case(ctx, c);
        parley_text_puts(out, yaml);
        parley_text_puts(out, json);
        parley_text_puts(out, rest);
        /* places too: a line number tells how much stood before */
        for (uint32_t i = 0; i < parley_case_claims(c); i++) {
            parley_span span = parley_case_claim(c, (int32_t)i)->record.span;
            parley_text_printf(out, "%u:%u %u\n", span.line, span.column, span.begin);
        }
        free(rest);
        free(json);
        free(yaml);
    } else {
        assert_null(c);
        for (size_t i = 0; i < parley_diagnostics_size(list); i++) {
            const parley_diagnostic *d = parley_diagnostics_at(list, i);
            if (d->severity == PARLEY_SEVERITY_ERROR) {
                parley_text_printf(out, "%s; %s\n", d->error.message, d->error.hint);
            }
        }
    }
    char *copy = strdup(parley_text_data(out));
    assert_non_null(copy);
    parley_text_free(out);
    parley_diagnostics_free(list);
    parley_case_free(c);
    return copy;
}

static void every_visible_record_that_leans_on_a_hidden_one_is_named(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text =
        with_head("proposals:\n"
                  "  o: {tabled-by: us, text: \"arms = go\"}\n"
                  "  v: {tabled-by: us, text: \"arms = go\", label: public, steps: [{what: "
                  "\"one\", formula: \"ru accepts o\"}]}\n"
                  "claims:\n"
                  "  h: {date: 2025, by: ru, act: say, source: call, class: on-record}\n"
                  "  a: {date: 2025, by: ru, act: say, about: h, source: press, class: on-record}\n"
                  "  b: {date: 2025, by: ru, act: accept, about: o, if: [\"ru accepts o\"], "
                  "source: press, class: on-record}\n"
                  "  d: {date: 2025, by: ru, act: say, about: \"ua accepts o\", source: press, "
                  "class: on-record}\n"
                  "levers: {l: {holder: us, over: ua, what: \"aid\", label: public, history: "
                  "[{state: a, claim: h}]}}\n"
                  "readings: {m: {party: ru, refuses: \"arms = go\", because: \"so\", from: [h, "
                  "a], label: public}}\n"
                  "relays: {y1: {owner: ua, words: [h], label: public, said: {source: narrow}}}\n");
    char *said = seen_by(ctx, text, "public", NULL);
    assert_string_equal(said, "denied\n"
                              "proposal 'v' leans on proposal 'o', which this audience may not "
                              "see; give 'v' a narrower label, or 'o' a wider one\n"
                              "claim 'a' leans on claim 'h', which this audience may not see; give "
                              "'a' a narrower label, or 'h' a wider one\n"
                              "claim 'b' leans on proposal 'o', which this audience may not see; "
                              "give 'b' a narrower label, or 'o' a wider one\n"
                              "claim 'd' leans on proposal 'o', which this audience may not see; "
                              "give 'd' a narrower label, or 'o' a wider one\n"
                              "lever 'l' leans on claim 'h', which this audience may not see; give "
                              "'l' a narrower label, or 'h' a wider one\n"
                              "reading 'm' leans on claim 'h', which this audience may not see; "
                              "give 'm' a narrower label, or 'h' a wider one\n"
                              "relay 'y1' leans on source 'narrow', which this audience may not "
                              "see; give 'y1' a narrower label, or 'narrow' a wider one\n");
    free(said);
    free(text);
    check_ctx_done(ctx);
}

static void references_that_may_be_lost_are_lost(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text =
        with_head("proposals:\n"
                  "  v1: {tabled-by: us, text: \"arms = go\"}\n"
                  "  v2: {tabled-by: us, text: \"arms = stop\", replaces: v1, label: public}\n"
                  "claims:\n"
                  "  h: {date: 2025, by: ru, act: demand, about: \"arms = go\", source: call, "
                  "class: on-record}\n"
                  "  a: {date: 2025, by: ru, act: demand, about: \"arms = stop\", source: press, "
                  "class: on-record, replaces: h, repeats: [h]}\n"
                  "  b: {date: 2025, by: ru, act: demand, about: \"arms = stop\", source: press, "
                  "class: on-record, repeats: [h, a]}\n"
                  "concerns: {k: {party: ru, says: \"x\", claim: a, met-from: [h]}}\n"
                  "meetings: [{who: [us], claims: [h, a], label: public}]\n"
                  "relays: {y1: {owner: ua, words: [h], label: public}}\n");
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    options.audience = "public";
    parley_case *c = read_text(ctx, "lost.yaml", text, &options);
    assert_int_equal(parley_case_claims(c), 2);
    assert_int_equal(parley_case_claim(c, 0)->replaces.count, 0);
    assert_int_equal(parley_case_claim(c, 0)->repeats.count, 0);
    assert_int_equal(parley_case_claim(c, 1)->repeats.count, 1);
    assert_int_equal(parley_case_claim(c, 1)->repeats.at[0], 0);
    assert_int_equal(parley_case_proposals(c), 1);
    assert_int_equal(parley_case_proposal(c, 0)->replaces, -1);
    assert_int_equal(parley_case_concern(c, 0)->met_from.count, 0);
    assert_int_equal(parley_case_meeting(c, 0)->claims.count, 1);
    assert_int_equal(parley_case_relay(c, 0)->words.count, 0);
    /* nothing of ours goes along, nor a name that nothing visible needs */
    assert_null(parley_case_mandate_task(c));
    assert_string_equal(parley_case_audience(c), "public");
    assert_int_equal(parley_case_people(c), 0);
    assert_int_equal(parley_case_points(c), 0);
    assert_int_equal(parley_case_find(c, "sources", "call", 4), -1);
    assert_true(parley_case_find(c, "sources", "press", 5) >= 0);
    parley_case_free(c);
    free(text);
    check_ctx_done(ctx);
}

static void what_is_hidden_shows_nowhere(void **state)
{
    (void)state;
    /* random cases; twice with the same visible records and other hidden ones */
    static const char *const audiences[] = {"public", "all", "principals", "ru", "ua"};
    parley_random r = parley_random_stream(7, 1, 2, 3);
    int seen = 0;
    int denied = 0;
    for (int round = 0; round < 600; round++) {
        parley_ctx *ctx = check_ctx();
        const char *audience = audiences[parley_random_below(&r, CHECK_COUNT(audiences))];
        parley_text *text[2] = {text_of(ctx), text_of(ctx)};
        uint32_t claims = 2 + parley_random_below(&r, 8);
        for (int k = 0; k < 2; k++) {
            parley_text_puts(text[k], head);
            if (parley_random_below(&r, 2) == 0) {
                parley_text_puts(text[k], "note: \"ours\"\n");
            }
            parley_text_puts(text[k], "claims:\n");
        }
        bool hidden[16];
        for (uint32_t i = 0; i < claims; i++) {
            static const char *const acts[] = {"demand", "reject", "accept", "say", "accept-if"};
            hidden[i] = parley_random_below(&r, 2) == 0;
            const char *act = acts[parley_random_below(&r, CHECK_COUNT(acts))];
            const char *option = parley_random_below(&r, 2) == 0 ? "go" : "stop";
            uint32_t day = 1 + parley_random_below(&r, 14);
            uint32_t other = i > 0 ? parley_random_below(&r, i) : 0;
            bool refers = i > 0 && parley_random_below(&r, 2) == 0;
            bool speaks_of = i > 0 && parley_random_below(&r, 6) == 0;
            for (int k = 0; k < 2; k++) {
                if (hidden[i]) { /* another act, date and source in each; in one sometimes missing
                                  */
                    uint32_t shade = parley_random_below(&r, 4);
                    parley_text_printf(
                        text[k],
                        "  c%u: {date: 2025-03-%02u, by: \"%s\", act: %s, about: \"arms = %s\", "
                        "source: call, class: on-record%s}\n",
                        i, 1 + parley_random_below(&r, 14), shade == 0 ? "ua:secret" : "ru",
                        acts[parley_random_below(&r, CHECK_COUNT(acts))], shade < 2 ? "go" : "stop",
                        shade == 3 ? ", point: p" : "");
                } else {
                    parley_text_printf(text[k],
                                       "  c%u: {date: 2025-03-%02u, by: ru, act: %s, about: ", i,
                                       day, act);
                    if (speaks_of) {
                        parley_text_printf(text[k], "c%u", other);
                    } else {
                        parley_text_printf(text[k], "\"arms = %s\"", option);
                    }
                    parley_text_printf(text[k], ", source: press, class: on-record, label: public");
                    if (refers) {
                        parley_text_printf(text[k], ", replaces: [c%u]", other);
                    }
                    parley_text_puts(text[k], "}\n");
                }
            }
        }
        for (int k = 0; k < 2; k++) {
            parley_text_printf(text[k],
                               "readings: {m: {party: ua, refuses: \"arms = %s\", because: \"so\", "
                               "from: []}}\n",
                               parley_random_below(&r, 2) == 0 ? "go" : "stop");
            if (parley_random_below(&r, 2) == 0) {
                parley_text_puts(text[k], "rules: {r: {formula: \"arms = go\"}}\n");
            }
        }
        char *a = seen_by(ctx, parley_text_data(text[0]), audience, NULL);
        char *b = seen_by(ctx, parley_text_data(text[1]), audience, NULL);
        assert_string_equal(a, b);
        seen += strncmp(a, "ok", 2) == 0;
        denied += strncmp(a, "denied", 6) == 0;
        assert_null(strstr(a, "secret"));
        free(a);
        free(b);
        parley_text_free(text[0]);
        parley_text_free(text[1]);
        check_ctx_done(ctx);
    }
    assert_true(seen > 200 && denied > 20);
}

static void the_as_of_date_is_no_later_than_what_is_seen(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text =
        with_head("claims:\n"
                  "  a: {date: 2025-03-03, learned: 2025-03-04, by: ru, act: say, source: press, "
                  "class: on-record, label: public}\n"
                  "  h: {date: 2025-03-13, by: ru, act: say, source: call, class: on-record}\n");
    /* `press` itself bears a later date */
    char *at = strstr(text, "press: {kind: outlet, date: 2025-03-14}");
    assert_non_null(at);
    memset(strstr(at, ", date"), ' ', strlen(", date: 2025-03-14"));
    char *said = seen_by(ctx, text, "public", NULL);
    assert_non_null(strstr(said, "as-of: 2025-03-04"));
    assert_null(strstr(said, "2025-03-14"));
    free(said);
    free(text);
    check_ctx_done(ctx);
}

static void as_of_hides_what_was_learned_later_and_what_leans_on_it(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    static const char text[] =
        "parley: 1\n"
        "as-of: 2025-03-14\n"
        "sources: {late: {kind: outlet, date: 2025-03-12}, s: {kind: outlet}}\n"
        "parties: {us: {roles: [mediator]}, ru: {roles: [principal]}}\n"
        "issues: {arms: {options: {go: \"Go on\", stop: \"Stop\"}}}\n"
        "proposals:\n"
        "  o: {tabled-by: us, date: 2025-03-11, text: \"arms = go\"}\n"
        "  q: {tabled-by: us, date: 2025-03-01, text: \"arms = go\", replaces: o}\n"
        "claims:\n"
        "  c1: {date: 2025-03-01, by: ru, act: say, source: s, class: on-record}\n"
        "  c2: {date: 2025-03-01, by: ru, act: say, source: late, class: on-record}\n"
        "  c3: {date: 2025-03-01, learned: 2025-03-11, by: ru, act: say, about: c2, source: s, "
        "class: on-record}\n"
        "  c4: {date: 2025-03-01, by: ru, act: say, about: c3, source: s, class: on-record}\n"
        "  c5: {date: 2025-03-01, by: ru, act: say, source: s, class: on-record, replaces: c2}\n"
        "  c6: {date: 2025-03, by: ru, act: say, source: s, class: on-record}\n"
        "  c7: {date: after 2025-03-10, by: ru, act: say, source: s, class: on-record}\n"
        "responses:\n"
        "  - {party: ru, to: o, answer: reject, claim: c1}\n"
        "  - {party: ru, to: q, answer: reject, source: late, class: on-record, date: 2025-03-02}\n"
        "figures: {f: {what: \"x\", best: 1, date: 2025-03-01, source: late}}\n"
        "levers: {l: {holder: us, over: ru, what: \"aid\", history: [{state: a, claim: c4}]}}\n";
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_date_parse(&options.as_of, "2025-03-10", 10, &err), &err);
    parley_case *c = read_text(ctx, "dated.yaml", text, &options);
    assert_int_equal(parley_case_claims(c), 3);
    assert_string_equal(parley_case_claim(c, 0)->record.id, "c1");
    assert_string_equal(parley_case_claim(c, 1)->record.id, "c5");
    assert_int_equal(parley_case_claim(c, 1)->replaces.count, 0);
    assert_string_equal(parley_case_claim(c, 2)->record.id, "c6");
    assert_int_equal(parley_case_proposals(c), 1);
    assert_int_equal(parley_case_proposal(c, 0)->replaces, -1);
    assert_int_equal(parley_case_responses(c), 0);
    assert_int_equal(parley_case_figures(c), 0);
    assert_int_equal(parley_case_levers(c), 0);
    assert_null(parley_case_audience(c));
    assert_int_equal(parley_case_as_of(c).last, parley_day_number(2025, 3, 10));
    /* labels are there in a dated copy too */
    assert_true(
        parley_label_allows(&parley_case_claim(c, 0)->record.label, PARLEY_AUDIENCE_PUBLIC));
    char *yaml = write_case(ctx, c, false);
    assert_non_null(strstr(yaml, "as-of: 2025-03-10"));
    free(yaml);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void a_long_chain_of_leaning_claims_goes_in_one_walk(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    const uint32_t claims = 40000;
    char *text = calloc((size_t)claims * 120 + 400, 1);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "parley: 1\nsources: {s: {kind: outlet}}\n"
                                        "parties: {ru: {roles: [principal]}}\nclaims:\n");
    for (uint32_t i = 0; i < claims; i++) { /* each about the next; the last is learned late */
        used += (size_t)sprintf(
            text + used, "  c%u: {date: 2025-03-01, by: ru, act: say, source: s, class: bare, ", i);
        used += (size_t)(i + 1 < claims ? sprintf(text + used, "about: c%u}\n", i + 1)
                                        : sprintf(text + used, "learned: 2025-04-01}\n"));
    }
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_date_parse(&options.as_of, "2025-03-10", 10, &err), &err);
    parley_case *c = read_text(ctx, "chain.yaml", text, &options);
    assert_int_equal(parley_case_claims(c), 0);
    parley_case_free(c);
    free(text);
    check_ctx_done(ctx);
}

static void audiences_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text = with_head("claims: {}\n");
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    options.audience = "uaa";
    check_fails(parley_case_read(&c, ctx, "a.yaml", text, strlen(text), &options, NULL, &err),
                PARLEY_NOTFOUND, &err);
    assert_string_equal(err.message, "'uaa' is no audience");
    assert_string_equal(err.hint, "did you mean 'ua'?");
    options.audience = "team";
    c = read_text(ctx, "a.yaml", text, &options);
    assert_null(parley_case_audience(c));
    assert_string_equal(parley_case_mandate_task(c), "ours");
    parley_case_free(c);
    free(text);
    check_ctx_done(ctx);
}

static void shipped_cases_are_seen_or_refused_as_their_pages_say(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    options.audience = "public";
    /* a published claim about a worry that is our reading: the words stay, the worry does not */
    parley_case *c = load_shipped(ctx, folder, "halt-2025", &options);
    assert_int_equal(parley_case_concerns(c), 3);
    assert_int_equal(parley_case_readings(c), 0);
    assert_int_equal(parley_case_find(c, "concerns", "ua-safe", 7), -1);
    int32_t c20 = parley_case_find(c, "claims", "c20", 3);
    assert_true(c20 >= 0);
    assert_int_equal(parley_case_claim(c, c20)->about.kind, PARLEY_ABOUT_NOTHING);
    assert_non_null(parley_case_claim(c, c20)->says);
    parley_case_free(c);
    c = load_shipped(ctx, folder, "relocation-2025", &options);
    assert_int_equal(parley_case_claims(c), 8);
    assert_int_equal(parley_case_rules(c), 0);
    assert_int_equal(parley_case_flags(c), 1);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int count, char **name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_follow_from_what_a_record_leans_on),
        cmocka_unit_test(every_visible_record_that_leans_on_a_hidden_one_is_named),
        cmocka_unit_test(references_that_may_be_lost_are_lost),
        cmocka_unit_test(what_is_hidden_shows_nowhere),
        cmocka_unit_test(the_as_of_date_is_no_later_than_what_is_seen),
        cmocka_unit_test(as_of_hides_what_was_learned_later_and_what_leans_on_it),
        cmocka_unit_test(a_long_chain_of_leaning_claims_goes_in_one_walk),
        cmocka_unit_test(audiences_that_do_not_exist_are_refused),
        cmocka_unit_test(shipped_cases_are_seen_or_refused_as_their_pages_say),
    };
    folder = count > 1 ? name[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
