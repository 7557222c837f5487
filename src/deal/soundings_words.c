/*
 * What soundings need to know of formulas, and of what was said about an issue and who may see it.
 */
#include "deal/soundings_internal.h"

#include <string.h>

parley_status sound_nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while looking for what to sound out");
}

/* ------------------------------------------------------------------ values */

typedef struct atoms_state {
    const parley_soundings *s;
    int32_t issue; /* -1: none yet; -2: several, or something that is no issue */
    bool usable;
    bool kept_out;
} atoms_state;

static void one_issue(void *user, const parley_formula *atom)
{
    atoms_state *a = user;
    bool issue = atom->kind != PARLEY_F_ACCEPTS;
    a->issue = !issue || (a->issue != -1 && a->issue != atom->issue) ? -2 : atom->issue;
}

int32_t sound_issue(const parley_soundings *s, const parley_formula *f)
{
    atoms_state a = {s, -1, true, false};
    parley_formula_atoms(f, one_issue, &a);
    return a.issue >= 0 && s->deal->why_not[a.issue] == PARLEY_COUNTED ? a.issue : -1;
}

typedef struct value_state {
    const parley_case *c;
    int64_t value;
} value_state;

static parley_truth atom_truth(void *user, const parley_formula *atom)
{
    const value_state *v = user;
    return parley_case_atom_holds(v->c, atom, v->value) ? PARLEY_YES : PARLEY_NO;
}

bool sound_holds(const parley_soundings *s, const parley_formula *f, int32_t issue, int64_t v)
{
    value_state state = {s->c, v};
    (void)issue;
    return parley_formula_eval(f, atom_truth, &state) == PARLEY_YES;
}

bool sound_allows(const parley_soundings *s, const parley_term *term, int32_t issue, int64_t v)
{
    return sound_holds(s, term->formula, issue, v) != (term->mode == PARLEY_MODE_REFUSES);
}

static void known_answer(void *user, const parley_formula *atom)
{
    atoms_state *a = user;
    const parley_deal *d = a->s->deal;
    if (atom->kind != PARLEY_F_ACCEPTS ||
        parley_case_accepts(d->c, atom->party, atom->proposal) != PARLEY_NOT_KNOWN) {
        return;
    }
    bool found = false;
    for (uint32_t i = 0; i < d->answers; i++) {
        found =
            found || (d->answer[i].party == atom->party && d->answer[i].proposal == atom->proposal);
    }
    a->usable = a->usable && found;
}

bool sound_usable(const parley_soundings *s, const parley_formula *f)
{
    atoms_state a = {s, -1, true, false};
    parley_formula_atoms(f, known_answer, &a);
    return a.usable && deal_countable(s->deal, f);
}

typedef struct partial_state {
    const parley_case *c;
    int32_t issue;
    int64_t value;
} partial_state;

static parley_truth partial_truth(void *user, const parley_formula *atom)
{
    const partial_state *p = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return parley_case_accepts(p->c, atom->party, atom->proposal);
    }
    return atom->issue != p->issue                        ? PARLEY_NOT_KNOWN
           : parley_case_atom_holds(p->c, atom, p->value) ? PARLEY_YES
                                                          : PARLEY_NO;
}

bool sound_kept_out(const parley_soundings *s, int32_t issue, int64_t v)
{
    partial_state p = {s->c, issue, v};
    for (uint32_t i = 0; i < parley_case_flags(s->c); i++) {
        const parley_flag *flag = parley_case_flag(s->c, (int32_t)i);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            const parley_formula *f = flag->keeps_out.at[k].formula;
            if (f != NULL && parley_formula_eval(f, partial_truth, &p) == PARLEY_YES) {
                return true;
            }
        }
    }
    return false;
}

