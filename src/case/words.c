/*
 * The enumerations of the case format as data: one table, made from the lists in words.h.
 */
#include <parley/words.h>

#include <string.h>

typedef struct entry {
    const char *word;
    const char *meaning;
} entry;

typedef struct word_list {
    const char *name;
    const char *about;
    const entry *entries;
    size_t count;
} word_list;

#define PLAIN(name, word, text) {word, text},
#define WITH_FLAG(name, word, flag, text) {word, text},

static const entry acts[] = {PARLEY_ACT_LIST(PLAIN)};
static const entry firmnesses[] = {PARLEY_FIRMNESS_LIST(PLAIN)};
static const entry bases[] = {PARLEY_BASIS_LIST(PLAIN)};
static const entry classes[] = {PARLEY_CLASS_LIST(WITH_FLAG)};
static const entry answers[] = {PARLEY_ANSWER_LIST(PLAIN)};
static const entry roles[] = {PARLEY_ROLE_LIST(PLAIN)};
static const entry tables[] = {PARLEY_TABLE_LIST(PLAIN)};
static const entry lists[] = {PARLEY_LIST_LIST(PLAIN)};
static const entry modes[] = {PARLEY_MODE_LIST(PLAIN)};
static const entry constituency_kinds[] = {PARLEY_CONSTITUENCY_KIND_LIST(PLAIN)};
static const entry kepts[] = {PARLEY_KEPT_LIST(PLAIN)};
static const entry laws[] = {PARLEY_LAW_LIST(PLAIN)};
static const entry purposes[] = {PARLEY_PURPOSE_LIST(PLAIN)};
static const entry aspects[] = {PARLEY_ASPECT_LIST(PLAIN)};
static const entry moments[] = {PARLEY_MOMENT_LIST(PLAIN)};
static const entry sights[] = {PARLEY_SIGHT_LIST(PLAIN)};
static const entry signs[] = {PARLEY_SIGN_LIST(PLAIN)};
static const entry languages[] = {PARLEY_LANGUAGE_LIST(PLAIN)};
static const entry says[] = {PARLEY_SAY_LIST(PLAIN)};
static const entry source_kinds[] = {PARLEY_SOURCE_KIND_LIST(WITH_FLAG)};

#define RUNG_ENTRY(name, word, text, kind) {word, text},
static const entry rungs[] = {PARLEY_RUNG_LIST(RUNG_ENTRY)};

#define RUNG_KIND(name, word, text, kind) kind,
static const char *const rung_kinds[] = {PARLEY_RUNG_LIST(RUNG_KIND)};

#define FLAG_OF(name, word, flag, text) flag,
static const bool class_on_record[] = {PARLEY_CLASS_LIST(FLAG_OF)};
static const bool kind_published[] = {PARLEY_SOURCE_KIND_LIST(FLAG_OF)};

#define LIST(name, about, entries)                                                                 \
    {                                                                                              \
        name, about, entries, sizeof(entries) / sizeof *(entries)                                  \
    }

static const word_list all[PARLEY_WORDS_COUNT] = {
    [PARLEY_WORDS_ACT] = LIST("act", "what a speaker does with a claim", acts),
    [PARLEY_WORDS_FIRMNESS] = LIST("firmness", "how firmly a term is held", firmnesses),
    [PARLEY_WORDS_BASIS] = LIST("basis", "what a term rests on; follows from the source", bases),
    [PARLEY_WORDS_CLASS] = LIST("source class", "who is speaking in a claim's source", classes),
    [PARLEY_WORDS_ANSWER] = LIST("answer", "a party's answer to a proposal", answers),
    [PARLEY_WORDS_ROLE] = LIST("role", "what a party is in the process", roles),
    [PARLEY_WORDS_TABLE] = LIST("table", "whether a track is being talked about", tables),
    [PARLEY_WORDS_LIST] = LIST("list", "whether a list of conditions is the whole list", lists),
    [PARLEY_WORDS_MODE] = LIST("mode", "what a term says about a formula", modes),
    [PARLEY_WORDS_RUNG] = LIST("rung", "the reading ladder, from first to last", rungs),
    [PARLEY_WORDS_SOURCE_KIND] = LIST("source kind", "what a source is", source_kinds),
    [PARLEY_WORDS_CONSTITUENCY_KIND] =
        LIST("constituency kind", "whose consent a party needs at home", constituency_kinds),
    [PARLEY_WORDS_SAY] = LIST("say", "what a constituency's no does to the party", says),
    [PARLEY_WORDS_KEPT] = LIST("kept", "how far a promise is kept", kepts),
    [PARLEY_WORDS_LANGUAGE] =
        LIST("language", "whose forms of words a search counts as one", languages),
    [PARLEY_WORDS_LAW] = LIST("law", "what a flag is about; other words are allowed", laws),
    [PARLEY_WORDS_PURPOSE] = LIST("purpose", "what a candidate is a candidate for", purposes),
    [PARLEY_WORDS_ASPECT] = LIST("aspect", "what is said about a candidate or a lever", aspects),
    [PARLEY_WORDS_SIGN] = LIST("sign", "what an issue in another case does to one here", signs),
    [PARLEY_WORDS_MOMENT] =
        LIST("moment", "what makes a moment for talks, as a party sees it", moments),
    [PARLEY_WORDS_SIGHT] = LIST("sight", "whether a party sees it so", sights),
};

const char *parley_words_name(parley_word_list list)
{
    return list < PARLEY_WORDS_COUNT ? all[list].name : "";
}

const char *parley_words_about(parley_word_list list)
{
    return list < PARLEY_WORDS_COUNT ? all[list].about : "";
}

size_t parley_words_size(parley_word_list list)
{
    return list < PARLEY_WORDS_COUNT ? all[list].count : 0;
}

const char *parley_words_word(parley_word_list list, size_t i)
{
    return i < parley_words_size(list) ? all[list].entries[i].word : NULL;
}

const char *parley_words_meaning(parley_word_list list, size_t i)
{
    return i < parley_words_size(list) ? all[list].entries[i].meaning : NULL;
}

static char folded(char c)
{
    return c == ' ' || c == '_' ? '-' : c;
}

int parley_words_find(parley_word_list list, const char *word, size_t length)
{
    for (size_t i = 0; i < parley_words_size(list); i++) {
        const char *known = all[list].entries[i].word;
        size_t k = 0;
        if (length == 0 || strlen(known) != length) {
            continue;
        }
        while (k < length && known[k] == folded(word[k])) {
            k++;
        }
        if (k == length) {
            return (int)i;
        }
    }
    return -1;
}

bool parley_class_on_record(parley_class cls)
{
    return cls < PARLEY_CLASS_COUNT && class_on_record[cls];
}

bool parley_source_kind_published(parley_source_kind kind)
{
    return kind < PARLEY_SOURCE_KIND_COUNT && kind_published[kind];
}

const char *parley_rung_heading(parley_rung rung)
{
    return rung < PARLEY_RUNG_COUNT ? rungs[rung].meaning : "";
}

const char *parley_rung_kind(parley_rung rung)
{
    return rung < PARLEY_RUNG_COUNT ? rung_kinds[rung] : "";
}

parley_basis parley_rung_basis(parley_rung rung)
{
    switch (rung) {
    case PARLEY_RUNG_RULES:
        return PARLEY_BASIS_RULES;
    case PARLEY_RUNG_REPORTED:
        return PARLEY_BASIS_REPORTED;
    case PARLEY_RUNG_READINGS:
        return PARLEY_BASIS_READING;
    default:
        return PARLEY_BASIS_RECORD;
    }
}
