/*
 * The mediator's ledgers: `parley promises`, `parley favours` and `parley meet`. Who owes what to
 * whom and how far it is kept; who did what for whom and what came back; who met, and what came of
 * it. What is overdue stands first. Nothing is added up or weighed.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <stdlib.h>
#include <string.h>

#include <parley/screens.h>

static const char *name_of(parley_screen *s, const parley_case *c, const parley_voice *v)
{
    if (v->person >= 0) {
        return parley_case_person(c, v->person)->name;
    }
    return v->party < 0 && v->source < 0 && v->words == NULL ? "nobody named"
                                                             : word_voice(s, c, v, false);
}

static const char *known_from(const parley_case *c, int32_t claim, int32_t source)
{
    return claim >= 0    ? word_claim(c, claim)
           : source >= 0 ? parley_case_source(c, source)->record.id
                         : "";
}

/* Is it surely past, on the case's day? */
static bool past(const parley_case *c, parley_date due)
{
    parley_date now = parley_case_as_of(c);
    return due.form != PARLEY_DATE_UNKNOWN && now.form != PARLEY_DATE_UNKNOWN &&
           due.side == PARLEY_DATE_ON && due.last < now.first;
}

/* A row to print: overdue first, then by day, those without a day last; then in file order. */
typedef struct ledger_row {
    int32_t index;
    bool overdue;
    parley_date due;
} ledger_row;

