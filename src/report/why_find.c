/*
 * From what was typed after `parley why CASE` to records: the id of a claim, reading, rung, party,
 * issue, proposal, concern, candidate, incident, lever, rule, source, point or flag; a party and an
 * issue; a term as it is printed; a sticking point by its number.
 */
#include "report/why.h"

#include <ctype.h>
#include <parley/evidence.h>
#include <stdlib.h>
#include <string.h>

typedef struct finder {
    why_found *out;
    const parley_why_page *page;
    const parley_case *c;
    const parley_terms *terms;
    parley_arena *arena;
    const parley_limits *limits;
} finder;

uint32_t why_originals(const parley_case *c, const parley_term *term)
{
    uint32_t different = 0;
    for (uint32_t i = 0; i < term->support.count; i++) {
        int32_t origin = parley_evidence_origin(c, term->support.at[i]);
        bool seen = false;
        for (uint32_t k = 0; k < i; k++) {
            seen = seen || parley_evidence_origin(c, term->support.at[k]) == origin;
        }
        different += !seen;
    }
    return different;
}

int32_t why_replaced_by(const parley_case *c, int32_t claim, int32_t from)
{
    for (int32_t i = from; i < (int32_t)parley_case_claims(c); i++) {
        parley_ids replaces = parley_case_claim(c, i)->replaces;
        for (uint32_t k = 0; k < replaces.count; k++) {
            if (replaces.at[k] == claim) {
                return i;
            }
        }
    }
    return -1;
}

static bool shares(const why_found *found, const parley_formula *a, const parley_formula *b)
{
    bool some = false;
    if (a == NULL || b == NULL) {
        return false;
    }
    memset(found->bits, 0, found->words * 2 * sizeof(*found->bits));
    parley_formula_issues(a, found->bits, found->words);
    parley_formula_issues(b, found->bits + found->words, found->words);
    for (size_t w = 0; w < found->words; w++) {
        some = some || (found->bits[w] & found->bits[found->words + w]) != 0;
    }
    return some;
}

bool why_behind(const why_found *found, const parley_concern *concern, const parley_term *term)
{
    bool behind = false;
    for (uint32_t k = 0; !behind && concern->party == term->party && k < concern->met_by.count;
         k++) {
        behind = shares(found, concern->met_by.at[k].formula, term->formula);
    }
    for (uint32_t k = 0; !behind && concern->party == term->party && k < concern->in_part.count;
         k++) {
        behind = shares(found, concern->in_part.at[k].formula, term->formula);
    }
    return behind;
}

static bool speaks_of(const finder *f, const parley_formula *formula, int32_t issue)
{
    const why_found *found = f->out;
    if (formula == NULL) {
        return false;
    }
    memset(found->bits, 0, found->words * sizeof(*found->bits));
    parley_formula_issues(formula, found->bits, found->words);
    return (found->bits[issue / 64] >> (issue % 64) & 1) != 0;
}

static void add_term(finder *f, uint32_t i)
{
    f->out->term[f->out->terms++] = (int32_t)i;
}

/* Claims by a party (-1: anybody) about an issue (-1: anything) that no term found rests on. */
static void add_claims(finder *f, int32_t party, int32_t issue)
{
    for (uint32_t i = 0; i < parley_case_claims(f->c); i++) {
        const parley_claim *claim = parley_case_claim(f->c, (int32_t)i);
        bool by = party < 0;
        bool bound = false;
        for (uint32_t k = 0; k < claim->by.count; k++) {
            by = by || claim->by.at[k].party == party;
        }
        bool about = issue < 0 ||
                     (claim->about.kind == PARLEY_ABOUT_ISSUE && claim->about.index == issue) ||
                     speaks_of(f, claim->about.formula, issue);
        for (uint32_t t = 0; t < f->out->terms; t++) {
            bound = bound ||
                    parley_ids_hold(parley_terms_at(f->terms, (uint32_t)f->out->term[t])->claims,
                                    (int32_t)i);
        }
        if (by && about && !bound) {
            f->out->also[f->out->alsos++] = (int32_t)i;
        }
    }
}

static void add_terms_of(finder *f, int32_t party, int32_t issue)
{
    for (uint32_t i = 0; i < parley_terms_size(f->terms); i++) {
        const parley_term *term = parley_terms_at(f->terms, i);
        if ((party < 0 || term->party == party) &&
            (issue < 0 || speaks_of(f, term->formula, issue))) {
            add_term(f, i);
        }
    }
    add_claims(f, party, issue);
}

/* ------------------------------------------------------------- kinds of words */

