/*
 * Inside the room "store": one SQLite connection with its statements, the journal's hashes, and the
 * walk over the journal that reading, rebuilding and verifying share.
 */
#ifndef PARLEY_STORE_INTERNAL_H
#define PARLEY_STORE_INTERNAL_H

#include <parley/store.h>
#include <sqlite3.h>

enum {
    STORE_APPLICATION_ID = 0x5041524C, /* "PARL" */
    STORE_SALT = 32,
    STORE_ENTRIES_MOST = INT32_MAX, /* entries of one journal */
};

/* ---- sql.c: a connection, its statements, and what their failures mean ---- */

/* X(NAME, text); prepared when first used. */
#define STORE_STATEMENTS(X)                                                                        \
    X(ENTRY_ADD, "INSERT INTO entry VALUES(?1,?2,?3,?4,?5,?6)")                                    \
    X(ENTRY_GET, "SELECT seq,kind,target,recorded,commitment,hash FROM entry WHERE seq=?1")        \
    X(ENTRY_LAST,                                                                                  \
      "SELECT seq,kind,target,recorded,commitment,hash FROM entry ORDER BY seq DESC LIMIT 1")      \
    X(ENTRY_EACH,                                                                                  \
      "SELECT seq,kind,target,recorded,commitment,hash FROM entry WHERE seq>=?1 ORDER BY seq")     \
    X(ENTRY_DESTROYER, "SELECT 1 FROM entry WHERE kind='destroy' AND target=?1 LIMIT 1")           \
    X(EXPORT_EACH, "SELECT seq FROM entry WHERE kind='export' AND seq>=?1 ORDER BY seq")           \
    X(WORDS_ADD, "INSERT INTO payload VALUES(?1,?2,?3)")                                           \
    X(WORDS_GET, "SELECT e.recorded,e.commitment,p.salt,p.bytes FROM entry e LEFT JOIN payload p " \
                 "ON p.seq=e.seq WHERE e.seq=?1")                                                  \
    X(RECORD_WORDS,                                                                                \
      "SELECT e.recorded,e.commitment,p.salt,p.bytes,r.last,r.section,r.id FROM record r JOIN "    \
      "entry e ON e.seq=r.last LEFT JOIN payload p ON p.seq=r.last WHERE r.seq=?1")                \
    X(WORDS_DROP, "DELETE FROM payload WHERE seq=?1")                                              \
    X(RECORD_ADD, "INSERT INTO record VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)")                         \
    X(RECORD_GET, "SELECT seq,last,section,id FROM record WHERE seq=?1")                           \
    X(RECORD_FIND, "SELECT seq,last FROM record WHERE section=?1 AND id=?2")                       \
    X(RECORD_SAME,                                                                                 \
      "SELECT r.seq FROM record r JOIN payload p ON p.seq=r.last WHERE r.section=?1 AND r.id IS "  \
      "NULL AND p.bytes=?2 ORDER BY r.seq")                                                        \
    X(RECORD_ANY, "SELECT seq FROM record WHERE section=?1 LIMIT 1")                               \
    X(RECORD_DROP, "DELETE FROM record WHERE seq=?1")                                              \
    X(LINK_FIND, "SELECT seq FROM link WHERE field=?1 AND word=?2 ORDER BY seq")                   \
    X(LINK_ADD, "INSERT OR IGNORE INTO link VALUES(?1,?2,?3)")                                     \
    X(LINK_DROP, "DELETE FROM link WHERE field=?1 AND word=?2 AND seq=?3")                         \
    X(TEXT_ADD, "INSERT INTO words(rowid,text) VALUES(?1,?2)")                                     \
    X(TEXT_DROP, "INSERT INTO words(words,rowid,text) VALUES('delete',?1,?2)")                     \
    X(TEXT_HAS, "SELECT 1 FROM words WHERE words MATCH ?1 LIMIT 1")                                \
    X(WORD_ADD, "INSERT OR IGNORE INTO word VALUES(?1)")                                           \
    X(WORD_DROP, "DELETE FROM word WHERE word=?1")                                                 \
    X(SAID_FIND, "SELECT seq FROM said WHERE speaker=?1 AND names&?2=?2 ORDER BY seq")             \
    X(SAID_ADD, "INSERT INTO said VALUES(?1,?2,?3) ON CONFLICT DO UPDATE SET names=names|?3")      \
    X(SAID_DROP, "DELETE FROM said WHERE speaker=?1 AND seq=?2")                                   \
    X(CLAIMED_GET, "SELECT bits FROM claimed WHERE block=?1")                                      \
    X(CLAIMED_PUT, "INSERT OR REPLACE INTO claimed VALUES(?1,?2)")                                 \
    X(CLAIMED_DROP, "DELETE FROM claimed WHERE block=?1")                                          \
    X(TEXT_CLEAN, "INSERT INTO words(words) VALUES('optimize')")

