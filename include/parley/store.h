/*
 * parley/store.h: the case on disk.
 *
 * One file, `case.parley`, that an SQLite library of any make can open. It holds a journal to which
 * entries are only ever added, and tables that follow from the journal (projections), which can be
 * thrown away and made again. The file is NOT encrypted: whoever can read it can read everything in
 * it. It is made with mode 0600.
 *
 * The journal. Entry n has a kind, the entry it is about (or 0), the moment it was recorded, and a
 * commitment to its words; its hash covers these and the hash of entry n - 1. The words themselves
 * lie apart, with a salt, so that they can be destroyed: the chain still verifies, and shows that
 * something was destroyed, when, and nothing else. Exact bytes: docs/decisions/0015-journal.md.
 *
 * Writing. One writer, any number of readers. What parley_store_commit has acknowledged is on the
 * disk: rollback journal with synchronous=EXTRA, so that no power cut takes it back. Between two
 * commits a reader sees all of the first and nothing of the second. When nobody writes there is one
 * file and nothing beside it; it opens from media that cannot be written.
 *
 * Nothing in a file is trusted: a schema that is not exactly ours is refused before anything is
 * read from it, triggers and views do not run, sizes are bounded, every text is checked.
 *
 * Thread contract: a store belongs to one thread at a time.
 */
#ifndef PARLEY_STORE_H
#define PARLEY_STORE_H

#include <parley/case.h>
#include <parley/records.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLEY_STORE_FORMAT 4
#define PARLEY_STORE_HASH 32                /* bytes of a hash */
#define PARLEY_STORE_HASH_TEXT 65           /* hexadecimal, with the NUL */
#define PARLEY_STORE_WORDS_MOST (16u << 20) /* bytes of the words of one entry */
#define PARLEY_STORE_NOW INT64_MAX          /* for `by`: everything recorded so far */

/*
 * Kinds of entry. X(NAME, "word", "what it says"). `target` is the entry it is about, 0 for none;
 * the words of put and correct are a piece in canonical bytes (parley/records.h).
 */
#define PARLEY_ENTRY_KIND_LIST(X)                                                                  \
    X(BEGIN, "begin", "the journal begins; its words name the format and the file")                \
    X(IMPORT, "import", "what follows was read from a file; its words name it")                    \
    X(PUT, "put", "a new record, or a new member of the file's top")                               \
    X(CORRECT, "correct", "other words for the record that the target put there")                  \
    X(REMOVE, "remove", "the record that the target put there no longer holds; words: why")        \
    X(DESTROY, "destroy", "the words of the target were destroyed; words: why")                    \
    X(EXPORT, "export", "a product left for somebody; words: what, for whom, what was withheld")

typedef enum parley_entry_kind {
#define PARLEY_ENTRY_KIND_ENUM(name, word, text) PARLEY_ENTRY_##name,
    PARLEY_ENTRY_KIND_LIST(PARLEY_ENTRY_KIND_ENUM)
#undef PARLEY_ENTRY_KIND_ENUM
        PARLEY_ENTRY_KIND_COUNT
} parley_entry_kind;

/* The word of a kind; never NULL. */
PARLEY_API const char *parley_entry_kind_word(parley_entry_kind kind);

typedef struct parley_store parley_store;

typedef struct parley_store_options {
    int version;                /* 1 */
    bool write;                 /* false: only read */
    uint32_t wait_ms;           /* how long to wait for another program's lock */
    int64_t (*now)(void *user); /* microseconds since 1970-01-01 UTC; NULL: the system's clock */
    void *now_user;
} parley_store_options;

#define PARLEY_STORE_OPTIONS_INIT                                                                  \
    {                                                                                              \
        1, false, 5000, NULL, NULL                                                                 \
    }

/* ------------------------------------------------------------- open and close */

/*
 * Is this file meant as a case on disk? True when its first bytes are those of an SQLite file, or
 * when its name ends in .parley. False for what cannot be read.
 */
PARLEY_API bool parley_store_is(const char *path);

/*
 * Make a new file with mode 0600 and open it for writing. title may be NULL. CONFLICT (there is a
 * file of that name), IO, and as parley_store_open.
 */