static bool word_is(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* Claims that a candidate, an incident or a lever leans on, or that speak of it. */
static bool leans_on(const finder *f, int32_t candidate, int32_t incident, int32_t lever, int32_t i)
{
    const parley_about *about = &parley_case_claim(f->c, i)->about;
    const parley_aspect *aspect = NULL;
    uint32_t aspects = 0;
    bool leans = false;
    if (candidate >= 0) {
        const parley_candidate *row = parley_case_candidate(f->c, candidate);
        leans = (about->kind == PARLEY_ABOUT_CANDIDATE && about->index == candidate) ||
                parley_ids_hold(row->claims, i);
        aspect = row->aspects;
        aspects = row->aspect_count;
        for (uint32_t k = 0; !leans && k < parley_case_issues(f->c); k++) {
            leans = speaks_of(f, row->is, (int32_t)k) && speaks_of(f, about->formula, (int32_t)k);
        }
    } else if (incident >= 0) {
        return about->kind == PARLEY_ABOUT_INCIDENT && about->index == incident;
    } else {
        const parley_lever *row = parley_case_lever(f->c, lever);
        aspect = row->aspects;
        aspects = row->aspect_count;
        for (uint32_t k = 0; k < row->state_count; k++) {
            leans = leans || row->states[k].claim == i;
        }
    }
    for (uint32_t k = 0; k < aspects; k++) {
        leans = leans || aspect[k].claim == i || parley_ids_hold(aspect[k].from, i);
    }
    return leans;
}

static bool find_desk_row(finder *f, const char *id, size_t length)
{
    why_found *out = f->out;
    int32_t candidate = parley_case_find(f->c, "candidates", id, length);
    int32_t incident = parley_case_find(f->c, "incidents", id, length);
    int32_t lever = parley_case_find(f->c, "levers", id, length);
    if (candidate < 0 && incident < 0 && lever < 0) {
        return false;
    }
    out->kind = candidate >= 0 ? "candidate" : incident >= 0 ? "incident" : "lever";
    out->desk = true;
    for (uint32_t i = 0; i < parley_case_claims(f->c); i++) {
        if (leans_on(f, candidate, incident, lever, (int32_t)i)) {
            out->also[out->alsos++] = (int32_t)i;
        }
    }
    return true;
}

/* A rule, a source, a question of fact, a flag: the claims that have to do with it. */
static bool find_other_row(finder *f, const char *id, size_t length)
{
    why_found *out = f->out;
    int32_t source = parley_case_find(f->c, "sources", id, length);
    int32_t point = parley_case_find(f->c, "points", id, length);
    int32_t flag = parley_case_find(f->c, "flags", id, length);
    out->rule = parley_case_find(f->c, "rules", id, length);
    if (out->rule >= 0) {
        out->kind = "rule";
        return true;
    }
    if (source < 0 && point < 0 && flag < 0) {
        return false;
    }
    out->kind = source >= 0 ? "source" : point >= 0 ? "question of fact" : "flag";
    out->desk = true;
    for (uint32_t i = 0; i < parley_case_claims(f->c); i++) {
        const parley_claim *claim = parley_case_claim(f->c, (int32_t)i);
        if ((source >= 0 && (claim->source == source || parley_ids_hold(claim->chain, source))) ||
            (source < 0 && point >= 0 && claim->point == point) ||
            (source < 0 && point < 0 &&
             parley_ids_hold(parley_case_flag(f->c, flag)->from, (int32_t)i))) {
            out->also[out->alsos++] = (int32_t)i;
        }
    }
    return true;
}

static bool find_row(finder *f, const char *id, size_t length)
{
    why_found *out = f->out;
    int32_t claim = parley_case_find(f->c, "claims", id, length);
    int32_t reading = parley_case_find(f->c, "readings", id, length);
    int32_t proposal = parley_case_find(f->c, "proposals", id, length);
    int32_t concern = parley_case_find(f->c, "concerns", id, length);
    int32_t party = parley_case_find(f->c, "parties", id, length);
    int32_t issue = parley_case_find(f->c, "issues", id, length);
    for (uint32_t i = 0; claim >= 0 && i < parley_terms_size(f->terms); i++) {
        if (parley_ids_hold(parley_terms_at(f->terms, i)->claims, claim)) {
            add_term(f, i);
        }
    }
    if (claim >= 0) {
        out->kind = "claim";
        out->claim = claim;
        return true;
    }
    for (uint32_t i = 0; reading >= 0 && i < parley_terms_size(f->terms); i++) {
        if (parley_ids_hold(parley_terms_at(f->terms, i)->readings, reading)) {
            add_term(f, i);
        }
    }
    if (reading >= 0) {
        out->kind = "reading";
        return true;
    }
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        if (word_is(id, length, parley_words_word(PARLEY_WORDS_RUNG, (size_t)r))) {
            for (uint32_t i = 0; i < parley_terms_size(f->terms); i++) {
                if ((int)parley_terms_at(f->terms, i)->rung == r) {
                    add_term(f, i);
                }
            }
            out->kind = "rung";
            return true;
        }
    }
    if (proposal >= 0) {
        out->kind = "proposal";
        out->proposal = proposal;
        for (uint32_t i = 0; i < parley_terms_size(f->terms); i++) {
            const parley_term *term = parley_terms_at(f->terms, i);
            bool answers = false;
            for (uint32_t k = 0; k < term->responses.count; k++) {
                answers = answers ||
                          parley_case_response(f->c, term->responses.at[k])->proposal == proposal;
            }
            if (answers) {
                add_term(f, i);
            }
        }
        for (uint32_t i = 0; i < parley_case_claims(f->c); i++) {
            const parley_about *about = &parley_case_claim(f->c, (int32_t)i)->about;
            if (about->kind == PARLEY_ABOUT_PROPOSAL && about->index == proposal) {
                out->also[out->alsos++] = (int32_t)i;
            }
        }
        return true;
    }
    if (concern >= 0) {
        const parley_concern *row = parley_case_concern(f->c, concern);
        out->kind = "concern";
        out->concern = concern;
        for (uint32_t i = 0; i < parley_case_claims(f->c); i++) {
            const parley_about *about = &parley_case_claim(f->c, (int32_t)i)->about;
            if (row->claim == (int32_t)i || parley_ids_hold(row->from, (int32_t)i) ||
                parley_ids_hold(row->met_from, (int32_t)i) ||
                (about->kind == PARLEY_ABOUT_CONCERN && about->index == concern)) {
                out->also[out->alsos++] = (int32_t)i;
            }
        }
        return true;
    }
    if (party < 0 && issue < 0 && find_desk_row(f, id, length)) {
        return true;
    }
    if (party >= 0 || issue >= 0) {
        out->kind = party >= 0 ? "party" : "issue";
        add_terms_of(f, party, party >= 0 ? -1 : issue);
        return true;
    }
    return find_other_row(f, id, length);
}

