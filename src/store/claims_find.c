/*
 * Which claims may be asked for: what the indexes say, in the order in which claims are visited.
 *
 * By name the answer is a net (see records.c of the room "case"): the claims it holds are read and
 * asked once more.
 */
#include "store/claims_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- each ---- */

/* Words that a link may have. */
typedef struct word_list {
    parley_arena *arena;
    const char **at;
    size_t count;
    size_t room;
} word_list;

static bool list_word(word_list *list, const char *word)
{
    bool known = word == NULL;
    for (size_t i = 0; i < list->count && i < 4 && !known; i++) {
        known = strcmp(list->at[i], word) == 0; /* an issue may have its id for a name */
    }
    if (known) {
        return true;
    }
    if (list->count == list->room) {
        size_t room = list->room == 0 ? 16 : list->room * 2;
        const char **at =
            parley_arena_grow(list->arena, list->at, list->count * sizeof(*at), room * sizeof(*at));
        if (at == NULL) {
            return false;
        }
        list->at = at;
        list->room = room;
    }
    list->at[list->count++] = word;
    return true;
}

/* Everybody who speaks for a party, as a claim may name them. */
static bool list_speakers(word_list *list, const parley_case *c, int32_t party)
{
    const char *id = parley_case_party(c, party)->record.id;
    bool good = list_word(list, id);
    for (uint32_t i = 0; i < parley_case_people(c) && good; i++) {
        const parley_person *person = parley_case_person(c, (int32_t)i);
        if (person->party >= 0 && person->party != party) {
            continue;
        }
        const char *both = parley_arena_format(list->arena, "%s:%s", id, person->record.id);
        good = both != NULL && list_word(list, both) && list_word(list, person->record.id);
    }
    return good;
}

/* Names of an issue, and those of proposals that speak of it. */
static bool list_names(word_list *list, const parley_case *c, int32_t issue)
{
    const parley_issue *row = parley_case_issue(c, issue);
    bool good =
        list_word(list, row->record.id) && list_word(list, row->name) && list_word(list, row->ask);
    for (uint32_t i = 0; i < parley_case_proposals(c) && good; i++) {
        const parley_proposal *p = parley_case_proposal(c, (int32_t)i);
        good = !parley_proposal_mentions(p, issue) || list_word(list, p->record.id);
    }
    return good;
}

/* Claims that link to any of the words. */
static parley_status look_up(parley_store_claims *k, store_numbers *out, int field,
                             const word_list *list, parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = PARLEY_OK;
    for (size_t i = 0; i < list->count && status == PARLEY_OK; i++) {
        status = store_use(&k->store->d, &s, STORE_LINK_FIND, err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int(s, 1, field);
            store_bind_text(s, 2, list->at[i]);
            status = store_number_all(out, k->store, s, err);
            sqlite3_reset(s);
        }
    }
    return status;
}

/* Claims that some of the speakers say with some of the names. */
static parley_status look_up_said(parley_store_claims *k, store_numbers *out,
                                  const word_list *speakers, const word_list *names,
                                  parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = PARLEY_OK;
    for (size_t i = 0; i < speakers->count * names->count && status == PARLEY_OK; i++) {
        status = store_use(&k->store->d, &s, STORE_SAID_FIND, err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int64(s, 1, store_speaker_number(speakers->at[i / names->count]));
            sqlite3_bind_int64(s, 2, store_name_bits(names->at[i % names->count]));
            status = store_number_all(out, k->store, s, err);
            sqlite3_reset(s);
        }
    }
    return status;
}

