/*
 * Claims as pieces of a case file, and as rows of a table (RFC 4180) that a spreadsheet reads and
 * writes.
 */
#include "case/case_internal.h"
#include <parley/logline.h>

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------- pieces */

static void put_text(parley_text *out, const char *text)
{
    parley_text_puts(out, "\"");
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\') {
            parley_text_add(out, "\\", 1);
            parley_text_add(out, at, 1);
        } else if (c < 0x20 || c == 0x7f) {
            parley_text_printf(out, "\\x%02X", c);
        } else {
            parley_text_add(out, at, 1);
        }
    }
    parley_text_puts(out, "\"");
}

static void put_member(parley_text *out, const char *key, const char *value)
{
    if (value != NULL) {
        parley_text_printf(out, ", %s: ", key);
        put_text(out, value);
    }
}

/* "a, b" or "a;b" as a list; one as itself. */
static void put_list(parley_text *out, const char *key, const char *value)
{
    if (value == NULL || strpbrk(value, ",;") == NULL) {
        put_member(out, key, value);
        return;
    }
    bool first = true;
    parley_text_printf(out, ", %s: [", key);
    while (*value != '\0') {
        char one[256];
        value += strspn(value, " ,;");
        size_t length = strcspn(value, ",;");
        size_t size = length;
        while (size > 0 && value[size - 1] == ' ') {
            size--;
        }
        if (size > 0 && size < sizeof(one)) {
            memcpy(one, value, size);
            one[size] = '\0';
            parley_text_puts(out, first ? "" : ", ");
            put_text(out, one);
            first = false;
        }
        value += length;
    }
    parley_text_puts(out, "]");
}

static bool is_list(const char *key)
{
    return strcmp(key, "repeats") == 0 || strcmp(key, "replaces") == 0 ||
           strcmp(key, "chain") == 0 || strcmp(key, "label") == 0;
}

void parley_log_piece(parley_text *out, const parley_logged *claim)
{
    parley_text_puts(out, "claims:\n  ");
    put_text(out, claim->id);
    parley_text_puts(out, ": {date: ");
    parley_text_puts(out, claim->date);
    put_list(out, "by", claim->by);
    put_list(out, "to", claim->to);
    put_member(out, "act", claim->act);
    put_member(out, "about", claim->about);
    if (claim->condition_count > 0) {
        parley_text_puts(out, ", if: [");
        for (uint32_t i = 0; i < claim->condition_count; i++) {
            parley_text_puts(out, i > 0 ? ", " : "");
            put_text(out, claim->conditions[i]);
        }
        parley_text_puts(out, "]");
    }
    put_member(out, "says", claim->says);
    put_member(out, "source", claim->source);
    put_member(out, "class", claim->cls);
    for (uint32_t i = 0; i < claim->keys; i++) {
        if (is_list(claim->key[i])) {
            put_list(out, claim->key[i], claim->value[i]);
        } else if (strcmp(claim->key[i], "learned") == 0) {
            parley_text_printf(out, ", learned: %s", claim->value[i]);
        } else {
            put_member(out, claim->key[i], claim->value[i]);
        }
    }
    parley_text_puts(out, "}\n");
}

/* ------------------------------------------------------------------- tables */

typedef enum column {
    COL_ID,
    COL_DATE,
    COL_LEARNED,
    COL_BY,
    COL_TO,
    COL_ACT,
    COL_ABOUT,
    COL_IF,
    COL_SAYS,
    COL_SOURCE,
    COL_CLASS,
    COL_HEDGE,
    COL_SCOPE,
    COL_REPEATS,
    COL_REPLACES,
    COL_LABEL,
    COL_COUNT
} column;

static const char *const columns[COL_COUNT] = {
    "id",   "date",   "learned", "by",    "to",    "act",     "about",    "if",
    "says", "source", "class",   "hedge", "scope", "repeats", "replaces", "label"};

typedef struct table_reader {
    const char *at;
    const char *end;
    uint32_t line;
    char *cell; /* room for the longest field */
} table_reader;

/*
 * The next field of the row, without quotes; *last: it ends the row. False: a quotation that is
 * never closed, or stands in the middle of a field.
 */
