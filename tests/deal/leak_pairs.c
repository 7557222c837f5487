/*
 * Writes pairs of cases that differ only in what an audience may not see: KEY-without.yaml and
 * KEY-with.yaml in a folder, and "KEY AUDIENCE" on stdout, for keys FIRST to LAST.
 *
 *     leak_pairs FOLDER FIRST LAST
 */
#include "leak_pair.h"

static void put(const char *folder, uint64_t key, const char *which, const char *text)
{
    char path[4096];
    int n = snprintf(path, sizeof(path), "%s/%llu-%s.yaml", folder, (unsigned long long)key, which);
    assert_true(n > 0 && (size_t)n < sizeof(path));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        return 2;
    }
    for (uint64_t key = strtoull(argv[2], NULL, 10); key <= strtoull(argv[3], NULL, 10); key++) {
        leak_pair pair;
        leak_pair_make(&pair, key);
        put(argv[1], key, "without", pair.without);
        put(argv[1], key, "with", pair.with);
        printf("%llu %s\n", (unsigned long long)key, pair.audience);
        leak_pair_free(&pair);
    }
    return 0;
}
