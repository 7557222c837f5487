/*
 * The page "timeline --positions": what each party held on the first day and holds now, side by
 * side, how the latter is known, and where it moved; then the dispute on the two days, what of it
 * is to be confirmed, and where two voices of one party differ. Our readings are nobody's position
 * and stand in no cell; the dispute says where they count.
 */
#include "report/json_parts.h"
#include "report/timeline_page.h"

#include <string.h>

typedef struct columns {
    parley_positions *then;
    parley_positions *now;
} columns;

static void columns_free(columns *both)
{
    parley_positions_free(both->then);
    parley_positions_free(both->now);
}

static parley_status columns_make(columns *both, parley_ctx *ctx, const timeline_view *view,
                                  parley_error *err)
{
    const parley_case *c = view->page->c;
    const parley_date first = view->moves.then;
    parley_terms_options options = view->page->terms;
    *both = (columns){NULL, NULL};
    parley_status status = parley_positions_derive(&both->now, ctx, c, &options, err);
    if (status == PARLEY_OK && first.form != PARLEY_DATE_UNKNOWN) {
        if (options.at.form == PARLEY_DATE_UNKNOWN || first.last < options.at.last) {
            options.at = first;
        }
        status = parley_positions_derive(&both->then, ctx, c, &options, err);
    }
    if (status != PARLEY_OK) {
        columns_free(both);
        *both = (columns){NULL, NULL};
    }
    return status;
}

static uint32_t size_of(const parley_positions *p)
{
    return p == NULL ? 0 : parley_positions_size(p);
}

static bool shown(const timeline_view *view, const parley_position *p)
{
    const parley_timeline_page *page = view->page;
    return p->issue >= 0 && p->basis != PARLEY_BASIS_READING &&
           (page->party < 0 || page->party == p->party) &&
           (page->issue < 0 || page->issue == p->issue);
}

/* Does it stand in this cell, and say something new there? */
static bool stands(const timeline_view *view, const parley_positions *p, uint32_t i, int32_t party,
                   int32_t issue)
{
    const parley_position *x = parley_positions_at(p, i);
    if (x->party != party || x->issue != issue || !shown(view, x)) {
        return false;
    }
    for (uint32_t k = i; k > 0; k--) {
        const parley_position *y = parley_positions_at(p, k - 1);
        if (y->party != party || y->issue != issue) {
            break;
        }
        if (y->claim == x->claim && strcmp(y->text, x->text) == 0 && strcmp(y->act, x->act) == 0 &&
            shown(view, y)) {
            return false;
        }
    }
    return true;
}

/* The first cell at or behind these places of both lists; false: there is none. Both are sorted by
 * party and issue. */
static bool next_cell(const timeline_view *view, const columns *both, uint32_t at[2],
                      int32_t *party, int32_t *issue)
{
    const parley_positions *list[2] = {both->then, both->now};
    bool found = false;
    for (int k = 0; k < 2; k++) {
        while (at[k] < size_of(list[k]) && !shown(view, parley_positions_at(list[k], at[k]))) {
            at[k]++;
        }
        if (at[k] < size_of(list[k])) {
            const parley_position *p = parley_positions_at(list[k], at[k]);
            if (!found || p->party < *party || (p->party == *party && p->issue < *issue)) {
                *party = p->party;
                *issue = p->issue;
            }
            found = true;
        }
    }
    return found;
}

/* Behind a cell. */
static uint32_t behind(const parley_positions *list, uint32_t at, int32_t party, int32_t issue)
{
    while (at < size_of(list) && parley_positions_at(list, at)->party == party &&
           parley_positions_at(list, at)->issue == issue) {
        at++;
    }
    return at;
}

static bool move_about(const parley_move *move, int32_t issue)
{
    for (uint32_t k = 0; k < move->issues.count; k++) {
        if (move->issues.at[k] == issue) {
            return true;
        }
    }
    return false;
}

/* The next move to a position's claim on its issue. */
static const parley_move *next_move(const timeline_view *view, const parley_position *p,
                                    int32_t *at)
{
    const timeline_entry entry = {.kind = TIMELINE_CLAIM, .claim = p->claim};
    if (p->claim < 0) {
        return NULL;
    }
    for (const parley_move *m = timeline_move(view, &entry, at); m != NULL;
         m = timeline_move(view, &entry, at)) {
        if (move_about(m, p->issue)) {
            return m;
        }
    }
    return NULL;
}

/* -------------------------------------------------------------------------- text */

