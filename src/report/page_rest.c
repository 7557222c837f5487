/*
 * The page of a case: who must act, words that fit no formula, the own interest of those who
 * mediate, and the sources.
 */
#include "report/case_page.h"
#include "report/desk_parts.h"

#include <string.h>

/* --------------------------------------------------------------------- who acts */

static bool must(const page *p, int32_t party)
{
    parley_ids ids = parley_deal_must_agree(p->deal);
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == party) {
            return true;
        }
    }
    return false;
}

typedef struct noting {
    uint8_t *acts; /* of one party, by issue */
    uint8_t bits;
} noting;

static void note(void *user, const parley_formula *atom)
{
    const noting *n = user;
    if (atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE && atom->issue >= 0) {
        n->acts[atom->issue] |= n->bits;
    }
}

/* Parties times issues that are noted; a larger case has its tables and no picture of them. */
#define ACTS_MOST (1u << 22)

static uint8_t *acts_of(page *p, int32_t party)
{
    size_t issues = parley_case_issues(p->c);
    size_t all = parley_case_parties(p->c) * issues;
    if (p->acts == NULL && all > 0 && all <= ACTS_MOST) {
        p->acts = parley_arena_array(p->arena, all, 1);
        p->failed = p->failed || p->acts == NULL;
    }
    return p->acts == NULL || party < 0 ? NULL : p->acts + (size_t)party * issues;
}

void page_note_acts(page *p, int32_t party, const parley_formula *formula, uint8_t bits)
{
    noting n = {acts_of(p, party), bits};
    if (n.acts != NULL && formula != NULL) {
        parley_formula_atoms(formula, note, &n);
    }
}

typedef struct acting {
    int32_t *party; /* with a row */
    uint32_t rows;
    uint32_t more;
} acting;

