/*
 * Smaller corrections. A correction C says: a clashing set has something of C, for all the rest can
 * hold. That is more than is needed when the sets looked for must also contain no clashing set
 * known. Say twenty issues have two opposite demands each, and each pair is known to clash: which
 * of each pair holds is free, and the plain corrections are 2^20.
 *
 * So the assignment that satisfies the rest is widened to a box of assignments, in which everything
 * hard, and every soft constraint of the rest over several variables, still holds throughout. Soft
 * constraints of one variable then only matter by that variable: they leave the correction unless
 * some of them, without a clashing set known among them, exclude all values that the box has for
 * it.
 */
#include "deal/space_internal.h"

#include <string.h>

/* Looks for excluding sets of one variable before its constraints are all kept. */
#define WIDEN_STEPS 2000u

parley_status widen_prepare(clasher *c)
{
    const net *n = &c->q->net;
    clash_widener *z = &c->wide;
    scratch *m = c->q->tmp;
    uint32_t variables = 0, most = 0, words = 1;
    for (uint32_t v = 0; v < c->q->s->variables; v++)
        variables += c->q->net_of[v] != SPACE_NONE;
    z->auxiliary = variables < n->variables;
    z->only = SCRATCH(m, uint32_t, c->softs);
    z->start = SCRATCH_ZERO(m, uint32_t, (size_t)n->variables + 2);
    z->unary = SCRATCH(m, uint32_t, c->softs);
    z->first = SCRATCH(m, uint32_t, n->variables);
    z->box = SCRATCH(m, uint64_t, n->words);
    z->spare = SCRATCH(m, uint64_t, n->words);
    z->must = SCRATCH(m, bool, n->tables);
    z->out = SCRATCH(m, uint64_t, c->words);
    z->chosen = SCRATCH(m, uint64_t, c->words);
    if (z->only == NULL || z->start == NULL || z->unary == NULL || z->first == NULL ||
        z->box == NULL || z->spare == NULL || z->must == NULL || z->out == NULL ||
        z->chosen == NULL)
        return question_nomem(c->q);
    for (uint32_t i = 0; i < c->softs; i++) {
        const net_table *t = &n->table[c->table[i]];
        z->only[i] = c->end[i] == c->table[i] + 1 && t->arity == 1 ? t->scope[0] : SPACE_NONE;
        if (z->only[i] != SPACE_NONE)
            z->start[z->only[i] + 2]++;
    }
    for (uint32_t v = 0; v < n->variables; v++) {
        z->first[v] = SPACE_NONE;
        if (z->start[v + 2] > most)
            most = z->start[v + 2];
        if (n->variable[v].words > words)
            words = n->variable[v].words;
        z->start[v + 2] += z->start[v + 1];
    }
    for (uint32_t i = 0; i < c->softs; i++)
        if (z->only[i] != SPACE_NONE)
            z->unary[z->start[z->only[i] + 1]++] = i;
    z->remain = SCRATCH(m, uint64_t, ((size_t)most + 1) * words);
    z->place = SCRATCH(m, uint32_t, (size_t)most + 1);
    z->element = SCRATCH(m, uint32_t, (size_t)most + 1);
    if (z->remain == NULL || z->place == NULL || z->element == NULL)
        return question_nomem(c->q);
    return PARLEY_OK;
}

parley_status widen_learn(clasher *c, uint32_t clash)
{
    clash_widener *z = &c->wide;
    const uint64_t *set = c->clashes.bits + (size_t)clash * c->words;
    uint32_t variable = SPACE_NONE;
    for (uint32_t w = 0; w < c->words; w++)
        for (uint64_t x = set[w]; x != 0; x &= x - 1) {
            uint32_t only = z->only[w * 64 + bit_first(x)];
            if (only == SPACE_NONE || (variable != SPACE_NONE && variable != only))
                return PARLEY_OK;
            variable = only;
        }
    if (variable == SPACE_NONE)
        return PARLEY_OK;
    number_list *l = &z->local;
    if (l->count == l->room) {
        uint32_t room = l->room == 0 ? 32 : l->room * 2;
        uint32_t *number = SCRATCH(c->q->tmp, uint32_t, room);
        uint32_t *next = SCRATCH(c->q->tmp, uint32_t, room);
        if (number == NULL || next == NULL)
            return question_nomem(c->q);
        if (l->count > 0) {
            memcpy(number, l->number, l->count * sizeof *number);
            memcpy(next, z->next, l->count * sizeof *next);
        }
        l->number = number;
        l->room = room;
        z->next = next;
    }
    l->number[l->count] = clash;
    z->next[l->count] = z->first[variable];
    z->first[variable] = l->count++;
    return PARLEY_OK;
}

