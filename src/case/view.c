/*
 * What is told about a smaller copy to whoever makes it: each record, whether it is left out and
 * why, under which id it stands in the copy, what stops the copy, and which words of what is left
 * name something that is not.
 *
 * A view has an arena of its own and keeps nothing of the case: the copy must not know of it.
 */
#include "case/audience.h"

#include <string.h>

enum { PAIRS_MOST = 1000, MENTIONS_MOST = 100, NAME_LEAST = 3, WORDS_MOST = 300 };
enum { QUOTED_WORDS = 3, QUOTED_LEAST = 12 }; /* of words that are known again when repeated */

struct parley_view {
    parley_ctx *ctx;
    parley_arena *arena;
    bool filled;
    parley_view_row *row;
    uint32_t rows;
    parley_view_pair *pair;
    uint32_t pairs;
    parley_view_mention *mention;
    uint32_t mentions;
    const char **member;
    uint32_t members;
    lean_lists from; /* while the copy is made; in the arena of the case */
    uint32_t *queue; /* rows; likewise */
    uint32_t *stamp; /* by row: the pair whose walk saw it last, from 1 */
};

parley_status parley_view_new(parley_view **out, parley_ctx *ctx, parley_error *err)
{
    *out = NULL;
    parley_view *view = parley_alloc(ctx, sizeof(*view));
    parley_arena *arena = view != NULL ? parley_arena_new(ctx) : NULL;
    if (arena == NULL) {
        parley_release(ctx, view, sizeof(*view));
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    *view = (parley_view){.ctx = ctx, .arena = arena};
    *out = view;
    return PARLEY_OK;
}

void parley_view_free(parley_view *view)
{
    if (view != NULL) {
        parley_ctx *ctx = view->ctx;
        parley_arena_free(view->arena);
        parley_release(ctx, view, sizeof(*view));
    }
}

bool parley_view_filled(const parley_view *view)
{
    return view->filled;
}

uint32_t parley_view_rows(const parley_view *view)
{
    return view->rows;
}

const parley_view_row *parley_view_row_at(const parley_view *view, uint32_t i)
{
    PARLEY_ASSERT(i < view->rows);
    return &view->row[i];
}

uint32_t parley_view_pairs(const parley_view *view)
{
    return view->pairs;
}

const parley_view_pair *parley_view_pair_at(const parley_view *view, uint32_t i)
{
    PARLEY_ASSERT(i < view->pairs);
    return &view->pair[i];
}

uint32_t parley_view_mentions(const parley_view *view)
{
    return view->mentions;
}

const parley_view_mention *parley_view_mention_at(const parley_view *view, uint32_t i)
{
    PARLEY_ASSERT(i < view->mentions);
    return &view->mention[i];
}

parley_texts parley_view_members(const parley_view *view)
{
    return (parley_texts){view->member, view->members};
}

static const char *member_text(const parley_node *row, const char *key)
{
    const parley_node *node = row->kind == PARLEY_NODE_MAP ? parley_node_member(row, key) : NULL;
    return node != NULL && node->kind == PARLEY_NODE_SCALAR ? node->text : NULL;
}

/* ---------------------------------------------------------------------- mentions */

/* Ids, and first words of names and of what was said, of what is hidden; and which row each is of.
 */
typedef struct hidden_words {
    projection *p;
    parley_view *view;
    case_index index;
    uint32_t *first;   /* by entry of the index: a word + 1 */
    uint32_t *next;    /* by word: the next one + 1, 0: none */
    uint32_t *row;     /* by word */
    const char **name; /* the whole name, which begins with the entry; NULL: the entry is an id */
    uint32_t words;
    bool failed;
} hidden_words;

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || (unsigned char)c >= 0x80;
}

static size_t word_length(const char *text, size_t most)
{
    size_t n = 0;
    while (n < most && in_word(text[n])) {
        n++;
    }
    return n;
}

/* Does a record that is left have this id, or this name? */
static bool seen_too(const projection *p, const char *text, size_t length)
{
    const parley_case *c = p->b->c;
    for (int s = 0; s < SECTION_COUNT; s++) {
        int32_t i = case_index_find(&c->index[s], text, length);
        if (i >= 0 && !p->hidden[s][i]) {
            return true;
        }
    }
    return false;
}

