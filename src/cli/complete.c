/*
 * Completion scripts for bash, zsh and fish, from the table of verbs and options.
 *
 * They offer verbs and case files first, then the options of the verb, the words of options that
 * take one of a list, the names of word lists, and the ids of the case that the line names, which
 * the program itself knows (suggest.c). The bash script needs no helper package. Texts of the table
 * hold no character that needs care in single quotes except the quote itself, which is left out.
 */
#include "cli/options.h"

#include <parley/words.h>

#include <string.h>

static void without_quotes(parley_text *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s != '\'' && *s != '[' && *s != ']' && *s != ':') {
            parley_text_putc(out, *s);
        }
    }
}

/* Names of the word lists as one types them. */
static void list_names(parley_text *out)
{
    for (size_t i = 0; i < PARLEY_WORDS_COUNT; i++) {
        parley_text_puts(out, i > 0 ? " " : "");
        for (const char *s = parley_words_name((parley_word_list)i); *s != '\0'; s++) {
            parley_text_putc(out, *s == ' ' ? '-' : *s);
        }
    }
}

static void verb_names(parley_text *out)
{
    for (size_t i = 0; i < CLI_VERB_COUNT; i++) {
        parley_text_printf(out, "%s%s", i > 0 ? " " : "", cli_verbs[i].name);
    }
}

static void choices(parley_text *out, const cli_option_row *row)
{
    for (size_t i = 0; row->choices[i] != NULL; i++) {
        parley_text_printf(out, "%s%s", i > 0 ? " " : "", row->choices[i]);
    }
}

static bool is_operand_verb(size_t verb, const char *operand)
{
    return strcmp(cli_verbs[verb].operands, operand) == 0;
}

/* ------------------------------------------------------------------------ bash */

static void bash_options(parley_text *out)
{
    parley_text_puts(out, "    case $verb in\n");
    for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
        parley_text_printf(out, "        %s) options='", cli_verbs[v].name);
        const char *between = "";
        for (int o = 0; o < CLI_OPT_COUNT; o++) {
            if (cli_takes(&cli_verbs[v], (cli_option)o)) {
                parley_text_printf(out, "%s--%s", between, cli_options[o].name);
                between = " ";
            }
        }
        parley_text_puts(out, "' ;;\n");
    }
    parley_text_puts(out, "        *) options='--help --version' ;;\n    esac\n");
}

