/*
 * Making text safe for a terminal: what cannot be seen is shown, what could steer is taken apart.
 *
 * The marks that turn the reading direction are those of the Unicode bidirectional algorithm (UAX
 * 9); that they can make a line read differently from what it says is shown by Boucher & Anderson
 * (2021), "Trojan Source". Marks that only help a neighbour (U+200E, U+200F, joiners) stay, because
 * names in Arabic or Hebrew script need them.
 */
#include "report_internal.h"

#include <string.h>

/* More marks than any living script stacks on one letter; what piles up higher runs over other
 * lines. */
#define MARKS_IN_A_ROW 8

#define BAD_SEQUENCE UINT32_MAX

/* A code point of any bytes, or BAD_SEQUENCE; *at moves past it (past the part that was well
 * begun). */
static uint32_t decode(const unsigned char *s, size_t length, size_t *at)
{
    uint32_t c = s[(*at)++];
    uint32_t low = 0x80; /* bounds of the second byte: no overlong forms, no surrogates */
    uint32_t high = 0xbf;
    int more;
    if (c < 0x80) {
        return c;
    }
    if (c >= 0xc2 && c <= 0xdf) {
        more = 1;
        c &= 0x1fu;
    } else if (c >= 0xe0 && c <= 0xef) {
        more = 2;
        low = c == 0xe0 ? 0xa0 : low;
        high = c == 0xed ? 0x9f : high;
        c &= 0x0fu;
    } else if (c >= 0xf0 && c <= 0xf4) {
        more = 3;
        low = c == 0xf0 ? 0x90 : low;
        high = c == 0xf4 ? 0x8f : high;
        c &= 0x07u;
    } else {
        return BAD_SEQUENCE;
    }
    for (; more > 0; more--) {
        if (*at >= length || s[*at] < low || s[*at] > high) {
            return BAD_SEQUENCE;
        }
        c = c << 6 | (s[(*at)++] & 0x3fu);
        low = 0x80;
        high = 0xbf;
    }
    return c;
}

static bool steers_or_hides(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0x206a && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe007f);
}

void parley_safe_add(parley_text *out, const char *s, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)s;
    size_t kept = 0; /* everything before it has been written */
    uint32_t marks = 0;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t c = decode(bytes, length, &at);
        bool mark = c >= 0x300 && c != BAD_SEQUENCE && parley_utf8_width(s + from, at - from) == 0;
        marks = mark ? marks + 1 : 0;
        bool plain = c >= 0x20 && c < 0x7f;
        if (plain || (c >= 0xa0 && c != BAD_SEQUENCE && c != 0x2028 && c != 0x2029 &&
                      !steers_or_hides(c) && marks <= MARKS_IN_A_ROW)) {
            continue;
        }
        parley_text_add(out, s + kept, from - kept);
        kept = at;
        if (c == BAD_SEQUENCE) {
            parley_text_puts(out, "\xef\xbf\xbd");
        } else if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
            if (!(c == '\r' && at < length && s[at] == '\n')) {
                parley_text_putc(out, ' ');
            }
        } else if (c == 0x1b) {
            parley_text_puts(out, "\\e");
        } else if (c < 0x100) {
            parley_text_printf(out, "\\x%02x", (unsigned)c);
        } else {
            parley_text_printf(out, "\\u%04x", (unsigned)c);
        }
    }
    parley_text_add(out, s + kept, length - kept);
}

uint32_t report_code_point(const char *s, size_t length, size_t *bytes)
{
    *bytes = 0;
    return decode((const unsigned char *)s, length, bytes);
}

bool report_right_to_left(const char *s, size_t length)
{
    for (size_t at = 0; at < length;) {
        if ((unsigned char)s[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t c = decode((const unsigned char *)s, length, &at);
        if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
            (c >= 0xfe70 && c <= 0xfefe) || (c >= 0x10800 && c <= 0x10fff) ||
            (c >= 0x1e800 && c <= 0x1efff)) {
            return true;
        }
    }
    return false;
}
