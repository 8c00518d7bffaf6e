/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as base64 text and back. */
#include "spec/base64.h"

#include <errno.h>

static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int digit_value(char digit)
{
	if (digit >= 'A' && digit <= 'Z') {
		return digit - 'A';
	}
	if (digit >= 'a' && digit <= 'z') {
		return digit - 'a' + 26;
	}
	if (digit >= '0' && digit <= '9') {
		return digit - '0' + 52;
	}
	if (digit == '+' || digit == '-') {
		return 62;
	}
	if (digit == '/' || digit == '_') {
		return 63;
	}
	return -1;
}

/* Size without the padding; 0 with a wrong padding of a non-empty text. */
static size_t unpadded_size(const char *text, size_t size)
{
	size_t padding = 0;

	while (padding < size && padding < 2 &&
	       text[size - padding - 1] == '=') {
		padding++;
	}
	if (padding > 0 && size % 4 != 0) {
		return 0;
	}
	return size - padding;
}

int base64_decode(const char *text, size_t size, uint8_t *out, size_t *ret_size)
{
	size_t digits = unpadded_size(text, size);
	size_t written = 0;
	uint32_t pending = 0;
	unsigned int bits = 0;

	if ((digits == 0 && size > 0) || digits % 4 == 1) {
		return -EINVAL;
	}
	for (size_t i = 0; i < digits; i++) {
		int value = digit_value(text[i]);

		if (value < 0) {
			return -EINVAL;
		}
		pending = pending << 6 | (uint32_t)value;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			out[written++] = (uint8_t)(pending >> bits);
			pending &= (1U << bits) - 1;
		}
	}
	if (pending != 0) {
		return -EINVAL;
	}
	*ret_size = written;
	return 0;
}

void base64_encode(const uint8_t *bytes, size_t size, char *out)
{
	for (size_t i = 0; i < size; i += 3) {
		size_t left = size - i;
		uint32_t group = (uint32_t)bytes[i] << 16;

		group |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
		group |= left > 2 ? (uint32_t)bytes[i + 2] : 0;
		*out++ = alphabet[group >> 18];
		*out++ = alphabet[group >> 12 & 63];
		*out++ = left > 1 ? alphabet[group >> 6 & 63] : '=';
		*out++ = left > 2 ? alphabet[group & 63] : '=';
	}
}
