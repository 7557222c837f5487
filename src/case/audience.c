/*
 * The smaller case an audience may see, or that was known by a day: filter first, compute
 * afterwards.
 *
 * Works on the references noted while the case was bound (case_lean). With a date, what was learned
 * later goes, and with it whatever leans on it. With an audience, hidden records, notes, labels and
 * the mandate go; sources that are not published, people and points stay only when a visible record
 * needs them, so that a name nobody may hear of is not left standing. Prunable references
 * (`repeats`, `replaces`, `met-from`, `words`, `claims`, `about:` a concern, a candidate or an
 * incident) lose their hidden entries; with a date, states of a lever and what is said of it or of
 * a candidate go one by one; any other reference from a visible record to a hidden one stops the
 * projection and is named. The as-of date is never later than the newest record left. What is
 * numbered is numbered again (renumber.c), and sections stand in the order of the format; what was
 * left out is told to the view, if there is one (view.c).
 */
#include "case/audience.h"

#include <string.h>

static parley_record *record_of(const parley_case *c, int s, uint32_t i)
{
    return (parley_record *)((char *)c->rows[s] + i * case_section_row_size((case_section)s));
}

/* Kept whatever the date: what the talks are made of. */
static bool timeless(int s)
{
    return s == SECTION_SOURCES || s == SECTION_PARTIES || s == SECTION_PEOPLE ||
           s == SECTION_TRACKS || s == SECTION_ISSUES || s == SECTION_POINTS || s == SECTION_FLAGS;
}

/* Is one of the records that an entry of a list leans on gone, or was it later than is looked? */
static bool entry_goes(const projection *p, const case_inner *inner, const parley_node *entry)
{
    const parley_node *date =
        entry->kind == PARLEY_NODE_MAP ? parley_node_member(entry, "date") : NULL;
    parley_date day = PARLEY_DATE_INIT;
    if (date != NULL && p->as_of.form != PARLEY_DATE_UNKNOWN &&
        parley_date_parse(&day, date->text, date->length, NULL) == PARLEY_OK &&
        !parley_date_possibly_by(day, p->as_of.last)) {
        return true;
    }
    for (uint32_t f = 0; f < inner->fields && entry->kind == PARLEY_NODE_MAP; f++) {
        const case_field *field = &inner->field[f];
        const parley_node *value = parley_node_member(entry, field->key);
        if (value == NULL || (field->type != FIELD_REF && field->type != FIELD_REFS)) {
            continue;
        }
        bool list = value->kind == PARLEY_NODE_LIST;
        for (const parley_node *n = list ? value->first : value; n != NULL;
             n = list ? n->next : NULL) {
            int32_t row = case_index_find(&p->b->c->index[field->arg], n->text, n->length);
            if (row >= 0 && p->hidden[field->arg][row]) {
                return true;
            }
        }
    }
    return false;
}

