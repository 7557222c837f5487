/*
 * Genius XML out: a model's domain, and its profiles.
 *
 * Attributes that Genius does not know (`id`, `label`, `party`, `cap`) keep what would not come
 * out the same again; Genius passes over them.
 */
#include "formats/from_case.h"

#include <string.h>

/* The value of an attribute with its quotes; XML has no other control characters than these three.
 */
static void put_text(parley_text *out, const char *s)
{
    parley_text_putc(out, '"');
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '&')
            parley_text_puts(out, "&amp;");
        else if (c == '<')
            parley_text_puts(out, "&lt;");
        else if (c == '>')
            parley_text_puts(out, "&gt;");
        else if (c == '"')
            parley_text_puts(out, "&quot;");
        else if (c == '\n' || c == '\r' || c == '\t')
            parley_text_printf(out, "&#%d;", c);
        else if (c < 0x20)
            parley_text_putc(out, ' ');
        else
            parley_text_putc(out, (char)c);
    }
    parley_text_putc(out, '"');
}

static void attribute(parley_text *out, const char *name, const char *value)
{
    if (value != NULL) {
        parley_text_printf(out, " %s=", name);
        put_text(out, value);
    }
}

static void number(parley_text *out, const char *name, fmt_number n)
{
    char text[FMT_NUMBER_MAX];
    fmt_number_print(n, text, sizeof text);
    parley_text_printf(out, " %s=\"%s\"", name, text);
}

static void open_issue(parley_text *out, const fmt_issue *issue)
{
    static const char *const kinds[] = {"discrete", "integer", "real"};
    const char *kind = kinds[issue->kind];
    parley_text_printf(out, "      <issue index=\"%lld\"", (long long)issue->index);
    attribute(out, "name", issue->name);
    attribute(out, "id", issue->id);
    attribute(out, "description", issue->description);
    parley_text_printf(out, " type=\"%s\" etype=\"%s\" vtype=\"%s\"", kind, kind, kind);
    if (issue->kind == FMT_INTEGER) {
        number(out, "lowerbound", issue->lower);
        number(out, "upperbound", issue->upper);
    }
    parley_text_puts(out, ">\n");
    if (issue->kind == FMT_REAL) {
        parley_text_puts(out, "        <range");
        number(out, "lowerbound", issue->lower);
        number(out, "upperbound", issue->upper);
        parley_text_puts(out, "/>\n");
    }
}

static void put_items(parley_text *out, const fmt_issue *issue, const fmt_evaluation *v)
{
    for (uint32_t k = 0; k < issue->item_count; k++) {
        parley_text_printf(out, "        <item index=\"%u\"", (unsigned)k + 1);
        attribute(out, "value", issue->items[k].value);
        attribute(out, "id", v == NULL ? issue->items[k].id : NULL);
        attribute(out, "label", v == NULL ? issue->items[k].label : NULL);
        if (v != NULL)
            number(out, "evaluation", v->table[k]);
        parley_text_puts(out, "/>\n");
    }
}

static void put_evaluator(parley_text *out, const fmt_issue *issue, const fmt_evaluation *v)
{
    bool integer = issue->kind == FMT_INTEGER;
    parley_text_printf(out, "        <evaluator ftype=\"%s\"",
                       v->shape == FMT_TRIANGLE   ? "triangular"
                       : v->shape == FMT_CONSTANT ? "constant"
                                                  : "linear");
    if (v->shape == FMT_TRIANGLE) {
        number(out, "parameter0", v->base);
        number(out, "parameter1", v->end);
        number(out, "parameter2", v->top);
    } else {
        number(out, integer ? "offset" : "parameter0", v->offset);
        if (v->shape == FMT_LINEAR)
            number(out, integer ? "slope" : "parameter1", v->slope);
    }
    parley_text_puts(out, "/>\n");
}

/* ---- profiles ---- */

static void put_additive(parley_text *out, const fmt_model *m, const fmt_profile *p)
{
    for (uint32_t i = 0; i < m->issue_count; i++) {
        const fmt_evaluation *v = &p->evaluations[i];
        if (!v->typed)
            continue;
        open_issue(out, &m->issues[i]);
        if (m->issues[i].kind == FMT_DISCRETE)
            put_items(out, &m->issues[i], v);
        else
            put_evaluator(out, &m->issues[i], v);
        parley_text_puts(out, "      </issue>\n");
    }
    for (uint32_t i = 0; i < m->issue_count; i++) {
        if (!p->evaluations[i].typed)
            continue;
        parley_text_printf(out, "      <weight index=\"%lld\"", (long long)m->issues[i].index);
        number(out, "value", p->evaluations[i].weight);
        parley_text_puts(out, "/>\n");
    }
}

static void put_box(parley_text *out, const fmt_model *m, const fmt_box *box)
{
    parley_text_puts(out, "<hyperRectangle");
    number(out, "utility", box->utility);
    if (fmt_number_compare(box->weight, FMT_ONE) != 0)
        number(out, "weight", box->weight);
    parley_text_puts(out, ">\n");
    for (uint32_t i = 0; i < box->bound_count; i++)
        parley_text_printf(out, "<%s index=\"%lld\" min=\"%lld\" max=\"%lld\"/>\n",
                           box->outside ? "EXCLUDES" : "INCLUDES",
                           (long long)m->issues[box->bounds[i].issue].index,
                           (long long)box->bounds[i].least, (long long)box->bounds[i].most);
    parley_text_puts(out, "</hyperRectangle>\n");
}

