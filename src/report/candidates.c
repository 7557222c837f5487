/*
 * The page of `parley channels --candidates`: who could be mediator, venue, table, guarantor or
 * monitor, compared in words. For each what was said of it and by whom; for each party whether it
 * accepts or refuses; whom a mediator reaches; who would be missing. Nothing is weighed, and the
 * order is that of the file.
 */
#include "report/desk_parts.h"
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

/* Candidates beside one another in the table of parties. */
#define ACROSS 3

static const char *const headings[] = {"", "MEDIATOR", "VENUE", "TABLE", "GUARANTOR", "MONITOR"};

static bool principal(const parley_case *c, int32_t party)
{
    return desk_has_role(c, party, PARLEY_ROLE_PRINCIPAL);
}

/* ------------------------------------------------------------- one candidate */

static const char *verb(const parley_stance *stance)
{
    static const char *const verbs[] = {
        "accepts",  "yes, if",       "insists on it", "asks for it",
        "proposes", "open to it",    "puts it off",   "leaves room for it",
        "refuses",  "names another", "says"};
    return verbs[stance->kind];
}

static const char *offered(const parley_case *c, const parley_stance *stance)
{
    const parley_act act =
        stance->claim >= 0 ? parley_case_claim(c, stance->claim)->act : PARLEY_ACT_SAY;
    return act == PARLEY_ACT_OFFER && stance->kind == PARLEY_STANCE_PROPOSES
               ? stance->itself ? "offers itself" : "offers it"
               : verb(stance);
}

/* What it hangs on, or what was said beside: conditions, hedge, words. */
static const char *beside(parley_screen *s, const parley_case *c, const parley_stance *stance)
{
    const parley_claim *claim = stance->claim >= 0 ? parley_case_claim(c, stance->claim) : NULL;
    if ((stance->kind == PARLEY_STANCE_ANOTHER || stance->kind == PARLEY_STANCE_ALLOWS) &&
        stance->formula != NULL) {
        return parley_screen_format(s, ": %s", word_formula(s, c, stance->formula, false));
    }
    if (claim == NULL) {
        return "";
    }
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < claim->conditions.count; k++) {
        const parley_condition *one = &claim->conditions.at[k];
        word_push(&list,
                  one->formula != NULL ? word_formula(s, c, one->formula, false) : one->text);
    }
    if (list.count > 0) {
        return parley_screen_format(s, ", if %s", word_join(s, &list, "; "));
    }
    return claim->says != NULL ? parley_screen_format(s, ": %s", claim->says) : "";
}

static const char *who(parley_screen *s, const parley_case *c, const parley_stance *stance)
{
    if (stance->party >= 0) {
        return word_party(c, stance->party);
    }
    const parley_claim *claim = parley_case_claim(c, stance->claim);
    return parley_screen_format(s, "%s (outside)", word_voices(s, c, &claim->by));
}

static void stances(parley_screen *s, const parley_case *c, const parley_candidates *all,
                    int32_t candidate)
{
    static const struct {
        const char *label;
        uint32_t kinds; /* bit k: parley_stance_kind k */
    } groups[] = {
        {"  asked by", 1u << PARLEY_STANCE_ASKS | 1u << PARLEY_STANCE_INSISTS},
        {"  proposed by", 1u << PARLEY_STANCE_PROPOSES},
        {"  accepted by", 1u << PARLEY_STANCE_ACCEPTS | 1u << PARLEY_STANCE_ACCEPTS_IF},
        {"  open to it", 1u << PARLEY_STANCE_OPEN},
        {"  not shut out", 1u << PARLEY_STANCE_ALLOWS},
        {"  refused by", 1u << PARLEY_STANCE_REFUSES},
        {"  put off by", 1u << PARLEY_STANCE_DEFERS},
        {"  another", 1u << PARLEY_STANCE_ANOTHER},
        {"  said of it", 1u << PARLEY_STANCE_SAYS},
    };
    for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
        bool first = true;
        for (uint32_t i = 0; i < parley_candidates_size(all); i++) {
            const parley_stance *one = parley_candidates_at(all, i);
            if (one->candidate != candidate || (groups[g].kinds >> one->kind & 1) == 0) {
                continue;
            }
            bool ours = one->reading >= 0;
            parley_screen_label(s, first ? groups[g].label : "");
            first = false;
            parley_screen_addf(s, ours ? PARLEY_INK_OURS : PARLEY_INK_PARTY, ours ? "[%s" : "%s",
                               who(s, c, one));
            parley_screen_addf(s, ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, " %s%s%s",
                               offered(c, one), beside(s, c, one), ours ? "]" : "");
            parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", desk_basis(s, c, one));
            parley_screen_end(s);
        }
        if (first && (groups[g].kinds >> PARLEY_STANCE_REFUSES & 1) != 0) {
            parley_screen_line(s, groups[g].label, PARLEY_INK_DIM, "nobody, in these reports");
        }
    }
}

