/*
 * The table of options: which verbs take which, and what they say. With the table of verbs
 * (verbs.c) everything about the command line is made from it; texts are written as there.
 */
#include "cli/options.h"

#include <parley/words.h>

#define STATUS CLI_OPTION_BIT(CLI_STATUS)
#define DEALS CLI_OPTION_BIT(CLI_DEALS)
#define BLOCKS CLI_OPTION_BIT(CLI_BLOCKS)
#define ASK CLI_OPTION_BIT(CLI_ASK)
#define BRIDGES CLI_OPTION_BIT(CLI_BRIDGES)
#define COUNTER CLI_OPTION_BIT(CLI_COUNTER)
#define SHOW CLI_OPTION_BIT(CLI_SHOW)
#define WORKTEXT CLI_OPTION_BIT(CLI_WORKTEXT)
#define BRIEF CLI_OPTION_BIT(CLI_BRIEF)
#define DIGEST CLI_OPTION_BIT(CLI_DIGEST)
#define PAGE CLI_OPTION_BIT(CLI_PAGE)
#define RELAY CLI_OPTION_BIT(CLI_RELAY)
#define CHANNELS CLI_OPTION_BIT(CLI_CHANNELS)
#define MEET CLI_OPTION_BIT(CLI_MEET)
#define PROMISES CLI_OPTION_BIT(CLI_PROMISES)
#define FAVOURS CLI_OPTION_BIT(CLI_FAVOURS)
#define SEARCH CLI_OPTION_BIT(CLI_SEARCH)
#define TIMELINE CLI_OPTION_BIT(CLI_TIMELINE)
#define WHY CLI_OPTION_BIT(CLI_WHY)
#define CONTRADICTIONS CLI_OPTION_BIT(CLI_CONTRADICTIONS)
#define FIGURES CLI_OPTION_BIT(CLI_FIGURES)
#define NEW CLI_OPTION_BIT(CLI_NEW)
#define IMPORT CLI_OPTION_BIT(CLI_IMPORT)
#define EXPORT CLI_OPTION_BIT(CLI_EXPORT)
#define EDIT CLI_OPTION_BIT(CLI_EDIT)
#define FLAG CLI_OPTION_BIT(CLI_FLAG_VERB)
#define LOG CLI_OPTION_BIT(CLI_LOG)
#define DESTROY CLI_OPTION_BIT(CLI_DESTROY)
#define EXPORTS CLI_OPTION_BIT(CLI_EXPORTS)
#define VERIFY CLI_OPTION_BIT(CLI_VERIFY)
#define CONVERT CLI_OPTION_BIT(CLI_CONVERT)
#define CHECK CLI_OPTION_BIT(CLI_CHECK)
#define WORDS CLI_OPTION_BIT(CLI_WORDS)
#define HELP CLI_OPTION_BIT(CLI_HELP)
#define ON_A_CASE                                                                                  \
    (SEARCH | TIMELINE | CONVERT | WORKTEXT | BRIEF | DIGEST | PAGE | COUNTER | ASK | MEET |       \
     PROMISES | FAVOURS | RELAY | CHANNELS | WHY | STATUS | DEALS | BLOCKS | BRIDGES | SHOW |      \
     CONTRADICTIONS | FIGURES | EXPORT)
#define EVERY                                                                                      \
    (EDIT | FLAG | SEARCH | TIMELINE | LOG | CONVERT | WORKTEXT | BRIEF | DIGEST | PAGE |          \
     COUNTER | ASK | MEET | PROMISES | FAVOURS | RELAY | CHANNELS | WHY | STATUS | DEALS |         \
     BLOCKS | BRIDGES | SHOW | CHECK | WORDS | HELP | CONTRADICTIONS | FIGURES | NEW | IMPORT |    \
     EXPORT | EXPORTS | VERIFY | DESTROY)

/* The defaults of the named limits, as constants. */
enum {
#define LIMIT_DEFAULT(name, value, unit, what) DEFAULT_##name = (int)(value),
    PARLEY_LIMIT_LIST(LIMIT_DEFAULT)
#undef LIMIT_DEFAULT
};

