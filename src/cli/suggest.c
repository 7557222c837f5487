/*
 * `parley --complete LINE`: what the shell may put at the end of a command line that is being
 * typed, one a line. Meant for the completion scripts, and so in no help.
 *
 * Says nothing when something is wrong: a word to complete is no place for a message. Of a large
 * case on disk only what claims lean on is read.
 */
#include "cli/suggest.h"
#include "cli/candidates.h"
#include "cli/load.h"
#include "cli/options.h"

#include <parley/intake.h>
#include <parley/store.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WORDS_MOST 64
#define LINE_MOST 16384u
#define WHOLE_MOST (4u << 20) /* bytes of a case on disk that is read with its claims */
#define FILE_MOST (32u << 20) /* of a case file */
#define OFFERS_MOST 2000u     /* words offered at once */

typedef struct suggesting {
    char text[LINE_MOST];
    const char *word[WORDS_MOST]; /* without their quotes; the last one is being typed */
    size_t words;
    char quote; /* the last one stands in it, and it is open */
    const char *typed;
    size_t length;
    const char *before; /* put before what is offered */
    uint32_t count;
} suggesting;

/* The words of the line, as a shell has them but for what it computes. */
static void cut(suggesting *s, const char *line)
{
    size_t out = 0;
    bool word = false;
    s->words = 0;
    for (const char *at = line; *at != '\0' && out + 2 < LINE_MOST; at++) {
        if (s->quote == '\0' && (*at == ' ' || *at == '\t')) {
            if (word) {
                s->text[out++] = '\0';
            }
            word = false;
            continue;
        }
        if (!word && s->words < WORDS_MOST) {
            s->word[s->words++] = s->text + out;
            word = true;
        }
        if (s->quote == '\0' && (*at == '\'' || *at == '"')) {
            s->quote = *at;
        } else if (*at == s->quote) {
            s->quote = '\0';
        } else if (*at == '\\' && s->quote != '\'' && at[1] != '\0') {
            s->text[out++] = *++at;
        } else {
            s->text[out++] = *at;
        }
    }
    s->text[out] = '\0';
    if (!word && s->words < WORDS_MOST) {
        s->word[s->words++] = s->text + out;
    }
}

static bool offer(void *user, const char *text, const char *about)
{
    suggesting *s = user;
    (void)about;
    if (strncmp(text, s->typed, s->length) != 0 || strpbrk(text, " \t\n\r'\"\\$`!") != NULL) {
        return true;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < 32 || *at == 127) {
            return true;
        }
    }
    printf("%s%s\n", s->before, text);
    return ++s->count < OFFERS_MOST;
}

/* ------------------------------------------------------------------------- places */

static cli_place place_of_option(const cli_verb *verb, cli_option option)
{
    size_t id = (size_t)(verb - cli_verbs);
    switch (option) {
    case CLI_OPT_FOR:
        return CLI_PLACE_AUDIENCE;
    case CLI_OPT_PARTY:
    case CLI_OPT_READINGS_OF:
        return CLI_PLACE_PARTY;
    case CLI_OPT_BY:
        return id == CLI_FLAG_VERB ? CLI_PLACE_NONE : CLI_PLACE_PARTY;
    case CLI_OPT_ISSUE:
        return CLI_PLACE_ISSUE;
    case CLI_OPT_TRACK:
        return CLI_PLACE_TRACK;
    case CLI_OPT_TO:
        return id == CLI_COUNTER ? CLI_PLACE_PROPOSAL : CLI_PLACE_NONE;
    case CLI_OPT_WITHOUT:
        return CLI_PLACE_RECORD;
    case CLI_OPT_SOURCE:
        return CLI_PLACE_SOURCE;
    case CLI_OPT_ACT:
        return CLI_PLACE_ACT;
    case CLI_OPT_CLASS:
        return CLI_PLACE_CLASS;
    case CLI_OPT_LAW:
        return CLI_PLACE_LAW;
    case CLI_OPT_ABOUT:
        return CLI_PLACE_ABOUT;
    default:
        return CLI_PLACE_NONE;
    }
}

static cli_place place_of_operand(const cli_verb *verb, size_t operand)
{
    switch ((cli_verb_id)(verb - cli_verbs)) {
    case CLI_BRIEF:
        return operand == 1 ? CLI_PLACE_PARTY : CLI_PLACE_NONE;
    case CLI_WORKTEXT:
        return operand == 1 ? CLI_PLACE_PROPOSAL : CLI_PLACE_NONE;
    case CLI_RELAY:
        return operand == 1 ? CLI_PLACE_RELAY : CLI_PLACE_NONE;
    case CLI_WHY:
        return operand == 1 ? CLI_PLACE_RECORD : CLI_PLACE_NONE;
    case CLI_EDIT:
        return operand == 1 ? CLI_PLACE_RECORD : CLI_PLACE_KEY;
    case CLI_FLAG_VERB:
        return operand == 1 ? CLI_PLACE_FLAG : CLI_PLACE_NONE;
    case CLI_LOG:
        return CLI_PLACE_LINE;
    default:
        return CLI_PLACE_NONE;
    }
}

