/*
 * Ideas as JSON: the same result as the page, every list complete. Keys: docs/json.md.
 */
#include "report/json_parts.h"

#include <parley/ideas.h>
#include <parley/screens.h>

typedef struct view {
    parley_json *j;
    const parley_case *c;
    const parley_ideas *ideas;
    const parley_terms *terms;
} view;

static const char *id_concern(const parley_case *c, int32_t i)
{
    return parley_case_concern(c, i)->record.id;
}

static const char *id_flag(const parley_case *c, int32_t i)
{
    return parley_case_flag(c, i)->record.id;
}

/* "A" .. "Z", "AA" ..; NULL for -1. */
static const char *letter(int32_t i, char text[8])
{
    uint32_t n = 0;
    if (i >= 26) {
        text[n++] = (char)('A' + (i / 26 - 1) % 26);
    }
    text[n++] = (char)('A' + (i < 0 ? 0 : i % 26));
    text[n] = '\0';
    return i < 0 ? NULL : text;
}

static void json_letter(parley_json *j, const char *key, int32_t i)
{
    char text[8];
    json_key_string(j, key, letter(i, text));
}

static void json_value(parley_json *j, const parley_case *c, const char *key, int32_t issue,
                       int64_t v)
{
    char text[400];
    if (v >= 0) {
        parley_case_value_id(parley_case_issue(c, issue), v, text, sizeof(text));
    }
    if (key != NULL) {
        parley_json_key(j, key);
    }
    parley_json_string(j, v >= 0 ? text : NULL);
}

static void json_choices(view *v, const char *key, const parley_idea_choice *choice,
                         uint32_t choices)
{
    parley_json *j = v->j;
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t i = 0; i < choices; i++) {
        const parley_issue *issue = parley_case_issue(v->c, choice[i].issue);
        parley_json_object(j);
        json_key_string(j, "issue", issue->record.id);
        json_value(j, v->c, "from", choice[i].issue, choice[i].from);
        parley_json_key(j, "values");
        parley_json_array(j);
        bool ours = false;
        for (uint32_t k = 0; k < choice[i].values; k++) {
            json_value(j, v->c, NULL, choice[i].issue, choice[i].value[k]);
            ours = ours ||
                   (issue->kind == PARLEY_ISSUE_CHOICE && issue->options[choice[i].value[k]].ours);
        }
        parley_json_array_end(j);
        parley_json_key(j, "kept");
        parley_json_bool(j, choice[i].kept);
        json_key_string(j, "pattern",
                        choice[i].kept ? NULL : parley_pattern_word(choice[i].pattern));
        parley_json_key(j, "ours");
        parley_json_bool(j, ours);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_terms(view *v, const char *key, parley_ids ids)
{
    parley_json_key(v->j, key);
    parley_json_array(v->j);
    for (uint32_t k = 0; k < ids.count; k++) {
        json_term(v->j, v->c, parley_terms_at(v->terms, (uint32_t)ids.at[k]));
    }
    parley_json_array_end(v->j);
}

static void json_term_names(view *v, const char *key, parley_ids ids)
{
    parley_json_key(v->j, key);
    parley_json_array(v->j);
    for (uint32_t k = 0; k < ids.count; k++) {
        parley_json_string(v->j, parley_terms_at(v->terms, (uint32_t)ids.at[k])->name);
    }
    parley_json_array_end(v->j);
}

static void json_numbers(parley_json *j, const char *key, parley_ids ids)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t k = 0; k < ids.count; k++) {
        parley_json_int(j, ids.at[k] + 1);
    }
    parley_json_array_end(j);
}

static void json_unasked(view *v, const parley_idea_unasked *unasked, uint32_t count)
{
    parley_json_key(v->j, "never_asked");
    parley_json_array(v->j);
    for (uint32_t i = 0; i < count; i++) {
        parley_json_object(v->j);
        json_key_string(v->j, "party", id_party(v->c, unasked[i].party));
        json_key_string(v->j, "issue", id_issue(v->c, unasked[i].issue));
        parley_json_object_end(v->j);
    }
    parley_json_array_end(v->j);
}

