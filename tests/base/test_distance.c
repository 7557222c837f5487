/* "Did you mean", against the whole table computed naively. */
#include "support/check.h"

#include <string.h>

#define MOST 40

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, whole table; texts of ASCII letters or arrays of symbols. */
static size_t naive(const int *a, size_t na, const int *b, size_t nb)
{
    static size_t d[MOST + 1][MOST + 1];
    for (size_t i = 0; i <= na; i++) {
        for (size_t j = 0; j <= nb; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = least(d[i - 1][j - 1] + (size_t)(a[i - 1] != b[j - 1]),
                            least(d[i - 1][j], d[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[na][nb];
}

/* Symbols of one, two, three and four bytes that share bytes. */
static const char *const symbols[] = {
    "a", "b", "\xC3\xA9", "\xC3\xA8", "\xE5\x8D\x97", "\xF0\x9F\x98\x80"};

static size_t spell(const int *a, size_t n, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < n; i++) {
        size_t m = strlen(symbols[a[i]]);
        memcpy(out + length, symbols[a[i]], m);
        length += m;
    }
    return length;
}

static void compare_with_naive(const int *a, size_t na, const int *b, size_t nb, size_t most)
{
    char sa[4 * MOST];
    char sb[4 * MOST];
    size_t la = spell(a, na, sa);
    size_t lb = spell(b, nb, sb);
    size_t wanted = least(naive(a, na, b, nb), most == SIZE_MAX ? most : most + 1);
    size_t got = parley_distance(sa, la, sb, lb, most);
    if (got != wanted) {
        fail_msg("'%.*s' to '%.*s' within %zu: %zu, not %zu", (int)la, sa, (int)lb, sb, most, got,
                 wanted);
    }
}

static void distance_is_right_for_all_short_pairs_and_bounds(void **state)
{
    (void)state;
    const size_t longest = 5;
    for (size_t na = 0; na <= longest; na++) {
        for (size_t nb = 0; nb <= longest; nb++) {
            for (unsigned x = 0; x < 1u << na; x++) {
                for (unsigned y = 0; y < 1u << nb; y++) {
                    int a[5];
                    int b[5];
                    for (size_t i = 0; i < longest; i++) {
                        a[i] = (int)(x >> i & 1);
                        b[i] = (int)(y >> i & 1);
                    }
                    for (size_t most = 0; most <= longest + 1; most++) {
                        compare_with_naive(a, na, b, nb, most);
                    }
                }
            }
        }
    }
}

static void distance_is_right_for_random_texts_of_many_alphabets(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 20000; trial++) {
        parley_random r = parley_random_stream(3, 0, 0, trial);
        int a[MOST];
        int b[MOST];
        size_t na = parley_random_below(&r, MOST + 1);
        uint32_t kinds = 2 + parley_random_below(&r, 5);
        for (size_t i = 0; i < na; i++) {
            a[i] = (int)parley_random_below(&r, kinds);
        }
        /* b is a with a few edits, or something else altogether. */
        size_t nb = na;
        memcpy(b, a, sizeof a);
        uint32_t edits = parley_random_below(&r, 8);
        for (uint32_t e = 0; e < edits; e++) {
            size_t at = parley_random_below(&r, (uint32_t)nb + 1);
            uint32_t kind = parley_random_below(&r, 4);
            if (kind == 0 && nb < MOST) {
                memmove(b + at + 1, b + at, (nb - at) * sizeof *b);
                b[at] = (int)parley_random_below(&r, kinds);
                nb++;
            } else if (kind == 1 && at < nb) {
                memmove(b + at, b + at + 1, (nb - at - 1) * sizeof *b);
                nb--;
            } else if (kind == 2 && at < nb) {
                b[at] = (int)parley_random_below(&r, kinds);
            } else if (kind == 3 && at + 1 < nb) {
                int swap = b[at];
                b[at] = b[at + 1];
                b[at + 1] = swap;
            }
        }
        if (parley_random_below(&r, 10) == 0) {
            for (size_t i = 0; i < nb; i++) {
                b[i] = (int)parley_random_below(&r, kinds);
            }
        }
        compare_with_naive(a, na, b, nb, parley_random_below(&r, 10));
        compare_with_naive(a, na, b, nb, SIZE_MAX);
    }
}

static void long_texts_are_compared_within_the_bound(void **state)
{
    (void)state;
    static char a[20000];
    static char b[20000];
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    b[0] = 'y';
    b[9999] = 'y';
    b[19999] = 'y';
    assert_int_equal(parley_distance(a, sizeof a, b, sizeof b, 5), 3);
    assert_int_equal(parley_distance(a, sizeof a, b, sizeof b, 2), 3);
    assert_int_equal(parley_distance(a, sizeof a, b, sizeof b, 1), 2);
    assert_int_equal(parley_distance(a, sizeof a, b, sizeof b, SIZE_MAX), 3);
    memset(b, 'z', sizeof b);
    assert_int_equal(parley_distance(a, sizeof a, b, sizeof b, SIZE_MAX), 256);
    assert_int_equal(parley_distance(a, sizeof a, b, 10, 3), 4);
}

static void the_nearest_name_is_proposed(void **state)
{
    (void)state;
    static const char *const names[] = {"accept", "accept-if", "counter",
                                        "defer",  "reject",    "silent"};
    static const struct {
        const char *word;
        int wanted;
    } rows[] = {
        {"acept", 0},      {"accetp", 0}, {"accept", 0}, {"acceptif", 1},
        {"countre", 2},    {"differ", 3}, {"rejct", 4},  {"slient", 5},
        {"propose", -1},   {"", -1},      {"x", -1},     {"yes", -1},
        {"accept-iff", 1}, {"deferr", 3}, {"defers", 3}, {"rejected", 4},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        int got = parley_nearest(rows[i].word, strlen(rows[i].word), names, CHECK_COUNT(names));
        if (got != rows[i].wanted) {
            fail_msg("'%s': %d, not %d", rows[i].word, got, rows[i].wanted);
        }
    }
}

static void ties_go_to_the_first_name(void **state)
{
    (void)state;
    static const char *const names[] = {"bat", "cat", "hat"};
    assert_int_equal(parley_nearest("rat", 3, names, 3), 0);
    assert_int_equal(parley_nearest("hat", 3, names, 3), 2);
    assert_int_equal(parley_nearest("hat", 3, names, 0), -1);
}

static void one_change_is_always_allowed_and_more_than_three_never(void **state)
{
    (void)state;
    static const char *const one[] = {"b"};
    assert_int_equal(parley_nearest("a", 1, one, 1), 0);
    static const char *const two[] = {"abcd"};
    assert_int_equal(parley_nearest("abxx", 4, two, 1), -1);
    static const char *const three[] = {"abcdefghijklmnopqrstuvwxyz"};
    assert_int_equal(parley_nearest("abcdefghijklmnopqrstuvw", 23, three, 1), 0);
    assert_int_equal(parley_nearest("abcdefghijklmnopqrstuv", 22, three, 1), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_is_right_for_all_short_pairs_and_bounds),
        cmocka_unit_test(distance_is_right_for_random_texts_of_many_alphabets),
        cmocka_unit_test(long_texts_are_compared_within_the_bound),
        cmocka_unit_test(the_nearest_name_is_proposed),
        cmocka_unit_test(ties_go_to_the_first_name),
        cmocka_unit_test(one_change_is_always_allowed_and_more_than_three_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
