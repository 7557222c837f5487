/*
 * Inside the program: one line asked for on a terminal, with the keys people expect.
 *
 * Where the terminal can do no more (TERM=dumb, or none), the line is read as it comes. The
 * terminal is changed only while a line is being typed, and put back before anything else happens,
 * also when the program is asked to end.
 */
#ifndef PARLEY_CLI_EDITOR_H
#define PARLEY_CLI_EDITOR_H

#include <parley/base.h>

#include <stddef.h>

#define EDITOR_LINE_MOST 8192u
#define EDITOR_CHOICES_MOST 200u

typedef enum editor_answer {
    EDITOR_LINE,  /* Enter; the text may be empty */
    EDITOR_BACK,  /* arrow up: to the field before */
    EDITOR_DROP,  /* Ctrl-C */
    EDITOR_END,   /* Ctrl-D on an empty line, or nothing more comes */
    EDITOR_CANCEL /* the program is asked to end */
} editor_answer;

typedef struct editor_choice {
    const char *text;
    const char *about; /* what it is; may be NULL */
} editor_choice;

typedef struct editor {
    parley_ctx *ctx;
    bool raw; /* the terminal can be asked key by key */
    uint32_t width;
    /*
     * What may stand for the word that ends at the cursor: fills at most `most` choices, sets *from
     * to where in the text the word begins, gives how many. May be NULL.
     */
    size_t (*complete)(void *user, const char *text, editor_choice *out, size_t most, size_t *from);
    /* Show choices below the line: the editor draws the line again afterwards. */
    void (*show)(void *user, const editor_choice *choices, size_t count);
    void *user;
    char line[EDITOR_LINE_MOST];
    bool eof;
    int pushed; /* a byte read too early, or -1 */
} editor;

void editor_begin(editor *e, parley_ctx *ctx, uint32_t width);
/* Ask with a prompt; `text` stands there already. What was typed is in e->line, valid UTF-8. */
editor_answer editor_ask(editor *e, const char *prompt, const char *text);

#endif