static void holds(parley_screen *s, parley_table *t, const parley_case *c, const parley_position *p)
{
    const char *act = strcmp(p->act, "yes, if") == 0 ? "if" : p->act;
    parley_table_itemf(t, PARLEY_INK_PLAIN, "%s %s", act,
                       p->formula == NULL ? p->text
                                          : word_held(s, c, word_is_no(p->act), p->formula, true));
}

static void how_known(parley_screen *s, parley_table *t, const parley_case *c,
                      const parley_position *p)
{
    if (p->claim < 0) {
        parley_table_itemf(t, PARLEY_INK_DIM, "answer, %s", word_basis(p->basis));
        return;
    }
    const parley_claim *claim = parley_case_claim(c, p->claim);
    int32_t person = claim->by.count == 1 ? claim->by.at[0].person : -1;
    const parley_person *row = person >= 0 ? parley_case_person(c, person) : NULL;
    bool named = row != NULL && claim->speaker_text == NULL;
    parley_table_itemf(t, PARLEY_INK_DIM, "%s%s%s %s", word_class(s, claim), named ? ", " : "",
                       !named                ? ""
                       : row->office != NULL ? row->office
                                             : row->name,
                       claim->record.id);
}

static void cell_row(parley_screen *s, parley_table *t, const timeline_view *view,
                     const columns *both, const uint32_t from[2], const uint32_t to[2],
                     int32_t party, int32_t issue)
{
    const parley_case *c = view->page->c;
    parley_table_cellf(t, PARLEY_INK_PLAIN, "  %s", word_issue(c, issue));
    for (int k = 0; k < 2; k++) {
        const parley_positions *list = k == 0 ? both->then : both->now;
        bool any = false;
        parley_table_cell(t, PARLEY_INK_PLAIN, "");
        for (uint32_t i = from[k]; i < to[k]; i++) {
            if (!stands(view, list, i, party, issue)) {
                continue;
            }
            const parley_position *p = parley_positions_at(list, i);
            int32_t at = -1;
            any = true;
            holds(s, t, c, p);
            for (const parley_move *m = k == 1 ? next_move(view, p, &at) : NULL; m != NULL;
                 m = next_move(view, p, &at)) {
                if (m->kind != PARLEY_MOVE_NOT_COMPARED) {
                    parley_table_addf(t, m->to_confirm ? PARLEY_INK_WARN : PARLEY_INK_GOOD,
                                      " (%s%s)", parley_move_word(m->kind),
                                      m->to_confirm ? ", to confirm" : "");
                }
            }
        }
        if (!any) {
            parley_table_add(t, PARLEY_INK_DIM, "-");
        }
    }
    parley_table_cell(t, PARLEY_INK_DIM, "");
    for (uint32_t i = from[1]; i < to[1]; i++) {
        if (stands(view, both->now, i, party, issue)) {
            how_known(s, t, c, parley_positions_at(both->now, i));
        }
    }
}

static const char *day(parley_screen *s, parley_date d)
{
    char text[80];
    d.about = false;
    parley_date_words(d, true, text, sizeof(text));
    return parley_screen_format(s, "%s", text);
}

