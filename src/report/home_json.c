/*
 * "Carried at home" as JSON: keys as documented in docs/json.md; their meaning never changes.
 */
#include "report/home_page.h"
#include "report/json_parts.h"

static const parley_basis bases[3] = {PARLEY_BASIS_RECORD, PARLEY_BASIS_REPORTED,
                                      PARLEY_BASIS_READING};

static const char *basis_word(parley_basis basis)
{
    return parley_words_word(PARLEY_WORDS_BASIS, basis);
}

static const char *or_null(parley_word_list list, size_t i)
{
    const char *word = parley_words_word(list, i);
    return word[0] == '\0' ? NULL : word;
}

static void number(parley_json *j, const char *key, const parley_number *n)
{
    char text[48];
    parley_decimal_print(n->value, text, sizeof(text));
    json_key_string(j, key, n->typed && !n->unknown ? text : NULL);
}

static const char *id_of(const parley_case *c, int32_t constituency)
{
    return parley_case_constituency(c, constituency)->record.id;
}

static void term_keys(parley_json *j, const parley_case *c, const parley_home_term *term)
{
    static const char *const counted[] = {"counts", "words", "other issue", "not in force",
                                          "accepts"};
    const parley_constituency *row = parley_case_constituency(c, term->row);
    json_key_string(j, "constituency", id_of(c, term->constituency));
    json_key_string(j, "row", row->record.id);
    json_key_string(j, "mode", parley_words_word(PARLEY_WORDS_MODE, term->mode));
    json_key_string(j, "text", term->text);
    json_key_string(j, "basis", basis_word(term->basis));
    json_key_string(j, "counted", counted[term->counted]);
    parley_json_key(j, "blocks");
    parley_json_bool(j, term->blocks);
    json_key_string(j, "poll", term->poll < 0 ? NULL : parley_case_poll(c, term->poll)->record.id);
    json_ids(j, "claims", c, row->claims, id_claim);
    json_ids(j, "from", c, row->from, id_claim);
}

static parley_status counts(parley_json *j, const parley_deals_page *page, parley_rung rung,
                            int32_t party, int32_t constituency, parley_error *err)
{
    for (size_t b = 0; b < 3; b++) {
        parley_count count;
        parley_status status =
            constituency >= 0
                ? parley_home_count(&count, page->home, rung, constituency, bases[b], err)
                : parley_home_carried(&count, page->home, rung, party, bases[b], err);
        if (status != PARLEY_OK) {
            return status;
        }
        json_key_count(j, basis_word(bases[b]), &count);
    }
    return PARLEY_OK;
}

