/*
 * Breaking pieces of text into lines.
 *
 * Greedy: a word goes onto the line while there is room. Words are what stands between blanks,
 * across pieces; a wide character (width 2) is a word of its own, because the scripts that use them
 * set no blanks. Left out: hyphenation, the finer rules of UAX 14, justified text.
 */
#include "report_internal.h"

#include <stdio.h>
#include <string.h>

static const char point[] = " \xc2\xb7 "; /* between the items of a list */
#define POINT_WIDTH 3
#define POINT_BYTES 4

/* ------------------------------------------------------------------ pieces */

static void append(parley_screen *screen, report_flow *flow, report_kind kind, parley_ink ink,
                   const char *text, size_t length)
{
    if (screen->failed != PARLEY_OK) {
        return;
    }
    parley_text_clear(screen->scratch);
    parley_safe_add(screen->scratch, text, length);
    if (kind == REPORT_ITEM && parley_text_size(screen->scratch) == 0) {
        return;
    }
    report_piece *piece = parley_arena_alloc(screen->arena, sizeof *piece);
    char *copy = parley_arena_copy(screen->arena, parley_text_data(screen->scratch),
                                   parley_text_size(screen->scratch));
    parley_status status = parley_text_status(screen->scratch, NULL);
    if (status != PARLEY_OK || piece == NULL || copy == NULL) {
        screen->failed = status != PARLEY_OK ? status : PARLEY_NOMEM;
        return;
    }
    piece->text = copy;
    piece->length = (uint32_t)parley_text_size(screen->scratch);
    piece->kind = (uint8_t)kind;
    piece->ink = (uint8_t)ink;
    if (flow->last == NULL) {
        flow->first = piece;
    } else {
        flow->last->next = piece;
    }
    flow->last = piece;
}

void report_flow_add(parley_screen *screen, report_flow *flow, report_kind kind, parley_ink ink,
                     const char *text)
{
    const char *s = text != NULL ? text : "";
    append(screen, flow, kind, ink, s, strlen(s));
}

void report_flow_addv(parley_screen *screen, report_flow *flow, report_kind kind, parley_ink ink,
                      const char *format, va_list args)
{
    char small[256];
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(small, sizeof small, format, args);
    if (length >= 0 && (size_t)length < sizeof small) {
        append(screen, flow, kind, ink, small, (size_t)length);
    } else if (length >= 0) {
        size_t size = (size_t)length + 1;
        char *large = parley_alloc(screen->ctx, size);
        if (large != NULL) {
            vsnprintf(large, size, format, again);
            append(screen, flow, kind, ink, large, (size_t)length);
            parley_release(screen->ctx, large, size);
        } else {
            screen->failed = PARLEY_NOMEM;
        }
    } else {
        screen->failed = PARLEY_NOMEM;
    }
    va_end(again);
}

/* ------------------------------------------------------------------- lines */

/* The line that is being filled, and the word that is being gathered. */
typedef struct filler {
    parley_screen *screen;
    report_lines *lines;
    uint32_t first; /* columns of the first line */
    uint32_t rest;
    bool begun;   /* there is a line */
    bool content; /* it has a segment */
    bool fresh;   /* at the beginning of a paragraph or a forced line: blanks indent */
    bool blank;   /* a blank is due before the next word */
    uint8_t blank_ink;
    uint32_t indent; /* of this forced line and of what wraps from it */
    report_segment *word;
    uint32_t word_count;
    uint32_t word_room;
    uint32_t word_width;
} filler;

static bool grow(parley_screen *screen, void **array, uint32_t *room, uint32_t used, size_t size)
{
    if (used < *room) {
        return true;
    }
    uint32_t more = *room == 0 ? 8 : *room * 2;
    void *p = parley_arena_grow(screen->work, *array, *room * size, more * size);
    if (p == NULL || more <= *room) {
        screen->failed = PARLEY_NOMEM;
        return false;
    }
    *array = p;
    *room = more;
    return true;
}

