/*
 * Claims coming in: a draft is read as the reader of case files would, and what it refuses is kept
 * as words where that can mislead nobody.
 *
 * The reading is the real one (parley_case_read) on a small case: what claims lean on, the draft,
 * and stand-ins for the claims it names. Where the first error stands tells the member; the member
 * goes under `as-typed` and the reading starts again, at most once for every value of the draft.
 * What losing a member would change for the worse decides what takes its place: a condition nobody
 * can read stays a condition in words, an act becomes `say`, a chain that is cut makes the claim
 * the team's.
 */
#include "case/intake_internal.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS_MOST 256

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while taking a claim in");
}

/* ------------------------------------------------------------------- drafts */

const case_field *intake_field(const char *key)
{
    const case_schema *schema = case_schema_of(SECTION_CLAIMS);
    for (uint32_t f = 0; f < schema->fields; f++) {
        if (strcmp(schema->field[f].key, key) == 0) {
            return &schema->field[f];
        }
    }
    return NULL;
}

parley_node *intake_text(parley_arena *arena, const char *text, parley_style style)
{
    size_t length = strlen(text);
    char *copy = parley_arena_copy(arena, text, length);
    parley_node *node = copy == NULL ? NULL : parley_node_scalar(arena, copy, length);
    if (node != NULL) {
        node->style = (uint8_t)style;
    }
    return node;
}

/* A value that can hang in another container. */
static parley_node *share(parley_arena *arena, const parley_node *value)
{
    parley_node *copy = parley_arena_alloc(arena, sizeof(*copy));
    if (copy != NULL) {
        *copy = *value;
        copy->next = NULL;
        copy->key = NULL;
    }
    return copy;
}

parley_node *intake_copy(parley_arena *arena, const parley_node *record)
{
    parley_node *copy = parley_node_map(arena);
    for (const parley_node *m = record->first; copy != NULL && m != NULL; m = m->next) {
        if (!parley_node_append(arena, copy, m->key->text, share(arena, m))) {
            return NULL;
        }
    }
    return copy;
}

const parley_node *intake_claim_node(const parley_intake *in, int32_t i)
{
    return in->c->row_node[SECTION_CLAIMS][i];
}

/* The map again, with another value (or none) under a key. */
static bool set(parley_arena *arena, parley_node *record, const char *key, parley_node *value)
{
    parley_node *fresh = parley_node_map(arena);
    bool done = value == NULL;
    for (parley_node *m = record->first; fresh != NULL && m != NULL; m = m->next) {
        bool here = strcmp(m->key->text, key) == 0;
        parley_node *kept = here ? value : share(arena, m);
        if (here && value == NULL) {
            continue;
        }
        done = done || here;
        if (!parley_node_append(arena, fresh, m->key->text, kept)) {
            return false;
        }
    }
    if (fresh == NULL || (!done && !parley_node_append(arena, fresh, key, value))) {
        return false;
    }
    *record = *fresh;
    return true;
}

/* Is an entry of as-typed about this key? */
static bool is_about_key(const parley_node *entry, const char *key)
{
    size_t n = strlen(key);
    return entry->kind == PARLEY_NODE_SCALAR && strncmp(entry->text, key, n) == 0 &&
           entry->text[n] == ':';
}

bool intake_forget(parley_arena *arena, parley_node *record, const char *key)
{
    const parley_node *typed = parley_node_member(record, "as-typed");
    if (typed == NULL || strcmp(key, "as-typed") == 0) {
        return true;
    }
    bool list = typed->kind == PARLEY_NODE_LIST;
    parley_node *left = parley_node_list(arena);
    uint32_t gone = 0;
    for (const parley_node *n = list ? typed->first : typed; left != NULL && n != NULL;
         n = list ? n->next : NULL) {
        if (is_about_key(n, key)) {
            gone++;
        } else if (!parley_node_append(arena, left, NULL, share(arena, n))) {
            return false;
        }
    }
    return left != NULL &&
           (gone == 0 || set(arena, record, "as-typed", left->count == 0 ? NULL : left));
}

bool intake_put(parley_arena *arena, parley_node *record, const char *key, parley_node *value)
{
    return intake_forget(arena, record, key) && set(arena, record, key, value);
}

