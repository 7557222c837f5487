/*
 * The page of `parley show --links`: issues here that hang together with issues in other cases, and
 * what is on the table there. The other case is given by the caller, already as the reader may see
 * it; one step only, so that cases may link to one another in a circle.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

static const char *sign_words(parley_sign sign)
{
    static const char *const words[] = {"hangs together with", "is made easier by",
                                        "is made harder by", "is paid for by", "pays for"};
    return words[sign];
}

/* The issue a link leads to in the other case; -1. */
static int32_t issue_there(const parley_case *other, const parley_link *link)
{
    return link->there == NULL
               ? -1
               : parley_case_find(other, "issues", link->there, strlen(link->there));
}

static void holds_there(parley_screen *s, const parley_case *o, const parley_positions *positions,
                        int32_t issue)
{
    bool some = false;
    for (uint32_t i = 0; i < parley_positions_size(positions); i++) {
        const parley_position *p = parley_positions_at(positions, i);
        if (p->issue != issue) {
            continue;
        }
        bool ours = p->reading >= 0;
        parley_screen_label(s, "");
        parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_party(o, p->party));
        parley_screen_addf(
            s, ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, ours ? " [%s %s]" : " %s %s", p->act,
            p->formula == NULL ? p->text : word_held(s, o, word_is_no(p->act), p->formula, true));
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s%s%s there)", word_basis(p->basis),
                           ours || p->claim >= 0 ? " " : "",
                           ours ? parley_case_reading(o, p->reading)->record.id
                                : word_claim(o, p->claim));
        parley_screen_end(s);
        some = true;
    }
    if (!some) {
        parley_screen_line(s, "", PARLEY_INK_DIM, "nobody there is known to hold anything on it");
    }
}

/* Texts there that decide the issue, and who answered how. */
static void tabled_there(parley_screen *s, const parley_case *o, int32_t issue)
{
    for (uint32_t i = 0; i < parley_case_proposals(o); i++) {
        const parley_proposal *p = parley_case_proposal(o, (int32_t)i);
        if (!parley_formula_mentions(p->formula, issue)) {
            continue;
        }
        parley_screen_label(s, "");
        parley_screen_addf(
            s, PARLEY_INK_PLAIN, "tabled: %s (%s, %s)", p->name != NULL ? p->name : p->record.id,
            word_voice(s, o, &p->tabled_by, false),
            p->record.happened.form == PARLEY_DATE_UNKNOWN ? "no day"
                                                           : word_date(s, o, p->record.happened));
        for (uint32_t k = 0; k < parley_case_responses(o); k++) {
            const parley_response *r = parley_case_response(o, (int32_t)k);
            if (r->proposal == (int32_t)i) {
                parley_screen_addf(s, PARLEY_INK_PLAIN, "; %s: %s", word_voice(s, o, &r->by, false),
                                   parley_words_word(PARLEY_WORDS_ANSWER, r->answer));
            }
        }
        parley_screen_end(s);
    }
}

static parley_status there(parley_screen *s, parley_ctx *ctx, const parley_link *link,
                           const parley_linked *linked, parley_error *err)
{
    char now[80];
    if (linked->c == NULL) {
        parley_screen_linef(s, "  there", PARLEY_INK_WARN, "not opened: %s",
                            linked->why_not != NULL ? linked->why_not : "no such case");
        return PARLEY_OK;
    }
    const parley_case *o = linked->c;
    parley_date_words(parley_case_as_of(o), true, now, sizeof(now));
    parley_screen_label(s, "  there");
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s", parley_case_title(o));
    parley_screen_addf(s, PARLEY_INK_DIM, " (as known %s)", now);
    parley_screen_end(s);
    int32_t issue = issue_there(o, link);
    if (link->there == NULL) {
        return PARLEY_OK;
    }
    if (issue < 0) {
        parley_screen_linef(s, "", PARLEY_INK_WARN, "it has no issue '%s'", link->there);
        return PARLEY_OK;
    }
    parley_positions *positions = NULL;
    parley_status status = parley_positions_derive(&positions, ctx, o, NULL, err);
    if (status != PARLEY_OK) {
        return status;
    }
    const parley_issue *row = parley_case_issue(o, issue);
    parley_screen_label(s, "");
    parley_screen_addf(s, PARLEY_INK_HEADING, "%s", row->ask != NULL ? row->ask : row->name);
    parley_screen_addf(s, PARLEY_INK_DIM, " (%s)",
                       row->table == PARLEY_TABLE_NOW     ? "on the table now"
                       : row->table == PARLEY_TABLE_LATER ? "later"
                                                          : "excluded there");
    parley_screen_end(s);
    tabled_there(s, o, issue);
    holds_there(s, o, positions, issue);
    for (uint32_t i = 0; i < parley_case_flags(o); i++) {
        const parley_flag *flag = parley_case_flag(o, (int32_t)i);
        if (flag->notice != NULL) {
            parley_screen_linef(s, "", PARLEY_INK_WARN, "law there: %s", flag->notice);
        }
    }
    parley_positions_free(positions);
    return PARLEY_OK;
}

