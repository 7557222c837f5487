/*
 * The case as it was recorded by a moment: pieces put back into one text.
 *
 * Sections stand in the order in which the oldest record that holds was put there, records in the
 * order of their entries. That is the order of the file that was imported.
 */
#include "store/store_internal.h"

#include <string.h>

enum { SECTION_KEY = 40, SECTIONS_MOST = 64 };

typedef struct section {
    char key[SECTION_KEY];
    bool records; /* else the whole member */
    size_t begin; /* in the whole text */
    parley_text *text;
} section;

/* Where a piece stands within the text of its section, and when its words were recorded. */
typedef struct noted {
    uint32_t section;
    parley_recorded at;
} noted;

struct store_tree {
    parley_store *store;
    section section[SECTIONS_MOST];
    uint32_t sections;
    noted *note;
    size_t notes;
    size_t room;
    size_t bytes;
    uint64_t destroyed; /* pieces that held then, whose words are gone now */
};

typedef store_tree builder;

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading the journal");
}

parley_status store_tree_new(store_tree **out, parley_store *store, parley_error *err)
{
    *out = parley_alloc(store->ctx, sizeof(**out));
    if (*out == NULL) {
        return nomem(err);
    }
    (*out)->store = store;
    return PARLEY_OK;
}

void store_tree_free(store_tree *b)
{
    if (b == NULL) {
        return;
    }
    for (uint32_t i = 0; i < b->sections; i++) {
        parley_text_free(b->section[i].text);
    }
    parley_release(b->store->ctx, b->note, b->room * sizeof(*b->note));
    parley_release(b->store->ctx, b, sizeof(*b));
}

/* The section's number, or SECTIONS_MOST. */
static uint32_t find_section(builder *b, const char *key, size_t length)
{
    for (uint32_t i = 0; i < b->sections; i++) {
        if (strlen(b->section[i].key) == length && memcmp(b->section[i].key, key, length) == 0) {
            return i;
        }
    }
    if (b->sections == SECTIONS_MOST || length >= SECTION_KEY) {
        return SECTIONS_MOST;
    }
    section *s = &b->section[b->sections];
    memcpy(s->key, key, length);
    s->key[length] = '\0';
    return b->sections++;
}

static bool note(builder *b, noted one)
{
    if (b->notes == b->room) {
        size_t room = b->room == 0 ? 256 : b->room * 2;
        noted *list =
            parley_realloc(b->store->ctx, b->note, b->room * sizeof(*list), room * sizeof(*list));
        if (list == NULL) {
            return false;
        }
        b->note = list;
        b->room = room;
    }
    b->note[b->notes++] = one;
    return true;
}