/* A lever of which nothing was known yet: it has states, and all of them go. */
static bool all_states_go(const projection *p, uint32_t lever)
{
    const parley_node *node = p->b->c->row_node[SECTION_LEVERS][lever];
    const parley_node *list =
        node->kind == PARLEY_NODE_MAP ? parley_node_member(node, "history") : NULL;
    if (list == NULL || list->kind != PARLEY_NODE_LIST || list->count == 0) {
        return false;
    }
    for (const parley_node *m = list->first; m != NULL; m = m->next) {
        if (!entry_goes(p, case_inner_of("history"), m)) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------- by date */

static uint32_t row_of(const projection *p, const case_lean *e, bool origin)
{
    return origin ? p->base[e->from_section] + e->from : p->base[e->to_section] + e->to;
}

bool case_list_leans(projection *p, bool by_origin, lean_lists *out)
{
    bind_state *b = p->b;
    uint32_t rows = p->base[SECTION_COUNT];
    out->start = parley_arena_array(b->arena, (size_t)rows + 2, sizeof(*out->start));
    out->edge = parley_arena_array(b->arena, b->leans, sizeof(*out->edge));
    if (out->start == NULL || out->edge == NULL) {
        return bind_nomem(b);
    }
    for (uint32_t e = 0; e < b->leans; e++) {
        out->start[row_of(p, &b->lean[e], by_origin) + 2]++;
    }
    for (uint32_t r = 2; r < rows + 2; r++) {
        out->start[r] += out->start[r - 1];
    }
    for (uint32_t e = 0; e < b->leans; e++) {
        out->edge[out->start[row_of(p, &b->lean[e], by_origin) + 1]++] = e;
    }
    return true;
}

static bool hide_later(projection *p, parley_date as_of)
{
    bind_state *b = p->b;
    const parley_case *c = b->c;
    lean_lists lists;
    if (!case_list_leans(p, false, &lists)) {
        return false;
    }
    uint32_t rows = p->base[SECTION_COUNT];
    case_lean *queue = parley_arena_array(b->arena, rows, sizeof(*queue)); /* uses from only */
    if (queue == NULL) {
        return bind_nomem(b);
    }
    uint32_t head = 0;
    uint32_t tail = 0;
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s]; i++) {
            const parley_record *r = record_of(c, s, i);
            parley_date known = r->learned.form != PARLEY_DATE_UNKNOWN ? r->learned : r->happened;
            if (!timeless(s) && !parley_date_possibly_by(known, as_of.last)) {
                p->hidden[s][i] = true;
                p->why[s][i] = PARLEY_WITHHELD_LATER;
                queue[tail++] = (case_lean){.from_section = (uint8_t)s, .from = i};
            }
        }
    }
    while (head < tail) {
        case_lean gone = queue[head++];
        uint32_t row = p->base[gone.from_section] + gone.from;
        for (uint32_t k = lists.start[row]; k < lists.start[row + 1]; k++) {
            const case_lean *e = &b->lean[lists.edge[k]];
            if (!e->prunable && !e->entry && !p->hidden[e->from_section][e->from]) {
                p->hidden[e->from_section][e->from] = true;
                p->why[e->from_section][e->from] = PARLEY_WITHHELD_LATER;
                queue[tail++] = (case_lean){.from_section = e->from_section, .from = e->from};
            }
        }
    }
    for (uint32_t i = 0; i < c->count[SECTION_LEVERS]; i++) { /* nothing leans on a lever */
        if (!p->hidden[SECTION_LEVERS][i] && all_states_go(p, i)) {
            p->hidden[SECTION_LEVERS][i] = true;
            p->why[SECTION_LEVERS][i] = PARLEY_WITHHELD_LATER;
        }
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s]; i++) {
            p->late[s][i] = p->hidden[s][i];
        }
    }
    return true;
}

/* --------------------------------------------------------------- by audience */

static bool on_request(int s, const parley_record *record)
{
    if (record->label_typed) {
        return false;
    }
    return s == SECTION_PEOPLE || s == SECTION_POINTS ||
           (s == SECTION_SOURCES && !((const parley_source *)(const void *)record)->published);
}