static void open_ufun(parley_text *out, const fmt_ufun *ufun)
{
    static const char *const words[] = {"sum", "min", "max"};
    parley_text_puts(out, "<ufun type=\"PlainUfun\"");
    number(out, "weight", ufun->weight);
    parley_text_printf(out, " aggregation=\"%s\">\n", words[ufun->aggregation]);
}

/* Boxes and functions by the function they stand in; the case has groups in the other order. */
typedef struct places {
    int32_t *first_box;
    int32_t *next_box;
    int32_t *first_child;
    int32_t *next_child;
} places;

static bool find_places(const fmt_model *m, const fmt_profile *p, places *out)
{
    size_t size = sizeof(int32_t);
    out->first_box = parley_arena_array(m->arena, p->ufun_count, size);
    out->first_child = parley_arena_array(m->arena, p->ufun_count, size);
    out->next_child = parley_arena_array(m->arena, p->ufun_count, size);
    out->next_box = parley_arena_array(m->arena, p->box_count, size);
    if (out->first_box == NULL || out->first_child == NULL || out->next_child == NULL ||
        out->next_box == NULL)
        return false;
    for (uint32_t u = 0; u < p->ufun_count; u++)
        out->first_box[u] = out->first_child[u] = -1;
    for (uint32_t b = p->box_count; b-- > 0;) {
        out->next_box[b] = out->first_box[p->boxes[b].node];
        out->first_box[p->boxes[b].node] = (int32_t)b;
    }
    for (uint32_t u = 1; u < p->ufun_count; u++) {
        out->next_child[u] = out->first_child[p->ufuns[u].parent];
        out->first_child[p->ufuns[u].parent] = (int32_t)u;
    }
    return true;
}

static bool put_functions(parley_text *out, const fmt_model *m, const fmt_profile *p)
{
    places at;
    if (!find_places(m, p, &at))
        return false;
    int32_t u = 0;
    while (u >= 0) {
        open_ufun(out, &p->ufuns[u]);
        for (int32_t b = at.first_box[u]; b >= 0; b = at.next_box[b])
            put_box(out, m, &p->boxes[b]);
        if (at.first_child[u] >= 0) {
            u = at.first_child[u];
            continue;
        }
        /* close upwards until there is a next one */
        int32_t next = -1;
        while (u >= 0 && next < 0) {
            parley_text_puts(out, "</ufun>\n");
            next = u > 0 ? at.next_child[u] : -1;
            u = p->ufuns[u].parent;
        }
        u = next;
    }
    return true;
}

static bool put_boxes(parley_text *out, const fmt_model *m, const fmt_profile *p)
{
    for (uint32_t i = 0; i < m->issue_count; i++) {
        open_issue(out, &m->issues[i]);
        if (m->issues[i].kind == FMT_DISCRETE)
            put_items(out, &m->issues[i], NULL);
        parley_text_puts(out, "      </issue>\n");
    }
    parley_text_puts(out, "      <utility");
    number(out, "maxutility", p->maximum);
    parley_text_puts(out, ">\n");
    bool good = put_functions(out, m, p);
    parley_text_puts(out, "      </utility>\n");
    return good;
}

static void open_objective(parley_text *out, const char *name)
{
    parley_text_puts(out, "    <objective index=\"0\"");
    attribute(out, "name", name);
    parley_text_puts(out, " description=\"\" type=\"objective\" etype=\"objective\">\n");
}

static bool put_profile(parley_text *out, const fmt_model *m, const fmt_profile *p)
{
    parley_text_printf(out, "<utility_space type=\"%s\" number_of_issues=\"%u\"",
                       p->kind == FMT_BOXES ? "nonlinear" : "linear", (unsigned)m->issue_count);
    if (strcmp(p->name, p->stem) != 0)
        attribute(out, "party", p->name);
    attribute(out, "cap", p->cap ? "1" : NULL);
    parley_text_puts(out, ">\n");
    open_objective(out, m->name);
    bool good = true;
    if (p->kind == FMT_BOXES)
        good = put_boxes(out, m, p);
    else
        put_additive(out, m, p);
    parley_text_puts(out, "    </objective>\n");
    if (p->has_reservation) {
        parley_text_puts(out, "  <reservation");
        number(out, "value", p->reservation);
        parley_text_puts(out, "/>\n");
    }
    if (p->has_discount) {
        parley_text_puts(out, "  <discount_factor");
        number(out, "value", p->discount);
        parley_text_puts(out, "/>\n");
    }
    parley_text_puts(out, "</utility_space>\n");
    return good;
}

parley_status genius_write(const fmt_model *m, int32_t profile, parley_text *out, parley_error *err)
{
    if (profile >= 0)
        return put_profile(out, m, &m->profiles[profile])
                   ? parley_text_status(out, err)
                   : parley_fail(err, PARLEY_NOMEM, "no memory to write a profile");
    parley_text_printf(out, "<negotiation_template>\n  <utility_space number_of_issues=\"%u\">\n",
                       (unsigned)m->issue_count);
    open_objective(out, m->name);
    for (uint32_t i = 0; i < m->issue_count; i++) {
        open_issue(out, &m->issues[i]);
        put_items(out, &m->issues[i], NULL);
        parley_text_puts(out, "      </issue>\n");
    }
    parley_text_puts(out, "    </objective>\n  </utility_space>\n</negotiation_template>\n");
    return parley_text_status(out, err);
}
