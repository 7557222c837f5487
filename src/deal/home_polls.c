/*
 * Polls about what a constituency supports: how old each is, which of them counts, and what it says
 * against a declared threshold.
 *
 * Polls are never combined. Of the polls of one constituency on one formula (in normal form) that
 * are not stale and have a share, the newest counts. Dates may be vague, so "newest" is every poll
 * that is not certainly older than another one; when those do not agree on a threshold, none counts
 * on it. A poll refuses what it asked about when its share is below the threshold; it says nothing
 * about the opposite, which nobody was asked.
 */
#include "deal/home_internal.h"

#include <stdlib.h>

typedef struct asked {
    int32_t poll;
    int32_t constituency;
    const parley_formula *formula; /* normal form; NULL: nothing that can be compared */
    uint32_t slot;                 /* in h->poll */
} asked;

static int32_t clamp_days(int64_t days)
{
    return days < 0 ? 0 : days > INT32_MAX ? INT32_MAX : (int32_t)days;
}

/* Age in days, between the latest and the earliest day it may have been taken. */
static void find_age(const parley_home *h, const parley_poll *poll, parley_home_poll *out)
{
    parley_date taken = poll->record.happened;
    if (h->day.form == PARLEY_DATE_UNKNOWN || taken.form == PARLEY_DATE_UNKNOWN ||
        taken.first == INT32_MIN || taken.last == INT32_MAX) {
        return;
    }
    out->aged = true;
    out->age_least = clamp_days((int64_t)h->day.first - taken.last);
    out->age_most = clamp_days((int64_t)h->day.last - taken.first);
}

static parley_poll_state staleness(const parley_home *h, const parley_poll *poll,
                                   const parley_home_poll *p)
{
    if (h->day.form != PARLEY_DATE_UNKNOWN &&
        !parley_date_possibly_by(poll->record.happened, h->day.last)) {
        return PARLEY_POLL_LATER;
    }
    bool certain = false;
    bool possible = false;
    if (poll->stale_after > 0) {
        certain = p->aged && p->age_least > poll->stale_after;
        possible = !p->aged || p->age_most > poll->stale_after;
    }
    if (poll->stale_from.form != PARLEY_DATE_UNKNOWN) {
        bool day = h->day.form != PARLEY_DATE_UNKNOWN;
        certain = certain || (day && h->day.first >= poll->stale_from.last);
        possible = possible || !day || h->day.last >= poll->stale_from.first;
    }
    return certain                                     ? PARLEY_POLL_STALE
           : possible                                  ? PARLEY_POLL_MAY_BE_STALE
           : !poll->share.typed || poll->share.unknown ? PARLEY_POLL_UNKNOWN
                                                       : PARLEY_POLL_SHOWN;
}

static int by_question(const void *pa, const void *pb)
{
    const asked *a = pa;
    const asked *b = pb;
    if (a->constituency != b->constituency) {
        return a->constituency < b->constituency ? -1 : 1;
    }
    if ((a->formula == NULL) != (b->formula == NULL)) {
        return a->formula == NULL ? 1 : -1;
    }
    int order = a->formula == NULL ? 0 : parley_formula_compare_trees(a->formula, b->formula);
    return order != 0 ? order : (a->poll > b->poll) - (a->poll < b->poll);
}

static bool below(const parley_home *h, int32_t poll, parley_decimal threshold)
{
    return parley_decimal_compare(parley_case_poll(h->c, poll)->share.value, threshold) < 0;
}