PARLEY_API parley_status parley_store_create(parley_store **out, parley_ctx *ctx, const char *path,
                                             const char *title, const parley_store_options *options,
                                             parley_error *err) PARLEY_MUST_CHECK;

/*
 * Open a file. A write that was cut off by a crash is taken back first, which needs the right to
 * write. A file of an older format is read as it is; what is written to it first brings it up to
 * date, in the same transaction. NOTFOUND; INVALID (no SQLite file, not ours, a foreign schema, a
 * newer format, damaged); IO (locked by another program for longer than wait_ms, no right, the
 * disk); NOMEM; BACKEND.
 */
PARLEY_API parley_status parley_store_open(parley_store **out, parley_ctx *ctx, const char *path,
                                           const parley_store_options *options,
                                           parley_error *err) PARLEY_MUST_CHECK;

/* Takes back what was not committed and closes. Takes NULL. */
PARLEY_API void parley_store_close(parley_store *store);

PARLEY_API const char *parley_store_path(const parley_store *store);

/* ------------------------------------------------------------------- writing */

/*
 * Take the writer's lock and read the journal's end. All entries until the commit are recorded at
 * one moment: the clock's, or that of the last entry if the clock stands before it (the log gets a
 * warning). STATE (opened for reading, or a transaction is open), IO, ...
 */
PARLEY_API parley_status parley_store_begin(parley_store *store,
                                            parley_error *err) PARLEY_MUST_CHECK;

/*
 * Add an entry. Words of put and correct are read as a piece and kept in canonical bytes; those of
 * other kinds are any UTF-8 text without NUL. *seq (may be NULL) gets the entry's number, from 1.
 * STATE (no transaction); CONFLICT (put: there is such a record; correct, remove: the target holds
 * no longer, or is another record); NOTFOUND (no such target); SYNTAX, INVALID (the words); LIMIT.
 * After a failure the transaction is still open and unchanged. Whether the pieces make a case
 * together is not looked at: parley_store_case before the commit tells.
 */
PARLEY_API parley_status parley_store_add(parley_store *store, uint64_t *seq,
                                          parley_entry_kind kind, uint64_t target,
                                          const char *words, size_t length,
                                          parley_error *err) PARLEY_MUST_CHECK;

/*
 * Make the transaction durable. On PARLEY_OK everything is on the disk. Else the transaction is
 * over and nothing of it is in the journal; only when the very last sync failed (IO) may it have
 * reached the disk all the same, and then as a whole. Opening the file again shows which.
 */
PARLEY_API parley_status parley_store_commit(parley_store *store,
                                             parley_error *err) PARLEY_MUST_CHECK;
/* Forget the transaction. Nothing to do when there is none. */
PARLEY_API void parley_store_rollback(parley_store *store);

/*
 * Destroy the words of entries for good, within a transaction of its own: a destroy entry for each,
 * whose words say why. Only words that no longer hold can go (correct or remove the record first);
 * CONFLICT else, or when they are destroyed already. The bytes are overwritten in the file, and so
 * are the indexes made from them; copies of the file, backups, and what the disk keeps of old
 * blocks are out of reach.
 */
PARLEY_API parley_status parley_store_destroy(parley_store *store, const uint64_t *entries,
                                              size_t count, const char *why,
                                              parley_error *err) PARLEY_MUST_CHECK;

typedef struct parley_import_options {
    int version;      /* 1 */
    const char *from; /* name of the file, for the journal; NULL: none is told */
    bool replace;     /* remove what the case does not hold */
} parley_import_options;

#define PARLEY_IMPORT_OPTIONS_INIT                                                                 \
    {                                                                                              \
        1, NULL, false                                                                             \
    }

typedef struct parley_import_result {
    uint64_t added;
    uint64_t corrected;
    uint64_t removed;
    uint64_t unchanged;
} parley_import_result;

/*
 * Write a whole case into the journal, within the open transaction: every record and member of the
 * top becomes an entry, in file order. What is there already with the same words stays as it is;
 * what has the same id and other words is corrected. Records of lists have no id: those with other
 * words are new. Nothing is written when nothing differs.
 */