bool intake_note_unread(parley_arena *arena, parley_node *record, const char *line)
{
    const parley_node *typed = parley_node_member(record, "as-typed");
    parley_node *all = parley_node_list(arena);
    bool list = typed != NULL && typed->kind == PARLEY_NODE_LIST;
    for (const parley_node *n = list ? typed->first : typed; all != NULL && n != NULL;
         n = list ? n->next : NULL) {
        if (!parley_node_append(arena, all, NULL, share(arena, n))) {
            return false;
        }
    }
    parley_node *entry = intake_text(arena, line, PARLEY_STYLE_DOUBLE);
    return all != NULL && entry != NULL && parley_node_append(arena, all, NULL, entry) &&
           set(arena, record, "as-typed", all);
}

/* -------------------------------------------------------------------- sitting */

parley_status parley_intake_new(parley_intake **out, parley_ctx *ctx, const parley_case *c,
                                int32_t today, parley_error *err)
{
    *out = NULL;
    parley_intake *in = parley_alloc(ctx, sizeof(*in));
    parley_text *whole = parley_text_new(ctx, parley_ctx_limits(ctx)->file_bytes);
    parley_status status = PARLEY_OK;
    if (in == NULL || whole == NULL) {
        parley_release(ctx, in, in != NULL ? sizeof(*in) : 0);
        parley_text_free(whole);
        return nomem(err);
    }
    *in = (parley_intake){.ctx = ctx, .c = c, .today = today, .letter = 'c'};
    in->speaker = parley_case_parties(c) > 0   ? parley_case_party(c, 0)->record.id
                  : parley_case_sources(c) > 0 ? parley_case_source(c, 0)->record.id
                                               : "";
    in->frame = parley_text_new(ctx, parley_ctx_limits(ctx)->file_bytes);
    in->text = parley_text_new(ctx, parley_ctx_limits(ctx)->file_bytes);
    in->arena = parley_arena_new(ctx);
    const char *next = in->arena != NULL ? intake_next_id(c, in->arena) : NULL;
    if (in->frame == NULL || in->text == NULL || next == NULL) {
        status = nomem(err);
    } else {
        in->letter = next[0];
        in->number = strtoul(next + 1, NULL, 10) - 1;
        parley_case_write_yaml(c, whole);
        status = parley_text_status(whole, err);
    }
    if (status == PARLEY_OK) {
        status = parley_frame_text(in->frame, ctx, "the case.yaml", parley_text_data(whole),
                                   parley_text_size(whole), err);
    }
    parley_text_free(whole);
    if (status != PARLEY_OK) {
        parley_intake_free(in);
        return status;
    }
    *out = in;
    return PARLEY_OK;
}

parley_status parley_intake_from(parley_intake *in, const char *id, parley_error *err)
{
    size_t digits = id[0] != '\0' ? strspn(id + 1, "0123456789") : 0;
    unsigned long number = digits > 0 && digits < 11 ? strtoul(id + 1, NULL, 10) : 0;
    if (id[0] < 'a' || id[0] > 'z' || number == 0 || id[1 + digits] != '\0') {
        return parley_fail(err, PARLEY_INVALID, "'%.40s' is no letter and a number", id);
    }
    in->letter = id[0];
    in->number = number - 1;
    return PARLEY_OK;
}

void intake_drop_documents(parley_intake *in)
{
    for (uint32_t i = 0; i < in->documents; i++) {
        parley_document_free(in->document[i]);
    }
    in->documents = 0;
}

void parley_intake_free(parley_intake *in)
{
    if (in == NULL) {
        return;
    }
    intake_drop_documents(in);
    parley_case_free(in->small);
    parley_text_free(in->text);
    parley_text_free(in->frame);
    parley_arena_free(in->arena);
    parley_release(in->ctx, in, sizeof(*in));
}

static bool is_fresh(const parley_intake *in, const char *id)
{
    return case_index_find(&in->fresh, id, strlen(id)) >= 0;
}

bool intake_knows_claim(const parley_intake *in, const char *id)
{
    return parley_case_find(in->c, "claims", id, strlen(id)) >= 0 || is_fresh(in, id) ||
           (in->coming != NULL && case_index_find(in->coming, id, strlen(id)) >= 0);
}

