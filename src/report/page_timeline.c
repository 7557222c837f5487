/*
 * The page of a case: positions over time. A mark is what a party said it holds on an issue, on its
 * day, with what came instead; words that were replaced stand there too. Our readings are marks in
 * brackets. The table has a row for each mark.
 */
#include "report/case_page.h"
#include "report/svg_lanes.h"
#include "report/timeline_page.h"

#include <stdlib.h>
#include <string.h>

typedef struct mark {
    const parley_position *position; /* or */
    const parley_stand *stand;       /* of a move: its words are no longer held */
    int32_t party;
    int32_t issue;
    int32_t claim; /* -1 */
    parley_date date;
    parley_firmness firmness;
    parley_basis basis;
    uint32_t back; /* so many of the same party and issue are later */
    int32_t next;  /* another mark of the same claim; -1 */
} mark;

typedef struct marks {
    mark *at;
    uint32_t count;
    uint32_t more;  /* left out */
    int32_t *first; /* by claim: a mark; -1 */
} marks;

typedef struct joined {
    const parley_move *move;
    uint32_t from;
    uint32_t to;
} joined;

/* ---------------------------------------------------------------------- gathering */

static bool known(const page *p, int32_t party, int32_t issue)
{
    return party >= 0 && issue >= 0 && p->cells.col_of[party] >= 0 && p->cells.row_of[issue] >= 0;
}

static void push(marks *m, mark one)
{
    m->at[m->count++] = one;
}

static bool has(const marks *m, int32_t claim, int32_t party, int32_t issue)
{
    for (int32_t i = m->first[claim]; i >= 0; i = m->at[i].next) {
        if (m->at[i].party == party && m->at[i].issue == issue) {
            return true;
        }
    }
    return false;
}

static void link_claim(marks *m)
{
    mark *last = &m->at[m->count - 1];
    last->next = -1;
    if (last->claim >= 0) {
        last->next = m->first[last->claim];
        m->first[last->claim] = (int32_t)(m->count - 1);
    }
}

static void add_stand(const page *p, marks *m, const parley_stand *stand)
{
    for (uint32_t k = 0; stand->claim >= 0 && k < stand->issues.count; k++) {
        int32_t issue = stand->issues.at[k];
        if (!known(p, stand->party, issue) || has(m, stand->claim, stand->party, issue)) {
            continue;
        }
        push(m, (mark){.stand = stand,
                       .party = stand->party,
                       .issue = issue,
                       .claim = stand->claim,
                       .date = stand->date,
                       .firmness = stand->firmness,
                       .basis = stand->basis});
        link_claim(m);
    }
}

static int by_lane(const void *pa, const void *pb)
{
    const mark *a = pa;
    const mark *b = pb;
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    if (a->issue != b->issue) {
        return a->issue < b->issue ? -1 : 1;
    }
    int order = timeline_compare_dates(a->date, b->date);
    return order != 0 ? order : (a->claim > b->claim) - (a->claim < b->claim);
}

static int by_day(const void *pa, const void *pb)
{
    const mark *a = pa;
    const mark *b = pb;
    int order = timeline_compare_dates(a->date, b->date);
    return order != 0 ? order : by_lane(pa, pb);
}

/* The latest of each party and issue first, until there are enough. */
static void keep_latest(marks *m, uint32_t *by_back)
{
    uint32_t whole = 0; /* everything this far back is kept */
    uint32_t kept = 0;
    for (uint32_t i = m->count; i-- > 0;) {
        const mark *next = i + 1 < m->count ? &m->at[i + 1] : NULL;
        bool same = next != NULL && next->party == m->at[i].party && next->issue == m->at[i].issue;
        m->at[i].back = same ? next->back + 1 : 0;
        by_back[m->at[i].back]++;
    }
    uint32_t sum = by_back[0];
    while (whole + 1 < m->count && sum + by_back[whole + 1] <= PAGE_MARKS) {
        sum += by_back[++whole];
    }
    for (uint32_t i = 0; i < m->count; i++) {
        if (m->at[i].back <= whole && kept < PAGE_MARKS) {
            m->at[kept++] = m->at[i];
        }
    }
    m->more = m->count - kept;
    m->count = kept;
}

