/*
 * Formulas as text, with the parentheses that reading back needs and no others.
 *
 * Recursion is as deep as the tree, which the parser bounds (limit formula_depth).
 */
#include "case/formula_internal.h"

#include <string.h>

/* How tightly a node holds together; an operand looser than its place stands in parentheses. */
enum { LEVEL_IFF = 1, LEVEL_IMPLIES, LEVEL_OR, LEVEL_AND, LEVEL_NOT, LEVEL_ATOM };

static int level_of(const parley_formula *f)
{
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_NOT:
        return LEVEL_NOT;
    case PARLEY_F_AND:
        return LEVEL_AND;
    case PARLEY_F_OR:
        return LEVEL_OR;
    case PARLEY_F_IMPLIES:
    case PARLEY_F_IF:
        return LEVEL_IMPLIES;
    case PARLEY_F_IFF:
        return LEVEL_IFF;
    default:
        return LEVEL_ATOM;
    }
}

static void print_name(const parley_formula_names *names, formula_name_class which, int32_t issue,
                       int32_t i, parley_text *out)
{
    const char *name = formula_id_or(names, which, issue, i);
    if (formula_plain_name(name, strlen(name))) {
        parley_text_puts(out, name);
        return;
    }
    parley_text_putc(out, '"');
    for (const char *s = name; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\') {
            parley_text_putc(out, '\\');
        }
        parley_text_putc(out, *s);
    }
    parley_text_putc(out, '"');
}

static void print_value(const parley_formula *f, uint32_t i, const parley_formula_names *names,
                        parley_text *out)
{
    if (f->kind == PARLEY_F_CHOICE) {
        print_name(names, FORMULA_OPTIONS, f->issue, f->option[i], out);
        return;
    }
    char digits[48];
    parley_decimal_print(f->number[i], digits, sizeof digits);
    parley_text_puts(out, digits);
}

static void print_comparison(const parley_formula *f, const parley_formula_names *names,
                             parley_text *out)
{
    static const char *const sign[] = {" = ", " != ", " < ", " <= ", " > ", " >= ", " in {"};
    print_name(names, FORMULA_ISSUES, -1, f->issue, out);
    if (f->kind == PARLEY_F_SHARE) {
        parley_text_putc(out, '.');
        print_name(names, FORMULA_RECIPIENTS, f->issue, f->recipient, out);
    }
    parley_text_puts(out, sign[f->compare]);
    for (uint32_t i = 0; i < f->count; i++) {
        parley_text_puts(out, i == 0 ? "" : ", ");
        print_value(f, i, names, out);
    }
    parley_text_puts(out, f->compare == PARLEY_IN ? "}" : "");
}

static void print_node(const parley_formula *f, int least, const parley_formula_names *names,
                       parley_text *out)
{
    int level = level_of(f);
    if (level < least) {
        parley_text_putc(out, '(');
    }
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_TRUE:
        parley_text_puts(out, "true");
        break;
    case PARLEY_F_FALSE:
        parley_text_puts(out, "false");
        break;
    case PARLEY_F_CHOICE:
    case PARLEY_F_QUANTITY:
    case PARLEY_F_SHARE:
        print_comparison(f, names, out);
        break;
    case PARLEY_F_ACCEPTS:
        print_name(names, FORMULA_PARTIES, -1, f->party, out);
        parley_text_puts(out, " accepts ");
        print_name(names, FORMULA_PROPOSALS, -1, f->proposal, out);
        break;
    case PARLEY_F_NOT:
        parley_text_puts(out, "not ");
        print_node(f->arg[0], LEVEL_NOT, names, out);
        break;
    case PARLEY_F_AND:
    case PARLEY_F_OR:
    case PARLEY_F_IFF:
        for (uint32_t i = 0; i < f->count; i++) {
            if (i > 0) {
                parley_text_puts(out, f->kind == PARLEY_F_AND  ? " and "
                                      : f->kind == PARLEY_F_OR ? " or "
                                                               : " iff ");
            }
            /* a chain within a chain of its own kind is a node of its own: parentheses */
            print_node(f->arg[i], level + 1, names, out);
        }
        break;
    case PARLEY_F_IMPLIES:
        print_node(f->arg[0], LEVEL_OR, names, out);
        parley_text_puts(out, " implies ");
        print_node(f->arg[1], f->arg[1]->kind == PARLEY_F_IMPLIES ? LEVEL_IMPLIES : LEVEL_OR, names,
                   out);
        break;
    case PARLEY_F_IF:
        print_node(f->arg[0], f->arg[0]->kind == PARLEY_F_IF ? LEVEL_IMPLIES : LEVEL_OR, names,
                   out);
        parley_text_puts(out, " if ");
        print_node(f->arg[1], LEVEL_OR, names, out);
        break;
    }
    if (level < least) {
        parley_text_putc(out, ')');
    }
}

void parley_formula_print(const parley_formula *f, const parley_formula_names *names,
                          parley_text *out)
{
    print_node(f, LEVEL_IFF, names, out);
}
