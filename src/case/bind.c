/*
 * From a document to rows: the table in schema.c applied to every section.
 *
 * Pass 1 finds the sections and registers every id, so that references may point forward. Pass 2
 * binds sections in the order of their dependence (issues before formulas, proposals before
 * claims); the diagnostics list puts messages back into file order. An error never stops the
 * reading of the rest, except when memory runs out.
 */
#include "case/case_internal.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------ messages */

static void report(bind_state *b, parley_severity severity, const parley_error *error)
{
    if (b->diagnostics != NULL) {
        parley_diagnostics_add(b->diagnostics, severity, error);
    }
    if (severity == PARLEY_SEVERITY_ERROR) {
        if (b->errors == 0 || error->span.begin < b->first.span.begin) {
            b->first = *error;
        }
        b->errors++;
    }
}

bool bind_pass(bind_state *b, const parley_error *error)
{
    if (error->status == PARLEY_NOMEM || error->status == PARLEY_CANCELLED) {
        b->fatal = error->status;
        b->first = *error;
        b->errors++;
        return false;
    }
    report(b, PARLEY_SEVERITY_ERROR, error);
    return false;
}

static void fill(bind_state *b, const parley_node *at, parley_status status, const char *hint,
                 const char *format, va_list args, parley_error *out)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    vsnprintf(message, sizeof(message), format, args);
    *out = (parley_error)PARLEY_ERROR_INIT;
    parley_fail_at(out, status, parley_document_name(b->c->document),
                   at != NULL ? at->span : PARLEY_SPAN_NONE, "%s", message);
    if (hint != NULL) {
        parley_error_hint(out, "%s", hint);
    }
}

bool bind_error(bind_state *b, const parley_node *at, parley_status status, const char *hint,
                const char *format, ...)
{
    parley_error error;
    va_list args;
    va_start(args, format);
    fill(b, at, status, hint, format, args, &error);
    va_end(args);
    report(b, PARLEY_SEVERITY_ERROR, &error);
    return false;
}

void bind_warning(bind_state *b, const parley_node *at, const char *hint, const char *format, ...)
{
    parley_error error;
    va_list args;
    va_start(args, format);
    fill(b, at, PARLEY_INVALID, hint, format, args, &error);
    va_end(args);
    report(b, PARLEY_SEVERITY_WARNING, &error);
}

bool bind_nomem(bind_state *b)
{
    parley_error error = PARLEY_ERROR_INIT;
    parley_fail(&error, PARLEY_NOMEM, "out of memory while reading the case");
    return bind_pass(b, &error);
}

/* "did you mean 'x'?", or NULL; text lives in the arena. */
static const char *nearest(bind_state *b, const parley_node *value, const char *const *names,
                           size_t count)
{
    int best = parley_nearest(value->text, value->length, names, count);
    return best < 0 ? NULL : parley_arena_format(b->arena, "did you mean '%s'?", names[best]);
}

static const char *kind_of(const parley_node *node)
{
    return node->kind == PARLEY_NODE_MAP    ? "a map"
           : node->kind == PARLEY_NODE_LIST ? "a list"
                                            : "a text";
}

/* ---------------------------------------------------------- plain values */

/* Words that YAML 1.1 readers turn into booleans or null when they are not quoted. */
static bool turns_into_something_else(const parley_node *value)
{
    static const char *const words[] = {"yes", "no",   "on",   "off",  "y",   "n",  "~",
                                        "Yes", "No",   "On",   "Off",  "YES", "NO", "ON",
                                        "OFF", "null", "Null", "NULL", "Y",   "N"};
    if (value->style != PARLEY_STYLE_PLAIN || value->length > 4) {
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
                   what, kind_of(value));
        return NULL;
    }
    if (turns_into_something_else(value)) {
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
                          "'%s' must be a number; this is %s", what, kind_of(value));
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
                          "a date must be a text; this is %s", kind_of(value));
    }
    if (parley_date_parse(out, value->text, value->length, &error) != PARLEY_OK) {
        return bind_error(b, value, error.status, error.hint, "%s", error.message);
    }
    return true;
}

