/*
 * From a document to rows: the table in schema.c applied to every section.
 *
 * Pass 1 finds the sections and registers every id, so that references may point forward. Pass 2
 * binds sections in the order of their dependence (issues before formulas, proposals before
 * claims); the diagnostics list puts messages back into file order. An error never stops the
 * reading of the rest, except when memory runs out.
 */
#include "case/case_internal.h"
#include "case/document_internal.h"

#include <stdio.h>
#include <string.h>

/* Names looked through for "did you mean" while one file is read. */
#define NEAREST_WORK_MOST 2000000u
/* The audiences of a label end at 255, and four of them are no parties. */
#define PARTIES_MOST (PARLEY_LABEL_WORDS * 64 - PARLEY_AUDIENCE_PARTY)

/* ------------------------------------------------------------ messages */

static void report(bind_state *b, parley_severity severity, const parley_error *error)
{
    if (b->diagnostics != NULL) {
        parley_diagnostics_add(b->diagnostics, severity, error);
    }
    if (severity == PARLEY_SEVERITY_ERROR) {
        if (b->errors == 0 || error->span.begin < b->first.span.begin) {
            b->first = *error;
        }
        b->errors++;
    }
}

bool bind_pass(bind_state *b, const parley_error *error)
{
    if (error->status == PARLEY_NOMEM || error->status == PARLEY_CANCELLED) {
        if (b->fatal == PARLEY_OK) {
            b->fatal = error->status;
            b->first = *error;
        }
        b->errors++;
        return false;
    }
    report(b, PARLEY_SEVERITY_ERROR, error);
    return false;
}

static void PARLEY_PRINTF(5, 0)
    fill(bind_state *b, const parley_node *at, parley_status status, const char *hint,
         const char *format, va_list args, parley_error *out)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    vsnprintf(message, sizeof(message), format, args);
    *out = (parley_error)PARLEY_ERROR_INIT;
    parley_fail_at(out, status, parley_document_name(b->c->document),
                   at != NULL ? at->span : PARLEY_SPAN_NONE, "%s", message);
    if (hint != NULL) {
        parley_error_hint(out, "%s", hint);
    }
}

bool bind_error(bind_state *b, const parley_node *at, parley_status status, const char *hint,
                const char *format, ...)
{
    parley_error error;
    va_list args;
    va_start(args, format);
    fill(b, at, status, hint, format, args, &error);
    va_end(args);
    if (b->fatal == PARLEY_OK) {
        report(b, PARLEY_SEVERITY_ERROR, &error);
    }
    return false;
}

void bind_warning(bind_state *b, const parley_node *at, const char *hint, const char *format, ...)
{
    parley_error error;
    va_list args;
    va_start(args, format);
    fill(b, at, PARLEY_INVALID, hint, format, args, &error);
    va_end(args);
    report(b, PARLEY_SEVERITY_WARNING, &error);
}

bool bind_nomem(bind_state *b)
{
    parley_error error = PARLEY_ERROR_INIT;
    parley_fail(&error, PARLEY_NOMEM, "out of memory while reading the case");
    return bind_pass(b, &error);
}

const char *bind_shown(bind_state *b, const char *text, size_t length)
{
    char shown[PARLEY_SHOWN_MAX];
    const char *cut = parley_shown(shown, text, length);
    const char *copy = parley_arena_copy(b->arena, cut, strlen(cut));
    return copy != NULL ? copy : "";
}

const char *bind_nearest(bind_state *b, const char *text, size_t length, const char *const *names,
                         size_t count)
{
    /* A file with thousands of wrong ids must not cost thousands of walks over all ids. */
    if (b->nearest_work > NEAREST_WORK_MOST || length == 0 || length > 200) {
        return NULL;
    }
    b->nearest_work += count;
    int best = parley_nearest(text, length, names, count);
    return best < 0 ? NULL
                    : parley_arena_format(b->arena, "did you mean '%s'?",
                                          bind_shown(b, names[best], strlen(names[best])));
}