static bool gather(page *p, marks *m)
{
    uint32_t claims = parley_case_claims(p->c);
    uint32_t positions = parley_positions_size(p->status->positions);
    uint32_t moves = parley_moves_size(p->status->moves);
    size_t most = positions;
    for (uint32_t i = 0; i < moves; i++) {
        const parley_move *move = parley_moves_at(p->status->moves, i);
        most += move->from->issues.count + move->to->issues.count;
    }
    m->at = parley_arena_array(p->arena, most + 1, sizeof(*m->at));
    m->first = parley_arena_array(p->arena, (size_t)claims + 1, sizeof(*m->first));
    uint32_t *by_back = parley_arena_array(p->arena, most + 1, sizeof(*by_back));
    if (m->at == NULL || m->first == NULL || by_back == NULL) {
        return false;
    }
    memset(m->first, 0xff, ((size_t)claims + 1) * sizeof(*m->first));
    for (uint32_t i = 0; i < positions; i++) {
        const parley_position *q = parley_positions_at(p->status->positions, i);
        if (known(p, q->party, q->issue) && !page_says_again(p, i)) {
            push(m, (mark){.position = q,
                           .party = q->party,
                           .issue = q->issue,
                           .claim = q->claim,
                           .date = q->date,
                           .firmness = q->firmness,
                           .basis = q->basis});
            link_claim(m);
        }
    }
    for (uint32_t i = 0; i < moves; i++) {
        add_stand(p, m, parley_moves_at(p->status->moves, i)->from);
        add_stand(p, m, parley_moves_at(p->status->moves, i)->to);
    }
    if (m->count > 0) {
        qsort(m->at, m->count, sizeof(*m->at), by_lane);
        keep_latest(m, by_back);
        qsort(m->at, m->count, sizeof(*m->at), by_day);
    }
    memset(m->first, 0xff, ((size_t)claims + 1) * sizeof(*m->first));
    for (uint32_t i = m->count; i-- > 0;) { /* chains in the order of days */
        mark *one = &m->at[i];
        one->next = -1;
        if (one->claim >= 0) {
            one->next = m->first[one->claim];
            m->first[one->claim] = (int32_t)i;
        }
    }
    return true;
}

static int32_t find(const marks *m, int32_t claim, int32_t party, int32_t issue)
{
    for (int32_t i = claim >= 0 ? m->first[claim] : -1; i >= 0; i = m->at[i].next) {
        if (m->at[i].party == party && m->at[i].issue == issue) {
            return i;
        }
    }
    return -1;
}

/* Moves between two marks. */
static joined *join(page *p, const marks *m, uint32_t *count)
{
    uint32_t moves = parley_moves_size(p->status->moves);
    size_t most = 0;
    for (uint32_t i = 0; i < moves; i++) {
        most += parley_moves_at(p->status->moves, i)->issues.count;
    }
    joined *list = parley_arena_array(p->arena, most + 1, sizeof(*list));
    *count = 0;
    for (uint32_t i = 0; list != NULL && i < moves; i++) {
        const parley_move *move = parley_moves_at(p->status->moves, i);
        for (uint32_t k = 0; k < move->issues.count; k++) {
            int32_t from = find(m, move->from->claim, move->party, move->issues.at[k]);
            int32_t to = find(m, move->to->claim, move->party, move->issues.at[k]);
            if (from >= 0 && to >= 0 && from != to) {
                list[(*count)++] = (joined){move, (uint32_t)from, (uint32_t)to};
            }
        }
    }
    return list;
}

/* ------------------------------------------------------------------------- words */

static const char *what(page *p, const mark *one)
{
    return one->position != NULL ? page_position_words(p, one->position)
                                 : moves_stand_words(p->s, p->c, one->stand, false);
}

static const char *ref(const page *p, const mark *one)
{
    return one->position != NULL && one->position->reading >= 0
               ? parley_case_reading(p->c, one->position->reading)->record.id
           : one->claim >= 0 ? word_claim(p->c, one->claim)
                             : "";
}

static const char *when(page *p, const mark *one)
{
    return one->date.form == PARLEY_DATE_UNKNOWN ? "no day known"
                                                 : word_date(p->s, p->c, one->date);
}

static const char *move_words(const parley_move *move)
{
    return move->kind == PARLEY_MOVE_NOT_COMPARED ? "other words" : parley_move_word(move->kind);
}

