/*
 * Fields that a table row cannot say: mandates, modes of readings, steps, lifted flags, relay
 * steps.
 */
#include "case/case_internal.h"

#include <stdio.h>
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

/* The words of a concern, a link or an aspect, once: said by `whom`, or read by us. */
static bool said_or_read(bind_state *b, const parley_node *value, const char **text, bool *ours,
                         const char *what, const char *whom)
{
    if (*text != NULL) {
        char hint[80];
        snprintf(hint, sizeof(hint), "keep 'says' for %s words, 'reading' for ours", whom);
        return bind_error(b, value->key, PARLEY_CONFLICT, hint,
                          "%s is either said or read, not both", what);
    }
    *ours = strcmp(value->key->text, "reading") == 0;
    *text = bind_text(b, value, value->key->text);
    return *text != NULL;
}

/*
 * A list of maps in a row, each bound by the table `name`; *rows: `size` bytes each, as many as the
 * list has. entries: a copy by date loses an entry of it, not the row.
 */
static bool inner_list(bind_state *b, const parley_node *value, const char *name, size_t size,
                       bool entries, const char *what, void **rows)
{
    bool good = true;
    const parley_node *m = value->first;
    char *row = parley_arena_array(b->arena, value->count, size);
    *rows = row;
    if (row == NULL) {
        return bind_nomem(b);
    }
    b->entry = entries;
    for (uint32_t k = 0; k < value->count; k++, m = m->next) {
        good = inner_map(b, name, m, row + k * size, what) && good;
    }
    b->entry = false;
    return good;
}

bool special_concern_words(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_concern *concern = row;
    return said_or_read(b, value, &concern->text, &concern->ours, "a concern", "the party's");
}

bool special_aspect_words(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_aspect *aspect = row;
    return said_or_read(b, value, &aspect->text, &aspect->ours, "an aspect", "somebody's");
}

bool special_perception_words(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_perception *seen = row;
    return said_or_read(b, value, &seen->text, &seen->ours, "a perception", "somebody's");
}

bool special_link_words(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_link *link = row;
    return said_or_read(b, value, &link->text, &link->ours, "a link", "somebody's");
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
    void *rows = NULL;
    bool good = inner_list(b, value, "steps", sizeof(parley_proposal_step), false, "a step", &rows);
    proposal->steps = rows;
    proposal->step_count = rows != NULL ? value->count : 0;
    const parley_node *m = value->first;
    for (uint32_t k = 0; k < proposal->step_count; k++, m = m->next) {
        ((parley_proposal_step *)rows)[k].span = m->span;
    }
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
    void *rows = NULL;
    bool good = inner_list(b, value, "history", sizeof(*lever->states), true, "a state", &rows);
    lever->states = rows;
    lever->state_count = rows != NULL ? value->count : 0;
    return good;
}

bool special_aspects(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    if (value->kind != PARLEY_NODE_LIST) {
        return bind_error(b, value, PARLEY_INVALID, "write [{of: ..., says: ..., claim: ...}]",
                          "'aspects' must be a list");
    }
    void *rows = NULL;
    bool good = inner_list(b, value, "aspects", sizeof(parley_aspect), true, "an aspect", &rows);
    uint32_t count = rows != NULL ? value->count : 0;
    if (b->section == SECTION_LEVERS) {
        ((parley_lever *)row)->aspects = rows;
        ((parley_lever *)row)->aspect_count = count;
    } else {
        ((parley_candidate *)row)->aspects = rows;
        ((parley_candidate *)row)->aspect_count = count;
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
