/*
 * "Did you mean": optimal string alignment distance (Damerau-Levenshtein with each place changed at
 * most once), in characters, inside a band.
 *
 * Only cells within `most` of the diagonal can be at most `most`, so a row needs 2 * most + 1 cells
 * (Ukkonen 1985, doi:10.1016/S0019-9958(85)80046-2); three rows are kept for the swaps. Fixed
 * memory: a bound above DISTANCE_MOST is taken as DISTANCE_MOST.
 */
#include "base_internal.h"

#include <string.h>

#define DISTANCE_MOST ((size_t)255)
#define ROW ((size_t)512)  /* >= 2 * DISTANCE_MOST + 2 */
#define RING ((size_t)512) /* characters of b, a power of two, >= 2 * DISTANCE_MOST + 2 */

/* Cells of row i stand at index j - i + most; what is outside the band counts as too far. */
typedef struct band {
    uint16_t row[3][ROW];
    uint32_t ring[RING];
} band;

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t parley_distance(const char *a, size_t na, const char *b, size_t nb, size_t most)
{
    /* What both begin with costs nothing; bytes that are equal are whole equal characters but for
     * the last one, so step back to where a character begins. */
    size_t same = 0;
    while (same < na && same < nb && a[same] == b[same]) {
        same++;
    }
    while (same > 0 && ((same < na && ((unsigned char)a[same] & 0xC0) == 0x80) ||
                        (same < nb && ((unsigned char)b[same] & 0xC0) == 0x80))) {
        same--;
    }
    a += same;
    na -= same;
    b += same;
    nb -= same;

    most = least(most, DISTANCE_MOST);
    size_t ca = parley_utf8_characters(a, na);
    size_t cb = parley_utf8_characters(b, nb);
    most = least(most, ca > cb ? ca : cb);
    if ((ca > cb ? ca - cb : cb - ca) > most) {
        return most + 1;
    }

    band w;
    memset(&w, 0, sizeof w);
    const uint16_t far = (uint16_t)(most + 1);
    size_t a_at = 0;
    size_t b_at = 0;
    size_t b_read = 0;
    uint32_t a_last = 0;
    for (size_t i = 0; i <= ca; i++) {
        uint16_t *now = w.row[i % 3];
        const uint16_t *one = w.row[(i + 2) % 3];
        const uint16_t *two = w.row[(i + 1) % 3];
        uint32_t c = i > 0 ? base_utf8_next(a, na, &a_at) : 0;
        while (b_read < cb && b_read < i + most) {
            w.ring[b_read++ % RING] = base_utf8_next(b, nb, &b_at);
        }
        size_t low = far;
        for (size_t k = 0; k <= 2 * most; k++) {
            if (i + k < most || i + k - most > cb) {
                now[k] = far;
                continue;
            }
            size_t j = i + k - most;
            size_t best = far;
            if (i == 0 || j == 0) {
                best = least(best, i + j);
            } else {
                uint32_t d = w.ring[(j - 1) % RING];
                best = least(best, one[k] + (size_t)(c != d));
                if (k < 2 * most) {
                    best = least(best, one[k + 1] + (size_t)1);
                }
                if (k > 0) {
                    best = least(best, now[k - 1] + (size_t)1);
                }
                if (i > 1 && j > 1 && c == w.ring[(j - 2) % RING] && a_last == d) {
                    best = least(best, two[k] + (size_t)1);
                }
            }
            now[k] = (uint16_t)best;
            low = least(low, best);
        }
        /* A row too far stays too far, swaps included: one that begins at cost x in the row before
         * makes this row hold x + 1 by a plain change. */
        if (low > most) {
            return most + 1;
        }
        a_last = c;
    }
    return w.row[ca % 3][cb + most - ca];
}

int parley_nearest(const char *word, size_t length, const char *const *names, size_t n)
{
    size_t allowed = parley_utf8_characters(word, length) / 3;
    allowed = allowed < 1 ? 1 : least(allowed, 3);
    int best = -1;
    for (size_t i = 0; i < n && i <= INT32_MAX; i++) {
        size_t d = parley_distance(word, length, names[i], strlen(names[i]), allowed);
        if (d <= allowed) {
            best = (int)i;
            if (d == 0) {
                break;
            }
            allowed = d - 1;
        }
    }
    return best;
}