/* -------------------------------------------------------------------- the box */

/* Does a table hold throughout the box, with one variable at one value only? */
static bool holds_throughout(clasher *c, const net_table *t, uint32_t variable, uint32_t value)
{
    const net *n = &c->q->net;
    solver *v = c->v;
    uint32_t digit[SPACE_ARITY] = {0}, first[SPACE_ARITY] = {0}, count[SPACE_ARITY] = {0};
    size_t stride[SPACE_ARITY] = {0}, step = t->words;
    uint32_t lists = 0;
    if (t->arity == 0)
        return t->row[0] != 0;
    for (uint32_t i = 1; i < t->arity; i++) {
        const net_variable *y = &n->variable[t->scope[i]];
        first[i] = lists;
        if (t->scope[i] == variable)
            v->list[lists++] = value;
        else
            for (uint32_t w = 0; w < y->words; w++)
                for (uint64_t x = c->wide.box[y->at + w]; x != 0; x &= x - 1)
                    v->list[lists++] = w * 64 + bit_first(x);
        count[i] = lists - first[i];
        stride[i] = step;
        step *= y->k;
    }
    const uint64_t *box = c->wide.box + n->variable[t->scope[0]].at;
    for (bool more = true; more;) {
        const uint64_t *row = t->row;
        for (uint32_t i = 1; i < t->arity; i++)
            row += stride[i] * v->list[first[i] + digit[i]];
        if (t->scope[0] == variable) {
            if (!bit_get(row, value))
                return false;
        } else {
            for (uint32_t w = 0; w < t->words; w++)
                if ((box[w] & ~row[w]) != 0)
                    return false;
        }
        more = false;
        for (uint32_t i = 1; i < t->arity && !more; i++) {
            more = ++digit[i] < count[i];
            if (!more)
                digit[i] = 0;
        }
    }
    c->q->looked += t->rows;
    return true;
}

/* Add all values of a variable that keep the box good. */
static void widen_variable(clasher *c, uint32_t variable)
{
    const net_variable *x = &c->q->net.variable[variable];
    const solver *v = c->v;
    for (uint32_t value = 0; value < x->k; value++) {
        bool good = bit_get(v->domain + x->at, value) && !bit_get(c->wide.box + x->at, value);
        for (uint32_t i = v->start[variable]; i < v->start[variable + 1] && good; i++)
            good = !c->wide.must[v->of[i]] ||
                   holds_throughout(c, &c->q->net.table[v->of[i]], variable, value);
        if (good)
            bit_set(c->wide.spare + x->at, value);
    }
    for (uint32_t w = 0; w < x->words; w++) {
        c->wide.box[x->at + w] |= c->wide.spare[x->at + w];
        c->wide.spare[x->at + w] = 0;
    }
}

/* ------------------------------------------------------------ excluding sets */

/* Would `soft` complete a clashing set known, among those of its variable that are chosen? */
static bool completes_local(const clasher *c, uint32_t variable, uint32_t soft)
{
    const clash_widener *z = &c->wide;
    for (uint32_t i = z->first[variable]; i != SPACE_NONE; i = z->next[i]) {
        const uint64_t *set = c->clashes.bits + (size_t)z->local.number[i] * c->words;
        uint64_t missing = 0;
        if (!bit_get(set, soft))
            continue;
        for (uint32_t w = 0; w < c->words; w++) {
            uint64_t x = set[w] & ~z->chosen[w];
            if (w == soft / 64)
                x &= ~((uint64_t)1 << soft % 64);
            missing |= x;
        }
        if (missing == 0)
            return true;
    }
    return false;
}

/*
 * Soft constraints of one variable, none of them out, no clashing set known among them, that
 * exclude all its values in the box: element[0 .. result - 1]. 0: there are none; NONE: not found
 * out.
 */