/* "softened by c11"; "hardened by c7, not said to replace it". */
static const char *until(page *p, const marks *m, uint32_t i, const joined *list, uint32_t count)
{
    word_list words = {.count = 0};
    for (uint32_t k = 0; k < count; k++) {
        if (list[k].from == i) {
            word_push(&words,
                      parley_screen_format(p->s, "%s: %s%s", move_words(list[k].move),
                                           ref(p, &m->at[list[k].to]),
                                           list[k].move->said ? "" : ", not said to replace it"));
        }
    }
    return word_join(p->s, &words, "; ");
}

typedef struct days {
    int32_t day; /* where it is drawn: where it stands in the order; INT32_MIN: nowhere */
    int32_t first;
    int32_t last;
} days;

/* The days on which it may have been: nothing known now is later than now. */
static days days_of(const page *p, parley_date d)
{
    const parley_date now = parley_case_as_of(p->c);
    int32_t last = d.last;
    if (now.form != PARLEY_DATE_UNKNOWN && last > now.last) {
        last = now.last > d.first ? now.last : d.first;
    }
    int32_t day = d.form == PARLEY_DATE_UNKNOWN                      ? INT32_MIN
                  : d.side == PARLEY_DATE_AFTER || last == INT32_MAX ? d.first
                                                                     : last;
    return (days){day, d.first == INT32_MIN ? day : d.first, last == INT32_MAX ? day : last};
}

/* -------------------------------------------------------------------------- chart */

typedef struct drawing {
    const marks *m;
    const joined *list;
    uint32_t joins;
} drawing;

static void key_int(parley_json *j, const char *key, int64_t value)
{
    parley_json_key(j, key);
    parley_json_int(j, value);
}

/*
 * parties, issues: [name]; marks: [{party, issue, what, firmness, basis, day, first, last, when,
 * ref, until}], days counted from 1970-01-01, null where there is none; joins: [{from, to, kind,
 * said}]; now: a day, or null.
 */