const char *bind_list_names(bind_state *b, const char *head, const char *const *names, size_t count)
{
    char all[PARLEY_ERROR_HINT_MAX];
    size_t used = (size_t)snprintf(all, sizeof(all), "%s", head);
    for (size_t i = 0; i < count && used < sizeof(all); i++) {
        used +=
            (size_t)snprintf(all + used, sizeof(all) - used, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    return parley_arena_format(b->arena, "%s", all);
}

const char *bind_kind(const parley_node *node)
{
    return node->kind == PARLEY_NODE_MAP    ? "a map"
           : node->kind == PARLEY_NODE_LIST ? "a list"
                                            : "a text";
}

/* ---------------------------------------------------------------- one map */

/* References and dates of a fresh row are "none", not row 0. */
static void start_row(const case_field *field, uint32_t fields, void *row)
{
    for (uint32_t f = 0; f < fields; f++) {
        void *to = (char *)row + field[f].offset;
        switch ((field_type)field[f].type) {
        case FIELD_REF:
            *(int32_t *)to = -1;
            break;
        case FIELD_VOICE:
            *(parley_voice *)to = (parley_voice){-1, -1, -1, NULL};
            break;
        case FIELD_DATE:
            *(parley_date *)to = PARLEY_DATE_INIT;
            break;
        case FIELD_ABOUT:
            ((parley_about *)to)->index = -1;
            break;
        default:
            break;
        }
    }
}

static const char *unknown_key_hint(bind_state *b, const case_field *field, uint32_t fields,
                                    const parley_node *key)
{
    const char *names[64];
    size_t count = 0;
    for (uint32_t f = 0; f < fields && count < 64; f++) {
        names[count++] = field[f].key;
    }
    if (strcmp(key->text, "on") == 0) {
        return "write 'date:'; 'on:' is a truth value to other YAML readers";
    }
    const char *hint = bind_nearest(b, key->text, key->length, names, count);
    return hint != NULL ? hint : bind_list_names(b, "known here: ", names, count);
}

/* How messages call the map that is being bound: "claim 'c3'", "responses[2]", or what they were
 * told. */
static const char *name_of(bind_state *b, const char *what)
{
    if (what != NULL) {
        return what;
    }
    const char *id = b->c->index[b->section].text[b->row];
    const char *name = case_section_keyed(b->section)
                           ? parley_arena_format(b->arena, "%s '%s'", case_section_one(b->section),
                                                 bind_shown(b, id, strlen(id)))
                           : id;
    return name != NULL ? name : "the record";
}

bool bind_map(bind_state *b, const case_field *field, uint32_t fields, const parley_node *map,
              void *row, int32_t i, const char *what)
{
    PARLEY_ASSERT(fields <= 64); /* `seen` below */
    start_row(field, fields, row);
    if (map->kind != PARLEY_NODE_MAP) {
        return bind_error(b, map, PARLEY_INVALID, "write {key: value, ...}",
                          "%s must be a map; this is %s", name_of(b, what), bind_kind(map));
    }
    uint64_t seen = 0;
    bool good = true;
    for (const parley_node *m = map->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        const char *key = m->key->text;
        uint32_t f = 0;
        while (f < fields && (field[f].key[0] != key[0] || strcmp(field[f].key, key) != 0)) {
            f++;
        }
        if (f == fields) {
            good = bind_error(b, m->key, PARLEY_INVALID, unknown_key_hint(b, field, fields, m->key),
                              "%s has no key '%s'", name_of(b, what),
                              bind_shown(b, key, m->key->length));
            continue;
        }
        seen |= UINT64_C(1) << f;
        b->prunable = i >= 0 && (field[f].flags & FIELD_PRUNABLE) != 0;
        good = bind_value(b, &field[f], row, i, m) && good;
        b->prunable = false;
    }
    for (uint32_t f = 0; f < fields; f++) {
        if ((field[f].flags & FIELD_REQUIRED) != 0 && (seen >> f & 1) == 0) {
            good = bind_error(
                b, map->key != NULL ? map->key : map, PARLEY_INVALID,
                parley_arena_format(b->arena, "add '%s:' (%s)", field[f].key, field[f].about),
                "%s lacks '%s'", name_of(b, what), field[f].key);
        }
    }
    return good && b->fatal == PARLEY_OK;
}

/* ----------------------------------------------------------- whole files */

static case_section section_of(const char *key)
{
    int s = 0;
    while (s < SECTION_COUNT && strcmp(case_section_key((case_section)s), key) != 0) {
        s++;
    }
    return (case_section)s;
}

static void check_id(bind_state *b, const parley_node *key, case_section section)
{
    bool named =
        section == SECTION_ISSUES || section == SECTION_PARTIES || section == SECTION_PROPOSALS;
    if (key->length == 0) {
        bind_error(b, key, PARLEY_INVALID, "write a short id", "an id must not be empty");
    } else if (bind_turns(key)) {
        bind_warning(b, key, "choose another id, or put it in quotes everywhere",
                     "other YAML readers take the id '%s' as a truth value", key->text);
    } else if (section == SECTION_PARTIES && case_audience_fixed(key->text) >= 0) {
        bind_error(b, key, PARLEY_INVALID, "choose another id",
                   "the id '%s' is the name of an audience", key->text);
    } else if (memchr(key->text, ':', key->length) != NULL &&
               (section == SECTION_PARTIES || section == SECTION_PEOPLE)) {
        bind_error(b, key, PARLEY_INVALID, "leave the colon out: it joins party and person",
                   "the id '%s' holds a colon", bind_shown(b, key->text, key->length));
    } else if (named && !bind_one_word(key->text)) {
        bind_warning(b, key, "write it in quotes in formulas, or choose an id without spaces",
                     "the id '%s' is more than one word", bind_shown(b, key->text, key->length));
    }
}

/* Pass 1: sections, ids, empty rows. */
static bool collect_section(bind_state *b, case_section s, const parley_node *node)
{
    parley_case *c = b->c;
    bool keyed = case_section_keyed(s);
    if (node->kind == PARLEY_NODE_SCALAR && node->length == 0) {
        return true; /* `claims:` with nothing under it */
    }
    if (node->kind != (keyed ? PARLEY_NODE_MAP : PARLEY_NODE_LIST)) {
        return bind_error(b, node, PARLEY_INVALID,
                          keyed ? "write id: {...} under it" : "write - {...} under it",
                          "'%s' must be %s; this is %s", case_section_key(s),
                          keyed ? "a map from id to record" : "a list of records", bind_kind(node));
    }
    c->section[s] = node;
    c->rows[s] = parley_arena_array(c->arena, node->count, case_section_row_size(s));
    c->row_node[s] = parley_arena_array(c->arena, node->count, sizeof(parley_node *));
    if (c->rows[s] == NULL || c->row_node[s] == NULL ||
        !case_index_reserve(&c->index[s], c->arena, node->count)) {
        return bind_nomem(b);
    }
    parley_node *m = node->first;
    for (uint32_t i = 0; i < node->count; i++, m = m->next) {
        const char *id = NULL;
        if (m->key != NULL) {
            id = m->key->text;
            check_id(b, m->key, s);
        } else {
            id = parley_arena_format(c->arena, "%s[%u]", case_section_key(s), i + 1);
        }
        if (id == NULL || !case_index_add(&c->index[s], c->arena, id)) {
            return bind_nomem(b);
        }
        parley_record *record =
            (parley_record *)((char *)c->rows[s] + i * case_section_row_size(s));
        record->id = id;
        record->span = m->key != NULL ? m->key->span : m->span;
        c->row_node[s][i] = m;
        c->count[s]++;
    }
    return true;
}

static void collect(bind_state *b)
{
    const parley_node *root = b->c->root;
    for (const parley_node *m = root->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        case_section s = section_of(m->key->text);
        if (s != SECTION_COUNT) {
            collect_section(b, s, m);
        }
    }
    uint32_t most = b->limits->parties < PARTIES_MOST ? b->limits->parties : PARTIES_MOST;
    if (b->c->count[SECTION_PARTIES] > most) {
        bind_error(b, b->c->section[SECTION_PARTIES]->key, PARLEY_LIMIT,
                   "put parties that always act together into one",
                   "more than %u parties (limit 'parties')", most);
    }
    if (b->c->count[SECTION_ISSUES] > b->limits->issues) {
        bind_error(b, b->c->section[SECTION_ISSUES]->key, PARLEY_LIMIT, "split the case",
                   "more than %u issues (limit 'issues')", b->limits->issues);
    }
}

static void bind_top(bind_state *b)
{
    parley_case *c = b->c;
    bool version = false;
    c->as_of = PARLEY_DATE_INIT;
    for (const parley_node *m = c->root->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        if (section_of(m->key->text) != SECTION_COUNT) {
            continue;
        }
        uint32_t f = 0;
        while (f < case_top_field_count && strcmp(case_top_fields[f].key, m->key->text) != 0) {
            f++;
        }
        if (f == case_top_field_count) {
            const char *names[SECTION_COUNT + 8];
            size_t count = 0;
            for (uint32_t k = 0; k < case_top_field_count; k++) {
                names[count++] = case_top_fields[k].key;
            }
            for (int s = 0; s < SECTION_COUNT; s++) {
                names[count++] = case_section_key((case_section)s);
            }
            const char *hint = bind_nearest(b, m->key->text, m->key->length, names, count);
            bind_error(b, m->key, PARLEY_INVALID,
                       hint != NULL ? hint : "'note:' keeps text that fits nowhere else",
                       "a case has no section '%s'", bind_shown(b, m->key->text, m->key->length));
        } else if (f == 0) {
            int64_t number = 0;
            version = true;
            if (bind_int(b, m, &number, "parley") && number != 1) {
                bind_error(b, m, PARLEY_INVALID, "write parley: 1",
                           "this file says format %lld; this program reads format 1",
                           (long long)number);
            }
        } else {
            bind_value(b, &case_top_fields[f], c, -1, m);
        }
    }
    if (!version) {
        bind_error(b, c->root, PARLEY_INVALID, "begin the file with parley: 1",
                   "the file does not say that it is a Parley case");
    }
}

/* Conjuncts of f from list[n] on; list NULL: only counted. Gives the number then. */
static uint32_t take_conjuncts(const parley_formula **list, uint32_t n, const parley_formula *f)
{
    uint32_t count = f == NULL ? 0 : f->kind == PARLEY_F_AND ? f->count : 1;
    for (uint32_t k = 0; list != NULL && k < count; k++) {
        list[n + k] = f->kind == PARLEY_F_AND ? f->arg[k] : f;
    }
    return n + count;
}

/* Text and parts as one conjunction, so that whoever asks what is proposed gets all of it. */
static void finish_proposal(bind_state *b, parley_proposal *p)
{
    uint32_t count = take_conjuncts(NULL, 0, p->formula);
    for (uint32_t k = 0; k < p->parts.count; k++) {
        count = take_conjuncts(NULL, count, p->parts.at[k].formula);
    }
    const parley_formula **list = parley_arena_array(b->c->arena, count, sizeof(*list));
    parley_formula *all = parley_arena_alloc(b->c->arena, sizeof(*all));
    if (list == NULL || all == NULL) {
        b->fatal = PARLEY_NOMEM;
        return;
    }
    uint32_t n = take_conjuncts(list, 0, p->formula);
    for (uint32_t k = 0; k < p->parts.count; k++) {
        n = take_conjuncts(list, n, p->parts.at[k].formula);
    }
    if (n < 2) {
        p->whole = n == 0 ? NULL : list[0];
        return;
    }
    *all = (parley_formula){.kind = PARLEY_F_AND,
                            .count = n,
                            .span = list[0]->span,
                            .issue = -1,
                            .recipient = -1,
                            .party = -1,
                            .proposal = -1,
                            .arg = list};
    p->whole = all;
}

/* What the table cannot say about a fresh row. */
static void start_special(case_section s, void *row)
{
    if (s == SECTION_RELAYS) {
        const case_inner *inner = case_inner_of("relay step");
        parley_relay *relay = row;
        start_row(inner->field, inner->fields, &relay->said);
        start_row(inner->field, inner->fields, &relay->meant);
        start_row(inner->field, inner->fields, &relay->carried);
        start_row(inner->field, inner->fields, &relay->read_back);
        inner = case_inner_of("may-say");
        start_row(inner->field, inner->fields, relay);
    }
    if (s == SECTION_FLAGS) {
        ((parley_flag *)row)->lifted_date = PARLEY_DATE_INIT;
    }
}

const parley_node *case_node_of(const parley_case *c, case_section s, const void *row)
{
    size_t i = (size_t)((const char *)row - (const char *)c->rows[s]) / case_section_row_size(s);
    return c->row_node[s][i];
}

const parley_node *case_place_of(const parley_case *c, case_section s, const void *row,
                                 const char *key)
{
    const parley_node *node = case_node_of(c, s, row);
    const parley_node *at = node->kind == PARLEY_NODE_MAP ? parley_node_member(node, key) : NULL;
    return at != NULL ? at : node->key != NULL ? node->key : node;
}

bool case_is_typed(const parley_case *c, case_section s, const void *row, const char *key)
{
    const parley_node *node = case_node_of(c, s, row);
    return node->kind != PARLEY_NODE_MAP || parley_node_member(node, key) != NULL;
}

static void bind_section(bind_state *b, case_section s)
{
    parley_case *c = b->c;
    const case_schema *schema = case_schema_of(s);
    b->section = s;
    for (uint32_t i = 0; i < c->count[s] && b->fatal == PARLEY_OK; i++) {
        char *row = (char *)c->rows[s] + i * case_section_row_size(s);
        const parley_node *node = c->row_node[s][i];
        b->row = i;
        start_special(s, row);
        bind_map(b, schema->field, schema->fields, node, row, (int32_t)i, NULL);
        if (s == SECTION_ISSUES && b->fatal == PARLEY_OK) {
            finish_issue(b, (parley_issue *)row, node);
        }
        if (s == SECTION_VALUES && b->fatal == PARLEY_OK) {
            finish_worth(b, (parley_worth *)row, node);
        }
        if (s == SECTION_PROPOSALS && b->fatal == PARLEY_OK) {
            parley_proposal *proposal = (parley_proposal *)row;
            const parley_node *text =
                node->kind == PARLEY_NODE_MAP ? parley_node_member(node, "text") : NULL;
            if (proposal->text != NULL && text != NULL &&
                parley_formula_looks_like(text->text, text->length)) {
                bind_formula(b, text, &proposal->formula);
            }
            finish_proposal(b, proposal);
        }
        if (i % 4096 == 4095 && parley_ctx_cancelled(c->ctx)) {
            break; /* told by the caller */
        }
    }
}

bool bind_case(bind_state *b)
{
    /* Sections whose rows others read while binding come first. */
    static const case_section order[] = {
        SECTION_SOURCES,   SECTION_PARTIES, SECTION_PEOPLE,         SECTION_TRACKS,
        SECTION_ISSUES,    SECTION_POINTS,  SECTION_PROPOSALS,      SECTION_CONCERNS,
        SECTION_CLAIMS,    SECTION_FLAGS,   SECTION_RESPONSES,      SECTION_READINGS,
        SECTION_RULES,     SECTION_VALUES,  SECTION_CONSTITUENCIES, SECTION_POLLS,
        SECTION_FIGURES,   SECTION_LEVERS,  SECTION_CHANNELS,       SECTION_RELAYS,
        SECTION_MEETINGS,  SECTION_FAVOURS, SECTION_OBLIGATIONS,    SECTION_CANDIDATES,
        SECTION_INCIDENTS, SECTION_LINKS,   SECTION_EXPECTED,       SECTION_PERCEPTIONS};
    _Static_assert(sizeof(order) / sizeof(order[0]) == SECTION_COUNT, "every section is bound");

    case_names_init(b->c); /* the root is a map: the document saw to that */
    collect(b);
    bind_top(b);
    for (size_t k = 0; k < SECTION_COUNT && b->fatal == PARLEY_OK; k++) {
        if (parley_ctx_cancelled(b->c->ctx)) {
            break;
        }
        bind_section(b, order[k]);
    }
    if (b->fatal == PARLEY_OK && parley_ctx_cancelled(b->c->ctx)) {
        parley_error error = PARLEY_ERROR_INIT;
        parley_fail(&error, PARLEY_CANCELLED, "stopped while reading the case");
        bind_pass(b, &error);
    }
    return b->fatal == PARLEY_OK && b->errors == 0;
}
