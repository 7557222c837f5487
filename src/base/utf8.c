/*
 * UTF-8: validity, number of code points, width on a terminal.
 *
 * Well-formed sequences are those of table 3-7 of the Unicode standard. Widths are those of
 * utf8proc, which appears only here. An ill-formed sequence counts as one character of width 1, as
 * it is shown by U+FFFD. Left out: grapheme clusters (an emoji joined from several is wider here
 * than on some terminals).
 */
#include "base_internal.h"

#include <utf8proc.h>

uint32_t base_utf8_next(const char *s, size_t length, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t i = *at;
    uint32_t lead = p[i++];
    uint32_t low = 0x80; /* bounds of the second byte */
    uint32_t high = 0xBF;
    uint32_t c;
    int more;
    if (lead < 0x80) {
        *at = i;
        return lead;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        more = 1;
        c = lead & 0x1Fu;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        more = 2;
        c = lead & 0x0Fu;
        if (lead == 0xE0) {
            low = 0xA0;
        } else if (lead == 0xED) {
            high = 0x9F;
        }
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        more = 3;
        c = lead & 0x07u;
        if (lead == 0xF0) {
            low = 0x90;
        } else if (lead == 0xF4) {
            high = 0x8F;
        }
    } else {
        *at = i;
        return BASE_UTF8_BAD;
    }
    for (; more > 0; more--) {
        if (i >= length || p[i] < low || p[i] > high) {
            *at = i;
            return BASE_UTF8_BAD;
        }
        c = c << 6 | (p[i++] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *at = i;
    return c;
}

bool parley_utf8_valid(const char *s, size_t length, size_t *bad)
{
    for (size_t at = 0; at < length;) {
        size_t from = at;
        if (base_utf8_next(s, length, &at) == BASE_UTF8_BAD) {
            if (bad != NULL) {
                *bad = from;
            }
            return false;
        }
    }
    return true;
}

size_t parley_utf8_width(const char *s, size_t length)
{
    size_t width = 0;
    for (size_t at = 0; at < length;) {
        uint32_t c = base_utf8_next(s, length, &at);
        if (c == BASE_UTF8_BAD || (c >= 0x20 && c < 0x7f)) {
            width++;
        } else {
            int w = utf8proc_charwidth((utf8proc_int32_t)c);
            width += w > 0 ? (size_t)w : 0;
        }
    }
    return width;
}

size_t parley_utf8_characters(const char *s, size_t length)
{
    size_t n = 0;
    for (size_t at = 0; at < length; n++) {
        base_utf8_next(s, length, &at);
    }
    return n;
}

static bool in_word(utf8proc_int32_t c)
{
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

parley_status parley_utf8_fold(parley_ctx *ctx, const char *s, size_t length, parley_text *out,
                               parley_error *err)
{
    const int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s;
    utf8proc_int32_t *code = NULL;
    utf8proc_ssize_t n = 0;
    size_t room = 0;
    bool blank = true;
    if (length > PTRDIFF_MAX / 32) {
        return parley_fail(err, PARLEY_LIMIT, "the text is too long to fold");
    }
    if (length > 0) {
        n = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, NULL, 0,
                               (utf8proc_option_t)options);
    }
    if (n < 0) {
        return parley_fail(err, PARLEY_SYNTAX, "the text is not UTF-8");
    }
    if (n > 0) {
        room = (size_t)n * sizeof *code;
        code = parley_alloc(ctx, room);
        if (code == NULL) {
            return parley_fail(err, PARLEY_NOMEM, "no memory to fold a text");
        }
        n = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, code, n,
                               (utf8proc_option_t)options);
        n = utf8proc_normalize_utf32(code, n, (utf8proc_option_t)options);
    }
    parley_text_putc(out, ' ');
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (in_word(code[i])) {
            utf8proc_uint8_t coded[4];
            utf8proc_ssize_t size = utf8proc_encode_char(code[i], coded);
            parley_text_add(out, (const char *)coded, (size_t)size);
            blank = false;
        } else if (!blank) {
            parley_text_putc(out, ' ');
            blank = true;
        }
    }
    if (!blank) {
        parley_text_putc(out, ' ');
    }
    parley_release(ctx, code, room);
    return parley_text_status(out, err);
}
