/*
 * New numbers for an audience's copy: who reads c1, c2 and c7 knows that there are c3 to c6.
 *
 * Claims, readings and rules are logged, and always numbered: in the order of the file, with the
 * one letter they had (c, b, v ...) or that of their section. Records of other sections are
 * numbered where their id is letters and then digits, for each run of letters from 1. Ids that
 * somebody chose as names stay, and so do parties, people, tracks and issues, which people say
 * aloud. A number is passed over when the copy holds a text that is just that id, so that no text
 * becomes a reference and no reference another one's. All this follows from what is left; what is
 * hidden has no part in it. References follow, and `accepts` in formulas; prose stays as it was
 * typed.
 */
#include "case/audience.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREFIX_MOST = 24 };

typedef struct renumbering {
    projection *p;
    case_index taken;            /* texts of the copy that look like a numbered id */
    case_index prefix;           /* letters of this section, each once */
    uint32_t *next;              /* by prefix: the number to try */
    const parley_node **formula; /* that name a proposal with a new id */
    uint32_t formulas;
} renumbering;

static parley_node *writable(const parley_node *node)
{
    return (parley_node *)(uintptr_t)node; /* the document is the case's own */
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters, none or some, and then digits: how many letters; -1 for anything else. */
static int numbered(const char *text, size_t length)
{
    size_t letters = 0;
    while (letters < length && is_letter(text[letters])) {
        letters++;
    }
    size_t end = letters;
    while (end < length && text[end] >= '0' && text[end] <= '9') {
        end++;
    }
    return end == length && end > letters && letters <= PREFIX_MOST ? (int)letters : -1;
}

/* The letter of a section whose records are always numbered, or of ids that are digits only. */
static char letter_of(int s)
{
    switch (s) {
    case SECTION_CLAIMS:
        return 'c';
    case SECTION_READINGS:
        return 'm';
    case SECTION_RULES:
        return 'r';
    case SECTION_PARTIES:
    case SECTION_PEOPLE:
    case SECTION_TRACKS:
    case SECTION_ISSUES:
    case SECTION_VALUES:
        return '\0'; /* names */
    default:
        return case_section_keyed((case_section)s) ? case_section_key((case_section)s)[0] : '\0';
    }
}

/* Has this row a number? Its letters go to prefix, which has room for PREFIX_MOST and a NUL. */
static bool has_number(const projection *p, int s, uint32_t i, char *prefix)
{
    char letter = letter_of(s);
    if (letter == '\0' || p->hidden[s][i]) {
        return false;
    }
    const char *id = p->b->c->index[s].text[i];
    int letters = numbered(id, strlen(id));
    bool always = s == SECTION_CLAIMS || s == SECTION_READINGS || s == SECTION_RULES;
    if (letters < 0 && !always) {
        return false;
    }
    if (letters > 0 && (!always || letters == 1)) {
        memcpy(prefix, id, (size_t)letters);
        prefix[letters] = '\0';
    } else {
        prefix[0] = letter;
        prefix[1] = '\0';
    }
    return true;
}

/* ------------------------------------------------------------------ what is taken */

/* Every text below the root, key or value, that looks like a numbered id. */
static bool collect(renumbering *r)
{
    bind_state *b = r->p->b;
    const parley_node *root = b->c->root;
    uint32_t room = b->limits->depth + 2;
    const parley_node **stack = parley_arena_array(b->arena, room, sizeof(const parley_node *));
    if (stack == NULL) {
        return bind_nomem(b);
    }
    uint32_t depth = 0;
    stack[depth++] = root->first;
    while (depth > 0) {
        const parley_node *node = stack[depth - 1];
        if (node == NULL) {
            depth--;
            continue;
        }
        stack[depth - 1] = node->next;
        const parley_node *both[2] = {node->key, node->kind == PARLEY_NODE_SCALAR ? node : NULL};
        for (int k = 0; k < 2; k++) {
            const parley_node *n = both[k];
            if (n != NULL && n->length > 0 && numbered(n->text, n->length) >= 0 &&
                case_index_find(&r->taken, n->text, n->length) < 0 &&
                !case_index_add(&r->taken, b->arena, n->text)) {
                return bind_nomem(b);
            }
        }
        if (node->kind != PARLEY_NODE_SCALAR && depth < room) {
            stack[depth++] = node->first;
        }
    }
    return true;
}

/*
 * Keys and references of rows that get a new id are emptied, so that they are not taken for texts;
 * formulas with a proposal's id in them are noted.
 */
static bool empty_references(renumbering *r)
{
    projection *p = r->p;
    bind_state *b = p->b;
    char prefix[PREFIX_MOST + 1];
    r->formula = parley_arena_array(b->arena, b->leans, sizeof(*r->formula));
    if (r->formula == NULL) {
        return bind_nomem(b);
    }
    for (uint32_t e = 0; e < b->leans; e++) {
        const case_lean *lean = &b->lean[e];
        int s = lean->to_section;
        if (p->hidden[lean->from_section][lean->from] || !has_number(p, s, lean->to, prefix)) {
            continue;
        }
        const char *id = b->c->index[s].text[lean->to];
        if (strcmp(lean->at->text, id) == 0) {
            writable(lean->at)->length = 0;
        } else if (lean->at->length > 0 && s == SECTION_PROPOSALS) {
            r->formula[r->formulas++] = lean->at;
        }
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < b->c->count[s]; i++) {
            if (has_number(p, s, i, prefix)) {
                writable(b->c->row_node[s][i]->key)->length = 0;
            }
        }
    }
    return true;
}

/* ------------------------------------------------------------------- new numbers */

