/*
 * Steps of a text: an order that keeps every `after` (Kahn 1962, doi:10.1145/368996.369025; always
 * the first step that is free), and pairs of which one raises what the other lowers.
 */
#include "deal/worktext_internal.h"

#include <stdlib.h>
#include <string.h>

/* The step a text such as "2" names, or -1. */
static int32_t step_of(const parley_proposal *p, const char *text)
{
    char *end = NULL;
    long number = strtol(text, &end, 10);
    return end != text && *end == '\0' && number >= 1 && (uint32_t)number <= p->step_count
               ? (int32_t)number - 1
               : -1;
}

static parley_status find_order(parley_worktext *w, const parley_proposal *p,
                                parley_text_version *version, parley_error *err)
{
    uint32_t n = p->step_count;
    uint32_t *order = parley_arena_array(w->arena, n, sizeof(*order));
    bool *done = parley_arena_array(w->arena, n, sizeof(*done));
    if (order == NULL || done == NULL) {
        return text_nomem(err);
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t i = 0; i < n && !moved; i++) {
            bool free = !done[i];
            for (uint32_t k = 0; k < p->steps[i].after.count && free; k++) {
                int32_t first = step_of(p, p->steps[i].after.at[k]);
                free = first < 0 || done[first];
            }
            if (free) {
                done[i] = true;
                order[version->ordered++] = i;
                moved = true;
            }
        }
    }
    version->order = order;
    return PARLEY_OK;
}

/* Calls for each pair; with out NULL only counts. */
static uint32_t pulls(const parley_proposal *p, parley_text_pull *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->step_count; i++) {
        for (uint32_t a = 0; a < p->steps[i].raises.count; a++) {
            for (uint32_t k = 0; k < p->step_count; k++) {
                for (uint32_t b = 0; b < p->steps[k].lowers.count; b++) {
                    if (strcmp(p->steps[i].raises.at[a], p->steps[k].lowers.at[b]) != 0) {
                        continue;
                    }
                    if (out != NULL) {
                        out[n] = (parley_text_pull){i, k, p->steps[i].raises.at[a]};
                    }
                    n++;
                }
            }
        }
    }
    return n;
}

parley_status text_steps(parley_worktext *w, uint32_t v, parley_error *err)
{
    parley_text_version *version = &w->version[v];
    const parley_proposal *p = parley_case_proposal(w->c, version->proposal);
    uint32_t count = pulls(p, NULL);
    parley_text_pull *pull = parley_arena_array(w->arena, count, sizeof(*pull));
    if (pull == NULL) {
        return text_nomem(err);
    }
    version->pulls = pulls(p, pull);
    version->pull = pull;
    return find_order(w, p, version, err);
}
