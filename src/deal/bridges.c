/*
 * Bridges: the smallest sets of changes after which packages are left. What binds at the rung, and
 * each range that could be extended, is a soft constraint; the engine gives its minimal correction
 * sets in order (space_correct.c). Here each gets its meaning: who moves, whose consent it still
 * takes, what it leaves, and how far its changes can be softened.
 */
#include "deal/bridges_internal.h"

#include <string.h>

/* ------------------------------------------------------------------- consent */

typedef struct consent_state {
    const parley_deal *d;
    int32_t party;
    bool *said; /* by variable: its yes is typed about the issue */
} consent_state;

static void said_atom(void *user, const parley_formula *atom)
{
    consent_state *s = user;
    if (atom->kind != PARLEY_F_ACCEPTS && s->d->variable[atom->issue] >= 0) {
        s->said[s->d->variable[atom->issue]] = true;
    }
}

/* On which issues has a party said yes to something? */
static void note_said(const bridge_finder *b, int32_t party, bool *said)
{
    const parley_deal *d = b->d;
    consent_state s = {d, party, said};
    for (uint32_t i = 0; i < parley_terms_size(d->terms); i++) {
        const parley_term *term = parley_terms_at(d->terms, i);
        if (term->party == party && term->mode == PARLEY_MODE_ACCEPTS && term->rung <= b->rung) {
            parley_formula_atoms(term->formula, said_atom, &s);
        }
    }
    for (uint32_t i = 0; i < parley_terms_assurances(d->terms); i++) {
        const parley_assurance *a = parley_terms_assurance(d->terms, i);
        for (uint32_t k = 0; a->party == party && a->rung <= b->rung && k < a->count; k++) {
            parley_formula_atoms(a->formula[k], said_atom, &s);
        }
    }
}

/* Does every package left take this party's consent, on issues where it has not said yes? */
static parley_status takes_consent(bridge_finder *b, int32_t party, bool *out)
{
    const parley_deal *d = b->d;
    parley_arena_mark mark = parley_arena_here(b->scratch);
    bool *said = parley_arena_array(b->scratch, (size_t)d->counted + 1, sizeof(*said));
    const uint64_t **clamp =
        parley_arena_array(b->scratch, (size_t)d->variables + 1, sizeof(*clamp));
    parley_status status = PARLEY_OK;
    bool some = false;
    *out = false;
    if (said == NULL || clamp == NULL) {
        return deal_nomem(b->err);
    }
    note_said(b, party, said);
    for (uint32_t v = 0; v < d->counted; v++) {
        const parley_issue *issue = parley_case_issue(d->c, d->issue[v]);
        if (said[v] || !parley_deal_needed(d, party, d->issue[v])) {
            continue;
        }
        some = true;
        uint64_t *free_of =
            parley_arena_array(b->scratch, (b->size[v] + 63) / 64, sizeof(*free_of));
        if (free_of == NULL) {
            return deal_nomem(b->err);
        }
        bool always = parley_ids_hold(issue->needs, party);
        /* only choices have options that need */
        for (uint32_t k = 0; k < b->size[v] && !always; k++) {
            if (!parley_ids_hold(issue->options[k].needs, party)) {
                deal_switch_on(free_of, k);
            }
        }
        clamp[v] = free_of;
    }
    if (some) {
        bool without = false;
        status = bridges_exists(b, clamp, &without);
        *out = status == PARLEY_OK && !without;
    }
    parley_arena_reset(b->scratch, mark);
    return status;
}

/* -------------------------------------------------------------------- a bridge */

static void sort_ids(int32_t *id, uint32_t *count)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < *count; i++) { /* few: insertion, each once */
        uint32_t at = n;
        while (at > 0 && id[at - 1] > id[i]) {
            at--;
        }
        if (at > 0 && id[at - 1] == id[i]) {
            continue;
        }
        int32_t x = id[i];
        memmove(&id[at + 1], &id[at], (n - at) * sizeof(*id));
        id[at] = x;
        n++;
    }
    *count = n;
}