static bool next_field(table_reader *t, size_t *length, bool *last)
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
        while (t->at < t->end && *t->at != ',' && *t->at != '\n' && *t->at != '\r') {
            if (*t->at == '"') {
                return false;
            }
            t->cell[(*length)++] = *t->at++;
        }
    }
    t->cell[*length] = '\0';
    if (t->at < t->end && *t->at == ',') {
        *last = false;
        t->at++;
        return true;
    }
    *last = true;
    if (t->at < t->end && *t->at == '\r') {
        t->at++;
    }
    if (t->at == t->end) {
        return true;
    }
    if (*t->at != '\n') {
        return false;
    }
    t->at++;
    t->line++;
    return true;
}

static parley_status bad_field(const table_reader *t, parley_error *err)
{
    parley_fail(err, PARLEY_SYNTAX,
                "line %u: a field with quotation marks has to begin and end "
                "with one",
                t->line);
    parley_error_hint(err, "write \"a \"\"quoted\"\" word\"");
    return PARLEY_SYNTAX;
}

static parley_status read_header(table_reader *t, int *which, uint32_t *count, parley_error *err)
{
    bool last = false;
    bool seen[COL_COUNT] = {false};
    *count = 0;
    while (!last) {
        size_t length = 0;
        if (!next_field(t, &length, &last)) {
            return bad_field(t, err);
        }
        int found = -1;
        for (int k = 0; k < COL_COUNT; k++) {
            found = strcmp(t->cell, columns[k]) == 0 ? k : found;
        }
        if (found < 0) {
            int best = parley_nearest(t->cell, length, columns, COL_COUNT);
            parley_fail(err, PARLEY_INVALID, "line 1: there is no column '%.60s'", t->cell);
            if (best >= 0) {
                parley_error_hint(err, "did you mean '%s'?", columns[best]);
            } else {
                parley_error_hint(err, "columns: id,date,learned,by,to,act,about,if,says,source,"
                                       "class,hedge,scope,repeats,replaces,label");
            }
            return PARLEY_INVALID;
        }
        if (seen[found]) {
            return parley_fail(err, PARLEY_INVALID, "line 1: column '%s' stands twice",
                               columns[found]);
        }
        seen[found] = true;
        which[(*count)++] = found;
    }
    if (!seen[COL_BY]) {
        parley_fail(err, PARLEY_INVALID, "line 1: a table of claims needs the column 'by'");
        return PARLEY_INVALID;
    }
    return PARLEY_OK;
}

/* Add a `key:"value"` with its quotation marks escaped. */
static void put_key(parley_text *line, const char *key, const char *value)
{
    parley_text_printf(line, " %s:\"", key);
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            parley_text_add(line, "\\", 1);
        }
        parley_text_add(line, *at == '\n' || *at == '\r' ? " " : at, 1);
    }
    parley_text_puts(line, "\"");
}

/* A row as the line that somebody would have typed. */
static void row_as_line(parley_text *line, const char *const *cell)
{
    const char *plain[] = {cell[COL_DATE], cell[COL_ACT], cell[COL_ABOUT]};
    parley_text_puts(line, cell[COL_BY]);
    if (cell[COL_TO] != NULL) {
        parley_text_printf(line, " > %s", cell[COL_TO]);
    }
    for (size_t k = 0; k < 3; k++) {
        if (plain[k] != NULL) {
            parley_text_printf(line, " %s", plain[k]);
        }
    }
    if (cell[COL_IF] != NULL) {
        parley_text_printf(line, " if %s;", cell[COL_IF]);
    }
    if (cell[COL_SOURCE] != NULL) {
        parley_text_printf(line, " @%s%s%s", cell[COL_SOURCE], cell[COL_CLASS] != NULL ? "/" : "",
                           cell[COL_CLASS] != NULL ? cell[COL_CLASS] : "");
    }
    if (cell[COL_SAYS] != NULL) {
        parley_text_puts(line, " ");
        parley_text_puts(line, "\"");
        for (const char *at = cell[COL_SAYS]; *at != '\0'; at++) {
            if (*at == '"' || *at == '\\') {
                parley_text_add(line, "\\", 1);
            }
            parley_text_add(line, *at == '\n' || *at == '\r' ? " " : at, 1);
        }
        parley_text_puts(line, "\"");
    }
    static const struct {
        column col;
        const char *key;
    } more[] = {{COL_ID, "id"},       {COL_LEARNED, "learned"}, {COL_HEDGE, "hedge"},
                {COL_SCOPE, "scope"}, {COL_REPEATS, "repeats"}, {COL_REPLACES, "replaces"},
                {COL_LABEL, "label"}};
    for (size_t k = 0; k < sizeof(more) / sizeof(more[0]); k++) {
        if (cell[more[k].col] != NULL) {
            put_key(line, more[k].key, cell[more[k].col]);
        }
    }
}