static parley_status terms(parley_json *j, const parley_deals_page *page, int last,
                           parley_error *err)
{
    parley_json_key(j, "terms");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_home_terms(page->home); i++) {
        const parley_home_term *term = parley_home_term_at(page->home, i);
        parley_json_object(j);
        term_keys(j, page->c, term);
        if (last >= 0 && term->counted == PARLEY_HOME_COUNTS) {
            parley_count count;
            parley_status status =
                parley_home_term_left(&count, page->home, (parley_rung)last, i, err);
            if (status != PARLEY_OK) {
                return status;
            }
            json_key_count(j, "left", &count);
        } else {
            json_key_string(j, "left", NULL);
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    return PARLEY_OK;
}

static void polls(parley_json *j, const parley_deals_page *page)
{
    const parley_case *c = page->c;
    parley_json_key(j, "polls");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_home_polls(page->home); i++) {
        const parley_home_poll *p = parley_home_poll_at(page->home, i);
        const parley_poll *poll = parley_case_poll(c, p->poll);
        parley_json_object(j);
        json_key_string(j, "id", poll->record.id);
        json_key_string(j, "constituency", id_of(c, poll->constituency));
        json_key_string(j, "question", poll->question);
        json_key_string(j, "about", poll->about.text);
        number(j, "share", &poll->share);
        number(j, "n", &poll->n);
        json_key_string(j, "house", poll->house);
        json_key_string(j, "source",
                        poll->source < 0 ? NULL : parley_case_source(c, poll->source)->record.id);
        json_key_date(j, "date", poll->record.happened);
        parley_json_key(j, "age_least");
        if (p->aged) {
            parley_json_int(j, p->age_least);
        } else {
            parley_json_null(j);
        }
        parley_json_key(j, "age_most");
        if (p->aged) {
            parley_json_int(j, p->age_most);
        } else {
            parley_json_null(j);
        }
        json_key_string(j, "state", home_poll_state(p->state));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

parley_status home_json(parley_json *j, const parley_deals_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    int last = parley_deal_issues(page->deal).count == 0 ? -1 : parley_deal_last(page->deal);
    parley_ids ids = parley_home_constituencies(page->home);
    parley_status status = PARLEY_OK;
    parley_json_key(j, "home");
    parley_json_object(j);
    json_key_date(j, "day", parley_home_day(page->home));
    json_key_string(j, "rung",
                    last < 0 ? NULL : parley_words_word(PARLEY_WORDS_RUNG, (size_t)last));
    parley_json_key(j, "carried");
    parley_json_array(j);
    for (int32_t p = -1; p < (int32_t)parley_case_parties(c) && last >= 0 && status == PARLEY_OK;
         p++) {
        if (p >= 0 && !parley_home_known(page->home, p)) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "party", id_party(c, p));
        status = counts(j, page, (parley_rung)last, p, -1, err);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "constituencies");
    parley_json_array(j);
    for (uint32_t k = 0; k < ids.count && status == PARLEY_OK; k++) {
        const parley_constituency *row = parley_case_constituency(c, ids.at[k]);
        parley_json_object(j);
        json_key_string(j, "id", row->record.id);
        json_key_string(j, "party", id_party(c, row->party));
        json_key_string(j, "name", row->name);
        json_key_string(j, "kind", or_null(PARLEY_WORDS_CONSTITUENCY_KIND, row->kind));
        json_key_string(j, "say", or_null(PARLEY_WORDS_SAY, row->say));
        if (last >= 0) {
            status = counts(j, page, (parley_rung)last, -1, ids.at[k], err);
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    if (status == PARLEY_OK) {
        status = terms(j, page, last, err);
    }
    polls(j, page);
    parley_json_key(j, "ladder");
    parley_json_array(j);
    for (int r = 0; r <= (int)parley_deal_up_to(page->deal) && last >= 0 && status == PARLEY_OK;
         r++) {
        parley_count count;
        status = home_at_rung(&count, page->home, (parley_rung)r, err);
        if (status == PARLEY_OK) {
            parley_json_object(j);
            json_key_string(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, (size_t)r));
            json_key_count(j, "carried", &count);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    return status;
}

parley_status home_package_json(parley_json *j, const parley_deals_page *page, parley_error *err)
{
    static const char *const kinds[] = {"outside", "depends", "carries"};
    parley_status status = PARLEY_OK;
    parley_json_key(j, "at_home");
    parley_json_array(j);
    for (uint32_t p = 0; p < parley_case_parties(page->c) && status == PARLEY_OK; p++) {
        for (size_t b = 0; b < 3 && parley_home_known(page->home, (int32_t)p); b++) {
            parley_home_verdict v;
            status =
                parley_home_verdict_on(&v, page->home, (int32_t)p, bases[b], *page->package, err);
            if (status != PARLEY_OK) {
                break;
            }
            parley_json_object(j);
            json_key_string(j, "party", id_party(page->c, (int32_t)p));
            json_key_string(j, "basis", basis_word(bases[b]));
            json_key_string(j, "verdict", kinds[v.kind]);
            parley_json_key(j, "against_rules");
            parley_json_bool(j, v.against_rules);
            parley_json_key(j, "terms");
            parley_json_array(j);
            for (uint32_t k = 0; k < v.terms.count; k++) {
                parley_json_object(j);
                term_keys(j, page->c, parley_home_term_at(page->home, (uint32_t)v.terms.at[k]));
                parley_json_object_end(j);
            }
            parley_json_array_end(j);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
    return status;
}

void home_stopped_json(parley_json *j, const parley_deals_page *page, parley_package package)
{
    parley_json_key(j, "stopped_at_home");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_home_terms(page->home); i++) {
        const parley_home_term *term = parley_home_term_at(page->home, i);
        if (term->blocks && home_crosses(page, term, package)) {
            parley_json_object(j);
            term_keys(j, page->c, term);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
}
