/*
 * From a case to a model that one format can hold. What would change a utility or a package is an
 * error; what is only left behind is a warning a kind. Curves are in from_case_curve.c, boxes in
 * from_case_boxes.c.
 */
#include "formats/from_case.h"

#include <stdio.h>
#include <string.h>

/* ---- messages ---- */

parley_status leaving_fail(leaving *l, parley_span at, const char *hint, const char *format, ...)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    parley_fail_at(l->err, PARLEY_INVALID, parley_case_name(l->c), at, "%s", message);
    if (hint != NULL)
        parley_error_hint(l->err, "%s", hint);
    return PARLEY_INVALID;
}

void leaving_warn(leaving *l, parley_span at, const char *format, ...)
{
    parley_error e = PARLEY_ERROR_INIT;
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    parley_fail_at(&e, PARLEY_INVALID, parley_case_name(l->c), at, "%s", message);
    if (l->list != NULL)
        parley_diagnostics_add(l->list, PARLEY_SEVERITY_WARNING, &e);
}

parley_status leaving_nomem(leaving *l)
{
    return parley_fail(l->err, PARLEY_NOMEM, "no memory to write '%s'", parley_case_name(l->c));
}

parley_status leaving_number(leaving *l, parley_fraction f, parley_span at, fmt_number *out)
{
    bool rounded = false;
    bool fits =
        fmt_number_div(out, (fmt_number){f.num, -f.places}, (fmt_number){f.den, 0}, &rounded);
    if (!fits)
        return leaving_fail(l, at, NULL, "a number here has too many digits for the format");
    if (rounded)
        leaving_warn(l, at, "a fraction here has no end as a decimal; written with 18 digits");
    return PARLEY_OK;
}

static parley_status decimal(fmt_number *out, parley_decimal d)
{
    *out = (fmt_number){d.mantissa, -d.scale};
    return PARLEY_OK;
}

/* ---- issues ---- */

/* Labels where they are different from each other and ids follow from them; else ids. */
static void name_item(leaving *l, fmt_map *labels, const parley_option *option, fmt_item *item)
{
    bool own = fmt_id_is_own(FMT_ID_OPTION, option->label, option->id);
    bool first = fmt_map_find(labels, option->label) < 0;
    *item = (fmt_item){.value = option->label};
    if (!first || (!own && l->model->format == PARLEY_FORMAT_GENIUSWEB)) {
        item->value = option->id;
        item->label = option->label;
        own = fmt_id_is_own(FMT_ID_OPTION, option->id, option->id);
    }
    item->id = own ? NULL : option->id;
}

static parley_status leave_choice(leaving *l, const parley_issue *from, fmt_issue *issue)
{
    fmt_map labels = {.arena = l->arena};
    issue->items = parley_arena_array(l->arena, from->values, sizeof(*issue->items));
    if (issue->items == NULL)
        return leaving_nomem(l);
    uint32_t renamed = 0;
    for (uint32_t k = 0; k < from->values; k++) {
        name_item(l, &labels, &from->options[k], &issue->items[k]);
        renamed += issue->items[k].label != NULL ? 1 : 0;
        if (fmt_map_find(&labels, issue->items[k].value) >= 0)
            return leaving_fail(l, from->options[k].span, "give it another label",
                                "two options of '%s' would have the name '%.60s'", from->record.id,
                                issue->items[k].value);
        if (!fmt_map_add(&labels, issue->items[k].value, k))
            return leaving_nomem(l);
    }
    if (renamed > 0 && l->model->format == PARLEY_FORMAT_GENIUSWEB)
        leaving_warn(l, from->record.span,
                     "%u option%s of '%s' written with the id; the label is left out",
                     (unsigned)renamed, renamed == 1 ? " is" : "s are", from->record.id);
    issue->item_count = from->values;
    return PARLEY_OK;
}

static parley_status leave_quantity(leaving *l, const parley_issue *from, fmt_issue *issue)
{
    int64_t whole = 0;
    fmt_number way;
    fmt_number part;
    if (decimal(&issue->lower, from->from) != PARLEY_OK ||
        decimal(&issue->upper, from->to) != PARLEY_OK ||
        decimal(&issue->step, from->step) != PARLEY_OK)
        return PARLEY_INVALID;
    issue->kind = FMT_REAL;
    if (l->model->format == PARLEY_FORMAT_GENIUSWEB)
        return PARLEY_OK;
    if (fmt_number_whole(issue->lower, &whole) && fmt_number_whole(issue->upper, &whole) &&
        fmt_number_compare(issue->step, FMT_ONE) == 0) {
        issue->kind = FMT_INTEGER;
        return PARLEY_OK;
    }
    bool twenty = fmt_number_add(&way, issue->upper,
                                 (fmt_number){-issue->lower.mantissa, issue->lower.exponent}) &&
                  fmt_number_mul(&part, issue->step, (fmt_number){20, 0}) &&
                  fmt_number_compare(part, way) == 0;
    if (!twenty)
        return leaving_fail(l, from->record.span,
                            "write its values as options, or change from, to and step",
                            "Genius has quantities in whole numbers, or in 21 steps; '%s' has "
                            "neither",
                            from->record.id);
    return PARLEY_OK;
}

