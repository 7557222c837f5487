/*
 * Counts of what can be carried at home, and what one package crosses there.
 *
 * A package is judged by clamping the issues it decides: a term is crossed in every completion when
 * the rules, the package and the term leave nothing together.
 */
#include "deal/home_internal.h"

#include <string.h>

static void start(parley_home *h, const uint64_t *with)
{
    memset(h->on, 0, h->words * sizeof(*h->on));
    memcpy(h->on, with, h->d->words * sizeof(*with));
}

static space_set on_set(const parley_home *h)
{
    return (space_set){h->on, h->words};
}

/* Does this term stop the party (-1: any party) on that basis? */
static bool stops(const parley_home *h, const home_entry *e, int32_t party, parley_basis basis)
{
    return e->term.counted == PARLEY_HOME_COUNTS && e->term.blocks && e->term.basis <= basis &&
           (party < 0 || parley_case_constituency(h->c, e->term.constituency)->party == party);
}

parley_status parley_home_count(parley_count *out, parley_home *h, parley_rung rung,
                                int32_t constituency, parley_basis basis, parley_error *err)
{
    start(h, h->d->rung_on[rung]);
    for (uint32_t i = 0; i < h->entries; i++) {
        const home_entry *e = &h->entry[i];
        if (e->term.counted == PARLEY_HOME_COUNTS && e->term.constituency == constituency &&
            e->term.basis <= basis) {
            deal_switch_on(h->on, e->keeps);
        }
    }
    return space_count(h->d->space, on_set(h), NULL, out, err);
}

parley_status parley_home_carried(parley_count *out, parley_home *h, parley_rung rung,
                                  int32_t party, parley_basis basis, parley_error *err)
{
    start(h, h->d->rung_on[rung]);
    for (uint32_t i = 0; i < h->entries; i++) {
        if (stops(h, &h->entry[i], party, basis)) {
            deal_switch_on(h->on, h->entry[i].keeps);
        }
    }
    return space_count(h->d->space, on_set(h), NULL, out, err);
}

parley_status parley_home_term_left(parley_count *out, parley_home *h, parley_rung rung,
                                    uint32_t term, parley_error *err)
{
    PARLEY_ASSERT(term < h->entries && h->entry[term].keeps != DEAL_NO_CONSTRAINT);
    start(h, h->d->rung_on[rung]);
    deal_switch_on(h->on, h->entry[term].keeps);
    return space_count(h->d->space, on_set(h), NULL, out, err);
}

/* --------------------------------------------------------------- one package */

static parley_status clamp_to(parley_home *h, parley_package package, parley_error *err)
{
    const parley_deal *d = h->d;
    PARLEY_ASSERT(package.count == parley_case_issues(h->c));
    for (uint32_t i = 0; i < package.count; i++) {
        if (package.value[i] >= 0 && d->why_not[i] != PARLEY_COUNTED) {
            parley_fail(err, PARLEY_INVALID, "the package decides '%s', which is not counted here",
                        parley_case_issue(h->c, (int32_t)i)->record.id);
            parley_error_hint(err, "choose its track with --track, or leave it out");
            return PARLEY_INVALID;
        }
    }
    for (uint32_t v = 0; v < d->counted; v++) {
        int64_t value = package.value[d->issue[v]];
        uint32_t words = (parley_case_issue(h->c, d->issue[v])->values + 63) / 64;
        memset(h->clamp[v], value < 0 ? 0xff : 0, words * sizeof(uint64_t));
        if (value >= 0) {
            h->clamp[v][value / 64] |= UINT64_C(1) << (value % 64);
        } else if (parley_case_issue(h->c, d->issue[v])->values % 64 != 0) {
            h->clamp[v][words - 1] =
                (UINT64_C(1) << (parley_case_issue(h->c, d->issue[v])->values % 64)) - 1;
        }
    }
    return PARLEY_OK;
}

/* Is there a completion that keeps the rules and what is switched on? */
static parley_status some(parley_home *h, bool *out, parley_error *err)
{
    return space_exists(h->d->space, on_set(h), (space_clamp)h->clamp, out, NULL, err);
}

