/*
 * From a model to a case: the text of a case in JSON, which the room "case" then reads like any
 * other. Values are in to_case_values.c, boxes in to_case_boxes.c.
 *
 * Ids are made from names and the names stay as labels. Notes say what was repaired on the way and
 * what a case has no place for.
 */
#include "formats/to_case.h"

#include <stdio.h>
#include <string.h>

/* ---- small pieces ---- */

void fmt_put_number(parley_json *json, fmt_number n)
{
    char text[FMT_NUMBER_MAX];
    fmt_number_print(n, text, sizeof text);
    /* parley_json writes whole numbers only: the comma before a member is its manner */
    if (json->after_key) {
        json->after_key = false;
    } else {
        uint64_t bit = (uint64_t)1 << json->depth;
        parley_text_puts(json->text, (json->has_some & bit) != 0 ? ", " : "");
        json->has_some |= bit;
    }
    parley_text_puts(json->text, text);
}

static void put(making *m, const char *key, const char *value)
{
    parley_json_key(&m->json, key);
    parley_json_string(&m->json, value);
}

bool fmt_grid(const fmt_issue *issue, fmt_number *step, int64_t *count)
{
    fmt_number way;
    *step = issue->step;
    *count = 0;
    if (!fmt_number_add(&way, issue->upper,
                        (fmt_number){-issue->lower.mantissa, issue->lower.exponent}))
        return false;
    if (step->mantissa == 0 && !fmt_number_mul(step, way, (fmt_number){5, -2}))
        return false;
    if (step->mantissa <= 0)
        *step = FMT_ONE;
    if (way.mantissa == 0) {
        *count = 1;
        return true;
    }
    /* whole steps, the last one may fall short of the end */
    int64_t low = 0;
    int64_t high = INT64_C(1) << 40;
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2;
        fmt_number at;
        if (!fmt_number_mul(&at, *step, (fmt_number){middle, 0}) || fmt_number_compare(at, way) > 0)
            high = middle - 1;
        else
            low = middle;
    }
    *count = low + 1;
    return true;
}

/* ---- ids ---- */

static const char *take_id(fmt_map *taken, fmt_id_kind kind, const char *given, const char *name,
                           uint32_t place)
{
    if (given == NULL || given[0] == '\0')
        return fmt_id_take(taken, kind, name, place);
    if (fmt_map_find(taken, given) >= 0)
        return fmt_id_take(taken, kind, given, place);
    return fmt_map_add(taken, given, 2) ? given : NULL;
}

static parley_status make_ids(making *m, parley_arena *arena, parley_error *err)
{
    const fmt_model *model = m->model;
    fmt_map issues = {.arena = arena};
    fmt_map voices = {.arena = arena};
    m->issue_ids = parley_arena_array(arena, model->issue_count, sizeof(*m->issue_ids));
    m->option_ids = parley_arena_array(arena, model->issue_count, sizeof(*m->option_ids));
    m->party_ids = parley_arena_array(arena, model->profile_count, sizeof(*m->party_ids));
    m->source_ids = parley_arena_array(arena, model->profile_count, sizeof(*m->source_ids));
    bool good = m->issue_ids != NULL && m->option_ids != NULL && m->party_ids != NULL &&
                m->source_ids != NULL && fmt_map_add(&voices, "domain", 2);
    for (uint32_t i = 0; good && i < model->issue_count; i++) {
        const fmt_issue *issue = &model->issues[i];
        fmt_map options = {.arena = arena};
        m->issue_ids[i] = take_id(&issues, FMT_ID_ISSUE, issue->id, issue->name, i + 1);
        m->option_ids[i] = parley_arena_array(arena, issue->item_count, sizeof(**m->option_ids));
        good = m->issue_ids[i] != NULL && m->option_ids[i] != NULL;
        for (uint32_t k = 0; good && k < issue->item_count; k++) {
            m->option_ids[i][k] =
                take_id(&options, FMT_ID_OPTION, issue->items[k].id, issue->items[k].value, k + 1);
            good = m->option_ids[i][k] != NULL;
        }
    }
    for (uint32_t p = 0; good && p < model->profile_count; p++) {
        const fmt_profile *profile = &model->profiles[p];
        const char *stem = profile->stem != NULL ? profile->stem : profile->name;
        m->party_ids[p] = fmt_id_take(&voices, FMT_ID_PARTY, stem, p + 1);
        good = m->party_ids[p] != NULL;
    }
    for (uint32_t p = 0; good && p < model->profile_count; p++) {
        char *name = parley_arena_format(arena, "%s-file", m->party_ids[p]);
        m->source_ids[p] = name != NULL ? fmt_id_take(&voices, FMT_ID_SOURCE, name, p + 1) : NULL;
        good = m->source_ids[p] != NULL;
    }
    return good ? PARLEY_OK : parley_fail(err, PARLEY_NOMEM, "no memory to make a case");
}

