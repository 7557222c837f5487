/*
 * `parley deals --json`: keys as documented in docs/json.md; their meaning never changes.
 */
#include "report/home_page.h"
#include "report/json_parts.h"
#include "report/numbers_page.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <parley/screens.h>

static void value_id(parley_json *j, const parley_issue *issue, int64_t v)
{
    char text[1000];
    parley_case_value_id(issue, v, text, sizeof(text));
    parley_json_string(j, text);
}

static void json_ladder(parley_json *j, const parley_case *c, const parley_deal *d)
{
    const parley_terms *terms = parley_deal_terms(d);
    parley_json_key(j, "ladder");
    parley_json_array(j);
    for (int r = 0; r <= (int)parley_deal_up_to(d); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(d, (parley_rung)r);
        parley_json_object(j);
        json_key_string(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, (size_t)r));
        json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, rung->basis));
        json_key_string(j, "kind", parley_rung_kind((parley_rung)r));
        parley_json_key(j, "binding");
        parley_json_array(j);
        for (uint32_t k = 0; k < rung->terms.count; k++) {
            json_term(j, c, parley_terms_at(terms, (uint32_t)rung->terms.at[k]));
        }
        parley_json_array_end(j);
        json_key_count(j, "left", &rung->left);
        json_key_count(j, "flagged", &rung->flagged);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static const char *why_word(parley_not_counted why)
{
    static const char *const words[] = {"counted",     "later",      "excluded",
                                        "other track", "no options", "no range"};
    return words[why];
}

static void json_issues(parley_json *j, const parley_case *c, const parley_deal *d)
{
    parley_ids issues = parley_deal_issues(d);
    parley_json_key(j, "issues");
    parley_json_object(j);
    for (uint32_t k = 0; k < issues.count; k++) {
        const parley_issue *issue = parley_case_issue(c, issues.at[k]);
        parley_json_key(j, issue->record.id);
        parley_json_array(j);
        for (uint32_t v = 0; v < issue->values; v++) {
            value_id(j, issue, v);
        }
        parley_json_array_end(j);
    }
    parley_json_object_end(j);
    parley_json_key(j, "not_counted");
    parley_json_object(j);
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        if (parley_deal_why_not(d, (int32_t)i) != PARLEY_COUNTED) {
            json_key_string(j, parley_case_issue(c, (int32_t)i)->record.id,
                            why_word(parley_deal_why_not(d, (int32_t)i)));
        }
    }
    parley_json_object_end(j);
}

static void json_left(parley_json *j, const parley_case *c, const parley_deal *d)
{
    parley_ids issues = parley_deal_issues(d);
    for (int open = 0; open < 2; open++) {
        parley_json_key(j, open ? "open" : "settled");
        parley_json_object(j);
        for (uint32_t k = 0; k < issues.count; k++) {
            const parley_issue *issue = parley_case_issue(c, issues.at[k]);
            uint32_t count = parley_deal_open_count(d, issues.at[k]);
            if (count == 0 || (count > 1) != (open == 1)) {
                continue;
            }
            parley_json_key(j, issue->record.id);
            if (open) {
                parley_json_array(j);
            }
            for (uint32_t v = 0; v < issue->values; v++) {
                if (parley_deal_open(d, issues.at[k], v)) {
                    value_id(j, issue, v);
                }
            }
            if (open) {
                parley_json_array_end(j);
            }
        }
        parley_json_object_end(j);
    }
    parley_json_key(j, "acts");
    parley_json_object(j);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        bool some = false;
        for (uint32_t k = 0; k < issues.count; k++) {
            if (parley_deal_acts(d, (int32_t)p, issues.at[k])) {
                if (!some) {
                    parley_json_key(j, id_party(c, (int32_t)p));
                    parley_json_array(j);
                }
                some = true;
                parley_json_string(j, parley_case_issue(c, issues.at[k])->record.id);
            }
        }
        if (some) {
            parley_json_array_end(j);
        }
    }
    parley_json_object_end(j);
}

typedef struct clash_json {
    parley_json *j;
    const parley_case *c;
    const parley_terms *terms;
    int32_t party;
    uint32_t left;
} clash_json;

