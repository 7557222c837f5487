/*
 * A case in pieces: canonical bytes of one record, and what they say by themselves.
 *
 * The names of a claim are a net, not an answer: every word of its formulas, every name in quotes,
 * and the texts as a whole. Who looks for claims about an issue takes what the net holds and asks
 * the bound claim.
 */
#include "case/case_internal.h"
#include "case/document_internal.h"
#include <parley/records.h>

#include <string.h>

static case_section section_of(const char *key, size_t length)
{
    int s = 0;
    while (s < SECTION_COUNT) {
        const char *have = case_section_key((case_section)s);
        if (strlen(have) == length && memcmp(have, key, length) == 0) {
            break;
        }
        s++;
    }
    return (case_section)s;
}

parley_section_kind parley_section_kind_of(const char *key, size_t length)
{
    case_section s = section_of(key, length);
    return s == SECTION_COUNT      ? PARLEY_SECTION_NONE
           : case_section_keyed(s) ? PARLEY_SECTION_KEYED
                                   : PARLEY_SECTION_LIST;
}

/* ------------------------------------------------------------------ bytes */

/* The piece as a tree: the root's member with the one record below it, or as a whole. */
static void write_piece(const parley_node *member, const parley_node *record, parley_text *out)
{
    parley_node one = record != NULL ? *record : *member;
    one.next = NULL;
    parley_node box = {.kind = record != NULL ? member->kind : (uint8_t)PARLEY_NODE_MAP,
                       .count = 1,
                       .first = &one};
    if (record == NULL) {
        parley_document_write_yaml(&box, out);
        return;
    }
    parley_text_puts(out, member->key->text);
    parley_text_puts(out, ":\n  ");
    parley_put_block(out, &box, (parley_layout){.newline = "\n", .indent = 2, .level = 1});
    parley_text_putc(out, '\n');
}

bool parley_piece_split(const char *bytes, size_t length, size_t *key, size_t *body)
{
    size_t n = 0;
    while (n < length && ((bytes[n] >= 'a' && bytes[n] <= 'z') || bytes[n] == '-')) {
        n++;
    }
    *key = n;
    *body = 0;
    if (n == 0 || n + 2 > length || bytes[n] != ':' || bytes[length - 1] != '\n') {
        return false;
    }
    if (section_of(bytes, n) != SECTION_COUNT && bytes[n + 1] == '\n' && length > n + 2) {
        *body = n + 2;
    }
    return true;
}

void parley_piece_stub(parley_text *out, const char *id, const char *speaker)
{
    parley_sink sink = {.text = out};
    parley_text_puts(out, "  ");
    parley_put_double(&sink, id, strlen(id));
    parley_text_puts(out, ": {by: ");
    parley_put_double(&sink, speaker, strlen(speaker));
    parley_text_puts(out, ", act: say}\n");
}

/* ------------------------------------------------------------------ facts */

void case_texts_add(case_texts *t, const char *text)
{
    if (t->failed) {
        return;
    }
    if (t->count == t->room) {
        uint32_t room = t->room == 0 ? 8 : t->room * 2;
        const char **grown =
            parley_arena_grow(t->arena, t->at, t->count * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            t->failed = true;
            return;
        }
        t->at = grown;
        t->room = room;
    }
    t->at[t->count++] = text;
}

void case_texts_add_copy(case_texts *t, const char *text, size_t length)
{
    const char *copy = parley_arena_copy(t->arena, text, length);
    t->failed = t->failed || copy == NULL;
    case_texts_add(t, copy);
}

/* No text twice. O(texts). */
static void add_new(case_texts *t, const char *text, size_t length)
{
    for (uint32_t i = 0; i < t->count; i++) {
        if (strncmp(t->at[i], text, length) == 0 && t->at[i][length] == '\0') {
            return;
        }
    }
    case_texts_add_copy(t, text, length);
}

/* The scalar or the scalars of a list under a key. */
static void add_scalars(case_texts *t, const parley_node *record, const char *key)
{
    const parley_node *value = parley_node_member(record, key);
    if (value == NULL || value->kind == PARLEY_NODE_MAP) {
        return;
    }
    bool list = value->kind == PARLEY_NODE_LIST;
    for (const parley_node *n = list ? value->first : value; n != NULL; n = list ? n->next : NULL) {
        if (n->kind == PARLEY_NODE_SCALAR) {
            add_new(t, n->text, n->length);
        }
    }
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || (unsigned char)c >= 0x80;
}

