/*
 * `parley text --json`: keys as documented in docs/json.md; their meaning never changes.
 */
#include "report/json_parts.h"
#include "report/worktext_page.h"

static void values(parley_json *j, const char *key, const parley_case *c, int32_t issue,
                   parley_ids ids)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t k = 0; k < ids.count; k++) {
        char text[1000];
        parley_case_value_id(parley_case_issue(c, issue), ids.at[k], text, sizeof(text));
        parley_json_string(j, text);
    }
    parley_json_array_end(j);
}

static void term_names(parley_json *j, const char *key, const parley_terms *terms, parley_ids ids)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t k = 0; k < ids.count; k++) {
        parley_json_string(j, parley_terms_at(terms, (uint32_t)ids.at[k])->name);
    }
    parley_json_array_end(j);
}

static const char *id_proposal(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_proposal(c, i)->record.id;
}

static const char *tabled_by(const parley_case *c, const parley_voice *v)
{
    return v->party >= 0    ? id_party(c, v->party)
           : v->source >= 0 ? parley_case_source(c, v->source)->record.id
                            : v->words;
}

static void key_int(parley_json *j, const char *key, int64_t value, bool known)
{
    parley_json_key(j, key);
    if (known) {
        parley_json_int(j, value);
    } else {
        parley_json_null(j);
    }
}

