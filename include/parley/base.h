/*
 * parley/base.h: what every other room stands on.
 *
 * Status codes, errors with a place, bounded diagnostics, the context (allocator, limits, cancel
 * flag, random key, log), arenas, growable text, a streaming JSON writer, exact numbers, vague
 * dates, audience labels and the common record header, keyed random numbers and a thread pool.
 *
 * Conventions for the whole library: out parameters come first and are NULL (or zero) after a
 * failure; what is returned by value is borrowed from the object named in the docstring;
 * destructors take NULL; no function keeps mutable global or thread-local state. A context may be
 * shared between threads; every other object belongs to one thread at a time.
 */
#ifndef PARLEY_BASE_H
#define PARLEY_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLEY_API __attribute__((visibility("default")))
#define PARLEY_MUST_CHECK __attribute__((warn_unused_result))
#define PARLEY_NORETURN __attribute__((noreturn))
#define PARLEY_PRINTF(f, a) __attribute__((format(printf, f, a)))

/* ----------------------------------------------------------------- version */

/*
 * Of the headers. parley_version() is that of the library that runs; a program that was built with
 * other headers can tell. Before 1.0 any change of the second number may change the interface.
 */
#define PARLEY_VERSION_MAJOR 0
#define PARLEY_VERSION_MINOR 1
#define PARLEY_VERSION_PATCH 0

/* "0.1.0"; never NULL. */
PARLEY_API const char *parley_version(void);

/* ------------------------------------------------------------------ status */

/* One list makes the enumeration and the words. X(NAME, "word", "what it means") */
#define PARLEY_STATUS_LIST(X)                                                                      \
    X(OK, "ok", "done")                                                                            \
    X(NOMEM, "out of memory", "the allocator refused")                                             \
    X(SYNTAX, "syntax", "the text is not well formed")                                             \
    X(INVALID, "invalid", "well formed, but against a rule of the format")                         \
    X(RANGE, "range", "a number or date outside what is allowed")                                  \
    X(NOTFOUND, "not found", "a name, file or record that does not exist")                         \
    X(CONFLICT, "conflict", "two things that cannot both stand")                                   \
    X(LIMIT, "limit", "a named limit was reached")                                                 \
    X(CANCELLED, "cancelled", "stopped on request")                                                \
    X(IO, "input/output", "the system could not read or write")                                    \
    X(BACKEND, "backend", "a library under us reported a fault")                                   \
    X(DENIED, "denied", "not allowed for this audience or user")                                   \
    X(STATE, "state", "the call is not legal at this point")                                       \
    X(INTERNAL, "internal", "a fault in Parley itself")

typedef enum parley_status {
#define PARLEY_STATUS_ENUM(name, word, text) PARLEY_##name,
    PARLEY_STATUS_LIST(PARLEY_STATUS_ENUM)
#undef PARLEY_STATUS_ENUM
        PARLEY_STATUS_COUNT
} parley_status;

/* The short word of a status ("invalid"); never NULL. */
PARLEY_API const char *parley_status_word(parley_status status);

/* ------------------------------------------------------------------- spans */

/*
 * A place in a source text. begin and end are byte offsets (end exclusive); line and column are
 * 1-based, columns in Unicode characters. line == 0 means "no place".
 */
typedef struct parley_span {
    uint32_t begin;
    uint32_t end;
    uint32_t line;
    uint32_t column;
} parley_span;

#define PARLEY_SPAN_NONE ((parley_span){0, 0, 0, 0})

/* ------------------------------------------------------------------ errors */

#define PARLEY_ERROR_MESSAGE_MAX 400
#define PARLEY_ERROR_HINT_MAX 240
#define PARLEY_ERROR_SOURCE_MAX 200

/*
 * An error, owned by the caller, who may pass NULL when only the status matters. It needs no
 * allocation. message is one line that names the thing and the rule it broke; hint says what would
 * be right (may be empty); source is the name of the file or text ("" when there is none). at_file
 * and at_line are the place in Parley's own source.
 */
typedef struct parley_error {
    parley_status status;
    char message[PARLEY_ERROR_MESSAGE_MAX];
    char hint[PARLEY_ERROR_HINT_MAX];
    char source[PARLEY_ERROR_SOURCE_MAX];
    parley_span span;
    const char *at_file;
    int at_line;
} parley_error;

