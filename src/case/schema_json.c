/*
 * The JSON Schema (draft 2020-12) of a case file, made from the table that reads it (schema.c).
 *
 * It says what one value may be; what must hold between values (ids that exist, formulas that
 * parse, who speaks for whom) is said by the reader alone. Formulas are plain strings here.
 */
#include "case/case_internal.h"

#include <string.h>

static void text(parley_json *j, const char *key, const char *value)
{
    parley_json_key(j, key);
    parley_json_string(j, value);
}

static void reference(parley_json *j, const char *name)
{
    char path[80] = "#/$defs/";
    PARLEY_ASSERT(strlen(path) + strlen(name) < sizeof(path));
    parley_json_key(j, "$ref");
    parley_json_string(j, strcat(path, name));
}

/* {"$ref": ...} as a value. */
static void refer(parley_json *j, const char *name)
{
    parley_json_object(j);
    reference(j, name);
    parley_json_object_end(j);
}

/* One of these, or a list of them. */
static void one_or_list(parley_json *j, const char *name)
{
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    refer(j, name);
    parley_json_object(j);
    text(j, "type", "array");
    parley_json_key(j, "items");
    refer(j, name);
    parley_json_object_end(j);
    parley_json_array_end(j);
}

static void words(parley_json *j, parley_word_list list)
{
    parley_json_key(j, "enum");
    parley_json_array(j);
    for (size_t i = 0; i < parley_words_size(list); i++) {
        if (parley_words_word(list, i)[0] != '\0') {
            parley_json_string(j, parley_words_word(list, i));
        }
    }
    parley_json_array_end(j);
}

/* Name under $defs of the map inside a row: "relay step" is "relay-step". */
static const char *inner_name(const char *name)
{
    return strcmp(name, "relay step") == 0 ? "relay-step" : name;
}

static void list_of(parley_json *j, const char *name)
{
    text(j, "type", "array");
    parley_json_key(j, "items");
    refer(j, name);
}

static void map_of(parley_json *j, const char *name)
{
    text(j, "type", "object");
    parley_json_key(j, "additionalProperties");
    refer(j, name);
}

/* Keys of the section `values` that are bound when all of them are known. */
static void worth_key(parley_json *j, const char *key)
{
    static const char *const takes[] = {"sum", "min", "max"};
    if (strcmp(key, "weights") == 0 || strcmp(key, "out-of") == 0) {
        map_of(j, "fraction");
    } else if (strcmp(key, "scores") == 0) {
        map_of(j, "scores");
    } else if (strcmp(key, "boxes") == 0 || strcmp(key, "of") == 0) {
        list_of(j, "box");
    } else if (strcmp(key, "where") == 0 || strcmp(key, "outside") == 0) {
        map_of(j, "range");
    } else if (strcmp(key, "take") == 0) {
        parley_json_key(j, "enum");
        parley_json_array(j);
        for (size_t k = 0; k < sizeof(takes) / sizeof(takes[0]); k++) {
            parley_json_string(j, takes[k]);
        }
        parley_json_array_end(j);
    } else {
        reference(j, "fraction");
    }
}

static void special(parley_json *j, const case_field *field)
{
    static const struct {
        field_special special;
        const char *name;
        bool list; /* a list of them */
        bool word; /* or one word */
    } maps[] = {
        {special_quantity, "quantity", false, false},
        {special_split, "split", false, false},
        {special_reach, "could-reach", false, false},
        {special_lifted, "lifted", false, false},
        {special_mandate, "mandate", false, false},
        {special_acceptance, "acceptance", false, false},
        {special_worth_terms, "worth-term", true, false},
        {special_steps, "steps", true, false},
        {special_history, "history", true, false},
        {special_aspects, "aspects", true, false},
        {special_relay_step, "relay-step", false, true},
        {special_may_say, "may-say", false, true},
    };
    for (size_t k = 0; k < sizeof(maps) / sizeof(maps[0]); k++) {
        if (maps[k].special != field->special) {
            continue;
        }
        if (maps[k].list) {
            text(j, "type", "array");
            parley_json_key(j, "items");
            refer(j, maps[k].name);
        } else if (maps[k].word) {
            parley_json_key(j, "anyOf");
            parley_json_array(j);
            refer(j, "text");
            refer(j, maps[k].name);
            parley_json_array_end(j);
        } else {
            reference(j, maps[k].name);
        }
        return;
    }
    if (field->special == special_options) {
        reference(j, "options");
    } else if (field->special == special_ours) {
        one_or_list(j, "id");
    } else if (field->special == special_needs || field->special == special_by) {
        reference(j, "parties-or-by-option");
    } else if (field->special == special_published) {
        text(j, "type", "boolean");
    } else if (field->special == special_worth_later) {
        worth_key(j, field->key);
    } else if (field->special == special_without) {
        parley_json_key(j, "anyOf");
        parley_json_array(j);
        refer(j, "fraction");
        refer(j, "formula");
        parley_json_array_end(j);
    } else if (field->special == special_mode) {
        reference(j, "formula");
    } else {
        reference(j, "text");
    }
}