/* An id, or the first word of a name: names that begin alike form a list. */
static void add_word(hidden_words *h, const char *text, size_t length, uint32_t row,
                     const char *name)
{
    bind_state *b = h->p->b;
    size_t whole = name != NULL ? strlen(name) : length;
    if (whole < 2 || seen_too(h->p, text, whole)) {
        return;
    }
    int32_t first = case_index_find(&h->index, text, length);
    const char *copy = first < 0 ? parley_arena_copy(b->arena, text, length) : text;
    if (copy == NULL || (first < 0 && !case_index_add(&h->index, b->arena, copy))) {
        h->failed = true;
        return;
    }
    uint32_t *head = &h->first[first < 0 ? (int32_t)h->index.count - 1 : first];
    h->row[h->words] = row;
    h->name[h->words] = name;
    h->next[h->words] = *head;
    *head = ++h->words;
}

/* Long enough that nobody says the same by chance: three words, a dozen bytes. */
static bool is_quotation(const char *says)
{
    size_t words = 0;
    for (const char *at = says; *at != '\0'; at++) {
        words += in_word(*at) && !in_word(at[1]);
    }
    return words >= QUOTED_WORDS && strlen(says) >= QUOTED_LEAST && in_word(says[0]);
}

static void list_hidden(hidden_words *h)
{
    projection *p = h->p;
    const parley_case *c = p->b->c;
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < c->count[s] && !h->failed; i++) {
            if (p->why[s][i] != PARLEY_WITHHELD_LABEL) {
                continue;
            }
            const parley_view_row *row = &h->view->row[p->base[s] + i];
            if (row->id != NULL && strlen(row->id) == word_length(row->id, strlen(row->id))) {
                add_word(h, row->id, strlen(row->id), p->base[s] + i, NULL);
            }
            const char *says = member_text(c->row_node[s][i], "says");
            if (says != NULL && is_quotation(says)) {
                add_word(h, says, word_length(says, strlen(says)), p->base[s] + i, says);
            }
            if (row->name != NULL && strlen(row->name) >= NAME_LEAST) {
                add_word(h, row->name, word_length(row->name, strlen(row->name)), p->base[s] + i,
                         row->name);
            }
        }
    }
}

static void tell_mention(hidden_words *h, uint32_t row, uint32_t of, const char *text, size_t n)
{
    parley_view *view = h->view;
    for (uint32_t k = 0; k < view->mentions; k++) {
        if (view->mention[k].row == row && view->mention[k].of == of) {
            return;
        }
    }
    const char *word = parley_arena_copy(view->arena, text, n);
    h->failed = h->failed || word == NULL;
    if (view->mentions < MENTIONS_MOST) {
        view->mention[view->mentions++] = (parley_view_mention){row, of, word};
    }
}

static void look_in(hidden_words *h, uint32_t row, const char *text, size_t length)
{
    for (size_t at = 0; at < length && h->view->mentions < MENTIONS_MOST;) {
        size_t n = word_length(text + at, length - at);
        int32_t found = n > 0 ? case_index_find(&h->index, text + at, n) : -1;
        for (uint32_t w = found >= 0 ? h->first[found] : 0; w != 0; w = h->next[w - 1]) {
            const char *name = h->name[w - 1];
            size_t whole = name != NULL ? strlen(name) : n;
            if (whole <= length - at && (name == NULL || memcmp(text + at, name, whole) == 0) &&
                (at + whole == length || !in_word(text[at + whole]))) {
                tell_mention(h, row, h->row[w - 1], text + at, whole);
            }
        }
        at += n > 0 ? n : 1;
    }
}

/* Will the copy not have this member of a record? */
static bool goes(const projection *p, int s, const parley_node *member)
{
    const case_schema *schema = case_schema_of((case_section)s);
    if (strcmp(member->key->text, "note") == 0 || strcmp(member->key->text, "label") == 0 ||
        strcmp(member->key->text, "as-typed") == 0) {
        return true;
    }
    for (uint32_t f = 0; f < schema->fields; f++) {
        if (strcmp(schema->field[f].key, member->key->text) == 0) {
            return (schema->field[f].flags & FIELD_PRUNABLE) != 0 ||
                   (schema->field[f].type == FIELD_ABOUT && member->kind == PARLEY_NODE_SCALAR &&
                    case_index_find(&p->b->c->index[SECTION_CONCERNS], member->text,
                                    member->length) >= 0);
        }
    }
    return false;
}