#define PARLEY_ERROR_INIT                                                                          \
    {                                                                                              \
        PARLEY_OK, {0}, {0}, {0}, {0, 0, 0, 0}, NULL, 0                                            \
    }

/*
 * Fill an error and return its status, so that a caller writes `return parley_fail(err, ...)`.
 * An error that is already set is not overwritten: the place where the fault was found wins.
 */
PARLEY_API parley_status parley_error_set(parley_error *err, parley_status status,
                                          const char *source, parley_span span, const char *at_file,
                                          int at_line, const char *format, ...) PARLEY_PRINTF(7, 8);

#define parley_fail(err, status, ...)                                                              \
    parley_error_set((err), (status), NULL, PARLEY_SPAN_NONE, __FILE__, __LINE__, __VA_ARGS__)
#define parley_fail_at(err, status, source, span, ...)                                             \
    parley_error_set((err), (status), (source), (span), __FILE__, __LINE__, __VA_ARGS__)

/* Add what would be right. Takes NULL. */
PARLEY_API void parley_error_hint(parley_error *err, const char *format, ...) PARLEY_PRINTF(2, 3);

/* Forget. Takes NULL. */
PARLEY_API void parley_error_clear(parley_error *err);

/*
 * One line: `case.yaml:14:9: message; hint`, without the parts that are empty. Writes at most size
 * bytes with the NUL and returns the length the whole line would have (as snprintf does).
 */
PARLEY_API size_t parley_error_print(const parley_error *err, char *out, size_t size);

/* An assertion that stays in release builds: programming errors only, never input. */
PARLEY_API PARLEY_NORETURN void parley_assert_failed(const char *what, const char *file, int line);
#define PARLEY_ASSERT(x) ((x) ? (void)0 : parley_assert_failed(#x, __FILE__, __LINE__))

/* ------------------------------------------------------------------ limits */

/*
 * Every loop, depth and size driven by input has a limit here. X(name, default, unit, what it
 * bounds)
 */
#define PARLEY_LIMIT_LIST(X)                                                                       \
    X(file_bytes, 256u << 20, "bytes", "size of one case file")                                    \
    X(depth, 64, "levels", "nesting of maps and lists in a case file")                             \
    X(nodes, 32u << 20, "nodes", "values in one case file")                                        \
    X(text_bytes, 1u << 30, "bytes", "one growing output text")                                    \
    X(diagnostics, 50, "messages", "errors kept from one file (and as many warnings)")             \
    X(formula_bytes, 1u << 16, "bytes", "length of one formula")                                   \
    X(formula_depth, 128, "levels", "nesting of one formula")                                      \
    X(parties, 250, "parties", "parties in one case")                                              \
    X(issues, 4096, "issues", "issues in one case")                                                \
    X(options, 1u << 20, "options", "options, or steps of a quantity, of one issue")               \
    X(count_bits, 1024, "bits", "size of an exact package count")                                  \
    X(table_entries, 1u << 22, "entries", "one table of the counting engine")                      \
    X(search_nodes, 1u << 22, "nodes", "branches of the counting engine")                          \
    X(list_packages, 1000, "packages", "packages printed by one listing")                          \
    X(clashes, 1000, "sets", "clashing sets reported at once")                                     \
    X(traced_claims, 10000, "claims", "claims of a case in which `why` looks for sticking points")

typedef struct parley_limits {
#define PARLEY_LIMIT_FIELD(name, value, unit, what) uint32_t name;
    PARLEY_LIMIT_LIST(PARLEY_LIMIT_FIELD)
#undef PARLEY_LIMIT_FIELD
} parley_limits;

#define PARLEY_LIMIT_DEFAULT(name, value, unit, what) value,
#define PARLEY_LIMITS_INIT                                                                         \
    {                                                                                              \
        PARLEY_LIMIT_LIST(PARLEY_LIMIT_DEFAULT)                                                    \
    }

/* ----------------------------------------------------------------- context */

typedef struct parley_ctx parley_ctx;

/*
 * The sized allocator: p == NULL allocates, new_size == 0 releases (and returns NULL), else
 * resizes. Must return NULL on failure and leave p as it was. Called from every thread that works
 * with the context.
 */
