/*
 * Tokens of the formula language, and the fast test whether a text was meant as a formula.
 *
 * Words are Unicode letters and digits by general category (utf8proc), `_` and `-`; combining marks
 * may follow a letter, since many scripts are written with them. Operators of other notations
 * (`&&`, `=<`, curly quotes) are recognised only to say what would be right.
 */
#include "case/formula_internal.h"

#include <string.h>
#include <utf8proc.h>

/* ------------------------------------------------------------- characters */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the character that begins with this byte, in valid UTF-8. */
static size_t char_bytes(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/* Bytes of the word character at s, or 0. first: it would begin the word. */
static size_t word_char(const char *s, size_t length, bool first)
{
    if (length == 0) {
        return 0;
    }
    char c = s[0];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
        return 1;
    }
    if (is_digit(c)) {
        return first ? 0 : 1;
    }
    if (c == '-') {
        /* `a->b` is an arrow, not a name that ends in '-' */
        return first || (length > 1 && s[1] == '>') ? 0 : 1;
    }
    if ((unsigned char)c < 0x80) {
        return 0;
    }
    utf8proc_int32_t code = -1;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)s,
                                             (utf8proc_ssize_t)(length < 4 ? length : 4), &code);
    if (used <= 0) {
        return 0;
    }
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return (size_t)used;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
        return first ? 0 : (size_t)used;
    default:
        return 0;
    }
}

/* Bytes of the word at s; 0 when none begins here. */
static size_t word_bytes(const char *s, size_t length)
{
    size_t at = 0;
    for (;;) {
        size_t n = word_char(s + at, length - at, at == 0);
        if (n == 0) {
            return at;
        }
        at += n;
    }
}

/* --------------------------------------------------------------- keywords */

typedef struct keyword {
    const char *word;
    formula_token_kind kind;
} keyword;

static const keyword keywords[] = {{"not", FORMULA_NOT},         {"and", FORMULA_AND},
                                   {"or", FORMULA_OR},           {"if", FORMULA_IF},
                                   {"implies", FORMULA_IMPLIES}, {"iff", FORMULA_IFF},
                                   {"in", FORMULA_IN},           {"accepts", FORMULA_ACCEPTS},
                                   {"true", FORMULA_TRUE},       {"false", FORMULA_FALSE}};

formula_token_kind formula_keyword(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        if (strlen(keywords[i].word) == length && memcmp(keywords[i].word, name, length) == 0) {
            return keywords[i].kind;
        }
    }
    return FORMULA_NAME;
}