/* The same with one constraint more. */
static parley_status some_with(parley_home *h, uint32_t constraint, bool *out, parley_error *err)
{
    start(h, h->d->rules_on);
    deal_switch_on(h->on, constraint);
    return some(h, out, err);
}

static parley_status mark_one(parley_home *h, const home_entry *e, parley_home_mark *out,
                              parley_error *err)
{
    bool kept = false;
    bool crossed = false;
    parley_status status = some_with(h, e->keeps, &kept, err);
    if (status == PARLEY_OK && kept) {
        status = some_with(h, e->crosses, &crossed, err);
    }
    *out = !kept ? PARLEY_HOME_CROSSED : crossed ? PARLEY_HOME_OPEN : PARLEY_HOME_KEPT;
    return status;
}

parley_status parley_home_judge(parley_home_mark *mark, bool *against_rules, parley_home *h,
                                parley_package package, parley_error *err)
{
    bool any = false;
    *against_rules = false;
    for (uint32_t i = 0; i < h->entries; i++) {
        mark[i] = PARLEY_HOME_UNMARKED;
    }
    parley_status status = clamp_to(h, package, err);
    if (status == PARLEY_OK) {
        start(h, h->d->rules_on);
        status = some(h, &any, err);
        *against_rules = !any;
    }
    for (uint32_t i = 0; i < h->entries && any && status == PARLEY_OK; i++) {
        if (h->entry[i].keeps != DEAL_NO_CONSTRAINT) {
            status = mark_one(h, &h->entry[i], &mark[i], err);
        }
    }
    return status;
}

/* Of terms that leave nothing together, a smallest set that does, by leaving each out in turn. */
static parley_status shrink(parley_home *h, parley_home_verdict *out, parley_error *err)
{
    uint32_t count = out->terms.count;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool without = false;
        start(h, h->d->rules_on);
        for (uint32_t k = 0; k < count; k++) { /* those kept, then those not yet tried */
            if (k < kept || k > i) {
                deal_switch_on(h->on, h->entry[h->found[k]].keeps);
            }
        }
        parley_status status = some(h, &without, err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (without) {
            h->found[kept++] = h->found[i];
        }
    }
    out->terms.count = kept;
    return PARLEY_OK;
}

parley_status parley_home_verdict_on(parley_home_verdict *out, parley_home *h, int32_t party,
                                     parley_basis basis, parley_package package, parley_error *err)
{
    bool any = false;
    uint32_t crossed = 0;
    *out = (parley_home_verdict){PARLEY_HOME_CARRIES, false, {h->found, 0}};
    parley_status status = clamp_to(h, package, err);
    if (status == PARLEY_OK) {
        start(h, h->d->rules_on);
        status = some(h, &any, err);
    }
    if (status != PARLEY_OK || !any) {
        out->against_rules = status == PARLEY_OK;
        out->kind = PARLEY_HOME_OUTSIDE;
        return status;
    }
    for (uint32_t i = 0; i < h->entries; i++) {
        parley_home_mark mark = PARLEY_HOME_KEPT;
        if (!stops(h, &h->entry[i], party, basis)) {
            continue;
        }
        status = mark_one(h, &h->entry[i], &mark, err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (mark == PARLEY_HOME_CROSSED && crossed++ == 0) {
            out->terms.count = 0; /* these say it alone */
        }
        if (mark == PARLEY_HOME_CROSSED || (mark == PARLEY_HOME_OPEN && crossed == 0)) {
            h->found[out->terms.count++] = (int32_t)i;
        }
    }
    if (crossed > 0) {
        out->kind = PARLEY_HOME_OUTSIDE;
        return PARLEY_OK;
    }
    if (out->terms.count > 0) {
        bool together = false;
        start(h, h->d->rules_on);
        for (uint32_t i = 0; i < h->entries; i++) {
            if (stops(h, &h->entry[i], party, basis)) {
                deal_switch_on(h->on, h->entry[i].keeps);
            }
        }
        status = some(h, &together, err);
        out->kind = together ? PARLEY_HOME_DEPENDS : PARLEY_HOME_OUTSIDE;
        if (status == PARLEY_OK && !together) {
            status = shrink(h, out, err);
        }
    }
    return status;
}
