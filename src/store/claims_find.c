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

static parley_status look_up(parley_store_claims *k, store_numbers *out, int field,
                             const char *word, parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_prepare(
        &k->store->d, &s, "SELECT seq FROM link WHERE field=?1 AND word=?2 ORDER BY seq", err);
    if (status == PARLEY_OK && word != NULL) {
        sqlite3_bind_int(s, 1, field);
        store_bind_text(s, 2, word);
        status = store_number_all(out, k->store, s, err);
    }
    sqlite3_finalize(s);
    return status;
}

/* Everybody who speaks for a party, as a claim may name them. */
static parley_status by_party(parley_store_claims *k, store_numbers *out, int32_t party,
                              parley_error *err)
{
    const parley_case *c = k->frame;
    const char *id = parley_case_party(c, party)->record.id;
    parley_status status = look_up(k, out, STORE_LINK_SPEAKER, id, err);
    parley_arena *arena = parley_arena_new(k->ctx);
    if (arena == NULL) {
        return store_claims_nomem(err);
    }
    for (uint32_t i = 0; i < parley_case_people(c) && status == PARLEY_OK; i++) {
        const parley_person *person = parley_case_person(c, (int32_t)i);
        if (person->party >= 0 && person->party != party) {
            continue;
        }
        const char *both = parley_arena_format(arena, "%s:%s", id, person->record.id);
        status =
            both == NULL ? store_claims_nomem(err) : look_up(k, out, STORE_LINK_SPEAKER, both, err);
        if (status == PARLEY_OK) {
            status = look_up(k, out, STORE_LINK_SPEAKER, person->record.id, err);
        }
    }
    parley_arena_free(arena);
    return status;
}

/* Claims that may be about an issue: by its names, and those of proposals that speak of it. */
static parley_status by_issue(parley_store_claims *k, store_numbers *out, int32_t issue,
                              parley_error *err)
{
    const parley_case *c = k->frame;
    const parley_issue *row = parley_case_issue(c, issue);
    const char *const names[] = {row->record.id, row->name, row->ask};
    parley_status status = PARLEY_OK;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && status == PARLEY_OK; i++) {
        status = look_up(k, out, STORE_LINK_NAME, names[i], err);
    }
    for (uint32_t i = 0; i < parley_case_proposals(c) && status == PARLEY_OK; i++) {
        const parley_proposal *p = parley_case_proposal(c, (int32_t)i);
        if (parley_proposal_mentions(p, issue)) {
            status = look_up(k, out, STORE_LINK_NAME, p->record.id, err);
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

parley_status store_claims_net(parley_store_claims *k, store_numbers *out, int32_t party,
                               int32_t issue, parley_error *err)
{
    store_numbers other = {.ctx = k->ctx};
    parley_status status = PARLEY_OK;
    if (party >= 0) {
        status = by_party(k, out, party, err);
    }
    if (status == PARLEY_OK && issue >= 0) {
        status = by_issue(k, party >= 0 ? &other : out, issue, err);
    }
    sort_numbers(out);
    if (status == PARLEY_OK && party >= 0 && issue >= 0) {
        size_t kept = 0;
        size_t j = 0;
        sort_numbers(&other);
        for (size_t i = 0; i < out->count; i++) {
            while (j < other.count && other.at[j] < out->at[i]) {
                j++;
            }
            if (j < other.count && other.at[j] == out->at[i]) {
                out->at[kept++] = out->at[i];
            }
        }
        out->count = kept;
    }
    store_numbers_drop(&other);
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
    parley_status status =
        q->issue >= 0 ? by_issue(k, out, q->issue, err) : by_party(k, out, q->party, err);
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
 * Words of the index that are forms of an asked word: those that begin with its first letter are
 * looked at. The index knows its words in order (fts5vocab); nothing is stored for it.
 */
static parley_status add_forms(parley_store_claims *k, parley_text *out, parley_query *query,
                               uint32_t i, parley_error *err)
{
    const parley_query_word *w = parley_query_at(query, i);
    sqlite3_stmt *s = NULL;
    bool row = true;
    uint32_t forms = 0;
    size_t first = 1;
    while (first < w->length && ((unsigned char)w->text[first] & 0xC0u) == 0x80u) {
        first++;
    }
    char from[8];
    char behind[8];
    memcpy(from, w->text, first < 7 ? first : 7);
    from[first < 7 ? first : 7] = '\0';
    memcpy(behind, from, sizeof(behind));
    behind[first - 1] = (char)((unsigned char)behind[first - 1] + 1); /* the next in byte order */
    parley_status status = store_exec(
        &k->store->d,
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main','words','row')",
        err);
    if (status == PARLEY_OK) {
        status = store_prepare(&k->store->d, &s,
                               "SELECT term FROM temp.vocabulary WHERE term>=?1 AND term<?2", err);
    }
    if (status == PARLEY_OK) {
        store_bind_text(s, 1, from);
        sqlite3_bind_text64(s, 2, behind, first, SQLITE_STATIC, SQLITE_UTF8);
    }
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
