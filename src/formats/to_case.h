/*
 * Inside the room "formats": from a model to a case.
 */
#ifndef PARLEY_FORMATS_TO_CASE_H
#define PARLEY_FORMATS_TO_CASE_H

#include "formats/model.h"
#include "formats/names.h"

/* A text of a case being made, as JSON. */
typedef struct making {
    parley_ctx *ctx;
    const fmt_model *model;
    const parley_diagnostics *repairs;
    parley_json json;
    parley_text *text;
    const char **issue_ids;
    const char ***option_ids; /* by issue and item; of discrete issues */
    const char **party_ids;
    const char **source_ids; /* by profile; "domain" is the domain's */
    bool rounded;            /* a point of a curve had too many digits */
} making;

/*
 * A case from a model. name is what the case is called, and must end in .json. The model is whole
 * and right, but for limits of cases: RANGE, LIMIT, NOMEM.
 */
parley_status fmt_to_case(parley_case **out, parley_ctx *ctx, const fmt_model *model,
                          const char *name, const parley_diagnostics *repairs,
                          parley_diagnostics *list, parley_error *err) PARLEY_MUST_CHECK;

/* The section `values`. */
parley_status fmt_put_values(making *m, parley_error *err) PARLEY_MUST_CHECK;
/* The boxes of one profile: the value behind `boxes`. */
parley_status fmt_put_boxes(making *m, const fmt_profile *p, parley_error *err) PARLEY_MUST_CHECK;
/* A bare number. */
void fmt_put_number(parley_json *json, fmt_number n);

/* How many values an issue has, and the step between them. */
bool fmt_grid(const fmt_issue *issue, fmt_number *step, int64_t *count);

#endif
