/*
 * Who has to accept: the quorum and the vetoes of the case, and the smallest groups that are
 * enough, by looking at every set of parties.
 */
#include "deal/recheck_internal.h"

#include <stdio.h>
#include <string.h>

/* Is this set of parties enough, and none of its members too many? */
static bool smallest(const parley_recheck *r, uint64_t set, uint32_t need, uint64_t vetoes)
{
    uint32_t size = (uint32_t)__builtin_popcountll(set);
    (void)r;
    if ((set & vetoes) != vetoes || size < need) {
        return false;
    }
    for (uint32_t i = 0; i < 64; i++) { /* without one it must not be enough */
        uint64_t less = set & ~(UINT64_C(1) << i);
        if (less != set && (less & vetoes) == vetoes && size - 1 >= need) {
            return false;
        }
    }
    return true;
}

static uint64_t members(const parley_recheck *r, const parley_tree_node *list, bool *good)
{
    uint64_t set = 0;
    for (const parley_tree_node *at = list == NULL ? NULL : parley_tree_first(list); at != NULL;
         at = parley_tree_next(at)) {
        uint32_t i = 0;
        while (i < r->k && (parley_tree_text(at) == NULL ||
                            strcmp(parley_case_worth(r->c, (int32_t)i)->record.id,
                                   parley_tree_text(at)) != 0)) {
            i++;
        }
        *good = *good && i < r->k && (set >> i & 1) == 0;
        set |= i < r->k ? UINT64_C(1) << i : 0;
    }
    return set;
}

void rk_acceptance(parley_recheck *r, const parley_tree_node *root, rk_groups *out)
{
    const parley_acceptance *a = parley_case_acceptance(r->c);
    const parley_tree_node *map = rk_need(r, root, "acceptance");
    const parley_tree_node *list = map == NULL ? NULL : rk_need(r, map, "groups");
    const parley_tree_node *vetoes = map == NULL ? NULL : rk_need(r, map, "vetoes");
    uint32_t need = a->at_least > 0 && a->at_least < (int64_t)r->k ? (uint32_t)a->at_least : r->k;
    uint64_t veto = 0;
    uint64_t wanted = 0;
    uint64_t seen[RK_GROUPS_MOST] = {0};
    bool good = true;
    char text[32];
    out->count = 1;
    out->who[0].count = r->k;
    for (uint32_t i = 0; i < r->k; i++) {
        out->who[0].who[i] = i;
    }
    out->json[0] = rk_need(r, root, "solutions");
    if (list == NULL || vetoes == NULL) {
        return;
    }
    snprintf(text, sizeof(text), "%lld",
             (long long)(a->at_least > 0 ? a->at_least : (int64_t)r->k));
    rk_expect(r, map, "at_least", text);
    rk_expect(r, map, "strict", a->strict ? "true" : "false");
    const parley_tree_node *id = parley_tree_first(vetoes);
    for (uint32_t k = 0; k < a->vetoes.count && good; k++) {
        good =
            id != NULL && parley_tree_text(id) != NULL &&
            strcmp(parley_tree_text(id), parley_case_party(r->c, a->vetoes.at[k])->record.id) == 0;
        id = id == NULL ? NULL : parley_tree_next(id);
        for (uint32_t i = 0; i < r->k; i++) {
            bool own = parley_case_worth(r->c, (int32_t)i)->party == a->vetoes.at[k];
            veto |= own ? UINT64_C(1) << i : 0;
        }
    }
    if (!good || id != NULL) {
        rk_fault(r, vetoes, "the case names other vetoes");
    }
    const parley_tree_node *whole = rk_need(r, map, "all_groups");
    bool all = whole != NULL && parley_tree_text(whole) != NULL &&
               strcmp(parley_tree_text(whole), "true") == 0;
    for (const parley_tree_node *at = parley_tree_first(list);
         at != NULL && out->count < RK_GROUPS_MOST; at = parley_tree_next(at)) {
        rk_group *g = &out->who[out->count];
        good = true;
        uint64_t set = members(r, rk_need(r, at, "parties"), &good);
        for (uint32_t q = 1; q < out->count; q++) {
            good = good && seen[q] != set;
        }
        if (!good || !smallest(r, set, need, veto)) {
            rk_fault(r, at, "this is no smallest group that is enough, or it stands here twice");
            continue;
        }
        seen[out->count] = set;
        g->count = 0;
        for (uint32_t i = 0; i < r->k; i++) {
            if ((set >> i & 1) != 0) {
                g->who[g->count++] = i;
            }
        }
        out->json[out->count++] = rk_need(r, at, "solutions");
    }
    if (r->k <= 20 && need < r->k) { /* how many there should be */
        for (uint64_t set = 0; set < UINT64_C(1) << r->k; set++) {
            wanted += smallest(r, set, need, veto);
        }
        if (all ? wanted != out->count - 1 : wanted <= out->count - 1) {
            rk_fault(r, list, "%llu smallest groups are enough", (unsigned long long)wanted);
        }
        rk_done(r, "smallest groups that are enough", wanted, "every set of parties looked at");
    } else if (need == r->k && (out->count > 1 || !all)) {
        rk_fault(r, list, "everybody has to accept: there are no smaller groups");
    }
}
