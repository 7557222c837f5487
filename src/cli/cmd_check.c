/*
 * parley check: is the file right. Every error and warning of every file named, in file order; then
 * what only an analysis can see (rules that leave nothing, a party whose own words clash).
 */
#include "cli/load.h"

#include <string.h>

#include <parley/deal.h>
#include <parley/screens.h>

typedef struct check_state {
    cli_call *call;
    parley_json json;
    uint32_t files;
    uint32_t wrong;
    uint64_t warnings;
} check_state;

static void json_diagnostic(parley_json *j, parley_severity severity, const parley_error *e)
{
    parley_json_object(j);
    parley_json_key(j, "severity");
    parley_json_string(j, severity == PARLEY_SEVERITY_ERROR ? "error" : "warning");
    parley_json_key(j, "status");
    parley_json_string(j, parley_status_word(e->status));
    parley_json_key(j, "line");
    parley_json_uint(j, e->span.line);
    parley_json_key(j, "column");
    parley_json_uint(j, e->span.column);
    parley_json_key(j, "begin");
    parley_json_uint(j, e->span.begin);
    parley_json_key(j, "end");
    parley_json_uint(j, e->span.end);
    parley_json_key(j, "message");
    parley_json_string(j, e->message);
    parley_json_key(j, "hint");
    parley_json_string(j, e->hint[0] == '\0' ? NULL : e->hint);
    parley_json_object_end(j);
}

typedef struct clash_state {
    parley_diagnostics *list;
    const parley_case *c;
    const parley_terms *terms;
    const char *path;
    int32_t party;
    uint32_t left;
} clash_state;

static bool warn_clash(void *user, parley_ids ids)
{
    clash_state *s = user;
    parley_error e = PARLEY_ERROR_INIT;
    char words[300] = "";
    size_t used = 0;
    if (ids.count == 0) {
        return false;
    }
    for (uint32_t k = 0; k < ids.count && used < sizeof(words); k++) {
        const parley_term *term = parley_terms_at(s->terms, (uint32_t)ids.at[k]);
        used += (size_t)snprintf(words + used, sizeof(words) - used, "%s%.80s", k == 0 ? "" : "; ",
                                 term->name);
    }
    const parley_term *last = parley_terms_at(s->terms, (uint32_t)ids.at[ids.count - 1]);
    parley_span at =
        last->claims.count > 0
            ? parley_case_claim(s->c, last->claims.at[last->claims.count - 1])->record.span
        : last->readings.count > 0 ? parley_case_reading(s->c, last->readings.at[0])->record.span
                                   : PARLEY_SPAN_NONE;
    parley_fail_at(&e, PARLEY_CONFLICT, s->path, at, "terms of '%s' clash: %s",
                   parley_case_party(s->c, s->party)->record.id, words);
    parley_error_hint(&e, "if the later one replaces the earlier, add 'replaces:'");
    parley_diagnostics_add(s->list, PARLEY_SEVERITY_WARNING, &e);
    return --s->left > 0;
}

/* Findings that need an analysis; limits reached there are no fault of the file. */
static void analyse(cli_call *call, const parley_case *c, const char *path,
                    parley_diagnostics *list)
{
    parley_error e = PARLEY_ERROR_INIT;
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    parley_deal *deal = NULL;
    options.all_tracks = true;
    if (parley_deal_new(&deal, call->ctx, c, &options, &e) != PARLEY_OK) {
        return;
    }
    if (parley_deal_issues(deal).count > 0 && parley_deal_dies_at(deal) == PARLEY_RUNG_RULES) {
        parley_span at =
            parley_case_rules(c) > 0 ? parley_case_rule(c, 0)->record.span : PARLEY_SPAN_NONE;
        parley_fail_at(&e, PARLEY_CONFLICT, path, at, "the rules leave no package at all");
        parley_error_hint(&e, "take the rules out one by one to see which clash");
        parley_diagnostics_add(list, PARLEY_SEVERITY_WARNING, &e);
    }
    clash_state s = {list, c, parley_deal_terms(deal), path, 0, 3};
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        s.party = (int32_t)p;
        s.left = 3;
        parley_error_clear(&e);
        if (parley_deal_clashes(deal, PARLEY_RUNG_READINGS, (int32_t)p, warn_clash, &s, &e) !=
            PARLEY_OK) {
            break;
        }
    }
    parley_deal_free(deal);
}

