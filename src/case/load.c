/*
 * Reading a case, and its rows for everybody else.
 *
 * A case is bound once; with an audience or a date the tree is pruned (audience.c) and bound again,
 * so that nothing computed later can see what was taken out.
 */
#include "case/case_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ROW_ACCESS(one, many, section)                                                             \
    uint32_t parley_case_##many(const parley_case *c)                                              \
    {                                                                                              \
        return c->count[section];                                                                  \
    }                                                                                              \
    const parley_##one *parley_case_##one(const parley_case *c, int32_t i)                         \
    {                                                                                              \
        PARLEY_ASSERT(i >= 0 && (uint32_t)i < c->count[section]);                                  \
        return CASE_ROW(c, section, parley_##one, i);                                              \
    }

ROW_ACCESS(source, sources, SECTION_SOURCES)
ROW_ACCESS(party, parties, SECTION_PARTIES)
ROW_ACCESS(person, people, SECTION_PEOPLE)
ROW_ACCESS(track, tracks, SECTION_TRACKS)
ROW_ACCESS(issue, issues, SECTION_ISSUES)
ROW_ACCESS(concern, concerns, SECTION_CONCERNS)
ROW_ACCESS(perception, perceptions, SECTION_PERCEPTIONS)
ROW_ACCESS(constituency, constituencies, SECTION_CONSTITUENCIES)
ROW_ACCESS(poll, polls, SECTION_POLLS)
ROW_ACCESS(proposal, proposals, SECTION_PROPOSALS)
ROW_ACCESS(response, responses, SECTION_RESPONSES)
ROW_ACCESS(claim, claims, SECTION_CLAIMS)
ROW_ACCESS(reading, readings, SECTION_READINGS)
ROW_ACCESS(rule, rules, SECTION_RULES)
ROW_ACCESS(flag, flags, SECTION_FLAGS)
ROW_ACCESS(point, points, SECTION_POINTS)
ROW_ACCESS(lever, levers, SECTION_LEVERS)
ROW_ACCESS(figure, figures, SECTION_FIGURES)
ROW_ACCESS(channel, channels, SECTION_CHANNELS)
ROW_ACCESS(relay, relays, SECTION_RELAYS)
ROW_ACCESS(meeting, meetings, SECTION_MEETINGS)
ROW_ACCESS(favour, favours, SECTION_FAVOURS)
ROW_ACCESS(obligation, obligations, SECTION_OBLIGATIONS)
ROW_ACCESS(candidate, candidates, SECTION_CANDIDATES)
ROW_ACCESS(link, links, SECTION_LINKS)
ROW_ACCESS(incident, incidents, SECTION_INCIDENTS)
ROW_ACCESS(expected, expectations, SECTION_EXPECTED)

const char *parley_case_name(const parley_case *c)
{
    return c->name;
}

const char *parley_case_title(const parley_case *c)
{
    return c->title != NULL ? c->title : c->name;
}

parley_date parley_case_as_of(const parley_case *c)
{
    return c->as_of;
}

int32_t parley_case_day(const parley_case *c)
{
    return c->day;
}

parley_language parley_case_language(const parley_case *c)
{
    return c->language;
}

const char *parley_case_mandate_task(const parley_case *c)
{
    return c->mandate_task;
}

const char *parley_case_mandate_not(const parley_case *c)
{
    return c->mandate_not;
}

const char *parley_case_audience(const parley_case *c)
{
    return c->audience;
}

const parley_formula_names *parley_case_names(const parley_case *c)
{
    return &c->names;
}

int32_t parley_case_find(const parley_case *c, const char *kind, const char *id, size_t length)
{
    for (int s = 0; s < SECTION_COUNT; s++) {
        if (strcmp(case_section_key((case_section)s), kind) == 0) {
            return case_index_find(&c->index[s], id, length);
        }
    }
    return -1;
}

parley_status parley_case_formula(const parley_formula **out, const parley_case *c,
                                  parley_arena *arena, const char *text, parley_error *err)
{
    return parley_formula_parse(out, arena, parley_ctx_limits(c->ctx), &c->names, text,
                                strlen(text), NULL, err);
}

void parley_case_free(parley_case *c)
{
    if (c == NULL) {
        return;
    }
    parley_ctx *ctx = c->ctx;
    parley_document_free(c->document);
    parley_release(ctx, c, sizeof(*c));
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* Bind the tree into a case whose rows are empty. */
static bool bind_tree(bind_state *b)
{
    bool good = bind_case(b);
    /* What holds between rows is worth saying even when some row is wrong, unless memory ran out.
     */
    if (b->fatal == PARLEY_OK) {
        good = case_check_rows(b) && good;
    }
    return good && b->fatal == PARLEY_OK && b->errors == 0 && case_collect_answers(b);
}

static void forget_rows(parley_case *c)
{
    memset(c->rows, 0, sizeof(c->rows));
    memset(c->count, 0, sizeof(c->count));
    memset(c->index, 0, sizeof(c->index));
    memset(c->section, 0, sizeof(c->section));
    memset(c->row_node, 0, sizeof(c->row_node));
    c->title = NULL;
    c->language = PARLEY_LANGUAGE_ENGLISH;
    c->mandate_task = NULL;
    c->mandate_not = NULL;
    memset(&c->acceptance, 0, sizeof(c->acceptance));
}

/* Make a document the case's own; the one before goes. */
static bool take_document(bind_state *b, parley_document *document, const char *name)
{
    parley_case *c = b->c;
    parley_document *before = c->document;
    const char *base = base_name(name);
    c->document = document;
    c->arena = b->arena = parley_document_arena(document);
    c->root = parley_document_root(document);
    c->name = parley_arena_copy(c->arena, base, strlen(base));
    if (c->audience != NULL) {
        c->audience = parley_arena_copy(c->arena, c->audience, strlen(c->audience));
    }
    parley_document_free(before);
    return (c->name != NULL && (c->audience_bit < 0 || c->audience != NULL)) || bind_nomem(b);
}

/*
 * Read the pruned tree again from its canonical text: nothing of the whole file is left in the
 * case, not even the lines on which things stood.
 */
static bool read_again(bind_state *b, const char *name)
{
    parley_case *c = b->c;
    parley_error error = PARLEY_ERROR_INIT;
    parley_document *document = NULL;
    parley_text *text = parley_text_new(c->ctx, parley_ctx_limits(c->ctx)->text_bytes);
    if (text == NULL) {
        return bind_nomem(b);
    }
    parley_document_write_yaml(c->root, text);
    if (parley_text_status(text, &error) == PARLEY_OK &&
        parley_document_read(&document, c->ctx, name, parley_text_data(text),
                             parley_text_size(text), NULL, &error) == PARLEY_OK) {
        parley_text_free(text);
        return take_document(b, document, name);
    }
    parley_text_free(text);
    parley_document_free(document);
    return bind_pass(b, &error);
}

/* On which permissions are looked at. */
static int32_t find_day(const parley_case *c, const parley_case_options *options)
{
    parley_date as_of = options->as_of.form != PARLEY_DATE_UNKNOWN ? options->as_of : c->as_of;
    int32_t day = as_of.form != PARLEY_DATE_UNKNOWN ? as_of.last : INT32_MIN;
    bool asked =
        options->as_of.form != PARLEY_DATE_UNKNOWN || parley_node_member(c->root, "as-of") != NULL;
    bool leaves = c->audience_bit > PARLEY_AUDIENCE_TEAM;
    return options->today > day && (leaves || !asked) ? options->today : day;
}

/* From the whole case to the one that was asked for. */
static bool project(bind_state *b, const char *name, const parley_case_options *options)
{
    parley_case *c = b->c;
    if (!case_project(b, options->as_of, options->view)) {
        return false;
    }
    bool audience = c->audience_bit > PARLEY_AUDIENCE_TEAM;
    forget_rows(c);
    b->diagnostics = NULL; /* what the pruned file warns of was said of the whole one */
    b->note_leans = false;
    name = options->called != NULL ? options->called : name;
    if ((audience && !read_again(b, name)) || !bind_tree(b)) {
        return false;
    }
    if (!audience) {
        case_label_rows(c);
        return true;
    }
    /* the newest day of the whole case is nothing that a page may show */
    const parley_case_options left = {.as_of = c->as_of, .today = options->today};
    c->day = find_day(c, &left);
    if (c->audience_bit >= PARLEY_AUDIENCE_PARTY) {
        /* its place among the parties that are left: the other one tells how many are hidden */
        int32_t party =
            case_index_find(&c->index[SECTION_PARTIES], c->audience, strlen(c->audience));
        c->audience_bit = party >= 0 ? PARLEY_AUDIENCE_PARTY + party : PARLEY_AUDIENCE_PUBLIC;
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s]; i++) {
            /* who else may see it is nobody else's business */
            parley_record *record =
                (parley_record *)((char *)c->rows[s] + i * case_section_row_size((case_section)s));
            parley_label_allow(&record->label, (uint32_t)c->audience_bit);
        }
    }
    return true;
}

