/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text to a message, one element at a time, guided by the descriptor. */
#include "spec/codec.h"
#include "spec/json_decoder.h"
#include "spec/json_value.h"
#include "spec/text.h"

#include <errno.h>
#include <string.h>

/* Stores the value that begins with @token in @slot. */
static int read_value(struct decoder *decoder, const field_type *field,
		      const struct json_token *token, void *slot)
{
	char buffer[256] = "";
	struct text fault = TEXT_OVER(buffer);
	int r;

	if (field->type == PROTOBUF_C_TYPE_MESSAGE &&
	    token->kind == JSON_OBJECT_OPEN) {
		return decoder_push(decoder, token, field->descriptor, slot);
	}
	r = json_value_read(field, token, decoder->arena, slot, &fault);
	if (r == -ENOMEM) {
		return decoder_fail_memory(decoder);
	}
	return r < 0 ? decoder_fail(decoder, token->at, "%s", buffer) : 0;
}

/*
 * Reads up to the next element of the open place: over the comma, unless it is
 * the first, or over the closing bracket.
 */
static int next_element(struct decoder *decoder, enum json_kind close,
			struct json_token *token, bool *closed)
{
	struct frame *frame = decoder_top(decoder);
	int r = decoder_token(decoder, token);

	if (r < 0) {
		return r;
	}
	*closed = token->kind == close;
	if (*closed || frame->first) {
		frame->first = false;
		return 0;
	}
	if (token->kind != JSON_COMMA) {
		return decoder_fail(
			decoder, token->at, "expected ',' or %s, found %s",
			json_kind_words(close), json_kind_words(token->kind));
	}
	return decoder_token(decoder, token);
}

static void close_list(struct decoder *decoder)
{
	struct path_step *step = decoder_step(decoder);

	decoder_top(decoder)->place = IN_OBJECT;
	*step = (struct path_step){ .index = NO_INDEX };
}

static int step_list(struct decoder *decoder)
{
	struct frame *frame = decoder_top(decoder);
	struct json_token token;
	bool closed;
	void *slot;
	int r;

	decoder_step(decoder)->index =
		*field_list_size(frame->message, frame->field);
	r = next_element(decoder, JSON_ARRAY_CLOSE, &token, &closed);
	if (r < 0) {
		return r;
	}
	if (closed) {
		close_list(decoder);
		return 0;
	}
	r = decoder_count(decoder, &token);
	if (r < 0) {
		return r;
	}
	slot = decoder_append(decoder, frame);
	return slot == NULL ? decoder_fail_memory(decoder)
			    : read_value(decoder, frame->field, &token, slot);
}

static bool map_has(const struct frame *frame, const char *key)
{
	size_t count = field_count(frame->message, frame->field);
	const message_type *type = frame->field->descriptor;

	for (size_t i = 0; i < count; i++) {
		const ProtobufCMessage *const *entry =
			field_item(frame->message, frame->field, i);
		const char *const *other =
			field_item(*entry, &type->fields[0], 0);

		if (strcmp(*other, key) == 0) {
			return true;
		}
	}
	return false;
}

/* Refuses a key before an entry is made for it. */
static int check_key(struct decoder *decoder, const struct json_token *key)
{
	struct frame *frame = decoder_top(decoder);
	int r = decoder_count(decoder, key);

	if (r < 0) {
		return r;
	}
	if (map_has(frame, key->text)) {
		return decoder_fail(decoder, key->at, "duplicate key");
	}
	if (field_count(frame->message, frame->field) == CODEC_MAP_MAX) {
		return decoder_fail(decoder, key->at, "more than %d entries",
				    CODEC_MAP_MAX);
	}
	return 0;
}

static int read_colon(struct decoder *decoder)
{
	struct json_token token;
	int r = decoder_token(decoder, &token);

	if (r < 0) {
		return r;
	}
	if (token.kind != JSON_COLON) {
		return decoder_fail(decoder, token.at, "expected ':', found %s",
				    json_kind_words(token.kind));
	}
	return 0;
}

/* The value of the map entry that begins with @key, in a new entry. */
static int read_entry(struct decoder *decoder, const struct json_token *key)
{
	struct frame *frame = decoder_top(decoder);
	const message_type *type = frame->field->descriptor;
	struct json_token token;
	ProtobufCMessage *entry;
	ProtobufCMessage **slot;
	const char **name;
	int r = decoder_token(decoder, &token);

	if (r < 0) {
		return r;
	}
	entry = arena_alloc(decoder->arena, type->sizeof_message);
	slot = decoder_append(decoder, frame);
	if (entry == NULL || slot == NULL) {
		return decoder_fail_memory(decoder);
	}
	type->message_init(entry);
	name = field_slot(entry, &type->fields[0]);
	*name = key->text;
	*slot = entry;
	return read_value(decoder, &type->fields[1], &token,
			  field_slot(entry, &type->fields[1]));
}