typedef void *(*parley_resize_fn)(void *user, void *p, size_t old_size, size_t new_size);

/* One line of log. level: 0 error, 1 warning, 2 note, 3 detail. */
typedef void (*parley_log_fn)(void *user, int level, const char *line);

/*
 * Progress of long work: what is being done, how far, of how much (total 0: not known). Called from
 * the thread that called the engine, at most about every 10 ms of work.
 */
typedef void (*parley_progress_fn)(void *user, const char *what, uint64_t done, uint64_t total);

typedef struct parley_ctx_options {
    int version;             /* 1 */
    parley_resize_fn resize; /* NULL: the C library's allocator */
    void *resize_user;
    parley_log_fn log; /* NULL: no log */
    void *log_user;
    parley_progress_fn progress; /* NULL: none */
    void *progress_user;
    uint64_t random_key;
    uint32_t threads; /* 0: as many as the machine has */
    parley_limits limits;
} parley_ctx_options;

#define PARLEY_CTX_OPTIONS_INIT                                                                    \
    {                                                                                              \
        1, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, PARLEY_LIMITS_INIT                            \
    }

/* Make a context. options NULL: defaults. NOMEM, INVALID (unknown version of the options). */
PARLEY_API parley_status parley_ctx_new(parley_ctx **out, const parley_ctx_options *options,
                                        parley_error *err) PARLEY_MUST_CHECK;
/* Release a context; everything made with it must be gone before. Takes NULL. */
PARLEY_API void parley_ctx_free(parley_ctx *ctx);

PARLEY_API const parley_limits *parley_ctx_limits(const parley_ctx *ctx);
PARLEY_API uint64_t parley_ctx_random_key(const parley_ctx *ctx);
PARLEY_API uint32_t parley_ctx_threads(const parley_ctx *ctx);

/* Ask all work under this context to stop. Safe from any thread and from a signal handler. */
PARLEY_API void parley_ctx_cancel(parley_ctx *ctx);
PARLEY_API bool parley_ctx_cancelled(const parley_ctx *ctx);

PARLEY_API void parley_ctx_log(const parley_ctx *ctx, int level, const char *format, ...)
    PARLEY_PRINTF(3, 4);
PARLEY_API void parley_ctx_progress(const parley_ctx *ctx, const char *what, uint64_t done,
                                    uint64_t total);

/* Memory of the context. Contents of new memory are zero. NULL on failure or for size 0. */
PARLEY_API void *parley_alloc(parley_ctx *ctx, size_t size);
PARLEY_API void *parley_realloc(parley_ctx *ctx, void *p, size_t old_size, size_t new_size);
PARLEY_API void parley_release(parley_ctx *ctx, void *p, size_t size);

/* Bytes in use now and at the most since the context was made. */
PARLEY_API size_t parley_ctx_bytes(const parley_ctx *ctx);
PARLEY_API size_t parley_ctx_bytes_peak(const parley_ctx *ctx);

/* ------------------------------------------------------------------- arena */

/* Memory released all at once: parse trees, per-run scratch. */
typedef struct parley_arena parley_arena;

typedef struct parley_arena_mark {
    void *block;
    size_t used;
} parley_arena_mark;

PARLEY_API parley_arena *parley_arena_new(parley_ctx *ctx); /* NULL on failure */
PARLEY_API void parley_arena_free(parley_arena *arena);
/* Zeroed memory, aligned for any type; NULL on failure. A size of 0 gives a valid pointer. */
PARLEY_API void *parley_arena_alloc(parley_arena *arena, size_t size);
/* n * size with the multiplication checked. */
PARLEY_API void *parley_arena_array(parley_arena *arena, size_t n, size_t size);
/* Grow an array that was made in the arena: the old one stays until the arena goes. */
PARLEY_API void *parley_arena_grow(parley_arena *arena, const void *p, size_t old_size,
                                   size_t new_size);
PARLEY_API char *parley_arena_copy(parley_arena *arena, const char *s, size_t length);
PARLEY_API char *parley_arena_format(parley_arena *arena, const char *format, ...)
    PARLEY_PRINTF(2, 3);
