/*
 * Inside the room "formats": Genius XML, domains and profiles.
 */
#ifndef PARLEY_FORMATS_GENIUS_H
#define PARLEY_FORMATS_GENIUS_H

#include "formats/model.h"
#include "formats/names.h"
#include "formats/xml.h"

/* What every part of the reader of one file needs. */
typedef struct genius_reading {
    fmt_model *model;
    fmt_source *source;
    parley_error *err;
} genius_reading;

/* Fills name and issues of a model from a domain. */
parley_status genius_read_domain(genius_reading *r, const fmt_element *root) PARLEY_MUST_CHECK;
/* Fills one profile for the issues of r->model. */
parley_status genius_read_profile(genius_reading *r, const fmt_element *root,
                                  fmt_profile *out) PARLEY_MUST_CHECK;
/* The part of a profile of type nonlinear: `space` is its utility_space. */
parley_status genius_read_boxes(genius_reading *r, const fmt_element *space,
                                fmt_profile *out) PARLEY_MUST_CHECK;

/* An error at an element, or at one of its attributes. Returns the status. */
parley_status genius_fail(genius_reading *r, parley_status status, const fmt_element *e,
                          const char *attribute, const char *format, ...) PARLEY_PRINTF(5, 6);
parley_status genius_nomem(genius_reading *r);
void genius_warn(genius_reading *r, const fmt_element *e, const char *attribute, const char *format,
                 ...) PARLEY_PRINTF(4, 5);
/* The number in an attribute that must be there. */
parley_status genius_number(genius_reading *r, const fmt_element *e, const char *attribute,
                            fmt_number *out) PARLEY_MUST_CHECK;
parley_status genius_whole(genius_reading *r, const fmt_element *e, const char *attribute,
                           int64_t *out) PARLEY_MUST_CHECK;
/* Both ends of an issue's range: attributes, or those of <range>. *found: they are there. */
parley_status genius_range(genius_reading *r, const fmt_element *issue, bool *found,
                           fmt_number *lower, fmt_number *upper) PARLEY_MUST_CHECK;
/* The <utility_space> of a file, and the objective at its top (or the space, if its issues stand
 * bare). NULL: none. */
const fmt_element *genius_space(const fmt_element *root);
const fmt_element *genius_top(const fmt_element *root);
/* Next element of a tree in document order, not leaving `top`; NULL at the end. */
const fmt_element *genius_after(const fmt_element *e, const fmt_element *top);
/* Issue with the key `index`, or -1. */
int64_t genius_issue(const fmt_model *model, int64_t index);

extern const char *const genius_roots[];

#endif
