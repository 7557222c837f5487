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
 *     linked river.yaml public 12
 *     linked-withheld claims c9
 *     linked-member mandate
 *
 * What follows `linked` is withheld of that case, which was read as that audience and has so many
 * records for it.
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

static parley_status write_sections(parley_text *out, const char *word,
                                    const parley_export_section *list, uint32_t count,
                                    parley_error *err)
{
    for (uint32_t s = 0; s < count; s++) {
        parley_text_printf(out, "%s %s", word, list[s].section);
        for (uint32_t i = 0; i < list[s].which.count; i++) {
            if (!one_line(list[s].which.at[i])) {
                return parley_fail(err, PARLEY_INVALID, "an id of '%s' is more than one line",
                                   list[s].section);
            }
            add_id(out, list[s].which.at[i]);
        }
        parley_text_putc(out, '\n');
    }
    return PARLEY_OK;
}

static parley_status write_linked(parley_text *out, const parley_export_linked *l,
                                  parley_error *err)
{
    if (!one_line(l->file)) {
        return parley_fail(err, PARLEY_INVALID, "the file of a link is more than one line");
    }
    parley_text_puts(out, "linked");
    add_id(out, l->file);
    add_id(out, l->audience);
    parley_text_printf(out, " %llu\n", (unsigned long long)l->records);
    parley_status status =
        write_sections(out, "linked-withheld", l->withheld, l->withheld_count, err);
    for (uint32_t i = 0; i < l->members.count && status == PARLEY_OK; i++) {
        add_line(out, "linked-member", l->members.at[i]);
    }
    return status;
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
    parley_status status = write_sections(out, "withheld", e->withheld, e->withheld_count, err);
    for (uint32_t i = 0; i < e->members.count && status == PARLEY_OK; i++) {
        add_line(out, "member", e->members.at[i]);
    }
    for (uint32_t i = 0; i < e->linked_count && status == PARLEY_OK; i++) {
        status = write_linked(out, &e->linked[i], err);
    }
    return status == PARLEY_OK ? parley_text_status(out, err) : status;
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

/* Room for as many of each as there are lines. */
typedef struct reading {
    parley_arena *arena;
    parley_export *e;
    parley_export_section *section; /* the next free one */
    const char **member;            /* likewise */
    parley_export_linked *linked;   /* the first */
} reading;

/* `claims c3 c7`: behind those of the same list. False: out of memory. */
static bool read_section(reading *r, char *rest, const parley_export_section **list,
                         uint32_t *count)
{
    char *ids = strchr(rest, ' ');
    if (ids != NULL) {
        *ids++ = '\0';
    }
    if (*count == 0) {
        *list = r->section;
    }
    r->section->section = rest;
    ++*count;
    return read_ids(r->arena, ids != NULL ? ids : rest + strlen(rest), &r->section++->which);
}

static void read_member(reading *r, const char *rest, parley_texts *members)
{
    if (members->count == 0) {
        members->at = r->member;
    }
    *r->member++ = rest;
    members->count++;
}

/* `FILE AUDIENCE RECORDS`. False: out of memory. */
static bool read_link(reading *r, char *rest, bool *good)
{
    parley_texts three;
    if (!read_ids(r->arena, rest, &three)) {
        return false;
    }
    parley_export_linked *l = &r->linked[r->e->linked_count];
    *good = three.count == 3 && read_number(three.at[2], &l->records);
    if (*good) {
        l->file = three.at[0];
        l->audience = three.at[1];
        r->e->linked_count++;
    }
    return true;
}

/* False: out of memory. *good: the line is what it must be. */
static bool read_line(reading *r, char *word, char *rest, bool *good)
{
    parley_export *e = r->e;
    parley_export_linked *last = e->linked_count > 0 ? &r->linked[e->linked_count - 1] : NULL;
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
        return read_section(r, rest, &e->withheld, &e->withheld_count);
    } else if (strcmp(word, "member") == 0) {
        read_member(r, rest, &e->members);
    } else if (strcmp(word, "linked") == 0) {
        return read_link(r, rest, good);
    } else if (strcmp(word, "linked-withheld") == 0) {
        *good = last != NULL;
        return last == NULL || read_section(r, rest, &last->withheld, &last->withheld_count);
    } else if (strcmp(word, "linked-member") == 0) {
        *good = last != NULL;
        if (last != NULL) {
            read_member(r, rest, &last->members);
        }
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
    reading r = {.arena = arena, .e = out};
    r.section = parley_arena_array(arena, lines, sizeof(*r.section));
    r.member = parley_arena_array(arena, lines, sizeof(*r.member));
    r.linked = parley_arena_array(arena, lines, sizeof(*r.linked));
    if (text == NULL || r.section == NULL || r.member == NULL || r.linked == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while reading the export log");
    }
    out->linked = r.linked;
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
        if (!read_line(&r, line, rest, &right)) {
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
