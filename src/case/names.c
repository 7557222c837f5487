/*
 * Ids of a case: one hash index a section, and the name callbacks of the formula language.
 *
 * FNV-1a over the bytes, open addressing, grown by doubling in the document's arena. Labels in
 * quotes
 * ("Go on") are searched linearly: they are for people typing queries, not for files of a million
 * lines.
 */
#include "case/case_internal.h"

#include <string.h>

static const struct {
    const char *key;
    const char *one;
    size_t size;
    bool keyed;
} sections[SECTION_COUNT] = {
#define X(name, key, one, type, keyed) {key, one, sizeof(type), keyed},
    CASE_SECTIONS(X)
#undef X
};

size_t case_section_row_size(case_section section)
{
    return sections[section].size;
}

const char *case_section_key(case_section section)
{
    return sections[section].key;
}

const char *case_section_one(case_section section)
{
    return sections[section].one;
}

bool case_section_keyed(case_section section)
{
    return sections[section].keyed;
}

static uint32_t hash(const char *text, size_t length)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        h = (h ^ (uint8_t)text[i]) * 16777619u;
    }
    return h ^ (h >> 15);
}

static void place(case_index *index, uint32_t entry)
{
    uint32_t at = index->hash[entry] & index->mask;
    while (index->slot[at] != 0) {
        at = (at + 1) & index->mask;
    }
    index->slot[at] = entry + 1;
}

bool case_index_reserve(case_index *index, parley_arena *arena, uint32_t room)
{
    uint32_t most = index->room == 0 ? 16 : index->room;
    while (most < room) {
        most *= 2;
    }
    if (most == index->room) {
        return true;
    }
    const char **texts =
        parley_arena_grow(arena, index->text, index->count * sizeof(*texts), most * sizeof(*texts));
    uint32_t *hashes = parley_arena_grow(arena, index->hash, index->count * sizeof(*hashes),
                                         most * sizeof(*hashes));
    uint32_t *slot = parley_arena_array(arena, (size_t)most * 2, sizeof(*slot));
    if (texts == NULL || hashes == NULL || slot == NULL) {
        return false;
    }
    index->text = texts;
    index->hash = hashes;
    index->slot = slot;
    index->mask = most * 2 - 1;
    index->room = most;
    for (uint32_t i = 0; i < index->count; i++) {
        place(index, i);
    }
    return true;
}

bool case_index_add(case_index *index, parley_arena *arena, const char *text)
{
    if (index->count == index->room && !case_index_reserve(index, arena, index->count + 1)) {
        return false;
    }
    index->text[index->count] = text;
    index->hash[index->count] = hash(text, strlen(text));
    place(index, index->count);
    index->count++;
    return true;
}

int32_t case_index_find(const case_index *index, const char *text, size_t length)
{
    if (index->count == 0) {
        return -1;
    }
    uint32_t wanted = hash(text, length);
    for (uint32_t at = wanted & index->mask; index->slot[at] != 0; at = (at + 1) & index->mask) {
        uint32_t entry = index->slot[at] - 1;
        const char *have = index->text[entry];
        if (index->hash[entry] == wanted && strncmp(have, text, length) == 0 &&
            have[length] == '\0') {
            return (int32_t)entry;
        }
    }
    return -1;
}

#define OPTIONS_MANY 24u

bool case_options_index(parley_case *c, int32_t issue)
{
    const parley_issue *row = CASE_ROW(c, SECTION_ISSUES, parley_issue, issue);
    if (row->values < OPTIONS_MANY) {
        return true;
    }
    if (c->option_index == NULL) {
        c->option_index =
            parley_arena_array(c->arena, c->count[SECTION_ISSUES], sizeof(*c->option_index));
        if (c->option_index == NULL) {
            return false;
        }
    }
    case_index *index = &c->option_index[issue];
    bool good = case_index_reserve(index, c->arena, row->values);
    for (uint32_t i = 0; good && i < row->values; i++) {
        good = case_index_add(index, c->arena, row->options[i].id);
    }
    return good;
}

int32_t case_option_find(const parley_case *c, const parley_issue *issue, const char *text,
                         size_t length)
{
    const parley_issue *first = c->rows[SECTION_ISSUES];
    const case_index *index = c->option_index == NULL ? NULL : &c->option_index[issue - first];
    if (issue->kind != PARLEY_ISSUE_CHOICE) {
        return -1;
    }
    if (index != NULL && index->count == issue->values) {
        return case_index_find(index, text, length);
    }
    for (uint32_t i = 0; i < issue->values; i++) {
        const char *id = issue->options[i].id;
        if (strncmp(id, text, length) == 0 && id[length] == '\0') {
            return (int32_t)i;
        }
    }
    return -1;
}

