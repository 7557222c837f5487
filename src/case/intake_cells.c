/*
 * A member of a claim as the text of one cell, and back.
 *
 * A list is its items with semicolons between them; ids, speakers and audiences may have commas
 * instead. Where an item holds such a mark itself, or blanks at its ends, the list is written as
 * one of JSON, which both directions know by its bracket. A text stands for itself, whatever it
 * looks like.
 */
#include "case/intake_internal.h"

#include <string.h>

static bool is_id_list(const case_field *field)
{
    return field->type == FIELD_VOICES || field->type == FIELD_REFS || field->type == FIELD_LABEL;
}

static bool is_list(const case_field *field)
{
    return is_id_list(field) || field->type == FIELD_CONDITIONS || field->type == FIELD_TEXTS;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static parley_style style_of(const case_field *field)
{
    return is_id_list(field) || field->type == FIELD_ENUM || field->type == FIELD_REF ||
                   field->type == FIELD_DATE
               ? PARLEY_STYLE_PLAIN
               : PARLEY_STYLE_DOUBLE;
}

/* ------------------------------------------------------------------- reading */

static parley_node *item(parley_arena *arena, const case_field *field, const char *text, size_t n)
{
    char *copy = parley_arena_copy(arena, text, n);
    parley_node *node = copy == NULL ? NULL : parley_node_scalar(arena, copy, n);
    if (node != NULL) {
        node->style = (uint8_t)style_of(field);
    }
    return node;
}

/* A value of JSON; NULL: it is none, there is no room, or (*failed) no memory. */
static parley_node *bracketed(parley_intake *in, const char *text, bool list, bool *failed)
{
    parley_document *document = NULL;
    if (in->documents == INTAKE_DOCUMENTS_MOST) {
        return NULL;
    }
    parley_text_clear(in->text);
    parley_text_printf(in->text, "{\"value\": ");
    parley_text_puts(in->text, text);
    parley_text_puts(in->text, "}");
    parley_status status = parley_text_status(in->text, NULL);
    if (status == PARLEY_OK) {
        status = parley_document_read(&document, in->ctx, "cell.json", parley_text_data(in->text),
                                      parley_text_size(in->text), NULL, NULL);
    }
    if (status != PARLEY_OK) {
        *failed = status == PARLEY_NOMEM;
        parley_document_free(document);
        return NULL;
    }
    const parley_node *root = parley_document_root(document);
    bool good = root->count == 1 && (!list || root->first->kind == PARLEY_NODE_LIST);
    for (const parley_node *n = good && list ? root->first->first : NULL; n != NULL; n = n->next) {
        good = good && n->kind == PARLEY_NODE_SCALAR;
    }
    if (!good) {
        parley_document_free(document);
        return NULL;
    }
    in->document[in->documents++] = document;
    parley_node *copy = parley_arena_alloc(parley_document_arena(document), sizeof(*copy));
    *failed = copy == NULL;
    if (copy != NULL) {
        *copy = *root->first;
        copy->key = NULL;
        copy->next = NULL;
    }
    return copy;
}

static parley_node *parted(parley_arena *arena, const case_field *field, const char *text)
{
    const char *marks = is_id_list(field) ? ",;" : ";";
    parley_node *list = parley_node_list(arena);
    for (const char *at = text; list != NULL;) {
        while (is_blank(*at)) {
            at++;
        }
        size_t n = strcspn(at, marks);
        size_t kept = n;
        while (kept > 0 && is_blank(at[kept - 1])) {
            kept--;
        }
        if (kept > 0) {
            parley_node *one = item(arena, field, at, kept);
            if (one == NULL || !parley_node_append(arena, list, NULL, one)) {
                return NULL;
            }
        }
        if (at[n] == '\0') {
            break;
        }
        at += n + 1;
    }
    return list;
}

/* `13.3.2025` as a case file writes it, or NULL. */
static const char *dotted_date(parley_arena *arena, const char *text)
{
    unsigned part[3] = {0, 0, 0};
    size_t digits[3] = {0, 0, 0};
    int k = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '.' && k < 2 && digits[k] > 0) {
            k++;
        } else if (*at >= '0' && *at <= '9' && digits[k] < 4) {
            part[k] = part[k] * 10 + (unsigned)(*at - '0');
            digits[k]++;
        } else {
            return NULL;
        }
    }
    return k == 2 && digits[2] == 4 && digits[0] <= 2 && digits[1] <= 2
               ? parley_arena_format(arena, "%04u-%02u-%02u", part[2], part[1], part[0])
               : NULL;
}

