/*
 * Syntax errors of YAML in plain words: what is wrong, where, and what would be right.
 *
 * libyaml says which token it did not expect; the bytes around the place say which slip a person
 * made: a colon inside an unquoted value, a quote never closed, an indentation that fits no line
 * above.
 */
#include "case/document_internal.h"

#include <string.h>

typedef parley_status (*explain_fn)(const parley_yaml_problem *p, parley_error *err);

/* The byte at an offset, 0 at the end of the file. */
static char byte_at(const parley_yaml_problem *p, uint32_t offset)
{
    return offset < p->length ? p->bytes[offset] : '\0';
}

static uint32_t line_begin(const parley_yaml_problem *p, uint32_t offset)
{
    while (offset > 0 && p->bytes[offset - 1] != '\n' && p->bytes[offset - 1] != '\r')
        offset--;
    return offset;
}

/* Is there nothing but blanks before the place in its line? */
static bool first_in_line(const parley_yaml_problem *p, uint32_t offset)
{
    while (offset > 0 && (p->bytes[offset - 1] == ' ' || p->bytes[offset - 1] == '\t'))
        offset--;
    return offset == 0 || p->bytes[offset - 1] == '\n' || p->bytes[offset - 1] == '\r';
}

/* What stands from a place to the end of its line, for a message. */
static const char *rest_of_line(const parley_yaml_problem *p, uint32_t offset,
                                char out[PARLEY_SHOWN_MAX])
{
    uint32_t end = offset;
    while (end < p->length && p->bytes[end] != '\n' && p->bytes[end] != '\r')
        end++;
    while (end > offset && (p->bytes[end - 1] == ' ' || p->bytes[end - 1] == '\t'))
        end--;
    return parley_shown(out, p->bytes + offset, end - offset);
}

static parley_status say(const parley_yaml_problem *p, parley_span span, const char *what,
                         const char *hint, parley_error *err)
{
    parley_status status = parley_fail_at(err, PARLEY_SYNTAX, p->name, span, "%s", what);
    if (hint[0] != '\0')
        parley_error_hint(err, "%s", hint);
    return status;
}

static parley_status tab(const parley_yaml_problem *p, parley_error *err)
{
    return say(p, p->at, "a tab cannot indent a line", "use spaces", err);
}

static parley_status unclosed_quote(const parley_yaml_problem *p, parley_error *err)
{
    parley_status status = parley_fail_at(err, PARLEY_SYNTAX, p->name, p->since,
                                          "the quote (%c) that opens here is never closed",
                                          byte_at(p, p->since.begin));
    parley_error_hint(err, "close it with the same quote%s",
                      byte_at(p, p->since.begin) == '\''
                          ? "; an apostrophe inside single quotes is written twice"
                          : "; a quote inside double quotes is written \\\"");
    return status;
}

static parley_status no_colon(const parley_yaml_problem *p, parley_error *err)
{
    char shown[PARLEY_SHOWN_MAX];
    parley_span at = p->since.line != 0 ? p->since : p->at;
    rest_of_line(p, at.begin, shown);
    bool tight = strchr(shown, ':') != NULL && strchr("\"'{[", shown[0]) == NULL;
    parley_status status = parley_fail_at(err, PARLEY_SYNTAX, p->name, at,
                                          tight ? "'%s' has no space after its colon"
                                                : "'%s' stands among keys but has no colon",
                                          shown);
    parley_error_hint(err, "write `key: value`, with a space after the colon");
    return status;
}

/* `a: b: c`, or a line too deep under a value. */
static parley_status stray_colon(const parley_yaml_problem *p, parley_error *err)
{
    uint32_t i = line_begin(p, p->at.begin);
    bool inside = false;
    for (; i + 1 < p->at.begin; i++)
        inside =
            inside || (p->bytes[i] == ':' && (p->bytes[i + 1] == ' ' || p->bytes[i + 1] == '\t'));
    if (inside)
        return say(p, p->at, "a colon with a space cannot stand inside a value without quotes",
                   "put the value in quotes", err);
    return say(p, p->at, "this key is indented as a part of the value above it",
               "begin it in the column of the keys it belongs to, or quote the value above", err);
}

static parley_status stray_dash(const parley_yaml_problem *p, parley_error *err)
{
    return say(p, p->at, "a list entry (- ) cannot begin here",
               "begin it on a line of its own, or write the list as [a, b]", err);
}

static parley_status stray_question(const parley_yaml_problem *p, parley_error *err)
{
    return say(p, p->at, "a question mark cannot begin a value here", "put the text in quotes",
               err);
}

