/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 as RFC 3629 has it: no surrogates, no overlong forms. */
#ifndef SANDBOX_SPEC_UTF8_H
#define SANDBOX_SPEC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the sequence that begins at @at; 0 if it is none. */
size_t utf8_length(const char *at, const char *end);

/* Whether all of it is UTF-8 and no byte of it is NUL. */
bool utf8_is_text(const void *bytes, size_t size);

/* Writes the sequence of @code, which is valid; its number of bytes. */
size_t utf8_encode(uint32_t code, char out[4]);

#endif