static int step_map(struct decoder *decoder)
{
	struct json_token key;
	bool closed;
	int r;

	decoder_step(decoder)->key = NULL;
	r = next_element(decoder, JSON_OBJECT_CLOSE, &key, &closed);
	if (r < 0) {
		return r;
	}
	if (closed) {
		close_list(decoder);
		return 0;
	}
	if (key.kind != JSON_STRING) {
		return decoder_fail(decoder, key.at, "expected a key, found %s",
				    json_kind_words(key.kind));
	}
	decoder_step(decoder)->key = key.text;
	r = check_key(decoder, &key);
	if (r < 0) {
		return r;
	}
	r = read_colon(decoder);
	return r < 0 ? r : read_entry(decoder, &key);
}

static bool is_identifier(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_";
	size_t size = strlen(name);

	return size > 0 && size <= 64 && strspn(name, letters) == size;
}

/* A name that can be one stands in the path like that of a known field. */
static int unknown_field(struct decoder *decoder,
			 const struct json_token *token)
{
	char buffer[512] = "";
	struct text name = TEXT_OVER(buffer);

	if (is_identifier(token->text)) {
		decoder_step(decoder)->name = token->text;
	}
	text_add_quoted(&name, token->text, token->size);
	return decoder_fail(decoder, token->at, "unknown field %s of %s",
			    buffer, decoder_top(decoder)->type->name);
}

/* The field that @token names, marked as given. */
static int find_field(struct decoder *decoder, const struct json_token *token)
{
	struct frame *frame = decoder_top(decoder);
	struct path_step *step = decoder_step(decoder);
	const field_type *field;
	uint64_t bit;

	*step = (struct path_step){ .index = NO_INDEX };
	if (token->kind != JSON_STRING) {
		return decoder_fail(decoder, token->at,
				    "expected a field name, found %s",
				    json_kind_words(token->kind));
	}
	field = schema_field(frame->type, token->text);
	if (field == NULL || frame->type->n_fields > SCHEMA_FIELDS_MAX) {
		return unknown_field(decoder, token);
	}
	step->name = field->name;
	bit = (uint64_t)1 << (field - frame->type->fields);
	if ((frame->seen & bit) != 0) {
		return decoder_fail(decoder, token->at, "given more than once");
	}
	frame->seen |= bit;
	frame->field = field;
	return decoder_count(decoder, token);
}

/* Goes into the list or the map that begins with @token. */
static int open_list(struct decoder *decoder, const struct json_token *token)
{
	struct frame *frame = decoder_top(decoder);
	bool map = field_is_map(frame->type, frame->field);
	enum json_kind open = map ? JSON_OBJECT_OPEN : JSON_ARRAY_OPEN;

	if (token->kind != open) {
		return decoder_fail(decoder, token->at, "expected %s, found %s",
				    json_kind_words(open),
				    json_kind_words(token->kind));
	}
	frame->place = map ? IN_MAP : IN_LIST;
	frame->first = true;
	frame->capacity = 0;
	return 0;
}

static int step_object(struct decoder *decoder)
{
	struct frame *frame = decoder_top(decoder);
	struct json_token token;
	bool closed;
	int r;

	*decoder_step(decoder) = (struct path_step){ .index = NO_INDEX };
	r = next_element(decoder, JSON_OBJECT_CLOSE, &token, &closed);
	if (r < 0) {
		return r;
	}
	if (closed) {
		decoder->path.depth--;
		return 0;
	}
	r = find_field(decoder, &token);
	if (r < 0) {
		return r;
	}
	r = read_colon(decoder);
	if (r < 0) {
		return r;
	}
	r = decoder_token(decoder, &token);
	if (r < 0 || token.kind == JSON_NULL) {
		return r;
	}
	if (field_is_list(frame->field)) {
		return open_list(decoder, &token);
	}
	return read_value(decoder, frame->field, &token,
			  field_slot(frame->message, frame->field));
}

static int step(struct decoder *decoder)
{
	switch (decoder_top(decoder)->place) {
	case IN_LIST:
		return step_list(decoder);
	case IN_MAP:
		return step_map(decoder);
	case IN_OBJECT:
		break;
	}
	return step_object(decoder);
}

static int read_document(struct decoder *decoder, const message_type *type,
			 ProtobufCMessage **ret)
{
	struct json_token token;
	int r = decoder_token(decoder, &token);

	if (r < 0) {
		return r;
	}
	if (token.kind != JSON_OBJECT_OPEN) {
		return decoder_fail(decoder, token.at,
				    "expected an object, found %s",
				    json_kind_words(token.kind));
	}
	r = decoder_push(decoder, &token, type, ret);
	while (r == 0 && decoder->path.depth > 0) {
		r = step(decoder);
	}
	if (r < 0) {
		return r;
	}
	r = decoder_token(decoder, &token);
	if (r == 0 && token.kind != JSON_END) {
		return decoder_fail(decoder, token.at, "data after the object");
	}
	return r;
}

int json_decode(const ProtobufCMessageDescriptor *type, const char *text,
		size_t size, struct arena *arena, ProtobufCMessage **ret,
		struct err *err)
{
	struct decoder decoder = {
		.lexer = { .at = text, .end = text + size, .arena = arena },
		.start = text,
		.arena = arena,
		.err = err,
	};
	ProtobufCMessage *message = NULL;
	int r = read_document(&decoder, type, &message);

	if (r < 0) {
		return r;
	}
	*ret = message;
	return 0;
}
