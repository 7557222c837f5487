/*
 * What is hashed, byte for byte (docs/decisions/0015-journal.md): BLAKE2b with 32 bytes of output
 * (RFC 7693), from libsodium.
 *
 * An entry is hashed as seven lines of plain text, so that a shell and b2sum can do it too.
 */
#include "store/store_internal.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char words_mark[] = "parley payload 1\n";

parley_status store_hash_start(parley_error *err)
{
    return sodium_init() >= 0
               ? PARLEY_OK
               : parley_fail(err, PARLEY_BACKEND, "libsodium could not start: no random bytes");
}

void store_random(uint8_t *out, size_t size)
{
    randombytes_buf(out, size);
}

void parley_store_hash_text(const uint8_t hash[PARLEY_STORE_HASH], char out[PARLEY_STORE_HASH_TEXT])
{
    sodium_bin2hex(out, PARLEY_STORE_HASH_TEXT, hash, PARLEY_STORE_HASH);
}

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool parley_store_hash_parse(uint8_t out[PARLEY_STORE_HASH], const char *text)
{
    if (strlen(text) != PARLEY_STORE_HASH_TEXT - 1) {
        return false;
    }
    for (size_t i = 0; i < PARLEY_STORE_HASH; i++) {
        int high = digit(text[2 * i]);
        int low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

void store_commit_words(uint8_t out[PARLEY_STORE_HASH], const uint8_t salt[STORE_SALT],
                        const char *words, size_t length)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, PARLEY_STORE_HASH);
    crypto_generichash_update(&state, (const unsigned char *)words_mark, sizeof(words_mark) - 1);
    crypto_generichash_update(&state, salt, STORE_SALT);
    crypto_generichash_update(&state, (const unsigned char *)words, length);
    crypto_generichash_final(&state, out, PARLEY_STORE_HASH);
}

void store_hash_entry(uint8_t out[PARLEY_STORE_HASH], const parley_entry *entry,
                      const uint8_t previous[PARLEY_STORE_HASH])
{
    char text[400];
    char commitment[PARLEY_STORE_HASH_TEXT];
    char before[PARLEY_STORE_HASH_TEXT];
    parley_store_hash_text(entry->commitment, commitment);
    parley_store_hash_text(previous, before);
    int n = snprintf(text, sizeof(text),
                     "parley entry 1\nseq %" PRIu64 "\nkind %s\ntarget %" PRIu64
                     "\nrecorded %" PRId64 "\ncommitment %s\nprevious %s\n",
                     entry->seq, parley_entry_kind_word(entry->kind), entry->target,
                     entry->recorded, commitment, before);
    PARLEY_ASSERT(n > 0 && (size_t)n < sizeof(text));
    crypto_generichash(out, PARLEY_STORE_HASH, (const unsigned char *)text, (unsigned long long)n,
                       NULL, 0);
}