/* "PARTY ISSUE": what a party holds on an issue. */
static bool find_pair(finder *f, const char *text)
{
    size_t first = strcspn(text, " ");
    const char *rest = text + first + strspn(text + first, " ");
    int32_t party = parley_case_find(f->c, "parties", text, first);
    int32_t issue = parley_case_find(f->c, "issues", rest, strlen(rest));
    if (text[first] == '\0' || party < 0 || issue < 0) {
        return false;
    }
    f->out->kind = "position";
    add_terms_of(f, party, issue);
    return true;
}

/* "blocks 2": a sticking point by the number it has on the page of `parley blocks`. */
static bool find_point(finder *f, const char *text, parley_status *status, parley_error *err)
{
    static const char *const words[] = {"blocks ", "sticking point ", "blocks:"};
    for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++) {
        size_t length = strlen(words[w]);
        char *end = NULL;
        if (strncmp(text, words[w], length) != 0 || !isdigit((unsigned char)text[length])) {
            continue;
        }
        unsigned long n = strtoul(text + length, &end, 10);
        if (*end != '\0') {
            continue;
        }
        if (f->page->apart) {
            *status = parley_fail(err, PARLEY_LIMIT,
                                  "the case has more than %u claims (limit 'traced_claims'): its "
                                  "sticking points are not looked for here",
                                  f->limits->traced_claims);
            parley_error_hint(err, "parley blocks finds them");
            return true;
        }
        if (n == 0 || n > f->out->points.count) {
            *status = parley_fail(err, PARLEY_NOTFOUND,
                                  "there is no sticking point %lu; %u are known here", n,
                                  f->out->points.count);
            return true;
        }
        const sticking_set *set = &f->out->points.set[n - 1];
        for (uint32_t k = 0; k < set->terms; k++) {
            add_term(f, (uint32_t)set->term[k]);
        }
        f->out->kind = "sticking point";
        return true;
    }
    return false;
}

