/* SPDX-License-Identifier: Apache-2.0 */
/* Grows one buffer; see builder.h. */
#include "plan/builder.h"

#include "base/cleanup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 8

struct builder *builder_new(void)
{
	struct builder *builder = calloc(1, sizeof(*builder));

	if (builder != NULL) {
		builder->size = sizeof(struct plan);
	}
	return builder;
}

void builder_free(struct builder *builder)
{
	if (builder != NULL) {
		free(builder->bytes);
		free(builder);
	}
}

void builder_fail(struct builder *builder, int failure)
{
	if (builder->failure == 0) {
		builder->failure = failure;
	}
}

const char *builder_text(const struct builder *builder, plan_offset offset)
{
	return offset == 0 ? "" : (const char *)builder->bytes + offset;
}

/* Room for @size bytes at builder->size; the new bytes are zero. */
static uint8_t *reserve(struct builder *builder, size_t size)
{
	size_t needed = builder->size + size;
	size_t capacity = builder->capacity == 0 ? 4096 : builder->capacity;
	uint8_t *bytes;

	if (builder->failure != 0) {
		return NULL;
	}
	if (size > PLAN_MAX_SIZE || needed > PLAN_MAX_SIZE) {
		builder_fail(builder, -E2BIG);
		return NULL;
	}
	while (capacity < needed) {
		capacity *= 2;
	}
	if (capacity > builder->capacity) {
		bytes = realloc(builder->bytes, capacity);
		if (bytes == NULL) {
			builder_fail(builder, -ENOMEM);
			return NULL;
		}
		memset(bytes + builder->capacity, 0,
		       capacity - builder->capacity);
		builder->bytes = bytes;
		builder->capacity = capacity;
	}
	return builder->bytes + builder->size;
}

static void align(struct builder *builder)
{
	size_t padding = (ALIGNMENT - builder->size % ALIGNMENT) % ALIGNMENT;

	if (reserve(builder, padding) != NULL) {
		builder->size += padding;
	}
}

static plan_offset append(struct builder *builder, const void *from,
			  size_t size)
{
	plan_offset offset = (plan_offset)builder->size;
	uint8_t *to = reserve(builder, size);

	if (to == NULL) {
		return 0;
	}
	memcpy(to, from, size);
	builder->size += size;
	return offset;
}

plan_offset builder_string(struct builder *builder, const char *text)
{
	return append(builder, text, strlen(text) + 1);
}

plan_offset builder_optional(struct builder *builder, const char *text)
{
	return text == NULL || *text == '\0' ? 0
					     : builder_string(builder, text);
}

struct plan_list builder_list(struct builder *builder, const void *elements,
			      size_t count, size_t element_size)
{
	struct plan_list list = { 0 };

	if (count == 0) {
		return list;
	}
	if (count > PLAN_MAX_SIZE / element_size) {
		builder_fail(builder, -E2BIG);
		return list;
	}
	align(builder);
	list.offset = append(builder, elements, count * element_size);
	list.count = (uint32_t)count;
	return list;
}

struct plan_list builder_strings(struct builder *builder,
				 const char *const *texts, size_t count)
{
	_cleanup_free_ plan_offset *offsets =
		calloc(count + 1, sizeof(*offsets));
	struct plan_list none = { 0 };

	if (count > PLAN_MAX_STRINGS) {
		builder_fail(builder, -E2BIG);
		return none;
	}
	if (offsets == NULL) {
		builder_fail(builder, -ENOMEM);
		return none;
	}
	for (size_t i = 0; i < count; i++) {
		offsets[i] = builder_string(builder, texts[i]);
	}
	return builder_list(builder, offsets, count, sizeof(*offsets));
}

struct plan_op *builder_op(struct builder *builder, enum plan_op_kind kind,
			   const char *target)
{
	struct plan_op *op;

	if (builder->n_ops == PLAN_MAX_OPS) {
		/* The plan is lost, and the last op with it. */
		builder_fail(builder, -E2BIG);
		builder->n_ops--;
	}
	op = &builder->ops[builder->n_ops++];
	*op = (struct plan_op){
		.kind = (uint16_t)kind,
		.source = -1,
		.mount = -1,
		.target = builder_string(builder, target),
	};
	return op;
}

const struct plan_op *builder_find(const struct builder *builder,
				   enum plan_op_kind kind)
{
	for (uint32_t i = 0; i < builder->n_ops; i++) {
		if (builder->ops[i].kind == kind) {
			return &builder->ops[i];
		}
	}
	return NULL;
}

struct plan_source *builder_source(struct builder *builder, struct plan_op *op,
				   const char *path, uint32_t fd_index)
{
	struct plan_source *source;

	if (builder->n_sources == PLAN_MAX_SOURCES) {
		builder_fail(builder, -E2BIG);
		builder->n_sources--;
	}
	if (op->n_sources++ == 0) {
		op->source = (int16_t)builder->n_sources;
	}
	source = &builder->sources[builder->n_sources++];
	*source = (struct plan_source){
		.path = builder_optional(builder, path),
		.fd_index = fd_index,
		.op = (uint32_t)(op - builder->ops),
	};
	return source;
}

int builder_finish(struct builder *builder, struct plan **ret)
{
	struct plan *head = &builder->head;

	head->ops = builder_list(builder, builder->ops, builder->n_ops,
				 sizeof(builder->ops[0]));
	head->sources =
		builder_list(builder, builder->sources, builder->n_sources,
			     sizeof(builder->sources[0]));
	align(builder);
	if (builder->failure != 0) {
		return builder->failure;
	}
	head->magic = PLAN_MAGIC;
	head->size = (uint32_t)builder->size;
	memcpy(builder->bytes, head, sizeof(*head));
	*ret = (struct plan *)(void *)builder->bytes;
	builder->bytes = NULL;
	builder->capacity = 0;
	return 0;
}