static bool hide_from_audience(projection *p, parley_view *view)
{
    bind_state *b = p->b;
    const parley_case *c = b->c;
    bool *needed[SECTION_COUNT] = {NULL};
    for (int s = 0; s < SECTION_COUNT; s++) {
        needed[s] = parley_arena_array(b->arena, c->count[s], sizeof(bool));
        if (needed[s] == NULL) {
            return bind_nomem(b);
        }
        for (uint32_t i = 0; i < c->count[s]; i++) {
            if (!parley_label_allows(&record_of(c, s, i)->label, (uint32_t)c->audience_bit)) {
                p->hidden[s][i] = true;
                p->why[s][i] = PARLEY_WITHHELD_LABEL;
            }
        }
    }
    for (uint32_t e = 0; e < b->leans; e++) {
        const case_lean *lean = &b->lean[e];
        if (!p->hidden[lean->from_section][lean->from]) {
            needed[lean->to_section][lean->to] = true;
        }
    }
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s]; i++) {
            if (on_request(s, record_of(c, s, i)) && !needed[s][i] && !p->hidden[s][i]) {
                p->hidden[s][i] = true;
                p->why[s][i] = PARLEY_WITHHELD_NEED;
            }
        }
    }
    if (view != NULL && !case_view_rows(p, view)) {
        return false;
    }
    /* What is still seen must not lean on what is not. Edges of one row stand together. */
    for (uint32_t e = 0; e < b->leans; e++) {
        const case_lean *lean = &b->lean[e];
        bool told = p->hidden[lean->from_section][lean->from] || lean->prunable ||
                    !p->hidden[lean->to_section][lean->to] ||
                    (lean->entry && p->late[lean->to_section][lean->to]);
        for (uint32_t k = e; !told && k > 0 && e - k < 100; k--) {
            const case_lean *before = &b->lean[k - 1];
            if (before->from_section != lean->from_section || before->from != lean->from) {
                break;
            }
            told = before->to_section == lean->to_section && before->to == lean->to &&
                   !before->prunable;
        }
        if (!told) {
            const char *id = c->index[lean->from_section].text[lean->from];
            const char *on = c->index[lean->to_section].text[lean->to];
            id = bind_shown(b, id, strlen(id));
            on = bind_shown(b, on, strlen(on));
            bind_error(b, lean->at, PARLEY_DENIED,
                       parley_arena_format(
                           b->arena, "give '%s' a narrower label, or '%s' a wider one", id, on),
                       "%s '%s' leans on %s '%s', which this audience may not see",
                       case_section_one((case_section)lean->from_section), id,
                       case_section_one((case_section)lean->to_section), on);
            if (view != NULL && !case_view_pair(p, view, lean)) {
                return false;
            }
        }
    }
    return case_check_carried(p, view) && b->errors == 0 && b->fatal == PARLEY_OK;
}

/* ------------------------------------------------------------------ the tree */

static parley_node *writable(const parley_node *node)
{
    return (parley_node *)(uintptr_t)node; /* the document is the case's own */
}

static void unlink_child(parley_node *container, const parley_node *child)
{
    parley_node **at = &container->first;
    while (*at != child) {
        at = &(*at)->next;
    }
    *at = child->next;
    container->count--;
}

static void drop_member(parley_node *map, const char *key)
{
    const parley_node *m = map->kind == PARLEY_NODE_MAP ? parley_node_member(map, key) : NULL;
    if (m != NULL) {
        unlink_child(map, m);
    }
}

/* Take entries that name hidden rows out of a prunable value; true when nothing of it is left. */
static bool prune_value(const parley_case *c, const case_field *field, parley_node *value,
                        const bool *hidden)
{
    const case_index *index = &c->index[field->arg];
    if (value->kind == PARLEY_NODE_SCALAR) {
        return hidden[case_index_find(index, value->text, value->length)];
    }
    parley_node **link = &value->first;
    bool gone = false;
    while (*link != NULL) {
        if (hidden[case_index_find(index, (*link)->text, (*link)->length)]) {
            *link = (*link)->next;
            value->count--;
            gone = true;
        } else {
            link = &(*link)->next;
        }
    }
    return gone && value->count == 0;
}

/* `about:` is the id of something hidden that may go, and of nothing that is looked up before it.
 */
static bool about_goes(const projection *p, const parley_node *value)
{
    static const case_section order[] = {SECTION_PROPOSALS, SECTION_ISSUES, SECTION_CONCERNS,
                                         SECTION_POINTS,    SECTION_CLAIMS, SECTION_CANDIDATES,
                                         SECTION_INCIDENTS}; /* as bind_about looks it up */
    const parley_case *c = p->b->c;
    for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
        int32_t row = case_index_find(&c->index[order[k]], value->text, value->length);
        if (row >= 0) {
            return case_about_may_go(order[k]) && p->hidden[order[k]][row];
        }
    }
    return false;
}