static void describe(parley_json *j, const case_field *field)
{
    bool required = (field->flags & FIELD_REQUIRED) != 0;
    parley_json_object(j);
    text(j, "description", field->about);
    switch ((field_type)field->type) {
    case FIELD_TEXT:
        reference(j, required ? "some-text" : "text");
        break;
    case FIELD_TEXTS:
        one_or_list(j, "text");
        break;
    case FIELD_INT:
        text(j, "type", "integer");
        break;
    case FIELD_BOOL:
        text(j, "type", "boolean");
        break;
    case FIELD_DATE:
        reference(j, (field->flags & FIELD_DAY) != 0     ? "day"
                     : (field->flags & FIELD_UP_TO) != 0 ? "date-up-to"
                                                         : "date");
        break;
    case FIELD_FRACTION:
        reference(j, "fraction");
        break;
    case FIELD_NUMBER:
        reference(j, "number-or-unknown");
        break;
    case FIELD_DECIMAL:
        reference(j, "number");
        break;
    case FIELD_OPTIONS:
        reference(j, "options");
        break;
    case FIELD_ENUM:
        words(j, (parley_word_list)field->arg);
        break;
    case FIELD_ENUMS:
        one_or_list(j, parley_words_name((parley_word_list)field->arg));
        break;
    case FIELD_REF:
        reference(j, "id");
        break;
    case FIELD_REFS:
        one_or_list(j, "id");
        break;
    case FIELD_VOICE:
        reference(j, "voice");
        break;
    case FIELD_VOICES:
        one_or_list(j, "voice");
        break;
    case FIELD_FORMULA:
        reference(j, "formula");
        break;
    case FIELD_FORMULAS:
        one_or_list(j, "formula");
        break;
    case FIELD_CONDITIONS:
        one_or_list(j, "formula-or-words");
        break;
    case FIELD_ABOUT:
        reference(j, "text");
        break;
    case FIELD_LABEL:
        one_or_list(j, "audience");
        break;
    case FIELD_ANY:
        break;
    case FIELD_SPECIAL:
        special(j, field);
        break;
    }
    parley_json_object_end(j);
}

/* Keys that must be there; all of them for a flag that is lifted. */
static void required_keys(parley_json *j, const case_field *field, uint32_t fields, bool all)
{
    bool some = all;
    for (uint32_t f = 0; f < fields; f++) {
        some = some || (field[f].flags & FIELD_REQUIRED) != 0;
    }
    if (!some) {
        return;
    }
    parley_json_key(j, "required");
    parley_json_array(j);
    for (uint32_t f = 0; f < fields; f++) {
        if (all || (field[f].flags & FIELD_REQUIRED) != 0) {
            parley_json_string(j, field[f].key);
        }
    }
    parley_json_array_end(j);
}

static void properties(parley_json *j, const case_field *field, uint32_t fields, bool all)
{
    text(j, "type", "object");
    parley_json_key(j, "additionalProperties");
    parley_json_bool(j, false);
    required_keys(j, field, fields, all);
    parley_json_key(j, "properties");
    parley_json_object(j);
    for (uint32_t f = 0; f < fields; f++) {
        parley_json_key(j, field[f].key);
        describe(j, &field[f]);
    }
    parley_json_object_end(j);
}

