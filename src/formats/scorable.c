/*
 * Scoring games in text: config.txt says who plays, scores_files/NAME.txt what each scores, and
 * initial_deal.txt which package comes first.
 *
 * A file of scores has one line an issue, a score for each option with commas between them, and the
 * threshold in its last line. Options are called A1, A2, ..., B1, ... The published rule of
 * acceptance (arXiv 2309.17234): the roles p1 and p2 accept, and at least all but one of all.
 */
#include "formats/scorable.h"
#include "formats/names.h"
#include "formats/source.h"

#include <stdlib.h>
#include <string.h>

typedef struct game {
    fmt_model *model;
    parley_ctx *ctx;
    const parley_format_file *files;
    size_t count;
    parley_diagnostics *list;
    parley_error *err;
} game;

/* One file, line by line; blank lines are passed over. */
typedef struct lines {
    fmt_source source;
    const char *text;
    uint32_t at; /* of the line */
    uint32_t end;
    uint32_t next;
    uint32_t length;
} lines;

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

static const parley_format_file *find_file(const game *g, const char *name, size_t length)
{
    for (size_t i = 0; i < g->count; i++) {
        const char *own = last_part(g->files[i].name);
        if (strncmp(own, name, length) == 0 && strcmp(own + length, ".txt") == 0)
            return &g->files[i];
    }
    return NULL;
}

