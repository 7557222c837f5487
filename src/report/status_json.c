/*
 * `parley status --json`: keys as documented in docs/json.md; their meaning never changes.
 */
#include "report/ask.h"
#include "report/json_parts.h"
#include "report/status_page.h"

#include <stdio.h>
#include <string.h>

static void json_conditions(parley_json *j, const char *key, const parley_conditions *list)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t k = 0; k < list->count; k++) {
        parley_json_object(j);
        json_key_string(j, "text", list->at[k].text);
        parley_json_key(j, "formula");
        parley_json_bool(j, list->at[k].formula != NULL);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_answer(parley_json *j, const parley_status_page *page, const status_answer *answer)
{
    const parley_case *c = page->c;
    const parley_response *r =
        answer->response < 0 ? NULL : parley_case_response(c, answer->response);
    parley_json_object(j);
    json_key_string(j, "party", id_party(c, answer->party));
    json_key_string(j, "answer",
                    r == NULL ? NULL : parley_words_word(PARLEY_WORDS_ANSWER, r->answer));
    if (r != NULL) {
        json_conditions(j, "if", &r->conditions);
        json_conditions(j, "only_if", &r->only_if);
        json_key_string(
            j, "list",
            r->list == PARLEY_LIST_UNKNOWN ? NULL : parley_words_word(PARLEY_WORDS_LIST, r->list));
        json_key_string(j, "claim", id_claim(c, r->claim));
        json_key_string(j, "basis", parley_class_on_record(r->cls) ? "record" : "reported");
        json_key_date(j, "date", r->record.happened);
    }
    parley_json_key(j, "also");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_positions_size(page->positions); i++) {
        const parley_position *p = parley_positions_at(page->positions, i);
        if (p->party != answer->party || !status_is_worth_saying(p) ||
            status_said(page, i, answer->response)) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "act", p->act);
        json_key_string(j, "issue", id_issue(c, p->issue));
        json_key_string(j, "formula", p->formula == NULL ? NULL : p->text);
        json_key_string(j, "words", p->formula == NULL ? p->text : NULL);
        json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, p->basis));
        json_key_string(j, "claim", id_claim(c, p->claim));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
}

