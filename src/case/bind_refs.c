/*
 * Values that point at other rows: ids, voices, formulas, what a claim is about, labels.
 *
 * When a smaller copy of the case is wanted, every reference is also noted as an edge from the row
 * that is being bound to the row it names (case_lean), so that nothing a visible record leans on is
 * missed.
 */
#include "case/case_internal.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------ references */

void bind_lean(bind_state *b, case_section section, int32_t target, const parley_node *at)
{
    if (!b->note_leans || target < 0) {
        return;
    }
    if (b->leans == b->lean_room) {
        uint32_t room = b->lean_room == 0 ? 1024 : b->lean_room * 2;
        case_lean *grown = parley_realloc(b->c->ctx, b->lean, b->lean_room * sizeof(*grown),
                                          room * sizeof(*grown));
        if (grown == NULL) {
            bind_nomem(b);
            return;
        }
        b->lean = grown;
        b->lean_room = room;
    }
    b->lean[b->leans++] = (case_lean){.from_section = (uint8_t)b->section,
                                      .to_section = (uint8_t)section,
                                      .prunable = b->prunable,
                                      .entry = b->entry,
                                      .from = b->row,
                                      .to = (uint32_t)target,
                                      .at = at};
}

/* "a claim", "an issue" */
static const char *article(const char *noun)
{
    return strchr("aeiou", noun[0]) != NULL ? "an" : "a";
}

bool bind_ref(bind_state *b, const parley_node *value, case_section section, int32_t *out,
              const char *what)
{
    if (value->kind != PARLEY_NODE_SCALAR) {
        const char *one = case_section_one(section);
        return bind_error(b, value, PARLEY_INVALID, "write one id",
                          "'%s' must be the id of %s %s; this is %s", what, article(one), one,
                          bind_kind(value));
    }
    const case_index *index = &b->c->index[section];
    *out = case_index_find(index, value->text, value->length);
    if (*out >= 0) {
        bind_lean(b, section, *out, value);
        return true;
    }
    const char *hint = bind_nearest(b, value->text, value->length, index->text, index->count);
    if (hint == NULL) {
        hint = parley_arena_format(b->arena, "type it under '%s:', or correct the id",
                                   case_section_key(section));
    }
    return bind_error(b, value, PARLEY_NOTFOUND, hint, "no %s has the id '%s'",
                      case_section_one(section), bind_shown(b, value->text, value->length));
}

bool bind_ids(bind_state *b, const parley_node *value, case_section section, parley_ids *out,
              const char *what)
{
    if (value->kind == PARLEY_NODE_MAP) {
        return bind_error(b, value, PARLEY_INVALID, "write [a, b]",
                          "'%s' must be a list of ids; this is a map", what);
    }
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    int32_t *ids = parley_arena_array(b->arena, count, sizeof(*ids));
    if (ids == NULL) {
        return bind_nomem(b);
    }
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    bool good = true;
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (bind_ref(b, item, section, &ids[n], what)) {
            n++;
        } else {
            good = false;
        }
        item = item->next;
    }
    *out = (parley_ids){ids, n};
    return good;
}

bool bind_one_word(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == ' ' || *p == '\t' || *p == ',') {
            return false;
        }
    }
    return text[0] != '\0';
}