/* One threshold against the polls that may be the newest on one formula. */
static parley_status weigh(parley_home *h, const asked *at, const bool *newest, uint32_t count,
                           int32_t row, parley_error *err)
{
    const parley_constituency *with = parley_case_constituency(h->c, row);
    uint32_t low = 0;
    uint32_t all = 0;
    int32_t first = -1;
    for (uint32_t i = 0; i < count; i++) {
        if (newest[i]) {
            all++;
            if (below(h, at[i].poll, with->needs_share.value)) {
                first = low++ == 0 ? at[i].poll : first;
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        parley_poll_state *state = &h->poll[at[i].slot].state;
        if (!newest[i] || *state == PARLEY_POLL_TOO_FEW) {
            continue; /* one threshold missed is enough */
        }
        if (low == all) {
            *state = PARLEY_POLL_TOO_FEW;
        } else if (low > 0) {
            *state = PARLEY_POLL_UNDECIDED;
        } else if (*state == PARLEY_POLL_SHOWN) {
            *state = PARLEY_POLL_ENOUGH;
        }
    }
    if (low == 0 || low < all) {
        return PARLEY_OK;
    }
    home_entry *e = home_push(h);
    if (e == NULL) {
        return home_nomem(err);
    }
    const parley_poll *poll = parley_case_poll(h->c, first);
    e->term = (parley_home_term){
        .constituency = home_root(h->c, row),
        .row = row,
        .poll = first,
        .mode = PARLEY_MODE_REFUSES,
        .formula = poll->about.formula,
        .text = poll->about.text,
        .basis = with->basis > PARLEY_BASIS_REPORTED ? with->basis : PARLEY_BASIS_REPORTED,
        .counted = deal_countable(h->d, poll->about.formula) ? PARLEY_HOME_COUNTS
                                                             : PARLEY_HOME_OTHER_ISSUE,
        .blocks = with->say == PARLEY_SAY_BLOCKS};
    return PARLEY_OK;
}

/* Polls of one constituency on one formula. */
static parley_status read_group(parley_home *h, const asked *at, uint32_t count, bool *newest,
                                parley_error *err)
{
    uint32_t usable = 0;
    int32_t latest_first = INT32_MIN; /* the first possible day of the certainly newest poll */
    for (uint32_t i = 0; i < count; i++) {
        const parley_date taken = parley_case_poll(h->c, at[i].poll)->record.happened;
        if (h->poll[at[i].slot].state == PARLEY_POLL_SHOWN) {
            usable++;
            latest_first = taken.first > latest_first ? taken.first : latest_first;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        parley_home_poll *p = &h->poll[at[i].slot];
        const parley_date taken = parley_case_poll(h->c, at[i].poll)->record.happened;
        newest[i] = p->state == PARLEY_POLL_SHOWN && taken.last >= latest_first;
        if (p->state == PARLEY_POLL_SHOWN && !newest[i]) {
            p->state = PARLEY_POLL_OLDER;
        }
    }
    parley_status status = PARLEY_OK;
    for (uint32_t r = 0; usable > 0 && r < parley_case_constituencies(h->c); r++) {
        const parley_constituency *row = parley_case_constituency(h->c, (int32_t)r);
        bool declared = row->needs_share.typed && !row->needs_share.unknown;
        if (status == PARLEY_OK && declared && home_root(h->c, (int32_t)r) == at[0].constituency) {
            status = weigh(h, at, newest, count, (int32_t)r, err);
        }
    }
    return status;
}

parley_status home_read_polls(parley_home *h, parley_error *err)
{
    uint32_t polls = parley_case_polls(h->c);
    asked *at = parley_arena_array(h->arena, polls, sizeof(*at));
    bool *newest = parley_arena_array(h->arena, polls, sizeof(*newest));
    h->poll = parley_arena_array(h->arena, polls, sizeof(*h->poll));
    if (at == NULL || newest == NULL || h->poll == NULL) {
        return home_nomem(err);
    }
    for (uint32_t i = 0; i < polls; i++) {
        const parley_poll *poll = parley_case_poll(h->c, (int32_t)i);
        at[i] = (asked){(int32_t)i, home_root(h->c, poll->constituency), NULL, 0};
        if (poll->about.formula != NULL) {
            parley_status status =
                parley_formula_normal(&at[i].formula, h->arena, poll->about.formula, err);
            if (status != PARLEY_OK) {
                return status;
            }
        }
    }
    qsort(at, polls, sizeof(*at), by_question);
    for (uint32_t i = 0; i < polls; i++) {
        const parley_poll *poll = parley_case_poll(h->c, at[i].poll);
        at[i].slot = i;
        h->poll[i].poll = at[i].poll;
        find_age(h, poll, &h->poll[i]);
        h->poll[i].state = staleness(h, poll, &h->poll[i]);
    }
    h->polls = polls;
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < polls && status == PARLEY_OK;) {
        uint32_t j = i + 1;
        while (j < polls && at[i].formula != NULL && at[j].formula != NULL &&
               at[i].constituency == at[j].constituency &&
               parley_formula_compare_trees(at[i].formula, at[j].formula) == 0) {
            j++;
        }
        if (at[i].formula != NULL) {
            status = read_group(h, &at[i], j - i, newest, err);
        }
        i = j;
    }
    return status;
}
