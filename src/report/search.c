/*
 * The page "search": claims whose words hold every word asked for, in order of happening, with
 * those words marked.
 *
 * Works on the claims interface alone, so that a case on disk is not loaded: names come from the
 * case or from its frame. What fits a word, in which of its forms, is said in one place
 * (parley/query.h), for the index and for the marks alike.
 */
#include "report/json_parts.h"
#include "report/timeline_page.h"

#include <stdlib.h>
#include <string.h>

typedef struct hit {
    parley_date date;
    uint64_t row;
} hit;

typedef struct searching {
    parley_ctx *ctx;
    const parley_search_page *page;
    parley_arena *arena;
    parley_query *query;
    parley_text *folded;
    hit *hits;
    size_t count;
    size_t room;
    parley_status status;
    parley_error *err;
} searching;

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while searching");
}

/* -------------------------------------------------------------------- the claims */

static bool in_time(const parley_search_page *page, parley_date d)
{
    bool since = page->since.form == PARLEY_DATE_UNKNOWN || d.form == PARLEY_DATE_UNKNOWN ||
                 d.last >= page->since.first;
    return since &&
           (page->at.form == PARLEY_DATE_UNKNOWN || parley_date_possibly_by(d, page->at.last));
}

/* The filters that name something else than words. */
static bool is_wanted(const parley_search_page *page, const parley_claim *claim)
{
    bool from = page->source < 0 || claim->source == page->source ||
                parley_ids_hold(claim->chain, page->source);
    return from && (page->act < 0 || (int32_t)claim->act == page->act) &&
           (page->cls < 0 || (int32_t)claim->cls == page->cls) &&
           (page->party < 0 || parley_claim_is_by(claim, page->party)) &&
           (page->issue < 0 || parley_claim_is_about(page->c, claim, page->issue)) &&
           in_time(page, claim->record.happened);
}

static bool take(void *user, uint64_t row, const parley_claim *claim)
{
    searching *q = user;
    const parley_search_page *page = q->page;
    if (parley_ctx_cancelled(q->ctx)) {
        q->status = parley_fail(q->err, PARLEY_CANCELLED, "stopped while searching");
        return false;
    }
    if (!is_wanted(page, claim)) {
        return true;
    }
    if (q->count == q->room) {
        size_t room = q->room == 0 ? 64 : q->room * 2;
        hit *grown =
            parley_arena_grow(q->arena, q->hits, q->count * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            q->status = nomem(q->err);
            return false;
        }
        q->hits = grown;
        q->room = room;
    }
    q->hits[q->count++] = (hit){claim->record.happened, row};
    return true;
}

