/*
 * `parley page`: a whole case as one HTML file that opens without a network and prints on A4, or as
 * Markdown.
 *
 * Nothing comes from outside: the content policy allows the style inside, and the one script whose
 * hash it names. Without the script the page is whole: the program draws its pictures, and every
 * number stands in a table. The file holds no path and no name of whoever made it, and the same
 * case gives the same bytes.
 */
#include "report/bundle.h"
#include "report/case_page.h"
#include "report/sheet.h"

#include <parley/values.h>
#include <string.h>

static const char style[] =
    "<style>\n"
    "body { max-width: 62em; overflow-wrap: anywhere; font: 11pt/1.45 Georgia, 'Times New Roman', "
    "serif }\n"
    "h1 { font-size: 1.6em }\n"
    "h2 { font-size: 1.15em; margin: 1.8em 0 .4em; border-bottom: 2px solid #333;\n"
    "  break-after: avoid }\n"
    "h3 { font-size: 1em; margin: 1em 0 .3em; break-after: avoid }\n"
    "p { margin: .3em 0; max-width: 46em; overflow-wrap: anywhere }\n"
    ".ours::before, .ours::after { content: none }\n"
    ".party { font-weight: bold } .dim { color: #555 }\n"
    ".law { border: 2px solid #111; padding: .4em .7em; margin: .7em 0 }\n"
    "th { width: auto; font-size: .85em; letter-spacing: 0; padding-top: .25em }\n"
    "tbody th { min-width: 7.5em } .numbered tbody th { min-width: 2em; width: 2em }\n"
    "thead { display: table-header-group }\n"
    "thead th { border-bottom: 1px solid #333; vertical-align: bottom }\n"
    "tbody tr { border-bottom: 1px solid #ccc }\n"
    "caption { text-align: start; font-weight: bold; padding: .6em 0 .2em }\n"
    "td, th { overflow-wrap: break-word } :is(td, th):has(wbr) { overflow-wrap: anywhere }\n"
    "td { font-size: .92em; min-width: 5.6em } td.number { text-align: end; min-width: 0; "
    "white-space: nowrap }\n"
    "table { margin: .3em 0 .8em }\n"
    "figure { margin: .6em 0 } svg { display: block; width: 100%; height: auto;\n"
    "  max-width: 52em } figcaption { color: #444; font-size: .88em }\n"
    "figcaption svg { display: inline; width: 1.7em; height: 1.5em; vertical-align: -.45em }\n"
    "nav ol { margin: .2em 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap;\n"
    "  gap: .1em 1.1em } a { color: #0b4a8f } a:focus { outline: 3px solid #0b4a8f }\n"
    ".skip { position: absolute; left: -99em } .skip:focus { position: static }\n"
    ".drawn { min-height: 2em } .drawn svg { max-width: none; overflow: visible }\n"
    ".marks { position: absolute; width: 1px; height: 1px; overflow: hidden; margin: 0;\n"
    "  clip-path: inset(50%) } .marks:focus { outline: none }\n"
    "figure:has(.marks:focus) .drawn { outline: 3px solid #0b4a8f; outline-offset: 3px }\n"
    ".readout { min-height: 3em; color: #222 } tr:focus { outline: 3px solid #0b4a8f }\n"
    ".controls { display: flex; flex-wrap: wrap; gap: .4em 1em; margin: .4em 0 .8em;\n"
    "  font: .88em/1.6 Helvetica, Arial, sans-serif }\n"
    ".controls :is(select, input, button) { font: inherit; max-width: 15em; min-height: 1.9em }\n"
    ".controls :is(label:focus-within, button:focus) { outline: 3px solid #0b4a8f; outline-offset: "
    "1px "
    "}\n"
    ".scroll { overflow-x: auto } .scroll:focus-visible { outline: 3px solid #0b4a8f }\n"
    "caption, thead { break-after: avoid } tbody tr:first-child { break-before: avoid }\n"
    "@media print { .scroll { overflow: visible } nav, .skip, .marks, .readout, .controls { "
    "display: none } h2 { margin-top: "
    "1.2em }\n"
    "  td { font-size: .88em } figure, .law { break-inside: avoid }\n"
    "  figure svg { max-height: 235mm } }\n"
    "</style>\n";

/* ---------------------------------------------------------------------- heading */