bool store_tree_has(const store_tree *b, const char *key)
{
    for (uint32_t i = 0; i < b->sections; i++) {
        if (strcmp(b->section[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

parley_status store_tree_clear(store_tree *b, const char *key, parley_error *err)
{
    size_t n = 0;
    uint32_t number = find_section(b, key, strlen(key));
    if (number == SECTIONS_MOST) {
        return store_damaged(&b->store->d, err, "it holds more sections than there are");
    }
    section *s = &b->section[number];
    if (s->text != NULL) {
        b->bytes -= parley_text_size(s->text) < b->bytes ? parley_text_size(s->text) : b->bytes;
        parley_text_clear(s->text);
    }
    s->records = false;
    for (size_t i = 0; i < b->notes; i++) {
        if (b->note[i].section != number) {
            b->note[n++] = b->note[i];
        }
    }
    b->notes = n;
    return PARLEY_OK;
}

parley_status store_tree_add(store_tree *b, const store_words *words, uint64_t entry,
                             parley_error *err)
{
    size_t key = 0;
    size_t body = 0;
    uint32_t most = parley_ctx_limits(b->store->ctx)->file_bytes;
    uint32_t number = SECTIONS_MOST;
    if (parley_piece_split(words->at, words->length, &key, &body)) {
        number = find_section(b, words->at, key);
    }
    if (number == SECTIONS_MOST) {
        return store_damaged(&b->store->d, err, "the words of entry %llu are no piece of a case",
                             (unsigned long long)entry);
    }
    section *s = &b->section[number];
    if (body == 0 && s->records) {
        return PARLEY_OK; /* an empty section, which has filled since */
    }
    if (s->text == NULL) {
        s->text = parley_text_new(b->store->ctx, most);
        if (s->text == NULL) {
            return nomem(err);
        }
    }
    if (body > 0 && !s->records) {
        s->records = true;
        parley_text_clear(s->text); /* of `claims: {}`, if that was there */
        for (size_t i = 0; i < b->notes; i++) {
            if (b->note[i].section == number) {
                b->note[i].at.end = b->note[i].at.begin = (uint32_t)body;
            }
        }
        parley_text_add(s->text, words->at, body); /* `claims:` and the line end */
    }
    size_t begin = parley_text_size(s->text);
    parley_text_add(s->text, words->at + body, words->length - body);
    b->bytes += words->length - body;
    if (b->bytes > most) {
        return parley_fail(err, PARLEY_LIMIT, "'%s' holds more than %u bytes (limit 'file_bytes')",
                           parley_store_path(b->store), most);
    }
    const parley_recorded at = {(uint32_t)begin, (uint32_t)parley_text_size(s->text),
                                words->recorded};
    return note(b, (noted){number, at}) ? PARLEY_OK : nomem(err);
}

/* Words that are not there must have been destroyed by an entry, maybe a later one. */
static parley_status check_destroyed(builder *b, uint64_t entry, parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    parley_status status = store_use(&b->store->d, &s, STORE_ENTRY_DESTROYER, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, (int64_t)entry);
        status = store_step(&b->store->d, s, &row, err);
    }
    if (status == PARLEY_OK && !row) {
        status = store_damaged(&b->store->d, err, "the words of entry %llu are missing",
                               (unsigned long long)entry);
    }
    b->destroyed++;
    return status;
}

static parley_status add_pieces(builder *b, const store_walk *walk, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint64_t seq = 1; seq <= walk->entries && status == PARLEY_OK; seq++) {
        uint32_t last = walk->at[seq].last;
        store_words words;
        if (last == 0) {
            continue;
        }
        status = store_read_words(&b->store->d, last, &words, err);
        if (status == PARLEY_OK && !words.there) {
            status = check_destroyed(b, last, err);
        } else if (status == PARLEY_OK && !words.fit) {
            status = store_need_words(&b->store->d, last, &words, err); /* says so */
        } else if (status == PARLEY_OK) {
            status = store_tree_add(b, &words, last, err);
        }
        if (seq % 4096 == 0 && parley_ctx_cancelled(b->store->ctx)) {
            status = parley_fail(err, PARLEY_CANCELLED, "stopped while reading the journal");
        }
    }
    return status;
}

/* Sections one behind the other. A file that does not say so yet is still a case. */
parley_status store_tree_join(store_tree *b, parley_text *out, parley_error *err)
{
    static const char version[] = "parley: 1\n";
    bool says_so = false;
    for (uint32_t i = 0; i < b->sections; i++) {
        says_so = says_so || strcmp(b->section[i].key, "parley") == 0;
    }
    if (!says_so) {
        parley_text_add(out, version, sizeof(version) - 1);
    }
    for (uint32_t i = 0; i < b->sections; i++) {
        section *s = &b->section[i];
        s->begin = parley_text_size(out);
        if (s->text != NULL) {
            parley_status status = parley_text_status(s->text, err);
            if (status != PARLEY_OK) {
                return status;
            }
            parley_text_add(out, parley_text_data(s->text), parley_text_size(s->text));
        }
    }
    return parley_text_status(out, err);
}

parley_status store_tree_naming(const store_tree *b, parley_text *out, parley_error *err)
{
    for (uint32_t i = 0; i < b->sections; i++) {
        const section *s = &b->section[i];
        if (s->text == NULL || !parley_section_names_claims(s->key, strlen(s->key))) {
            continue;
        }
        parley_status status = parley_text_status(s->text, err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_text_add(out, parley_text_data(s->text), parley_text_size(s->text));
    }
    return parley_text_status(out, err);
}

/* Times in the order of the text: pieces of a section are in order already. */
parley_status store_tree_times(const store_tree *b, parley_arena *arena,
                               const parley_recorded **out, size_t *count, parley_error *err)
{
    size_t start[SECTIONS_MOST + 1] = {0};
    parley_recorded *list = parley_arena_array(arena, b->notes, sizeof(*list));
    if (list == NULL) {
        return nomem(err);
    }
    for (size_t i = 0; i < b->notes; i++) {
        start[b->note[i].section + 1]++;
    }
    for (uint32_t s = 1; s <= b->sections; s++) {
        start[s] += start[s - 1];
    }
    for (size_t i = 0; i < b->notes; i++) {
        const noted *n = &b->note[i];
        uint32_t shift = (uint32_t)b->section[n->section].begin;
        list[start[n->section]++] =
            (parley_recorded){n->at.begin + shift, n->at.end + shift, n->at.recorded};
    }
    *out = list;
    *count = b->notes;
    return PARLEY_OK;
}

static parley_status nothing_yet(parley_store *store, parley_error *err)
{
    char day[40] = "";
    parley_entry first;
    sqlite3_stmt *s = NULL;
    bool row = false;
    parley_status status = store_use(&store->d, &s, STORE_ENTRY_GET, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, 1);
        status = store_step(&store->d, s, &row, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    if (row && store_read_entry(s, &first)) {
        parley_store_time_text(first.recorded, day);
    }
    sqlite3_reset(s);
    return parley_fail(err, PARLEY_NOTFOUND,
                       "nothing was recorded by then: the journal of '%s' begins on %s",
                       parley_store_path(store), day);
}

parley_status parley_store_text(parley_store *store, int64_t by, parley_text *out,
                                parley_arena *arena, const parley_recorded **recorded,
                                size_t *count, parley_head *head, parley_error *err)
{
    store_tree *b = NULL;
    store_walk walk = {.ctx = store->ctx};
    bool own = false;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_tree_new(&b, store, err);
    if (status == PARLEY_OK) {
        status = store_walk_make(&walk, store, by, NULL, NULL, NULL, err);
    }
    if (status == PARLEY_OK && walk.entries == 0) {
        status = nothing_yet(store, err);
    }
    if (status == PARLEY_OK) {
        status = add_pieces(b, &walk, err);
    }
    if (status == PARLEY_OK) {
        status = store_tree_join(b, out, err);
    }
    if (status == PARLEY_OK && recorded != NULL) {
        status = store_tree_times(b, arena, recorded, count, err);
    }
    if (status == PARLEY_OK && head != NULL) {
        *head = walk.head;
    }
    if (status == PARLEY_OK && b->destroyed > 0) {
        parley_ctx_log(store->ctx, 2, "%llu records that held then have been destroyed since",
                       (unsigned long long)b->destroyed);
    }
    store_tree_free(b);
    store_walk_drop(&walk);
    store_end_read(store, own);
    return status;
}

parley_status parley_store_case(parley_case **out, parley_store *store, int64_t by,
                                const parley_case_options *options, parley_diagnostics *diagnostics,
                                parley_head *head, parley_error *err)
{
    const parley_recorded *recorded = NULL;
    size_t count = 0;
    parley_status status = PARLEY_OK;
    parley_arena *arena = parley_arena_new(store->ctx);
    parley_text *text = parley_text_new(store->ctx, parley_ctx_limits(store->ctx)->text_bytes);
    *out = NULL;
    if (arena == NULL || text == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading '%s'",
                             parley_store_path(store));
    }
    if (status == PARLEY_OK) {
        status = parley_store_text(store, by, text, arena, &recorded, &count, head, err);
    }
    if (status == PARLEY_OK) {
        status = parley_case_read(out, store->ctx, parley_store_path(store), parley_text_data(text),
                                  parley_text_size(text), options, diagnostics, err);
    }
    if (status == PARLEY_OK) {
        parley_case_set_recorded(*out, recorded, count);
    }
    parley_text_free(text);
    parley_arena_free(arena);
    return status;
}