static int by_due(const void *pa, const void *pb)
{
    const ledger_row *a = pa;
    const ledger_row *b = pb;
    bool dated_a = a->due.form != PARLEY_DATE_UNKNOWN;
    bool dated_b = b->due.form != PARLEY_DATE_UNKNOWN;
    if (a->overdue != b->overdue) {
        return a->overdue ? -1 : 1;
    }
    if (dated_a != dated_b) {
        return dated_a ? -1 : 1;
    }
    int order = dated_a ? parley_date_compare(a->due, b->due) : 0;
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* ----------------------------------------------------------------- promises */

static bool owed_late(const parley_case *c, const parley_obligation *o)
{
    return past(c, o->due) && o->kept != PARLEY_KEPT_FULL;
}

static ledger_row *promises_in_order(parley_arena *arena, const parley_case *c, int32_t party,
                                     uint32_t *count, uint32_t *overdue)
{
    ledger_row *row =
        parley_arena_array(arena, (size_t)parley_case_obligations(c) + 1, sizeof(*row));
    *count = 0;
    *overdue = 0;
    for (uint32_t i = 0; row != NULL && i < parley_case_obligations(c); i++) {
        const parley_obligation *o = parley_case_obligation(c, (int32_t)i);
        if (party < 0 || o->bearer.party == party || o->to.party == party) {
            row[(*count)++] = (ledger_row){(int32_t)i, owed_late(c, o), o->due};
            *overdue += owed_late(c, o);
        }
    }
    if (row != NULL && *count > 1) {
        qsort(row, *count, sizeof(*row), by_due);
    }
    return row;
}

/* Claims that promise something and that no obligation was typed for. */
static bool only_said(const parley_case *c, int32_t claim, int32_t party)
{
    const parley_claim *row = parley_case_claim(c, claim);
    bool own = party < 0;
    if (row->act != PARLEY_ACT_PROMISE) {
        return false;
    }
    for (uint32_t k = 0; k < row->by.count; k++) {
        own = own || row->by.at[k].party == party;
    }
    for (uint32_t i = 0; i < parley_case_obligations(c); i++) {
        own = own && parley_case_obligation(c, (int32_t)i)->claim != claim;
    }
    return own;
}

parley_status parley_page_promises(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                   int32_t party, uint32_t *overdue, parley_error *err)
{
    uint32_t count = 0;
    uint32_t said = 0;
    parley_arena *arena = parley_arena_new(ctx);
    ledger_row *row = arena == NULL ? NULL : promises_in_order(arena, c, party, &count, overdue);
    if (row == NULL) {
        parley_arena_free(arena);
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    word_heading(s, c);
    const parley_column columns[5] = {{.heading = "DUE", .at_most = 14},
                                      {.heading = "WHO, TO WHOM", .at_most = 20},
                                      {.heading = "WHAT", .flexible = true, .fill = true},
                                      {.heading = "STANDS", .flexible = true, .at_most = 22},
                                      {.heading = "FROM", .at_most = 10}};
    parley_table *t = parley_table_new(s, columns, 5, 0, 2);
    for (uint32_t i = 0; i < count; i++) {
        const parley_obligation *o = parley_case_obligation(c, row[i].index);
        parley_table_cell(t, row[i].overdue ? PARLEY_INK_BAD : PARLEY_INK_DIM,
                          o->due.form == PARLEY_DATE_UNKNOWN ? "no day" : word_date(s, c, o->due));
        if (row[i].overdue) {
            parley_table_add(t, PARLEY_INK_BAD, " OVERDUE");
        }
        parley_table_cell(t, PARLEY_INK_PARTY, name_of(s, c, &o->bearer));
        if (o->to.party >= 0 || o->to.words != NULL) {
            parley_table_addf(t, PARLEY_INK_PLAIN, " to %s", name_of(s, c, &o->to));
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, o->what);
        if (o->under != NULL) {
            parley_table_addf(t, PARLEY_INK_DIM, " (%s)", o->under);
        }
        if (o->kind != NULL || o->publicity != NULL) {
            parley_table_addf(t, PARLEY_INK_DIM, "; %s%s%s", o->kind != NULL ? o->kind : "",
                              o->kind != NULL && o->publicity != NULL ? ", " : "",
                              o->publicity != NULL ? o->publicity : "");
        }
        parley_table_cell(t, PARLEY_INK_HEADING,
                          o->kept == PARLEY_KEPT_UNKNOWN
                              ? o->state != NULL ? "" : "not known"
                              : parley_words_word(PARLEY_WORDS_KEPT, o->kept));
        if (o->state != NULL) {
            parley_table_addf(t, PARLEY_INK_PLAIN, "%s%s",
                              o->kept != PARLEY_KEPT_UNKNOWN ? ": " : "", o->state);
        }
        if (o->blocker != NULL) {
            parley_table_addf(t, PARLEY_INK_WARN, "; in the way: %s", o->blocker);
        }
        parley_table_cell(t, PARLEY_INK_DIM, known_from(c, o->claim, o->source));
    }
    parley_table_print(t);
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        if (only_said(c, (int32_t)i, party)) {
            const parley_claim *claim = parley_case_claim(c, (int32_t)i);
            const char *what = claim->says != NULL         ? claim->says
                               : claim->about.text != NULL ? claim->about.text
                                                           : "";
            parley_screen_label(s, said++ == 0 ? "ONLY SAID" : "");
            parley_screen_addf(s, PARLEY_INK_PLAIN, "%s, %s: %s", word_voices(s, c, &claim->by),
                               word_date(s, c, claim->record.happened), what);
            parley_screen_addf(s, PARLEY_INK_DIM, " %s", claim->record.id);
            parley_screen_end(s);
        }
    }
    if (count + said == 0) {
        word_plain(s, PARLEY_INK_DIM, "No promise is recorded.");
    } else if (*overdue > 0) {
        word_plain(s, PARLEY_INK_BAD,
                   *overdue == 1 ? "1 promise is overdue."
                                 : parley_screen_format(s, "%u promises are overdue.", *overdue));
    }
    parley_arena_free(arena);
    return PARLEY_OK;
}

parley_status parley_page_promises_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                        int32_t party, uint32_t *overdue, parley_error *err)
{
    uint32_t count = 0;
    parley_arena *arena = parley_arena_new(ctx);
    ledger_row *row = arena == NULL ? NULL : promises_in_order(arena, c, party, &count, overdue);
    if (row == NULL) {
        parley_arena_free(arena);
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "promises");
    parley_json_array(j);
    for (uint32_t i = 0; i < count; i++) {
        const parley_obligation *o = parley_case_obligation(c, row[i].index);
        parley_json_object(j);
        json_key_string(j, "promise", o->record.id);
        json_voice(j, "bearer", c, &o->bearer);
        json_voice(j, "to", c, &o->to);
        json_key_string(j, "what", o->what);
        json_key_string(j, "kind", o->kind);
        json_key_string(j, "publicity", o->publicity);
        json_key_string(j, "under", o->under);
        json_key_string(
            j, "kept",
            o->kept == PARLEY_KEPT_UNKNOWN ? NULL : parley_words_word(PARLEY_WORDS_KEPT, o->kept));
        json_key_string(j, "state", o->state);
        json_key_string(j, "blocker", o->blocker);
        json_key_date(j, "due", o->due);
        parley_json_key(j, "overdue");
        parley_json_bool(j, row[i].overdue);
        json_key_string(j, "claim", id_claim(c, o->claim));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "only_said");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        if (only_said(c, (int32_t)i, party)) {
            parley_json_string(j, id_claim(c, (int32_t)i));
        }
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_arena_free(arena);
    return PARLEY_OK;
}

