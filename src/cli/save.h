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

#endif
