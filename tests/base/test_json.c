/* The JSON writer: layout, escapes, what must not happen. */
#include "support/torture.h"

static void one_of_everything(parley_json *json)
{
    parley_json_object(json);
    parley_json_key(json, "text");
    parley_json_string(json, "a \"b\"");
    parley_json_key(json, "none");
    parley_json_string(json, NULL);
    parley_json_key(json, "numbers");
    parley_json_array(json);
    parley_json_int(json, INT64_MIN);
    parley_json_uint(json, UINT64_MAX);
    parley_json_int(json, 0);
    parley_json_array_end(json);
    parley_json_key(json, "empty");
    parley_json_array(json);
    parley_json_array_end(json);
    parley_json_key(json, "inner");
    parley_json_object(json);
    parley_json_key(json, "yes");
    parley_json_bool(json, true);
    parley_json_key(json, "hollow");
    parley_json_object(json);
    parley_json_object_end(json);
    parley_json_object_end(json);
    parley_json_key(json, "pairs");
    parley_json_array(json);
    for (int i = 0; i < 2; i++) {
        parley_json_array(json);
        parley_json_bool(json, false);
        parley_json_null(json);
        parley_json_array_end(json);
    }
    parley_json_array_end(json);
    parley_json_object_end(json);
    parley_json_finish(json);
}

static parley_status write_one(parley_ctx *ctx, void *user, parley_error *err)
{
    (void)user;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_json json;
    parley_json_begin(&json, text);
    one_of_everything(&json);
    parley_status status = parley_text_status(text, err);
    parley_text_free(text);
    return status;
}

static void writing_survives_every_allocation_failure(void **state)
{
    (void)state;
    torture(write_one, NULL, 3);
}

static void documents_are_indented_by_two_spaces(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_json json;
    parley_json_begin(&json, text);
    one_of_everything(&json);
    assert_string_equal(parley_text_data(text), "{\n"
                                                "  \"text\": \"a \\\"b\\\"\",\n"
                                                "  \"none\": null,\n"
                                                "  \"numbers\": [\n"
                                                "    -9223372036854775808,\n"
                                                "    18446744073709551615,\n"
                                                "    0\n"
                                                "  ],\n"
                                                "  \"empty\": [],\n"
                                                "  \"inner\": {\n"
                                                "    \"yes\": true,\n"
                                                "    \"hollow\": {}\n"
                                                "  },\n"
                                                "  \"pairs\": [\n"
                                                "    [\n"
                                                "      false,\n"
                                                "      null\n"
                                                "    ],\n"
                                                "    [\n"
                                                "      false,\n"
                                                "      null\n"
                                                "    ]\n"
                                                "  ]\n"
                                                "}\n");
    parley_text_free(text);
    check_ctx_done(ctx);
}

static void a_compact_document_is_one_line(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_json json;
    parley_json_begin(&json, text);
    json.compact = true;
    one_of_everything(&json);
    assert_string_equal(parley_text_data(text),
                        "{\"text\":\"a \\\"b\\\"\",\"none\":null,\"numbers\":[-9223372036854775808,"
                        "18446744073709551615,0],\"empty\":[],\"inner\":{\"yes\":true,\"hollow\":{}"
                        "},\"pairs\":[[false,null],[false,null]]}\n");
    parley_text_free(text);
    check_ctx_done(ctx);
}

static void a_document_may_be_a_single_value(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_json json;
    parley_json_begin(&json, text);
    parley_json_int(&json, -7);
    parley_json_finish(&json);
    assert_string_equal(parley_text_data(text), "-7\n");
    parley_text_free(text);
    check_ctx_done(ctx);
}

static void strings_are_escaped_where_they_must_be(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
        const char *wanted;
    } rows[] = {
        {"", 0, "\"\"\n"},
        {"a/b <c> 'd'", 11, "\"a/b <c> 'd'\"\n"},
        {"\"\\", 2, "\"\\\"\\\\\"\n"},
        {"\n\r\t\b\f", 5, "\"\\n\\r\\t\\u0008\\u000c\"\n"},
        {"x\0y\x1f\x7f", 5, "\"x\\u0000y\\u001f\\u007f\"\n"},
        {"\xC2\x85\xC2\xA0", 4, "\"\\u0085\xC2\xA0\"\n"},
        {"\xE2\x80\xA8\xE2\x80\xA9", 6, "\"\\u2028\\u2029\"\n"},
        {"\xD0\x9F \xF0\x9F\x98\x80", 7, "\"\xD0\x9F \xF0\x9F\x98\x80\"\n"},
        {"a\xFFz", 3, "\"a\xEF\xBF\xBDz\"\n"},
        {"a\xE2\x82", 3, "\"a\xEF\xBF\xBD\"\n"},
        {"\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"\n"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_ctx *ctx = check_ctx();
        parley_text *text = parley_text_new(ctx, SIZE_MAX);
        parley_json json;
        parley_json_begin(&json, text);
        parley_json_text(&json, rows[i].text, rows[i].length);
        parley_json_finish(&json);
        assert_string_equal(parley_text_data(text), rows[i].wanted);
        parley_text_free(text);
        check_ctx_done(ctx);
    }
}

