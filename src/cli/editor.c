/*
 * One line asked for on a terminal.
 *
 * Keys: arrows left and right, Home, End, Backspace, Delete, Ctrl-A E B F K U W L, TAB for what may
 * stand here, arrow up for the field before, Ctrl-C to drop, Ctrl-D to end. Pasted text goes in as
 * it is, its line ends as blanks. Characters are UTF-8; what is not is left out. Leaves out:
 * history, more than one line, undo.
 */
#include "cli/editor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE_MS 50 /* a key that sends several bytes sends them within this */

typedef struct typing {
    editor *e;
    const char *prompt;
    size_t prompt_width;
    char *text;
    size_t length;
    size_t at;   /* the cursor, in bytes */
    bool paste;  /* between the marks of a paste */
    bool listed; /* TAB was pressed without effect: the next one lists */
    struct termios before;
} typing;

static void put(const char *s, size_t length)
{
    while (length > 0) {
        ssize_t n = write(STDOUT_FILENO, s, length);
        if (n > 0) {
            s += n;
            length -= (size_t)n;
        } else if (n < 0 && errno == EAGAIN) {
            struct pollfd ready = {STDOUT_FILENO, POLLOUT, 0};
            poll(&ready, 1, 1000);
        } else if (n < 0 && errno != EINTR) {
            return;
        }
    }
}

static void puts_out(const char *s)
{
    put(s, strlen(s));
}

void editor_begin(editor *e, parley_ctx *ctx, uint32_t width)
{
    const char *term = getenv("TERM");
    struct termios now;
    *e = (editor){.ctx = ctx, .width = width, .pushed = -1};
    e->raw = term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0 && isatty(STDIN_FILENO) &&
             isatty(STDOUT_FILENO) && tcgetattr(STDIN_FILENO, &now) == 0;
}

/* ---------------------------------------------------------------------- terminal */

static bool enter(typing *t)
{
    struct termios raw;
    if (tcgetattr(STDIN_FILENO, &t->before) != 0) {
        return false;
    }
    raw = t->before;
    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) != 0) {
        return false;
    }
    puts_out("\x1b[?2004h"); /* tell a paste from typing */
    return true;
}

static void leave(typing *t)
{
    puts_out("\x1b[?2004l");
    tcsetattr(STDIN_FILENO, TCSADRAIN, &t->before);
}

/* The next byte; -1: nothing more comes; -2: asked to end; -3: none within `ms` (negative: wait).
 */
static int next_byte(editor *e, int ms)
{
    int pushed = e->pushed;
    e->pushed = -1;
    if (pushed >= 0) {
        return pushed;
    }
    for (;;) {
        if (parley_ctx_cancelled(e->ctx)) {
            return -2;
        }
        if (ms >= 0) {
            struct pollfd ready = {STDIN_FILENO, POLLIN, 0};
            if (poll(&ready, 1, ms) == 0) {
                return -3;
            }
        }
        unsigned char byte = 0;
        ssize_t n = read(STDIN_FILENO, &byte, 1);
        if (n == 1) {
            return byte;
        }
        if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
            return -1;
        }
    }
}

/* ----------------------------------------------------------------------- drawing */

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0u) == 0x80u;
}

static size_t left_of(const typing *t, size_t at)
{
    while (at > 0 && continues(t->text[--at])) {
    }
    return at;
}

static size_t right_of(const typing *t, size_t at)
{
    at += at < t->length;
    while (at < t->length && continues(t->text[at])) {
        at++;
    }
    return at;
}

/* The line again, shifted so that the cursor is seen. */
static void draw(const typing *t)
{
    size_t room = t->e->width > t->prompt_width + 8 ? t->e->width - t->prompt_width - 1 : 8;
    size_t from = 0;
    while (parley_utf8_width(t->text + from, t->at - from) >= room) {
        from = right_of(t, from);
    }
    size_t to = from;
    while (to < t->length) {
        size_t next = right_of(t, to);
        if (parley_utf8_width(t->text + from, next - from) > room) {
            break;
        }
        to = next;
    }
    char place[32];
    puts_out("\r\x1b[K");
    puts_out(t->prompt);
    put(t->text + from, to - from);
    snprintf(place, sizeof(place), "\r\x1b[%zuC",
             t->prompt_width + parley_utf8_width(t->text + from, t->at - from));
    puts_out(place);
}