static void law(page *p)
{
    for (uint32_t i = 0; i < parley_case_flags(p->c); i++) {
        const parley_flag *flag = parley_case_flag(p->c, (int32_t)i);
        page_para(p, "law");
        page_piecef(p, PARLEY_INK_WARN, "LAW: %s",
                    flag->notice != NULL ? flag->notice
                    : flag->law != NULL  ? flag->law
                                         : flag->record.id);
        for (uint32_t k = 0; k < flag->keeps_out.count; k++) {
            const parley_formula *f = flag->keeps_out.at[k].formula;
            page_piecef(p, PARLEY_INK_PLAIN, " %s: kept out of ideas, bridges and drafts.",
                        f != NULL ? word_formula(p->s, p->c, f, true) : flag->keeps_out.at[k].text);
        }
        page_piece(p, PARLEY_INK_PLAIN, word_raised(p->s, p->c, flag));
        if (flag->lifted) {
            page_piecef(p, PARLEY_INK_PLAIN, " Lifted by %s, %s, %s: %s.", flag->lifted_by,
                        flag->lifted_office, word_date(p->s, p->c, flag->lifted_date),
                        flag->lifted_because);
        } else if (flag->keeps_out.count > 0) {
            page_piece(p, PARLEY_INK_PLAIN, " Nobody has lifted this.");
        }
        page_para_end(p);
    }
}

static void heading(page *p)
{
    static const char *const links[][2] = {
        {"status", "Where it stands"},   {"ladder", "What is left"},
        {"matrix", "Who holds what"},    {"timeline", "Positions over time"},
        {"moved", "What moved"},         {"sticking", "Sticking points"},
        {"bridges", "Smallest bridges"}, {"ideas", "Ideas"},
        {"ask", "What to sound out"},    {"acts", "Who must act"},
        {"numbers", "In numbers"},       {"words", "Words that fit no formula"},
        {"sources", "Sources"}};
    char now[80];
    const char *who = parley_case_audience(p->c);
    parley_date_words(parley_case_as_of(p->c), true, now, sizeof(now));
    page_raw(p, "<p><a class=\"skip\" href=\"#status\">Skip to where it stands</a></p>\n"
                "<header>\n<h1>");
    page_mark(p, "# ");
    page_piece(p, PARLEY_INK_PLAIN, parley_case_title(p->c));
    page_raw(p, "</h1>\n");
    page_mark(p, "\n\n");
    page_para(p, "when");
    if (who == NULL || strcmp(who, "team") == 0) {
        page_piecef(p, PARLEY_INK_PLAIN, "As known %s \xc2\xb7 team's copy", now);
    } else {
        page_piecef(p, PARLEY_INK_PLAIN, "As known %s \xc2\xb7 for %s", now, who);
    }
    page_para_end(p);
    law(p);
    page_line(p, PARLEY_INK_DIM,
              "What stands in square brackets is ours: a reading or an idea of the mediation team, "
              "not anybody's words. Small references in round brackets are ids of the case.");
    if (!p->markdown && !parley_page_has_charts()) {
        page_line(p, PARLEY_INK_DIM,
                  "This page was made without interactive charts (the program was built without "
                  "Node): the pictures and tables below hold everything.");
    }
    page_raw(p, "</header>\n<nav aria-label=\"Sections\">\n<ol>\n");
    for (size_t i = 0; !p->markdown && i < sizeof(links) / sizeof(links[0]); i++) {
        if (strcmp(links[i][0], "numbers") == 0 && parley_case_worths(p->c) == 0) {
            continue;
        }
        parley_text_printf(p->out, "<li><a href=\"#%s\">%s</a></li>\n", links[i][0], links[i][1]);
    }
    page_raw(p, "</ol>\n</nav>\n<main>\n");
}

/* ----------------------------------------------------------------------- status */

static void answer(page *p, const parley_response *r)
{
    static const char *const words[] = {
        "accepts",     "yes, if", "answers with a proposal of its own",
        "puts it off", "rejects", "silent: was asked, has not answered"};
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < r->conditions.count + r->only_if.count; k++) {
        bool only = k >= r->conditions.count;
        const parley_condition *condition =
            only ? &r->only_if.at[k - r->conditions.count] : &r->conditions.at[k];
        word_push(&list,
                  parley_screen_format(p->s, "%s%s", only ? "only if " : "",
                                       condition->formula != NULL
                                           ? word_formula(p->s, p->c, condition->formula, false)
                                           : condition->text));
    }
    page_piecef(p, PARLEY_INK_PLAIN, "%s%s%s%s%s", words[r->answer], list.count > 0 ? ": " : "",
                word_join(p->s, &list, "; "), r->with >= 0 ? ": " : "",
                r->with >= 0 ? parley_case_proposal(p->c, r->with)->record.id : "");
    if (r->list != PARLEY_LIST_UNKNOWN) {
        page_piecef(p, PARLEY_INK_DIM, " (list %s)", parley_words_word(PARLEY_WORDS_LIST, r->list));
    }
}

