/* SPDX-License-Identifier: Apache-2.0 */
/* Fields and messages of the text format; see text_format.h. */
#include "text_format.h"

#include "text_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int text_fail(struct text_reader *reader, const char *at, const char *fault,
	      ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, fault);
	(void)vsnprintf(text, sizeof(text), fault, arguments);
	va_end(arguments);
	return complain_at(reader->complaint, reader->start, at, text);
}

void text_skip(struct text_reader *reader)
{
	bool comment = false;

	for (; reader->at < reader->end; reader->at++) {
		char c = *reader->at;

		if (comment) {
			comment = c != '\n';
		} else if (c == '#') {
			comment = true;
		} else if (c == '\0' || strchr(" \t\r\n\v\f", c) == NULL) {
			return;
		}
	}
}

bool text_take(struct text_reader *reader, char character)
{
	if (reader->at == reader->end || *reader->at != character) {
		return false;
	}
	reader->at++;
	text_skip(reader);
	return true;
}

size_t text_word(const struct text_reader *reader)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	size_t size = 0;

	while (reader->at + size < reader->end && reader->at[size] != '\0' &&
	       strchr(letters, reader->at[size]) != NULL) {
		size++;
	}
	return size;
}

/* Messages are as deep as the schema is, which has no cycle. */
/* NOLINTBEGIN(misc-no-recursion) */
static int read_fields(struct text_reader *reader,
		       const struct text_field *message,
		       struct json_node *object, char close);

/* "{ ... }" or "< ... >". */
static int read_message(struct text_reader *reader,
			const struct text_field *field,
			struct json_node *parent)
{
	struct json_node *object = NULL;
	char close = '}';

	if (!text_take(reader, '{')) {
		close = '>';
		if (!text_take(reader, '<')) {
			return text_fail(reader, reader->at,
					 "%s: a message is expected, { or <",
					 field->name);
		}
	}
	object = json_append(reader->tree, parent, JSON_OBJECT, field->name,
			     NULL);
	if (object == NULL) {
		return complain_memory(reader->complaint);
	}
	return read_fields(reader, field->message, object, close);
}

static int read_one(struct text_reader *reader, const struct text_field *field,
		    struct json_node *parent)
{
	return field->kind == TEXT_MESSAGE ? read_message(reader, field, parent)
					   : text_value(reader, field, parent);
}

/* What is behind "[": values with commas between them. */
static int read_list(struct text_reader *reader, const struct text_field *field,
		     struct json_node *parent)
{
	int r = 0;

	if (text_take(reader, ']')) {
		return 0;
	}
	do {
		r = read_one(reader, field, parent);
	} while (r == 0 && text_take(reader, ','));
	if (r == 0 && !text_take(reader, ']')) {
		r = text_fail(reader, reader->at,
			      "%s: , or ] is expected in a list", field->name);
	}
	return r;
}

static const struct text_field *find_field(const struct text_field *message,
					   const char *name, size_t size)
{
	while (message->name != NULL &&
	       (strlen(message->name) != size ||
		strncmp(message->name, name, size) != 0)) {
		message++;
	}
	return message->name == NULL ? NULL : message;
}

static int read_field(struct text_reader *reader,
		      const struct text_field *message,
		      struct json_node *object)
{
	const char *name = reader->at;
	size_t size = text_word(reader);
	const struct text_field *field = NULL;

	if (size == 0) {
		return text_fail(reader, name,
				 "the name of a field is expected");
	}
	field = find_field(message, name, size);
	if (field == NULL) {
		return text_fail(reader, name,
				 "there is no field \"%.*s\" here",
				 (int)(size > 60 ? 60 : size), name);
	}
	if (!field->repeated && json_member(object, field->name) != NULL) {
		return text_fail(reader, name, "%s: is given twice",
				 field->name);
	}
	reader->at += size;
	text_skip(reader);
	if (!text_take(reader, ':') && field->kind != TEXT_MESSAGE) {
		return text_fail(reader, reader->at, "%s: a colon is expected",
				 field->name);
	}
	return field->repeated && text_take(reader, '[')
		       ? read_list(reader, field, object)
		       : read_one(reader, field, object);
}

/* Up to @close, or for NUL up to the end of the text. */
static int read_fields(struct text_reader *reader,
		       const struct text_field *message,
		       struct json_node *object, char close)
{
	const char *start = reader->at;
	int r = 0;

	while (r == 0 && reader->at < reader->end &&
	       (close == '\0' || *reader->at != close)) {
		r = read_field(reader, message, object);
		/* One separator, if any, behind each field. */
		if (r == 0 && !text_take(reader, ';')) {
			(void)text_take(reader, ',');
		}
	}
	if (r == 0 && close != '\0' && !text_take(reader, close)) {
		r = text_fail(reader, start, "the message has no end");
	}
	return r;
}

/* NOLINTEND(misc-no-recursion) */

int text_format_parse(struct json_tree *tree, const struct text_field *message,
		      const char *text, size_t size,
		      struct complaint *complaint)
{
	struct text_reader reader = {
		.tree = tree,
		.start = text,
		.at = text,
		.end = text + size,
		.complaint = complaint,
	};
	struct json_node *root =
		json_append(tree, NULL, JSON_OBJECT, NULL, NULL);

	if (root == NULL) {
		return complain_memory(complaint);
	}
	text_skip(&reader);
	return read_fields(&reader, message, root, '\0');
}