static void keys_are_escaped_like_strings(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_json json;
    parley_json_begin(&json, text);
    json.compact = true;
    parley_json_object(&json);
    parley_json_key(&json, "a\"\n");
    parley_json_int(&json, 1);
    parley_json_object_end(&json);
    parley_json_finish(&json);
    assert_string_equal(parley_text_data(text), "{\"a\\\"\\n\":1}\n");
    parley_text_free(text);
    check_ctx_done(ctx);
}

/* Undo the escapes: what comes back is what went in, for every byte text that is UTF-8. */
static size_t unescape(const char *s, unsigned char *out)
{
    size_t n = 0;
    for (s++; *s != '"'; s++) {
        if (*s != '\\') {
            out[n++] = (unsigned char)*s;
            continue;
        }
        s++;
        switch (*s) {
        case 'n':
            out[n++] = '\n';
            break;
        case 'r':
            out[n++] = '\r';
            break;
        case 't':
            out[n++] = '\t';
            break;
        case 'u': {
            char digits[5] = {s[1], s[2], s[3], s[4], 0};
            unsigned c = (unsigned)strtoul(digits, NULL, 16);
            s += 4;
            if (c < 0x80) {
                out[n++] = (unsigned char)c;
            } else if (c < 0x800) {
                out[n++] = (unsigned char)(0xC0 | c >> 6);
                out[n++] = (unsigned char)(0x80 | (c & 0x3F));
            } else {
                out[n++] = (unsigned char)(0xE0 | c >> 12);
                out[n++] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
                out[n++] = (unsigned char)(0x80 | (c & 0x3F));
            }
            break;
        }
        default:
            out[n++] = (unsigned char)*s;
            break;
        }
    }
    return n;
}

static void written_strings_read_back_as_they_were(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "\"", "\\", "\n", "\x01", "a", "\xC3\xA9", "\xC2\x80", "\xE2\x80\xA8", "\xF0\x9F\x98\x80",
        "/"};
    for (uint32_t trial = 0; trial < 2000; trial++) {
        parley_random r = parley_random_stream(4, 0, 0, trial);
        char in[128];
        unsigned char out[256];
        size_t n = 0;
        uint32_t m = parley_random_below(&r, 30);
        for (uint32_t i = 0; i < m; i++) {
            const char *part = parts[parley_random_below(&r, CHECK_COUNT(parts))];
            memcpy(in + n, part, strlen(part));
            n += strlen(part);
        }
        parley_ctx *ctx = check_ctx();
        parley_text *text = parley_text_new(ctx, SIZE_MAX);
        parley_json json;
        parley_json_begin(&json, text);
        parley_json_text(&json, in, n);
        assert_int_equal(unescape(parley_text_data(text), out), n);
        assert_memory_equal(in, out, n);
        for (const char *c = parley_text_data(text); *c != '\0'; c++) {
            assert_true((unsigned char)*c >= 0x20);
        }
        parley_text_free(text);
        check_ctx_done(ctx);
    }
}

static void sixty_levels_nest(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_json json;
    parley_json_begin(&json, text);
    json.compact = true;
    for (int i = 0; i < 60; i++) {
        parley_json_array(&json);
        parley_json_int(&json, 1);
    }
    for (int i = 0; i < 60; i++) {
        parley_json_array_end(&json);
    }
    parley_json_finish(&json);
    assert_int_equal(parley_text_size(text), 60 * 4 - 1 + 1);
    parley_text_free(text);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_survives_every_allocation_failure),
        cmocka_unit_test(documents_are_indented_by_two_spaces),
        cmocka_unit_test(a_compact_document_is_one_line),
        cmocka_unit_test(a_document_may_be_a_single_value),
        cmocka_unit_test(strings_are_escaped_where_they_must_be),
        cmocka_unit_test(keys_are_escaped_like_strings),
        cmocka_unit_test(written_strings_read_back_as_they_were),
        cmocka_unit_test(sixty_levels_nest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
