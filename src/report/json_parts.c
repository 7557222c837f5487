/*
 * Pieces that the JSON of every page is made of.
 */
#include "report/json_parts.h"

#include <stdio.h>

void json_key_string(parley_json *j, const char *key, const char *value)
{
    parley_json_key(j, key);
    parley_json_string(j, value);
}

void json_key_count(parley_json *j, const char *key, const parley_count *count)
{
    char text[420];
    parley_count_print(count, 0, text, sizeof(text));
    json_key_string(j, key, text);
}

void json_key_date(parley_json *j, const char *key, parley_date d)
{
    char text[40];
    parley_date_print(d, text, sizeof(text));
    json_key_string(j, key, d.form == PARLEY_DATE_UNKNOWN ? NULL : text);
}

void json_key_bool(parley_json *j, const char *key, bool value)
{
    parley_json_key(j, key);
    parley_json_bool(j, value);
}

void json_key_uint(parley_json *j, const char *key, uint64_t value)
{
    parley_json_key(j, key);
    parley_json_uint(j, value);
}

const char *id_party(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_party(c, i)->record.id;
}

const char *id_issue(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_issue(c, i)->record.id;
}

const char *id_claim(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_claim(c, i)->record.id;
}

const char *id_reading(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_reading(c, i)->record.id;
}

const char *id_track(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_track(c, i)->record.id;
}

const char *id_source(const parley_case *c, int32_t i)
{
    return i < 0 ? NULL : parley_case_source(c, i)->record.id;
}

static void put_voice(parley_json *j, const parley_case *c, const parley_voice *v)
{
    if (v->person >= 0) {
        char text[300];
        snprintf(text, sizeof(text), "%s:%s", id_party(c, v->party),
                 parley_case_person(c, v->person)->record.id);
        parley_json_string(j, text);
    } else {
        parley_json_string(j, v->party >= 0    ? id_party(c, v->party)
                              : v->source >= 0 ? id_source(c, v->source)
                                               : v->words);
    }
}

void json_voice(parley_json *j, const char *key, const parley_case *c, const parley_voice *v)
{
    parley_json_key(j, key);
    put_voice(j, c, v);
}

void json_voices(parley_json *j, const char *key, const parley_case *c, const parley_voices *v)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t k = 0; k < v->count; k++) {
        put_voice(j, c, &v->at[k]);
    }
    parley_json_array_end(j);
}

void json_ids(parley_json *j, const char *key, const parley_case *c, parley_ids ids,
              const char *(*id)(const parley_case *, int32_t))
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t k = 0; k < ids.count; k++) {
        parley_json_string(j, id(c, ids.at[k]));
    }
    parley_json_array_end(j);
}

void json_issue_set(parley_json *j, const parley_case *c, const char *key, const bool *in)
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        if (in[i]) {
            parley_json_string(j, id_issue(c, (int32_t)i));
        }
    }
    parley_json_array_end(j);
}

void json_expected(parley_json *j, const parley_case *c, const parley_expected *expected)
{
    parley_json_object(j);
    json_voices(j, "from", c, &expected->from);
    json_key_string(j, "what", expected->what);
    json_key_date(j, "due", expected->due);
    json_key_string(j, "result", expected->result);
    parley_json_object_end(j);
}

void json_case(parley_json *j, const parley_case *c)
{
    char date[40];
    parley_date_print(parley_case_as_of(c), date, sizeof(date));
    json_key_string(j, "case", parley_case_name(c));
    json_key_string(j, "title", parley_case_title(c));
    json_key_string(j, "as_of", parley_case_as_of(c).form == PARLEY_DATE_UNKNOWN ? NULL : date);
    json_key_string(j, "audience",
                    parley_case_audience(c) == NULL ? "team" : parley_case_audience(c));
    parley_json_key(j, "parties");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_parties(c); i++) {
        const parley_party *party = parley_case_party(c, (int32_t)i);
        parley_json_object(j);
        json_key_string(j, "id", party->record.id);
        json_key_string(j, "name", party->name);
        parley_json_key(j, "roles");
        parley_json_array(j);
        for (uint32_t r = 0; r < PARLEY_ROLE_COUNT; r++) {
            if ((party->roles >> r & 1) != 0) {
                parley_json_string(j, parley_words_word(PARLEY_WORDS_ROLE, r));
            }
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

void json_term(parley_json *j, const parley_case *c, const parley_term *term)
{
    parley_json_object(j);
    json_key_string(j, "term", term->name);
    json_key_string(j, "party", id_party(c, term->party));
    json_key_string(j, "formula", term->text);
    json_key_string(j, "mode", parley_words_word(PARLEY_WORDS_MODE, term->mode));
    json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, term->basis));
    json_key_date(j, "date", term->date);
    json_ids(j, "claims", c, term->claims, id_claim);
    json_ids(j, "support", c, term->support, id_claim);
    json_ids(j, "readings", c, term->readings, id_reading);
    parley_json_object_end(j);
}
