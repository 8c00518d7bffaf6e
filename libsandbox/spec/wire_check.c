/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads protobuf bytes by the schema without making anything of them, and
 * refuses what protobuf-c would accept, drop or trip over: unknown fields, a
 * singular field given twice (which it merges in quadratic time), text that is
 * no text, numbers that it would cut, and more values than memory is for.
 */
#include "spec/codec.h"
#include "spec/field_path.h"
#include "spec/schema.h"
#include "spec/text.h"
#include "spec/utf8.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define WIRE_VARINT 0U
#define WIRE_BYTES  2U

/* A tag takes five bytes at most: a field number of 29 bits, a type of 3. */
#define TAG_BYTES_MAX 5

struct wire_frame {
	const message_type *type;
	const uint8_t *end;
	uint32_t counts[SCHEMA_FIELDS_MAX]; /* values of each field so far */
};

struct checker {
	const uint8_t *at;
	struct err *err;
	size_t values;
	struct field_path path; /* one step a frame */
	struct wire_frame frames[FIELD_PATH_DEPTH];
};

static struct wire_frame *top(struct checker *checker)
{
	return &checker->frames[checker->path.depth - 1];
}

static struct path_step *top_step(struct checker *checker)
{
	return &checker->path.steps[checker->path.depth - 1];
}

static int fail(struct checker *checker, const char *fault)
{
	char buffer[FIELD_PATH_BYTES] = "";
	struct text path = TEXT_OVER(buffer);

	field_path_render(&checker->path, &path);
	return err_at(checker->err, SANDBOX_ERROR_SPEC, EINVAL, "", buffer,
		      "%s%s%s", buffer, path.used > 0 ? ": " : "", fault);
}

/* False if it does not end before @end or does not fit 64 bits. */
static bool read_varint(struct checker *checker, const uint8_t *end,
			uint64_t *ret)
{
	uint64_t value = 0;

	for (unsigned int shift = 0; shift < 64; shift += 7) {
		uint64_t byte;

		if (checker->at == end) {
			return false;
		}
		byte = *checker->at++;
		if (shift == 63 && byte > 1) {
			return false;
		}
		value |= (byte & 0x7f) << shift;
		if (byte < 0x80) {
			*ret = value;
			return true;
		}
	}
	return false;
}

static int count_value(struct checker *checker)
{
	if (++checker->values > CODEC_VALUES_MAX) {
		return fail(checker, "more than 65536 values in all");
	}
	return 0;
}

_Static_assert(CODEC_VALUES_MAX == 65536, "stands in a message");

static int push(struct checker *checker, const message_type *type,
		const uint8_t *end)
{
	if (checker->path.depth == FIELD_PATH_DEPTH) {
		return fail(checker, "nested too deeply");
	}
	if (type->n_fields > SCHEMA_FIELDS_MAX) {
		return fail(checker, "message type with too many fields");
	}
	checker->path.depth++;
	*top_step(checker) = (struct path_step){ .index = NO_INDEX };
	*top(checker) = (struct wire_frame){ .type = type, .end = end };
	return 0;
}

/* Whether a varint is a value of the field that protobuf-c would not cut. */
static bool fits(const field_type *field, uint64_t value)
{
	const struct value_type *type = field_value_type(field);

	if (type->class == VALUE_BOOL) {
		return value <= 1;
	}
	if (type->bits == 64) {
		return true;
	}
	if (type->class == VALUE_UNSIGNED) {
		return value <= UINT32_MAX;
	}
	return (int64_t)value >= INT32_MIN && (int64_t)value <= INT32_MAX;
}

static int check_number(struct checker *checker, const field_type *field,
			const uint8_t *end)
{
	uint64_t value;

	if (!read_varint(checker, end, &value)) {
		return fail(checker, "malformed or truncated number");
	}
	if (!fits(field, value)) {
		return fail(checker, "number out of range");
	}
	if (field_value_type(field)->class == VALUE_ENUM &&
	    protobuf_c_enum_descriptor_get_value(field->descriptor,
						 (int)value) == NULL) {
		return fail(checker, "unknown enum value");
	}
	return 0;
}

