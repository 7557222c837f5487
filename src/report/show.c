/*
 * The page of `parley show`: who holds what on which issue, with firmness and source; one row an
 * issue, one column a party. Readings stand in brackets, whatever the colour. Words that fit no
 * issue are listed below.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

/* Does an earlier entry of the same cell say the same on the same claim? */
static bool said_before(const parley_positions *p, uint32_t i)
{
    const parley_position *x = parley_positions_at(p, i);
    for (uint32_t k = i; k > 0 && i - k < 16; k--) {
        const parley_position *y = parley_positions_at(p, k - 1);
        if (y->party != x->party || y->issue != x->issue) {
            return false;
        }
        if (strcmp(y->text, x->text) == 0 && y->claim == x->claim && y->reading == x->reading) {
            return true;
        }
    }
    return false;
}

static const char *mark(const parley_position *p)
{
    switch (p->firmness) {
    case PARLEY_FIRMNESS_RED_STATED:
    case PARLEY_FIRMNESS_RED_TESTED:
        return " RED LINE";
    case PARLEY_FIRMNESS_CONDITION:
        return " (condition)";
    default:
        return "";
    }
}

static const char *holds(parley_screen *s, const parley_case *c, const parley_position *p)
{
    const char *what =
        p->formula == NULL ? p->text : word_held(s, c, word_is_no(p->act), p->formula, true);
    const char *id =
        p->reading >= 0 ? parley_case_reading(c, p->reading)->record.id : word_claim(c, p->claim);
    bool hedged = p->basis == PARLEY_BASIS_REPORTED;
    const char *act = strcmp(p->act, "yes, if") == 0 ? "if" : p->act;
    const char *line =
        parley_screen_format(s, "%s %s%s%s%s%s", act, what, mark(p), hedged ? ", reported" : "",
                             id[0] != '\0' ? " " : "", id);
    return p->reading >= 0 ? parley_screen_format(s, "[%s]", line) : line;
}

static bool wanted(const parley_show_page *page, const parley_position *p)
{
    return (page->party < 0 || page->party == p->party) &&
           (page->issue < 0 || page->issue == p->issue);
}

/* Positions stand in order of party and issue (-1 first): the first of a cell, or of what follows.
 */
