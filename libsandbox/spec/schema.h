/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a protobuf descriptor says of a field, and where a message keeps it.
 * Only the subset of proto3 that the schema uses is known: no floats, no
 * oneof, no fixed-width or zigzag integers; maps have string keys.  All else
 * is VALUE_UNKNOWN and refused by every reader.
 */
#ifndef SANDBOX_SPEC_SCHEMA_H
#define SANDBOX_SPEC_SCHEMA_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fields that a message type may have, so that a bit set of them is a word. */
#define SCHEMA_FIELDS_MAX 64

enum value_class {
	VALUE_UNKNOWN,
	VALUE_SIGNED,
	VALUE_UNSIGNED,
	VALUE_BOOL,
	VALUE_ENUM,
	VALUE_STRING,
	VALUE_BYTES,
	VALUE_MESSAGE,
};

struct value_type {
	enum value_class class;
	size_t size;          /* of the member, or of an element */
	unsigned int bits;    /* of an integer */
	const char *expected; /* in words, with an article */
};

typedef ProtobufCMessageDescriptor message_type;
typedef ProtobufCFieldDescriptor field_type;

const struct value_type *field_value_type(const field_type *field);

static inline bool field_is_list(const field_type *field)
{
	return field->label == PROTOBUF_C_LABEL_REPEATED;
}

/* A map is a list of entries with a string key, which protoc names. */
bool field_is_map(const message_type *type, const field_type *field);

/* By its name in the schema or that name in lowerCamelCase; or NULL. */
const field_type *schema_field(const message_type *type, const char *name);

/* The lowerCamelCase name, cut to @size. */
void schema_json_name(const field_type *field, char *name, size_t size);

/* Where the member, or the element of a list, stands in @message. */
void *field_slot(ProtobufCMessage *message, const field_type *field);
const void *field_item(const ProtobufCMessage *message, const field_type *field,
		       size_t index);

/*
 * Number of elements of a list.  For anything else 1 if it differs from the
 * zero value, which in this schema means that it is set, and 0 if not.
 */
size_t field_count(const ProtobufCMessage *message, const field_type *field);

/* What a list member begins with: number of elements. */
size_t *field_list_size(ProtobufCMessage *message, const field_type *field);

/* The value of an integer, bool or enum member, negative ones as two's
 * complement of 64 bits. */
uint64_t field_number(const field_type *field, const void *item);

#endif
