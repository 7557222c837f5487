/*
 * What every benchmark includes: a clock of the process, and repetition until there is something to
 * measure. A benchmark states its question, prints a table, and writes JSON to the file named as
 * its one argument. Compare ratios within one run; wall times on a shared machine say little.
 */
#ifndef PARLEY_BENCH_H
#define PARLEY_BENCH_H

#include <parley/base.h>

#include <stdio.h>
#include <time.h>

/* Seconds of processor time used so far. */
static inline double bench_now(void)
{
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef void (*bench_fn)(void *user);

/* Seconds one call takes: the least over rounds of at least a tenth of a second, five rounds. */
static inline double bench_time(bench_fn run, void *user)
{
    double best = 0;
    for (int round = 0; round < 5; round++) {
        uint64_t calls = 0;
        double begin = bench_now();
        double passed = 0;
        do {
            run(user);
            calls++;
            passed = bench_now() - begin;
        } while (passed < 0.1);
        double one = passed / (double)calls;
        best = round == 0 || one < best ? one : best;
    }
    return best;
}

/* Write a made case into a file; the exit status. */
static inline int bench_write_file(const char *path, const parley_text *text)
{
    FILE *file = fopen(path, "wb");
    size_t size = parley_text_size(text);
    bool good = file != NULL && fwrite(parley_text_data(text), 1, size, file) == size;
    return (file == NULL || fclose(file) != 0 || !good) ? 4 : 0;
}

#endif
