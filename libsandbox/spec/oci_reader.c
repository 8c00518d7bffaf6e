/* SPDX-License-Identifier: Apache-2.0 */
/* Walks JSON by tables; its stack is as deep as OCI_DEPTH_MAX allows. */
#include "spec/oci_reader.h"

#include "spec/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int fault_at(struct oci_reader *reader, const char *at,
		    const char *message)
{
	struct text text = TEXT_OVER(reader->fault);

	text_add_position(&text, reader->start, at);
	text_add(&text, "%s", message);
	return -EINVAL;
}

int oci_fault(struct oci_reader *reader, const char *format, ...)
{
	char message[200];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	return fault_at(reader, reader->token.at, message);
}

static int next(struct oci_reader *reader)
{
	int r = json_next(&reader->lexer, &reader->token);

	return r == -EINVAL ? fault_at(reader, reader->lexer.fault_at,
				       reader->lexer.fault)
			    : r;
}

static int expect(struct oci_reader *reader, enum json_kind kind)
{
	if (reader->token.kind == kind) {
		return 0;
	}
	return oci_fault(reader, "%s in place of %s",
			 json_kind_words(reader->token.kind),
			 json_kind_words(kind));
}

/* The next token, which has to be of that kind. */
static int next_is(struct oci_reader *reader, enum json_kind kind)
{
	int r = next(reader);

	return r < 0 ? r : expect(reader, kind);
}

static int enter(struct oci_reader *reader)
{
	if (reader->depth == OCI_DEPTH_MAX) {
		return oci_fault(reader, "is nested more than %u levels deep",
				 OCI_DEPTH_MAX);
	}
	reader->depth++;
	return 0;
}

/*
 * Whether another element follows: 1, with its first token at hand, or 0, with
 * the closing one.
 */
static int next_element(struct oci_reader *reader, enum json_kind close,
			bool first)
{
	int r = next(reader);

	if (r < 0 || (first && reader->token.kind != close)) {
		return r < 0 ? r : 1;
	}
	if (reader->token.kind == close) {
		reader->depth--;
		return 0;
	}
	r = expect(reader, JSON_COMMA);
	if (r >= 0) {
		r = next(reader);
	}
	return r < 0 ? r : 1;
}

/* The row of the name at hand, or -EINVAL. */
static int find_member(struct oci_reader *reader,
		       const struct oci_member *members, size_t count,
		       uint64_t *seen)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(members[i].name, reader->token.text) != 0) {
			continue;
		}
		if ((*seen >> i & 1) != 0) {
			return oci_fault(reader, "\"%s\" stands there twice",
					 members[i].name);
		}
		*seen |= (uint64_t)1 << i;
		return (int)i;
	}
	return oci_fault(reader, "\"%.64s\" is no member of this object",
			 reader->token.text);
}

static int read_member(struct oci_reader *reader,
		       const struct oci_member *members, size_t count,
		       uint64_t *seen, void *target)
{
	oci_value *read = oci_skip;
	int r = expect(reader, JSON_STRING);

	if (r >= 0 && members != NULL) {
		r = find_member(reader, members, count, seen);
		if (r >= 0) {
			read = members[r].read;
		}
	}
	if (r >= 0) {
		r = next_is(reader, JSON_COLON);
	}
	if (r >= 0) {
		r = next(reader);
	}
	return r < 0 ? r : read(reader, target);
}

int oci_object(struct oci_reader *reader, const struct oci_member *members,
	       size_t count, void *target)
{
	uint64_t seen = 0;
	bool first = true;
	int r = expect(reader, JSON_OBJECT_OPEN);

	if (r >= 0) {
		r = enter(reader);
	}
	while (r >= 0) {
		r = next_element(reader, JSON_OBJECT_CLOSE, first);
		if (r <= 0) {
			return r;
		}
		first = false;
		r = read_member(reader, members, count, &seen, target);
	}
	return r;
}

int oci_list(struct oci_reader *reader, oci_value *each, void *target)
{
	bool first = true;
	int r = 0;

	if (reader->token.kind == JSON_NULL) {
		return 0;
	}
	r = expect(reader, JSON_ARRAY_OPEN);
	if (r >= 0) {
		r = enter(reader);
	}
	while (r >= 0) {
		r = next_element(reader, JSON_ARRAY_CLOSE, first);
		if (r <= 0) {
			return r;
		}
		first = false;
		r = each(reader, target);
	}
	return r;
}

/* Recursion ends at OCI_DEPTH_MAX. */
int oci_skip(struct oci_reader *reader,
	     void *target) /* NOLINT(misc-no-recursion) */
{
	switch ((int)reader->token.kind) {
	case JSON_OBJECT_OPEN:
		return oci_object(reader, NULL, 0, target);
	case JSON_ARRAY_OPEN:
		return oci_list(reader, oci_skip, target);
	case JSON_STRING:
	case JSON_NUMBER:
	case JSON_TRUE:
	case JSON_FALSE:
	case JSON_NULL:
		return 0;
	default:
		return oci_fault(reader, "%s in place of a value",
				 json_kind_words(reader->token.kind));
	}
}

int oci_string(struct oci_reader *reader, const char **ret)
{
	int r = expect(reader, JSON_STRING);

	if (r >= 0) {
		*ret = reader->token.text;
	}
	return r;
}

int oci_number(struct oci_reader *reader, uint64_t most, uint64_t *ret)
{
	uint64_t value = 0;
	int r = expect(reader, JSON_NUMBER);

	if (r < 0) {
		return r;
	}
	for (size_t i = 0; i < reader->token.size; i++) {
		unsigned int digit = (unsigned int)reader->token.text[i] - '0';

		if (digit > 9) {
			return oci_fault(reader, "is no whole number from 0");
		}
		if (value > (UINT64_MAX - digit) / 10) {
			return oci_fault(reader, "is more than 64 bits hold");
		}
		value = value * 10 + digit;
	}
	if (value > most) {
		return oci_fault(reader, "%llu is more than %llu",
				 (unsigned long long)value,
				 (unsigned long long)most);
	}
	*ret = value;
	return 0;
}

int oci_read(struct oci_reader *reader, const char *text, size_t size,
	     struct arena *arena, oci_value *read, void *target)
{
	int r = 0;

	*reader = (struct oci_reader){
		.lexer = { .at = text, .end = text + size, .arena = arena },
		.start = text,
	};
	r = next(reader);
	if (r >= 0) {
		r = read(reader, target);
	}
	return r < 0 ? r : next_is(reader, JSON_END);
}
