/*
 * Prints what follows from cases as JSON lines, for comparison with an oracle in another language.
 *
 *     dump_terms FILE...         one line a file; FILE "-": names of files, one a line, on standard
 * input
 *
 * A line: {"file", "status"} and, when the case can be read, terms, shifts and assurances for the
 * whole case, then the same at every date and without every id that the file's `note:` asks for.
 */
#include <parley/case.h>
#include <stdio.h>
#include <string.h>

static void ids(parley_json *j, const char *key, const parley_case *c, parley_ids list,
                const char *(*id)(const parley_case *c, int32_t i))
{
    parley_json_key(j, key);
    parley_json_array(j);
    for (uint32_t i = 0; i < list.count; i++) {
        parley_json_string(j, id(c, list.at[i]));
    }
    parley_json_array_end(j);
}

static const char *claim_id(const parley_case *c, int32_t i)
{
    return parley_case_claim(c, i)->record.id;
}

static const char *reading_id(const parley_case *c, int32_t i)
{
    return parley_case_reading(c, i)->record.id;
}

static const char *response_id(const parley_case *c, int32_t i)
{
    return parley_case_response(c, i)->record.id;
}

static void key_text(parley_json *j, const char *key, const char *value)
{
    parley_json_key(j, key);
    parley_json_string(j, value);
}

static void put_term(parley_json *j, const parley_case *c, const parley_term *t)
{
    parley_json_object(j);
    key_text(j, "party", parley_case_party(c, t->party)->record.id);
    key_text(j, "mode", parley_words_word(PARLEY_WORDS_MODE, t->mode));
    key_text(j, "text", t->text);
    key_text(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, t->rung));
    key_text(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, t->basis));
    key_text(j, "firmness", parley_words_word(PARLEY_WORDS_FIRMNESS, t->firmness));
    ids(j, "claims", c, t->claims, claim_id);
    ids(j, "support", c, t->support, claim_id);
    ids(j, "readings", c, t->readings, reading_id);
    ids(j, "responses", c, t->responses, response_id);
    parley_json_object_end(j);
}

static void put_assurance(parley_json *j, const parley_case *c, const parley_assurance *a)
{
    parley_json_object(j);
    key_text(j, "party", parley_case_party(c, a->party)->record.id);
    parley_json_key(j, "list");
    parley_json_bool(j, a->list);
    key_text(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, a->rung));
    key_text(j, "claim", a->claim >= 0 ? claim_id(c, a->claim) : NULL);
    key_text(j, "response", a->response >= 0 ? response_id(c, a->response) : NULL);
    parley_json_key(j, "formulas");
    parley_json_uint(j, a->count);
    parley_json_object_end(j);
}

static bool put_terms(parley_json *j, parley_ctx *ctx, const parley_case *c,
                      const parley_terms_options *options, const char *key)
{
    parley_terms *terms = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_json_key(j, key);
    if (parley_terms_derive(&terms, ctx, c, options, &err) != PARLEY_OK) {
        parley_json_string(j, err.message);
        return false;
    }
    parley_json_object(j);
    parley_json_key(j, "terms");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        put_term(j, c, parley_terms_at(terms, i));
    }
    parley_json_array_end(j);
    parley_json_key(j, "shifts");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *s = parley_terms_shift(terms, i);
        parley_json_array(j);
        parley_json_string(j, claim_id(c, s->earlier));
        parley_json_string(j, claim_id(c, s->later));
        parley_json_string(j, parley_case_party(c, s->party)->record.id);
        parley_json_string(j, s->issue >= 0 ? parley_case_issue(c, s->issue)->record.id : NULL);
        parley_json_bool(j, s->to_confirm);
        parley_json_array_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "assurances");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_terms_assurances(terms); i++) {
        put_assurance(j, c, parley_terms_assurance(terms, i));
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_terms_free(terms);
    return true;
}

/* Every claim, reading and answer set aside in turn. */
static void put_without(parley_json *j, parley_ctx *ctx, const parley_case *c)
{
    const uint32_t counts[3] = {parley_case_claims(c), parley_case_readings(c),
                                parley_case_responses(c)};
    parley_json_key(j, "without");
    parley_json_object(j);
    for (int kind = 0; kind < 3; kind++) {
        for (uint32_t i = 0; i < counts[kind]; i++) {
            parley_terms_options options = PARLEY_TERMS_OPTIONS_INIT;
            const char *id = kind == 0   ? claim_id(c, (int32_t)i)
                             : kind == 1 ? reading_id(c, (int32_t)i)
                                         : response_id(c, (int32_t)i);
            options.without = &id;
            options.without_count = 1;
            put_terms(j, ctx, c, &options, id);
        }
    }
    parley_json_object_end(j);
}

/* The case as it stood on every day on which a claim happened. */
static void put_dates(parley_json *j, parley_ctx *ctx, const parley_case *c)
{
    parley_json_key(j, "at");
    parley_json_object(j);
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        parley_terms_options options = PARLEY_TERMS_OPTIONS_INIT;
        char day[40];
        options.at = parley_case_claim(c, (int32_t)i)->record.happened;
        bool seen = options.at.side != PARLEY_DATE_ON || options.at.form == PARLEY_DATE_UNKNOWN;
        for (uint32_t k = 0; k < i && !seen; k++) {
            parley_date other = parley_case_claim(c, (int32_t)k)->record.happened;
            seen = other.side == PARLEY_DATE_ON && other.form == options.at.form &&
                   other.last == options.at.last && other.about == options.at.about;
        }
        if (!seen) {
            parley_date_print(options.at, day, sizeof(day));
            put_terms(j, ctx, c, &options, day);
        }
    }
    parley_json_object_end(j);
}

static void dump(parley_ctx *ctx, const char *path, parley_text *out)
{
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_json json;
    parley_json_begin(&json, out);
    json.compact = true;
    parley_status status = parley_case_load(&c, ctx, path, NULL, NULL, &err);
    parley_json_object(&json);
    key_text(&json, "file", path);
    key_text(&json, "status", parley_status_word(status));
    if (status == PARLEY_OK) {
        const parley_terms_options whole = PARLEY_TERMS_OPTIONS_INIT;
        put_terms(&json, ctx, c, &whole, "whole");
        put_without(&json, ctx, c);
        put_dates(&json, ctx, c);
    } else {
        key_text(&json, "message", err.message);
    }
    parley_json_object_end(&json);
    parley_json_finish(&json);
    parley_case_free(c);
}

int main(int count, char **name)
{
    parley_ctx *ctx = NULL;
    if (parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        return 4;
    }
    for (int i = 1; i < count; i++) {
        char line[4096];
        bool list = strcmp(name[i], "-") == 0;
        while (!list || fgets(line, sizeof(line), stdin) != NULL) {
            parley_text *out = parley_text_new(ctx, 1u << 30);
            if (out == NULL) {
                return 4;
            }
            line[list ? strcspn(line, "\n") : 0] = '\0';
            dump(ctx, list ? line : name[i], out);
            fputs(parley_text_data(out), stdout);
            parley_text_free(out);
            if (!list) {
                break;
            }
        }
    }
    parley_ctx_free(ctx);
    return 0;
}