static parley_status leave_issue(leaving *l, const parley_issue *from, fmt_issue *issue)
{
    bool web = l->model->format == PARLEY_FORMAT_GENIUSWEB;
    bool own = fmt_id_is_own(FMT_ID_ISSUE, from->name, from->record.id);
    *issue = (fmt_issue){.name = from->name, .description = from->ask};
    issue->index = (int64_t)l->model->issue_count + 1;
    if (!own && web) {
        issue->name = from->record.id;
        leaving_warn(l, from->record.span,
                     "issue '%s' is written with its id; the name is left out", from->record.id);
    } else if (!own) {
        issue->id = from->record.id;
    }
    if (from->kind == PARLEY_ISSUE_SPLIT)
        return leaving_fail(l, from->record.span, NULL, "the format has no splits such as '%s'",
                            from->record.id);
    return from->kind == PARLEY_ISSUE_CHOICE ? leave_choice(l, from, issue)
                                             : leave_quantity(l, from, issue);
}

static parley_status leave_issues(leaving *l)
{
    uint32_t count = parley_case_issues(l->c);
    fmt_model *m = l->model;
    fmt_map names = {.arena = l->arena};
    int32_t *place = parley_arena_array(l->arena, count, sizeof(*place));
    m->issues = parley_arena_array(l->arena, count, sizeof(*m->issues));
    if (place == NULL || m->issues == NULL)
        return leaving_nomem(l);
    l->place = place;
    for (uint32_t i = 0; i < count; i++) {
        const parley_issue *from = parley_case_issue(l->c, (int32_t)i);
        place[i] = -1;
        if (from->values == 0) {
            leaving_warn(l, from->record.span, "issue '%s' has no options yet; left out",
                         from->record.id);
            continue;
        }
        fmt_issue *issue = &m->issues[m->issue_count];
        parley_status status = leave_issue(l, from, issue);
        if (status != PARLEY_OK)
            return status;
        if (m->format == PARLEY_FORMAT_GENIUSWEB && fmt_map_find(&names, issue->name) >= 0)
            return leaving_fail(l, from->record.span, "give it another name",
                                "two issues have the name '%.60s'", issue->name);
        if (!fmt_map_add(&names, issue->name, i))
            return leaving_nomem(l);
        place[i] = (int32_t)m->issue_count++;
    }
    return m->issue_count > 0
               ? PARLEY_OK
               : leaving_fail(l, PARLEY_SPAN_NONE, NULL, "no issue of this case has options");
}

/* ---- scores ---- */

/* weight * score / out-of as weight' * score / divisor, where the format sets the divisor. */
static parley_status leave_choice_score(leaving *l, const parley_score *score,
                                        const fmt_issue *issue, fmt_evaluation *v)
{
    fmt_number out_of;
    bool rounded = false;
    parley_status status = leaving_number(l, score->weight, score->span, &v->weight);
    if (status == PARLEY_OK)
        status = leaving_number(l, score->out_of, score->span, &out_of);
    v->table = parley_arena_array(l->arena, issue->item_count, sizeof(*v->table));
    if (v->table == NULL)
        return leaving_nomem(l);
    fmt_number most = FMT_ZERO;
    bool below = false;
    for (uint32_t k = 0; k < issue->item_count && status == PARLEY_OK; k++) {
        status = leaving_number(l, score->option[k], score->span, &v->table[k]);
        if (k == 0 || fmt_number_compare(v->table[k], most) > 0)
            most = v->table[k];
        below = below || v->table[k].mantissa < 0;
    }
    if (status != PARLEY_OK)
        return status;
    bool fits = true;
    if (l->model->format == PARLEY_FORMAT_GENIUSWEB) {
        for (uint32_t k = 0; k < issue->item_count && fits; k++)
            fits = fmt_number_div(&v->table[k], v->table[k], out_of, &rounded);
        v->divisor = FMT_ONE;
    } else if (fmt_number_compare(most, (fmt_number){1, -5}) < 0) {
        if (most.mantissa != 0 || below)
            return leaving_fail(l, score->span, NULL,
                                "Genius divides by the largest score of an issue, and none of '%s' "
                                "reaches 0.00001",
                                issue->name);
        v->divisor = FMT_ONE;
    } else {
        v->divisor = most;
        if (fmt_number_compare(most, out_of) != 0)
            fits = fmt_number_mul(&v->weight, v->weight, most) &&
                   fmt_number_div(&v->weight, v->weight, out_of, &rounded);
    }
    if (!fits)
        return leaving_fail(l, score->span, NULL, "the numbers of '%s' have too many digits",
                            issue->name);
    if (rounded)
        leaving_warn(l, score->span, "weight or scores of '%s' are rounded to 18 digits",
                     issue->name);
    return PARLEY_OK;
}

