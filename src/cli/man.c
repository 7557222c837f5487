/*
 * Manual pages from the table of verbs and options, as roff with the man macros.
 *
 * No date is written, so that the same source gives the same page.
 */
#include "cli/options.h"

#include <string.h>

/* Text at the beginning of a line: nothing in it may be a request or an escape. */
static void roff(parley_text *out, const char *s, size_t length)
{
    if (length > 0 && (s[0] == '.' || s[0] == '\'')) {
        parley_text_puts(out, "\\&");
    }
    for (size_t i = 0; i < length; i++) {
        switch (s[i]) {
        case '\\':
            parley_text_puts(out, "\\e");
            break;
        case '-':
            parley_text_puts(out, "\\-");
            break;
        case '\'':
            parley_text_puts(out, "\\(aq");
            break;
        case '^':
            parley_text_puts(out, "\\(ha");
            break;
        case '~':
            parley_text_puts(out, "\\(ti");
            break;
        default:
            parley_text_putc(out, s[i]);
        }
    }
}

static void roff_line(parley_text *out, const char *s)
{
    roff(out, s, strlen(s));
    parley_text_putc(out, '\n');
}

/* The first letter large, a full stop at the end. */
static void sentence(parley_text *out, const char *s)
{
    char first = s[0] >= 'a' && s[0] <= 'z' ? (char)(s[0] - 'a' + 'A') : s[0];
    roff(out, &first, 1);
    roff(out, s + 1, strlen(s + 1));
    parley_text_puts(out, ".\n");
}

static void paragraphs(parley_text *out, const char *text)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t length = end != NULL ? (size_t)(end - text) : strlen(text);
        roff(out, text, length);
        parley_text_putc(out, '\n');
        text += length + (end != NULL ? 2 : 0);
        if (*text != '\0') {
            parley_text_puts(out, ".PP\n");
        }
    }
}

static void name(parley_text *out, const cli_verb *verb)
{
    const char *upper = "PARLEY";
    parley_text_printf(out, ".TH %s", upper);
    if (verb != NULL) {
        parley_text_puts(out, "\\-");
        for (const char *s = verb->name; *s != '\0'; s++) {
            parley_text_putc(out, *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s);
        }
    }
    parley_text_printf(out, " 1 \"\" \"Parley %s\" \"Parley\"\n.SH NAME\nparley", parley_version());
    if (verb != NULL) {
        parley_text_printf(out, "\\-%s", verb->name);
    }
    parley_text_puts(out, " \\- ");
    roff_line(out, verb != NULL ? verb->line : "a mediator's workbench");
}

/* Its own options, or those of every page; the heading only if there are some. */
static void options(parley_text *out, const cli_verb *verb, bool common)
{
    bool some = false;
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        const cli_option_row *row = &cli_options[o];
        if (row->common != common || !cli_takes(verb, (cli_option)o)) {
            continue;
        }
        cli_wording words = cli_option_words(row, verb);
        parley_text_puts(out, some ? "" : common ? ".SH OPTIONS OF EVERY PAGE\n" : ".SH OPTIONS\n");
        some = true;
        parley_text_puts(out, ".TP\n.B \\-\\-");
        roff(out, row->name, strlen(row->name));
        if (words.argument != NULL) {
            parley_text_puts(out, row->optional ? "\\fR[=\\fI" : " \\fI");
            roff(out, words.argument, strlen(words.argument));
            parley_text_puts(out, row->optional ? "\\fR]" : "\\fR");
        }
        parley_text_putc(out, '\n');
        sentence(out, words.line);
        if (words.text != NULL) {
            roff_line(out, words.text);
        }
    }
}

