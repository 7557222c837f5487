/*
 * The page "what moved", for people: each move with what it rests on, the dispute on two days, what
 * is to be confirmed, and the sheet "line or bargaining".
 */
#include "report/moves_page.h"
#include "report/report_internal.h"

#include <string.h>

static const uint8_t inks[PARLEY_MOVE_KIND_COUNT] = {
    [PARLEY_MOVE_SOFTENED] = PARLEY_INK_GOOD,   [PARLEY_MOVE_HARDENED] = PARLEY_INK_BAD,
    [PARLEY_MOVE_REFRAMED] = PARLEY_INK_WARN,   [PARLEY_MOVE_DEFERRED] = PARLEY_INK_WARN,
    [PARLEY_MOVE_REVERSED] = PARLEY_INK_BAD,    [PARLEY_MOVE_CONFIRMED] = PARLEY_INK_PLAIN,
    [PARLEY_MOVE_NOT_COMPARED] = PARLEY_INK_DIM};

/* ----------------------------------------------------------------------- a move */

/* "1 step towards free", "15 days more", or nothing. */
static const char *distance(parley_screen *s, const parley_case *c, const parley_move *move)
{
    const parley_issue *issue =
        move->issues.count == 1 ? parley_case_issue(c, move->issues.at[0]) : NULL;
    if (move->direction == 0 || issue == NULL || issue->values == 0) {
        return "";
    }
    if (issue->kind == PARLEY_ISSUE_QUANTITY) {
        char text[140];
        parley_decimal far = {0, 0};
        const char *way = move->direction > 0 ? "more" : "less";
        if (move->steps == 0 ||
            !parley_decimal_step(&far, far, (int64_t)move->steps, issue->step)) {
            return parley_screen_format(s, "; %s", way);
        }
        parley_case_number_words(issue, far, text, sizeof(text));
        return parley_screen_format(s, "; %s %s", text, way);
    }
    const char *end = issue->options[move->direction > 0 ? issue->values - 1 : 0].id;
    return move->steps == 0 ? parley_screen_format(s, "; towards %s", end)
                            : parley_screen_format(s, "; %u step%s towards %s", move->steps,
                                                   move->steps == 1 ? "" : "s", end);
}

static const char *who(parley_screen *s, const parley_case *c, int32_t person)
{
    if (person < 0) {
        return "";
    }
    const parley_person *row = parley_case_person(c, person);
    return parley_screen_format(s, ", %s", row->office != NULL ? row->office : row->name);
}

/* What the later words rest on, as a second line of the cell. */
static void support(parley_screen *s, parley_table *t, const parley_case *c,
                    const parley_move *move)
{
    const parley_move_support *on = &move->support;
    const parley_claim *claim = move->to->claim >= 0 ? parley_case_claim(c, move->to->claim) : NULL;
    const char *how = claim != NULL ? word_class(s, claim) : word_basis(move->to->basis);
    parley_ink ink = move->to_confirm ? PARLEY_INK_WARN : PARLEY_INK_DIM;
    parley_table_newline(t);
    if (on->originals > 1) {
        parley_table_addf(t, ink, "rests on %u independent originals%s", on->originals,
                          on->on_record ? ", on record among them"
                          : on->unnamed ? ", all unnamed"
                                        : ", reported");
    } else if (on->unnamed) {
        parley_table_addf(t, ink, "rests on ONE unnamed speaker%s%s%s",
                          claim != NULL && claim->speaker_text != NULL ? " (" : "",
                          claim != NULL && claim->speaker_text != NULL ? claim->speaker_text : "",
                          claim != NULL && claim->speaker_text != NULL ? ")" : "");
    } else {
        parley_table_addf(t, ink, "rests on one original: %s%s", how, who(s, c, move->to->person));
    }
    if (on->mentions.count > 0) {
        parley_table_addf(t, ink, "; repeated, which confirms nothing");
    }
    if (claim != NULL && claim->hedge != NULL) {
        parley_table_addf(t, ink, "; hedged \"%s\"", claim->hedge);
    }
    if (move->to_confirm) {
        parley_table_add(t, ink, ": to confirm");
    }
    if (!move->said && move->kind != PARLEY_MOVE_CONFIRMED) {
        parley_table_newline(t);
        parley_table_add(t, PARLEY_INK_WARN, "not said to replace: the earlier words still stand");
    }
}

static const char *claims_of(parley_screen *s, const parley_case *c, const parley_move *move)
{
    word_list earlier = {.count = 0};
    for (uint32_t k = 0; k < move->earlier.count; k++) {
        word_push(&earlier, word_claim(c, move->earlier.at[k]));
    }
    return parley_screen_format(s, "%s > %s",
                                earlier.count == 0 ? "answer" : word_join(s, &earlier, " "),
                                move->to->claim >= 0 ? word_claim(c, move->to->claim) : "answer");
}

