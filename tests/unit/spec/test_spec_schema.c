/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Goes through the schema itself: it uses only what the codec knows, and every
 * field of a specification is either implemented or refused by name.
 */
#include "base/cleanup.h"
#include "everything.h"
#include "lib/tap.h"
#include "spec/codec.h"
#include "spec/field_path.h"
#include "spec/field_rules.h"
#include "spec/findings.h"
#include "spec/message_walk.h"
#include "spec/rules.h"
#include "spec/schema.h"
#include "spec_case.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES (1U << 20)

/* A way from the top of the schema down to a field. */
struct way {
	size_t depth;
	const message_type *types[FIELD_PATH_DEPTH];
	unsigned int next[FIELD_PATH_DEPTH]; /* field + 1 */
};

static const field_type *way_field(const struct way *way, size_t depth)
{
	return &way->types[depth]->fields[way->next[depth] - 1];
}

/* The next field of the schema in depth-first order; NULL at the end. */
static const field_type *way_next(struct way *way)
{
	const field_type *field;

	while (way->next[way->depth] == way->types[way->depth]->n_fields) {
		if (way->depth == 0) {
			return NULL;
		}
		way->depth--;
	}
	way->next[way->depth]++;
	field = way_field(way, way->depth);
	return field;
}

/* Goes into the message that the field last returned holds. */
static void way_enter(struct way *way, const field_type *field)
{
	ASSERT_TRUE(way->depth + 1 < FIELD_PATH_DEPTH);
	way->depth++;
	way->types[way->depth] = field->descriptor;
	way->next[way->depth] = 0;
}

static void way_path(const struct way *way, struct text *text)
{
	for (size_t i = 0; i <= way->depth; i++) {
		text_add(text, "%s%s", i > 0 ? "." : "",
			 way_field(way, i)->name);
	}
}

static void check_type_is_new(const struct way *way, const message_type *type)
{
	for (size_t i = 0; i <= way->depth; i++) {
		if (way->types[i] == type) {
			FAIL("%s contains itself", type->name);
		}
	}
}

static void check_schema(const message_type *top)
{
	struct way way = { .types = { top } };
	const field_type *field;

	for (field = way_next(&way); field != NULL; field = way_next(&way)) {
		const message_type *parent = way.types[way.depth];

		ASSERT_TRUE(parent->n_fields <= SCHEMA_FIELDS_MAX);
		if (field_value_type(field)->class == VALUE_UNKNOWN) {
			FAIL("%s.%s is of a type that the codec does not "
			     "know",
			     parent->name, field->name);
		}
		if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
			check_type_is_new(&way, field->descriptor);
			way_enter(&way, field);
		}
	}
}

TEST(the_schema_uses_only_what_the_codec_knows)
{
	check_schema(&sandbox__v1__sandbox_spec__descriptor);
	check_schema(&sandbox__v1__result__descriptor);
}

static void *alloc(struct arena *arena, size_t size)
{
	void *memory = arena_alloc(arena, size);

	ASSERT_TRUE(memory != NULL);
	return memory;
}

/* Where the one value of a field goes; a list gets one element. */
static void *one_slot(ProtobufCMessage *message, const field_type *field,
		      struct arena *arena)
{
	void **list = field_slot(message, field);

	if (!field_is_list(field)) {
		return list;
	}
	*field_list_size(message, field) = 1;
	*list = alloc(arena, field_value_type(field)->size);
	return *list;
}

static ProtobufCMessage *new_message(const message_type *type,
				     struct arena *arena)
{
	ProtobufCMessage *message = alloc(arena, type->sizeof_message);

	type->message_init(message);
	return message;
}

static int last_enum_value(const field_type *field)
{
	const ProtobufCEnumDescriptor *type = field->descriptor;

	return type->values[type->n_values - 1].value;
}

/* A value that is not zero. */
static void set_value(const field_type *field, void *slot, struct arena *arena)
{
	static char text[] = "x";
	static uint8_t byte = 1;
	ProtobufCBinaryData bytes = { 1, &byte };
	char *string = text;
	int64_t one = 1;
	int32_t small = field->type == PROTOBUF_C_TYPE_ENUM
				? last_enum_value(field)
				: 1;
	ProtobufCMessage **message = slot;

	switch (field_value_type(field)->class) {
	case VALUE_MESSAGE:
		*message = new_message(field->descriptor, arena);
		return;
	case VALUE_STRING:
		memcpy(slot, &string, sizeof(string));
		return;
	case VALUE_BYTES:
		memcpy(slot, &bytes, sizeof(bytes));
		return;
	case VALUE_SIGNED:
	case VALUE_UNSIGNED:
	case VALUE_BOOL:
	case VALUE_ENUM:
		if (field_value_type(field)->size == sizeof(one)) {
			memcpy(slot, &one, sizeof(one));
		} else {
			memcpy(slot, &small, sizeof(small));
		}
		return;
	case VALUE_UNKNOWN:
		break;
	}
	FAIL("%s has an unknown type", field->name);
}