/* Whom a mediator reaches among the principals, in the channels' own words. */
static void reaches(parley_screen *s, const parley_case *c, const parley_candidate *row)
{
    bool first = true;
    for (uint32_t p = 0; row->who.party >= 0 && p < parley_case_parties(c); p++) {
        if (!principal(c, (int32_t)p) || (int32_t)p == row->who.party) {
            continue;
        }
        const parley_channel *found = NULL;
        for (uint32_t i = 0; i < parley_case_channels(c) && found == NULL; i++) {
            const parley_channel *ch = parley_case_channel(c, (int32_t)i);
            if ((ch->from.party == row->who.party && ch->to.party == (int32_t)p) ||
                (ch->to.party == row->who.party && ch->from.party == (int32_t)p)) {
                found = ch;
            }
        }
        parley_screen_label(s, first ? "  reaches" : "");
        first = false;
        parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_party(c, (int32_t)p));
        parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s",
                           found == NULL            ? "no channel on record"
                           : found->quality != NULL ? found->quality
                                                    : "not recorded how well");
        if (found != NULL && found->claim >= 0) {
            parley_screen_addf(s, PARLEY_INK_DIM, " (%s)",
                               desk_who_says(s, c, found->claim, false));
        } else if (found != NULL && found->source >= 0) {
            parley_screen_addf(s, PARLEY_INK_DIM, " (%s)",
                               parley_case_source(c, found->source)->record.id);
        }
        parley_screen_end(s);
    }
}

static void own_interest(parley_screen *s, const parley_case *c, int32_t party)
{
    for (uint32_t i = 0; party >= 0 && i < parley_case_concerns(c); i++) {
        const parley_concern *k = parley_case_concern(c, (int32_t)i);
        if (k->party == party && k->text != NULL) {
            parley_screen_label(s, "  own interest");
            parley_screen_addf(s, k->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                               k->ours ? "[%s]" : "%s", k->text);
            parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", desk_who_says(s, c, k->claim, k->ours));
            parley_screen_end(s);
        }
    }
    for (uint32_t i = 0; party >= 0 && i < parley_case_levers(c); i++) {
        const parley_lever *l = parley_case_lever(c, (int32_t)i);
        if (l->holder.party == party) {
            parley_screen_linef(s, "  own interest", PARLEY_INK_WARN, "holds %s over %s", l->what,
                                word_voice(s, c, &l->over, false));
        }
    }
}