/* ------------------------------------------------------------------ favours */

static bool nothing_came(const parley_favour *f)
{
    return f->returned == NULL || strcmp(f->returned, "none") == 0 ||
           strcmp(f->returned, "open") == 0;
}

static bool favour_of(const parley_favour *f, int32_t party)
{
    return party < 0 || f->giver.party == party || f->receiver.party == party;
}

void parley_page_favours(parley_screen *s, const parley_case *c, int32_t party)
{
    const parley_column columns[5] = {{.heading = "SINCE", .at_most = 14},
                                      {.heading = "FROM, TO", .at_most = 22},
                                      {.heading = "WHAT", .flexible = true, .fill = true},
                                      {.heading = "CAME BACK", .flexible = true, .at_most = 24},
                                      {.heading = "HOW KNOWN", .at_most = 10}};
    word_heading(s, c);
    parley_table *t = parley_table_new(s, columns, 5, 0, 2);
    for (uint32_t i = 0; i < parley_case_favours(c); i++) {
        const parley_favour *f = parley_case_favour(c, (int32_t)i);
        if (!favour_of(f, party)) {
            continue;
        }
        parley_table_cell(t, PARLEY_INK_DIM,
                          f->since.form == PARLEY_DATE_UNKNOWN ? "-" : word_date(s, c, f->since));
        parley_table_cellf(t, PARLEY_INK_PARTY, "%s to %s", name_of(s, c, &f->giver),
                           name_of(s, c, &f->receiver));
        parley_table_cell(t, PARLEY_INK_PLAIN, f->what);
        parley_table_cell(t, PARLEY_INK_PLAIN, f->returned != NULL ? f->returned : "not recorded");
        if (past(c, f->due) && nothing_came(f)) {
            parley_table_addf(t, PARLEY_INK_BAD, " OVERDUE since %s", word_date(s, c, f->due));
        }
        parley_table_cell(t, PARLEY_INK_DIM, known_from(c, f->claim, f->source));
    }
    if (parley_table_rows(t) == 0) {
        word_plain(s, PARLEY_INK_DIM, "No favour is recorded.");
    }
    parley_table_print(t);
}

void parley_page_favours_json(parley_json *j, const parley_case *c, int32_t party)
{
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "favours");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_favours(c); i++) {
        const parley_favour *f = parley_case_favour(c, (int32_t)i);
        if (!favour_of(f, party)) {
            continue;
        }
        parley_json_object(j);
        json_voice(j, "giver", c, &f->giver);
        json_voice(j, "receiver", c, &f->receiver);
        json_key_string(j, "what", f->what);
        json_key_date(j, "since", f->since);
        json_key_date(j, "due", f->due);
        json_key_string(j, "returned", f->returned);
        parley_json_key(j, "overdue");
        parley_json_bool(j, past(c, f->due) && nothing_came(f));
        json_key_string(j, "claim", id_claim(c, f->claim));
        json_key_string(j, "source",
                        f->source < 0 ? NULL : parley_case_source(c, f->source)->record.id);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
}

/* ----------------------------------------------------------------- meetings */

static bool attends(const parley_voices *who, int32_t party)
{
    bool there = party < 0;
    for (uint32_t k = 0; k < who->count; k++) {
        there = there || who->at[k].party == party;
    }
    return there;
}

