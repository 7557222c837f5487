/*
 * Packages of a model as issues, shares and worth: numbers for charts, and exact texts.
 *
 * A worth is printed as a decimal where it is one, else as a fraction in lowest terms, so that a
 * reader with exact arithmetic can check it.
 */
#include "deal/numbers_show.h"

#include <stdio.h>
#include <string.h>

/* Digits of a natural number in front of `end`; returns where they begin. */
static char *digits(nm_unum a, char *end)
{
    do {
        *--end = (char)('0' + (int)(a % 10));
        a /= 10;
    } while (a != 0);
    return end;
}

void nm_print(nm_num num, nm_num den, char *out)
{
    char buffer[64];
    char *end = buffer + sizeof(buffer);
    nm_unum a = num < 0 ? 0 - (nm_unum)num : (nm_unum)num;
    nm_wide x = nm_wide_of(a);
    nm_wide y = nm_wide_of((nm_unum)den);
    nm_wide by = nm_wide_gcd(x, y);
    a /= nm_wide_low(&by);
    nm_unum d = (nm_unum)den / nm_wide_low(&by);
    uint32_t places = 0;
    nm_unum top = a;
    nm_unum rest = d;
    while (rest % 10 == 0) {
        rest /= 10;
        places++;
    }
    while (rest > 1 && (rest % 2 == 0 || rest % 5 == 0) && top < (nm_unum)1 << 120) {
        top *= rest % 2 == 0 ? 5 : 2;
        rest /= rest % 2 == 0 ? 2 : 5;
        places++;
    }
    char *to = out;
    if (num < 0) {
        *to++ = '-';
    }
    if (rest != 1 || places > 36) { /* a fraction */
        char *from = digits(a, end);
        memcpy(to, from, (size_t)(end - from));
        to += end - from;
        *to++ = '/';
        from = digits(d, end);
        memcpy(to, from, (size_t)(end - from));
        to += end - from;
        *to = '\0';
        return;
    }
    char *from = digits(top, end);
    while ((uint32_t)(end - from) <= places) {
        *--from = '0';
    }
    size_t whole = (size_t)(end - from) - places;
    memcpy(to, from, whole);
    to += whole;
    if (places > 0) {
        *to++ = '.';
        memcpy(to, from + whole, places);
        to += places;
    }
    *to = '\0';
}

/* Digits of a natural number of any length; its end. NULL: no room. */
static char *long_digits(nm_wide a, char *to, const char *end)
{
    const nm_wide many = nm_wide_of(1000000000);
    uint32_t group[NM_LONG / 9];
    uint32_t groups = 0;
    do {
        nm_wide q;
        nm_wide rest;
        if (groups == NM_LONG / 9) {
            return NULL;
        }
        nm_wide_divide(&q, &rest, &a, &many);
        group[groups++] = (uint32_t)nm_wide_low(&rest);
        a = q;
    } while (a.used > 0);
    if ((size_t)(end - to) < (size_t)groups * 9 + 1) {
        return NULL;
    }
    to += sprintf(to, "%u", group[groups - 1]);
    while (--groups > 0) {
        to += sprintf(to, "%09u", group[groups - 1]);
    }
    return to;
}

void nm_print_ratio(const nm_ratio *r, char *out)
{
    if (nm_wide_bits(&r->num) < 126 && nm_wide_bits(&r->den) < 126) {
        nm_num num = (nm_num)nm_wide_low(&r->num);
        nm_print(r->negative ? -num : num, (nm_num)nm_wide_low(&r->den), out);
        return;
    }
    char *to = out;
    const char *end = out + NM_LONG - 2;
    if (r->negative) {
        *to++ = '-';
    }
    to = long_digits(r->num, to, end);
    if (to != NULL) {
        *to++ = '/';
        to = long_digits(r->den, to, end);
    }
    if (to == NULL) {
        snprintf(out, NM_LONG, "%.17g", nm_ratio_double(r)); /* 2,000 digits say nothing */
    } else {
        *to = '\0';
    }
}