static parley_status leave_scores(leaving *l, const parley_worth *w, fmt_profile *out)
{
    const fmt_model *m = l->model;
    out->evaluations = parley_arena_array(l->arena, m->issue_count, sizeof(*out->evaluations));
    if (out->evaluations == NULL)
        return leaving_nomem(l);
    for (uint32_t s = 0; s < w->scores; s++) {
        const parley_score *score = &w->score[s];
        int32_t place = l->place[score->issue];
        if (place < 0)
            continue;
        const fmt_issue *issue = &m->issues[place];
        fmt_evaluation *v = &out->evaluations[place];
        *v = (fmt_evaluation){.typed = true, .divisor = FMT_ONE};
        parley_status status = issue->kind == FMT_DISCRETE ? leave_choice_score(l, score, issue, v)
                                                           : leaving_curve(l, w, score, issue, v);
        if (status != PARLEY_OK)
            return status;
    }
    return PARLEY_OK;
}

/* ---- without a deal ---- */

/* The bid that a formula names; value by issue of the model. */
static parley_status leave_bid(leaving *l, const parley_worth *w, fmt_profile *out)
{
    uint32_t count = parley_case_issues(l->c);
    int64_t *values = parley_arena_array(l->arena, count, sizeof(*values));
    out->reservation_bid =
        parley_arena_array(l->arena, l->model->issue_count, sizeof(*out->reservation_bid));
    if (values == NULL || out->reservation_bid == NULL)
        return leaving_nomem(l);
    parley_status status = parley_case_package(values, l->c, w->without_like, l->err);
    for (uint32_t i = 0; i < count && status == PARLEY_OK; i++)
        if (l->place[i] >= 0)
            out->reservation_bid[l->place[i]] = (int32_t)values[i];
    return status;
}

static parley_status leave_without(leaving *l, const parley_worth *w, fmt_profile *out)
{
    bool web = l->model->format == PARLEY_FORMAT_GENIUSWEB;
    if (w->without_like != NULL && web)
        return leave_bid(l, w, out);
    if (w->without_like != NULL)
        return leaving_fail(l, w->record.span, "write its worth as a number",
                            "Genius has the worth without a deal as a number, not as a package");
    if (w->without.den == 0)
        return PARLEY_OK;
    if (web && w->without.num != 0)
        return leaving_fail(l, w->record.span, "name a package that is worth the same",
                            "GeniusWeb has the worth without a deal as a package, not as a number");
    if (web) {
        leaving_warn(l, w->record.span, "without a deal: 0 is left out, which is the same");
        return PARLEY_OK;
    }
    out->has_reservation = true;
    return leaving_number(l, w->without, w->record.span, &out->reservation);
}

/* ---- parties ---- */

static bool is_one(parley_fraction f)
{
    return parley_fraction_compare(f, (parley_fraction){1, 1, 0}) == 0;
}

/* What no file of the format has a place for, and what it would be worth. */
static parley_status check_worth(leaving *l, const parley_worth *w)
{
    bool web = l->model->format == PARLEY_FORMAT_GENIUSWEB;
    const char *format = web ? "GeniusWeb" : "Genius";
    parley_span at = w->record.span;
    if (w->terms > 0)
        return leaving_fail(l, at, NULL, "%s has no terms over several issues", format);
    if (w->boxes > 0 && web)
        return leaving_fail(l, at, "Genius has them", "GeniusWeb has no boxes");
    if (w->boxes > 0 && w->scores > 0)
        return leaving_fail(l, at, NULL, "Genius has scores or boxes, not both in one profile");
    if (w->boxes == 0 && (w->base.num != 0 || !is_one(w->divided_by)))
        return leaving_fail(l, at, "put them into weights and scores",
                            "%s has neither a base nor a divisor beside scores", format);
    if (w->cap.den != 0 && (web || !is_one(w->cap)))
        return leaving_fail(l, at, NULL, web ? "GeniusWeb has no cap" : "Genius has no cap but 1");
    if (w->discount.den != 0 && web)
        leaving_warn(l, at, "GeniusWeb has no discount; left out");
    if (w->red_lines.count > 0)
        leaving_warn(l, at, "red lines are left out");
    if (w->scale.den != 0)
        leaving_warn(l, at, "the scale is left out");
    return PARLEY_OK;
}

