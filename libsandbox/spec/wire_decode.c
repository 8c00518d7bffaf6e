/* SPDX-License-Identifier: Apache-2.0 */
/* Checked protobuf bytes to a message in a bounded arena. */
#include "spec/codec.h"
#include "spec/message_walk.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

static const char *key_of(const struct visit *map, size_t index)
{
	const message_type *entry_type = map->field->descriptor;
	const ProtobufCMessage *const *entry =
		field_item(map->message, map->field, index);
	const char *const *key = field_item(*entry, &entry_type->fields[0], 0);

	return *key;
}

/* Whether one of the first @count entries has this key. */
static bool has_key(const struct visit *map, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(key_of(map, i), key) == 0) {
			return true;
		}
	}
	return false;
}

/* The first key that an earlier entry has, too; NULL if all differ. */
static const char *repeated_key(const struct visit *map)
{
	for (size_t i = 1; i < map->count; i++) {
		const char *key = key_of(map, i);

		if (has_key(map, i, key)) {
			return key;
		}
	}
	return NULL;
}

static int fail_key(struct walk *walk, const char *key, struct err *err)
{
	char path_buffer[FIELD_PATH_BYTES] = "";
	char key_buffer[256] = "";
	struct text path = TEXT_OVER(path_buffer);
	struct text quoted = TEXT_OVER(key_buffer);

	walk_path(walk, NO_INDEX, &path);
	text_add_quoted(&quoted, key, strlen(key));
	return err_at(err, SANDBOX_ERROR_SPEC, EINVAL, "", path_buffer,
		      "%s[%s]: duplicate key", path_buffer, key_buffer);
}

/* On the wire a map is a list of entries, which protobuf-c keeps it as. */
static int check_keys(const ProtobufCMessage *message, struct err *err)
{
	struct walk walk;
	struct visit visit;

	walk_begin(&walk, message);
	while (walk_next(&walk, &visit)) {
		const char *key = visit.is_map ? repeated_key(&visit) : NULL;

		if (key != NULL) {
			return fail_key(&walk, key, err);
		}
	}
	return 0;
}

int wire_decode(const ProtobufCMessageDescriptor *type, const void *bytes,
		size_t size, struct arena *arena, ProtobufCMessage **ret,
		struct err *err)
{
	ProtobufCAllocator allocator = arena_allocator(arena);
	ProtobufCMessage *message;
	int r = wire_check(type, bytes, size, err);

	if (r < 0) {
		return r;
	}
	/*
	 * Bytes that passed the check are a message; what is left to go wrong
	 * is memory.
	 */
	message = protobuf_c_message_unpack(type, &allocator, size, bytes);
	if (message == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory for a document, "
			       "which may take %zu bytes",
			       arena->limit);
	}
	r = check_keys(message, err);
	if (r < 0) {
		return r;
	}
	*ret = message;
	return 0;
}