static void named_option(void *user, const parley_formula *atom)
{
    atoms_state *a = user;
    if (atom->kind == PARLEY_F_CHOICE) {
        for (uint32_t k = 0; k < atom->count && !a->kept_out; k++) {
            a->kept_out = sound_kept_out(a->s, atom->issue, atom->option[k]);
        }
    } else if (atom->kind == PARLEY_F_QUANTITY || atom->kind == PARLEY_F_SHARE) {
        /* a range names the values in it: out when all of them are */
        uint32_t values = parley_case_issue(a->s->c, atom->issue)->values;
        bool some = false;
        bool all = true;
        for (uint32_t v = 0; v < values && all && parley_case_flags(a->s->c) > 0; v++) {
            if (parley_case_atom_holds(a->s->c, atom, v)) {
                some = true;
                all = sound_kept_out(a->s, atom->issue, v);
            }
        }
        a->kept_out = a->kept_out || (some && all);
    }
}

bool sound_names_kept_out(const parley_soundings *s, const parley_formula *f)
{
    atoms_state a = {s, -1, true, false};
    parley_formula_atoms(f, named_option, &a);
    return a.kept_out;
}

/* ---------------------------------------------------------------- building */

static parley_formula *blank(parley_soundings *s, parley_formula_kind kind, uint32_t count)
{
    parley_formula *f = parley_arena_alloc(s->arena, sizeof(*f));
    if (f != NULL) {
        *f = (parley_formula){.kind = (uint8_t)kind,
                              .compare = PARLEY_EQ,
                              .count = count,
                              .issue = -1,
                              .recipient = -1,
                              .party = -1,
                              .proposal = -1};
    }
    return f;
}

static const parley_formula *normal(parley_soundings *s, const parley_formula *f)
{
    const parley_formula *out = NULL;
    return f != NULL && parley_formula_normal(&out, s->arena, f, NULL) == PARLEY_OK ? out : NULL;
}

const parley_formula *sound_value(parley_soundings *s, int32_t issue, int64_t v)
{
    const parley_issue *row = parley_case_issue(s->c, issue);
    bool choice = row->kind == PARLEY_ISSUE_CHOICE;
    parley_formula *f = blank(s, choice ? PARLEY_F_CHOICE : PARLEY_F_QUANTITY, 1);
    if (f == NULL) {
        return NULL;
    }
    f->issue = issue;
    if (choice) {
        int32_t *option = parley_arena_alloc(s->arena, sizeof(*option));
        if (option == NULL) {
            return NULL;
        }
        *option = (int32_t)v;
        f->option = option;
    } else {
        parley_decimal *number = parley_arena_alloc(s->arena, sizeof(*number));
        if (number == NULL) {
            return NULL;
        }
        *number = parley_case_quantity(row, v);
        f->number = number;
    }
    return f;
}

static const parley_formula *join(parley_soundings *s, parley_formula_kind kind,
                                  const parley_formula *const *f, uint32_t count)
{
    parley_formula *out = blank(s, kind, count);
    const parley_formula **arg = parley_arena_array(s->arena, count, sizeof(*arg));
    if (out == NULL || arg == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (f[i] == NULL) {
            return NULL;
        }
        arg[i] = f[i];
    }
    out->arg = arg;
    return normal(s, out);
}

const parley_formula *sound_not(parley_soundings *s, const parley_formula *f)
{
    return join(s, PARLEY_F_NOT, &f, 1);
}

const parley_formula *sound_or(parley_soundings *s, const parley_formula *const *f, uint32_t count)
{
    return count == 1 ? normal(s, f[0]) : join(s, PARLEY_F_OR, f, count);
}

const parley_formula *sound_and(parley_soundings *s, const parley_formula *a,
                                const parley_formula *b)
{
    const parley_formula *two[2] = {a, b};
    return join(s, PARLEY_F_AND, two, 2);
}

/* ------------------------------------------------------------ what was said */

bool sound_shares(parley_soundings *s, const parley_formula *f, const parley_formula *g)
{
    uint64_t *bits = s->bits;
    memset(bits, 0, s->words * 2 * sizeof(*bits));
    parley_formula_issues(f, bits, s->words);
    parley_formula_issues(g, bits + s->words, s->words);
    for (size_t w = 0; w < s->words; w++) {
        if ((bits[w] & bits[s->words + w]) != 0) {
            return true;
        }
    }
    return false;
}

