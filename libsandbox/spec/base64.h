/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 of RFC 4648: reads both alphabets, writes the standard one. */
#ifndef SANDBOX_SPEC_BASE64_H
#define SANDBOX_SPEC_BASE64_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that @size characters decode to at most. */
#define BASE64_DECODED_MAX(size) ((size) / 4 * 3 + 3)

/* Characters that @size bytes encode to. */
#define BASE64_ENCODED_SIZE(size) (((size) + 2) / 3 * 4)

/*
 * Padding may be left out; when it is there it is right, and unused bits are
 * zero, so that one value has one spelling in each alphabet.
 * Return: 0, or -EINVAL.
 */
int base64_decode(const char *text, size_t size, uint8_t *out,
		  size_t *ret_size);

/* Writes BASE64_ENCODED_SIZE(size) characters and no terminator. */
void base64_encode(const uint8_t *bytes, size_t size, char *out);

#endif
