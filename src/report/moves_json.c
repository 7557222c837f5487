/*
 * The page "what moved" as JSON, from the same results as the text (docs/json.md).
 */
#include "report/json_parts.h"
#include "report/moves_page.h"

static const char *id_person(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_person(c, i)->record.id;
}

static const char *id_response(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_response(c, i)->record.id;
}

static const char *id_proposal(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_proposal(c, i)->record.id;
}

static void json_stand(parley_json *j, const char *key, const parley_case *c,
                       const parley_stand *stand)
{
    parley_json_key(j, key);
    parley_json_object(j);
    json_key_string(j, "act", stand->act);
    json_key_string(j, "formula", stand->formula == NULL ? NULL : stand->text);
    json_key_string(j, "words", stand->formula == NULL ? stand->text : NULL);
    json_key_bool(j, "refuses", stand->refuses);
    json_key_string(j, "firmness",
                    stand->firmness == PARLEY_FIRMNESS_UNSTATED
                        ? NULL
                        : parley_words_word(PARLEY_WORDS_FIRMNESS, stand->firmness));
    json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, stand->basis));
    json_key_string(j, "claim", id_claim(c, stand->claim));
    json_key_string(j, "response", id_response(c, stand->response));
    json_key_string(j, "person", id_person(c, stand->person));
    json_key_date(j, "date", stand->date);
    parley_json_object_end(j);
}

static void json_support(parley_json *j, const parley_case *c, const parley_move_support *on)
{
    json_ids(j, "claims", c, on->claims, id_claim);
    json_ids(j, "mentions", c, on->mentions, id_claim);
    json_key_uint(j, "originals", on->originals);
    json_key_bool(j, "on_record", on->on_record);
    json_key_bool(j, "unnamed", on->unnamed);
}

static void json_move(parley_json *j, const parley_case *c, const parley_move *move)
{
    parley_json_object(j);
    json_key_string(j, "kind", parley_move_word(move->kind));
    json_key_string(j, "party", id_party(c, move->party));
    json_ids(j, "issues", c, move->issues, id_issue);
    json_key_date(j, "date", move->to->date);
    json_ids(j, "earlier", c, move->earlier, id_claim);
    json_key_string(j, "later", id_claim(c, move->to->claim));
    json_key_bool(j, "said_to_replace", move->said);
    json_key_bool(j, "order_known", move->order_known);
    json_key_string(j, "sets", parley_moves_sets_word(move->sets));
    parley_json_key(j, "steps");
    if (move->steps > 0) {
        parley_json_int(j, move->direction < 0 ? -(int64_t)move->steps : (int64_t)move->steps);
    } else {
        parley_json_null(j);
    }
    json_key_bool(j, "to_confirm", move->to_confirm);
    json_stand(j, "from", c, move->from);
    json_stand(j, "to", c, move->to);
    parley_json_key(j, "rests_on");
    parley_json_object(j);
    json_support(j, c, &move->support);
    parley_json_object_end(j);
    parley_json_object_end(j);
}

void moves_json_dispute(parley_json *j, const moves_view *view)
{
    const parley_case *c = view->page->c;
    parley_date first = view->then;
    if (view->page->since.form == PARLEY_DATE_UNKNOWN) {
        first.about = false;
    }
    parley_json_key(j, "dispute");
    parley_json_object(j);
    json_key_date(j, "then_date", first);
    json_issue_set(j, c, "then", view->all.then);
    json_issue_set(j, c, "now", view->all.now);
    json_issue_set(j, c, "then_on_words", view->words.then);
    json_issue_set(j, c, "now_on_words", view->words.now);
    json_ids(j, "to_confirm", c, view->confirm, id_claim);
    json_issue_set(j, c, "without_these", view->all.without);
    json_key_uint(j, "changed", view->changed);
    json_key_uint(j, "rest_on_unconfirmed", view->hanging);
    json_key_bool(j, "one_unnamed_speaker", view->confirm.count > 0 && view->one_speaker);
    parley_json_object_end(j);
}

static void json_test(parley_json *j, const parley_case *c, const parley_offer_test *t)
{
    parley_json_object(j);
    json_key_string(j, "proposal", id_proposal(c, t->proposal));
    json_key_string(j, "offer", id_claim(c, t->offer));
    json_key_date(j, "date", t->date);
    json_key_string(j, "answer", parley_offer_answer_word(t->answer));
    json_key_string(j, "response", id_response(c, t->response));
    json_key_string(j, "claim", id_claim(c, t->claim));
    json_key_date(j, "when", t->when);
    json_key_string(j, "said_after", id_claim(c, t->said_after));
    parley_json_object_end(j);
}

