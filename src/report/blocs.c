/*
 * The page of `parley show --blocs`: where a bloc is one, where it splits and on whose words, what
 * it said itself against its members, and who outside stands nearer to a member than its bloc does.
 * Issues are counted; nothing is made of the counts.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

typedef struct viewing {
    parley_screen *s; /* NULL for JSON */
    const parley_case *c;
    const parley_blocs *blocs;
    const parley_positions *positions;
    int32_t bloc;
    const parley_party *row;
} viewing;

static bool is_inside(const viewing *v, int32_t party)
{
    return party == v->bloc || parley_ids_hold(v->row->members, party);
}

/* Of the bloc as a whole on an issue: the worst two of its members, and whether any two are known.
 */
typedef struct split {
    parley_between worst; /* CLASH before OVERLAP before AGREE; NOT_KNOWN when no two are known */
    int32_t a;
    int32_t b;
    uint32_t known; /* members that hold something */
} split;

static split split_of(const viewing *v, int32_t issue, bool readings)
{
    split out = {PARLEY_BETWEEN_NOT_KNOWN, -1, -1, 0};
    const parley_ids *m = &v->row->members;
    for (uint32_t i = 0; i < m->count; i++) {
        out.known += parley_blocs_holds(v->blocs, m->at[i], issue, readings);
        for (uint32_t k = 0; k < i; k++) {
            parley_between b = parley_blocs_between(v->blocs, m->at[k], m->at[i], issue, readings);
            if (b != PARLEY_BETWEEN_NOT_COMPARED && b > out.worst) {
                out = (split){b, m->at[k], m->at[i], out.known};
            }
        }
    }
    return out;
}

/* Does the bloc itself clash with a member? The first such member; -1. */
static int32_t against_itself(const viewing *v, int32_t issue)
{
    for (uint32_t i = 0; i < v->row->members.count; i++) {
        if (parley_blocs_between(v->blocs, v->bloc, v->row->members.at[i], issue, false) ==
            PARLEY_BETWEEN_CLASH) {
            return v->row->members.at[i];
        }
    }
    return -1;
}

static bool anything(const viewing *v, int32_t issue)
{
    for (uint32_t i = 0; i < parley_positions_size(v->positions); i++) {
        const parley_position *p = parley_positions_at(v->positions, i);
        if (p->issue == issue && is_inside(v, p->party)) {
            return true;
        }
    }
    return false;
}

/* Does a member clash with its bloc on the issue: with another member, or with the bloc itself? */
static bool clashes_inside(const viewing *v, int32_t member, int32_t issue)
{
    bool clash =
        parley_blocs_between(v->blocs, member, v->bloc, issue, false) == PARLEY_BETWEEN_CLASH;
    for (uint32_t i = 0; i < v->row->members.count; i++) {
        clash = clash || (v->row->members.at[i] != member &&
                          parley_blocs_between(v->blocs, member, v->row->members.at[i], issue,
                                               false) == PARLEY_BETWEEN_CLASH);
    }
    return clash;
}

/* Issues of one kind between two parties. */
static uint32_t issues_between(const viewing *v, int32_t a, int32_t b, parley_between kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < parley_case_issues(v->c); i++) {
        count += parley_blocs_between(v->blocs, a, b, (int32_t)i, false) == kind;
    }
    return count;
}

/* -------------------------------------------------------------------- issues */

/* Does an earlier one say the same on the same claim: an answer and the claim it leans on? */
static bool said_before(const viewing *v, uint32_t i)
{
    const parley_position *p = parley_positions_at(v->positions, i);
    for (uint32_t k = i; k > 0; k--) {
        const parley_position *q = parley_positions_at(v->positions, k - 1);
        if (q->party != p->party || q->issue != p->issue) {
            return false;
        }
        if (q->claim == p->claim && q->reading == p->reading && strcmp(q->text, p->text) == 0) {
            return true;
        }
    }
    return false;
}

static void positions(const viewing *v, int32_t issue)
{
    parley_screen *s = v->s;
    for (uint32_t k = 0; k <= v->row->members.count; k++) {
        int32_t party = k == 0 ? v->bloc : v->row->members.at[k - 1];
        bool first = true;
        for (uint32_t i = 0; i < parley_positions_size(v->positions); i++) {
            const parley_position *p = parley_positions_at(v->positions, i);
            if (p->party != party || p->issue != issue || said_before(v, i)) {
                continue;
            }
            bool ours = p->reading >= 0;
            parley_screen_begin(s, 4, 6);
            parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_party(v->c, party));
            parley_screen_addf(s, PARLEY_INK_PLAIN, "%s ",
                               k == 0 && first ? " (the bloc itself):" : ":");
            parley_screen_addf(
                s, ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, ours ? "[%s %s]" : "%s %s", p->act,
                p->formula == NULL ? p->text
                                   : word_held(s, v->c, word_is_no(p->act), p->formula, true));
            parley_screen_addf(s, PARLEY_INK_DIM, " (%s%s%s)", word_basis(p->basis),
                               p->claim >= 0 || ours ? " " : "",
                               ours ? parley_case_reading(v->c, p->reading)->record.id
                                    : word_claim(v->c, p->claim));
            parley_screen_end(s);
            first = false;
        }
    }
}

