/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON text into a tree; see json_tree.h. */
#include "cleanup.h"
#include "json_tree.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#define LEVELS_MAX  32
#define MEMBERS_MAX 1024

struct reader {
	struct json_tree *tree;
	const char *start;
	const char *at;
	const char *end;
	struct json_node *open; /* the innermost object or array */
	unsigned int levels;
	const char *counted; /* up to where lines are counted */
	size_t line;
	struct complaint *complaint;
};

static int fail_at(struct reader *reader, const char *at, const char *fault)
{
	return complain_at(reader->complaint, reader->start, at, fault);
}

static int fail(struct reader *reader, const char *fault)
{
	return fail_at(reader, reader->at, fault);
}

static void skip_space(struct reader *reader)
{
	while (reader->at < reader->end && *reader->at != '\0' &&
	       strchr(" \t\r\n", *reader->at) != NULL) {
		reader->at++;
	}
}

static bool take(struct reader *reader, char character)
{
	if (reader->at == reader->end || *reader->at != character) {
		return false;
	}
	reader->at++;
	return true;
}

static int hex_value(char digit)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = NULL;

	if (digit >= 'A' && digit <= 'F') {
		digit = (char)(digit - 'A' + 'a');
	}
	found = digit == '\0' ? NULL : strchr(digits, digit);
	return found == NULL ? -1 : (int)(found - digits);
}

/* The four digits of a \u escape. */
static int read_unit(struct reader *reader, uint32_t *ret)
{
	*ret = 0;
	for (int i = 0; i < 4; i++) {
		int value =
			reader->at < reader->end ? hex_value(*reader->at) : -1;

		if (value < 0) {
			return fail(reader, "\\u without four hex digits");
		}
		*ret = *ret * 16 + (uint32_t)value;
		reader->at++;
	}
	return 0;
}

static bool is_surrogate(uint32_t unit, uint32_t first)
{
	return unit >= first && unit < first + 0x400;
}

/* What stands behind \u, with its second half where it has one. */
static int read_code_point(struct reader *reader, uint32_t *ret)
{
	const char *start = reader->at;
	uint32_t low = 0;
	int r = read_unit(reader, ret);

	if (r < 0) {
		return r;
	}
	if (*ret == 0) {
		return fail_at(reader, start, "a NUL character");
	}
	if (is_surrogate(*ret, 0xdc00)) {
		return fail_at(reader, start, "half of a surrogate pair");
	}
	if (!is_surrogate(*ret, 0xd800)) {
		return 0;
	}
	if (!take(reader, '\\') || !take(reader, 'u')) {
		return fail_at(reader, start, "half of a surrogate pair");
	}
	r = read_unit(reader, &low);
	if (r == 0 && !is_surrogate(low, 0xdc00)) {
		return fail_at(reader, start, "half of a surrogate pair");
	}
	*ret = 0x10000 + (*ret - 0xd800) * 0x400 + (low - 0xdc00);
	return r;
}