/* What a party could say it got: its concerns met and its own words satisfied. */
static void json_could_say(view *v, const parley_idea *idea)
{
    parley_json *j = v->j;
    parley_json_key(j, "could_say");
    parley_json_array(j);
    for (uint32_t p = 0; p < parley_case_parties(v->c); p++) {
        const parley_ids concerns[2] = {idea->whole_of, idea->part_of};
        bool some = false;
        for (uint32_t pass = 0; pass < 2; pass++) { /* first look, then print */
            if (pass == 1 && !some) {
                continue;
            }
            if (pass == 1) {
                parley_json_object(j);
                json_key_string(j, "party", id_party(v->c, (int32_t)p));
                parley_json_key(j, "concerns");
                parley_json_array(j);
            }
            for (uint32_t l = 0; l < 2; l++) {
                for (uint32_t k = 0; k < concerns[l].count; k++) {
                    const parley_concern *concern = parley_case_concern(v->c, concerns[l].at[k]);
                    if (concern->party == (int32_t)p) {
                        some = true;
                        if (pass == 1) {
                            parley_json_string(j, concern->record.id);
                        }
                    }
                }
            }
            if (pass == 1) {
                parley_json_array_end(j);
                parley_json_key(j, "terms");
                parley_json_array(j);
            }
            for (uint32_t k = 0; k < idea->satisfies.count; k++) {
                const parley_term *term =
                    parley_terms_at(v->terms, (uint32_t)idea->satisfies.at[k]);
                if (term->party == (int32_t)p && term->basis != PARLEY_BASIS_READING) {
                    some = true;
                    if (pass == 1) {
                        parley_json_string(j, term->name);
                    }
                }
            }
            if (pass == 1) {
                parley_json_array_end(j);
                parley_json_object_end(j);
            }
        }
    }
    parley_json_array_end(j);
}

static void json_idea(view *v, uint32_t i)
{
    parley_json *j = v->j;
    const parley_idea *idea = parley_ideas_at(v->ideas, i);
    parley_json_object(j);
    json_letter(j, "idea", (int32_t)i);
    json_key_string(j, "pattern", parley_pattern_word(idea->pattern));
    json_key_string(j, "formula", idea->formula != NULL ? idea->text : NULL);
    json_key_string(j, "package", idea->package != NULL ? idea->whole : NULL);
    json_choices(v, "choices", idea->choice, idea->choices);
    parley_json_key(j, "ours");
    parley_json_bool(j, idea->credits.count == 0);
    json_ids(j, "credits", v->c, idea->credits, id_claim);
    parley_json_key(j, "open_to");
    parley_json_bool(j, idea->open_to);
    parley_json_key(j, "with");
    parley_json_array(j);
    for (uint32_t k = 0; k < 2 && idea->with[k] >= 0; k++) {
        char text[8];
        parley_json_string(j, letter(idea->with[k], text));
    }
    parley_json_array_end(j);
    json_ids(j, "meets", v->c, idea->whole_of, id_concern);
    json_ids(j, "meets_in_part", v->c, idea->part_of, id_concern);
    json_ids(j, "takes_away_from", v->c, idea->worse_for, id_concern);
    json_numbers(j, "conditions_met", idea->conditions);
    json_numbers(j, "conditions_behind", idea->behind);
    json_numbers(j, "instead_of", idea->instead);
    json_terms(v, "crosses", idea->crosses);
    json_term_names(v, "satisfies", idea->satisfies);
    json_could_say(v, idea);
    json_ids(j, "needs", v->c, idea->needs, id_party);
    json_ids(j, "by", v->c, idea->by, id_party);
    json_unasked(v, idea->unasked, idea->unasked_count);
    json_ids(j, "objections", v->c, idea->objections, id_claim);
    json_ids(j, "lifted", v->c, idea->lifted, id_flag);
    parley_json_key(j, "if");
    parley_json_array(j);
    for (uint32_t k = 0; k < idea->provided.count; k++) {
        parley_json_string(j, idea->provided.at[k].text);
    }
    parley_json_array_end(j);
    parley_json_key(j, "stage");
    if (idea->stage_issue < 0) {
        parley_json_null(j);
    } else {
        parley_json_object(j);
        json_key_string(j, "issue", id_issue(v->c, idea->stage_issue));
        json_value(j, v->c, "first", idea->stage_issue, idea->first);
        json_value(j, v->c, "last", idea->stage_issue, idea->last);
        json_key_string(j, "once", idea->gate != NULL ? idea->gate_text : NULL);
        json_ids(j, "first_meets", v->c, idea->first_meets, id_concern);
        json_ids(j, "second_meets", v->c, idea->second_meets, id_concern);
        parley_json_object_end(j);
    }
    parley_json_key(j, "step");
    if (idea->step < 0) {
        parley_json_null(j);
    } else {
        parley_json_int(j, idea->step + 1);
    }
    parley_json_key(j, "after");
    if (idea->after < 0) {
        parley_json_null(j);
    } else {
        parley_json_int(j, idea->after + 1);
    }
    parley_json_object_end(j);
}