static const char *verdict(const viewing *v, int32_t issue, parley_ink *ink)
{
    parley_screen *s = v->s;
    split words = split_of(v, issue, false);
    split all = split_of(v, issue, true);
    const char *ours = all.worst == PARLEY_BETWEEN_CLASH && words.worst != PARLEY_BETWEEN_CLASH
                           ? parley_screen_format(s, " [splits as we read it: %s and %s]",
                                                  word_party(v->c, all.a), word_party(v->c, all.b))
                           : "";
    *ink = words.worst == PARLEY_BETWEEN_CLASH ? PARLEY_INK_BAD : PARLEY_INK_PLAIN;
    switch (words.worst) {
    case PARLEY_BETWEEN_CLASH:
        return parley_screen_format(s, "splits: %s and %s", word_party(v->c, words.a),
                                    word_party(v->c, words.b));
    case PARLEY_BETWEEN_OVERLAP:
        return parley_screen_format(s, "not the same, but compatible%s", ours);
    case PARLEY_BETWEEN_AGREE:
        return parley_screen_format(
            s, "one%s%s", words.known < v->row->members.count ? ", as far as they have spoken" : "",
            ours);
    default:
        return parley_screen_format(s, "%s%s",
                                    words.known == 0   ? "no member has said anything that binds"
                                    : words.known == 1 ? "only one member has said what binds"
                                                       : "not compared",
                                    ours);
    }
}

static void issues(const viewing *v)
{
    for (uint32_t i = 0; i < parley_case_issues(v->c); i++) {
        parley_ink ink = PARLEY_INK_PLAIN;
        if (!anything(v, (int32_t)i)) {
            continue;
        }
        const char *what = verdict(v, (int32_t)i, &ink);
        parley_screen_begin(v->s, 2, 4);
        parley_screen_addf(v->s, PARLEY_INK_HEADING, "%s: ", word_issue(v->c, (int32_t)i));
        parley_screen_add(v->s, ink, what);
        parley_screen_end(v->s);
        positions(v, (int32_t)i);
    }
}

/* ------------------------------------------------------------ against, outside */

static void against(const viewing *v)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < parley_case_issues(v->c); i++) {
        int32_t member = against_itself(v, (int32_t)i);
        if (member >= 0) {
            word_push(&list, parley_screen_format(v->s, "%s (%s)", word_issue(v->c, (int32_t)i),
                                                  word_party(v->c, member)));
        }
    }
    if (list.count > 0) {
        parley_screen_linef(v->s, "AGAINST ITSELF", PARLEY_INK_BAD,
                            "what the bloc said and a member cannot both be had on: %s",
                            word_join(v->s, &list, ", "));
    }
}

/* Issues on which a member is at one with somebody outside and clashes inside. */
static uint32_t nearer(const viewing *v, int32_t member, int32_t outside, word_list *list)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < parley_case_issues(v->c); i++) {
        if (parley_blocs_between(v->blocs, member, outside, (int32_t)i, false) ==
                PARLEY_BETWEEN_AGREE &&
            clashes_inside(v, member, (int32_t)i)) {
            if (list != NULL) {
                word_push(list, word_issue(v->c, (int32_t)i));
            }
            count++;
        }
    }
    return count;
}

static void outside(const viewing *v)
{
    bool first = true;
    for (uint32_t k = 0; k < v->row->members.count; k++) {
        for (uint32_t p = 0; p < parley_case_parties(v->c); p++) {
            word_list list = {.count = 0};
            int32_t member = v->row->members.at[k];
            if (is_inside(v, (int32_t)p) || nearer(v, member, (int32_t)p, &list) == 0) {
                continue;
            }
            parley_screen_label(v->s, first ? "NEARER OUTSIDE" : "");
            first = false;
            parley_screen_addf(v->s, PARLEY_INK_PARTY, "%s", word_party(v->c, member));
            parley_screen_addf(v->s, PARLEY_INK_WARN,
                               " is at one with %s, and clashes inside, on: %s",
                               word_party(v->c, (int32_t)p), word_join(v->s, &list, ", "));
            parley_screen_end(v->s);
        }
    }
}