static bool bind_bool(bind_state *b, const parley_node *value, bool *out, const char *what)
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

static bool bind_int(bind_state *b, const parley_node *value, int64_t *out, const char *what)
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
        bind_error(b, value, PARLEY_INVALID, NULL, "a word was expected; this is %s",
                   kind_of(value));
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
        const char *hint = nearest(b, value, names, count);
        if (hint == NULL) {
            char all[PARLEY_ERROR_HINT_MAX];
            size_t used = (size_t)snprintf(all, sizeof(all), "one of: ");
            for (size_t i = 0; i < count && used < sizeof(all); i++) {
                used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%s", i == 0 ? "" : ", ",
                                         names[i]);
            }
            hint = parley_arena_format(b->arena, "%s", all);
        }
        bind_error(b, value, PARLEY_INVALID, hint, "'%s' is no %s", value->text,
                   parley_words_name(list));
    }
    return found;
}

/* ------------------------------------------------------------ references */

bool bind_ref(bind_state *b, const parley_node *value, case_section section, int32_t *out,
              const char *what)
{
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, NULL, "'%s' must be the id of a %s; this is %s",
                          what, case_section_one(section), kind_of(value));
    }
    const case_index *index = &b->c->index[section];
    *out = case_index_find(index, value->text, value->length);
    if (*out >= 0) {
        return true;
    }
    const char *hint = nearest(b, value, index->text, index->count);
    if (hint == NULL) {
        hint = parley_arena_format(b->arena, "type it under '%s:', or correct the id",
                                   case_section_key(section));
    }
    return bind_error(b, value, PARLEY_NOTFOUND, hint, "no %s has the id '%s'",
                      case_section_one(section), value->text);
}

bool bind_ids(bind_state *b, const parley_node *value, case_section section, parley_ids *out,
              const char *what)
{
    if (value->kind == PARLEY_NODE_MAP) {
        return bind_error(b, value, PARLEY_INVALID, "write [a, b]",
                          "'%s' must be a list of ids; this is a map", what);
    }
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    int32_t *ids = parley_arena_array(b->arena, count, sizeof(*ids));
    if (ids == NULL) {
        return bind_nomem(b);
    }
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    bool good = true;
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (bind_ref(b, item, section, &ids[n], what)) {
            n++;
        } else {
            good = false;
        }
        item = item->next;
    }
    *out = (parley_ids){ids, n};
    return good;
}

static bool looks_like_id(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == ' ' || *p == '\t' || *p == ',') {
            return false;
        }
    }
    return text[0] != '\0';
}