/* Entries of a list that lean on what is gone go with it. */
static void prune_entries(const projection *p, const case_inner *inner, parley_node *list)
{
    parley_node **link = &list->first;
    while (list->kind == PARLEY_NODE_LIST && *link != NULL) {
        if (entry_goes(p, inner, *link)) {
            *link = (*link)->next;
            list->count--;
        } else {
            link = &(*link)->next;
        }
    }
}

static void prune_row(projection *p, case_section s, parley_node *row)
{
    const case_schema *schema = case_schema_of(s);
    for (uint32_t f = 0; f < schema->fields; f++) {
        const case_field *field = &schema->field[f];
        const parley_node *value = parley_node_member(row, field->key);
        if (field->type == FIELD_ABOUT && value != NULL && about_goes(p, value)) {
            unlink_child(row, value);
            continue;
        }
        const case_inner *inner = value != NULL ? case_entries_of(field) : NULL;
        if (inner != NULL) {
            prune_entries(p, inner, writable(value));
            continue;
        }
        if ((field->flags & FIELD_PRUNABLE) == 0) {
            continue;
        }
        if (value != NULL && prune_value(p->b->c, field, writable(value), p->hidden[field->arg])) {
            unlink_child(row, value);
        }
    }
}

/* How packages are accepted, without the vetoes of hidden parties; false: not for this audience. */
static bool prune_acceptance(const projection *p, parley_node *node)
{
    const parley_case *c = p->b->c;
    if (!parley_label_allows(&c->acceptance.record.label, (uint32_t)c->audience_bit)) {
        return false;
    }
    const parley_node *vetoes = parley_node_member(node, "vetoes");
    const case_field field = {.arg = SECTION_PARTIES};
    if (vetoes != NULL && prune_value(c, &field, writable(vetoes), p->hidden[SECTION_PARTIES])) {
        unlink_child(node, vetoes);
    }
    drop_member(node, "label");
    return true;
}

static void prune_tree(projection *p, bool audience)
{
    parley_case *c = p->b->c;
    for (int s = 0; s < SECTION_COUNT; s++) {
        if (c->section[s] == NULL) {
            continue;
        }
        parley_node *section = writable(c->section[s]);
        parley_node **link = &section->first;
        for (uint32_t i = 0; i < c->count[s]; i++) {
            parley_node *node = c->row_node[s][i];
            if (p->hidden[s][i]) {
                *link = node->next;
                section->count--;
                continue;
            }
            link = &node->next;
            prune_row(p, (case_section)s, node);
            if (audience) {
                drop_member(node, "note");
                drop_member(node, "label");
            }
            if (audience && s == SECTION_CLAIMS) {
                drop_member(node, "as-typed"); /* nobody has read it, and it may say anything */
            }
        }
    }
    for (parley_node *m = writable(c->root)->first, *next = NULL; audience && m != NULL; m = next) {
        static const char *const ours[] = {"note", "mandate", "game"};
        next = m->next;
        bool goes = (m->kind != PARLEY_NODE_SCALAR && m->count == 0) ||
                    (strcmp(m->key->text, "acceptance") == 0 && !prune_acceptance(p, writable(m)));
        for (size_t k = 0; k < sizeof(ours) / sizeof(ours[0]); k++) {
            goes = goes || strcmp(m->key->text, ours[k]) == 0;
        }
        for (int s = 0; s < SECTION_COUNT; s++) {
            goes = goes || (m->kind == PARLEY_NODE_SCALAR &&
                            strcmp(m->key->text, case_section_key((case_section)s)) == 0);
        }
        if (goes) {
            unlink_child(writable(c->root), m);
        }
    }
}

/* Where a member of the top stands in a copy. */
static uint32_t place_of_member(const parley_node *member)
{
    uint32_t place = 0;
    while (place < case_top_field_count &&
           strcmp(case_top_fields[place].key, member->key->text) != 0) {
        place++;
    }
    for (int s = 0; place == case_top_field_count && s < SECTION_COUNT; s++) {
        if (strcmp(case_section_key((case_section)s), member->key->text) == 0) {
            return place + (uint32_t)s;
        }
    }
    return place < case_top_field_count ? place : place + SECTION_COUNT;
}

