/*
 * Claims as rows of a table (RFC 4180), out and in.
 *
 * Every member of a claim has a column. What goes out is what was typed, so that a table that comes
 * back unchanged changes nothing, and one changed cell changes one member. Spreadsheets may have
 * moved the columns, left some out, added their own, and written semicolons or tabs for commas,
 * another line end and a byte order mark.
 */
#include "case/intake_internal.h"

#include <stdio.h>
#include <string.h>

/* Column 0 is the id; the others are keys of a claim. */
static const char *const columns[] = {
    "id",       "date",  "learned",  "by",        "to",    "act",          "about",
    "if",       "says",  "source",   "class",     "hedge", "scope",        "repeats",
    "replaces", "label", "firmness", "only-if",   "list",  "speaker-text", "chain",
    "grade",    "point", "implies",  "publicity", "note",  "as-typed",     "blames"};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))
#define FOREIGN_MOST 64 /* columns of a table */

const char *parley_claims_column(size_t i)
{
    return i < COLUMNS ? columns[i] : NULL;
}

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading a table");
}

/* ------------------------------------------------------------------- writing */

/* Does a spreadsheet take a cell that begins so for a formula of its own? */
static bool is_risky(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\'';
}

static void put_cell(parley_text *out, const char *text)
{
    bool quotes = strpbrk(text, "\",;\r\n\t") != NULL || text[0] == ' ' ||
                  (text[0] != '\0' && text[strlen(text) - 1] == ' ');
    parley_text_puts(out, quotes ? "\"" : "");
    if (is_risky(text[0])) {
        parley_text_putc(out, '\'');
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"') {
            parley_text_putc(out, '"');
        }
        parley_text_putc(out, *at);
    }
    parley_text_puts(out, quotes ? "\"" : "");
}

/* What stands in a column of a claim. */
static void cell_of(parley_text *cell, const parley_node *record, const char *key)
{
    parley_text_clear(cell);
    intake_cell(cell, intake_field(key), parley_node_member(record, key));
}

void parley_claims_table(parley_text *out, const parley_case *c)
{
    parley_text *cell = parley_text_new(c->ctx, parley_ctx_limits(c->ctx)->text_bytes);
    for (size_t k = 0; k < COLUMNS; k++) {
        parley_text_printf(out, "%s%s", k > 0 ? "," : "", columns[k]);
    }
    parley_text_puts(out, "\r\n");
    for (uint32_t i = 0; cell != NULL && i < parley_case_claims(c); i++) {
        put_cell(out, parley_case_claim(c, (int32_t)i)->record.id);
        for (size_t k = 1; k < COLUMNS; k++) {
            parley_text_putc(out, ',');
            cell_of(cell, c->row_node[SECTION_CLAIMS][i], columns[k]);
            put_cell(out, parley_text_data(cell));
        }
        parley_text_puts(out, "\r\n");
    }
    if (cell == NULL || parley_text_status(cell, NULL) != PARLEY_OK) {
        parley_text_fill(out, ' ', SIZE_MAX); /* fails, and says so at the end */
    }
    parley_text_free(cell);
}

/* ------------------------------------------------------------------- reading */

typedef struct table {
    parley_intake *in;
    const char *at;
    const char *end;
    char mark; /* between the cells */
    uint32_t line;
    char *cell;               /* room for the longest cell */
    parley_text *have;        /* scratch: the cell as the case has it */
    int column[FOREIGN_MOST]; /* of columns[], or -1: one of their own */
    const char *name[FOREIGN_MOST];
    uint32_t count;
    parley_arena *arena; /* of the names, and the lines of ids */
    case_index ids;      /* in the order of their rows */
    uint32_t *id_line;
    uint32_t id_room;
} table;

static bool ends_row(char c)
{
    return c == '\n' || c == '\r';
}

/*
 * The next cell, without quotes; *last: it ends the row. False: a quotation that is never closed,
 * or ends in the middle of a cell.
 */
