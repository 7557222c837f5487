/*
 * parley edit: other words for a record of a case on disk, or none. The journal keeps what stood
 * there.
 */
#include "cli/change.h"

#include <string.h>

/* `key:value` as two texts in the arena; nothing behind the colon takes the key out. */
static int read_change(cli_change *change, const char *typed, parley_member_change *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    size_t n = 0;
    while ((typed[n] >= 'a' && typed[n] <= 'z') || typed[n] == '-') {
        n++;
    }
    if (n == 0 || typed[n] != ':') {
        return cli_usage(change->call, "'%s' is no change: say key:value, or 'key:' to take it out",
                         typed);
    }
    const char *value = typed + n + 1 + strspn(typed + n + 1, " ");
    out->key = parley_arena_copy(change->arena, typed, n);
    out->value = value[0] == '\0' ? NULL : value;
    if (out->key == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(change->call, &err);
    }
    return CLI_DONE;
}

static int correct(cli_change *change)
{
    cli_call *call = change->call;
    parley_error err = PARLEY_ERROR_INIT;
    size_t count = call->path_count - 2;
    parley_member_change *list = parley_arena_array(change->arena, count, sizeof(*list));
    parley_text *piece = parley_text_new(call->ctx, parley_ctx_limits(call->ctx)->text_bytes);
    int exit = CLI_DONE;
    if (list == NULL || piece == NULL) {
        parley_text_free(piece);
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    for (size_t i = 0; i < count && exit == CLI_DONE; i++) {
        exit = read_change(change, call->paths[i + 2], &list[i]);
    }
    if (exit == CLI_DONE &&
        parley_piece_change(piece, call->ctx, call->paths[1], change->before, change->before_length,
                            list, count, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    }
    if (exit == CLI_DONE) {
        exit = cli_change_write(change, parley_text_data(piece), parley_text_size(piece), NULL);
    }
    parley_text_free(piece);
    return exit;
}

/* key:value, and not section:id */
static bool is_change(const char *typed)
{
    size_t n = strcspn(typed, ":");
    return typed[n] == ':' && parley_section_kind_of(typed, n) == PARLEY_SECTION_NONE;
}

int cmd_edit(cli_call *call)
{
    cli_change change;
    const char *why = cli_has(call, CLI_OPT_WHY) ? cli_value(call, CLI_OPT_WHY)
                                                 : cli_value(call, CLI_OPT_BECAUSE);
    bool remove = cli_has(call, CLI_OPT_REMOVE);
    for (size_t i = 2; remove && i < call->path_count; i++) {
        if (is_change(call->paths[i])) {
            return cli_usage(call, "--remove takes records away: it goes with no key:value");
        }
    }
    if (remove && (why == NULL || why[strspn(why, " \t\n")] == '\0')) {
        return cli_usage(call, "--remove needs --why \"...\": the journal keeps the reason");
    }
    if (!remove && why != NULL) {
        return cli_usage(call, "'--%s' goes with '--remove'",
                         cli_has(call, CLI_OPT_WHY) ? "why" : "because");
    }
    if (!remove && call->path_count < 3) {
        return cli_usage(call, "say what to change: parley edit %s %s key:value", call->path,
                         call->paths[1]);
    }
    int exit = cli_change_begin(&change, call);
    if (exit == CLI_DONE && remove && call->path_count > 2) {
        exit = cli_change_remove(&change, call->paths + 1, call->path_count - 1, why);
        cli_change_end(&change);
        return exit;
    }
    if (exit == CLI_DONE) {
        exit = cli_change_find(&change, call->paths[1]);
    }
    if (exit == CLI_DONE) {
        exit = remove ? cli_change_write(&change, NULL, 0, why) : correct(&change);
    }
    cli_change_end(&change);
    return exit;
}
