/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, words and enums of the text format; see text_format.h. */
#include "cleanup.h"
#include "text_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add_value(struct text_reader *reader, struct json_node *parent,
		     enum json_kind kind, const char *name, const char *text)
{
	return json_append(reader->tree, parent, kind, name, text) == NULL
		       ? complain_memory(reader->complaint)
		       : 0;
}

/* The word at hand as text of its own; "" where it is too long for any. */
struct word {
	char text[40];
};

static struct word take_word(struct text_reader *reader)
{
	struct word word = { .text = "" };
	size_t size = text_word(reader);

	if (size < sizeof(word.text)) {
		memcpy(word.text, reader->at, size);
	}
	reader->at += size;
	text_skip(reader);
	return word;
}

static const struct range {
	enum text_kind kind;
	uint64_t below; /* how far it goes below 0 */
	uint64_t most;
} ranges[] = {
	{ TEXT_INT32, 1ULL << 31, INT32_MAX },
	{ TEXT_UINT32, 0, UINT32_MAX },
	{ TEXT_INT64, 1ULL << 63, INT64_MAX },
	{ TEXT_UINT64, 0, UINT64_MAX },
};

/* Decimal, 0x hexadecimal, 0 octal: as C has them, whole. */
static bool read_digits(const char *text, uint64_t *ret)
{
	char *end = NULL;

	if (text[0] < '0' || text[0] > '9') {
		return false;
	}
	errno = 0;
	*ret = strtoull(text, &end, 0);
	return errno == 0 && *end == '\0';
}

static int take_number(struct text_reader *reader,
		       const struct text_field *field, struct json_node *parent)
{
	const char *at = reader->at;
	const struct range *range = ranges;
	bool negative = text_take(reader, '-');
	struct word word = take_word(reader);
	uint64_t number = 0;
	char text[24];

	while (range->kind != field->kind) {
		range++;
	}
	if (!read_digits(word.text, &number) ||
	    (reader->at < reader->end && *reader->at == '.')) {
		return text_fail(reader, at, "%s: a whole number is expected",
				 field->name);
	}
	if (number > (negative ? range->below : range->most)) {
		return text_fail(reader, at, "%s: is out of its range",
				 field->name);
	}
	(void)snprintf(text, sizeof(text), "%s%" PRIu64,
		       negative && number > 0 ? "-" : "", number);
	return add_value(reader, parent, JSON_LITERAL, field->name, text);
}

static bool is_one_of(const char *text, const char *const *words)
{
	while (*words != NULL && strcmp(*words, text) != 0) {
		words++;
	}
	return *words != NULL;
}

static int take_bool(struct text_reader *reader, const struct text_field *field,
		     struct json_node *parent)
{
	static const char *const yes[] = { "true", "True", "t", "1", NULL };
	static const char *const no[] = { "false", "False", "f", "0", NULL };
	const char *at = reader->at;
	struct word word = take_word(reader);

	if (is_one_of(word.text, yes)) {
		return add_value(reader, parent, JSON_LITERAL, field->name,
				 "true");
	}
	if (is_one_of(word.text, no)) {
		return add_value(reader, parent, JSON_LITERAL, field->name,
				 "false");
	}
	return text_fail(reader, at, "%s: true or false is expected",
			 field->name);
}

/* By its name, or by its number as well. */
static int take_enum(struct text_reader *reader, const struct text_field *field,
		     struct json_node *parent)
{
	const char *at = reader->at;
	struct word word = take_word(reader);
	uint64_t number = UINT64_MAX;

	(void)read_digits(word.text, &number);
	for (size_t i = 0; field->words[i] != NULL; i++) {
		if (i == number || strcmp(field->words[i], word.text) == 0) {
			return add_value(reader, parent, JSON_STRING,
					 field->name, field->words[i]);
		}
	}
	return text_fail(reader, at, "%s: is none of its values", field->name);
}

static int take_string(struct text_reader *reader,
		       const struct text_field *field, struct json_node *parent)
{
	_cleanup_(buffer_done) struct buffer buffer = BUFFER_INIT;
	int r = 0;

	if (reader->at == reader->end ||
	    (*reader->at != '"' && *reader->at != '\'')) {
		return text_fail(reader, reader->at,
				 "%s: text in quotes is expected", field->name);
	}
	r = text_literals(reader, &buffer);
	if (r < 0) {
		return r;
	}
	if (buffer_text(&buffer) == NULL) {
		return complain_memory(reader->complaint);
	}
	return add_value(reader, parent, JSON_STRING, field->name,
			 buffer_text(&buffer));
}

int text_value(struct text_reader *reader, const struct text_field *field,
	       struct json_node *parent)
{
	if (field->kind == TEXT_STRING || field->kind == TEXT_BYTES) {
		return take_string(reader, field, parent);
	}
	if (field->kind == TEXT_BOOL) {
		return take_bool(reader, field, parent);
	}
	return field->kind == TEXT_ENUM ? take_enum(reader, field, parent)
					: take_number(reader, field, parent);
}