static parley_status find_movers(bridge_finder *b, parley_bridge *out)
{
    parley_ids must = b->d->must_agree;
    int32_t *movers = parley_arena_array(b->scratch, (size_t)out->changes + 1, sizeof(*movers));
    int32_t *asked = parley_arena_array(b->scratch, (size_t)b->consenters + 1, sizeof(*asked));
    uint32_t count = 0;
    uint32_t consents = 0;
    if (movers == NULL || asked == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t k = 0; k < out->changes; k++) {
        parley_change_kind kind = out->change[k].kind;
        if (kind == PARLEY_CHANGE_GIVE_WAY || kind == PARLEY_CHANGE_CONSENT) {
            movers[count++] = out->change[k].party;
        }
    }
    sort_ids(movers, &count);
    out->movers = (parley_ids){movers, count};
    out->one_sided = count == 1 && must.count > 1 && parley_ids_hold(must, movers[0]);
    for (uint32_t i = 0; i < b->consenters; i++) {
        bool takes = false;
        parley_status status = parley_ids_hold(out->movers, b->consenter[i])
                                   ? PARLEY_OK
                                   : takes_consent(b, b->consenter[i], &takes);
        if (status != PARLEY_OK) {
            return status;
        }
        if (takes) {
            asked[consents++] = b->consenter[i];
        }
    }
    out->consents = (parley_ids){asked, consents};
    return PARLEY_OK;
}

/* ------------------------------------------------------------- packages left */

typedef struct list_state {
    bridge_finder *b;
    parley_package *package;
    uint32_t count;
    bool failed;
} list_state;

static bool take_package(void *user, const uint32_t *values)
{
    list_state *s = user;
    const parley_deal *d = s->b->d;
    uint32_t issues = parley_case_issues(d->c);
    int64_t *value = parley_arena_array(s->b->scratch, (size_t)issues + 1, sizeof(*value));
    s->failed = value == NULL;
    if (s->failed) {
        return false;
    }
    for (uint32_t i = 0; i < issues; i++) {
        int32_t v = d->variable[i];
        value[i] = v < 0 ? INT64_MIN : (int64_t)values[v] - s->b->width[i].below;
    }
    s->package[s->count++] = (parley_package){value, issues};
    return s->count < s->b->options->packages;
}

static parley_status find_open(bridge_finder *b, parley_bridge *out)
{
    const parley_deal *d = b->d;
    parley_bridge_open *open =
        parley_arena_array(b->scratch, (size_t)d->counted + 1, sizeof(*open));
    uint64_t **support = parley_arena_array(b->scratch, (size_t)d->variables + 1, sizeof(*support));
    list_state s = {b, NULL, 0, false};
    s.package = parley_arena_array(b->scratch, b->options->packages, sizeof(*s.package));
    if (open == NULL || support == NULL || s.package == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t v = 0; v < d->variables; v++) {
        support[v] = parley_arena_array(b->scratch, b->size[v] / 64 + 1, sizeof(**support));
        if (support[v] == NULL) {
            return deal_nomem(b->err);
        }
    }
    const space_set on = {b->on, b->on_words};
    parley_status status = space_support(b->count, on, NULL, support, b->err);
    for (uint32_t v = 0; v < d->counted && status == PARLEY_OK; v++) {
        uint32_t count = 0;
        int64_t *value = parley_arena_array(b->scratch, b->size[v], sizeof(*value));
        if (value == NULL) {
            return deal_nomem(b->err);
        }
        for (uint32_t k = 0; k < b->size[v]; k++) {
            if ((support[v][k / 64] >> (k % 64) & 1) != 0) {
                value[count++] = (int64_t)k - b->width[d->issue[v]].below;
            }
        }
        open[v] = (parley_bridge_open){d->issue[v], value, count};
    }
    if (status == PARLEY_OK) {
        status = space_list(b->count, on, NULL, take_package, &s, b->err);
    }
    out->open = open;
    out->open_count = d->counted;
    out->package = s.package;
    out->packages = s.count;
    return status == PARLEY_OK && s.failed ? deal_nomem(b->err) : status;
}

static parley_status describe(bridge_finder *b, const uint32_t *id, uint32_t count,
                              parley_bridge *out)
{
    const parley_deal *d = b->d;
    uint32_t *item = parley_arena_array(b->scratch, (size_t)count + 1, sizeof(*item));
    parley_change *change = parley_arena_array(b->scratch, (size_t)count + 1, sizeof(*change));
    if (item == NULL || change == NULL) {
        return deal_nomem(b->err);
    }
    *out = (parley_bridge){.change = change, .changes = count, .firmest = PARLEY_RUNG_READINGS};
    for (uint32_t k = 0; k < count; k++) {
        item[k] = b->item_of[id[k]];
        const bridge_item *from = &b->item[item[k]];
        change[k] = (parley_change){
            .kind = from->kind, .term = from->term, .party = -1, .issue = from->issue};
        if (from->term < 0) {
            continue;
        }
        const parley_term *term = parley_terms_at(d->terms, (uint32_t)from->term);
        change[k].party = term->party;
        out->readings += from->kind == PARLEY_CHANGE_READING;
        if (from->kind != PARLEY_CHANGE_READING && term->rung < out->firmest) {
            out->firmest = term->rung;
        }
    }
    parley_status status = bridges_begin(b, item, count);
    if (status == PARLEY_OK) {
        status = bridges_count(b, &out->left);
    }
    if (status == PARLEY_OK) {
        status = find_movers(b, out);
    }
    if (status == PARLEY_OK && b->options->packages > 0) {
        status = find_open(b, out);
    }
    return status == PARLEY_OK ? bridges_soften(b, item, change, out) : status;
}