static void print_columns(parley_screen *s, const timeline_view *view, const columns *both)
{
    const parley_case *c = view->page->c;
    const parley_date first = view->moves.then;
    const parley_date last = view->page->terms.at.form != PARLEY_DATE_UNKNOWN
                                 ? view->page->terms.at
                                 : parley_case_as_of(c);
    const parley_column head[4] = {
        {.heading = "", .at_most = 16, .flexible = true},
        {.heading = first.form == PARLEY_DATE_UNKNOWN ? "FIRST DAY" : day(s, first),
         .flexible = true},
        {.heading = last.form == PARLEY_DATE_UNKNOWN ? "NOW" : day(s, last), .flexible = true},
        {.heading = "HOW KNOWN NOW", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, head, 4, 0, 2);
    uint32_t at[2] = {0, 0};
    int32_t party = -1;
    int32_t issue = -1;
    int32_t before = -1;
    while (next_cell(view, both, at, &party, &issue)) {
        uint32_t to[2] = {behind(both->then, at[0], party, issue),
                          behind(both->now, at[1], party, issue)};
        if (party != before) {
            parley_table_wide(t, PARLEY_INK_PARTY, word_party(c, party));
            before = party;
        }
        cell_row(s, t, view, both, at, to, party, issue);
        at[0] = to[0];
        at[1] = to[1];
    }
    if (before < 0) {
        parley_screen_line(s, "POSITIONS", PARLEY_INK_DIM, "nothing recorded");
    }
    parley_table_print(t);
}

parley_status timeline_positions(parley_screen *s, parley_ctx *ctx, const timeline_view *view,
                                 parley_error *err)
{
    columns both;
    parley_status status = columns_make(&both, ctx, view, err);
    if (status != PARLEY_OK) {
        return status;
    }
    print_columns(s, view, &both);
    moves_print_dispute(s, &view->moves);
    moves_print_confirm(s, &view->moves);
    for (uint32_t i = 0; i < parley_moves_demands(view->moves.moves); i++) {
        const parley_demand *d = parley_moves_demand(view->moves.moves, i);
        if (moves_view_shows_demand(&view->moves, d)) {
            moves_print_voices(s, view->page->c, d, "TWO VOICES");
        }
    }
    columns_free(&both);
    return PARLEY_OK;
}

/* -------------------------------------------------------------------------- JSON */

static void json_position(parley_json *j, const timeline_view *view, const parley_position *p,
                          bool now)
{
    const parley_case *c = view->page->c;
    bool confirm = false;
    int32_t at = -1;
    parley_json_object(j);
    json_key_string(j, "act", p->act);
    json_key_string(j, "formula", p->formula != NULL ? p->text : NULL);
    json_key_string(j, "words", p->formula == NULL ? p->text : NULL);
    json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, p->basis));
    json_key_string(j, "claim", id_claim(c, p->claim));
    json_key_date(j, "date", p->date);
    if (now) {
        parley_json_key(j, "moves");
        parley_json_array(j);
        for (const parley_move *m = next_move(view, p, &at); m != NULL;
             m = next_move(view, p, &at)) {
            parley_json_string(j, parley_move_word(m->kind));
            confirm = confirm || m->to_confirm;
        }
        parley_json_array_end(j);
        parley_json_key(j, "to_confirm");
        parley_json_bool(j, confirm);
    }
    parley_json_object_end(j);
}

static void json_two_voices(parley_json *j, const timeline_view *view)
{
    const parley_case *c = view->page->c;
    parley_json_key(j, "two_voices");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_moves_demands(view->moves.moves); i++) {
        const parley_demand *d = parley_moves_demand(view->moves.moves, i);
        for (uint32_t k = 0; k < d->evidence_count; k++) {
            const parley_fact *f = &d->evidence[k];
            bool own = f->person < 0 || d->persons.count == 0;
            for (uint32_t n = 0; n < d->persons.count; n++) {
                own = own || d->persons.at[n] == f->person;
            }
            if (own || !moves_view_shows_demand(&view->moves, d) ||
                (f->kind != PARLEY_FACT_OTHER_VOICE && f->kind != PARLEY_FACT_LEFT_OUT)) {
                continue;
            }
            parley_json_object(j);
            json_key_string(j, "party", id_party(c, d->party));
            json_key_string(j, "formula", d->stand->text);
            json_key_string(j, "evidence", parley_fact_word(f->kind));
            json_key_string(j, "person", parley_case_person(c, f->person)->record.id);
            json_key_string(j, "claim", id_claim(c, f->claim));
            json_key_date(j, "date", f->date);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
}

parley_status timeline_positions_json(parley_json *j, parley_ctx *ctx, const timeline_view *view,
                                      parley_error *err)
{
    const parley_case *c = view->page->c;
    columns both;
    uint32_t at[2] = {0, 0};
    int32_t party = -1;
    int32_t issue = -1;
    parley_status status = columns_make(&both, ctx, view, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_json_key(j, "positions");
    parley_json_array(j);
    while (next_cell(view, &both, at, &party, &issue)) {
        uint32_t to[2] = {behind(both.then, at[0], party, issue),
                          behind(both.now, at[1], party, issue)};
        parley_json_object(j);
        json_key_string(j, "party", id_party(c, party));
        json_key_string(j, "issue", id_issue(c, issue));
        for (int k = 0; k < 2; k++) {
            const parley_positions *list = k == 0 ? both.then : both.now;
            parley_json_key(j, k == 0 ? "then" : "now");
            parley_json_array(j);
            for (uint32_t i = at[k]; i < to[k]; i++) {
                if (stands(view, list, i, party, issue)) {
                    json_position(j, view, parley_positions_at(list, i), k == 1);
                }
            }
            parley_json_array_end(j);
        }
        parley_json_object_end(j);
        at[0] = to[0];
        at[1] = to[1];
    }
    parley_json_array_end(j);
    moves_json_dispute(j, &view->moves);
    json_two_voices(j, view);
    columns_free(&both);
    return PARLEY_OK;
}