/* Can a claim be about the record with this id? */
static bool known(void *user, const char *id)
{
    static const char *const kinds[] = {"proposals", "issues",     "concerns",
                                        "points",    "candidates", "incidents"};
    const parley_intake *in = user;
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        if (parley_case_find(in->c, kinds[k], id, strlen(id)) >= 0) {
            return true;
        }
    }
    return intake_knows_claim(in, id);
}

static const char *make_id(parley_intake *in, parley_arena *arena)
{
    const char *id = NULL;
    for (unsigned long n = in->number + 1; id == NULL; n++) {
        id = parley_arena_format(arena, "%c%lu", in->letter, n);
        if (id == NULL) {
            return NULL;
        }
        id = intake_knows_claim(in, id) ? NULL : id;
    }
    return id;
}

parley_status parley_intake_done(parley_intake *in, const parley_taken *taken, parley_error *err)
{
    char *id = parley_arena_copy(in->arena, taken->id, strlen(taken->id));
    if (id == NULL || !case_index_add(&in->fresh, in->arena, id)) {
        return nomem(err);
    }
    if (taken->id_made) {
        in->number = strtoul(id + 1, NULL, 10);
    }
    return PARLEY_OK;
}

/* -------------------------------------------------------------------- settling */

/* The draft as a piece, in canonical bytes, with what it says of itself. */
static parley_status write_piece(parley_piece *out, parley_intake *in, parley_arena *arena,
                                 const parley_node *record, const char *id, parley_error *err)
{
    parley_node one = *record;
    parley_node key = {.kind = PARLEY_NODE_SCALAR,
                       .style = PARLEY_STYLE_DOUBLE,
                       .text = id,
                       .length = (uint32_t)strlen(id)};
    one.next = NULL;
    one.key = &key;
    parley_node box = {.kind = PARLEY_NODE_MAP, .count = 1, .first = &one};
    parley_text_clear(in->text);
    parley_text_puts(in->text, "claims:\n  ");
    parley_put_block(in->text, &box, (parley_layout){.newline = "\n", .indent = 2, .level = 1});
    parley_text_putc(in->text, '\n');
    parley_status status = parley_text_status(in->text, err);
    return status == PARLEY_OK
               ? parley_piece_read(out, in->ctx, arena, "the claim", parley_text_data(in->text),
                                   parley_text_size(in->text), err)
               : status;
}

/* The claim, read with what claims lean on. */
static parley_status read_small(parley_intake *in, const parley_piece *piece, parley_error *err)
{
    size_t key = 0;
    size_t body = 0;
    parley_case_free(in->small);
    in->small = NULL;
    parley_text_clear(in->text);
    parley_text_add(in->text, parley_text_data(in->frame), parley_text_size(in->frame));
    parley_text_add(in->text, piece->bytes, piece->length);
    PARLEY_ASSERT(parley_piece_split(piece->bytes, piece->length, &key, &body));
    for (uint32_t i = 0; i < piece->claims.count; i++) {
        const char *id = piece->claims.at[i];
        if (strcmp(id, piece->id) != 0 && intake_knows_claim(in, id)) {
            parley_piece_stub(in->text, id, in->speaker);
        }
    }
    parley_status status = parley_text_status(in->text, err);
    return status == PARLEY_OK
               ? parley_case_read(&in->small, in->ctx, "the claim", parley_text_data(in->text),
                                  parley_text_size(in->text), NULL, NULL, err)
               : status;
}

/* Where in a record an error stands. */
typedef struct member_place {
    const char *key; /* NULL: nowhere, or the record as a whole */
    int32_t item;    /* of a list, or -1 */
    bool at_key;     /* the key itself is wrong */
} member_place;

static bool covers(parley_span span, uint32_t at)
{
    return at >= span.begin && at < span.end;
}