void parley_page_meet(parley_screen *s, const parley_case *c, int32_t party)
{
    const parley_column columns[4] = {
        {.heading = "WHEN", .at_most = 14},
        {.heading = "WHO", .flexible = true, .at_most = 34},
        {.heading = "WHAT CAME OF IT", .flexible = true, .fill = true},
        {.heading = "CLAIMS", .at_most = 14}};
    word_heading(s, c);
    parley_table *t = parley_table_new(s, columns, 4, 0, 2);
    for (uint32_t i = 0; i < parley_case_meetings(c); i++) {
        const parley_meeting *m = parley_case_meeting(c, (int32_t)i);
        if (!attends(&m->who, party)) {
            continue;
        }
        parley_table_cell(t, PARLEY_INK_DIM, word_date(s, c, m->record.happened));
        parley_table_cell(t, PARLEY_INK_PARTY, "");
        for (uint32_t k = 0; k < m->who.count; k++) {
            parley_table_addf(t, PARLEY_INK_PARTY, "%s%s", k > 0 ? ", " : "",
                              name_of(s, c, &m->who.at[k]));
        }
        if (m->place != NULL) {
            parley_table_addf(t, PARLEY_INK_DIM, "; %s", m->place);
        }
        bool open = m->outcome == NULL || strcmp(m->outcome, "unknown") == 0;
        parley_table_cell(t, open ? PARLEY_INK_WARN : PARLEY_INK_PLAIN,
                          open ? "not logged" : m->outcome);
        if (m->next.form != PARLEY_DATE_UNKNOWN) {
            parley_table_addf(t, PARLEY_INK_PLAIN, "; next: %s", word_date(s, c, m->next));
        }
        for (uint32_t k = 0; k < m->promises.count; k++) {
            const parley_obligation *o = parley_case_obligation(c, m->promises.at[k]);
            parley_table_addf(t, PARLEY_INK_PLAIN, "; %s promised: %s", name_of(s, c, &o->bearer),
                              o->what);
        }
        parley_table_cell(t, PARLEY_INK_DIM, "");
        for (uint32_t k = 0; k < m->claims.count; k++) {
            parley_table_addf(t, PARLEY_INK_DIM, "%s%s", k > 0 ? " " : "",
                              word_claim(c, m->claims.at[k]));
        }
    }
    if (parley_table_rows(t) == 0) {
        word_plain(s, PARLEY_INK_DIM, "No meeting is recorded.");
    }
    parley_table_print(t);
    for (uint32_t i = 0, shown = 0; i < parley_case_expectations(c); i++) {
        const parley_expected *e = parley_case_expected(c, (int32_t)i);
        if (!attends(&e->from, party)) {
            continue;
        }
        parley_screen_label(s, shown++ == 0 ? "EXPECTED" : "");
        parley_screen_addf(s, PARLEY_INK_PARTY, "%s: ", word_voices(s, c, &e->from));
        parley_screen_add(s, PARLEY_INK_PLAIN, e->what);
        if (e->due.form != PARLEY_DATE_UNKNOWN) {
            parley_screen_addf(s, PARLEY_INK_DIM, ", due %s", word_date(s, c, e->due));
        }
        parley_screen_addf(s, e->result == NULL ? PARLEY_INK_WARN : PARLEY_INK_PLAIN, "; %s",
                           e->result == NULL ? "still silent" : e->result);
        parley_screen_end(s);
    }
}

void parley_page_meet_json(parley_json *j, const parley_case *c, int32_t party)
{
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "meetings");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_meetings(c); i++) {
        const parley_meeting *m = parley_case_meeting(c, (int32_t)i);
        if (!attends(&m->who, party)) {
            continue;
        }
        parley_json_object(j);
        json_key_date(j, "date", m->record.happened);
        json_voices(j, "who", c, &m->who);
        json_key_string(j, "place", m->place);
        json_key_string(j, "outcome", m->outcome);
        json_key_date(j, "next", m->next);
        json_ids(j, "claims", c, m->claims, id_claim);
        parley_json_key(j, "promises");
        parley_json_array(j);
        for (uint32_t k = 0; k < m->promises.count; k++) {
            parley_json_string(j, parley_case_obligation(c, m->promises.at[k])->record.id);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "expected");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_expectations(c); i++) {
        const parley_expected *e = parley_case_expected(c, (int32_t)i);
        if (!attends(&e->from, party)) {
            continue;
        }
        json_expected(j, c, e);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
}