/* A message in which nothing is set but the field at the end of a way. */
static ProtobufCMessage *message_with(const struct way *way,
				      struct arena *arena)
{
	ProtobufCMessage *top = new_message(way->types[0], arena);
	ProtobufCMessage *message = top;

	for (size_t i = 0; i <= way->depth; i++) {
		const field_type *field = way_field(way, i);
		void *slot = one_slot(message, field, arena);
		ProtobufCMessage **inner = slot;

		set_value(field, slot, arena);
		if (i < way->depth) {
			message = *inner;
		}
	}
	return top;
}

/* Whether a finding is about the field of this schema path, or above it. */
static bool is_refused(const struct findings *findings, const char *path)
{
	for (const struct finding *finding = findings->first; finding != NULL;
	     finding = finding->next) {
		const char *found = finding->path;
		const char *wanted = path;

		while (*found != '\0') {
			if (*found == '[') {
				found += strcspn(found, "]") + 1;
			} else if (*found++ != *wanted++) {
				break;
			}
		}
		if (*found == '\0' && (*wanted == '\0' || *wanted == '.') &&
		    strstr(finding->text, "not implemented in this build") !=
			    NULL) {
			return true;
		}
	}
	return false;
}

static void check_refused(const struct way *way, const char *path)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	struct findings findings = { .arena = &arena };
	ProtobufCMessage *message = message_with(way, &arena);

	rules_fields((Sandbox__V1__SandboxSpec *)(void *)message, &findings);
	if (!is_refused(&findings, path)) {
		FAIL("%s is not implemented, and is not refused", path);
	}
}

TEST(every_field_is_implemented_or_refused)
{
	struct way way = {
		.types = { &sandbox__v1__sandbox_spec__descriptor },
	};
	const field_type *field;
	int implemented = 0;
	int refused = 0;

	for (field = way_next(&way); field != NULL; field = way_next(&way)) {
		char buffer[FIELD_PATH_BYTES] = "";
		struct text path = TEXT_OVER(buffer);

		way_path(&way, &path);
		if (field_rule(buffer) == NULL) {
			check_refused(&way, buffer);
			refused++;
		} else {
			implemented++;
		}
		if (field->type == PROTOBUF_C_TYPE_MESSAGE &&
		    !field_is_map(way.types[way.depth], field)) {
			way_enter(&way, field);
		}
	}
	for (size_t i = 0; field_rule_at(i) != NULL; i++) {
		implemented--;
	}
	/* Each row was met once, so each names a field of the schema. */
	ASSERT_EQ(implemented, 0);
	ASSERT_TRUE(refused > 100);
}

/* The value that a way sets an enum to. */
static bool has_last_value(const struct field_rule *rule,
			   const ProtobufCEnumDescriptor *type)
{
	const char *name = type->values[type->n_values - 1].name;
	size_t size = strlen(name);

	for (const char *at = rule->values; at != NULL && *at != '\0';) {
		size_t word = strcspn(at, " ");

		if (word == size && memcmp(at, name, size) == 0) {
			return true;
		}
		at += word + (at[word] == ' ' ? 1 : 0);
	}
	return false;
}

TEST(enum_values_are_implemented_or_refused)
{
	struct way way = {
		.types = { &sandbox__v1__sandbox_spec__descriptor },
	};
	const field_type *field;

	for (field = way_next(&way); field != NULL; field = way_next(&way)) {
		char buffer[FIELD_PATH_BYTES] = "";
		struct text path = TEXT_OVER(buffer);
		const struct field_rule *rule;

		way_path(&way, &path);
		rule = field_rule(buffer);
		if (field->type == PROTOBUF_C_TYPE_ENUM && rule != NULL &&
		    !has_last_value(rule, field->descriptor)) {
			check_refused(&way, buffer);
		}
		if (field->type == PROTOBUF_C_TYPE_MESSAGE && rule != NULL &&
		    !field_is_map(way.types[way.depth], field)) {
			way_enter(&way, field);
		}
	}
}

static bool sets_field(const char *document, const char *path)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;
	struct err err = ERR_INIT;
	struct walk walk;
	struct visit visit;

	if (spec_case_decode(document, &spec, &err) < 0) {
		FAIL("%s", err.text);
	}
	walk_begin(&walk, &spec->message->base);
	while (walk_next(&walk, &visit)) {
		if (strcmp(visit.schema_path, path) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_set(const char *path)
{
	for (size_t i = 0; everything[i] != NULL; i++) {
		if (sets_field(everything[i], path)) {
			return true;
		}
	}
	return false;
}

TEST(every_field_that_is_implemented_can_be_set)
{
	for (size_t i = 0; field_rule_at(i) != NULL; i++) {
		const struct field_rule *rule = field_rule_at(i);
		const char *path = rule->path;

		/* Enums of which only the zero value is implemented, and a
		 * field of kinds that are not: they have a row for the sake
		 * of what is said about them. */
		if (strcmp(path, "on_controller_exit") == 0 ||
		    strstr(path, ".max_bytes") != NULL) {
			continue;
		}
		if (!is_set(path)) {
			FAIL("no document sets %s", path);
		}
	}
}