static bool next_cell(table *t, size_t *length, bool *last)
{
    *length = 0;
    if (t->at < t->end && *t->at == '"') {
        for (t->at++; t->at < t->end; t->at++) {
            if (*t->at == '"' && (t->at + 1 == t->end || t->at[1] != '"')) {
                break;
            }
            t->at += *t->at == '"';
            t->line += *t->at == '\n';
            t->cell[(*length)++] = *t->at;
        }
        if (t->at == t->end) {
            return false;
        }
        t->at++;
    } else {
        while (t->at < t->end && *t->at != t->mark && !ends_row(*t->at)) {
            t->cell[(*length)++] = *t->at++;
        }
    }
    t->cell[*length] = '\0';
    *last = t->at == t->end || *t->at != t->mark;
    if (!*last) {
        t->at++;
        return true;
    }
    if (t->at < t->end && !ends_row(*t->at)) {
        return false;
    }
    if (t->at + 1 < t->end && t->at[0] == '\r' && t->at[1] == '\n') {
        t->at++;
    }
    if (t->at < t->end) {
        t->at++;
        t->line++;
    }
    return true;
}

static parley_status bad_cell(uint32_t line, parley_error *err)
{
    parley_fail(err, PARLEY_SYNTAX,
                "line %u: a cell that begins with a quotation mark has to end with one", line);
    parley_error_hint(err, "write \"a \"\"quoted\"\" word\"");
    return PARLEY_SYNTAX;
}

/* Cells end with CR LF, spaces do not matter in names, and case does not. */
static void tidy_name(char *name)
{
    size_t n = strlen(name);
    size_t blank = strspn(name, " \t");
    while (n > blank && (name[n - 1] == ' ' || name[n - 1] == '\t')) {
        n--;
    }
    memmove(name, name + blank, n - blank);
    name[n - blank] = '\0';
}

static int column_named(const char *name)
{
    for (size_t k = 0; k < COLUMNS; k++) {
        size_t i = 0;
        while (name[i] != '\0' && columns[k][i] != '\0') {
            char ch = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
            if (ch != columns[k][i]) {
                break;
            }
            i++;
        }
        if (name[i] == '\0' && columns[k][i] == '\0') {
            return (int)k;
        }
    }
    return -1;
}

/* Which of comma, semicolon and tab stands most often between the names of the first line? */
static char find_mark(const table *t)
{
    static const char marks[] = ",;\t";
    uint32_t count[3] = {0, 0, 0};
    bool quoted = false;
    for (const char *at = t->at; at < t->end && (quoted || !ends_row(*at)); at++) {
        quoted = *at == '"' ? !quoted : quoted;
        const char *mark = quoted ? NULL : strchr(marks, *at);
        if (mark != NULL && *mark != '\0') {
            count[mark - marks]++;
        }
    }
    return count[1] > count[0] && count[1] >= count[2] ? ';' : count[2] > count[0] ? '\t' : ',';
}

static parley_status add_column(table *t, parley_error *err)
{
    tidy_name(t->cell);
    int found = column_named(t->cell);
    size_t length = strlen(t->cell);
    if (t->count == FOREIGN_MOST) {
        return parley_fail(err, PARLEY_LIMIT, "line 1: more than %d columns", FOREIGN_MOST);
    }
    for (uint32_t k = 0; k < t->count; k++) {
        if (length > 0 && (found >= 0 ? t->column[k] == found : strcmp(t->name[k], t->cell) == 0)) {
            return parley_fail(err, PARLEY_INVALID, "line 1: column '%.60s' stands twice", t->cell);
        }
    }
    int near = found < 0 && length > 2 ? parley_nearest(t->cell, length, columns, COLUMNS) : -1;
    if (near >= 0) {
        parley_fail(err, PARLEY_INVALID, "line 1: there is no column '%.60s'", t->cell);
        parley_error_hint(err,
                          "did you mean '%s'? A column of your own, which is kept in the "
                          "notes, needs another name",
                          columns[near]);
        return PARLEY_INVALID;
    }
    const char *name = parley_arena_copy(t->arena, t->cell, length);
    if (name == NULL) {
        return nomem(err);
    }
    t->column[t->count] = found;
    t->name[t->count++] = name;
    return PARLEY_OK;
}