static void add_code_point(struct buffer *text, uint32_t code)
{
	static const struct form {
		uint32_t below;
		uint8_t mark;
	} forms[] = { { 0x80, 0 },
		      { 0x800, 0xc0 },
		      { 0x10000, 0xe0 },
		      { 0x110000, 0xf0 } };
	unsigned char bytes[ARRAY_SIZE(forms)];
	size_t more = 0;

	while (code >= forms[more].below) {
		more++;
	}
	for (size_t i = more; i > 0; i--) {
		bytes[i] = (unsigned char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	bytes[0] = (unsigned char)(forms[more].mark | code);
	buffer_add_bytes(text, bytes, more + 1);
}

/* What stands behind a backslash. */
static int read_escape(struct reader *reader, struct buffer *text)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char characters[] = "\"\\/\b\f\n\r\t";
	const char *found = NULL;
	uint32_t code = 0;
	int r = 0;

	if (take(reader, 'u')) {
		r = read_code_point(reader, &code);
		if (r == 0) {
			add_code_point(text, code);
		}
		return r;
	}
	if (reader->at < reader->end && *reader->at != '\0') {
		found = strchr(letters, *reader->at);
	}
	if (found == NULL) {
		return fail(reader, "an unknown escape");
	}
	buffer_add_bytes(text, &characters[found - letters], 1);
	reader->at++;
	return 0;
}

/* A string, from its opening quote to behind its closing one. */
static int read_string(struct reader *reader, struct buffer *text)
{
	const char *start = reader->at;
	int r = 0;

	if (!take(reader, '"')) {
		return fail(reader, "a string was expected");
	}
	while (r == 0 && !take(reader, '"')) {
		if (reader->at == reader->end) {
			return fail_at(reader, start, "a string without end");
		}
		if ((unsigned char)*reader->at < 0x20) {
			return fail(reader, "a control character in a string");
		}
		if (take(reader, '\\')) {
			r = read_escape(reader, text);
		} else {
			buffer_add_bytes(text, reader->at++, 1);
		}
	}
	return r;
}

static int add_node(struct reader *reader, enum json_kind kind,
		    const char *name, const char *text)
{
	struct json_node *node =
		json_append(reader->tree, reader->open, kind, name, text);

	if (node == NULL) {
		return complain_memory(reader->complaint);
	}
	for (; reader->counted < reader->at; reader->counted++) {
		reader->line += *reader->counted == '\n' ? 1 : 0;
	}
	node->line = reader->line;
	if (kind == JSON_OBJECT || kind == JSON_ARRAY) {
		if (reader->levels == LEVELS_MAX) {
			return fail(reader, "nested too deeply");
		}
		reader->levels++;
		reader->open = node;
	}
	return 0;
}

/*
 * A number or a word.  The library, which reads the printed tree, knows every
 * rule of numbers; here only their extent matters.
 */
static int read_literal(struct reader *reader, const char *name)
{
	static const char words[] = "+-.0123456789"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz";
	const char *start = reader->at;
	char text[64] = "";
	size_t size = 0;

	while (reader->at < reader->end && *reader->at != '\0' &&
	       strchr(words, *reader->at) != NULL && size + 1 < sizeof(text)) {
		text[size++] = *reader->at++;
	}
	if (strchr("-0123456789", text[0]) == NULL &&
	    strcmp(text, "true") != 0 && strcmp(text, "false") != 0 &&
	    strcmp(text, "null") != 0) {
		size = 0;
	}
	if (size == 0 || size + 1 == sizeof(text)) {
		return fail_at(reader, start, "a value was expected");
	}
	return add_node(reader, JSON_LITERAL, name, text);
}

static int read_value(struct reader *reader, const char *name)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	const char *string = NULL;
	int r = 0;

	skip_space(reader);
	if (take(reader, '{')) {
		return add_node(reader, JSON_OBJECT, name, NULL);
	}
	if (take(reader, '[')) {
		return add_node(reader, JSON_ARRAY, name, NULL);
	}
	if (reader->at == reader->end || *reader->at != '"') {
		return read_literal(reader, name);
	}
	r = read_string(reader, &text);
	if (r < 0) {
		return r;
	}
	string = buffer_text(&text);
	if (string == NULL) {
		return complain_memory(reader->complaint);
	}
	return add_node(reader, JSON_STRING, name, string);
}

/* Whether the open object may get a member of that name. */
static const char *member_fault(const struct json_node *object,
				const char *name)
{
	size_t count = 0;

	for (const struct json_node *node = object->first; node != NULL;
	     node = node->next) {
		if (strcmp(node->name, name) == 0) {
			return "a member of this name is there already";
		}
		count++;
	}
	return count == MEMBERS_MAX ? "too many members" : NULL;
}

static int read_member(struct reader *reader)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	const char *start = reader->at;
	const char *name = NULL;
	const char *fault = NULL;
	int r = read_string(reader, &text);

	if (r < 0) {
		return r;
	}
	name = buffer_text(&text);
	if (name == NULL) {
		return complain_memory(reader->complaint);
	}
	fault = member_fault(reader->open, name);
	if (fault != NULL) {
		return fail_at(reader, start, fault);
	}
	skip_space(reader);
	if (!take(reader, ':')) {
		return fail(reader, "\":\" was expected");
	}
	return read_value(reader, name);
}

/* The next member or element of what is open, or its end. */
static int step(struct reader *reader)
{
	bool object = reader->open->kind == JSON_OBJECT;

	skip_space(reader);
	if (take(reader, object ? '}' : ']')) {
		reader->open = reader->open->parent;
		reader->levels--;
		return 0;
	}
	if (reader->open->first != NULL && !take(reader, ',')) {
		return fail(reader, object ? "\",\" or \"}\" was expected"
					   : "\",\" or \"]\" was expected");
	}
	skip_space(reader);
	return object ? read_member(reader) : read_value(reader, NULL);
}

int json_tree_parse(struct json_tree *tree, const char *text, size_t size,
		    struct complaint *complaint)
{
	struct reader reader = {
		.tree = tree,
		.start = text,
		.at = text,
		.end = text + size,
		.counted = text,
		.line = 1,
		.complaint = complaint,
	};
	int r = read_value(&reader, NULL);

	while (r == 0 && reader.open != NULL) {
		r = step(&reader);
	}
	if (r < 0) {
		return r;
	}
	skip_space(&reader);
	if (reader.at != reader.end) {
		return fail(&reader, "something behind the document");
	}
	return 0;
}
