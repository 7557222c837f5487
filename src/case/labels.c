/*
 * Labels: who may see a record.
 *
 * A typed label wins. Without one: what structures the talks (sources, parties, people, tracks,
 * issues, points, flags with their notice) is for everybody; a claim is public when its source, and
 * every source of its chain, is published; what leans on claims or sources takes the audiences
 * common to all of them (a poll also those of its constituency); readings, concerns and links in
 * our words, rules, relays, favours, obligations, channels, candidates and whatever leans on
 * nothing are the team's. A label typed on a source narrows what comes from it, and never widens
 * it.
 */
#include "case/case_internal.h"

#include <string.h>

static parley_label team_only(void)
{
    parley_label label = parley_label_none();
    parley_label_allow(&label, PARLEY_AUDIENCE_TEAM);
    return label;
}

int32_t case_audience_fixed(const char *text)
{
    static const char *const fixed[] = {"team", "principals", "all", "public"};
    for (int32_t k = 0; k < 4; k++) {
        if (strcmp(text, fixed[k]) == 0) {
            return k;
        }
    }
    return -1;
}

bool case_find_audience(bind_state *b, const char *audience)
{
    parley_case *c = b->c;
    const case_index *parties = &c->index[SECTION_PARTIES];
    size_t length = strlen(audience);
    c->audience_bit = case_audience_fixed(audience);
    if (c->audience_bit < 0) {
        int32_t party = case_index_find(parties, audience, length);
        c->audience_bit = party >= 0 ? PARLEY_AUDIENCE_PARTY + party : -1;
    }
    if (c->audience_bit < 0) {
        parley_error error = PARLEY_ERROR_INIT;
        const char *known[64]; /* whoever is looking, these are no secret */
        uint32_t count = 0;
        for (uint32_t i = 0; i < parties->count && count < 64; i++) {
            const parley_record *record = &CASE_ROW(c, SECTION_PARTIES, parley_party, i)->record;
            if (parley_label_allows(&record->label, PARLEY_AUDIENCE_PUBLIC)) {
                known[count++] = parties->text[i];
            }
        }
        const char *hint = bind_nearest(b, audience, length, known, count);
        parley_fail(&error, PARLEY_NOTFOUND, "'%s' is no audience",
                    bind_shown(b, audience, length));
        parley_error_hint(&error, "%s",
                          hint != NULL ? hint
                                       : "use team, principals, all, public or the id of a party");
        return bind_pass(b, &error);
    }
    if (c->audience_bit == PARLEY_AUDIENCE_TEAM) {
        return true; /* the team's own copy has no name */
    }
    c->audience = parley_arena_copy(c->arena, audience, length);
    return c->audience != NULL || bind_nomem(b);
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

/* Who may see what comes from a source. */
static parley_label source_label(const parley_case *c, int32_t source)
{
    const parley_source *row = CASE_ROW(c, SECTION_SOURCES, parley_source, source);
    parley_label label = row->published ? parley_label_everybody() : team_only();
    return row->record.label_typed ? parley_label_meet(label, row->record.label) : label;
}

parley_label case_claim_label(const parley_case *c, const parley_claim *claim)
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

static parley_label lever_label(const parley_case *c, const parley_lever *lever)
{
    parley_label label = lever->state_count > 0 ? parley_label_everybody() : team_only();
    for (uint32_t k = 0; k < lever->state_count; k++) {
        int32_t claim = lever->states[k].claim;
        label = parley_label_meet(
            label, claim >= 0 ? CASE_ROW(c, SECTION_CLAIMS, parley_claim, claim)->record.label
                              : team_only());
    }
    for (uint32_t k = 0; k < lever->aspect_count; k++) { /* what we read into it is the team's */
        int32_t claim = lever->aspects[k].claim;
        label = parley_label_meet(
            label, claim >= 0 && !lever->aspects[k].ours
                       ? CASE_ROW(c, SECTION_CLAIMS, parley_claim, claim)->record.label
                       : team_only());
    }
    return label;
}

static parley_label derived_label(const parley_case *c, case_section s, const void *row)
{
    const parley_record *record = row;
    switch (s) {
    case SECTION_CLAIMS:
        return case_claim_label(c, row);
    case SECTION_CONCERNS:
        return ((const parley_concern *)row)->ours ? team_only()
                                                   : evidence_label(c, record, NULL, 0);
    case SECTION_PERCEPTIONS:
        return ((const parley_perception *)row)->ours ? team_only()
                                                      : evidence_label(c, record, NULL, 0);
    case SECTION_CONSTITUENCIES:
        return ((const parley_constituency *)row)->reading != NULL
                   ? team_only()
                   : evidence_label(c, record, NULL, 0);
    case SECTION_POLLS: {
        const parley_poll *poll = row;
        const int32_t sources[2] = {poll->source, poll->via};
        parley_label label = evidence_label(c, record, sources, 2);
        /* constituencies stand before polls: theirs is known */
        return parley_label_meet(
            label, CASE_ROW(c, SECTION_CONSTITUENCIES, parley_constituency, poll->constituency)
                       ->record.label);
    }
    case SECTION_PROPOSALS:
        return evidence_label(c, record, &((const parley_proposal *)row)->tabled_by.source, 1);
    case SECTION_RESPONSES:
        return evidence_label(c, record, &((const parley_response *)row)->source, 1);
    case SECTION_FIGURES: {
        const parley_figure *f = row;
        const int32_t sources[2] = {f->source, f->via};
        return evidence_label(c, record, sources, 2);
    }
    case SECTION_LEVERS:
        return lever_label(c, row);
    case SECTION_INCIDENTS:
        return evidence_label(c, record, &((const parley_incident *)row)->source, 1);
    case SECTION_LINKS:
        return ((const parley_link *)row)->ours ? team_only() : evidence_label(c, record, NULL, 0);
    case SECTION_MEETINGS:
    case SECTION_EXPECTED:
        return evidence_label(c, record, NULL, 0);
    case SECTION_SOURCES:
    case SECTION_PARTIES:
    case SECTION_PEOPLE:
    case SECTION_TRACKS:
    case SECTION_ISSUES:
    case SECTION_POINTS:
    case SECTION_FLAGS:
        return parley_label_everybody();
    default:
        return team_only();
    }
}

void case_label_rows(parley_case *c)
{
    parley_record *acceptance = &c->acceptance.record;
    acceptance->label = acceptance->label_typed ? spread(c, acceptance->label) : team_only();
    /* Sources first, then claims, whose labels lean on them; then what leans on claims. */
    for (int pass = 0; pass < 3; pass++) {
        for (int s = 0; s < SECTION_COUNT; s++) {
            int turn = s == SECTION_SOURCES ? 0 : s == SECTION_CLAIMS ? 1 : 2;
            for (uint32_t i = 0; turn == pass && i < c->count[s]; i++) {
                void *row = (char *)c->rows[s] + i * case_section_row_size((case_section)s);
                parley_record *record = row;
                record->label = record->label_typed ? spread(c, record->label)
                                                    : derived_label(c, (case_section)s, row);
            }
        }
    }
}
