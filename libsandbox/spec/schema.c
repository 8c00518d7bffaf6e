/* SPDX-License-Identifier: Apache-2.0 */
/* Reads protobuf descriptors, and members of messages through them. */
#include "spec/schema.h"

#include "base/array.h"

#include <string.h>

static const struct value_type types[] = {
	[PROTOBUF_C_TYPE_INT32] = { VALUE_SIGNED, sizeof(int32_t), 32,
				    "a 32-bit integer" },
	[PROTOBUF_C_TYPE_INT64] = { VALUE_SIGNED, sizeof(int64_t), 64,
				    "a 64-bit integer" },
	[PROTOBUF_C_TYPE_UINT32] = { VALUE_UNSIGNED, sizeof(uint32_t), 32,
				     "an unsigned 32-bit integer" },
	[PROTOBUF_C_TYPE_UINT64] = { VALUE_UNSIGNED, sizeof(uint64_t), 64,
				     "an unsigned 64-bit integer" },
	[PROTOBUF_C_TYPE_BOOL] = { VALUE_BOOL, sizeof(protobuf_c_boolean), 0,
				   "true or false" },
	[PROTOBUF_C_TYPE_ENUM] = { VALUE_ENUM, sizeof(int32_t), 32,
				   "the name of an enum value" },
	[PROTOBUF_C_TYPE_STRING] = { VALUE_STRING, sizeof(char *), 0,
				     "a string" },
	[PROTOBUF_C_TYPE_BYTES] = { VALUE_BYTES, sizeof(ProtobufCBinaryData), 0,
				    "a base64 string" },
	[PROTOBUF_C_TYPE_MESSAGE] = { VALUE_MESSAGE, sizeof(void *), 0,
				      "an object" },
};

const struct value_type *field_value_type(const field_type *field)
{
	static const struct value_type unknown = {
		.class = VALUE_UNKNOWN,
		.expected = "a supported type",
	};
	size_t type = (size_t)field->type;

	if (type >= ARRAY_SIZE(types) || types[type].expected == NULL ||
	    (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
		return &unknown;
	}
	return &types[type];
}

bool field_is_map(const message_type *type, const field_type *field)
{
	static const char suffix[] = "Entry";
	const message_type *entry = field->descriptor;
	size_t parent = strlen(type->name);
	size_t size;

	if (!field_is_list(field) || field->type != PROTOBUF_C_TYPE_MESSAGE) {
		return false;
	}
	size = strlen(entry->name);
	return entry->n_fields == 2 &&
	       strcmp(entry->fields[0].name, "key") == 0 &&
	       strcmp(entry->fields[1].name, "value") == 0 &&
	       entry->fields[0].type == PROTOBUF_C_TYPE_STRING &&
	       strncmp(entry->name, type->name, parent) == 0 &&
	       entry->name[parent] == '.' && size > sizeof(suffix) &&
	       strcmp(entry->name + size - strlen(suffix), suffix) == 0;
}

static char upper(char letter)
{
	return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A')
					      : letter;
}

void schema_json_name(const field_type *field, char *name, size_t size)
{
	bool raise = false;
	size_t used = 0;

	for (const char *at = field->name; *at != '\0'; at++) {
		if (*at == '_') {
			raise = true;
			continue;
		}
		if (used + 1 < size) {
			name[used++] = raise ? upper(*at) : *at;
		}
		raise = false;
	}
	name[used] = '\0';
}

const field_type *schema_field(const message_type *type, const char *name)
{
	char json_name[64];

	for (unsigned int i = 0; i < type->n_fields; i++) {
		const field_type *field = &type->fields[i];

		schema_json_name(field, json_name, sizeof(json_name));
		if (strcmp(name, field->name) == 0 ||
		    strcmp(name, json_name) == 0) {
			return field;
		}
	}
	return NULL;
}

void *field_slot(ProtobufCMessage *message, const field_type *field)
{
	return (char *)message + field->offset;
}

static const void *member(const ProtobufCMessage *message, size_t offset)
{
	return (const char *)message + offset;
}

const void *field_item(const ProtobufCMessage *message, const field_type *field,
		       size_t index)
{
	const void *slot = member(message, field->offset);

	if (field_is_list(field)) {
		const char *const *items = slot;

		return *items + index * field_value_type(field)->size;
	}
	return slot;
}

static bool is_set(const field_type *field, const void *item)
{
	const struct value_type *type = field_value_type(field);

	if (type->class == VALUE_MESSAGE) {
		const ProtobufCMessage *const *message = item;

		return *message != NULL;
	}
	if (type->class == VALUE_STRING) {
		const char *const *text = item;

		return *text != NULL && **text != '\0';
	}
	if (type->class == VALUE_BYTES) {
		const ProtobufCBinaryData *bytes = item;

		return bytes->len > 0;
	}
	return field_number(field, item) != 0;
}

size_t field_count(const ProtobufCMessage *message, const field_type *field)
{
	if (field_is_list(field)) {
		const size_t *size = member(message, field->quantifier_offset);

		return *size;
	}
	return is_set(field, field_item(message, field, 0)) ? 1 : 0;
}

size_t *field_list_size(ProtobufCMessage *message, const field_type *field)
{
	void *size = (char *)message + field->quantifier_offset;

	return size;
}

uint64_t field_number(const field_type *field, const void *item)
{
	const struct value_type *type = field_value_type(field);

	if (type->size == sizeof(uint64_t)) {
		const uint64_t *number = item;

		return *number;
	}
	if (type->class == VALUE_UNSIGNED) {
		const uint32_t *number = item;

		return *number;
	}
	const int32_t *number = item;

	return (uint64_t)(int64_t)*number;
}