/* Voices that are nobody's id. */
static bool is_common_voice(const char *text)
{
    static const char *const words[] = {"public", "unknown", "press", "parties", "all", "team"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool person_voice(bind_state *b, const parley_node *value, int32_t party, const char *name,
                         parley_voice *out)
{
    const parley_case *c = b->c;
    const case_index *people = &c->index[SECTION_PEOPLE];
    size_t length = strlen(name);
    out->party = party;
    out->person = case_index_find(people, name, length);
    if (out->person < 0) {
        const char *hint = bind_nearest(b, name, length, people->text, people->count);
        return bind_error(b, value, PARLEY_NOTFOUND,
                          hint != NULL ? hint : "type the person under 'people:'",
                          "no person has the id '%s'", bind_shown(b, name, length));
    }
    const parley_person *person = CASE_ROW(c, SECTION_PEOPLE, parley_person, out->person);
    if (person->party != party && person->party >= 0) {
        const char *of = c->index[SECTION_PARTIES].text[person->party];
        return bind_error(
            b, value, PARLEY_CONFLICT, parley_arena_format(b->arena, "write \"%s:%s\"", of, name),
            "'%s' speaks for '%s', not for '%s'", name, of, c->index[SECTION_PARTIES].text[party]);
    }
    bind_lean(b, SECTION_PARTIES, party, value);
    bind_lean(b, SECTION_PEOPLE, out->person, value);
    return true;
}

/* The id of a party, source or person nearest to a text, as a hint; or NULL. */
static const char *nearest_voice(bind_state *b, const char *text, size_t length)
{
    static const case_section sections[] = {SECTION_PARTIES, SECTION_SOURCES, SECTION_PEOPLE};
    const char *hint = NULL;
    for (size_t k = 0; hint == NULL && k < sizeof(sections) / sizeof(sections[0]); k++) {
        const case_index *index = &b->c->index[sections[k]];
        hint = bind_nearest(b, text, length, index->text, index->count);
    }
    return hint;
}

bool bind_voice(bind_state *b, const parley_node *value, bool strict, parley_voice *out,
                const char *what)
{
    *out = (parley_voice){-1, -1, -1, NULL};
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write party, or \"party:person\"",
                          "'%s' must be a party, a person or a source; this is %s", what,
                          bind_kind(value));
    }
    const parley_case *c = b->c;
    const char *colon = memchr(value->text, ':', value->length);
    size_t head = colon != NULL ? (size_t)(colon - value->text) : value->length;
    int32_t party = case_index_find(&c->index[SECTION_PARTIES], value->text, head);
    if (colon != NULL && party >= 0) {
        return person_voice(b, value, party, colon + 1, out);
    }
    if (party >= 0) {
        out->party = party;
        bind_lean(b, SECTION_PARTIES, party, value);
        return true;
    }
    if (colon == NULL) {
        out->source = case_index_find(&c->index[SECTION_SOURCES], value->text, value->length);
        if (out->source >= 0) {
            bind_lean(b, SECTION_SOURCES, out->source, value);
            return true;
        }
        out->person = case_index_find(&c->index[SECTION_PEOPLE], value->text, value->length);
        if (out->person >= 0) {
            out->party = CASE_ROW(c, SECTION_PEOPLE, parley_person, out->person)->party;
            bind_lean(b, SECTION_PARTIES, out->party, value);
            bind_lean(b, SECTION_PEOPLE, out->person, value);
            return true;
        }
    }
    out->words = value->text;
    if (is_common_voice(value->text) && !strict) {
        return true;
    }
    bool one_word = bind_one_word(value->text);
    const char *hint = strict || one_word ? nearest_voice(b, value->text, head) : NULL;
    if (strict || (one_word && colon != NULL)) {
        if (hint == NULL) {
            hint = "write party, \"party:person\" or a source; unnamed speakers go into "
                   "speaker-text";
        }
        return bind_error(b, value, PARLEY_NOTFOUND, hint, "nobody has the id '%s'",
                          bind_shown(b, value->text, head));
    }
    if (hint != NULL) {
        bind_warning(b, value, hint, "nobody has the id '%s': it stays as words", value->text);
    }
    return true;
}

/* -------------------------------------------------------------- formulas */

typedef struct lean_visit {
    bind_state *b;
    const parley_node *at;
} lean_visit;

static void lean_atom(void *user, const parley_formula *atom)
{
    lean_visit *v = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        bind_lean(v->b, SECTION_PARTIES, atom->party, v->at);
        bind_lean(v->b, SECTION_PROPOSALS, atom->proposal, v->at);
    } else if (atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE) {
        bind_lean(v->b, SECTION_ISSUES, atom->issue, v->at);
    }
}

static bool parse_formula(bind_state *b, const parley_node *value, const parley_formula **out)
{
    parley_error error = PARLEY_ERROR_INIT;
    parley_formula_place place = {parley_document_name(b->c->document), value->span, false};
    place.span = parley_node_place(b->c->document, value, 0, &place.exact);
    if (parley_formula_parse(out, b->arena, b->limits, &b->c->names, value->text, value->length,
                             &place, &error) != PARLEY_OK) {
        return bind_pass(b, &error);
    }
    if (b->note_leans) {
        lean_visit v = {b, value};
        parley_formula_atoms(*out, lean_atom, &v);
    }
    return true;
}

bool bind_formula(bind_state *b, const parley_node *value, const parley_formula **out)
{
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write one formula in quotes",
                          "a formula must be a text; this is %s", bind_kind(value));
    }
    return parse_formula(b, value, out);
}

