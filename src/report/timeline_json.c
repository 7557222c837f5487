/*
 * The page "timeline" as JSON, from the same results as the text (docs/json.md).
 */
#include "report/json_parts.h"
#include "report/timeline_page.h"

static const char *const kinds[] = {
    [TIMELINE_CLAIM] = "claim",       [TIMELINE_RESPONSE] = "answer",
    [TIMELINE_PROPOSAL] = "proposal", [TIMELINE_LEVER] = "lever",
    [TIMELINE_MEETING] = "meeting",   [TIMELINE_FIGURE] = "figure",
    [TIMELINE_INCIDENT] = "incident"};

static void json_who(parley_json *j, const parley_case *c, const parley_voice *at, uint32_t count)
{
    const parley_voices who = {at, count};
    json_voices(j, "who", c, &who);
}

static void json_claim(parley_json *j, const timeline_view *view, const timeline_entry *e)
{
    const parley_case *c = view->page->c;
    const parley_claim *claim = parley_case_claim(c, e->claim);
    bool confirm = false;
    int32_t at = -1;
    json_who(j, c, claim->by.at, claim->by.count);
    json_key_string(j, "act", parley_words_word(PARLEY_WORDS_ACT, claim->act));
    json_key_string(j, "about", claim->about.text);
    json_key_string(j, "says", claim->says);
    json_key_string(
        j, "answer",
        e->response < 0
            ? NULL
            : parley_words_word(PARLEY_WORDS_ANSWER, parley_case_response(c, e->response)->answer));
    json_key_string(j, "tables",
                    e->proposal < 0 ? NULL : parley_case_proposal(c, e->proposal)->record.id);
    parley_json_key(j, "moves");
    parley_json_array(j);
    for (const parley_move *m = timeline_move(view, e, &at); m != NULL;
         m = timeline_move(view, e, &at)) {
        parley_json_string(j, parley_move_word(m->kind));
        confirm = confirm || m->to_confirm;
    }
    parley_json_array_end(j);
    parley_json_key(j, "to_confirm");
    parley_json_bool(j, confirm);
    json_ids(j, "repeats", c, claim->repeats, id_claim);
}

static void json_entry(parley_json *j, const timeline_view *view, const timeline_entry *e)
{
    const parley_case *c = view->page->c;
    parley_json_object(j);
    json_key_string(j, "kind", kinds[e->kind]);
    json_key_date(j, "date", e->date);
    json_key_string(j, "claim", id_claim(c, e->claim));
    json_key_string(
        j, "class",
        e->claim < 0 ? NULL
                     : parley_words_word(PARLEY_WORDS_CLASS, parley_case_claim(c, e->claim)->cls));
    switch (e->kind) {
    case TIMELINE_CLAIM:
        json_claim(j, view, e);
        break;
    case TIMELINE_RESPONSE: {
        const parley_response *r = parley_case_response(c, e->row);
        json_who(j, c, &r->by, 1);
        json_key_string(j, "answer", parley_words_word(PARLEY_WORDS_ANSWER, r->answer));
        json_key_string(j, "to",
                        r->proposal < 0 ? NULL : parley_case_proposal(c, r->proposal)->record.id);
        break;
    }
    case TIMELINE_PROPOSAL: {
        const parley_proposal *p = parley_case_proposal(c, e->row);
        json_who(j, c, &p->tabled_by, 1);
        json_key_string(j, "tables", p->record.id);
        break;
    }
    case TIMELINE_LEVER: {
        const parley_lever *l = parley_case_lever(c, e->row);
        json_who(j, c, &l->holder, 1);
        json_key_string(j, "lever", l->record.id);
        json_key_string(j, "state", l->states[e->part].state);
        break;
    }
    case TIMELINE_MEETING: {
        const parley_meeting *m = parley_case_meeting(c, e->row);
        json_who(j, c, m->who.at, m->who.count);
        json_key_string(j, "place", m->place);
        json_key_string(j, "outcome", m->outcome);
        json_key_date(j, "next", m->next);
        json_ids(j, "claims", c, m->claims, id_claim);
        break;
    }
    case TIMELINE_FIGURE: {
        const parley_figure *f = parley_case_figure(c, e->row);
        json_who(j, c, &f->claimant, 1);
        json_key_string(j, "figure", f->record.id);
        break;
    }
    case TIMELINE_INCIDENT: {
        const parley_incident *row = parley_case_incident(c, e->row);
        json_key_string(j, "incident", row->record.id);
        json_key_string(j, "says", row->what);
        json_key_string(j, "place", row->place);
        break;
    }
    }
    parley_json_object_end(j);
}

static void json_learned(parley_json *j, const timeline_view *view)
{
    const parley_case *c = view->page->c;
    parley_json_key(j, "learned");
    parley_json_array(j);
    for (uint32_t i = 0; i < view->learned_count; i++) {
        const timeline_learned *l = &view->learned[i];
        parley_json_object(j);
        json_key_date(j, "date", l->date);
        json_key_string(j, "source",
                        l->source < 0 ? NULL : parley_case_source(c, l->source)->record.id);
        parley_json_key(j, "entries");
        parley_json_uint(j, l->entries);
        parley_json_key(j, "everything");
        parley_json_bool(j, l->all);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

parley_status parley_page_timeline_json(parley_json *j, parley_ctx *ctx,
                                        const parley_timeline_page *page, parley_error *err)
{
    timeline_view view;
    parley_status status = timeline_view_make(&view, ctx, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_json_object(j);
    json_case(j, page->c);
    json_key_date(j, "at", page->terms.at);
    json_key_date(j, "since", page->since);
    if (page->positions) {
        status = timeline_positions_json(j, ctx, &view, err);
    } else {
        parley_json_key(j, "earlier");
        parley_json_uint(j, timeline_first(&view));
        parley_json_key(j, "entries");
        parley_json_array(j);
        for (uint32_t i = timeline_first(&view); i < view.entries; i++) {
            json_entry(j, &view, &view.entry[i]);
        }
        parley_json_array_end(j);
        json_learned(j, &view);
    }
    parley_json_object_end(j);
    parley_json_finish(j);
    timeline_view_end(&view);
    return status;
}
