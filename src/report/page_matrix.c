/*
 * The page of a case: who holds what, as a table and as the data of a chart.
 */
#include "report/case_page.h"

#include <string.h>

/* Words that only repeat another claim, and what one claim and its answer both say, stand once. */
bool page_says_again(const page *p, uint32_t i)
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

static bool same_words(const parley_position *a, const parley_position *b)
{
    return a->reading < 0 && b->reading < 0 && strcmp(a->act, b->act) == 0 &&
           strcmp(a->text, b->text) == 0;
}

/* Is a worth less room than b: what binds first, then formulas, firmer words, later ones? */
static bool counts_less(const parley_position *a, const parley_position *b)
{
    bool fa = a->formula != NULL;
    bool fb = b->formula != NULL;
    return a->binds != b->binds         ? b->binds
           : fa != fb                   ? fb
           : a->firmness != b->firmness ? a->firmness < b->firmness
                                        : parley_date_compare(a->date, b->date) < 0;
}

/* A cell has one entry too many: of those that say the same the least goes, else the least of all.
 */
static void make_room(const page *p, page_matrix_cells *m, uint32_t at)
{
    const parley_positions *all = p->status->positions;
    int32_t least = -1;
    bool said_twice = false;
    for (int32_t i = m->first[at]; i >= 0; i = m->next[i]) {
        const parley_position *q = parley_positions_at(all, (uint32_t)i);
        bool twice = false;
        for (int32_t k = m->first[at]; k >= 0 && !twice; k = m->next[k]) {
            twice = k != i && same_words(q, parley_positions_at(all, (uint32_t)k));
        }
        if (least < 0 || twice > said_twice ||
            (twice == said_twice && counts_less(q, parley_positions_at(all, (uint32_t)least)))) {
            least = i;
            said_twice = twice;
        }
    }
    int32_t before = -1;
    for (int32_t i = m->first[at]; i != least; i = m->next[i]) {
        before = i;
    }
    if (before < 0) {
        m->first[at] = m->next[least];
    } else {
        m->next[before] = m->next[least];
    }
    m->last[at] = m->last[at] == least ? before : m->last[at];
    m->held[at]--;
    m->extra[at]++;
}

static bool fill(page *p, page_matrix_cells *m)
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
    m->held = parley_arena_array(p->arena, (size_t)m->rows * m->cols + 1, sizeof(*m->held));
    m->extra = parley_arena_array(p->arena, (size_t)m->rows * m->cols + 1, sizeof(*m->extra));
    if (m->first == NULL || m->last == NULL || m->held == NULL || m->extra == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        const parley_position *q = parley_positions_at(p->status->positions, i);
        if (q->issue < 0 || q->party < 0 || m->row_of[q->issue] < 0 || m->col_of[q->party] < 0 ||
            page_says_again(p, i)) {
            continue;
        }
        uint32_t cell = (uint32_t)m->row_of[q->issue] * m->cols + (uint32_t)m->col_of[q->party];
        if (m->first[cell] < 0) {
            m->first[cell] = (int32_t)i;
        } else {
            m->next[m->last[cell]] = (int32_t)i;
        }
        m->last[cell] = (int32_t)i;
        if (++m->held[cell] > PAGE_ENTRIES) {
            make_room(p, m, cell);
        }
    }
    return true;
}

const char *page_position_words(page *p, const parley_position *q)
{
    const char *what =
        q->formula != NULL ? word_held(p->s, p->c, word_is_no(q->act), q->formula, true) : q->text;
    return q->reading < 0 && q->formula == NULL
               ? parley_screen_format(p->s, "in words, %s: %s", q->act, what)
               : parley_screen_format(p->s, "%s %s", q->act, what);
}