static parley_status find_member(member_place *out, parley_intake *in, parley_arena *arena,
                                 const parley_piece *piece, parley_span span, parley_error *err)
{
    member_place place = {NULL, -1, false};
    parley_document *document = NULL;
    size_t frame = parley_text_size(in->frame);
    *out = place;
    if (span.line == 0 || span.begin < frame) {
        return PARLEY_OK;
    }
    parley_status status = parley_document_read(&document, in->ctx, "the claim", piece->bytes,
                                                piece->length, NULL, err);
    if (status != PARLEY_OK) {
        parley_document_free(document);
        return status;
    }
    uint32_t at = span.begin - (uint32_t)frame;
    const parley_node *record = parley_document_root(document)->first->first;
    for (const parley_node *m = record->first; m != NULL && place.key == NULL; m = m->next) {
        bool inside = covers(m->span, at);
        place.at_key = covers(m->key->span, at);
        if (inside || place.at_key) {
            place.key = parley_arena_copy(arena, m->key->text, m->key->length);
            status = place.key == NULL ? nomem(err) : status;
        }
        if (status != PARLEY_OK) {
            break;
        }
        int32_t n = 0;
        for (const parley_node *i = m->kind == PARLEY_NODE_LIST && inside ? m->first : NULL;
             i != NULL; i = i->next, n++) {
            place.item = covers(i->span, at) ? n : place.item;
        }
    }
    parley_document_free(document);
    *out = place;
    return status;
}

/* A value in words, for as-typed. */
static const char *in_words(parley_intake *in, parley_arena *arena, const parley_node *value)
{
    if (value->kind == PARLEY_NODE_SCALAR) {
        return value->text;
    }
    parley_text *text = parley_text_new(in->ctx, PARLEY_INTAKE_LINE_MOST);
    if (text == NULL) {
        return NULL;
    }
    parley_sink sink = {.text = text};
    parley_put_flow(&sink, value, true, SIZE_MAX);
    const char *copy =
        parley_text_status(text, NULL) == PARLEY_OK
            ? parley_arena_copy(arena, parley_text_data(text), parley_text_size(text))
            : NULL;
    parley_text_free(text);
    return copy;
}

/* A list without item n, or with another one in its place. */
static parley_node *without_item(parley_arena *arena, const parley_node *list, int32_t n,
                                 parley_node *instead)
{
    parley_node *left = parley_node_list(arena);
    for (const parley_node *i = list->first; left != NULL && i != NULL; i = i->next, n--) {
        parley_node *item = n == 0 ? instead : share(arena, i);
        if (item == NULL && n == 0) {
            continue;
        }
        if (!parley_node_append(arena, left, NULL, item)) {
            return NULL;
        }
    }
    return left;
}