PARLEY_API parley_status parley_store_import(parley_import_result *out, parley_store *store,
                                             const parley_case *c,
                                             const parley_import_options *options,
                                             parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------------------------- reading */

typedef struct parley_entry {
    uint64_t seq;
    parley_entry_kind kind;
    uint64_t target;
    int64_t recorded;
    uint8_t commitment[PARLEY_STORE_HASH];
    uint8_t hash[PARLEY_STORE_HASH];
    const char *words; /* NULL: destroyed */
    size_t length;
} parley_entry;

/* The journal's end: of all of it, or of what was recorded by a moment. seq 0: nothing was. */
typedef struct parley_head {
    uint64_t seq;
    int64_t recorded;
    uint8_t hash[PARLEY_STORE_HASH];
} parley_head;

PARLEY_API parley_status parley_store_head(parley_head *out, parley_store *store, int64_t by,
                                           parley_error *err) PARLEY_MUST_CHECK;

/* The last microsecond of the last day a date may mean (UTC); open dates give PARLEY_STORE_NOW. */
PARLEY_API int64_t parley_store_end_of(parley_date date);

/* A moment as `2025-03-14 09:26:53` (UTC). Needs 40 bytes. */
PARLEY_API void parley_store_time_text(int64_t recorded, char out[40]);

/* Lower-case hexadecimal. */
PARLEY_API void parley_store_hash_text(const uint8_t hash[PARLEY_STORE_HASH],
                                       char out[PARLEY_STORE_HASH_TEXT]);
/* False when it is not 64 hexadecimal digits. */
PARLEY_API bool parley_store_hash_parse(uint8_t out[PARLEY_STORE_HASH], const char *text);

/* Entries from `first` on, in order; borrowed until visit returns. False stops. */
PARLEY_API parley_status parley_store_each(parley_store *store, uint64_t first,
                                           bool (*visit)(void *user, const parley_entry *entry),
                                           void *user, parley_error *err) PARLEY_MUST_CHECK;

/*
 * The case as it was recorded by a moment, as a text that any reader of case files takes; with the
 * chain up to there, and the commitment of every piece in it, checked on the way. recorded (may be
 * NULL) gets `*count` rows for parley_case_set_recorded, made in the arena. head (may be NULL) gets
 * the end of that prefix. NOTFOUND (nothing was recorded by then), INVALID (the journal is
 * damaged), LIMIT. O(entries + bytes).
 */
PARLEY_API parley_status parley_store_text(parley_store *store, int64_t by, parley_text *out,
                                           parley_arena *arena, const parley_recorded **recorded,
                                           size_t *count, parley_head *head,
                                           parley_error *err) PARLEY_MUST_CHECK;

/* The same, read as a case (parley_case_read) under the file's name. head may be NULL. */
PARLEY_API parley_status parley_store_case(parley_case **out, parley_store *store, int64_t by,
                                           const parley_case_options *options,
                                           parley_diagnostics *diagnostics, parley_head *head,
                                           parley_error *err) PARLEY_MUST_CHECK;

/*
 * The entry that put the record of a section with this id, if it still holds: the target of a
 * correction. Sees what the open transaction added. NOTFOUND. O(log records).
 */
PARLEY_API parley_status parley_store_find(uint64_t *seq, parley_store *store, const char *section,
                                           const char *id, parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------------------------- a part */

/*
 * What a part of the case is asked about: claims by a party and about an issue (either may be
 * NULL), claims whose `about` is a text (a proposal, a concern), and claims by their ids. Names
 * that are not there add nothing.
 */
typedef struct parley_part {
    int version; /* 1 */
    const char *party;
    const char *issue;
    const char *about;
    const char *const *ids;
    size_t id_count;
    bool referrers; /* also those that name a claim of `ids` */
    bool bare;      /* only what the claims need to be read, not what decides what they mean */
    bool terms;     /* also every claim that shares a term with one of them, as options say */
    const parley_terms_options *options; /* NULL: the defaults; used with `terms` */
} parley_part;

#define PARLEY_PART_INIT                                                                           \
    {                                                                                              \
        1, NULL, NULL, NULL, NULL, 0, false, false, false, NULL                                    \
    }

/*
 * The case as it is now, without the claims that have no bearing on those asked about: all other
 * records; the claims they name; the claims asked about; those that these repeat, replace or are
 * about, and those that replace them, and so on; what the same speakers said about the same issues,
 * since it decides what moved; and the claim that says up to which day the case is known. So the
 * moves to the claims asked about, and whether they are in force, are those of the whole case.
 * Claims stand in the order of the whole case; their numbers are other ones. Of the journal only
 * the last entry's link is checked, and every word that is read. head (may be NULL) gets the
 * journal's end. As parley_store_case. O(records that are no claims + claims read, with a
 * logarithm); of a file of an old format, everything.
 */
PARLEY_API parley_status parley_store_part(parley_case **out, parley_store *store,
                                           const parley_part *part,
                                           const parley_case_options *options,
                                           parley_diagnostics *diagnostics, parley_head *head,
                                           parley_error *err) PARLEY_MUST_CHECK;

/* Does a record of this section with this id hold? */
PARLEY_API parley_status parley_store_has(bool *out, parley_store *store, const char *section,
                                          const char *id, parley_error *err) PARLEY_MUST_CHECK;
/* Where a record that holds stands in the journal. */
typedef struct parley_place {
    uint64_t seq;     /* the entry that put it there */
    uint64_t last;    /* the one with its present words */
    char section[40]; /* "" for a member of the file's top */
} parley_place;

/*
 * Records that hold by their id, in one section or (NULL) in all, in the order of the journal. out
 * has room for `room` of them; *count tells how many there are.
 */
PARLEY_API parley_status parley_store_places(parley_place *out, size_t room, size_t *count,
                                             parley_store *store, const char *section,
                                             const char *id, parley_error *err) PARLEY_MUST_CHECK;
/* The same for record number 1, 2, ... of a section. *count: records of it. O(number). */
PARLEY_API parley_status parley_store_nth(parley_place *out, uint64_t *count, parley_store *store,
                                          const char *section, uint64_t number,
                                          parley_error *err) PARLEY_MUST_CHECK;
/*
 * A free id for a claim: the commonest letter among the ids that are a letter and a number, and the
 * number behind the highest with that letter; the numbers behind it are free too. Needs 24 bytes.
 * STATE for a file of an old format; within parley_store_begin there is none.
 */
PARLEY_API parley_status parley_store_free_id(char out[24], parley_store *store,
                                              parley_error *err) PARLEY_MUST_CHECK;
/* Do more claims hold than so many? O(least). */
PARLEY_API parley_status parley_store_more_claims(bool *out, parley_store *store, uint64_t least,
                                                  parley_error *err) PARLEY_MUST_CHECK;

/* -------------------------------------------------------------------- claims */

/*
 * The claims on disk, read as they are asked for; release with parley_store_claims_free before the
 * store. Indexes of parties, issues, sources and so on are those of the case in `frame` (the case
 * without claims and what leans on them), which lives as long as the claims; indexes of claims are
 * row numbers. Claims have no place in a file (span). They show the journal's end at the moment of
 * the call and do not follow later entries. NOMEM, and as parley_store_text.
 */
typedef struct parley_store_claims parley_store_claims;

PARLEY_API parley_status parley_store_claims_new(parley_store_claims **out, parley_store *store,
                                                 parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_store_claims_free(parley_store_claims *claims);
PARLEY_API parley_claims parley_store_claims_of(parley_store_claims *claims);
PARLEY_API const parley_case *parley_store_claims_frame(const parley_store_claims *claims);

/* -------------------------------------------------------------------- verify */

typedef struct parley_verify_result {
    uint64_t entries;
    uint64_t destroyed; /* entries whose words were destroyed, by a destroy entry */
    uint64_t records;   /* that hold now */
    int64_t first;      /* recorded */
    int64_t last;
    parley_head head;
    bool head_asked;     /* a head was given */
    uint64_t head_entry; /* the entry with that hash; 0: there is none */
    uint64_t faults;     /* told, in the diagnostics and beyond their bound */
} parley_verify_result;

/*
 * Check everything: the file's pages, every byte of the journal, and every projection by making it
 * again from the journal in memory and comparing. head (NULL: none) is a hash that was noted
 * earlier; it must be that of some entry, else the end of the journal was cut off, or replaced.
 * Faults are told as diagnostics of severity error; the status is PARLEY_OK as long as the checks
 * could be made, whatever they found. O(n log n).
 */
PARLEY_API parley_status parley_store_verify(parley_verify_result *out, parley_store *store,
                                             const uint8_t *head, parley_diagnostics *diagnostics,
                                             parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
