/*
 * The JSON of `parley ask` (docs/json.md).
 */
#include "report/ask.h"
#include "report/json_parts.h"

static const char *rung_word(int rung)
{
    return rung < 0 ? NULL : parley_words_word(PARLEY_WORDS_RUNG, (size_t)rung);
}

static const char *printed(const parley_case *c, const parley_formula *f, parley_text *text)
{
    parley_text_clear(text);
    if (f == NULL) {
        return NULL;
    }
    parley_formula_print(f, parley_case_names(c), text);
    return parley_text_data(text);
}

static void outcome(parley_json *j, const char *key, const parley_case *c, const parley_outcome *o)
{
    parley_json_key(j, key);
    parley_json_object(j);
    json_key_string(j, "dies_at", rung_word(o->dies_at));
    json_key_string(j, "last", rung_word(o->last));
    parley_json_key(j, "left");
    parley_json_object(j);
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        json_key_count(j, rung_word(r), &o->left[r]);
    }
    parley_json_object_end(j);
    json_key_uint(j, "sticking_points", o->points);
    json_key_bool(j, "complete", o->points_complete);
    parley_json_key(j, "bridge");
    if (!o->bridged) {
        parley_json_null(j);
    } else {
        parley_json_object(j);
        json_key_uint(j, "changes", o->changes);
        json_key_uint(j, "readings", o->change_readings);
        json_ids(j, "movers", c, o->movers, id_party);
        json_key_uint(j, "of_this_size", o->bridges);
        json_key_bool(j, "more", o->bridges_more);
        parley_json_object_end(j);
    }
    parley_json_object_end(j);
}

/* Sticking points by number, from 1, as `parley blocks` numbers them. */
static void points(parley_json *j, const char *key, parley_ids ids)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t i = 0; i < ids.count; i++) {
        parley_json_int(j, ids.at[i] + 1);
    }
    parley_json_array_end(j);
}

/* Ideas by the letters they have in the JSON and on the page of `parley counter`. */
static const char *letter(int32_t i, char text[8])
{
    size_t n = 0;
    if (i >= 26) {
        text[n++] = (char)('A' + (i / 26 - 1) % 26);
    }
    text[n++] = (char)('A' + i % 26);
    text[n] = '\0';
    return text;
}

static void letters(parley_json *j, const char *key, parley_ids ids)
{
    char text[8];
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t i = 0; i < ids.count; i++) {
        parley_json_string(j, letter(ids.at[i], text));
    }
    parley_json_array_end(j);
}

static void texts(parley_json *j, const char *key, parley_texts list)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t i = 0; i < list.count; i++) {
        parley_json_string(j, list.at[i]);
    }
    parley_json_array_end(j);
}

