/*
 * parley log --json-lines: one JSON object a line, each answered by one JSON object a line, in
 * order.
 *
 * What has arrived is one batch: its right lines are put into one transaction, the whole is read as
 * a case, the transaction is made durable, and only then are the answers written. So somebody who
 * sends one line and waits gets its answer at once, and a file of a million is not a million syncs.
 * A batch that makes no case as a whole is taken again line by line. With --strict all is one batch
 * that is written only if every line is right.
 */
#include "cli/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE (256u << 10)      /* bytes asked of the system at once */
#define BATCH_MOST 5000u        /* lines in one transaction */
#define WAITING_MOST (2u << 20) /* bytes gathered before they are taken, while more is there */

typedef struct answer {
    uint32_t line;
    const char *status; /* new, corrected, unchanged; refused */
    const char *claim;
    const char *members; /* of the claim, in JSON */
    parley_error *error;
} answer;

typedef struct stream {
    cli_logging *l;
    parley_arena *arena; /* of one batch */
    parley_arena_mark here;
    bool strict;
    int fd;
    char *bytes; /* what was read and not taken yet */
    size_t room;
    size_t begin;
    size_t end;
    bool over;  /* nothing more will come */
    bool skips; /* within a line that is too long */
    uint32_t line;
    answer *answers;
    uint32_t count;
    uint32_t answer_room;
    bool open; /* a transaction */
    uint32_t wrong;
} stream;

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading a stream");
}

/* ---------------------------------------------------------------------- answers */

static void write_answer(stream *s, const answer *a)
{
    parley_json j;
    parley_json_begin(&j, s->l->call->out);
    j.compact = true;
    parley_json_object(&j);
    parley_json_key(&j, "line");
    parley_json_uint(&j, a->line);
    parley_json_key(&j, "status");
    parley_json_string(&j, a->status);
    parley_json_key(&j, "claim");
    parley_json_string(&j, a->claim);
    if (a->error != NULL) {
        const char *const texts[][2] = {{"message", a->error->message}, {"hint", a->error->hint}};
        parley_json_key(&j, "error");
        parley_json_object(&j);
        parley_json_key(&j, "kind");
        parley_json_string(&j, parley_status_word(a->error->status));
        parley_json_key(&j, "column");
        if (a->error->span.line > 0) {
            parley_json_uint(&j, a->error->span.column);
        } else {
            parley_json_null(&j);
        }
        for (int k = 0; k < 2; k++) {
            parley_json_key(&j, texts[k][0]);
            parley_json_string(&j, texts[k][1][0] != '\0' ? texts[k][1] : NULL);
        }
        parley_json_object_end(&j);
    } else if (a->members != NULL) {
        parley_json_key(&j, "kept_as_words");
        parley_text_puts(s->l->call->out, a->members);
        j.after_key = false;
    }
    parley_json_object_end(&j);
    parley_json_finish(&j);
}