/* Of a table: whose consent is needed and who is affected, and has no seat. */
static void seats(parley_screen *s, const parley_case *c, const parley_candidate *row)
{
    word_list sit = {.count = 0};
    word_list lack = {.count = 0};
    word_list affected = {.count = 0};
    for (uint32_t k = 0; k < row->seats.count; k++) {
        word_push(&sit, word_party(c, row->seats.at[k]));
    }
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        bool seated = parley_ids_hold(row->seats, (int32_t)p);
        if (!seated && (principal(c, (int32_t)p) || parley_needs_party(c, -1, (int32_t)p))) {
            word_push(&lack, word_party(c, (int32_t)p));
        } else if (!seated && desk_has_role(c, (int32_t)p, PARLEY_ROLE_AFFECTED)) {
            word_push(&affected, word_party(c, (int32_t)p));
        }
    }
    parley_screen_line(s, "  seats", PARLEY_INK_PARTY,
                       sit.count > 0 ? word_join(s, &sit, ", ") : "nobody is typed");
    if (lack.count > 0) {
        parley_screen_linef(s, "  without", PARLEY_INK_BAD, "%s, whose consent it takes",
                            word_join(s, &lack, ", "));
    }
    if (affected.count > 0) {
        parley_screen_linef(s, "  without", PARLEY_INK_WARN, "%s (affected)",
                            word_join(s, &affected, ", "));
    }
}

static void one_candidate(parley_screen *s, const parley_case *c, const parley_candidates *all,
                          int32_t i)
{
    const parley_candidate *row = parley_case_candidate(c, i);
    parley_screen_begin(s, 0, 2);
    parley_screen_add(s, PARLEY_INK_TITLE, row->name);
    if (row->who.party >= 0 && strcmp(word_voice(s, c, &row->who, false), row->name) != 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " · %s%s",
                           row->purpose == PARLEY_PURPOSE_VENUE ? "host " : "",
                           word_voice(s, c, &row->who, false));
    }
    if (row->is != NULL) {
        parley_screen_addf(s, PARLEY_INK_DIM, " · %s", word_formula(s, c, row->is, false));
    }
    parley_screen_end(s);
    if (row->purpose == PARLEY_PURPOSE_TABLE) {
        seats(s, c, row);
    }
    stances(s, c, all, i);
    if (row->purpose != PARLEY_PURPOSE_TABLE && row->purpose != PARLEY_PURPOSE_VENUE) {
        reaches(s, c, row);
        own_interest(s, c, row->who.party);
    }
    desk_aspects(s, c, row->aspects, row->aspect_count);
}

/* ----------------------------------------------------------- party x candidate */

/* The stance that tells most: a refusal, then an acceptance, then what is left; the latest of them.
 */
static int rank_of(const parley_stance *stance)
{
    static const int ranks[] = {9, 8, 7, 6, 5, 4, 3, 2, 10, 1, 0};
    return ranks[stance->kind];
}

static void cell(parley_screen *s, parley_table *t, const parley_case *c,
                 const parley_candidates *all, int32_t candidate, int32_t party)
{
    const parley_candidate *row = parley_case_candidate(c, candidate);
    parley_consent consent = parley_candidates_consent(all, candidate, party);
    bool first = true;
    parley_table_cell(t, PARLEY_INK_DIM, "");
    for (int rank = 10; rank >= 0; rank--) {
        for (uint32_t i = 0; i < parley_candidates_size(all); i++) {
            const parley_stance *one = parley_candidates_at(all, i);
            if (one->candidate != candidate || one->party != party || rank_of(one) != rank) {
                continue;
            }
            if (!first) {
                parley_table_newline(t);
            }
            first = false;
            bool ours = one->reading >= 0;
            parley_ink ink = ours                                  ? PARLEY_INK_OURS
                             : one->kind == PARLEY_STANCE_REFUSES  ? PARLEY_INK_BAD
                             : one->kind <= PARLEY_STANCE_PROPOSES ? PARLEY_INK_GOOD
                                                                   : PARLEY_INK_PLAIN;
            parley_table_addf(t, ink, ours ? "[%s]" : "%s", offered(c, one));
            parley_table_addf(t, PARLEY_INK_DIM, ", %s", desk_basis(s, c, one));
        }
    }
    if (consent == PARLEY_CONSENT_SILENT) {
        parley_table_add(t, PARLEY_INK_WARN, "silent: was asked");
    } else if (consent == PARLEY_CONSENT_UNKNOWN) {
        parley_table_add(t, PARLEY_INK_DIM, row->who.party == party ? "-" : "not asked");
    }
}