/* Voices that are nobody's id. */
static bool is_common_voice(const char *text)
{
    static const char *const words[] = {"public", "unknown", "press", "parties", "all", "team"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool bind_voice(bind_state *b, const parley_node *value, bool strict, parley_voice *out,
                const char *what)
{
    *out = (parley_voice){-1, -1, -1, NULL};
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write party, or \"party:person\"",
                          "'%s' must be a party, a person or a source; this is %s", what,
                          kind_of(value));
    }
    parley_case *c = b->c;
    const char *colon = memchr(value->text, ':', value->length);
    size_t head = colon != NULL ? (size_t)(colon - value->text) : value->length;
    int32_t party = case_index_find(&c->index[SECTION_PARTIES], value->text, head);
    if (colon != NULL && party >= 0) {
        out->party = party;
        out->person =
            case_index_find(&c->index[SECTION_PEOPLE], colon + 1, value->length - head - 1);
        if (out->person < 0) {
            parley_node tail = *value;
            tail.text = colon + 1;
            tail.length = (uint32_t)(value->length - head - 1);
            return bind_error(
                b, value, PARLEY_NOTFOUND,
                nearest(b, &tail, c->index[SECTION_PEOPLE].text, c->index[SECTION_PEOPLE].count),
                "no person has the id '%s'", colon + 1);
        }
        const parley_person *person = CASE_ROW(c, SECTION_PEOPLE, parley_person, out->person);
        if (person->party != party) {
            const char *of =
                person->party < 0 ? "nobody" : c->index[SECTION_PARTIES].text[person->party];
            return bind_error(b, value, PARLEY_CONFLICT, NULL,
                              "'%s' speaks for '%s', not for '%.*s'", colon + 1, of, (int)head,
                              value->text);
        }
        return true;
    }
    if (colon == NULL && party >= 0) {
        out->party = party;
        return true;
    }
    if (colon == NULL) {
        out->source = case_index_find(&c->index[SECTION_SOURCES], value->text, value->length);
        if (out->source >= 0) {
            return true;
        }
        out->person = case_index_find(&c->index[SECTION_PEOPLE], value->text, value->length);
        if (out->person >= 0) {
            out->party = CASE_ROW(c, SECTION_PEOPLE, parley_person, out->person)->party;
            return true;
        }
    }
    out->words = value->text;
    if (is_common_voice(value->text) && !strict) {
        return true;
    }
    if (strict || (looks_like_id(value->text) && colon != NULL)) {
        const char *hint =
            nearest(b, value, c->index[SECTION_PARTIES].text, c->index[SECTION_PARTIES].count);
        if (hint == NULL) {
            hint =
                nearest(b, value, c->index[SECTION_SOURCES].text, c->index[SECTION_SOURCES].count);
        }
        if (hint == NULL) {
            hint =
                "write party, \"party:person\" or a source; unnamed speakers go into speaker-text";
        }
        return bind_error(b, value, PARLEY_NOTFOUND, hint, "nobody has the id '%.*s'", (int)head,
                          value->text);
    }
    return true;
}

/* -------------------------------------------------------------- formulas */

static bool parse_formula(bind_state *b, const parley_node *value, const parley_formula **out)
{
    parley_error error = PARLEY_ERROR_INIT;
    parley_formula_place place = {parley_document_name(b->c->document), value->span, false};
    place.span = parley_node_place(b->c->document, value, 0, &place.exact);
    if (parley_formula_parse(out, b->arena, b->limits, &b->c->names, value->text, value->length,
                             &place, &error) == PARLEY_OK) {
        return true;
    }
    return bind_pass(b, &error);
}

bool bind_formula(bind_state *b, const parley_node *value, const parley_formula **out)
{
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write one formula in quotes",
                          "a formula must be a text; this is %s", kind_of(value));
    }
    return parse_formula(b, value, out);
}

