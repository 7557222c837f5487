/*
 * The page of a case: the ladder as a picture and as a table, and who holds what.
 */
#include "report/case_page.h"
#include "report/svg.h"

#include <string.h>

/* ----------------------------------------------------------------------- ladder */

/* A rung that nothing new binds on is left out, but for the first and the last. */
static bool shown(const page *p, int rung)
{
    return rung == PARLEY_RUNG_RULES || rung == (int)parley_deal_up_to(p->deal) ||
           parley_deal_rung(p->deal, (parley_rung)rung)->terms.count > 0;
}

static const char *packages(page *p, const parley_count *count)
{
    return parley_screen_format(p->s, "%s package%s", parley_screen_count(p->s, count),
                                page_is_one(count) ? "" : "s");
}

/* rungs: [{name, basis, count, log, empty}] */
static void write_rungs(page *p, parley_json *j, void *user)
{
    char words[120];
    (void)user;
    parley_json_key(j, "rungs");
    parley_json_array(j);
    for (int r = 0; r <= (int)parley_deal_up_to(p->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(p->deal, (parley_rung)r);
        if (!shown(p, r)) {
            continue;
        }
        svg_count(&rung->left, words, sizeof(words));
        parley_json_object(j);
        page_member(p, j, "name", parley_rung_heading((parley_rung)r));
        page_member(p, j, "basis", parley_words_word(PARLEY_WORDS_BASIS, rung->basis));
        page_member(p, j, "count", words);
        parley_json_key(j, "log");
        parley_json_uint(j, svg_log2(&rung->left));
        parley_json_key(j, "empty");
        parley_json_bool(j, parley_count_is_zero(&rung->left));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void picture(page *p)
{
    svg_bar bar[PARLEY_RUNG_COUNT];
    uint32_t bars = 0;
    word_list words = {.count = 0};
    for (int r = 0; r <= (int)parley_deal_up_to(p->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(p->deal, (parley_rung)r);
        if (!shown(p, r)) {
            continue;
        }
        bar[bars++] = (svg_bar){parley_rung_heading((parley_rung)r),
                                rung->basis == PARLEY_BASIS_READING    ? SVG_OPEN
                                : rung->basis == PARLEY_BASIS_REPORTED ? SVG_STRIPES
                                                                       : SVG_SOLID,
                                rung->left};
        word_push(&words, parley_screen_format(p->s, "%s %s", parley_rung_heading((parley_rung)r),
                                               parley_screen_count(p->s, &rung->left)));
    }
    static const char title[] = "Packages left on each rung of the ladder";
    const char *all = parley_screen_format(p->s,
                                           "Bars on a logarithmic scale, from firm to soft: "
                                           "%s.",
                                           word_join(p->s, &words, "; "));
    page_figure(p, "ladder", "rungs-table");
    if (!p->markdown) {
        svg_bars(p->safe, p->out, "rungs", title, all, bar, bars);
    }
    page_data(p, title, all, write_rungs, NULL);
    page_figure_end(p, "Packages left, from firm to soft, on a logarithmic scale. Full: rules and "
                       "the parties' own words. Striped: words that are only reported. Dashed: our "
                       "readings. The table has the same numbers.");
}

static void binds(page *p, const parley_ladder_rung *rung)
{
    bool some = false;
    if (rung->rung == PARLEY_RUNG_RULES) {
        word_list rules = {.count = 0};
        for (uint32_t i = 0; i < parley_case_rules(p->c); i++) {
            if (!parley_deal_rule_set_aside(p->deal, (int32_t)i)) {
                word_push(&rules, parley_case_rule(p->c, (int32_t)i)->record.id);
            }
        }
        page_piece(p, PARLEY_INK_PLAIN,
                   rules.count == 0 ? "none stated" : word_join(p->s, &rules, " "));
        return;
    }
    for (uint32_t i = 0; i < parley_case_parties(p->c); i++) {
        word_list list = {.count = 0};
        uint32_t terms = 0;
        for (uint32_t k = 0; k < rung->terms.count; k++) {
            const parley_term *term = parley_terms_at(p->terms, (uint32_t)rung->terms.at[k]);
            if (term->party != (int32_t)i || terms++ >= PAGE_TERMS) {
                continue;
            }
            const char *what =
                parley_screen_format(p->s, "%s%s", term->mode == PARLEY_MODE_REFUSES ? "not " : "",
                                     word_formula(p->s, p->c, term->formula, false));
            word_push(&list, rung->rung == PARLEY_RUNG_READINGS
                                 ? parley_screen_format(p->s, "%s (%s)", what, term->name)
                                 : what);
        }
        if (list.count == 0) {
            continue;
        }
        if (some) {
            page_break(p);
        }
        some = true;
        page_piecef(p, PARLEY_INK_PARTY, "%s: ", word_party(p->c, (int32_t)i));
        page_piece(p, rung->rung == PARLEY_RUNG_READINGS ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                   word_join(p->s, &list, "; "));
        if (terms > PAGE_TERMS) {
            page_piecef(p, PARLEY_INK_DIM, " and %u more: parley deals CASE", terms - PAGE_TERMS);
        }
    }
    if (!some) {
        page_piece(p, PARLEY_INK_DIM, "nothing new");
    }
}

static void table(page *p)
{
    static const char *const head[] = {"Rung", "What binds from here on", "Rests on", "Left",
                                       "Of them kept out by law"};
    bool flags = parley_deal_flags(p->deal);
    int dies = parley_deal_dies_at(p->deal);
    page_table_named(p, "rungs-table", "The ladder: what is left as more is taken to bind", head,
                     flags ? 5 : 4);
    for (int r = 0; r <= (int)parley_deal_up_to(p->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(p->deal, (parley_rung)r);
        if (!shown(p, r)) {
            continue;
        }
        page_row(p, parley_rung_heading((parley_rung)r));
        page_cell_begin(p);
        binds(p, rung);
        if (r == dies) {
            page_break(p);
            page_piece(p, PARLEY_INK_BAD, "It dies here.");
        }
        page_cell_end(p);
        page_cell(p, PARLEY_INK_PLAIN, word_basis(rung->basis));
        page_number(p, parley_screen_count(p->s, &rung->left));
        if (flags) {
            page_number(p, parley_screen_count(p->s, &rung->flagged));
        }
        page_row_end(p);
    }
    page_table_end(p);
}

void page_ladder(page *p)
{
    parley_ids issues = parley_deal_issues(p->deal);
    parley_count total = parley_deal_total(p->deal);
    page_section(p, "ladder", "What is left");
    if (issues.count == 0) {
        page_line(p, PARLEY_INK_PLAIN,
                  "Nothing to count yet: no issue on the table has options or a range.");
        page_section_end(p);
        return;
    }
    word_list names = {.count = 0};
    for (uint32_t k = 0; k < issues.count; k++) {
        word_push(&names, word_issue(p->c, issues.at[k]));
    }
    page_linef(p, PARLEY_INK_PLAIN, "%s on %u issue%s: %s. Nothing here ranks packages.",
               packages(p, &total), issues.count, issues.count == 1 ? "" : "s",
               word_join(p->s, &names, ", "));
    picture(p);
    table(p);
    page_section_end(p);
}

/* ----------------------------------------------------------------------- matrix */

typedef struct matrix {
    int32_t *row;  /* issues with a row */
    int32_t *col;  /* parties with a column */
    uint32_t rows; /* of them shown */
    uint32_t cols;
    uint32_t more_rows;
    uint32_t more_cols;
    int32_t *row_of; /* by issue; -1 */
    int32_t *col_of; /* by party; -1 */
    int32_t *first;  /* by cell: the first position, or -1 */
    int32_t *last;
    int32_t *next; /* by position */
} matrix;

/* Words that only repeat another claim, and what one claim and its answer both say, stand once. */
static bool again(const page *p, uint32_t i)
{
    const parley_position *q = parley_positions_at(p->status->positions, i);
    if (q->claim >= 0 && parley_case_claim(p->c, q->claim)->repeats.count > 0) {
        return true;
    }
    for (uint32_t k = i; k > 0 && i - k < 16; k--) {
        const parley_position *b = parley_positions_at(p->status->positions, k - 1);
        if (b->party == q->party && b->issue == q->issue && b->claim == q->claim &&
            b->reading == q->reading && strcmp(b->text, q->text) == 0) {
            return true;
        }
    }
    return false;
}

static int32_t *minus_ones(page *p, size_t n)
{
    int32_t *out = parley_arena_array(p->arena, n + 1, sizeof(*out));
    for (size_t i = 0; out != NULL && i < n; i++) {
        out[i] = -1;
    }
    return out;
}

static bool fill(page *p, matrix *m)
{
    uint32_t issues = parley_case_issues(p->c);
    uint32_t parties = parley_case_parties(p->c);
    uint32_t count = parley_positions_size(p->status->positions);
    m->row = minus_ones(p, issues);
    m->col = minus_ones(p, parties);
    m->row_of = minus_ones(p, issues);
    m->col_of = minus_ones(p, parties);
    m->next = minus_ones(p, count);
    if (m->row == NULL || m->col == NULL || m->row_of == NULL || m->col_of == NULL ||
        m->next == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) { /* 0: spoken of */
        const parley_position *q = parley_positions_at(p->status->positions, i);
        if (q->issue >= 0 && q->party >= 0) {
            m->row_of[q->issue] = 0;
            m->col_of[q->party] = 0;
        }
    }
    for (uint32_t i = 0; i < issues; i++) {
        bool wanted =
            m->row_of[i] == 0 || parley_case_issue(p->c, (int32_t)i)->table == PARLEY_TABLE_NOW;
        m->row_of[i] = wanted && m->rows < PAGE_ISSUES ? (int32_t)m->rows : -1;
        m->more_rows += wanted && m->rows >= PAGE_ISSUES;
        if (m->row_of[i] >= 0) {
            m->row[m->rows++] = (int32_t)i;
        }
    }
    for (int pass = 0; pass < 2; pass++) { /* principals first */
        for (uint32_t i = 0; i < parties; i++) {
            uint32_t roles = parley_case_party(p->c, (int32_t)i)->roles;
            bool principal = (roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
            if (principal != (pass == 0) || !(principal || m->col_of[i] == 0)) {
                continue;
            }
            m->more_cols += m->cols >= PAGE_PARTIES;
            m->col_of[i] = m->cols < PAGE_PARTIES ? (int32_t)m->cols : -1;
            if (m->col_of[i] >= 0) {
                m->col[m->cols++] = (int32_t)i;
            }
        }
    }
    m->first = minus_ones(p, (size_t)m->rows * m->cols);
    m->last = minus_ones(p, (size_t)m->rows * m->cols);
    if (m->first == NULL || m->last == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        const parley_position *q = parley_positions_at(p->status->positions, i);
        if (q->issue < 0 || q->party < 0 || m->row_of[q->issue] < 0 || m->col_of[q->party] < 0 ||
            again(p, i)) {
            continue;
        }
        uint32_t cell = (uint32_t)m->row_of[q->issue] * m->cols + (uint32_t)m->col_of[q->party];
        if (m->first[cell] < 0) {
            m->first[cell] = (int32_t)i;
        } else {
            m->next[m->last[cell]] = (int32_t)i;
        }
        m->last[cell] = (int32_t)i;
    }
    return true;
}

static void entry(page *p, const parley_position *q)
{
    const char *what = q->formula != NULL ? word_answer(p->s, p->c, q->formula) : q->text;
    word_list on = {.count = 0};
    if (q->reading >= 0) {
        page_piecef(p, PARLEY_INK_OURS, "our reading: %s %s (%s)", q->act, what,
                    parley_case_reading(p->c, q->reading)->record.id);
        return;
    }
    page_piecef(p, PARLEY_INK_PLAIN, q->formula == NULL ? "in words, %s: %s" : "%s %s", q->act,
                what);
    if (q->firmness != PARLEY_FIRMNESS_UNSTATED) {
        word_push(&on, parley_words_word(PARLEY_WORDS_FIRMNESS, q->firmness));
    }
    word_push(&on, word_basis(q->basis));
    if (q->date.form != PARLEY_DATE_UNKNOWN) {
        word_push(&on, word_date(p->s, p->c, q->date));
    }
    if (q->claim >= 0) {
        word_push(&on, word_claim(p->c, q->claim));
    }
    page_piecef(p, PARLEY_INK_DIM, " (%s)", word_join(p->s, &on, ", "));
}

static void cell(page *p, const matrix *m, uint32_t at)
{
    uint32_t entries = 0;
    page_cell_begin(p);
    for (int32_t i = m->first[at]; i >= 0; i = m->next[i]) {
        if (entries++ >= PAGE_ENTRIES) {
            continue;
        }
        if (entries > 1) {
            page_break(p);
        }
        entry(p, parley_positions_at(p->status->positions, (uint32_t)i));
    }
    if (entries == 0) {
        page_piece(p, PARLEY_INK_DIM, "not known");
    }
    if (entries > PAGE_ENTRIES) {
        page_break(p);
        page_piecef(p, PARLEY_INK_DIM, "%u more: parley show CASE", entries - PAGE_ENTRIES);
    }
    page_cell_end(p);
}

parley_status page_matrix(page *p, parley_error *err)
{
    matrix m = {0};
    if (!fill(p, &m)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing who holds what");
    }
    page_section(p, "matrix", "Who holds what");
    page_line(
        p, PARLEY_INK_DIM,
        "Each answer with how firm it is, what it rests on, its day and its claim. Words that "
        "only repeat another claim are left out.");
    for (uint32_t from = 0; from < m.cols; from += PAGE_COLUMNS) {
        const char *head[PAGE_COLUMNS + 1] = {"Issue"};
        uint32_t columns = m.cols - from < PAGE_COLUMNS ? m.cols - from : PAGE_COLUMNS;
        for (uint32_t k = 0; k < columns; k++) {
            head[k + 1] = word_party(p->c, m.col[from + k]);
        }
        page_table(p, NULL, head, columns + 1);
        for (uint32_t r = 0; r < m.rows; r++) {
            const parley_issue *issue = parley_case_issue(p->c, m.row[r]);
            page_row(p, issue->table == PARLEY_TABLE_NOW
                            ? issue->name
                            : parley_screen_format(
                                  p->s, "%s (%s)", issue->name,
                                  issue->table == PARLEY_TABLE_LATER ? "later" : "kept out"));
            for (uint32_t k = 0; k < columns; k++) {
                cell(p, &m, r * m.cols + from + k);
            }
            page_row_end(p);
        }
        page_table_end(p);
    }
    if (m.cols == 0 || m.rows == 0) {
        page_line(p, PARLEY_INK_PLAIN, "Nobody is known to hold anything on an issue.");
    }
    if (m.more_rows + m.more_cols > 0) {
        page_linef(p, PARLEY_INK_DIM, "%u more issues and %u more parties: parley show CASE",
                   m.more_rows, m.more_cols);
    }
    page_section_end(p);
    return PARLEY_OK;
}