static bool in_table(const parley_case *c, const parley_candidates *all, parley_purpose purpose,
                     int32_t party)
{
    if (principal(c, party)) {
        return true;
    }
    for (uint32_t i = 0; i < parley_candidates_size(all); i++) {
        const parley_stance *one = parley_candidates_at(all, i);
        if (one->party == party && parley_case_candidate(c, one->candidate)->purpose == purpose) {
            return true;
        }
    }
    return false;
}

/* Has anybody spoken of a candidate for this? */
static bool spoken_of(const parley_case *c, const parley_candidates *all, parley_purpose purpose)
{
    for (uint32_t i = 0; i < parley_candidates_size(all); i++) {
        const parley_stance *one = parley_candidates_at(all, i);
        if (one->party >= 0 && parley_case_candidate(c, one->candidate)->purpose == purpose) {
            return true;
        }
    }
    return false;
}

static void table(parley_screen *s, const parley_case *c, const parley_candidates *all,
                  parley_purpose purpose)
{
    int32_t of[ACROSS];
    uint32_t n = 0;
    for (uint32_t i = 0; i <= parley_case_candidates(c); i++) {
        bool last = i == parley_case_candidates(c);
        if (!last && parley_case_candidate(c, (int32_t)i)->purpose == purpose) {
            of[n++] = (int32_t)i;
        }
        if (n == 0 || (n < ACROSS && !last)) {
            continue;
        }
        parley_column columns[ACROSS + 1] = {{.heading = "PARTY", .at_most = 16}};
        for (uint32_t k = 0; k < n; k++) {
            columns[k + 1] = (parley_column){
                .heading = parley_case_candidate(c, of[k])->name, .flexible = true, .fill = true};
        }
        parley_table *t = parley_table_new(s, columns, n + 1, 0, 2);
        for (uint32_t p = 0; p < parley_case_parties(c); p++) {
            if (in_table(c, all, purpose, (int32_t)p)) {
                parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, (int32_t)p));
                for (uint32_t k = 0; k < n; k++) {
                    cell(s, t, c, all, of[k], (int32_t)p);
                }
            }
        }
        parley_screen_blank(s);
        parley_table_print(t);
        n = 0;
    }
}

/* -------------------------------------------------------------- what follows */

typedef struct needing {
    const parley_case *c;
    int32_t party;
    bool found;
} needing;

static void see_atom(void *user, const parley_formula *atom)
{
    needing *n = user;
    bool issue = atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE;
    n->found = n->found || (issue && parley_needs_party(n->c, atom->issue, n->party));
}

/* Its no stops it: a principal, or somebody whose consent the issue takes. */
static bool has_veto(const parley_case *c, const parley_candidate *row, int32_t party)
{
    needing n = {c, party, principal(c, party)};
    if (row->is != NULL) {
        parley_formula_atoms(row->is, see_atom, &n);
    }
    return n.found;
}

/* Names of those who refuse it and whose no stops it; in words, or only as we read them. */
static const char *vetoes(parley_screen *s, const parley_case *c, const parley_candidates *all,
                          int32_t candidate, bool readings)
{
    word_list list = {.count = 0};
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        bool words = parley_candidates_refused(all, candidate, (int32_t)p, false);
        bool any = parley_candidates_refused(all, candidate, (int32_t)p, true);
        if (has_veto(c, parley_case_candidate(c, candidate), (int32_t)p) &&
            (readings ? any && !words : words)) {
            word_push(&list, word_party(c, (int32_t)p));
        }
    }
    return word_join(s, &list, ", ");
}

