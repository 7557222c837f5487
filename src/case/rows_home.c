/*
 * What must hold in the sections "constituencies" and "polls", and what is legal but suspicious.
 *
 * A row that says more on a constituency takes over whose it is; what a row says is on record,
 * reported or ours (constituency_basis). Run by rows.c with the other checks.
 */
#include "case/case_internal.h"

static bool no_percent(const parley_number *number)
{
    const parley_decimal none = {0, 0};
    const parley_decimal all = {100, 0};
    return number->typed && !number->unknown &&
           (parley_decimal_compare(number->value, none) < 0 ||
            parley_decimal_compare(number->value, all) > 0);
}

/* A row that says more on another constituency: it has that one's party, name, kind and say. */
static void take_over(bind_state *b, parley_constituency *row)
{
    parley_case *c = b->c;
    const parley_constituency *other =
        CASE_ROW(c, SECTION_CONSTITUENCIES, parley_constituency, row->more_on);
    static const char *const once[] = {"name", "kind", "say"};
    if (other->more_on >= 0) {
        bind_error(b, case_place_of(c, SECTION_CONSTITUENCIES, row, "more-on"), PARLEY_CONFLICT,
                   "name the constituency itself", "'%s' only says more on another constituency",
                   other->record.id);
    }
    if (row->party >= 0 && other->party >= 0 && row->party != other->party) {
        bind_error(b, case_place_of(c, SECTION_CONSTITUENCIES, row, "party"), PARLEY_CONFLICT,
                   "leave 'party:' out", "constituency '%s' belongs to '%s'", other->record.id,
                   c->index[SECTION_PARTIES].text[other->party]);
    }
    for (size_t k = 0; k < sizeof(once) / sizeof(once[0]); k++) {
        if (case_node_of(c, SECTION_CONSTITUENCIES, row)->kind == PARLEY_NODE_MAP &&
            case_is_typed(c, SECTION_CONSTITUENCIES, row, once[k])) {
            bind_error(b, case_place_of(c, SECTION_CONSTITUENCIES, row, once[k]), PARLEY_CONFLICT,
                       "type it there, once", "'%s' is said where '%s' is typed", once[k],
                       other->record.id);
        }
    }
    row->party = other->party;
    row->kind = other->kind;
    row->say = other->say;
    row->name = other->name != NULL && other->name[0] != '\0' ? other->name : other->record.id;
}

/* What the row says rests on: ours when it says so, or when nobody is named who said it. */
static parley_basis constituency_basis(const parley_case *c, const parley_constituency *row)
{
    if (row->reading != NULL || row->claims.count == 0) {
        return PARLEY_BASIS_READING;
    }
    for (uint32_t k = 0; k < row->claims.count; k++) {
        if (parley_class_on_record(
                CASE_ROW(c, SECTION_CLAIMS, parley_claim, row->claims.at[k])->cls)) {
            return PARLEY_BASIS_RECORD;
        }
    }
    return PARLEY_BASIS_REPORTED;
}