typedef enum store_statement {
#define STORE_STATEMENT_ENUM(name, text) STORE_##name,
    STORE_STATEMENTS(STORE_STATEMENT_ENUM)
#undef STORE_STATEMENT_ENUM
        STORE_STATEMENT_COUNT
} store_statement;

typedef struct store_db {
    parley_ctx *ctx;
    sqlite3 *db;
    int64_t format;   /* of what is projected: fewer links before STORE_LINKS_FORMAT */
    const char *name; /* for messages; borrowed */
    sqlite3_stmt *statement[STORE_STATEMENT_COUNT];
} store_db;

/* Flags of sqlite3_open_v2. On failure *out holds nothing. */
parley_status store_db_open(store_db *out, parley_ctx *ctx, const char *path, const char *name,
                            int flags, uint32_t wait_ms, parley_error *err) PARLEY_MUST_CHECK;
void store_db_close(store_db *d);

/* What the last call's failure means: status and message. `doing`: "reading", "writing". */
parley_status store_fail(store_db *d, int code, const char *doing, parley_error *err);
/* Several statements without results. */
parley_status store_exec(store_db *d, const char *sql, parley_error *err) PARLEY_MUST_CHECK;
/* One number. */
parley_status store_number(store_db *d, const char *sql, int64_t *out,
                           parley_error *err) PARLEY_MUST_CHECK;
/* A statement of the list, reset and without bindings. */
parley_status store_use(store_db *d, sqlite3_stmt **out, store_statement which,
                        parley_error *err) PARLEY_MUST_CHECK;
parley_status store_prepare(store_db *d, sqlite3_stmt **out, const char *sql,
                            parley_error *err) PARLEY_MUST_CHECK;
/* *row: there is one. */
parley_status store_step(store_db *d, sqlite3_stmt *s, bool *row,
                         parley_error *err) PARLEY_MUST_CHECK;
/* For statements without rows. */
parley_status store_run(store_db *d, sqlite3_stmt *s, parley_error *err) PARLEY_MUST_CHECK;
void store_bind_text(sqlite3_stmt *s, int at, const char *text); /* NULL binds NULL */
/* A text or blob of a row; false: of another type. */
bool store_text(sqlite3_stmt *s, int column, const char **out, size_t *length);
bool store_blob(sqlite3_stmt *s, int column, const void **out, size_t *length);
bool store_integer(sqlite3_stmt *s, int column, int64_t *out);

/* ---- schema.c: tables, formats, migrations ---- */

/* Bring an empty (0) or older file to a later format, within the caller's transaction. */
parley_status store_migrate(store_db *d, int64_t from, int64_t to,
                            parley_error *err) PARLEY_MUST_CHECK;
/* Refuse a schema that is not exactly ours, as it is in a format. INVALID. */
parley_status store_check_schema(store_db *d, int64_t format, parley_error *err) PARLEY_MUST_CHECK;
/* An empty store in memory, for rebuilding projections. */
parley_status store_db_memory(store_db *out, parley_ctx *ctx, int64_t format,
                              parley_error *err) PARLEY_MUST_CHECK;

/* ---- hash.c ---- */

/* Start the library of hashes and random bytes. BACKEND. */
parley_status store_hash_start(parley_error *err) PARLEY_MUST_CHECK;
void store_random(uint8_t *out, size_t size);
void store_commit_words(uint8_t out[PARLEY_STORE_HASH], const uint8_t salt[STORE_SALT],
                        const char *words, size_t length);