/* "PARTY MODE FORMULA", as terms are printed; equal meaning is enough. */
static parley_status find_term(finder *f, const char *text, bool *found, parley_error *err)
{
    size_t first = strcspn(text, " ");
    const char *mode = text + first + strspn(text + first, " ");
    size_t second = strcspn(mode, " ");
    const char *rest = mode + second + strspn(mode + second, " ");
    int32_t party = parley_case_find(f->c, "parties", text, first);
    int wanted = -1;
    const parley_formula *formula = NULL;
    const parley_formula *normal = NULL;
    *found = false;
    for (size_t m = 0; m < PARLEY_MODE_COUNT; m++) {
        wanted = word_is(mode, second, parley_words_word(PARLEY_WORDS_MODE, m)) ? (int)m : wanted;
    }
    if (party < 0 || wanted < 0 || *rest == '\0') {
        return PARLEY_OK;
    }
    *found = true;
    parley_status status = parley_case_formula(&formula, f->c, f->arena, rest, err);
    if (status == PARLEY_OK) {
        status = parley_formula_normal(&normal, f->arena, formula, err);
    }
    for (uint32_t i = 0; status == PARLEY_OK && i < parley_terms_size(f->terms); i++) {
        const parley_term *term = parley_terms_at(f->terms, i);
        const parley_formula *own = NULL;
        if (term->party == party && (int)term->mode == wanted) {
            status = parley_formula_normal(&own, f->arena, term->formula, err);
            if (status == PARLEY_OK && parley_formula_compare_trees(own, normal) == 0) {
                add_term(f, i);
            }
        }
    }
    if (status != PARLEY_OK || f->out->terms > 0) {
        f->out->kind = "term";
        return status;
    }
    status = parley_fail(err, PARLEY_NOTFOUND, "nobody's word or reading says '%s'", text);
    for (uint32_t i = 0; i < parley_terms_size(f->terms); i++) {
        const parley_term *term = parley_terms_at(f->terms, i);
        if (term->party == party) {
            parley_error_hint(err, "of this party there is '%s' (see parley show)", term->name);
            break;
        }
    }
    return status;
}

static parley_status nothing(finder *f, const char *text, parley_error *err)
{
    const char *names[512];
    size_t count = 0;
    for (uint32_t i = 0; i < parley_case_claims(f->c) && count < 200; i++) {
        names[count++] = parley_case_claim(f->c, (int32_t)i)->record.id;
    }
    for (uint32_t i = 0; i < parley_case_readings(f->c) && count < 300; i++) {
        names[count++] = parley_case_reading(f->c, (int32_t)i)->record.id;
    }
    for (uint32_t i = 0; i < parley_case_parties(f->c) && count < 400; i++) {
        names[count++] = parley_case_party(f->c, (int32_t)i)->record.id;
    }
    for (uint32_t i = 0; i < parley_case_issues(f->c) && count < 512; i++) {
        names[count++] = parley_case_issue(f->c, (int32_t)i)->record.id;
    }
    parley_status status =
        parley_fail(err, PARLEY_NOTFOUND, "nothing in the case goes by '%s'", text);
    int best = parley_nearest(text, strlen(text), names, count);
    if (best >= 0) {
        parley_error_hint(err, "did you mean '%s'?", names[best]);
    } else {
        parley_error_hint(err, "give the id of a claim, reading, party, issue, proposal, concern, "
                               "candidate, incident, lever, rule, source, point, flag or rung, "
                               "'PARTY ISSUE', 'PARTY requires "
                               "FORMULA', or 'blocks N'");
    }
    return status;
}

#define POINTS_MOST 200

parley_status why_find(why_found *out, parley_ctx *ctx, const parley_why_page *page,
                       parley_arena *arena, parley_error *err)
{
    finder f = {out, page, page->c, parley_deal_terms(page->deal), arena, parley_ctx_limits(ctx)};
    parley_status status = PARLEY_OK;
    bool found = false;
    *out = (why_found){.kind = "", .claim = -1, .concern = -1, .proposal = -1, .rule = -1};
    out->term = parley_arena_array(arena, (size_t)parley_terms_size(f.terms) + 1, sizeof(int32_t));
    out->also = parley_arena_array(arena, (size_t)parley_case_claims(page->c) + 1, sizeof(int32_t));
    out->words = (size_t)parley_case_issues(page->c) / 64 + 1;
    out->bits = parley_arena_array(arena, out->words * 2, sizeof(*out->bits));
    out->shown = parley_arena_array(arena, parley_case_claims(page->c), sizeof(*out->shown));
    if (out->term == NULL || out->also == NULL || out->shown == NULL || out->bits == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    if (page->apart) {
        out->points.complete = false;
    } else if (parley_deal_issues(page->deal).count > 0 && parley_deal_dies_at(page->deal) >= 0) {
        status = sticking_gather(&out->points, page->deal, page->c, arena,
                                 (parley_rung)parley_deal_dies_at(page->deal), POINTS_MOST, err);
    } else {
        out->points.complete = true;
    }
    if (status != PARLEY_OK) {
        return status;
    }
    const char *text = page->what + strspn(page->what, " ");
    if (find_row(&f, text, strlen(text)) || find_pair(&f, text) ||
        find_point(&f, text, &status, err)) {
        return status;
    }
    status = find_term(&f, text, &found, err);
    return found || status != PARLEY_OK ? status : nothing(&f, text, err);
}