bool sound_set_aside(const parley_soundings *s, const char *id)
{
    for (uint32_t i = 0; i < s->terms.without_count; i++) {
        if (strcmp(s->terms.without[i], id) == 0) {
            return true;
        }
    }
    return false;
}

bool sound_claim_counts(const parley_soundings *s, int32_t claim)
{
    const parley_record *record = &parley_case_claim(s->c, claim)->record;
    return (s->terms.at.form == PARLEY_DATE_UNKNOWN ||
            parley_date_possibly_by(record->happened, s->terms.at.last)) &&
           !sound_set_aside(s, record->id);
}

bool sound_response_counts(const parley_soundings *s, int32_t response)
{
    const parley_response *row = parley_case_response(s->c, response);
    return (s->terms.at.form == PARLEY_DATE_UNKNOWN ||
            parley_date_possibly_by(row->record.happened, s->terms.at.last)) &&
           !sound_set_aside(s, row->record.id) &&
           (row->claim < 0 || sound_claim_counts(s, row->claim));
}

bool sound_claim_by(const parley_claim *claim, int32_t party)
{
    for (uint32_t k = 0; k < claim->by.count; k++) {
        if (claim->by.at[k].party == party) {
            return true;
        }
    }
    return false;
}

typedef bool (*formula_test)(parley_soundings *s, const parley_formula *f, const void *what);

static bool any_of(parley_soundings *s, const parley_conditions *list, formula_test test,
                   const void *what)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL && test(s, list->at[k].formula, what)) {
            return true;
        }
    }
    return false;
}

static bool proposal_says(parley_soundings *s, int32_t proposal, formula_test test,
                          const void *what)
{
    const parley_proposal *p = parley_case_proposal(s->c, proposal);
    return (p->formula != NULL && test(s, p->formula, what)) || any_of(s, &p->parts, test, what);
}

static bool claim_says(parley_soundings *s, const parley_claim *claim, formula_test test,
                       const void *what)
{
    if (claim->about.kind == PARLEY_ABOUT_PROPOSAL &&
        proposal_says(s, claim->about.index, test, what)) {
        return true;
    }
    return (claim->about.kind == PARLEY_ABOUT_FORMULA && claim->about.formula != NULL &&
            test(s, claim->about.formula, what)) ||
           any_of(s, &claim->conditions, test, what) || any_of(s, &claim->only_if, test, what);
}

static bool on_same_issue(parley_soundings *s, const parley_formula *f, const void *what)
{
    return sound_shares(s, f, what);
}