static void write_marks(page *p, parley_json *j, const void *user)
{
    const drawing *d = user;
    const page_matrix_cells *cells = &p->cells;
    const parley_date now = parley_case_as_of(p->c);
    parley_json_key(j, "now");
    if (now.form == PARLEY_DATE_UNKNOWN) {
        parley_json_null(j);
    } else {
        parley_json_int(j, now.last);
    }
    parley_json_key(j, "parties");
    parley_json_array(j);
    for (uint32_t k = 0; k < cells->cols; k++) {
        page_element(p, j, word_party(p->c, cells->col[k]));
    }
    parley_json_array_end(j);
    parley_json_key(j, "issues");
    parley_json_array(j);
    for (uint32_t k = 0; k < cells->rows; k++) {
        page_element(p, j, word_issue(p->c, cells->row[k]));
    }
    parley_json_array_end(j);
    parley_json_key(j, "marks");
    parley_json_array(j);
    for (uint32_t i = 0; i < d->m->count; i++) {
        const mark *one = &d->m->at[i];
        days at = days_of(p, one->date);
        parley_json_object(j);
        key_int(j, "party", cells->col_of[one->party]);
        key_int(j, "issue", cells->row_of[one->issue]);
        page_member(p, j, "what", what(p, one));
        page_sign_members(p, j, one->firmness, one->basis);
        parley_json_key(j, "day");
        if (at.day == INT32_MIN) {
            parley_json_null(j);
        } else {
            parley_json_int(j, at.day);
            key_int(j, "first", at.first);
            key_int(j, "last", at.last);
        }
        page_member(p, j, "when", when(p, one));
        page_member(p, j, "ref", ref(p, one));
        page_member(p, j, "until", until(p, d->m, i, d->list, d->joins));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "joins");
    parley_json_array(j);
    for (uint32_t k = 0; k < d->joins; k++) {
        parley_json_object(j);
        key_int(j, "from", d->list[k].from);
        key_int(j, "to", d->list[k].to);
        page_member(p, j, "kind", move_words(d->list[k].move));
        parley_json_key(j, "said");
        parley_json_bool(j, d->list[k].move->said);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

/* The picture for who has no script: a lane for each party, marks in the order of days. */
static void picture(page *p, const drawing *d, const char *title, const char *words)
{
    const page_matrix_cells *cells = &p->cells;
    const marks *m = d->m;
    svg_mark *drawn = parley_arena_array(p->arena, m->count, sizeof(*drawn));
    svg_join *joins = parley_arena_array(p->arena, (size_t)d->joins + 1, sizeof(*joins));
    const char **lane = parley_arena_array(p->arena, (size_t)cells->cols + 1, sizeof(*lane));
    int32_t *lane_of = parley_arena_array(p->arena, (size_t)cells->cols + 1, sizeof(*lane_of));
    uint32_t lanes = 0;
    if (drawn == NULL || joins == NULL || lane == NULL || lane_of == NULL) {
        p->failed = true;
        return;
    }
    for (uint32_t k = 0; k < cells->cols; k++) {
        bool some = false;
        for (uint32_t i = 0; i < m->count; i++) {
            some = some || cells->col_of[m->at[i].party] == (int32_t)k;
        }
        lane_of[k] = (int32_t)lanes;
        if (some) {
            lane[lanes++] = word_party(p->c, cells->col[k]);
        }
    }
    for (uint32_t i = 0; i < m->count; i++) {
        const mark *one = &m->at[i];
        days at = days_of(p, one->date);
        drawn[i] = (svg_mark){.lane = (uint32_t)lane_of[cells->col_of[one->party]],
                              .day = at.day,
                              .first = at.first,
                              .last = at.last,
                              .sign = (svg_sign)one->firmness,
                              .fill = one->basis == PARLEY_BASIS_READING    ? SVG_OPEN
                                      : one->basis == PARLEY_BASIS_REPORTED ? SVG_STRIPES
                                                                            : SVG_SOLID,
                              .label = ref(p, one)};
    }
    for (uint32_t k = 0; k < d->joins; k++) {
        joins[k] = (svg_join){d->list[k].from, d->list[k].to, d->list[k].move->said};
    }
    const svg_lanes picture_of = {lane, lanes, drawn, m->count, joins, d->joins};
    svg_lanes_draw(p->safe, p->out, "positions", title, words, &picture_of);
}

static void figure(page *p, const drawing *d)
{
    static const char title[] = "Positions over time";
    const char *words = parley_screen_format(
        p->s,
        "%u mark%s from %s to %s, a lane for each party. Shape and size say how firm, filling says "
        "what it rests on. The table has a row for each mark.",
        d->m->count, d->m->count == 1 ? "" : "s", when(p, &d->m->at[0]),
        when(p, &d->m->at[d->m->count - 1]));
    page_figure(p, "timeline", "positions-table");
    if (!p->markdown) {
        picture(p, d, title, words);
    }
    page_data(p, title, words, write_marks, d);
    page_figure_end_signs(p,
                          "A thin line leads back over the days it may have been; one between "
                          "two marks leads to what came instead, dashed where it was not said to "
                          "replace it. The table has a row for each mark.");
}

static void rows(page *p, const drawing *d)
{
    static const char *const head[] = {
        "Day", "Party", "Issue", "What", "How firm", "Known", "What became of it"};
    page_table_named(p, "positions-table", "Positions by day", head, 7);
    for (uint32_t i = 0; i < d->m->count; i++) {
        const mark *one = &d->m->at[i];
        bool ours = one->basis == PARLEY_BASIS_READING;
        page_row(p, when(p, one));
        page_cell(p, PARLEY_INK_PLAIN, word_party(p->c, one->party));
        page_cell(p, PARLEY_INK_PLAIN, word_issue(p->c, one->issue));
        page_cell(p, ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, what(p, one));
        page_cell(p, PARLEY_INK_PLAIN,
                  one->firmness == PARLEY_FIRMNESS_UNSTATED
                      ? ""
                      : parley_words_word(PARLEY_WORDS_FIRMNESS, one->firmness));
        page_cellf(p, PARLEY_INK_DIM, "%s, %s", word_basis(one->basis), ref(p, one));
        page_cell(p, PARLEY_INK_PLAIN, until(p, d->m, i, d->list, d->joins));
        page_row_end(p);
    }
    page_table_end(p);
}

parley_status page_timeline(page *p, parley_error *err)
{
    marks m = {.count = 0};
    if (!gather(p, &m)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while putting positions in order");
    }
    drawing d = {.m = &m};
    d.list = join(p, &m, &d.joins);
    if (d.list == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while putting positions in order");
    }
    page_section(p, "timeline", "Positions over time");
    if (m.count == 0) {
        page_line(p, PARLEY_INK_PLAIN, "No position is recorded.");
    } else {
        figure(p, &d);
        rows(p, &d);
        page_more(p, m.more, "parley timeline CASE");
    }
    page_section_end(p);
    return PARLEY_OK;
}
