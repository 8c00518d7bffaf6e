/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a specification, in both of its forms.  Besides not going
 * wrong, what was read must come out of either form unchanged, and a document
 * that is refused must say why.
 */
#include "base/cleanup.h"
#include "fuzz.h"
#include "spec/codec.h"
#include "spec/spec.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)32 << 20)
#define TYPE        (&sandbox__v1__sandbox_spec__descriptor)

/* Not assert(), which a build may switch off. */
#define MUST(condition)             \
	do {                        \
		if (!(condition)) { \
			abort();    \
		}                   \
	} while (0)

static char *to_json(const ProtobufCMessage *message)
{
	char *text = NULL;

	MUST(json_encode(message, 0, &text) == 0);
	return text;
}

/* The text of a message is read as a message of the same text. */
static void check_json(const char *text)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	_cleanup_free_ char *again = NULL;
	ProtobufCMessage *message = NULL;
	struct err err = ERR_INIT;
	int r = json_decode(TYPE, text, strlen(text), &arena, &message, &err);

	MUST(r == 0);
	again = to_json(message);
	MUST(strcmp(again, text) == 0);
}

/* So are its bytes. */
static void check_bytes(const ProtobufCMessage *message, const char *text)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	size_t size = protobuf_c_message_get_packed_size(message);
	_cleanup_free_ uint8_t *bytes = malloc(size + 1);
	_cleanup_free_ char *again = NULL;
	ProtobufCMessage *copy = NULL;
	struct err err = ERR_INIT;

	MUST(bytes != NULL);
	MUST(protobuf_c_message_pack(message, bytes) == size);
	MUST(wire_decode(TYPE, bytes, size, &arena, &copy, &err) == 0);
	again = to_json(copy);
	MUST(strcmp(again, text) == 0);
}

static void check_message(int r, const ProtobufCMessage *message,
			  const struct err *err)
{
	_cleanup_free_ char *text = NULL;

	if (r < 0) {
		MUST(err->text[0] != '\0' && err->sys == -r);
		return;
	}
	text = to_json(message);
	check_json(text);
	check_bytes(message, text);
}

static void check_spec(int r, const struct spec *spec, const struct err *err)
{
	if (r < 0) {
		MUST(spec == NULL && err->text[0] != '\0' && err->sys == -r);
		return;
	}
	MUST(spec->message->process->n_argv > 0);
}

static void read_as_json(const uint8_t *bytes, size_t size)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	_cleanup_(spec_freep) struct spec *spec = NULL;
	const char *text = (const char *)bytes;
	ProtobufCMessage *message = NULL;
	struct err err = ERR_INIT;
	int r = json_decode(TYPE, text, size, &arena, &message, &err);

	check_message(r, message, &err);
	r = spec_decode_json(text, size, &spec, &err);
	check_spec(r, spec, &err);
}

static void read_as_wire(const uint8_t *bytes, size_t size)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	_cleanup_(spec_freep) struct spec *spec = NULL;
	ProtobufCMessage *message = NULL;
	struct err err = ERR_INIT;
	int r = wire_decode(TYPE, bytes, size, &arena, &message, &err);

	check_message(r, message, &err);
	r = spec_decode_bytes(bytes, size, &spec, &err);
	check_spec(r, spec, &err);
}

/* NOLINTNEXTLINE(readability-identifier-naming) */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	read_as_json(bytes, size);
	read_as_wire(bytes, size);
	return 0;
}
