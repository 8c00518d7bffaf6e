/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of `preferred`: each entry names a field of the schema, and where it
 * has an index, an element of this very document.
 */
#include "spec/rules.h"
#include "spec/schema.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* How far into the schema and the document an entry has been followed. */
struct place {
	const message_type *type;        /* NULL below a scalar */
	const ProtobufCMessage *message; /* NULL where none is set */
};

/* "[12]" at @at: its number, and @at behind it; false if it is none. */
static bool parse_index(const char **at, size_t *ret)
{
	const char *digit = *at + 1;
	size_t size = strspn(digit, "0123456789");
	size_t index = 0;

	if (size == 0 || size > 6 || digit[size] != ']' ||
	    (digit[0] == '0' && size > 1)) {
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		index = index * 10 + (size_t)(digit[i] - '0');
	}
	*at = digit + size + 1;
	*ret = index;
	return true;
}

/* By its name in the schema alone, so that an entry has one spelling. */
static const field_type *exact_field(const message_type *type, const char *name,
				     size_t size)
{
	for (unsigned int i = 0; type != NULL && i < type->n_fields; i++) {
		const char *other = type->fields[i].name;

		if (strlen(other) == size && memcmp(other, name, size) == 0) {
			return &type->fields[i];
		}
	}
	return NULL;
}

static void go_into(struct place *place, const field_type *field, size_t index)
{
	const ProtobufCMessage *const *inner;
	bool map = field_is_map(place->type, field);

	if (field->type != PROTOBUF_C_TYPE_MESSAGE || map) {
		*place = (struct place){ 0 };
		return;
	}
	place->type = field->descriptor;
	if (place->message != NULL &&
	    index < field_count(place->message, field)) {
		inner = field_item(place->message, field, index);
		place->message = *inner;
	} else {
		place->message = NULL;
	}
}

/* One name with its index, if it has one; NULL or what is wrong with it. */
static const char *follow(struct place *place, const char **at)
{
	size_t size = strcspn(*at, ".[");
	const field_type *field = exact_field(place->type, *at, size);
	size_t count;
	size_t index = 0;

	if (field == NULL) {
		return "is not a field of the schema";
	}
	*at += size;
	if (**at == '[') {
		count = place->message == NULL
				? 0
				: field_count(place->message, field);
		if (!field_is_list(field) || field_is_map(place->type, field) ||
		    !parse_index(at, &index)) {
			return "has an index where none can be";
		}
		if (index >= count) {
			return "has an index that this document has no "
			       "element for";
		}
	}
	go_into(place, field, index);
	return NULL;
}

static const char *entry_fault(const Sandbox__V1__SandboxSpec *spec,
			       const char *entry)
{
	struct place place = { spec->base.descriptor, &spec->base };
	const char *at = entry;

	for (;;) {
		const char *fault = follow(&place, &at);

		if (fault != NULL) {
			return fault;
		}
		if (*at == '\0') {
			return NULL;
		}
		if (*at != '.') {
			return "is not a field of the schema";
		}
		at++;
	}
}

void rules_preferred(const Sandbox__V1__SandboxSpec *spec,
		     struct findings *findings)
{
	for (size_t i = 0; i < spec->n_preferred; i++) {
		const char *fault = entry_fault(spec, spec->preferred[i]);
		char path[64];

		if (fault == NULL) {
			continue;
		}
		(void)snprintf(path, sizeof(path), "preferred[%zu]", i);
		findings_add_value(findings, path, spec->preferred[i], fault);
	}
}