bool bind_conditions(bind_state *b, const parley_node *value, bool strict, parley_conditions *out,
                     const char *what)
{
    if (value->kind == PARLEY_NODE_MAP) {
        return bind_error(b, value, PARLEY_INVALID, "write [\"issue = option\", \"words\"]",
                          "'%s' must be a list; this is a map", what);
    }
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    parley_condition *list = parley_arena_array(b->arena, count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    bool good = true;
    for (uint32_t i = 0; i < count; i++, item = item->next) {
        list[i].span = item->span;
        if (item->kind != PARLEY_NODE_SCALAR) {
            good = bind_error(b, item, PARLEY_INVALID, NULL,
                              "'%s' must hold formulas or words; this is %s", what, kind_of(item));
            list[i].text = "";
            continue;
        }
        list[i].text = item->text;
        if (strict || parley_formula_looks_like(item->text, item->length)) {
            good = parse_formula(b, item, &list[i].formula) && good;
        }
    }
    *out = (parley_conditions){list, count};
    return good;
}

/*
 * `about:` is a proposal, issue, concern, point or claim by id, else a formula if it looks like
 * one, else words. A text that is meant as a formula and is none is an error, never silently words.
 */
static bool bind_about(bind_state *b, const parley_node *value, parley_about *out)
{
    static const struct {
        case_section section;
        parley_about_kind kind;
    } order[] = {{SECTION_PROPOSALS, PARLEY_ABOUT_PROPOSAL},
                 {SECTION_ISSUES, PARLEY_ABOUT_ISSUE},
                 {SECTION_CONCERNS, PARLEY_ABOUT_CONCERN},
                 {SECTION_POINTS, PARLEY_ABOUT_POINT},
                 {SECTION_CLAIMS, PARLEY_ABOUT_CLAIM}};
    *out = (parley_about){PARLEY_ABOUT_NOTHING, -1, NULL, NULL};
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write a formula, an id, or words in quotes",
                          "'about' must be a text; this is %s", kind_of(value));
    }
    out->text = value->text;
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        int32_t found = case_index_find(&b->c->index[order[i].section], value->text, value->length);
        if (found < 0) {
            continue;
        }
        if (out->kind != PARLEY_ABOUT_NOTHING) {
            bind_warning(b, value, "give one of them another id",
                         "'%s' is a %s and a %s; it is taken as the first", value->text,
                         case_section_one(order[i - 1].section),
                         case_section_one(order[i].section));
            break;
        }
        out->kind = order[i].kind;
        out->index = found;
    }
    if (out->kind == PARLEY_ABOUT_PROPOSAL) {
        out->formula = CASE_ROW(b->c, SECTION_PROPOSALS, parley_proposal, out->index)->formula;
    }
    if (out->kind != PARLEY_ABOUT_NOTHING) {
        return true;
    }
    if (parley_formula_looks_like(value->text, value->length)) {
        out->kind = PARLEY_ABOUT_FORMULA;
        return parse_formula(b, value, &out->formula);
    }
    out->kind = PARLEY_ABOUT_WORDS;
    return true;
}

static bool bind_label(bind_state *b, const parley_node *value, parley_record *record)
{
    static const char *const fixed[] = {"team", "principals", "all", "public"};
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    if (value->kind == PARLEY_NODE_MAP) {
        return bind_error(b, value, PARLEY_INVALID,
                          "write team, principals, all, public or party ids",
                          "'label' must be a list of audiences; this is a map");
    }
    record->label_typed = true;
    record->label = parley_label_none();
    parley_label_allow(&record->label, PARLEY_AUDIENCE_TEAM);
    for (uint32_t i = 0; i < count; i++, item = item->next) {
        bool known = false;
        for (uint32_t k = 0; item->kind == PARLEY_NODE_SCALAR && k < 4; k++) {
            if (strcmp(item->text, fixed[k]) == 0) {
                parley_label_allow(&record->label, k);
                known = true;
            }
        }
        int32_t party = -1;
        if (!known && item->kind == PARLEY_NODE_SCALAR) {
            party = case_index_find(&b->c->index[SECTION_PARTIES], item->text, item->length);
        }
        if (party >= 0) {
            parley_label_allow(&record->label, (uint32_t)(PARLEY_AUDIENCE_PARTY + party));
        } else if (!known) {
            return bind_error(b, item, PARLEY_NOTFOUND,
                              "write team, principals, all, public or the id of a party",
                              "'%s' is no audience",
                              item->kind == PARLEY_NODE_SCALAR ? item->text : "this");
        }
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
        return text != NULL;
    }
    case FIELD_TEXTS:
        return bind_texts(b, value, to, field->key);
    case FIELD_INT:
        return bind_int(b, value, to, field->key);
    case FIELD_BOOL:
        return bind_bool(b, value, to, field->key);
    case FIELD_DATE:
        return bind_date(b, value, to);
    case FIELD_NUMBER:
        return bind_number(b, value, to, field->key);
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
    case FIELD_ANY:
        return true;
    case FIELD_SPECIAL:
        return field->special(b, row, i, value);
    }
    return true;
}