/* Option of that name, or -1. */
static int option_named(const char *name, size_t length)
{
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        if (strlen(cli_options[o].name) == length &&
            memcmp(cli_options[o].name, name, length) == 0) {
            return o;
        }
    }
    return -1;
}

static bool takes_value(int option)
{
    return option >= 0 && cli_options[option].argument != NULL && !cli_options[option].optional;
}

/* What the line has said before the word that is being typed. */
typedef struct said {
    const cli_verb *verb;
    const char *path;
    size_t operand;       /* which one is being typed; 0: the case */
    size_t first;         /* word of operand 1 */
    int option;           /* whose value is being typed, or -1 */
    const char *audience; /* of --for; NULL: the team */
    const char *as_of;
    const char *recorded;
} said;

static said read_words(const suggesting *s)
{
    said out = {.option = -1};
    size_t operands = 0;
    for (size_t i = 1; i + 1 < s->words; i++) {
        const char *w = s->word[i];
        if (strncmp(w, "--", 2) == 0) {
            const char *equals = strchr(w, '=');
            size_t n = equals != NULL ? (size_t)(equals - w) - 2 : strlen(w) - 2;
            int option = option_named(w + 2, n);
            const char *value = equals != NULL ? equals + 1 : NULL;
            if (equals == NULL && takes_value(option)) {
                i++;
                out.option = i + 1 == s->words ? option : -1;
                value = i + 1 < s->words ? s->word[i] : NULL;
            }
            out.audience = option == CLI_OPT_FOR && value != NULL ? value : out.audience;
            out.as_of = option == CLI_OPT_AS_OF && value != NULL ? value : out.as_of;
            out.recorded = option == CLI_OPT_RECORDED_AS_OF && value != NULL ? value : out.recorded;
            continue;
        }
        if (out.verb == NULL) {
            out.verb = cli_find_verb(w);
            if (out.verb != NULL) {
                continue;
            }
            out.verb = &cli_verbs[CLI_STATUS];
        }
        out.path = operands == 0 ? w : out.path;
        operands++;
        out.first = operands == 2 ? i : out.first;
    }
    out.operand = operands;
    out.first = out.first == 0 ? s->words - 1 : out.first;
    return out;
}

/* ------------------------------------------------------------------------ the case */

/* A day of the line; unknown when it is none. */
static parley_date day_of(const char *text)
{
    const parley_date unknown = PARLEY_DATE_INIT;
    parley_date date = PARLEY_DATE_INIT;
    bool good = text != NULL && parley_date_parse(&date, text, strlen(text), NULL) == PARLEY_OK;
    return good ? date : unknown;
}

/*
 * What the command would look at: with --for only what the audience may see, under the ids of its
 * copy. A large case on disk has no such copy at hand; then nothing of it is offered.
 */
static parley_case *read_case(parley_ctx *ctx, const said *now, parley_store **store,
                              parley_store_claims **claims, const parley_case **c)
{
    char full[4096];
    struct stat info;
    parley_case *own = NULL;
    const char *path = now->path;
    const char *home = getenv("HOME");
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_date recorded = day_of(now->recorded);
    int64_t by =
        recorded.form != PARLEY_DATE_UNKNOWN ? parley_store_end_of(recorded) : PARLEY_STORE_NOW;
    bool all = now->audience == NULL || strcmp(now->audience, "team") == 0;
    options.audience = now->audience;
    options.as_of = day_of(now->as_of);
    options.today = cli_today();
    snprintf(full, sizeof(full), "%s%s",
             path[0] == '~' && path[1] == '/' && home != NULL ? home : "",
             path[0] == '~' && path[1] == '/' && home != NULL ? path + 1 : path);
    *c = NULL;
    if (stat(full, &info) != 0 || !S_ISREG(info.st_mode)) {
        return NULL;
    }
    bool disk = parley_store_is(full);
    if (disk && parley_store_open(store, ctx, full, NULL, NULL) != PARLEY_OK) {
        return NULL;
    }
    parley_status status = PARLEY_OK;
    if (disk && info.st_size > (off_t)WHOLE_MOST) {
        status = all ? parley_store_claims_new(claims, *store, NULL) : PARLEY_DENIED;
        *c = status == PARLEY_OK ? parley_store_claims_frame(*claims) : NULL;
    } else if (disk) {
        status = parley_store_case(&own, *store, by, &options, NULL, NULL, NULL);
    } else if (info.st_size <= (off_t)FILE_MOST) {
        status = parley_case_load(&own, ctx, full, &options, NULL, NULL);
    }
    if (status == PARLEY_OK && own != NULL) {
        *c = own;
    }
    return own;
}

/* ------------------------------------------------------------------------ offering */

static void set_typed(suggesting *s, const char *typed, const char *before)
{
    s->typed = typed;
    s->length = strlen(typed);
    s->before = before;
}

