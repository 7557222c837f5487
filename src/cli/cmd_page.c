/*
 * parley page: a whole case as one HTML file, or as Markdown.
 */
#include "cli/load.h"
#include "cli/save.h"

#include <parley/screens.h>
#include <sys/stat.h>

/* Are these two names of one file? */
static bool same_file(const char *a, const char *b)
{
    struct stat one;
    struct stat other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

static parley_writing writing_of(const cli_call *call)
{
    return (parley_writing)cli_choice(call, CLI_OPT_FORMAT, PARLEY_WRITING_HTML);
}

/* {file, bytes, html, markdown}: where it was written and how long it is, or the page itself. */
static void write_json(cli_call *call, const char *to, size_t bytes, const char *text)
{
    bool markdown = writing_of(call) == PARLEY_WRITING_MARKDOWN;
    parley_json json;
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "file");
    parley_json_string(&json, to);
    parley_json_key(&json, "bytes");
    parley_json_int(&json, (int64_t)bytes);
    parley_json_key(&json, "html");
    parley_json_string(&json, markdown ? NULL : text);
    parley_json_key(&json, "markdown");
    parley_json_string(&json, markdown ? text : NULL);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

static int save(cli_call *call, const char *to, const parley_text *text)
{
    parley_error err = PARLEY_ERROR_INIT;
    bool exists = false;
    parley_status status = cli_save(to, parley_text_data(text), parley_text_size(text),
                                    cli_has(call, CLI_OPT_FORCE), &exists, &err);
    if (exists) {
        return cli_usage(call, "'%s' is there already; --force replaces it", to);
    }
    if (status != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    cli_note(call, "written to %s; it is not encrypted", to);
    if (call->json) {
        write_json(call, to, parley_text_size(text), NULL);
    }
    return CLI_DONE;
}

int cmd_page(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    const char *to = cli_value(call, CLI_OPT_OUT);
    if (to != NULL && same_file(to, call->path)) {
        return cli_usage(call, "--out names the case itself; choose another file");
    }
    if (to == NULL && cli_has(call, CLI_OPT_FORCE)) {
        return cli_usage(call, "--force goes with --out");
    }
    parley_case_page page = {NULL, writing_of(call), PARLEY_CHARTS_DRAWN};
    if (page.writing == PARLEY_WRITING_TEXT) {
        return cli_usage(call, "the page is written as html or markdown; 'status' prints text");
    }
    if (page.writing == PARLEY_WRITING_MARKDOWN && cli_has(call, CLI_OPT_NO_SCRIPT)) {
        return cli_usage(call, "--no-script goes with html; Markdown has no script");
    }
    if (cli_has(call, CLI_OPT_NO_SCRIPT)) {
        page.charts = PARLEY_CHARTS_NONE;
    }
    int exit = cli_load(call, &c);
    if (exit != CLI_DONE) {
        return exit;
    }
    page.c = c;
    parley_text *text = parley_text_new(call->ctx, parley_ctx_limits(call->ctx)->text_bytes);
    parley_status status = text == NULL
                               ? parley_fail(&err, PARLEY_NOMEM, "out of memory")
                               : parley_page_case(call->screen, text, call->ctx, &page, &err);
    parley_case_free(c);
    if (status == PARLEY_OK) {
        status = parley_text_status(text, &err);
    }
    if (status != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else if (to != NULL) {
        exit = save(call, to, text);
    } else if (call->json) {
        write_json(call, NULL, parley_text_size(text), parley_text_data(text));
    } else {
        parley_text_add(call->out, parley_text_data(text), parley_text_size(text));
    }
    parley_text_free(text);
    return exit;
}