static void bash(parley_text *out)
{
    parley_text_puts(
        out, "# bash completion for parley\n"
             "# ids of the case on the line: the program knows them\n"
             "_parley_ids()\n{\n"
             "    local line=${COMP_LINE:0:${COMP_POINT:-0}} full part= word\n"
             "    [[ -n $line ]] || return 1\n"
             "    full=${line##*[[:blank:]]}\n"
             "    # what stands before a mark such as : or @ is a word of its own to the shell\n"
             "    if [[ $current != [\\'\\\"]* ]]; then\n"
             "        part=${full%\"${full##*[$COMP_WORDBREAKS]}\"}\n"
             "    fi\n"
             "    while IFS= read -r word; do\n"
             "        COMPREPLY+=(\"${word#\"$part\"}\")\n"
             "    done < <(\"${COMP_WORDS[0]}\" --complete \"$line\" 2>/dev/null)\n"
             "    if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *: ]]; then\n"
             "        compopt -o nospace 2>/dev/null\n"
             "    fi\n"
             "    ((${#COMPREPLY[@]}))\n"
             "}\n"
             "_parley()\n{\n"
             "    local current=${COMP_WORDS[COMP_CWORD]} before= verb= options= i word\n"
             "    COMPREPLY=()\n"
             "    if ((COMP_CWORD > 0)); then before=${COMP_WORDS[COMP_CWORD-1]}; fi\n"
             "    # --option=value arrives as three words\n"
             "    if [[ $current == = ]]; then\n"
             "        current=\n"
             "    elif [[ $before == = ]] && ((COMP_CWORD > 1)); then\n"
             "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
             "    fi\n"
             "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
             "        word=${COMP_WORDS[i]}\n"
             "        case $word in\n            ");
    const char *between = "";
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        if (cli_options[o].argument != NULL && !cli_options[o].optional) {
            parley_text_printf(out, "%s--%s", between, cli_options[o].name);
            between = "|";
        }
    }
    parley_text_puts(out,
                     ")\n"
                     "                if [[ ${COMP_WORDS[i+1]} == = ]]; then ((i++)); fi\n"
                     "                ((i++)) ;;\n"
                     "            -*) if [[ ${COMP_WORDS[i+1]} == = ]]; then ((i += 2)); fi ;;\n"
                     "            *) verb=$word; break ;;\n"
                     "        esac\n"
                     "    done\n"
                     "    case $before in\n");
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        if (cli_options[o].kind == CLI_CHOICE) {
            parley_text_printf(out, "        --%s) COMPREPLY=($(compgen -W '", cli_options[o].name);
            choices(out, &cli_options[o]);
            parley_text_puts(out, "' -- \"$current\")); return ;;\n");
        } else if (cli_options[o].argument != NULL && !cli_options[o].optional) {
            parley_text_printf(out, "        --%s) _parley_ids; return ;;\n", cli_options[o].name);
        }
    }
    parley_text_puts(out, "    esac\n");
    bash_options(out);
    parley_text_puts(out, "    if [[ $current == -* ]]; then\n"
                          "        COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
                          "        return\n"
                          "    fi\n"
                          "    case $verb in\n");
    for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
        if (is_operand_verb(v, "[LIST]") || is_operand_verb(v, "[VERB]")) {
            parley_text_printf(out, "        %s) COMPREPLY=($(compgen -W '", cli_verbs[v].name);
            if (is_operand_verb(v, "[LIST]")) {
                list_names(out);
            } else {
                verb_names(out);
                parley_text_puts(out, " options");
            }
            parley_text_puts(out, "' -- \"$current\")); return ;;\n");
        }
    }
    parley_text_puts(out, "        '') COMPREPLY=($(compgen -W '");
    verb_names(out);
    parley_text_puts(out, "' -- \"$current\")) ;;\n"
                          "        *) if _parley_ids; then return; fi ;;\n"
                          "    esac\n"
                          "    compopt -o filenames 2>/dev/null\n"
                          "    while IFS= read -r word; do\n"
                          "        if [[ $word == .* && $current != .* ]]; then continue; fi\n"
                          "        if [[ -d $word || $word == *.@(yaml|yml|json|parley) ]]; then\n"
                          "            COMPREPLY+=(\"$word\")\n"
                          "        fi\n"
                          "    done < <(compgen -f -- \"$current\")\n"
                          "}\n"
                          "complete -F _parley parley\n");
}

/* ------------------------------------------------------------------------- zsh */

static void zsh(parley_text *out)
{
    parley_text_puts(out,
                     "#compdef parley\n"
                     "# ids of the case on the line: the program knows them\n"
                     "_parley_ids()\n{\n"
                     "    local line=\"${(j: :)words[1,CURRENT-1]} $IPREFIX$QIPREFIX$PREFIX\"\n"
                     "    local -a offers open closed\n"
                     "    offers=(${(f)\"$(_call_program ids $words[1] --complete ${(q)line} "
                     "2>/dev/null)\"})\n"
                     "    offers=(${offers#$IPREFIX})\n"
                     "    open=(${(M)offers:#*:}) closed=(${offers:#*:})\n"
                     "    (($#open)) && compadd -S '' -a open\n"
                     "    (($#closed)) && compadd -a closed\n"
                     "    (($#offers))\n"
                     "}\n"
                     "_parley_operand()\n{\n"
                     "    _parley_ids || _files -g '*.(yaml|yml|json|parley)'\n"
                     "}\n"
                     "_parley()\n{\n"
                     "    local -a verbs\n"
                     "    verbs=(\n");
    for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
        parley_text_printf(out, "        '%s:", cli_verbs[v].name);
        without_quotes(out, cli_verbs[v].line);
        parley_text_puts(out, "'\n");
    }
    parley_text_puts(out, "    )\n"
                          "    if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
                          "        _describe verb verbs\n"
                          "        _files -g '*.(yaml|yml|json|parley)'\n"
                          "        return\n"
                          "    fi\n"
                          "    case $words[2] in\n");
    for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
        parley_text_printf(out, "        %s) _arguments", cli_verbs[v].name);
        for (int o = 0; o < CLI_OPT_COUNT; o++) {
            const cli_option_row *row = &cli_options[o];
            if (!cli_takes(&cli_verbs[v], (cli_option)o)) {
                continue;
            }
            parley_text_printf(out, " \\\n            '%s--%s%s[", row->kind == CLI_LIST ? "*" : "",
                               row->name,
                               row->argument == NULL ? ""
                               : row->optional       ? "=-"
                                                     : "=");
            cli_wording words = cli_option_words(row, &cli_verbs[v]);
            without_quotes(out, words.line);
            parley_text_puts(out, "]");
            if (row->argument != NULL) {
                parley_text_puts(out, row->optional ? "::" : ":");
                without_quotes(out, words.argument);
                parley_text_puts(out, ":");
            }
            if (row->kind == CLI_CHOICE) {
                parley_text_puts(out, "(");
                choices(out, row);
                parley_text_puts(out, ")");
            } else if (row->argument != NULL && !row->optional) {
                parley_text_puts(out, "_parley_ids");
            }
            parley_text_puts(out, "'");
        }
        parley_text_puts(out, " \\\n            '1:verb:' ");
        if (is_operand_verb(v, "[LIST]") || is_operand_verb(v, "[VERB]")) {
            parley_text_puts(out, "'*:word:(");
            if (is_operand_verb(v, "[LIST]")) {
                list_names(out);
            } else {
                verb_names(out);
                parley_text_puts(out, " options");
            }
            parley_text_puts(out, ")' ;;\n");
        } else {
            parley_text_puts(out, "'*:case:_parley_operand' ;;\n");
        }
    }
    parley_text_puts(out, "        *) _files -g '*.(yaml|yml|json|parley)' ;;\n"
                          "    esac\n}\n"
                          "if [[ $funcstack[1] == _parley ]]; then\n"
                          "    _parley \"$@\"\n"
                          "else\n"
                          "    compdef _parley parley\n"
                          "fi\n");
}