/* ----------------------------------------------------------------------- editing */

static void drop(typing *t, size_t from, size_t to)
{
    memmove(t->text + from, t->text + to, t->length - to);
    t->length -= to - from;
    t->at = from;
    t->text[t->length] = '\0';
}

static void insert(typing *t, const char *s, size_t n)
{
    if (t->length + n >= EDITOR_LINE_MOST) {
        return;
    }
    memmove(t->text + t->at + n, t->text + t->at, t->length - t->at);
    memcpy(t->text + t->at, s, n);
    t->length += n;
    t->at += n;
    t->text[t->length] = '\0';
}

/* A character from its first byte on; what is no UTF-8 or no letter is left out. */
static int insert_character(typing *t, int first)
{
    char bytes[4] = {(char)first};
    size_t n = 1;
    size_t want = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
    while (want > n) {
        int byte = next_byte(t->e, ESCAPE_MS);
        if (byte < 0) {
            return byte;
        }
        if (!continues((char)byte)) {
            t->e->pushed = byte; /* no part of a character: a key of its own */
            return 0;
        }
        bytes[n++] = (char)byte;
    }
    if (want > 0 && parley_utf8_valid(bytes, n, NULL) && (n > 1 || (first >= 32 && first != 127))) {
        insert(t, bytes, n);
    }
    return 0;
}

static void drop_word(typing *t)
{
    size_t from = t->at;
    while (from > 0 && t->text[from - 1] == ' ') {
        from--;
    }
    while (from > 0 && t->text[from - 1] != ' ') {
        from--;
    }
    drop(t, from, t->at);
}

/* What all choices begin with. */
static size_t common(const editor_choice *list, size_t count)
{
    size_t n = strlen(list[0].text);
    for (size_t i = 1; i < count; i++) {
        size_t k = 0;
        while (k < n && list[i].text[k] == list[0].text[k]) {
            k++;
        }
        n = k;
    }
    while (n > 0 && continues(list[0].text[n])) {
        n--;
    }
    return n;
}

static void complete(typing *t)
{
    editor *e = t->e;
    editor_choice list[EDITOR_CHOICES_MOST];
    char head[EDITOR_LINE_MOST];
    size_t from = 0;
    if (e->complete == NULL) {
        return;
    }
    memcpy(head, t->text, t->at);
    head[t->at] = '\0';
    size_t count = e->complete(e->user, head, list, EDITOR_CHOICES_MOST, &from);
    if (count == 0) {
        puts_out("\a");
        return;
    }
    size_t n = common(list, count);
    bool grows = count == 1 || n > t->at - from;
    if (grows) {
        drop(t, from, t->at);
        insert(t, list[0].text, n);
    }
    if (count > 1 && (t->listed || !grows) && e->show != NULL) {
        puts_out("\r\n");
        e->show(e->user, list, count);
    }
    t->listed = count > 1;
}

/* Keys that begin with ESC. Gives the key's letter, '1' Home .. as `~` keys, or 0. */
static int escape(typing *t)
{
    int byte = next_byte(t->e, ESCAPE_MS);
    if (byte != '[' && byte != 'O') {
        return byte == -2 ? -2 : 0;
    }
    int number = 0;
    for (;;) {
        byte = next_byte(t->e, ESCAPE_MS);
        if (byte >= '0' && byte <= '9') {
            number = number < 1000 ? number * 10 + (byte - '0') : number;
        } else if (byte == ';') {
            number = 0;
        } else {
            break;
        }
    }
    if (byte < 0) {
        return byte == -2 ? -2 : 0;
    }
    if (byte == '~' && (number == 200 || number == 201)) {
        t->paste = number == 200;
        return 0;
    }
    return byte != '~'                  ? byte
           : number == 3                ? 'X'
           : number == 1 || number == 7 ? 'H'
           : number == 4 || number == 8 ? 'F'
                                        : 0;
}

static void move(typing *t, int key)
{
    switch (key) {
    case 'C':
        t->at = right_of(t, t->at);
        break;
    case 'D':
        t->at = left_of(t, t->at);
        break;
    case 'H':
        t->at = 0;
        break;
    case 'F':
        t->at = t->length;
        break;
    case 'X':
        drop(t, t->at, right_of(t, t->at));
        break;
    default:
        break;
    }
}

