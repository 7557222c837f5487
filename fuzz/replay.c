/*
 * A fuzz target as an ordinary test: `replay FOLDER` runs it once over every file of a corpus, in
 * the order of their names, and prints TAP. A fault ends the program, as it does under the fuzzer.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* The file's bytes in memory of exactly that size, or NULL. */
static uint8_t *read_input(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long end = -1;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        end = ftell(file);
        rewind(file);
    }
    if (end >= 0) {
        *size = (size_t)end;
        bytes = malloc(*size > 0 ? *size : 1);
        if (bytes != NULL && fread(bytes, 1, *size, file) != *size) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    int status = 0;
    if (argc != 2) {
        fprintf(stderr, "usage: replay FOLDER\n");
        return 2;
    }
    int n = scandir(argv[1], &entries, is_input, alphasort);
    if (n <= 0) {
        printf("1..0 # SKIP no inputs in the corpus\n");
        free(entries);
        return 0;
    }
    printf("1..%d\n", n);
    for (int i = 0; i < n; i++) {
        char path[4096];
        size_t size = 0;
        snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
        uint8_t *bytes = read_input(path, &size);
        fflush(stdout);
        if (bytes != NULL) {
            LLVMFuzzerTestOneInput(bytes, size);
        } else {
            status = 1;
        }
        printf("%s %d - %s\n", bytes != NULL ? "ok" : "not ok", i + 1, entries[i]->d_name);
        free(bytes);
        free(entries[i]);
    }
    free(entries);
    return status;
}