parley_status parley_log_table(parley_ctx *ctx, const parley_case *c, const char *bytes,
                               size_t length, int32_t today, parley_visit_logged visit, void *user,
                               parley_error *err)
{
    int which[COL_COUNT];
    uint32_t fields = 0;
    table_reader t = {bytes, bytes + length, 1, NULL};
    if (memchr(bytes, '\0', length) != NULL) {
        return parley_fail(err, PARLEY_SYNTAX, "a table has no zero bytes");
    }
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        t.at += 3; /* spreadsheets like to put it there */
    }
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *line = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    parley_status status =
        arena == NULL || line == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory") : PARLEY_OK;
    t.cell = arena != NULL ? parley_arena_alloc(arena, length + 1) : NULL;
    if (status == PARLEY_OK && t.cell == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    if (status == PARLEY_OK) {
        status = read_header(&t, which, &fields, err);
    }
    while (status == PARLEY_OK && t.at < t.end) {
        const uint32_t first = t.line;
        const char *cell[COL_COUNT] = {NULL};
        parley_arena_mark mark = parley_arena_here(arena);
        uint32_t n = 0;
        bool last = false;
        while (!last && status == PARLEY_OK) {
            size_t size = 0;
            if (!next_field(&t, &size, &last)) {
                status = bad_field(&t, err);
            } else if (n == fields) {
                status =
                    parley_fail(err, PARLEY_INVALID, "line %u: more fields than columns", first);
            } else if (size > 0) {
                cell[which[n]] = parley_arena_copy(arena, t.cell, size);
                if (cell[which[n]] == NULL) {
                    status = parley_fail(err, PARLEY_NOMEM, "out of memory");
                }
            }
            n++;
        }
        bool empty = true;
        for (int k = 0; k < COL_COUNT; k++) {
            empty = empty && cell[k] == NULL;
        }
        if (status != PARLEY_OK || empty) {
            parley_arena_reset(arena, mark);
            continue;
        }
        parley_logged claim;
        if (cell[COL_BY] == NULL) {
            status = parley_fail(err, PARLEY_INVALID, "line %u: nobody is named in 'by'", first);
            break;
        }
        parley_text_clear(line);
        row_as_line(line, cell);
        status = parley_text_status(line, err);
        if (status == PARLEY_OK) {
            parley_error inner = PARLEY_ERROR_INIT;
            status = parley_log_line(&claim, ctx, c, arena, parley_text_data(line),
                                     parley_text_size(line), today, &inner);
            if (status != PARLEY_OK) {
                parley_fail(err, status, "line %u: %s", first, inner.message);
                if (inner.hint[0] != '\0') {
                    parley_error_hint(err, "%s", inner.hint);
                }
            }
        }
        if (status == PARLEY_OK && !visit(user, &claim)) {
            break;
        }
        parley_arena_reset(arena, mark);
    }
    parley_text_free(line);
    parley_arena_free(arena);
    return status;
}

/* ------------------------------------------------------------------ writing */

static void put_cell(parley_text *out, const char *text, bool first)
{
    parley_text_puts(out, first ? "" : ",");
    if (text == NULL) {
        return;
    }
    if (strpbrk(text, "\",\r\n") == NULL && text[0] != ' ' && text[0] != '\0') {
        parley_text_puts(out, text);
        return;
    }
    parley_text_puts(out, "\"");
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"') {
            parley_text_add(out, "\"", 1);
        }
        parley_text_add(out, at, 1);
    }
    parley_text_puts(out, "\"");
}

static void voice_text(const parley_case *c, const parley_voice *v, char *out, size_t size)
{
    if (v->person >= 0) {
        snprintf(out, size, "%s:%s", parley_case_party(c, v->party)->record.id,
                 parley_case_person(c, v->person)->record.id);
    } else {
        snprintf(out, size, "%s",
                 v->party >= 0    ? parley_case_party(c, v->party)->record.id
                 : v->source >= 0 ? parley_case_source(c, v->source)->record.id
                 : v->words       ? v->words
                                  : "");
    }
}