/* Ctrl-Z: as the shell has it, with the terminal as it was. */
static void stop(typing *t)
{
    leave(t);
    kill(0, SIGTSTP);
    enter(t);
}

/* One key. True: the line is finished with *answer. */
static bool take_key(typing *t, int byte, editor_answer *answer)
{
    bool tab = false;
    if (t->paste && byte != 27) {
        if (byte == '\r' || byte == '\n' || byte == '\t') {
            byte = ' ';
        }
        return insert_character(t, byte) == -2 && (*answer = EDITOR_CANCEL, true);
    }
    switch (byte) {
    case '\r':
    case '\n':
        *answer = EDITOR_LINE;
        return true;
    case 3:
        *answer = EDITOR_DROP;
        return true;
    case 4:
        if (t->length == 0) {
            *answer = EDITOR_END;
            return true;
        }
        move(t, 'X');
        break;
    case 16: /* Ctrl-P */
        *answer = EDITOR_BACK;
        return true;
    case 27: {
        int key = escape(t);
        if (key == 'A' || key == -2) {
            *answer = key == 'A' ? EDITOR_BACK : EDITOR_CANCEL;
            return true;
        }
        move(t, key);
        break;
    }
    case '\t':
        complete(t);
        tab = true;
        break;
    case 8:
    case 127:
        drop(t, left_of(t, t->at), t->at);
        break;
    case 1:
        move(t, 'H');
        break;
    case 5:
        move(t, 'F');
        break;
    case 2:
        move(t, 'D');
        break;
    case 6:
        move(t, 'C');
        break;
    case 11:
        drop(t, t->at, t->length);
        break;
    case 21:
        drop(t, 0, t->at);
        break;
    case 23:
        drop_word(t);
        break;
    case 12:
        puts_out("\x1b[H\x1b[2J");
        break;
    case 26:
        stop(t);
        break;
    default:
        if (insert_character(t, byte) == -2) {
            *answer = EDITOR_CANCEL;
            return true;
        }
        break;
    }
    t->listed = tab && t->listed;
    return false;
}

static editor_answer ask_keys(editor *e, const char *prompt)
{
    typing t = {.e = e,
                .prompt = prompt,
                .prompt_width = parley_utf8_width(prompt, strlen(prompt)),
                .text = e->line,
                .length = strlen(e->line)};
    editor_answer answer = EDITOR_END;
    t.at = t.length;
    if (!enter(&t)) {
        return EDITOR_END;
    }
    for (;;) {
        struct pollfd more = {STDIN_FILENO, POLLIN, 0};
        if (poll(&more, 1, 0) == 0) {
            draw(&t); /* not for every byte of a paste */
        }
        int byte = next_byte(e, -1);
        if (byte < 0) {
            answer = byte == -2 ? EDITOR_CANCEL : EDITOR_END;
            e->eof = byte == -1;
            break;
        }
        if (take_key(&t, byte, &answer)) {
            break;
        }
    }
    t.at = t.length;
    draw(&t);
    leave(&t);
    puts_out("\n");
    return answer;
}

/* A line as it comes. */
static editor_answer ask_plain(editor *e, const char *prompt)
{
    size_t n = 0;
    puts_out(prompt);
    for (;;) {
        int byte = next_byte(e, -1);
        if (byte == -2) {
            return EDITOR_CANCEL;
        }
        if (byte == -1) {
            e->eof = true;
            e->line[n] = '\0';
            return n > 0 ? EDITOR_LINE : EDITOR_END;
        }
        if (byte == '\n') {
            break;
        }
        if (n + 1 < EDITOR_LINE_MOST && byte != '\r' && byte != '\0') {
            e->line[n++] = (char)byte;
        }
    }
    e->line[n] = '\0';
    return EDITOR_LINE;
}

editor_answer editor_ask(editor *e, const char *prompt, const char *text)
{
    snprintf(e->line, sizeof(e->line), "%s", text != NULL && e->raw ? text : "");
    return e->raw ? ask_keys(e, prompt) : ask_plain(e, prompt);
}
