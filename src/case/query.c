/*
 * Words that claims are searched for: reading them, and comparing words with them.
 */
#include <parley/query.h>

#include <string.h>

struct parley_query {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_text *folded; /* scratch */
    parley_stemmer *stemmer;
    parley_query_word *word;
    uint32_t words;
    bool failed;
};

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading what to search for");
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

/* Words of one run between blanks; a star behind it makes the last a beginning. */
static parley_status add_run(parley_query *q, const char *run, size_t length, bool exact,
                             parley_error *err)
{
    bool star = length > 1 && run[length - 1] == '*';
    parley_text_clear(q->folded);
    parley_status status = parley_utf8_fold(q->ctx, run, length, q->folded, err);
    if (status != PARLEY_OK) {
        return status;
    }
    const char *copy =
        parley_arena_copy(q->arena, parley_text_data(q->folded), parley_text_size(q->folded));
    if (copy == NULL) {
        return nomem(err);
    }
    for (const char *at = copy; *at != '\0';) {
        size_t n = strcspn(at, " ");
        bool last = at[n] == '\0' || at[n + 1] == '\0';
        if (n > 0) {
            parley_query_word *w = &q->word[q->words++];
            *w = (parley_query_word){.text = at, .length = n};
            w->kind = star && last                  ? PARLEY_QUERY_BEGINS
                      : exact || q->stemmer == NULL ? PARLEY_QUERY_EXACT
                                                    : PARLEY_QUERY_FORMS;
            if (w->kind == PARLEY_QUERY_FORMS) {
                const char *stem = parley_stem(q->stemmer, at, n, &w->stem_length);
                w->stem = stem == NULL ? NULL : parley_arena_copy(q->arena, stem, w->stem_length);
                if (w->stem == NULL) {
                    return nomem(err);
                }
            }
        }
        at += n + (at[n] == ' ');
    }
    return PARLEY_OK;
}

static parley_status read_words(parley_query *q, const char *typed, parley_error *err)
{
    bool exact = false;
    /* a word has at least one byte, and a fold may make three of one */
    q->word = parley_arena_array(q->arena, strlen(typed) * 3 + 1, sizeof(*q->word));
    if (q->word == NULL) {
        return nomem(err);
    }
    for (const char *at = typed; *at != '\0';) {
        size_t n = 0;
        if (*at == '"') {
            exact = !exact;
            at++;
            continue;
        }
        while (at[n] != '\0' && !is_blank(at[n]) && at[n] != '"') {
            n++;
        }
        parley_status status = n > 0 ? add_run(q, at, n, exact, err) : PARLEY_OK;
        if (status != PARLEY_OK) {
            return status;
        }
        at += n + is_blank(at[n]);
    }
    return parley_text_status(q->folded, err);
}

parley_status parley_query_new(parley_query **out, parley_ctx *ctx, const char *typed,
                               parley_language language, parley_error *err)
{
    *out = NULL;
    parley_query *q = parley_alloc(ctx, sizeof(*q));
    if (q == NULL) {
        return nomem(err);
    }
    q->ctx = ctx;
    q->arena = parley_arena_new(ctx);
    q->folded = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    parley_status status = q->arena == NULL || q->folded == NULL ? nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK && language != PARLEY_LANGUAGE_NONE) {
        status = parley_stemmer_new(&q->stemmer, ctx,
                                    parley_words_word(PARLEY_WORDS_LANGUAGE, language), err);
    }
    if (status == PARLEY_OK) {
        status = read_words(q, typed, err);
    }
    if (status != PARLEY_OK) {
        parley_query_free(q);
        return status;
    }
    *out = q;
    return PARLEY_OK;
}

void parley_query_free(parley_query *q)
{
    if (q != NULL) {
        parley_stemmer_free(q->stemmer);
        parley_text_free(q->folded);
        parley_arena_free(q->arena);
        parley_release(q->ctx, q, sizeof(*q));
    }
}

uint32_t parley_query_size(const parley_query *q)
{
    return q->words;
}

const parley_query_word *parley_query_at(const parley_query *q, uint32_t i)
{
    PARLEY_ASSERT(i < q->words);
    return &q->word[i];
}

/* Bytes of the first character. */
static size_t first_character(const char *word, size_t length)
{
    size_t n = length > 0;
    while (n < length && ((unsigned char)word[n] & 0xC0u) == 0x80u) {
        n++;
    }
    return n;
}

bool parley_query_fits(parley_query *q, uint32_t i, const char *word, size_t length)
{
    const parley_query_word *w = &q->word[i];
    size_t first = first_character(w->text, w->length);
    if (length == w->length && memcmp(word, w->text, length) == 0) {
        return true;
    }
    if (w->kind == PARLEY_QUERY_BEGINS) {
        return length > w->length && memcmp(word, w->text, w->length) == 0;
    }
    if (w->kind == PARLEY_QUERY_EXACT || length < first || memcmp(word, w->text, first) != 0) {
        return false;
    }
    size_t n = 0;
    const char *stem = parley_stem(q->stemmer, word, length, &n);
    q->failed = q->failed || stem == NULL;
    return stem != NULL && n == w->stem_length && memcmp(stem, w->stem, n) == 0;
}

bool parley_query_holds(parley_query *q, const char *folded)
{
    for (uint32_t i = 0; i < q->words; i++) {
        bool found = false;
        for (const char *at = folded; !found && *at != '\0';) {
            size_t n = strcspn(at, " ");
            found = n > 0 && parley_query_fits(q, i, at, n);
            at += n + (at[n] == ' ');
        }
        if (!found) {
            return false;
        }
    }
    return q->words > 0;
}

parley_status parley_query_status(const parley_query *q, parley_error *err)
{
    return q->failed ? nomem(err) : PARLEY_OK;
}
