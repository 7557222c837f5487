/*
 * The merge of several lists of points into the points that nothing dominates, for one type of
 * number (NM_T) and one number of parties (NM_K; 0: any). Included by numbers_kernel.c once for
 * each; no guard on purpose.
 *
 * A point is a row of bytes: uint64_t count, uint32_t x, y, then k numbers. Lists are sorted by
 * numbers, greatest first, lexicographically, and hold no point that another of the same list
 * dominates. Lists are merged in pairs like a tournament; equal points become one and add their
 * counts; what is dominated goes at once:
 *   2 parties: sorted by the first number, a point stays when its second is above all before;
 *   3 parties: a staircase of (second, third), sorted, in an array (Kung, Luccio & Preparata 1975,
 *              doi:10.1145/321906.321910);
 *   more:      against the points kept so far, or by trees where there are many.
 */
#define NM_ROW(k) (sizeof(uint64_t) + 2 * sizeof(uint32_t) + (size_t)(k) * sizeof(NM_T))
#define NM_U(row) ((NM_T *)(void *)((row) + sizeof(uint64_t) + 2 * sizeof(uint32_t)))

static inline int NM_NAME(order)(const unsigned char *a, const unsigned char *b, uint32_t k)
{
    const NM_T *x = NM_U((unsigned char *)(uintptr_t)a);
    const NM_T *y = NM_U((unsigned char *)(uintptr_t)b);
    for (uint32_t i = 0; i < k; i++) {
        if (x[i] != y[i]) {
            return x[i] > y[i] ? 1 : -1;
        }
    }
    return 0;
}

static inline void NM_NAME(join)(unsigned char *kept, const unsigned char *other)
{
    uint64_t *count = (uint64_t *)(void *)kept;
    uint64_t more = *(const uint64_t *)(const void *)other;
    if (__builtin_add_overflow(*count, more, count)) {
        *count = UINT64_MAX;
    }
}

/* Write list l into room: every point shifted, with x = its place in the list, y = the tag. */
static void NM_NAME(shift)(const nm_operand *op, uint32_t k, unsigned char *room)
{
    const size_t row = NM_ROW(k);
    const unsigned char *from = op->list->row;
    const NM_T *by = op->shift;
    for (uint32_t p = 0; p < op->list->size; p++, from += row, room += row) {
        uint64_t count = *(const uint64_t *)(const void *)from;
        *(uint64_t *)(void *)room = op->times == 1                                     ? count
                                    : __builtin_mul_overflow(count, op->times, &count) ? UINT64_MAX
                                                                                       : count;
        uint32_t *xy = (uint32_t *)(void *)(room + sizeof(uint64_t));
        xy[0] = p;
        xy[1] = op->tag;
        const NM_T *u = NM_U((unsigned char *)(uintptr_t)from);
        NM_T *to = NM_U(room);
        for (uint32_t i = 0; i < k; i++) {
            to[i] = u[i] + (by != NULL ? by[i] : 0);
        }
    }
}

/* Merge a and b into out, dropping what is dominated. Returns the number kept. */
static uint32_t NM_NAME(merge)(nm_scratch *s, uint32_t k, const unsigned char *a, uint32_t na,
                               const unsigned char *b, uint32_t nb, unsigned char *out)
{
    const size_t row = NM_ROW(k);
    const unsigned char *a_end = a + na * row;
    const unsigned char *b_end = b + nb * row;
    unsigned char *end = out; /* of what is kept */
    NM_T *stair = s->stair;
    uint32_t steps = 0;
    while (a < a_end || b < b_end) {
        int order = a == a_end ? -1 : b == b_end ? 1 : NM_NAME(order)(a, b, k);
        const unsigned char *p = order >= 0 ? a : b;
        a += order >= 0 ? row : 0;
        b += order < 0 ? row : 0;
        const NM_T *u = NM_U((unsigned char *)(uintptr_t)p);
        if (end > out && NM_NAME(order)(end - row, p, k) == 0) {
            NM_NAME(join)(end - row, p);
            continue;
        }
#if NM_K == 2
        (void)stair;
        (void)steps;
        if (end > out && NM_U(end - row)[1] >= u[1]) {
            continue;
        }
#elif NM_K == 3
        /* steps ascend in the second number and fall in the third */
        uint32_t low = 0;
        uint32_t high = steps;
        while (low < high) {
            uint32_t mid = (low + high) / 2;
            if (stair[2 * mid] >= u[1]) {
                high = mid;
            } else {
                low = mid + 1;
            }
        }
        if (low < steps && stair[2 * low + 1] >= u[2]) {
            continue;
        }
        /* it covers the steps before that are no higher in the third */
        uint32_t from = low;
        while (from > 0 && stair[2 * (from - 1) + 1] <= u[2]) {
            from--;
        }
        uint32_t to = low < steps && stair[2 * low] == u[1] ? low + 1 : low;
        if (to - from != 1) {
            memmove(&stair[2 * (from + 1)], &stair[2 * to],
                    (size_t)(steps - to) * 2 * sizeof(*stair));
        }
        stair[2 * from] = u[1];
        stair[2 * from + 1] = u[2];
        steps = steps - (to - from) + 1;
#else
        bool dominated = false;
        (void)stair;
        (void)steps;
        for (unsigned char *q = end; q > out && !dominated;) {
            q -= row;
            const NM_T *w = NM_U(q);
            uint32_t i = 1;
            while (i < k && w[i] >= u[i]) {
                i++;
            }
            dominated = i == k;
        }
        s->work += (uint64_t)(end - out) / row;
        if (s->work > s->work_look) {
            s->work_look = s->work + NM_LOOK;
            s->work = parley_ctx_cancelled(s->ctx) ? UINT64_MAX / 2 : s->work;
            if (s->work > s->work_most) {
                break;
            }
        }
        if (dominated) {
            continue;
        }
#endif
        memcpy(end, p, row);
        end += row;
    }
    s->work += na + nb;
    return (uint32_t)((size_t)(end - out) / row);
}

