/*
 * Fuzz target of the formula language: any bytes against a small table of names of every kind.
 *
 * What can be read is printed, read again and compared, brought to normal form and evaluated; what
 * cannot has an error with a place inside the text and words in valid UTF-8.
 */
#include <parley/formula.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const issues[] = {"arms",        "duration", "aid",   "land",
                                     "\xC3\xA9tat", "not",      "go on", NULL};
static const parley_issue_kind kinds[] = {
    PARLEY_ISSUE_CHOICE, PARLEY_ISSUE_QUANTITY, PARLEY_ISSUE_SPLIT, PARLEY_ISSUE_OPEN,
    PARLEY_ISSUE_CHOICE, PARLEY_ISSUE_CHOICE,   PARLEY_ISSUE_CHOICE};
static const char *const words[] = {"a", "stopped", "b\"c", "\\", "not", "n\xC3\xA9", NULL};
static const char *const parties[] = {"ru", "ua", NULL};

static int32_t find(const char *const *list, const char *s, size_t length)
{
    for (int32_t i = 0; list[i] != NULL; i++) {
        if (strlen(list[i]) == length && memcmp(list[i], s, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int32_t issue_of(void *user, const char *s, size_t length, bool quoted)
{
    (void)user;
    return quoted && length == 9 && memcmp(s, "How long?", 9) == 0 ? 1 : find(issues, s, length);
}

static parley_issue_kind kind_of(void *user, int32_t issue)
{
    (void)user;
    return kinds[issue];
}

static bool ordered(void *user, int32_t issue)
{
    (void)user;
    return issue < 3;
}

static int32_t word_of(void *user, int32_t issue, const char *s, size_t length, bool quoted)
{
    (void)user;
    (void)issue;
    (void)quoted;
    return find(words, s, length);
}

static int32_t party_of(void *user, const char *s, size_t length, bool quoted)
{
    (void)user;
    (void)quoted;
    return find(parties, s, length);
}

static const char *issue_id(void *user, int32_t i)
{
    (void)user;
    return issues[i];
}

static const char *word_id(void *user, int32_t issue, int32_t i)
{
    (void)user;
    (void)issue;
    return words[i];
}

static const char *party_id(void *user, int32_t i)
{
    (void)user;
    return parties[i];
}

/* Some truth, by what the atom says; *user shifts it. */
static parley_truth truth_of(void *user, const parley_formula *atom)
{
    const int *shift = user;
    int64_t sum = *shift + atom->kind + atom->compare + atom->issue + atom->party;
    for (uint32_t i = 0; i < atom->count; i++) {
        sum += atom->kind == PARLEY_F_CHOICE ? atom->option[i] : atom->number[i].mantissa % 7;
    }
    return (parley_truth)(((sum % 3) + 3) % 3);
}

static void check_error(const parley_error *e, size_t size)
{
    PARLEY_ASSERT(e->message[0] != '\0');
    PARLEY_ASSERT(strchr(e->message, '\n') == NULL && strchr(e->hint, '\n') == NULL);
    PARLEY_ASSERT(parley_utf8_valid(e->message, strlen(e->message), NULL));
    PARLEY_ASSERT(parley_utf8_valid(e->hint, strlen(e->hint), NULL));
    PARLEY_ASSERT(e->span.begin <= e->span.end && e->span.end <= size);
    PARLEY_ASSERT(e->span.line == 1 && e->span.column >= 1 && e->span.column <= size + 1);
}

static void check_formula(parley_ctx *ctx, parley_arena *arena, const parley_formula_names *names,
                          const parley_formula *f)
{
    parley_text *text = parley_text_new(ctx, 1 << 22);
    PARLEY_ASSERT(text != NULL);
    for (int form = 0; form < 2; form++) {
        const parley_formula *g = NULL;
        parley_text_clear(text);
        parley_formula_print(f, names, text);
        parley_status status = parley_formula_parse(&g, arena, NULL, names, parley_text_data(text),
                                                    parley_text_size(text), NULL, NULL);
        /* quotes and commas may make the printed text too long to be read */
        if (status != PARLEY_LIMIT || parley_text_size(text) <= 1u << 16) {
            PARLEY_ASSERT(status == PARLEY_OK && parley_formula_equal(f, g));
        }
        for (int shift = 0; shift < 3; shift++) {
            PARLEY_ASSERT(parley_formula_eval(f, truth_of, &shift) <= PARLEY_NOT_KNOWN);
        }
        uint64_t bits[1] = {0};
        parley_formula_issues(f, bits, 1);
        PARLEY_ASSERT(bits[0] < 1u << 7);
        const parley_formula *normal = NULL;
        PARLEY_ASSERT(parley_formula_normal(&normal, arena, f, NULL) == PARLEY_OK);
        PARLEY_ASSERT(form == 0 || parley_formula_equal(f, normal));
        f = normal;
    }
    parley_text_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const parley_formula_names names = {NULL,    issue_of, kind_of,  ordered,  word_of,
                                        word_of, party_of, party_of, issue_id, word_id,
                                        word_id, party_id, party_id};
    parley_ctx *ctx = NULL;
    if (parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        return 0;
    }
    parley_arena *arena = parley_arena_new(ctx);
    /* a copy of the exact size, so that reading past the end is noticed */
    char *text = malloc(size == 0 ? 1 : size);
    PARLEY_ASSERT(arena != NULL && text != NULL);
    memcpy(text, data, size);
    (void)parley_formula_looks_like(text, size);
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = parley_formula_parse(&f, arena, NULL, &names, text, size, NULL, &err);
    PARLEY_ASSERT((status == PARLEY_OK) == (f != NULL));
    if (status != PARLEY_OK) {
        check_error(&err, size);
    } else {
        check_formula(ctx, arena, &names, f);
    }
    free(text);
    parley_arena_free(arena);
    parley_ctx_free(ctx);
    return 0;
}
