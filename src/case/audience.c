/*
 * Labels, and the smaller case an audience may see: filter first, compute afterwards.
 *
 * Every record gets a label. What structures the talks (sources, parties, people, tracks, issues,
 * points, flags with their notice) is for everybody; a claim is public when its source, and every
 * source of its chain, is published; what leans on claims or sources takes the audiences common to
 * all of them; readings, concerns in our words, rules, relays, favours, obligations, channels and
 * whatever leans on nothing are the team's. A typed `label:` wins over the derived one.
 *
 * Projection takes hidden records, notes and the mandate out of the tree, and the tree is bound
 * again. `repeats`, `replaces`, `met-from`, `words` and `claims` simply lose their hidden entries;
 * any other reference from a visible record to a hidden one stops the projection and is named. With
 * an as-of date, what was learned later goes, and with it whatever leans on it.
 */
#include "case/case_internal.h"

#include <stdio.h>
#include <string.h>

static bool structural(case_section s)
{
    return s == SECTION_SOURCES || s == SECTION_PARTIES || s == SECTION_PEOPLE ||
           s == SECTION_TRACKS || s == SECTION_ISSUES || s == SECTION_POINTS || s == SECTION_FLAGS;
}

static parley_label team_only(void)
{
    parley_label label = parley_label_none();
    parley_label_allow(&label, PARLEY_AUDIENCE_TEAM);
    return label;
}

/* What a typed label implies: public means everybody, all means every party, and so on. */
static parley_label spread(const parley_case *c, parley_label typed)
{
    if (parley_label_allows(&typed, PARLEY_AUDIENCE_PUBLIC)) {
        return parley_label_everybody();
    }
    bool all = parley_label_allows(&typed, PARLEY_AUDIENCE_ALL);
    bool principals = all || parley_label_allows(&typed, PARLEY_AUDIENCE_PRINCIPALS);
    if (principals) {
        parley_label_allow(&typed, PARLEY_AUDIENCE_PRINCIPALS);
    }
    for (uint32_t i = 0; i < c->count[SECTION_PARTIES]; i++) {
        const parley_party *party = CASE_ROW(c, SECTION_PARTIES, parley_party, i);
        if (all || (principals && (party->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0)) {
            parley_label_allow(&typed, PARLEY_AUDIENCE_PARTY + i);
        }
    }
    return typed;
}

static parley_label source_label(const parley_case *c, int32_t source)
{
    const parley_source *row = CASE_ROW(c, SECTION_SOURCES, parley_source, source);
    return row->published ? parley_label_everybody() : team_only();
}

static parley_label claim_label(const parley_case *c, const parley_claim *claim)
{
    if (claim->source < 0 ||
        (claim->publicity != NULL && strcmp(claim->publicity, "private") == 0)) {
        return team_only();
    }
    parley_label label = source_label(c, claim->source);
    for (uint32_t k = 0; k < claim->chain.count; k++) {
        label = parley_label_meet(label, source_label(c, claim->chain.at[k]));
    }
    return label;
}

/* The audiences common to everything a record leans on; the team's when it leans on nothing. */
static parley_label evidence_label(const parley_case *c, const parley_record *record,
                                   const int32_t *sources, uint32_t count)
{
    parley_label label = parley_label_everybody();
    bool leans = false;
    for (uint32_t k = 0; k < record->evidence_count; k++) {
        const parley_claim *claim = CASE_ROW(c, SECTION_CLAIMS, parley_claim, record->evidence[k]);
        label = parley_label_meet(label, claim->record.label);
        leans = true;
    }
    for (uint32_t k = 0; k < count; k++) {
        if (sources[k] >= 0) {
            label = parley_label_meet(label, source_label(c, sources[k]));
            leans = true;
        }
    }
    return leans ? label : team_only();
}

static parley_label derived_label(const parley_case *c, case_section s, const void *row)
{
    const parley_record *record = row;
    switch (s) {
    case SECTION_CLAIMS:
        return claim_label(c, row);
    case SECTION_CONCERNS:
        return ((const parley_concern *)row)->ours ? team_only()
                                                   : evidence_label(c, record, NULL, 0);
    case SECTION_PROPOSALS: {
        const parley_proposal *p = row;
        return evidence_label(c, record, &p->tabled_by.source, 1);
    }
    case SECTION_RESPONSES:
        return evidence_label(c, record, &((const parley_response *)row)->source, 1);
    case SECTION_FIGURES: {
        const parley_figure *f = row;
        const int32_t sources[2] = {f->source, f->via};
        return evidence_label(c, record, sources, 2);
    }
    case SECTION_LEVERS: {
        const parley_lever *lever = row;
        parley_label label = lever->state_count > 0 ? parley_label_everybody() : team_only();
        for (uint32_t k = 0; k < lever->state_count; k++) {
            int32_t claim = lever->states[k].claim;
            label = parley_label_meet(
                label, claim >= 0 ? CASE_ROW(c, SECTION_CLAIMS, parley_claim, claim)->record.label
                                  : team_only());
        }
        return label;
    }
    case SECTION_MEETINGS:
    case SECTION_EXPECTED:
        return evidence_label(c, record, NULL, 0);
    default:
        return structural(s) ? parley_label_everybody() : team_only();
    }
}

/* ------------------------------------------------------------ projection */

typedef struct projection {
    bind_state *b;
    bool *hidden[SECTION_COUNT];
    bool by_date; /* hiding by date: what leans on the hidden goes too, without an error */
    bool changed;
    case_section section; /* row being looked at */
    uint32_t row;
    const parley_node *at;
} projection;

static bool prunable(const char *key)
{
    return strcmp(key, "repeats") == 0 || strcmp(key, "replaces") == 0 ||
           strcmp(key, "met-from") == 0 || strcmp(key, "words") == 0 || strcmp(key, "claims") == 0;
}

static void lean(projection *p, case_section s, int32_t target)
{
    bind_state *b = p->b;
    parley_case *c = b->c;
    if (target < 0 || !p->hidden[s][target] || p->hidden[p->section][p->row]) {
        return;
    }
    if (p->by_date) {
        p->hidden[p->section][p->row] = true;
        p->changed = true;
        return;
    }
    const char *id = c->index[p->section].text[p->row];
    bind_error(b, p->at, PARLEY_DENIED,
               parley_arena_format(b->arena, "give '%s' a narrower label, or '%s' a wider one", id,
                                   c->index[s].text[target]),
               "%s '%s' leans on %s '%s', which this audience may not see",
               case_section_one(p->section), id, case_section_one(s), c->index[s].text[target]);
}

static void lean_atom(void *user, const parley_formula *atom)
{
    projection *p = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        lean(p, SECTION_PROPOSALS, atom->proposal);
    }
    if (atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE) {
        lean(p, SECTION_ISSUES, atom->issue);
    }
}

