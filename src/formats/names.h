/*
 * Inside the room "formats": tables of names, and ids made from names.
 */
#ifndef PARLEY_FORMATS_NAMES_H
#define PARLEY_FORMATS_NAMES_H

#include <parley/base.h>

/* Names with numbers, open addressing. Names are borrowed. */
typedef struct fmt_map {
    parley_arena *arena;
    const char **names;
    uint32_t *values;
    uint32_t size; /* a power of two, or 0 */
    uint32_t count;
} fmt_map;

/* Index of a name, or -1. */
int64_t fmt_map_find(const fmt_map *map, const char *name);
/* Add a name that is not there yet; false: no memory. */
bool fmt_map_add(fmt_map *map, const char *name, uint32_t value);

/* What an id may not be. */
typedef enum fmt_id_kind { FMT_ID_PARTY, FMT_ID_ISSUE, FMT_ID_OPTION, FMT_ID_SOURCE } fmt_id_kind;

#define FMT_ID_MAX 56
/*
 * An id from a name: letters (accents fall off), digits, `-` and `_`, at most 40 of them, beginning
 * with a letter, and no word that formulas, audiences or other readers of YAML take for something
 * else. "$100 Billion" gives o-100-Billion. A name that is such an id already is its own id.
 */
void fmt_id_from(char out[FMT_ID_MAX], fmt_id_kind kind, const char *name, uint32_t place);
/* Would this name, alone, get this id? */
bool fmt_id_is_own(fmt_id_kind kind, const char *name, const char *id);
/* The same, made different from all in `taken` by a number behind it, and added there. NULL: no
 * memory. */
const char *fmt_id_take(fmt_map *taken, fmt_id_kind kind, const char *name, uint32_t place);

#endif
