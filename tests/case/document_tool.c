/*
 * For test_document_python.py: trees as lines of JSON, so that another reader of YAML can be
 * compared.
 *
 *   document_tool canonical FILE DIR  canonical YAML, JSON and a dump of a file into DIR
 *   document_tool random FROM TO DIR  random trees: as people write them, canonical, as JSON, and
 * dumped
 */
#include "case/document_random.h"

static void save(const char *folder, const char *name, const char *text, size_t n)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(text, 1, n, f) != n || fclose(f) != 0) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(1);
    }
}

static void save_text(const char *folder, const char *base, const char *end, parley_text *text)
{
    char name[300];
    snprintf(name, sizeof name, "%s%s", base, end);
    save(folder, name, parley_text_data(text), parley_text_size(text));
    parley_text_clear(text);
}

static parley_document *load(parley_ctx *ctx, const char *path)
{
    static char bytes[1 << 24];
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    if (parley_document_read(&d, ctx, path, bytes, n, NULL, &err) != PARLEY_OK) {
        char line[1024];
        parley_error_print(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
        exit(1);
    }
    return d;
}

static void save_all(parley_ctx *ctx, const char *folder, const char *base, const parley_node *tree)
{
    parley_text *text = parley_text_new(ctx, 1 << 26);
    parley_document_write_yaml(tree, text);
    save_text(folder, base, ".canonical.yaml", text);
    parley_document_write_json(tree, text);
    save_text(folder, base, ".json", text);
    dump_tree(text, tree, NULL, false);
    save_text(folder, base, ".dump", text);
    dump_tree(text, tree, NULL, true);
    save_text(folder, base, ".tones", text);
    parley_text_free(text);
}

static void random_one(parley_ctx *ctx, uint64_t seed, const char *folder)
{
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *text = parley_text_new(ctx, 1 << 26);
    parley_random r = parley_random_stream(seed, 4, 0, 0);
    uint32_t comments = 0;
    char base[32];
    snprintf(base, sizeof base, "%llu", (unsigned long long)seed);
    parley_node *tree = random_tree(&r, arena, 0);
    render_random(&r, tree, text, &comments);
    save_text(folder, base, ".yaml", text);
    save_all(ctx, folder, base, tree);
    parley_text_free(text);
    parley_arena_free(arena);
}

int main(int argc, char **argv)
{
    parley_ctx *ctx = check_ctx();
    if (argc == 5 && strcmp(argv[1], "random") == 0) {
        for (uint64_t seed = strtoull(argv[2], NULL, 10); seed < strtoull(argv[3], NULL, 10);
             seed++)
            random_one(ctx, seed, argv[4]);
    } else if (argc == 4 && strcmp(argv[1], "canonical") == 0) {
        const char *slash = strrchr(argv[2], '/');
        parley_document *d = load(ctx, argv[2]);
        save_all(ctx, argv[3], slash != NULL ? slash + 1 : argv[2], parley_document_root(d));
        parley_document_free(d);
    } else {
        fprintf(stderr, "usage: document_tool random FROM TO DIR | canonical FILE DIR\n");
        return 2;
    }
    parley_ctx_free(ctx);
    return 0;
}