static const char *new_id(renumbering *r, const char *prefix)
{
    bind_state *b = r->p->b;
    char text[PREFIX_MOST + 12];
    int32_t at = case_index_find(&r->prefix, prefix, strlen(prefix));
    if (at < 0) {
        const char *copy = parley_arena_copy(b->arena, prefix, strlen(prefix));
        at = (int32_t)r->prefix.count;
        if (copy == NULL || !case_index_add(&r->prefix, b->arena, copy)) {
            return NULL;
        }
        r->next[at] = 1;
    }
    int length = 0;
    do {
        length = snprintf(text, sizeof(text), "%s%u", prefix, (unsigned)r->next[at]++);
    } while (case_index_find(&r->taken, text, (size_t)length) >= 0);
    const char *id = parley_arena_copy(b->arena, text, (size_t)length);
    /* ids are no longer only unique in their section */
    return id != NULL && case_index_add(&r->taken, b->arena, id) ? id : NULL;
}

static bool give_numbers(renumbering *r)
{
    projection *p = r->p;
    bind_state *b = p->b;
    char prefix[PREFIX_MOST + 1];
    for (int s = 0; s < SECTION_COUNT; s++) {
        uint32_t count = b->c->count[s];
        p->shown[s] = parley_arena_array(b->arena, count, sizeof(*p->shown[s]));
        r->next = parley_arena_array(b->arena, count, sizeof(*r->next));
        memset(&r->prefix, 0, sizeof(r->prefix));
        if (p->shown[s] == NULL || r->next == NULL) {
            return bind_nomem(b);
        }
        for (uint32_t i = 0; i < count; i++) {
            p->shown[s][i] = b->c->index[s].text[i];
            if (has_number(p, s, i, prefix)) {
                p->shown[s][i] = new_id(r, prefix);
                if (p->shown[s][i] == NULL) {
                    return bind_nomem(b);
                }
            }
        }
    }
    return true;
}

static void rename_node(const parley_node *node, const char *id)
{
    parley_node *n = writable(node);
    n->text = id;
    n->length = (uint32_t)strlen(id);
}

/* ---------------------------------------------------------------------- formulas */

static bool in_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           (unsigned char)c >= 0x80;
}

/* End of the name or quoted name at `at`; `at` itself when there is none. */
static size_t name_end(const parley_node *f, size_t at)
{
    size_t end = at;
    if (at < f->length && f->text[at] == '"') {
        for (end = at + 1; end < f->length && f->text[end] != '"'; end++) {
            end += f->text[end] == '\\' ? 1 : 0;
        }
        return end < f->length ? end + 1 : f->length;
    }
    while (end < f->length && in_name(f->text[end])) {
        end++;
    }
    return end;
}

/* The formula with the new id behind every `accepts`. */
static bool rewrite(renumbering *r, const parley_node *f)
{
    static const char keyword[] = "accepts";
    bind_state *b = r->p->b;
    const case_index *proposals = &b->c->index[SECTION_PROPOSALS];
    parley_error error = PARLEY_ERROR_INIT;
    bool accepts = false;
    parley_text *out = parley_text_new(b->c->ctx, b->limits->text_bytes);
    if (out == NULL) {
        return bind_nomem(b);
    }
    for (size_t at = 0; at < f->length;) {
        size_t end = name_end(f, at);
        if (end == at) {
            parley_text_putc(out, f->text[at++]);
            continue;
        }
        bool quoted = f->text[at] == '"';
        size_t from = quoted ? at + 1 : at;
        size_t length = (quoted ? end - 1 : end) - from;
        int32_t found = accepts ? case_index_find(proposals, f->text + from, length) : -1;
        if (found >= 0) {
            parley_text_puts(out, quoted ? "\"" : "");
            parley_text_puts(out, r->p->shown[SECTION_PROPOSALS][found]);
            parley_text_puts(out, quoted ? "\"" : "");
        } else {
            parley_text_add(out, f->text + at, end - at);
        }
        accepts = !quoted && length == sizeof(keyword) - 1 &&
                  memcmp(f->text + from, keyword, length) == 0;
        at = end;
    }
    const char *text = NULL;
    if (parley_text_status(out, &error) == PARLEY_OK) {
        text = parley_arena_copy(b->arena, parley_text_data(out), parley_text_size(out));
    }
    parley_text_free(out);
    if (text == NULL) {
        return bind_nomem(b);
    }
    rename_node(f, text);
    return true;
}

static int by_address(const void *a, const void *b)
{
    uintptr_t one = (uintptr_t) * (const parley_node *const *)a;
    uintptr_t other = (uintptr_t) * (const parley_node *const *)b;
    return one < other ? -1 : one > other;
}

static bool rewrite_formulas(renumbering *r)
{
    if (r->formulas > 0) {
        qsort(r->formula, r->formulas, sizeof(*r->formula), by_address);
    }
    for (uint32_t k = 0; k < r->formulas; k++) {
        if ((k == 0 || r->formula[k] != r->formula[k - 1]) && !rewrite(r, r->formula[k])) {
            return false;
        }
    }
    return true;
}

bool case_renumber(projection *p)
{
    bind_state *b = p->b;
    char prefix[PREFIX_MOST + 1];
    renumbering r = {.p = p};
    if (!empty_references(&r) || !collect(&r) || !give_numbers(&r)) {
        return false;
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < b->c->count[s]; i++) {
            if (has_number(p, s, i, prefix)) {
                rename_node(b->c->row_node[s][i]->key, p->shown[s][i]);
            }
        }
    }
    for (uint32_t e = 0; e < b->leans; e++) {
        const case_lean *lean = &b->lean[e];
        if (!p->hidden[lean->from_section][lean->from] && lean->at->length == 0 &&
            has_number(p, lean->to_section, lean->to, prefix)) {
            rename_node(lean->at, p->shown[lean->to_section][lean->to]);
        }
    }
    return rewrite_formulas(&r);
}