static parley_status bad_start(const parley_yaml_problem *p, parley_error *err)
{
    char c = byte_at(p, p->at.begin);
    if (c == '\t')
        return tab(p, err);
    if (c == '|' || c == '>')
        return say(p, p->at, "block text (| or >) cannot stand within braces or brackets",
                   "put the text in quotes", err);
    parley_status status = parley_fail_at(err, PARLEY_SYNTAX, p->name, p->at,
                                          "a value without quotes cannot begin with '%c'", c);
    parley_error_hint(err, "put it in quotes");
    return status;
}

/* A token in a block map or list, or after the document, that fits nothing. */
static parley_status misfit(const parley_yaml_problem *p, parley_error *err)
{
    char c = byte_at(p, p->at.begin);
    if (c == '}' || c == ']') {
        parley_status status =
            parley_fail_at(err, PARLEY_SYNTAX, p->name, p->at, "this '%c' closes nothing", c);
        parley_error_hint(err, "take it out, or open it before");
        return status;
    }
    if (p->at.begin >= p->length)
        return say(p, p->at, "the file ends too early", "is its last line whole?", err);
    if (p->at.begin > 0 && p->bytes[p->at.begin - 1] == '\'')
        return say(p, p->at, "this text stands behind the quote (') that closes the value",
                   "an apostrophe inside single quotes is written twice", err);
    if (!first_in_line(p, p->at.begin))
        return say(p, p->at, "text follows a value that is already complete",
                   "put the whole value in one pair of quotes", err);
    bool list = strstr(p->problem, "'-'") != NULL;
    bool dash =
        c == '-' && (byte_at(p, p->at.begin + 1) == ' ' || byte_at(p, p->at.begin + 1) == '\n');
    if (p->since.line != 0 && p->since.column == p->at.column && list)
        return say(p, p->at, "every entry of this list begins with a dash and a space",
                   "write `- ` before it, or indent it differently", err);
    if (p->since.line != 0 && p->since.column == p->at.column && dash)
        return say(p, p->at, "a list entry stands among the keys of a map",
                   "indent it under the key it belongs to", err);
    parley_status status = parley_fail_at(err, PARLEY_SYNTAX, p->name, p->at,
                                          "the indentation of this line fits no line above it");
    if (p->since.line != 0)
        parley_error_hint(err, "the %s around it began on line %u in column %u",
                          list ? "list" : "map", p->since.line, p->since.column);
    else
        parley_error_hint(err, "begin it in the same column as the keys it belongs to");
    return status;
}

static parley_status unclosed_flow(const parley_yaml_problem *p, parley_error *err)
{
    char open = strchr(p->problem, '}') != NULL ? '{' : '[';
    char close = open == '{' ? '}' : ']';
    char c = byte_at(p, p->at.begin);
    parley_status status;
    if (p->since.line != 0 && (c == '\0' || p->at.line > p->since.line) && c != '}' && c != ']') {
        status = parley_fail_at(err, PARLEY_SYNTAX, p->name, p->since,
                                "the '%c' that opens here is not closed before line %u", open,
                                p->at.line);
        parley_error_hint(err, "close it with '%c', or put a comma between its entries", close);
        return status;
    }
    status =
        parley_fail_at(err, PARLEY_SYNTAX, p->name, p->at, "',' or '%c' must stand here", close);
    parley_error_hint(err, "put values with commas, colons, quotes or braces in quotes");
    return status;
}

static parley_status no_content(const parley_yaml_problem *p, parley_error *err)
{
    char c = byte_at(p, p->at.begin);
    if (c == '\0')
        return say(p, p->at, "the file ends where a value should be", "is its last line whole?",
                   err);
    if (strchr("]},", c) != NULL) {
        parley_status status = parley_fail_at(err, PARLEY_SYNTAX, p->name, p->at,
                                              "a value must stand before this '%c'", c);
        parley_error_hint(err, "a text that begins with '%c' needs quotes", c);
        return status;
    }
    return say(p, p->at, "a value must stand here", "an empty text is written \"\"", err);
}

static parley_status flow_colon(const parley_yaml_problem *p, parley_error *err)
{
    return say(p, p->at, "a colon cannot stand here inside a value without quotes",
               "put the value in quotes, or a space after the colon", err);
}