/* Names in quotes lose their escapes; words of a formula are runs of letters and digits. */
static void add_names(case_texts *t, const char *text, size_t length, char *scratch)
{
    add_new(t, text, length);
    for (size_t i = 0; i < length;) {
        size_t n = 0;
        if (text[i] == '"') {
            for (i++; i < length && text[i] != '"'; i++) {
                i += text[i] == '\\' && i + 1 < length ? 1 : 0;
                scratch[n++] = text[i];
            }
            i++;
        } else {
            while (i < length && is_word_byte(text[i])) {
                scratch[n++] = text[i++];
            }
            i += n == 0 ? 1 : 0;
        }
        if (n > 0) {
            add_new(t, scratch, n);
        }
    }
}

static bool claim_names(case_texts *t, const parley_node *record)
{
    static const char *const keys[] = {"about", "if", "only-if"};
    for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
        const parley_node *value = parley_node_member(record, keys[k]);
        bool list = value != NULL && value->kind == PARLEY_NODE_LIST;
        for (const parley_node *n = list ? value->first : value; n != NULL;
             n = list ? n->next : NULL) {
            if (n->kind != PARLEY_NODE_SCALAR) {
                continue;
            }
            char *scratch = parley_arena_alloc(t->arena, n->length);
            if (scratch == NULL) {
                return false;
            }
            add_names(t, n->text, n->length, scratch);
        }
    }
    return !t->failed;
}

/* Every text below a node, without recursion. */
static bool all_words(case_texts *t, const parley_node *node)
{
    const parley_node *next[PARLEY_DEPTH_MOST];
    size_t depth = 0;
    next[depth++] = node->kind == PARLEY_NODE_SCALAR ? NULL : node->first;
    if (node->kind == PARLEY_NODE_SCALAR) {
        case_texts_add(t, node->text);
    }
    while (depth > 0) {
        const parley_node *n = next[depth - 1];
        if (n == NULL) {
            depth--;
            continue;
        }
        next[depth - 1] = n->next;
        if (n->kind == PARLEY_NODE_SCALAR) {
            case_texts_add(t, n->text);
        } else {
            PARLEY_ASSERT(depth < PARLEY_DEPTH_MOST); /* trees this deep are not read */
            next[depth++] = n->first;
        }
    }
    return !t->failed;
}

static void take_date(const parley_node *record, const char *key, parley_date *out)
{
    const parley_node *value = parley_node_member(record, key);
    if (value == NULL || value->kind != PARLEY_NODE_SCALAR ||
        parley_date_parse(out, value->text, value->length, NULL) != PARLEY_OK) {
        *out = PARLEY_DATE_INIT;
    }
}

static bool claim_facts(parley_piece *out, const parley_node *record, parley_arena *arena)
{
    static const char *const said[] = {"says", "about", "hedge", "speaker-text"};
    case_texts speakers = {.arena = arena}, names = speakers, claims = speakers, words = speakers;
    case_texts repeats = speakers, replaces = speakers, source = speakers;
    add_scalars(&speakers, record, "by");
    add_scalars(&repeats, record, "repeats");
    add_scalars(&replaces, record, "replaces");
    add_scalars(&source, record, "source");
    add_scalars(&claims, record, "repeats");
    add_scalars(&claims, record, "replaces");
    add_scalars(&claims, record, "about");
    for (size_t k = 0; k < sizeof(said) / sizeof(said[0]); k++) {
        const parley_node *value = parley_node_member(record, said[k]);
        if (value != NULL && value->kind == PARLEY_NODE_SCALAR) {
            case_texts_add(&words, value->text);
        }
    }
    add_scalars(&words, record, "as-typed");
    if (!claim_names(&names, record) || speakers.failed || claims.failed || words.failed ||
        repeats.failed || replaces.failed || source.failed) {
        return false;
    }
    out->repeats = (parley_texts){repeats.at, repeats.count};
    out->replaces = (parley_texts){replaces.at, replaces.count};
    out->source = source.count > 0 ? source.at[0] : NULL;
    out->speakers = (parley_texts){speakers.at, speakers.count};
    out->names = (parley_texts){names.at, names.count};
    out->claims = (parley_texts){claims.at, claims.count};
    out->words = (parley_texts){words.at, words.count};
    return true;
}

/* What a piece says by itself; false: no memory. Texts are the tree's or the arena's. */
static bool fill_facts(parley_piece *out, const parley_node *member, const parley_node *record,
                       parley_arena *arena)
{
    *out = (parley_piece){.section = member->key->text, .record = record != NULL};
    out->happened = PARLEY_DATE_INIT;
    out->learned = PARLEY_DATE_INIT;
    const parley_node *node = record != NULL ? record : member;
    if (record != NULL) {
        out->id = record->key != NULL ? record->key->text : NULL;
        if (record->kind == PARLEY_NODE_MAP) {
            take_date(record, "date", &out->happened);
            take_date(record, "learned", &out->learned);
            if (section_of(out->section, strlen(out->section)) == SECTION_CLAIMS) {
                return claim_facts(out, record, arena);
            }
        }
    }
    case_texts words = {.arena = arena};
    if (!all_words(&words, node)) {
        return false;
    }
    out->words = (parley_texts){words.at, words.count};
    return true;
}

