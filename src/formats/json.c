/*
 * JSON files as a tree with places.
 *
 * jansson reads the text and decides what is JSON; it keeps neither places nor the digits of
 * numbers. It keeps order, so a walk over the text and over its tree at the same time finds both:
 * the text gives places and digits, jansson's tree the decoded texts.
 */
#include "formats/json.h"

#include <limits.h>
#include <string.h>

#include <jansson.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind the closing quote of the text that begins at `at`. */
static uint32_t text_end(const char *text, uint32_t at, uint32_t length)
{
    for (at++; at < length && text[at] != '"'; at++)
        at += text[at] == '\\' ? 1 : 0;
    return at < length ? at + 1 : length;
}

/* jansson recurses: the depth is bounded before it starts. */
static parley_status check_depth(fmt_source *s, const char *text, uint32_t length,
                                 parley_error *err)
{
    const parley_limits *limits = parley_ctx_limits(s->ctx);
    uint32_t depth = 0;
    uint32_t nodes = 0;
    for (uint32_t at = 0; at < length; at++) {
        char c = text[at];
        if (c == '"') {
            at = text_end(text, at, length) - 1;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
        nodes += c == ',' || c == '{' || c == '[' ? 1 : 0;
        if (depth > limits->depth || depth > 1000)
            return parley_fail_at(err, PARLEY_LIMIT, s->name, fmt_text_span(s, at, at + 1),
                                  "values nested more than %u levels deep",
                                  (unsigned)(limits->depth < 1000 ? limits->depth : 1000));
        if (nodes > limits->nodes)
            return parley_fail_at(err, PARLEY_LIMIT, s->name, fmt_text_span(s, at, at + 1),
                                  "more than %u values", (unsigned)limits->nodes);
    }
    return PARLEY_OK;
}

/*
 * jansson does not tell a text that it has no memory for from one that is wrong. But where it wants
 * a text, or calls a token wrong, and a whole text ends there, it can only be the memory.
 */
static bool lacks_memory(const json_error_t *error, const char *text, uint32_t length)
{
    static const char *const wanted[] = {"string or '}' expected", "string expected",
                                         "invalid token"};
    bool maybe = error->text[0] == '\0'; /* there are words for every other fault */
    bool text_wanted = false;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        text_wanted = text_wanted || strncmp(error->text, wanted[i], strlen(wanted[i])) == 0;
    for (uint32_t at = 0; text_wanted && !maybe && at < length; at++) {
        if (text[at] == '"') {
            uint32_t end = text_end(text, at, length);
            maybe =
                error->position >= 0 && end == (uint32_t)error->position && text[end - 1] == '"';
            at = end - 1;
        }
    }
    return maybe;
}

static parley_status explain(fmt_source *s, const json_error_t *error, const char *text,
                             uint32_t length, parley_error *err)
{
    uint32_t at = error->position > 0 ? (uint32_t)error->position : 0;
    at = at > length ? length : at;
    parley_span span = fmt_text_span(s, at > 0 ? at - 1 : 0, at);
    if (lacks_memory(error, text, length))
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", s->name);
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", s->name);
    case json_error_duplicate_key:
        return parley_fail_at(err, PARLEY_SYNTAX, s->name, span,
                              "a key stands twice in one object before this");
    case json_error_premature_end_of_input:
        parley_fail_at(err, PARLEY_SYNTAX, s->name, span,
                       "the file ends before the JSON is complete");
        parley_error_hint(err, "is it whole?");
        return PARLEY_SYNTAX;
    case json_error_end_of_input_expected:
        return parley_fail_at(err, PARLEY_SYNTAX, s->name, span,
                              "something stands behind the end of the JSON");
    case json_error_stack_overflow:
        return parley_fail_at(err, PARLEY_LIMIT, s->name, span, "values nested too deep");
    case json_error_numeric_overflow:
        return parley_fail_at(err, PARLEY_RANGE, s->name, span, "this number is too large");
    default:
        return parley_fail_at(err, PARLEY_SYNTAX, s->name, span, "not JSON: %.200s", error->text);
    }
}

/* ---- both at once ---- */

typedef struct open_value {
    const json_t *value;
    fmt_json *node;
    void *member;   /* of an object: the one that is next */
    size_t element; /* of an array */
} open_value;

typedef struct walk {
    fmt_source *source;
    const char *text;
    uint32_t length;
    uint32_t at;
    open_value *open;
    uint32_t depth;
} walk;

static void skip(walk *w)
{
    while (w->at < w->length &&
           (is_space(w->text[w->at]) || w->text[w->at] == ',' || w->text[w->at] == ':'))
        w->at++;
}

