/*
 * The bounded list of errors and warnings of one file, in file order.
 *
 * All memory is taken when the list is made, so that adding cannot fail: reporting a fault must not
 * have faults of its own. Entries stay where they were put; `order` lists them by place. Adding
 * costs a scan of the list, which the limit keeps short.
 */
#include "base_internal.h"

#include <string.h>

struct parley_diagnostics {
    parley_ctx *ctx;
    parley_diagnostic *item; /* room for 2 * bound */
    uint32_t *order;
    size_t bound;
    size_t size;
    size_t kept[2];
    uint64_t seen[2];
};

parley_diagnostics *parley_diagnostics_new(parley_ctx *ctx)
{
    size_t bound = parley_ctx_limits(ctx)->diagnostics;
    if (bound == 0) {
        bound = 1; /* without one error there would be nothing to tell */
    }
    if (bound > PTRDIFF_MAX / sizeof(parley_diagnostic) / 2 || bound > UINT32_MAX / 2) {
        return NULL;
    }
    parley_diagnostics *list = parley_alloc(ctx, sizeof *list);
    if (list == NULL) {
        return NULL;
    }
    list->ctx = ctx;
    list->bound = bound;
    list->item = parley_alloc(ctx, 2 * bound * sizeof *list->item);
    list->order = parley_alloc(ctx, 2 * bound * sizeof *list->order);
    if (list->item == NULL || list->order == NULL) {
        parley_diagnostics_free(list);
        return NULL;
    }
    return list;
}

void parley_diagnostics_free(parley_diagnostics *list)
{
    if (list == NULL) {
        return;
    }
    parley_release(list->ctx, list->order, 2 * list->bound * sizeof *list->order);
    parley_release(list->ctx, list->item, 2 * list->bound * sizeof *list->item);
    parley_release(list->ctx, list, sizeof *list);
}

void parley_diagnostics_add(parley_diagnostics *list, parley_severity severity,
                            const parley_error *error)
{
    int kind = severity == PARLEY_SEVERITY_ERROR ? 0 : 1;
    uint32_t slot = (uint32_t)list->size;
    list->seen[kind]++;
    if (list->kept[kind] == list->bound) {
        size_t last = list->size;
        do {
            PARLEY_ASSERT(last > 0);
            last--;
        } while (list->item[list->order[last]].severity != severity);
        slot = list->order[last];
        if (list->item[slot].error.span.begin <= error->span.begin) {
            return;
        }
        memmove(list->order + last, list->order + last + 1,
                (list->size - last - 1) * sizeof *list->order);
        list->size--;
        list->kept[kind]--;
    }
    size_t at = list->size;
    while (at > 0 && list->item[list->order[at - 1]].error.span.begin > error->span.begin) {
        at--;
    }
    memmove(list->order + at + 1, list->order + at, (list->size - at) * sizeof *list->order);
    list->order[at] = slot;
    list->item[slot].severity = severity;
    list->item[slot].error = *error;
    list->size++;
    list->kept[kind]++;
}

size_t parley_diagnostics_size(const parley_diagnostics *list)
{
    return list->size;
}

const parley_diagnostic *parley_diagnostics_at(const parley_diagnostics *list, size_t i)
{
    return i < list->size ? &list->item[list->order[i]] : NULL;
}

uint64_t parley_diagnostics_errors(const parley_diagnostics *list)
{
    return list->seen[0];
}

uint64_t parley_diagnostics_warnings(const parley_diagnostics *list)
{
    return list->seen[1];
}

const parley_error *parley_diagnostics_first(const parley_diagnostics *list)
{
    for (size_t i = 0; i < list->size; i++) {
        const parley_diagnostic *d = &list->item[list->order[i]];
        if (d->severity == PARLEY_SEVERITY_ERROR) {
            return &d->error;
        }
    }
    return NULL;
}
