/*
 * Other words for members of one record of a piece: what `parley edit` corrects.
 *
 * The table that reads a case file says what a key takes, so that a value can be typed as plain
 * words: a condition needs no brackets, and a text that looks like a number stays a text. Whether
 * the record makes sense with the others is not looked at.
 */
#include "case/case_internal.h"
#include "case/document_internal.h"
#include <parley/records.h>

#include <string.h>

#define KEYS_MOST 64

typedef struct change {
    parley_ctx *ctx;
    parley_arena *arena; /* of the piece's tree */
    const case_schema *schema;
    parley_node *record;
    parley_document **value; /* trees of values in brackets, kept until the piece is written */
    size_t values;
    parley_error *err;
} change;

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while changing a record");
}

static bool blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

static const case_schema *schema_of(const char *key)
{
    for (int s = 0; s < SECTION_COUNT; s++) {
        if (strcmp(case_section_key((case_section)s), key) == 0) {
            return case_schema_of((case_section)s);
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------------ values */

/* Does a text stand for itself under this key, whatever it looks like? */
static bool wants_text(const case_field *field, const char *value)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_TEXTS:
    case FIELD_VOICE:
    case FIELD_VOICES:
    case FIELD_FORMULA:
    case FIELD_FORMULAS:
    case FIELD_CONDITIONS:
    case FIELD_ABOUT:
    case FIELD_ANY:
        return true;
    case FIELD_SPECIAL:
        return strcmp(value, "true") != 0 && strcmp(value, "false") != 0;
    default:
        return false;
    }
}

static parley_node *scalar(const change *ch, const case_field *field, const char *text,
                           size_t length)
{
    char *copy = parley_arena_copy(ch->arena, text, length);
    parley_node *node = copy == NULL ? NULL : parley_node_scalar(ch->arena, copy, length);
    if (node != NULL && wants_text(field, copy)) {
        node->style = PARLEY_STYLE_DOUBLE;
    }
    return node;
}

/* `a; b` as a list of two, without the blanks around them; empty items are left out. */
static parley_node *parted(const change *ch, const case_field *field, const char *text, char mark)
{
    parley_node *list = parley_node_list(ch->arena);
    for (const char *at = text; list != NULL; at++) {
        while (blank(*at)) {
            at++;
        }
        const char *next = strchr(at, mark);
        size_t length = next != NULL ? (size_t)(next - at) : strlen(at);
        size_t kept = length;
        while (kept > 0 && blank(at[kept - 1])) {
            kept--;
        }
        if (kept > 0 && !parley_node_append(ch->arena, list, NULL, scalar(ch, field, at, kept))) {
            return NULL;
        }
        at += length;
        if (*at == '\0') {
            break;
        }
    }
    return list;
}

/* A value in brackets or braces, as in a case file. */
static parley_status bracketed(change *ch, const char *key, const char *text,
                               const parley_node **out)
{
    parley_text *bytes = parley_text_new(ch->ctx, parley_ctx_limits(ch->ctx)->text_bytes);
    if (bytes == NULL) {
        return nomem(ch->err);
    }
    parley_text_puts(bytes, "value: ");
    parley_text_puts(bytes, text);
    parley_text_putc(bytes, '\n');
    parley_status status = parley_text_status(bytes, ch->err);
    if (status == PARLEY_OK) {
        status = parley_document_read(&ch->value[ch->values], ch->ctx, key, parley_text_data(bytes),
                                      parley_text_size(bytes), NULL, ch->err);
    }
    parley_text_free(bytes);
    if (ch->value[ch->values] != NULL) {
        ch->values++;
    }
    if (status != PARLEY_OK) {
        return status;
    }
    const parley_node *root = parley_document_root(ch->value[ch->values - 1]);
    if (root->count != 1 || root->first->kind == PARLEY_NODE_SCALAR) {
        return parley_fail(ch->err, PARLEY_SYNTAX, "'%s' takes one list or map in brackets", key);
    }
    *out = root->first;
    return PARLEY_OK;
}

static parley_status make_value(change *ch, const case_field *field, const char *text,
                                const parley_node **out)
{
    char first = text[0];
    const parley_node *made = NULL;
    if ((first == '[' || first == '{') && strchr(text, '\n') == NULL) {
        return bracketed(ch, field->key, text, out);
    }
    switch (field->type) {
    case FIELD_FORMULAS:
    case FIELD_CONDITIONS:
        made = parted(ch, field, text, ';');
        break;
    case FIELD_REFS:
    case FIELD_VOICES:
    case FIELD_ENUMS:
    case FIELD_LABEL:
        made = strchr(text, ',') != NULL ? parted(ch, field, text, ',')
                                         : scalar(ch, field, text, strlen(text));
        break;
    default:
        made = scalar(ch, field, text, strlen(text));
        break;
    }
    *out = made;
    return made == NULL ? nomem(ch->err) : PARLEY_OK;
}

/* ----------------------------------------------------------------------- members */

static parley_status find_field(const change *ch, const char *section, const char *key,
                                const case_field **out)
{
    const char *names[KEYS_MOST];
    uint32_t n = ch->schema->fields < KEYS_MOST ? ch->schema->fields : KEYS_MOST;
    for (uint32_t f = 0; f < ch->schema->fields; f++) {
        if (strcmp(ch->schema->field[f].key, key) == 0) {
            *out = &ch->schema->field[f];
            return PARLEY_OK;
        }
    }
    for (uint32_t f = 0; f < n; f++) {
        names[f] = ch->schema->field[f].key;
    }
    char shown[PARLEY_SHOWN_MAX];
    parley_status status = parley_fail(ch->err, PARLEY_NOTFOUND, "a record of '%s' has no key '%s'",
                                       section, parley_shown(shown, key, strlen(key)));
    int best = parley_nearest(key, strlen(key), names, n);
    if (best >= 0) {
        parley_error_hint(ch->err, "did you mean '%s'?", names[best]);
    }
    return status;
}

/* Put the value where the key stands, or behind the last member; NULL: take the key out. */
static parley_status set_member(change *ch, const char *key, const parley_node *value)
{
    parley_node **link = &ch->record->first;
    while (*link != NULL && strcmp((*link)->key->text, key) != 0) {
        link = &(*link)->next;
    }
    parley_node *old = *link;
    if (value == NULL) {
        if (old == NULL) {
            return parley_fail(ch->err, PARLEY_NOTFOUND, "there is no '%s' to take out", key);
        }
        *link = old->next;
        ch->record->count--;
        return PARLEY_OK;
    }
    parley_node *fresh = parley_arena_alloc(ch->arena, sizeof(*fresh));
    char *copy = parley_arena_copy(ch->arena, key, strlen(key));
    const parley_node *name = old != NULL    ? old->key
                              : copy != NULL ? parley_node_scalar(ch->arena, copy, strlen(key))
                                             : NULL;
    if (fresh == NULL || name == NULL) {
        return nomem(ch->err);
    }
    *fresh = *value;
    fresh->key = name;
    fresh->next = old != NULL ? old->next : NULL;
    *link = fresh;
    ch->record->count += old == NULL;
    return PARLEY_OK;
}

/* What of a key could not be read when it came in is mended with the key: as-typed forgets it. */
static parley_status forget_unread(change *ch, const char *key)
{
    const parley_node *typed = parley_node_member(ch->record, "as-typed");
    size_t n = strlen(key);
    if (typed == NULL || typed->kind == PARLEY_NODE_MAP || strcmp(key, "as-typed") == 0) {
        return PARLEY_OK;
    }
    bool list = typed->kind == PARLEY_NODE_LIST;
    parley_node *left = parley_node_list(ch->arena);
    uint32_t gone = 0;
    for (const parley_node *i = list ? typed->first : typed; left != NULL && i != NULL;
         i = list ? i->next : NULL) {
        if (i->kind == PARLEY_NODE_SCALAR && strncmp(i->text, key, n) == 0 && i->text[n] == ':') {
            gone++;
            continue;
        }
        parley_node *copy = parley_arena_alloc(ch->arena, sizeof(*copy));
        if (copy == NULL) {
            return nomem(ch->err);
        }
        *copy = *i;
        copy->key = NULL;
        copy->next = NULL;
        if (!parley_node_append(ch->arena, left, NULL, copy)) {
            return nomem(ch->err);
        }
    }
    return left == NULL ? nomem(ch->err)
           : gone == 0  ? PARLEY_OK
                        : set_member(ch, "as-typed", left->count > 0 ? left : NULL);
}

static parley_status apply(change *ch, const char *section, const parley_member_change *one)
{
    const case_field *field = NULL;
    const parley_node *value = NULL;
    parley_status status = find_field(ch, section, one->key, &field);
    if (status == PARLEY_OK && one->value != NULL) {
        status = make_value(ch, field, one->value, &value);
    }
    if (status == PARLEY_OK) {
        status = set_member(ch, one->key, value);
    }
    return status == PARLEY_OK && ch->schema == case_schema_of(SECTION_CLAIMS)
               ? forget_unread(ch, one->key)
               : status;
}

/* The one record of a piece that was read. */
static parley_status find_record(change *ch, parley_document *document, const char **section)
{
    const parley_node *root = parley_document_root(document);
    const parley_node *member = root->first;
    if (root->count == 1) {
        ch->schema = schema_of(member->key->text);
        *section = member->key->text;
    }
    if (root->count != 1 || ch->schema == NULL || member->kind == PARLEY_NODE_SCALAR ||
        member->count != 1 || member->first->kind != PARLEY_NODE_MAP) {
        return parley_fail(ch->err, PARLEY_INVALID, "one record of a case is wanted");
    }
    ch->record = (parley_node *)(uintptr_t)member->first; /* the tree is nobody else's */
    return PARLEY_OK;
}

parley_status parley_piece_change(parley_text *out, parley_ctx *ctx, const char *name,
                                  const char *bytes, size_t length,
                                  const parley_member_change *changes, size_t count,
                                  parley_error *err)
{
    parley_document *document = NULL;
    const char *section = NULL;
    change ch = {.ctx = ctx, .err = err};
    parley_status status = parley_document_read(&document, ctx, name, bytes, length, NULL, err);
    if (status == PARLEY_OK) {
        ch.arena = parley_document_arena(document);
        ch.value = parley_arena_array(ch.arena, count, sizeof(parley_document *));
        status = ch.value == NULL ? nomem(err) : find_record(&ch, document, &section);
    }
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        status = apply(&ch, section, &changes[i]);
    }
    if (status == PARLEY_OK) {
        parley_document_write_yaml(parley_document_root(document), out);
        status = parley_text_status(out, err);
    }
    for (size_t i = 0; i < ch.values; i++) {
        parley_document_free(ch.value[i]);
    }
    parley_document_free(document);
    return status;
}