bool sound_spoke(parley_soundings *s, int32_t party, const parley_formula *f)
{
    for (uint32_t i = 0; i < parley_case_claims(s->c); i++) {
        const parley_claim *claim = parley_case_claim(s->c, (int32_t)i);
        if (sound_claim_by(claim, party) && sound_claim_counts(s, (int32_t)i) &&
            claim_says(s, claim, on_same_issue, f)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(s->c); i++) {
        const parley_response *r = parley_case_response(s->c, (int32_t)i);
        if (r->by.party == party && sound_response_counts(s, (int32_t)i) &&
            (any_of(s, &r->conditions, on_same_issue, f) ||
             any_of(s, &r->only_if, on_same_issue, f) ||
             (r->proposal >= 0 && proposal_says(s, r->proposal, on_same_issue, f)) ||
             (r->with >= 0 && proposal_says(s, r->with, on_same_issue, f)))) {
            return true;
        }
    }
    return false;
}

typedef struct name_state {
    int32_t issue;
    int64_t value;
    bool found;
} name_state;

static void find_name(void *user, const parley_formula *atom)
{
    name_state *n = user;
    if (atom->kind == PARLEY_F_CHOICE && atom->issue == n->issue) {
        for (uint32_t k = 0; k < atom->count; k++) {
            n->found = n->found || atom->option[k] == (int32_t)n->value;
        }
    }
}

static bool names_value(parley_soundings *s, const parley_formula *f, const void *what)
{
    const name_state *asked = what;
    name_state n = {asked->issue, asked->value, false};
    (void)s;
    parley_formula_atoms(f, find_name, &n);
    return n.found;
}

bool sound_named(parley_soundings *s, int32_t issue, int64_t v)
{
    const name_state what = {issue, v, false};
    for (uint32_t i = 0; i < parley_case_claims(s->c); i++) {
        if (sound_claim_counts(s, (int32_t)i) &&
            claim_says(s, parley_case_claim(s->c, (int32_t)i), names_value, &what)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(s->c); i++) {
        const parley_response *r = parley_case_response(s->c, (int32_t)i);
        if (sound_response_counts(s, (int32_t)i) &&
            (any_of(s, &r->conditions, names_value, &what) ||
             any_of(s, &r->only_if, names_value, &what))) {
            return true;
        }
    }
    for (uint32_t i = 0; i < parley_case_proposals(s->c); i++) {
        if (proposal_says(s, (int32_t)i, names_value, &what)) {
            return true;
        }
    }
    return false;
}

/* ---------------------------------------------------------- who may see it */

bool sound_may_see(const parley_soundings *s, int32_t party, const parley_record *record)
{
    (void)s;
    return parley_label_allows(&record->label, PARLEY_AUDIENCE_PARTY + (uint32_t)party);
}

static bool push(parley_texts *out, const char **at, const char *id)
{
    for (uint32_t i = 0; i < out->count; i++) {
        if (strcmp(at[i], id) == 0) {
            return false;
        }
    }
    at[out->count++] = id;
    return true;
}

parley_status sound_reveals(parley_texts *out, parley_soundings *s, int32_t party,
                            const int32_t *terms, uint32_t count, int32_t concern,
                            parley_error *err)
{
    const parley_terms *all = parley_deal_terms(s->deal);
    size_t most = 1;
    for (uint32_t i = 0; i < count; i++) {
        const parley_term *term = parley_terms_at(all, (uint32_t)terms[i]);
        most += (size_t)term->claims.count + term->responses.count + term->readings.count;
    }
    const char **at = parley_arena_array(s->arena, most, sizeof(*at));
    *out = (parley_texts){at, 0};
    if (at == NULL) {
        return sound_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        const parley_term *term = parley_terms_at(all, (uint32_t)terms[i]);
        bool seen = term->party == party; /* its own words, or our reading of it */
        for (uint32_t k = 0; k < term->claims.count && !seen; k++) {
            seen = sound_may_see(s, party, &parley_case_claim(s->c, term->claims.at[k])->record);
        }
        for (uint32_t k = 0; k < term->responses.count && !seen; k++) {
            seen =
                sound_may_see(s, party, &parley_case_response(s->c, term->responses.at[k])->record);
        }
        for (uint32_t k = 0; k < term->readings.count && !seen; k++) {
            seen =
                sound_may_see(s, party, &parley_case_reading(s->c, term->readings.at[k])->record);
        }
        for (uint32_t k = 0; k < term->claims.count && !seen; k++) {
            push(out, at, parley_case_claim(s->c, term->claims.at[k])->record.id);
        }
        for (uint32_t k = 0; k < term->responses.count && !seen && term->claims.count == 0; k++) {
            push(out, at, parley_case_response(s->c, term->responses.at[k])->record.id);
        }
        for (uint32_t k = 0; k < term->readings.count && !seen; k++) {
            push(out, at, parley_case_reading(s->c, term->readings.at[k])->record.id);
        }
    }
    if (concern >= 0) {
        const parley_concern *row = parley_case_concern(s->c, concern);
        if (row->party != party && !sound_may_see(s, party, &row->record)) {
            push(out, at, row->record.id);
        }
    }
    return PARLEY_OK;
}