static parley_status bad_escape(const parley_yaml_problem *p, parley_error *err)
{
    parley_span at = p->at; /* perhaps behind the first digits */
    for (int i = 0; i < 10 && at.begin > 0 && byte_at(p, at.begin) != '\\'; i++) {
        at.begin--;
        at.end--;
        at.column--;
    }
    return say(p, at, "inside double quotes a backslash begins an escape, and this is none",
               "write \\\\ for a backslash, or use single quotes", err);
}

static parley_status document_mark(const parley_yaml_problem *p, parley_error *err)
{
    return say(p, p->since.line != 0 ? p->since : p->at,
               "the text in quotes that begins here runs into a document mark (--- or ...)",
               "close the quote", err);
}

static parley_status block_header(const parley_yaml_problem *p, parley_error *err)
{
    return say(p, p->at, "after | or > the text begins on the next line",
               "put the text on the next line, or the value in quotes", err);
}

static parley_status anchors(const parley_yaml_problem *p, parley_error *err)
{
    parley_status status =
        parley_fail_at(err, PARLEY_INVALID, p->name, p->since.line != 0 ? p->since : p->at,
                       "anchors (&name) and aliases (*name) are not used in case files");
    parley_error_hint(err, "repeat the value; a text that begins with & or * needs quotes");
    return status;
}

static parley_status tags(const parley_yaml_problem *p, parley_error *err)
{
    parley_status status =
        parley_fail_at(err, PARLEY_INVALID, p->name, p->since.line != 0 ? p->since : p->at,
                       "tags (!name) are not used in case files");
    parley_error_hint(err, "leave it out; a text that begins with ! needs quotes");
    return status;
}

static parley_status directives(const parley_yaml_problem *p, parley_error *err)
{
    parley_status status =
        parley_fail_at(err, PARLEY_INVALID, p->name, p->since.line != 0 ? p->since : p->at,
                       "a line that begins with %% is a directive; only `%%YAML 1.1` and "
                       "`%%YAML 1.2` are known");
    parley_error_hint(err, "leave it out; a text that begins with %% needs quotes");
    return status;
}

static parley_status control(const parley_yaml_problem *p, parley_error *err)
{
    parley_status status = parley_fail_at(err, PARLEY_SYNTAX, p->name, p->at,
                                          "a control character cannot stand in a file");
    parley_error_hint(err, "take it out, or write it as an escape (\\x07) in double quotes");
    return status;
}

/* What libyaml says (beginning or end of its context, its problem), and who explains it. First fit.
 */
static const struct {
    const char *context;
    const char *problem;
    explain_fn explain;
} table[] = {
    {"quoted scalar", "found unexpected end of stream", unclosed_quote},
    {"quoted scalar", "found unexpected document indicator", document_mark},
    {"", "found a tab character", tab},
    {"", "could not find expected ':'", no_colon},
    {"", "mapping values are not allowed", stray_colon},
    {"", "block sequence entries are not allowed", stray_dash},
    {"", "mapping keys are not allowed", stray_question},
    {"", "cannot start any token", bad_start},
    {"anchor", "", anchors},
    {"alias", "", anchors},
    {"tag directive", "", directives},
    {"TAG directive", "", directives},
    {"a directive", "", directives},
    {"YAML directive", "", directives},
    {"", "%YAML directive", directives},
    {"", "%TAG directive", directives},
    {"", "incompatible YAML document", directives},
    {"a tag", "", tags},
    {"", "undefined tag handle", tags},
    {"", "did not find expected key", misfit},
    {"", "did not find expected '-' indicator", misfit},
    {"", "did not find expected <document start>", misfit},
    {"", "did not find expected ',' or", unclosed_flow},
    {"", "did not find expected node content", no_content},
    {"", "found unexpected ':'", flow_colon},
    {"", "escape character", bad_escape},
    {"quoted scalar", "hexdecimal number", bad_escape},
    {"quoted scalar", "character escape code", bad_escape},
    {"block scalar", "", block_header},
    {"", "control characters are not allowed", control},
};

parley_status parley_yaml_explain(const parley_yaml_problem *p, parley_error *err)
{
    const char *context = p->context != NULL ? p->context : "";
    parley_yaml_problem wide = *p;
    if (wide.at.end == wide.at.begin && wide.at.begin < wide.length)
        wide.at.end++;
    if (wide.since.line != 0 && wide.since.end == wide.since.begin &&
        wide.since.begin < wide.length)
        wide.since.end++;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strstr(context, table[i].context) != NULL &&
            strstr(p->problem, table[i].problem) != NULL)
            return table[i].explain(&wide, err);
    return parley_fail_at(err, PARLEY_SYNTAX, p->name, wide.at, "not well-formed YAML: %s",
                          p->problem);
}