static uint32_t line_limit(const filler *f)
{
    return f->lines->count <= 1 ? f->first : f->rest;
}

static void new_line(filler *f)
{
    void *array = f->lines->line;
    if (!grow(f->screen, &array, &f->lines->line_room, f->lines->count, sizeof *f->lines->line)) {
        return;
    }
    f->lines->line = array;
    uint32_t limit = f->lines->count == 0 ? f->first : f->rest;
    uint32_t indent = f->indent < limit / 2 ? f->indent : limit / 2;
    f->lines->line[f->lines->count++] = (report_line){f->lines->segments, 0, indent, indent};
    f->begun = true;
    f->content = false;
    f->blank = false;
}

static report_line *current(filler *f)
{
    return &f->lines->line[f->lines->count - 1];
}

/* Columns that are left on the line. */
static uint32_t room_left(filler *f)
{
    uint32_t limit = line_limit(f);
    return current(f)->width < limit ? limit - current(f)->width : 0;
}

static void put_segment(filler *f, report_segment segment, uint32_t width)
{
    report_lines *lines = f->lines;
    report_line *line = current(f);
    f->content = true;
    line->width += width;
    if (line->count > 0) {
        report_segment *last = &lines->segment[lines->segments - 1];
        if (last->ink == segment.ink && last->text + last->length == segment.text) {
            last->length += segment.length;
            return;
        }
    }
    void *array = lines->segment;
    if (grow(f->screen, &array, &lines->segment_room, lines->segments, sizeof segment)) {
        lines->segment = array;
        lines->segment[lines->segments++] = segment;
        line->count++;
    }
}

/* A word wider than a whole line: character by character. */
static void put_broken(filler *f)
{
    for (uint32_t i = 0; i < f->word_count; i++) {
        report_segment s = f->word[i];
        for (size_t at = 0; at < s.length;) {
            size_t bytes;
            report_code_point(s.text + at, s.length - at, &bytes);
            uint32_t width = (uint32_t)parley_utf8_width(s.text + at, bytes);
            if (f->content && width > room_left(f)) {
                new_line(f);
            }
            if (f->screen->failed != PARLEY_OK) {
                return;
            }
            put_segment(f, (report_segment){s.text + at, (uint32_t)bytes, s.ink}, width);
            at += bytes;
        }
    }
}

static void end_word(filler *f)
{
    if (f->word_count == 0) {
        return;
    }
    if (!f->begun) {
        new_line(f);
    }
    uint32_t blank = f->blank && f->content ? 1 : 0;
    if (f->screen->failed == PARLEY_OK && f->content && f->word_width + blank > room_left(f)) {
        new_line(f);
        blank = 0;
    }
    if (f->screen->failed != PARLEY_OK) {
        return;
    }
    if (blank > 0) {
        put_segment(f, (report_segment){" ", 1, f->blank_ink}, 1);
    }
    f->blank = false;
    if (f->word_width <= room_left(f)) {
        for (uint32_t i = 0; i < f->word_count && f->screen->failed == PARLEY_OK; i++) {
            put_segment(f, f->word[i],
                        (uint32_t)parley_utf8_width(f->word[i].text, f->word[i].length));
        }
    } else {
        put_broken(f);
    }
    f->word_count = 0;
    f->word_width = 0;
}

static void add_to_word(filler *f, const report_piece *piece, size_t from, size_t bytes,
                        uint32_t width)
{
    const char *text = piece->text + from;
    if (f->word_count > 0) {
        report_segment *last = &f->word[f->word_count - 1];
        if (last->text + last->length == text && last->ink == piece->ink) {
            last->length += (uint32_t)bytes;
            f->word_width += width;
            return;
        }
    }
    void *array = f->word;
    if (grow(f->screen, &array, &f->word_room, f->word_count, sizeof *f->word)) {
        f->word = array;
        f->word[f->word_count++] = (report_segment){text, (uint32_t)bytes, piece->ink};
        f->word_width += width;
    }
}