static bool read_case(bind_state *b, const char *name, const parley_case_options *options)
{
    if (!bind_tree(b)) {
        return false;
    }
    case_label_rows(b->c);
    if (options->audience != NULL && !case_find_audience(b, options->audience)) {
        return false;
    }
    b->c->day = find_day(b->c, options);
    return !b->note_leans || project(b, name, options);
}

parley_status parley_case_read(parley_case **out, parley_ctx *ctx, const char *name,
                               const char *bytes, size_t length, const parley_case_options *options,
                               parley_diagnostics *diagnostics, parley_error *err)
{
    const parley_case_options defaults = PARLEY_CASE_OPTIONS_INIT;
    parley_error doubled = PARLEY_ERROR_INIT; /* the document's own: keys that stand twice */
    parley_document *document = NULL;

    *out = NULL;
    options = options != NULL ? options : &defaults;
    if (options->version != 1) {
        return parley_fail(err, PARLEY_INVALID, "version %d of the options is not known",
                           options->version);
    }
    parley_case *c = parley_alloc(ctx, sizeof(*c));
    if (c == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while reading '%s'", name);
    }
    c->ctx = ctx;
    c->audience_bit = -1;
    parley_status status =
        parley_document_read(&document, ctx, name, bytes, length, diagnostics, &doubled);
    if (document == NULL) {
        parley_release(ctx, c, sizeof(*c));
        if (err != NULL) {
            *err = doubled;
        }
        return status;
    }
    bool team = options->audience == NULL || strcmp(options->audience, "team") == 0;
    bind_state b = {.c = c,
                    .diagnostics = diagnostics,
                    .limits = parley_ctx_limits(ctx),
                    .fatal = PARLEY_OK,
                    .first = PARLEY_ERROR_INIT,
                    .note_leans = !team || options->as_of.form != PARLEY_DATE_UNKNOWN};
    if (doubled.status != PARLEY_OK) {
        b.first = doubled;
        b.errors = 1;
    }
    if (take_document(&b, document, name)) {
        read_case(&b, name, options);
    }
    parley_release(ctx, b.lean, b.lean_room * sizeof(*b.lean));
    if (b.fatal != PARLEY_OK || b.errors != 0) {
        if (err != NULL) {
            *err = b.first;
        }
        parley_case_free(c);
        return b.first.status;
    }
    *out = c;
    return PARLEY_OK;
}