static void lean_formula(projection *p, const parley_formula *f)
{
    if (f != NULL) {
        parley_formula_atoms(f, lean_atom, p);
    }
}

static void lean_conditions(projection *p, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        lean_formula(p, list->at[k].formula);
    }
}

static void lean_voice(projection *p, const parley_voice *voice)
{
    lean(p, SECTION_PARTIES, voice->party);
    lean(p, SECTION_PEOPLE, voice->person);
    lean(p, SECTION_SOURCES, voice->source);
}

/* Everything a bound row refers to, by the table. */
static void lean_row(projection *p, const void *row, const parley_node *node)
{
    const case_schema *schema = case_schema_of(p->section);
    for (uint32_t f = 0; f < schema->fields; f++) {
        const case_field *field = &schema->field[f];
        const void *at = (const char *)row + field->offset;
        const parley_node *value =
            node->kind == PARLEY_NODE_MAP ? parley_node_member(node, field->key) : NULL;
        if (value == NULL) {
            continue;
        }
        p->at = value;
        switch ((field_type)field->type) {
        case FIELD_REF:
            if (!prunable(field->key)) {
                lean(p, (case_section)field->arg, *(const int32_t *)at);
            }
            break;
        case FIELD_REFS: {
            const parley_ids *ids = at;
            for (uint32_t k = 0; !prunable(field->key) && k < ids->count; k++) {
                lean(p, (case_section)field->arg, ids->at[k]);
            }
            break;
        }
        case FIELD_VOICE:
            lean_voice(p, at);
            break;
        case FIELD_VOICES: {
            const parley_voices *voices = at;
            for (uint32_t k = 0; k < voices->count; k++) {
                lean_voice(p, &voices->at[k]);
            }
            break;
        }
        case FIELD_FORMULA:
            lean_formula(p, *(const parley_formula *const *)at);
            break;
        case FIELD_FORMULAS:
        case FIELD_CONDITIONS:
            lean_conditions(p, at);
            break;
        case FIELD_ABOUT: {
            static const case_section sections[] = {[PARLEY_ABOUT_PROPOSAL] = SECTION_PROPOSALS,
                                                    [PARLEY_ABOUT_ISSUE] = SECTION_ISSUES,
                                                    [PARLEY_ABOUT_CONCERN] = SECTION_CONCERNS,
                                                    [PARLEY_ABOUT_CLAIM] = SECTION_CLAIMS,
                                                    [PARLEY_ABOUT_POINT] = SECTION_POINTS};
            const parley_about *about = at;
            if (about->kind >= PARLEY_ABOUT_PROPOSAL) {
                lean(p, sections[about->kind], about->index);
            }
            lean_formula(p, about->formula);
            break;
        }
        default:
            break;
        }
    }
    p->at = node->key != NULL ? node->key : node;
    if (p->section == SECTION_PROPOSALS) {
        lean_formula(p, ((const parley_proposal *)row)->formula);
    }
    if (p->section == SECTION_READINGS) {
        lean_formula(p, ((const parley_reading *)row)->formula);
    }
}