static const char *const rung_words[] = {
#define RUNG_WORD(name, word, text, kind) word,
    PARLEY_RUNG_LIST(RUNG_WORD)
#undef RUNG_WORD
        NULL};

static const char *const act_words[] = {
#define ACT_WORD(name, word, text) word,
    PARLEY_ACT_LIST(ACT_WORD)
#undef ACT_WORD
        NULL};

/* The first class is none, and not typed. */
static const char *const class_words[] = {
#define CLASS_WORD(name, word, flag, text) word,
    PARLEY_CLASS_LIST(CLASS_WORD)
#undef CLASS_WORD
        NULL};

static const char *const language_words[] = {
#define LANGUAGE_WORD(name, word, text) word,
    PARLEY_LANGUAGE_LIST(LANGUAGE_WORD)
#undef LANGUAGE_WORD
        NULL};

static const char *const colour_words[] = {"auto", "always", "never", NULL};
static const char *const format_words[] = {"text", "markdown", "html", NULL};
static const char *const purpose_words[] = {"mediator",  "venue",   "table",
                                            "guarantor", "monitor", NULL};
static const char *const shell_words[] = {"bash", "zsh", "fish", NULL};

/* ---- options whose meaning hangs on the verb: for the program as a whole the row's own words */

static const cli_wording as_by[] = {
    {BRIDGES, "PARTY", "only those on which nobody but this party moves", NULL},
    {COUNTER, "PARTY", "only ideas that cross no recorded word of this party", NULL},
    {FLAG, "NAME", "who raises or lifts it", NULL},
    {0, NULL, NULL, NULL}};
static const cli_wording as_from[] = {
    {CHANNELS, "PARTY", "the way from this party", ""},
    {CONVERT, "FORMAT", "the format of the files: genius, geniusweb, negolog or scorable", ""},
    {DEALS | VERIFY, "FORMAT",
     "foreign files instead of a case: genius, geniusweb, negolog or scorable", ""},
    {0, NULL, NULL, NULL}};
static const cli_wording as_to[] = {
    {CHANNELS, "PARTY", "the way to this party", ""},
    {COUNTER, "PROPOSAL", "the proposal to answer", "Without it the latest with an answer."},
    {CONVERT, "FORMAT", "the format to write: genius or geniusweb", ""},
    {0, NULL, NULL, NULL}};
static const cli_wording as_csv[] = {
    {LOG, NULL, "log every row of a table ('-': standard input)",
     "Every member of a claim is a column; any order, any of them left out. A row with the id of a "
     "claim corrects what differs from it, a row without one is a new claim."},
    {EXPORT, NULL, "write the claims as a table ('-': standard output)",
     "Every member of a claim is a column. 'parley log --csv' takes it back."},
    {DEALS, NULL, "write the numbers as a table ('-': standard output)",
     "With --numbers: frontier, solutions and what each issue adds for each party, a package a "
     "row."},
    {0, NULL, NULL, NULL}};
static const cli_wording as_strict[] = {{CHECK, NULL, "count warnings as findings", NULL},
                                        {LOG, NULL, "write all of the lines, or none", NULL},
                                        {0, NULL, NULL, NULL}};
static const cli_wording as_since[] = {
    {DIGEST | SEARCH | TIMELINE, NULL, NULL, "Days are counted back from the case's as-of date."},
    {0, NULL, NULL, NULL}};
static const cli_wording as_all[] = {
    {ASK, NULL, "every question, not the first five", NULL},
    {BLOCKS, NULL, "every sticking point, not the first twenty", NULL},
    {BRIDGES, NULL, "every bridge, not the first ten", NULL},
    {SEARCH, NULL, "every claim that is found, not the first 50", NULL},
    {0, NULL, NULL, NULL}};
static const cli_wording as_rung[] = {
    {ASK | BLOCKS | BRIDGES | WHY, NULL, "take as binding only what stands up to this rung",
     "RUNG is an id as 'parley words rung' prints it. Without it everything binds, our readings "
     "too."},
    {0, NULL, NULL, NULL}};
static const cli_wording as_because[] = {{FLAG, NULL, "the reason; printed with the flag", NULL},
                                         {DESTROY, NULL, "the reason; the journal keeps it", NULL},
                                         {EDIT, NULL, "the same as --why", NULL},
                                         {0, NULL, NULL, NULL}};