static int by_number(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa;
    uint32_t b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

typedef struct placed {
    int64_t place;
    int64_t shape;
    uint32_t seq;
    uint32_t last;
} placed;

static int by_place(const void *pa, const void *pb)
{
    const placed *a = pa;
    const placed *b = pb;
    int c = (a->place > b->place) - (a->place < b->place);
    c = c != 0 ? c : (a->shape > b->shape) - (a->shape < b->shape);
    return c != 0 ? c : (a->seq > b->seq) - (a->seq < b->seq);
}

/* Ascending, each once. */
static void sort_numbers(store_numbers *n)
{
    size_t kept = 0;
    if (n->count == 0) {
        return;
    }
    qsort(n->at, n->count, sizeof(*n->at), by_number);
    for (size_t i = 1; i < n->count; i++) {
        if (n->at[i] != n->at[kept]) {
            n->at[++kept] = n->at[i];
        }
    }
    n->count = kept + 1;
}

/* What is in both lists, each of which is sorted, stays in the first. */
static void keep_common(store_numbers *list, const store_numbers *other)
{
    size_t kept = 0;
    size_t j = 0;
    for (size_t i = 0; i < list->count; i++) {
        while (j < other->count && other->at[j] < list->at[i]) {
            j++;
        }
        if (j < other->count && other->at[j] == list->at[i]) {
            list->at[kept++] = list->at[i];
        }
    }
    list->count = kept;
}

parley_status store_claims_net(parley_store_claims *k, store_numbers *out, int32_t party,
                               int32_t issue, parley_error *err)
{
    store_numbers other = {.ctx = k->ctx};
    parley_arena *arena = parley_arena_new(k->ctx);
    word_list speakers = {.arena = arena};
    word_list names = {.arena = arena};
    parley_status status = PARLEY_OK;
    if (arena == NULL || (party >= 0 && !list_speakers(&speakers, k->frame, party)) ||
        (issue >= 0 && !list_names(&names, k->frame, issue))) {
        status = store_claims_nomem(err);
    } else if (party >= 0 && issue >= 0 && k->store->d.format >= STORE_SEARCH_FORMAT) {
        status = look_up_said(k, out, &speakers, &names, err);
    } else {
        status = look_up(k, out, STORE_LINK_SPEAKER, &speakers, err);
        if (status == PARLEY_OK) {
            status = look_up(k, party >= 0 ? &other : out, STORE_LINK_NAME, &names, err);
        }
    }
    sort_numbers(out);
    if (status == PARLEY_OK && party >= 0 && issue >= 0 &&
        k->store->d.format < STORE_SEARCH_FORMAT) {
        sort_numbers(&other);
        keep_common(out, &other);
    }
    store_numbers_drop(&other);
    parley_arena_free(arena);
    return status;
}

/* Of entries found by name: claims of those days, each once, in order of happening. */
static parley_status order_found(parley_store_claims *k, store_numbers *list, const store_query *q,
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    size_t n = 0;
    if (list->count == 0) {
        return PARLEY_OK;
    }
    qsort(list->at, list->count, sizeof(*list->at), by_number);
    size_t size = list->count * sizeof(placed);
    placed *found = parley_alloc(k->ctx, size);
    if (found == NULL) {
        return store_claims_nomem(err);
    }
    list->last_room = list->count;
    list->last = parley_alloc(k->ctx, list->last_room * sizeof(*list->last));
    if (list->last == NULL) {
        list->last_room = 0;
        parley_release(k->ctx, found, size);
        return store_claims_nomem(err);
    }
    parley_status status =
        store_prepare(&k->store->d, &s,
                      "SELECT place,shape,last FROM record WHERE seq=?1 AND section='claims' AND "
                      "since<=?3 AND until>=?2",
                      err);
    for (size_t i = 0; i < list->count && status == PARLEY_OK; i++) {
        bool row = false;
        int64_t last = 0;
        if (i > 0 && list->at[i] == list->at[i - 1]) {
            continue;
        }
        sqlite3_reset(s);
        sqlite3_bind_int64(s, 1, list->at[i]);
        sqlite3_bind_int64(s, 2, q->first_day);
        sqlite3_bind_int64(s, 3, q->last_day);
        status = store_step(&k->store->d, s, &row, err);
        if (status == PARLEY_OK && row &&
            (!store_integer(s, 2, &last) || last <= 0 || last > STORE_ENTRIES_MOST)) {
            status = store_damaged(&k->store->d, err, "a record is not what it must be");
        } else if (status == PARLEY_OK && row) {
            found[n++] = (placed){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1),
                                  list->at[i], (uint32_t)last};
        }
    }
    sqlite3_finalize(s);
    qsort(found, n, sizeof(*found), by_place);
    for (size_t i = 0; i < n; i++) {
        list->at[i] = found[i].seq;
        list->last[i] = found[i].last;
    }
    list->count = n;
    parley_release(k->ctx, found, size);
    return status;
}

static parley_status all_of_days(parley_store_claims *k, store_numbers *list, const store_query *q,
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status =
        store_prepare(&k->store->d, &s,
                      "SELECT seq FROM record WHERE section='claims' AND since<=?2 "
                      "AND until>=?1 ORDER BY place,shape,seq",
                      err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, q->first_day);
        sqlite3_bind_int64(s, 2, q->last_day);
        status = store_number_all(list, k->store, s, err);
    }
    sqlite3_finalize(s);
    return status;
}

parley_status store_claims_select(parley_store_claims *k, store_numbers *out, const store_query *q,
                                  parley_error *err)
{
    if (q->exact) {
        return all_of_days(k, out, q, err);
    }
    parley_status status = store_claims_net(k, out, q->party, q->issue, err);
    return status == PARLEY_OK ? order_found(k, out, q, err) : status;
}

