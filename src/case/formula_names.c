/*
 * Names in formulas: lookups through the caller's table, and what to suggest for an unknown one.
 *
 * Suggestions go over all ids once; they cost nothing unless something is wrong.
 */
#include "case/formula_internal.h"

#include <stdio.h>
#include <string.h>

int32_t formula_lookup(const parley_formula_names *names, formula_name_class which, int32_t issue,
                       const char *name, size_t length, bool quoted)
{
    switch (which) {
    case FORMULA_ISSUES:
        return names->issue == NULL ? -1 : names->issue(names->user, name, length, quoted);
    case FORMULA_OPTIONS:
        return names->option == NULL ? -1 : names->option(names->user, issue, name, length, quoted);
    case FORMULA_RECIPIENTS:
        return names->recipient == NULL
                   ? -1
                   : names->recipient(names->user, issue, name, length, quoted);
    case FORMULA_PARTIES:
        return names->party == NULL ? -1 : names->party(names->user, name, length, quoted);
    case FORMULA_PROPOSALS:
        return names->proposal == NULL ? -1 : names->proposal(names->user, name, length, quoted);
    }
    return -1;
}

const char *formula_id(const parley_formula_names *names, formula_name_class which, int32_t issue,
                       int32_t i)
{
    switch (which) {
    case FORMULA_ISSUES:
        return names->issue_id == NULL ? NULL : names->issue_id(names->user, i);
    case FORMULA_OPTIONS:
        return names->option_id == NULL ? NULL : names->option_id(names->user, issue, i);
    case FORMULA_RECIPIENTS:
        return names->recipient_id == NULL ? NULL : names->recipient_id(names->user, issue, i);
    case FORMULA_PARTIES:
        return names->party_id == NULL ? NULL : names->party_id(names->user, i);
    case FORMULA_PROPOSALS:
        return names->proposal_id == NULL ? NULL : names->proposal_id(names->user, i);
    }
    return NULL;
}

const char *formula_id_or(const parley_formula_names *names, formula_name_class which,
                          int32_t issue, int32_t i)
{
    const char *id = i < 0 ? NULL : formula_id(names, which, issue, i);
    return id == NULL ? "?" : id;
}

/* ------------------------------------------------------------ suggestions */

#define WORD_MAX 128 /* longer words get no suggestion */

/* Lower-case ASCII letters; false when it does not fit. */
static bool lower(char out[WORD_MAX], const char *s, size_t length)
{
    if (length >= WORD_MAX) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = s[i];
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    out[length] = '\0';
    return true;
}

/* Is one of the two words, of at least three letters, the beginning of the other? */
static bool begins(const char *a, size_t na, const char *b, size_t nb)
{
    size_t shorter = na < nb ? na : nb;
    return shorter >= 3 && memcmp(a, b, shorter) == 0;
}

/*
 * The nearest id, apart from capitals: within a third of the word's length, else the first one that
 * begins like it. NULL when there is none.
 */
static const char *nearest(const parley_formula_names *names, formula_name_class which,
                           int32_t issue, const char *name, size_t length)
{
    char word[WORD_MAX];
    char other[WORD_MAX];
    if (!lower(word, name, length)) {
        return NULL;
    }
    size_t characters = parley_utf8_characters(name, length);
    size_t best = characters < 2 ? 0 : characters < 6 ? 1 : characters < 9 ? 2 : 3;
    const char *found = NULL;
    const char *alike = NULL;
    for (int32_t i = 0;; i++) {
        const char *id = formula_id(names, which, issue, i);
        if (id == NULL) {
            return found != NULL ? found : alike;
        }
        size_t n = strlen(id);
        if (!lower(other, id, n)) {
            continue;
        }
        if (alike == NULL && begins(word, length, other, n)) {
            alike = id;
        }
        size_t distance = parley_distance(word, length, other, n, best);
        if (distance < best || (found == NULL && distance == best)) {
            found = id;
            best = distance;
        }
        if (found != NULL && best == 0) {
            return found;
        }
    }
}

void formula_list_names(char *out, size_t size, const parley_formula_names *names,
                        formula_name_class which, int32_t issue)
{
    static const char *const head[] = {
        "issues: ", "options: ", "recipients: ", "parties: ", "proposals: "};
    const size_t tail = 6; /* ", ..." and the NUL */
    size_t used = 0;
    out[0] = '\0';
    for (int32_t i = 0;; i++) {
        const char *id = formula_id(names, which, issue, i);
        if (id == NULL) {
            return;
        }
        char shown[FORMULA_SHOWN];
        formula_show(shown, id, strlen(id));
        const char *before = i == 0 ? head[which] : ", ";
        size_t more = strlen(before) + strlen(shown);
        if (i >= 12 || used + more + tail > size) {
            if (i > 0 && used + tail <= size) {
                memcpy(out + used, ", ...", 6);
            }
            return;
        }
        snprintf(out + used, size - used, "%s%s", before, shown);
        used += more;
    }
}

/* An issue that has an option of this name, or -1. */
static int32_t issue_with_option(const parley_formula_names *names, const char *name, size_t length)
{
    for (int32_t i = 0; formula_id(names, FORMULA_ISSUES, -1, i) != NULL; i++) {
        if ((names->issue_kind == NULL ||
             names->issue_kind(names->user, i) == PARLEY_ISSUE_CHOICE) &&
            formula_lookup(names, FORMULA_OPTIONS, i, name, length, false) >= 0) {
            return i;
        }
    }
    return -1;
}

void formula_suggest(char *out, size_t size, const parley_formula_names *names,
                     formula_name_class which, int32_t issue, const char *name, size_t length)
{
    char shown[FORMULA_SHOWN];
    char list[160] = "";
    formula_show(shown, name, length);
    out[0] = '\0';
    const char *near = nearest(names, which, issue, name, length);
    if (near != NULL) {
        char id[FORMULA_SHOWN];
        formula_show(id, near, strlen(near));
        if (which == FORMULA_OPTIONS || which == FORMULA_RECIPIENTS) {
            formula_list_names(list, sizeof list - FORMULA_SHOWN / 2, names, which, issue);
        }
        snprintf(out, size, "did you mean '%s'?%s%s", id, list[0] == '\0' ? "" : " ", list);
        return;
    }
    if (which == FORMULA_ISSUES) {
        if (formula_lookup(names, FORMULA_PARTIES, -1, name, length, false) >= 0) {
            snprintf(out, size, "'%s' is a party: say what it accepts, as in '%s accepts PROPOSAL'",
                     shown, shown);
            return;
        }
        int32_t of = issue_with_option(names, name, length);
        if (of >= 0) {
            char id[FORMULA_SHOWN];
            const char *issue_id = formula_id_or(names, FORMULA_ISSUES, -1, of);
            formula_show(id, issue_id, strlen(issue_id));
            snprintf(out, size, "'%s' is an option of '%s': write the issue too, '%s = ...'", shown,
                     id, id);
            return;
        }
    }
    formula_list_names(out, size, names, which, issue);
}