static void entry(page *p, const parley_position *q)
{
    word_list on = {.count = 0};
    if (q->reading >= 0) {
        page_piecef(p, PARLEY_INK_OURS, "our reading: %s (%s)", page_position_words(p, q),
                    parley_case_reading(p->c, q->reading)->record.id);
        return;
    }
    page_piece(p, PARLEY_INK_PLAIN, page_position_words(p, q));
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

static void cell(page *p, const page_matrix_cells *m, uint32_t at)
{
    page_cell_begin(p);
    for (int32_t i = m->first[at]; i >= 0; i = m->next[i]) {
        if (i != m->first[at]) {
            page_break(p);
        }
        entry(p, parley_positions_at(p->status->positions, (uint32_t)i));
    }
    if (m->held[at] == 0) {
        page_piece(p, PARLEY_INK_DIM, "not known");
    }
    if (m->extra[at] > 0) {
        page_break(p);
        page_piecef(p, PARLEY_INK_DIM, "%u more: parley show CASE", m->extra[at]);
    }
    page_cell_end(p);
}

static const char *issue_words(page *p, int32_t i)
{
    const parley_issue *issue = parley_case_issue(p->c, i);
    return issue->table == PARLEY_TABLE_NOW
               ? issue->name
               : parley_screen_format(p->s, "%s (%s)", issue->name,
                                      issue->table == PARLEY_TABLE_LATER ? "later" : "kept out");
}

/* parties: [name], issues: [name], entries: [{party, issue, what, firmness, basis, when, ref}],
 * more: [{party, issue, entries}] */
static void write_cells(page *p, parley_json *j, const void *user)
{
    const page_matrix_cells *m = &p->cells;
    (void)user;
    parley_json_key(j, "columns");
    parley_json_uint(j, PAGE_COLUMNS);
    parley_json_key(j, "parties");
    parley_json_array(j);
    for (uint32_t k = 0; k < m->cols; k++) {
        page_element(p, j, word_party(p->c, m->col[k]));
    }
    parley_json_array_end(j);
    parley_json_key(j, "issues");
    parley_json_array(j);
    for (uint32_t r = 0; r < m->rows; r++) {
        page_element(p, j, issue_words(p, m->row[r]));
    }
    parley_json_array_end(j);
    parley_json_key(j, "entries");
    parley_json_array(j);
    for (uint32_t at = 0; at < m->rows * m->cols; at++) {
        for (int32_t i = m->first[at]; i >= 0; i = m->next[i]) {
            const parley_position *q = parley_positions_at(p->status->positions, (uint32_t)i);
            parley_json_object(j);
            parley_json_key(j, "party");
            parley_json_uint(j, at % m->cols);
            parley_json_key(j, "issue");
            parley_json_uint(j, at / m->cols);
            page_member(p, j, "what", page_position_words(p, q));
            page_sign_members(p, j, q->firmness, q->basis);
            page_member(p, j, "when",
                        q->date.form == PARLEY_DATE_UNKNOWN ? NULL
                                                            : word_date(p->s, p->c, q->date));
            page_member(p, j, "ref",
                        q->reading >= 0 ? parley_case_reading(p->c, q->reading)->record.id
                        : q->claim >= 0 ? word_claim(p->c, q->claim)
                                        : NULL);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
}

/* Without a script the tables are the picture. */
static void chart(page *p)
{
    const page_matrix_cells *m = &p->cells;
    const char *tables = "";
    if (!p->data || m->rows == 0 || m->cols == 0) {
        return;
    }
    for (uint32_t k = 0; k < m->cols; k += PAGE_COLUMNS) {
        tables =
            parley_screen_format(p->s, "%s%smatrix-%u", tables, k > 0 ? " " : "", k / PAGE_COLUMNS);
    }
    page_figure(p, "matrix", tables);
    page_data(p, "Who holds what, by party and issue",
              parley_screen_format(p->s,
                                   "%u issues by %u part%s. Shape and size say how firm, filling "
                                   "says what it rests on; the tables below say what it is.",
                                   m->rows, m->cols, m->cols == 1 ? "y" : "ies"),
              write_cells, NULL);
    page_figure_end_signs(
        p, "Each sign is something a party holds on an issue; an empty place: nothing is "
           "known. The tables below have the same in words.");
}

parley_status page_matrix(page *p, parley_error *err)
{
    page_matrix_cells *m = &p->cells;
    if (!fill(p, m)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing who holds what");
    }
    page_section(p, "matrix", "Who holds what");
    page_line(
        p, PARLEY_INK_DIM,
        "Each answer with how firm it is, what it rests on, its day and its claim. Words that "
        "only repeat another claim are left out.");
    chart(p);
    for (uint32_t from = 0; from < m->cols; from += PAGE_COLUMNS) {
        const char *head[PAGE_COLUMNS + 1] = {"Issue"};
        uint32_t columns = m->cols - from < PAGE_COLUMNS ? m->cols - from : PAGE_COLUMNS;
        for (uint32_t k = 0; k < columns; k++) {
            head[k + 1] = word_party(p->c, m->col[from + k]);
        }
        page_table_named(p, parley_screen_format(p->s, "matrix-%u", from / PAGE_COLUMNS), NULL,
                         head, columns + 1);
        for (uint32_t r = 0; r < m->rows; r++) {
            page_row(p, issue_words(p, m->row[r]));
            for (uint32_t k = 0; k < columns; k++) {
                cell(p, m, r * m->cols + from + k);
            }
            page_row_end(p);
        }
        page_table_end(p);
    }
    if (m->cols == 0 || m->rows == 0) {
        page_line(p, PARLEY_INK_PLAIN, "Nobody is known to hold anything on an issue.");
    }
    if (m->more_rows + m->more_cols > 0) {
        page_linef(p, PARLEY_INK_DIM, "%u more issues and %u more parties: parley show CASE",
                   m->more_rows, m->more_cols);
    }
    page_section_end(p);
    return PARLEY_OK;
}