bool bind_conditions(bind_state *b, const parley_node *value, bool strict, parley_conditions *out,
                     const char *what)
{
    if (value->kind == PARLEY_NODE_MAP) {
        return bind_error(b, value, PARLEY_INVALID, "write [\"issue = option\", \"words\"]",
                          "'%s' must be a list; this is a map", what);
    }
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    parley_condition *list = parley_arena_array(b->arena, count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    bool good = true;
    for (uint32_t i = 0; i < count; i++, item = item->next) {
        list[i].span = item->span;
        if (item->kind != PARLEY_NODE_SCALAR) {
            good =
                bind_error(b, item, PARLEY_INVALID, "write one formula, or words in quotes",
                           "'%s' must hold formulas or words; this is %s", what, bind_kind(item));
            list[i].text = "";
            continue;
        }
        list[i].text = item->text;
        if (strict || parley_formula_looks_like(item->text, item->length)) {
            good = parse_formula(b, item, &list[i].formula) && good;
        }
    }
    *out = (parley_conditions){list, count};
    return good;
}

bool case_about_may_go(case_section section)
{
    return section == SECTION_CONCERNS || section == SECTION_CANDIDATES ||
           section == SECTION_INCIDENTS;
}

/*
 * `about:` is a proposal, issue, concern, point, claim, candidate or incident by id, else a formula
 * if it looks like one, else words. A text that is meant as a formula and is none is an error,
 * never silently words.
 */
bool bind_about(bind_state *b, const parley_node *value, parley_about *out)
{
    static const struct {
        case_section section;
        parley_about_kind kind;
    } order[] = {
        {SECTION_PROPOSALS, PARLEY_ABOUT_PROPOSAL}, {SECTION_ISSUES, PARLEY_ABOUT_ISSUE},
        {SECTION_CONCERNS, PARLEY_ABOUT_CONCERN},   {SECTION_POINTS, PARLEY_ABOUT_POINT},
        {SECTION_CLAIMS, PARLEY_ABOUT_CLAIM},       {SECTION_CANDIDATES, PARLEY_ABOUT_CANDIDATE},
        {SECTION_INCIDENTS, PARLEY_ABOUT_INCIDENT}};
    *out = (parley_about){PARLEY_ABOUT_NOTHING, -1, NULL, NULL};
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write a formula, an id, or words in quotes",
                          "'about' must be a text; this is %s", bind_kind(value));
    }
    out->text = value->text;
    case_section first = SECTION_COUNT;
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        int32_t found = case_index_find(&b->c->index[order[i].section], value->text, value->length);
        if (found < 0) {
            continue;
        }
        if (first != SECTION_COUNT) {
            bind_warning(b, value, "give one of them another id",
                         "'%s' is %s %s and %s %s; it is taken as the first", value->text,
                         article(case_section_one(first)), case_section_one(first),
                         article(case_section_one(order[i].section)),
                         case_section_one(order[i].section));
            break;
        }
        first = order[i].section;
        out->kind = order[i].kind;
        out->index = found;
        /* a smaller copy may lose what a claim speaks to here, and keep what was said */
        b->prunable = case_about_may_go(first);
        bind_lean(b, first, found, value);
        b->prunable = false;
    }
    if (out->kind == PARLEY_ABOUT_PROPOSAL) {
        out->formula = CASE_ROW(b->c, SECTION_PROPOSALS, parley_proposal, out->index)->whole;
    }
    if (out->kind != PARLEY_ABOUT_NOTHING) {
        return true;
    }
    if (parley_formula_looks_like(value->text, value->length)) {
        out->kind = PARLEY_ABOUT_FORMULA;
        return parse_formula(b, value, &out->formula);
    }
    out->kind = PARLEY_ABOUT_WORDS;
    return true;
}

bool bind_label(bind_state *b, const parley_node *value, parley_record *record)
{
    const parley_node *item = value->kind == PARLEY_NODE_LIST ? value->first : value;
    uint32_t count = value->kind == PARLEY_NODE_LIST ? value->count : 1;
    bool good = true;
    record->label_typed = true;
    record->label = parley_label_none();
    parley_label_allow(&record->label, PARLEY_AUDIENCE_TEAM);
    for (uint32_t i = 0; i < count; i++, item = item->next) {
        bool scalar = item->kind == PARLEY_NODE_SCALAR;
        int32_t audience = scalar ? case_audience_fixed(item->text) : -1;
        if (scalar && audience < 0) {
            int32_t party =
                case_index_find(&b->c->index[SECTION_PARTIES], item->text, item->length);
            audience = party >= 0 ? PARLEY_AUDIENCE_PARTY + party : -1;
        }
        if (audience < 0) {
            good = bind_error(b, item, scalar ? PARLEY_NOTFOUND : PARLEY_INVALID,
                              "write team, principals, all, public or the id of a party",
                              "'%s' is no audience",
                              scalar ? bind_shown(b, item->text, item->length) : bind_kind(item));
        } else if (audience < PARLEY_LABEL_WORDS * 64) {
            parley_label_allow(&record->label, (uint32_t)audience); /* else: too many parties */
        }
    }
    return good;
}
