/*
 * Which claims a text of a case may name, without binding it: what has to be fetched before the
 * text can be bound by itself.
 *
 * A net, not an answer: of claims every text under `about`, `repeats` and `replaces`; of other
 * records every text, where the section's records may name claims at all. Who fetches looks which
 * of them are ids.
 */
#include "case/case_internal.h"
#include "case/document_internal.h"
#include <parley/records.h>

#include <string.h>

static void add(case_texts *t, const parley_node *scalar)
{
    if (scalar->length > 0) {
        case_texts_add_copy(t, scalar->text, scalar->length);
    }
}

/* Every text below a node, without recursion. */
static void add_all(case_texts *t, const parley_node *node)
{
    const parley_node *next[PARLEY_DEPTH_MOST];
    size_t depth = 0;
    if (node->kind == PARLEY_NODE_SCALAR) {
        add(t, node);
        return;
    }
    next[depth++] = node->first;
    while (depth > 0 && !t->failed) {
        const parley_node *n = next[depth - 1];
        if (n == NULL) {
            depth--;
            continue;
        }
        next[depth - 1] = n->next;
        if (n->kind == PARLEY_NODE_SCALAR) {
            add(t, n);
        } else {
            PARLEY_ASSERT(depth < PARLEY_DEPTH_MOST); /* trees this deep are not read */
            next[depth++] = n->first;
        }
    }
}

static bool names_a_claim(const char *key)
{
    return strcmp(key, "about") == 0 || strcmp(key, "repeats") == 0 || strcmp(key, "replaces") == 0;
}

static void add_of_claims(case_texts *t, const parley_node *section)
{
    for (const parley_node *r = section->first; r != NULL; r = r->next) {
        for (const parley_node *m = r->kind == PARLEY_NODE_MAP ? r->first : NULL; m != NULL;
             m = m->next) {
            if (names_a_claim(m->key->text)) {
                add_all(t, m);
            }
        }
    }
}

bool parley_section_names_claims(const char *key, size_t length)
{
    /* the states of a lever name claims in a map of their own, which `inner` tables hold */
    static const case_section inside[] = {SECTION_CLAIMS, SECTION_LEVERS};
    for (size_t i = 0; i < sizeof(inside) / sizeof(inside[0]); i++) {
        const char *have = case_section_key(inside[i]);
        if (strlen(have) == length && memcmp(have, key, length) == 0) {
            return true;
        }
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        const char *have = case_section_key((case_section)s);
        if (strlen(have) != length || memcmp(have, key, length) != 0) {
            continue;
        }
        const case_schema *schema = case_schema_of((case_section)s);
        for (uint32_t f = 0; f < schema->fields; f++) {
            const case_field *field = &schema->field[f];
            if ((field->type == FIELD_REF || field->type == FIELD_REFS) &&
                field->arg == SECTION_CLAIMS) {
                return true;
            }
        }
    }
    return false;
}

/* ------------------------------------------------------------ without a tree */

/* Where a walk over events is: containers that are open, and what of them is wanted. */
typedef struct walking {
    case_texts *t;
    uint32_t depth; /* 1: in the root, 2: in a section, 3: in a record */
    bool map[PARLEY_DEPTH_MOST + 1];
    bool key[PARLEY_DEPTH_MOST + 1]; /* of a map: what comes is a key */
    bool claims;                     /* in the section "claims": of a record some members */
    bool all;                        /* in another that names claims: every text */
    bool member;                     /* in a member of a claim that names claims */
} walking;

static void take_key(walking *w, const parley_event *event)
{
    if (w->depth == 1) {
        w->claims = strcmp(event->text, "claims") == 0;
        w->all = !w->claims && parley_section_names_claims(event->text, event->length);
    } else if (w->depth == 3) {
        w->member = w->claims && names_a_claim(event->text);
    }
    w->key[w->depth] = false;
}

/* A value is over: what follows in a map is a key. */
static void end_value(walking *w)
{
    w->key[w->depth] = w->map[w->depth];
    w->member = w->member && w->depth > 3;
    w->claims = w->claims && w->depth > 1;
    w->all = w->all && w->depth > 1;
}

/*
 * The same as over the tree, from the events of the quick reader, for which most texts of a case on
 * disk are made. STATE: it is no text for that reader, and nothing is known.
 */
static parley_status walk_events(case_texts *t, parley_reader *reader, parley_error *err)
{
    walking w = {.t = t};
    for (;;) {
        parley_event event;
        parley_status status = reader->next(reader->self, &event, err);
        if (status != PARLEY_OK || event.kind == PARLEY_EVENT_END) {
            return status;
        }
        if (event.kind == PARLEY_EVENT_MAP_END || event.kind == PARLEY_EVENT_LIST_END) {
            w.depth--;
            end_value(&w);
        } else if (event.kind != PARLEY_EVENT_SCALAR) {
            bool map = event.kind == PARLEY_EVENT_MAP_BEGIN;
            if (w.depth == PARLEY_DEPTH_MOST || (w.depth == 0 && !map)) {
                return PARLEY_STATE;
            }
            w.depth++;
            w.map[w.depth] = w.key[w.depth] = map;
        } else if (w.depth == 0) {
            return PARLEY_STATE;
        } else if (w.key[w.depth]) {
            take_key(&w, &event);
        } else {
            if ((w.all || w.member) && event.length > 0) {
                case_texts_add_copy(t, event.text, event.length);
            }
            end_value(&w);
        }
    }
}

static parley_status named_quickly(case_texts *t, parley_ctx *ctx, const char *name,
                                   const char *bytes, size_t length, parley_error *err)
{
    parley_reader reader = {0};
    parley_status status = parley_plain_reader(&reader, ctx, name, bytes, length, err);
    if (status == PARLEY_OK) {
        status = walk_events(t, &reader, err);
    }
    if (reader.free != NULL) {
        reader.free(reader.self);
    }
    return status;
}

/* ---------------------------------------------------------------------- whole */

parley_status parley_claims_named(parley_texts *out, parley_ctx *ctx, parley_arena *arena,
                                  const char *name, const char *bytes, size_t length,
                                  parley_error *err)
{
    parley_document *document = NULL;
    case_texts t = {.arena = arena};
    *out = (parley_texts){NULL, 0};
    parley_status status = named_quickly(&t, ctx, name, bytes, length, err);
    if (status != PARLEY_STATE) {
        if (status == PARLEY_OK && t.failed) {
            status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading records");
        } else if (status == PARLEY_OK) {
            *out = (parley_texts){t.at, t.count};
        }
        return status;
    }
    t = (case_texts){.arena = arena};
    status = parley_document_read(&document, ctx, name, bytes, length, NULL, err);
    if (status == PARLEY_OK) {
        const parley_node *root = parley_document_root(document);
        for (const parley_node *m = root->first; m != NULL && !t.failed; m = m->next) {
            if (strcmp(m->key->text, "claims") == 0) {
                add_of_claims(&t, m);
            } else if (parley_section_names_claims(m->key->text, m->key->length)) {
                add_all(&t, m);
            }
        }
        if (t.failed) {
            status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading records");
        } else {
            *out = (parley_texts){t.at, t.count};
        }
    }
    parley_document_free(document);
    return status;
}