static parley_status read_header(table *t, parley_error *err)
{
    if (t->end - t->at >= 5 && memcmp(t->at, "sep=", 4) == 0) { /* some write it there */
        while (t->at < t->end && !ends_row(*t->at)) {
            t->at++;
        }
        t->at += t->end - t->at >= 2 && t->at[0] == '\r' && t->at[1] == '\n' ? 2 : 1;
        t->at = t->at > t->end ? t->end : t->at;
        t->line++;
    }
    bool last = false;
    bool known = false;
    t->mark = find_mark(t);
    while (!last) {
        size_t length = 0;
        if (!next_cell(t, &length, &last)) {
            return bad_cell(1, err);
        }
        parley_status status = add_column(t, err);
        if (status != PARLEY_OK) {
            return status;
        }
        int column = t->column[t->count - 1];
        known = known || column == 0 || (column > 0 && strcmp(columns[column], "by") == 0);
    }
    if (!known) {
        parley_fail(err, PARLEY_INVALID, "line 1: a table of claims needs the column 'by' or 'id'");
        parley_error_hint(err, "the first line names the columns, as 'parley export CASE --csv' "
                               "writes them");
        return PARLEY_INVALID;
    }
    return PARLEY_OK;
}

/* The cells of a row, without the apostrophe that keeps spreadsheets from computing. */
typedef struct row {
    uint32_t line;
    const char *cell[COLUMNS]; /* NULL: no such column, or empty */
    bool there[COLUMNS];       /* there is such a column */
    const char *more;          /* columns of their own, `name: words; name: words`, or NULL */
    bool empty;
} row;

/* Line ends within a cell as Parley writes them. */
static size_t tidy_lines(char *cell, size_t length)
{
    size_t out = 0;
    for (size_t i = 0; i < length; i++) {
        if (cell[i] == '\r' && i + 1 < length && cell[i + 1] == '\n') {
            continue;
        }
        cell[out++] = cell[i];
    }
    cell[out] = '\0';
    return out;
}

static parley_status read_row(row *out, table *t, parley_arena *arena, parley_error *err)
{
    bool last = false;
    bool wide = false;
    *out = (row){.line = t->line, .empty = true};
    for (uint32_t n = 0; !last; n++) {
        size_t length = 0;
        if (!next_cell(t, &length, &last)) {
            return bad_cell(out->line, err);
        }
        length = tidy_lines(t->cell, length);
        const char *text = t->cell;
        if (text[0] == '\'' && is_risky(text[1])) {
            text++;
            length--;
        }
        int column = n < t->count ? t->column[n] : -1;
        if (column >= 0) {
            out->there[column] = true;
        }
        if (length == 0) {
            continue;
        }
        out->empty = false;
        const char *copy = parley_arena_copy(arena, text, length);
        if (n >= t->count) {
            wide = true; /* go on to the end of the row */
        } else if (column >= 0) {
            out->cell[column] = copy;
        } else {
            copy = parley_arena_format(arena, "%s%s%s: %s", out->more != NULL ? out->more : "",
                                       out->more != NULL ? "; " : "",
                                       t->name[n][0] != '\0' ? t->name[n] : "?", text);
            out->more = copy;
        }
        if (copy == NULL) {
            return nomem(err);
        }
    }
    if (wide) {
        parley_fail(err, PARLEY_INVALID, "line %u: more cells than columns", out->line);
        parley_error_hint(err, "put a cell that holds '%s' in quotation marks",
                          t->mark == '\t'  ? "a tab"
                          : t->mark == ';' ? ";"
                                           : ",");
        return PARLEY_INVALID;
    }
    return PARLEY_OK;
}

/* ---- from a row to a claim ---- */

/* Columns of their own go behind the note, once. False: no memory. */
static bool add_more(parley_arena *arena, parley_node *record, const char *more)
{
    const parley_node *note = parley_node_member(record, "note");
    if (note != NULL && note->kind != PARLEY_NODE_SCALAR) {
        const char *line = parley_arena_format(arena, "note: %s", more);
        return line != NULL && intake_note_unread(arena, record, line);
    }
    if (note != NULL && strstr(note->text, more) != NULL) {
        return true;
    }
    const char *text = note == NULL || note->length == 0
                           ? more
                           : parley_arena_format(arena, "%s; %s", note->text, more);
    parley_node *value = text == NULL ? NULL : intake_text(arena, text, PARLEY_STYLE_DOUBLE);
    return value != NULL && intake_put(arena, record, "note", value);
}