/* References and dates of a fresh row are "none", not row 0. */
static void start_row(const case_field *field, uint32_t fields, void *row)
{
    for (uint32_t f = 0; f < fields; f++) {
        void *to = (char *)row + field[f].offset;
        switch ((field_type)field[f].type) {
        case FIELD_REF:
            *(int32_t *)to = -1;
            break;
        case FIELD_VOICE:
            *(parley_voice *)to = (parley_voice){-1, -1, -1, NULL};
            break;
        case FIELD_DATE:
            *(parley_date *)to = PARLEY_DATE_INIT;
            break;
        case FIELD_ABOUT:
            ((parley_about *)to)->index = -1;
            break;
        default:
            break;
        }
    }
}

static const char *unknown_key_hint(bind_state *b, const case_field *field, uint32_t fields,
                                    const parley_node *key)
{
    const char *names[64];
    size_t count = 0;
    for (uint32_t f = 0; f < fields && count < 64; f++) {
        names[count++] = field[f].key;
    }
    if (strcmp(key->text, "on") == 0) {
        return "write 'date:'; 'on:' is a truth value to other YAML readers";
    }
    const char *hint = nearest(b, key, names, count);
    if (hint != NULL) {
        return hint;
    }
    char all[PARLEY_ERROR_HINT_MAX];
    size_t used = (size_t)snprintf(all, sizeof(all), "known here: ");
    for (size_t i = 0; i < count && used < sizeof(all); i++) {
        used +=
            (size_t)snprintf(all + used, sizeof(all) - used, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    return parley_arena_format(b->arena, "%s", all);
}

bool bind_map(bind_state *b, const case_field *field, uint32_t fields, const parley_node *map,
              void *row, int32_t i, const char *what)
{
    start_row(field, fields, row);
    if (map->kind != PARLEY_NODE_MAP) {
        return bind_error(b, map, PARLEY_INVALID, "write {key: value, ...}",
                          "%s must be a map; this is %s", what, kind_of(map));
    }
    uint64_t seen = 0;
    bool good = true;
    for (const parley_node *m = map->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        uint32_t f = 0;
        while (f < fields && strcmp(field[f].key, m->key->text) != 0) {
            f++;
        }
        if (f == fields) {
            good = bind_error(b, m->key, PARLEY_INVALID, unknown_key_hint(b, field, fields, m->key),
                              "%s has no key '%s'", what, m->key->text);
            continue;
        }
        seen |= UINT64_C(1) << f;
        good = bind_value(b, &field[f], row, i, m) && good;
    }
    for (uint32_t f = 0; f < fields; f++) {
        if ((field[f].flags & FIELD_REQUIRED) != 0 && (seen >> f & 1) == 0) {
            good = bind_error(
                b, map->key != NULL ? map->key : map, PARLEY_INVALID,
                parley_arena_format(b->arena, "add '%s:' (%s)", field[f].key, field[f].about),
                "%s lacks '%s'", what, field[f].key);
        }
    }
    return good && b->fatal == PARLEY_OK;
}

/* ----------------------------------------------------------- whole files */

static case_section section_of(const char *key)
{
    int s = 0;
    while (s < SECTION_COUNT && strcmp(case_section_key((case_section)s), key) != 0) {
        s++;
    }
    return (case_section)s;
}

static void check_id(bind_state *b, const parley_node *key, case_section section)
{
    bool named =
        section == SECTION_ISSUES || section == SECTION_PARTIES || section == SECTION_PROPOSALS;
    if (key->length == 0) {
        bind_error(b, key, PARLEY_INVALID, "write a short id", "an id must not be empty");
    } else if (turns_into_something_else(key)) {
        bind_warning(b, key, "choose another id, or put it in quotes everywhere",
                     "other YAML readers take the id '%s' as a truth value", key->text);
    } else if (memchr(key->text, ':', key->length) != NULL &&
               (section == SECTION_PARTIES || section == SECTION_PEOPLE)) {
        bind_error(b, key, PARLEY_INVALID, "leave the colon out: it joins party and person",
                   "the id '%s' holds a colon", key->text);
    } else if (named && !looks_like_id(key->text)) {
        bind_warning(b, key, "write it in quotes in formulas, or choose an id without spaces",
                     "the id '%s' is more than one word", key->text);
    }
}

/* Pass 1: sections, ids, empty rows. */
static bool collect_section(bind_state *b, case_section s, const parley_node *node)
{
    parley_case *c = b->c;
    bool keyed = case_section_keyed(s);
    if (node->kind == PARLEY_NODE_SCALAR && node->length == 0) {
        return true; /* `claims:` with nothing under it */
    }
    if (node->kind == PARLEY_NODE_SCALAR || (keyed && node->kind != PARLEY_NODE_MAP)) {
        return bind_error(b, node, PARLEY_INVALID,
                          keyed ? "write id: {...} under it" : "write - {...} under it",
                          "'%s' must be %s; this is %s", case_section_key(s),
                          keyed ? "a map from id to record" : "a list of records", kind_of(node));
    }
    c->section[s] = node;
    c->rows[s] = parley_arena_array(c->arena, node->count, case_section_row_size(s));
    c->row_node[s] = parley_arena_array(c->arena, node->count, sizeof(parley_node *));
    if (c->rows[s] == NULL || c->row_node[s] == NULL) {
        return bind_nomem(b);
    }
    parley_node *m = node->first;
    for (uint32_t i = 0; i < node->count; i++, m = m->next) {
        const char *id = NULL;
        if (m->key != NULL) {
            id = m->key->text;
            check_id(b, m->key, s);
        } else {
            id = parley_arena_format(c->arena, "%s[%u]", case_section_key(s), i + 1);
        }
        if (id == NULL || !case_index_add(c, s, id)) {
            return bind_nomem(b);
        }
        parley_record *record =
            (parley_record *)((char *)c->rows[s] + i * case_section_row_size(s));
        record->id = id;
        record->span = m->key != NULL ? m->key->span : m->span;
        c->row_node[s][i] = m;
        c->count[s]++;
    }
    return true;
}

static bool collect(bind_state *b)
{
    const parley_node *root = b->c->root;
    for (const parley_node *m = root->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        case_section s = section_of(m->key->text);
        if (s != SECTION_COUNT) {
            collect_section(b, s, m);
        }
    }
    if (b->c->count[SECTION_PARTIES] > b->limits->parties) {
        bind_error(b, b->c->section[SECTION_PARTIES], PARLEY_LIMIT, NULL,
                   "more than %u parties (limit 'parties')", b->limits->parties);
    }
    if (b->c->count[SECTION_ISSUES] > b->limits->issues) {
        bind_error(b, b->c->section[SECTION_ISSUES], PARLEY_LIMIT, NULL,
                   "more than %u issues (limit 'issues')", b->limits->issues);
    }
    return b->fatal == PARLEY_OK && b->errors == 0;
}

static void bind_top(bind_state *b)
{
    parley_case *c = b->c;
    bool version = false;
    c->as_of = PARLEY_DATE_INIT;
    for (const parley_node *m = c->root->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        if (section_of(m->key->text) != SECTION_COUNT) {
            continue;
        }
        uint32_t f = 0;
        while (f < case_top_field_count && strcmp(case_top_fields[f].key, m->key->text) != 0) {
            f++;
        }
        if (f == case_top_field_count) {
            const char *names[SECTION_COUNT + 8];
            size_t count = 0;
            for (uint32_t k = 0; k < case_top_field_count; k++) {
                names[count++] = case_top_fields[k].key;
            }
            for (int s = 0; s < SECTION_COUNT; s++) {
                names[count++] = case_section_key((case_section)s);
            }
            const char *hint = nearest(b, m->key, names, count);
            bind_error(b, m->key, PARLEY_INVALID,
                       hint != NULL ? hint : "'note:' keeps text that fits nowhere else",
                       "a case has no section '%s'", m->key->text);
        } else if (f == 0) {
            int64_t number = 0;
            version = true;
            if (bind_int(b, m, &number, "parley") && number != 1) {
                bind_error(b, m, PARLEY_INVALID, "write parley: 1",
                           "this file says format %lld; this program reads format 1",
                           (long long)number);
            }
        } else {
            bind_value(b, &case_top_fields[f], c, -1, m);
        }
    }
    if (!version) {
        bind_error(b, c->root, PARLEY_INVALID, "begin the file with parley: 1",
                   "the file does not say that it is a Parley case");
    }
}

static void bind_section(bind_state *b, case_section s)
{
    parley_case *c = b->c;
    const case_schema *schema = case_schema_of(s);
    for (uint32_t i = 0; i < c->count[s] && b->fatal == PARLEY_OK; i++) {
        char *row = (char *)c->rows[s] + i * case_section_row_size(s);
        const parley_node *node = c->row_node[s][i];
        const char *id = ((parley_record *)row)->id;
        char what[120];
        if (case_section_keyed(s)) {
            snprintf(what, sizeof(what), "%s '%.90s'", case_section_one(s), id);
        } else {
            snprintf(what, sizeof(what), "%.110s", id);
        }
        if (s == SECTION_RELAYS) {
            const case_inner *inner = case_inner_of("relay step");
            parley_relay *relay = (parley_relay *)row;
            start_row(inner->field, inner->fields, &relay->said);
            start_row(inner->field, inner->fields, &relay->meant);
            start_row(inner->field, inner->fields, &relay->carried);
            start_row(inner->field, inner->fields, &relay->read_back);
        }
        if (s == SECTION_FLAGS) {
            ((parley_flag *)row)->lifted_date = PARLEY_DATE_INIT;
        }
        bind_map(b, schema->field, schema->fields, node, row, (int32_t)i, what);
        if (s == SECTION_ISSUES && b->fatal == PARLEY_OK) {
            finish_issue(b, (parley_issue *)row, node);
        }
        if (s == SECTION_PROPOSALS && b->fatal == PARLEY_OK) {
            parley_proposal *proposal = (parley_proposal *)row;
            const parley_node *text =
                node->kind == PARLEY_NODE_MAP ? parley_node_member(node, "text") : NULL;
            if (proposal->text != NULL && text != NULL && text->kind == PARLEY_NODE_SCALAR &&
                parley_formula_looks_like(text->text, text->length)) {
                parse_formula(b, text, &proposal->formula);
            }
        }
    }
}

bool bind_case(bind_state *b)
{
    /* Sections whose rows others read while binding come first. */
    static const case_section order[] = {SECTION_SOURCES,   SECTION_PARTIES,     SECTION_PEOPLE,
                                         SECTION_TRACKS,    SECTION_ISSUES,      SECTION_POINTS,
                                         SECTION_PROPOSALS, SECTION_CONCERNS,    SECTION_CLAIMS,
                                         SECTION_FLAGS,     SECTION_RESPONSES,   SECTION_READINGS,
                                         SECTION_RULES,     SECTION_FIGURES,     SECTION_LEVERS,
                                         SECTION_CHANNELS,  SECTION_RELAYS,      SECTION_MEETINGS,
                                         SECTION_FAVOURS,   SECTION_OBLIGATIONS, SECTION_EXPECTED};
    _Static_assert(sizeof(order) / sizeof(order[0]) == SECTION_COUNT, "every section is bound");

    case_names_init(b->c);
    if (b->c->root->kind != PARLEY_NODE_MAP) {
        return bind_error(b, b->c->root, PARLEY_INVALID, "begin the file with parley: 1",
                          "a case file must be a map; this is %s", kind_of(b->c->root));
    }
    collect(b);
    bind_top(b);
    for (size_t k = 0; k < SECTION_COUNT && b->fatal == PARLEY_OK; k++) {
        if (parley_ctx_cancelled(b->c->ctx)) {
            parley_error error = PARLEY_ERROR_INIT;
            parley_fail(&error, PARLEY_CANCELLED, "stopped while reading the case");
            return bind_pass(b, &error);
        }
        bind_section(b, order[k]);
    }
    return b->fatal == PARLEY_OK && b->errors == 0;
}
