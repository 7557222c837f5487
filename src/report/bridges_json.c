/*
 * The page of `parley bridges` as JSON.
 */
#include "report/bridges_page.h"
#include "report/json_parts.h"

static void put_change(parley_json *j, const parley_bridges_page *page, const parley_change *change)
{
    static const char *const kinds[] = {"give-way", "consent", "reopen", "reading", "extend"};
    char text[48];
    parley_json_object(j);
    json_key_string(j, "kind", kinds[change->kind]);
    json_key_string(j, "party", id_party(page->c, change->party));
    parley_json_key(j, "term");
    if (change->term >= 0) {
        const parley_term *term =
            parley_terms_at(parley_deal_terms(page->deal), (uint32_t)change->term);
        json_term(j, page->c, term);
        json_key_string(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, term->rung));
    } else {
        parley_json_null(j);
    }
    json_key_string(j, "issue", id_issue(page->c, change->issue));
    parley_json_key(j, "steps");
    parley_json_int(j, change->steps);
    if (change->kind == PARLEY_CHANGE_EXTEND) {
        parley_decimal_print(change->reach, text, sizeof(text));
        json_key_string(j, "reach", text);
    }
    parley_json_object_end(j);
}

static void put_value(parley_json *j, const parley_case *c, int32_t issue, int64_t v)
{
    char text[400];
    const parley_issue *row = parley_case_issue(c, issue);
    if (row->kind == PARLEY_ISSUE_QUANTITY) {
        parley_decimal_print(parley_case_quantity(row, v), text, sizeof(text));
    } else {
        parley_case_value_id(row, v, text, sizeof(text));
    }
    parley_json_string(j, text);
}

static void put_left(parley_json *j, const parley_case *c, const parley_bridge *b)
{
    parley_json_key(j, "open");
    parley_json_object(j);
    for (uint32_t i = 0; i < b->open_count; i++) {
        parley_json_key(j, id_issue(c, b->open[i].issue));
        parley_json_array(j);
        for (uint32_t k = 0; k < b->open[i].count; k++) {
            put_value(j, c, b->open[i].issue, b->open[i].value[k]);
        }
        parley_json_array_end(j);
    }
    parley_json_object_end(j);
    parley_json_key(j, "packages");
    parley_json_array(j);
    for (uint32_t i = 0; i < b->packages; i++) {
        parley_json_object(j);
        for (uint32_t k = 0; k < b->open_count; k++) {
            parley_json_key(j, id_issue(c, b->open[k].issue));
            put_value(j, c, b->open[k].issue, b->package[i].value[b->open[k].issue]);
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void put_bridge(parley_json *j, const parley_bridges_page *page, const parley_bridge *b,
                       uint32_t number)
{
    parley_json_object(j);
    parley_json_key(j, "number");
    parley_json_uint(j, number);
    parley_json_key(j, "changes");
    parley_json_array(j);
    for (uint32_t k = 0; k < b->changes; k++) {
        put_change(j, page, &b->change[k]);
    }
    parley_json_array_end(j);
    parley_json_key(j, "readings");
    parley_json_uint(j, b->readings);
    json_key_string(j, "firmest",
                    b->firmest == PARLEY_RUNG_READINGS
                        ? NULL
                        : parley_words_word(PARLEY_WORDS_RUNG, b->firmest));
    json_ids(j, "movers", page->c, b->movers, id_party);
    parley_json_key(j, "one_sided");
    parley_json_bool(j, b->one_sided);
    json_ids(j, "consents", page->c, b->consents, id_party);
    json_key_count(j, "left", &b->left);
    parley_json_key(j, "softer");
    parley_json_array(j);
    for (uint32_t i = 0; i < b->softer_count; i++) {
        parley_json_object(j);
        parley_json_key(j, "changes");
        parley_json_array(j);
        for (uint32_t k = 0; k < b->changes; k++) {
            put_change(j, page, &b->softer[i].change[k]);
        }
        parley_json_array_end(j);
        json_key_count(j, "left", &b->softer[i].left);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "softer_complete");
    parley_json_bool(j, b->softer_complete);
    if (page->bridge > 0) {
        put_left(j, page->c, b);
    }
    parley_json_object_end(j);
}

parley_status parley_page_bridges_json(parley_json *j, parley_ctx *ctx,
                                       const parley_bridges_page *page, bool *found,
                                       parley_error *err)
{
    bridge_list list;
    parley_arena *arena = parley_arena_new(ctx);
    *found = false;
    if (arena == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_status status = bridges_gather(&list, arena, ctx, page, err);
    if (status != PARLEY_OK) {
        parley_arena_free(arena);
        return status;
    }
    *found = list.counted && !list.none_needed;
    parley_json_object(j);
    json_case(j, page->c);
    json_key_string(j, "rung",
                    list.counted ? parley_words_word(PARLEY_WORDS_RUNG, list.rung) : NULL);
    parley_json_key(j, "needed");
    parley_json_bool(j, *found);
    parley_json_key(j, "left");
    if (list.none_needed) {
        char text[420];
        parley_count_print(&list.at[0].left, 0, text, sizeof(text));
        parley_json_string(j, text);
    } else {
        parley_json_null(j);
    }
    parley_json_key(j, "known");
    parley_json_uint(j, *found ? list.known : 0);
    parley_json_key(j, "complete");
    parley_json_bool(j, list.complete);
    parley_json_key(j, "bridges");
    parley_json_array(j);
    for (uint32_t i = 0; i < list.count && *found; i++) {
        put_bridge(j, page, &list.at[i], list.first + i);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_arena_free(arena);
    return PARLEY_OK;
}