static void put_text(filler *f, const report_piece *piece)
{
    for (size_t at = 0; at < piece->length && f->screen->failed == PARLEY_OK;) {
        if (piece->text[at] == ' ') {
            end_word(f);
            if (f->fresh) {
                f->indent++;
            } else {
                f->blank = true;
                f->blank_ink = piece->ink;
            }
            at++;
            continue;
        }
        f->fresh = false;
        size_t bytes;
        report_code_point(piece->text + at, piece->length - at, &bytes);
        uint32_t width = (uint32_t)parley_utf8_width(piece->text + at, bytes);
        if (width > 1) {
            end_word(f);
        }
        add_to_word(f, piece, at, bytes, width);
        at += bytes;
        if (width > 1) {
            while (at < piece->length && (unsigned char)piece->text[at] >= 0x80) {
                report_code_point(piece->text + at, piece->length - at, &bytes);
                if (parley_utf8_width(piece->text + at, bytes) > 0) {
                    break;
                }
                add_to_word(f, piece, at, bytes, 0);
                at += bytes;
            }
            end_word(f);
        }
    }
}

/* Columns of an item with the pieces that belong to it, on one line. */
static uint32_t item_width(const report_piece *piece)
{
    uint64_t width = 0;
    bool blank = false;
    const report_piece *p = piece;
    do {
        for (size_t at = 0; at < p->length;) {
            size_t bytes;
            report_code_point(p->text + at, p->length - at, &bytes);
            if (p->text[at] == ' ') {
                blank = width > 0;
            } else {
                width += parley_utf8_width(p->text + at, bytes) + (blank ? 1 : 0);
                blank = false;
            }
            at += bytes;
        }
        p = p->next;
    } while (p != NULL && p->kind == REPORT_TEXT && width < UINT32_MAX / 2);
    return width < UINT32_MAX / 2 ? (uint32_t)width : UINT32_MAX / 2;
}

/* Make room for an item: a point before it, or a new line. */
static void begin_item(filler *f, const report_piece *piece, bool first)
{
    end_word(f);
    if (!f->begun || !f->content || f->screen->failed != PARLEY_OK) {
        return;
    }
    uint32_t width = item_width(piece);
    uint32_t before = first ? (f->blank ? 1 : 0) : POINT_WIDTH;
    if (width + before > room_left(f)) {
        new_line(f);
    } else if (!first) {
        f->blank = false;
        put_segment(f, (report_segment){point, POINT_BYTES, PARLEY_INK_PLAIN}, POINT_WIDTH);
    }
}

report_lines report_layout(parley_screen *screen, const report_flow *flow, uint32_t first,
                           uint32_t rest)
{
    report_lines lines = {0};
    filler f = {0};
    bool first_item = true;
    f.screen = screen;
    f.lines = &lines;
    f.first = first > 0 ? first : 1;
    f.rest = rest > 0 ? rest : 1;
    f.fresh = true;
    for (const report_piece *p = flow->first; p != NULL && screen->failed == PARLEY_OK;
         p = p->next) {
        if (p->kind == REPORT_NEWLINE) {
            end_word(&f);
            if (!f.begun) {
                new_line(&f);
            }
            f.begun = false;
            f.content = false;
            f.blank = false;
            f.fresh = true;
            f.indent = 0;
            first_item = true;
            continue;
        }
        if (p->kind == REPORT_ITEM) {
            begin_item(&f, p, first_item);
            first_item = false;
        }
        if (screen->failed == PARLEY_OK) {
            put_text(&f, p);
        }
    }
    if (screen->failed == PARLEY_OK) {
        end_word(&f);
    }
    if (screen->failed != PARLEY_OK) {
        lines.count = 0;
    }
    return lines;
}