/* Is a cell what the case has? Line ends do not matter. */
static bool is_same(table *t, const parley_node *record, size_t column, const char *cell)
{
    cell_of(t->have, record, columns[column]);
    const char *have = parley_text_data(t->have);
    const char *want = cell != NULL ? cell : "";
    while (*have != '\0' || *want != '\0') {
        have += have[0] == '\r' && have[1] == '\n';
        if (*have != *want) {
            return false;
        }
        have++;
        want++;
    }
    return true;
}

static parley_status take_row(parley_taken *out, table *t, parley_arena *arena, const row *r,
                              parley_error *err)
{
    parley_intake *in = t->in;
    const char *id = r->cell[0];
    int32_t before = id != NULL ? parley_case_find(in->c, "claims", id, strlen(id)) : -1;
    const parley_node *old = before >= 0 ? intake_claim_node(in, before) : NULL;
    intake_draft draft = {.id = id};
    *out = (parley_taken){.corrects = -1};
    intake_drop_documents(in);
    draft.record = old != NULL ? intake_copy(arena, old) : parley_node_map(arena);
    bool good = draft.record != NULL;
    for (size_t k = 1; k < COLUMNS && good; k++) {
        const char *cell = r->cell[k];
        if (!r->there[k] || (old == NULL ? cell == NULL : is_same(t, old, k, cell))) {
            continue;
        }
        parley_node *value =
            cell == NULL ? NULL : intake_value(in, arena, intake_field(columns[k]), cell);
        good =
            (cell == NULL || value != NULL) && intake_put(arena, draft.record, columns[k], value);
    }
    if (good && old == NULL && parley_node_member(draft.record, "act") == NULL) {
        parley_node *say = intake_text(arena, "say", PARLEY_STYLE_PLAIN);
        good = say != NULL && intake_put(arena, draft.record, "act", say);
    }
    if (!good || (r->more != NULL && !add_more(arena, draft.record, r->more))) {
        return nomem(err);
    }
    if (old == NULL && r->cell[3] == NULL) {
        parley_fail(err, PARLEY_INVALID, "nobody is named in 'by'");
        parley_error_hint(err, "name a party, a person, or the source that says so");
        return PARLEY_INVALID;
    }
    parley_status status = intake_settle(out, in, arena, &draft, err);
    out->line = r->line;
    return status;
}

/*
 * All ids of the table, so that a row may lean on one below it. An id may stand in one row only:
 * the second one is told when its row comes.
 */
static parley_status collect_ids(table *t, parley_arena *arena, parley_error *err)
{
    const table start = *t;
    parley_status status = PARLEY_OK;
    parley_arena_mark here = parley_arena_here(arena);
    while (t->at < t->end && status == PARLEY_OK) {
        row r;
        parley_arena_reset(arena, here);
        status = read_row(&r, t, arena, NULL);
        if (status == PARLEY_NOMEM) {
            return nomem(err);
        }
        if (r.cell[0] == NULL || case_index_find(&t->ids, r.cell[0], strlen(r.cell[0])) >= 0) {
            status = status == PARLEY_INVALID ? PARLEY_OK : status;
            continue;
        }
        if (t->ids.count == t->id_room) {
            uint32_t room = t->id_room == 0 ? 64 : t->id_room * 2;
            uint32_t *grown = parley_arena_grow(t->arena, t->id_line, t->id_room * sizeof(*grown),
                                                room * sizeof(*grown));
            if (grown == NULL) {
                return nomem(err);
            }
            t->id_line = grown;
            t->id_room = room;
        }
        char *copy = parley_arena_copy(t->arena, r.cell[0], strlen(r.cell[0]));
        if (copy == NULL || !case_index_add(&t->ids, t->arena, copy)) {
            return nomem(err);
        }
        t->id_line[t->ids.count - 1] = r.line;
        status = status == PARLEY_INVALID ? PARLEY_OK : status;
    }
    t->at = start.at;
    t->line = start.line;
    return PARLEY_OK; /* a broken row is told when it comes */
}