static void json_formulas(parley_json *j, const char *key, const parley_case *c,
                          const parley_formula *const *f, uint32_t count, parley_text *text)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t k = 0; k < count; k++) {
        parley_text_clear(text);
        parley_formula_print(f[k], parley_case_names(c), text);
        parley_json_string(j, parley_text_data(text));
    }
    parley_json_array_end(j);
}

static void json_demand(parley_json *j, const moves_view *view, const parley_demand *d,
                        parley_text *text)
{
    const parley_case *c = view->page->c;
    parley_json_object(j);
    json_key_string(j, "party", id_party(c, d->party));
    json_ids(j, "issues", c, d->stand->issues, id_issue);
    json_key_string(j, "mode", d->stand->refuses ? "refuses" : "requires");
    json_key_string(j, "formula", d->stand->text);
    json_key_string(j, "firmness", parley_words_word(PARLEY_WORDS_FIRMNESS, d->stand->firmness));
    json_key_bool(j, "in_force", d->in_force);
    json_key_uint(j, "times", d->times);
    json_support(j, c, &d->support);
    json_ids(j, "persons", c, d->persons, id_person);
    json_key_date(j, "first", d->first);
    json_key_date(j, "last", d->last);
    json_key_bool(j, "typed_as_tested", d->typed_tested);
    parley_json_key(j, "offers_that_cross_it");
    parley_json_array(j);
    for (uint32_t k = 0; k < d->test_count; k++) {
        json_test(j, c, &d->tests[k]);
    }
    parley_json_array_end(j);
    parley_json_key(j, "behind_it");
    parley_json_array(j);
    for (uint32_t k = 0; k < d->reason_count; k++) {
        const parley_demand_reason *r = &d->reasons[k];
        parley_json_object(j);
        json_key_string(j, "concern", parley_case_concern(c, r->concern)->record.id);
        json_formulas(j, "also_met_by", c, r->other, r->others, text);
        json_formulas(j, "in_part_by", c, r->in_part, r->in_parts, text);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    for (int line = 1; line >= 0; line--) {
        parley_json_key(j, line == 1 ? "for_a_line" : "for_bargaining");
        parley_json_array(j);
        for (uint32_t k = 0; k < d->evidence_count; k++) {
            const parley_fact *e = &d->evidence[k];
            if (e->line != (line == 1)) {
                continue;
            }
            parley_json_object(j);
            json_key_string(j, "evidence", parley_fact_word(e->kind));
            json_key_date(j, "date", e->date);
            json_key_string(j, "claim", id_claim(c, e->claim));
            json_key_string(j, "person", id_person(c, e->person));
            json_key_string(j, "concern",
                            e->concern < 0 ? NULL : parley_case_concern(c, e->concern)->record.id);
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
    }
    parley_json_object_end(j);
}

parley_status parley_page_moves_json(parley_json *j, parley_ctx *ctx, const parley_moves_page *page,
                                     parley_error *err)
{
    moves_view view;
    parley_status status = moves_view_make_sheet(&view, ctx, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_text *text = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    if (text == NULL) {
        moves_view_end(&view);
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing what moved");
    }
    parley_json_object(j);
    json_case(j, page->c);
    json_key_date(j, "at", page->terms.at);
    json_key_date(j, "since", page->since);
    parley_json_key(j, "moves");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_moves_size(view.moves); i++) {
        const parley_move *move = parley_moves_at(view.moves, i);
        if (moves_view_shows(&view, move)) {
            json_move(j, page->c, move);
        }
    }
    parley_json_array_end(j);
    moves_json_dispute(j, &view);
    parley_json_key(j, "demands");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_moves_demands(view.moves); i++) {
        const parley_demand *d = parley_moves_demand(view.moves, i);
        if (moves_view_shows_demand(&view, d)) {
            json_demand(j, &view, d, text);
        }
    }
    parley_json_array_end(j);
    parley_json_key(j, "demands_in_words");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_moves_in_words(view.moves); i++) {
        const parley_stand *stand = parley_moves_in_words_at(view.moves, i);
        bool about = stand->issues.count > 0;
        if ((page->party >= 0 && page->party != stand->party) ||
            (page->issue >= 0 && !(about && stand->issues.at[0] == page->issue))) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "party", id_party(page->c, stand->party));
        json_key_string(j, "issue", about ? id_issue(page->c, stand->issues.at[0]) : NULL);
        json_key_string(j, "act", stand->act);
        json_key_string(j, "words", stand->text);
        json_key_string(j, "claim", id_claim(page->c, stand->claim));
        json_key_date(j, "date", stand->date);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    status = parley_text_status(text, err);
    parley_text_free(text);
    moves_view_end(&view);
    return status;
}
