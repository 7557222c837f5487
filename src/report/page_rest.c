/*
 * The page of a case: who must act, words that fit no formula, and the sources.
 */
#include "report/case_page.h"

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

void page_acts(page *p)
{
    static const char *const head[] = {"Party", "Its agreement", "Its consent is needed on",
                                       "It must act on, in what is left", "Asked?"};
    parley_ids issues = parley_deal_issues(p->deal);
    uint32_t more = 0;
    uint32_t shown = 0;
    page_section(p, "acts", "Who must act");
    page_table(p, "Who must agree, and who must do something", head, 5);
    for (uint32_t i = 0; i < parley_case_parties(p->c); i++) {
        int32_t party = (int32_t)i;
        uint32_t roles = parley_case_party(p->c, party)->roles;
        bool principal = (roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
        word_list needed = {.count = 0};
        word_list acts = {.count = 0};
        for (uint32_t k = 0; k < issues.count; k++) {
            if (!principal && parley_deal_needed(p->deal, party, issues.at[k])) {
                word_push(&needed, word_issue(p->c, issues.at[k]));
            }
            if (parley_deal_last(p->deal) >= 0 && parley_deal_acts(p->deal, party, issues.at[k])) {
                word_push(&acts, word_issue(p->c, issues.at[k]));
            }
        }
        if (!must(p, party) && acts.count == 0) {
            continue;
        }
        if (shown++ >= PAGE_ISSUES) {
            more++;
            continue;
        }
        page_row(p, word_party(p->c, party));
        page_cell(p, PARLEY_INK_PLAIN,
                  principal        ? "needed for any deal"
                  : must(p, party) ? "needed for parts of it"
                                   : "not needed");
        page_cell(p, PARLEY_INK_PLAIN, word_join(p->s, &needed, ", "));
        page_cell(p, PARLEY_INK_PLAIN, word_join(p->s, &acts, ", "));
        page_cell(p, PARLEY_INK_PLAIN,
                  word_was_asked(p->c, party) ? "asked, or has spoken"
                                              : "never asked, as far as reported");
        page_row_end(p);
    }
    page_table_end(p);
    page_more(p, more, "parley deals CASE");
    page_section_end(p);
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
