/*
 * An export as a few lines of text, and back. The words of a journal's entry are these lines; a
 * file beside a case has a head before them and a hash behind them (export_file.c).
 *
 *     verb brief
 *     form html
 *     audience ru
 *     recipient Ms. A. Name
 *     bytes 5120
 *     hash 5f1d...
 *     records 41
 *     withheld claims c3 c7 "an id"
 *     withheld responses 2
 *     member mandate
 *
 * A word, a blank, and the rest of the line. Ids that hold a blank or a quote stand in quotes, with
 * \" and \\. Words that are not known are passed over, so that later programs may say more.
 */
#include "store/exports.h"

#include <stdlib.h>
#include <string.h>

static bool one_line(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f) {
            return false;
        }
    }
    return true;
}

static void add_line(parley_text *out, const char *word, const char *text)
{
    if (text != NULL) {
        parley_text_printf(out, "%s %s\n", word, text);
    }
}

static void add_id(parley_text *out, const char *id)
{
    bool plain = id[0] != '\0' && strpbrk(id, " \"\\") == NULL;
    parley_text_puts(out, plain ? " " : " \"");
    for (const char *p = id; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\') {
            parley_text_putc(out, '\\');
        }
        parley_text_putc(out, *p);
    }
    parley_text_puts(out, plain ? "" : "\"");
}

parley_status store_export_write(parley_text *out, const parley_export *e, parley_error *err)
{
    const struct {
        const char *word;
        const char *text;
    } line[] = {{"verb", e->verb},         {"form", e->form},
                {"audience", e->audience}, {"recipient", e->recipient},
                {"as-of", e->as_of},       {"recorded-as-of", e->recorded_as_of}};
    char hash[PARLEY_STORE_HASH_TEXT];
    for (size_t i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
        if (line[i].text != NULL && (!one_line(line[i].text) || line[i].text[0] == '\0')) {
            return parley_fail(err, PARLEY_INVALID,
                               "%s: the export log takes one line of plain text", line[i].word);
        }
        add_line(out, line[i].word, line[i].text);
    }
    parley_store_hash_text(e->hash, hash);
    if (e->seen > 0) {
        parley_text_printf(out, "seen %llu\n", (unsigned long long)e->seen);
    }
    parley_text_printf(out, "bytes %llu\nhash %s\nrecords %llu\n", (unsigned long long)e->bytes,
                       hash, (unsigned long long)e->records);
    for (uint32_t s = 0; s < e->withheld_count; s++) {
        parley_text_printf(out, "withheld %s", e->withheld[s].section);
        for (uint32_t i = 0; i < e->withheld[s].which.count; i++) {
            if (!one_line(e->withheld[s].which.at[i])) {
                return parley_fail(err, PARLEY_INVALID, "an id of '%s' is more than one line",
                                   e->withheld[s].section);
            }
            add_id(out, e->withheld[s].which.at[i]);
        }
        parley_text_putc(out, '\n');
    }
    for (uint32_t i = 0; i < e->members.count; i++) {
        add_line(out, "member", e->members.at[i]);
    }
    return parley_text_status(out, err);
}

/* ---------------------------------------------------------------------- reading */

/* The ids of a line, in place: quotes and escapes go. */
static bool read_ids(parley_arena *arena, char *rest, parley_texts *out)
{
    size_t room = 1;
    for (const char *p = rest; *p != '\0'; p++) {
        room += *p == ' ' ? 1 : 0;
    }
    const char **list = parley_arena_array(arena, room, sizeof(*list));
    uint32_t count = 0;
    if (list == NULL) {
        return false;
    }
    for (char *p = rest; *p != '\0';) {
        bool quoted = *p == '"';
        char *to = quoted ? ++p : p;
        list[count++] = to;
        while (*p != '\0' && *p != (quoted ? '"' : ' ')) {
            if (quoted && *p == '\\' && p[1] != '\0') {
                p++;
            }
            *to++ = *p++;
        }
        char *after = *p != '\0' ? p + 1 : p;
        after += quoted && *after == ' ' ? 1 : 0;
        *to = '\0';
        p = after;
    }
    *out = (parley_texts){list, count};
    return true;
}

static bool read_number(const char *text, uint64_t *out)
{
    char *end = NULL;
    *out = text[0] >= '0' && text[0] <= '9' ? strtoull(text, &end, 10) : 0;
    return end != NULL && *end == '\0';
}