/* ---- callbacks of the formula language; user is the case ---- */

static bool same(const char *have, const char *name, size_t length)
{
    return have != NULL && strncmp(have, name, length) == 0 && have[length] == '\0';
}

static int32_t find_issue(void *user, const char *name, size_t length, bool quoted)
{
    const parley_case *c = user;
    int32_t i = case_index_find(&c->index[SECTION_ISSUES], name, length);
    for (uint32_t k = 0; i < 0 && quoted && k < c->count[SECTION_ISSUES]; k++) {
        const parley_issue *issue = CASE_ROW(c, SECTION_ISSUES, parley_issue, k);
        if (same(issue->name, name, length) || same(issue->ask, name, length)) {
            i = (int32_t)k;
        }
    }
    return i;
}

static const parley_issue *issue_at(const parley_case *c, int32_t i)
{
    return CASE_ROW(c, SECTION_ISSUES, parley_issue, i);
}

static parley_issue_kind issue_kind(void *user, int32_t issue)
{
    return issue_at(user, issue)->kind;
}

static bool issue_ordered(void *user, int32_t issue)
{
    return issue_at(user, issue)->ordered;
}

static int32_t find_in(const parley_option *options, uint32_t count, const char *name,
                       size_t length, bool quoted)
{
    for (uint32_t i = 0; i < count; i++) {
        if (same(options[i].id, name, length)) {
            return (int32_t)i;
        }
    }
    for (uint32_t i = 0; quoted && i < count; i++) {
        if (same(options[i].label, name, length)) {
            return (int32_t)i;
        }
    }
    return -1;
}

static int32_t find_option(void *user, int32_t issue, const char *name, size_t length, bool quoted)
{
    const parley_issue *row = issue_at(user, issue);
    int32_t at = case_option_find(user, row, name, length);
    return at >= 0 || !quoted || row->kind != PARLEY_ISSUE_CHOICE
               ? at
               : find_in(row->options, row->values, name, length, quoted);
}

static int32_t find_recipient(void *user, int32_t issue, const char *name, size_t length,
                              bool quoted)
{
    const parley_issue *row = issue_at(user, issue);
    return find_in(row->recipients, row->recipient_count, name, length, quoted);
}

static int32_t find_party(void *user, const char *name, size_t length, bool quoted)
{
    const parley_case *c = user;
    int32_t i = case_index_find(&c->index[SECTION_PARTIES], name, length);
    for (uint32_t k = 0; i < 0 && quoted && k < c->count[SECTION_PARTIES]; k++) {
        if (same(CASE_ROW(c, SECTION_PARTIES, parley_party, k)->name, name, length)) {
            i = (int32_t)k;
        }
    }
    return i;
}

static int32_t find_proposal(void *user, const char *name, size_t length, bool quoted)
{
    const parley_case *c = user;
    int32_t i = case_index_find(&c->index[SECTION_PROPOSALS], name, length);
    for (uint32_t k = 0; i < 0 && quoted && k < c->count[SECTION_PROPOSALS]; k++) {
        if (same(CASE_ROW(c, SECTION_PROPOSALS, parley_proposal, k)->name, name, length)) {
            i = (int32_t)k;
        }
    }
    return i;
}

static const char *id_of(const parley_case *c, case_section section, int32_t i)
{
    const case_index *index = &c->index[section];
    return i >= 0 && (uint32_t)i < index->count ? index->text[i] : NULL;
}

static const char *issue_id(void *user, int32_t i)
{
    return id_of(user, SECTION_ISSUES, i);
}

static const char *option_id(void *user, int32_t issue, int32_t i)
{
    const parley_issue *row = issue_at(user, issue);
    return row->kind == PARLEY_ISSUE_CHOICE && i >= 0 && (uint32_t)i < row->values
               ? row->options[i].id
               : NULL;
}

static const char *recipient_id(void *user, int32_t issue, int32_t i)
{
    const parley_issue *row = issue_at(user, issue);
    return i >= 0 && (uint32_t)i < row->recipient_count ? row->recipients[i].id : NULL;
}

static const char *party_id(void *user, int32_t i)
{
    return id_of(user, SECTION_PARTIES, i);
}

static const char *proposal_id(void *user, int32_t i)
{
    return id_of(user, SECTION_PROPOSALS, i);
}

void case_names_init(parley_case *c)
{
    c->names = (parley_formula_names){
        .user = c,
        .issue = find_issue,
        .issue_kind = issue_kind,
        .issue_ordered = issue_ordered,
        .option = find_option,
        .recipient = find_recipient,
        .party = find_party,
        .proposal = find_proposal,
        .issue_id = issue_id,
        .option_id = option_id,
        .recipient_id = recipient_id,
        .party_id = party_id,
        .proposal_id = proposal_id,
    };
}
