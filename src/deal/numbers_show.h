/*
 * Inside the room "deal": a package of a model as the public interface shows it (numbers_show.c).
 */
#ifndef PARLEY_DEAL_NUMBERS_SHOW_H
#define PARLEY_DEAL_NUMBERS_SHOW_H

#include "deal/numbers_split.h"

/* Room for one package: what `at` points to. */
typedef struct nm_shown {
    const nm_case *c;
    parley_numbers_package at;
    int64_t *value;
    double **share;
    const char ***exact_share;
    char **share_text; /* NM_LONG bytes a recipient, for splits without a step of their own */
    double *worth;
    const char **exact;
    char *text; /* NM_LONG bytes a party */
    nm_num *u;
    nm_num *scratch;
    uint32_t *package;
} nm_shown;

#define NM_TEXT 100 /* a fraction of 128 bits */
#define NM_LONG 720 /* one of a thousand */

nm_shown *nm_shown_new(parley_arena *arena, const nm_case *c); /* NULL: no memory */
/* package: by variable. */
void nm_shown_package(nm_shown *shown, const uint32_t *package);
/* A place on a chain, its worth with that of a package of everything else. */
void nm_shown_place(nm_shown *shown, const nm_chain *chain, const nm_place *place,
                    const uint32_t *package);
/* What a package is worth to a party before the cap. */
double nm_shown_uncapped(nm_shown *shown, uint32_t party, const parley_numbers_package *package);
/* A ratio as text of NM_LONG bytes. */
void nm_print_ratio(const nm_ratio *r, char *out);
/* num / den as a decimal where it is one, else as a fraction; NM_TEXT bytes are enough. */
void nm_print(nm_num num, nm_num den, char *out);

#endif