static int check_one(check_state *s, const char *typed)
{
    const char *path = strcmp(typed, "-") == 0 ? "stdin" : typed; /* as messages call it */
    cli_call *call = s->call;
    parley_error err = PARLEY_ERROR_INIT;
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_case *c = NULL;
    int exit = CLI_DONE;
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    if (list == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    options.audience = cli_value(call, CLI_OPT_FOR);
    cli_date(call, CLI_OPT_AS_OF, &options.as_of);
    parley_status status = cli_read_case(call, &c, typed, &options, list, NULL, &err);
    if (c != NULL) {
        analyse(call, c, path, list);
    }
    if (status != PARLEY_OK) {
        exit = cli_exit_status(status);
        s->wrong++;
    }
    s->warnings += parley_diagnostics_warnings(list);
    if (call->json) {
        parley_json_object(&s->json);
        parley_json_key(&s->json, "file");
        parley_json_string(&s->json, path);
        parley_json_key(&s->json, "right");
        parley_json_bool(&s->json, status == PARLEY_OK);
        parley_json_key(&s->json, "errors");
        parley_json_uint(&s->json, status != PARLEY_OK && parley_diagnostics_errors(list) == 0
                                       ? 1
                                       : parley_diagnostics_errors(list));
        parley_json_key(&s->json, "warnings");
        parley_json_uint(&s->json, parley_diagnostics_warnings(list));
        parley_json_key(&s->json, "diagnostics");
        parley_json_array(&s->json);
        if (status != PARLEY_OK && parley_diagnostics_errors(list) == 0) {
            json_diagnostic(&s->json, PARLEY_SEVERITY_ERROR, &err);
        }
        for (size_t i = 0; i < parley_diagnostics_size(list); i++) {
            const parley_diagnostic *d = parley_diagnostics_at(list, i);
            json_diagnostic(&s->json, d->severity, &d->error);
        }
        parley_json_array_end(&s->json);
        parley_json_object_end(&s->json);
    } else {
        if (status != PARLEY_OK && parley_diagnostics_errors(list) == 0) {
            cli_error(call, &err);
        }
        cli_diagnose(call, list, call->out);
        unsigned long long errors = parley_diagnostics_errors(list);
        unsigned long long warnings = parley_diagnostics_warnings(list);
        if (status == PARLEY_OK) {
            parley_screen_begin(call->screen, 0, 2);
            parley_screen_add(call->screen, PARLEY_INK_GOOD, path);
            parley_screen_addf(call->screen, PARLEY_INK_GOOD, ": right");
            parley_screen_addf(
                call->screen, PARLEY_INK_PLAIN,
                " (%u parties, %u issues, %u claims, %u readings)%s", parley_case_parties(c),
                parley_case_issues(c), parley_case_claims(c), parley_case_readings(c),
                warnings == 0   ? ""
                : warnings == 1 ? "; 1 warning"
                                : parley_screen_format(call->screen, "; %llu warnings", warnings));
            parley_screen_end(call->screen);
        } else if (errors > 0) {
            parley_screen_begin(call->screen, 0, 2);
            parley_screen_addf(call->screen, PARLEY_INK_BAD, "%s: %llu error%s", path, errors,
                               errors == 1 ? "" : "s");
            parley_screen_end(call->screen);
        }
    }
    parley_case_free(c);
    parley_diagnostics_free(list);
    return exit;
}

int cmd_check(cli_call *call)
{
    check_state s = {.call = call};
    if (cli_has(call, CLI_OPT_SCHEMA)) {
        parley_case_schema(call->out);
        return CLI_DONE;
    }
    if (call->path_count == 0) {
        return cli_usage(call, "name one case file or more");
    }
    int worst = CLI_DONE;
    if (call->json) {
        parley_json_begin(&s.json, call->out);
        parley_json_array(&s.json);
    }
    for (size_t i = 0; i < call->path_count; i++) {
        int exit = check_one(&s, call->paths[i]);
        worst = exit > worst ? exit : worst;
        if (call->dropped) {
            return exit;
        }
    }
    if (call->json) {
        parley_json_array_end(&s.json);
        parley_json_finish(&s.json);
    } else if (call->path_count > 1) {
        parley_screen_begin(call->screen, 0, 2);
        parley_screen_addf(call->screen, PARLEY_INK_PLAIN, "%zu files, %u wrong, %llu warning%s",
                           call->path_count, s.wrong, (unsigned long long)s.warnings,
                           s.warnings == 1 ? "" : "s");
        parley_screen_end(call->screen);
    }
    return worst == CLI_DONE && cli_has(call, CLI_OPT_STRICT) && s.warnings > 0 ? CLI_FINDING
                                                                                : worst;
}
