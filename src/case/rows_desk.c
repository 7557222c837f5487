/*
 * What must hold in the sections of the mediator's desk: levers, candidates, perceptions, links to
 * other cases, incidents; and what is legal but suspicious. Run by rows.c with the other checks.
 */
#include "case/case_internal.h"

#include <string.h>

static bool has_key(const parley_node *map, const char *key)
{
    return map->kind == PARLEY_NODE_MAP && parley_node_member(map, key) != NULL;
}

/* Words of somebody lean on a claim, ours on `from`; told at the map that holds them. */
static void check_said(bind_state *b, const parley_node *map, const char *what)
{
    if (map->kind != PARLEY_NODE_MAP) {
        return; /* told already */
    }
    bool says = has_key(map, "says");
    bool reading = has_key(map, "reading");
    const parley_node *claim = parley_node_member(map, "claim");
    const parley_node *from = parley_node_member(map, "from");
    if (reading && claim != NULL) {
        bind_error(b, claim, PARLEY_CONFLICT, "write 'from:' for what a reading leans on",
                   "'claim' says who said it, but this is our reading");
    }
    if (!reading && from != NULL) {
        bind_error(b, from, PARLEY_CONFLICT,
                   "write 'claim:' for who said it, or 'reading:' if it is ours",
                   "'from' belongs to a reading, and there is none");
    }
    if (says && claim == NULL) {
        bind_warning(b, parley_node_member(map, "says"),
                     "add 'claim:', or write 'reading:' if it is ours",
                     "%s is somebody's words, but no claim says so", what);
    }
}

static void check_aspects(bind_state *b, case_section s, const void *row)
{
    const parley_node *node = case_node_of(b->c, s, row);
    const parley_node *list =
        node->kind == PARLEY_NODE_MAP ? parley_node_member(node, "aspects") : NULL;
    if (list == NULL || list->kind != PARLEY_NODE_LIST) {
        return;
    }
    for (const parley_node *m = list->first; m != NULL; m = m->next) {
        check_said(b, m, "this aspect");
        if (m->kind == PARLEY_NODE_MAP && !has_key(m, "says") && !has_key(m, "reading")) {
            bind_error(b, m, PARLEY_INVALID,
                       "add 'says:' for somebody's words, or 'reading:' for ours",
                       "an aspect says nothing");
        }
    }
}

/* ------------------------------------------------------------------- levers */

static void check_levers(bind_state *b)
{
    parley_case *c = b->c;
    for (uint32_t i = 0; i < c->count[SECTION_LEVERS]; i++) {
        const parley_lever *lever = CASE_ROW(c, SECTION_LEVERS, parley_lever, i);
        check_aspects(b, SECTION_LEVERS, lever);
        for (uint32_t k = 1; k < lever->state_count; k++) {
            parley_date before = lever->states[k - 1].date;
            parley_date after = lever->states[k].date;
            if (before.form != PARLEY_DATE_UNKNOWN && after.form != PARLEY_DATE_UNKNOWN &&
                before.first != INT32_MIN && after.last < before.first) {
                bind_warning(b, case_place_of(c, SECTION_LEVERS, lever, "history"),
                             "correct the dates, or put the states in order",
                             "lever '%s' was '%s' before it was '%s', which is typed first",
                             lever->record.id, lever->states[k].state, lever->states[k - 1].state);
            }
        }
    }
}

/* --------------------------------------------------------------- candidates */

/* Is any claim about row i of a section? */
static bool spoken_of(const parley_case *c, parley_about_kind kind, uint32_t i)
{
    for (uint32_t k = 0; k < c->count[SECTION_CLAIMS]; k++) {
        const parley_about *about = &CASE_ROW(c, SECTION_CLAIMS, parley_claim, k)->about;
        if (about->kind == kind && about->index == (int32_t)i) {
            return true;
        }
    }
    return false;
}

static const char *name_of(const parley_case *c, const parley_candidate *row)
{
    if (row->name != NULL && row->name[0] != '\0') {
        return row->name;
    }
    if (row->purpose == PARLEY_PURPOSE_VENUE || row->purpose == PARLEY_PURPOSE_TABLE) {
        return row->record.id; /* the host is not the place */
    }
    const char *name =
        row->who.person >= 0  ? CASE_ROW(c, SECTION_PEOPLE, parley_person, row->who.person)->name
        : row->who.party >= 0 ? CASE_ROW(c, SECTION_PARTIES, parley_party, row->who.party)->name
                              : row->who.words;
    return name != NULL && name[0] != '\0' ? name : row->record.id;
}

