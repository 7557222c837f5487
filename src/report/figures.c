/*
 * The page of `parley figures`: what was counted, by whom, how; nothing is added up, and figures on
 * different things are never put in one row.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

static bool not_given(const char *text)
{
    return text == NULL || strcmp(text, "none-given") == 0 || strcmp(text, "unknown") == 0;
}

static const char *number(parley_screen *s, parley_decimal d)
{
    char text[48];
    char out[64];
    size_t at = 0;
    parley_decimal_print(d, text, sizeof(text));
    size_t first = text[0] == '-';
    size_t whole = strcspn(text, ".");
    for (size_t i = 0; text[i] != '\0' && at < sizeof(out) - 2; i++) {
        if (i > first && i < whole && (whole - i) % 3 == 0) {
            out[at++] = ',';
        }
        out[at++] = text[i];
    }
    out[at] = '\0';
    return parley_screen_format(s, "%s", out);
}

static const char *unit(parley_screen *s, const char *text)
{
    if (text == NULL || strcmp(text, "person") == 0) {
        return "";
    }
    if (strncmp(text, "percent", 7) == 0) {
        return " %";
    }
    return parley_screen_format(s, " %s", text);
}

const char *word_figure(parley_screen *s, const parley_figure *f)
{
    bool low = f->low.typed && !f->low.unknown;
    bool best = f->best.typed && !f->best.unknown;
    bool high = f->high.typed && !f->high.unknown;
    const char *hedge = f->hedge != NULL ? parley_screen_format(s, "%s ", f->hedge) : "";
    const char *text = "unknown";
    if (low && high) {
        text =
            parley_screen_format(s, "%s to %s", number(s, f->low.value), number(s, f->high.value));
    } else if (low) {
        text = parley_screen_format(s, "at least %s", number(s, f->low.value));
    } else if (high) {
        text = parley_screen_format(s, "up to %s", number(s, f->high.value));
    }
    if (best) {
        const char *middle = parley_screen_format(s, "%s%s", hedge, number(s, f->best.value));
        text = low || high ? parley_screen_format(s, "%s (%s)", middle, text) : middle;
    } else if (!low && !high) {
        return text;
    } else if (f->hedge != NULL) {
        text = parley_screen_format(s, "%s, \"%s\"", text, f->hedge);
    }
    return parley_screen_format(s, "%s%s", text, unit(s, f->unit));
}

static const char *claimant(parley_screen *s, const parley_case *c, const parley_figure_row *row)
{
    const parley_figure *f = parley_case_figure(c, row->figure);
    const parley_voice *v = &f->claimant;
    if (v->party < 0 && v->source < 0 && not_given(v->words)) {
        return "not given";
    }
    const char *name = word_voice(s, c, v, false);
    return row->own_side ? parley_screen_format(s, "%s about itself", name)
           : row->other_side
               ? parley_screen_format(s, "%s about %s", name, word_party(c, f->about.party))
               : name;
}

static const char *extent(parley_screen *s, const parley_extent *e)
{
    if (e->has_from && e->has_to && !e->above && !e->below &&
        parley_decimal_compare(e->from, e->to) == 0) {
        return number(s, e->from);
    }
    const char *from = !e->has_from ? "no lower end"
                       : e->above   ? parley_screen_format(s, "more than %s", number(s, e->from))
                                    : number(s, e->from);
    const char *to = !e->has_to ? "no upper end"
                     : e->below ? parley_screen_format(s, "less than %s", number(s, e->to))
                                : number(s, e->to);
    return parley_screen_format(s, "%s to %s", from, to);
}

/* What is left of a group's range when each source in turn is taken out. */
static void ranges(parley_screen *s, const parley_case *c, const parley_figure_group *g)
{
    uint32_t origins = 0;
    for (uint32_t i = 0; i < g->rows; i++) {
        bool seen = false;
        for (uint32_t k = 0; k < i; k++) {
            seen = seen || g->row[k].origin == g->row[i].origin;
        }
        origins += !seen;
    }
    if (!g->known || g->rows < 2) {
        return;
    }
    parley_screen_begin(s, 2, 4);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "together: %s", extent(s, &g->range));
    for (uint32_t i = 0; i < g->rows && origins > 1; i++) {
        bool seen = false;
        parley_extent rest;
        for (uint32_t k = 0; k < i; k++) {
            seen = seen || g->row[k].origin == g->row[i].origin;
        }
        if (!seen && parley_figures_without(&rest, g, g->row[i].origin)) {
            parley_screen_addf(s, PARLEY_INK_DIM, "; without %s: %s",
                               g->row[i].origin < 0 ? "the one of no source"
                                                    : parley_case_source(c, g->row[i].origin)->name,
                               extent(s, &rest));
        }
    }
    parley_screen_end(s);
    if (g->against[0] >= 0) {
        word_plain(s, PARLEY_INK_WARN, "  These cannot both be so. No verdict is given here.");
    } else if (g->grows) {
        word_plain(s, PARLEY_INK_DIM,
                   "  They differ, and so do their days: an update, no conflict.");
    }
}

