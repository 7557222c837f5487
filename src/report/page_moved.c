/*
 * The page of a case: what moved, on whose word, and the issues in dispute on two days.
 */
#include "report/case_page.h"

#include <string.h>

static void rests_on(page *p, const parley_move *move)
{
    const parley_move_support *on = &move->support;
    const parley_claim *claim =
        move->to->claim >= 0 ? parley_case_claim(p->c, move->to->claim) : NULL;
    if (on->originals > 1) {
        page_piecef(p, PARLEY_INK_PLAIN, "%u independent originals%s", on->originals,
                    on->on_record ? ", on record among them"
                    : on->unnamed ? ", all unnamed"
                                  : ", reported");
    } else if (on->unnamed) {
        page_piecef(p, PARLEY_INK_WARN, "ONE unnamed speaker%s%s",
                    claim != NULL && claim->speaker_text != NULL ? ": " : "",
                    claim != NULL && claim->speaker_text != NULL ? claim->speaker_text : "");
    } else {
        page_piecef(p, PARLEY_INK_PLAIN, "one original: %s",
                    claim != NULL ? word_class(p->s, claim) : word_basis(move->to->basis));
    }
    if (on->mentions.count > 0) {
        page_piece(p, PARLEY_INK_DIM, "; repeated, which confirms nothing");
    }
    if (claim != NULL && claim->hedge != NULL) {
        page_piecef(p, PARLEY_INK_DIM, "; hedged \"%s\"", claim->hedge);
    }
    if (move->to_confirm) {
        page_piece(p, PARLEY_INK_WARN, "; to confirm");
    }
    if (!move->said && move->kind != PARLEY_MOVE_CONFIRMED) {
        page_piece(p, PARLEY_INK_WARN, "; not said to replace: the earlier words still stand");
    }
}

static void one(page *p, const parley_move *move)
{
    bool whole = move->issues.count != 1;
    word_list issues = {.count = 0};
    word_list claims = {.count = 0};
    for (uint32_t k = 0; k < move->issues.count; k++) {
        word_push(&issues, word_issue(p->c, move->issues.at[k]));
    }
    for (uint32_t k = 0; k < move->earlier.count; k++) {
        word_push(&claims, word_claim(p->c, move->earlier.at[k]));
    }
    page_row(p, word_party(p->c, move->party));
    page_cell(p, PARLEY_INK_PLAIN, issues.count == 0 ? "in words" : word_join(p->s, &issues, ", "));
    page_cell(p, PARLEY_INK_PARTY,
              move->kind == PARLEY_MOVE_NOT_COMPARED ? "other words"
                                                     : parley_move_word(move->kind));
    page_cellf(p, PARLEY_INK_PLAIN, "%s \xe2\x86\x92 %s%s",
               moves_stand_words(p->s, p->c, move->from, whole),
               moves_stand_words(p->s, p->c, move->to, whole),
               move->kind == PARLEY_MOVE_CONFIRMED ? ", again" : "");
    page_cell(p, PARLEY_INK_PLAIN, word_date(p->s, p->c, move->to->date));
    page_cell_begin(p);
    rests_on(p, move);
    page_cell_end(p);
    page_cellf(p, PARLEY_INK_DIM, "%s \xe2\x86\x92 %s",
               claims.count == 0 ? "answer" : word_join(p->s, &claims, " "),
               move->to->claim >= 0 ? word_claim(p->c, move->to->claim) : "answer");
    page_row_end(p);
}

static void moves(page *p, const moves_view *view)
{
    static const char *const head[] = {"Party", "Issue",    "Move",  "From and to",
                                       "When",  "Rests on", "Claims"};
    uint32_t count = parley_moves_size(view->moves);
    if (count == 0) {
        page_line(p, PARLEY_INK_PLAIN, "Nobody is recorded to have moved.");
        return;
    }
    page_table(p, "Moves", head, 7);
    for (uint32_t i = 0; i < count && i < PAGE_MOVES; i++) {
        one(p, parley_moves_at(view->moves, i));
    }
    page_table_end(p);
    page_more(p, count > PAGE_MOVES ? count - PAGE_MOVES : 0, "parley show CASE --changes");
}

static const char *yes_no(bool in)
{
    return in ? "in dispute" : "not in dispute";
}

static void dispute_cell(page *p, bool all, bool words)
{
    page_cell_begin(p);
    if (all == words) {
        page_piece(p, PARLEY_INK_PLAIN, yes_no(all));
    } else {
        page_piecef(p, PARLEY_INK_OURS, "%s, because of our reading", yes_no(all));
        page_piecef(p, PARLEY_INK_PLAIN, " on words alone: %s", yes_no(words));
    }
    page_cell_end(p);
}

static const char *day(page *p, parley_date d)
{
    char text[80];
    d.about = false;
    parley_date_words(d, true, text, sizeof(text));
    return parley_screen_format(p->s, "%s", text);
}

static bool in_dispute(const moves_view *view, uint32_t i)
{
    return view->all.then[i] || view->all.now[i] || view->all.without[i] || view->words.then[i] ||
           view->words.now[i];
}

/* words NULL: not told apart from our readings. */
static void write_day(parley_json *j, bool all, const bool *words)
{
    parley_json_object(j);
    parley_json_key(j, "all");
    parley_json_bool(j, all);
    parley_json_key(j, "words");
    if (words != NULL) {
        parley_json_bool(j, *words);
    } else {
        parley_json_null(j);
    }
    parley_json_object_end(j);
}