static parley_status check_id(const table *t, const row *r, parley_error *err)
{
    const char *id = r->cell[0];
    int32_t at = id == NULL ? -1 : case_index_find(&t->ids, id, strlen(id));
    if (at < 0 || t->id_line[at] == r->line) {
        return PARLEY_OK;
    }
    return parley_fail(err, PARLEY_CONFLICT, "the id '%.60s' stands in line %u already", id,
                       t->id_line[at]);
}

static parley_status each_row(table *t, parley_arena *arena, parley_visit_taken visit, void *user,
                              parley_error *err)
{
    parley_arena_mark here = parley_arena_here(arena);
    bool go_on = true;
    while (t->at < t->end && go_on) {
        row r;
        parley_taken taken = {.corrects = -1};
        parley_error error = PARLEY_ERROR_INIT;
        parley_arena_reset(arena, here);
        parley_status status = read_row(&r, t, arena, &error);
        if (status == PARLEY_OK && r.empty) {
            continue;
        }
        bool whole = status == PARLEY_OK || status == PARLEY_INVALID;
        if (status == PARLEY_OK) {
            status = check_id(t, &r, &error);
            status = status == PARLEY_OK ? take_row(&taken, t, arena, &r, &error) : status;
            if (status != PARLEY_OK && strncmp(error.message, "line ", 5) != 0) {
                parley_error in_line = PARLEY_ERROR_INIT;
                parley_fail(&in_line, status, "line %u: %.380s", r.line, error.message);
                parley_error_hint(&in_line, "%s", error.hint);
                error = in_line;
            }
        }
        if (status == PARLEY_NOMEM || status == PARLEY_CANCELLED || !whole) {
            if (err != NULL) {
                *err = error;
            }
            return status; /* what follows cannot be told from the broken row */
        }
        taken.line = r.line;
        go_on =
            visit(user, status == PARLEY_OK ? &taken : NULL, status == PARLEY_OK ? NULL : &error);
    }
    return PARLEY_OK;
}

static parley_status check_bytes(const table *t, parley_error *err)
{
    size_t bad = 0;
    size_t length = (size_t)(t->end - t->at);
    bool wide =
        length >= 2 && (memcmp(t->at, "\xff\xfe", 2) == 0 || memcmp(t->at, "\xfe\xff", 2) == 0);
    if (!wide && parley_utf8_valid(t->at, length, &bad)) {
        const char *zero = memchr(t->at, '\0', length);
        return zero == NULL ? PARLEY_OK
                            : parley_fail(err, PARLEY_SYNTAX, "a table has no zero bytes");
    }
    uint32_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < bad; i++) {
        if (t->at[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    if (wide) {
        parley_fail(err, PARLEY_SYNTAX, "the table is UTF-16");
    } else {
        parley_fail(err, PARLEY_SYNTAX, "line %u: character %zu is no UTF-8", line,
                    parley_utf8_characters(t->at + start, bad - start) + 1);
    }
    parley_error_hint(err, "save the table as CSV in UTF-8 (Unicode)");
    return PARLEY_SYNTAX;
}

parley_status parley_intake_table(parley_intake *in, const char *bytes, size_t length,
                                  parley_visit_taken visit, void *user, parley_error *err)
{
    table t = {.in = in, .at = bytes, .end = bytes + length, .line = 1};
    parley_status status = check_bytes(&t, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        t.at += 3; /* spreadsheets like to put it there */
    }
    parley_arena *arena = parley_arena_new(in->ctx);
    t.arena = parley_arena_new(in->ctx);
    t.have = parley_text_new(in->ctx, parley_ctx_limits(in->ctx)->text_bytes);
    t.cell = t.arena != NULL ? parley_arena_alloc(t.arena, length + 1) : NULL;
    status = arena == NULL || t.have == NULL || t.cell == NULL ? nomem(err) : read_header(&t, err);
    if (status == PARLEY_OK) {
        status = collect_ids(&t, arena, err);
    }
    if (status == PARLEY_OK) {
        in->coming = &t.ids;
        status = each_row(&t, arena, visit, user, err);
        in->coming = NULL;
    }
    parley_text_free(t.have);
    parley_arena_free(t.arena);
    parley_arena_free(arena);
    return status;
}
