/*
 * Setting up an analysis: which tracks, which issues are counted, who must agree, what binds.
 */
#include "deal/deal_internal.h"

#include <stdlib.h>
#include <string.h>

parley_status deal_nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while analysing the case");
}

space_set deal_set(const parley_deal *d, const uint64_t *bits)
{
    return (space_set){bits, d->words};
}

/* ---------------------------------------------------------------- tracks */

static bool has_values(const parley_issue *issue)
{
    return issue->values > 0;
}

/* Is the issue on the table now and countable, wherever its track? */
static bool on_table(const parley_issue *issue)
{
    return issue->table == PARLEY_TABLE_NOW && has_values(issue);
}

typedef struct couple_state {
    const parley_case *c;
    uint32_t *parent; /* of tracks, with one more for issues on no track */
    uint32_t tracks;
    uint32_t first; /* track of the first atom; UINT32_MAX: none yet */
    bool all_now;
} couple_state;

static void couple_atom(void *user, const parley_formula *atom)
{
    couple_state *s = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return;
    }
    const parley_issue *issue = parley_case_issue(s->c, atom->issue);
    s->all_now = s->all_now && on_table(issue);
    uint32_t track = issue->track >= 0 ? (uint32_t)issue->track : s->tracks;
    if (s->first == UINT32_MAX) {
        s->first = track;
    }
}

static void join_atom(void *user, const parley_formula *atom)
{
    couple_state *s = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return;
    }
    int32_t track = parley_case_issue(s->c, atom->issue)->track;
    uint32_t a = space_root(s->parent, track >= 0 ? (uint32_t)track : s->tracks);
    uint32_t b = space_root(s->parent, s->first);
    s->parent[a > b ? a : b] = a > b ? b : a;
}

/* A formula all of whose issues can be counted ties their tracks together. */
static void couple(couple_state *s, const parley_formula *f)
{
    s->first = UINT32_MAX;
    s->all_now = true;
    parley_formula_atoms(f, couple_atom, s);
    if (s->all_now && s->first != UINT32_MAX) {
        parley_formula_atoms(f, join_atom, s);
    }
}

static parley_status choose_tracks(parley_deal *d, const parley_deal_options *o, parley_error *err)
{
    const parley_case *c = d->c;
    uint32_t n = parley_case_tracks(c);
    bool *in = parley_arena_array(d->arena, (size_t)n + 1, sizeof(*in));
    uint32_t *parent = parley_arena_array(d->arena, (size_t)n + 1, sizeof(*parent));
    int32_t *chosen = parley_arena_array(d->arena, (size_t)n + 1, sizeof(*chosen));
    int32_t *other = parley_arena_array(d->arena, (size_t)n + 1, sizeof(*other));
    if (in == NULL || parent == NULL || chosen == NULL || other == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t k = 0; k < o->track_count; k++) {
        in[o->tracks[k]] = true;
    }
    in[n] = o->track_count == 0 || n == 0; /* issues on no track */
    bool automatic = o->track_count == 0 && !o->all_tracks;
    if (o->all_tracks) {
        for (uint32_t t = 0; t < n; t++) {
            in[t] = parley_case_track(c, (int32_t)t)->table == PARLEY_TABLE_NOW;
        }
    }
    if (automatic) {
        couple_state s = {c, parent, n, UINT32_MAX, true};
        uint32_t first = UINT32_MAX;
        for (uint32_t t = 0; t <= n; t++) {
            parent[t] = t;
        }
        for (uint32_t i = 0; i < parley_case_rules(c); i++) {
            couple(&s, parley_case_rule(c, (int32_t)i)->formula);
        }
        for (uint32_t i = 0; i < parley_terms_size(d->terms); i++) {
            couple(&s, parley_terms_at(d->terms, i)->formula);
        }
        for (uint32_t pass = 0; pass < 2 && first == UINT32_MAX; pass++) {
            for (uint32_t t = 0; t < n && first == UINT32_MAX; t++) {
                bool now = parley_case_track(c, (int32_t)t)->table == PARLEY_TABLE_NOW;
                for (uint32_t i = 0; now && pass == 0 && i < parley_case_issues(c); i++) {
                    const parley_issue *issue = parley_case_issue(c, (int32_t)i);
                    if (issue->track == (int32_t)t && on_table(issue)) {
                        first = t;
                    }
                }
                first = now && pass == 1 ? t : first;
            }
        }
        if (first != UINT32_MAX) { /* issues on no track are in question with the first */
            uint32_t a = space_root(parent, n);
            uint32_t b = space_root(parent, first);
            parent[a > b ? a : b] = a > b ? b : a;
        }
        for (uint32_t t = 0; t < n && first != UINT32_MAX; t++) {
            in[t] = t == first || (space_root(parent, t) == space_root(parent, first) &&
                                   parley_case_track(c, (int32_t)t)->table == PARLEY_TABLE_NOW);
        }
    }
    uint32_t yes = 0;
    uint32_t no = 0;
    for (uint32_t t = 0; t < n; t++) {
        if (in[t]) {
            chosen[yes++] = (int32_t)t;
        } else if (parley_case_track(c, (int32_t)t)->table == PARLEY_TABLE_NOW) {
            other[no++] = (int32_t)t;
        }
    }
    d->tracks = (parley_ids){chosen, yes};
    d->other_tracks = (parley_ids){other, no};

    uint32_t issues = parley_case_issues(c);
    d->why_not = parley_arena_array(d->arena, issues, sizeof(*d->why_not));
    d->variable = parley_arena_array(d->arena, issues, sizeof(*d->variable));
    d->issue = parley_arena_array(d->arena, issues, sizeof(*d->issue));
    if (d->why_not == NULL || d->variable == NULL || d->issue == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t i = 0; i < issues; i++) {
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        /* asked for by the track's name, and parked only because the track is */
        bool asked = issue->track >= 0 && o->track_count > 0 && in[issue->track] &&
                     parley_case_track(c, issue->track)->table == issue->table;
        bool here = in[issue->track >= 0 ? (uint32_t)issue->track : n];
        d->variable[i] = -1;
        d->why_not[i] =
            (uint8_t)(!asked && issue->table == PARLEY_TABLE_LATER ? PARLEY_NOT_COUNTED_LATER
                      : !asked && issue->table == PARLEY_TABLE_EXCLUDED
                          ? PARLEY_NOT_COUNTED_EXCLUDED
                      : !here                            ? PARLEY_NOT_COUNTED_TRACK
                      : issue->kind == PARLEY_ISSUE_OPEN ? PARLEY_NOT_COUNTED_OPEN
                      : !has_values(issue)               ? PARLEY_NOT_COUNTED_NO_RANGE
                                                         : PARLEY_COUNTED);
        if (d->why_not[i] == PARLEY_COUNTED) {
            d->variable[i] = (int32_t)d->counted;
            d->issue[d->counted++] = (int32_t)i;
        }
    }
    return PARLEY_OK;
}