/* The hash of an entry (its `hash` is not looked at) behind one with hash `previous`. */
void store_hash_entry(uint8_t out[PARLEY_STORE_HASH], const parley_entry *entry,
                      const uint8_t previous[PARLEY_STORE_HASH]);

/* ---- journal.c ---- */

struct parley_store {
    store_db d;
    parley_ctx *ctx;
    char *path;
    size_t path_size;
    bool write;
    uint32_t wait_ms; /* for locks of others */
    bool open;        /* a write transaction is */
    int64_t format;   /* of the file: older than ours until the first change is written */
    int64_t begun;    /* what it was when the transaction began */
    int64_t (*now)(void *user);
    void *now_user;
    int64_t recorded; /* of the open transaction */
    parley_head head; /* with what the open transaction has added */
};

/* An entry from a row of ENTRY_*; words NULL. False: a column is not what it must be. */
bool store_read_entry(sqlite3_stmt *s, parley_entry *out);
/* The words of an entry, borrowed from the statement that read them. */
typedef struct store_words {
    bool there; /* else they were destroyed, or are missing */
    bool fit;   /* they are those of the commitment */
    const char *at;
    size_t length;
    int64_t recorded;
} store_words;

/* INVALID for what cannot be words at all; whether they fit is the caller's to judge. */
parley_status store_read_words(store_db *d, uint64_t seq, store_words *out,
                               parley_error *err) PARLEY_MUST_CHECK;
/* The same for words that must be there and fit. */
parley_status store_need_words(store_db *d, uint64_t seq, store_words *out,
                               parley_error *err) PARLEY_MUST_CHECK;
/* The same for the present words of the record that entry `seq` put there; *last: their entry. The
 * statement RECORD_WORDS stands on its row, with section and id in columns 5 and 6. */
parley_status store_record_words(store_db *d, uint64_t seq, uint32_t *last, store_words *out,
                                 parley_error *err) PARLEY_MUST_CHECK;
parley_status store_damaged(store_db *d, parley_error *err, const char *format, ...)
    PARLEY_PRINTF(3, 4);
/* Add an entry whose words are read already (put and correct), or none to read (piece NULL). */
parley_status store_add_piece(parley_store *store, uint64_t *seq, parley_entry_kind kind,
                              uint64_t target, const parley_piece *piece,
                              parley_error *err) PARLEY_MUST_CHECK;
/* A read transaction, unless one is open; *own tells whether store_end_read has to end it. */
parley_status store_begin_read(parley_store *store, bool *own, parley_error *err) PARLEY_MUST_CHECK;
void store_end_read(parley_store *store, bool own);

/* ---- open.c ---- */

/*
 * Did a reader stand before a change that was cut off, and is it worth trying again? The library
 * also says so when a writer finished, and its journal went, between two looks of the reader. Takes
 * the change back where the file may be written, else waits a little. tried: how often this was
 * asked.
 */
bool store_take_back(parley_store *store, uint32_t tried);

/* ---- walk.c: over the whole journal, or a prefix of it ---- */

typedef struct store_held {
    uint32_t last; /* entry with the present words of the record put here; 0: none, or removed */
    bool gone;     /* a destroy entry names it */
} store_held;

/* What holds at the end. */
typedef struct store_walk {
    parley_ctx *ctx;
    store_held *at; /* by number of entry, from 0 */
    size_t room;
    parley_head head;
    int64_t first; /* recorded */
    uint64_t destroyed;
    uint64_t entries; /* of the prefix */
} store_walk;

/* Tells a fault; returns false to stop. */
typedef bool (*store_fault_fn)(void *user, const char *message);

/*
 * Walk entries recorded by a moment; chain, order and targets are checked. visit (may be NULL) sees
 * every entry. Without fault the first fault is an error of status INVALID.
 */
parley_status store_walk_make(store_walk *out, parley_store *store, int64_t by,
                              bool (*visit)(void *user, const parley_entry *entry),
                              store_fault_fn fault, void *user,
                              parley_error *err) PARLEY_MUST_CHECK;
void store_walk_drop(store_walk *walk);

/* ---- tree.c: pieces put together to the text of a case ---- */