static void check_candidates(bind_state *b)
{
    parley_case *c = b->c;
    for (uint32_t i = 0; i < c->count[SECTION_CANDIDATES]; i++) {
        parley_candidate *row = CASE_ROW(c, SECTION_CANDIDATES, parley_candidate, i);
        check_aspects(b, SECTION_CANDIDATES, row);
        if (row->seats.count > 0 && row->purpose != PARLEY_PURPOSE_TABLE &&
            row->purpose != PARLEY_PURPOSE_NONE) {
            bind_error(b, case_place_of(c, SECTION_CANDIDATES, row, "seats"), PARLEY_CONFLICT,
                       "leave 'seats:' out, or write for: table",
                       "only a table has seats, and '%s' is a candidate for %s", row->record.id,
                       parley_words_word(PARLEY_WORDS_PURPOSE, row->purpose));
        }
        if (row->is == NULL && row->claims.count == 0 && row->aspect_count == 0 &&
            row->seats.count == 0 && !spoken_of(c, PARLEY_ABOUT_CANDIDATE, i)) {
            bind_warning(b, case_node_of(c, SECTION_CANDIDATES, row)->key,
                         "add claims about it, or 'is:' the answer that it is",
                         "nobody speaks of candidate '%s'", row->record.id);
        }
        row->name = name_of(c, row);
    }
}

/* -------------------------------------------------------------- perceptions */

static void check_perceptions(bind_state *b)
{
    parley_case *c = b->c;
    for (uint32_t i = 0; i < c->count[SECTION_PERCEPTIONS]; i++) {
        const parley_perception *row = CASE_ROW(c, SECTION_PERCEPTIONS, parley_perception, i);
        const parley_node *node = case_node_of(c, SECTION_PERCEPTIONS, row);
        check_said(b, node, "the perception");
        if (node->kind != PARLEY_NODE_MAP) {
            continue; /* told already */
        }
        const char *words =
            row->claim >= 0 ? CASE_ROW(c, SECTION_CLAIMS, parley_claim, row->claim)->says : NULL;
        if (!case_is_typed(c, SECTION_PERCEPTIONS, row, "says") &&
            !case_is_typed(c, SECTION_PERCEPTIONS, row, "reading") && words == NULL) {
            bind_error(b, node->key, PARLEY_INVALID,
                       "add 'claim:' with one that has words, 'says:' for somebody's words, or "
                       "'reading:' for ours",
                       "perception '%s' says nothing", row->record.id);
        }
        bool named = row->of == PARLEY_MOMENT_SPOKESMAN || row->of == PARLEY_MOMENT_SPOILER;
        if (case_is_typed(c, SECTION_PERCEPTIONS, row, "who") && row->of != PARLEY_MOMENT_NONE &&
            !named) {
            bind_error(b, case_place_of(c, SECTION_PERCEPTIONS, row, "who"), PARLEY_CONFLICT,
                       "leave 'who:' out; who said it stands in the claim",
                       "'who' names a spokesman or a spoiler, and '%s' is about a %s",
                       row->record.id, parley_words_word(PARLEY_WORDS_MOMENT, row->of));
        }
    }
}

/* -------------------------------------------------------------------- links */

static void check_links(bind_state *b)
{
    parley_case *c = b->c;
    for (uint32_t i = 0; i < c->count[SECTION_LINKS]; i++) {
        const parley_link *link = CASE_ROW(c, SECTION_LINKS, parley_link, i);
        const parley_node *node = case_node_of(c, SECTION_LINKS, link);
        check_said(b, node, "the link");
        if (link->file != NULL && link->file[0] == '/') {
            bind_error(b, case_place_of(c, SECTION_LINKS, link, "case"), PARLEY_INVALID,
                       "write a file name relative to this case: ../other.yaml",
                       "the other case of link '%s' has a path of this machine", link->record.id);
        }
        if (link->text == NULL && node->kind == PARLEY_NODE_MAP) {
            bind_warning(b, node->key, "add 'says:' with 'claim:', or 'reading:' if it is ours",
                         "nobody says why link '%s' is there", link->record.id);
        }
    }
}

/* ---------------------------------------------------------------- incidents */

static void check_incidents(bind_state *b)
{
    parley_case *c = b->c;
    for (uint32_t i = 0; i < c->count[SECTION_INCIDENTS]; i++) {
        const parley_incident *row = CASE_ROW(c, SECTION_INCIDENTS, parley_incident, i);
        const parley_node *node = case_node_of(c, SECTION_INCIDENTS, row);
        if (row->source < 0 && row->figures.count == 0 && !has_key(node, "source") &&
            !spoken_of(c, PARLEY_ABOUT_INCIDENT, i)) {
            bind_warning(b, node->key, "add claims about it, or 'source:'",
                         "nobody says that incident '%s' happened", row->record.id);
        }
    }
    for (uint32_t i = 0; i < c->count[SECTION_CLAIMS]; i++) {
        const parley_claim *claim = CASE_ROW(c, SECTION_CLAIMS, parley_claim, i);
        if (claim->blames.count > 0 && claim->about.kind != PARLEY_ABOUT_INCIDENT &&
            claim->about.kind != PARLEY_ABOUT_NOTHING) {
            bind_warning(b, case_place_of(c, SECTION_CLAIMS, claim, "blames"),
                         "write 'about:' with the id of the incident",
                         "claim '%s' blames somebody, but is about no incident", claim->record.id);
        }
    }
}

void case_check_desk(bind_state *b)
{
    check_levers(b);
    check_candidates(b);
    check_perceptions(b);
    check_links(b);
    check_incidents(b);
}
