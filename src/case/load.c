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
    return good && b->fatal == PARLEY_OK && b->errors == 0;
}

static void forget_rows(parley_case *c)
{
    memset(c->rows, 0, sizeof(c->rows));
    memset(c->count, 0, sizeof(c->count));
    memset(c->index, 0, sizeof(c->index));
    memset(c->section, 0, sizeof(c->section));
    memset(c->row_node, 0, sizeof(c->row_node));
    c->title = NULL;
    c->mandate_task = NULL;
    c->mandate_not = NULL;
}

parley_status parley_case_read(parley_case **out, parley_ctx *ctx, const char *name,
                               const char *bytes, size_t length, const parley_case_options *options,
                               parley_diagnostics *diagnostics, parley_error *err)
{
    const parley_case_options defaults = PARLEY_CASE_OPTIONS_INIT;
    parley_status status = PARLEY_OK;
    parley_diagnostics *own = NULL;
    parley_case *c = NULL;

    *out = NULL;
    options = options != NULL ? options : &defaults;
    if (diagnostics == NULL) {
        diagnostics = own = parley_diagnostics_new(ctx);
    }
    c = parley_alloc(ctx, sizeof(*c));
    if (c == NULL || diagnostics == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while reading '%s'", name);
        goto out;
    }
    c->ctx = ctx;
    c->audience_bit = -1;
    parley_status read =
        parley_document_read(&c->document, ctx, name, bytes, length, diagnostics, err);
    if (c->document == NULL) {
        status = read;
        goto out;
    }
    c->arena = parley_document_arena(c->document);
    c->root = parley_document_root(c->document);
    c->name = parley_arena_copy(c->arena, base_name(name), strlen(base_name(name)));

    bind_state b = {.c = c,
                    .arena = c->arena,
                    .diagnostics = diagnostics,
                    .limits = parley_ctx_limits(ctx),
                    .fatal = PARLEY_OK,
                    .errors = 0,
                    .first = PARLEY_ERROR_INIT};
    if (c->name == NULL) {
        bind_nomem(&b);
    } else {
        bind_tree(&b);
    }
    if (b.fatal == PARLEY_OK && b.errors == 0 && read == PARLEY_OK) {
        parley_date filed = c->as_of;
        if (case_apply_audience(&b, options->audience, options->as_of) &&
            (options->audience != NULL || options->as_of.form != PARLEY_DATE_UNKNOWN)) {
            forget_rows(c);
            b.diagnostics = NULL; /* what the pruned file warns of was said of the whole one */
            bind_tree(&b);
            case_finish_projection(&b, filed, options->as_of);
        }
    }
    if (b.fatal != PARLEY_OK || b.errors != 0) {
        const parley_error *first = parley_diagnostics_first(diagnostics);
        const parley_error *tell = b.fatal != PARLEY_OK || first == NULL ? &b.first : first;
        status = tell->status;
        if (err != NULL) {
            *err = *tell;
        }
    } else {
        status = read; /* duplicate keys */
        if (read != PARLEY_OK && err != NULL && parley_diagnostics_first(diagnostics) != NULL) {
            *err = *parley_diagnostics_first(diagnostics);
        }
    }
out:
    if (status != PARLEY_OK) {
        if (c != NULL && c->document != NULL) {
            parley_case_free(c);
        } else {
            parley_release(ctx, c, sizeof(*c));
        }
        c = NULL;
    }
    parley_diagnostics_free(own);
    *out = c;
    return status;
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