/* ------------------------------------------------------------------------ fish */

static void fish(parley_text *out)
{
    parley_text_puts(out, "# fish completion for parley\n"
                          "# ids of the case on the line: the program knows them\n"
                          "function __parley_ids\n"
                          "    set -l program (commandline -opc)[1]\n"
                          "    set -l line (commandline -cp | string collect)\n"
                          "    $program --complete \"$line\" 2>/dev/null |"
                          " string replace -r '^--[a-z-]+=' ''\n"
                          "end\n"
                          "complete -c parley -f -n 'not __fish_use_subcommand; and __parley_ids"
                          " | string length -q' -a '(__parley_ids)'\n");
    for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
        parley_text_printf(out, "complete -c parley -n __fish_use_subcommand -a %s -d '",
                           cli_verbs[v].name);
        without_quotes(out, cli_verbs[v].line);
        parley_text_puts(out, "'\n");
    }
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        const cli_option_row *row = &cli_options[o];
        const char *between = "";
        parley_text_puts(out, "complete -c parley");
        if (row->verbs != 0) {
            parley_text_puts(out, " -n '__fish_seen_subcommand_from ");
            for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
                if (cli_takes(&cli_verbs[v], (cli_option)o)) {
                    parley_text_printf(out, "%s%s", between, cli_verbs[v].name);
                    between = " ";
                }
            }
            parley_text_puts(out, "'");
        }
        parley_text_printf(out, " -l %s", row->name);
        if (row->kind == CLI_CHOICE) {
            parley_text_puts(out, " -x -a '");
            choices(out, row);
            parley_text_puts(out, "'");
        } else if (row->argument != NULL && !row->optional) {
            parley_text_puts(out, " -x -a '(__parley_ids)'");
        }
        parley_text_puts(out, " -d '");
        without_quotes(out, row->line);
        parley_text_puts(out, "'\n");
    }
    for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
        if (is_operand_verb(v, "[LIST]") || is_operand_verb(v, "[VERB]")) {
            parley_text_printf(out,
                               "complete -c parley -f -n '__fish_seen_subcommand_from %s' -a '",
                               cli_verbs[v].name);
            if (is_operand_verb(v, "[LIST]")) {
                list_names(out);
            } else {
                verb_names(out);
                parley_text_puts(out, " options");
            }
            parley_text_puts(out, "'\n");
        }
    }
}

void cli_completion(int shell, parley_text *out)
{
    if (shell == 0) {
        bash(out);
    } else if (shell == 1) {
        zsh(out);
    } else {
        fish(out);
    }
}