static bool is_any(const char *key, const char *const *keys)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (strcmp(key, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_condition(const char *key)
{
    static const char *const conditions[] = {"if", "only-if", NULL};
    return is_any(key, conditions);
}

/*
 * May this be kept as words? Not who may see it; not a speaker who is nearly somebody, or for whom
 * no source has the voice; not a key that is nearly another.
 */
static bool may_keep(const parley_node *record, const member_place *place,
                     const parley_error *error)
{
    bool near = strncmp(error->hint, "did you mean", 12) == 0;
    if (place->key == NULL || strcmp(place->key, "label") == 0 ||
        strcmp(place->key, "as-typed") == 0) {
        return false;
    }
    if (strcmp(place->key, "by") == 0) {
        const parley_node *source = parley_node_member(record, "source");
        const parley_node *by = parley_node_member(record, "by");
        return !near && by->kind == PARLEY_NODE_SCALAR && by->length > 0 && source != NULL &&
               source->kind == PARLEY_NODE_SCALAR && strcmp(by->text, source->text) != 0;
    }
    return !(place->at_key && near);
}

/* Take a member, or one item of it, out of the record, and keep it as words. False: no memory. */
static bool keep_as_words(parley_intake *in, parley_arena *arena, parley_node *record,
                          const member_place *place, const char **line)
{
    const parley_node *member = parley_node_member(record, place->key);
    const parley_node *value = member;
    for (int32_t i = 0; member->kind == PARLEY_NODE_LIST && i <= place->item; i++) {
        value = i == 0 ? member->first : value->next;
    }
    const char *words = in_words(in, arena, value);
    *line = words == NULL ? NULL : parley_arena_format(arena, "%s: %s", place->key, words);
    if (*line == NULL || !intake_note_unread(arena, record, *line)) {
        return false;
    }
    parley_node *instead = NULL;
    if (is_condition(place->key)) {
        instead = intake_text(arena, "a condition that was not understood", PARLEY_STYLE_DOUBLE);
    } else if (strcmp(place->key, "act") == 0) {
        instead = intake_text(arena, "say", PARLEY_STYLE_PLAIN);
    } else if (strcmp(place->key, "by") == 0) {
        instead = share(arena, parley_node_member(record, "source"));
        if (parley_node_member(record, "speaker-text") == NULL &&
            !set(arena, record, "speaker-text", intake_text(arena, words, PARLEY_STYLE_DOUBLE))) {
            return false;
        }
    } else if (strcmp(place->key, "about") == 0 && parley_node_member(record, "says") == NULL &&
               !set(arena, record, "says", intake_text(arena, words, PARLEY_STYLE_DOUBLE))) {
        return false;
    } else if (strcmp(place->key, "chain") == 0 && parley_node_member(record, "label") == NULL &&
               !set(arena, record, "label", intake_text(arena, "team", PARLEY_STYLE_PLAIN))) {
        return false; /* what came through a source we cannot name is not for everybody */
    }
    if (member->kind == PARLEY_NODE_LIST && place->item >= 0) {
        parley_node *left = without_item(arena, member, place->item, instead);
        return left != NULL && set(arena, record, place->key, left->count > 0 ? left : NULL);
    }
    return set(arena, record, place->key, instead);
}

/* Put the place where the member was typed into the error. */
static void show_origin(parley_error *err, const intake_draft *draft, const member_place *place)
{
    if (err == NULL) {
        return;
    }
    const parley_node *at = draft->origin != NULL && place->key != NULL
                                ? parley_node_member(draft->origin, place->key)
                                : draft->origin;
    at = at != NULL && place->at_key ? at->key : at;
    for (int32_t i = 0; at != NULL && at->kind == PARLEY_NODE_LIST && i <= place->item; i++) {
        at = i == 0 ? at->first : at->next;
    }
    err->span = at != NULL ? at->span : PARLEY_SPAN_NONE;
    err->source[0] = '\0';
    if (at == NULL && place->key != NULL) {
        char message[PARLEY_ERROR_MESSAGE_MAX];
        parley_error named = *err;
        size_t n = strlen(place->key);
        memcpy(message, err->message, sizeof(message));
        named.status = PARLEY_OK;
        if (strncmp(message, place->key, n) != 0) {
            parley_fail(&named, err->status, "%.60s: %.300s", place->key, message);
            memcpy(err->message, named.message, sizeof(message));
        }
    }
}

parley_status intake_settle(parley_taken *out, parley_intake *in, parley_arena *arena,
                            const intake_draft *draft, parley_error *err)
{
    const char **unread = parley_arena_array(arena, ROUNDS_MOST, sizeof(*unread));
    const char **why = parley_arena_array(arena, ROUNDS_MOST, sizeof(*why));
    parley_node *record = draft->record;
    *out = (parley_taken){.id = draft->id, .id_made = draft->id == NULL, .corrects = -1};
    if (unread == NULL || why == NULL) {
        return nomem(err);
    }
    if (out->id == NULL) {
        out->id = make_id(in, arena);
    } else if (is_fresh(in, out->id)) {
        parley_fail(err, PARLEY_CONFLICT, "the id '%.60s' was given to another claim just now",
                    out->id);
        parley_error_hint(err, "leave the id out, and the next free one is taken");
        return PARLEY_CONFLICT;
    } else {
        out->corrects = parley_case_find(in->c, "claims", out->id, strlen(out->id));
    }
    if (out->id == NULL) {
        return nomem(err);
    }
    for (uint32_t round = 0;; round++) {
        parley_piece piece = {.bytes = NULL};
        parley_error error = PARLEY_ERROR_INIT;
        parley_status status = write_piece(&piece, in, arena, record, out->id, &error);
        member_place place = {NULL, -1, false};
        if (status == PARLEY_OK) {
            status = read_small(in, &piece, &error);
        }
        if (status != PARLEY_OK && status != PARLEY_NOMEM && piece.bytes != NULL) {
            parley_error lost = PARLEY_ERROR_INIT;
            if (find_member(&place, in, arena, &piece, error.span, &lost) != PARLEY_OK) {
                status = lost.status;
                error = lost;
            }
        }
        if (status == PARLEY_OK) {
            out->piece = piece.bytes;
            out->length = piece.length;
            out->in = in->small;
            out->claim = parley_case_find(in->small, "claims", out->id, strlen(out->id));
            for (uint32_t i = 0; i < round; i++) {
                out->about_is_words = out->about_is_words || strncmp(unread[i], "about:", 6) == 0;
            }
            out->about_is_words =
                out->about_is_words ||
                parley_case_claim(in->small, out->claim)->about.kind == PARLEY_ABOUT_WORDS;
            out->unread = (parley_texts){unread, round};
            out->why = (parley_texts){why, round};
            break;
        }
        if (status == PARLEY_NOMEM || status == PARLEY_CANCELLED || round == ROUNDS_MOST ||
            !may_keep(record, &place, &error)) {
            show_origin(&error, draft, &place);
            if (err != NULL) {
                *err = error;
            }
            return status;
        }
        why[round] = strncmp(error.hint, "did you mean", 12) == 0
                         ? parley_arena_format(arena, "%s; %s", error.message, error.hint)
                         : parley_arena_copy(arena, error.message, strlen(error.message));
        if (why[round] == NULL || !keep_as_words(in, arena, record, &place, &unread[round])) {
            return nomem(err);
        }
    }
    if (out->corrects >= 0) {
        parley_piece before;
        parley_status status =
            write_piece(&before, in, arena, intake_claim_node(in, out->corrects), out->id, err);
        if (status != PARLEY_OK) {
            return status;
        }
        out->same =
            before.length == out->length && memcmp(before.bytes, out->piece, out->length) == 0;
    }
    return PARLEY_OK;
}

/* ------------------------------------------------------------------------ lines */

static bool put(parley_intake *in, parley_arena *arena, parley_node *record, const char *key,
                const char *value)
{
    return value == NULL ||
           intake_put(arena, record, key, intake_value(in, arena, intake_field(key), value));
}

static bool put_texts(parley_arena *arena, parley_node *record, const char *key,
                      const char *const *text, uint32_t count)
{
    parley_node *list = parley_node_list(arena);
    for (uint32_t i = 0; list != NULL && i < count; i++) {
        parley_node *item = intake_text(arena, text[i], PARLEY_STYLE_DOUBLE);
        if (item == NULL || !parley_node_append(arena, list, NULL, item)) {
            return false;
        }
    }
    return list != NULL && (count == 0 || set(arena, record, key, list));
}

/* Why a source class could not be read, with the nearest that there is. */
static const char *no_class(parley_arena *arena, const char *typed)
{
    const char *names[PARLEY_CLASS_COUNT];
    size_t n = 0;
    for (size_t k = PARLEY_CLASS_NONE + 1; k < PARLEY_CLASS_COUNT; k++) {
        names[n++] = parley_words_word(PARLEY_WORDS_CLASS, k);
    }
    int best = parley_nearest(typed, strlen(typed), names, n);
    const char *why =
        best < 0 ? NULL : parley_arena_format(arena, "did you mean '%s'?", names[best]);
    return why != NULL ? why : "parley words source-class has the list";
}

/* Why a source could not be read, with the nearest that there is. */
static const char *no_source(const parley_intake *in, parley_arena *arena, const char *typed)
{
    const char *names[400];
    size_t n = 0;
    for (uint32_t i = 0; i < parley_case_sources(in->c) && n < 400; i++) {
        names[n++] = parley_case_source(in->c, (int32_t)i)->record.id;
    }
    int best = parley_nearest(typed, strlen(typed), names, n);
    const char *why =
        best < 0
            ? NULL
            : parley_arena_format(arena, "no source has this id; did you mean '%s'?", names[best]);
    return why != NULL ? why : "no source has this id";
}

parley_status parley_intake_line(parley_taken *out, parley_intake *in, parley_arena *arena,
                                 const char *line, size_t length, parley_error *err)
{
    parley_logged typed;
    *out = (parley_taken){.corrects = -1};
    intake_drop_documents(in);
    if (length > PARLEY_INTAKE_LINE_MOST) {
        return parley_fail(err, PARLEY_LIMIT, "a line of %zu bytes; at most %u are read", length,
                           PARLEY_INTAKE_LINE_MOST);
    }
    parley_status status =
        intake_read_line(&typed, in->ctx, in->c, arena, line, length, in->today, known, in, err);
    if (status != PARLEY_OK) {
        return status;
    }
    intake_draft draft = {.record = parley_node_map(arena), .id = typed.id};
    parley_node *r = draft.record;
    bool good = r != NULL && put(in, arena, r, "date", typed.date) &&
                put(in, arena, r, "by", typed.by) && put(in, arena, r, "to", typed.to) &&
                put(in, arena, r, "act", typed.act) && put(in, arena, r, "about", typed.about) &&
                put_texts(arena, r, "if", typed.conditions, typed.condition_count) &&
                put(in, arena, r, "says", typed.says) &&
                put(in, arena, r, "source", typed.source) && put(in, arena, r, "class", typed.cls);
    for (uint32_t i = 0; good && i < typed.keys; i++) {
        good = put(in, arena, r, typed.key[i], typed.value[i]);
    }
    if (!good || !put_texts(arena, r, "as-typed", typed.as_typed, typed.as_typed_count)) {
        return nomem(err);
    }
    status = intake_settle(out, in, arena, &draft, err);
    out->about_is_words = out->about_is_words || typed.about_is_words;
    if (status == PARLEY_OK && typed.as_typed_count > 0) {
        /* what the line's reader could not read comes before what the case's could not */
        uint32_t n = typed.as_typed_count;
        const char **unread =
            parley_arena_array(arena, (size_t)n + out->unread.count, sizeof(*unread));
        const char **why = parley_arena_array(arena, (size_t)n + out->why.count, sizeof(*why));
        if (unread == NULL || why == NULL) {
            return nomem(err);
        }
        for (uint32_t i = 0; i < n + out->unread.count; i++) {
            unread[i] = i < n ? typed.as_typed[i] : out->unread.at[i - n];
            why[i] = i >= n ? out->why.at[i - n]
                     : strncmp(unread[i], "about:", 6) == 0 && typed.why_words != NULL
                         ? typed.why_words
                     : strncmp(unread[i], "source:", 7) == 0 ? no_source(in, arena, unread[i] + 8)
                     : strncmp(unread[i], "class:", 6) == 0  ? no_class(arena, unread[i] + 7)
                     : strncmp(unread[i], "date:", 5) == 0
                         ? "it is no day; 13mar, 13mar25, 2025-03 and today are"
                         : "it is no word of that list";
        }
        out->unread = (parley_texts){unread, n + out->unread.count};
        out->why = (parley_texts){why, n + out->why.count};
    }
    return status;
}

parley_status parley_intake_members(parley_taken *out, parley_intake *in, parley_arena *arena,
                                    const char *const *key, const char *const *value, size_t count,
                                    parley_error *err)
{
    intake_draft draft = {.record = parley_node_map(arena)};
    *out = (parley_taken){.corrects = -1};
    intake_drop_documents(in);
    if (draft.record == NULL) {
        return nomem(err);
    }
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(value[i]);
        if (!parley_utf8_valid(value[i], length, NULL)) {
            return parley_fail(err, PARLEY_SYNTAX, "%s: this is no UTF-8", key[i]);
        }
        if (length > PARLEY_INTAKE_LINE_MOST) {
            return parley_fail(err, PARLEY_LIMIT, "%s: %zu bytes; at most %u are read", key[i],
                               length, PARLEY_INTAKE_LINE_MOST);
        }
        if (strcmp(key[i], "id") == 0) {
            draft.id = value[i];
        } else if (intake_field(key[i]) == NULL) {
            return parley_fail(err, PARLEY_NOTFOUND, "a claim has no '%.60s'", key[i]);
        } else if (!put(in, arena, draft.record, key[i], value[i])) {
            return nomem(err);
        }
    }
    return intake_settle(out, in, arena, &draft, err);
}