static void check_constituencies(bind_state *b)
{
    parley_case *c = b->c;
    for (uint32_t i = 0; i < c->count[SECTION_CONSTITUENCIES]; i++) {
        parley_constituency *row = CASE_ROW(c, SECTION_CONSTITUENCIES, parley_constituency, i);
        const char *id = row->record.id;
        const parley_node *at = case_node_of(c, SECTION_CONSTITUENCIES, row)->key;
        if (row->more_on >= 0) {
            take_over(b, row);
        } else if (row->party < 0 && !case_is_typed(c, SECTION_CONSTITUENCIES, row, "party") &&
                   !case_is_typed(c, SECTION_CONSTITUENCIES, row, "more-on")) {
            bind_error(b, at, PARLEY_INVALID, "add 'party:' (or 'more-on:' another constituency)",
                       "nobody's home: constituency '%s' has no party", id);
        }
        if (row->name == NULL || row->name[0] == '\0') {
            row->name = id;
        }
        if (row->reading != NULL && row->says != NULL) {
            bind_error(b, case_place_of(c, SECTION_CONSTITUENCIES, row, "reading"), PARLEY_CONFLICT,
                       "type a second row with 'more-on:' for what is ours",
                       "constituency '%s' is either said or read, not both", id);
        }
        if (row->reading != NULL && row->claims.count > 0) {
            bind_error(b, case_place_of(c, SECTION_CONSTITUENCIES, row, "claim"), PARLEY_CONFLICT,
                       "write 'from:' for what a reading leans on",
                       "'claim' says who said it, but '%s' is our reading", id);
        }
        if (row->reading == NULL && row->from.count > 0) {
            bind_error(b, case_place_of(c, SECTION_CONSTITUENCIES, row, "from"), PARLEY_CONFLICT,
                       "write 'claim:' for who said it, or add 'reading:'",
                       "'from' belongs to a reading, and '%s' has none", id);
        }
        if (no_percent(&row->needs_share)) {
            bind_error(b, case_place_of(c, SECTION_CONSTITUENCIES, row, "needs-share"),
                       PARLEY_RANGE, "write a percentage from 0 to 100",
                       "'needs-share' is a percentage");
        }
        bool binds = row->requires.count > 0 || row->refuses.count > 0 || row->needs_share.typed;
        if (binds && row->reading == NULL &&
            !case_is_typed(c, SECTION_CONSTITUENCIES, row, "claim")) {
            bind_warning(b, at, "add 'claim:', or write 'reading:' if it is ours",
                         "nobody says what constituency '%s' wants: it counts as our reading", id);
        }
        row->basis = constituency_basis(c, row);
    }
}

static void check_polls(bind_state *b)
{
    parley_case *c = b->c;
    const parley_decimal one = {1, 0};
    for (uint32_t i = 0; i < c->count[SECTION_POLLS]; i++) {
        const parley_poll *poll = CASE_ROW(c, SECTION_POLLS, parley_poll, i);
        const char *id = poll->record.id;
        const parley_node *at = case_node_of(c, SECTION_POLLS, poll)->key;
        if (no_percent(&poll->share)) {
            bind_error(b, case_place_of(c, SECTION_POLLS, poll, "share"), PARLEY_RANGE,
                       "write a percentage from 0 to 100", "'share' is a percentage");
        }
        if (poll->n.typed && !poll->n.unknown &&
            (poll->n.value.scale != 0 || parley_decimal_compare(poll->n.value, one) < 0)) {
            bind_error(b, case_place_of(c, SECTION_POLLS, poll, "n"), PARLEY_RANGE,
                       "write how many were asked, or unknown", "'n' is a number of people");
        }
        if (case_is_typed(c, SECTION_POLLS, poll, "stale-after") && poll->stale_after < 1 &&
            case_node_of(c, SECTION_POLLS, poll)->kind == PARLEY_NODE_MAP) {
            bind_error(b, case_place_of(c, SECTION_POLLS, poll, "stale-after"), PARLEY_RANGE,
                       "write a number of days, or 'stale-from:' a day",
                       "'stale-after' is one day or more");
        }
        if (!poll->share.typed && !case_is_typed(c, SECTION_POLLS, poll, "share")) {
            bind_warning(b, at, "write share: unknown if nobody said", "poll '%s' has no share",
                         id);
        }
        if (poll->record.happened.form == PARLEY_DATE_UNKNOWN &&
            !case_is_typed(c, SECTION_POLLS, poll, "date")) {
            bind_warning(b, at, "add 'date:'; it may be vague: 2025-03~",
                         "poll '%s' has no date: nobody can say how old it is", id);
        }
        if (poll->source < 0 && !case_is_typed(c, SECTION_POLLS, poll, "source")) {
            bind_warning(b, at, "add 'source:'", "poll '%s' has no source", id);
        }
    }
}

void case_check_home(bind_state *b)
{
    check_constituencies(b);
    check_polls(b);
}
