/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the flat buffer of a plan: strings as they come, then the lists.
 * The first failure sticks and is reported by builder_finish(), so that what
 * fills a plan need not check every string.  Nothing is decided here.
 */
#ifndef SANDBOX_PLAN_BUILDER_H
#define SANDBOX_PLAN_BUILDER_H

#include "plan/plan.h"

#include <linux/filter.h>
#include <stddef.h>
#include <stdint.h>

struct builder {
	struct plan head; /* copied to the front at the end */
	uint8_t *bytes;
	size_t size;
	size_t capacity;
	int failure; /* 0 or a negative errno */
	uint32_t n_ops;
	uint32_t n_sources;
	struct plan_op ops[PLAN_MAX_OPS];
	struct plan_source sources[PLAN_MAX_SOURCES];
};

/* On the heap, as it is large; NULL when out of memory. */
struct builder *builder_new(void);
void builder_free(struct builder *builder);

static inline void builder_freep(struct builder **builder)
{
	builder_free(*builder);
	*builder = NULL;
}

/* Makes builder_finish() fail, unless something has failed before. */
void builder_fail(struct builder *builder, int failure);

/* A string by its offset, valid until the next one is added; "" for 0. */
const char *builder_text(const struct builder *builder, plan_offset offset);

/* Never 0 on success, also for an empty string. */
plan_offset builder_string(struct builder *builder, const char *text);

/* 0 for an empty or missing string. */
plan_offset builder_optional(struct builder *builder, const char *text);

/* @count elements of @element_size bytes, aligned to 8. */
struct plan_list builder_list(struct builder *builder, const void *elements,
			      size_t count, size_t element_size);

/* Strings as a list of offsets. */
struct plan_list builder_strings(struct builder *builder,
				 const char *const *texts, size_t count);

/*
 * Adds an op whose target is @target and that has no source; the caller fills
 * in the rest.  Never NULL: what does not fit lands on a scratch op.
 */
struct plan_op *builder_op(struct builder *builder, enum plan_op_kind kind,
			   const char *target);

/* The first op of that kind, or NULL. */
const struct plan_op *builder_find(const struct builder *builder,
				   enum plan_op_kind kind);

/*
 * A source for @op: a path, or where that is NULL the fd_index.  Where an op
 * has several, they are added one after the other.
 */
struct plan_source *builder_source(struct builder *builder, struct plan_op *op,
				   const char *path, uint32_t fd_index);

/*
 * Lays down ops and sources, then the head.  *ret is one block to free();
 * untouched on failure.  -ENOMEM; -E2BIG when the plan exceeds a maximum.
 */
int builder_finish(struct builder *builder, struct plan **ret);

#endif