/* The numbers of a list in one run of bytes. */
static int check_packed(struct checker *checker, const field_type *field,
			const uint8_t *end)
{
	uint32_t *count =
		&top(checker)->counts[field - top(checker)->type->fields];
	int r = 0;

	(*count)--;
	while (r == 0 && checker->at < end) {
		top_step(checker)->index = (*count)++;
		r = count_value(checker);
		if (r == 0) {
			r = check_number(checker, field, end);
		}
	}
	return r;
}

/* What has a length before it. */
static int check_bytes(struct checker *checker, const field_type *field)
{
	const uint8_t *end = top(checker)->end;
	const uint8_t *start;
	uint64_t size;

	if (!read_varint(checker, end, &size) ||
	    size > (uint64_t)(end - checker->at)) {
		return fail(checker, "truncated");
	}
	start = checker->at;
	end = start + size;
	switch (field_value_type(field)->class) {
	case VALUE_MESSAGE:
		return push(checker, field->descriptor, end);
	case VALUE_STRING:
		checker->at = end;
		return utf8_is_text(start, (size_t)size)
			       ? 0
			       : fail(checker, "invalid UTF-8 or NUL");
	case VALUE_BYTES:
		checker->at = end;
		return 0;
	case VALUE_SIGNED:
	case VALUE_UNSIGNED:
	case VALUE_BOOL:
	case VALUE_ENUM:
		if (field_is_list(field)) {
			return check_packed(checker, field, end);
		}
		break;
	case VALUE_UNKNOWN:
		break;
	}
	return fail(checker, "wrong wire type");
}

static bool is_number(const field_type *field)
{
	enum value_class class = field_value_type(field)->class;

	return class == VALUE_SIGNED || class == VALUE_UNSIGNED ||
	       class == VALUE_BOOL || class == VALUE_ENUM;
}

/* Whether @field may have one more value. */
static int check_count(struct checker *checker, const field_type *field)
{
	struct wire_frame *frame = top(checker);
	uint32_t *count = &frame->counts[field - frame->type->fields];

	*top_step(checker) = (struct path_step){
		.name = field->name,
		.index = field_is_list(field) ? *count : NO_INDEX,
	};
	if (*count > 0 && !field_is_list(field)) {
		return fail(checker, "given more than once");
	}
	if (*count == CODEC_MAP_MAX && field_is_map(frame->type, field)) {
		return fail(checker, "more than 256 entries");
	}
	(*count)++;
	return count_value(checker);
}

_Static_assert(CODEC_MAP_MAX == 256, "stands in a message");

static int unknown_field(struct checker *checker, uint64_t number)
{
	char buffer[128] = "";
	struct text fault = TEXT_OVER(buffer);

	text_add(&fault, "unknown field number %llu of %s",
		 (unsigned long long)number, top(checker)->type->name);
	return fail(checker, buffer);
}

/* One field, or the end, of the innermost open message. */
static int step(struct checker *checker)
{
	struct wire_frame *frame = top(checker);
	const uint8_t *start = checker->at;
	const field_type *field;
	uint64_t tag;
	int r;

	*top_step(checker) = (struct path_step){ .index = NO_INDEX };
	if (checker->at == frame->end) {
		checker->path.depth--;
		return 0;
	}
	if (!read_varint(checker, frame->end, &tag) || tag > UINT32_MAX ||
	    checker->at - start > TAG_BYTES_MAX) {
		return fail(checker, "malformed field tag");
	}
	field = protobuf_c_message_descriptor_get_field(
		frame->type, (unsigned int)(tag >> 3));
	if (field == NULL) {
		return unknown_field(checker, tag >> 3);
	}
	r = check_count(checker, field);
	if (r < 0) {
		return r;
	}
	if ((tag & 7) == WIRE_BYTES) {
		return check_bytes(checker, field);
	}
	if ((tag & 7) == WIRE_VARINT && is_number(field)) {
		return check_number(checker, field, frame->end);
	}
	return fail(checker, "wrong wire type");
}

int wire_check(const ProtobufCMessageDescriptor *type, const void *bytes,
	       size_t size, struct err *err)
{
	struct checker checker = { .at = bytes, .err = err };
	int r = push(&checker, type, checker.at + size);

	while (r == 0 && checker.path.depth > 0) {
		r = step(&checker);
	}
	return r;
}