/* A cell of several parts, always in quotes; the parts may be of any length. */
static void put_part(parley_text *out, const char *between, const char *text)
{
    parley_text_puts(out, between);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"') {
            parley_text_add(out, "\"", 1);
        }
        parley_text_add(out, at, 1);
    }
}

static void put_voices(parley_text *out, const parley_case *c, const parley_voices *v)
{
    parley_text_puts(out, v->count > 0 ? ",\"" : ",");
    for (uint32_t k = 0; k < v->count; k++) {
        char one[1024];
        voice_text(c, &v->at[k], one, sizeof(one));
        put_part(out, k > 0 ? "," : "", one);
    }
    parley_text_puts(out, v->count > 0 ? "\"" : "");
}

static void put_claims(parley_text *out, const parley_case *c, parley_ids ids)
{
    parley_text_puts(out, ids.count > 0 ? ",\"" : ",");
    for (uint32_t k = 0; k < ids.count; k++) {
        put_part(out, k > 0 ? ";" : "", parley_case_claim(c, ids.at[k])->record.id);
    }
    parley_text_puts(out, ids.count > 0 ? "\"" : "");
}

static void put_conditions(parley_text *out, const parley_conditions *list)
{
    parley_text_puts(out, list->count > 0 ? ",\"" : ",");
    for (uint32_t k = 0; k < list->count; k++) {
        put_part(out, k > 0 ? "; " : "", list->at[k].text);
    }
    parley_text_puts(out, list->count > 0 ? "\"" : "");
}

/* Who may see it, as typed. A copy for an audience says nothing about others. */
static void put_label(parley_text *out, const parley_case *c, const parley_node *record)
{
    const parley_node *label = record == NULL || parley_case_audience(c) != NULL
                                   ? NULL
                                   : parley_node_member(record, "label");
    bool list = label != NULL && label->kind == PARLEY_NODE_LIST;
    parley_text_puts(out, label != NULL ? ",\"" : ",");
    for (const parley_node *n = list ? label->first : label; n != NULL; n = list ? n->next : NULL) {
        if (n->kind == PARLEY_NODE_SCALAR) {
            put_part(out, list && n != label->first ? "," : "", n->text);
        }
    }
    parley_text_puts(out, label != NULL ? "\"" : "");
}

static void put_date(parley_text *out, parley_date d)
{
    char text[40];
    parley_date_print(d, text, sizeof(text));
    put_cell(out, d.form == PARLEY_DATE_UNKNOWN ? NULL : text, false);
}

void parley_log_write_table(parley_text *out, const parley_case *c)
{
    for (int k = 0; k < COL_COUNT; k++) {
        parley_text_printf(out, "%s%s", k > 0 ? "," : "", columns[k]);
    }
    parley_text_puts(out, "\r\n");
    const parley_node *claims = parley_node_member(c->root, "claims");
    const parley_node *record =
        claims == NULL || claims->kind != PARLEY_NODE_MAP ? NULL : claims->first;
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        put_cell(out, claim->record.id, true);
        put_date(out, claim->record.happened);
        put_date(out, claim->record.learned);
        put_voices(out, c, &claim->by);
        put_voices(out, c, &claim->to);
        put_cell(out, parley_words_word(PARLEY_WORDS_ACT, claim->act), false);
        put_cell(out, claim->about.text, false);
        put_conditions(out, &claim->conditions);
        put_cell(out, claim->says, false);
        put_cell(out, claim->source >= 0 ? parley_case_source(c, claim->source)->record.id : NULL,
                 false);
        const char *cls = parley_words_word(PARLEY_WORDS_CLASS, claim->cls);
        put_cell(out, cls[0] != '\0' ? cls : NULL, false);
        put_cell(out, claim->hedge, false);
        put_cell(out, claim->scope, false);
        put_claims(out, c, claim->repeats);
        put_claims(out, c, claim->replaces);
        while (record != NULL && strcmp(record->key->text, claim->record.id) != 0) {
            record = record->next; /* the records stand in the order of the claims */
        }
        put_label(out, c, record);
        parley_text_puts(out, "\r\n");
    }
}
