/*
 * parley/exports.h: the export log: what left, for whom, what was withheld, and the hash of it.
 *
 * For a case on disk an export is an entry of kind `export` in its journal. For a case file the log
 * is a file beside it, `talks.yaml.exports`: text, mode 0600, only ever added to. Either way an
 * export is the same few lines of text (docs/decisions/0023-the-one-gate.md). The log is the team's
 * and stands in no product.
 *
 * Order of writing. The caller writes the product beside its place and syncs it, adds it to the
 * log, and only then puts it in place. What is in place is always in the log. When putting it in
 * place fails after all, parley_exports_withdraw says so in the log.
 */
#ifndef PARLEY_EXPORTS_H
#define PARLEY_EXPORTS_H

#include <parley/audience.h>
#include <parley/store.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLEY_EXPORTS_ENDING ".exports"

/* Records of one section that were withheld: ids, or numbers where records have none. */
typedef struct parley_export_section {
    const char *section;
    parley_texts which;
} parley_export_section;

/* Of a case that a link leads to, and that the product shows something of. */
typedef struct parley_export_linked {
    const char *file;     /* as the link has it */
    const char *audience; /* as whom it was read: "ru", "public" */
    uint64_t records;     /* that stood in its copy */
    const parley_export_section *withheld;
    uint32_t withheld_count;
    parley_texts members;
} parley_export_linked;

typedef struct parley_export {
    uint64_t number;       /* of the entry, or of the block in the file beside, from 1 */
    int64_t when;          /* microseconds since 1970-01-01 UTC */
    uint64_t target;       /* 0; else this block says that export `target` was not put in place */
    uint64_t seen;         /* the last entry of the journal it was made from; 0: a case file */
    const char *verb;      /* "brief" */
    const char *form;      /* "text", "html", "json", "yaml", "csv" ... */
    const char *audience;  /* "team", "public", "ru" ... */
    const char *recipient; /* who got it */
    const char *as_of;     /* as typed; NULL: not given */
    const char *recorded_as_of; /* likewise */
    uint64_t bytes;
    uint8_t hash[PARLEY_STORE_HASH]; /* BLAKE2b with 32 bytes of output, of the product's bytes */
    uint64_t records;                /* that stood in the copy it was made from */
    const parley_export_section *withheld;
    uint32_t withheld_count;
    parley_texts members; /* of the file's top that were withheld: "mandate" */
    const parley_export_linked
        *linked; /* other cases of which something is withheld, or could be */
    uint32_t linked_count;
} parley_export;

/* BLAKE2b with 32 bytes of output and no key, as b2sum -l 256 gives it. BACKEND. */
PARLEY_API parley_status parley_exports_hash(uint8_t out[PARLEY_STORE_HASH], const void *bytes,
                                             size_t length, parley_error *err) PARLEY_MUST_CHECK;

/* What a view withholds, as a log wants it; made in the arena. NOMEM. */
PARLEY_API parley_status parley_exports_withheld(parley_export *out, const parley_view *view,
                                                 parley_arena *arena,
                                                 parley_error *err) PARLEY_MUST_CHECK;

/*
 * Open the log of a case: its journal, or the file beside it. Nothing is made yet; a log that could
 * not be written is told now: NOTFOUND (no such case), INVALID (no case on disk, or what stands
 * beside the case is no plain file of this user's, as a link is not, or no log), IO (no right, the
 * disk), NOMEM. With write false only to read: a missing file beside is an empty log.
 */
typedef struct parley_exports parley_exports;
PARLEY_API parley_status parley_exports_open(parley_exports **out, parley_ctx *ctx,
                                             const char *case_path, bool write,
                                             const parley_store_options *options,
                                             parley_error *err) PARLEY_MUST_CHECK;
/* Takes NULL. */
PARLEY_API void parley_exports_close(parley_exports *log);

/* Name of the file that holds the log. */
PARLEY_API const char *parley_exports_path(const parley_exports *log);

/*
 * Add one, durably; number and when are the log's to say, and what is given for them does not
 * matter. On failure the log is as it was. INVALID (a text with a line end), IO, LIMIT, NOMEM.
 */
PARLEY_API parley_status parley_exports_add(parley_exports *log, const parley_export *what,
                                            uint64_t *number, parley_error *err) PARLEY_MUST_CHECK;
/* Say that export `number` was not put in place after all, and why. */
PARLEY_API parley_status parley_exports_withdraw(parley_exports *log, uint64_t number,
                                                 const char *why,
                                                 parley_error *err) PARLEY_MUST_CHECK;

/*
 * Every export in order, read into the arena; *out and *count list them. What is wrong about a file
 * beside (a block that was changed, or cut off) is told in `diagnostics` and the rest is read.
 * Blocks with a target stand in the list too. INVALID (a damaged journal), LIMIT, IO, NOMEM.
 */
PARLEY_API parley_status parley_exports_read(parley_exports *log, parley_arena *arena,
                                             const parley_export **out, size_t *count,
                                             parley_diagnostics *diagnostics,
                                             parley_error *err) PARLEY_MUST_CHECK;

/* Is the record withheld from it? id NULL: by its number in the section. */
PARLEY_API bool parley_export_withholds(const parley_export *e, const char *section, const char *id,
                                        uint64_t number);

#ifdef __cplusplus
}
#endif
#endif