static answer *add_answer(stream *s, uint32_t line)
{
    if (s->count == s->answer_room) {
        uint32_t room = s->answer_room == 0 ? 64 : s->answer_room * 2;
        answer *grown = parley_realloc(s->l->call->ctx, s->answers, s->answer_room * sizeof(*grown),
                                       room * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        s->answers = grown;
        s->answer_room = room;
    }
    s->answers[s->count] = (answer){.line = line};
    return &s->answers[s->count++];
}

static parley_status refuse(stream *s, uint32_t line, const parley_error *error, parley_error *err)
{
    answer *a = add_answer(s, line);
    parley_error *copy = parley_arena_alloc(s->arena, sizeof(*copy));
    if (a == NULL || copy == NULL) {
        return nomem(err);
    }
    *copy = *error;
    a->status = "refused";
    a->error = copy;
    s->wrong++;
    return PARLEY_OK;
}

/* What was kept as words, as a JSON list. */
static const char *unread_json(stream *s, const parley_taken *taken)
{
    parley_text *text = parley_text_new(s->l->call->ctx, PARLEY_STORE_WORDS_MOST);
    const char *copy = NULL;
    parley_json j;
    if (text != NULL) {
        parley_json_begin(&j, text);
        j.compact = true;
        parley_json_array(&j);
        for (uint32_t i = 0; i < taken->unread.count; i++) {
            parley_json_object(&j);
            parley_json_key(&j, "typed");
            parley_json_string(&j, taken->unread.at[i]);
            parley_json_key(&j, "why");
            parley_json_string(&j, taken->why.at[i]);
            parley_json_object_end(&j);
        }
        parley_json_array_end(&j);
        copy = parley_text_status(text, NULL) == PARLEY_OK
                   ? parley_arena_copy(s->arena, parley_text_data(text), parley_text_size(text))
                   : NULL;
    }
    parley_text_free(text);
    return copy;
}

static parley_status accept(stream *s, uint32_t line, const parley_taken *taken, parley_error *err)
{
    answer *a = add_answer(s, line);
    if (a == NULL) {
        return nomem(err);
    }
    a->status = taken->same ? "unchanged" : taken->corrects >= 0 ? "corrected" : "new";
    a->claim = taken->id; /* in the arena of the batch */
    a->members = unread_json(s, taken);
    return a->members == NULL ? nomem(err) : PARLEY_OK;
}

/* ---------------------------------------------------------------------- batches */

/* A line as it waits: its bytes stay where they are until the batch is over. */
typedef struct waiting {
    const char *text;
    size_t length;
    uint32_t line;
} waiting;

static parley_status open_batch(stream *s, parley_error *err)
{
    parley_status status = s->open ? PARLEY_OK : parley_store_begin(s->l->store, err);
    s->open = s->open || status == PARLEY_OK;
    return status;
}

/* Durable, with the case and the counter as they are now. */
static parley_status keep(stream *s, parley_error *err)
{
    parley_status status = cli_log_check(s->l, NULL, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (s->l->dry) {
        return PARLEY_OK; /* taken back at the end */
    }
    s->open = false;
    return parley_store_commit(s->l->store, err);
}

static parley_status forget(stream *s, parley_error *err)
{
    parley_store_rollback(s->l->store);
    s->open = false;
    return cli_log_renew(s->l, err);
}

/* Did the line fail, or everything? */
static bool is_fatal(parley_status status)
{
    return status == PARLEY_NOMEM || status == PARLEY_CANCELLED || status == PARLEY_IO ||
           status == PARLEY_BACKEND || status == PARLEY_STATE || status == PARLEY_INTERNAL;
}

/* One line into the open transaction, and its answer. *touched: the transaction holds it. */
static parley_status take(stream *s, const waiting *w, bool *touched, parley_error *err)
{
    parley_taken taken;
    parley_error error = PARLEY_ERROR_INIT;
    *touched = false;
    parley_status status =
        w->text == NULL
            ? parley_fail(&error, PARLEY_LIMIT, "an object of more than %u bytes",
                          PARLEY_INTAKE_LINE_MOST)
            : parley_intake_json(&taken, s->l->in, s->arena, w->text, w->length, &error);
    if (status == PARLEY_OK) {
        status = open_batch(s, err);
        if (status != PARLEY_OK) {
            return status;
        }
        status = cli_log_add(s->l, &taken, &error);
        *touched = status == PARLEY_OK && !taken.same;
        if (status == PARLEY_OK) {
            return accept(s, w->line, &taken, err);
        }
    }
    if (is_fatal(status)) {
        if (err != NULL) {
            *err = error;
        }
        return status;
    }
    return refuse(s, w->line, &error, err);
}

/* Each line with a transaction of its own. */
static parley_status take_singly(stream *s, const waiting *list, uint32_t count, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < count && status == PARLEY_OK; i++) {
        bool touched = false;
        uint32_t wrong = s->wrong;
        if (list[i].text != NULL) {
            status = cli_log_ready(s->l, list[i].text, list[i].length, err);
        }
        if (status != PARLEY_OK) {
            break;
        }
        status = take(s, &list[i], &touched, err);
        if (status == PARLEY_OK && touched) {
            parley_error error = PARLEY_ERROR_INIT;
            status = keep(s, &error);
            if (status != PARLEY_OK && !is_fatal(status)) {
                s->count--;
                s->wrong = wrong;
                error.span = PARLEY_SPAN_NONE;
                status = forget(s, err);
                status = status == PARLEY_OK ? refuse(s, list[i].line, &error, err) : status;
            } else if (status != PARLEY_OK && err != NULL) {
                *err = error;
            }
        }
    }
    return status;
}

static parley_status take_batch(stream *s, const waiting *list, uint32_t count, parley_error *err)
{
    parley_status status = PARLEY_OK;
    bool any = false;
    bool again = false; /* a claim of this batch is spoken of again: first make it durable */
    for (uint32_t i = 0; i < count && status == PARLEY_OK; i++) {
        if (list[i].text != NULL) {
            status = cli_log_ready(s->l, list[i].text, list[i].length, err);
        }
    }
    for (uint32_t i = 0; i < count && status == PARLEY_OK && !again; i++) {
        bool touched = false;
        status = take(s, &list[i], &touched, err);
        any = any || touched;
        const answer *last = s->count > 0 ? &s->answers[s->count - 1] : NULL;
        again = any && !s->strict && status == PARLEY_OK && last->error != NULL &&
                last->error->status == PARLEY_CONFLICT;
    }
    if (status != PARLEY_OK || (!any && !again)) {
        return status;
    }
    parley_error error = PARLEY_ERROR_INIT;
    if (!again && !s->strict) {
        status = keep(s, &error);
    }
    if (again || (status != PARLEY_OK && !is_fatal(status))) {
        s->count = 0;
        s->wrong = 0;
        status = forget(s, err);
        return status == PARLEY_OK ? take_singly(s, list, count, err) : status;
    }
    if (status != PARLEY_OK && err != NULL) {
        *err = error;
    }
    return status;
}

/* ---------------------------------------------------------------------- reading */

/* More bytes. False: an error; at the end `over`. */
static parley_status fill(stream *s, parley_error *err)
{
    if (s->begin > 0) {
        memmove(s->bytes, s->bytes + s->begin, s->end - s->begin);
        s->end -= s->begin;
        s->begin = 0;
    }
    if (s->room - s->end < PIECE) {
        size_t room = s->room + (s->room > PIECE ? s->room : PIECE);
        char *grown = parley_realloc(s->l->call->ctx, s->bytes, s->room, room);
        if (grown == NULL) {
            return nomem(err);
        }
        s->bytes = grown;
        s->room = room;
    }
    for (;;) {
        if (parley_ctx_cancelled(s->l->call->ctx)) {
            return parley_fail(err, PARLEY_CANCELLED,
                               "stopped on request; what was acknowledged "
                               "is written");
        }
        ssize_t n = read(s->fd, s->bytes + s->end, PIECE);
        if (n >= 0) {
            s->over = n == 0;
            s->end += (size_t)n;
            return PARLEY_OK;
        }
        if (errno == EAGAIN) {
            struct pollfd ready = {s->fd, POLLIN, 0};
            poll(&ready, 1, 1000);
        } else if (errno != EINTR) {
            return parley_fail(err, PARLEY_IO, "cannot read: %s", strerror(errno));
        }
    }
}

/* All that is there by now: the more lines in a batch, the less often the case is read. */
static parley_status gather(stream *s, parley_error *err)
{
    struct pollfd more = {s->fd, POLLIN, 0};
    parley_status status = fill(s, err);
    while (status == PARLEY_OK && !s->over && s->end - s->begin < WAITING_MOST &&
           poll(&more, 1, 0) == 1) {
        status = fill(s, err);
    }
    return status;
}

/* The next whole line that has arrived. False: there is none. */
static bool next_line(stream *s, waiting *out)
{
    for (;;) {
        char *text = s->bytes + s->begin;
        size_t have = s->end - s->begin;
        char *end = have > 0 ? memchr(text, '\n', have) : NULL;
        if (end == NULL && !s->over && have <= PARLEY_INTAKE_LINE_MOST) {
            return false;
        }
        if (end == NULL && !s->over) { /* too long already: pass over the rest of it */
            s->begin = s->end;
            s->skips = true;
            return false;
        }
        if (have == 0 && !s->skips) {
            return false;
        }
        size_t length = end != NULL ? (size_t)(end - text) : have;
        s->begin += length + (end != NULL);
        s->line++;
        *out = (waiting){s->skips ? NULL : text, length, s->line};
        size_t blank = 0;
        while (blank < length && strchr(" \t\r", text[blank]) != NULL && text[blank] != '\0') {
            blank++;
        }
        bool skipped = s->skips;
        s->skips = false;
        if (skipped || blank < length) {
            return true;
        }
        if (end == NULL) {
            return false;
        }
    }
}

static int answer_all(stream *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        write_answer(s, &s->answers[i]);
    }
    s->count = 0;
    parley_arena_reset(s->arena, s->here);
    return cli_flush(s->l->call);
}