static uint32_t excluding_set(clasher *c, uint32_t variable)
{
    clash_widener *z = &c->wide;
    const net *n = &c->q->net;
    const net_variable *x = &n->variable[variable];
    uint32_t depth = 0, words = x->words;
    memset(z->chosen, 0, c->words * sizeof *z->chosen);
    memcpy(z->remain, z->box + x->at, words * sizeof *z->remain);
    z->place[0] = z->start[variable];
    for (uint32_t step = 0; step < WIDEN_STEPS; step++) {
        const uint64_t *remain = z->remain + (size_t)depth * words;
        uint32_t w = 0, found = SPACE_NONE;
        while (w < words && remain[w] == 0)
            w++;
        if (w == words)
            return depth;
        uint32_t value = w * 64 + bit_first(remain[w]);
        while (z->place[depth] < z->start[variable + 1] && found == SPACE_NONE) {
            uint32_t soft = z->unary[z->place[depth]++];
            if (!bit_get(z->out, soft) && !bit_get(z->chosen, soft) &&
                !bit_get(n->table[c->table[soft]].row, value) &&
                !completes_local(c, variable, soft))
                found = soft;
        }
        if (found == SPACE_NONE) {
            if (depth == 0)
                return 0;
            depth--;
            bit_clear(z->chosen, z->element[depth]);
            continue;
        }
        const uint64_t *row = n->table[c->table[found]].row;
        for (uint32_t j = 0; j < words; j++)
            z->remain[(size_t)(depth + 1) * words + j] = remain[j] & row[j];
        bit_set(z->chosen, found);
        z->element[depth++] = found;
        z->place[depth] = z->start[variable];
    }
    return SPACE_NONE;
}

/* Keep so many soft constraints of a variable in the correction that the others cannot exclude its
 * box. */
static void keep_needed(clasher *c, uint32_t variable, const uint64_t *correction)
{
    clash_widener *z = &c->wide;
    for (;;) {
        uint32_t count = excluding_set(c, variable);
        if (count == 0)
            return;
        if (count == SPACE_NONE) {
            for (uint32_t i = z->start[variable]; i < z->start[variable + 1]; i++)
                if (bit_get(correction, z->unary[i]))
                    bit_set(z->out, z->unary[i]);
            return;
        }
        /* The box has the value found, which all outside the correction allow: one of these is in
         * it. */
        uint32_t i = 0;
        while (i < count && !bit_get(correction, z->element[i]))
            i++;
        PARLEY_ASSERT(i < count);
        bit_set(z->out, z->element[i]);
    }
}

parley_status widen_correction(clasher *c, uint64_t *correction)
{
    clash_widener *z = &c->wide;
    const net *n = &c->q->net;
    const solver *v = c->v;
    scratch_mark mark = scratch_here(c->q->tmp);
    uint32_t *order = SCRATCH(c->q->tmp, uint32_t, n->variables), orders = 0;
    if (order == NULL)
        return question_nomem(c->q);
    memset(z->box, 0, n->words * sizeof *z->box);
    memset(z->spare, 0, n->words * sizeof *z->spare);
    for (uint32_t x = 0; x < n->variables; x++)
        bit_set(z->box + n->variable[x].at, v->model[x]);
    for (uint32_t t = 0; t < n->tables; t++)
        z->must[t] = n->table[t].owner == SPACE_NONE;
    memset(z->out, 0, c->words * sizeof *z->out);
    for (uint32_t i = 0; i < c->softs; i++)
        if (z->only[i] == SPACE_NONE) {
            if (bit_get(correction, i))
                bit_set(z->out, i);
            for (uint32_t t = c->table[i]; t < c->end[i]; t++)
                z->must[t] = !bit_get(correction, i);
        }
    /* Variables with something to gain, those with few tables first. */
    for (uint32_t x = 0; x < n->variables; x++) {
        bool gain = false;
        uint32_t degree = 0, at = orders;
        for (uint32_t i = z->start[x]; i < z->start[x + 1]; i++)
            gain = gain || bit_get(correction, z->unary[i]);
        if (!gain)
            continue;
        for (uint32_t i = v->start[x]; i < v->start[x + 1]; i++)
            degree += z->must[v->of[i]];
        for (; at > 0; at--) {
            uint32_t y = order[at - 1], other = 0;
            for (uint32_t i = v->start[y]; i < v->start[y + 1]; i++)
                other += z->must[v->of[i]];
            if (other <= degree)
                break;
            order[at] = y;
        }
        order[at] = x;
        orders++;
    }
    for (uint32_t i = 0; i < orders; i++)
        widen_variable(c, order[i]);
    for (uint32_t i = 0; i < orders; i++)
        keep_needed(c, order[i], correction);
    memcpy(correction, z->out, c->words * sizeof *correction);
    scratch_reset(c->q->tmp, mark);
    return question_work(c->q, (uint64_t)n->tables * 8);
}