/* Exactly one of these keys; or, with `most`, not two of them. */
static void choose_keys(parley_json *j, const char *const *keys, size_t count, bool most)
{
    parley_json_key(j, "oneOf");
    parley_json_array(j);
    for (size_t k = 0; k < count; k++) {
        parley_json_object(j);
        parley_json_key(j, "required");
        parley_json_array(j);
        parley_json_string(j, keys[k]);
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    if (most) {
        parley_json_object(j);
        parley_json_key(j, "not");
        parley_json_object(j);
        parley_json_key(j, "anyOf");
        parley_json_array(j);
        for (size_t k = 0; k < count; k++) {
            parley_json_object(j);
            parley_json_key(j, "required");
            parley_json_array(j);
            parley_json_string(j, keys[k]);
            parley_json_array_end(j);
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void record(parley_json *j, case_section s)
{
    static const char *const modes[] = {"refuses", "requires", "accepts"};
    static const char *const kinds[] = {"options", "quantity", "split"};
    static const char *const words_or_ours[] = {"says", "reading"};
    const case_schema *schema = case_schema_of(s);
    parley_json_key(j, case_section_one(s));
    parley_json_object(j);
    text(j, "description", schema->about);
    properties(j, schema->field, schema->fields, false);
    if (s == SECTION_READINGS) {
        choose_keys(j, modes, 3, false);
    } else if (s == SECTION_ISSUES) {
        choose_keys(j, kinds, 3, true);
    } else if (s == SECTION_CONCERNS) {
        choose_keys(j, words_or_ours, 2, false);
    }
    parley_json_object_end(j);
}

static void pattern(parley_json *j, const char *name, const char *about, const char *expression)
{
    parley_json_key(j, name);
    parley_json_object(j);
    text(j, "description", about);
    text(j, "type", "string");
    if (expression != NULL) {
        text(j, "pattern", expression);
    }
    parley_json_object_end(j);
}

#define DAY_PATTERN "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define DATE_PATTERN "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?"
#define NUMBER_PATTERN "-?(0|[1-9][0-9]*)(\\.[0-9]+)?"

/* A date may be a bare year, which other readers take for a number. */
static void date_def(parley_json *j, const char *name, const char *about, const char *expression)
{
    parley_json_key(j, name);
    parley_json_object(j);
    text(j, "description", about);
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    parley_json_object(j);
    text(j, "type", "string");
    text(j, "pattern", expression);
    parley_json_object_end(j);
    parley_json_object(j);
    text(j, "type", "integer");
    parley_json_key(j, "minimum");
    parley_json_int(j, 1000);
    parley_json_key(j, "maximum");
    parley_json_int(j, 9999);
    parley_json_object_end(j);
    parley_json_array_end(j);
    parley_json_object_end(j);
}

static void number_def(parley_json *j, const char *name, const char *about, const char *expression)
{
    parley_json_key(j, name);
    parley_json_object(j);
    text(j, "description", about);
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    parley_json_object(j);
    text(j, "type", "number");
    parley_json_object_end(j);
    parley_json_object(j);
    text(j, "type", "string");
    text(j, "pattern", expression);
    parley_json_object_end(j);
    parley_json_array_end(j);
    parley_json_object_end(j);
}

static void options_def(parley_json *j)
{
    parley_json_key(j, "options");
    parley_json_object(j);
    text(j, "description", "a map from id to label, or to a record; or a list of ids");
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    parley_json_object(j);
    text(j, "type", "object");
    parley_json_key(j, "additionalProperties");
    parley_json_object(j);
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    refer(j, "text");
    refer(j, "option");
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_object_end(j);
    parley_json_object(j);
    text(j, "type", "array");
    parley_json_key(j, "items");
    refer(j, "id");
    parley_json_object_end(j);
    parley_json_array_end(j);
    parley_json_object_end(j);

    parley_json_key(j, "parties-or-by-option");
    parley_json_object(j);
    text(j, "description", "parties; or a map from option to parties");
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    refer(j, "id");
    parley_json_object(j);
    text(j, "type", "array");
    parley_json_key(j, "items");
    refer(j, "id");
    parley_json_object_end(j);
    parley_json_object(j);
    text(j, "type", "object");
    parley_json_key(j, "additionalProperties");
    parley_json_object(j);
    one_or_list(j, "id");
    parley_json_object_end(j);
    parley_json_object_end(j);
    parley_json_array_end(j);
    parley_json_object_end(j);
}

/* What an issue scores, and a side of a box. */
static void values_defs(parley_json *j)
{
    parley_json_key(j, "points");
    parley_json_object(j);
    text(j, "description", "points [value, score], ascending");
    text(j, "type", "array");
    parley_json_key(j, "items");
    parley_json_object(j);
    list_of(j, "fraction");
    parley_json_key(j, "minItems");
    parley_json_int(j, 2);
    parley_json_key(j, "maxItems");
    parley_json_int(j, 2);
    parley_json_object_end(j);
    parley_json_object_end(j);

    parley_json_key(j, "scores");
    parley_json_object(j);
    text(j, "description", "scores by option, points of a quantity, or scores by recipient");
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    refer(j, "points");
    parley_json_object(j);
    text(j, "type", "object");
    parley_json_key(j, "additionalProperties");
    parley_json_object(j);
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    refer(j, "fraction");
    refer(j, "points");
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_object_end(j);
    parley_json_array_end(j);
    parley_json_object_end(j);

    parley_json_key(j, "range");
    parley_json_object(j);
    text(j, "description", "[lowest, highest] of a quantity, or options");
    parley_json_key(j, "anyOf");
    parley_json_array(j);
    refer(j, "id");
    parley_json_object(j);
    list_of(j, "fraction");
    parley_json_object_end(j);
    parley_json_object(j);
    list_of(j, "id");
    parley_json_object_end(j);
    parley_json_array_end(j);
    parley_json_object_end(j);
}

static void definitions(parley_json *j)
{
    parley_json_key(j, "$defs");
    parley_json_object(j);
    pattern(j, "id", "the id of a record or an option", "^[\\s\\S]+$");
    pattern(j, "text", "a text", NULL);
    pattern(j, "some-text", "a text that is not empty", "^[\\s\\S]+$");
    pattern(j, "formula", "a formula, such as: arms = stopped", "^[\\s\\S]+$");
    pattern(j, "formula-or-words", "a formula, or words where none fits", NULL);
    pattern(j, "voice",
            "a party, \"party:person\", a person or a source; or words where they may be",
            "^[\\s\\S]+$");
    pattern(j, "audience", "team, principals, all, public or the id of a party", "^[\\s\\S]+$");
    pattern(j, "day", "one day", "^" DAY_PATTERN "$");
    date_def(j, "date", "a day, month or year, with ~ for about, before or after one",
             "^((before|after) +)?" DATE_PATTERN "$");
    date_def(j, "date-up-to", "a day, month or year, with ~ for about", "^" DATE_PATTERN "$");
    number_def(j, "number", "a decimal number", "^" NUMBER_PATTERN "$");
    number_def(j, "number-or-unknown", "a decimal number, or unknown",
               "^(" NUMBER_PATTERN "|unknown)$");
    number_def(j, "fraction", "a decimal number, or a fraction such as 3/7",
               "^-?(0|[1-9][0-9]*)((\\.[0-9]+)?([eE][-+]?[0-9]+)?|/[0-9]+)$");
    parley_json_key(j, "role");
    parley_json_object(j);
    words(j, PARLEY_WORDS_ROLE);
    parley_json_object_end(j);
    options_def(j);
    values_defs(j);
    for (uint32_t i = 0; i < case_inner_count; i++) {
        const case_inner *inner = &case_inners[i];
        parley_json_key(j, inner_name(inner->name));
        parley_json_object(j);
        properties(j, inner->field, inner->fields, strcmp(inner->name, "lifted") == 0);
        parley_json_object_end(j);
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        record(j, (case_section)s);
    }
    parley_json_object_end(j);
}

/* A section may be there with nothing under it. */
static void section(parley_json *j, case_section s)
{
    parley_json_key(j, case_section_key(s));
    parley_json_object(j);
    text(j, "description", case_schema_of(s)->about);
    parley_json_key(j, "type");
    parley_json_array(j);
    parley_json_string(j, case_section_keyed(s) ? "object" : "array");
    parley_json_string(j, "null");
    parley_json_array_end(j);
    parley_json_key(j, case_section_keyed(s) ? "additionalProperties" : "items");
    refer(j, case_section_one(s));
    parley_json_object_end(j);
}

void parley_case_schema(parley_text *out)
{
    parley_json json;
    parley_json *j = &json;
    parley_json_begin(j, out);
    parley_json_object(j);
    text(j, "$schema", "https://json-schema.org/draft/2020-12/schema");
    text(j, "title", "Parley case, format 1");
    text(j, "description",
         "One conflict file. Ids, formulas and dates are checked by parley check.");
    text(j, "type", "object");
    parley_json_key(j, "additionalProperties");
    parley_json_bool(j, false);
    required_keys(j, case_top_fields, case_top_field_count, false);
    parley_json_key(j, "properties");
    parley_json_object(j);
    parley_json_key(j, case_top_fields[0].key);
    parley_json_object(j);
    text(j, "description", case_top_fields[0].about);
    parley_json_key(j, "const");
    parley_json_int(j, 1);
    parley_json_object_end(j);
    for (uint32_t f = 1; f < case_top_field_count; f++) {
        parley_json_key(j, case_top_fields[f].key);
        describe(j, &case_top_fields[f]);
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        section(j, (case_section)s);
    }
    parley_json_object_end(j);
    definitions(j);
    parley_json_object_end(j);
    parley_json_finish(j);
}