parley_status parley_page_figures(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                  parley_error *err)
{
    parley_figures *figures = NULL;
    parley_status status = parley_figures_new(&figures, ctx, c, err);
    if (status != PARLEY_OK) {
        return status;
    }
    word_heading(s, c);
    const parley_column columns[4] = {{.heading = "WHAT", .flexible = true, .fill = true},
                                      {.heading = "FIGURE", .at_most = 24, .flexible = true},
                                      {.heading = "CLAIMANT", .at_most = 20, .flexible = true},
                                      {.heading = "METHOD, DAY", .at_most = 22, .flexible = true}};
    uint32_t citable = 0;
    uint32_t rows = 0;
    bool convention = false;
    parley_table *t = parley_table_new(s, columns, 4, 0, 2);
    for (uint32_t g = 0; g < parley_figures_groups(figures); g++) {
        const parley_figure_group *group = parley_figures_group(figures, g);
        for (uint32_t i = 0; i < group->rows; i++) {
            const parley_figure *f = parley_case_figure(c, group->row[i].figure);
            const char *who = claimant(s, c, &group->row[i]);
            parley_table_cell(t, PARLEY_INK_PLAIN, i == 0 ? f->what : "  the same");
            parley_table_cell(t, PARLEY_INK_HEADING, word_figure(s, f));
            parley_table_cell(t, PARLEY_INK_PARTY, who);
            parley_table_cell(t, PARLEY_INK_DIM, not_given(f->method) ? "not given" : f->method);
            if (f->record.happened.form != PARLEY_DATE_UNKNOWN) {
                parley_table_addf(t, PARLEY_INK_DIM, ", %s", word_date(s, c, f->record.happened));
            }
            if (f->n.typed) {
                parley_table_addf(t, PARLEY_INK_DIM, ", n %s",
                                  f->n.unknown ? "not given" : number(s, f->n.value));
            }
            rows++;
            citable += strcmp(who, "not given") != 0 && !not_given(f->method);
            convention = convention || (group->rows > 1 && group->row[i].extent.convention);
        }
    }
    parley_table_print(t);
    for (uint32_t g = 0; g < parley_figures_groups(figures); g++) {
        const parley_figure_group *group = parley_figures_group(figures, g);
        if (group->rows > 1) {
            word_plain(s, PARLEY_INK_HEADING, parley_case_figure(c, group->row[0].figure)->what);
            ranges(s, c, group);
        }
    }
    if (rows == 0) {
        word_plain(s, PARLEY_INK_DIM, "No figures in this case.");
    } else {
        if (citable == 0) {
            word_plain(s, PARLEY_INK_WARN,
                       "Nothing here can be cited as a finding: claimant or method is "
                       "missing everywhere.");
        }
        word_plain(s, PARLEY_INK_DIM, "Nothing is added up; different things are not compared.");
        if (convention) {
            word_plain(s, PARLEY_INK_DIM,
                       "For comparing only, \"some\" and the like are taken as within a "
                       "tenth: a convention.");
        }
    }
    parley_figures_free(figures);
    return PARLEY_OK;
}

/* ---------------------------------------------------------------------- JSON */

static void json_number(parley_json *j, const char *key, const parley_number *n)
{
    char text[48];
    parley_decimal_print(n->value, text, sizeof(text));
    json_key_string(j, key, !n->typed ? NULL : n->unknown ? "unknown" : text);
}

static void json_extent(parley_json *j, const char *key, bool known, const parley_extent *e)
{
    char text[48];
    parley_json_key(j, key);
    if (!known) {
        parley_json_null(j);
        return;
    }
    parley_json_object(j);
    parley_decimal_print(e->from, text, sizeof(text));
    json_key_string(j, "from", e->has_from ? text : NULL);
    parley_json_key(j, "above");
    parley_json_bool(j, e->above);
    parley_decimal_print(e->to, text, sizeof(text));
    json_key_string(j, "to", e->has_to ? text : NULL);
    parley_json_key(j, "below");
    parley_json_bool(j, e->below);
    parley_json_key(j, "by_convention");
    parley_json_bool(j, e->convention);
    parley_json_object_end(j);
}

parley_status parley_page_figures_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                       parley_error *err)
{
    parley_figures *figures = NULL;
    parley_status status = parley_figures_new(&figures, ctx, c, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "groups");
    parley_json_array(j);
    for (uint32_t g = 0; g < parley_figures_groups(figures); g++) {
        const parley_figure_group *group = parley_figures_group(figures, g);
        parley_json_object(j);
        json_key_string(j, "what", parley_case_figure(c, group->row[0].figure)->what);
        json_key_string(j, "unit", parley_case_figure(c, group->row[0].figure)->unit);
        json_extent(j, "range", group->known, &group->range);
        json_key_string(j, "finding",
                        group->against[0] >= 0 ? "opposed"
                        : group->grows         ? "update"
                        : group->rows > 1      ? "compatible"
                                               : NULL);
        parley_json_key(j, "figures");
        parley_json_array(j);
        for (uint32_t i = 0; i < group->rows; i++) {
            const parley_figure_row *row = &group->row[i];
            const parley_figure *f = parley_case_figure(c, row->figure);
            parley_extent rest;
            bool some = parley_figures_without(&rest, group, row->origin);
            parley_json_object(j);
            json_key_string(j, "figure", f->record.id);
            json_number(j, "low", &f->low);
            json_number(j, "best", &f->best);
            json_number(j, "high", &f->high);
            json_key_string(j, "hedge", f->hedge);
            json_voice(j, "claimant", c, &f->claimant);
            json_voice(j, "about", c, &f->about);
            json_key_string(j, "method", f->method);
            json_number(j, "n", &f->n);
            json_key_date(j, "date", f->record.happened);
            json_key_string(j, "source", id_source(c, f->source));
            json_key_string(j, "via", id_source(c, f->via));
            json_extent(j, "extent", row->known, &row->extent);
            json_key_string(j, "interest",
                            row->own_side     ? "about itself"
                            : row->other_side ? "about another party"
                                              : NULL);
            json_extent(j, "range_without_its_source", some, &rest);
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_figures_free(figures);
    return PARLEY_OK;
}