static void supposed(parley_json *j, const parley_case *c, const parley_sounding_answer *a,
                     parley_text *text)
{
    static const char *const kinds[] = {"holds", "gives-up", "list-complete"};
    parley_json_key(j, "supposed");
    parley_json_array(j);
    for (uint32_t i = 0; i < a->supposed_count; i++) {
        const parley_supposed *what = &a->supposed[i];
        bool term = what->kind != PARLEY_SUPPOSE_COMPLETE;
        parley_json_object(j);
        json_key_string(j, "what", kinds[what->kind]);
        json_key_string(j, "party", term ? id_party(c, what->party) : NULL);
        json_key_string(j, "mode", term ? parley_words_word(PARLEY_WORDS_MODE, what->mode) : NULL);
        json_key_string(j, "formula", term ? printed(c, what->formula, text) : NULL);
        json_key_string(j, "rung",
                        what->kind == PARLEY_SUPPOSE_TERM ? rung_word((int)what->rung) : NULL);
        json_key_string(
            j, "response",
            term || what->response < 0 ? NULL : parley_case_response(c, what->response)->record.id);
        json_key_string(j, "claim", term || what->response >= 0 ? NULL : id_claim(c, what->claim));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void answer(parley_json *j, const parley_case *c, const parley_terms *terms,
                   const parley_sounding *q, const parley_sounding_answer *a, parley_text *text)
{
    char value[400];
    parley_json_object(j);
    json_key_string(j, "reply", parley_reply_word(a->reply));
    if (a->value >= 0) {
        parley_case_value_id(parley_case_issue(c, q->issue), a->value, value, sizeof(value));
    }
    json_key_string(j, "value", a->value >= 0 ? value : NULL);
    json_key_bool(j, "known", a->known);
    supposed(j, c, a, text);
    texts(j, "without", a->without);
    points(j, "goes", a->goes);
    points(j, "stays", a->stays);
    points(j, "on_record", a->on_record);
    json_key_uint(j, "new", a->fresh);
    points(j, "needs_only_the_step", a->eased);
    json_key_bool(j, "first_no_on_record", a->first_no);
    letters(j, "ideas_open", a->ideas_open);
    letters(j, "ideas_fall", a->ideas_fall);
    parley_json_key(j, "can_give");
    parley_json_array(j);
    for (uint32_t i = 0; i < a->only.count; i++) {
        parley_json_string(j, parley_terms_at(terms, (uint32_t)a->only.at[i])->name);
    }
    parley_json_array_end(j);
    if (a->has_certain) {
        json_key_count(j, "certain", &a->certain);
    } else {
        json_key_string(j, "certain", NULL);
    }
    if (a->known) {
        outcome(j, "after", c, &a->after);
    } else {
        json_key_string(j, "after", NULL);
    }
    parley_json_object_end(j);
}

void ask_json_question(parley_json *j, const parley_case *c, const parley_terms *terms,
                       const parley_sounding *q, parley_text *text)
{
    char idea[8];
    parley_json_object(j);
    json_key_string(j, "kind", parley_sounding_word(q->kind));
    json_key_string(j, "party", id_party(c, q->party));
    json_key_string(j, "reading", id_reading(c, q->reading));
    json_key_bool(j, "never_put", q->never_put);
    json_key_bool(j, "shift", q->shift);
    json_key_string(j, "term",
                    q->term >= 0 ? parley_terms_at(terms, (uint32_t)q->term)->name : NULL);
    json_key_string(j, "issue", id_issue(c, q->issue));
    json_key_string(j, "formula", printed(c, q->formula, text));
    json_key_string(j, "given", printed(c, q->given, text));
    json_key_string(j, "concern",
                    q->concern >= 0 ? parley_case_concern(c, q->concern)->record.id : NULL);
    json_key_string(j, "idea", q->idea >= 0 ? letter(q->idea, idea) : NULL);
    json_key_string(j, "response",
                    q->response >= 0 ? parley_case_response(c, q->response)->record.id : NULL);
    json_ids(j, "claims", c, q->claims, id_claim);
    points(j, "sticking_points", q->points);
    json_key_uint(j, "quarrel", q->quarrel);
    texts(j, "reveals", q->reveals);
    parley_json_key(j, "answers");
    parley_json_array(j);
    for (uint32_t i = 0; i < q->answers; i++) {
        answer(j, c, terms, q, &q->answer[i], text);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
}

parley_status parley_page_ask_json(parley_json *j, parley_ctx *ctx, const parley_ask_page *page,
                                   parley_error *err)
{
    const parley_case *c = page->c;
    parley_soundings *all = NULL;
    parley_text *text = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_status status = ask_gather(&all, ctx, page, err);
    if (status == PARLEY_OK) {
        bool some = parley_deal_issues(page->deal).count > 0;
        parley_json_object(j);
        json_case(j, c);
        json_key_string(j, "rung", some ? rung_word((int)parley_soundings_rung(all)) : NULL);
        if (some) {
            outcome(j, "now", c, parley_soundings_now(all));
        } else {
            json_key_string(j, "now", NULL);
        }
        json_key_uint(j, "on_readings", parley_soundings_on_readings(all));
        json_key_uint(j, "never_put", parley_soundings_never_put(all));
        json_key_uint(j, "found", parley_soundings_found(all));
        parley_json_key(j, "questions");
        parley_json_array(j);
        for (uint32_t i = 0; i < parley_soundings_size(all); i++) {
            ask_json_question(j, c, parley_deal_terms(page->deal), parley_soundings_at(all, i),
                              text);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
        parley_json_finish(j);
        status = parley_text_status(text, err);
    }
    parley_soundings_free(all);
    parley_text_free(text);
    return status;
}