static void follows(parley_screen *s, const parley_case *c, const parley_candidates *all,
                    parley_purpose purpose)
{
    word_list free = {.count = 0};
    bool first = true;
    for (uint32_t i = 0; i < parley_case_candidates(c); i++) {
        const parley_candidate *row = parley_case_candidate(c, (int32_t)i);
        if (row->purpose != purpose) {
            continue;
        }
        const char *words = vetoes(s, c, all, (int32_t)i, false);
        const char *ours = vetoes(s, c, all, (int32_t)i, true);
        if (words[0] != '\0') {
            parley_screen_label(s, first ? "VETO" : "");
            parley_screen_addf(s, PARLEY_INK_BAD, "%s: refused by %s", row->name, words);
            parley_screen_end(s);
            first = false;
        }
        if (ours[0] != '\0') {
            parley_screen_label(s, first ? "VETO" : "");
            parley_screen_addf(s, PARLEY_INK_OURS, "[%s: refused by %s, as we read it]", row->name,
                               ours);
            parley_screen_end(s);
            first = false;
        }
        if (words[0] == '\0' && ours[0] == '\0') {
            word_push(&free, row->name);
        }
    }
    if (free.count > 0 && spoken_of(c, all, purpose)) {
        parley_screen_label(s, "NOBODY REFUSES");
        parley_screen_add(s, PARLEY_INK_PLAIN, word_join(s, &free, ", "));
        parley_screen_add(s, PARLEY_INK_DIM, " (which is no acceptance)");
        parley_screen_end(s);
    }
}

/* Does a candidate for mediator reach the party? */
static bool some_candidate_reaches(const parley_case *c, int32_t party)
{
    for (uint32_t i = 0; i < parley_case_candidates(c); i++) {
        const parley_candidate *row = parley_case_candidate(c, (int32_t)i);
        if (row->purpose == PARLEY_PURPOSE_MEDIATOR && row->who.party >= 0 &&
            parley_channels_reach(c, row->who.party, party) == PARLEY_REACH_WORKS) {
            return true;
        }
    }
    return false;
}

static void coverage(parley_screen *s, const parley_case *c)
{
    word_list none = {.count = 0};
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        if (principal(c, (int32_t)p) && !some_candidate_reaches(c, (int32_t)p)) {
            word_push(&none, word_party(c, (int32_t)p));
        }
    }
    parley_screen_line(s, "REACHED BY NONE", none.count > 0 ? PARLEY_INK_WARN : PARLEY_INK_PLAIN,
                       none.count > 0 ? word_join(s, &none, ", ")
                                      : "no principal: each is reached by some candidate");
}

/* Who must consent, and who is affected, and is away. */
static void missing(parley_screen *s, const parley_case *c)
{
    int32_t away[256];
    uint32_t count = desk_absent(c, away, 256);
    for (uint32_t k = 0; k < count; k++) {
        bool needed = parley_needs_party(c, -1, away[k]);
        parley_screen_label(s, k == 0 ? "ABSENT" : "");
        parley_screen_addf(s, PARLEY_INK_WARN, "%s", word_party(c, away[k]));
        parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s; never met, never asked, said nothing",
                           needed ? "consent is needed" : "affected");
        parley_screen_end(s);
    }
}

parley_status parley_page_candidates(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                     int32_t purpose, parley_date at, parley_error *err)
{
    parley_candidates *all = NULL;
    bool some = false;
    parley_status status = parley_candidates_new(&all, ctx, c, at, err);
    if (status != PARLEY_OK) {
        return status;
    }
    word_heading(s, c);
    for (int k = PARLEY_PURPOSE_MEDIATOR; k < PARLEY_PURPOSE_COUNT; k++) {
        bool first = true;
        for (uint32_t i = 0; i < parley_case_candidates(c); i++) {
            if (parley_case_candidate(c, (int32_t)i)->purpose != (parley_purpose)k ||
                (purpose >= 0 && purpose != k)) {
                continue;
            }
            if (first) {
                if (some) {
                    parley_screen_blank(s);
                }
                word_plain(s, PARLEY_INK_HEADING, headings[k]);
            }
            first = false;
            some = true;
            one_candidate(s, c, all, (int32_t)i);
        }
        if (first) {
            continue;
        }
        if (spoken_of(c, all, (parley_purpose)k)) {
            table(s, c, all, (parley_purpose)k);
        } else {
            word_plain(s, PARLEY_INK_DIM, "No party has spoken of any of these.");
        }
        follows(s, c, all, (parley_purpose)k);
        if (k == PARLEY_PURPOSE_MEDIATOR) {
            coverage(s, c);
        }
    }
    if (!some) {
        word_plain(s, PARLEY_INK_DIM,
                   purpose < 0 ? "No candidate is typed."
                               : parley_screen_format(
                                     s, "No candidate for %s is typed.",
                                     parley_words_word(PARLEY_WORDS_PURPOSE, (size_t)purpose)));
    } else {
        parley_screen_blank(s);
    }
    missing(s, c);
    word_plain(s, PARLEY_INK_DIM,
               "Words and sources only, in the order of the file; nothing is weighed or ranked.");
    parley_candidates_free(all);
    return PARLEY_OK;
}

