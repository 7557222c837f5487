/*
 * What the commands on a case on disk share: how the journal's end is shown.
 */
#include "cli/journal.h"

void cli_show_head(cli_call *call, const parley_head *head)
{
    char hash[PARLEY_STORE_HASH_TEXT];
    parley_store_hash_text(head->hash, hash);
    parley_screen_begin(call->screen, 0, 5);
    parley_screen_addf(call->screen, PARLEY_INK_DIM, "head %s", hash);
    parley_screen_end(call->screen);
}

void cli_json_head(parley_json *json, const parley_head *head)
{
    char hash[PARLEY_STORE_HASH_TEXT];
    char when[40];
    parley_store_hash_text(head->hash, hash);
    parley_store_time_text(head->recorded, when);
    parley_json_key(json, "entries");
    parley_json_uint(json, head->seq);
    parley_json_key(json, "recorded");
    parley_json_string(json, when);
    parley_json_key(json, "head");
    parley_json_string(json, hash);
}
