/* SPDX-License-Identifier: Apache-2.0 */
/* Builds a line in a buffer of fixed size. */
#include "spec/text.h"

#include "spec/utf8.h"

#include <stdio.h>

/* A value longer than this is cut in messages. */
#define QUOTED_MAX 96

void text_add_list(struct text *text, const char *format, va_list arguments)
{
	size_t room = text->size - text->used;
	int wanted;

	if (room <= 1) {
		return;
	}
	wanted = vsnprintf(text->buffer + text->used, room, format, arguments);
	if (wanted < 0) {
		text->buffer[text->used] = '\0';
		return;
	}
	text->used += (size_t)wanted < room ? (size_t)wanted : room - 1;
}

void text_add(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	text_add_list(text, format, arguments);
	va_end(arguments);
}

void text_add_position(struct text *text, const char *start, const char *at)
{
	size_t line = 1;
	size_t column = 1;

	for (const char *c = start; c < at; c++) {
		if (*c == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*c & 0xc0) != 0x80) {
			column++;
		}
	}
	text_add(text, "%zu:%zu: ", line, column);
}

static void add_byte_escaped(struct text *text, unsigned char byte)
{
	if (byte == '"' || byte == '\\') {
		text_add(text, "\\%c", byte);
	} else if (byte == '\n') {
		text_add(text, "\\n");
	} else {
		text_add(text, "\\x%02x", (unsigned int)byte);
	}
}

void text_add_quoted(struct text *text, const char *value, size_t size)
{
	const char *end = value + size;
	const char *stop = size > QUOTED_MAX ? value + QUOTED_MAX : end;
	const char *at = value;

	text_add(text, "\"");
	while (at < stop) {
		unsigned char byte = (unsigned char)*at;
		size_t length = utf8_length(at, end);

		if (length == 0 || byte < 0x20 || byte == 0x7f || byte == '"' ||
		    byte == '\\') {
			add_byte_escaped(text, byte);
			at++;
		} else {
			text_add(text, "%.*s", (int)length, at);
			at += length;
		}
	}
	text_add(text, at < end ? "...\"" : "\"");
}
