/*
 * From one scalar to one value: texts, numbers, dates, words; and the switch over the table's
 * types.
 */
#include "case/case_internal.h"

#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------- plain values */

/* Words that YAML 1.1 readers turn into booleans or null when they are not quoted. */
bool bind_turns(const parley_node *value)
{
    static const char *const words[] = {"yes",  "no",   "on",    "off",   "y",    "n",  "~",
                                        "Yes",  "No",   "On",    "Off",   "YES",  "NO", "ON",
                                        "OFF",  "null", "Null",  "NULL",  "Y",    "N",  "true",
                                        "True", "TRUE", "false", "False", "FALSE"};
    if (value->kind != PARLEY_NODE_SCALAR || value->style != PARLEY_STYLE_PLAIN ||
        value->length > 5) {
        return false;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(value->text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

const char *bind_text(bind_state *b, const parley_node *value, const char *what)
{
    if (value->kind != PARLEY_NODE_SCALAR) {
        bind_error(b, value, PARLEY_INVALID, "write one text", "'%s' must be a text; this is %s",
                   what, bind_kind(value));
        return NULL;
    }
    if (bind_turns(value)) {
        bind_warning(b, value, "put it in quotes", "other YAML readers do not take '%s' as a text",
                     value->text);
    }
    return value->text;
}

bool bind_decimal(bind_state *b, const parley_node *value, parley_decimal *out, const char *what)
{
    parley_error error = PARLEY_ERROR_INIT;
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write a number",
                          "'%s' must be a number; this is %s", what, bind_kind(value));
    }
    if (parley_decimal_parse(out, value->text, value->length, &error) != PARLEY_OK) {
        return bind_error(b, value, error.status,
                          error.hint[0] != '\0' ? error.hint : "write digits, like 30 or 13.5",
                          "'%s': %s", what, error.message);
    }
    return true;
}

bool bind_date(bind_state *b, const parley_node *value, parley_date *out)
{
    parley_error error = PARLEY_ERROR_INIT;
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID,
                          "write YYYY-MM-DD, YYYY-MM or YYYY, with ~ for about",
                          "a date must be a text; this is %s", bind_kind(value));
    }
    if (parley_date_parse(out, value->text, value->length, &error) != PARLEY_OK) {
        return bind_error(b, value, error.status, error.hint, "%s", error.message);
    }
    return true;
}

bool bind_bool(bind_state *b, const parley_node *value, bool *out, const char *what)
{
    if (value->kind == PARLEY_NODE_SCALAR && value->style == PARLEY_STYLE_PLAIN) {
        if (strcmp(value->text, "true") == 0 || strcmp(value->text, "false") == 0) {
            *out = value->text[0] == 't';
            return true;
        }
    }
    return bind_error(b, value, PARLEY_INVALID, "write true or false, without quotes",
                      "'%s' must be true or false", what);
}

bool bind_int(bind_state *b, const parley_node *value, int64_t *out, const char *what)
{
    parley_decimal d = {0, 0};
    if (!bind_decimal(b, value, &d, what)) {
        return false;
    }
    if (d.scale != 0) {
        return bind_error(b, value, PARLEY_INVALID, "write a whole number",
                          "'%s' must be a whole number", what);
    }
    *out = d.mantissa;
    return true;
}

static bool bind_number(bind_state *b, const parley_node *value, parley_number *out,
                        const char *what)
{
    out->typed = true;
    if (value->kind == PARLEY_NODE_SCALAR && strcmp(value->text, "unknown") == 0) {
        out->unknown = true;
        return true;
    }
    return bind_decimal(b, value, &out->value, what);
}

static int bind_word(bind_state *b, const parley_node *value, parley_word_list list)
{
    if (value->kind != PARLEY_NODE_SCALAR) {
        bind_error(b, value, PARLEY_INVALID, "write one word", "a word was expected; this is %s",
                   bind_kind(value));
        return -1;
    }
    int found = value->length == 0 ? -1 : parley_words_find(list, value->text, value->length);
    if (found < 0) {
        const char *names[64];
        size_t count = 0;
        for (size_t i = 0; i < parley_words_size(list) && count < 64; i++) {
            const char *word = parley_words_word(list, i);
            if (word[0] != '\0') {
                names[count++] = word;
            }
        }
        const char *hint = bind_nearest(b, value->text, value->length, names, count);
        hint = hint != NULL ? hint : bind_list_names(b, "one of: ", names, count);
        bind_error(b, value, PARLEY_INVALID, hint, "'%s' is no %s",
                   bind_shown(b, value->text, value->length), parley_words_name(list));
    }
    return found;
}

