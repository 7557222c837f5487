/*
 * Names of files that leave: a folder gets a name that tells nothing, and a name that was typed is
 * looked through for words of hidden records.
 */
#include "cli/gate.h"

#include <stdio.h>
#include <string.h>

enum { WORD_LEAST = 3 };

const char *cli_gate_form(const cli_call *call)
{
    static const char *const writing[] = {"text", "markdown", "html"};
    bool page = call->verb == &cli_verbs[CLI_PAGE]; /* --json tells of it, and is not it */
    bool whole = call->verb == &cli_verbs[CLI_EXPORT] || call->verb == &cli_verbs[CLI_CONVERT];
    if (call->verb == &cli_verbs[CLI_EXPORT] && cli_has(call, CLI_OPT_CSV)) {
        return "csv";
    }
    return call->json && !page ? "json"
           : whole             ? "yaml"
                               : writing[cli_choice(call, CLI_OPT_FORMAT, page ? 2 : 0)];
}

bool cli_gate_neutral(const cli_call *call, char *to, size_t size)
{
    const char *form = cli_gate_form(call);
    const char *ending = strcmp(form, "text") == 0       ? "txt"
                         : strcmp(form, "markdown") == 0 ? "md"
                                                         : form;
    bool whole = call->verb == &cli_verbs[CLI_EXPORT] || call->verb == &cli_verbs[CLI_CONVERT];
    size_t length = strlen(to);
    int n = snprintf(to + length, size - length, "%s%s.%s", to[length - 1] == '/' ? "" : "/",
                     strcmp(form, "csv") == 0 ? "claims"
                     : whole                  ? "case"
                                              : call->verb->name,
                     ending);
    return n > 0 && (size_t)n < size - length;
}

/* Is the word, folded and with a blank on either side, in the folded text? */
static bool holds_word(const char *folded, const char *word, size_t length)
{
    for (const char *at = folded; (at = strstr(at, word)) != NULL; at++) {
        if ((at == folded || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

/* Words of a text, folded, with single blanks between them; hyphens and the like part words. */
static const char *fold(cli_call *call, parley_text *out, const char *text)
{
    parley_text_clear(out);
    if (text != NULL && parley_utf8_fold(call->ctx, text, strlen(text), out, NULL) != PARLEY_OK) {
        parley_text_clear(out);
    }
    return parley_text_data(out);
}

/* Does a record that goes out hold the word in its id or name? */
static bool known(cli_call *call, parley_text *text, const parley_view *view, const char *word)
{
    for (uint32_t i = 0; i < parley_view_rows(view); i++) {
        const parley_view_row *row = parley_view_row_at(view, i);
        if (row->withheld == PARLEY_WITHHELD_NOT &&
            (holds_word(fold(call, text, row->id), word, strlen(word)) ||
             holds_word(fold(call, text, row->name), word, strlen(word)))) {
            return true;
        }
    }
    return false;
}

void cli_gate_check_name(cli_call *call, const char *to, const parley_view *view)
{
    const char *slash = strrchr(to, '/');
    parley_text *name = parley_text_new(call->ctx, 1u << 16);
    parley_text *text = parley_text_new(call->ctx, 1u << 20);
    bool told = name == NULL || text == NULL;
    const char *words = told ? "" : fold(call, name, slash != NULL ? slash + 1 : to);
    for (uint32_t i = 0; !told && i < parley_view_rows(view); i++) {
        const parley_view_row *row = parley_view_row_at(view, i);
        for (int k = 0; k < 2 && !told && row->withheld == PARLEY_WITHHELD_LABEL; k++) {
            char word[64];
            const char *at = fold(call, text, k == 0 ? row->id : row->name);
            bool hit = false;
            while (!hit && *at != '\0') {
                size_t n = strcspn(at, " ");
                if (n >= WORD_LEAST && n < sizeof(word)) {
                    memcpy(word, at, n);
                    word[n] = '\0';
                    hit = holds_word(words, word, n);
                }
                at += n + (at[n] == ' ' ? 1 : 0);
            }
            if (hit && !known(call, text, view, word)) { /* else the audience knows the word */
                told = true;
                cli_complain(
                    call, "the name '%s' holds '%s', a word of a record that is withheld (%s %s)",
                    slash != NULL ? slash + 1 : to, word, row->section,
                    row->id != NULL ? row->id : "");
            }
        }
    }
    parley_text_free(name);
    parley_text_free(text);
}