/* ------------------------------------------------------------ who must agree */

bool parley_deal_needed(const parley_deal *d, int32_t party, int32_t issue)
{
    const parley_issue *row = parley_case_issue(d->c, issue);
    bool needed = parley_ids_hold(row->needs, party);
    for (uint32_t v = 0; !needed && row->kind == PARLEY_ISSUE_CHOICE && v < row->values; v++) {
        needed = parley_ids_hold(row->options[v].needs, party);
    }
    return needed;
}

bool parley_deal_acts(const parley_deal *d, int32_t party, int32_t issue)
{
    const parley_issue *row = parley_case_issue(d->c, issue);
    bool acts = parley_ids_hold(row->needs, party) || parley_ids_hold(row->by, party);
    for (uint32_t v = 0; !acts && row->kind == PARLEY_ISSUE_CHOICE && v < row->values; v++) {
        acts = parley_deal_open(d, issue, v) && (parley_ids_hold(row->options[v].needs, party) ||
                                                 parley_ids_hold(row->options[v].by, party));
    }
    return acts;
}

typedef struct named_party {
    const char *id;
    int32_t party;
} named_party;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const named_party *)a)->id, ((const named_party *)b)->id);
}

static parley_status find_must_agree(parley_deal *d, parley_error *err)
{
    uint32_t parties = parley_case_parties(d->c);
    named_party *list = parley_arena_array(d->arena, parties, sizeof(*list));
    int32_t *ids = parley_arena_array(d->arena, parties, sizeof(*ids));
    if (list == NULL || ids == NULL) {
        return deal_nomem(err);
    }
    uint32_t n = 0;
    for (uint32_t p = 0; p < parties; p++) {
        const parley_party *party = parley_case_party(d->c, (int32_t)p);
        bool must = (party->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
        for (uint32_t v = 0; !must && v < d->counted; v++) {
            must = parley_deal_needed(d, (int32_t)p, d->issue[v]);
        }
        if (must) {
            list[n++] = (named_party){party->record.id, (int32_t)p};
        }
    }
    qsort(list, n, sizeof(*list), by_name);
    for (uint32_t i = 0; i < n; i++) {
        ids[i] = list[i].party;
    }
    d->must_agree = (parley_ids){ids, n};
    return PARLEY_OK;
}

/* -------------------------------------------------------------- constraints */

typedef struct answer_state {
    parley_deal *d;
    uint32_t room;
    bool failed;
} answer_state;

static void note_answer(void *user, const parley_formula *atom)
{
    answer_state *s = user;
    parley_deal *d = s->d;
    if (atom->kind != PARLEY_F_ACCEPTS ||
        parley_case_accepts(d->c, atom->party, atom->proposal) != PARLEY_NOT_KNOWN) {
        return;
    }
    for (uint32_t i = 0; i < d->answers; i++) {
        if (d->answer[i].party == atom->party && d->answer[i].proposal == atom->proposal) {
            return;
        }
    }
    if (d->answers == s->room) {
        uint32_t room = s->room == 0 ? 8 : s->room * 2;
        deal_answer *grown =
            parley_arena_grow(d->arena, d->answer, s->room * sizeof(*grown), room * sizeof(*grown));
        s->failed = s->failed || grown == NULL;
        if (grown == NULL) {
            return;
        }
        d->answer = grown;
        s->room = room;
    }
    d->answer[d->answers++] = (deal_answer){atom->party, atom->proposal};
}

/* Keep-out formulas of flags nobody has lifted, as one "none of them". */
const space_expr *deal_keep_out(const parley_deal *d, parley_arena *arena)
{
    const space_expr *all = NULL;
    for (uint32_t i = 0; i < parley_case_flags(d->c); i++) {
        const parley_flag *flag = parley_case_flag(d->c, (int32_t)i);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            const parley_formula *f = flag->keeps_out.at[k].formula;
            if (f == NULL || !deal_countable(d, f)) {
                continue;
            }
            const space_expr *not = deal_not(arena, deal_compile(d, arena, f));
            all = all == NULL ? not : deal_both(arena, all, not );
            if (all == NULL) {
                return NULL;
            }
        }
    }
    return all;
}