static bool visit_one(void *user, const uint32_t *ids, uint32_t count)
{
    bridge_finder *b = user;
    parley_bridge bridge;
    parley_arena_mark mark = parley_arena_here(b->scratch);
    b->status = describe(b, ids, count, &bridge);
    bool more = b->status == PARLEY_OK && b->visit(b->user, &bridge);
    parley_arena_reset(b->scratch, mark);
    return more;
}

/* --------------------------------------------------------------------- search */

/* Grades: readings first, then rungs from the firmest; a range is no term of words. */
static uint8_t grade_of(const bridge_finder *b, const bridge_item *item)
{
    _Static_assert(PARLEY_RUNG_READINGS < SPACE_GRADES, "every rung has a grade");
    return (uint8_t)(item->kind == PARLEY_CHANGE_READING ? 0
                     : item->kind == PARLEY_CHANGE_EXTEND
                         ? SPACE_GRADES - 1
                         : parley_terms_at(b->d->terms, (uint32_t)item->term)->rung);
}

static parley_status find_consenters(bridge_finder *b)
{
    const parley_deal *d = b->d;
    b->consenter = parley_arena_array(b->arena, (size_t)d->must_agree.count + 1, sizeof(int32_t));
    if (b->consenter == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t i = 0; i < d->must_agree.count; i++) {
        int32_t party = d->must_agree.at[i];
        if ((parley_case_party(d->c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) == 0) {
            b->consenter[b->consenters++] = party;
        }
    }
    sort_ids(b->consenter, &b->consenters);
    return PARLEY_OK;
}

static parley_status search(bridge_finder *b)
{
    uint8_t *grade = parley_arena_array(b->arena, (size_t)b->base + 1, sizeof(*grade));
    uint64_t *soft = parley_arena_array(b->arena, b->words, sizeof(*soft));
    if (grade == NULL || soft == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t i = 0; i < b->items; i++) {
        const bridge_item *item = &b->item[i];
        grade[item->constraint] = grade_of(b, item);
        deal_switch_on(item->fixed ? b->hard : soft, item->constraint);
    }
    parley_status status =
        space_corrections(b->search, (space_set){b->hard, b->words}, (space_set){soft, b->words},
                          grade, visit_one, b, b->err);
    return b->status != PARLEY_OK ? b->status : status;
}

parley_status parley_deal_bridges(parley_deal *d, const parley_bridges_options *options,
                                  parley_visit_bridge visit, void *user, parley_error *err)
{
    const parley_bridges_options defaults = PARLEY_BRIDGES_OPTIONS_INIT;
    bridge_finder b = {.d = d, .options = options != NULL ? options : &defaults, .err = err};
    b.visit = visit;
    b.user = user;
    int rung = b.options->rung >= 0 ? b.options->rung : d->dies_at;
    b.rung = (parley_rung)(rung >= 0 ? rung : (int)d->up_to);
    if (b.rung > d->up_to) {
        return parley_fail(err, PARLEY_INVALID,
                           "the analysis ends at '%s', which is before the rung asked for",
                           parley_words_word(PARLEY_WORDS_RUNG, d->up_to));
    }
    b.arena = parley_arena_new(d->ctx);
    b.scratch = parley_arena_new(d->ctx);
    parley_status status =
        b.arena == NULL || b.scratch == NULL ? deal_nomem(err) : bridges_spaces(&b);
    if (status == PARLEY_OK) {
        status = find_consenters(&b);
    }
    if (status == PARLEY_OK) {
        status = search(&b);
    }
    space_free(b.search);
    space_free(b.count);
    parley_arena_free(b.arena);
    parley_arena_free(b.scratch);
    return status;
}
