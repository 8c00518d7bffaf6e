/* SPDX-License-Identifier: Apache-2.0 */
/* Text that grows; see buffer.h. */
#include "buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BYTES 256

void buffer_done(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer)BUFFER_INIT;
}

/* Room for @more bytes and a NUL. */
static bool reserve(struct buffer *buffer, size_t more)
{
	size_t size = buffer->size == 0 ? FIRST_BYTES : buffer->size;
	char *grown = NULL;

	if (buffer->failed || more > SIZE_MAX / 4) {
		buffer->failed = true;
		return false;
	}
	while (size - buffer->used <= more) {
		size *= 2;
	}
	if (size == buffer->size) {
		return true;
	}
	grown = realloc(buffer->data, size);
	if (grown == NULL) {
		buffer->failed = true;
		return false;
	}
	buffer->data = grown;
	buffer->size = size;
	return true;
}

void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t size)
{
	if (size == 0 || !reserve(buffer, size)) {
		return;
	}
	memcpy(buffer->data + buffer->used, bytes, size);
	buffer->used += size;
	buffer->data[buffer->used] = '\0';
}

void buffer_add(struct buffer *buffer, const char *text)
{
	buffer_add_bytes(buffer, text, strlen(text));
}

void buffer_addf(struct buffer *buffer, const char *format, ...)
{
	char *text = NULL;
	va_list arguments;
	int size = 0;

	va_start(arguments, format);
	size = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (size < 0) {
		buffer->failed = true;
		return;
	}
	buffer_add_bytes(buffer, text, (size_t)size);
	free(text);
}

static void add_escaped(struct buffer *buffer, char character)
{
	static const char characters[] = "\"\\\b\f\n\r\t";
	static const char letters[] = "\"\\bfnrt";
	const char *found = strchr(characters, character);

	if (found != NULL) {
		buffer_addf(buffer, "\\%c", letters[found - characters]);
	} else if ((unsigned char)character < 0x20 || character == 0x7f) {
		buffer_addf(buffer, "\\u%04x",
			    (unsigned int)(unsigned char)character);
	} else {
		buffer_add_bytes(buffer, &character, 1);
	}
}

void buffer_add_quoted(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, "\"");
	for (const char *c = text; *c != '\0'; c++) {
		add_escaped(buffer, *c);
	}
	buffer_add(buffer, "\"");
}

const char *buffer_text(const struct buffer *buffer)
{
	if (buffer->failed) {
		return NULL;
	}
	return buffer->data == NULL ? "" : buffer->data;
}