#if NM_K == 0
/* The same for long lists, each against a tree of the other. */
static uint32_t NM_NAME(merge_long)(nm_scratch *s, uint32_t k, const unsigned char *a, uint32_t na,
                                    const unsigned char *b, uint32_t nb, unsigned char *out)
{
    const size_t row = NM_ROW(k);
    const uint8_t *beaten = nm_cross(s, a, na, b, nb);
    unsigned char *end = out;
    uint32_t p = 0;
    uint32_t q = 0;
    while (beaten != NULL && (p < na || q < nb)) {
        int order = p == na   ? -1
                    : q == nb ? 1
                              : NM_NAME(order)(a + (size_t)p * row, b + (size_t)q * row, k);
        bool keep = order >= 0 ? beaten[p] == 0 : beaten[na + q] == 0;
        if (keep) {
            memcpy(end, order >= 0 ? a + (size_t)p * row : b + (size_t)q * row, row);
            if (order == 0) {
                NM_NAME(join)(end, b + (size_t)q * row);
            }
            end += row;
        }
        p += order >= 0;
        q += order <= 0;
    }
    return (uint32_t)((size_t)(end - out) / row);
}

/* One list after the other onto what is kept: less room than a tournament. 0: stopped, or full. */
static bool NM_NAME(pile)(nm_scratch *s, uint32_t k, uint32_t lists, const nm_operand *op,
                          uint64_t most, uint32_t *size)
{
    const size_t row = NM_ROW(k);
    uint32_t kept = 0;
    for (uint32_t l = 0; l < lists; l++) {
        uint32_t more = op[l].list->size;
        if (kept > most || s->work > s->work_most) {
            return true; /* the caller sees both */
        }
        if (more == 0) {
            continue;
        }
        if (!nm_scratch_room(s, kept, (size_t)kept + more)) {
            return false;
        }
        unsigned char *from = s->room[0];
        NM_NAME(shift)(&op[l], k, from + (size_t)kept * row);
        if (kept == 0) {
            kept = more;
            *size = kept;
            continue;
        }
        kept = NM_NAME(merge_long)(s, k, from, kept, from + (size_t)kept * row, more, s->room[1]);
        unsigned char *t = s->room[0];
        s->room[0] = s->room[1];
        s->room[1] = t;
        *size = kept;
    }
    return true;
}
#endif

static uint32_t NM_NAME(tournament)(nm_scratch *s, uint32_t parties, uint32_t lists,
                                    const nm_operand *op, unsigned char **result)
{
    const uint32_t k = NM_K > 0 ? NM_K : parties;
    const size_t row = NM_ROW(k);
    unsigned char *from = s->room[0];
    unsigned char *to = s->room[1];
    uint32_t *size = s->size;
    size_t at = 0;
    for (uint32_t l = 0; l < lists; l++) {
        NM_NAME(shift)(&op[l], k, from + at * row);
        size[l] = op[l].list->size;
        at += size[l];
    }
    while (lists > 1 && s->work <= s->work_most) {
        size_t read = 0;
        size_t write = 0;
        uint32_t made = 0;
        for (uint32_t l = 0; l < lists; l += 2) {
            uint32_t other = l + 1 < lists ? size[l + 1] : 0;
            const unsigned char *a = from + read * row;
            const unsigned char *b = a + (size_t)size[l] * row;
            uint32_t kept = 0;
#if NM_K == 0
            bool far = k > 3 && other > 0 && size[l] > 0 && size[l] + other >= NM_LONG_LISTS;
#endif
            if (other == 0) {
                memcpy(to + write * row, a, (size_t)size[l] * row);
                kept = size[l];
#if NM_K == 0
            } else if (far) {
                kept = NM_NAME(merge_long)(s, k, a, size[l], b, other, to + write * row);
#endif
            } else {
                kept = NM_NAME(merge)(s, k, a, size[l], b, other, to + write * row);
            }
            read += (size_t)size[l] + other;
            size[made++] = kept;
            write += kept;
        }
        unsigned char *t = from;
        from = to;
        to = t;
        lists = made;
    }
    *result = from;
    return lists == 0 ? 0 : size[0];
}

#undef NM_ROW
#undef NM_U