nm_shown *nm_shown_new(parley_arena *arena, const nm_case *c)
{
    uint32_t issues = parley_case_issues(c->c);
    uint32_t k = c->m.k;
    nm_shown *s = parley_arena_alloc(arena, sizeof(*s));
    if (s == NULL) {
        return NULL;
    }
    s->c = c;
    s->value = parley_arena_array(arena, issues, sizeof(*s->value));
    s->share = parley_arena_array(arena, issues, sizeof(*s->share));
    s->exact_share = parley_arena_array(arena, issues, sizeof(*s->exact_share));
    s->share_text = parley_arena_array(arena, issues, sizeof(*s->share_text));
    s->worth = parley_arena_array(arena, k, sizeof(*s->worth));
    s->exact = parley_arena_array(arena, k, sizeof(*s->exact));
    s->text = parley_arena_array(arena, k, NM_LONG);
    s->u = parley_arena_array(arena, k, sizeof(*s->u));
    s->scratch = parley_arena_array(arena, c->m.boxes, sizeof(*s->scratch));
    s->package = parley_arena_array(arena, c->m.n, sizeof(*s->package));
    if (s->value == NULL || s->share == NULL || s->exact_share == NULL || s->share_text == NULL ||
        s->worth == NULL || s->exact == NULL || s->text == NULL || s->u == NULL ||
        s->scratch == NULL || s->package == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < issues; i++) {
        const parley_issue *issue = parley_case_issue(c->c, (int32_t)i);
        bool cut = c->variable[i] >= 0 && issue->kind == PARLEY_ISSUE_SPLIT && !issue->has_range;
        for (uint32_t q = 0; q < c->splits; q++) {
            cut = cut || c->split[q].issue == (int32_t)i;
        }
        s->value[i] = -1;
        if (cut) {
            s->share[i] = parley_arena_array(arena, issue->recipient_count, sizeof(**s->share));
            s->exact_share[i] =
                parley_arena_array(arena, issue->recipient_count, sizeof(**s->exact_share));
            s->share_text[i] = parley_arena_array(arena, issue->recipient_count, NM_LONG);
            if (s->share[i] == NULL || s->exact_share[i] == NULL || s->share_text[i] == NULL) {
                return NULL;
            }
        }
    }
    s->at =
        (parley_numbers_package){s->value, (const double *const *)s->share,
                                 (const char *const *const *)s->exact_share, s->worth, s->exact};
    return s;
}

/* Everything but splits on a chain; worth of it in s->u. */
static void show(nm_shown *s, const uint32_t *package)
{
    const nm_case *c = s->c;
    for (uint32_t j = 0; j < c->m.n; j++) {
        uint32_t i = c->issue[j];
        s->value[i] = package[j];
        if (s->share[i] != NULL) {
            const parley_issue *issue = parley_case_issue(c->c, (int32_t)i);
            for (uint32_t r = 0; r < issue->recipient_count; r++) {
                uint32_t part = r == 0 ? package[j] : r == 1 ? c->steps - package[j] : 0;
                s->share[i][r] = (double)part / (double)c->steps;
                nm_print(part, c->steps, s->share_text[i] + (size_t)r * NM_LONG);
                s->exact_share[i][r] = s->share_text[i] + (size_t)r * NM_LONG;
            }
        }
    }
    nm_worth(&c->m, package, s->scratch, s->u);
}

static void show_worth(nm_shown *s)
{
    for (uint32_t i = 0; i < s->c->m.k; i++) {
        char *text = s->text + (size_t)i * NM_LONG;
        s->worth[i] = nm_double(s->u[i], s->c->m.unit[i]);
        nm_print(s->u[i], s->c->m.unit[i], text);
        s->exact[i] = text;
    }
}

void nm_shown_package(nm_shown *s, const uint32_t *package)
{
    show(s, package);
    show_worth(s);
}

void nm_shown_place(nm_shown *s, const nm_chain *chain, const nm_place *place,
                    const uint32_t *package)
{
    show(s, package);
    for (uint32_t i = 0; i < 2; i++) {
        nm_ratio unit = nm_ratio_zero();
        nm_ratio worth = nm_ratio_zero();
        char *text = s->text + (size_t)i * NM_LONG;
        unit.num = nm_wide_of((nm_unum)s->c->m.unit[i]);
        bool fits = nm_ratio_div(&worth, &place->u[i], &unit);
        PARLEY_ASSERT(fits);
        s->worth[i] = nm_ratio_double(&worth);
        nm_print_ratio(&worth, text);
        s->exact[i] = text;
    }
    for (uint32_t q = 0; q < s->c->splits; q++) {
        int32_t issue = s->c->split[q].issue;
        for (uint32_t r = 0; r < s->c->split[q].recipients; r++) {
            nm_ratio share = nm_chain_share(chain, place, q, r);
            char *text = s->share_text[issue] + (size_t)r * NM_LONG;
            s->share[issue][r] = nm_ratio_double(&share);
            nm_print_ratio(&share, text);
            s->exact_share[issue][r] = text;
        }
    }
}

double nm_shown_uncapped(nm_shown *s, uint32_t party, const parley_numbers_package *package)
{
    const nm_case *c = s->c;
    for (uint32_t j = 0; j < c->m.n; j++) {
        s->package[j] = (uint32_t)package->value[c->issue[j]];
    }
    nm_worth_uncapped(&c->m, s->package, s->scratch, s->u);
    double sum = nm_double(s->u[party], c->m.unit[party]);
    for (uint32_t q = 0; q < c->splits; q++) {
        for (uint32_t r = 0; r < c->split[q].recipients; r++) {
            sum += nm_double(c->split[q].whole[r * c->m.k + party], c->m.unit[party]) *
                   package->share[c->split[q].issue][r];
        }
    }
    return sum;
}