static bool known_at_all(const viewing *v, int32_t a, int32_t b)
{
    return issues_between(v, a, b, PARLEY_BETWEEN_NOT_KNOWN) +
               issues_between(v, a, b, PARLEY_BETWEEN_NOT_COMPARED) <
           parley_case_issues(v->c);
}

static void counts(const viewing *v)
{
    const parley_column columns[6] = {{.heading = "MEMBER", .at_most = 20},
                                      {.heading = "WITH", .flexible = true, .fill = true},
                                      {.heading = "AGREE", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "OVERLAP", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "CLASH", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "NOT KNOWN", .align = PARLEY_ALIGN_RIGHT}};
    parley_table *t = parley_table_new(v->s, columns, 6, 0, 2);
    for (uint32_t k = 0; k < v->row->members.count; k++) {
        int32_t member = v->row->members.at[k];
        for (uint32_t p = 0; p < parley_case_parties(v->c); p++) {
            if ((int32_t)p == member || !known_at_all(v, member, (int32_t)p)) {
                continue;
            }
            parley_table_cell(t, PARLEY_INK_PARTY, word_party(v->c, member));
            parley_table_cell(t, PARLEY_INK_PARTY, word_party(v->c, (int32_t)p));
            if (is_inside(v, (int32_t)p)) {
                parley_table_add(t, PARLEY_INK_DIM,
                                 (int32_t)p == v->bloc ? " (the bloc itself)" : " (member)");
            }
            parley_table_cellf(t, PARLEY_INK_PLAIN, "%u",
                               issues_between(v, member, (int32_t)p, PARLEY_BETWEEN_AGREE));
            parley_table_cellf(t, PARLEY_INK_PLAIN, "%u",
                               issues_between(v, member, (int32_t)p, PARLEY_BETWEEN_OVERLAP));
            parley_table_cellf(t, PARLEY_INK_PLAIN, "%u",
                               issues_between(v, member, (int32_t)p, PARLEY_BETWEEN_CLASH));
            parley_table_cellf(
                t, PARLEY_INK_DIM, "%u",
                issues_between(v, member, (int32_t)p, PARLEY_BETWEEN_NOT_KNOWN) +
                    issues_between(v, member, (int32_t)p, PARLEY_BETWEEN_NOT_COMPARED));
        }
    }
    if (parley_table_rows(t) > 0) {
        parley_screen_blank(v->s);
        word_plain(v->s, PARLEY_INK_DIM,
                   "Issues by what the words of the two let stand; our readings left out:");
    }
    parley_table_print(t);
}

static void joined(const viewing *v)
{
    word_list list = {.count = 0};
    for (uint32_t p = 0; p < parley_case_parties(v->c); p++) {
        if (is_inside(v, (int32_t)p) && parley_blocs_joined(v->blocs, (int32_t)p) > 0) {
            word_push(&list, parley_screen_format(v->s, "%s %u", word_party(v->c, (int32_t)p),
                                                  parley_blocs_joined(v->blocs, (int32_t)p)));
        }
    }
    if (list.count > 0) {
        parley_screen_linef(v->s, "NOT COMPARED", PARLEY_INK_DIM,
                            "terms that join several issues: %s", word_join(v->s, &list, ", "));
    }
}

static parley_status prepare(viewing *v, parley_blocs **blocs, parley_positions **all,
                             parley_ctx *ctx, const parley_show_page *page, parley_error *err)
{
    parley_status status = parley_blocs_new(blocs, ctx, page->c, &page->terms, err);
    if (status == PARLEY_OK) {
        status = parley_positions_derive(all, ctx, page->c, &page->terms, err);
    }
    v->c = page->c;
    v->blocs = *blocs;
    v->positions = *all;
    return status;
}

parley_status parley_page_blocs(parley_screen *s, parley_ctx *ctx, const parley_show_page *page,
                                parley_error *err)
{
    parley_blocs *blocs = NULL;
    parley_positions *all = NULL;
    viewing v = {.s = s};
    bool some = false;
    parley_status status = prepare(&v, &blocs, &all, ctx, page, err);
    if (status == PARLEY_OK) {
        word_heading(s, page->c);
    }
    for (uint32_t p = 0; status == PARLEY_OK && p < parley_case_parties(page->c); p++) {
        v.bloc = (int32_t)p;
        v.row = parley_case_party(page->c, (int32_t)p);
        if (v.row->members.count == 0 || (page->party >= 0 && !is_inside(&v, page->party))) {
            continue;
        }
        word_list names = {.count = 0};
        for (uint32_t k = 0; k < v.row->members.count; k++) {
            word_push(&names, word_party(page->c, v.row->members.at[k]));
        }
        if (some) {
            parley_screen_blank(s);
        }
        some = true;
        parley_screen_begin(s, 0, 2);
        parley_screen_addf(s, PARLEY_INK_TITLE, "%s", word_party(page->c, v.bloc));
        parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", word_join(s, &names, ", "));
        parley_screen_end(s);
        issues(&v);
        against(&v);
        outside(&v);
        counts(&v);
        joined(&v);
    }
    if (status == PARLEY_OK) {
        word_plain(s, PARLEY_INK_DIM,
                   some ? "Compared value by value of each issue; nothing is weighed."
                        : "No party is a bloc: give one 'members:'.");
    }
    parley_positions_free(all);
    parley_blocs_free(blocs);
    return status;
}