typedef struct store_tree store_tree;

parley_status store_tree_new(store_tree **out, parley_store *store,
                             parley_error *err) PARLEY_MUST_CHECK;
void store_tree_free(store_tree *tree);
/* A piece behind those that are there; sections stand in the order in which they were added. */
parley_status store_tree_add(store_tree *tree, const store_words *words, uint64_t entry,
                             parley_error *err) PARLEY_MUST_CHECK;
/* Empty a section, which keeps its place; one that is not there gets the next. */
parley_status store_tree_clear(store_tree *tree, const char *key,
                               parley_error *err) PARLEY_MUST_CHECK;
bool store_tree_has(const store_tree *tree, const char *key);
parley_status store_tree_join(store_tree *tree, parley_text *out,
                              parley_error *err) PARLEY_MUST_CHECK;
/* Only sections whose records may name claims: enough to find these. */
parley_status store_tree_naming(const store_tree *tree, parley_text *out,
                                parley_error *err) PARLEY_MUST_CHECK;
/* When each piece of the joined text was recorded. */
parley_status store_tree_times(const store_tree *tree, parley_arena *arena,
                               const parley_recorded **out, size_t *count,
                               parley_error *err) PARLEY_MUST_CHECK;

/* ---- project.c: tables that follow from what holds ---- */

/*
 * Links from words to records: who says so; names in formulas; claims it replaces, claims it
 * repeats; the last day on which it is known to have happened or to have been learned, as ten
 * digits; its source, when the day it was learned follows from that; its id, where that is a letter
 * and a number, with nine digits.
 */
enum {
    STORE_LINK_SPEAKER = 1,
    STORE_LINK_NAME,
    STORE_LINK_REPLACES,
    STORE_LINK_REPEATS,
    STORE_LINK_KNOWN,
    STORE_LINK_SOURCE,
    STORE_LINK_NUMBER
};

/* The first formats whose files have all of these; and the tables `word`, `claimed`, `said`. */
enum { STORE_LINKS_FORMAT = 3, STORE_SEARCH_FORMAT = 4 };

/* Links of every claim that is there, for a file of a format that had fewer. */
parley_status store_link_again(store_db *d, parley_error *err) PARLEY_MUST_CHECK;
/*
 * A speaker as a number of 32 bits, and a name as three of the bits 0 to 62 (fewer where they
 * coincide). Others may have the same: what is found by them is looked at again.
 */
int64_t store_speaker_number(const char *speaker);
int64_t store_name_bits(const char *name);

/* ---- claimed.c: which entries put a claim there that holds ---- */

#define STORE_CLAIMS_EACH                                                                          \
    "SELECT seq FROM record INDEXED BY record_section WHERE section='claims' ORDER BY seq"

parley_status store_claimed_set(store_db *d, uint64_t seq, bool holds,
                                parley_error *err) PARLEY_MUST_CHECK;
/* From the records, for a file of a format that had no such table. */
parley_status store_claimed_again(store_db *d, parley_error *err) PARLEY_MUST_CHECK;

/* ---- vocabulary.c: words that occur, each once ---- */

/* Words parted by blanks are in the index from now on; or a record that had them is out of it. */
parley_status store_vocabulary_keep(store_db *d, const char *folded, bool added,
                                    parley_error *err) PARLEY_MUST_CHECK;
parley_status store_vocabulary_again(store_db *d, parley_error *err) PARLEY_MUST_CHECK;
/* A statement that gives, in order, the words that begin with a character of `length` bytes. */
parley_status store_vocabulary_from(store_db *d, sqlite3_stmt **out, const char *first,
                                    size_t length, parley_error *err) PARLEY_MUST_CHECK;

/* ---- project.c again ---- */

/* Section and id of a piece; a member of the top has no section, and its key for an id. */
void store_bind_key(sqlite3_stmt *s, int at, const parley_piece *piece);
parley_status store_project(store_db *d, uint64_t seq, uint64_t last, const parley_piece *piece,
                            parley_error *err) PARLEY_MUST_CHECK;
parley_status store_unproject(store_db *d, uint64_t seq, const parley_piece *piece,
                              parley_error *err) PARLEY_MUST_CHECK;

#endif
