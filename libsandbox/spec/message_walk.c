/* SPDX-License-Identifier: Apache-2.0 */
/* Visits the fields of a message without recursion. */
#include "spec/message_walk.h"

#include <assert.h>
#include <string.h>

static struct walk_frame *top(struct walk *walk)
{
	return &walk->frames[walk->path.depth - 1];
}

static struct path_step *top_step(struct walk *walk)
{
	return &walk->path.steps[walk->path.depth - 1];
}

static void push(struct walk *walk, const ProtobufCMessage *message,
		 size_t schema_size)
{
	/* The readers refuse deeper messages, and the schema has none. */
	assert(walk->path.depth < FIELD_PATH_DEPTH);
	walk->path.depth++;
	*top_step(walk) = (struct path_step){ .index = NO_INDEX };
	*top(walk) = (struct walk_frame){
		.message = message,
		.schema_size = schema_size,
	};
}

void walk_begin(struct walk *walk, const ProtobufCMessage *message)
{
	walk->path.depth = 0;
	walk->schema_path[0] = '\0';
	push(walk, message, 0);
}

/* Goes into the next message of the open field; false if there is none. */
static bool enter(struct walk *walk)
{
	struct walk_frame *frame = top(walk);
	const field_type *field = frame->open;
	const ProtobufCMessage *const *message;

	if (field == NULL ||
	    frame->element == field_count(frame->message, field)) {
		frame->open = NULL;
		return false;
	}
	*top_step(walk) = (struct path_step){
		.name = field->name,
		.index = field_is_list(field) ? frame->element : NO_INDEX,
	};
	message = field_item(frame->message, field, frame->element++);
	push(walk, *message,
	     frame->schema_size + strlen(field->name) +
		     (frame->schema_size > 0 ? 1 : 0));
	return true;
}

static void set_schema_path(struct walk *walk, const struct walk_frame *frame,
			    const field_type *field)
{
	struct text text = TEXT_OVER(walk->schema_path);

	text.used = frame->schema_size;
	text_add(&text, "%s%s", text.used > 0 ? "." : "", field->name);
}

static void visit_field(struct walk *walk, struct walk_frame *frame,
			const field_type *field, struct visit *ret)
{
	bool map = field_is_map(frame->message->descriptor, field);

	set_schema_path(walk, frame, field);
	*top_step(walk) = (struct path_step){
		.name = field->name,
		.index = NO_INDEX,
	};
	if (field->type == PROTOBUF_C_TYPE_MESSAGE && !map) {
		frame->open = field;
		frame->element = 0;
	}
	*ret = (struct visit){
		.schema_path = walk->schema_path,
		.message = frame->message,
		.field = field,
		.count = field_count(frame->message, field),
		.is_map = map,
	};
}

/* The next set field of the innermost message; false if there is none. */
static bool next_field(struct walk *walk, struct visit *ret)
{
	struct walk_frame *frame = top(walk);
	const message_type *type = frame->message->descriptor;

	while (frame->next < type->n_fields) {
		const field_type *field = &type->fields[frame->next++];

		if (field_count(frame->message, field) > 0) {
			visit_field(walk, frame, field, ret);
			return true;
		}
	}
	return false;
}

bool walk_next(struct walk *walk, struct visit *ret)
{
	while (walk->path.depth > 0) {
		if (enter(walk)) {
			continue;
		}
		if (next_field(walk, ret)) {
			return true;
		}
		walk->path.depth--;
	}
	return false;
}

void walk_skip(struct walk *walk)
{
	top(walk)->open = NULL;
}

void walk_path(struct walk *walk, size_t index, struct text *text)
{
	top_step(walk)->index = index;
	field_path_render(&walk->path, text);
	top_step(walk)->index = NO_INDEX;
}
