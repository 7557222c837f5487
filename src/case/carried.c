/*
 * Words that may not be passed on must not be passed on by a copy either.
 *
 * A relay says whose words are carried to whom and what their owner allowed (may-say). A copy that
 * holds such words carries them: under their speaker's name, and as they were said. So a claim that
 * a relay carries goes to somebody else than the owner only when a relay that concerns this
 * audience has a permission that holds on the day and covers that much; or when the words are
 * public by themselves. A party is concerned by relays to it (or to nobody in particular), several
 * parties and the public by every relay. What an owner answered when it was asked whether it meant
 * its words stands in the relay itself, and goes out with it on its own permission.
 *
 * Relays that are hidden from the audience count too: nothing of them goes out; a copy that they
 * stop is not made, and the operator is told.
 */
#include "case/audience.h"

#include <string.h>

static bool is_word(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

bool parley_permission_allows(parley_permission permission)
{
    return permission <= PARLEY_MAY_UNATTRIBUTED;
}

const char *parley_permission_word(parley_permission permission)
{
    static const char *const words[] = {"public", "exact",   "sense",       "unattributed",
                                        "no",     "run-out", "not-recorded"};
    return words[permission];
}

static parley_permission permission_of(const char *text, parley_date until, int32_t day)
{
    parley_permission permission = PARLEY_MAY_NOT_RECORDED;
    for (int p = PARLEY_MAY_PUBLIC; p <= PARLEY_MAY_NOT; p++) {
        if (is_word(text, parley_permission_word((parley_permission)p))) {
            permission = (parley_permission)p;
        }
    }
    bool over = until.form != PARLEY_DATE_UNKNOWN && until.last < day;
    return permission != PARLEY_MAY_PUBLIC && parley_permission_allows(permission) && over
               ? PARLEY_MAY_RUN_OUT
               : permission;
}

parley_permission parley_relay_may_say(const parley_relay *relay, int32_t day)
{
    const char *words = relay->may_say_words != NULL ? relay->may_say_words : relay->may_say;
    return words == NULL && is_word(relay->said.publicity, "public")
               ? PARLEY_MAY_PUBLIC
               : permission_of(words, relay->may_say_until, day);
}

parley_permission parley_relay_may_assure(const parley_relay *relay, int32_t day)
{
    return relay->may_say_assurance == NULL && is_word(relay->meant.publicity, "public")
               ? PARLEY_MAY_PUBLIC
               : permission_of(relay->may_say_assurance, relay->may_say_until, day);
}

/* ------------------------------------------------------------------------- copies */

/* Why a copy may not hold words under this permission; NULL: it may. */
static const char *why_not(parley_permission permission, bool says)
{
    switch (permission) {
    case PARLEY_MAY_PUBLIC:
    case PARLEY_MAY_EXACT:
        return NULL;
    case PARLEY_MAY_SENSE:
        return says ? "only the sense may be passed on, and it holds the words" : NULL;
    case PARLEY_MAY_UNATTRIBUTED:
        return "only without saying whose, and it names the speaker";
    case PARLEY_MAY_NOT:
        return "to pass it on was refused";
    case PARLEY_MAY_RUN_OUT:
        return "the permission to pass it on has run out";
    case PARLEY_MAY_NOT_RECORDED:
        break;
    }
    return "no permission to pass it on is recorded";
}

static bool said_to_the_public(const parley_case *c, const parley_claim *claim)
{
    for (uint32_t k = 0; k < claim->to.count; k++) {
        if (is_word(claim->to.at[k].words, "public")) {
            return true;
        }
    }
    parley_label own = case_claim_label(c, claim);
    return is_word(claim->publicity, "public") || parley_label_allows(&own, PARLEY_AUDIENCE_PUBLIC);
}

/* Does a relay speak of what may be said to the audience? party: -1, or the one that it is. */
static bool concerns(const parley_relay *relay, int32_t party)
{
    bool own = party >= 0 && relay->owner.party == party;
    return !own && (party < 0 || relay->to.party == party || relay->to.party < 0);
}

static bool stop(projection *p, parley_view *view, int section, uint32_t row, uint32_t relay,
                 const char *why)
{
    bind_state *b = p->b;
    const parley_case *c = b->c;
    const char *id = c->index[section].text[row];
    const char *by = c->index[SECTION_RELAYS].text[relay];
    const parley_node *node = c->row_node[section][row];
    id = bind_shown(b, id, strlen(id));
    by = bind_shown(b, by, strlen(by));
    bind_error(b, node->key != NULL ? node->key : node, PARLEY_DENIED,
               parley_arena_format(b->arena,
                                   "give '%s' a narrower label, or record under 'may-say' of '%s' "
                                   "what its owner allows",
                                   id, by),
               "%s '%s' would go out, but relay '%s' stops it: %s",
               case_section_one((case_section)section), id, by, why);
    return view == NULL || case_view_carried(p, view, section, row, relay, why);
}

/* Claims that relays carry: first what some relay allows, then what is left. */
static bool check_words(projection *p, parley_view *view, int32_t party)
{
    const parley_case *c = p->b->c;
    bool *settled = parley_arena_array(p->b->arena, c->count[SECTION_CLAIMS], sizeof(*settled));
    bool good = settled != NULL || bind_nomem(p->b);
    for (uint32_t n = 0; n < 2 * c->count[SECTION_RELAYS] && good; n++) {
        bool first = n < c->count[SECTION_RELAYS];
        uint32_t i = first ? n : n - c->count[SECTION_RELAYS];
        const parley_relay *relay = CASE_ROW(c, SECTION_RELAYS, parley_relay, i);
        for (uint32_t k = 0; k < relay->words.count && concerns(relay, party) && good; k++) {
            uint32_t at = (uint32_t)relay->words.at[k];
            const parley_claim *claim = CASE_ROW(c, SECTION_CLAIMS, parley_claim, at);
            const char *why = why_not(parley_relay_may_say(relay, c->day), claim->says != NULL);
            bool own = party >= 0 && parley_claim_is_by(claim, party);
            bool goes = !p->hidden[SECTION_CLAIMS][at] && !own && !said_to_the_public(c, claim);
            if (first ? why == NULL : goes && !settled[at]) {
                good = first || stop(p, view, SECTION_CLAIMS, at, i, why);
                settled[at] = true;
            }
        }
    }
    return good;
}

/* Relays that go out themselves, with what an owner answered. */
static bool check_answers(projection *p, parley_view *view, int32_t party)
{
    const parley_case *c = p->b->c;
    bool good = true;
    for (uint32_t i = 0; i < c->count[SECTION_RELAYS] && good; i++) {
        const parley_relay *relay = CASE_ROW(c, SECTION_RELAYS, parley_relay, i);
        const char *why = why_not(parley_relay_may_assure(relay, c->day), true);
        bool own = party >= 0 && relay->owner.party == party;
        if (!p->hidden[SECTION_RELAYS][i] && relay->meant.answer != NULL && why != NULL && !own) {
            good = stop(p, view, SECTION_RELAYS, i, i, why);
        }
    }
    return good;
}

bool case_check_carried(projection *p, parley_view *view)
{
    int32_t bit = p->b->c->audience_bit;
    int32_t party = bit >= PARLEY_AUDIENCE_PARTY ? bit - PARLEY_AUDIENCE_PARTY : -1;
    return check_words(p, view, party) && check_answers(p, view, party);
}