parley_status parley_page_links(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                const parley_linked *linked, int32_t issue, parley_error *err)
{
    bool some = false;
    word_heading(s, c);
    for (uint32_t i = 0; i < parley_case_links(c); i++) {
        const parley_link *link = parley_case_link(c, (int32_t)i);
        if (issue >= 0 && link->issue != issue) {
            continue;
        }
        some = true;
        parley_screen_begin(s, 0, 2);
        parley_screen_addf(s, PARLEY_INK_HEADING, "%s", word_issue(c, link->issue));
        parley_screen_addf(s, PARLEY_INK_PLAIN, " %s %s%s%s", sign_words(link->sign),
                           link->there != NULL ? link->there : "the whole",
                           link->there != NULL ? " in " : " of ", link->file);
        parley_screen_end(s);
        parley_screen_label(s, "  who says so");
        if (link->owner.party >= 0 || link->owner.source >= 0 || link->owner.words != NULL) {
            parley_screen_addf(s, PARLEY_INK_PARTY,
                               "%s joins the two: ", word_voice(s, c, &link->owner, false));
        }
        parley_screen_addf(s, link->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                           link->ours ? "[%s]" : "%s",
                           link->text != NULL ? link->text : "no words");
        parley_screen_addf(
            s, PARLEY_INK_DIM, " (%s)",
            link->text != NULL || link->claim >= 0
                ? parley_screen_format(
                      s, "%s%s%s", link->ours ? "our reading" : "", link->ours ? " " : "",
                      link->ours ? link->record.id
                      : link->claim < 0
                          ? "nobody named"
                          : parley_screen_format(s, "%s %s",
                                                 word_class(s, parley_case_claim(c, link->claim)),
                                                 word_claim(c, link->claim)))
                : "nobody named");
        parley_screen_end(s);
        parley_status status = there(s, ctx, link, &linked[i], err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    word_plain(s, PARLEY_INK_DIM,
               some ? "One step only; what the other case says stands there, with its own sources."
                    : "No link to another case is typed.");
    return PARLEY_OK;
}

parley_status parley_page_links_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                     const parley_linked *linked, int32_t issue, parley_error *err)
{
    parley_status status = PARLEY_OK;
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "links");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_links(c) && status == PARLEY_OK; i++) {
        const parley_link *link = parley_case_link(c, (int32_t)i);
        const parley_case *o = linked[i].c;
        int32_t far = o == NULL ? -1 : issue_there(o, link);
        if (issue >= 0 && link->issue != issue) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "link", link->record.id);
        json_key_string(j, "issue", id_issue(c, link->issue));
        json_key_string(j, "file", link->file);
        json_key_string(j, "to", link->there);
        json_key_string(j, "sign", parley_words_word(PARLEY_WORDS_SIGN, link->sign));
        json_voice(j, "owner", c, &link->owner);
        json_key_string(j, "words", link->text);
        parley_json_key(j, "ours");
        parley_json_bool(j, link->ours);
        json_key_string(j, "claim", id_claim(c, link->claim));
        json_ids(j, "from", c, link->from, id_claim);
        json_key_string(j, "not_opened", o != NULL ? NULL : linked[i].why_not);
        json_key_string(j, "title_there", o != NULL ? parley_case_title(o) : NULL);
        json_key_string(
            j, "table_there",
            far < 0 ? NULL
                    : parley_words_word(PARLEY_WORDS_TABLE, parley_case_issue(o, far)->table));
        parley_json_key(j, "positions_there");
        parley_json_array(j);
        if (far >= 0) {
            parley_positions *positions = NULL;
            status = parley_positions_derive(&positions, ctx, o, NULL, err);
            for (uint32_t k = 0; status == PARLEY_OK && k < parley_positions_size(positions); k++) {
                const parley_position *p = parley_positions_at(positions, k);
                if (p->issue == far) {
                    parley_json_object(j);
                    json_key_string(j, "party", id_party(o, p->party));
                    json_key_string(j, "act", p->act);
                    json_key_string(j, "says", p->text);
                    json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, p->basis));
                    json_key_string(j, "claim", id_claim(o, p->claim));
                    json_key_string(j, "reading", id_reading(o, p->reading));
                    parley_json_object_end(j);
                }
            }
            parley_positions_free(positions);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    return status;
}