/* The node of one value at w->at, hung into what is open. NULL: no memory. */
static fmt_json *add_value(walk *w, const json_t *value, const char *key, uint32_t key_begin,
                           uint32_t key_end)
{
    parley_arena *arena = w->source->arena;
    fmt_json *n = parley_arena_alloc(arena, sizeof(*n));
    if (n == NULL)
        return NULL;
    skip(w);
    n->begin = w->at;
    n->key_begin = key_begin;
    n->key_end = key_end;
    n->key = key != NULL ? parley_arena_copy(arena, key, strlen(key)) : NULL;
    if (json_is_object(value) || json_is_array(value)) {
        n->kind = json_is_object(value) ? FMT_JSON_OBJECT : FMT_JSON_ARRAY;
        w->at++;
    } else if (json_is_string(value)) {
        n->kind = FMT_JSON_TEXT;
        w->at = text_end(w->text, w->at, w->length);
        n->text = parley_arena_copy(arena, json_string_value(value), json_string_length(value));
    } else {
        n->kind = json_is_number(value) ? FMT_JSON_NUMBER : FMT_JSON_WORD;
        while (w->at < w->length && !is_space(w->text[w->at]) &&
               strchr(",]}", w->text[w->at]) == NULL)
            w->at++;
        n->text = parley_arena_copy(arena, w->text + n->begin, w->at - n->begin);
    }
    n->end = w->at;
    bool container = n->kind == FMT_JSON_OBJECT || n->kind == FMT_JSON_ARRAY;
    if ((!container && n->text == NULL) || (key != NULL && n->key == NULL))
        return NULL;
    fmt_json *parent = w->depth > 0 ? w->open[w->depth - 1].node : NULL;
    n->parent = parent;
    if (parent != NULL) {
        parent->count++;
        if (parent->last != NULL)
            parent->last->next = n;
        else
            parent->first = n;
        parent->last = n;
    }
    if (container) {
        /* iterators are made with casts in jansson: the value itself is not changed */
        void *member = json_is_object(value) ? json_object_iter((json_t *)(uintptr_t)value) : NULL;
        w->open[w->depth++] = (open_value){value, n, member, 0};
    }
    return n;
}

/* One step in the container on top; false: no memory. */
static bool step(walk *w)
{
    open_value *top = &w->open[w->depth - 1];
    json_t *container = (json_t *)(uintptr_t)top->value;
    skip(w);
    if (json_is_object(container) && top->member != NULL) {
        const char *key = json_object_iter_key(top->member);
        const json_t *value = json_object_iter_value(top->member);
        top->member = json_object_iter_next(container, top->member);
        uint32_t key_begin = w->at;
        w->at = text_end(w->text, w->at, w->length);
        return add_value(w, value, key, key_begin, w->at) != NULL;
    }
    if (json_is_array(container) && top->element < json_array_size(container))
        return add_value(w, json_array_get(container, top->element++), NULL, 0, 0) != NULL;
    w->at++; /* the closing mark */
    top->node->end = w->at;
    w->depth--;
    return true;
}

static parley_status build(fmt_json **out, fmt_source *s, const json_t *json, const char *text,
                           uint32_t length, parley_error *err)
{
    walk w = {.source = s, .text = text, .length = length};
    w.open = parley_arena_array(s->arena, parley_ctx_limits(s->ctx)->depth + 2, sizeof(*w.open));
    fmt_json *root = w.open != NULL ? add_value(&w, json, NULL, 0, 0) : NULL;
    bool good = root != NULL;
    while (good && w.depth > 0)
        good = step(&w);
    if (!good)
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", s->name);
    *out = root;
    return PARLEY_OK;
}

parley_status fmt_json_read(fmt_json **out, fmt_source *s, parley_error *err)
{
    *out = NULL;
    uint32_t begin = 0;
    if (s->length >= 3 && memcmp(s->bytes, "\xEF\xBB\xBF", 3) == 0) {
        fmt_warn(s, fmt_source_span(s, 0, 3), NULL,
                 "the file begins with a byte order mark; left out");
        begin = 3;
    }
    fmt_source_take(s, begin, s->length);
    parley_status status = fmt_source_ready(s, err);
    if (status != PARLEY_OK)
        return status;
    const char *text = parley_text_data(s->text);
    size_t size = parley_text_size(s->text);
    if (size > INT_MAX)
        return parley_fail_at(err, PARLEY_LIMIT, s->name, PARLEY_SPAN_NONE,
                              "the file is too large for the reader of JSON");
    uint32_t length = (uint32_t)size;
    status = check_depth(s, text, length, err);
    if (status != PARLEY_OK)
        return status;
    json_error_t error;
    memset(&error, 0, sizeof error);
    json_t *json =
        json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);
    if (json == NULL)
        return explain(s, &error, text, length, err);
    status = build(out, s, json, text, length, err);
    json_decref(json);
    return status;
}

fmt_json *fmt_member(const fmt_json *object, const char *key)
{
    if (object == NULL || object->kind != FMT_JSON_OBJECT)
        return NULL;
    for (fmt_json *n = object->first; n != NULL; n = n->next)
        if (strcmp(n->key, key) == 0)
            return n;
    return NULL;
}

parley_span fmt_json_span(fmt_source *source, const fmt_json *value)
{
    return fmt_text_span(source, value->begin, value->end);
}

parley_span fmt_json_key_span(fmt_source *source, const fmt_json *member)
{
    if (member->key == NULL)
        return fmt_json_span(source, member);
    return fmt_text_span(source, member->key_begin, member->key_end);
}
