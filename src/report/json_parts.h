/*
 * Inside the room "report": pieces that the JSON of every page is made of.
 */
#ifndef PARLEY_REPORT_JSON_PARTS_H
#define PARLEY_REPORT_JSON_PARTS_H

#include <parley/case.h>

/* "key": "value"; NULL writes null, an untyped date too. Counts are decimal strings. */
void json_key_string(parley_json *j, const char *key, const char *value);
void json_key_count(parley_json *j, const char *key, const parley_count *count);
void json_key_date(parley_json *j, const char *key, parley_date d);
void json_key_bool(parley_json *j, const char *key, bool value);
void json_key_uint(parley_json *j, const char *key, uint64_t value);

/* A voice as a case file writes it: "ru:putin", "ru", a source, or words; null: nobody. */
void json_voice(parley_json *j, const char *key, const parley_case *c, const parley_voice *v);
void json_voices(parley_json *j, const char *key, const parley_case *c, const parley_voices *v);

/* Ids of rows; NULL for -1. */
const char *id_party(const parley_case *c, int32_t i);
const char *id_issue(const parley_case *c, int32_t i);
const char *id_claim(const parley_case *c, int32_t i);
const char *id_reading(const parley_case *c, int32_t i);
const char *id_track(const parley_case *c, int32_t i);
const char *id_source(const parley_case *c, int32_t i);

/* "key": [ids] */
void json_ids(parley_json *j, const char *key, const parley_case *c, parley_ids ids,
              const char *(*id)(const parley_case *, int32_t));

/* "key": [ids], of the issues whose element of `in` is true. */
void json_issue_set(parley_json *j, const parley_case *c, const char *key, const bool *in);

/* Something expected: {from, what, due, result}. */
void json_expected(parley_json *j, const parley_case *c, const parley_expected *expected);

/* Members every page begins with: case, title, as_of, audience, parties. */
void json_case(parley_json *j, const parley_case *c);
/* A term: term, party, formula, mode, basis, date, claims, support, readings. */
void json_term(parley_json *j, const parley_case *c, const parley_term *term);

#endif
