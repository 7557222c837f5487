/*
 * What must hold between the rows of a case, and what is legal but suspicious.
 *
 * Runs after every row is bound. Errors: broken meaning (cycles, an answer that leans on another
 * party's claim, a figure whose low is above its high). Warnings: what a careful colleague would
 * ask about. Also fills what rows take over from others: the class of an answer, the day something
 * was learned, the evidence of a record.
 */
#include "case/case_internal.h"

#include <stdlib.h>
#include <string.h>

#define EACH(type, row, section)                                                                   \
    for (type *row = (type *)c->rows[section],                                                     \
              *row##_end = row == NULL ? row : row + c->count[section];                            \
         row != row##_end; row++)

/*
 * Depth-first search with a stack of its own over lists of rows; tells of every edge that closes a
 * circle. O(rows + edges).
 */
static void each_circle(bind_state *b, uint32_t count,
                        parley_ids (*list)(const parley_case *, uint32_t),
                        void (*tell)(bind_state *, uint32_t))
{
    uint8_t *colour = parley_arena_array(b->arena, count, 1); /* 0 new, 1 on the way, 2 done */
    uint32_t *stack = parley_arena_array(b->arena, (size_t)count + 1, sizeof(*stack));
    uint32_t *next = parley_arena_array(b->arena, count, sizeof(*next));
    if (colour == NULL || stack == NULL || next == NULL) {
        bind_nomem(b);
        return;
    }
    for (uint32_t start = 0; start < count; start++) {
        uint32_t depth = 0;
        if (colour[start] == 0) {
            colour[start] = 1;
            stack[depth++] = start;
        }
        while (depth > 0) {
            uint32_t at = stack[depth - 1];
            parley_ids ids = list(b->c, at);
            if (next[at] == ids.count) {
                colour[at] = 2;
                depth--;
                continue;
            }
            uint32_t to = (uint32_t)ids.at[next[at]++];
            if (colour[to] == 1) {
                tell(b, at);
            }
            if (colour[to] == 0) {
                colour[to] = 1;
                stack[depth++] = to;
            }
        }
    }
}

static parley_ids members_of(const parley_case *c, uint32_t i)
{
    return CASE_ROW(c, SECTION_PARTIES, parley_party, i)->members;
}

static parley_ids replaced_by(const parley_case *c, uint32_t i)
{
    return CASE_ROW(c, SECTION_CLAIMS, parley_claim, i)->replaces;
}

static parley_ids repeated_by(const parley_case *c, uint32_t i)
{
    return CASE_ROW(c, SECTION_CLAIMS, parley_claim, i)->repeats;
}

static parley_ids version_before(const parley_case *c, uint32_t i)
{
    const int32_t *replaces = &CASE_ROW(c, SECTION_PROPOSALS, parley_proposal, i)->replaces;
    return (parley_ids){replaces, *replaces >= 0 ? 1 : 0};
}

static void bloc_circle(bind_state *b, uint32_t i)
{
    const parley_party *party = CASE_ROW(b->c, SECTION_PARTIES, parley_party, i);
    bind_error(b, case_place_of(b->c, SECTION_PARTIES, party, "members"), PARLEY_CONFLICT,
               "take one of them out of 'members'", "bloc '%s' is a member of itself",
               party->record.id);
}

static void replaces_circle(bind_state *b, uint32_t i)
{
    const parley_claim *claim = CASE_ROW(b->c, SECTION_CLAIMS, parley_claim, i);
    bind_error(b, case_place_of(b->c, SECTION_CLAIMS, claim, "replaces"), PARLEY_CONFLICT,
               "a later claim replaces an earlier one", "claim '%s' replaces itself in a circle",
               claim->record.id);
}

static void repeats_circle(bind_state *b, uint32_t i)
{
    const parley_claim *claim = CASE_ROW(b->c, SECTION_CLAIMS, parley_claim, i);
    bind_error(b, case_place_of(b->c, SECTION_CLAIMS, claim, "repeats"), PARLEY_CONFLICT,
               "a later mention repeats an earlier one", "claim '%s' repeats itself in a circle",
               claim->record.id);
}

static void version_circle(bind_state *b, uint32_t i)
{
    const parley_proposal *p = CASE_ROW(b->c, SECTION_PROPOSALS, parley_proposal, i);
    bind_error(b, case_place_of(b->c, SECTION_PROPOSALS, p, "replaces"), PARLEY_CONFLICT,
               "a version replaces an earlier one", "proposal '%s' replaces itself in a circle",
               p->record.id);
}

/* An empty name is no name: the id stands in. */
static void name_or_id(const char **name, const parley_record *record)
{
    if (*name == NULL || (*name)[0] == '\0') {
        *name = record->id;
    }
}

static void check_parties(bind_state *b)
{
    parley_case *c = b->c;
    each_circle(b, c->count[SECTION_PARTIES], members_of, bloc_circle);
    bool principal = false;
    EACH(parley_party, party, SECTION_PARTIES)
    {
        name_or_id(&party->name, &party->record);
        principal = principal || (party->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
    }
    if (!principal && c->count[SECTION_PARTIES] > 0) {
        bind_warning(b, c->section[SECTION_PARTIES]->key,
                     "give one or more parties roles: [principal]",
                     "no party is a principal: nobody's agreement is needed");
    }
    EACH(parley_person, person, SECTION_PEOPLE)
    {
        name_or_id(&person->name, &person->record);
    }
    EACH(parley_track, track, SECTION_TRACKS)
    {
        name_or_id(&track->name, &track->record);
    }
    EACH(parley_source, source, SECTION_SOURCES)
    {
        const char *id = source->record.id;
        name_or_id(&source->name, &source->record);
        const parley_node *node = case_node_of(c, SECTION_SOURCES, source);
        if (node->kind == PARLEY_NODE_MAP && parley_node_member(node, "published") == NULL) {
            source->published = parley_source_kind_published(source->kind);
        }
        if (case_index_find(&c->index[SECTION_PARTIES], id, strlen(id)) >= 0) {
            bind_warning(b, node->key, "give one of them another id",
                         "'%s' is a party and a source; as a voice it is the party", id);
        }
    }
}

static void check_issues(bind_state *b)
{
    parley_case *c = b->c;
    EACH(parley_issue, issue, SECTION_ISSUES)
    {
        const parley_node *node = case_node_of(c, SECTION_ISSUES, issue);
        bool typed = node->kind == PARLEY_NODE_MAP && parley_node_member(node, "table") != NULL;
        if (!typed && issue->track >= 0) {
            issue->table = CASE_ROW(c, SECTION_TRACKS, parley_track, issue->track)->table;
        }
        if (issue->track < 0 && c->count[SECTION_TRACKS] > 0 &&
            !case_is_typed(c, SECTION_ISSUES, issue, "track")) {
            bind_warning(b, node->key, "add 'track:'",
                         "issue '%s' is on no track; it counts as on the table now",
                         issue->record.id);
        }
    }
}

static void check_figures(bind_state *b)
{
    parley_case *c = b->c;
    EACH(parley_figure, f, SECTION_FIGURES)
    {
        const parley_number *row[3] = {&f->low, &f->best, &f->high};
        static const char *const name[3] = {"low", "best", "high"};
        int before = -1;
        for (int k = 0; k < 3; k++) {
            if (!row[k]->typed || row[k]->unknown) {
                continue;
            }
            if (before >= 0 && parley_decimal_compare(row[before]->value, row[k]->value) > 0) {
                bind_error(b, case_place_of(c, SECTION_FIGURES, f, name[k]), PARLEY_CONFLICT,
                           "low <= best <= high", "figure '%s': '%s' lies above '%s'", f->record.id,
                           name[before], name[k]);
            }
            before = k;
        }
        if (!f->low.typed && !f->best.typed && !f->high.typed) {
            bind_warning(b, case_node_of(c, SECTION_FIGURES, f)->key,
                         "write best: unknown if nobody said", "figure '%s' has no number",
                         f->record.id);
        }
    }
}

static void check_proposals(bind_state *b)
{
    parley_case *c = b->c;
    EACH(parley_proposal, p, SECTION_PROPOSALS)
    {
        const parley_node *node = case_node_of(c, SECTION_PROPOSALS, p);
        name_or_id(&p->name, &p->record);
        if ((p->text == NULL || p->text[0] == '\0') && p->parts.count == 0 && p->step_count == 0) {
            bind_error(b, node->key, PARLEY_INVALID, "add 'text:', a formula or words",
                       "proposal '%s' says nothing", p->record.id);
        }
        if (!case_is_typed(c, SECTION_PROPOSALS, p, "tabled-by")) {
            bind_warning(b, node->key, "add 'tabled-by:'", "nobody tabled proposal '%s'",
                         p->record.id);
        }
    }
    each_circle(b, c->count[SECTION_PROPOSALS], version_before, version_circle);
}

static bool claim_by(const parley_claim *claim, int32_t party)
{
    for (uint32_t k = 0; k < claim->by.count; k++) {
        if (claim->by.at[k].party == party) {
            return true;
        }
    }
    return false;
}

/* An answer and the claim it leans on should not say yes and no at once. */
static void check_answer_and_act(bind_state *b, const parley_response *r, const parley_claim *claim,
                                 const char *who)
{
    bool yes = claim->act == PARLEY_ACT_ACCEPT || claim->act == PARLEY_ACT_CONCEDE;
    bool clash = (r->answer == PARLEY_ANSWER_ACCEPT && !yes) ||
                 (r->answer != PARLEY_ANSWER_ACCEPT && yes && claim->conditions.count == 0) ||
                 (r->answer == PARLEY_ANSWER_REJECT && claim->act == PARLEY_ACT_ACCEPT_IF) ||
                 (r->answer == PARLEY_ANSWER_ACCEPT_IF && claim->act == PARLEY_ACT_REJECT);
    if (clash && claim->about.kind == PARLEY_ABOUT_PROPOSAL && claim->about.index == r->proposal) {
        bind_warning(b, case_place_of(b->c, SECTION_RESPONSES, r, "answer"), "correct one of them",
                     "'%s' answers '%s', but claim '%s' says '%s'", who,
                     parley_words_word(PARLEY_WORDS_ANSWER, r->answer), claim->record.id,
                     parley_words_word(PARLEY_WORDS_ACT, claim->act));
    }
}

static void check_responses(bind_state *b)
{
    parley_case *c = b->c;
    EACH(parley_response, r, SECTION_RESPONSES)
    {
        if (r->by.party < 0 && r->by.source < 0) {
            continue; /* the party is wrong: told already */
        }
        const char *who =
            r->by.party >= 0 ? c->index[SECTION_PARTIES].text[r->by.party] : r->record.id;
        if (r->by.party < 0 && r->by.source >= 0) {
            bind_error(b, case_place_of(c, SECTION_RESPONSES, r, "party"), PARLEY_INVALID,
                       "name the party that answers", "a source cannot answer a proposal");
        }
        if (r->claim >= 0) {
            const parley_claim *claim = CASE_ROW(c, SECTION_CLAIMS, parley_claim, r->claim);
            if (r->by.party >= 0 && claim->by.count > 0 && !claim_by(claim, r->by.party)) {
                bind_error(b, case_place_of(c, SECTION_RESPONSES, r, "claim"), PARLEY_CONFLICT,
                           "name the claim in which this party answers",
                           "the answer of '%s' leans on claim '%s', which is not by '%s'", who,
                           claim->record.id, who);
            }
            if (r->record.happened.form == PARLEY_DATE_UNKNOWN) {
                r->record.happened = claim->record.happened;
            }
            if (r->record.learned.form == PARLEY_DATE_UNKNOWN) {
                r->record.learned = claim->record.learned;
            }
            check_answer_and_act(b, r, claim, who);
            r->cls = r->cls == PARLEY_CLASS_NONE ? claim->cls : r->cls;
            r->source = r->source < 0 ? claim->source : r->source;
        } else if (r->answer != PARLEY_ANSWER_SILENT &&
                   !case_is_typed(c, SECTION_RESPONSES, r, "claim") &&
                   (r->source < 0 || r->cls == PARLEY_CLASS_NONE)) {
            bind_warning(b, case_node_of(c, SECTION_RESPONSES, r),
                         "add 'claim:', or 'source:' and 'class:'",
                         "the answer of '%s' leans on no claim: it counts as reported", who);
        }
        bool listed = r->conditions.count > 0 || r->only_if.count > 0;
        if (r->answer == PARLEY_ANSWER_ACCEPT_IF && !listed) {
            bind_warning(b, case_place_of(c, SECTION_RESPONSES, r, "answer"), "add 'if:'",
                         "'%s' accepts if, but no condition is typed", who);
        }
        if (r->answer != PARLEY_ANSWER_ACCEPT_IF && r->answer != PARLEY_ANSWER_ACCEPT && listed) {
            bind_warning(b, case_place_of(c, SECTION_RESPONSES, r, "answer"),
                         "write answer: accept-if",
                         "the conditions of '%s' do not bind under the answer '%s'", who,
                         parley_words_word(PARLEY_WORDS_ANSWER, r->answer));
        }
    }
}

/* When it is not typed, a record was learned on the day of its source, else when it happened. */
static void take_learned(bind_state *b, parley_record *record, int32_t source)
{
    if (record->learned.form == PARLEY_DATE_UNKNOWN && source >= 0) {
        record->learned = CASE_ROW(b->c, SECTION_SOURCES, parley_source, source)->record.happened;
    }
    if (record->learned.form == PARLEY_DATE_UNKNOWN) {
        record->learned = record->happened;
    }
}

static void check_claim_dates(bind_state *b, parley_claim *claim)
{
    parley_case *c = b->c;
    parley_record *record = &claim->record;
    take_learned(b, record, claim->source);
    if (record->happened.form == PARLEY_DATE_UNKNOWN &&
        !case_is_typed(c, SECTION_CLAIMS, claim, "date")) {
        bind_warning(b, case_node_of(c, SECTION_CLAIMS, claim)->key,
                     "add 'date:'; it may be vague: 2025-03~", "claim '%s' has no date",
                     record->id);
    } else if (record->happened.first != INT32_MIN && record->learned.last != INT32_MAX &&
               record->happened.first > record->learned.last) {
        char happened[40];
        char learned[40];
        parley_date_print(record->happened, happened, sizeof(happened));
        parley_date_print(record->learned, learned, sizeof(learned));
        bind_warning(b, case_place_of(c, SECTION_CLAIMS, claim, "date"),
                     "correct one of them, or type 'learned:'",
                     "claim '%s' happened (%s) after it was learned (%s)", record->id, happened,
                     learned);
    }
    if (c->as_of.form != PARLEY_DATE_UNKNOWN && record->learned.first != INT32_MIN &&
        record->learned.first > c->as_of.last) {
        bind_warning(b, case_place_of(c, SECTION_CLAIMS, claim, "learned"), "raise 'as-of:'",
                     "claim '%s' was learned after the case's as-of date", record->id);
    }
}

static void check_replaces(bind_state *b, const parley_claim *claim)
{
    parley_case *c = b->c;
    for (uint32_t k = 0; k < claim->replaces.count; k++) {
        const parley_claim *earlier =
            CASE_ROW(c, SECTION_CLAIMS, parley_claim, claim->replaces.at[k]);
        const parley_node *at = case_place_of(c, SECTION_CLAIMS, claim, "replaces");
        bool shared = false;
        for (uint32_t v = 0; v < claim->by.count; v++) {
            shared = shared || claim_by(earlier, claim->by.at[v].party);
        }
        if (!shared) {
            bind_warning(b, at, "a party replaces its own words only",
                         "claim '%s' replaces '%s', which another party said", claim->record.id,
                         earlier->record.id);
        }
        if (earlier->record.happened.first != INT32_MIN &&
            claim->record.happened.last != INT32_MAX &&
            earlier->record.happened.first > claim->record.happened.last) {
            bind_warning(b, at, "correct the dates", "claim '%s' replaces '%s', which is later",
                         claim->record.id, earlier->record.id);
        }
    }
}

/* Which claims have an approximate date: one warning for all of them. */
static void check_approximate(bind_state *b)
{
    parley_case *c = b->c;
    const parley_node *first = NULL;
    const char *names[6];
    uint32_t count = 0;
    EACH(parley_claim, claim, SECTION_CLAIMS)
    {
        if (!claim->record.happened.about) {
            continue;
        }
        if (count < 6) {
            names[count] = bind_shown(b, claim->record.id, strlen(claim->record.id));
        }
        first = first == NULL ? case_place_of(c, SECTION_CLAIMS, claim, "date") : first;
        count++;
    }
    if (count > 0) {
        const char *list = bind_list_names(b, "", names, count < 6 ? count : 6);
        bind_warning(b, first, "correct them when the day is known",
                     "%u claim%s an approximate date: %s%s", count, count == 1 ? " has" : "s have",
                     list != NULL ? list : "", count > 6 ? " ..." : "");
    }
}

static void check_claim(bind_state *b, parley_claim *claim, bool answered)
{
    parley_case *c = b->c;
    const parley_node *node = case_node_of(c, SECTION_CLAIMS, claim);
    const char *id = claim->record.id;
    check_claim_dates(b, claim);
    check_replaces(b, claim);
    if (claim->as_typed.count > 0) {
        const char *typed = claim->as_typed.at[0];
        bind_warning(
            b, case_place_of(c, SECTION_CLAIMS, claim, "as-typed"),
            parley_arena_format(b->arena,
                                "mend it: parley edit CASE %s '%.*s:...', or take "
                                "'as-typed' out",
                                bind_shown(b, id, strlen(id)),
                                (int)(strcspn(typed, ":") < 40 ? strcspn(typed, ":") : 40), typed),
            "claim '%s' holds words that nobody could read: %s%s", bind_shown(b, id, strlen(id)),
            bind_shown(b, typed, strlen(typed)), claim->as_typed.count > 1 ? " ..." : "");
    }
    if (claim->source < 0 && !case_is_typed(c, SECTION_CLAIMS, claim, "source")) {
        bind_warning(b, node->key, "add 'source:'", "claim '%s' has no source", id);
    }
    if (claim->cls == PARLEY_CLASS_NONE && !case_is_typed(c, SECTION_CLAIMS, claim, "class")) {
        bind_warning(b, node->key, "add 'class:', such as on-record, described, outlet, bare",
                     "claim '%s' has no source class: it counts as reported", id);
    }
    if (parley_class_on_record(claim->cls) && claim->by.count > 0 && claim->by.at[0].source >= 0 &&
        claim->cls != PARLEY_CLASS_DOCUMENT) {
        bind_warning(b, case_place_of(c, SECTION_CLAIMS, claim, "class"), "write class: outlet",
                     "claim '%s' is by a source in its own voice; only a party is on record", id);
    }
    bool listed = claim->conditions.count > 0 || claim->only_if.count > 0;
    if (claim->act == PARLEY_ACT_ACCEPT_IF && !listed && !answered) {
        bind_warning(b, node->key, "add 'if:', or an answer under 'responses:'",
                     "claim '%s' accepts if, but no condition is typed", id);
    }
    bool yes = claim->act == PARLEY_ACT_ACCEPT || claim->act == PARLEY_ACT_CONCEDE;
    if (yes && claim->firmness != PARLEY_FIRMNESS_UNSTATED) {
        bind_warning(b, case_place_of(c, SECTION_CLAIMS, claim, "firmness"), "leave it out",
                     "firmness says nothing about an acceptance");
    }
    if (claim->only_if.count > 0 && !yes && claim->act != PARLEY_ACT_ACCEPT_IF) {
        bind_warning(b, case_place_of(c, SECTION_CLAIMS, claim, "only-if"), "write act: accept-if",
                     "'only-if' does not bind under the act '%s'",
                     parley_words_word(PARLEY_WORDS_ACT, claim->act));
    }
}

static void check_claims(bind_state *b)
{
    parley_case *c = b->c;
    uint8_t *answered = parley_arena_array(b->arena, c->count[SECTION_CLAIMS], 1);
    if (answered == NULL) {
        bind_nomem(b);
        return;
    }
    EACH(parley_response, r, SECTION_RESPONSES)
    {
        if (r->claim >= 0) {
            answered[r->claim] = 1;
        }
    }
    EACH(parley_claim, claim, SECTION_CLAIMS)
    {
        check_claim(b, claim, answered[claim - (parley_claim *)c->rows[SECTION_CLAIMS]] != 0);
    }
    check_approximate(b);
    each_circle(b, c->count[SECTION_CLAIMS], replaced_by, replaces_circle);
    each_circle(b, c->count[SECTION_CLAIMS], repeated_by, repeats_circle);
}

static void check_readings(bind_state *b)
{
    parley_case *c = b->c;
    EACH(parley_reading, r, SECTION_READINGS)
    {
        const parley_node *node = case_node_of(c, SECTION_READINGS, r);
        if (r->formula == NULL && node->kind == PARLEY_NODE_MAP &&
            parley_node_member(node, "refuses") == NULL &&
            parley_node_member(node, "requires") == NULL &&
            parley_node_member(node, "accepts") == NULL) {
            bind_error(b, node->key, PARLEY_INVALID, "add 'refuses:', 'requires:' or 'accepts:'",
                       "reading '%s' says nothing", r->record.id);
        }
        const parley_node *from =
            node->kind == PARLEY_NODE_MAP ? parley_node_member(node, "from") : NULL;
        if (r->from.count == 0 && (from == NULL || from->count == 0) &&
            node->kind == PARLEY_NODE_MAP) {
            bind_warning(b, case_place_of(c, SECTION_READINGS, r, "from"),
                         "name the claims it leans on, or sound the party out",
                         "reading '%s' leans on no claim", r->record.id);
        }
    }
    EACH(parley_concern, k, SECTION_CONCERNS)
    {
        const parley_node *node = case_node_of(c, SECTION_CONCERNS, k);
        if (k->text == NULL && node->kind == PARLEY_NODE_MAP &&
            parley_node_member(node, "says") == NULL &&
            parley_node_member(node, "reading") == NULL) {
            bind_error(b, node->key, PARLEY_INVALID,
                       "add 'says:' for the party's words, or 'reading:' for ours",
                       "concern '%s' says nothing", k->record.id);
        }
        if (k->text != NULL && !k->ours && !case_is_typed(c, SECTION_CONCERNS, k, "claim")) {
            bind_warning(b, node->key, "add 'claim:', or write 'reading:' if it is ours",
                         "concern '%s' is the party's words, but no claim says so", k->record.id);
        }
    }
}

/* ------------------------------------------------------- evidence of records */

static int by_number(const void *pa, const void *pb)
{
    int32_t a = *(const int32_t *)pa;
    int32_t b = *(const int32_t *)pb;
    return (a > b) - (a < b);
}

/* Ids of a list and one more (-1: none), ascending, each once. */
static void add_evidence(bind_state *b, parley_record *record, parley_ids list, int32_t one)
{
    uint32_t total = list.count + (one >= 0 ? 1 : 0);
    if (total == 0) {
        return;
    }
    int32_t *at = parley_arena_array(b->arena, total, sizeof(*at));
    if (at == NULL) {
        bind_nomem(b);
        return;
    }
    for (uint32_t i = 0; i < list.count; i++) {
        at[i] = list.at[i];
    }
    if (one >= 0) {
        at[list.count] = one;
    }
    qsort(at, total, sizeof(*at), by_number);
    uint32_t n = 1;
    for (uint32_t i = 1; i < total; i++) {
        if (at[i] != at[n - 1]) {
            at[n++] = at[i];
        }
    }
    record->evidence = at;
    record->evidence_count = n;
}

/* Claims a record leans on, and when it was learned. */
static void fill_evidence(bind_state *b)
{
    parley_case *c = b->c;
    const parley_ids none = {NULL, 0};
    EACH(parley_concern, r, SECTION_CONCERNS)
    {
        add_evidence(b, &r->record, r->from, r->claim);
    }
    EACH(parley_perception, r, SECTION_PERCEPTIONS)
    {
        add_evidence(b, &r->record, r->from, r->claim);
    }
    EACH(parley_constituency, r, SECTION_CONSTITUENCIES)
    {
        add_evidence(b, &r->record, r->reading != NULL ? r->from : r->claims, -1);
    }
    EACH(parley_poll, r, SECTION_POLLS)
    {
        take_learned(b, &r->record, r->source);
    }
    EACH(parley_proposal, r, SECTION_PROPOSALS)
    {
        add_evidence(b, &r->record, none, r->claim);
        take_learned(b, &r->record, r->tabled_by.source);
    }
    EACH(parley_response, r, SECTION_RESPONSES)
    {
        add_evidence(b, &r->record, none, r->claim);
        take_learned(b, &r->record, r->source);
    }
    EACH(parley_reading, r, SECTION_READINGS)
    {
        add_evidence(b, &r->record, r->from, -1);
    }
    EACH(parley_flag, r, SECTION_FLAGS)
    {
        add_evidence(b, &r->record, r->from, -1);
    }
    EACH(parley_figure, r, SECTION_FIGURES)
    {
        take_learned(b, &r->record, r->source);
    }
    EACH(parley_worth, r, SECTION_VALUES)
    {
        take_learned(b, &r->record, r->source);
    }
    EACH(parley_channel, r, SECTION_CHANNELS)
    {
        add_evidence(b, &r->record, none, r->claim);
        take_learned(b, &r->record, r->source);
    }
    EACH(parley_relay, r, SECTION_RELAYS)
    {
        add_evidence(b, &r->record, r->words, -1);
    }
    EACH(parley_meeting, r, SECTION_MEETINGS)
    {
        add_evidence(b, &r->record, r->claims, -1);
    }
    EACH(parley_favour, r, SECTION_FAVOURS)
    {
        add_evidence(b, &r->record, none, r->claim);
        take_learned(b, &r->record, r->source);
    }
    EACH(parley_obligation, r, SECTION_OBLIGATIONS)
    {
        add_evidence(b, &r->record, none, r->claim);
        take_learned(b, &r->record, r->source);
    }
    EACH(parley_expected, r, SECTION_EXPECTED)
    {
        add_evidence(b, &r->record, none, r->claim);
    }
    EACH(parley_candidate, r, SECTION_CANDIDATES)
    {
        add_evidence(b, &r->record, r->claims, -1);
    }
    EACH(parley_link, r, SECTION_LINKS)
    {
        add_evidence(b, &r->record, r->from, r->claim);
    }
    EACH(parley_incident, r, SECTION_INCIDENTS)
    {
        take_learned(b, &r->record, r->source);
    }
}

/* The newest day anything in the case is known to have been learned or to have happened. */
static parley_date newest(const parley_case *c)
{
    parley_date best = PARLEY_DATE_INIT;
    for (uint32_t i = 0; i < c->count[SECTION_CLAIMS]; i++) {
        const parley_record *r = &CASE_ROW(c, SECTION_CLAIMS, parley_claim, i)->record;
        const parley_date both[2] = {r->happened, r->learned};
        for (int k = 0; k < 2; k++) {
            if (both[k].form != PARLEY_DATE_UNKNOWN && both[k].side == PARLEY_DATE_ON &&
                (best.form == PARLEY_DATE_UNKNOWN || both[k].last > best.last)) {
                best = both[k];
            }
        }
    }
    return best;
}

bool case_check_rows(bind_state *b)
{
    void (*const checks[])(bind_state *) = {check_parties,    check_issues,    check_figures,
                                            check_proposals,  check_claims,    check_responses,
                                            check_readings,   case_check_home, case_check_desk,
                                            check_acceptance, fill_evidence};
    for (size_t k = 0; k < sizeof(checks) / sizeof(checks[0]) && b->fatal == PARLEY_OK; k++) {
        checks[k](b);
    }
    if (b->c->as_of.form == PARLEY_DATE_UNKNOWN) {
        b->c->as_of = newest(b->c);
    }
    return b->fatal == PARLEY_OK && b->errors == 0;
}
