/* SPDX-License-Identifier: Apache-2.0 */
/* Turns JSON tokens into the scalars of a message. */
#include "spec/json_value.h"

#include "spec/base64.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* A whole number as it is written: sign and magnitude. */
struct whole {
	bool negative;
	uint64_t magnitude;
};

enum parsed {
	PARSED,
	NOT_WHOLE,
	TOO_LARGE,
};

int json_value_mismatch(const field_type *field, const struct json_token *token,
			struct text *fault)
{
	text_add(fault, "expected %s, found %s",
		 field_value_type(field)->expected,
		 json_kind_words(token->kind));
	return -EINVAL;
}

/* Decimal digits with an optional minus, no leading zero, nothing else. */
static enum parsed parse_whole(const char *text, size_t size, struct whole *ret)
{
	struct whole whole = { .negative = size > 0 && *text == '-' };
	size_t i = whole.negative ? 1 : 0;

	if (i == size || (text[i] == '0' && size - i > 1)) {
		return NOT_WHOLE;
	}
	for (; i < size; i++) {
		uint64_t digit = (uint64_t)((unsigned char)text[i] - '0');

		if (text[i] < '0' || text[i] > '9') {
			return NOT_WHOLE;
		}
		if (__builtin_mul_overflow(whole.magnitude, 10U,
					   &whole.magnitude) ||
		    __builtin_add_overflow(whole.magnitude, digit,
					   &whole.magnitude)) {
			return TOO_LARGE;
		}
	}
	*ret = whole;
	return PARSED;
}

static bool in_range(const struct value_type *type, const struct whole *whole)
{
	uint64_t most = UINT64_MAX >> (64 - type->bits);

	if (type->class == VALUE_UNSIGNED) {
		return whole->magnitude <= most &&
		       (!whole->negative || whole->magnitude == 0);
	}
	most >>= 1;
	return whole->magnitude <= most + (whole->negative ? 1 : 0);
}

static void store(const struct value_type *type, const struct whole *whole,
		  void *slot)
{
	uint64_t value =
		whole->negative ? 0 - whole->magnitude : whole->magnitude;
	uint32_t low = (uint32_t)value;

	if (type->size == sizeof(value)) {
		memcpy(slot, &value, sizeof(value));
	} else {
		memcpy(slot, &low, sizeof(low));
	}
}

/* proto3 JSON has integers as numbers or as strings. */
static int read_integer(const field_type *field, const struct json_token *token,
			void *slot, struct text *fault)
{
	const struct value_type *type = field_value_type(field);
	struct whole whole = { 0 };
	enum parsed parsed = NOT_WHOLE;

	if (token->kind == JSON_NUMBER || token->kind == JSON_STRING) {
		parsed = parse_whole(token->text, token->size, &whole);
	}
	if (parsed == NOT_WHOLE) {
		return json_value_mismatch(field, token, fault);
	}
	if (parsed == TOO_LARGE || !in_range(type, &whole)) {
		text_add(fault, "%.*s is out of range, expected %s",
			 token->size > 40 ? 40 : (int)token->size, token->text,
			 type->expected);
		return -EINVAL;
	}
	store(type, &whole, slot);
	return 0;
}

static const ProtobufCEnumValue *enum_value(const ProtobufCEnumDescriptor *type,
					    const struct json_token *token)
{
	const struct value_type int32 = { .class = VALUE_SIGNED, .bits = 32 };
	struct whole whole;
	int number;

	if (token->kind == JSON_STRING) {
		return protobuf_c_enum_descriptor_get_value_by_name(
			type, token->text);
	}
	if (parse_whole(token->text, token->size, &whole) != PARSED ||
	    !in_range(&int32, &whole)) {
		return NULL;
	}
	number = (int)whole.magnitude;
	return protobuf_c_enum_descriptor_get_value(
		type, whole.negative ? -number : number);
}

static int read_enum(const field_type *field, const struct json_token *token,
		     void *slot, struct text *fault)
{
	const ProtobufCEnumDescriptor *type = field->descriptor;
	const ProtobufCEnumValue *value;
	int32_t number;

	if (token->kind != JSON_STRING && token->kind != JSON_NUMBER) {
		return json_value_mismatch(field, token, fault);
	}
	value = enum_value(type, token);
	if (value == NULL) {
		text_add_quoted(fault, token->text, token->size);
		text_add(fault, " is not a value of %s", type->name);
		return -EINVAL;
	}
	number = value->value;
	memcpy(slot, &number, sizeof(number));
	return 0;
}

static int read_bytes(const field_type *field, const struct json_token *token,
		      struct arena *arena, void *slot, struct text *fault)
{
	ProtobufCBinaryData *bytes = slot;

	if (token->kind != JSON_STRING) {
		return json_value_mismatch(field, token, fault);
	}
	bytes->data = arena_alloc(arena, BASE64_DECODED_MAX(token->size));
	if (bytes->data == NULL) {
		return -ENOMEM;
	}
	if (base64_decode(token->text, token->size, bytes->data, &bytes->len) <
	    0) {
		text_add(fault, "invalid base64");
		return -EINVAL;
	}
	return 0;
}

static int read_string(const field_type *field, const struct json_token *token,
		       void *slot, struct text *fault)
{
	const char **text = slot;

	if (token->kind != JSON_STRING) {
		return json_value_mismatch(field, token, fault);
	}
	*text = token->text;
	return 0;
}

static int read_bool(const field_type *field, const struct json_token *token,
		     void *slot, struct text *fault)
{
	protobuf_c_boolean *truth = slot;

	if (token->kind != JSON_TRUE && token->kind != JSON_FALSE) {
		return json_value_mismatch(field, token, fault);
	}
	*truth = token->kind == JSON_TRUE;
	return 0;
}

int json_value_read(const field_type *field, const struct json_token *token,
		    struct arena *arena, void *slot, struct text *fault)
{
	switch (field_value_type(field)->class) {
	case VALUE_SIGNED:
	case VALUE_UNSIGNED:
		return read_integer(field, token, slot, fault);
	case VALUE_BOOL:
		return read_bool(field, token, slot, fault);
	case VALUE_ENUM:
		return read_enum(field, token, slot, fault);
	case VALUE_STRING:
		return read_string(field, token, slot, fault);
	case VALUE_BYTES:
		return read_bytes(field, token, arena, slot, fault);
	case VALUE_MESSAGE:
	case VALUE_UNKNOWN:
		break;
	}
	return json_value_mismatch(field, token, fault);
}
