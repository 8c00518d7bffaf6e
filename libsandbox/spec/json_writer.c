/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON text. */
#include "spec/json_writer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(struct json_writer *writer, size_t more)
{
	size_t size = writer->size == 0 ? 256 : writer->size;
	char *grown;

	if (writer->failed) {
		return false;
	}
	if (writer->size - writer->used > more) {
		return true;
	}
	while (size - writer->used <= more) {
		if (size > SIZE_MAX / 2) {
			writer->failed = true;
			return false;
		}
		size *= 2;
	}
	grown = realloc(writer->buffer, size);
	writer->failed = grown == NULL;
	if (grown != NULL) {
		writer->buffer = grown;
		writer->size = size;
	}
	return !writer->failed;
}

static void add(struct json_writer *writer, const char *text, size_t size)
{
	if (reserve(writer, size)) {
		memcpy(writer->buffer + writer->used, text, size);
		writer->used += size;
		writer->buffer[writer->used] = '\0';
	}
}

static void add_text(struct json_writer *writer, const char *text)
{
	add(writer, text, strlen(text));
}

static void new_line(struct json_writer *writer)
{
	if (!writer->indent) {
		return;
	}
	add_text(writer, "\n");
	for (unsigned int i = 0; i < writer->depth; i++) {
		add_text(writer, "  ");
	}
}

/* What stands between one element and the next. */
static void begin_element(struct json_writer *writer)
{
	if (writer->after_key || writer->depth == 0) {
		writer->after_key = false;
		return;
	}
	if (writer->filled[writer->depth - 1]) {
		add_text(writer, ",");
	}
	writer->filled[writer->depth - 1] = true;
	new_line(writer);
}

void json_write_open(struct json_writer *writer, char bracket)
{
	begin_element(writer);
	add(writer, &bracket, 1);
	if (writer->depth == JSON_WRITER_DEPTH) {
		writer->failed = true;
		return;
	}
	writer->filled[writer->depth++] = false;
}

void json_write_close(struct json_writer *writer, char bracket)
{
	if (writer->depth == 0) {
		writer->failed = true;
		return;
	}
	writer->depth--;
	if (writer->filled[writer->depth]) {
		new_line(writer);
	}
	add(writer, &bracket, 1);
}

/* The letter after the backslash, or NUL if there is no short escape. */
static char short_escape(char c)
{
	static const char characters[] = "\"\\\b\f\n\r\t";
	static const char letters[] = "\"\\bfnrt";
	const char *found = c == '\0' ? NULL : strchr(characters, c);

	return found == NULL ? '\0' : letters[found - characters];
}

static void add_quoted(struct json_writer *writer, const char *text,
		       size_t size)
{
	add_text(writer, "\"");
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];
		char escape[8] = { '\\', short_escape(text[i]) };

		if (escape[1] != '\0') {
			add(writer, escape, 2);
		} else if (c < 0x20 || c == 0x7f) {
			(void)snprintf(escape, sizeof(escape), "\\u%04x",
				       (unsigned int)c);
			add_text(writer, escape);
		} else {
			add(writer, &text[i], 1);
		}
	}
	add_text(writer, "\"");
}

void json_write_key(struct json_writer *writer, const char *key)
{
	begin_element(writer);
	add_quoted(writer, key, strlen(key));
	add_text(writer, writer->indent ? ": " : ":");
	writer->after_key = true;
}

void json_write_string(struct json_writer *writer, const char *text,
		       size_t size)
{
	begin_element(writer);
	add_quoted(writer, text, size);
}

void json_write_word(struct json_writer *writer, const char *word)
{
	begin_element(writer);
	add_text(writer, word);
}

void json_write_integer(struct json_writer *writer, uint64_t value,
			bool is_signed, bool quoted)
{
	const char *quote = quoted ? "\"" : "";
	char digits[32];

	if (is_signed) {
		(void)snprintf(digits, sizeof(digits), "%s%" PRId64 "%s", quote,
			       (int64_t)value, quote);
	} else {
		(void)snprintf(digits, sizeof(digits), "%s%" PRIu64 "%s", quote,
			       value, quote);
	}
	json_write_word(writer, digits);
}

int json_writer_done(struct json_writer *writer, int result, char **ret_text)
{
	if (result == 0 && writer->failed) {
		result = -ENOMEM;
	}
	if (result < 0) {
		free(writer->buffer);
		return result;
	}
	*ret_text = writer->buffer;
	return 0;
}