/* Does the member stand for itself, or for the records in it? */
static bool holds_records(const parley_node *member)
{
    case_section s = section_of(member->key->text, member->key->length);
    return s != SECTION_COUNT && member->kind != PARLEY_NODE_SCALAR && member->first != NULL;
}

/* ----------------------------------------------------------------- reading */

static parley_status out_of_memory(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while taking a case apart");
}

parley_status parley_case_pieces(const parley_case *c,
                                 bool (*visit)(void *user, const parley_piece *piece), void *user,
                                 parley_error *err)
{
    parley_status status = PARLEY_OK;
    bool go_on = true;
    parley_arena *arena = parley_arena_new(c->ctx);
    parley_text *bytes = parley_text_new(c->ctx, parley_ctx_limits(c->ctx)->text_bytes);
    if (arena == NULL || bytes == NULL) {
        status = out_of_memory(err);
        goto out;
    }
    parley_arena_mark here = parley_arena_here(arena);
    for (const parley_node *m = c->root->first; m != NULL && go_on; m = m->next) {
        bool records = holds_records(m);
        for (const parley_node *r = records ? m->first : m; r != NULL && go_on;
             r = records ? r->next : NULL) {
            parley_piece piece;
            parley_arena_reset(arena, here);
            parley_text_clear(bytes);
            write_piece(m, records ? r : NULL, bytes);
            status = parley_text_status(bytes, err);
            if (status != PARLEY_OK) {
                goto out;
            }
            if (!fill_facts(&piece, m, records ? r : NULL, arena)) {
                status = out_of_memory(err);
                goto out;
            }
            piece.bytes = parley_text_data(bytes);
            piece.length = parley_text_size(bytes);
            go_on = visit(user, &piece);
        }
    }
out:
    parley_text_free(bytes);
    parley_arena_free(arena);
    return status;
}

/* The one member and the one record of a piece's tree. */
static parley_status find_piece(const parley_document *document, const char *name,
                                const parley_node **member, const parley_node **record,
                                parley_error *err)
{
    const parley_node *root = parley_document_root(document);
    const parley_node *m = root->first;
    if (root->count != 1) {
        return parley_fail(err, PARLEY_INVALID, "%s holds %u things; one piece of a case is wanted",
                           name, root->count);
    }
    case_section s = section_of(m->key->text, m->key->length);
    bool known = s != SECTION_COUNT;
    for (uint32_t f = 0; f < case_top_field_count && !known; f++) {
        known = strcmp(case_top_fields[f].key, m->key->text) == 0;
    }
    if (!known) {
        char shown[PARLEY_SHOWN_MAX];
        return parley_fail(err, PARLEY_INVALID, "%s: a case has no section '%s'", name,
                           parley_shown(shown, m->key->text, m->key->length));
    }
    *member = m;
    *record = NULL;
    if (!holds_records(m)) {
        return PARLEY_OK;
    }
    if (m->kind != (case_section_keyed(s) ? PARLEY_NODE_MAP : PARLEY_NODE_LIST) || m->count != 1) {
        return parley_fail(err, PARLEY_INVALID, "%s: '%s' must hold one %s", name, m->key->text,
                           case_section_one(s));
    }
    *record = m->first;
    return PARLEY_OK;
}

/* Texts of the tree go with the document: keep them. */
static bool keep_texts(parley_piece *piece, parley_arena *arena)
{
    parley_texts *const lists[] = {&piece->words};
    piece->section = parley_arena_copy(arena, piece->section, strlen(piece->section));
    if (piece->id != NULL) {
        piece->id = parley_arena_copy(arena, piece->id, strlen(piece->id));
        if (piece->id == NULL) {
            return false;
        }
    }
    for (size_t k = 0; k < sizeof(lists) / sizeof(lists[0]); k++) {
        const char **at = parley_arena_array(arena, lists[k]->count, sizeof(*at));
        for (uint32_t i = 0; at != NULL && i < lists[k]->count; i++) {
            at[i] = parley_arena_copy(arena, lists[k]->at[i], strlen(lists[k]->at[i]));
            if (at[i] == NULL) {
                return false;
            }
        }
        if (at == NULL) {
            return false;
        }
        lists[k]->at = at;
    }
    return piece->section != NULL;
}