/* --strict: all of it, or nothing. */
static int finish_strict(stream *s)
{
    parley_error err = PARLEY_ERROR_INIT;
    cli_call *call = s->l->call;
    parley_status status = PARLEY_OK;
    if (s->wrong == 0 && s->open) {
        status = keep(s, &err);
    } else {
        parley_store_rollback(s->l->store);
    }
    for (uint32_t i = 0; i < s->count && (s->wrong > 0 || status != PARLEY_OK); i++) {
        if (s->answers[i].error == NULL && strcmp(s->answers[i].status, "unchanged") != 0) {
            s->answers[i].status = "not written";
        }
    }
    int exit = answer_all(s);
    if (status != PARLEY_OK) {
        return cli_error(call, &err);
    }
    return exit;
}

static parley_status run(stream *s, int *exit, parley_error *err)
{
    parley_ctx *ctx = s->l->call->ctx;
    uint32_t wrong = 0;
    waiting *list = parley_alloc(ctx, BATCH_MOST * sizeof(*list));
    parley_status status = list == NULL ? nomem(err) : PARLEY_OK;
    while (status == PARLEY_OK && *exit == CLI_DONE) {
        uint32_t count = 0;
        while (count < BATCH_MOST && next_line(s, &list[count])) {
            count++;
        }
        if (count == 0 && s->over) {
            break;
        }
        if (count == 0) {
            status = gather(s, err);
            continue;
        }
        status = take_batch(s, list, count, err);
        if (!s->strict) {
            wrong += s->wrong;
            s->wrong = 0;
            int flushed = status == PARLEY_OK ? answer_all(s) : CLI_DONE;
            *exit = flushed;
        }
    }
    s->wrong += wrong;
    parley_release(ctx, list, BATCH_MOST * sizeof(*list));
    return status;
}