static void move_row(parley_screen *s, parley_table *t, const parley_case *c,
                     const parley_move *move)
{
    word_list issues = {.count = 0};
    for (uint32_t k = 0; k < move->issues.count; k++) {
        word_push(&issues, word_issue(c, move->issues.at[k]));
    }
    bool whole = move->issues.count != 1;
    parley_table_cellf(t, PARLEY_INK_PLAIN, "  %s",
                       issues.count == 0 ? "in words" : word_join(s, &issues, ", "));
    parley_table_cell(t, inks[move->kind],
                      move->kind == PARLEY_MOVE_NOT_COMPARED ? "other words"
                                                             : parley_move_word(move->kind));
    parley_table_addf(t, PARLEY_INK_DIM, ", %s: ", word_date(s, c, move->to->date));
    if (move->kind == PARLEY_MOVE_CONFIRMED) {
        parley_table_addf(t, PARLEY_INK_PLAIN, "%s, again",
                          moves_stand_words(s, c, move->to, whole));
    } else {
        parley_table_addf(t, PARLEY_INK_PLAIN, "%s -> %s%s",
                          moves_stand_words(s, c, move->from, whole),
                          moves_stand_words(s, c, move->to, whole), distance(s, c, move));
    }
    support(s, t, c, move);
    parley_table_cell(t, PARLEY_INK_DIM, claims_of(s, c, move));
}

static void print_moves(parley_screen *s, const moves_view *view)
{
    const parley_case *c = view->page->c;
    const parley_column columns[3] = {{.at_most = 20, .flexible = true},
                                      {.flexible = true, .fill = true},
                                      {.align = PARLEY_ALIGN_RIGHT, .at_most = 20}};
    bool dated = view->page->since.form != PARLEY_DATE_UNKNOWN;
    int32_t party = -1;
    uint32_t shown = 0;
    for (uint32_t i = 0; i < parley_moves_size(view->moves); i++) {
        shown += moves_view_shows(view, parley_moves_at(view->moves, i));
    }
    const char *from =
        dated ? parley_screen_format(s, " since %s", word_date(s, c, view->page->since)) : "";
    if (shown == 0) {
        parley_screen_linef(s, "MOVED", PARLEY_INK_DIM, "nothing recorded%s", from);
        return;
    }
    parley_screen_linef(s, "MOVED", PARLEY_INK_DIM, "%u move%s%s", shown, shown == 1 ? "" : "s",
                        from);
    parley_table *t = parley_table_new(s, columns, 3, 0, 2);
    for (uint32_t i = 0; i < parley_moves_size(view->moves); i++) {
        const parley_move *move = parley_moves_at(view->moves, i);
        if (!moves_view_shows(view, move)) {
            continue;
        }
        if (move->party != party) {
            party = move->party;
            parley_table_wide(t, PARLEY_INK_PARTY, word_party(c, party));
        }
        move_row(s, t, c, move);
    }
    parley_table_print(t);
}

/* ------------------------------------------------------------------- the dispute */

static const char *issue_set(parley_screen *s, const parley_case *c, const bool *in,
                             const bool *unless)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        if (in[i] && (unless == NULL || !unless[i])) {
            word_push(&list, word_issue(c, (int32_t)i));
        }
    }
    return list.count == 0 ? "none" : word_join(s, &list, ", ");
}

/* "a, b and c" */
static const char *issue_words(parley_screen *s, const parley_case *c, const bool *in,
                               const bool *unless)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        if (in[i] && !unless[i]) {
            word_push(&list, word_issue(c, (int32_t)i));
        }
    }
    if (list.count < 2 || list.dropped > 0) {
        return word_join(s, &list, ", ");
    }
    const char *last = list.at[--list.count];
    return parley_screen_format(s, "%s and %s", word_join(s, &list, ", "), last);
}

static uint32_t size_of(const parley_case *c, const bool *in)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        n += in[i];
    }
    return n;
}

static bool counts_nothing(const parley_case *c)
{
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        if (issue->table == PARLEY_TABLE_NOW && issue->values > 0) {
            return false;
        }
    }
    return true;
}

static const char *day(parley_screen *s, parley_date d)
{
    char text[80];
    d.about = false;
    parley_date_words(d, true, text, sizeof(text));
    return parley_screen_format(s, "%s", text);
}