/* Behind the last of these marks a new item begins; what is before it stays. */
static void skip_to(suggesting *s, const char *marks, char *head, size_t room)
{
    const char *at = s->typed;
    for (const char *next = at; (next = strpbrk(next, marks)) != NULL;) {
        at = ++next;
    }
    snprintf(head, room, "%s%.*s", s->before, (int)(at - s->typed), s->typed);
    set_typed(s, at, head);
}

/* A word of a log line: a source behind @, a value behind a key, or the next word. */
static void offer_line(suggesting *s, const parley_case *c, const char *line)
{
    char head[LINE_MOST];
    char key[64];
    const char *typed = s->typed;
    const char *slash = strchr(typed, '/');
    const char *colon = strchr(typed, ':');
    size_t n = colon != NULL ? (size_t)(colon - typed) : 0;
    if (typed[0] == '@') {
        snprintf(head, sizeof(head), "%s%.*s", s->before,
                 slash != NULL ? (int)(slash + 1 - typed) : 1, typed);
        set_typed(s, slash != NULL ? slash + 1 : typed + 1, head);
        cli_candidates(c, slash != NULL ? CLI_PLACE_CLASS : CLI_PLACE_SOURCE, "", offer, s);
        return;
    }
    if (n > 0 && n < sizeof(key)) {
        memcpy(key, typed, n);
        key[n] = '\0';
        bool known = false;
        for (size_t i = 1; parley_claims_column(i) != NULL; i++) {
            known = known || strcmp(parley_claims_column(i), key) == 0;
        }
        if (known) {
            skip_to(s, ":,", head, sizeof(head));
            cli_candidates_of_key(c, key, "", offer, s);
            return;
        }
    }
    cli_candidates(c, CLI_PLACE_LINE, line, offer, s);
}

static void offer_keys(suggesting *s, const parley_case *c)
{
    const char *colon = strchr(s->typed, ':');
    if (colon != NULL) {
        offer_line(s, c, "");
        return;
    }
    for (size_t i = 1; parley_claims_column(i) != NULL; i++) {
        char key[64];
        snprintf(key, sizeof(key), "%s:", parley_claims_column(i));
        offer(s, key, NULL);
    }
}

/* What the line says between its first word and the one being typed. */
static void join(const suggesting *s, size_t first, char *out, size_t room)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = first; i + 1 < s->words && n + 1 < room; i++) {
        int more = snprintf(out + n, room - n, "%s ", s->word[i]);
        n += more > 0 ? (size_t)more : 0;
    }
}

static void suggest(suggesting *s, parley_ctx *ctx)
{
    char line[LINE_MOST];
    char head[LINE_MOST];
    parley_store *store = NULL;
    parley_store_claims *claims = NULL;
    const parley_case *c = NULL;
    said now = read_words(s);
    const char *last = s->word[s->words - 1];
    const char *equals = strncmp(last, "--", 2) == 0 ? strchr(last, '=') : NULL;
    cli_place place = CLI_PLACE_NONE;
    if (now.verb == NULL || now.path == NULL) {
        return;
    }
    set_typed(s, last, "");
    if (equals != NULL) {
        now.option = option_named(last + 2, (size_t)(equals - last) - 2);
        snprintf(head, sizeof(head), "%.*s", (int)(equals + 1 - last), last);
        set_typed(s, equals + 1, head);
    }
    if (now.option >= 0) {
        place = place_of_option(now.verb, (cli_option)now.option);
        if (cli_options[now.option].kind == CLI_LIST) {
            skip_to(s, ",", line, sizeof(line));
        }
    } else if (last[0] != '-' && now.operand > 0) {
        place = place_of_operand(now.verb, now.operand);
    }
    if (place == CLI_PLACE_NONE) {
        return;
    }
    parley_case *own = read_case(ctx, &now, &store, &claims, &c);
    if (place == CLI_PLACE_KEY) {
        offer_keys(s, c);
    } else if (place == CLI_PLACE_LINE) {
        join(s, now.first, line, sizeof(line));
        if (s->quote != '\0') { /* the words of the line stand in one word of the shell */
            size_t n = strlen(line);
            const char *blank = strrchr(s->typed, ' ');
            size_t kept = blank != NULL ? (size_t)(blank + 1 - s->typed) : 0;
            snprintf(line + n, sizeof(line) - n, "%.*s", (int)kept, s->typed);
            snprintf(head, sizeof(head), "%.*s", (int)kept, s->typed);
            set_typed(s, s->typed + kept, head);
        }
        offer_line(s, c, line);
    } else {
        cli_candidates(c, place, "", offer, s);
    }
    parley_store_claims_free(claims);
    parley_case_free(own);
    parley_store_close(store);
}

int cli_suggest(const char *line)
{
    parley_ctx *ctx = NULL;
    suggesting *s = calloc(1, sizeof(*s));
    if (s != NULL && strlen(line) < LINE_MOST && parley_ctx_new(&ctx, NULL, NULL) == PARLEY_OK) {
        cut(s, line);
        suggest(s, ctx);
        fflush(stdout);
    }
    parley_ctx_free(ctx);
    free(s);
    return CLI_DONE;
}