/*
 * The members of the top in the order of the format. A case on disk has its sections in the order
 * in which their first records were put there, and the first may be hidden.
 */
static void order_members(parley_node *root)
{
    const parley_node *rest = root->first;
    root->first = NULL;
    while (rest != NULL) {
        parley_node *member = writable(rest);
        parley_node **at = &root->first;
        rest = member->next;
        while (*at != NULL && place_of_member(*at) <= place_of_member(member)) {
            at = &(*at)->next;
        }
        member->next = *at;
        *at = member;
    }
}

/* The newest day a record that is left happened or was learned. */
static parley_date newest_left(const projection *p)
{
    const parley_case *c = p->b->c;
    parley_date newest = PARLEY_DATE_INIT;
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s]; i++) {
            const parley_record *record = record_of(c, s, i);
            const parley_date both[2] = {record->happened, record->learned};
            for (int k = 0; k < 2 && !p->hidden[s][i]; k++) {
                if (both[k].form != PARLEY_DATE_UNKNOWN && both[k].side == PARLEY_DATE_ON &&
                    (newest.form == PARLEY_DATE_UNKNOWN || both[k].last > newest.last)) {
                    newest = both[k];
                }
            }
        }
    }
    newest.about = false;
    return newest;
}

/* Write the as-of date into the tree; form UNKNOWN takes it out. */
static bool set_as_of(bind_state *b, parley_date date)
{
    parley_node *root = writable(b->c->root);
    parley_node *node = writable(parley_node_member(root, "as-of"));
    char text[40];
    size_t length = parley_date_print(date, text, sizeof(text));
    if (date.form == PARLEY_DATE_UNKNOWN) {
        drop_member(root, "as-of");
        return true;
    }
    if (node == NULL) {
        parley_node *key = parley_node_scalar(b->arena, "as-of", 5);
        node = parley_node_scalar(b->arena, text, length);
        if (key == NULL || node == NULL) {
            return bind_nomem(b);
        }
        node->key = key;
        node->next = root->first->next; /* behind the first key: `parley`, as a rule */
        root->first->next = node;
        root->count++;
        return true;
    }
    node->text = parley_arena_copy(b->arena, text, length);
    node->length = (uint32_t)length;
    node->style = PARLEY_STYLE_PLAIN;
    return node->text != NULL || bind_nomem(b);
}

bool case_project(bind_state *b, parley_date as_of, parley_view *view)
{
    parley_case *c = b->c;
    projection p = {.b = b, .as_of = as_of};
    bool dated = as_of.form != PARLEY_DATE_UNKNOWN;
    bool audience = c->audience_bit > PARLEY_AUDIENCE_TEAM;
    for (int s = 0; s < SECTION_COUNT; s++) {
        p.hidden[s] = parley_arena_array(b->arena, c->count[s], sizeof(bool));
        p.why[s] = parley_arena_array(b->arena, c->count[s], sizeof(uint8_t));
        p.late[s] = parley_arena_array(b->arena, c->count[s], sizeof(bool));
        p.base[s + 1] = p.base[s] + c->count[s];
        if (p.hidden[s] == NULL || p.why[s] == NULL || p.late[s] == NULL) {
            return bind_nomem(b);
        }
    }
    if ((dated && !hide_later(&p, as_of)) || (audience && !hide_from_audience(&p, view)) ||
        (!audience && view != NULL && !case_view_rows(&p, view))) {
        return false;
    }
    bool typed = parley_node_member(c->root, "as-of") != NULL;
    parley_date shown = dated ? as_of : c->as_of;
    if (audience) {
        parley_date newest = newest_left(&p);
        shown = newest.form == PARLEY_DATE_UNKNOWN || newest.last < shown.last ? newest : shown;
    }
    prune_tree(&p, audience);
    if (audience && (!case_renumber(&p) || (view != NULL && !case_view_shown(&p, view)))) {
        return false;
    }
    if ((dated || typed) && !set_as_of(b, shown)) {
        return false;
    }
    if (audience) {
        order_members(writable(c->root));
    }
    return true;
}