static parley_status leave_party(leaving *l, const parley_worth *w, fmt_profile *out)
{
    const parley_party *party = parley_case_party(l->c, w->party);
    char stem[FMT_ID_MAX];
    parley_status status = check_worth(l, w);
    fmt_id_from(stem, FMT_ID_PARTY, party->record.id, (uint32_t)w->party + 1);
    *out = (fmt_profile){.name = party->name, .kind = w->boxes > 0 ? FMT_BOXES : FMT_ADDITIVE};
    out->stem = fmt_id_is_own(FMT_ID_PARTY, party->record.id, party->record.id)
                    ? party->record.id
                    : parley_arena_copy(l->arena, stem, strlen(stem));
    if (out->stem == NULL)
        return leaving_nomem(l);
    if (strcmp(out->stem, party->record.id) != 0)
        leaving_warn(l, party->record.span, "party '%s' becomes '%s'", party->record.id, out->stem);
    out->cap = w->cap.den != 0;
    if (status == PARLEY_OK)
        status = leave_without(l, w, out);
    if (status == PARLEY_OK && w->discount.den != 0 && l->model->format == PARLEY_FORMAT_GENIUS) {
        out->has_discount = true;
        status = leaving_number(l, w->discount, w->record.span, &out->discount);
    }
    if (status != PARLEY_OK)
        return status;
    return w->boxes > 0 ? leaving_boxes(l, w, out) : leave_scores(l, w, out);
}

/* ---- what stays behind ---- */

static void warn_left(leaving *l)
{
    const struct {
        uint32_t count;
        const char *what;
    } left[] = {
        {parley_case_rules(l->c), "rule%s, so that more packages are possible in the files"},
        {parley_case_claims(l->c), "claim%s"},
        {parley_case_readings(l->c), "reading%s"},
        {parley_case_responses(l->c), "answer%s"},
        {parley_case_proposals(l->c), "proposal%s"},
        {parley_case_concerns(l->c), "concern%s"},
    };
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        char what[100];
        const char *cut = strstr(left[i].what, "%s");
        snprintf(what, sizeof what, "%.*s%s%s", (int)(cut - left[i].what), left[i].what,
                 left[i].count == 1 ? "" : "s", cut + 2);
        if (left[i].count > 0)
            leaving_warn(l, PARLEY_SPAN_NONE, "left out: %u %s", (unsigned)left[i].count, what);
    }
    if (parley_case_acceptance(l->c)->typed)
        leaving_warn(l, parley_case_acceptance(l->c)->record.span,
                     "how many must accept, and who has a veto, is left out");
}

parley_status fmt_from_case(fmt_model *model, parley_arena *arena, parley_ctx *ctx,
                            const parley_case *c, parley_format format, parley_diagnostics *list,
                            parley_error *err)
{
    *model = (fmt_model){.arena = arena, .format = format, .name = parley_case_title(c)};
    model->name = model->name != NULL ? model->name : "";
    leaving l = {ctx, arena, c, model, NULL, list, err};
    uint32_t count = parley_case_worths(c);
    fmt_map stems = {.arena = arena};
    if (count == 0)
        return leaving_fail(&l, PARLEY_SPAN_NONE, "add a section 'values:'",
                            "this case has no values, and the format holds nothing else");
    warn_left(&l);
    parley_status status = leave_issues(&l);
    model->profiles = parley_arena_array(arena, count, sizeof(*model->profiles));
    if (status == PARLEY_OK && model->profiles == NULL)
        status = leaving_nomem(&l);
    for (uint32_t p = 0; p < count && status == PARLEY_OK; p++) {
        const parley_worth *w = parley_case_worth(c, (int32_t)p);
        fmt_profile *profile = &model->profiles[model->profile_count++];
        status = leave_party(&l, w, profile);
        if (status == PARLEY_OK && fmt_map_find(&stems, profile->stem) >= 0)
            status = leaving_fail(&l, w->record.span, "give one of them another id",
                                  "two parties would have the file '%s'", profile->stem);
        if (status == PARLEY_OK && !fmt_map_add(&stems, profile->stem, p))
            status = leaving_nomem(&l);
    }
    return status;
}