/* False: out of memory. *good: the line is what it must be. */
static bool read_line(parley_export *e, parley_arena *arena, char *word, char *rest, bool *good)
{
    const struct {
        const char *word;
        const char **text;
    } texts[] = {{"verb", &e->verb},         {"form", &e->form},
                 {"audience", &e->audience}, {"recipient", &e->recipient},
                 {"as-of", &e->as_of},       {"recorded-as-of", &e->recorded_as_of}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (strcmp(word, texts[i].word) == 0) {
            *texts[i].text = rest;
            return true;
        }
    }
    if (strcmp(word, "seen") == 0) {
        *good = read_number(rest, &e->seen);
    } else if (strcmp(word, "bytes") == 0) {
        *good = read_number(rest, &e->bytes);
    } else if (strcmp(word, "records") == 0) {
        *good = read_number(rest, &e->records);
    } else if (strcmp(word, "hash") == 0) {
        *good = parley_store_hash_parse(e->hash, rest);
    } else if (strcmp(word, "withheld") == 0) {
        parley_export_section *list = (parley_export_section *)(uintptr_t)e->withheld;
        char *ids = strchr(rest, ' ');
        if (ids != NULL) {
            *ids++ = '\0';
        }
        list[e->withheld_count].section = rest;
        return read_ids(arena, ids != NULL ? ids : rest + strlen(rest),
                        &list[e->withheld_count++].which);
    } else if (strcmp(word, "member") == 0) {
        ((const char **)(uintptr_t)e->members.at)[e->members.count++] = rest;
    }
    return true;
}

parley_status store_export_read(parley_export *out, parley_arena *arena, const char *words,
                                size_t length, bool *good, parley_error *err)
{
    char *text = parley_arena_copy(arena, words, length);
    uint32_t lines = 1;
    *good = false;
    for (size_t i = 0; i < length; i++) {
        lines += words[i] == '\n' ? 1 : 0;
    }
    void *sections = parley_arena_array(arena, lines, sizeof(parley_export_section));
    void *members = parley_arena_array(arena, lines, sizeof(const char *));
    if (text == NULL || sections == NULL || members == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while reading the export log");
    }
    out->withheld = sections;
    out->members = (parley_texts){members, 0};
    bool right = true;
    for (char *line = text; right && *line != '\0';) {
        char *end = strchr(line, '\n');
        char *next = end != NULL ? end + 1 : line + strlen(line);
        if (end != NULL) {
            *end = '\0';
        }
        char *rest = strchr(line, ' ');
        if (rest == NULL) {
            right = false;
            break;
        }
        *rest++ = '\0';
        if (!read_line(out, arena, line, rest, &right)) {
            return parley_fail(err, PARLEY_NOMEM, "out of memory while reading the export log");
        }
        line = next;
    }
    *good = right && out->verb != NULL &&
            (out->target > 0 || (out->audience != NULL && out->recipient != NULL));
    return PARLEY_OK;
}

/* -------------------------------------------------------------------- withheld */

parley_status parley_exports_withheld(parley_export *out, const parley_view *view,
                                      parley_arena *arena, parley_error *err)
{
    uint32_t rows = parley_view_rows(view);
    parley_export_section *section = parley_arena_array(arena, (size_t)rows + 1, sizeof(*section));
    const char **list = parley_arena_array(arena, (size_t)rows + 1, sizeof(*list));
    uint32_t sections = 0;
    bool failed = section == NULL || list == NULL;
    out->records = 0;
    for (uint32_t i = 0; i < rows && !failed; i++) {
        const parley_view_row *row = parley_view_row_at(view, i);
        if (row->withheld == PARLEY_WITHHELD_NOT) {
            out->records++;
            continue;
        }
        if (sections == 0 || strcmp(section[sections - 1].section, row->section) != 0) {
            section[sections++] = (parley_export_section){row->section, {list, 0}};
        }
        *list = row->id != NULL ? row->id : parley_arena_format(arena, "%u", (unsigned)row->number);
        failed = *list == NULL;
        list++;
        section[sections - 1].which.count++;
    }
    if (failed) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    out->withheld = section;
    out->withheld_count = sections;
    out->members = parley_view_members(view);
    return PARLEY_OK;
}

bool parley_export_withholds(const parley_export *e, const char *section, const char *id,
                             uint64_t number)
{
    for (uint32_t s = 0; s < e->withheld_count; s++) {
        if (strcmp(e->withheld[s].section, section) != 0) {
            continue;
        }
        for (uint32_t i = 0; i < e->withheld[s].which.count; i++) {
            const char *which = e->withheld[s].which.at[i];
            if (id != NULL ? strcmp(which, id) == 0 : strtoull(which, NULL, 10) == number) {
                return true;
            }
        }
    }
    return false;
}
