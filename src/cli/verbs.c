/*
 * The one table of verbs and options.
 *
 * Parsing, usage, help, manual pages and completion are all made from it. Texts are plain ASCII,
 * one sentence a thing; paragraphs have an empty line between them.
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
     EXPORT | VERIFY)

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

static const char *const colour_words[] = {"auto", "always", "never", NULL};
static const char *const format_words[] = {"text", "markdown", "html", NULL};
static const char *const shell_words[] = {"bash", "zsh", "fish", NULL};

const cli_option_row cli_options[CLI_OPT_COUNT] = {
    [CLI_OPT_JSON] = {.name = "json",
                      .kind = CLI_FLAG,
                      .verbs = EVERY,
                      .line = "write JSON for programs instead of a page for people"},
    [CLI_OPT_FOR] =
        {.name = "for",
         .argument = "AUDIENCE",
         .kind = CLI_TEXT,
         .verbs = ON_A_CASE,
         .line = "use only what this audience may see",
         .text =
             "AUDIENCE is team (the default), the id of a party (what was said in private talks "
             "with it, and what all may see), principals, all or public. Records that the "
             "audience may not see are taken out before anything is counted."},
    [CLI_OPT_AS_OF] = {.name = "as-of",
                       .argument = "DATE",
                       .kind = CLI_DATE,
                       .verbs = ON_A_CASE,
                       .line = "use only what was known by then",
                       .text =
                           "Counts the day on which something was learned, not the day on which "
                           "it happened."},
    [CLI_OPT_RECORDED_AS_OF] =
        {.name = "recorded-as-of",
         .argument = "DATE",
         .kind = CLI_DATE,
         .verbs = ON_A_CASE | CHECK,
         .line = "use only what the journal held by then",
         .text = "For a case on disk: what had been written down by the end of that day (UTC), "
                 "without later corrections. --as-of looks at what was known by a day, with "
                 "today's corrections."},
    [CLI_OPT_AT] = {.name = "at",
                    .argument = "DATE",
                    .kind = CLI_DATE,
                    .verbs = (ON_A_CASE & ~(EXPORT | PAGE)),
                    .line = "use only what had happened by then",
                    .text = "Shows positions as they stood on that day, with what is known today."},
    [CLI_OPT_RUNG] = {.name = "rung",
                      .argument = "RUNG",
                      .kind = CLI_CHOICE,
                      .choices = rung_words,
                      .verbs = ASK | DEALS | BLOCKS | BRIDGES | WHY,
                      .line = "say what is settled and open at this rung of the ladder",
                      .text = "RUNG is an id as 'parley words rung' prints it. Without it the last "
                              "rung that leaves a package is taken."},
    [CLI_OPT_WITHOUT] = {.name = "without",
                         .argument = "ID[,ID...]",
                         .kind = CLI_LIST,
                         .verbs = WORKTEXT | COUNTER | ASK | DEALS | BLOCKS | BRIDGES | WHY,
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
                     .kind = CLI_FLAG,
                     .verbs = ASK | BLOCKS | BRIDGES | SEARCH,
                     .line = "every one, not the first few"},
    [CLI_OPT_LIMIT] = {.name = "limit",
                       .argument = "N",
                       .kind = CLI_NUMBER,
                       .least = 1,
                       .most = DEFAULT_clashes,
                       .verbs = BRIDGES,
                       .line = "the first N, not the first ten"},
    [CLI_OPT_BY] =
        {.name = "by",
         .argument = "WHO",
         .kind = CLI_TEXT,
         .verbs = COUNTER | BRIDGES | FLAG,
         .line = "bridges: only those on which nobody but this party moves; counter: no word of "
                 "this party is crossed; flag: who lifts it"},
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
                       .verbs = COUNTER | ASK | DEALS | BLOCKS | BRIDGES | WHY,
                       .line = "the tracks to make packages of; 'all' for every one",
                       .text = "Without it: the first track on the table that has something to "
                               "count, with those that a rule or term ties to it."},
    [CLI_OPT_READINGS_OF] = {.name = "readings-of",
                             .argument = "PARTY",
                             .kind = CLI_TEXT,
                             .verbs = WORKTEXT | COUNTER | ASK | DEALS | BLOCKS | BRIDGES | WHY,
                             .line = "on the last rung, bind only our readings of this party"},
    [CLI_OPT_FROM] = {.name = "from",
                      .argument = "PARTY",
                      .kind = CLI_TEXT,
                      .verbs = CHANNELS | CONVERT | DEALS,
                      .line = "channels: the way from this party; convert, deals: a format",
                      .text = "Formats are genius, geniusweb, negolog and scorable."},
    [CLI_OPT_TO] = {.name = "to",
                    .argument = "ID",
                    .kind = CLI_TEXT,
                    .verbs = COUNTER | CHANNELS | CONVERT,
                    .line = "channels: to this party; counter: the proposal; convert: the format",
                    .text = "Formats that are written are genius and geniusweb."},
    [CLI_OPT_FORMAT] = {.name = "format",
                        .argument = "FORMAT",
                        .kind = CLI_CHOICE,
                        .choices = format_words,
                        .verbs = BRIEF | DIGEST,
                        .line = "how to write it: text, markdown or html",
                        .text = "html is one file that needs nothing else and prints on A4."},
    [CLI_OPT_SINCE] =
        {.name = "since",
         .argument = "DATE",
         .kind = CLI_TEXT,
         .verbs = DIGEST | SHOW | SEARCH | TIMELINE,
         .line = "from this day on, or so many days back: 7d",
         .text =
             "Days are counted back from the case's as-of date. 'show' takes it with --changes."},
    [CLI_OPT_PARTY] = {.name = "party",
                       .argument = "ID",
                       .kind = CLI_TEXT,
                       .verbs = ASK | SHOW | MEET | PROMISES | FAVOURS | TIMELINE | SEARCH,
                       .line = "this party only"},
    [CLI_OPT_ISSUE] = {.name = "issue",
                       .argument = "ID",
                       .kind = CLI_TEXT,
                       .verbs = SHOW | TIMELINE | SEARCH,
                       .line = "this issue only"},
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
                     .argument = "FILE",
                     .kind = CLI_TEXT,
                     .verbs = LOG | EXPORT,
                     .line = "log: every row of a table; export: the claims as one ('-': standard "
                             "input, output)",
                     .text = "Columns, in any order: id, date, learned, by, to, act, about, if, "
                             "says, source, class, hedge, scope, repeats, replaces, label."},
    [CLI_OPT_DRY_RUN] = {.name = "dry-run",
                         .kind = CLI_FLAG,
                         .verbs = LOG | EDIT | FLAG,
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
                        .line = "the office of who lifts it"},
    [CLI_OPT_BECAUSE] = {.name = "because",
                         .argument = "TEXT",
                         .kind = CLI_TEXT,
                         .verbs = FLAG,
                         .line = "the reason; it is printed with every idea that uses the flag"},
    [CLI_OPT_REPLACE] = {.name = "replace",
                         .kind = CLI_FLAG,
                         .verbs = IMPORT,
                         .line = "remove what the case file does not hold",
                         .text = "What is removed stays in the journal and in everything recorded "
                                 "before."},
    [CLI_OPT_OUT] = {.name = "out",
                     .argument = "FILE",
                     .kind = CLI_TEXT,
                     .verbs = EXPORT | CONVERT | PAGE,
                     .line = "write to a file (mode 0600) instead of standard output (also -o)",
                     .text = "The file is there whole or not at all."},
    [CLI_OPT_FORCE] = {.name = "force",
                       .kind = CLI_FLAG,
                       .verbs = PAGE,
                       .line = "replace the file that --out names"},
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
                     .verbs = CONVERT | DEALS,
                     .line = "count worth above 1 as 1, as Genius does",
                     .text = "Only with --from genius. Without it worth counts as it adds up."},
    [CLI_OPT_STRICT] = {.name = "strict",
                        .kind = CLI_FLAG,
                        .verbs = CHECK,
                        .line = "count warnings as findings"},
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
                       .argument = "WHEN",
                       .kind = CLI_CHOICE,
                       .choices = colour_words,
                       .verbs = EVERY,
                       .line = "colour: auto (on a terminal), always or never",
                       .text = "auto also looks at the environment: NO_COLOR and TERM=dumb switch "
                               "colour off."},
    [CLI_OPT_SEED] = {.name = "seed",
                      .argument = "N",
                      .kind = CLI_NUMBER,
                      .most = UINT64_MAX,
                      .verbs = (ON_A_CASE & ~EXPORT),
                      .line = "key of the random numbers, where any are drawn"},
    [CLI_OPT_THREADS] = {.name = "threads",
                         .argument = "N",
                         .kind = CLI_NUMBER,
                         .most = 1024,
                         .verbs = (ON_A_CASE & ~EXPORT),
                         .line = "threads to use; 0 for as many as the machine has",
                         .text = "Results do not depend on it."},
    [CLI_OPT_QUIET] = {.name = "quiet",
                       .kind = CLI_FLAG,
                       .verbs = EVERY,
                       .line = "no notes, warnings or progress on stderr"},
    [CLI_OPT_HELP] = {.name = "help",
                      .kind = CLI_FLAG,
                      .verbs = EVERY,
                      .line = "show this help (also -h)"},
    [CLI_OPT_VERSION] = {.name = "version",
                         .kind = CLI_FLAG,
                         .verbs = 0,
                         .line = "print the version"},
};

const cli_verb cli_verbs[CLI_VERB_COUNT] = {
    [CLI_STATUS] =
        {.name = "status",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "the page of the night before",
         .text = "One screen: what is on the table and who answered how, where agreement dies and "
                 "on whose words, what moved, what comes next, what to sound out, and what nobody "
                 "has said.\n\n"
                 "'parley CASE' alone is the same.",
         .examples = "parley cases/halt-2025.yaml\tthe page as it stands\n"
                     "parley status cases/halt-2025.yaml --as-of 2025-03-12\twhat was known then\n"
                     "parley status cases/halt-2025.yaml --for public\tfrom what is published\n",
         .run = cmd_status},
    [CLI_DEALS] =
        {.name = "deals",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "which agreements are still possible",
         .text =
             "Counts the packages that are left as the parties' terms are taken as binding, rung "
             "by "
             "rung: rules, red lines, conditions, what was accepted, other positions, asks, what "
             "is only reported, our readings. Names the rung where nothing is left, and whether "
             "that rung is the parties' words or ours. Needs no number from anybody, and ranks "
             "nothing.",
         .finding = "no package is left on some rung that was looked at",
         .examples =
             "parley deals cases/halt-2025.yaml\tthe reading ladder\n"
             "parley deals cases/halt-2025.yaml --without c9\twhat one report changes\n"
             "parley deals cases/halt-2025.yaml --rung reported --list=5\tpackages still there\n"
             "parley deals cases/halt-2025.yaml --package \"duration = 15 and arms = "
             "limited\"\tone "
             "package\n"
             "parley deals cases/halt-2025.yaml --query \"arms = stopped implies monitor != "
             "unnamed\"\twhat follows\n"
             "parley deals cases/panama-1974.yaml --numbers\tfrontier and solutions, exactly\n"
             "parley deals --from genius domain.xml a.xml b.xml --numbers\tforeign files as they "
             "are\n",
         .run = cmd_deals},
    [CLI_BLOCKS] =
        {.name = "blocks",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "where agreement sticks, and on whose words",
         .text = "Sticking points: the smallest sets of terms that cannot hold together, at the "
                 "rung where the ladder empties (or the one given with --rung), smallest first, "
                 "grouped by whether they rest on recorded words, on reports, or on our readings. "
                 "Each set is minimal: any one term less, and packages are left. Words that fit no "
                 "formula stand beside them as words.",
         .finding = "there is a sticking point",
         .examples =
             "parley blocks cases/halt-2025.yaml\tall five rest on our readings\n"
             "parley blocks cases/seven-steps-2022.yaml\tthese rest on words\n"
             "parley blocks cases/halt-2025.yaml --without m1,m4\tif two readings are wrong\n",
         .run = cmd_blocks},
    [CLI_BRIDGES] =
        {.name = "bridges",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "what would make agreement possible again",
         .text =
             "Bridges: the smallest sets of changes after which packages are left, at the rung "
             "where the ladder empties (or the one given with --rung). A party eases what it "
             "demands, an accepted point is reopened, a reading of ours is wrong, or a number "
             "goes further within what it could reach. None of the changes can be left "
             "out.\n\n"
             "In order: fewest changes, then fewest readings, then the softest terms. Each with "
             "who moves and how many packages it leaves, and below it how much less would do "
             "along an ordered question or a number. No cost is printed: none is known.",
         .finding = "something has to change before agreement is possible",
         .examples = "parley bridges cases/halt-2025.yaml\tthe first ten of sixteen\n"
                     "parley bridges cases/halt-2025.yaml --bridge 1\tone of them in full\n"
                     "parley bridges cases/seven-steps-2022.yaml --no-readings\tby words alone\n"
                     "parley bridges cases/seven-steps-2022.yaml --by ru\tif only one side moves\n",
         .run = cmd_bridges},
    [CLI_ASK] =
        {.name = "ask",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "what to sound out next, and what each answer would change",
         .text = "Questions, each to one party: is our reading right; would a step less be enough; "
                 "is it a line, or the worry behind it; is the list of conditions complete; which "
                 "of these are out; would it say so itself. The analysis is made again with each "
                 "answer imagined, so that what would change is exact: the ladder, the sticking "
                 "points by their numbers on 'parley blocks', the smallest bridge.\n\n"
                 "Readings that carry a sticking point and were never put to their party come "
                 "first, of the largest quarrel before others; then the better worst answer "
                 "(packages left on a later rung, a smaller bridge, fewer sticking points, more "
                 "packages), then the better best one. No likelihood is used. A question that "
                 "would give away what its party may not see says so.",
         .examples = "parley ask cases/halt-2025.yaml\twhat to sound out next\n"
                     "parley ask cases/halt-2025.yaml --party ru --all\teverything to ask Russia\n"
                     "parley ask cases/shuttle-2022.yaml --without b6\tif one report is left out\n",
         .run = cmd_ask},
    [CLI_COUNTER] =
        {.name = "counter",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "ideas that meet the concern behind a condition",
         .text =
             "Ideas that change a proposal so that a concern is met, wholly or in part, without "
             "what anybody else refuses, in words or on our reading: first those that others had, "
             "credited with their claim; ours only where none of them helps; then ideas put "
             "together of two. For each: what it meets, what it crosses of the party it answers, "
             "who must act, who was never asked. Then what no idea answers. Nobody has proposed or "
             "accepted any of it.\n\n"
             "--to PROPOSAL is what they answer (the latest with an answer, if it is not given). "
             "--by PARTY leaves out ideas that cross recorded terms of that party too; --for with "
             "the id of a party means --by as well. What a flag of law keeps out stays out until a "
             "named person has recorded why.\n\n"
             "The patterns: shorten (less time), narrow (along an ordered issue), substitute "
             "(another answer), name and add (what was left open), compensate (something else the "
             "party asked for), sunset (for the shortest time only), tie (one step waits for the "
             "other side's), stage (in two parts).",
         .examples =
             "parley counter cases/halt-2025.yaml\tideas A to E, two of them a column's\n"
             "parley counter cases/halt-2025.yaml --by ru\tthose that cross no word of Russia\n"
             "parley counter cases/relocation-2025.yaml\twhat the law keeps out, and what is "
             "left\n"
             "parley counter cases/shuttle-2022.yaml --nearest 2\tnear packages\n",
         .run = cmd_counter},
    [CLI_WORKTEXT] =
        {.name = "text",
         .operands = "CASE [PROPOSAL]",
         .least = 1,
         .most = 2,
         .line = "the working text: its versions, and the next one to try",
         .text = "A proposal and the versions it replaces, the oldest first: for each part who "
                 "objects, accepts, asks for it, put it off, was asked and is silent, or was not "
                 "asked, with claims; what a version changed for whom; steps with who does, gains "
                 "and bears them, and where they pull apart; and the next version the engine would "
                 "try, which is an idea of ours. PROPOSAL is the last version to look at; without "
                 "it the end of the longest chain.",
         .examples = "parley text cases/river-at-home.yaml\ttwo versions of one draft\n"
                     "parley text cases/seven-steps-2022.yaml seven-steps\ta package in steps\n"
                     "parley text cases/halt-2025.yaml\tan offer with one part\n",
         .run = cmd_text},
    [CLI_SHOW] =
        {.name = "show",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "who holds what on which issue",
         .text = "Parties by issues: each position with its firmness, whether it is on "
                 "record, reported or our reading, and the claims it rests on.",
         .examples =
             "parley show cases/halt-2025.yaml\tthe whole matrix\n"
             "parley show cases/halt-2025.yaml --party ru\tone party\n"
             "parley show cases/halt-2025.yaml --at 2025-03-10\tas it stood then\n"
             "parley show cases/shuttle-2022.yaml --changes\twho moved, and on whose word\n",
         .run = cmd_show},
    [CLI_BRIEF] =
        {.name = "brief",
         .operands = "CASE PARTY",
         .least = 2,
         .most = 2,
         .line = "one party on two pages, for an envoy on the way to it",
         .text = "What it answered and holds, what moved, what worries it, who reaches it, what we "
                 "may say to it and may not, and what is not known; the class of the source in the "
                 "margin. A section that is too long says how much it leaves out.",
         .examples = "parley brief cases/halt-2025.yaml ru\ton the screen\n"
                     "parley brief cases/halt-2025.yaml ru --format html > brief.html\tto print\n",
         .run = cmd_brief},
    [CLI_DIGEST] =
        {.name = "digest",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "what moved since a day, and what did not",
         .text = "Moves apart from words, what is only reported, figures, what was expected and "
                 "stayed silent, promises due, relays open, and what was learned late. Without "
                 "--since: the seven days before the case's as-of date.",
         .examples = "parley digest cases/halt-2025.yaml\tthe week\n"
                     "parley digest cases/shuttle-2022.yaml --since 2022-02-24\tfrom a day on\n",
         .run = cmd_digest},
    [CLI_PAGE] =
        {.name = "page",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "a whole case as one HTML file, to read offline and to print",
         .text = "Where it stands, the ladder as a picture and as a table, who holds what and how "
                 "firmly, what moved and what was in dispute on two days, sticking points, the "
                 "smallest bridges, ideas, what to sound out, who must act, words that fit no "
                 "formula, sources. What is ours stands in square brackets. Long lists say how "
                 "many more there are and which command shows them.\n\n"
                 "The file holds no script, no address outside and no path, and prints on A4. "
                 "Without --out it is written to standard output; --out does not replace a file "
                 "without --force. Whoever can read the file can read the case: give it away only "
                 "as made with --for.",
         .examples = "parley page cases/halt-2025.yaml --out halt.html\tto open in a browser\n"
                     "parley page cases/halt-2025.yaml --for public --out public.html\t"
                     "what everybody may see\n",
         .run = cmd_page},
    [CLI_RELAY] =
        {.name = "relay",
         .operands = "CASE [RELAY]",
         .least = 1,
         .most = 2,
         .line = "words carried: meant? may be said? read back?",
         .text = "Without RELAY the morning list. With it the card: the words, whether they commit "
                 "to anything, who asked whether they were meant, what may be passed on and until "
                 "when, carried when, read back or not, and what to do next. What is not recorded "
                 "as allowed stops the carrier.",
         .finding = "something in a relay may not be passed on",
         .examples = "parley relay cases/shuttle-2022.yaml\tthe morning list\n"
                     "parley relay cases/shuttle-2022.yaml r1\tone card\n",
         .run = cmd_relay},
    [CLI_CHANNELS] =
        {.name = "channels",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "who reaches whom, in words",
         .text = "Every channel with its quality as reported, who is reached by one party only or "
                 "by nobody, who must consent to what, what was done for whom and what came back, "
                 "and what a mediator wants for itself. There is no score of access or leverage.",
         .examples = "parley channels cases/halt-2025.yaml\tall of them\n"
                     "parley channels cases/exchange-2023.yaml --to hamas\tways to one party\n"
                     "parley channels cases/exchange-2023.yaml --from il --to hamas\tthe shortest "
                     "way\n",
         .run = cmd_channels},
    [CLI_MEET] = {.name = "meet",
                  .operands = "CASE",
                  .least = 1,
                  .most = 1,
                  .line = "who met, what came of it, what is expected",
                  .text = "Meetings with their outcome, the next date and what was promised there; "
                          "and what should have come and has not.",
                  .examples = "parley meet cases/halt-2025.yaml\tall of them\n"
                              "parley meet cases/shuttle-2022.yaml --party il\tone party\n",
                  .run = cmd_meet},
    [CLI_PROMISES] =
        {.name = "promises",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "who owes what to whom, and how far it is kept",
         .text = "Obligations, old and new: bearer, day, how far it is kept (none, minimal, "
                 "intermediate, full), what stands in its way. What is overdue stands first. "
                 "Promises that were only said are listed below.",
         .finding = "a promise is overdue",
         .examples = "parley promises cases/exchange-2023.yaml\tan unwritten one\n",
         .run = cmd_promises},
    [CLI_FAVOURS] = {.name = "favours",
                     .operands = "CASE",
                     .least = 1,
                     .most = 1,
                     .line = "who did what for whom, and what came back",
                     .text = "A ledger in words. Nothing is weighed, and there is no balance.",
                     .examples = "parley favours cases/exchange-2023.yaml\tall of them\n",
                     .run = cmd_favours},
    [CLI_SEARCH] =
        {.name = "search",
         .operands = "CASE WORD...",
         .least = 2,
         .most = UINT32_MAX,
         .line = "claims that hold these words",
         .text = "Claims that hold every WORD in what was said, what it was about, its hedge or "
                 "its speaker, in order of happening and with the words marked. Capitals and "
                 "accents composed in another way make no difference; 'guarant*' stands for every "
                 "word that begins so. A case on disk is not read as a whole for it; only a search "
                 "for nothing but beginnings looks at every claim. The first 50 are shown, unless "
                 "--all.",
         .finding = "nothing was found",
         .examples = "parley search cases/halt-2025.yaml pause\tone word\n"
                     "parley search cases/halt-2025.yaml aid 'resum*' --party us\tone party's "
                     "words\n",
         .run = cmd_search},
    [CLI_TIMELINE] =
        {.name = "timeline",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "what happened, in order, and what was learned when",
         .text = "Who said and did what, in order of happening: claims, answers, proposals, states "
                 "of levers, meetings and figures, each with how it is known. What was a move says "
                 "so. A vague date stands where it belongs: 'March, no day' behind the days of "
                 "March. The last lines say from whom it was learned, and when.",
         .examples = "parley timeline cases/halt-2025.yaml\tall of it\n"
                     "parley timeline cases/halt-2025.yaml --party ua --since 7d\tone party's "
                     "week\n"
                     "parley timeline cases/shuttle-2022.yaml --positions\tthe first day and "
                     "now\n",
         .run = cmd_timeline},
    [CLI_WHY] =
        {.name = "why",
         .operands = "CASE WHAT",
         .least = 2,
         .most = 2,
         .line = "the claims and sources behind what a page says",
         .text =
             "WHAT is the id of a claim, reading, rung, party, issue, proposal or concern; a "
             "party and an issue; a term as pages print it; or 'blocks N' for a sticking point. "
             "Shows every claim with speaker, day, source and chain, what repeats what, what "
             "was replaced, how many originals there really are, the concern behind it, and "
             "where it is used.",
         .examples = "parley why cases/halt-2025.yaml \"ru requires arms = stopped\"\ta term\n"
                     "parley why cases/halt-2025.yaml \"blocks 1\"\ta sticking point\n"
                     "parley why cases/shuttle-2022.yaml b5\ta claim\n",
         .run = cmd_why},
    [CLI_CONTRADICTIONS] =
        {.name = "contradictions",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "what was said that cannot both be so",
         .text =
             "Statements on one question of fact, voices of one party on one issue, and figures "
             "on one thing, side by side. Copies of one report count once, a later word of the "
             "same speaker is a shift, and 'not aware' is no denial. No verdict is given.",
         .finding = "something cannot both be so",
         .examples = "parley contradictions cases/relocation-2025.yaml\tone finding\n"
                     "parley contradictions cases/shuttle-2022.yaml\tshifts, no contradiction\n",
         .run = cmd_contradictions},
    [CLI_FIGURES] =
        {.name = "figures",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "numbers, who claims them and how they were counted",
         .text = "Each figure with its claimant, method and day. Figures on the same thing stand "
                 "together, with the range that is left without each source in turn. Nothing is "
                 "ever added up, and a number nobody gave is printed as unknown.",
         .examples = "parley figures cases/relocation-2025.yaml\tnothing that could be cited\n"
                     "parley figures cases/exchange-2023.yaml\tunknown stays unknown\n",
         .run = cmd_figures},
    [CLI_NEW] = {.name = "new",
                 .operands = "FILE.parley",
                 .least = 1,
                 .most = 1,
                 .line = "make a case on disk",
                 .text = "Makes an empty case on disk: one file with a journal to which entries "
                         "are only ever added. Only your own user may open it (mode 0600). The "
                         "file is not encrypted.\n\n"
                         "Every command that takes a case takes this file.",
                 .examples = "parley new talks.parley --title \"Thirty-day halt\"\tan empty case\n",
                 .run = cmd_new},
    [CLI_IMPORT] =
        {.name = "import",
         .operands = "CASE FILE.parley",
         .least = 0,
         .most = UINT32_MAX,
         .line = "write a case file into a case on disk",
         .text = "Every record of the case file becomes an entry of the journal, in file order. A "
                 "record that is there already with the same words is left alone; one with the "
                 "same id and other words is corrected: the journal keeps both. Records without an "
                 "id (responses, meetings and the like) count as new when no record has the same "
                 "words. Nothing is written unless the whole is a right case afterwards.",
         .examples = "parley import cases/halt-2025.yaml talks.parley\ttake it over\n"
                     "parley import edited.yaml talks.parley --replace\tmake it the same\n",
         .run = cmd_import},
    [CLI_EDIT] =
        {.name = "edit",
         .operands = "FILE.parley ID [KEY:VALUE...]",
         .least = 2,
         .most = UINT32_MAX,
         .line = "correct a record of a case on disk",
         .text = "ID is c3, claims:c3, or responses:2 for the second of a list. KEY is one of the "
                 "case file; VALUE what stands under it there, conditions parted by semicolons and "
                 "ids by commas; 'KEY:' takes the key out. What stood there stays in the journal. "
                 "Shows both; nothing is written unless the whole still makes a case.",
         .examples = "parley edit talks.parley c3 date:2025-03-12 'says:for a halt in principle'"
                     "\tother words\n"
                     "parley edit talks.parley responses:2 'if:arms = stopped; monitor != unnamed' "
                     "--dry-run\twhat would be written\n"
                     "parley edit talks.parley c8 --remove --why \"typed twice\"\tgone\n",
         .run = cmd_edit},
    [CLI_FLAG_VERB] =
        {.name = "flag",
         .operands = "FILE.parley [ID]",
         .least = 1,
         .most = 2,
         .line = "a legal notice, and who lifted it and why",
         .text = "Writes a flag into a case on disk: its notice stands on every page, and what "
                 "--keeps-out names is in no idea, bridge or draft, though still counted. It is "
                 "lifted by a named person with an office and a reason, which are then printed "
                 "with every such idea. Without ID a new flag is w1, w2 and so on.",
         .examples = "parley flag talks.parley --law forcible-transfer --about destination "
                     "--notice \"a war crime\" --keeps-out \"destination != stay\"\ta new one\n"
                     "parley flag talks.parley w1 --lift --by \"A. Name\" --office counsel "
                     "--because \"they asked to go\"\tlifted\n",
         .run = cmd_flag},
    [CLI_LOG] =
        {.name = "log",
         .operands = "FILE [LINE...]",
         .least = 1,
         .most = UINT32_MAX,
         .line = "who said what, in one line",
         .text = "Writes a claim into the journal of a case on disk: WHO [> TO WHOM] [DATE] [ACT] "
                 "[ABOUT] [if CONDITION; ...] [@SOURCE[/CLASS]] [\"WORDS\"] [key:value ...]. Dates "
                 "may be short (13mar, today, ~11mar, before 11mar). ABOUT is a proposal, issue, "
                 "concern or claim, or a formula; what fits none stays as words, and the page says "
                 "so. Everything of one call is written together or not at all.",
         .examples = "parley log my.parley 'ru:putin 13mar demand arms = stopped @weekly/on-record'"
                     "\tone line\n"
                     "parley log my.parley --lines calls.txt --dry-run\twhat would be written\n"
                     "parley log my.parley --csv sheet.csv\ta table\n",
         .run = cmd_log},
    [CLI_EXPORT] =
        {.name = "export",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "write a case as canonical YAML",
         .text = "Writes the whole case, with the head of the journal in a comment: the head "
                 "proves later that nothing before it was changed (parley verify --head). With "
                 "--json the case is JSON and the head a member beside it. A copy for an audience "
                 "carries no head. With --csv only the claims, as a table that 'parley log --csv' "
                 "takes.",
         .examples = "parley export talks.parley --out talks.yaml\ta file to read and keep\n"
                     "parley export talks.parley --csv claims.csv\tthe claims for a spreadsheet\n"
                     "parley export talks.parley --recorded-as-of 2025-03-12\tas it was written "
                     "down by then\n",
         .run = cmd_export},
    [CLI_VERIFY] =
        {.name = "verify",
         .operands = "FILE.parley",
         .least = 1,
         .most = 1,
         .line = "is a case on disk what was written",
         .text = "Checks every entry of the journal against the chain of hashes, its words against "
                 "what the entry promises, and every index by making it again. Words that were "
                 "destroyed on purpose are counted; they are no fault.",
         .finding = "something is not what was written",
         .examples = "parley verify talks.parley\tthe whole journal\n"
                     "parley verify talks.parley --head HASH\tand nothing was cut off since\n",
         .run = cmd_verify},
    [CLI_CONVERT] =
        {.name = "convert",
         .operands = "FILE...",
         .least = 1,
         .most = UINT32_MAX,
         .line = "foreign negotiation files to a case, and back",
         .text =
             "With --from genius and --from geniusweb: a domain and one profile a party; with "
             "--from negolog: the profiles; with --from scorable: a folder with config.txt and "
             "scores_files. Writes a case with values. Files that are nearly right are mended, "
             "with a warning for each kind of repair; what a case has no place for is said in its "
             "notes.\n\n"
             "With --to genius or --to geniusweb: a folder, then a case. Writes domain and "
             "profiles into the folder, and overwrites nothing. What would change a number is an "
             "error; what is only left out is a warning.\n\n"
             "Without either: a case in canonical form.",
         .examples =
             "parley convert --from genius domain.xml a.xml b.xml --out talks.yaml\tinto a case\n"
             "parley convert --from scorable games/base\ta scoring game\n"
             "parley convert --to genius files talks.yaml\tand back\n"
             "parley convert cases/halt-2025.yaml --json\ta case as JSON\n",
         .run = cmd_convert},
    [CLI_CHECK] = {.name = "check",
                   .operands = "CASE...",
                   .least = 0,
                   .most = UINT32_MAX,
                   .line = "is the file right",
                   .text =
                       "Reads case files and names everything that is against the format, each "
                       "with its line and column and with what would be right. Warnings point at "
                       "what is allowed but worth a look.",
                   .finding = "a warning, with --strict",
                   .examples = "parley check cases/halt-2025.yaml\tone file\n"
                               "parley check --strict cases/*.yaml\tmany, warnings counted\n"
                               "parley check --schema > case.schema.json\tfor an editor\n",
                   .run = cmd_check},
    [CLI_WORDS] = {.name = "words",
                   .operands = "[LIST]",
                   .least = 0,
                   .most = 1,
                   .line = "the words a case file may use",
                   .text =
                       "Prints the enumerations of the case format (acts, firmness, source "
                       "classes, answers, roles and the rest), each word with its meaning. LIST "
                       "prints one of them.",
                   .examples = "parley words\tall lists\n"
                               "parley words act\tone list\n"
                               "parley words --limits\tthe limits on sizes, depths and counts\n",
                   .run = cmd_words},
    [CLI_HELP] = {.name = "help",
                  .operands = "[VERB]",
                  .least = 0,
                  .most = 1,
                  .line = "help on the program or on one verb",
                  .text =
                      "Also writes manual pages and completion scripts, from the same table that "
                      "reads the command line.",
                  .examples = "parley help deals\tone verb\n"
                              "parley help --man deals | man -l -\tits manual page\n"
                              "parley help --completion bash\ta completion script\n",
                  .run = cmd_help},
};

const cli_status_row cli_statuses[] = {
    {CLI_DONE, "done"},
    {CLI_FINDING, "a finding: no deal, gaps, contradictions"},
    {CLI_USAGE, "the command line is wrong"},
    {CLI_INPUT, "the input is wrong: a file, or a name that is not in it"},
    {CLI_ENVIRONMENT, "the environment failed: disk, memory, a library"},
    {CLI_INTERRUPTED, "interrupted"},
    {0, NULL},
};
