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
