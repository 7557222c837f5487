/*
 * A claim as one JSON object: the members as in a case file, or a line.
 */
#include "case/intake_internal.h"

#include <string.h>

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading JSON");
}

static parley_status bad(parley_error *err, const parley_node *at, const char *hint,
                         const char *message)
{
    parley_fail_at(err, PARLEY_INVALID, NULL, at->span, "%s", message);
    parley_error_hint(err, "%s", hint);
    return PARLEY_INVALID;
}

static bool is_null(const parley_node *value)
{
    return value->kind == PARLEY_NODE_SCALAR && value->style == PARLEY_STYLE_PLAIN &&
           strcmp(value->text, "null") == 0;
}

/* A value that can hang in a claim; a date stands bare in a case file. */
static parley_node *value_of(parley_arena *arena, const parley_node *from)
{
    const case_field *field = intake_field(from->key->text);
    parley_node *value = parley_arena_alloc(arena, sizeof(*value));
    parley_date date;
    if (value == NULL) {
        return NULL;
    }
    *value = *from;
    value->key = NULL;
    value->next = NULL;
    if (field != NULL && field->type == FIELD_DATE && from->kind == PARLEY_NODE_SCALAR &&
        parley_date_parse(&date, from->text, from->length, NULL) == PARLEY_OK) {
        value->style = PARLEY_STYLE_PLAIN;
    }
    return value;
}

/* The members of the object, on top of the claim that has the id. */
static parley_status take_members(intake_draft *draft, parley_intake *in, parley_arena *arena,
                                  const parley_node *root, parley_error *err)
{
    const parley_node *id = parley_node_member(root, "id");
    if (id != NULL && !is_null(id)) {
        if (id->kind != PARLEY_NODE_SCALAR || id->style == PARLEY_STYLE_PLAIN) {
            return bad(err, id, "write \"id\": \"c24\", or leave it out", "'id' must be a text");
        }
        draft->id = parley_arena_copy(arena, id->text, id->length);
        if (draft->id == NULL) {
            return nomem(err);
        }
    }
    int32_t before =
        draft->id != NULL ? parley_case_find(in->c, "claims", draft->id, strlen(draft->id)) : -1;
    draft->origin = root;
    draft->record =
        before >= 0 ? intake_copy(arena, intake_claim_node(in, before)) : parley_node_map(arena);
    bool good = draft->record != NULL;
    for (const parley_node *m = root->first; m != NULL && good; m = m->next) {
        if (m == id) {
            continue;
        }
        parley_node *value = is_null(m) ? NULL : value_of(arena, m);
        good =
            (value != NULL || is_null(m)) && intake_put(arena, draft->record, m->key->text, value);
    }
    return good ? PARLEY_OK : nomem(err);
}

parley_status parley_intake_json(parley_taken *out, parley_intake *in, parley_arena *arena,
                                 const char *text, size_t length, parley_error *err)
{
    size_t blank = 0;
    parley_document *document = NULL;
    parley_error read = PARLEY_ERROR_INIT;
    *out = (parley_taken){.corrects = -1};
    intake_drop_documents(in);
    if (length > PARLEY_INTAKE_LINE_MOST) {
        return parley_fail(err, PARLEY_LIMIT, "an object of %zu bytes; at most %u are read", length,
                           PARLEY_INTAKE_LINE_MOST);
    }
    while (blank < length && strchr(" \t\r\n", text[blank]) != NULL && text[blank] != '\0') {
        blank++;
    }
    if (blank == length || text[blank] != '{') {
        parley_fail(err, PARLEY_SYNTAX, "this is no JSON object");
        parley_error_hint(err, "write {\"by\": \"ru\", \"act\": \"demand\", \"about\": \"...\"} on "
                               "one line");
        return PARLEY_SYNTAX;
    }
    parley_status status =
        parley_document_read(&document, in->ctx, "object.json", text, length, NULL, &read);
    if (status != PARLEY_OK) {
        read.source[0] = '\0';
        if (err != NULL) {
            *err = read;
        }
        parley_document_free(document);
        return status;
    }
    in->document[in->documents++] = document;
    const parley_node *root = parley_document_root(document);
    const parley_node *line = parley_node_member(root, "line");
    if (line != NULL) {
        if (root->count != 1 || line->kind != PARLEY_NODE_SCALAR) {
            return bad(err, line, "write {\"line\": \"ru 13mar demand arms = stopped\"}",
                       "'line' is a text and stands alone");
        }
        const char *copy = parley_arena_copy(arena, line->text, line->length);
        return copy == NULL ? nomem(err)
                            : parley_intake_line(out, in, arena, copy, line->length, err);
    }
    intake_draft draft = {.record = NULL};
    status = take_members(&draft, in, arena, root, err);
    return status == PARLEY_OK ? intake_settle(out, in, arena, &draft, err) : status;
}
