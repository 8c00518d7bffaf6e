/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory with a ceiling that is released all at once.  A decoded message and
 * everything that hangs off it live in one arena, so that a hostile document
 * cannot make the library take more than the ceiling.
 */
#ifndef SANDBOX_SPEC_ARENA_H
#define SANDBOX_SPEC_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head;
	size_t used;  /* bytes taken from the heap */
	size_t limit; /* bytes that may be taken at most */
};

#define ARENA_INIT(bytes)        \
	{                        \
		.limit = (bytes) \
	}

/*
 * Zeroed memory, aligned for any object; NULL when the heap is exhausted or
 * the ceiling is reached.
 */
void *arena_alloc(struct arena *arena, size_t size);

/* Releases everything; the arena is empty and usable afterwards. */
void arena_done(struct arena *arena);

/* The arena in the form protobuf-c takes; its free does nothing. */
ProtobufCAllocator arena_allocator(struct arena *arena);

#endif