/* Folded words, each in quotes: the index takes them as they are, all of them. */
static void write_match(parley_text *out, const char *folded)
{
    for (const char *at = folded; *at != '\0';) {
        size_t n = strcspn(at, " ");
        if (n > 0) {
            parley_text_putc(out, '"');
            parley_text_add(out, at, n);
            parley_text_puts(out, "\" ");
        }
        at += n + (at[n] == ' ' ? 1 : 0);
    }
}

static parley_status select_match(parley_store_claims *k, store_numbers *out,
                                  const parley_text *match, sqlite3_stmt **s, parley_error *err)
{
    parley_status status =
        store_prepare(&k->store->d, s,
                      "SELECT w.rowid FROM words w CROSS JOIN record r ON r.seq=w.rowid "
                      "WHERE w.words MATCH ?1 AND r.section='claims' ORDER BY w.rowid",
                      err);
    if (status == PARLEY_OK) {
        sqlite3_bind_text64(*s, 1, parley_text_data(match), parley_text_size(match), SQLITE_STATIC,
                            SQLITE_UTF8);
        status = store_number_all(out, k->store, *s, err);
    }
    return status;
}

parley_status store_claims_match(parley_store_claims *k, store_numbers *out, const char *asked,
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_text *folded = parley_text_new(k->ctx, PARLEY_STORE_WORDS_MOST);
    parley_text *match = parley_text_new(k->ctx, PARLEY_STORE_WORDS_MOST);
    parley_status status = folded == NULL || match == NULL ? store_claims_nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK) {
        status = parley_utf8_fold(k->ctx, asked, strlen(asked), folded, err);
    }
    if (status == PARLEY_OK) {
        write_match(match, parley_text_data(folded));
        status = parley_text_status(match, err);
    }
    if (status == PARLEY_OK && parley_text_size(match) > 0) {
        status = select_match(k, out, match, &s, err);
        sqlite3_finalize(s);
    }
    parley_text_free(match);
    parley_text_free(folded);
    return status;
}

/* ---- words, their other forms, and beginnings ---- */

#define FORMS_MOST 4000u /* words of the index that may stand for one asked word */

static void add_word(parley_text *out, const char *word, size_t length)
{
    parley_text_putc(out, '"');
    parley_text_add(out, word, length);
    parley_text_putc(out, '"');
}

/*
 * Words that occur and are forms of an asked word: those that begin with its first letter are
 * looked at.
 */
static parley_status add_forms(parley_store_claims *k, parley_text *out, parley_query *query,
                               uint32_t i, parley_error *err)
{
    const parley_query_word *w = parley_query_at(query, i);
    sqlite3_stmt *s = NULL;
    bool row = true;
    uint32_t forms = 0;
    size_t first = 1;
    while (first < w->length && first < 4 && ((unsigned char)w->text[first] & 0xC0u) == 0x80u) {
        first++;
    }
    parley_status status = store_vocabulary_from(&k->store->d, &s, w->text, first, err);
    while (status == PARLEY_OK && forms < FORMS_MOST) {
        const char *term = NULL;
        size_t length = 0;
        status = store_step(&k->store->d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (store_text(s, 0, &term, &length) && parley_query_fits(query, i, term, length)) {
            parley_text_puts(out, forms++ == 0 ? "(" : " OR ");
            add_word(out, term, length);
        }
    }
    sqlite3_finalize(s);
    if (status == PARLEY_OK) {
        status = parley_query_status(query, err);
    }
    if (forms == 0) {
        add_word(out, w->text, w->length);
    } else {
        parley_text_puts(out, ")");
    }
    return status;
}

parley_status store_claims_look(parley_store_claims *k, store_numbers *out, parley_query *query,
                                parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_text *match = parley_text_new(k->ctx, PARLEY_STORE_WORDS_MOST);
    parley_status status = match == NULL ? store_claims_nomem(err) : PARLEY_OK;
    for (uint32_t i = 0; status == PARLEY_OK && i < parley_query_size(query); i++) {
        const parley_query_word *w = parley_query_at(query, i);
        parley_text_puts(match, i > 0 ? " AND " : "");
        if (w->kind == PARLEY_QUERY_FORMS) {
            status = add_forms(k, match, query, i, err);
        } else {
            add_word(match, w->text, w->length);
            parley_text_puts(match, w->kind == PARLEY_QUERY_BEGINS ? "*" : "");
        }
    }
    status = status == PARLEY_OK ? parley_text_status(match, err) : status;
    if (status == PARLEY_OK && parley_text_size(match) > 0) {
        status = select_match(k, out, match, &s, err);
    }
    sqlite3_finalize(s);
    parley_text_free(match);
    return status;
}