static void lean_all(projection *p)
{
    const parley_case *c = p->b->c;
    do {
        p->changed = false;
        for (int s = 0; s < SECTION_COUNT; s++) {
            for (uint32_t i = 0; i < c->count[s]; i++) {
                if (!p->hidden[s][i]) {
                    p->section = (case_section)s;
                    p->row = i;
                    lean_row(p,
                             (const char *)c->rows[s] + i * case_section_row_size((case_section)s),
                             c->row_node[s][i]);
                }
            }
        }
    } while (p->changed);
}

static void unlink_child(parley_node *container, const parley_node *child)
{
    parley_node **at = &container->first;
    while (*at != child) {
        at = &(*at)->next;
    }
    *at = child->next;
    container->count--;
}

/* Take entries that name hidden claims out of a prunable key of a visible row. */
static void prune_entries(const parley_case *c, parley_node *map, const bool *hidden)
{
    parley_node *next = NULL;
    for (parley_node *m = map->first; m != NULL; m = next) {
        next = m->next;
        if (!prunable(m->key->text)) {
            continue;
        }
        uint32_t before = m->kind == PARLEY_NODE_LIST ? m->count : 1;
        uint32_t left = before;
        parley_node *after = NULL;
        for (parley_node *e = m->kind == PARLEY_NODE_LIST ? m->first : m; e != NULL; e = after) {
            after = m->kind == PARLEY_NODE_LIST ? e->next : NULL;
            int32_t id = e->kind == PARLEY_NODE_SCALAR
                             ? case_index_find(&c->index[SECTION_CLAIMS], e->text, e->length)
                             : -1;
            if (id >= 0 && hidden[id]) {
                left--;
                if (m->kind == PARLEY_NODE_LIST) {
                    unlink_child(m, e);
                }
            }
        }
        if (left == 0 && before > 0) {
            unlink_child(map, m);
        }
    }
}

static void drop_member(parley_node *map, const char *key)
{
    const parley_node *m = map->kind == PARLEY_NODE_MAP ? parley_node_member(map, key) : NULL;
    if (m != NULL) {
        unlink_child(map, m);
    }
}

static void prune_tree(projection *p, bool audience)
{
    parley_case *c = p->b->c;
    for (int s = 0; s < SECTION_COUNT; s++) {
        parley_node *section = (parley_node *)(uintptr_t)c->section[s];
        parley_node **link = section != NULL ? &section->first : NULL;
        for (uint32_t i = 0; i < c->count[s]; i++) {
            parley_node *node = c->row_node[s][i];
            if (p->hidden[s][i]) {
                *link = node->next;
                section->count--;
                continue;
            }
            link = &node->next;
            if (node->kind == PARLEY_NODE_MAP) {
                prune_entries(c, node, p->hidden[SECTION_CLAIMS]);
                if (audience) {
                    drop_member(node, "note");
                    drop_member(node, "label");
                }
            }
        }
        if (audience && section != NULL && section->count == 0 && c->count[s] > 0) {
            unlink_child((parley_node *)(uintptr_t)c->root, section);
        }
    }
    if (audience) {
        static const char *const ours[] = {"note", "mandate", "values", "game"};
        for (size_t k = 0; k < sizeof(ours) / sizeof(ours[0]); k++) {
            drop_member((parley_node *)(uintptr_t)c->root, ours[k]);
        }
    }
}

