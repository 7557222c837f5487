/*
 * Tables of names, and ids made from names.
 */
#include "formats/names.h"

#include <stdio.h>
#include <string.h>

/* ---- tables ---- */

static uint32_t slot_of(const fmt_map *map, const char *name)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
    for (const char *s = name; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
    uint32_t slot = (uint32_t)((h >> 32) ^ h) & (map->size - 1);
    while (map->names[slot] != NULL && strcmp(map->names[slot], name) != 0)
        slot = (slot + 1) & (map->size - 1);
    return slot;
}

int64_t fmt_map_find(const fmt_map *map, const char *name)
{
    if (map->size == 0)
        return -1;
    uint32_t slot = slot_of(map, name);
    return map->names[slot] != NULL ? (int64_t)map->values[slot] : -1;
}

static bool grow(fmt_map *map)
{
    fmt_map more = {.arena = map->arena, .size = map->size > 0 ? map->size * 2 : 16};
    more.names = parley_arena_array(map->arena, more.size, sizeof(*more.names));
    more.values = parley_arena_array(map->arena, more.size, sizeof(*more.values));
    if (more.names == NULL || more.values == NULL)
        return false;
    for (uint32_t i = 0; i < map->size; i++) {
        if (map->names[i] != NULL) {
            uint32_t slot = slot_of(&more, map->names[i]);
            more.names[slot] = map->names[i];
            more.values[slot] = map->values[i];
        }
    }
    more.count = map->count;
    *map = more;
    return true;
}

bool fmt_map_add(fmt_map *map, const char *name, uint32_t value)
{
    if ((uint64_t)map->count * 2 >= map->size && !grow(map))
        return false;
    uint32_t slot = slot_of(map, name);
    map->count += map->names[slot] == NULL ? 1 : 0;
    map->names[slot] = name;
    map->values[slot] = value;
    return true;
}

/* ---- ids ---- */

/* U+00C0 .. U+017F without their accents; a blank where there is no one letter for it. */
static const char plain_letters[] = "AAAAAAACEEEEIIIIDNOOOOO OUUUUY s"
                                    "aaaaaaaceeeeiiiidnooooo ouuuuy y"
                                    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
                                    "GgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                                    "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSs"
                                    "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static const char *const words[] = {
    "yes", "no",     "on",    "off",     "y",       "n",          "true",    "false",   "null",
    "and", "or",     "not",   "in",      "if",      "iff",        "implies", "accepts", "team",
    "all", "public", "press", "unknown", "parties", "principals", "nobody",  "none",
};

static bool is_word(const char *id)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *w = words[i];
        const char *s = id;
        while (*w != '\0' && (*s | 0x20) == *w) {
            w++;
            s++;
        }
        if (*w == '\0' && *s == '\0')
            return true;
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The letter or digit that stands for the character at *s, or 0; moves on. */
static char plain(const char **s)
{
    unsigned char c = (unsigned char)**s;
    if (c < 0x80) {
        ++*s;
        return is_letter((char)c) || (c >= '0' && c <= '9') || c == '_' ? (char)c : 0;
    }
    uint32_t code = 0;
    if (c >= 0xC3 && c <= 0xC5 && (*s)[1] != '\0')
        code = ((uint32_t)(c & 0x1F) << 6) | ((unsigned char)(*s)[1] & 0x3F);
    ++*s;
    while (((unsigned char)**s & 0xC0) == 0x80)
        ++*s;
    if (code < 0xC0 || code - 0xC0 >= sizeof plain_letters - 1)
        return 0;
    char letter = plain_letters[code - 0xC0];
    return letter != ' ' ? letter : 0;
}

void fmt_id_from(char out[FMT_ID_MAX], fmt_id_kind kind, const char *name, uint32_t place)
{
    static const char *const before[] = {"p-", "i-", "o-", "s-"};
    static const char *const nameless[] = {"party", "issue", "option", "source"};
    char id[48] = "";
    size_t n = 0;
    bool gap = false;
    for (const char *s = name; *s != '\0' && n < 40;) {
        bool hyphen = *s == '-';
        char c = plain(&s);
        if (c == 0) {
            gap = true;
            if (hyphen && n > 0 && id[n - 1] != '-' && *s != '\0') {
                id[n++] = '-';
                gap = false;
            }
            continue;
        }
        if (gap && n > 0 && id[n - 1] != '-' && n < 39)
            id[n++] = '-';
        gap = false;
        id[n++] = c;
    }
    if (n == 40 && name[n] != '\0') { /* end with a word, if a word ends early enough */
        size_t word = n;
        while (word > 20 && id[word] != '-')
            word--;
        n = word > 20 ? word : n;
    }
    while (n > 0 && id[n - 1] == '-')
        n--;
    id[n] = '\0';
    bool letters = false;
    for (size_t i = 0; i < n; i++)
        letters = letters || id[i] != '_';
    if (!letters)
        snprintf(out, FMT_ID_MAX, "%s-%u", nameless[kind], (unsigned)place);
    else if (!is_letter(id[0]) || is_word(id))
        snprintf(out, FMT_ID_MAX, "%s%s", before[kind], id);
    else
        snprintf(out, FMT_ID_MAX, "%s", id);
}

/* Is the name an id as it stands? Then it may be longer than those that are made. */
static bool is_id(const char *name)
{
    size_t n = 0;
    for (; name[n] != '\0'; n++)
        if (!is_letter(name[n]) && (n == 0 || strchr("0123456789-_", name[n]) == NULL))
            return false;
    return n > 0 && n <= 120 && !is_word(name);
}

bool fmt_id_is_own(fmt_id_kind kind, const char *name, const char *id)
{
    char made[FMT_ID_MAX];
    if (is_id(name))
        return strcmp(name, id) == 0;
    fmt_id_from(made, kind, name, 0);
    return strcmp(made, id) == 0;
}

const char *fmt_id_take(fmt_map *taken, fmt_id_kind kind, const char *name, uint32_t place)
{
    char id[128];
    char short_id[FMT_ID_MAX];
    fmt_id_from(short_id, kind, name, place);
    snprintf(id, sizeof id, "%s", is_id(name) ? name : short_id);
    const char *made = parley_arena_copy(taken->arena, id, strlen(id));
    uint32_t next = 2;
    int64_t first = made != NULL ? fmt_map_find(taken, made) : -1;
    if (first >=
        0) /* remembers the number to try, so that a thousand equal names take no million */
        next = (uint32_t)first > 2 ? (uint32_t)first : 2;
    const char *base = made;
    while (made != NULL && fmt_map_find(taken, made) >= 0)
        made = parley_arena_format(taken->arena, "%s-%u", id, (unsigned)next++);
    if (made == NULL || !fmt_map_add(taken, made, 2))
        return NULL;
    if (first >= 0 && !fmt_map_add(taken, base, next))
        return NULL;
    return made;
}