/* ---------------------------------------------------------------------- JSON */

static void json_stances(parley_json *j, const parley_case *c, const parley_candidates *all,
                         int32_t candidate)
{
    parley_json_key(j, "stances");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_candidates_size(all); i++) {
        const parley_stance *one = parley_candidates_at(all, i);
        if (one->candidate != candidate) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "party", id_party(c, one->party));
        json_key_string(j, "stance", parley_stance_word(one->kind));
        json_key_string(j, "claim", id_claim(c, one->claim));
        json_key_string(j, "reading", id_reading(c, one->reading));
        json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, one->basis));
        json_key_date(j, "date", one->date);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void json_consents(parley_json *j, const parley_case *c, const parley_candidates *all,
                          int32_t candidate)
{
    static const char *const words[] = {"unknown", "silent", "spoke"};
    parley_json_key(j, "parties");
    parley_json_array(j);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        const parley_candidate *row = parley_case_candidate(c, candidate);
        parley_json_object(j);
        json_key_string(j, "party", id_party(c, (int32_t)p));
        json_key_string(j, "known", words[parley_candidates_consent(all, candidate, (int32_t)p)]);
        parley_json_key(j, "veto");
        parley_json_bool(j, has_veto(c, row, (int32_t)p) &&
                                parley_candidates_refused(all, candidate, (int32_t)p, false));
        static const char *const reach[] = {"works", "none", "unknown"};
        json_key_string(j, "reach",
                        row->who.party < 0 || row->who.party == (int32_t)p
                            ? NULL
                            : reach[parley_channels_reach(c, row->who.party, (int32_t)p)]);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

parley_status parley_page_candidates_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                          int32_t purpose, parley_date at, parley_error *err)
{
    parley_candidates *all = NULL;
    parley_text *formula = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    parley_status status = formula == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                           : parley_candidates_new(&all, ctx, c, at, err);
    if (status != PARLEY_OK) {
        parley_text_free(formula);
        return status;
    }
    parley_json_object(j);
    json_case(j, c);
    json_key_date(j, "at", at);
    parley_json_key(j, "candidates");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_candidates(c); i++) {
        const parley_candidate *row = parley_case_candidate(c, (int32_t)i);
        if (purpose >= 0 && (int32_t)row->purpose != purpose) {
            continue;
        }
        parley_text_clear(formula);
        if (row->is != NULL) {
            parley_formula_print(row->is, parley_case_names(c), formula);
        }
        parley_json_object(j);
        json_key_string(j, "candidate", row->record.id);
        json_key_string(j, "for", parley_words_word(PARLEY_WORDS_PURPOSE, row->purpose));
        json_key_string(j, "name", row->name);
        json_voice(j, "who", c, &row->who);
        json_key_string(j, "is", row->is != NULL ? parley_text_data(formula) : NULL);
        json_ids(j, "seats", c, row->seats, id_party);
        json_stances(j, c, all, (int32_t)i);
        json_consents(j, c, all, (int32_t)i);
        json_aspects(j, c, row->aspects, row->aspect_count);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    int32_t away[256];
    json_ids(j, "absent", c, (parley_ids){away, desk_absent(c, away, 256)}, id_party);
    parley_json_object_end(j);
    parley_json_finish(j);
    status = parley_text_status(formula, err);
    parley_text_free(formula);
    parley_candidates_free(all);
    return status;
}