static void json_parts_of(parley_json *j, const parley_case *c, const parley_text_version *v)
{
    static const char *const checked[] = {"exact", "words", "not counted", "against rules"};
    parley_json_key(j, "parts");
    parley_json_array(j);
    for (uint32_t i = 0; i < v->parts; i++) {
        const parley_text_part *part = &v->part[i];
        parley_json_object(j);
        json_key_string(j, "text", part->text);
        parley_json_key(j, "formula");
        parley_json_bool(j, part->formula != NULL);
        key_int(j, "step", part->step + 1, part->step >= 0);
        key_int(j, "before", part->before + 1, part->before >= 0);
        json_key_string(j, "checked", checked[part->checked]);
        parley_json_key(j, "flagged");
        parley_json_bool(j, part->flagged);
        parley_json_key(j, "stances");
        parley_json_array(j);
        for (uint32_t k = 0; k < v->parties.count; k++) {
            const parley_text_stance *stance = &v->stance[(size_t)i * v->parties.count + k];
            parley_json_object(j);
            json_key_string(j, "party", id_party(c, v->parties.at[k]));
            json_key_string(j, "stand", worktext_stand(stance->stand));
            parley_json_key(j, "terms");
            parley_json_array(j);
            for (uint32_t t = 0; t < stance->terms.count; t++) {
                json_term(j, c, parley_terms_at(v->terms, (uint32_t)stance->terms.at[t]));
            }
            parley_json_array_end(j);
            json_key_string(
                j, "answer",
                stance->response < 0
                    ? NULL
                    : parley_words_word(PARLEY_WORDS_ANSWER,
                                        parley_case_response(c, stance->response)->answer));
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_changes(parley_json *j, const parley_case *c, const parley_text_version *v,
                         const parley_text_change *list, uint32_t count)
{
    static const char *const kinds[] = {"issue", "concern", "condition", "term"};
    parley_json_key(j, "changes");
    parley_json_array(j);
    for (uint32_t k = 0; k < count; k++) {
        const parley_text_change *change = &list[k];
        parley_json_object(j);
        json_key_string(j, "kind", kinds[change->kind]);
        json_key_string(j, "party", id_party(c, change->party));
        if (change->kind == PARLEY_CHANGE_ISSUE) {
            json_key_string(j, "issue", id_issue(c, change->issue));
            values(j, "before", c, change->issue, change->values_before);
            values(j, "after", c, change->issue, change->values_after);
            key_int(j, "steps", change->steps, change->has_order);
        } else {
            if (change->kind == PARLEY_CHANGE_CONCERN) {
                json_key_string(j, "concern", parley_case_concern(c, change->concern)->record.id);
            } else if (change->kind == PARLEY_CHANGE_CONDITION) {
                const parley_response *r = parley_case_response(c, change->response);
                json_key_string(j, "condition", r->conditions.at[change->condition].text);
                json_key_string(j, "claim", id_claim(c, r->claim));
                key_int(j, "short_before", change->short_before, change->short_before >= 0);
                key_int(j, "short_after", change->short_after, change->short_after >= 0);
            } else {
                json_key_string(j, "term", parley_terms_at(v->terms, change->term)->name);
            }
            json_key_string(j, "before", worktext_met(change->before));
            json_key_string(j, "after", worktext_met(change->after));
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_steps(parley_json *j, const parley_case *c, const parley_text_version *v)
{
    const parley_proposal *p = parley_case_proposal(c, v->proposal);
    parley_json_key(j, "steps");
    parley_json_array(j);
    for (uint32_t i = 0; i < p->step_count; i++) {
        parley_json_object(j);
        json_key_string(j, "what", p->steps[i].what);
        json_ids(j, "by", c, p->steps[i].by, id_party);
        json_ids(j, "gets", c, p->steps[i].gets, id_party);
        json_ids(j, "costs", c, p->steps[i].costs, id_party);
        parley_json_key(j, "after");
        parley_json_array(j);
        for (uint32_t k = 0; k < p->steps[i].after.count; k++) {
            parley_json_string(j, p->steps[i].after.at[k]);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "order");
    parley_json_array(j);
    for (uint32_t k = 0; k < v->ordered; k++) {
        parley_json_int(j, (int64_t)v->order[k] + 1);
    }
    parley_json_array_end(j);
    parley_json_key(j, "pulls");
    parley_json_array(j);
    for (uint32_t k = 0; k < v->pulls; k++) {
        parley_json_object(j);
        key_int(j, "raises", (int64_t)v->pull[k].raises + 1, true);
        key_int(j, "lowers", (int64_t)v->pull[k].lowers + 1, true);
        json_key_string(j, "what", v->pull[k].what);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_next(parley_json *j, const parley_case *c, const parley_worktext *w)
{
    parley_json_key(j, "next");
    parley_json_object(j);
    json_key_string(j, "ours",
                    "ideas of the mediation team; no party has proposed or accepted them");
    parley_json_key(j, "differs");
    parley_json_bool(j, parley_worktext_differs(w));
    parley_json_key(j, "moves");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_worktext_moves(w); i++) {
        const parley_text_move *move = parley_worktext_move(w, i);
        const parley_text_version *v = parley_worktext_version(w, parley_worktext_versions(w) - 1);
        const parley_response *r =
            move->response < 0 ? NULL : parley_case_response(c, move->response);
        parley_json_object(j);
        json_key_string(j, "fate", worktext_fate(move->fate));
        json_key_string(j, "text",
                        r != NULL ? r->conditions.at[move->condition].text
                                  : v->part[move->part].text);
        json_key_string(j, "condition_of", r == NULL ? NULL : id_party(c, r->by.party));
        json_key_string(j, "issue", id_issue(c, move->issue));
        if (move->issue >= 0) {
            values(j, "values", c, move->issue, move->values);
            key_int(j, "steps", move->steps, move->steps >= 0);
        }
        term_names(j, "because", v->terms, move->because);
        parley_json_key(j, "law");
        parley_json_bool(j, move->law);
        parley_json_key(j, "together");
        parley_json_bool(j, move->together);
        json_ids(j, "needs", c, move->needs, id_party);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    uint32_t changes = parley_worktext_next_changes(w);
    json_changes(j, c, parley_worktext_version(w, parley_worktext_versions(w) - 1),
                 changes == 0 ? NULL : parley_worktext_next_change(w, 0), changes);
    parley_json_object_end(j);
}

void parley_page_text_json(parley_json *j, const parley_text_page *page)
{
    const parley_case *c = page->c;
    const parley_worktext *w = page->text;
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "versions");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_worktext_versions(w); i++) {
        const parley_text_version *v = parley_worktext_version(w, i);
        const parley_proposal *p = parley_case_proposal(c, v->proposal);
        parley_json_object(j);
        json_key_string(j, "proposal", p->record.id);
        json_key_string(j, "name", p->name);
        json_key_string(j, "tabled_by", tabled_by(c, &p->tabled_by));
        json_key_date(j, "date", p->record.happened);
        json_key_string(j, "replaces", id_proposal(c, p->replaces));
        json_parts_of(j, c, v);
        json_changes(j, c, v, v->change, v->changes);
        json_steps(j, c, v);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    json_key_string(j, "later", id_proposal(c, parley_worktext_later(w)));
    json_ids(j, "others", c, parley_worktext_others(w), id_proposal);
    if (parley_worktext_versions(w) > 0) {
        json_next(j, c, w);
    } else {
        json_key_string(j, "next", NULL);
    }
    parley_json_object_end(j);
    parley_json_finish(j);
}