bool parley_deal_flags(const parley_deal *d)
{
    return d->kept_out != DEAL_NO_CONSTRAINT;
}

static bool any_keep_out(const parley_deal *d)
{
    for (uint32_t i = 0; i < parley_case_flags(d->c); i++) {
        const parley_flag *flag = parley_case_flag(d->c, (int32_t)i);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            if (flag->keeps_out.at[k].formula != NULL &&
                deal_countable(d, flag->keeps_out.at[k].formula)) {
                return true;
            }
        }
    }
    return false;
}

static parley_status add_constraints(parley_deal *d, parley_error *err)
{
    const parley_case *c = d->c;
    uint32_t rules = parley_case_rules(c);
    uint32_t terms = parley_terms_size(d->terms);
    d->rule_constraint = parley_arena_array(d->arena, rules, sizeof(*d->rule_constraint));
    d->term_constraint = parley_arena_array(d->arena, terms, sizeof(*d->term_constraint));
    if (d->rule_constraint == NULL || d->term_constraint == NULL) {
        return deal_nomem(err);
    }
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < rules && status == PARLEY_OK; i++) {
        const parley_formula *f = parley_case_rule(c, (int32_t)i)->formula;
        d->rule_constraint[i] = DEAL_NO_CONSTRAINT;
        if (deal_countable(d, f)) {
            const space_expr *e = deal_compile(d, d->arena, f);
            status =
                e == NULL ? deal_nomem(err) : space_add(d->space, e, &d->rule_constraint[i], err);
        }
    }
    for (uint32_t i = 0; i < terms && status == PARLEY_OK; i++) {
        const parley_term *term = parley_terms_at(d->terms, i);
        d->term_constraint[i] = DEAL_NO_CONSTRAINT;
        if (term->rung <= d->up_to && deal_countable(d, term->formula)) {
            const space_expr *e = deal_term_expr(d, d->arena, term);
            status =
                e == NULL ? deal_nomem(err) : space_add(d->space, e, &d->term_constraint[i], err);
        }
    }
    d->kept_out = DEAL_NO_CONSTRAINT;
    if (status == PARLEY_OK && any_keep_out(d)) {
        const space_expr *e = deal_keep_out(d, d->arena);
        status = e == NULL ? deal_nomem(err) : space_add(d->space, e, &d->kept_out, err);
    }
    return status;
}

static parley_status make_space(parley_deal *d, parley_error *err)
{
    answer_state s = {d, 0, false};
    for (uint32_t i = 0; i < parley_case_rules(d->c); i++) {
        parley_formula_atoms(parley_case_rule(d->c, (int32_t)i)->formula, note_answer, &s);
    }
    for (uint32_t i = 0; i < parley_terms_size(d->terms); i++) {
        parley_formula_atoms(parley_terms_at(d->terms, i)->formula, note_answer, &s);
    }
    for (uint32_t i = 0; i < parley_case_flags(d->c); i++) {
        const parley_flag *flag = parley_case_flag(d->c, (int32_t)i);
        for (uint32_t k = 0; k < flag->keeps_out.count; k++) {
            if (flag->keeps_out.at[k].formula != NULL) {
                parley_formula_atoms(flag->keeps_out.at[k].formula, note_answer, &s);
            }
        }
    }
    d->variables = d->counted + d->answers;
    space_variable *variable = parley_arena_array(d->arena, d->variables, sizeof(*variable));
    if (s.failed || variable == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t v = 0; v < d->variables; v++) {
        bool answer = v >= d->counted;
        variable[v].projected = answer;
        variable[v].size = answer ? 2 : parley_case_issue(d->c, d->issue[v])->values;
    }
    parley_status status = space_new(&d->space, d->ctx, d->variables, variable, err);
    return status == PARLEY_OK ? add_constraints(d, err) : status;
}