PARLEY_API parley_arena_mark parley_arena_here(parley_arena *arena);
/*
 * Take back everything made since the mark. Blocks are kept for the next round, but for those of
 * one big request: marking and resetting in a loop does not allocate.
 */
PARLEY_API void parley_arena_reset(parley_arena *arena, parley_arena_mark mark);

/* ------------------------------------------------------------- diagnostics */

typedef enum parley_severity { PARLEY_SEVERITY_ERROR, PARLEY_SEVERITY_WARNING } parley_severity;

typedef struct parley_diagnostic {
    parley_severity severity;
    parley_error error;
} parley_diagnostic;

/*
 * A bounded list in file order (by byte offset, then by arrival). Errors and warnings have a bound
 * of their own each (limit `diagnostics`); what comes later in the file is dropped first, and
 * counted.
 */
typedef struct parley_diagnostics parley_diagnostics;

PARLEY_API parley_diagnostics *parley_diagnostics_new(parley_ctx *ctx); /* NULL on failure */
PARLEY_API void parley_diagnostics_free(parley_diagnostics *list);
PARLEY_API void parley_diagnostics_add(parley_diagnostics *list, parley_severity severity,
                                       const parley_error *error);
PARLEY_API size_t parley_diagnostics_size(const parley_diagnostics *list);
PARLEY_API const parley_diagnostic *parley_diagnostics_at(const parley_diagnostics *list, size_t i);
/* How many were reported, kept or not. */
PARLEY_API uint64_t parley_diagnostics_errors(const parley_diagnostics *list);
PARLEY_API uint64_t parley_diagnostics_warnings(const parley_diagnostics *list);
/* The first error in file order, or NULL. */
PARLEY_API const parley_error *parley_diagnostics_first(const parley_diagnostics *list);

/* -------------------------------------------------------------------- text */

/*
 * A growing text with a stated maximum (in bytes; never above the limit text_bytes). A failure
 * sticks: later additions do nothing and parley_text_status tells it once, at the end. Clearing
 * empties the text but does not forget a failure.
 */
typedef struct parley_text parley_text;

PARLEY_API parley_text *parley_text_new(parley_ctx *ctx, size_t maximum); /* NULL on failure */
PARLEY_API void parley_text_free(parley_text *text);
PARLEY_API void parley_text_add(parley_text *text, const char *s, size_t length);
PARLEY_API void parley_text_puts(parley_text *text, const char *s);
PARLEY_API void parley_text_putc(parley_text *text, char c);
PARLEY_API void parley_text_fill(parley_text *text, char c, size_t n);
PARLEY_API void parley_text_printf(parley_text *text, const char *format, ...) PARLEY_PRINTF(2, 3);
PARLEY_API void parley_text_clear(parley_text *text);
/* NUL-terminated; never NULL. Borrowed until the next addition. */
PARLEY_API const char *parley_text_data(const parley_text *text);
PARLEY_API size_t parley_text_size(const parley_text *text);
PARLEY_API parley_status parley_text_status(const parley_text *text, parley_error *err);

/*
 * UTF-8. valid: whole text is well-formed UTF-8 (no surrogates, no overlong forms); *bad gets the
 * offset of the first bad byte. width: terminal columns (wide characters 2, combining marks 0,
 * controls 0). characters: number of code points.
 */
PARLEY_API bool parley_utf8_valid(const char *s, size_t length, size_t *bad);
PARLEY_API size_t parley_utf8_width(const char *s, size_t length);
PARLEY_API size_t parley_utf8_characters(const char *s, size_t length);

/*
 * Append the words of a text for a caseless search: case folded and composed (NFC), every run of
 * anything but letters, marks and digits one blank, one blank before the first and behind the last:
 * " die straße ". A text without words gives one blank. Equal words compare equal byte for byte.
 * NOMEM; SYNTAX (not UTF-8); LIMIT of out.
 */
PARLEY_API parley_status parley_utf8_fold(parley_ctx *ctx, const char *s, size_t length,
                                          parley_text *out, parley_error *err) PARLEY_MUST_CHECK;

/*
 * "Did you mean": the entry of names nearest to word by optimal string alignment distance, or -1 if
 * none is within a third of the word's length (at least 1, at most 3). Ties go to the first.
 */
PARLEY_API int parley_nearest(const char *word, size_t length, const char *const *names, size_t n);

