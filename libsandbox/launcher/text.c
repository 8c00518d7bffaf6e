/* SPDX-License-Identifier: Apache-2.0 */
/* Strings and memory without a C library; see text.h. */
#include "launcher/text.h"

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */
void *memcpy(void *to, const void *from, size_t size)
{
	unsigned char *target = to;
	const unsigned char *source = from;

	for (size_t i = 0; i < size; i++) {
		target[i] = source[i];
	}
	return to;
}

void *memmove(void *to, const void *from, size_t size)
{
	unsigned char *target = to;
	const unsigned char *source = from;

	if (target <= source) {
		return memcpy(to, from, size);
	}
	for (size_t i = size; i > 0; i--) {
		target[i - 1] = source[i - 1];
	}
	return to;
}

void *memset(void *to, int byte, size_t size)
{
	unsigned char *target = to;

	for (size_t i = 0; i < size; i++) {
		target[i] = (unsigned char)byte;
	}
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *left = a;
	const unsigned char *right = b;

	for (size_t i = 0; i < size; i++) {
		if (left[i] != right[i]) {
			return left[i] < right[i] ? -1 : 1;
		}
	}
	return 0;
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

size_t text_length(const char *text)
{
	size_t length = 0;

	while (text[length] != '\0') {
		length++;
	}
	return length;
}

void text_add_bytes(struct text *text, const char *part, size_t size)
{
	if (text->full || size >= text->capacity - text->length) {
		text->full = true;
		return;
	}
	memcpy(text->buffer + text->length, part, size);
	text->length += size;
	text->buffer[text->length] = '\0';
}

void text_add(struct text *text, const char *part)
{
	text_add_bytes(text, part, text_length(part));
}

static void add_in_base(struct text *text, uint64_t number, uint64_t base)
{
	char digits[24];
	size_t first = sizeof(digits);

	do {
		first--;
		digits[first] = (char)('0' + number % base);
		number /= base;
	} while (number != 0);
	text_add_bytes(text, digits + first, sizeof(digits) - first);
}

void text_add_number(struct text *text, uint64_t number)
{
	add_in_base(text, number, 10);
}

void text_add_octal(struct text *text, uint32_t number)
{
	add_in_base(text, number, 8);
}