static void proposal(page *p, const status_proposal *row)
{
    static const char *const head[] = {"Party", "Answer", "How known", "Claim"};
    const parley_proposal *tabled = parley_case_proposal(p->c, row->proposal);
    bool dated = tabled->record.happened.form != PARLEY_DATE_UNKNOWN;
    word_list parts = {.count = 0};
    page_heading(p, "On the table: %s (%s%s%s)",
                 tabled->name != NULL ? tabled->name : tabled->record.id,
                 word_voice(p->s, p->c, &tabled->tabled_by, true), dated ? ", " : "",
                 dated ? word_date(p->s, p->c, tabled->record.happened) : "");
    if (tabled->formula != NULL) {
        word_push(&parts, word_formula(p->s, p->c, tabled->formula, false));
    } else if (tabled->text != NULL) {
        word_push(&parts, tabled->text);
    }
    for (uint32_t k = 0; k < tabled->parts.count; k++) {
        const parley_condition *part = &tabled->parts.at[k];
        word_push(&parts, part->formula != NULL ? word_formula(p->s, p->c, part->formula, false)
                                                : part->text);
    }
    for (uint32_t k = 0; k < tabled->step_count; k++) {
        word_push(&parts, parley_screen_format(p->s, "step %u: %s", k + 1, tabled->steps[k].what));
    }
    page_line(p, PARLEY_INK_PLAIN, word_join(p->s, &parts, "; "));
    if (row->answers == 0) {
        return;
    }
    page_table(p, NULL, head, 4);
    for (uint32_t k = 0; k < row->answers; k++) {
        int32_t at = row->answer[k].response;
        page_row(p, word_party(p->c, row->answer[k].party));
        if (at < 0) {
            page_cell(p, PARLEY_INK_DIM, "no answer in these reports");
            page_cell(p, PARLEY_INK_PLAIN, "");
            page_cell(p, PARLEY_INK_PLAIN, "");
        } else {
            const parley_response *r = parley_case_response(p->c, at);
            page_cell_begin(p);
            answer(p, r);
            page_cell_end(p);
            page_cell(p, PARLEY_INK_PLAIN,
                      r->claim >= 0 ? word_class(p->s, parley_case_claim(p->c, r->claim))
                      : parley_class_on_record(r->cls) ? "on record"
                                                       : "reported");
            page_cell(p, PARLEY_INK_PLAIN, word_claim(p->c, r->claim));
        }
        page_row_end(p);
    }
    page_table_end(p);
}

static void where_it_dies(page *p, const status_group *group)
{
    word_list names = {.count = 0};
    for (uint32_t k = 0; k < group->tracks.count && p->status->groups > 1; k++) {
        word_push(&names, parley_case_track(p->c, group->tracks.at[k])->name);
    }
    const char *left = parley_screen_count(p->s, &group->left);
    page_para(p, NULL);
    page_piece(p, PARLEY_INK_PARTY, "Where it dies");
    page_piecef(p, PARLEY_INK_PLAIN, "%s%s: ", names.count > 0 ? ", " : "",
                word_join(p->s, &names, ", "));
    if (group->issues == 0) {
        page_piece(p, PARLEY_INK_PLAIN, "nothing to count yet");
    } else if (group->dies_at < 0) {
        page_piecef(p, PARLEY_INK_PLAIN, "nowhere: %s package%s left on every rung", left,
                    page_is_one(&group->left) ? " is" : "s are");
    } else if (group->dies_at == PARLEY_RUNG_RULES) {
        page_piece(p, PARLEY_INK_BAD, "on the rules of the case: they leave nothing");
    } else if (group->dies_at == PARLEY_RUNG_READINGS) {
        page_piecef(p, PARLEY_INK_BAD, "on our readings, not on anybody's words (%s left before)",
                    left);
    } else {
        page_piecef(p, PARLEY_INK_BAD, "on %s, %s (%s left before)",
                    group->dies_at == PARLEY_RUNG_REPORTED ? "words that are only reported"
                                                           : "the parties' own words",
                    parley_rung_heading((parley_rung)group->dies_at), left);
    }
    page_para_end(p);
}

