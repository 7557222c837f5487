/*
 * Inside the program: words that may end a command line that is being typed.
 */
#ifndef PARLEY_CLI_SUGGEST_H
#define PARLEY_CLI_SUGGEST_H

/* Print what may stand for the last word of the line, one a line; never a message. Exit status 0.
 */
int cli_suggest(const char *line);

#endif
