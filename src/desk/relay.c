/*
 * Words carried: may they be said, were they meant, how were they understood.
 *
 * Practice of good offices: permission is given for words and for what was said in confidence about
 * them separately; what is not recorded is not allowed; having carried something is not having been
 * understood.
 */
#include <parley/desk.h>

#include <string.h>

const char *parley_relay_state_word(parley_relay_state state)
{
    static const char *const words[] = {"stopped", "to-ask", "to-carry", "to-hear", "read-back"};
    return words[state];
}

static bool typed(const parley_relay_step *step)
{
    return step->typed && (step->words == NULL ||
                           (strcmp(step->words, "none") != 0 && strcmp(step->words, "no") != 0 &&
                            strcmp(step->words, "not-recorded") != 0));
}

static bool is_word(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

/* Does a claim bind its speaker to something? */
static bool commits(parley_act act)
{
    return act == PARLEY_ACT_ACCEPT || act == PARLEY_ACT_ACCEPT_IF || act == PARLEY_ACT_CONCEDE ||
           act == PARLEY_ACT_PROMISE || act == PARLEY_ACT_OFFER || act == PARLEY_ACT_PROPOSE;
}

/* ------------------------------------------------ public and private versions */

static parley_holding holding_of(const parley_claim *claim)
{
    bool formula = claim->about.kind == PARLEY_ABOUT_FORMULA;
    return (parley_holding){formula ? claim->about.formula : NULL, claim->act == PARLEY_ACT_REJECT};
}

static bool in_public(const parley_case *c, const parley_claim *claim)
{
    if (claim->publicity != NULL) {
        return strcmp(claim->publicity, "public") == 0;
    }
    for (uint32_t k = 0; k < claim->to.count; k++) {
        if (is_word(claim->to.at[k].words, "public")) {
            return true;
        }
    }
    return claim->to.count == 0 && claim->source >= 0 &&
           parley_case_source(c, claim->source)->published;
}

static bool replaced(const parley_claim *claim, int32_t earlier)
{
    for (uint32_t k = 0; k < claim->replaces.count; k++) {
        if (claim->replaces.at[k] == earlier) {
            return true;
        }
    }
    return false;
}

static void compare_versions(parley_relay_card *out, const parley_case *c, const parley_relay *r,
                             int64_t *package)
{
    for (uint32_t k = 0; k < r->words.count; k++) {
        const parley_claim *words = parley_case_claim(c, r->words.at[k]);
        for (uint32_t i = 0; i < parley_case_claims(c) && out->against[0] < 0; i++) {
            const parley_claim *other = parley_case_claim(c, (int32_t)i);
            bool own = other->by.count == 1 && words->by.count == 1 && other->by.at[0].party >= 0 &&
                       other->by.at[0].party == words->by.at[0].party;
            if (own && (int32_t)i != r->words.at[k] && in_public(c, other) != in_public(c, words) &&
                !replaced(words, (int32_t)i) && !replaced(other, r->words.at[k]) &&
                parley_case_both_hold(c, holding_of(words), holding_of(other), package) ==
                    PARLEY_NO) {
                out->against[0] = r->words.at[k];
                out->against[1] = (int32_t)i;
            }
        }
    }
}

/* --------------------------------------------------------------------- card */

parley_status parley_relay_look(parley_relay_card *out, parley_ctx *ctx, const parley_case *c,
                                int32_t relay, int32_t day, parley_error *err)
{
    const parley_relay *r = parley_case_relay(c, relay);
    const uint32_t issues = parley_case_issues(c);
    *out = (parley_relay_card){.against = {-1, -1}, .soft = r->words.count > 0};
    int64_t *package = parley_alloc(ctx, ((size_t)issues + 1) * sizeof(*package));
    if (package == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while looking at a relay");
    }
    for (uint32_t i = 0; i < issues; i++) {
        package[i] = -1;
    }
    out->words = parley_relay_may_say(r, day);
    out->assured = typed(&r->meant) && r->meant.answer != NULL;
    out->assurance = parley_relay_may_assure(r, day);
    out->carried = typed(&r->carried);
    bool allowed = parley_permission_allows(out->words) &&
                   (!out->assured || parley_permission_allows(out->assurance));
    out->carried_unallowed = out->carried && !allowed;
    for (uint32_t k = 0; k < r->words.count; k++) {
        out->soft = out->soft && !commits((parley_act)parley_case_claim(c, r->words.at[k])->act);
    }
    out->state = !allowed               ? PARLEY_RELAY_STOPPED
                 : typed(&r->read_back) ? PARLEY_RELAY_READ_BACK
                 : out->carried         ? PARLEY_RELAY_TO_HEAR
                 : !out->assured        ? PARLEY_RELAY_TO_ASK
                                        : PARLEY_RELAY_TO_CARRY;
    compare_versions(out, c, r, package);
    parley_release(ctx, package, ((size_t)issues + 1) * sizeof(*package));
    return PARLEY_OK;
}