formula_token_kind formula_keyword_any_case(const char *name, size_t length)
{
    char low[8];
    if (length >= sizeof low) {
        return FORMULA_NAME;
    }
    for (size_t i = 0; i < length; i++) {
        char c = name[i];
        low[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return formula_keyword(low, length);
}

bool formula_plain_name(const char *name, size_t length)
{
    return length > 0 && word_bytes(name, length) == length &&
           formula_keyword(name, length) == FORMULA_NAME;
}

const char *formula_show(char out[FORMULA_SHOWN], const char *name, size_t length)
{
    const size_t room = FORMULA_SHOWN - 4; /* three dots and the NUL */
    size_t n = 0;
    while (n < length) {
        size_t step = char_bytes(name[n]);
        if (step > length - n || n + step > room) {
            break;
        }
        memcpy(out + n, name + n, step);
        if ((unsigned char)out[n] < 0x20 || out[n] == 0x7F) {
            out[n] = '?';
        }
        n += step;
    }
    memcpy(out + n, n < length ? "..." : "", n < length ? 4 : 1);
    return out;
}

/* -------------------------------------------------------------- operators */

typedef struct sign {
    const char *text;
    formula_token_kind kind;
    parley_compare compare;
    const char *hint; /* BAD */
} sign;

#define COMPARE(text, compare)                                                                     \
    {                                                                                              \
        text, FORMULA_COMPARE, compare, NULL                                                       \
    }
#define MARK(text, kind)                                                                           \
    {                                                                                              \
        text, kind, PARLEY_EQ, NULL                                                                \
    }
#define NO_SIGN(text, hint)                                                                        \
    {                                                                                              \
        text, FORMULA_BAD, PARLEY_EQ, hint                                                         \
    }

#define HINT_AND "the word is 'and'"
#define HINT_OR "the word is 'or'"
#define HINT_NOT "the word is 'not'; 'is not' is written !="
#define HINT_IMPLIES "the word is 'implies'"
#define HINT_IFF "the word is 'iff'"
#define HINT_QUOTES "names go in straight double quotes: \"...\""
#define HINT_UNIT "leave the unit out"
#define HINT_BRACES "a list is written in braces: {a, b}"

/* Longer ones first. */
static const sign signs[] = {
    NO_SIGN("<=>", HINT_IFF),
    NO_SIGN("<->", HINT_IFF),
    NO_SIGN("==>", HINT_IMPLIES),
    NO_SIGN("!==", "did you mean '!='?"),
    NO_SIGN("==", "one '=' is enough"),
    NO_SIGN("=<", "did you mean '<='?"),
    NO_SIGN("=>", "did you mean '>='? the word for a consequence is 'implies'"),
    NO_SIGN("=!", "did you mean '!='?"),
    NO_SIGN("<>", "did you mean '!='?"),
    NO_SIGN("/=", "did you mean '!='?"),
    NO_SIGN(":=", "did you mean '='?"),
    NO_SIGN("->", HINT_IMPLIES),
    NO_SIGN("&&", HINT_AND),
    NO_SIGN("||", HINT_OR),
    COMPARE("!=", PARLEY_NE),
    COMPARE("<=", PARLEY_LE),
    COMPARE(">=", PARLEY_GE),
    COMPARE("=", PARLEY_EQ),
    COMPARE("<", PARLEY_LT),
    COMPARE(">", PARLEY_GT),
    MARK("(", FORMULA_OPEN),
    MARK(")", FORMULA_CLOSE),
    MARK("{", FORMULA_BRACE),
    MARK("}", FORMULA_BRACE_END),
    MARK(",", FORMULA_COMMA),
    MARK(".", FORMULA_DOT),
    NO_SIGN("!", HINT_NOT),
    NO_SIGN("~", HINT_NOT),
    NO_SIGN("&", HINT_AND),
    NO_SIGN("|", HINT_OR),
    NO_SIGN(";", HINT_AND),
    NO_SIGN(":", "did you mean '='?"),
    NO_SIGN("-", "a '-' stands right before its number, or inside a name"),
    NO_SIGN("+", "formulas compare, they do not reckon"),
    NO_SIGN("*", "formulas compare, they do not reckon"),
    NO_SIGN("/", "formulas compare, they do not reckon"),
    NO_SIGN("%", HINT_UNIT),
    NO_SIGN("$", HINT_UNIT),
    NO_SIGN("[", HINT_BRACES),
    NO_SIGN("]", HINT_BRACES),
    NO_SIGN("'", HINT_QUOTES),
    NO_SIGN("`", HINT_QUOTES),
    NO_SIGN("\xE2\x80\x98", HINT_QUOTES), /* curly and angled quotes */
    NO_SIGN("\xE2\x80\x99", HINT_QUOTES),
    NO_SIGN("\xE2\x80\x9C", HINT_QUOTES),
    NO_SIGN("\xE2\x80\x9D", HINT_QUOTES),
    NO_SIGN("\xE2\x80\x9E", HINT_QUOTES),
    NO_SIGN("\xC2\xAB", HINT_QUOTES),
    NO_SIGN("\xC2\xBB", HINT_QUOTES),
    NO_SIGN("\xE2\x89\xA0", "did you mean '!='?"), /* not equal */
    NO_SIGN("\xE2\x89\xA4", "did you mean '<='?"),
    NO_SIGN("\xE2\x89\xA5", "did you mean '>='?"),
    NO_SIGN("\xC2\xAC", HINT_NOT),
    NO_SIGN("\xE2\x88\xA7", HINT_AND),
    NO_SIGN("\xE2\x88\xA8", HINT_OR),
    NO_SIGN("\xE2\x86\x92", HINT_IMPLIES),
    NO_SIGN("\xE2\x87\x92", HINT_IMPLIES),
    NO_SIGN("\xE2\x86\x94", HINT_IFF),
    NO_SIGN("\xE2\x87\x94", HINT_IFF),
    NO_SIGN("\xE2\x88\x88", "the word is 'in'"),
    NO_SIGN("\xE2\x82\xAC", HINT_UNIT), /* euro */
    NO_SIGN("\xC2\xA3", HINT_UNIT),     /* pound */
    NO_SIGN("\xE2\x88\x92", "write '-' for minus"),
    NO_SIGN("\xE2\x80\x93", "write '-' for minus"), /* dashes */
    NO_SIGN("\xE2\x80\x94", "write '-' for minus"),
    NO_SIGN("\xC2\xA0", "this blank is a no-break space: type an ordinary one"),
};

/* ------------------------------------------------------------------ lexer */

/* Move over n bytes, counting characters. */
static void advance(formula_lexer *lexer, size_t n)
{
    size_t end = lexer->at + n;
    while (lexer->at < end) {
        lexer->column += ((unsigned char)lexer->text[lexer->at] & 0xC0) != 0x80;
        lexer->at++;
    }
}

static formula_token bad_token(formula_token token, const char *bad, bool shows, const char *hint)
{
    token.kind = FORMULA_BAD;
    token.status = PARLEY_SYNTAX;
    token.bad = bad;
    token.shows = shows;
    token.hint = hint;
    return token;
}

static formula_token lex_quoted(formula_lexer *lexer, formula_token token)
{
    const char *s = lexer->text;
    size_t i = token.begin + 1;
    while (i < lexer->length && s[i] != '"' && s[i] != '\0') {
        if (s[i] == '\\') {
            if (i + 1 < lexer->length && s[i + 1] != '"' && s[i + 1] != '\\') {
                advance(lexer, i - lexer->at);
                token.begin = i;
                token.column = lexer->column;
                token.end = i + 1 + char_bytes(s[i + 1]);
                advance(lexer, token.end - lexer->at);
                return bad_token(token, "is no escape", true, "in quotes: \\\" and \\\\");
            }
            token.escaped = true;
            i++;
        }
        i++;
    }
    if (i >= lexer->length) {
        token.end = lexer->length;
        advance(lexer, token.end - lexer->at);
        return bad_token(token, "unclosed quote", false, "add the closing '\"'");
    }
    if (s[i] == '\0') {
        advance(lexer, i - lexer->at);
        token.begin = i;
        token.column = lexer->column;
        token.end = i + 1;
        advance(lexer, 1);
        return bad_token(token, "a NUL byte in a name", false, "remove it");
    }
    token.kind = FORMULA_QUOTED;
    token.end = i + 1;
    advance(lexer, token.end - lexer->at);
    if (token.end == token.begin + 2) {
        return bad_token(token, "empty name", false, "write the name between the quotes");
    }
    return token;
}

static formula_token lex_number(formula_lexer *lexer, formula_token token)
{
    const char *s = lexer->text;
    size_t length = lexer->length;
    size_t i = token.begin + (s[token.begin] == '-');
    while (i < length && is_digit(s[i])) {
        i++;
    }
    if (i < length && s[i] == '.') {
        if (i + 1 >= length || !is_digit(s[i + 1])) {
            token.end = i + 1;
            advance(lexer, token.end - lexer->at);
            return bad_token(token, "is no number", true, "digits follow the point");
        }
        i++;
        while (i < length && is_digit(s[i])) {
            i++;
        }
    }
    token.kind = FORMULA_NUMBER;
    /* `30days`: whatever clings to the digits is part of the complaint */
    size_t rest = i;
    while (rest < length) {
        size_t n = word_char(s + rest, length - rest, false);
        if (n == 0) {
            break;
        }
        rest += n;
    }
    token.end = rest;
    advance(lexer, rest - lexer->at);
    if (rest > i) {
        const char *hint = s[i] == '-' ? "a range is two comparisons: at least and at most"
                                       : "write the number alone: leave the unit out";
        return bad_token(token, "is no number", true, hint);
    }
    return token;
}

formula_token formula_next(formula_lexer *lexer)
{
    const char *s = lexer->text;
    size_t length = lexer->length;
    while (lexer->at < length && is_blank(s[lexer->at])) {
        advance(lexer, 1);
    }
    formula_token token = {0};
    token.begin = lexer->at;
    token.end = lexer->at;
    token.column = lexer->column;
    if (lexer->at >= length) {
        token.kind = FORMULA_END;
        return token;
    }
    size_t left = length - lexer->at;
    const char *here = s + lexer->at;
    size_t word = word_bytes(here, left);
    if (word > 0) {
        token.kind = formula_keyword(here, word);
        token.end = token.begin + word;
        advance(lexer, word);
        return token;
    }
    if (*here == '"') {
        return lex_quoted(lexer, token);
    }
    if (is_digit(*here) || (*here == '-' && left > 1 && is_digit(here[1]))) {
        return lex_number(lexer, token);
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t n = strlen(signs[i].text);
        if (n <= left && memcmp(here, signs[i].text, n) == 0) {
            token.kind = signs[i].kind;
            token.compare = signs[i].compare;
            token.end = token.begin + n;
            advance(lexer, n);
            if (token.kind == FORMULA_BAD) {
                return bad_token(token, "is no operator", true, signs[i].hint);
            }
            return token;
        }
    }
    size_t n = char_bytes(*here);
    token.end = token.begin + (n < left ? n : left);
    advance(lexer, token.end - token.begin);
    if ((unsigned char)*here < 0x20 || *here == 0x7F) {
        return bad_token(token, "a control character in a formula", false, "remove it");
    }
    return bad_token(token, "has no meaning in a formula", true,
                     "names with other signs go in double quotes");
}

/* ------------------------------------------------------------ looks like? */

/* Is the text at s[i] one of the signs of comparison? */
static bool compares(const char *s, size_t length, size_t i)
{
    if (s[i] == '=' || s[i] == '<' || s[i] == '>') {
        return true;
    }
    /* the typeset signs: whoever typed them meant a formula and gets a hint */
    return length - i >= 3 && (unsigned char)s[i] == 0xE2 && (unsigned char)s[i + 1] == 0x89 &&
           ((unsigned char)s[i + 2] == 0xA0 || (unsigned char)s[i + 2] == 0xA4 ||
            (unsigned char)s[i + 2] == 0xA5);
}

bool parley_formula_looks_like(const char *text, size_t length)
{
    /*
     * `word accepts word` counts when the words around it are joints of a formula ("ru accepts the
     * offer" is prose). state: 0 none; 1 at a joint; 2 a name since the joint; 3 accepts; 4 the
     * second name.
     */
    int state = 1;
    bool after_in = false;
    size_t i = 0;
    while (i < length) {
        char c = text[i];
        if (is_blank(c)) {
            i++;
            continue;
        }
        if (compares(text, length, i)) {
            return true;
        }
        bool name = false;
        bool joint = false;
        bool accepts = false;
        bool in = false;
        if (c == '"') {
            name = true;
            i++;
            while (i < length && text[i] != '"') {
                i += text[i] == '\\' && i + 1 < length ? 2 : 1;
            }
            i++;
        } else {
            size_t word = word_bytes(text + i, length - i);
            if (word > 0) {
                formula_token_kind kind = formula_keyword(text + i, word);
                accepts = kind == FORMULA_ACCEPTS;
                in = kind == FORMULA_IN;
                name = kind == FORMULA_NAME;
                joint = kind != FORMULA_NAME && !accepts && !in;
                i += word;
            } else {
                if (c == '{' && after_in) {
                    return true;
                }
                joint = c == '(' || c == ')';
                i++;
            }
        }
        if (state == 4 && joint) {
            return true;
        }
        state = joint                   ? 1
                : name && state == 1    ? 2
                : accepts && state == 2 ? 3
                : name && state == 3    ? 4
                                        : 0;
        after_in = in;
    }
    return state == 4;
}