/*
 * Edit distance (insert, delete, change, swap neighbours) of two texts in characters, at most
 * `most` + 1; `most` above 255 is taken as 255.
 */
PARLEY_API size_t parley_distance(const char *a, size_t na, const char *b, size_t nb, size_t most);

/*
 * Forms of a word brought to one stem (Snowball; libstemmer, hidden here). NOTFOUND (no language is
 * called so), NOMEM.
 */
typedef struct parley_stemmer parley_stemmer;
PARLEY_API parley_status parley_stemmer_new(parley_stemmer **out, parley_ctx *ctx,
                                            const char *language,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_stemmer_free(parley_stemmer *stemmer);
/* The stem of a folded word, *stem bytes long, borrowed until the next call. NULL: no memory. */
PARLEY_API const char *parley_stem(parley_stemmer *stemmer, const char *word, size_t length,
                                   size_t *stem);

/* ------------------------------------------------------------- JSON writer */

/* Streaming writer onto a text: deterministic, UTF-8, two-space indent. */
typedef struct parley_json {
    parley_text *text;
    uint32_t depth;
    bool compact;      /* no line ends */
    bool after_key;    /* the next value follows a key */
    uint64_t has_some; /* bit d: container at depth d has a member */
} parley_json;

PARLEY_API void parley_json_begin(parley_json *json, parley_text *text);
PARLEY_API void parley_json_object(parley_json *json);
PARLEY_API void parley_json_object_end(parley_json *json);
PARLEY_API void parley_json_array(parley_json *json);
PARLEY_API void parley_json_array_end(parley_json *json);
PARLEY_API void parley_json_key(parley_json *json, const char *key);
PARLEY_API void parley_json_string(parley_json *json, const char *s); /* NULL writes null */
PARLEY_API void parley_json_text(parley_json *json, const char *s, size_t length);
PARLEY_API void parley_json_int(parley_json *json, int64_t value);
PARLEY_API void parley_json_uint(parley_json *json, uint64_t value);
/* The shortest decimal that reads back as the same number; what is no number is null. */
PARLEY_API void parley_json_double(parley_json *json, double value);
PARLEY_API void parley_json_bool(parley_json *json, bool value);
PARLEY_API void parley_json_null(parley_json *json);
/* End of the document: adds the last line end. */
PARLEY_API void parley_json_finish(parley_json *json);

/* ----------------------------------------------------------- exact numbers */

/* Checked 64-bit arithmetic: true and *out, or false when the result does not fit. */
PARLEY_API bool parley_add_i64(int64_t *out, int64_t a, int64_t b);
PARLEY_API bool parley_sub_i64(int64_t *out, int64_t a, int64_t b);
PARLEY_API bool parley_mul_i64(int64_t *out, int64_t a, int64_t b);

/* Sign of a*b - c*d, exact in 128 bits. */
PARLEY_API int parley_compare_products(int64_t a, int64_t b, int64_t c, int64_t d);

/* A decimal number as typed: mantissa / 10^scale, 0 <= scale <= 18, exact. */
typedef struct parley_decimal {
    int64_t mantissa;
    int32_t scale;
} parley_decimal;

/*
 * Parse `-12.50`; no exponent, no spaces, no leading zeros (other readers take 010 for 8). SYNTAX,
 * RANGE (does not fit 64 bits or 18 places).
 */
PARLEY_API parley_status parley_decimal_parse(parley_decimal *out, const char *s, size_t length,
                                              parley_error *err) PARLEY_MUST_CHECK;
/* Writes without trailing zeros; returns the length as snprintf does. */
PARLEY_API size_t parley_decimal_print(parley_decimal d, char *out, size_t size);
PARLEY_API int parley_decimal_compare(parley_decimal a, parley_decimal b);
/* a + n*b, exact; false when it does not fit. */
PARLEY_API bool parley_decimal_step(parley_decimal *out, parley_decimal a, int64_t n,
                                    parley_decimal b);

/* A natural number of up to 1024 bits, little-endian limbs; used is the number of limbs that count.
 */
#define PARLEY_COUNT_LIMBS 16
typedef struct parley_count {
    uint32_t used;
    uint64_t limb[PARLEY_COUNT_LIMBS];
} parley_count;

PARLEY_API parley_count parley_count_of(uint64_t value);
PARLEY_API bool parley_count_add(parley_count *out, const parley_count *a, const parley_count *b);
PARLEY_API bool parley_count_sub(parley_count *out, const parley_count *a, const parley_count *b);
PARLEY_API bool parley_count_mul(parley_count *out, const parley_count *a, const parley_count *b);
PARLEY_API int parley_count_compare(const parley_count *a, const parley_count *b);
PARLEY_API bool parley_count_is_zero(const parley_count *a);
/* Decimal digits; with separator (',' or 0) between thousands. Needs up to 420 bytes. */
PARLEY_API size_t parley_count_print(const parley_count *a, char separator, char *out, size_t size);

/*
 * Exact rationals on GMP, hidden here. out may be one of the operands. GMP allocates on its own:
 * its memory is not counted by the context, and it ends the program when that allocation fails, so
 * bound the size of the numbers. NOMEM; RANGE when den is zero.
 */
typedef struct parley_rational parley_rational;

PARLEY_API parley_status parley_rational_new(parley_rational **out, parley_ctx *ctx, int64_t num,
                                             int64_t den, parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_rational_free(parley_rational *r);
PARLEY_API void parley_rational_set(parley_rational *out, const parley_rational *a);
PARLEY_API void parley_rational_add(parley_rational *out, const parley_rational *a,
                                    const parley_rational *b);
PARLEY_API void parley_rational_sub(parley_rational *out, const parley_rational *a,
                                    const parley_rational *b);
PARLEY_API void parley_rational_mul(parley_rational *out, const parley_rational *a,
                                    const parley_rational *b);
/* RANGE when b is zero; out is then unchanged. */
PARLEY_API parley_status parley_rational_div(parley_rational *out, const parley_rational *a,
                                             const parley_rational *b,
                                             parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API int parley_rational_compare(const parley_rational *a, const parley_rational *b);
PARLEY_API int parley_rational_sign(const parley_rational *a);
/* `3/4`, or `3` for a whole number. */
PARLEY_API void parley_rational_print(const parley_rational *a, parley_text *out);

/* ------------------------------------------------------------------- dates */

/*
 * A date as people know it: `2025-03-11`, `2025-03`, `2025`, each also with `~` (about), and
 * `before X`, `after X`. first and last bound the days it may mean, as days since 1970-01-01
 * (proleptic Gregorian); INT32_MIN and INT32_MAX where open. `~` does not widen: the typed day
 * (month, year) is what is compared, and `~` is shown.
 */
typedef enum parley_date_form {
    PARLEY_DATE_UNKNOWN, /* not typed */
    PARLEY_DATE_DAY,
    PARLEY_DATE_MONTH,
    PARLEY_DATE_YEAR
} parley_date_form;

typedef enum parley_date_side {
    PARLEY_DATE_ON,
    PARLEY_DATE_BEFORE,
    PARLEY_DATE_AFTER
} parley_date_side;

typedef struct parley_date {
    uint8_t form; /* parley_date_form */
    uint8_t side; /* parley_date_side */
    bool about;   /* typed with ~ */
    int32_t first;
    int32_t last;
    int16_t year;
    int8_t month; /* 0 when not typed */
    int8_t day;   /* 0 when not typed */
} parley_date;

#define PARLEY_DATE_INIT ((parley_date){0, 0, false, INT32_MIN, INT32_MAX, 0, 0, 0})

/* SYNTAX (not a date), RANGE (no such day; years 1 to 9999). */
PARLEY_API parley_status parley_date_parse(parley_date *out, const char *s, size_t length,
                                           parley_error *err) PARLEY_MUST_CHECK;
/* As typed in a case file. */
PARLEY_API size_t parley_date_print(parley_date d, char *out, size_t size);
/*
 * For people: `11 Mar 2025`, `about 11 Mar`, `before 11 Mar`, `March 2025`; year left out on
 * request (a year alone stays). Not typed: `undated`.
 */
PARLEY_API size_t parley_date_words(parley_date d, bool with_year, char *out, size_t size);
/* May it have been by the end of that day? Unknown dates: true. */
PARLEY_API bool parley_date_possibly_by(parley_date d, int32_t day);
/* Day number of a calendar date; 0 <= month - 1 < 12 is the caller's duty. */
PARLEY_API int32_t parley_day_number(int year, int month, int day);
/* The exact date of a day number, for years 1 to 9999; days outside them give the nearest one. */
PARLEY_API parley_date parley_date_of_day(int32_t day);
/* Order for display: by first possible day (open ones by last), then exact before vague. */
PARLEY_API int parley_date_compare(parley_date a, parley_date b);

/* ------------------------------------------------- labels, clocks, records */

/*
 * The set of audiences allowed to see a record. Bits: see parley_audience. Combining records
 * intersects their labels.
 */
#define PARLEY_LABEL_WORDS 4
typedef struct parley_label {
    uint64_t bits[PARLEY_LABEL_WORDS];
} parley_label;

enum {
    PARLEY_AUDIENCE_TEAM = 0,
    PARLEY_AUDIENCE_PRINCIPALS = 1,
    PARLEY_AUDIENCE_ALL = 2,
    PARLEY_AUDIENCE_PUBLIC = 3,
    PARLEY_AUDIENCE_PARTY = 4 /* + index of the party: its private talks */
};

/* Audiences run from 0 to 255; a larger one is never allowed, and allowing it is a programming
 * error. */

PARLEY_API parley_label parley_label_none(void);
PARLEY_API parley_label parley_label_everybody(void);
PARLEY_API void parley_label_allow(parley_label *label, uint32_t audience);
PARLEY_API bool parley_label_allows(const parley_label *label, uint32_t audience);
PARLEY_API parley_label parley_label_meet(parley_label a, parley_label b);

/*
 * How every stored record begins. happened: when it took place; learned: when the team knew;
 * recorded: when it was written into the journal (a case file has none: 0). evidence: ids it leans
 * on.
 */
typedef struct parley_record {
    const char *id;   /* typed, or made for list entries: "responses[2]" */
    parley_span span; /* in the case file */
    parley_date happened;
    parley_date learned;
    int64_t recorded; /* microseconds since 1970-01-01 UTC; 0 = not in a journal */
    parley_label label;
    bool label_typed;        /* label was given, not derived */
    const int32_t *evidence; /* claim indexes, ascending */
    uint32_t evidence_count;
} parley_record;

/* ------------------------------------------------------------------ random */

/*
 * Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405): four 32-bit words
 * that depend on nothing but key and counter. The stream's version is PARLEY_RANDOM_STREAM.
 */
#define PARLEY_RANDOM_STREAM 1
PARLEY_API void parley_philox(const uint32_t key[2], const uint32_t counter[4], uint32_t out[4]);

/* A stream: key from (seed, engine), counter from (scenario, trial, draw). */
typedef struct parley_random {
    uint32_t key[2];
    uint32_t scenario;
    uint32_t trial;
    uint64_t draw;
    uint32_t word[4];
    uint32_t left; /* words not yet given out */
} parley_random;

PARLEY_API parley_random parley_random_stream(uint64_t seed, uint32_t engine, uint32_t scenario,
                                              uint32_t trial);
PARLEY_API uint32_t parley_random_u32(parley_random *r);
PARLEY_API uint64_t parley_random_u64(parley_random *r);
/* Uniform in 0 .. n-1, without bias; n > 0. */
PARLEY_API uint32_t parley_random_below(parley_random *r, uint32_t n);
/* Uniform in [0, 1) with 53 bits. */
PARLEY_API double parley_random_unit(parley_random *r);

/* ----------------------------------------------------------------- threads */

/* One block of work. Blocks are numbered by the problem, never by the workers. */
typedef parley_status (*parley_block_fn)(void *user, uint64_t block, parley_error *err);

/*
 * Run blocks 0 .. n-1 on the context's threads (1: in the caller). Results must go to places of
 * their own block. On a failure or a cancel no new block starts; the error of the lowest failed
 * block that ran is given. The caller works too, so fewer threads than asked for is no failure.
 * CANCELLED (some blocks did not run), BACKEND (no lock to be had), and whatever a block gives.
 */
PARLEY_API parley_status parley_pool_run(parley_ctx *ctx, uint64_t blocks, parley_block_fn run,
                                         void *user, parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