static void json_table(parley_json *j, const parley_status_page *page)
{
    const parley_case *c = page->c;
    parley_json_key(j, "on_the_table");
    parley_json_array(j);
    for (uint32_t i = 0; i < page->proposals; i++) {
        const parley_proposal *p = parley_case_proposal(c, page->proposal[i].proposal);
        parley_json_object(j);
        json_key_string(j, "proposal", p->record.id);
        json_voice(j, "tabled_by", c, &p->tabled_by);
        json_key_date(j, "date", p->record.happened);
        json_key_string(j, "text", p->text);
        parley_json_key(j, "formula");
        parley_json_bool(j, p->formula != NULL);
        json_key_string(
            j, "list",
            p->list == PARLEY_LIST_UNKNOWN ? NULL : parley_words_word(PARLEY_WORDS_LIST, p->list));
        json_key_string(j, "claim", id_claim(c, p->claim));
        parley_json_key(j, "answers");
        parley_json_array(j);
        for (uint32_t k = 0; k < page->proposal[i].answers; k++) {
            json_answer(j, page, &page->proposal[i].answer[k]);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_groups(parley_json *j, const parley_status_page *page)
{
    parley_json_key(j, "where_it_dies");
    parley_json_array(j);
    for (uint32_t g = 0; g < page->groups; g++) {
        const status_group *group = &page->group[g];
        char left[420];
        parley_count_print(&group->left, 0, left, sizeof(left));
        parley_json_object(j);
        parley_json_key(j, "tracks");
        parley_json_array(j);
        for (uint32_t k = 0; k < group->tracks.count; k++) {
            parley_json_string(j, parley_case_track(page->c, group->tracks.at[k])->record.id);
        }
        parley_json_array_end(j);
        parley_json_key(j, "issues");
        parley_json_uint(j, group->issues);
        bool dies = group->dies_at >= 0 && group->issues > 0;
        json_key_string(j, "dies_at",
                        dies ? parley_words_word(PARLEY_WORDS_RUNG, (size_t)group->dies_at) : NULL);
        json_key_string(j, "basis",
                        dies ? parley_words_word(PARLEY_WORDS_BASIS,
                                                 parley_rung_basis((parley_rung)group->dies_at))
                             : NULL);
        json_key_string(j, "left_before", group->issues > 0 ? left : NULL);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_sticking(parley_json *j, const parley_status_page *page)
{
    const parley_terms *terms = parley_deal_terms(page->deal);
    parley_json_key(j, "sticking_points");
    parley_json_object(j);
    parley_json_key(j, "complete");
    parley_json_bool(j, page->sticking.complete);
    for (int basis = PARLEY_BASIS_RECORD; basis <= PARLEY_BASIS_READING; basis++) {
        uint32_t count = 0;
        for (uint32_t k = 0; k < page->sticking.count; k++) {
            count += page->sticking.set[k].basis == (parley_basis)basis;
        }
        parley_json_key(j, parley_words_word(PARLEY_WORDS_BASIS, (size_t)basis));
        parley_json_uint(j, count);
    }
    parley_json_key(j, "sets");
    parley_json_array(j);
    for (uint32_t k = 0; k < page->sticking.count; k++) {
        const sticking_set *clash = &page->sticking.set[k];
        parley_json_object(j);
        json_key_string(j, "issue", id_issue(page->c, clash->issue));
        json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, clash->basis));
        parley_json_key(j, "terms");
        parley_json_array(j);
        for (uint32_t t = 0; t < clash->terms; t++) {
            parley_json_string(j, parley_terms_at(terms, (uint32_t)clash->term[t])->name);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
}

static void json_moved(parley_json *j, const parley_status_page *page)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    parley_json_key(j, "moved");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        parley_json_object(j);
        json_key_string(j, "party", id_party(c, shift->party));
        json_key_string(j, "issue", id_issue(c, shift->issue));
        json_key_string(j, "earlier", id_claim(c, shift->earlier));
        json_key_string(j, "later", id_claim(c, shift->later));
        parley_json_key(j, "to_confirm");
        parley_json_bool(j, status_to_confirm(page->moves, shift));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "dispute");
    parley_json_object(j);
    json_key_date(j, "first_date", page->first_date);
    json_issue_set(j, c, "first", page->dispute_first);
    json_issue_set(j, c, "now", page->dispute_now);
    json_issue_set(j, c, "rests_on_unconfirmed", page->dispute_shaky);
    parley_json_object_end(j);
}

static void json_next(parley_json *j, const parley_case *c)
{
    parley_json_key(j, "levers");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_levers(c); i++) {
        const parley_lever *lever = parley_case_lever(c, (int32_t)i);
        parley_json_object(j);
        json_voice(j, "holder", c, &lever->holder);
        json_voice(j, "over", c, &lever->over);
        json_key_string(j, "what", lever->what);
        parley_json_key(j, "history");
        parley_json_array(j);
        for (uint32_t k = 0; k < lever->state_count; k++) {
            parley_json_object(j);
            json_key_date(j, "date", lever->states[k].date);
            json_key_string(j, "state", lever->states[k].state);
            json_key_string(j, "claim", id_claim(c, lever->states[k].claim));
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "meetings");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_meetings(c); i++) {
        const parley_meeting *m = parley_case_meeting(c, (int32_t)i);
        parley_json_object(j);
        json_key_date(j, "date", m->record.happened);
        json_voices(j, "who", c, &m->who);
        json_key_string(j, "place", m->place);
        json_key_string(j, "outcome", m->outcome);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "expected");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_expectations(c); i++) {
        const parley_expected *e = parley_case_expected(c, (int32_t)i);
        json_expected(j, c, e);
    }
    parley_json_array_end(j);
    parley_json_key(j, "relays");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_relays(c); i++) {
        const parley_relay *r = parley_case_relay(c, (int32_t)i);
        parley_json_object(j);
        json_key_string(j, "relay", r->record.id);
        parley_json_key(j, "carried");
        parley_json_bool(j, r->carried.typed && (r->carried.words == NULL ||
                                                 strcmp(r->carried.words, "none") != 0));
        parley_json_key(j, "read_back");
        parley_json_bool(j, r->read_back.typed && (r->read_back.words == NULL ||
                                                   strcmp(r->read_back.words, "none") != 0));
        json_key_string(j, "may_say_words",
                        r->may_say_words != NULL ? r->may_say_words : r->may_say);
        json_key_string(j, "may_say_assurance", r->may_say_assurance);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_not_known(parley_json *j, const parley_status_page *page)
{
    const parley_case *c = page->c;
    parley_ids issues = parley_deal_issues(page->deal);
    parley_json_key(j, "not_known");
    parley_json_object(j);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        if ((parley_case_party(c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) == 0) {
            continue;
        }
        parley_json_key(j, id_party(c, (int32_t)p));
        parley_json_array(j);
        for (uint32_t k = 0; k < issues.count; k++) {
            if (!status_known(page, (int32_t)p, issues.at[k])) {
                parley_json_string(j, id_issue(c, issues.at[k]));
            }
        }
        parley_json_array_end(j);
    }
    parley_json_object_end(j);
    parley_json_key(j, "not_asked");
    parley_json_array(j);
    for (uint32_t k = 0; k < parley_deal_must_agree(page->deal).count; k++) {
        int32_t party = parley_deal_must_agree(page->deal).at[k];
        if (!word_was_asked(c, party)) {
            parley_json_string(j, id_party(c, party));
        }
    }
    parley_json_array_end(j);
}

/* What came in and could not be read. */
static void json_not_understood(parley_json *j, const parley_case *c)
{
    parley_json_key(j, "not_understood");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        if (claim->as_typed.count == 0) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "claim", claim->record.id);
        parley_json_key(j, "typed");
        parley_json_array(j);
        for (uint32_t k = 0; k < claim->as_typed.count; k++) {
            parley_json_string(j, claim->as_typed.at[k]);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

/* The first question of `parley ask`, as there. */
static void json_sound_out(parley_json *j, const parley_status_page *page, parley_text *text)
{
    parley_json_key(j, "sound_out");
    if (page->soundings == NULL || parley_soundings_size(page->soundings) == 0) {
        parley_json_null(j);
        return;
    }
    ask_json_question(j, page->c, parley_deal_terms(page->deal),
                      parley_soundings_at(page->soundings, 0), text);
}

parley_status parley_page_status_json(parley_json *j, const parley_status_page *page,
                                      parley_error *err)
{
    const parley_case *c = page->c;
    parley_text *text = parley_text_new(page->ctx, parley_ctx_limits(page->ctx)->text_bytes);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing the page");
    }
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "flags");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_flags(c); i++) {
        const parley_flag *flag = parley_case_flag(c, (int32_t)i);
        parley_json_object(j);
        json_key_string(j, "flag", flag->record.id);
        json_key_string(j, "law", flag->law);
        json_key_string(j, "notice", flag->notice);
        json_key_string(j, "by", flag->by);
        json_key_string(j, "office", flag->office);
        json_key_string(j, "because", flag->because);
        json_conditions(j, "keeps_out", &flag->keeps_out);
        json_key_string(j, "lifted_by", flag->lifted ? flag->lifted_by : NULL);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    json_table(j, page);
    json_groups(j, page);
    json_sticking(j, page);
    json_moved(j, page);
    json_next(j, c);
    json_sound_out(j, page, text);
    json_not_known(j, page);
    json_not_understood(j, c);
    parley_json_key(j, "sources");
    parley_json_object(j);
    parley_json_key(j, "on_record");
    parley_json_uint(j, page->on_record);
    parley_json_key(j, "reported");
    parley_json_uint(j, page->reported);
    parley_json_key(j, "originals");
    parley_json_uint(j, page->originals);
    parley_json_object_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_status status = parley_text_status(text, err);
    parley_text_free(text);
    return status;
}