static void examples(parley_text *out, const cli_verb *verb)
{
    parley_text_puts(out, ".SH EXAMPLES\n");
    for (const char *line = verb->examples; *line != '\0';) {
        const char *tab = strchr(line, '\t');
        const char *end = strchr(line, '\n');
        parley_text_puts(out, ".TP\n.B ");
        roff(out, line, (size_t)(tab - line));
        parley_text_putc(out, '\n');
        roff(out, tab + 1, (size_t)(end - tab - 1));
        parley_text_putc(out, '\n');
        line = end + 1;
    }
}

static void statuses(parley_text *out, const cli_verb *verb)
{
    char room[240];
    parley_text_puts(out, ".SH EXIT STATUS\n");
    for (const cli_status_row *row = cli_statuses; row->text != NULL; row++) {
        const char *text = row->text;
        if (row->status == CLI_FINDING && verb != NULL) {
            text = cli_finding(verb, room, sizeof room);
        }
        if (text != NULL) {
            parley_text_printf(out, ".TP\n.B %d\n", row->status);
            sentence(out, text);
        }
    }
}

static void see_also(parley_text *out, const cli_verb *verb)
{
    parley_text_puts(out, ".SH SEE ALSO\n");
    const char *between = "";
    if (verb != NULL) {
        parley_text_puts(out, ".BR parley (1)");
        between = ",\n";
    }
    for (size_t i = 0; i < CLI_VERB_COUNT; i++) {
        if (&cli_verbs[i] != verb) {
            parley_text_printf(out, "%s.BR parley\\-%s (1)", between, cli_verbs[i].name);
            between = ",\n";
        }
    }
    parley_text_putc(out, '\n');
}

static void overview(parley_text *out)
{
    name(out, NULL);
    parley_text_puts(out, ".SH SYNOPSIS\n.B parley\n.I CASE\n.br\n.B parley\n.I VERB CASE\n"
                          "[options]\n.br\n.B parley help\n[\\fIVERB\\fR]\n.SH DESCRIPTION\n");
    paragraphs(
        out, "Reads a case file, in which everything that was said has a speaker, a date and a "
             "source, and shows what is on the table and who answered how, which agreements are "
             "still possible, and on whose words they die.\n\n"
             "A case is a YAML or JSON file. Nothing is sent anywhere: the program opens the files "
             "it is given and no network connection. Options may stand before or after the case; "
             "two dashes end them. 'parley help options' has those of every page, 'parley words' "
             "the words "
             "of a case file, and 'parley check --schema' its schema.");
    parley_text_puts(out, ".SH VERBS\n");
    for (size_t i = 0; i < CLI_VERB_COUNT; i++) {
        parley_text_printf(out, ".TP\n.BR %s \" (see \" parley\\-%s (1))\n", cli_verbs[i].name,
                           cli_verbs[i].name);
        sentence(out, cli_verbs[i].line);
    }
    statuses(out, NULL);
    parley_text_puts(out, ".SH FILES\n.TP\n.IR NAME .yaml\nA case as text.\n"
                          ".TP\n.IR NAME .parley\nA case on disk, with its journal.\n"
                          ".TP\n.IR NAME .yaml.exports\nWhat left of a case as text, and for whom: "
                          "the export log.\n");
    parley_text_puts(out, ".SH ENVIRONMENT\n.TP\n.B COLUMNS\nThe width of pages, in columns.\n"
                          ".TP\n.B NO_COLOR\nWhen set, no colour unless \\-\\-color=always.\n"
                          ".TP\n.B TERM\nNo colour when it is dumb.\n");
    see_also(out, NULL);
}

void cli_man_page(const cli_verb *verb, parley_text *out)
{
    if (verb == NULL) {
        overview(out);
        return;
    }
    name(out, verb);
    parley_text_printf(out, ".SH SYNOPSIS\n.B parley %s\n.I ", verb->name);
    roff_line(out, verb->operands);
    parley_text_puts(out, "[options]\n.SH DESCRIPTION\n");
    paragraphs(out, verb->text);
    options(out, verb, false);
    options(out, verb, true);
    examples(out, verb);
    statuses(out, verb);
    see_also(out, verb);
}