static bool find_mentions(projection *p, parley_view *view)
{
    bind_state *b = p->b;
    const parley_case *c = b->c;
    uint32_t rows = p->base[SECTION_COUNT];
    uint32_t room = b->limits->depth + 2;
    hidden_words h = {.p = p, .view = view};
    const parley_node **stack = parley_arena_array(b->arena, room, sizeof(const parley_node *));
    size_t words = (size_t)rows * 3 + 1;
    h.first = parley_arena_array(b->arena, words, sizeof(*h.first));
    h.next = parley_arena_array(b->arena, words, sizeof(*h.next));
    h.row = parley_arena_array(b->arena, words, sizeof(*h.row));
    h.name = parley_arena_array(b->arena, words, sizeof(*h.name));
    view->mention = parley_arena_array(view->arena, MENTIONS_MOST, sizeof(*view->mention));
    if (stack == NULL || h.first == NULL || h.next == NULL || h.row == NULL || h.name == NULL ||
        view->mention == NULL) {
        return bind_nomem(b);
    }
    list_hidden(&h);
    for (int s = 0; s < SECTION_COUNT && h.index.count > 0; s++) {
        for (uint32_t i = 0; i < c->count[s] && !h.failed; i++) {
            uint32_t depth = 0;
            if (!p->hidden[s][i] && c->row_node[s][i]->kind == PARLEY_NODE_MAP) {
                stack[depth++] = c->row_node[s][i]->first;
            }
            while (depth > 0) {
                const parley_node *node = stack[depth - 1];
                if (node == NULL) {
                    depth--;
                    continue;
                }
                stack[depth - 1] = node->next;
                if (depth == 1 && goes(p, s, node)) {
                    continue;
                }
                if (node->kind == PARLEY_NODE_SCALAR) {
                    if (case_index_find(&h.index, node->text, node->length) >= 0) {
                        continue; /* a reference: it stops the copy, or goes */
                    }
                    look_in(&h, p->base[s] + i, node->text, node->length);
                } else if (depth < room) {
                    stack[depth++] = node->first;
                }
            }
        }
    }
    return !h.failed || bind_nomem(b);
}

/* -------------------------------------------------------------------------- rows */

static const char *keep(parley_view *view, const char *text)
{
    return text != NULL ? parley_arena_copy(view->arena, text, strlen(text)) : NULL;
}

static bool list_members(projection *p, parley_view *view)
{
    static const char *const ours[] = {"mandate", "note", "game"};
    const parley_case *c = p->b->c;
    view->member = parley_arena_array(view->arena, 4, sizeof(*view->member));
    if (view->member == NULL) {
        return bind_nomem(p->b);
    }
    for (size_t k = 0; k < sizeof(ours) / sizeof(ours[0]); k++) {
        if (parley_node_member(c->root, ours[k]) != NULL) {
            view->member[view->members++] = ours[k];
        }
    }
    if (parley_node_member(c->root, "acceptance") != NULL &&
        !parley_label_allows(&c->acceptance.record.label, (uint32_t)c->audience_bit)) {
        view->member[view->members++] = "acceptance";
    }
    return true;
}

