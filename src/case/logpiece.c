/*
 * A line that was understood, as the piece of a case file that says the same.
 */
#include <parley/logline.h>

#include <string.h>

static void put_text(parley_text *out, const char *text, size_t length)
{
    parley_text_puts(out, "\"");
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            parley_text_add(out, "\\", 1);
            parley_text_add(out, &text[i], 1);
        } else if (c < 0x20 || c == 0x7f) {
            parley_text_printf(out, "\\x%02X", c);
        } else {
            parley_text_add(out, &text[i], 1);
        }
    }
    parley_text_puts(out, "\"");
}

static void put_member(parley_text *out, const char *key, const char *value)
{
    if (value != NULL) {
        parley_text_printf(out, ", %s: ", key);
        put_text(out, value, strlen(value));
    }
}

/* "a, b" or "a;b" as a list; one as itself. */
static void put_list(parley_text *out, const char *key, const char *value)
{
    if (value == NULL || strpbrk(value, ",;") == NULL) {
        put_member(out, key, value);
        return;
    }
    bool first = true;
    parley_text_printf(out, ", %s: [", key);
    while (*value != '\0') {
        value += strspn(value, " ,;");
        size_t length = strcspn(value, ",;");
        size_t size = length;
        while (size > 0 && value[size - 1] == ' ') {
            size--;
        }
        if (size > 0) {
            parley_text_puts(out, first ? "" : ", ");
            put_text(out, value, size);
            first = false;
        }
        value += length;
    }
    parley_text_puts(out, "]");
}

static bool is_list(const char *key)
{
    return strcmp(key, "repeats") == 0 || strcmp(key, "replaces") == 0 ||
           strcmp(key, "chain") == 0 || strcmp(key, "label") == 0;
}

/* A date stands as it is, for what reads it by its looks; anything else in quotes. */
static void put_date(parley_text *out, const char *key, const char *value)
{
    parley_date date;
    if (parley_date_parse(&date, value, strlen(value), NULL) == PARLEY_OK) {
        parley_text_printf(out, ", %s: %s", key, value);
    } else {
        put_member(out, key, value);
    }
}

void parley_log_piece(parley_text *out, const parley_logged *claim)
{
    parley_text_puts(out, "claims:\n  ");
    put_text(out, claim->id, strlen(claim->id));
    parley_text_puts(out, ": {date: ");
    parley_text_puts(out, claim->date);
    put_list(out, "by", claim->by);
    put_list(out, "to", claim->to);
    put_member(out, "act", claim->act);
    put_member(out, "about", claim->about);
    if (claim->condition_count > 0) {
        parley_text_puts(out, ", if: [");
        for (uint32_t i = 0; i < claim->condition_count; i++) {
            parley_text_puts(out, i > 0 ? ", " : "");
            put_text(out, claim->conditions[i], strlen(claim->conditions[i]));
        }
        parley_text_puts(out, "]");
    }
    put_member(out, "says", claim->says);
    put_member(out, "source", claim->source);
    put_member(out, "class", claim->cls);
    for (uint32_t i = 0; i < claim->keys; i++) {
        if (is_list(claim->key[i])) {
            put_list(out, claim->key[i], claim->value[i]);
        } else if (strcmp(claim->key[i], "learned") == 0) {
            put_date(out, "learned", claim->value[i]);
        } else {
            put_member(out, claim->key[i], claim->value[i]);
        }
    }
    for (uint32_t i = 0; i < claim->as_typed_count; i++) {
        parley_text_puts(out, i == 0 ? ", as-typed: [" : ", ");
        put_text(out, claim->as_typed[i], strlen(claim->as_typed[i]));
    }
    parley_text_puts(out, claim->as_typed_count > 0 ? "]}\n" : "}\n");
}
