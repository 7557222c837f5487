/*
 * A claim before it is written: what it will count as, in the reader's words.
 */
#include "report/wording.h"

#include <parley/screens.h>
#include <string.h>

/* Why a claim makes no term. */
static const char *why_none(const parley_claim *claim)
{
    switch (claim->act) {
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
        return "an offer: it is put on the table and binds nobody yet";
    case PARLEY_ACT_DEMAND:
    case PARLEY_ACT_REQUEST:
    case PARLEY_ACT_URGE:
    case PARLEY_ACT_REJECT:
    case PARLEY_ACT_ACCEPT:
    case PARLEY_ACT_CONCEDE:
    case PARLEY_ACT_ACCEPT_IF:
        return claim->by.count > 0 && claim->by.at[0].party < 0
                   ? "a source in its own voice: no party is bound"
                   : "words only: in no count, as it names no formula and no proposal";
    default:
        return "said, and kept: this act binds nobody";
    }
}

parley_status parley_page_claim(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                int32_t claim, parley_error *err)
{
    static const char *const verbs[] = {[PARLEY_MODE_REFUSES] = "refuses",
                                        [PARLEY_MODE_REQUIRES] = "requires",
                                        [PARLEY_MODE_ACCEPTS] = "accepts"};
    const parley_claim *row = parley_case_claim(c, claim);
    parley_terms *terms = NULL;
    uint32_t shown = 0;
    parley_status status = parley_terms_derive(&terms, ctx, c, NULL, err);
    if (status != PARLEY_OK) {
        return status;
    }
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        const parley_term *t = parley_terms_at(terms, i);
        if (!parley_ids_hold(t->claims, claim)) {
            continue;
        }
        parley_screen_label(s, shown++ == 0 ? "counts as" : "");
        parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, t->party));
        parley_screen_addf(s, PARLEY_INK_PLAIN, " %s %s", verbs[t->mode],
                           word_formula(s, c, t->formula, true));
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", parley_rung_heading(t->rung));
        parley_screen_end(s);
    }
    if (shown == 0) {
        parley_screen_linef(s, "counts as", PARLEY_INK_DIM, "%s", why_none(row));
    }
    parley_terms_free(terms);
    return PARLEY_OK;
}