bool case_view_rows(projection *p, parley_view *view)
{
    const parley_case *c = p->b->c;
    bool audience = c->audience_bit > PARLEY_AUDIENCE_TEAM;
    view->filled = true;
    view->row = parley_arena_array(view->arena, p->base[SECTION_COUNT], sizeof(*view->row));
    if (view->row == NULL) {
        return bind_nomem(p->b);
    }
    view->rows = p->base[SECTION_COUNT];
    for (int s = 0; s < SECTION_COUNT; s++) {
        bool keyed = case_section_keyed((case_section)s);
        for (uint32_t i = 0; i < c->count[s]; i++) {
            const char *id = keyed ? c->index[s].text[i] : NULL;
            const char *name = member_text(c->row_node[s][i], "name");
            parley_view_row *row = &view->row[p->base[s] + i];
            *row = (parley_view_row){.section = case_section_key((case_section)s),
                                     .one = case_section_one((case_section)s),
                                     .id = keep(view, id),
                                     .name = keep(view, name),
                                     .number = i + 1,
                                     .withheld = (parley_withheld)p->why[s][i]};
            row->shown = row->withheld == PARLEY_WITHHELD_NOT ? row->id : NULL;
            if ((id != NULL && row->id == NULL) || (name != NULL && row->name == NULL)) {
                return bind_nomem(p->b);
            }
        }
    }
    return !audience || (list_members(p, view) && find_mentions(p, view));
}

bool case_view_shown(projection *p, parley_view *view)
{
    for (int s = 0; s < SECTION_COUNT; s++) {
        for (uint32_t i = 0; i < p->b->c->count[s]; i++) {
            parley_view_row *row = &view->row[p->base[s] + i];
            if (row->shown != NULL && strcmp(row->shown, p->shown[s][i]) != 0) {
                row->shown = keep(view, p->shown[s][i]);
                if (row->shown == NULL) {
                    return bind_nomem(p->b);
                }
            }
        }
    }
    return true;
}

/* ------------------------------------------------------------------------- pairs */

/* What a record says, in one line: the first of its members that holds words. */
static const char *says_of(projection *p, parley_view *view, int s, uint32_t i)
{
    static const char *const keys[] = {"says",    "reading", "text",    "what",     "because",
                                       "formula", "notice",  "outcome", "question", "about",
                                       "ask",     "name",    "answer",  "quality"};
    const parley_node *row = p->b->c->row_node[s][i];
    const char *text = NULL;
    for (size_t k = 0; text == NULL && k < sizeof(keys) / sizeof(keys[0]); k++) {
        text = member_text(row, keys[k]);
    }
    size_t length = text != NULL ? strlen(text) : 0;
    if (length > WORDS_MOST) {
        for (length = WORDS_MOST; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;) {
            length--;
        }
        return parley_arena_format(view->arena, "%.*s...", (int)length, text);
    }
    return text != NULL ? parley_arena_copy(view->arena, text, length) : "";
}

