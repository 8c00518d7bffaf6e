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

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static size_t skip_blanks(const char *text, size_t size, size_t at)
{
	while (at < size && is_blank(text[at])) {
		at++;
	}
	return at;
}

bool text_same_words(const char *one, size_t one_size, const char *other,
		     size_t other_size)
{
	size_t i = skip_blanks(one, one_size, 0);
	size_t j = skip_blanks(other, other_size, 0);

	while (i < one_size && j < other_size) {
		bool ends = is_blank(one[i]);

		if (ends != is_blank(other[j]) ||
		    (!ends && one[i] != other[j])) {
			return false;
		}
		i = ends ? skip_blanks(one, one_size, i) : i + 1;
		j = ends ? skip_blanks(other, other_size, j) : j + 1;
	}
	return skip_blanks(one, one_size, i) == one_size &&
	       skip_blanks(other, other_size, j) == other_size;
}

void text_add_signed(struct text *text, int64_t number)
{
	if (number < 0) {
		text_add(text, "-");
	}
	text_add_number(text,
			number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}