parley_status parley_case_load(parley_case **out, parley_ctx *ctx, const char *path,
                               const parley_case_options *options, parley_diagnostics *diagnostics,
                               parley_error *err)
{
    parley_status status = PARLEY_OK;
    char *bytes = NULL;
    size_t size = 0;
    size_t have = 0;
    struct stat info;

    *out = NULL;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        status = errno == ENOENT ? PARLEY_NOTFOUND : PARLEY_IO;
        parley_fail(err, status, "cannot open '%s': %s", path, strerror(errno));
        if (status == PARLEY_NOTFOUND) {
            parley_error_hint(err, "check the path; shipped cases are in cases/");
        }
        return status;
    }
    if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)) {
        status = parley_fail(err, PARLEY_IO, "'%s' is a folder", path);
        parley_error_hint(err, "name a case file");
        goto out;
    }
    uint32_t most = parley_ctx_limits(ctx)->file_bytes;
    for (;;) {
        if (have == size) {
            size_t larger = size == 0 ? 65536 : size * 2;
            char *grown = parley_realloc(ctx, bytes, size, larger);
            if (grown == NULL) {
                status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading '%s'", path);
                goto out;
            }
            bytes = grown;
            size = larger;
        }
        size_t got = fread(bytes + have, 1, size - have, file);
        have += got;
        if (have > most) {
            status = parley_fail(err, PARLEY_LIMIT,
                                 "'%s' is larger than %u bytes (limit 'file_bytes')", path, most);
            goto out;
        }
        if (got == 0) {
            break;
        }
    }
    if (ferror(file)) {
        status = parley_fail(err, PARLEY_IO, "cannot read '%s': %s", path, strerror(errno));
        goto out;
    }
    status = parley_case_read(out, ctx, path, bytes, have, options, diagnostics, err);
out:
    parley_release(ctx, bytes, size);
    fclose(file);
    return status;
}

void parley_case_write_yaml(const parley_case *c, parley_text *out)
{
    parley_document_write_yaml(c->root, out);
}

void parley_case_write_json(const parley_case *c, parley_text *out)
{
    parley_document_write_json(c->root, out);
}