/* ---- notes ---- */

/* What was repaired in one file, as one text; nothing is written when there is nothing to say. */
static void put_repairs(making *m, const char *file)
{
    size_t found = 0;
    for (size_t i = 0; i < parley_diagnostics_size(m->repairs); i++) {
        const parley_error *e = &parley_diagnostics_at(m->repairs, i)->error;
        if (strcmp(e->source, file) != 0)
            continue;
        if (found++ == 0) {
            parley_json_key(&m->json, "note");
            parley_json_array(&m->json);
        }
        char text[PARLEY_ERROR_MESSAGE_MAX + 40];
        snprintf(text, sizeof text, "line %u: %s", (unsigned)e->span.line, e->message);
        parley_json_string(&m->json, text);
    }
    if (found > 0)
        parley_json_array_end(&m->json);
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

static void put_source(making *m, const char *id, const char *file)
{
    parley_json_key(&m->json, id);
    parley_json_object(&m->json);
    put(m, "name", last_part(file));
    put(m, "kind", "document");
    put_repairs(m, file);
    parley_json_object_end(&m->json);
}

/* Can some package be worth more than 1? In floating point: it only makes a note. */
static bool above_one(const fmt_model *model)
{
    for (uint32_t p = 0; p < model->profile_count; p++) {
        const fmt_profile *profile = &model->profiles[p];
        double most = 0;
        if (profile->kind == FMT_BOXES) {
            for (uint32_t b = 0; b < profile->box_count; b++)
                most += fmt_number_double(profile->boxes[b].utility) *
                        fmt_number_double(profile->boxes[b].weight);
            most /= fmt_number_double(profile->maximum);
        } else {
            for (uint32_t i = 0; i < model->issue_count; i++)
                most += fmt_number_double(profile->evaluations[i].weight);
        }
        if (most > 1 + 1e-12)
            return true;
    }
    return false;
}

static void put_note(making *m)
{
    const fmt_model *model = m->model;
    static const char *const whole[PARLEY_FORMAT_COUNT] = {
#define WHOLE(name, word, text, files) text,
        PARLEY_FORMAT_LIST(WHOLE)
#undef WHOLE
    };
    bool discount = false;
    for (uint32_t p = 0; p < model->profile_count; p++)
        discount = discount || model->profiles[p].has_discount;
    parley_json_key(&m->json, "note");
    parley_json_array(&m->json);
    char text[200];
    snprintf(text, sizeof text, "converted from %s", whole[model->format]);
    parley_json_string(&m->json, text);
    parley_json_string(&m->json,
                       "ids are made from the names, which stay as labels; numbers are as "
                       "typed, on the file's own scale");
    if (discount)
        parley_json_string(&m->json, "discounts are recorded and not applied");
    if (model->format == PARLEY_FORMAT_GENIUS && above_one(model))
        parley_json_string(&m->json, model->cap
                                         ? "worth above 1 counts as 1, as Genius has it"
                                         : "Genius counts worth above 1 as 1; here it counts as "
                                           "it adds up");
    parley_json_array_end(&m->json);
}

/* ---- issues ---- */

static parley_status put_quantity(making *m, const fmt_issue *issue, parley_error *err)
{
    char shown[80];
    fmt_number step;
    int64_t count = 0;
    uint32_t most = parley_ctx_limits(m->ctx)->options;
    snprintf(shown, sizeof shown, "%.60s", issue->name);
    if (!fmt_grid(issue, &step, &count) || step.exponent < -18 || issue->lower.exponent < -18 ||
        issue->upper.exponent < -18)
        return parley_fail_at(err, PARLEY_RANGE, m->model->file, PARLEY_SPAN_NONE,
                              "the ends of issue '%s' have more digits than a case keeps", shown);
    if (count > most)
        return parley_fail_at(err, PARLEY_LIMIT, m->model->file, PARLEY_SPAN_NONE,
                              "issue '%s' has more than %u values (limit 'options')", shown,
                              (unsigned)most);
    parley_json_key(&m->json, "quantity");
    parley_json_object(&m->json);
    parley_json_key(&m->json, "from");
    fmt_put_number(&m->json, issue->lower);
    parley_json_key(&m->json, "to");
    fmt_put_number(&m->json, issue->upper);
    parley_json_key(&m->json, "step");
    fmt_put_number(&m->json, step);
    parley_json_object_end(&m->json);
    return PARLEY_OK;
}

static parley_status put_issues(making *m, parley_error *err)
{
    parley_json_key(&m->json, "issues");
    parley_json_object(&m->json);
    for (uint32_t i = 0; i < m->model->issue_count; i++) {
        const fmt_issue *issue = &m->model->issues[i];
        const char *ask = issue->description;
        parley_json_key(&m->json, m->issue_ids[i]);
        parley_json_object(&m->json);
        put(m, "track", "talks");
        if (issue->name[0] != '\0' && strcmp(issue->name, m->issue_ids[i]) != 0)
            put(m, "name", issue->name);
        if (ask != NULL && ask[0] != '\0' && strcmp(ask, issue->name) != 0)
            put(m, "ask", ask);
        if (issue->kind == FMT_DISCRETE) {
            parley_json_key(&m->json, "options");
            parley_json_object(&m->json);
            for (uint32_t k = 0; k < issue->item_count; k++)
                put(m, m->option_ids[i][k],
                    issue->items[k].label != NULL ? issue->items[k].label : issue->items[k].value);
            parley_json_object_end(&m->json);
        } else {
            parley_status status = put_quantity(m, issue, err);
            if (status != PARLEY_OK)
                return status;
        }
        parley_json_object_end(&m->json);
    }
    parley_json_object_end(&m->json);
    return PARLEY_OK;
}

static void put_proposal(making *m, parley_text *formula)
{
    const fmt_model *model = m->model;
    for (uint32_t i = 0; i < model->issue_count; i++)
        if (model->initial[i] >= 0)
            parley_text_printf(formula, "%s%s = %s", parley_text_size(formula) > 0 ? " and " : "",
                               m->issue_ids[i], m->option_ids[i][model->initial[i]]);
    parley_json_key(&m->json, "proposals");
    parley_json_object(&m->json);
    parley_json_key(&m->json, "first-deal");
    parley_json_object(&m->json);
    put(m, "name", "The first deal of the game");
    put(m, "tabled-by", "first-deal-file");
    put(m, "text", parley_text_data(formula));
    parley_json_object_end(&m->json);
    parley_json_object_end(&m->json);
}

/* ---- the whole ---- */

static void put_head(making *m, const char *title)
{
    const fmt_model *model = m->model;
    parley_json_key(&m->json, "parley");
    parley_json_int(&m->json, 1);
    put(m, "title", title);
    put_note(m);
    parley_json_key(&m->json, "sources");
    parley_json_object(&m->json);
    if (model->file != NULL)
        put_source(m, "domain", model->file);
    for (uint32_t p = 0; p < model->profile_count; p++)
        put_source(m, m->source_ids[p], model->profiles[p].file);
    if (model->initial != NULL)
        put_source(m, "first-deal-file", model->initial_file);
    parley_json_object_end(&m->json);
    parley_json_key(&m->json, "parties");
    parley_json_object(&m->json);
    for (uint32_t p = 0; p < model->profile_count; p++) {
        parley_json_key(&m->json, m->party_ids[p]);
        parley_json_object(&m->json);
        put(m, "name", model->profiles[p].name);
        parley_json_key(&m->json, "roles");
        parley_json_array(&m->json);
        parley_json_string(&m->json, "principal");
        parley_json_array_end(&m->json);
        parley_json_object_end(&m->json);
    }
    parley_json_object_end(&m->json);
    parley_json_key(&m->json, "tracks");
    parley_json_object(&m->json);
    parley_json_key(&m->json, "talks");
    parley_json_object(&m->json);
    put(m, "name", title);
    put(m, "table", "now");
    parley_json_object_end(&m->json);
    parley_json_object_end(&m->json);
}

static void put_acceptance(making *m)
{
    const fmt_model *model = m->model;
    if (model->quorum == 0)
        return;
    parley_json_key(&m->json, "acceptance");
    parley_json_object(&m->json);
    parley_json_key(&m->json, "at-least");
    parley_json_int(&m->json, (int64_t)model->quorum);
    parley_json_key(&m->json, "vetoes");
    parley_json_array(&m->json);
    for (uint32_t p = 0; p < model->profile_count; p++)
        if (model->profiles[p].veto)
            parley_json_string(&m->json, m->party_ids[p]);
    parley_json_array_end(&m->json);
    parley_json_object_end(&m->json);
}

static parley_status write_case(making *m, parley_text *formula, parley_error *err)
{
    const fmt_model *model = m->model;
    const char *title = model->name != NULL && model->name[0] != '\0' ? model->name : "No name";
    parley_json_begin(&m->json, m->text);
    parley_json_object(&m->json);
    put_head(m, title);
    parley_status status = put_issues(m, err);
    if (status != PARLEY_OK)
        return status;
    if (model->initial != NULL)
        put_proposal(m, formula);
    put_acceptance(m);
    status = fmt_put_values(m, err);
    if (status != PARLEY_OK)
        return status;
    parley_json_object_end(&m->json);
    parley_json_finish(&m->json);
    status = parley_text_status(formula, err);
    return status == PARLEY_OK ? parley_text_status(m->text, err) : status;
}

/* The text is ours: what its reader finds wrong is a limit of cases, or a fault of this file. */
static parley_status read_case(parley_case **out, making *m, const char *name, parley_error *err)
{
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error own = PARLEY_ERROR_INIT;
    parley_status status = parley_case_read(out, m->ctx, name, parley_text_data(m->text),
                                            parley_text_size(m->text), &options, NULL, &own);
    if (status == PARLEY_OK)
        return status;
    bool outside = status == PARLEY_NOMEM || status == PARLEY_LIMIT || status == PARLEY_CANCELLED;
    return parley_fail(err, outside ? status : PARLEY_INVALID, "these files make no case: %s",
                       own.message);
}

parley_status fmt_to_case(parley_case **out, parley_ctx *ctx, const fmt_model *model,
                          const char *name, const parley_diagnostics *repairs,
                          parley_diagnostics *list, parley_error *err)
{
    making m = {.ctx = ctx, .model = model, .repairs = repairs};
    *out = NULL;
    if (model->profile_count > parley_ctx_limits(ctx)->parties)
        return parley_fail(err, PARLEY_LIMIT, "more than %u parties (limit 'parties')",
                           (unsigned)parley_ctx_limits(ctx)->parties);
    parley_text *formula = parley_text_new(ctx, SIZE_MAX);
    m.text = parley_text_new(ctx, SIZE_MAX);
    parley_status status = m.text == NULL || formula == NULL
                               ? parley_fail(err, PARLEY_NOMEM, "no memory to make a case")
                               : make_ids(&m, model->arena, err);
    if (status == PARLEY_OK)
        status = write_case(&m, formula, err);
    if (status == PARLEY_OK)
        status = read_case(out, &m, name, err);
    if (status == PARLEY_OK && m.rounded && list != NULL) {
        parley_error e = PARLEY_ERROR_INIT;
        parley_fail_at(&e, PARLEY_RANGE, model->file, PARLEY_SPAN_NONE,
                       "points of an evaluator have more digits than Parley keeps; rounded to 18");
        parley_diagnostics_add(list, PARLEY_SEVERITY_WARNING, &e);
    }
    parley_text_free(m.text);
    parley_text_free(formula);
    return status;
}
