/*
 * Fuzz target of what stands between a case file and a terminal: any bytes are made safe and laid
 * out.
 *
 * The first byte chooses the width and whether there is colour. What comes out is well-formed, has
 * nothing that steers a terminal but our own colours, is the same when made safe again, and keeps
 * to the width.
 */
#include <parley/report.h>

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Only printable characters, line ends, and (on a page) our own sequences of colour. */
static void check_plain(const char *s, size_t length, bool page)
{
    PARLEY_ASSERT(parley_utf8_valid(s, length, NULL));
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)s[i];
        if (page && c == 0x1b) {
            PARLEY_ASSERT(s[++i] == '[');
            while (s[++i] != 'm') {
                PARLEY_ASSERT((s[i] >= '0' && s[i] <= '9') || s[i] == ';');
            }
            continue;
        }
        PARLEY_ASSERT(c >= 0x20 || (page && c == '\n'));
        PARLEY_ASSERT(c != 0x7f && !(c == 0xc2 && (unsigned char)s[i + 1] < 0xa0));
        /* U+202A-202E; U+2066-2069 are ours on a page, around letters read from right to left */
        PARLEY_ASSERT(strncmp(s + i, "\xe2\x80\xaa", 3) != 0 &&
                      strncmp(s + i, "\xe2\x80\xae", 3) != 0);
    }
}

/* Without colour, no line is wider than the page. */
static void check_lines(const char *s, uint32_t width)
{
    while (*s != '\0') {
        const char *end = strchr(s, '\n');
        PARLEY_ASSERT(end != NULL);
        PARLEY_ASSERT(parley_utf8_width(s, (size_t)(end - s)) <= width);
        PARLEY_ASSERT(end == s || end[-1] != ' ');
        s = end + 1;
    }
}

static void check_page(parley_ctx *ctx, const char *text, uint32_t width, bool colour)
{
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_screen_options options = PARLEY_SCREEN_OPTIONS_INIT;
    parley_screen *screen = NULL;
    options.width = width;
    options.colour = colour;
    parley_status status = parley_screen_new(&screen, ctx, out, &options, NULL);
    PARLEY_ASSERT(out != NULL && status == PARLEY_OK);
    const parley_column columns[] = {{.heading = "A"},
                                     {.heading = "B", .fill = true},
                                     {.heading = "C", .align = PARLEY_ALIGN_RIGHT}};
    parley_screen_line(screen, "LABEL", PARLEY_INK_PLAIN, text);
    parley_screen_label(screen, text);
    parley_screen_item(screen, PARLEY_INK_PARTY, text);
    parley_screen_item(screen, PARLEY_INK_OURS, text);
    parley_screen_ends(screen, PARLEY_INK_TITLE, text, PARLEY_INK_DIM, "right");
    parley_table *table = parley_table_new(screen, columns, 3, 0, 0);
    parley_table_cell(table, PARLEY_INK_PLAIN, "a");
    parley_table_cell(table, PARLEY_INK_WARN, text);
    parley_table_cell(table, PARLEY_INK_PLAIN, "1");
    parley_table_wide(table, PARLEY_INK_PLAIN, text);
    parley_table_print(table);
    status = parley_screen_status(screen, NULL);
    PARLEY_ASSERT(status == PARLEY_OK);
    check_plain(parley_text_data(out), parley_text_size(out), true);
    if (!colour && width >= 16) {
        check_lines(parley_text_data(out), width);
    }
    parley_screen_free(screen);
    parley_text_free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parley_ctx *ctx = NULL;
    if (size == 0 || size > 4096 || parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        return 0;
    }
    uint32_t width = (data[0] & 0x7fu) + 1;
    bool colour = (data[0] & 0x80u) != 0;
    parley_text *once = parley_text_new(ctx, SIZE_MAX);
    parley_text *twice = parley_text_new(ctx, SIZE_MAX);
    PARLEY_ASSERT(once != NULL && twice != NULL);
    parley_safe_add(once, (const char *)data + 1, size - 1);
    check_plain(parley_text_data(once), parley_text_size(once), false);
    parley_safe_add(twice, parley_text_data(once), parley_text_size(once));
    PARLEY_ASSERT(strcmp(parley_text_data(once), parley_text_data(twice)) == 0);

    char text[4097];
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    check_page(ctx, text, width, colour);
    parley_text_free(once);
    parley_text_free(twice);
    parley_ctx_free(ctx);
    return 0;
}