/* A date that must be more than a date: a full day, or an end that is known. */
static bool check_date(bind_state *b, const case_field *field, const parley_node *value,
                       const parley_date *date)
{
    if ((field->flags & FIELD_DAY) != 0 &&
        (date->form != PARLEY_DATE_DAY || date->side != PARLEY_DATE_ON || date->about)) {
        return bind_error(b, value, PARLEY_INVALID, "write the day: YYYY-MM-DD",
                          "'%s' must be one day, not '%s'", field->key, value->text);
    }
    if ((field->flags & FIELD_UP_TO) != 0 && date->side != PARLEY_DATE_ON) {
        return bind_error(b, value, PARLEY_INVALID, "write YYYY-MM-DD, YYYY-MM or YYYY",
                          "'%s' must be a day, a month or a year, not '%s'", field->key,
                          value->text);
    }
    return true;
}

/* ------------------------------------------------------------- the table */

static bool bind_voices(bind_state *b, const parley_node *value, bool strict, parley_voices *out,
                        const char *what)
{
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    parley_voice *list = parley_arena_array(b->arena, count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    bool good = true;
    for (uint32_t i = 0; i < count; i++, item = item->next) {
        good = bind_voice(b, item, strict, &list[i], what) && good;
    }
    *out = (parley_voices){list, count};
    return good;
}

static bool bind_texts(bind_state *b, const parley_node *value, parley_texts *out, const char *what)
{
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    const char **list = parley_arena_array(b->arena, count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    bool good = true;
    for (uint32_t i = 0; i < count; i++, item = item->next) {
        list[i] = bind_text(b, item, what);
        good = list[i] != NULL && good;
        list[i] = list[i] == NULL ? "" : list[i];
    }
    *out = (parley_texts){list, count};
    return good;
}

static bool bind_words(bind_state *b, const parley_node *value, parley_word_list list,
                       uint32_t *out)
{
    PARLEY_ASSERT(parley_words_size(list) <= 32);
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    bool good = true;
    for (uint32_t i = 0; i < count; i++, item = item->next) {
        int word = bind_word(b, item, list);
        if (word >= 0) {
            *out |= 1u << word;
        }
        good = word >= 0 && good;
    }
    return good;
}

bool bind_value(bind_state *b, const case_field *field, void *row, int32_t i,
                const parley_node *value)
{
    void *to = (char *)row + field->offset;
    bool strict = (field->flags & FIELD_STRICT) != 0;
    switch ((field_type)field->type) {
    case FIELD_TEXT: {
        const char *text = bind_text(b, value, field->key);
        *(const char **)to = text;
        if (text != NULL && text[0] == '\0' && (field->flags & FIELD_REQUIRED) != 0) {
            return bind_error(b, value, PARLEY_INVALID, field->about, "'%s' must not be empty",
                              field->key);
        }
        return text != NULL;
    }
    case FIELD_TEXTS:
        return bind_texts(b, value, to, field->key);
    case FIELD_INT:
        return bind_int(b, value, to, field->key);
    case FIELD_BOOL:
        return bind_bool(b, value, to, field->key);
    case FIELD_DATE:
        return bind_date(b, value, to) && check_date(b, field, value, to);
    case FIELD_NUMBER:
        return bind_number(b, value, to, field->key);
    case FIELD_FRACTION:
        return bind_fraction(b, value, to, field->key);
    case FIELD_ENUM: {
        int word = bind_word(b, value, (parley_word_list)field->arg);
        if (word < 0) {
            return false;
        }
        *(unsigned *)to = (unsigned)word;
        return true;
    }
    case FIELD_ENUMS:
        return bind_words(b, value, (parley_word_list)field->arg, to);
    case FIELD_REF:
        return bind_ref(b, value, (case_section)field->arg, to, field->key);
    case FIELD_REFS:
        return bind_ids(b, value, (case_section)field->arg, to, field->key);
    case FIELD_VOICE:
        return bind_voice(b, value, strict, to, field->key);
    case FIELD_VOICES:
        if (value->kind == PARLEY_NODE_LIST && value->count == 0 &&
            (field->flags & FIELD_REQUIRED) != 0) {
            return bind_error(b, value, PARLEY_INVALID, "name a party, a person or a source",
                              "'%s' names nobody", field->key);
        }
        return bind_voices(b, value, strict, to, field->key);
    case FIELD_FORMULA:
        return bind_formula(b, value, to);
    case FIELD_FORMULAS:
        return bind_conditions(b, value, true, to, field->key);
    case FIELD_CONDITIONS:
        return bind_conditions(b, value, false, to, field->key);
    case FIELD_ABOUT:
        return bind_about(b, value, to);
    case FIELD_LABEL:
        return bind_label(b, value, to);
    case FIELD_DECIMAL:
    case FIELD_OPTIONS:
    case FIELD_ANY:
        return true;
    case FIELD_SPECIAL:
        return field->special(b, row, i, value);
    }
    return true;
}
