/*
 * What each party said that still stands, for the status page of a case in which nothing is tabled:
 * no reports of events, nothing that only repeats or that was replaced; of much, the latest.
 */
#include "report/status_page.h"

#include <string.h>

static bool is_statement(const parley_claim *claim)
{
    return claim->act != PARLEY_ACT_SAY && claim->act != PARLEY_ACT_REPORT &&
           claim->act != PARLEY_ACT_PREDICT && claim->repeats.count == 0;
}

static void choose(status_spoken *out, const parley_case *c, int32_t claim)
{
    parley_date date = parley_case_claim(c, claim)->record.happened;
    out->all++;
    if (out->count == STATEMENTS_MOST) { /* the earliest goes, if this one is later */
        uint32_t first = 0;
        for (uint32_t k = 1; k < out->count; k++) {
            parley_date a = parley_case_claim(c, out->chosen[k])->record.happened;
            parley_date b = parley_case_claim(c, out->chosen[first])->record.happened;
            first = parley_date_compare(a, b) < 0 ? k : first;
        }
        parley_date earliest = parley_case_claim(c, out->chosen[first])->record.happened;
        if (parley_date_compare(date, earliest) < 0) {
            return;
        }
        out->count--;
        memmove(&out->chosen[first], &out->chosen[first + 1],
                (out->count - first) * sizeof(out->chosen[0]));
    }
    out->chosen[out->count++] = claim;
}

parley_status status_gather_spoken(parley_status_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    uint32_t claims = parley_case_claims(c);
    status_spoken *by = parley_arena_array(page->arena, parley_case_parties(c), sizeof(*by));
    bool *replaced = parley_arena_array(page->arena, claims, sizeof(*replaced));
    if (by == NULL || replaced == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while finding what was said");
    }
    for (uint32_t i = 0; i < claims; i++) {
        parley_ids replaces = parley_case_claim(c, (int32_t)i)->replaces;
        for (uint32_t k = 0; k < replaces.count; k++) {
            replaced[replaces.at[k]] = true;
        }
    }
    for (uint32_t i = 0; i < claims; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        for (uint32_t k = 0; k < claim->by.count; k++) {
            int32_t party = claim->by.at[k].party;
            if (k > 0 && party >= 0) {
                by[party].beside = true;
            } else if (party >= 0 && !replaced[i] && is_statement(claim)) {
                choose(&by[party], c, (int32_t)i);
            }
        }
    }
    page->spoken = by;
    return PARLEY_OK;
}