static bool find_acting(page *p, acting *a)
{
    parley_ids issues = parley_deal_issues(p->deal);
    a->party = parley_arena_array(p->arena, (size_t)parley_case_parties(p->c) + 1, sizeof(int32_t));
    if (a->party == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < parley_case_parties(p->c); i++) {
        int32_t party = (int32_t)i;
        bool principal = (parley_case_party(p->c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
        uint8_t *acts = acts_of(p, party);
        bool some = must(p, party);
        for (uint32_t k = 0; k < issues.count; k++) {
            uint8_t bits = 0;
            if (!principal && parley_deal_needed(p->deal, party, issues.at[k])) {
                bits |= PAGE_ACT_CONSENT;
            }
            if (parley_deal_last(p->deal) >= 0 && parley_deal_acts(p->deal, party, issues.at[k])) {
                bits |= PAGE_ACT_ACTS;
                some = true;
            }
            if (acts != NULL) {
                acts[issues.at[k]] |= bits;
                some = some || (acts[issues.at[k]] & ~PAGE_ACT_CONSENT) != 0;
            }
        }
        if (some && a->rows < PAGE_ISSUES) {
            a->party[a->rows++] = party;
        } else {
            a->more += some;
        }
    }
    return true;
}

/* parties: [name], in the order of the table; issues: [name]; acts: [{party, issue, why: [word]}]
 */
static void write_acts(page *p, parley_json *j, const void *user)
{
    static const char *const words[] = {"consent", "acts", "sticks", "read", "moves"};
    const acting *a = user;
    uint32_t issues = parley_case_issues(p->c);
    uint32_t columns = 0;
    int32_t *column = parley_arena_array(p->arena, (size_t)issues + 1, sizeof(*column));
    if (column == NULL) {
        p->failed = true;
        return;
    }
    parley_json_key(j, "parties");
    parley_json_array(j);
    for (uint32_t r = 0; r < a->rows; r++) {
        page_element(p, j, word_party(p->c, a->party[r]));
    }
    parley_json_array_end(j);
    parley_json_key(j, "issues");
    parley_json_array(j);
    for (uint32_t i = 0; i < issues; i++) {
        bool some = false;
        for (uint32_t r = 0; r < a->rows; r++) {
            some = some || p->acts[(size_t)a->party[r] * issues + i] != 0;
        }
        column[i] = some && columns < PAGE_ISSUES ? (int32_t)columns++ : -1;
        if (column[i] >= 0) {
            page_element(p, j, word_issue(p->c, (int32_t)i));
        }
    }
    parley_json_array_end(j);
    parley_json_key(j, "acts");
    parley_json_array(j);
    for (uint32_t r = 0; r < a->rows; r++) {
        for (uint32_t i = 0; i < issues; i++) {
            uint8_t bits = p->acts[(size_t)a->party[r] * issues + i];
            if (column[i] < 0 || bits == 0) {
                continue;
            }
            parley_json_object(j);
            parley_json_key(j, "party");
            parley_json_uint(j, r);
            parley_json_key(j, "issue");
            parley_json_int(j, column[i]);
            parley_json_key(j, "why");
            parley_json_array(j);
            for (uint32_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
                if ((bits >> k & 1) != 0) {
                    parley_json_string(j, words[k]);
                }
            }
            parley_json_array_end(j);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
}

static void acts_chart(page *p, const acting *a)
{
    bool some = false;
    size_t all = (size_t)parley_case_parties(p->c) * parley_case_issues(p->c);
    for (size_t i = 0; p->acts != NULL && i < all; i++) {
        some = some || p->acts[i] != 0;
    }
    if (!p->data || !some || a->rows == 0) {
        return;
    }
    page_figure(p, "acts", "acts-table");
    page_data(p, "Who must act, on which issue",
              parley_screen_format(p->s,
                                   "%u part%s by issue. The table has a row for each party with "
                                   "the same.",
                                   a->rows, a->rows == 1 ? "y" : "ies"),
              write_acts, a);
    page_figure_end(p,
                    "Square: its consent is needed (hollow), it must act in what is left (full). "
                    "Triangle: its own words are in a sticking point (full), our reading of it is "
                    "(dashed, in brackets). Diamond: it would move in one of the bridges above.");
}

/* Names of the issues where a party has one of these bits. */
static const char *issues_with(page *p, int32_t party, uint8_t bits)
{
    word_list list = {.count = 0};
    const uint8_t *acts = acts_of(p, party);
    for (uint32_t i = 0; acts != NULL && i < parley_case_issues(p->c); i++) {
        if ((acts[i] & bits) != 0) {
            word_push(&list, word_issue(p->c, (int32_t)i));
        }
    }
    return word_join(p->s, &list, ", ");
}

static void acts_row(page *p, int32_t party)
{
    bool principal = (parley_case_party(p->c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
    const char *words = issues_with(p, party, PAGE_ACT_STICKS);
    const char *read = issues_with(p, party, PAGE_ACT_READ);
    page_row(p, word_party(p->c, party));
    page_cell(p, PARLEY_INK_PLAIN,
              principal        ? "needed for any deal"
              : must(p, party) ? "needed for parts of it"
                               : "not needed");
    page_cell(p, PARLEY_INK_PLAIN, issues_with(p, party, PAGE_ACT_CONSENT));
    page_cell(p, PARLEY_INK_PLAIN, issues_with(p, party, PAGE_ACT_ACTS));
    page_cell_begin(p);
    page_piece(p, PARLEY_INK_PLAIN, words);
    if (words[0] != '\0' && read[0] != '\0') {
        page_break(p);
    }
    if (read[0] != '\0') {
        page_piecef(p, PARLEY_INK_OURS, "our reading: %s", read);
    }
    page_cell_end(p);
    page_cell(p, PARLEY_INK_PLAIN, issues_with(p, party, PAGE_ACT_MOVES));
    page_cell(p, PARLEY_INK_PLAIN,
              word_was_asked(p->c, party) ? "asked, or has spoken"
                                          : "never asked, as far as reported");
    page_row_end(p);
}

parley_status page_acts(page *p, parley_error *err)
{
    static const char *const head[] = {"Party",
                                       "Its agreement",
                                       "Its consent is needed on",
                                       "It must act on, in what is left",
                                       "In a sticking point on",
                                       "It would move in a bridge on",
                                       "Asked?"};
    acting a = {.rows = 0};
    if (!find_acting(p, &a)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing who must act");
    }
    page_section(p, "acts", "Who must act");
    acts_chart(p, &a);
    page_table_named(p, "acts-table", "Who must agree, and who must do something", head, 7);
    for (uint32_t i = 0; i < a.rows; i++) {
        acts_row(p, a.party[i]);
    }
    page_table_end(p);
    page_more(p, a.more, "parley deals CASE");
    page_section_end(p);
    return PARLEY_OK;
}

/* -------------------------------------------------------------------- words only */

void page_words(page *p)
{
    static const char *const head[] = {"Party", "When", "Words", "Rests on", "Claim"};
    const parley_positions *positions = p->status->positions;
    uint32_t count = 0;
    page_section(p, "words", "Words that fit no formula");
    page_line(p, PARLEY_INK_PLAIN, "Shown as said; they bind nothing in the counts above.");
    for (uint32_t i = 0; i < parley_positions_size(positions); i++) {
        const parley_position *q = parley_positions_at(positions, i);
        if (q->formula != NULL || q->reading >= 0 || q->party < 0) {
            continue;
        }
        if (count++ >= PAGE_WORDS) {
            continue;
        }
        if (count == 1) {
            page_table(p, NULL, head, 5);
        }
        page_row(p, word_party(p->c, q->party));
        page_cell(p, PARLEY_INK_PLAIN, word_date(p->s, p->c, q->date));
        page_cellf(p, PARLEY_INK_PLAIN, "%s%s%s: %s", q->act, q->issue >= 0 ? " " : "",
                   q->issue >= 0 ? word_issue(p->c, q->issue) : "", q->text);
        page_cell(p, PARLEY_INK_PLAIN,
                  q->claim >= 0 ? word_class(p->s, parley_case_claim(p->c, q->claim))
                                : word_basis(q->basis));
        page_cell(p, PARLEY_INK_DIM, word_claim(p->c, q->claim));
        page_row_end(p);
    }
    if (count > 0) {
        page_table_end(p);
    } else {
        page_line(p, PARLEY_INK_PLAIN, "None.");
    }
    page_more(p, count > PAGE_WORDS ? count - PAGE_WORDS : 0, "parley show CASE");
    page_section_end(p);
}

/* --------------------------------------------------------------------- interests */

/* Of every mediator: all its words may stand on the page. */
void page_interests(page *p)
{
    static const char *const head[] = {"What it gains", "Who says so"};
    uint32_t parties = parley_case_parties(p->c);
    bool *speaks = parley_arena_array(p->arena, parties, sizeof(*speaks));
    sheet sh = sheet_new(p->arena, "", "", PAGE_WORDS);
    if (speaks == NULL) {
        p->failed = true;
        return;
    }
    for (uint32_t i = 0; i < parties; i++) {
        speaks[i] = true;
    }
    desk_interests(&sh, p->s, p->c, speaks);
    sheet_close(&sh);
    p->failed = p->failed || sh.failed;
    if (sh.lines == 0) {
        return;
    }
    page_section(p, "interests", "The own interest of those who mediate");
    page_table(p, NULL, head, 2);
    for (uint32_t i = 0; i < sh.lines; i++) {
        page_row(p, NULL);
        page_cell(p, sh.line[i].ink, sh.line[i].text);
        page_cell(p, PARLEY_INK_DIM, sh.line[i].margin);
        page_row_end(p);
    }
    page_table_end(p);
    page_section_end(p);
}

/* ----------------------------------------------------------------------- sources */

parley_status page_sources(page *p, parley_error *err)
{
    static const char *const head[] = {
        "Source", "Name", "Kind", "Published", "Statements on record", "Reported"};
    const parley_status_page *status = p->status;
    uint32_t sources = parley_case_sources(p->c);
    uint32_t *record = parley_arena_array(p->arena, (size_t)sources * 2 + 1, sizeof(*record));
    if (record == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while counting sources");
    }
    uint32_t *reported = record + sources;
    for (uint32_t i = 0; i < parley_case_claims(p->c); i++) {
        const parley_claim *claim = parley_case_claim(p->c, (int32_t)i);
        if (claim->source >= 0) {
            (parley_class_on_record(claim->cls) ? record : reported)[claim->source]++;
        }
    }
    page_section(p, "sources", "Sources");
    page_linef(p, PARLEY_INK_PLAIN, "%u statement%s on record, %u reported, from %u original%s.",
               status->on_record, status->on_record == 1 ? "" : "s", status->reported,
               status->originals, status->originals == 1 ? "" : "s");
    if (sources > 0) {
        page_table(p, NULL, head, 6);
    }
    for (uint32_t i = 0; i < sources && i < PAGE_SOURCES; i++) {
        const parley_source *source = parley_case_source(p->c, (int32_t)i);
        page_row(p, source->record.id);
        page_cell(p, PARLEY_INK_PLAIN, source->name);
        page_cell(p, PARLEY_INK_PLAIN, parley_words_word(PARLEY_WORDS_SOURCE_KIND, source->kind));
        page_cell(p, PARLEY_INK_PLAIN, source->published ? "yes" : "no");
        page_number(p, parley_screen_number(p->s, record[i]));
        page_number(p, parley_screen_number(p->s, reported[i]));
        page_row_end(p);
    }
    if (sources > 0) {
        page_table_end(p);
    }
    page_more(p, sources > PAGE_SOURCES ? sources - PAGE_SOURCES : 0, "parley export CASE");
    page_section_end(p);
    return PARLEY_OK;
}