parley_status parley_deal_new(parley_deal **out, parley_ctx *ctx, const parley_case *c,
                              const parley_deal_options *options, parley_error *err)
{
    const parley_deal_options defaults = PARLEY_DEAL_OPTIONS_INIT;
    const parley_deal_options *o = options != NULL ? options : &defaults;
    *out = NULL;
    parley_deal *d = parley_alloc(ctx, sizeof(*d));
    if (d == NULL) {
        return deal_nomem(err);
    }
    d->ctx = ctx;
    d->c = c;
    d->up_to = (parley_rung)o->up_to;
    d->arena = parley_arena_new(ctx);
    d->scratch = parley_arena_new(ctx);
    parley_status status = d->arena == NULL || d->scratch == NULL
                               ? deal_nomem(err)
                               : parley_terms_derive(&d->terms, ctx, c, &o->terms, err);
    if (status == PARLEY_OK) {
        status = choose_tracks(d, o, err);
    }
    if (status == PARLEY_OK) {
        status = find_must_agree(d, err);
    }
    if (status == PARLEY_OK) {
        status = make_space(d, err);
    }
    if (status == PARLEY_OK) {
        status = deal_climb(d, err);
    }
    if (status != PARLEY_OK) {
        parley_deal_free(d);
        return status;
    }
    *out = d;
    return PARLEY_OK;
}

void parley_deal_free(parley_deal *d)
{
    if (d != NULL) {
        space_free(d->space);
        parley_terms_free(d->terms);
        parley_arena_free(d->arena);
        parley_arena_free(d->scratch);
        parley_release(d->ctx, d, sizeof(*d));
    }
}

/* ------------------------------------------------------------------ answers */

parley_ids parley_deal_tracks(const parley_deal *d)
{
    return d->tracks;
}

parley_ids parley_deal_other_tracks(const parley_deal *d)
{
    return d->other_tracks;
}

parley_ids parley_deal_issues(const parley_deal *d)
{
    return (parley_ids){d->issue, d->counted};
}

parley_not_counted parley_deal_why_not(const parley_deal *d, int32_t issue)
{
    return (parley_not_counted)d->why_not[issue];
}

parley_ids parley_deal_must_agree(const parley_deal *d)
{
    return d->must_agree;
}

parley_count parley_deal_total(const parley_deal *d)
{
    return d->total;
}

const parley_ladder_rung *parley_deal_rung(const parley_deal *d, parley_rung rung)
{
    return &d->rung[rung];
}

parley_rung parley_deal_up_to(const parley_deal *d)
{
    return d->up_to;
}

int parley_deal_dies_at(const parley_deal *d)
{
    return d->dies_at;
}

int parley_deal_last(const parley_deal *d)
{
    return d->last;
}

bool parley_deal_open(const parley_deal *d, int32_t issue, int64_t v)
{
    int32_t variable = d->variable[issue];
    return variable >= 0 && d->last >= 0 && (d->support[variable][v / 64] >> (v % 64) & 1) != 0;
}

uint32_t parley_deal_open_count(const parley_deal *d, int32_t issue)
{
    uint32_t count = 0;
    uint32_t values = parley_case_issue(d->c, issue)->values;
    if (d->variable[issue] < 0 || d->last < 0) {
        return 0;
    }
    for (uint32_t w = 0; w < (values + 63) / 64; w++) {
        count += (uint32_t)__builtin_popcountll(d->support[d->variable[issue]][w]);
    }
    return count;
}

const parley_terms *parley_deal_terms(const parley_deal *d)
{
    return d->terms;
}

bool parley_deal_set_aside(const parley_deal *d, uint32_t term)
{
    return d->term_constraint[term] == DEAL_NO_CONSTRAINT &&
           parley_terms_at(d->terms, term)->rung <= d->up_to;
}

bool parley_deal_rule_set_aside(const parley_deal *d, int32_t rule)
{
    return d->rule_constraint[rule] == DEAL_NO_CONSTRAINT;
}

parley_count parley_deal_usable(const parley_deal *d)
{
    return d->usable;
}
