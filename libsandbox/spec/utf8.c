/* SPDX-License-Identifier: Apache-2.0 */
/* Checks and makes UTF-8 sequences. */
#include "spec/utf8.h"

#include "base/array.h"

/* One row a form of sequence: lead byte, and the least value it may hold. */
static const struct form {
	unsigned char lead;
	unsigned char mask;
	uint32_t least;
} forms[] = {
	{ 0x00, 0x80, 0x0 },
	{ 0xc0, 0xe0, 0x80 },
	{ 0xe0, 0xf0, 0x800 },
	{ 0xf0, 0xf8, 0x10000 },
};

#define CODE_MAX 0x10ffffU

static bool is_code(uint32_t code)
{
	return code <= CODE_MAX && (code < 0xd800 || code > 0xdfff);
}

static size_t form_length(unsigned char lead)
{
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		if ((lead & forms[i].mask) == forms[i].lead) {
			return i + 1;
		}
	}
	return 0;
}

size_t utf8_length(const char *at, const char *end)
{
	const unsigned char *bytes = (const unsigned char *)at;
	size_t length;
	uint32_t code;

	if (at >= end) {
		return 0;
	}
	length = form_length(bytes[0]);
	if (length == 0 || (size_t)(end - at) < length) {
		return 0;
	}
	code = bytes[0] & (unsigned char)~forms[length - 1].mask;
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80) {
			return 0;
		}
		code = code << 6 | (bytes[i] & 0x3fU);
	}
	if (code < forms[length - 1].least || !is_code(code)) {
		return 0;
	}
	return length;
}

bool utf8_is_text(const void *bytes, size_t size)
{
	const char *at = bytes;
	const char *end = at + size;

	while (at < end) {
		size_t length = utf8_length(at, end);

		if (length == 0 || *at == '\0') {
			return false;
		}
		at += length;
	}
	return true;
}

size_t utf8_encode(uint32_t code, char out[4])
{
	size_t length = ARRAY_SIZE(forms);

	while (length > 1 && code < forms[length - 1].least) {
		length--;
	}
	for (size_t i = length - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	out[0] = (char)(forms[length - 1].lead | code);
	return length;
}
