/* SPDX-License-Identifier: Apache-2.0 */
/* Text in quotes, with escapes as in C; see text_format.h. */
#include "text_reader.h"

#include <string.h>

/* Up to @most digits of the base at hand; how many there were. */
static size_t take_digits(struct text_reader *reader, uint32_t base,
			  size_t most, uint32_t *ret)
{
	static const char digits[] = "0123456789abcdef";
	size_t count = 0;

	*ret = 0;
	while (count < most && reader->at < reader->end) {
		char c = *reader->at;
		const char *found = NULL;

		if (c >= 'A' && c <= 'F') {
			c = (char)(c - 'A' + 'a');
		}
		found = c == '\0' ? NULL : memchr(digits, c, base);
		if (found == NULL) {
			break;
		}
		*ret = *ret * base + (uint32_t)(found - digits);
		reader->at++;
		count++;
	}
	return count;
}

static void add_rune(struct buffer *buffer, uint32_t rune)
{
	char bytes[4];
	size_t size = 0;

	if (rune < 0x80) {
		bytes[size++] = (char)rune;
	} else if (rune < 0x800) {
		bytes[size++] = (char)(0xc0 | rune >> 6);
	} else if (rune < 0x10000) {
		bytes[size++] = (char)(0xe0 | rune >> 12);
	} else {
		bytes[size++] = (char)(0xf0 | rune >> 18);
		bytes[size++] = (char)(0x80 | (rune >> 12 & 0x3f));
	}
	if (rune >= 0x800) {
		bytes[size++] = (char)(0x80 | (rune >> 6 & 0x3f));
	}
	if (rune >= 0x80) {
		bytes[size++] = (char)(0x80 | (rune & 0x3f));
	}
	buffer_add_bytes(buffer, bytes, size);
}

/* \uXXXX, \UXXXXXXXX: a character that is no half of a pair. */
static int take_rune(struct text_reader *reader, size_t digits,
		     struct buffer *ret)
{
	const char *at = reader->at - 2;
	uint32_t rune = 0;

	if (take_digits(reader, 16, digits, &rune) != digits || rune == 0 ||
	    rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) {
		return text_fail(reader, at, "is no character");
	}
	add_rune(ret, rune);
	return 0;
}

/* A byte by its number: \xHH, \OOO. */
static int take_byte(struct text_reader *reader, uint32_t base, size_t most,
		     struct buffer *ret)
{
	const char *at = reader->at;
	uint32_t byte = 0;
	char text = 0;

	if (take_digits(reader, base, most, &byte) == 0 || byte == 0 ||
	    byte > 255) {
		return text_fail(reader, at, "is no byte from 1 to 255");
	}
	text = (char)byte;
	buffer_add_bytes(ret, &text, 1);
	return 0;
}

/* What is behind a backslash. */
static int take_escape(struct text_reader *reader, struct buffer *ret)
{
	static const char names[] = "abfnrtv\\'\"?";
	static const char values[] = "\a\b\f\n\r\t\v\\'\"?";
	const char *found = NULL;

	if (reader->at == reader->end) {
		return text_fail(reader, reader->at, "the text has no end");
	}
	if (*reader->at >= '0' && *reader->at <= '7') {
		return take_byte(reader, 8, 3, ret);
	}
	found = *reader->at == '\0' ? NULL : strchr(names, *reader->at);
	reader->at++;
	if (found != NULL) {
		buffer_add_bytes(ret, values + (found - names), 1);
		return 0;
	}
	switch (reader->at[-1]) {
	case 'x':
	case 'X':
		return take_byte(reader, 16, 2, ret);
	case 'u':
		return take_rune(reader, 4, ret);
	case 'U':
		return take_rune(reader, 8, ret);
	default:
		return text_fail(reader, reader->at - 2,
				 "there is no such escape");
	}
}

static int take_literal(struct text_reader *reader, struct buffer *ret)
{
	const char *start = reader->at;
	char quote = *reader->at++;
	int r = 0;

	while (r == 0 && reader->at < reader->end && *reader->at != quote) {
		if (*reader->at == '\n' || *reader->at == '\0') {
			break;
		}
		if (*reader->at != '\\') {
			buffer_add_bytes(ret, reader->at++, 1);
			continue;
		}
		reader->at++;
		r = take_escape(reader, ret);
	}
	if (r == 0 && !text_take(reader, quote)) {
		r = text_fail(reader, start, "the text has no end on its line");
	}
	return r;
}

int text_literals(struct text_reader *reader, struct buffer *ret)
{
	int r = 0;

	while (r == 0 && reader->at < reader->end &&
	       (*reader->at == '"' || *reader->at == '\'')) {
		r = take_literal(reader, ret);
	}
	return r;
}