static bool find_audience(bind_state *b, const char *audience)
{
    static const char *const fixed[] = {"team", "principals", "all", "public"};
    parley_case *c = b->c;
    for (int k = 0; k < 4; k++) {
        if (strcmp(fixed[k], audience) == 0) {
            c->audience_bit = k;
        }
    }
    int32_t party = case_index_find(&c->index[SECTION_PARTIES], audience, strlen(audience));
    if (c->audience_bit < 0 && party >= 0) {
        c->audience_bit = PARLEY_AUDIENCE_PARTY + party;
    }
    if (c->audience_bit < 0) {
        parley_error error = PARLEY_ERROR_INIT;
        parley_fail(&error, PARLEY_NOTFOUND, "'%s' is no audience", audience);
        parley_error_hint(&error, "use team, principals, all, public or the id of a party");
        return bind_pass(b, &error);
    }
    c->audience = parley_arena_copy(c->arena, audience, strlen(audience));
    return c->audience != NULL || bind_nomem(b);
}

static parley_date learned_of(const parley_record *record)
{
    return record->learned.form != PARLEY_DATE_UNKNOWN ? record->learned : record->happened;
}

bool case_apply_audience(bind_state *b, const char *audience, parley_date as_of)
{
    parley_case *c = b->c;
    projection p = {.b = b};
    /* Claims first: others lean on their labels. */
    for (int pass = 0; pass < 2; pass++) {
        for (int s = 0; s < SECTION_COUNT; s++) {
            for (uint32_t i = 0; (s == SECTION_CLAIMS) == (pass == 0) && i < c->count[s]; i++) {
                void *row = (char *)c->rows[s] + i * case_section_row_size((case_section)s);
                parley_record *record = row;
                record->label = record->label_typed ? spread(c, record->label)
                                                    : derived_label(c, (case_section)s, row);
            }
        }
    }
    if (audience != NULL && !find_audience(b, audience)) {
        return false;
    }
    bool dated = as_of.form != PARLEY_DATE_UNKNOWN;
    bool team = c->audience_bit <= PARLEY_AUDIENCE_TEAM;
    if (team && !dated) {
        return true;
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        p.hidden[s] = parley_arena_array(c->arena, c->count[s], sizeof(bool));
        if (p.hidden[s] == NULL) {
            return bind_nomem(b);
        }
        for (uint32_t i = 0; i < c->count[s]; i++) {
            const parley_record *record =
                (const parley_record *)((const char *)c->rows[s] +
                                        i * case_section_row_size((case_section)s));
            p.hidden[s][i] = dated && !structural((case_section)s) &&
                             !parley_date_possibly_by(learned_of(record), as_of.last);
        }
    }
    if (dated) {
        p.by_date = true;
        lean_all(&p);
    }
    if (!team) {
        for (int s = 0; s < SECTION_COUNT; s++) {
            for (uint32_t i = 0; i < c->count[s]; i++) {
                const parley_record *record =
                    (const parley_record *)((const char *)c->rows[s] +
                                            i * case_section_row_size((case_section)s));
                p.hidden[s][i] = p.hidden[s][i] ||
                                 !parley_label_allows(&record->label, (uint32_t)c->audience_bit);
            }
        }
        p.by_date = false;
        lean_all(&p);
    }
    if (b->errors > 0) {
        return false;
    }
    prune_tree(&p, !team);
    return true;
}

void case_finish_projection(bind_state *b, parley_date filed, parley_date as_of)
{
    parley_case *c = b->c;
    parley_date newest = PARLEY_DATE_INIT;
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s]; i++) {
            const parley_record *record =
                (const parley_record *)((const char *)c->rows[s] +
                                        i * case_section_row_size((case_section)s));
            const parley_date both[2] = {record->happened, record->learned};
            for (int k = 0; k < 2; k++) {
                if (both[k].form != PARLEY_DATE_UNKNOWN && both[k].side == PARLEY_DATE_ON &&
                    (newest.form == PARLEY_DATE_UNKNOWN || both[k].first > newest.first)) {
                    newest = both[k];
                }
            }
        }
    }
    c->as_of = as_of.form != PARLEY_DATE_UNKNOWN ? as_of : filed;
    bool team = c->audience_bit <= PARLEY_AUDIENCE_TEAM;
    if (!team && newest.first < c->as_of.first) {
        c->as_of = newest;
    }
}