static const cli_wording as_format[] = {
    {PAGE, NULL, "how to write it: html (the default) or markdown", NULL},
    {BRIEF | DIGEST, NULL, "how to write it: text (the default), markdown or html", NULL},
    {0, NULL, NULL, NULL}};
static const cli_wording as_party[] = {{ASK, NULL, "only questions to this party", NULL},
                                       {SEARCH, NULL, "only what this party said", NULL},
                                       {0, NULL, NULL, NULL}};

const cli_option_row cli_options[CLI_OPT_COUNT] = {
    [CLI_OPT_JSON] = {.name = "json",
                      .common = true,
                      .kind = CLI_FLAG,
                      .verbs = EVERY,
                      .line = "write JSON for programs instead of a page for people"},
    [CLI_OPT_FOR] =
        {.name = "for",
         .common = true,
         .argument = "AUDIENCE",
         .kind = CLI_TEXT,
         .verbs = ON_A_CASE | VERIFY,
         .line = "use only what this audience may see",
         .text =
             "AUDIENCE is team (the default), the id of a party (what was said in private talks "
             "with it, and what all may see), principals, all or public. Records that the "
             "audience may not see are taken out before anything is counted."},
    [CLI_OPT_AS_OF] = {.name = "as-of",
                       .common = true,
                       .argument = "DATE",
                       .kind = CLI_DATE,
                       .verbs = ON_A_CASE | VERIFY,
                       .line = "use only what was known by then",
                       .text =
                           "Counts the day on which something was learned, not the day on which "
                           "it happened."},
    [CLI_OPT_RECORDED_AS_OF] =
        {.name = "recorded-as-of",
         .common = true,
         .argument = "DATE",
         .kind = CLI_DATE,
         .verbs = ON_A_CASE | CHECK | VERIFY,
         .line = "use only what the journal held by then",
         .text = "For a case on disk: what had been written down by the end of that day (UTC), "
                 "without later corrections. --as-of looks at what was known by a day, with "
                 "today's corrections."},
    [CLI_OPT_AT] = {.name = "at",
                    .common = true,
                    .argument = "DATE",
                    .kind = CLI_DATE,
                    .verbs = (ON_A_CASE & ~(EXPORT | PAGE)) | VERIFY,
                    .line = "use only what had happened by then",
                    .text = "Shows positions as they stood on that day, with what is known today."},
    [CLI_OPT_RUNG] = {.name = "rung",
                      .as = as_rung,
                      .argument = "RUNG",
                      .kind = CLI_CHOICE,
                      .choices = rung_words,
                      .verbs = ASK | DEALS | BLOCKS | BRIDGES | WHY | VERIFY,
                      .line = "say what is settled and open at this rung of the ladder",
                      .text = "RUNG is an id as 'parley words rung' prints it. Without it the last "
                              "rung that leaves a package is taken."},
    [CLI_OPT_WITHOUT] = {.name = "without",
                         .argument = "ID[,ID...]",
                         .kind = CLI_LIST,
                         .verbs =
                             WORKTEXT | COUNTER | ASK | DEALS | BLOCKS | BRIDGES | WHY | VERIFY,
                         .line = "count as if these claims or readings were not there",
                         .text = "What a claim that is left out had replaced stands again. May be "
                                 "given several times."},
    [CLI_OPT_LIST] = {.name = "list",
                      .argument = "N",
                      .kind = CLI_NUMBER,
                      .optional = true,
                      .least = 1,
                      .most = DEFAULT_list_packages,
                      .verbs = DEALS,
                      .line = "list the packages that are left (at most N)"},
    [CLI_OPT_SKIP] = {.name = "skip",
                      .argument = "N",
                      .kind = CLI_NUMBER,
                      .most = UINT64_MAX,
                      .verbs = DEALS,
                      .line = "begin the list after the first N packages"},
    [CLI_OPT_NUMBERS] =
        {.name = "numbers",
         .kind = CLI_FLAG,
         .verbs = DEALS,
         .line = "with the values of the case: frontier, solutions, who gives and gets what",
         .text = "Needs the section 'values'. The frontier is exact, or says how near it is; the "
                 "solutions of Nash, Kalai and Smorodinsky, egalitarian and utilitarian are those "
                 "over what all accept. With --package that package is accounted for as well. "
                 "Exit status 1: nothing is acceptable to all."},
    [CLI_OPT_HOME] =
        {.name = "home",
         .kind = CLI_FLAG,
         .verbs = DEALS,
         .line = "say what each party can carry at home, and who there would stop it",
         .text = "Counts the packages that get past everybody whose no stops a party (sections "
                 "'constituencies' and 'polls'), on record, with what is reported and with our "
                 "readings; with --package or --list it marks who stops each package."},
    [CLI_OPT_PACKAGE] = {.name = "package",
                         .argument = "TEXT",
                         .kind = CLI_TEXT,
                         .verbs = DEALS,
                         .line = "say what each party's terms make of one package",
                         .text =
                             "TEXT is a formula that decides some or all issues, or the id of a "
                             "proposal."},
    [CLI_OPT_QUERY] = {.name = "query",
                       .argument = "FORMULA",
                       .kind = CLI_TEXT,
                       .verbs = DEALS,
                       .line = "say on which rungs a statement always, sometimes or never holds",
                       .text = "Exact over every package that is left: 'always' means that what "
                               "binds on that rung entails it."},
    [CLI_OPT_ALL] = {.name = "all",
                     .as = as_all,
                     .kind = CLI_FLAG,
                     .verbs = ASK | BLOCKS | BRIDGES | SEARCH | SHOW | TIMELINE | CONTRADICTIONS,
                     .line = "every one, not the first few"},
    [CLI_OPT_LIMIT] = {.name = "limit",
                       .argument = "N",
                       .kind = CLI_NUMBER,
                       .least = 1,
                       .most = INT32_MAX,
                       .verbs = BRIDGES | SEARCH | SHOW | TIMELINE | CONTRADICTIONS,
                       .line = "at most N, and how many more there are",
                       .text = "timeline: the last N entries; show: N parties, N positions of one "
                               "party on one issue, and N in words; contradictions: N questions, "
                               "and N statements on each. Without it a page for people ends where "
                               "nobody reads on (--all does not); --json has everything, but for "
                               "search and bridges."},
    [CLI_OPT_BY] =
        {.name = "by",
         .as = as_by,
         .argument = "WHO",
         .kind = CLI_TEXT,
         .verbs = COUNTER | BRIDGES | FLAG,
         .line = "bridges: only those on which nobody but this party moves; counter: no word of "
                 "this party is crossed; flag: who raises or lifts it"},
    [CLI_OPT_NO_READINGS] = {.name = "no-readings",
                             .kind = CLI_FLAG,
                             .verbs = BRIDGES,
                             .line = "only those that no reading of ours has to be wrong for"},
    [CLI_OPT_BRIDGE] = {.name = "bridge",
                        .argument = "N",
                        .kind = CLI_NUMBER,
                        .least = 1,
                        .most = UINT32_MAX,
                        .verbs = BRIDGES,
                        .line = "show bridge N in full, with what it leaves settled and open"},
    [CLI_OPT_NEAREST] =
        {.name = "nearest",
         .argument = "N",
         .kind = CLI_NUMBER,
         .least = 1,
         .most = 1000,
         .verbs = COUNTER,
         .line = "also the N whole packages nearest to the proposal",
         .text = "Nearest: fewest recorded terms crossed, then fewest readings, then fewest issues "
                 "changed. Without it they are shown only when there is no idea."},
    [CLI_OPT_TRACK] = {.name = "track",
                       .argument = "ID[,ID...]",
                       .kind = CLI_LIST,
                       .verbs = COUNTER | ASK | DEALS | BLOCKS | BRIDGES | WHY | VERIFY,
                       .line = "the tracks to make packages of; 'all' for every one",
                       .text = "Without it: the first track on the table that has something to "
                               "count, with those that a rule or term ties to it."},
    [CLI_OPT_READINGS_OF] = {.name = "readings-of",
                             .argument = "PARTY",
                             .kind = CLI_TEXT,
                             .verbs =
                                 WORKTEXT | COUNTER | ASK | DEALS | BLOCKS | BRIDGES | WHY | VERIFY,
                             .line = "on the last rung, bind only our readings of this party"},
    [CLI_OPT_FROM] = {.name = "from",
                      .as = as_from,
                      .argument = "PARTY",
                      .kind = CLI_TEXT,
                      .verbs = CHANNELS | CONVERT | DEALS | VERIFY,
                      .line = "channels: the way from this party; convert, deals: a format",
                      .text = "Formats are genius, geniusweb, negolog and scorable."},
    [CLI_OPT_TO] = {.name = "to",
                    .as = as_to,
                    .argument = "ID",
                    .kind = CLI_TEXT,
                    .verbs = COUNTER | CHANNELS | CONVERT,
                    .line = "channels: to this party; counter: the proposal; convert: the format",
                    .text = "Formats that are written are genius and geniusweb."},
    [CLI_OPT_FORMAT] = {.name = "format",
                        .as = as_format,
                        .argument = "FORMAT",
                        .kind = CLI_CHOICE,
                        .choices = format_words,
                        .verbs = BRIEF | DIGEST | PAGE,
                        .line = "how to write it: text (not page), markdown or html",
                        .text = "html is one file that needs nothing else and prints on A4."},
    [CLI_OPT_SINCE] =
        {.name = "since",
         .as = as_since,
         .argument = "DATE",
         .kind = CLI_TEXT,
         .verbs =
             DIGEST | SHOW | SEARCH | TIMELINE,
         .line = "from this day on, or so many days back: 7d",
         .text =
             "Days are counted back from the case's as-of date. 'show' takes it with --changes."},
    [CLI_OPT_PARTY] = {.name = "party",
                       .as = as_party,
                       .argument = "ID",
                       .kind = CLI_TEXT,
                       .verbs = ASK | SHOW | MEET | PROMISES | FAVOURS | TIMELINE | SEARCH,
                       .line = "this party only"},
    [CLI_OPT_ISSUE] = {.name = "issue",
                       .argument = "ID",
                       .kind = CLI_TEXT,
                       .verbs = SHOW | TIMELINE | SEARCH,
                       .line = "this issue only"},
    [CLI_OPT_SOURCE] = {.name = "source",
                        .argument = "ID",
                        .kind = CLI_TEXT,
                        .verbs = SEARCH,
                        .line = "only what came from this source, or through it"},
    [CLI_OPT_ACT] = {.name = "act",
                     .argument = "ACT",
                     .kind = CLI_CHOICE,
                     .choices = act_words,
                     .verbs = SEARCH,
                     .line = "only claims with this act, such as demand"},
    [CLI_OPT_CLASS] = {.name = "class",
                       .argument = "CLASS",
                       .kind = CLI_CHOICE,
                       .choices = class_words + 1,
                       .verbs = SEARCH,
                       .line = "only claims of this source class, such as on-record"},
    [CLI_OPT_EXACT] = {.name = "exact",
                       .kind = CLI_FLAG,
                       .verbs = SEARCH,
                       .line = "the words as they are, no other forms of them"},
    [CLI_OPT_LANGUAGE] = {.name = "language",
                          .argument = "NAME",
                          .kind = CLI_CHOICE,
                          .choices = language_words,
                          .verbs = SEARCH,
                          .line = "whose forms of words count as one",
                          .text = "Without it what the case says (language:), else english. With "
                                  "'none' words are taken as they are."},
    [CLI_OPT_POSITIONS] =
        {.name = "positions",
         .kind = CLI_FLAG,
         .verbs = TIMELINE,
         .line = "what each party held on the first day and holds now, and how that is known",
         .text = "The first day is that of --since, else the first on which a principal's "
                 "position is known. With the issues in dispute on both days, what of that is to "
                 "be confirmed, and where two voices of one party differ."},
    [CLI_OPT_CHANGES] =
        {.name = "changes",
         .kind = CLI_FLAG,
         .verbs = SHOW,
         .line = "who moved on what, when, on whose word; and 'line or bargaining?'",
         .text =
             "Each move with the claims before and after and with how many independent originals "
             "it rests on; the issues in dispute then and now; and for each demand what speaks "
             "for a line and what for bargaining. Nothing is weighed."},
    [CLI_OPT_CANDIDATES] =
        {.name = "candidates",
         .argument = "FOR",
         .kind = CLI_CHOICE,
         .choices = purpose_words,
         .optional = true,
         .verbs = CHANNELS,
         .line = "who or what could be mediator, venue, table, guarantor or monitor",
         .text = "Compared in words: asked for, accepted and refused by whom, on which claims; "
                 "whom a mediator reaches and what it gains; who would be missing. Nothing is "
                 "ranked."},
    [CLI_OPT_BLOCS] =
        {.name = "blocs",
         .kind = CLI_FLAG,
         .verbs = SHOW,
         .line = "where a bloc is one, where it splits, and who outside is nearer",
         .text = "Members are compared value by value of each issue, from their terms; our "
                 "readings stay apart."},
    [CLI_OPT_LEVERS] =
        {.name = "levers",
         .kind = CLI_FLAG,
         .verbs = SHOW,
         .line = "who can press whom, with what, and in what state it is",
         .text = "With --at in the state of that day; with what it costs, whether it would be "
                 "used, and what a position without a deal rests on, in the words of whoever says "
                 "so."},
    [CLI_OPT_LINKS] =
        {.name = "links",
         .kind = CLI_FLAG,
         .verbs = SHOW,
         .line = "issues that hang together with issues in other cases, and what is tabled there",
         .text = "The other case is opened for the same audience where it is there; nothing is "
                 "written to it, and its own links are not followed."},
    [CLI_OPT_AGENDA] = {.name = "agenda",
                        .kind = CLI_FLAG,
                        .verbs = SHOW,
                        .line = "what is on the table now, later and not at all, and who asked"},
    [CLI_OPT_RIPENESS] =
        {.name = "ripeness",
         .kind = CLI_FLAG,
         .verbs = SHOW,
         .line = "is this the moment: what each party is known to see of it",
         .text = "A stalemate, what going on costs, a way out, who can speak and who could spoil "
                 "it: dated, each with whoever says so, our readings apart, and 'not known' where "
                 "nobody said. Nothing is added up."},
    [CLI_OPT_STANDING] = {.name = "standing",
                          .kind = CLI_FLAG,
                          .verbs = MEET,
                          .line = "how each mediator stands with each party: what passed, by day"},
    [CLI_OPT_TITLE] = {.name = "title",
                       .argument = "TEXT",
                       .kind = CLI_TEXT,
                       .verbs = NEW,
                       .line = "the title of the case"},
    [CLI_OPT_LINES] = {.name = "lines",
                       .argument = "FILE",
                       .kind = CLI_TEXT,
                       .verbs = LOG,
                       .line = "log every line of a file ('-': standard input)",
                       .text = "Empty lines and lines that begin with # are passed over."},
    [CLI_OPT_CSV] = {.name = "csv",
                     .as = as_csv,
                     .argument = "FILE",
                     .kind = CLI_TEXT,
                     .verbs = LOG | EXPORT | DEALS,
                     .line = "log: every row of a table; export: the claims as one; deals: the "
                             "numbers ('-': standard input, output)",
                     .text = "Every member of a claim is a column; any order, any of them left "
                             "out. A row with the id of a claim corrects what differs from it, a "
                             "row without one is a new claim. With 'deals --numbers': frontier, "
                             "solutions and what each issue adds for each party, a package a row."},
    [CLI_OPT_XLSX] = {.name = "xlsx",
                      .argument = "FILE",
                      .kind = CLI_TEXT,
                      .verbs = DEALS,
                      .line = "write the numbers as a workbook (mode 0600)",
                      .text = "Sheets: summary, solutions, frontier, what each issue adds, and a "
                              "chart. Texts are never formulas. A file that is there stays, "
                              "without --force."},
    [CLI_OPT_JSON_LINES] =
        {.name = "json-lines",
         .argument = "FILE",
         .kind = CLI_TEXT,
         .verbs = LOG,
         .line = "one JSON object a line ('-': standard input), each answered",
         .text = "Members as in a case file, or {\"line\": \"...\"}. Each line is answered by a "
                 "line of JSON with its id or its error, once it is on the disk; a wrong line does "
                 "not stop the others unless --strict."},
    [CLI_OPT_DRY_RUN] = {.name = "dry-run",
                         .kind = CLI_FLAG,
                         .verbs = LOG | EDIT | FLAG | DESTROY,
                         .line = "say what would be written, and write nothing"},
    [CLI_OPT_REMOVE] = {.name = "remove",
                        .kind = CLI_FLAG,
                        .verbs = EDIT,
                        .line = "take the record away, with --why"},
    [CLI_OPT_WHY] = {.name = "why",
                     .argument = "TEXT",
                     .kind = CLI_TEXT,
                     .verbs = EDIT,
                     .line = "why it is removed; the journal keeps it"},
    [CLI_OPT_LAW] = {.name = "law",
                     .argument = "LAW",
                     .kind = CLI_TEXT,
                     .verbs = FLAG,
                     .line = "the rule of law in question, such as forcible-transfer"},
    [CLI_OPT_ABOUT] = {.name = "about",
                       .argument = "WHAT",
                       .kind = CLI_TEXT,
                       .verbs = FLAG,
                       .line = "an issue, or a formula"},
    [CLI_OPT_NOTICE] = {.name = "notice",
                        .argument = "TEXT",
                        .kind = CLI_TEXT,
                        .verbs = FLAG,
                        .line = "what is printed on every page of the case"},
    [CLI_OPT_KEEPS_OUT] = {.name = "keeps-out",
                           .argument = "FORMULA",
                           .kind = CLI_TEXT,
                           .verbs = FLAG,
                           .line = "packages kept out of ideas, bridges and drafts",
                           .text = "May be given several times."},
    [CLI_OPT_LIFT] = {.name = "lift",
                      .kind = CLI_FLAG,
                      .verbs = FLAG,
                      .line = "lift the flag, with --by, --office and --because"},
    [CLI_OPT_OFFICE] = {.name = "office",
                        .argument = "TEXT",
                        .kind = CLI_TEXT,
                        .verbs = FLAG,
                        .line = "the office of who raises or lifts it"},
    [CLI_OPT_BECAUSE] = {.name = "because",
                         .as = as_because,
                         .argument = "TEXT",
                         .kind = CLI_TEXT,
                         .verbs = FLAG | DESTROY | EDIT,
                         .line = "the reason; printed with a flag, kept in the journal"},
    [CLI_OPT_REPLACE] = {.name = "replace",
                         .kind = CLI_FLAG,
                         .verbs = IMPORT,
                         .line = "remove what the case file does not hold",
                         .text = "What is removed stays in the journal and in everything recorded "
                                 "before."},
    [CLI_OPT_OUT] = {.name = "out",
                     .common = true,
                     .argument = "FILE",
                     .kind = CLI_TEXT,
                     .verbs = ON_A_CASE,
                     .line = "write to a file (mode 0600) instead of standard output (also -o)",
                     .text = "The file is there whole or not at all. In a folder the program "
                             "chooses a name that tells nothing. With --for or --recipient it is "
                             "written into the export log, or not at all."},
    [CLI_OPT_RECIPIENT] = {.name = "recipient",
                           .common = true,
                           .argument = "NAME",
                           .kind = CLI_TEXT,
                           .verbs = ON_A_CASE,
                           .line = "who gets what --out writes; for the export log",
                           .text = "Without it the log names the audience."},
    [CLI_OPT_PREVIEW] = {.name = "preview",
                         .common = true,
                         .kind = CLI_FLAG,
                         .verbs = ON_A_CASE,
                         .line = "say what would go out and what would not, and write nothing",
                         .text = "With --for: what the audience would get, what is withheld, and "
                                 "what stops it. For you, not for the audience."},
    [CLI_OPT_FORCE] = {.name = "force",
                       .common = true,
                       .kind = CLI_FLAG,
                       .verbs = ON_A_CASE,
                       .line = "replace the file that --out, --csv or --xlsx names"},
    [CLI_OPT_NO_SCRIPT] = {.name = "no-script",
                           .kind = CLI_FLAG,
                           .verbs = PAGE,
                           .line = "no script in the page: tables and drawn pictures",
                           .text = "For recipients whose mail filter refuses files with scripts."},
    [CLI_OPT_CHECK_FILE] = {.name = "check",
                            .argument = "FILE",
                            .kind = CLI_TEXT,
                            .verbs = EXPORTS,
                            .line = "which export is this file, and who got it"},
    [CLI_OPT_ALL_REMOVED] = {.name = "all-removed",
                             .kind = CLI_FLAG,
                             .verbs = DESTROY,
                             .line = "everything that no longer holds"},
    [CLI_OPT_BEFORE] = {.name = "before",
                        .argument = "DATE",
                        .kind = CLI_DATE,
                        .verbs = DESTROY,
                        .line = "of that, only what happened before this day",
                        .text =
                            "The date in the record counts; for records without one, the day on "
                            "which they were written down."},
    [CLI_OPT_HEAD] = {.name = "head",
                      .argument = "HASH",
                      .kind = CLI_TEXT,
                      .verbs = VERIFY,
                      .line = "find out whether the journal still leads to this head",
                      .text =
                          "HASH is 64 hexadecimal digits, noted from an earlier page, export or "
                          "verify. If entries behind it were cut off, it is not there."},
    [CLI_OPT_CAP] = {.name = "cap",
                     .kind = CLI_FLAG,
                     .verbs = CONVERT | DEALS | VERIFY,
                     .line = "count worth above 1 as 1, as Genius does",
                     .text = "Only with --from genius. Without it worth counts as it adds up."},
    [CLI_OPT_STRICT] = {.name = "strict",
                        .as = as_strict,
                        .kind = CLI_FLAG,
                        .verbs = CHECK | LOG,
                        .line = "count warnings as findings; log: all of the lines, or none"},
    [CLI_OPT_SCHEMA] = {.name = "schema",
                        .kind = CLI_FLAG,
                        .verbs = CHECK,
                        .line = "print the JSON Schema of a case file and stop"},
    [CLI_OPT_LIMITS] = {.name = "limits",
                        .kind = CLI_FLAG,
                        .verbs = WORDS,
                        .line = "print the named limits instead"},
    [CLI_OPT_MAN] = {.name = "man",
                     .kind = CLI_FLAG,
                     .verbs = HELP,
                     .line = "write the manual page, as roff"},
    [CLI_OPT_COMPLETION] = {.name = "completion",
                            .argument = "SHELL",
                            .kind = CLI_CHOICE,
                            .choices = shell_words,
                            .verbs = HELP,
                            .line = "write a completion script: bash, zsh or fish"},
    [CLI_OPT_COLOR] = {.name = "color",
                       .common = true,
                       .argument = "WHEN",
                       .kind = CLI_CHOICE,
                       .choices = colour_words,
                       .verbs = EVERY,
                       .line = "colour: auto (on a terminal), always or never",
                       .text = "auto also looks at the environment: NO_COLOR and TERM=dumb switch "
                               "colour off."},
    [CLI_OPT_SEED] = {.name = "seed",
                      .common = true,
                      .argument = "N",
                      .kind = CLI_NUMBER,
                      .most = UINT64_MAX,
                      .verbs = (ON_A_CASE & ~EXPORT),
                      .line = "key of the random numbers, where any are drawn"},
    [CLI_OPT_THREADS] = {.name = "threads",
                         .common = true,
                         .argument = "N",
                         .kind = CLI_NUMBER,
                         .most = 1024,
                         .verbs = (ON_A_CASE & ~EXPORT),
                         .line = "threads to use; 0 for as many as the machine has",
                         .text = "Results do not depend on it."},
    [CLI_OPT_QUIET] = {.name = "quiet",
                       .common = true,
                       .kind = CLI_FLAG,
                       .verbs = EVERY,
                       .line = "no notes, warnings or progress on stderr"},
    [CLI_OPT_HELP] = {.name = "help",
                      .common = true,
                      .kind = CLI_FLAG,
                      .verbs = EVERY,
                      .line = "show this help (also -h)"},
    [CLI_OPT_VERSION] = {.name = "version",
                         .kind = CLI_FLAG,
                         .verbs = 0,
                         .line = "print the version"},
};