static uint32_t first_of(const parley_positions *positions, int32_t party, int32_t issue)
{
    uint32_t low = 0;
    uint32_t high = parley_positions_size(positions);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const parley_position *p = parley_positions_at(positions, middle);
        if (p->party < party || (p->party == party && p->issue < issue)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The positions of one cell: from *n on, what was not said before; NULL: no more. */
static const parley_position *next_in(const parley_positions *positions, int32_t party,
                                      int32_t issue, uint32_t *n)
{
    for (; *n < parley_positions_size(positions); ++*n) {
        const parley_position *p = parley_positions_at(positions, *n);
        if (p->party != party || p->issue != issue) {
            return NULL;
        }
        if (!said_before(positions, *n)) {
            ++*n;
            return p;
        }
    }
    return NULL;
}

/* Has a party something in a cell of an issue that is shown? */
static bool has_cell(const parley_show_page *page, const parley_positions *positions, int32_t party)
{
    uint32_t n = first_of(positions, party, page->issue < 0 ? 0 : page->issue);
    if (n == parley_positions_size(positions)) {
        return false;
    }
    const parley_position *p = parley_positions_at(positions, n);
    return p->party == party && wanted(page, p);
}

/* Parties with something in a cell; principals first, in file order. */
static uint32_t columns_of(const parley_show_page *page, const parley_positions *positions,
                           int32_t *party)
{
    const parley_case *c = page->c;
    uint32_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < parley_case_parties(c); i++) {
            bool principal =
                (parley_case_party(c, (int32_t)i)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
            bool some = page->party == (int32_t)i || (page->party < 0 && principal) ||
                        has_cell(page, positions, (int32_t)i);
            if (some && principal == (pass == 0) &&
                (page->party < 0 || page->party == (int32_t)i)) {
                party[count++] = (int32_t)i;
            }
        }
    }
    return count;
}

static void print_block(parley_screen *s, const parley_show_page *page,
                        const parley_positions *positions, const int32_t *party, uint32_t count)
{
    const parley_case *c = page->c;
    parley_column column[5] = {{.heading = "ISSUE", .at_most = 16}};
    for (uint32_t k = 0; k < count; k++) {
        column[k + 1] =
            (parley_column){.heading = parley_screen_format(s, "%s", word_party(c, party[k])),
                            .flexible = true,
                            .fill = true};
    }
    parley_table *t = parley_table_new(s, column, count + 1, 0, 2);
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        if (page->issue >= 0 && page->issue != (int32_t)i) {
            continue;
        }
        parley_table_cell(t, issue->table == PARLEY_TABLE_NOW ? PARLEY_INK_HEADING : PARLEY_INK_DIM,
                          issue->name);
        if (issue->table != PARLEY_TABLE_NOW) {
            parley_table_addf(t, PARLEY_INK_DIM, " (%s)",
                              parley_words_word(PARLEY_WORDS_TABLE, issue->table));
        }
        for (uint32_t k = 0; k < count; k++) {
            uint32_t shown = 0;
            uint32_t more = 0;
            uint32_t n = first_of(positions, party[k], (int32_t)i);
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
            for (const parley_position *p = next_in(positions, party[k], (int32_t)i, &n); p != NULL;
                 p = next_in(positions, party[k], (int32_t)i, &n)) {
                if (page->most_cell > 0 && shown == page->most_cell) {
                    more++;
                    continue;
                }
                if (shown++ > 0) {
                    parley_table_newline(t);
                }
                parley_table_add(t,
                                 p->reading >= 0                     ? PARLEY_INK_OURS
                                 : p->basis == PARLEY_BASIS_REPORTED ? PARLEY_INK_DIM
                                                                     : PARLEY_INK_PLAIN,
                                 holds(s, c, p));
            }
            if (more > 0) {
                parley_table_newline(t);
                parley_table_addf(t, PARLEY_INK_DIM, "and %s more", parley_screen_number(s, more));
            }
            if (shown == 0) {
                parley_table_add(t, PARLEY_INK_DIM, "-");
            }
        }
    }
    parley_table_print(t);
}

static void print_words(parley_screen *s, const parley_show_page *page,
                        const parley_positions *positions, bool *left_out)
{
    const parley_case *c = page->c;
    const parley_column column[3] = {{0}, {.flexible = true, .fill = true}, {0}};
    parley_table *t = parley_table_new(s, column, 3, 2, 2);
    uint32_t more = 0;
    for (uint32_t n = 0; n < parley_positions_size(positions); n++) {
        const parley_position *p = parley_positions_at(positions, n);
        if (p->issue < 0 && (page->party < 0 || page->party == p->party) && page->issue < 0) {
            if (page->most_words > 0 && parley_table_rows(t) == page->most_words) {
                more++;
                continue;
            }
            parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, p->party));
            parley_table_cellf(t, PARLEY_INK_PLAIN, "%s: %s", p->act, p->text);
            parley_table_cell(t, PARLEY_INK_DIM, word_claim(c, p->claim));
        }
    }
    if (parley_table_rows(t) > 0) {
        parley_screen_blank(s);
        parley_screen_line(s, "IN WORDS", PARLEY_INK_DIM, "fits no issue; shown, never counted");
        parley_table_print(t);
    }
    if (more > 0) {
        parley_screen_begin(s, 2, 2);
        parley_screen_addf(s, PARLEY_INK_DIM, "and %s more", parley_screen_number(s, more));
        parley_screen_end(s);
    }
    *left_out = *left_out || more > 0;
}