typedef struct two_days {
    const moves_view *view;
    const char *const *head; /* of the table */
    uint32_t columns;
} two_days;

/* days: [name], issues: [{name, days: [{all, words}]}]: rows and columns of the table. */
static void write_dispute(page *p, parley_json *j, const void *user)
{
    const two_days *d = user;
    const moves_view *view = d->view;
    uint32_t shown = 0;
    parley_json_key(j, "days");
    parley_json_array(j);
    for (uint32_t k = 1; k < d->columns; k++) {
        page_element(p, j, d->head[k]);
    }
    parley_json_array_end(j);
    parley_json_key(j, "issues");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_issues(p->c) && shown < PAGE_ISSUES; i++) {
        if (!in_dispute(view, i)) {
            continue;
        }
        shown++;
        parley_json_object(j);
        page_member(p, j, "name", word_issue(p->c, (int32_t)i));
        parley_json_key(j, "days");
        parley_json_array(j);
        if (view->then.form != PARLEY_DATE_UNKNOWN) {
            write_day(j, view->all.then[i], &view->words.then[i]);
        }
        write_day(j, view->all.now[i], &view->words.now[i]);
        if (view->confirm.count > 0) {
            write_day(j, view->all.without[i], NULL);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void dispute_chart(page *p, const moves_view *view, const char *const *head,
                          uint32_t columns, uint32_t issues)
{
    const two_days d = {view, head, columns};
    if (!p->data || columns < 3) {
        return;
    }
    page_figure(p, "dispute", "dispute-table");
    page_data(p, "Issues in dispute on two days",
              parley_screen_format(p->s,
                                   "%u issue%s that %s in dispute on one of the days or on both. "
                                   "The table has the same.",
                                   issues, issues == 1 ? "" : "s", issues == 1 ? "is" : "are"),
              write_dispute, &d);
    page_figure_end(p,
                    "Full disc: in dispute on words. Dashed and in brackets: only because of our "
                    "reading. A dash: not in dispute. A thick line: it changed. Hollow: in "
                    "dispute, without telling words and readings apart.");
}

static void dispute(page *p, const moves_view *view)
{
    bool confirm = view->confirm.count > 0;
    bool dated = view->then.form != PARLEY_DATE_UNKNOWN;
    parley_date now = parley_case_as_of(p->c);
    const char *head[4] = {"Issue"};
    uint32_t columns = 1;
    uint32_t shown = 0;
    uint32_t more = 0;
    if (dated) {
        head[columns++] = day(p, view->then);
    }
    head[columns++] = now.form == PARLEY_DATE_UNKNOWN ? "Now" : day(p, now);
    if (confirm) {
        head[columns++] = parley_screen_format(
            p->s, "Without what is to be confirmed (%s)",
            parley_screen_join(p->s, view->confirm_ids,
                               view->confirm.count < 8 ? view->confirm.count : 8, " "));
    }
    for (uint32_t i = 0; i < parley_case_issues(p->c); i++) {
        shown += in_dispute(view, i);
    }
    if (shown == 0) {
        page_line(p, PARLEY_INK_PLAIN,
                  "No issue is in dispute: no recorded term of one refuses what another requires.");
        return;
    }
    dispute_chart(p, view, head, columns, shown < PAGE_ISSUES ? shown : PAGE_ISSUES);
    page_table_named(p, "dispute-table", "Issues in dispute", head, columns);
    shown = 0;
    for (uint32_t i = 0; i < parley_case_issues(p->c); i++) {
        if (!in_dispute(view, i)) {
            continue;
        }
        if (shown++ >= PAGE_ISSUES) {
            more++;
            continue;
        }
        page_row(p, word_issue(p->c, (int32_t)i));
        if (dated) {
            dispute_cell(p, view->all.then[i], view->words.then[i]);
        }
        dispute_cell(p, view->all.now[i], view->words.now[i]);
        if (confirm) {
            page_cell(p,
                      view->all.without[i] != view->all.now[i] ? PARLEY_INK_WARN : PARLEY_INK_PLAIN,
                      yes_no(view->all.without[i]));
        }
        page_row_end(p);
    }
    page_table_end(p);
    page_more(p, more, "parley show CASE --changes");
    if (view->hanging > 0) {
        page_linef(p, PARLEY_INK_WARN,
                   "To confirm: %s of the move rests on %s: %u of the %u issue%s that left or "
                   "entered the dispute.",
                   view->hanging == view->changed       ? "all"
                   : view->hanging * 2 == view->changed ? "half"
                                                        : "a part",
                   view->one_speaker ? "ONE unnamed speaker" : "words that are to be confirmed",
                   view->hanging, view->changed, view->changed == 1 ? "" : "s");
    }
}

parley_status page_moved(page *p, parley_error *err)
{
    moves_view view;
    parley_moves_page asked = {p->c, PARLEY_TERMS_OPTIONS_INIT, -1, -1, PARLEY_DATE_INIT};
    parley_status status = moves_view_make(&view, p->ctx, &asked, p->status->moves, err);
    if (status != PARLEY_OK) {
        return status;
    }
    page_section(p, "moved", "What moved");
    moves(p, &view);
    dispute(p, &view);
    page_section_end(p);
    moves_view_end(&view);
    return PARLEY_OK;
}