static parley_status open_file(stream *s, const char *path, parley_error *err)
{
    s->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0) {
        return parley_fail(err, errno == ENOENT ? PARLEY_NOTFOUND : PARLEY_IO,
                           "cannot open '%s': %s", path, strerror(errno));
    }
    return PARLEY_OK;
}

int cli_log_stream(cli_logging *l, const char *path, bool strict)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_ctx *ctx = l->call->ctx;
    stream s = {.l = l, .strict = strict, .fd = -1};
    int exit = CLI_DONE;
    s.arena = parley_arena_new(ctx);
    parley_status status = s.arena == NULL ? nomem(&err) : open_file(&s, path, &err);
    if (status == PARLEY_OK) {
        s.here = parley_arena_here(s.arena);
        status = run(&s, &exit, &err);
    }
    if (status == PARLEY_OK && strict && exit == CLI_DONE) {
        exit = finish_strict(&s);
    }
    if (status != PARLEY_OK) {
        parley_store_rollback(l->store);
        exit = cli_error(l->call, &err);
        if (status == PARLEY_CANCELLED) {
            exit = CLI_INTERRUPTED;
        }
    } else if (exit == CLI_DONE && s.wrong > 0) {
        exit = CLI_INPUT;
    }
    if (l->dry) {
        parley_store_rollback(l->store);
    }
    if (s.fd > STDIN_FILENO) {
        close(s.fd);
    }
    parley_release(ctx, s.bytes, s.room);
    parley_release(ctx, s.answers, s.answer_room * sizeof(*s.answers));
    parley_arena_free(s.arena);
    return exit;
}
