/*
 * Inside the program: writing a file that is there whole or not at all.
 */
#ifndef PARLEY_CLI_SAVE_H
#define PARLEY_CLI_SAVE_H

#include <parley/base.h>

/*
 * Written beside the file, synced, and put in its place, mode 0600. Without `replace` a file that
 * is there already stays as it is, also one that somebody makes meanwhile; then *exists is true.
 * IO.
 */
parley_status cli_save(const char *path, const char *bytes, size_t length, bool replace,
                       bool *exists, parley_error *err) PARLEY_MUST_CHECK;

/*
 * The same in two steps, for what has to be written down in between: the bytes lie beside the
 * place, synced, until they are put there or forgotten. A place that is taken is found at once, and
 * again when it is taken.
 */
typedef struct cli_saving {
    const char *path;
    bool replace;
    char beside[4096];
} cli_saving;
parley_status cli_save_beside(cli_saving *out, const char *path, const char *bytes, size_t length,
                              bool replace, bool *exists, parley_error *err) PARLEY_MUST_CHECK;
parley_status cli_save_place(cli_saving *saving, bool *exists, parley_error *err) PARLEY_MUST_CHECK;
void cli_save_forget(cli_saving *saving);

#endif