static parley_status begin(lines *l, const game *g, const parley_format_file *file)
{
    *l = (lines){.at = 0};
    parley_status status = fmt_source_begin(&l->source, g->ctx, g->model->arena, g->list,
                                            file->name, file->bytes, file->length, g->err);
    if (status != PARLEY_OK)
        return status;
    bool mark = file->length >= 3 && memcmp(file->bytes, "\xEF\xBB\xBF", 3) == 0;
    fmt_source_take(&l->source, mark ? 3 : 0, l->source.length);
    status = fmt_source_ready(&l->source, g->err);
    l->text = parley_text_data(l->source.text);
    l->length = (uint32_t)parley_text_size(l->source.text);
    return status;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool next_line(lines *l)
{
    while (l->next < l->length) {
        l->at = l->next;
        while (l->next < l->length && l->text[l->next] != '\n')
            l->next++;
        l->end = l->next;
        l->next += l->next < l->length ? 1 : 0;
        while (l->end > l->at && blank(l->text[l->end - 1]))
            l->end--;
        while (l->at < l->end && blank(l->text[l->at]))
            l->at++;
        if (l->at < l->end)
            return true;
    }
    return false;
}

/* The next part of the line up to a comma, without blanks around it; false: no more. */
static bool next_part(const lines *l, uint32_t *at, uint32_t *begin_at, uint32_t *end_at)
{
    if (*at > l->end)
        return false;
    uint32_t end = *at;
    while (end < l->end && l->text[end] != ',')
        end++;
    *begin_at = *at;
    *end_at = end;
    *at = end + 1;
    while (*begin_at < *end_at && blank(l->text[*begin_at]))
        ++*begin_at;
    while (*end_at > *begin_at && blank(l->text[*end_at - 1]))
        --*end_at;
    return true;
}

static parley_status fail(lines *l, const game *g, parley_status status, uint32_t from, uint32_t to,
                          const char *message)
{
    return parley_fail_at(g->err, status, l->source.name, fmt_text_span(&l->source, from, to), "%s",
                          message);
}

static parley_status nomem(const game *g)
{
    return parley_fail(g->err, PARLEY_NOMEM, "no memory to read the game");
}

/* ---- who plays ---- */

static parley_status read_player(lines *l, const game *g, fmt_profile *p)
{
    uint32_t at = l->at;
    uint32_t from = 0;
    uint32_t to = 0;
    const char *part[3] = {NULL, NULL, NULL};
    for (size_t i = 0; i < 3 && next_part(l, &at, &from, &to); i++) {
        part[i] = parley_arena_copy(g->model->arena, l->text + from, to - from);
        if (part[i] == NULL)
            return nomem(g);
    }
    if (part[2] == NULL || part[0][0] == '\0' || part[1][0] == '\0')
        return fail(l, g, PARLEY_INVALID, l->at, l->end, "a line is: name, file, role, ...");
    p->name = part[0];
    p->stem = part[1];
    p->veto = strcmp(part[2], "p1") == 0 || strcmp(part[2], "p2") == 0;
    if (!p->veto && strcmp(part[2], "player") != 0)
        fmt_warn(&l->source, fmt_text_span(&l->source, from, to), NULL,
                 "a role is p1, p2 or player; '%.40s' is taken as player", part[2]);
    return PARLEY_OK;
}

static parley_status read_config(const game *g)
{
    fmt_model *m = g->model;
    lines l;
    const parley_format_file *file = find_file(g, "config", 6);
    if (file == NULL) {
        parley_fail(g->err, PARLEY_NOTFOUND, "the game has no config.txt");
        parley_error_hint(g->err, "name the folder that holds config.txt and scores_files");
        return PARLEY_NOTFOUND;
    }
    parley_status status = begin(&l, g, file);
    uint32_t most = parley_ctx_limits(g->ctx)->parties;
    uint32_t players = 0;
    while (status == PARLEY_OK && next_line(&l))
        players++;
    if (status == PARLEY_OK && players > most)
        status = parley_fail(g->err, PARLEY_LIMIT, "more than %u parties (limit 'parties')",
                             (unsigned)most);
    m->profiles = parley_arena_array(m->arena, players, sizeof(*m->profiles));
    if (status == PARLEY_OK && m->profiles == NULL)
        status = nomem(g);
    l.next = 0;
    while (status == PARLEY_OK && next_line(&l))
        status = read_player(&l, g, &m->profiles[m->profile_count++]);
    if (status == PARLEY_OK && players == 0)
        status = fail(&l, g, PARLEY_INVALID, 0, 0, "there is no party in config.txt");
    fmt_source_end(&l.source);
    return status;
}

/* ---- what they score ---- */

static const char *letters(const game *g, uint32_t i)
{
    char out[12];
    size_t n = sizeof out - 1;
    out[n] = '\0';
    for (uint64_t k = (uint64_t)i + 1; k > 0; k = (k - 1) / 26)
        out[--n] = (char)('A' + (k - 1) % 26);
    return parley_arena_copy(g->model->arena, out + n, strlen(out + n));
}

/* The first file of scores says how many issues and options there are. */
static parley_status make_issues(lines *l, const game *g)
{
    fmt_model *m = g->model;
    const parley_limits *limits = parley_ctx_limits(g->ctx);
    uint32_t count = 0;
    l->next = 0;
    while (next_line(l))
        count++;
    if (count < 2)
        return fail(l, g, PARLEY_INVALID, 0, l->length,
                    "a file of scores has a line for each issue, and the threshold below them");
    if (count - 1 > limits->issues)
        return parley_fail(g->err, PARLEY_LIMIT, "more than %u issues (limit 'issues')",
                           (unsigned)limits->issues);
    m->issues = parley_arena_array(m->arena, count - 1, sizeof(*m->issues));
    if (m->issues == NULL)
        return nomem(g);
    l->next = 0;
    while (m->issue_count < count - 1 && next_line(l)) {
        uint32_t i = m->issue_count++;
        fmt_issue *issue = &m->issues[i];
        uint32_t options = 1;
        for (uint32_t k = l->at; k < l->end; k++)
            options += l->text[k] == ',' ? 1 : 0;
        if (options > limits->options)
            return fail(l, g, PARLEY_LIMIT, l->at, l->end, "too many options (limit 'options')");
        *issue = (fmt_issue){.name = letters(g, i), .index = i + 1};
        issue->items = parley_arena_array(m->arena, options, sizeof(*issue->items));
        if (issue->name == NULL || issue->items == NULL)
            return nomem(g);
        for (; issue->item_count < options; issue->item_count++) {
            char *name =
                parley_arena_format(m->arena, "%s%u", issue->name, (unsigned)issue->item_count + 1);
            if (name == NULL)
                return nomem(g);
            issue->items[issue->item_count].value = name;
        }
    }
    return PARLEY_OK;
}

static parley_status read_number(lines *l, const game *g, uint32_t from, uint32_t to,
                                 fmt_number *out)
{
    parley_error own = PARLEY_ERROR_INIT;
    if (from == to)
        return fail(l, g, PARLEY_SYNTAX, l->at, l->end, "a score is missing in this line");
    parley_status status = fmt_number_parse(out, l->text + from, to - from, NULL, &own);
    return status == PARLEY_OK ? status : fail(l, g, status, from, to, own.message);
}

static parley_status read_scores(lines *l, const game *g, fmt_profile *p)
{
    fmt_model *m = g->model;
    uint32_t from = 0;
    uint32_t to = 0;
    parley_status status = PARLEY_OK;
    p->kind = FMT_ADDITIVE;
    p->evaluations = parley_arena_array(m->arena, m->issue_count, sizeof(*p->evaluations));
    if (p->evaluations == NULL)
        return nomem(g);
    l->next = 0;
    for (uint32_t i = 0; i < m->issue_count; i++) {
        fmt_evaluation *v = &p->evaluations[i];
        const fmt_issue *issue = &m->issues[i];
        *v = (fmt_evaluation){.typed = true, .weight = FMT_ONE, .divisor = FMT_ONE};
        v->table = parley_arena_array(m->arena, issue->item_count, sizeof(*v->table));
        if (v->table == NULL)
            return nomem(g);
        if (!next_line(l))
            return fail(l, g, PARLEY_INVALID, l->length, l->length,
                        "there are fewer lines of scores here than for the first party");
        uint32_t at = l->at;
        uint32_t k = 0;
        for (; next_part(l, &at, &from, &to); k++) {
            fmt_number n;
            status = read_number(l, g, from, to, &n);
            if (status != PARLEY_OK)
                return status;
            if (k < issue->item_count)
                v->table[k] = n;
        }
        if (k != issue->item_count)
            return fail(l, g, PARLEY_INVALID, l->at, l->end,
                        "this issue has another number of options here than for the first party");
    }
    if (!next_line(l))
        return fail(l, g, PARLEY_INVALID, l->length, l->length,
                    "the last line, with the threshold, is missing");
    p->has_reservation = true;
    status = read_number(l, g, l->at, l->end, &p->reservation);
    if (status == PARLEY_OK && next_line(l))
        status = fail(l, g, PARLEY_INVALID, l->at, l->end,
                      "there are more lines here than for the first party");
    return status;
}

static parley_status read_party(const game *g, fmt_profile *p)
{
    const parley_format_file *file = find_file(g, p->stem, strlen(p->stem));
    lines l;
    if (file == NULL)
        return parley_fail(g->err, PARLEY_NOTFOUND,
                           "there is no file of scores '%.80s.txt', which config.txt names",
                           p->stem);
    parley_status status = begin(&l, g, file);
    p->file = file->name;
    if (status == PARLEY_OK && g->model->issue_count == 0)
        status = make_issues(&l, g);
    if (status == PARLEY_OK)
        status = read_scores(&l, g, p);
    fmt_source_end(&l.source);
    return status;
}

/* ---- the first deal ---- */

/* Every option's name with the number of its issue. */
static bool name_options(const game *g, fmt_map *names)
{
    for (uint32_t i = 0; i < g->model->issue_count; i++)
        for (uint32_t k = 0; k < g->model->issues[i].item_count; k++)
            if (!fmt_map_add(names, g->model->issues[i].items[k].value, i))
                return false;
    return true;
}

static parley_status read_deal(lines *l, const game *g)
{
    fmt_model *m = g->model;
    fmt_map names = {.arena = m->arena};
    int32_t *deal = parley_arena_array(m->arena, m->issue_count, sizeof(*deal));
    if (deal == NULL || !name_options(g, &names))
        return nomem(g);
    for (uint32_t i = 0; i < m->issue_count; i++)
        deal[i] = -1;
    while (next_line(l)) {
        uint32_t at = l->at;
        uint32_t from = 0;
        uint32_t to = 0;
        while (next_part(l, &at, &from, &to)) {
            const char *name = parley_arena_copy(m->arena, l->text + from, to - from);
            if (name == NULL)
                return nomem(g);
            int64_t i = fmt_map_find(&names, name);
            if (i < 0 || deal[i] >= 0)
                return fail(l, g, PARLEY_INVALID, from, to,
                            i < 0 ? "this is no option of the game"
                                  : "the issue of this option is decided already");
            /* the number behind the letters */
            deal[i] = (int32_t)(strtoul(name + strcspn(name, "0123456789"), NULL, 10) - 1);
            m->initial = deal;
        }
    }
    return PARLEY_OK;
}

parley_status scorable_read(fmt_model *model, parley_ctx *ctx, const parley_format_file *files,
                            size_t count, parley_diagnostics *list, parley_error *err)
{
    game g = {model, ctx, files, count, list, err};
    parley_status status = read_config(&g);
    for (uint32_t i = 0; i < model->profile_count && status == PARLEY_OK; i++)
        status = read_party(&g, &model->profiles[i]);
    const parley_format_file *deal = find_file(&g, "initial_deal", 12);
    if (status == PARLEY_OK && deal != NULL) {
        lines l;
        status = begin(&l, &g, deal);
        if (status == PARLEY_OK)
            status = read_deal(&l, &g);
        if (status == PARLEY_OK)
            model->initial_file = deal->name;
        fmt_source_end(&l.source);
    }
    if (status == PARLEY_OK && model->profile_count > 1)
        model->quorum = model->profile_count - 1;
    return status;
}