static int by_happening(const void *pa, const void *pb)
{
    const hit *a = pa;
    const hit *b = pb;
    int order = timeline_compare_dates(a->date, b->date);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static void end(searching *q)
{
    parley_query_free(q->query);
    parley_text_free(q->folded);
    parley_arena_free(q->arena);
}

static parley_status begin(searching *q, parley_ctx *ctx, const parley_search_page *page,
                           parley_error *err)
{
    size_t most = parley_ctx_limits(ctx)->text_bytes;
    const parley_claims *claims = &page->claims;
    *q = (searching){.ctx = ctx, .page = page, .arena = parley_arena_new(ctx), .err = err};
    q->folded = parley_text_new(ctx, most);
    parley_status status = q->arena == NULL || q->folded == NULL
                               ? nomem(err)
                               : parley_query_new(&q->query, ctx, page->query, page->language, err);
    if (status == PARLEY_OK && parley_query_size(q->query) == 0) {
        status = parley_fail(err, PARLEY_INVALID, "there is no word to look for");
        parley_error_hint(err, "say one or more words, such as 'arms' or 'guarant*'");
    }
    if (status == PARLEY_OK) {
        status = claims->look(claims->self, q->query, take, q, err);
    }
    status = q->status != PARLEY_OK ? q->status : status;
    if (status != PARLEY_OK) {
        end(q);
        return status;
    }
    if (q->count > 0) {
        qsort(q->hits, q->count, sizeof(*q->hits), by_happening);
    }
    return PARLEY_OK;
}

static size_t shown(const searching *q)
{
    return q->page->most > 0 && q->count > q->page->most ? q->page->most : q->count;
}

/* The claims that are shown, in their order. */
static parley_status visit_shown(searching *q,
                                 bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                                 void *user)
{
    size_t n = shown(q);
    const parley_claims *claims = &q->page->claims;
    uint64_t *rows = parley_arena_array(q->arena, n, sizeof(*rows));
    if (rows == NULL) {
        return nomem(q->err);
    }
    for (size_t i = 0; i < n; i++) {
        rows[i] = q->hits[i].row;
    }
    return n > 0 ? claims->pick(claims->self, rows, n, visit, user, q->err) : PARLEY_OK;
}

/* -------------------------------------------------------------------------- text */

/* Does any word of this run stand in the question? */
static bool is_asked(searching *q, const char *run, size_t length)
{
    parley_text_clear(q->folded);
    if (q->status != PARLEY_OK) {
        return false;
    }
    q->status = parley_utf8_fold(q->ctx, run, length, q->folded, q->err);
    if (q->status != PARLEY_OK) {
        return false;
    }
    for (const char *at = parley_text_data(q->folded); *at != '\0';) {
        size_t n = strcspn(at, " ");
        for (uint32_t w = 0; w < parley_query_size(q->query) && n > 0; w++) {
            if (parley_query_fits(q->query, w, at, n)) {
                return true;
            }
        }
        at += n + (at[n] == ' ');
    }
    return false;
}

static bool in_run(char ch)
{
    return (unsigned char)ch >= 0x80 || (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') ||
           (ch >= 'A' && ch <= 'Z');
}

static void add_part(parley_screen *s, const char *text, size_t length)
{
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%.*s", (int)length, text);
}

/* A text with the words asked for between « and ». */
static void add_marked(searching *q, parley_screen *s, const char *text)
{
    size_t from = 0;
    for (size_t i = 0; text[i] != '\0';) {
        size_t n = 0;
        while (in_run(text[i + n])) {
            n++;
        }
        if (n > 0 && is_asked(q, text + i, n)) {
            add_part(s, text + from, i - from);
            parley_screen_addf(s, PARLEY_INK_HEADING, "«%.*s»", (int)n, text + i);
            from = i + n;
        }
        i += n > 0 ? n : 1;
    }
    add_part(s, text + from, strlen(text + from));
}

typedef struct printing {
    searching *q;
    parley_screen *s;
} printing;

static bool print_claim(void *user, uint64_t row, const parley_claim *claim)
{
    searching *q = ((printing *)user)->q;
    parley_screen *s = ((printing *)user)->s;
    const parley_case *c = q->page->c;
    char day[80];
    parley_date_words(claim->record.happened, true, day, sizeof(day));
    const char *who = claim->by.count == 1  ? word_voice(s, c, &claim->by.at[0], true)
                      : claim->by.count > 1 ? word_voices(s, c, &claim->by)
                                            : "nobody named";
    const char *to =
        claim->to.count > 0 ? parley_screen_format(s, " to %s", word_voices(s, c, &claim->to)) : "";
    parley_screen_ends(s, PARLEY_INK_PLAIN,
                       parley_screen_format(s, "%-4s %s, %s%s", claim->record.id, day, who, to),
                       PARLEY_INK_DIM, word_class(s, claim));
    parley_screen_begin(s, 5, 5);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s", word_act((parley_act)claim->act));
    if (claim->about.text != NULL) {
        parley_screen_add(s, PARLEY_INK_PLAIN, " ");
        add_marked(q, s, claim->about.text);
    }
    if (claim->says != NULL) {
        parley_screen_add(s, PARLEY_INK_PLAIN, ": \"");
        add_marked(q, s, claim->says);
        parley_screen_add(s, PARLEY_INK_PLAIN, "\"");
    }
    if (claim->hedge != NULL) {
        parley_screen_add(s, PARLEY_INK_DIM, "; hedged: ");
        add_marked(q, s, claim->hedge);
    }
    if (claim->speaker_text != NULL) {
        parley_screen_add(s, PARLEY_INK_DIM, "; speaker: ");
        add_marked(q, s, claim->speaker_text);
    }
    for (uint32_t k = 0; k < claim->as_typed.count; k++) {
        parley_screen_add(s, PARLEY_INK_WARN, "; not understood: ");
        add_marked(q, s, claim->as_typed.at[k]);
    }
    parley_screen_end(s);
    (void)row;
    return true;
}

parley_status parley_page_search(parley_screen *s, parley_ctx *ctx, const parley_search_page *page,
                                 uint64_t *found, parley_error *err)
{
    searching q;
    *found = 0;
    parley_status status = begin(&q, ctx, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    size_t n = shown(&q);
    *found = q.count;
    parley_screen_begin(s, 0, 0);
    if (q.count == 0) {
        parley_screen_addf(s, PARLEY_INK_DIM, "No claim holds: %s", page->query);
    } else {
        parley_screen_addf(s, PARLEY_INK_TITLE, "%s claim%s hold%s: %s",
                           parley_screen_number(s, q.count), q.count == 1 ? "" : "s",
                           q.count == 1 ? "s" : "", page->query);
    }
    parley_screen_end(s);
    status = visit_shown(&q, print_claim, &(printing){&q, s});
    if (n < q.count) {
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(s, PARLEY_INK_DIM, "and %s later ones: --limit N, or --all",
                           parley_screen_number(s, q.count - n));
        parley_screen_end(s);
    }
    status = status == PARLEY_OK ? q.status : status; /* of marking the words */
    end(&q);
    return status;
}

/* -------------------------------------------------------------------------- JSON */

typedef struct writing {
    parley_json *j;
    const parley_case *c;
} writing;

static bool write_claim(void *user, uint64_t row, const parley_claim *claim)
{
    parley_json *j = ((writing *)user)->j;
    const parley_case *c = ((writing *)user)->c;
    parley_json_object(j);
    json_key_string(j, "claim", claim->record.id);
    json_key_date(j, "date", claim->record.happened);
    json_voices(j, "by", c, &claim->by);
    json_voices(j, "to", c, &claim->to);
    json_key_string(j, "act", parley_words_word(PARLEY_WORDS_ACT, claim->act));
    json_key_string(j, "about", claim->about.text);
    json_key_string(j, "says", claim->says);
    json_key_string(j, "hedge", claim->hedge);
    json_key_string(j, "speaker_text", claim->speaker_text);
    parley_json_key(j, "as_typed");
    parley_json_array(j);
    for (uint32_t k = 0; k < claim->as_typed.count; k++) {
        parley_json_string(j, claim->as_typed.at[k]);
    }
    parley_json_array_end(j);
    json_key_string(j, "source",
                    claim->source < 0 ? NULL : parley_case_source(c, claim->source)->record.id);
    json_key_string(j, "class", parley_words_word(PARLEY_WORDS_CLASS, claim->cls));
    parley_json_object_end(j);
    (void)row;
    return true;
}

parley_status parley_page_search_json(parley_json *j, parley_ctx *ctx,
                                      const parley_search_page *page, uint64_t *found,
                                      parley_error *err)
{
    searching q;
    const parley_case *c = page->c;
    *found = 0;
    parley_status status = begin(&q, ctx, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    *found = q.count;
    parley_json_object(j);
    json_key_string(j, "case", page->name);
    json_key_string(j, "audience",
                    parley_case_audience(c) != NULL ? parley_case_audience(c) : "team");
    json_key_string(j, "query", page->query);
    json_key_string(j, "language", parley_words_word(PARLEY_WORDS_LANGUAGE, page->language));
    parley_json_key(j, "found");
    parley_json_uint(j, q.count);
    parley_json_key(j, "claims");
    parley_json_array(j);
    status = visit_shown(&q, write_claim, &(writing){j, c});
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    end(&q);
    return status;
}