parley_status parley_piece_read(parley_piece *out, parley_ctx *ctx, parley_arena *arena,
                                const char *name, const char *bytes, size_t length,
                                parley_error *err)
{
    parley_document *document = NULL;
    const parley_node *member = NULL;
    const parley_node *record = NULL;
    *out = (parley_piece){.section = NULL};
    parley_text *text = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    parley_status status =
        text == NULL ? out_of_memory(err)
                     : parley_document_read(&document, ctx, name, bytes, length, NULL, err);
    if (status != PARLEY_OK) {
        goto out;
    }
    status = find_piece(document, name, &member, &record, err);
    if (status != PARLEY_OK) {
        goto out;
    }
    PARLEY_ASSERT(member != NULL);
    write_piece(member, record, text);
    status = parley_text_status(text, err);
    if (status != PARLEY_OK) {
        goto out;
    }
    if (!fill_facts(out, member, record, arena) || !keep_texts(out, arena)) {
        status = out_of_memory(err);
        goto out;
    }
    out->length = parley_text_size(text);
    out->bytes = parley_arena_copy(arena, parley_text_data(text), out->length);
    if (out->bytes == NULL) {
        status = out_of_memory(err);
    }
out:
    parley_document_free(document);
    parley_text_free(text);
    if (status != PARLEY_OK) {
        *out = (parley_piece){.section = NULL};
    }
    return status;
}

/* ------------------------------------------------------------------- frame */

static const case_section frame_sections[] = {
    SECTION_SOURCES, SECTION_PARTIES,  SECTION_PEOPLE,    SECTION_TRACKS,     SECTION_ISSUES,
    SECTION_POINTS,  SECTION_CONCERNS, SECTION_PROPOSALS, SECTION_CANDIDATES, SECTION_INCIDENTS};

const char *parley_frame_section(size_t i)
{
    return i < sizeof(frame_sections) / sizeof(frame_sections[0])
               ? case_section_key(frame_sections[i])
               : NULL;
}

static bool in_frame(case_section s)
{
    for (size_t i = 0; i < sizeof(frame_sections) / sizeof(frame_sections[0]); i++) {
        if (frame_sections[i] == s) {
            return true;
        }
    }
    return false;
}

/* Does the value of this key name rows outside the frame? */
static bool leads_out(case_section s, const char *key)
{
    const case_schema *schema = case_schema_of(s);
    for (uint32_t f = 0; f < schema->fields; f++) {
        const case_field *field = &schema->field[f];
        if (strcmp(field->key, key) == 0) {
            return ((field->type == FIELD_REF || field->type == FIELD_REFS) &&
                    !in_frame((case_section)field->arg)) ||
                   case_entries_of(field) != NULL;
        }
    }
    return false;
}

static void keep_frame(parley_node *root)
{
    parley_node **link = &root->first;
    while (*link != NULL) {
        parley_node *m = *link;
        case_section s = section_of(m->key->text, m->key->length);
        bool version = strcmp(m->key->text, "parley") == 0 || strcmp(m->key->text, "language") == 0;
        if (!version && (s == SECTION_COUNT || !in_frame(s))) {
            *link = m->next;
            root->count--;
            continue;
        }
        link = &m->next;
        for (parley_node *r = version || !holds_records(m) ? NULL : m->first; r != NULL;
             r = r->next) {
            parley_node **field = &r->first;
            while (r->kind == PARLEY_NODE_MAP && *field != NULL) {
                if (leads_out(s, (*field)->key->text)) {
                    *field = (*field)->next;
                    r->count--;
                } else {
                    field = &(*field)->next;
                }
            }
        }
    }
}

parley_status parley_frame_text(parley_text *out, parley_ctx *ctx, const char *name,
                                const char *bytes, size_t length, parley_error *err)
{
    parley_document *document = NULL;
    parley_status status = parley_document_read(&document, ctx, name, bytes, length, NULL, err);
    if (status == PARLEY_OK) {
        parley_node *root = (parley_node *)(uintptr_t)parley_document_root(document);
        keep_frame(root); /* the document is nobody else's */
        parley_document_write_yaml(root, out);
        status = parley_text_status(out, err);
    }
    parley_document_free(document);
    return status;
}

/* ---------------------------------------------------------------- recorded */

void parley_case_set_recorded(parley_case *c, const parley_recorded *list, size_t count)
{
    if (c->audience != NULL) {
        return;
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s]; i++) {
            parley_record *record =
                (parley_record *)((char *)c->rows[s] + i * case_section_row_size((case_section)s));
            size_t low = 0;
            size_t high = count;
            while (low < high) { /* the first that ends behind it */
                size_t middle = low + (high - low) / 2;
                if (list[middle].end <= record->span.begin) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (low < count && list[low].begin <= record->span.begin) {
                record->recorded = list[low].recorded;
            }
        }
    }
}
