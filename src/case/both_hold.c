/*
 * Can two statements both hold? Asked of a public and a private version of the same words, of two
 * voices of one party, and of what different parties wish for. Statements about several issues are
 * left to the ladder, which looks at whole packages.
 */
#include "case/case_internal.h"

#define VALUES_MOST 4096u

/* With one issue decided: not known (another version was put to somebody ...) lets it stand. */
static bool lets(const parley_case *c, parley_holding h, int64_t *package)
{
    parley_truth truth =
        parley_case_eval(c, h.formula, (parley_package){package, parley_case_issues(c)});
    return truth != (h.refuses ? PARLEY_YES : PARLEY_NO);
}

parley_truth parley_case_both_hold(const parley_case *c, parley_holding a, parley_holding b,
                                   int64_t *package)
{
    int32_t issue = parley_formula_only_issue(a.formula);
    if (issue < 0 || parley_formula_only_issue(b.formula) != issue) {
        return PARLEY_NOT_KNOWN;
    }
    uint32_t values = parley_case_issue(c, issue)->values;
    if (values == 0 || values > VALUES_MOST) {
        return PARLEY_NOT_KNOWN;
    }
    parley_truth found = PARLEY_NO;
    for (uint32_t v = 0; v < values && found == PARLEY_NO; v++) {
        package[issue] = (int64_t)v;
        found = lets(c, a, package) && lets(c, b, package) ? PARLEY_YES : PARLEY_NO;
    }
    package[issue] = -1;
    return found;
}