/* Is there a cell with more than is shown? */
static bool cells_left_out(const parley_show_page *page, const parley_positions *positions)
{
    uint32_t in_cell = 0;
    for (uint32_t n = 0; page->most_cell > 0 && n < parley_positions_size(positions); n++) {
        const parley_position *p = parley_positions_at(positions, n);
        const parley_position *before = n > 0 ? parley_positions_at(positions, n - 1) : p;
        in_cell = p->party == before->party && p->issue == before->issue ? in_cell : 0;
        in_cell += p->issue >= 0 && wanted(page, p) && !said_before(positions, n);
        if (in_cell > page->most_cell) {
            return true;
        }
    }
    return false;
}

parley_status parley_page_show(parley_screen *s, parley_ctx *ctx, const parley_show_page *page,
                               parley_error *err)
{
    const parley_case *c = page->c;
    parley_positions *positions = NULL;
    size_t size = parley_case_parties(c) * sizeof(int32_t);
    parley_status status = parley_positions_derive(&positions, ctx, c, &page->terms, err);
    if (status != PARLEY_OK) {
        return status;
    }
    int32_t *party = parley_alloc(ctx, size > 0 ? size : sizeof(int32_t));
    if (party == NULL) {
        parley_positions_free(positions);
        return parley_fail(err, PARLEY_NOMEM, "out of memory while showing positions");
    }
    bool dated = page->terms.at.form != PARLEY_DATE_UNKNOWN;
    char now[80];
    parley_date_words(parley_case_as_of(c), true, now, sizeof(now));
    const char *when = dated ? parley_screen_format(s, "positions on %s, as known %s",
                                                    word_date(s, c, page->terms.at), now)
                             : parley_screen_format(s, "as known %s", now);
    parley_screen_ends(s, PARLEY_INK_TITLE, parley_case_title(c), PARLEY_INK_DIM, when);
    word_law(s, c, false);
    uint32_t all = columns_of(page, positions, party);
    uint32_t count = page->most_parties > 0 && all > page->most_parties ? page->most_parties : all;
    bool left_out = count < all || cells_left_out(page, positions);
    uint32_t across = parley_screen_width(s) >= 100 ? 3 : 2;
    if (count == 3 && parley_screen_width(s) >= 78) {
        across = 3;
    }
    for (uint32_t k = 0; k < count; k += across) {
        if (k > 0) {
            parley_screen_blank(s);
        }
        print_block(s, page, positions, &party[k], count - k < across ? count - k : across);
    }
    if (count == 0) {
        parley_screen_line(s, NULL, PARLEY_INK_DIM, "Nobody is known to hold anything.");
    }
    print_words(s, page, positions, &left_out);
    if (left_out) {
        parley_screen_begin(s, 0, 0);
        if (count < all) {
            parley_screen_addf(s, PARLEY_INK_DIM, "%s parties left out. ",
                               parley_screen_number(s, all - count));
        }
        parley_screen_add(s, PARLEY_INK_DIM,
                          "To see more: --party ID, --issue ID, --limit N, or --all");
        parley_screen_end(s);
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_item(s, PARLEY_INK_DIM, "[in brackets: our reading]");
    parley_screen_item(s, PARLEY_INK_DIM, "-: nothing known");
    parley_screen_item(s, PARLEY_INK_DIM, "c1, m1: ids in the file");
    parley_screen_end(s);
    parley_release(ctx, party, size > 0 ? size : sizeof(int32_t));
    parley_positions_free(positions);
    return PARLEY_OK;
}

/* ---------------------------------------------------------------------- JSON */

/* What stands before a position and is shown, to know what is left out. */
typedef struct shown_so_far {
    bool *party;    /* among those shown */
    uint32_t cell;  /* of the party and issue at hand */
    uint32_t words; /* of all parties */
    uint32_t left;  /* positions left out */
} shown_so_far;

static bool take_position(const parley_show_page *page, const parley_positions *positions,
                          uint32_t n, shown_so_far *so_far)
{
    const parley_position *p = parley_positions_at(positions, n);
    const parley_position *before = n > 0 ? parley_positions_at(positions, n - 1) : p;
    if (p->party != before->party || p->issue != before->issue) {
        so_far->cell = 0;
    }
    if (!wanted(page, p) || said_before(positions, n)) {
        return false;
    }
    bool fits = p->issue < 0 ? page->most_words == 0 || so_far->words < page->most_words
                             : so_far->party[p->party] &&
                                   (page->most_cell == 0 || so_far->cell < page->most_cell);
    so_far->cell += fits && p->issue >= 0;
    so_far->words += fits && p->issue < 0;
    so_far->left += !fits;
    return fits;
}

/* The parties that the page has columns for. */
static bool mark_parties(const parley_show_page *page, const parley_positions *positions,
                         parley_arena *arena, shown_so_far *so_far)
{
    uint32_t n = parley_case_parties(page->c);
    int32_t *party = parley_arena_array(arena, n, sizeof(*party));
    so_far->party = parley_arena_array(arena, n, sizeof(*so_far->party));
    if (party == NULL || so_far->party == NULL) {
        return false;
    }
    uint32_t count = columns_of(page, positions, party);
    for (uint32_t i = 0; i < count; i++) {
        so_far->party[party[i]] = page->most_parties == 0 || i < page->most_parties;
    }
    return true;
}

parley_status parley_page_show_json(parley_json *j, parley_ctx *ctx, const parley_show_page *page,
                                    parley_error *err)
{
    const parley_case *c = page->c;
    parley_positions *positions = NULL;
    shown_so_far so_far = {.party = NULL};
    char date[40];
    parley_status status = parley_positions_derive(&positions, ctx, c, &page->terms, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_arena *arena = parley_arena_new(ctx);
    if (arena == NULL || !mark_parties(page, positions, arena, &so_far)) {
        parley_arena_free(arena);
        parley_positions_free(positions);
        return parley_fail(err, PARLEY_NOMEM, "out of memory while showing positions");
    }
    parley_json_object(j);
    json_case(j, c);
    parley_date_print(page->terms.at, date, sizeof(date));
    json_key_string(j, "at", page->terms.at.form == PARLEY_DATE_UNKNOWN ? NULL : date);
    parley_json_key(j, "positions");
    parley_json_array(j);
    for (uint32_t n = 0; n < parley_positions_size(positions); n++) {
        const parley_position *p = parley_positions_at(positions, n);
        if (!take_position(page, positions, n, &so_far)) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "party", parley_case_party(c, p->party)->record.id);
        json_key_string(j, "issue",
                        p->issue < 0 ? NULL : parley_case_issue(c, p->issue)->record.id);
        json_key_string(j, "act", p->act);
        json_key_string(j, "formula", p->formula == NULL ? NULL : p->text);
        json_key_string(j, "words", p->formula == NULL ? p->text : NULL);
        json_key_string(j, "firmness",
                        p->firmness == PARLEY_FIRMNESS_UNSTATED
                            ? NULL
                            : parley_words_word(PARLEY_WORDS_FIRMNESS, p->firmness));
        json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, p->basis));
        json_key_string(j, "claim", p->claim < 0 ? NULL : word_claim(c, p->claim));
        json_key_string(j, "reading",
                        p->reading < 0 ? NULL : parley_case_reading(c, p->reading)->record.id);
        parley_date_print(p->date, date, sizeof(date));
        json_key_string(j, "date", p->date.form == PARLEY_DATE_UNKNOWN ? NULL : date);
        parley_json_key(j, "binds");
        parley_json_bool(j, p->binds);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "left_out");
    parley_json_uint(j, so_far.left);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_arena_free(arena);
    parley_positions_free(positions);
    return PARLEY_OK;
}
