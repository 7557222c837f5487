/*
 * What the commands on a case share: reading it with --for, --as-of and --recorded-as-of, and the
 * options that become terms.
 */
#include "cli/load.h"
#include "cli/foreign.h"
#include "cli/gate.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

int32_t cli_today(void)
{
    const time_t now = time(NULL);
    struct tm day;
    return gmtime_r(&now, &day) == NULL
               ? 0
               : parley_day_number(day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/* From the journal, as it stood at the end of --recorded-as-of. */
static parley_status read_store(cli_call *call, parley_case **out, const char *path,
                                const parley_case_options *options, parley_diagnostics *list,
                                parley_head *head, parley_error *err)
{
    parley_store *store = NULL;
    parley_date date;
    int64_t by = cli_date(call, CLI_OPT_RECORDED_AS_OF, &date) ? parley_store_end_of(date)
                                                               : PARLEY_STORE_NOW;
    parley_status status = parley_store_open(&store, call->ctx, path, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_store_case(out, store, by, options, list, head, err);
    }
    parley_store_close(store);
    return status;
}

parley_status cli_read_case(cli_call *call, parley_case **out, const char *path,
                            const parley_case_options *options, parley_diagnostics *list,
                            parley_head *head, parley_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    bool standard = strcmp(path, "-") == 0;
    *out = NULL;
    if (head != NULL) {
        *head = (parley_head){0};
    }
    if (!standard && parley_store_is(path)) {
        return read_store(call, out, path, options, list, head, err);
    }
    if (cli_has(call, CLI_OPT_RECORDED_AS_OF)) {
        parley_status status =
            parley_fail(err, PARLEY_INVALID, "'%s' has no journal for --recorded-as-of to look at",
                        standard ? "standard input" : path);
        parley_error_hint(err, "a case on disk has one: parley new, parley import");
        return status;
    }
    parley_status status = cli_read(call->ctx, path, &bytes, &length, &size, err);
    if (status == PARLEY_OK) {
        status = parley_case_read(out, call->ctx, standard ? "stdin" : path, bytes, length, options,
                                  list, err);
        parley_release(call->ctx, bytes, size);
    }
    return status;
}

int cli_bad_case(cli_call *call, const parley_diagnostics *list, const parley_error *err)
{
    call->dropped = true;
    if (parley_diagnostics_errors(list) == 0) {
        return cli_fail(call, err);
    }
    cli_call errors_only = *call; /* warnings are for `parley check` */
    errors_only.quiet = true;
    cli_diagnose(&errors_only, list, NULL);
    return cli_exit_status(err->status);
}

int cli_load_head(cli_call *call, parley_case **out, parley_head *head)
{
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_head end;
    head = head != NULL ? head : &end;
    *out = NULL;
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    if (list == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    options.audience = cli_value(call, CLI_OPT_FOR);
    cli_date(call, CLI_OPT_AS_OF, &options.as_of);
    cli_gate_read(call, &options);
    parley_status status = cli_read_case(call, out, call->path, &options, list, head, &err);
    int exit = status != PARLEY_OK ? cli_bad_case(call, list, &err) : CLI_DONE;
    cli_gate_seen(call, status, head);
    parley_diagnostics_free(list);
    return exit;
}

int cli_load(cli_call *call, parley_case **out)
{
    return cli_load_head(call, out, NULL);
}

void cli_in_part(cli_call *call, parley_store **store)
{
    const char *audience = cli_value(call, CLI_OPT_FOR);
    *store = NULL;
    if ((audience == NULL || strcmp(audience, "team") == 0) && !cli_has(call, CLI_OPT_AS_OF) &&
        !cli_has(call, CLI_OPT_RECORDED_AS_OF) && parley_store_is(call->path)) {
        parley_error ignored = PARLEY_ERROR_INIT;
        (void)!parley_store_open(store, call->ctx, call->path, NULL, &ignored);
    }
}

int cli_load_part(cli_call *call, parley_case **out, parley_store *store, parley_part *part)
{
    parley_error err = PARLEY_ERROR_INIT;
    const char *ids[257];
    size_t without = cli_list_size(call, CLI_OPT_WITHOUT);
    *out = NULL;
    if (part->id_count + without > sizeof(ids) / sizeof(ids[0])) {
        return CLI_DONE;
    }
    for (size_t i = 0; i < part->id_count; i++) {
        ids[i] = part->ids[i];
    }
    for (size_t i = 0; i < without; i++) {
        const char *id = cli_list_at(call, CLI_OPT_WITHOUT, i);
        bool claim = false;
        bool reading = false;
        if (parley_store_has(&claim, store, "claims", id, &err) != PARLEY_OK ||
            parley_store_has(&reading, store, "readings", id, &err) != PARLEY_OK) {
            return cli_fail(call, &err);
        }
        if (!claim && !reading) {
            return CLI_DONE;
        }
        ids[part->id_count + i] = id;
    }
    parley_part asked = *part;
    asked.ids = ids;
    asked.id_count = part->id_count + without;
    return parley_store_part(out, store, &asked, NULL, NULL, NULL, &err) == PARLEY_OK
               ? CLI_DONE
               : cli_fail(call, &err);
}

parley_status cli_check_part(parley_case **out, parley_store *store, const parley_part *part,
                             parley_diagnostics *list, parley_error *err)
{
    parley_error ignored = PARLEY_ERROR_INIT;
    if (parley_store_part(out, store, part, NULL, NULL, NULL, &ignored) == PARLEY_OK) {
        return PARLEY_OK;
    }
    return parley_store_case(out, store, PARLEY_STORE_NOW, NULL, list, NULL, err);
}

int cli_terms(cli_call *call, const parley_case *c, cli_term_options *out)
{
    out->options = (parley_terms_options)PARLEY_TERMS_OPTIONS_INIT;
    cli_date(call, CLI_OPT_AT, &out->options.at);
    size_t count = cli_list_size(call, CLI_OPT_WITHOUT);
    if (count > sizeof(out->without) / sizeof(out->without[0])) {
        return cli_usage(call, "--without takes at most %zu ids",
                         sizeof(out->without) / sizeof(out->without[0]));
    }
    for (size_t i = 0; i < count; i++) {
        out->without[i] = cli_list_at(call, CLI_OPT_WITHOUT, i);
    }
    out->options.without = out->without;
    out->options.without_count = (uint32_t)count;
    const char *party = cli_value(call, CLI_OPT_READINGS_OF);
    if (party != NULL) {
        return cli_find(call, c, "parties", party, &out->options.readings_of);
    }
    return CLI_DONE;
}

/* Ids of a section that an option may name, at most `most`; *one gets what one of them is called.
 */
static size_t ids_of(const parley_case *c, const char *kind, const char **id, size_t most,
                     const char **one)
{
    size_t n = 0;
#define TAKE_IDS(section, many, row, word)                                                         \
    if (strcmp(kind, section) == 0) {                                                              \
        *one = word;                                                                               \
        for (uint32_t i = 0; i < parley_case_##many(c) && n < most; i++) {                         \
            id[n++] = parley_case_##row(c, (int32_t)i)->record.id;                                 \
        }                                                                                          \
    }
    TAKE_IDS("parties", parties, party, "party")
    TAKE_IDS("issues", issues, issue, "issue")
    TAKE_IDS("tracks", tracks, track, "track")
    TAKE_IDS("sources", sources, source, "source")
    TAKE_IDS("proposals", proposals, proposal, "proposal")
    TAKE_IDS("relays", relays, relay, "relay")
#undef TAKE_IDS
    return n;
}

int cli_find(cli_call *call, const parley_case *c, const char *kind, const char *id, int32_t *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    *out = parley_case_find(c, kind, id, strlen(id));
    if (*out >= 0) {
        return CLI_DONE;
    }
    const char *names[256];
    const char *one = kind;
    size_t count = ids_of(c, kind, names, sizeof(names) / sizeof(names[0]), &one);
    parley_fail(&err, PARLEY_NOTFOUND, "the case has no %s '%s'", one, id);
    int best = parley_nearest(id, strlen(id), names, count);
    if (best >= 0) {
        parley_error_hint(&err, "did you mean '%s'?", names[best]);
        return cli_fail(call, &err);
    }
    char all[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < count && used + strlen(names[i]) + 8 < sizeof(all); i++) {
        used +=
            (size_t)snprintf(all + used, sizeof(all) - used, "%s%s", i > 0 ? ", " : "", names[i]);
        if (i + 1 < count && used + strlen(names[i + 1]) + 8 >= sizeof(all)) {
            snprintf(all + used, sizeof(all) - used, ", ...");
        }
    }
    parley_error_hint(&err, count > 0 ? "it has: %s" : "it has none", all);
    return cli_fail(call, &err);
}

uint32_t cli_most(const cli_call *call, uint32_t otherwise)
{
    if (cli_has(call, CLI_OPT_ALL)) {
        return 0;
    }
    return (uint32_t)cli_number(call, CLI_OPT_LIMIT, call->json ? 0 : otherwise);
}

int cli_since(cli_call *call, const parley_case *c, parley_date *out)
{
    const char *text = cli_value(call, CLI_OPT_SINCE);
    const parley_date now = parley_case_as_of(c);
    parley_error err = PARLEY_ERROR_INIT;
    char *end = NULL;
    *out = PARLEY_DATE_INIT;
    if (text == NULL) {
        return CLI_DONE;
    }
    if (parley_date_parse(out, text, strlen(text), &err) == PARLEY_OK) {
        if (out->first == INT32_MIN || now.form == PARLEY_DATE_UNKNOWN || out->first <= now.last) {
            return CLI_DONE;
        }
        char day[80];
        parley_date_words(now, true, day, sizeof(day));
        parley_error_clear(&err);
        parley_fail(&err, PARLEY_RANGE, "--since %s lies after the day the case is known to, %s",
                    text, day);
        parley_error_hint(&err, "give an earlier day, or so many days back: 7d");
        return cli_fail(call, &err);
    }
    long days = strtol(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || strcmp(end, "d") != 0 || days > 100000) {
        return cli_usage(call, "--since takes a date or a number of days such as 7d, not '%s'",
                         text);
    }
    if (now.form == PARLEY_DATE_UNKNOWN) {
        return cli_usage(call, "the case has no as-of date to count days back from");
    }
    *out = parley_date_of_day(now.last - (int32_t)days);
    return CLI_DONE;
}

static int choose_tracks(cli_call *call, const parley_case *c, parley_arena *arena,
                         parley_deal_options *options)
{
    size_t count = cli_list_size(call, CLI_OPT_TRACK);
    int32_t *tracks = parley_arena_array(arena, count, sizeof(*tracks));
    if (tracks == NULL) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    for (size_t i = 0; i < count; i++) {
        const char *id = cli_list_at(call, CLI_OPT_TRACK, i);
        if (count == 1 && strcmp(id, "all") == 0) {
            options->all_tracks = true;
            return CLI_DONE;
        }
        int exit = cli_find(call, c, "tracks", id, &tracks[i]);
        if (exit != CLI_DONE) {
            return exit;
        }
    }
    options->tracks = tracks;
    options->track_count = (uint32_t)count;
    return CLI_DONE;
}

/* With out->c read. */
static int analyse(cli_call *call, cli_analysis *out)
{
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    int exit = CLI_DONE;
    out->arena = parley_arena_new(call->ctx);
    if (out->arena == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        exit = cli_fail(call, &err);
    }
    if (exit == CLI_DONE) {
        exit = cli_terms(call, out->c, &out->terms);
    }
    if (exit == CLI_DONE) {
        exit = choose_tracks(call, out->c, out->arena, &options);
    }
    if (exit == CLI_DONE) {
        options.terms = out->terms.options;
        options.up_to = cli_choice(call, CLI_OPT_RUNG, PARLEY_RUNG_READINGS);
        if (parley_deal_new(&out->deal, call->ctx, out->c, &options, &err) != PARLEY_OK) {
            exit = cli_fail(call, &err);
        }
    }
    if (exit != CLI_DONE) {
        cli_analysis_free(out);
    }
    return exit;
}

int cli_analyse(cli_call *call, cli_analysis *out)
{
    *out = (cli_analysis){.c = NULL};
    bool foreign = (call->verb == &cli_verbs[CLI_DEALS] || call->verb == &cli_verbs[CLI_VERIFY]) &&
                   cli_has(call, CLI_OPT_FROM);
    int exit = foreign ? cli_import(call, &out->c) : cli_load(call, &out->c);
    return exit == CLI_DONE ? analyse(call, out) : exit;
}

int cli_analyse_part(cli_call *call, cli_analysis *out, parley_store *store, parley_part *part)
{
    *out = (cli_analysis){.c = NULL};
    int exit = cli_load_part(call, &out->c, store, part);
    return exit == CLI_DONE && out->c != NULL ? analyse(call, out) : exit;
}

void cli_analysis_free(cli_analysis *a)
{
    parley_arena_free(a->arena);
    parley_deal_free(a->deal);
    parley_case_free(a->c);
    a->arena = NULL;
    a->deal = NULL;
    a->c = NULL;
}
