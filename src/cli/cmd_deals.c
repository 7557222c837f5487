/*
 * parley deals: the reading ladder of a case; packages listed or judged; frontier and solutions
 * as a page, JSON, CSV or a workbook.
 */
#include "cli/gate.h"
#include "cli/load.h"
#include "cli/save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <parley/screens.h>

/* The package named: a proposal's id, or a formula. Values by issue are in the arena. */
static parley_status read_package(const parley_case *c, parley_arena *arena, const char *text,
                                  parley_package *out, parley_error *err)
{
    uint32_t issues = parley_case_issues(c);
    int64_t *values = parley_arena_array(arena, issues, sizeof(*values));
    const parley_formula *f = NULL;
    int32_t proposal = parley_case_find(c, "proposals", text, strlen(text));
    if (values == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    if (proposal >= 0) {
        f = parley_case_proposal(c, proposal)->whole;
        if (f == NULL) {
            parley_fail(err, PARLEY_INVALID, "the text of proposal '%s' is words, not a formula",
                        text);
            parley_error_hint(err, "give the package as issue = value and ...");
            return PARLEY_INVALID;
        }
    } else if (parley_case_proposals(c) > 0 && !parley_formula_looks_like(text, strlen(text)) &&
               text[strcspn(text, " \"(")] == '\0') {
        const char *names[256];
        size_t count = 0;
        for (uint32_t i = 0; i < parley_case_proposals(c) && count < 256; i++) {
            names[count++] = parley_case_proposal(c, (int32_t)i)->record.id;
        }
        int best = parley_nearest(text, strlen(text), names, count);
        parley_fail(err, PARLEY_NOTFOUND, "the case has no proposal '%s'", text);
        parley_error_hint(err,
                          best >= 0 ? "did you mean '%s'?"
                                    : "a package is a proposal such as '%s', or a formula: "
                                      "issue = value and issue = value",
                          names[best >= 0 ? best : 0]);
        return PARLEY_NOTFOUND;
    } else {
        parley_status status = parley_case_formula(&f, c, arena, text, err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    *out = (parley_package){values, issues};
    return parley_case_package(values, c, f, err);
}

/* What each party can carry at home, looked at from --at or the case's own day. */
static parley_status look_home(cli_call *call, const cli_analysis *a, parley_home **out,
                               parley_error *err)
{
    parley_home_options options = PARLEY_HOME_OPTIONS_INIT;
    cli_date(call, CLI_OPT_AT, &options.at);
    return parley_home_new(out, call->ctx, a->deal, a->c, &options, err);
}

/* Seconds since some moment. */
static double seconds(void)
{
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int print(cli_call *call, const parley_deals_page *page)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_deals_json(&json, call->ctx, page, &err);
    } else {
        status = parley_page_deals(call->screen, page, &err);
    }
    if (status != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    if (page->numbers != NULL) {
        return parley_numbers_none(page->numbers) ? CLI_FINDING : CLI_DONE;
    }
    bool counted = parley_deal_issues(page->deal).count > 0;
    return counted && page->package == NULL && page->query == NULL &&
                   parley_deal_dies_at(page->deal) >= 0
               ? CLI_FINDING
               : CLI_DONE;
}

/* ------------------------------------------------------------ tables of numbers */

static int put_in_place(cli_call *call, const char *to, const char *bytes, size_t length)
{
    parley_error err = PARLEY_ERROR_INIT;
    bool exists = false;
    parley_status status = cli_save(to, bytes, length, cli_has(call, CLI_OPT_FORCE), &exists, &err);
    if (exists) {
        return cli_usage(call, "'%s' is there already; --force replaces it", to);
    }
    if (status != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    cli_note(call, "written to %s; it is not encrypted", to);
    return CLI_DONE;
}

/* A private folder beside the file, for the library that writes workbooks. */
static int save_xlsx(cli_call *call, const char *to, const parley_deals_page *page)
{
    parley_error err = PARLEY_ERROR_INIT;
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    int exit = CLI_DONE;
    char folder[4200];
    char path[4300];
    if (snprintf(folder, sizeof(folder), "%s.XXXXXX", to) >= (int)sizeof(folder)) {
        return cli_usage(call, "the name of the workbook is too long");
    }
    if (mkdtemp(folder) == NULL) {
        parley_fail(&err, PARLEY_IO, "cannot write beside '%s'", to);
        return cli_fail(call, &err);
    }
    snprintf(path, sizeof(path), "%s/workbook.xlsx", folder);
    parley_status status =
        parley_page_deals_xlsx(call->screen, call->ctx, page, path, folder, &err);
    if (status == PARLEY_OK) {
        status = cli_read(call->ctx, path, &bytes, &length, &size, &err);
    }
    unlink(path);
    rmdir(folder);
    exit = status != PARLEY_OK ? cli_fail(call, &err) : put_in_place(call, to, bytes, length);
    parley_release(call->ctx, bytes, size);
    return exit;
}

static int save_csv(cli_call *call, const char *to, const parley_deals_page *page)
{
    parley_error err = PARLEY_ERROR_INIT;
    bool out = strcmp(to, "-") == 0;
    parley_text *text =
        out ? call->out : parley_text_new(call->ctx, parley_ctx_limits(call->ctx)->text_bytes);
    parley_status status = text == NULL ? parley_fail(&err, PARLEY_NOMEM, "out of memory")
                                        : parley_page_deals_csv(text, call->ctx, page, &err);
    int exit = status != PARLEY_OK ? cli_fail(call, &err)
               : out               ? CLI_DONE
                     : put_in_place(call, to, parley_text_data(text), parley_text_size(text));
    if (!out) {
        parley_text_free(text);
    }
    return exit;
}

/* --csv and --xlsx: instead of the page; with a file each, both. */
static int save_tables(cli_call *call, const parley_deals_page *page)
{
    const char *csv = cli_value(call, CLI_OPT_CSV);
    const char *xlsx = cli_value(call, CLI_OPT_XLSX);
    int exit = csv == NULL ? CLI_DONE : save_csv(call, csv, page);
    if (exit == CLI_DONE && xlsx != NULL) {
        exit = save_xlsx(call, xlsx, page);
    }
    return exit != CLI_DONE ? exit : parley_numbers_none(page->numbers) ? CLI_FINDING : CLI_DONE;
}

/* Options that do not go together; CLI_DONE: they do. */
static int look_at_options(cli_call *call)
{
    bool table = cli_has(call, CLI_OPT_CSV) || cli_has(call, CLI_OPT_XLSX);
    if (cli_has(call, CLI_OPT_NUMBERS) && cli_has(call, CLI_OPT_LIST)) {
        return cli_usage(call, "--numbers and --list are two pages; ask for one of them");
    }
    if (table && !cli_has(call, CLI_OPT_NUMBERS)) {
        return cli_usage(call, "--csv and --xlsx are tables of numbers; add --numbers");
    }
    if (table && call->json) {
        return cli_usage(call, "--csv and --xlsx do not go with --json");
    }
    const char *csv = cli_value(call, CLI_OPT_CSV);
    bool file = cli_has(call, CLI_OPT_XLSX) || (csv != NULL && strcmp(csv, "-") != 0);
    if (file && cli_has(call, CLI_OPT_FOR)) {
        return cli_usage(call,
                         "what leaves for an audience is written down: give --csv - and --out");
    }
    const char *xlsx = cli_value(call, CLI_OPT_XLSX);
    int exit = file && csv != NULL && strcmp(csv, "-") != 0 ? cli_gate_may_write(call, "csv", csv)
                                                            : CLI_DONE;
    return exit == CLI_DONE && xlsx != NULL ? cli_gate_may_write(call, "xlsx", xlsx) : exit;
}

int cmd_deals(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_package package = {NULL, 0};
    const parley_formula *query = NULL;
    cli_analysis a;
    int exit = look_at_options(call);
    if (exit == CLI_DONE) {
        exit = cli_analyse(call, &a);
    }
    if (exit != CLI_DONE) {
        return exit;
    }
    const char *text = cli_value(call, CLI_OPT_PACKAGE);
    const char *asked = cli_value(call, CLI_OPT_QUERY);
    parley_home *home = NULL;
    parley_numbers *numbers = NULL;
    double begin = seconds();
    if ((text != NULL && read_package(a.c, a.arena, text, &package, &err) != PARLEY_OK) ||
        (asked != NULL && parley_case_formula(&query, a.c, a.arena, asked, &err) != PARLEY_OK)) {
        exit = cli_fail(call, &err);
    } else if (cli_has(call, CLI_OPT_HOME) && look_home(call, &a, &home, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else if (cli_has(call, CLI_OPT_NUMBERS) &&
               parley_numbers_new(&numbers, call->ctx, a.deal, a.c, NULL, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else {
        const parley_deals_page page = {a.c,
                                        a.deal,
                                        call->path,
                                        cli_has(call, CLI_OPT_LIST),
                                        cli_number(call, CLI_OPT_LIST, 20),
                                        cli_number(call, CLI_OPT_SKIP, 0),
                                        text != NULL ? &package : NULL,
                                        text,
                                        query,
                                        asked,
                                        home,
                                        numbers,
                                        seconds() - begin};
        bool table = cli_has(call, CLI_OPT_CSV) || cli_has(call, CLI_OPT_XLSX);
        exit = table ? save_tables(call, &page) : print(call, &page);
    }
    parley_numbers_free(numbers);
    parley_home_free(home);
    cli_analysis_free(&a);
    return exit;
}
