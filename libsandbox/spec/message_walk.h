/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Goes through every field that is set in a message and in the messages
 * inside it, parents before children, in the order of the schema.  Entries of
 * a map are not gone into.
 */
#ifndef SANDBOX_SPEC_MESSAGE_WALK_H
#define SANDBOX_SPEC_MESSAGE_WALK_H

#include "spec/field_path.h"
#include "spec/schema.h"

#include <stdbool.h>
#include <stddef.h>

struct walk_frame {
	const ProtobufCMessage *message;
	unsigned int next;      /* field to visit next */
	const field_type *open; /* whose messages are being gone into */
	size_t element;         /* of it, to go into next */
	size_t schema_size;     /* of the schema path above this message */
};

struct walk {
	struct field_path path; /* one step a frame */
	char schema_path[FIELD_PATH_BYTES];
	struct walk_frame frames[FIELD_PATH_DEPTH];
};

/* A field that is set. */
struct visit {
	const char *schema_path; /* without indexes: "mounts.target" */
	const ProtobufCMessage *message;
	const field_type *field;
	size_t count; /* 1, or elements of a list */
	bool is_map;
};

void walk_begin(struct walk *walk, const ProtobufCMessage *message);

/* False at the end.  @ret is valid until the next call. */
bool walk_next(struct walk *walk, struct visit *ret);

/* Does not go into the messages of the field that was visited last. */
void walk_skip(struct walk *walk);

/* Where the field visited last, or an element of it, stands. */
void walk_path(struct walk *walk, size_t index, struct text *text);

#endif
