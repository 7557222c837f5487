/*
 * A line on stderr that says what is being worked on and how far it is. It appears only when the
 * work has taken half a second, is drawn ten times a second at most, and goes away at the end.
 */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>

#define QUIET_MS 500
#define EVERY_MS 100
#define BAR 24

static int64_t now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void cli_progress_begin(cli_progress *progress, bool on)
{
    *progress = (cli_progress){.on = on, .begun = on ? now_ms() : 0};
}

void cli_progress_draw(void *user, const char *what, uint64_t done, uint64_t total)
{
    cli_progress *p = user;
    if (!p->on) {
        return;
    }
    int64_t now = now_ms();
    if (now - p->begun < QUIET_MS || now - p->last < EVERY_MS) {
        return;
    }
    p->last = now;
    p->shown = true;
    if (total > 0) {
        double part = done < total ? (double)done / (double)total : 1.0;
        int full = (int)(part * BAR);
        char bar[BAR + 1];
        for (int i = 0; i < BAR; i++) {
            bar[i] = i < full ? '#' : '.';
        }
        bar[BAR] = '\0';
        fprintf(stderr, "\r%-32.32s [%s] %3d%%\x1b[K", what, bar, (int)(part * 100));
    } else {
        fprintf(stderr, "\r%-32.32s %llu\x1b[K", what, (unsigned long long)done);
    }
    fflush(stderr);
}

void cli_progress_end(cli_progress *progress)
{
    if (progress->shown) {
        fputs("\r\x1b[K", stderr);
        fflush(stderr);
        progress->shown = false;
    }
}
