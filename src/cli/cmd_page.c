/*
 * parley page: a whole case as one HTML file, or as Markdown.
 */
#include "cli/load.h"

#include <parley/screens.h>

static parley_writing writing_of(const cli_call *call)
{
    return (parley_writing)cli_choice(call, CLI_OPT_FORMAT, PARLEY_WRITING_HTML);
}

/* {file, bytes, html, markdown}: the page itself. What --out wrote is told by the gate. */
static void write_json(cli_call *call, const char *text, size_t bytes)
{
    bool markdown = writing_of(call) == PARLEY_WRITING_MARKDOWN;
    parley_json json;
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "file");
    parley_json_null(&json);
    parley_json_key(&json, "bytes");
    parley_json_int(&json, (int64_t)bytes);
    parley_json_key(&json, "html");
    parley_json_string(&json, markdown ? NULL : text);
    parley_json_key(&json, "markdown");
    parley_json_string(&json, markdown ? text : NULL);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

int cmd_page(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
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
    } else if (call->json && !cli_has(call, CLI_OPT_OUT)) {
        write_json(call, parley_text_data(text), parley_text_size(text));
    } else {
        parley_text_add(call->out, parley_text_data(text), parley_text_size(text));
    }
    parley_text_free(text);
    return exit;
}