static bool write_clash(void *user, parley_ids ids)
{
    clash_json *s = user;
    parley_json_object(s->j);
    json_key_string(s->j, "party", id_party(s->c, s->party));
    parley_json_key(s->j, "terms");
    parley_json_array(s->j);
    for (uint32_t k = 0; k < ids.count; k++) {
        parley_json_string(s->j, parley_terms_at(s->terms, (uint32_t)ids.at[k])->name);
    }
    parley_json_array_end(s->j);
    parley_json_object_end(s->j);
    return --s->left > 0;
}

static parley_status json_own_clashes(parley_json *j, const parley_case *c, parley_deal *d,
                                      parley_error *err)
{
    parley_status status = PARLEY_OK;
    parley_json_key(j, "own_words_clash");
    parley_json_array(j);
    for (uint32_t p = 0; p < parley_case_parties(c) && status == PARLEY_OK; p++) {
        clash_json s = {j, c, parley_deal_terms(d), (int32_t)p, 100};
        status = parley_deal_clashes(d, parley_deal_up_to(d), (int32_t)p, write_clash, &s, err);
    }
    parley_json_array_end(j);
    return status;
}

static parley_status json_verdicts(parley_json *j, const parley_deals_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    parley_ids must = parley_deal_must_agree(page->deal);
    const parley_terms *terms = parley_deal_terms(page->deal);
    parley_json_key(j, "package");
    parley_json_object(j);
    for (uint32_t i = 0; i < page->package->count; i++) {
        if (page->package->value[i] >= 0) {
            const parley_issue *issue = parley_case_issue(c, (int32_t)i);
            parley_json_key(j, issue->record.id);
            value_id(j, issue, page->package->value[i]);
        }
    }
    parley_json_object_end(j);
    parley_json_key(j, "verdicts");
    parley_json_array(j);
    for (int r = 0; r <= (int)parley_deal_up_to(page->deal); r++) {
        for (uint32_t k = 0; k < must.count; k++) {
            parley_verdict v;
            parley_status status = parley_deal_verdict(&v, page->deal, must.at[k], (parley_rung)r,
                                                       *page->package, err);
            if (status != PARLEY_OK) {
                return status;
            }
            parley_json_object(j);
            json_key_string(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, (size_t)r));
            json_key_string(j, "party", id_party(c, must.at[k]));
            json_key_string(j, "verdict", word_verdict(&v));
            parley_json_key(j, "against_rules");
            parley_json_bool(j, v.against_rules);
            for (int open = 0; open < 2; open++) {
                parley_ids ids = open ? v.open : v.refusing;
                parley_json_key(j, open ? "open" : "refusing");
                parley_json_array(j);
                for (uint32_t t = 0; t < ids.count; t++) {
                    parley_json_string(j, parley_terms_at(terms, (uint32_t)ids.at[t])->name);
                }
                parley_json_array_end(j);
            }
            const parley_assurance *a =
                v.assurance < 0 ? NULL : parley_terms_assurance(terms, (uint32_t)v.assurance);
            json_key_string(j, "assured_by",
                            a == NULL || a->claim < 0 ? NULL : id_claim(c, a->claim));
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
    return PARLEY_OK;
}

static parley_status json_query(parley_json *j, const parley_deals_page *page, parley_error *err)
{
    json_key_string(j, "query", page->query_text);
    parley_json_key(j, "holds");
    parley_json_array(j);
    for (int r = 0; r <= (int)parley_deal_up_to(page->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(page->deal, (parley_rung)r);
        parley_count with;
        parley_status status =
            parley_deal_count(page->deal, (parley_rung)r, page->query, &with, err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_json_object(j);
        json_key_string(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, (size_t)r));
        json_key_count(j, "left", &rung->left);
        json_key_count(j, "with", &with);
        json_key_string(j, "holds", word_holds(&with, &rung->left));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    return PARLEY_OK;
}

typedef struct list_json {
    parley_json *j;
    const parley_deals_page *page;
    uint64_t left;
} list_json;

static bool write_package(void *user, parley_package package)
{
    list_json *l = user;
    bool home = l->page->home != NULL;
    if (l->left == 0) {
        return false;
    }
    l->left--;
    parley_json_object(l->j);
    if (home) {
        parley_json_key(l->j, "package");
        parley_json_object(l->j);
    }
    for (uint32_t i = 0; i < package.count; i++) {
        if (package.value[i] >= 0) {
            const parley_issue *issue = parley_case_issue(l->page->c, (int32_t)i);
            parley_json_key(l->j, issue->record.id);
            value_id(l->j, issue, package.value[i]);
        }
    }
    if (home) {
        parley_json_object_end(l->j);
        home_stopped_json(l->j, l->page, package);
    }
    parley_json_object_end(l->j);
    return true;
}

parley_status parley_page_deals_json(parley_json *j, parley_ctx *ctx, const parley_deals_page *page,
                                     parley_error *err)
{
    const parley_case *c = page->c;
    parley_deal *d = page->deal;
    parley_status status = PARLEY_OK;
    parley_count total = parley_deal_total(d);
    parley_count usable = parley_deal_usable(d);
    (void)ctx;
    parley_json_object(j);
    json_case(j, c);
    json_ids(j, "tracks", c, parley_deal_tracks(d), id_track);
    json_ids(j, "other_tracks", c, parley_deal_other_tracks(d), id_track);
    json_issues(j, c, d);
    json_ids(j, "must_agree", c, parley_deal_must_agree(d), id_party);
    parley_json_key(j, "not_asked");
    parley_json_array(j);
    for (uint32_t k = 0; k < parley_deal_must_agree(d).count; k++) {
        if (!word_was_asked(c, parley_deal_must_agree(d).at[k])) {
            parley_json_string(j, id_party(c, parley_deal_must_agree(d).at[k]));
        }
    }
    parley_json_array_end(j);
    if (parley_deal_issues(d).count == 0) {
        total = usable = parley_count_of(0);
        json_key_count(j, "packages_total", &total);
        parley_json_key(j, "ladder");
        parley_json_array(j);
        parley_json_array_end(j);
        json_key_string(j, "dies_at", NULL);
    } else {
        json_key_count(j, "packages_total", &total);
        json_ladder(j, c, d);
        int dies = parley_deal_dies_at(d);
        json_key_string(j, "dies_at",
                        dies < 0 ? NULL : parley_words_word(PARLEY_WORDS_RUNG, (size_t)dies));
    }
    json_left(j, c, d);
    json_key_count(j, "usable_for_ideas", &usable);
    status = json_own_clashes(j, c, d, err);
    parley_json_key(j, "set_aside");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_terms_size(parley_deal_terms(d)); i++) {
        if (parley_deal_set_aside(d, i)) {
            json_term(j, c, parley_terms_at(parley_deal_terms(d), i));
        }
    }
    parley_json_array_end(j);
    if (status == PARLEY_OK && page->package != NULL) {
        status = json_verdicts(j, page, err);
        if (status == PARLEY_OK && page->home != NULL && parley_deal_issues(d).count > 0) {
            status = home_package_json(j, page, err);
        }
    }
    if (status == PARLEY_OK && page->home != NULL) {
        status = home_json(j, page, err);
    }
    if (status == PARLEY_OK && page->query != NULL) {
        status = json_query(j, page, err);
    }
    if (status == PARLEY_OK && page->numbers != NULL) {
        status = numbers_json(j, ctx, page, err);
    } else if (status == PARLEY_OK && page->list) {
        list_json l = {j, page, page->list_most};
        parley_json_key(j, "packages");
        parley_json_array(j);
        if (parley_deal_last(d) >= 0 && parley_deal_issues(d).count > 0) {
            status = parley_deal_list(d, (parley_rung)parley_deal_last(d), page->list_skip,
                                      write_package, &l, err);
        }
        parley_json_array_end(j);
    }
    if (status != PARLEY_OK) {
        return status; /* what was begun is not finished; the caller drops it */
    }
    parley_json_object_end(j);
    parley_json_finish(j);
    return PARLEY_OK;
}
