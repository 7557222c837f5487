/*
 * Inside the room "formats": from a case to a model that one format can hold.
 */
#ifndef PARLEY_FORMATS_FROM_CASE_H
#define PARLEY_FORMATS_FROM_CASE_H

#include <parley/values.h>

#include "formats/model.h"
#include "formats/names.h"

typedef struct leaving {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    fmt_model *model;
    const int32_t *place; /* of each issue of the case in the model; -1: left out */
    parley_diagnostics *list;
    parley_error *err;
} leaving;

/* Everything is in the arena, or borrowed from the case. INVALID, NOMEM. */
parley_status fmt_from_case(fmt_model *model, parley_arena *arena, parley_ctx *ctx,
                            const parley_case *c, parley_format format, parley_diagnostics *list,
                            parley_error *err) PARLEY_MUST_CHECK;

/* One party's score of a quantity, as an evaluator of the format. */
parley_status leaving_curve(leaving *l, const parley_worth *w, const parley_score *score,
                            const fmt_issue *issue, fmt_evaluation *out) PARLEY_MUST_CHECK;
/* One party's boxes, as functions of Genius. */
parley_status leaving_boxes(leaving *l, const parley_worth *w, fmt_profile *out) PARLEY_MUST_CHECK;

/* A fraction as a number; rounded to 18 digits, with a warning at `at`, where it has to be. */
parley_status leaving_number(leaving *l, parley_fraction f, parley_span at,
                             fmt_number *out) PARLEY_MUST_CHECK;
parley_status leaving_fail(leaving *l, parley_span at, const char *hint, const char *format, ...)
    PARLEY_PRINTF(4, 5);
void leaving_warn(leaving *l, parley_span at, const char *format, ...) PARLEY_PRINTF(3, 4);
parley_status leaving_nomem(leaving *l);

/* ---- writing models ---- */

/* The text of a model's domain (profile -1), or of one of its profiles. */
parley_status genius_write(const fmt_model *model, int32_t profile, parley_text *out,
                           parley_error *err) PARLEY_MUST_CHECK;
parley_status geniusweb_write(const fmt_model *model, int32_t profile, parley_text *out,
                              parley_error *err) PARLEY_MUST_CHECK;

#endif