/* A label as it is typed in a case: `team`, `public`, `[team, ua]`. */
static const char *label_words(projection *p, parley_view *view, parley_label label)
{
    static const char *const fixed[] = {"team", "principals", "all", "public"};
    const parley_case *c = p->b->c;
    const char *list = "team";
    uint32_t count = 1;
    if (parley_label_allows(&label, PARLEY_AUDIENCE_PUBLIC)) {
        return fixed[PARLEY_AUDIENCE_PUBLIC];
    }
    bool all = parley_label_allows(&label, PARLEY_AUDIENCE_ALL);
    bool principals = parley_label_allows(&label, PARLEY_AUDIENCE_PRINCIPALS);
    if (all || principals) {
        list = fixed[all ? PARLEY_AUDIENCE_ALL : PARLEY_AUDIENCE_PRINCIPALS];
    }
    for (uint32_t i = 0; !all && list != NULL && i < c->count[SECTION_PARTIES]; i++) {
        const parley_party *party = CASE_ROW(c, SECTION_PARTIES, parley_party, i);
        bool told = principals && (party->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
        if (!told && parley_label_allows(&label, PARLEY_AUDIENCE_PARTY + i)) {
            list = parley_arena_format(view->arena, "%s, %s", list, party->record.id);
            count++;
        }
    }
    return list == NULL || count == 1 ? list : parley_arena_format(view->arena, "[%s]", list);
}

/* Every hidden row behind one, through references that cannot be dropped. */
static bool walk_behind(projection *p, parley_view *view, parley_view_pair *pair)
{
    bind_state *b = p->b;
    uint32_t rows = p->base[SECTION_COUNT];
    if (view->stamp == NULL) {
        view->stamp = parley_arena_array(b->arena, rows, sizeof(*view->stamp));
        view->queue = parley_arena_array(b->arena, rows, sizeof(*view->queue));
        if (view->stamp == NULL || view->queue == NULL || !case_list_leans(p, true, &view->from)) {
            return bind_nomem(b);
        }
    }
    uint32_t *list = view->queue;
    uint32_t head = 0;
    uint32_t tail = 0;
    list[tail++] = pair->on;
    view->stamp[pair->on] = view->pairs + 1;
    while (head < tail) {
        uint32_t row = list[head++];
        for (uint32_t k = view->from.start[row]; k < view->from.start[row + 1]; k++) {
            const case_lean *e = &b->lean[view->from.edge[k]];
            uint32_t to = p->base[e->to_section] + e->to;
            if (!e->prunable && p->hidden[e->to_section][e->to] &&
                view->stamp[to] != view->pairs + 1) {
                view->stamp[to] = view->pairs + 1;
                list[tail++] = to;
            }
        }
    }
    uint32_t *behind = parley_arena_array(view->arena, tail, sizeof(*behind));
    if (behind == NULL) {
        return bind_nomem(b);
    }
    memcpy(behind, list + 1, (tail - 1) * sizeof(*behind));
    pair->behind = behind;
    pair->behind_count = tail - 1;
    return true;
}

/* The next pair; NULL: there are enough, or no memory (then *good is false). */
static parley_view_pair *new_pair(projection *p, parley_view *view, bool *good)
{
    *good = true;
    if (view->pairs == PAIRS_MOST) {
        return NULL;
    }
    if (view->pair == NULL) {
        view->pair = parley_arena_array(view->arena, PAIRS_MOST, sizeof(*view->pair));
        *good = view->pair != NULL || bind_nomem(p->b);
    }
    return view->pair != NULL ? &view->pair[view->pairs] : NULL;
}

bool case_view_carried(projection *p, parley_view *view, int section, uint32_t row, uint32_t relay,
                       const char *why)
{
    const parley_case *c = p->b->c;
    const parley_relay *r = CASE_ROW(c, SECTION_RELAYS, parley_relay, relay);
    bool good = true;
    parley_view_pair *pair = new_pair(p, view, &good);
    if (pair == NULL) {
        return good;
    }
    const char *owner =
        r->owner.party < 0 ? "team" : c->index[SECTION_PARTIES].text[r->owner.party];
    *pair = (parley_view_pair){.row = p->base[section] + row,
                               .on = p->base[SECTION_RELAYS] + relay,
                               .says = says_of(p, view, section, row),
                               .on_says = "",
                               .may_see = keep(view, owner),
                               .wider = "",
                               .permission = keep(view, why),
                               .span = c->row_node[section][row]->span};
    if (pair->says == NULL || pair->may_see == NULL || pair->permission == NULL) {
        return bind_nomem(p->b);
    }
    view->pairs++;
    return true;
}

bool case_view_pair(projection *p, parley_view *view, const case_lean *lean)
{
    bind_state *b = p->b;
    const parley_case *c = b->c;
    const parley_record *on =
        (const parley_record *)(const void *)((const char *)c->rows[lean->to_section] +
                                              lean->to * case_section_row_size(
                                                             (case_section)lean->to_section));
    bool good = true;
    if (new_pair(p, view, &good) == NULL) {
        return good;
    }
    parley_label wider = on->label;
    parley_label_allow(&wider, (uint32_t)c->audience_bit);
    if (c->audience_bit == PARLEY_AUDIENCE_PUBLIC) {
        wider = parley_label_everybody();
    }
    parley_view_pair pair = {.row = p->base[lean->from_section] + lean->from,
                             .on = p->base[lean->to_section] + lean->to,
                             .says = says_of(p, view, lean->from_section, lean->from),
                             .on_says = says_of(p, view, lean->to_section, lean->to),
                             .may_see = label_words(p, view, on->label),
                             .wider = label_words(p, view, wider),
                             .span = lean->at->span};
    if (pair.says == NULL || pair.on_says == NULL || pair.may_see == NULL || pair.wider == NULL) {
        return bind_nomem(b);
    }
    if (!walk_behind(p, view, &pair)) {
        return false;
    }
    view->pair[view->pairs++] = pair;
    return true;
}