static parley_node *date_value(parley_intake *in, parley_arena *arena, const case_field *field,
                               const char *text)
{
    const char *date = dotted_date(arena, text);
    date = date != NULL ? date : intake_date(in->ctx, arena, in->today, text);
    return date != NULL ? item(arena, field, date, strlen(date))
                        : intake_text(arena, text, PARLEY_STYLE_DOUBLE);
}

parley_node *intake_value(parley_intake *in, parley_arena *arena, const case_field *field,
                          const char *text)
{
    parley_node *value = NULL;
    bool failed = false;
    if (is_list(field)) {
        value = text[0] == '[' ? bracketed(in, text, true, &failed) : NULL;
        value = value != NULL || failed ? value : parted(arena, field, text);
        bool one = value != NULL && value->count == 1 && is_id_list(field) &&
                   value->first->kind == PARLEY_NODE_SCALAR;
        return one ? item(arena, field, value->first->text, value->first->length) : value;
    }
    switch (field->type) {
    case FIELD_DATE:
        return date_value(in, arena, field, text);
    case FIELD_ANY:
        if (text[0] == '[' || text[0] == '{' || text[0] == '"') {
            value = bracketed(in, text, false, &failed);
        }
        return value != NULL || failed ? value : intake_text(arena, text, PARLEY_STYLE_DOUBLE);
    case FIELD_ENUM:
        if (field->arg == PARLEY_WORDS_ACT && intake_act(text) != NULL) {
            text = intake_act(text);
        }
        return intake_text(arena, text, PARLEY_STYLE_PLAIN);
    default:
        return item(arena, field, text, strlen(text));
    }
}

/* ------------------------------------------------------------------- writing */

/* Can an item stand among others with marks between them? */
static bool is_simple(const case_field *field, const parley_node *value)
{
    return value->kind == PARLEY_NODE_SCALAR && value->length > 0 &&
           strpbrk(value->text, is_id_list(field) ? ",;" : ";") == NULL &&
           !is_blank(value->text[0]) && !is_blank(value->text[value->length - 1]) &&
           value->text[0] != '[';
}

void intake_cell(parley_text *out, const case_field *field, const parley_node *value)
{
    if (value == NULL) {
        return;
    }
    parley_sink sink = {.text = out};
    bool list = value->kind == PARLEY_NODE_LIST;
    if (!is_list(field)) {
        bool bare = value->kind == PARLEY_NODE_SCALAR &&
                    (field->type != FIELD_ANY || strchr("[{\"", value->text[0]) == NULL ||
                     value->text[0] == '\0');
        if (bare) {
            parley_text_puts(out, value->text);
        } else {
            parley_put_flow(&sink, value, true, SIZE_MAX);
        }
        return;
    }
    bool simple = !list || value->count > 0;
    for (const parley_node *n = list ? value->first : value; n != NULL && simple;
         n = list ? n->next : NULL) {
        simple = is_simple(field, n);
    }
    if (!list && value->kind == PARLEY_NODE_SCALAR && value->length == 0) {
        return;
    }
    if (!simple) {
        parley_text_puts(out, list ? "" : "[");
        parley_put_flow(&sink, value, true, SIZE_MAX);
        parley_text_puts(out, list ? "" : "]");
        return;
    }
    for (const parley_node *n = list ? value->first : value; n != NULL; n = list ? n->next : NULL) {
        parley_text_puts(out, !list || n == value->first ? "" : is_id_list(field) ? "," : "; ");
        parley_text_puts(out, n->text);
    }
}
