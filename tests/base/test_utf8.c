/* UTF-8, against a naive oracle (a text is valid when it splits into encodings of code points) and
 * the well-known bad sequences. */
#include "support/check.h"

#include <string.h>

/* The encoding of a code point that is no surrogate, by the definition. Length 1 to 4. */
static size_t encode(uint32_t c, unsigned char out[4])
{
    if (c < 0x80) {
        out[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (unsigned char)(0xC0 | c >> 6);
        out[1] = (unsigned char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (unsigned char)(0xE0 | c >> 12);
        out[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (unsigned char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (unsigned char)(0xF0 | c >> 18);
    out[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (unsigned char)(0x80 | (c & 0x3F));
    return 4;
}

static bool scalar(uint32_t c)
{
    return c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
}

/* Do the first n bytes encode one code point? Decoded loosely, then encoded again and compared. */
static bool encodes(const unsigned char *p, size_t n)
{
    static const unsigned char mask[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t c = p[0] & mask[n];
    for (size_t i = 1; i < n; i++) {
        c = c << 6 | (p[i] & 0x3Fu);
    }
    unsigned char again[4];
    return scalar(c) && encode(c, again) == n && memcmp(again, p, n) == 0;
}

/* Greedy is enough: no encoding is the beginning of another. */
static bool naive_valid(const unsigned char *p, size_t length, size_t *bad, size_t *characters)
{
    size_t at = 0;
    *characters = 0;
    while (at < length) {
        size_t n = 1;
        while (n <= 4 && (at + n > length || !encodes(p + at, n))) {
            n++;
        }
        if (n > 4) {
            *bad = at;
            return false;
        }
        at += n;
        (*characters)++;
    }
    return true;
}

static void every_code_point_is_valid_and_is_one_character(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        unsigned char s[4];
        size_t n = encode(c, s);
        if (parley_utf8_valid((const char *)s, n, NULL) != scalar(c)) {
            fail_msg("code point %x", (unsigned)c);
        }
        if (scalar(c) && parley_utf8_characters((const char *)s, n) != 1) {
            fail_msg("code point %x is not one character", (unsigned)c);
        }
    }
}

static void validity_agrees_with_the_naive_oracle_on_all_short_texts(void **state)
{
    (void)state;
    static const unsigned char bytes[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                                          0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    const size_t m = sizeof bytes;
    size_t total = m * m * m * m;
    for (size_t code = 0; code < total; code++) {
        unsigned char s[4];
        size_t rest = code;
        for (int i = 0; i < 4; i++) {
            s[i] = bytes[rest % m];
            rest /= m;
        }
        for (size_t n = code < m ? 1 : 4; n <= 4; n++) {
            size_t bad = 99;
            size_t naive_bad = 99;
            size_t characters = 0;
            bool valid = parley_utf8_valid((const char *)s, n, &bad);
            if (valid != naive_valid(s, n, &naive_bad, &characters) || bad != naive_bad ||
                (valid && parley_utf8_characters((const char *)s, n) != characters)) {
                fail_msg("bytes %02x %02x %02x %02x, length %zu", s[0], s[1], s[2], s[3], n);
            }
        }
    }
}

static void the_well_known_bad_sequences_are_found_where_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
        size_t characters; /* with one for each maximal subpart */
    } rows[] = {
        {"ok\x80", 2, 3},                          /* continuation alone */
        {"\xC0\x80", 0, 2},                        /* overlong NUL */
        {"\xC1\xBF", 0, 2},                        /* overlong 7F */
        {"a\xE0\x80\xAF", 1, 4},                   /* overlong slash */
        {"\xE0\x9F\xBF", 0, 3},                    /* overlong 7FF */
        {"\xF0\x8F\xBF\xBF", 0, 4},                /* overlong FFFF */
        {"\xED\xA0\x80", 0, 3},                    /* high surrogate */
        {"\xED\xBF\xBF", 0, 3},                    /* low surrogate */
        {"\xED\xA0\xBD\xED\xB8\x80", 0, 6},        /* surrogate pair */
        {"\xF4\x90\x80\x80", 0, 4},                /* above 10FFFF */
        {"\xF5\x80\x80\x80", 0, 4},                /* lead of nothing */
        {"\xF8\x88\x80\x80\x80", 0, 5},            /* five bytes */
        {"\xFE", 0, 1},                            /* never used */
        {"\xFF", 0, 1},                            /* never used */
        {"x\xC3", 1, 2},                           /* ends early */
        {"x\xE2\x82", 1, 2},                       /* ends early */
        {"x\xF0\x9F\x98", 1, 2},                   /* ends early */
        {"\xE2\x82\x41", 0, 2},                    /* cut by a letter */
        {"\xC3\xA9\xC3", 2, 2},                    /* one good, one cut */
        {"\xF1\x80\x80\xE1\x80\xC2\x62\x80", 0, 5} /* table 3-8 of the Unicode standard */
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        size_t bad = 99;
        size_t n = strlen(rows[i].text);
        assert_false(parley_utf8_valid(rows[i].text, n, &bad));
        assert_int_equal(bad, rows[i].bad);
        assert_int_equal(parley_utf8_characters(rows[i].text, n), rows[i].characters);
    }
}

static void the_empty_text_is_valid(void **state)
{
    (void)state;
    assert_true(parley_utf8_valid("", 0, NULL));
    assert_int_equal(parley_utf8_characters("", 0), 0);
    assert_int_equal(parley_utf8_width("", 0), 0);
}

static void width_counts_terminal_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
    } rows[] = {
        {"plain", 5},
        {"\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD", 5}, /* Cyrillic */
        {"caf\xC3\xA9", 4},
        {"cafe\xCC\x81", 4},             /* combining acute */
        {"\xE5\x8D\x97\xE5\x8C\x97", 4}, /* two wide characters */
        {"\xF0\x9F\x98\x80", 2},         /* emoji */
        {"a\tb\n", 2},                   /* controls */
        {"\xE2\x80\x8B", 0},             /* zero width space */
        {"\xE2\x96\x88\xC2\xB7", 2},     /* block, middle dot */
        {"a\xFF", 2},                    /* shown as U+FFFD */
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        if (parley_utf8_width(rows[i].text, strlen(rows[i].text)) != rows[i].width) {
            fail_msg("row %zu: width %zu", i,
                     parley_utf8_width(rows[i].text, strlen(rows[i].text)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_is_valid_and_is_one_character),
        cmocka_unit_test(validity_agrees_with_the_naive_oracle_on_all_short_texts),
        cmocka_unit_test(the_well_known_bad_sequences_are_found_where_they_are),
        cmocka_unit_test(the_empty_text_is_valid),
        cmocka_unit_test(width_counts_terminal_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
