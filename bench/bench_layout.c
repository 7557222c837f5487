/*
 * Question: what does a page cost, and what do wide characters and wrapping add?
 *
 * A table of a thousand rows is laid out with plain text, with text that wraps, and with wide
 * characters.
 */
#include "bench.h"

#include <parley/report.h>

#include <string.h>

#define ROWS 1000

typedef struct page {
    parley_ctx *ctx;
    const char *text;
    size_t bytes;
} page;

static void lay_out(void *user)
{
    page *p = user;
    static const parley_column columns[] = {{.heading = "READING"},
                                            {.heading = "BINDS", .fill = true},
                                            {.heading = "LEFT", .align = PARLEY_ALIGN_RIGHT}};
    parley_text *out = parley_text_new(p->ctx, 1 << 24);
    parley_screen *screen = NULL;
    if (out == NULL || parley_screen_new(&screen, p->ctx, out, NULL, NULL) != PARLEY_OK) {
        parley_text_free(out);
        return;
    }
    parley_table *table = parley_table_new(screen, columns, 3, 0, 0);
    for (uint64_t i = 0; i < ROWS; i++) {
        parley_table_cell(table, PARLEY_INK_PLAIN, "other positions");
        parley_table_cell(table, PARLEY_INK_PLAIN, p->text);
        parley_table_cell(table, PARLEY_INK_PLAIN, parley_screen_number(screen, i * i));
    }
    parley_table_print(table);
    p->bytes = parley_text_size(out);
    parley_screen_free(screen);
    parley_text_free(out);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        const char *text;
    } kinds[] = {
        {"plain", "Russia: arms, Kursk, monitor"},
        {"wrapping", "Russia: all foreign arms stop, the troops in Kursk give themselves up, the "
                     "monitor is named, and what it leads to is settled beforehand"},
        {"wide",
         "\xe5\x81\x9c\xe6\x88\x98\xe4\xb8\x89\xe5\x8d\x81\xe5\xa4\xa9\xef\xbc\x8c\xe6\xad\xa6"
         "\xe5\x99\xa8\xe6\x9a\x82\xe5\x81\x9c"},
    };
    parley_ctx *ctx = NULL;
    bool as_json = argc > 1 && strcmp(argv[1], "--json") == 0;
    if (parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        return 4;
    }
    parley_text *json_text = parley_text_new(ctx, 1 << 20);
    parley_json json;
    parley_json_begin(&json, json_text);
    parley_json_array(&json);
    parley_text *table = parley_text_new(ctx, 1 << 20);
    parley_text_printf(table, "What does a page of %d rows cost to lay out?\n", ROWS);
    parley_text_printf(table, "%-10s %12s %12s %8s\n", "TEXT", "us a page", "ns a byte", "ratio");
    double first = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        page p = {ctx, kinds[k].text, 0};
        double seconds = bench_time(lay_out, &p);
        first = k == 0 ? seconds : first;
        parley_text_printf(table, "%-10s %12.0f %12.1f %8.2f\n", kinds[k].name, seconds * 1e6,
                           seconds * 1e9 / (double)p.bytes, seconds / first);
        parley_json_object(&json);
        parley_json_key(&json, "text");
        parley_json_string(&json, kinds[k].name);
        parley_json_key(&json, "nanoseconds");
        parley_json_int(&json, (int64_t)(seconds * 1e9));
        parley_json_key(&json, "bytes");
        parley_json_uint(&json, p.bytes);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    parley_json_finish(&json);
    fputs(parley_text_data(as_json ? json_text : table), stdout);
    parley_text_free(json_text);
    parley_text_free(table);
    parley_ctx_free(ctx);
    return 0;
}
