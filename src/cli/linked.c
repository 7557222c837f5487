/*
 * Opening the cases that links lead to.
 *
 * Read only, one step, each file once. A reader is never shown more of the other case than its own
 * filter allows: a party sees it as that party only where id and name are the same in both cases,
 * and as the public otherwise; principals and all parties of this case are other people than those
 * of the other one, and see what is public there. What stands in a file that is no case is not
 * printed.
 */
#include "cli/linked.h"
#include "cli/gate.h"

#include <string.h>
#include <sys/stat.h>

static int nomem(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_fail(&err, PARLEY_NOMEM, "out of memory while opening the cases linked to");
    return cli_fail(call, &err);
}

/* The file beside the case's own. */
static const char *path_of(const cli_call *call, parley_arena *arena, const char *file)
{
    const char *slash = strrchr(call->path, '/');
    int folder = slash != NULL ? (int)(slash - call->path) + 1 : 0;
    return parley_arena_format(arena, "%.*s%s", folder, call->path, file);
}

/* The same party in both cases: the same id and the same name. */
static bool same_party(const parley_case *c, const parley_case *other, const char *id)
{
    int32_t here = parley_case_find(c, "parties", id, strlen(id));
    int32_t there = parley_case_find(other, "parties", id, strlen(id));
    if (here < 0 || there < 0) {
        return false;
    }
    const char *a = parley_case_party(c, here)->name;
    const char *b = parley_case_party(other, there)->name;
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static const char *why_not(const parley_error *err)
{
    return err->status == PARLEY_NOTFOUND || err->status == PARLEY_IO
               ? "there is no such file that can be read"
               : "it is no case that can be read (parley check)";
}

/* One case; NULL with a reason in `why`. DENIED is told and stops. */
static int open_one(cli_call *call, const parley_case *c, const char *file, const char *path,
                    parley_case **out, const char **why)
{
    struct stat st;
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    const char *audience = parley_case_audience(c);
    parley_case *whole = NULL;
    *out = NULL;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
        *why = "there is no such file";
        return CLI_DONE;
    }
    if (cli_has(call, CLI_OPT_RECORDED_AS_OF) && !parley_store_is(path)) {
        *why = "it has no journal to look back into";
        return CLI_DONE;
    }
    cli_date(call, CLI_OPT_AS_OF, &options.as_of);
    options.today = cli_today();
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    if (list == NULL) {
        return nomem(call);
    }
    parley_status status = cli_read_case(call, &whole, path, &options, list, NULL, &err);
    if (status == PARLEY_OK && audience == NULL) {
        *out = whole;
        whole = NULL;
    } else if (status == PARLEY_OK) {
        options.audience = same_party(c, whole, audience) ? audience : "public";
        parley_diagnostics_free(list);
        list = parley_diagnostics_new(call->ctx);
        status = list == NULL
                     ? PARLEY_NOMEM
                     : cli_gate_link_read(call, file, options.audience, &options.view, &err);
        if (status == PARLEY_OK) {
            status = cli_read_case(call, out, path, &options, list, NULL, &err);
        }
    }
    parley_case_free(whole);
    int exit = CLI_DONE;
    if (status == PARLEY_NOMEM) {
        exit = nomem(call);
    } else if (status == PARLEY_DENIED || status == PARLEY_CANCELLED) {
        exit = cli_bad_case(call, list, &err);
    } else if (status != PARLEY_OK) {
        *why = why_not(&err);
    }
    parley_diagnostics_free(list);
    return exit;
}

int cli_links_open(cli_call *call, const parley_case *c, cli_links *out)
{
    uint32_t n = parley_case_links(c);
    *out = (cli_links){.arena = parley_arena_new(call->ctx)};
    if (out->arena == NULL) {
        return nomem(call);
    }
    out->at = parley_arena_array(out->arena, n, sizeof(*out->at));
    out->opened = parley_arena_array(out->arena, n, sizeof(parley_case *));
    int exit = out->at == NULL || out->opened == NULL ? nomem(call) : CLI_DONE;
    for (uint32_t i = 0; i < n && exit == CLI_DONE; i++) {
        const char *file = parley_case_link(c, (int32_t)i)->file;
        uint32_t k = 0;
        while (k < i && strcmp(parley_case_link(c, (int32_t)k)->file, file) != 0) {
            k++;
        }
        if (k < i) {
            out->at[i] = out->at[k];
            continue;
        }
        const char *path = path_of(call, out->arena, file);
        parley_case *opened = NULL;
        exit = path == NULL ? nomem(call)
                            : open_one(call, c, file, path, &opened, &out->at[i].why_not);
        if (opened != NULL) {
            out->at[i].c = opened;
            out->opened[out->count++] = opened;
        }
    }
    if (exit != CLI_DONE) {
        cli_links_close(out);
    }
    return exit;
}

void cli_links_close(cli_links *links)
{
    for (size_t i = 0; i < links->count; i++) {
        parley_case_free(links->opened[i]);
    }
    parley_arena_free(links->arena);
    *links = (cli_links){.arena = NULL};
}
