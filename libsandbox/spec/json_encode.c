/* SPDX-License-Identifier: Apache-2.0 */
/* A message to JSON text, guided by the message's descriptor. */
#include "base/cleanup.h"
#include "spec/base64.h"
#include "spec/codec.h"
#include "spec/field_path.h"
#include "spec/json_writer.h"
#include "spec/schema.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* One open object. */
struct frame {
	const ProtobufCMessage *message;
	unsigned int next;      /* field to look at next */
	const field_type *list; /* open list or map, or NULL */
	size_t element;         /* of it, to write next */
};

struct encoder {
	struct json_writer writer;
	unsigned int flags;
	size_t depth;
	struct frame frames[FIELD_PATH_DEPTH];
};

static int push(struct encoder *encoder, const ProtobufCMessage *message)
{
	if (message == NULL || encoder->depth == FIELD_PATH_DEPTH) {
		return -EINVAL;
	}
	encoder->frames[encoder->depth++] =
		(struct frame){ .message = message };
	json_write_open(&encoder->writer, '{');
	return 0;
}

static int write_enum(struct encoder *encoder, const field_type *field,
		      const void *item)
{
	const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(
		field->descriptor, (int)field_number(field, item));

	if (value == NULL) {
		return -EINVAL;
	}
	json_write_string(&encoder->writer, value->name, strlen(value->name));
	return 0;
}

static void write_integer(struct encoder *encoder, const field_type *field,
			  const void *item)
{
	const struct value_type *type = field_value_type(field);
	bool is_signed = type->class == VALUE_SIGNED;

	json_write_integer(&encoder->writer, field_number(field, item),
			   is_signed, /* quoted= */ type->bits == 64);
}

static int write_bytes(struct encoder *encoder, const void *item)
{
	const ProtobufCBinaryData *bytes = item;
	size_t size = BASE64_ENCODED_SIZE(bytes->len);
	_cleanup_free_ char *text = malloc(size + 1);

	if (text == NULL) {
		return -ENOMEM;
	}
	base64_encode(bytes->data, bytes->len, text);
	json_write_string(&encoder->writer, text, size);
	return 0;
}

static void write_text(struct encoder *encoder, const void *item)
{
	const char *const *text = item;
	const char *value = *text == NULL ? "" : *text;

	json_write_string(&encoder->writer, value, strlen(value));
}

static int write_value(struct encoder *encoder, const field_type *field,
		       const void *item)
{
	const ProtobufCMessage *const *message = item;

	switch (field_value_type(field)->class) {
	case VALUE_MESSAGE:
		return push(encoder, *message);
	case VALUE_ENUM:
		return write_enum(encoder, field, item);
	case VALUE_SIGNED:
	case VALUE_UNSIGNED:
		write_integer(encoder, field, item);
		return 0;
	case VALUE_BOOL:
		json_write_word(&encoder->writer, field_number(field, item) != 0
							  ? "true"
							  : "false");
		return 0;
	case VALUE_STRING:
		write_text(encoder, item);
		return 0;
	case VALUE_BYTES:
		return write_bytes(encoder, item);
	case VALUE_UNKNOWN:
		break;
	}
	return -EINVAL;
}

static void write_name(struct encoder *encoder, const field_type *field)
{
	char name[64];

	if ((encoder->flags & JSON_SCHEMA_NAMES) != 0) {
		json_write_key(&encoder->writer, field->name);
		return;
	}
	schema_json_name(field, name, sizeof(name));
	json_write_key(&encoder->writer, name);
}

/* The next element, or the closing bracket, of the open list or map. */
static int step_list(struct encoder *encoder, struct frame *frame)
{
	const field_type *field = frame->list;
	bool map = field_is_map(frame->message->descriptor, field);
	const message_type *type = field->descriptor;
	const ProtobufCMessage *const *entry;
	const void *item;

	if (frame->element == field_count(frame->message, field)) {
		frame->list = NULL;
		json_write_close(&encoder->writer, map ? '}' : ']');
		return 0;
	}
	item = field_item(frame->message, field, frame->element++);
	if (!map) {
		return write_value(encoder, field, item);
	}
	entry = item;
	json_write_key(&encoder->writer, *(const char *const *)field_item(
						 *entry, &type->fields[0], 0));
	return write_value(encoder, &type->fields[1],
			   field_item(*entry, &type->fields[1], 0));
}

static bool is_printed(const struct encoder *encoder, const struct frame *frame,
		       const field_type *field)
{
	if (field_count(frame->message, field) > 0) {
		return true;
	}
	return (encoder->flags & JSON_ZERO_VALUES) != 0 &&
	       (field_is_list(field) ||
		field_value_type(field)->class != VALUE_MESSAGE);
}

static int write_field(struct encoder *encoder, struct frame *frame,
		       const field_type *field)
{
	const message_type *type = frame->message->descriptor;

	write_name(encoder, field);
	if (!field_is_list(field)) {
		return write_value(encoder, field,
				   field_item(frame->message, field, 0));
	}
	frame->list = field;
	frame->element = 0;
	json_write_open(&encoder->writer,
			field_is_map(type, field) ? '{' : '[');
	return 0;
}

/* The next field, or the closing bracket, of the innermost object. */
static int step(struct encoder *encoder)
{
	struct frame *frame = &encoder->frames[encoder->depth - 1];
	const message_type *type = frame->message->descriptor;

	if (frame->list != NULL) {
		return step_list(encoder, frame);
	}
	while (frame->next < type->n_fields) {
		const field_type *field = &type->fields[frame->next++];

		if (is_printed(encoder, frame, field)) {
			return write_field(encoder, frame, field);
		}
	}
	json_write_close(&encoder->writer, '}');
	encoder->depth--;
	return 0;
}

int json_encode(const ProtobufCMessage *message, unsigned int flags,
		char **ret_text)
{
	struct encoder encoder = {
		.writer = { .indent = (flags & JSON_INDENT) != 0 },
		.flags = flags,
	};
	int r = push(&encoder, message);

	while (r == 0 && encoder.depth > 0) {
		r = step(&encoder);
	}
	return json_writer_done(&encoder.writer, r, ret_text);
}