/* "on record: none; on our reading: 5 (arms 2, guarantees)" is in its own section; here counts. */
static void sticking_counts(page *p)
{
    uint32_t count[PARLEY_BASIS_READING + 1] = {0};
    const sticking_points *points = &p->status->sticking;
    if (p->status->group[0].dies_at < 0 || p->status->group[0].issues == 0) {
        return;
    }
    for (uint32_t i = 0; i < points->count; i++) {
        count[points->set[i].basis]++;
    }
    page_para(p, NULL);
    page_piece(p, PARLEY_INK_PARTY, "Sticking points");
    page_piecef(p, PARLEY_INK_PLAIN, ": %u on record, %u reported only, ",
                count[PARLEY_BASIS_RECORD], count[PARLEY_BASIS_REPORTED]);
    page_piecef(p, count[PARLEY_BASIS_READING] > 0 ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                "%u on our reading", count[PARLEY_BASIS_READING]);
    page_piece(p, PARLEY_INK_DIM, points->complete ? "" : "; the first ones, there are more");
    page_para_end(p);
}

void page_status(page *p)
{
    const parley_status_page *status = p->status;
    page_section(p, "status", "Where it stands");
    for (uint32_t g = 0; g < status->groups; g++) {
        where_it_dies(p, &status->group[g]);
    }
    sticking_counts(p);
    if (status->proposals == 0) {
        page_line(p, PARLEY_INK_PLAIN, "Nothing is tabled.");
    }
    uint32_t shown = status->proposals > PAGE_PROPOSALS ? PAGE_PROPOSALS : status->proposals;
    for (uint32_t i = 0; i < shown; i++) {
        proposal(p, &status->proposal[i]);
    }
    page_more(p, status->proposals - shown, "parley status CASE");
    page_section_end(p);
}

/* ------------------------------------------------------------------------- page */

static parley_status write_page(page *p, parley_error *err)
{
    if (!p->markdown) {
        sheet_html_open(p->safe, p->out, parley_case_title(p->c), style,
                        p->script ? page_charts.hash : NULL);
    }
    heading(p);
    page_status(p);
    page_ladder(p);
    parley_status status = page_matrix(p, err);
    if (status == PARLEY_OK) {
        status = page_timeline(p, err);
    }
    if (status == PARLEY_OK) {
        status = page_moved(p, err);
    }
    if (status == PARLEY_OK) {
        page_sticking(p);
        status = page_bridges(p, err);
    }
    if (status == PARLEY_OK) {
        status = page_ideas(p, err);
    }
    if (status == PARLEY_OK) {
        status = page_soundings(p, err);
    }
    if (status == PARLEY_OK) {
        status = page_acts(p, err);
    }
    if (status == PARLEY_OK) {
        status = page_numbers(p, err);
    }
    if (status == PARLEY_OK) {
        page_words(p);
        page_interests(p);
        status = page_sources(p, err);
    }
    page_raw(p, "</main>\n");
    if (p->script) {
        page_raw(p, "<script>");
        parley_text_add(p->out, page_charts.bytes, page_charts.length);
        page_raw(p, "</script>\n");
    }
    page_raw(p, "</body>\n</html>\n");
    if (status == PARLEY_OK && p->failed) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while writing a page");
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(p->safe, err);
    }
    return status == PARLEY_OK ? parley_screen_status(p->s, err) : status;
}

parley_status parley_page_case(parley_screen *s, parley_text *out, parley_ctx *ctx,
                               const parley_case_page *asked, parley_error *err)
{
    parley_status_page *gathered = NULL;
    page p = {.ctx = ctx, .s = s, .out = out, .c = asked->c};
    p.markdown = asked->writing != PARLEY_WRITING_HTML;
    p.script = !p.markdown && asked->charts == PARLEY_CHARTS_DRAWN && parley_page_has_charts();
    p.data = p.script || (!p.markdown && asked->charts == PARLEY_CHARTS_DATA);
    p.arena = parley_arena_new(ctx);
    p.safe = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    parley_status status = p.arena == NULL || p.safe == NULL
                               ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                               : parley_status_page_new(&gathered, ctx, p.c, "CASE", err);
    if (status == PARLEY_OK) {
        p.status = gathered;
        p.deal = gathered->deal;
        p.terms = parley_deal_terms(p.deal);
        status = write_page(&p, err);
    }
    parley_status_page_free(gathered);
    parley_text_free(p.safe);
    parley_arena_free(p.arena);
    return status;
}