/* ---------------------------------------------------------------------- JSON */

static void json_issue(parley_json *j, const viewing *v, int32_t issue)
{
    split words = split_of(v, issue, false);
    split all = split_of(v, issue, true);
    parley_json_object(j);
    json_key_string(j, "issue", id_issue(v->c, issue));
    json_key_string(j, "members", parley_between_word(words.worst));
    json_key_string(j, "with_readings", parley_between_word(all.worst));
    parley_json_key(j, "between");
    parley_json_array(j);
    if (words.worst == PARLEY_BETWEEN_CLASH) {
        parley_json_string(j, id_party(v->c, words.a));
        parley_json_string(j, id_party(v->c, words.b));
    }
    parley_json_array_end(j);
    json_key_string(j, "against_the_bloc", id_party(v->c, against_itself(v, issue)));
    parley_json_object_end(j);
}

static void json_pairs(parley_json *j, const viewing *v)
{
    static const struct {
        const char *key;
        parley_between kind;
    } kinds[] = {{"agree", PARLEY_BETWEEN_AGREE},
                 {"overlap", PARLEY_BETWEEN_OVERLAP},
                 {"clash", PARLEY_BETWEEN_CLASH},
                 {"not_known", PARLEY_BETWEEN_NOT_KNOWN},
                 {"not_compared", PARLEY_BETWEEN_NOT_COMPARED}};
    parley_json_key(j, "pairs");
    parley_json_array(j);
    for (uint32_t k = 0; k < v->row->members.count; k++) {
        for (uint32_t p = 0; p < parley_case_parties(v->c); p++) {
            int32_t member = v->row->members.at[k];
            if ((int32_t)p == member || !known_at_all(v, member, (int32_t)p)) {
                continue;
            }
            parley_json_object(j);
            json_key_string(j, "member", id_party(v->c, member));
            json_key_string(j, "with", id_party(v->c, (int32_t)p));
            parley_json_key(j, "inside");
            parley_json_bool(j, is_inside(v, (int32_t)p));
            for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
                parley_json_key(j, kinds[n].key);
                parley_json_uint(j, issues_between(v, member, (int32_t)p, kinds[n].kind));
            }
            parley_json_key(j, "nearer_outside");
            parley_json_uint(j, is_inside(v, (int32_t)p) ? 0 : nearer(v, member, (int32_t)p, NULL));
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
}

parley_status parley_page_blocs_json(parley_json *j, parley_ctx *ctx, const parley_show_page *page,
                                     parley_error *err)
{
    parley_blocs *blocs = NULL;
    parley_positions *all = NULL;
    viewing v = {.s = NULL};
    parley_status status = prepare(&v, &blocs, &all, ctx, page, err);
    if (status == PARLEY_OK) {
        parley_json_object(j);
        json_case(j, page->c);
        json_key_date(j, "at", page->terms.at);
        parley_json_key(j, "blocs");
        parley_json_array(j);
        for (uint32_t p = 0; p < parley_case_parties(page->c); p++) {
            v.bloc = (int32_t)p;
            v.row = parley_case_party(page->c, (int32_t)p);
            if (v.row->members.count == 0 || (page->party >= 0 && !is_inside(&v, page->party))) {
                continue;
            }
            parley_json_object(j);
            json_key_string(j, "bloc", id_party(page->c, v.bloc));
            json_ids(j, "members", page->c, v.row->members, id_party);
            parley_json_key(j, "issues");
            parley_json_array(j);
            for (uint32_t i = 0; i < parley_case_issues(page->c); i++) {
                if (anything(&v, (int32_t)i)) {
                    json_issue(j, &v, (int32_t)i);
                }
            }
            parley_json_array_end(j);
            json_pairs(j, &v);
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
        parley_json_finish(j);
    }
    parley_positions_free(all);
    parley_blocs_free(blocs);
    return status;
}