void moves_print_dispute(parley_screen *s, const moves_view *view)
{
    const parley_case *c = view->page->c;
    parley_date until = view->page->terms.at.form != PARLEY_DATE_UNKNOWN ? view->page->terms.at
                                                                         : parley_case_as_of(c);
    if (counts_nothing(c)) {
        parley_screen_line(s, "IN DISPUTE", PARLEY_INK_DIM,
                           "nothing to count yet: no issue on the table has options or a range");
        return;
    }
    const char *end = until.form == PARLEY_DATE_UNKNOWN ? "now" : day(s, until);
    parley_screen_label(s, "IN DISPUTE");
    if (view->then.form == PARLEY_DATE_UNKNOWN) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s: %s", end,
                           issue_set(s, c, view->all.now, NULL));
    } else {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s: %s -> %s: %s", day(s, view->then),
                           issue_set(s, c, view->all.then, NULL), end,
                           issue_set(s, c, view->all.now, NULL));
    }
    bool ours = false;
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        ours = ours || view->all.now[i] != view->words.now[i] ||
               view->all.then[i] != view->words.then[i];
    }
    if (ours) {
        parley_screen_newline(s);
        parley_screen_addf(
            s, PARLEY_INK_OURS, "our readings count; on words alone: %s%s%s",
            view->then.form == PARLEY_DATE_UNKNOWN ? "" : issue_set(s, c, view->words.then, NULL),
            view->then.form == PARLEY_DATE_UNKNOWN ? "" : " -> ",
            issue_set(s, c, view->words.now, NULL));
    }
    parley_screen_end(s);
}

/* "b5 b6" and who said them. */
static const char *speaker(parley_screen *s, const moves_view *view)
{
    const parley_claim *first = parley_case_claim(view->page->c, view->confirm.at[0]);
    return first->speaker_text != NULL ? parley_screen_format(s, " (%s)", first->speaker_text) : "";
}

void moves_print_confirm(parley_screen *s, const moves_view *view)
{
    const parley_case *c = view->page->c;
    if (view->confirm.count == 0) {
        return;
    }
    const char *ids = parley_screen_join(s, view->confirm_ids, view->confirm.count, " ");
    const char *back = issue_words(s, c, view->all.without, view->all.now);
    const char *gone = issue_words(s, c, view->all.now, view->all.without);
    uint32_t still = 0;
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        still += view->all.without[i] && !view->all.now[i];
    }
    parley_screen_label(s, "TO CONFIRM");
    if (back[0] == '\0' && gone[0] == '\0') {
        parley_screen_addf(s, PARLEY_INK_WARN, "%s; without %s the dispute is the same", ids,
                           view->confirm.count == 1 ? "it" : "them");
    }
    if (back[0] != '\0') {
        uint32_t size = size_of(c, view->all.without);
        parley_screen_addf(s, PARLEY_INK_WARN, "without %s %s %s still in dispute (%u issue%s: %s)",
                           ids, back, still == 1 ? "is" : "are", size, size == 1 ? "" : "s",
                           issue_set(s, c, view->all.without, NULL));
    }
    if (gone[0] != '\0') {
        if (back[0] != '\0') {
            parley_screen_newline(s);
        }
        parley_screen_addf(s, PARLEY_INK_WARN, "without %s not in dispute: %s", ids, gone);
    }
    if (view->hanging > 0) {
        parley_screen_newline(s);
        parley_screen_addf(s, PARLEY_INK_WARN,
                           "%s of the move rests on %s%s: %u of the %u issue%s that left or "
                           "entered the dispute",
                           view->hanging == view->changed       ? "all"
                           : view->hanging * 2 == view->changed ? "half"
                                                                : "a part",
                           view->one_speaker ? "ONE unnamed speaker"
                                             : "words that are to be confirmed",
                           view->one_speaker ? speaker(s, view) : "", view->hanging, view->changed,
                           view->changed == 1 ? "" : "s");
    }
    parley_screen_end(s);
}

/* -------------------------------------------------------------------------- page */

parley_status parley_page_moves(parley_screen *s, parley_ctx *ctx, const parley_moves_page *page,
                                parley_error *err)
{
    moves_view view;
    char now[80];
    parley_status status = moves_view_make_sheet(&view, ctx, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_date_words(parley_case_as_of(page->c), true, now, sizeof(now));
    bool dated = page->terms.at.form != PARLEY_DATE_UNKNOWN;
    parley_screen_ends(s, PARLEY_INK_TITLE, parley_case_title(page->c), PARLEY_INK_DIM,
                       dated ? parley_screen_format(s, "what moved by %s, as known %s",
                                                    word_date(s, page->c, page->terms.at), now)
                             : parley_screen_format(s, "what moved, as known %s", now));
    word_law(s, page->c, false);
    print_moves(s, &view);
    moves_print_dispute(s, &view);
    moves_print_confirm(s, &view);
    moves_sheet(s, &view);
    moves_view_end(&view);
    return PARLEY_OK;
}
