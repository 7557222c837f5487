/*
 * The table of verbs.
 *
 * Parsing, usage, help, manual pages and completion are all made from it and from the table of
 * options (option_rows.c). Texts are plain ASCII, one sentence a thing; paragraphs have an empty
 * line between them.
 */
#include "cli/options.h"

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
             "parley deals cases/panama-1974.yaml --numbers --xlsx panama.xlsx\tthe same as a "
             "workbook\n"
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
             "parley show cases/shuttle-2022.yaml --changes\twho moved, and on whose word\n"
             "parley show cases/korr-pass.yaml --blocs\twhere a bloc splits\n"
             "parley show cases/halt-2025.yaml --levers\twho can press whom, and its state\n"
             "parley show cases/korr-pass.yaml --ripeness\tis this the moment\n"
             "parley show cases/exchange-2023.yaml --links\twhat another case has to do with it\n",
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
         .line = "a whole case as one HTML file or Markdown, to read and print",
         .text =
             "Where it stands, the ladder as a picture and as a table, who holds what and how "
             "firmly, what moved and what was in dispute on two days, sticking points, the "
             "smallest bridges, ideas, what to sound out, who must act, words that fit no "
             "formula, sources. What is ours stands in square brackets. Long lists say how "
             "many more there are and which command shows them.\n\n"
             "The file names no address outside and no path, opens without a network and prints "
             "on A4. Charts answer to keyboard and pointer through one script inside, fixed by "
             "its hash in the content policy; a table beside each holds the same. --no-script "
             "leaves the script out. Without --out it is written to standard output; --out does "
             "not replace a file "
             "without --force. Whoever can read the file can read the case: give it away only "
             "as made with --for.",
         .examples = "parley page cases/halt-2025.yaml --out halt.html\tto open in a browser\n"
                     "parley page cases/halt-2025.yaml --for public --out public.html\t"
                     "what everybody may see\n"
                     "parley page cases/halt-2025.yaml --format markdown\tas text with tables\n",
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
         .examples =
             "parley channels cases/halt-2025.yaml\tall of them\n"
             "parley channels cases/exchange-2023.yaml --to hamas\tways to one party\n"
             "parley channels cases/exchange-2023.yaml --from il --to hamas\tthe shortest "
             "way\n"
             "parley channels cases/shuttle-2022.yaml --candidates=venue\twhere to meet, who "
             "wants it, who refuses\n",
         .run = cmd_channels},
    [CLI_MEET] = {.name = "meet",
                  .operands = "CASE",
                  .least = 1,
                  .most = 1,
                  .line = "who met, what came of it, what is expected",
                  .text = "Meetings with their outcome, the next date and what was promised there; "
                          "and what should have come and has not.",
                  .examples = "parley meet cases/halt-2025.yaml\tall of them\n"
                              "parley meet cases/shuttle-2022.yaml --party il\tone party\n"
                              "parley meet cases/shuttle-2022.yaml --standing\thow the mediator "
                              "stands with each\n",
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
         .text =
             "Claims that hold every WORD in what was said, what it was about, its hedge or "
             "its speaker, in order of happening and with what fits marked. A word stands for "
             "all its forms in the case's language ('stopping' finds 'stopped'), '\"arms\"' in "
             "quotes for itself, 'guarant*' for every word that begins so. Capitals and accents "
             "composed in another way make no difference. A case on disk is not read as a whole "
             "for it. The first 50 are shown, unless --all.",
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
         .text =
             "ID is c3, claims:c3, or responses:2 for the second of a list. KEY is one of the "
             "case file; VALUE what stands under it there, conditions parted by semicolons and "
             "ids by commas; 'KEY:' takes the key out. What stood there stays in the journal. "
             "Shows both; nothing is written unless the whole still makes a case. With --remove "
             "several records may be named: they go together, so that what leans on what is no "
             "hindrance.",
         .examples = "parley edit talks.parley c3 date:2025-03-12 'says:for a halt in principle'"
                     "\tother words\n"
                     "parley edit talks.parley responses:2 'if:arms = stopped; monitor != unnamed' "
                     "--dry-run\twhat would be written\n"
                     "parley edit talks.parley c8 m2 --remove --why \"typed twice\"\tboth "
                     "gone\n",
         .run = cmd_edit},
    [CLI_FLAG_VERB] =
        {.name = "flag",
         .operands = "FILE.parley [ID]",
         .least = 1,
         .most = 2,
         .line = "a legal notice: who raised it, who lifted it, and why",
         .text = "Writes a flag into a case on disk: its notice stands on every page, and what "
                 "--keeps-out names is in no idea, bridge or draft, though still counted. It is "
                 "raised, and lifted, by a named person with an office and a reason, which are "
                 "printed with it. Without ID a new flag is w1, w2 and so on. 'parley words law' "
                 "has the usual laws; others may be named.",
         .examples =
             "parley flag talks.parley --law forcible-transfer --about destination "
             "--notice \"a war crime\" --keeps-out \"destination != stay\" --by \"A. Name\" "
             "--office counsel --because \"the plan moves people\"\ta new one\n"
             "parley flag talks.parley w1 --lift --by \"A. Name\" --office counsel "
             "--because \"they asked to go\"\tlifted\n",
         .run = cmd_flag},
    [CLI_LOG] =
        {.name = "log",
         .operands = "FILE [LINE...]",
         .least = 1,
         .most = UINT32_MAX,
         .line = "who said what: in one line, a form, a table or a stream",
         .text =
             "Writes a claim into the journal of a case on disk. On a terminal with nothing "
             "else said it asks, field by field. A line is WHO [> TO WHOM] [DATE] [ACT] "
             "[ABOUT] [if CONDITION; ...] [@SOURCE[/CLASS]] [\"WORDS\"] [key:value ...]. Dates "
             "may be short (13mar, today, ~11mar, before 11mar). ABOUT is a proposal, issue, "
             "concern or claim, or a formula. What cannot be read stays as words, is in no "
             "count, and 'status' names it until it is mended. Lines and tables of one call are "
             "written together or not at all.",
         .examples = "parley log my.parley 'ru:putin 13mar demand arms = stopped @weekly/on-record'"
                     "\tone line\n"
                     "parley log my.parley --lines calls.txt --dry-run\twhat would be written\n"
                     "parley log my.parley\tthe form\n"
                     "parley log my.parley --csv sheet.csv\ta table\n"
                     "parley log my.parley --json-lines -\tone object a line, each answered\n",
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
    [CLI_DESTROY] =
        {.name = "destroy",
         .operands = "FILE.parley [RECORD|ENTRY...]",
         .least = 1,
         .most = UINT32_MAX,
         .line = "words that no longer hold, for good",
         .text =
             "Destroys the words of records that were removed, of all their versions, and of "
             "single entries that were corrected: overwritten in the file and in its indexes. The "
             "journal still verifies and shows that something was destroyed, when and why. What "
             "still holds is refused. Lists the exports in which the words had left; those, "
             "copies and backups it cannot reach.\n\n"
             "Without a record it lists what could go.",
         .examples =
             "parley destroy talks.parley\twhat no longer holds and still has its words\n"
             "parley destroy talks.parley c3 17 --because \"end of the talks\"\tone record, "
             "and one entry\n"
             "parley destroy talks.parley --all-removed --before 2025-04-01 --because \"as "
             "agreed\" --dry-run\twhat would go\n",
         .run = cmd_destroy},
    [CLI_EXPORTS] =
        {.name = "exports",
         .operands = "CASE",
         .least = 1,
         .most = 1,
         .line = "what left, for whom, and what was withheld",
         .text = "Lists the export log: every product that --out wrote with --for or --recipient, "
                 "when, which, for whom, what was withheld, and the hash of its bytes. The log of "
                 "a case on disk is in its journal; that of a case file lies beside it and ends "
                 "in .exports. It stands in no product.\n\n"
                 "--check FILE says which export a file is, byte for byte: whose copy leaked.",
         .finding = "--check: the file is no export of this case; or the log was changed",
         .examples = "parley exports talks.parley\tthe whole log\n"
                     "parley exports talks.parley --check leaked.html\twhose copy it is\n",
         .run = cmd_exports},
    [CLI_VERIFY] =
        {.name = "verify",
         .operands = "FILE.parley | RESULT.json CASE",
         .least = 1,
         .most = UINT32_MAX,
         .line = "is a case on disk what was written; is a result right",
         .text =
             "With a case on disk: checks every entry of the journal against the chain of hashes, "
             "its words against what the entry promises, and every index by making it again. Words "
             "that were destroyed on purpose are counted; they are no fault.\n\n"
             "With a result of 'deals --json' and its case: goes through the result again on a "
             "second, simple way that shares no engine with the first. Worth is added up in "
             "fractions, small spaces are walked through whole, large ones are tried by straight "
             "lines, exchanges and samples. Lists what was checked and what was not, and every "
             "disagreement with line and column. Give the options that the result was made with.",
         .finding = "something is not what was written, or a result is not right",
         .examples = "parley verify talks.parley\tthe whole journal\n"
                     "parley verify talks.parley --head HASH\tand nothing was cut off since\n"
                     "parley verify result.json cases/panama-1974.yaml\ta second way to a result\n",
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
