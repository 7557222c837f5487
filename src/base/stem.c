/*
 * Forms of a word brought to one: the stemmers of the Snowball project (M. F. Porter, "An algorithm
 * for suffix stripping", Program 14(3), 1980, and its successors), through libstemmer, which is
 * hidden here. The library allocates on its own: a few kilobytes a stemmer, not counted by the
 * context.
 */
#include <parley/base.h>

#include <libstemmer.h>
#include <string.h>

#define WORD_MOST 256u /* bytes; a longer word is its own stem */

struct parley_stemmer {
    parley_ctx *ctx;
    struct sb_stemmer *stemmer;
};

parley_status parley_stemmer_new(parley_stemmer **out, parley_ctx *ctx, const char *language,
                                 parley_error *err)
{
    *out = NULL;
    bool known = false;
    for (const char **name = sb_stemmer_list(); *name != NULL; name++) {
        known = known || strcmp(*name, language) == 0;
    }
    if (!known) {
        return parley_fail(err, PARLEY_NOTFOUND, "no stemmer is called '%.40s'", language);
    }
    parley_stemmer *s = parley_alloc(ctx, sizeof(*s));
    if (s == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a stemmer");
    }
    s->ctx = ctx;
    s->stemmer = sb_stemmer_new(language, "UTF_8");
    if (s->stemmer == NULL) {
        parley_release(ctx, s, sizeof(*s));
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a stemmer");
    }
    *out = s;
    return PARLEY_OK;
}

void parley_stemmer_free(parley_stemmer *s)
{
    if (s != NULL) {
        sb_stemmer_delete(s->stemmer);
        parley_release(s->ctx, s, sizeof(*s));
    }
}

const char *parley_stem(parley_stemmer *s, const char *word, size_t length, size_t *stem)
{
    *stem = length;
    if (length > WORD_MOST) {
        return word;
    }
    const sb_symbol *found =
        sb_stemmer_stem(s->stemmer, (const sb_symbol *)(const void *)word, (int)length);
    if (found == NULL) {
        return NULL;
    }
    *stem = (size_t)sb_stemmer_length(s->stemmer);
    return (const char *)(const void *)found;
}
