/*
 * What the files of the room "base" share among themselves: the UTF-8 decoder, the lengths of
 * formatted output, and a way to mark a text as failed. Nothing outside src/base includes this.
 */
#ifndef PARLEY_BASE_INTERNAL_H
#define PARLEY_BASE_INTERNAL_H

#include "parley/base.h"

/* What base_utf8_next returns for bytes that are not UTF-8. */
#define BASE_UTF8_BAD UINT32_MAX

/*
 * The code point at *at (which must be < length), moving *at behind it. Ill-formed bytes give
 * BASE_UTF8_BAD, once for each maximal subpart, as the Unicode standard (section 3.9) recommends.
 */
uint32_t base_utf8_next(const char *s, size_t length, size_t *at);

/* The text fails with status from now on, unless it has failed already. */
void base_text_fail(parley_text *text, parley_status status);

/* Puts length bytes of s into out as snprintf would: cut to fit size, NUL at the end. Gives length.
 */
size_t base_emit(char *out, size_t size, const char *s, size_t length);

#endif