static void json_conditions(view *v)
{
    parley_json *j = v->j;
    parley_json_key(j, "conditions");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_conditions(v->ideas); i++) {
        const parley_idea_condition *condition = parley_ideas_condition(v->ideas, i);
        parley_json_object(j);
        json_key_string(j, "party", id_party(v->c, condition->party));
        json_key_string(j, "claim", id_claim(v->c, condition->claim));
        json_key_string(j, "term",
                        condition->term < 0
                            ? NULL
                            : parley_terms_at(v->terms, (uint32_t)condition->term)->name);
        json_key_string(j, "formula", condition->formula != NULL ? condition->text : NULL);
        json_key_string(j, "words", condition->formula == NULL ? condition->text : NULL);
        parley_json_key(j, "refuses");
        parley_json_bool(j, condition->refuses);
        json_ids(j, "concerns", v->c, condition->concerns, id_concern);
        json_term_names(v, "refused_by", condition->refused_by);
        parley_json_key(j, "met");
        parley_json_bool(j, condition->met);
        parley_json_key(j, "touched");
        parley_json_bool(j, condition->touched);
        json_choices(v, "unheard", condition->unheard, condition->unheard_count);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_rest(view *v)
{
    static const char *const kinds[] = {
        "no formula",           "cannot be met",    "opposed",
        "met by the proposal",  "no idea meets it", "more changes not tried",
        "condition not counted"};
    parley_json *j = v->j;
    parley_json_key(j, "asked_refused_by_nobody");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_asks(v->ideas); i++) {
        const parley_idea_ask *ask = parley_ideas_ask(v->ideas, i);
        parley_json_object(j);
        json_key_string(j, "term", parley_terms_at(v->terms, (uint32_t)ask->term)->name);
        json_letter(j, "idea", ask->idea);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "open_to");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_open_to(v->ideas); i++) {
        const parley_idea_open_to *open = parley_ideas_open_to_at(v->ideas, i);
        parley_json_object(j);
        json_key_string(j, "claim", id_claim(v->c, open->claim));
        json_term_names(v, "crosses", open->crosses);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "left_out");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_left_out(v->ideas); i++) {
        const parley_idea_left_out *out = parley_ideas_left_out_at(v->ideas, i);
        parley_json_object(j);
        json_key_string(j, "claim", id_claim(v->c, out->claim));
        json_term_names(v, "crosses", out->crosses);
        parley_json_key(j, "not_allowed");
        parley_json_bool(j, out->unusable);
        parley_json_key(j, "own_terms_only");
        parley_json_bool(j, out->own);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "notes");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_notes(v->ideas); i++) {
        const parley_idea_note *note = parley_ideas_note(v->ideas, i);
        bool condition = note->kind == PARLEY_IDEA_NOTE_UNCOUNTED;
        parley_json_object(j);
        json_key_string(j, "note", kinds[note->kind]);
        json_key_string(j, "concern", condition ? NULL : id_concern(v->c, note->a));
        json_key_string(j, "with", note->b < 0 ? NULL : id_concern(v->c, note->b));
        parley_json_key(j, "condition");
        if (condition) {
            parley_json_int(j, note->a + 1);
        } else {
            parley_json_null(j);
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_nearest(view *v)
{
    parley_json *j = v->j;
    parley_json_key(j, "nearest");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_nearest(v->ideas); i++) {
        const parley_idea_nearest *near = parley_ideas_nearest_at(v->ideas, i);
        parley_json_object(j);
        json_choices(v, "choices", near->choice, near->choices);
        json_term_names(v, "crosses", near->crosses);
        parley_json_key(j, "recorded");
        parley_json_uint(j, near->recorded);
        parley_json_key(j, "readings");
        parley_json_uint(j, near->readings);
        parley_json_key(j, "changes");
        parley_json_uint(j, near->changes);
        json_ids(j, "needs", v->c, near->needs, id_party);
        json_unasked(v, near->unasked, near->unasked_count);
        json_ids(j, "lifted", v->c, near->lifted, id_flag);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "nearest_complete");
    parley_json_bool(j, parley_ideas_nearest_complete(v->ideas));
}

parley_status parley_page_counter_json(parley_json *j, parley_ctx *ctx,
                                       const parley_counter_page *page, parley_error *err)
{
    static const char *const meets[] = {"never", "open", "in part", "wholly", NULL};
    parley_ideas_options options = PARLEY_IDEAS_OPTIONS_INIT;
    parley_ideas *ideas = NULL;
    options.proposal = page->proposal;
    options.by = page->by;
    options.nearest = page->nearest;
    parley_status status = parley_ideas_new(&ideas, ctx, page->c, page->deal, &options, err);
    if (status != PARLEY_OK) {
        return status;
    }
    view v = {j, page->c, ideas, parley_deal_terms(page->deal)};
    int32_t proposal = parley_ideas_proposal(ideas);
    const parley_count kept_out = parley_ideas_kept_out(ideas);
    parley_json_object(j);
    json_case(j, page->c);
    json_key_string(j, "heading",
                    "Ideas of the mediation team; no party has proposed or accepted them.");
    json_key_string(j, "to",
                    proposal < 0 ? NULL : parley_case_proposal(page->c, proposal)->record.id);
    json_key_string(j, "by", id_party(page->c, page->by));
    json_key_string(j, "base", parley_ideas_base(ideas));
    parley_json_key(j, "reopened");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_reopened(ideas); i++) {
        const parley_idea_reopened *r = parley_ideas_reopened_at(ideas, i);
        parley_json_object(j);
        json_key_string(j, "formula", r->text);
        json_key_string(j, "term",
                        r->term < 0 ? NULL : parley_terms_at(v.terms, (uint32_t)r->term)->name);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "concerns");
    parley_json_array(j);
    for (uint32_t k = 0; k < parley_case_concerns(page->c); k++) {
        const parley_concern *concern = parley_case_concern(page->c, (int32_t)k);
        parley_json_object(j);
        json_key_string(j, "concern", concern->record.id);
        json_key_string(j, "party", id_party(page->c, concern->party));
        json_key_string(j, "text", concern->text);
        parley_json_key(j, "ours");
        parley_json_bool(j, concern->ours);
        json_key_string(j, "base_meets", meets[parley_ideas_base_meets(ideas, (int32_t)k)]);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    json_conditions(&v);
    parley_json_key(j, "ideas");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_ideas_size(ideas); i++) {
        json_idea(&v, i);
    }
    parley_json_array_end(j);
    json_rest(&v);
    json_key_count(j, "kept_out", &kept_out);
    json_nearest(&v);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_ideas_free(ideas);
    return PARLEY_OK;
}
