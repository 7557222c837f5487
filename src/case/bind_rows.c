/*
 * Fields that a table row cannot say: mandates, modes of readings, steps, lifted flags, relay
 * steps.
 */
#include "case/case_internal.h"

#include <string.h>

static bool inner_map(bind_state *b, const char *name, const parley_node *value, void *row,
                      const char *what)
{
    const case_inner *inner = case_inner_of(name);
    return bind_map(b, inner->field, inner->fields, value, row, -1, what);
}

bool special_mandate(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    return inner_map(b, "mandate", value, row, "'mandate'");
}

bool special_published(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_source *source = row;
    return bind_bool(b, value, &source->published,
                     "published"); /* else rows.c: as its kind has it */
}

static bool concern_text(bind_state *b, parley_concern *concern, const parley_node *value,
                         bool ours)
{
    if (concern->text != NULL) {
        return bind_error(b, value->key, PARLEY_CONFLICT,
                          "keep 'says' for the party's words, 'reading' for ours",
                          "a concern is either said or read, not both");
    }
    concern->text = bind_text(b, value, ours ? "reading" : "says");
    concern->ours = ours;
    return concern->text != NULL;
}

bool special_says(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    return concern_text(b, row, value, false);
}

bool special_reading(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    return concern_text(b, row, value, true);
}

bool special_mode(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_reading *reading = row;
    int mode = parley_words_find(PARLEY_WORDS_MODE, value->key->text, value->key->length);
    if (reading->formula != NULL) {
        return bind_error(b, value->key, PARLEY_CONFLICT, "make two readings of it",
                          "a reading refuses, requires or accepts one formula");
    }
    reading->mode = (parley_mode)mode;
    return bind_formula(b, value, &reading->formula);
}

bool special_steps(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_proposal *proposal = row;
    if (value->kind != PARLEY_NODE_LIST) {
        return bind_error(b, value, PARLEY_INVALID, "write - {what: ...} under it",
                          "'steps' must be a list");
    }
    parley_proposal_step *list = parley_arena_array(b->arena, value->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    const parley_node *m = value->first;
    for (uint32_t k = 0; k < value->count; k++, m = m->next) {
        list[k].span = m->span;
        good = inner_map(b, "steps", m, &list[k], "a step") && good;
    }
    proposal->steps = list;
    proposal->step_count = value->count;
    return good;
}

bool special_lifted(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_flag *flag = row;
    if (!inner_map(b, "lifted", value, row, "'lifted'")) {
        return false;
    }
    const char *lacks = flag->lifted_by == NULL || flag->lifted_by[0] == '\0'           ? "by"
                        : flag->lifted_office == NULL || flag->lifted_office[0] == '\0' ? "office"
                        : flag->lifted_date.form == PARLEY_DATE_UNKNOWN                 ? "date"
                        : flag->lifted_because == NULL || flag->lifted_because[0] == '\0'
                            ? "because"
                            : NULL;
    if (lacks != NULL) {
        return bind_error(b, value, PARLEY_INVALID,
                          "a named person records why: {by: NAME, office: OFFICE, date: DATE, "
                          "because: \"...\"}",
                          "flag '%s' is not lifted: '%s' is missing or empty", flag->record.id,
                          lacks);
    }
    flag->lifted = true;
    return true;
}

bool special_history(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_lever *lever = row;
    if (value->kind != PARLEY_NODE_LIST) {
        return bind_error(b, value, PARLEY_INVALID, "write [{date: ..., state: ...}]",
                          "'history' must be a list of dated states");
    }
    parley_lever_state *list = parley_arena_array(b->arena, value->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    const parley_node *m = value->first;
    b->entry = true;
    for (uint32_t k = 0; k < value->count; k++, m = m->next) {
        good = inner_map(b, "history", m, &list[k], "a state") && good;
    }
    b->entry = false;
    lever->states = list;
    lever->state_count = value->count;
    return good;
}

/* The words of a link or an aspect, once: said by somebody, or read by us. */
static bool said_or_read(bind_state *b, const parley_node *value, const char **text, bool *ours,
                         bool reading, const char *what)
{
    if (*text != NULL) {
        return bind_error(b, value->key, PARLEY_CONFLICT,
                          "keep 'says' for somebody's words, 'reading' for ours",
                          "%s is either said or read, not both", what);
    }
    *text = bind_text(b, value, reading ? "reading" : "says");
    *ours = reading;
    return *text != NULL;
}

bool special_aspect_says(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_aspect *aspect = row;
    return said_or_read(b, value, &aspect->text, &aspect->ours, false, "an aspect");
}

bool special_aspect_reading(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_aspect *aspect = row;
    return said_or_read(b, value, &aspect->text, &aspect->ours, true, "an aspect");
}

bool special_link_says(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_link *link = row;
    return said_or_read(b, value, &link->text, &link->ours, false, "a link");
}

bool special_link_reading(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_link *link = row;
    return said_or_read(b, value, &link->text, &link->ours, true, "a link");
}

bool special_aspects(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    if (value->kind != PARLEY_NODE_LIST) {
        return bind_error(b, value, PARLEY_INVALID, "write [{of: ..., says: ..., claim: ...}]",
                          "'aspects' must be a list");
    }
    parley_aspect *list = parley_arena_array(b->arena, value->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    const parley_node *m = value->first;
    b->entry = true;
    for (uint32_t k = 0; k < value->count; k++, m = m->next) {
        good = inner_map(b, "aspects", m, &list[k], "an aspect") && good;
    }
    b->entry = false;
    if (b->section == SECTION_LEVERS) {
        ((parley_lever *)row)->aspects = list;
        ((parley_lever *)row)->aspect_count = value->count;
    } else {
        ((parley_candidate *)row)->aspects = list;
        ((parley_candidate *)row)->aspect_count = value->count;
    }
    return good;
}

bool special_relay_step(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_relay *relay = row;
    parley_relay_step *step = strcmp(value->key->text, "said") == 0      ? &relay->said
                              : strcmp(value->key->text, "meant") == 0   ? &relay->meant
                              : strcmp(value->key->text, "carried") == 0 ? &relay->carried
                                                                         : &relay->read_back;
    step->typed = true;
    if (value->kind == PARLEY_NODE_SCALAR) {
        step->words = bind_text(b, value, value->key->text);
        return step->words != NULL;
    }
    return inner_map(b, "relay step", value, step, "a step of a relay");
}

bool special_may_say(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_relay *relay = row;
    if (value->kind == PARLEY_NODE_SCALAR) {
        relay->may_say = bind_text(b, value, "may-say");
        return relay->may_say != NULL;
    }
    return inner_map(b, "may-say", value, row, "'may-say'");
}
