/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of reading one JSON document: its open objects as a stack of
 * frames, so that no text can exhaust the C stack, and the path of what is
 * being read.  Private to json_decode.c and json_decoder.c.
 */
#ifndef SANDBOX_SPEC_JSON_DECODER_H
#define SANDBOX_SPEC_JSON_DECODER_H

#include "base/err.h"
#include "spec/arena.h"
#include "spec/field_path.h"
#include "spec/json_lexer.h"
#include "spec/schema.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum place {
	IN_OBJECT,
	IN_LIST,
	IN_MAP,
};

/* One open object; its member that is being read is in the path. */
struct frame {
	const message_type *type;
	ProtobufCMessage *message;
	const field_type *field;
	enum place place;
	bool first;      /* no element of this place has been read */
	size_t capacity; /* elements that the open list has room for */
	uint64_t seen;   /* bit set of the fields given */
};

struct decoder {
	struct json_lexer lexer;
	const char *start;
	struct arena *arena;
	struct err *err;
	size_t values;
	struct field_path path; /* one step a frame */
	struct frame frames[FIELD_PATH_DEPTH];
};

static inline struct frame *decoder_top(struct decoder *decoder)
{
	return &decoder->frames[decoder->path.depth - 1];
}

static inline struct path_step *decoder_step(struct decoder *decoder)
{
	return &decoder->path.steps[decoder->path.depth - 1];
}

/* Reports what is wrong at @at with the field being read; -EINVAL. */
__attribute__((format(printf, 3, 4))) int decoder_fail(struct decoder *decoder,
						       const char *at,
						       const char *format, ...);

/* Reports that the arena is exhausted; -ENOMEM. */
int decoder_fail_memory(struct decoder *decoder);

/* The next token; a failure is reported. */
int decoder_token(struct decoder *decoder, struct json_token *token);

/* Counts one field or element against the ceiling. */
int decoder_count(struct decoder *decoder, const struct json_token *token);

/* Opens an object of @type, which begins at @token, and puts it in @slot. */
int decoder_push(struct decoder *decoder, const struct json_token *token,
		 const message_type *type, ProtobufCMessage **slot);

/* A further element at the end of the open list; NULL without memory. */
void *decoder_append(struct decoder *decoder, struct frame *frame);

#endif
