/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of zeroed memory, handed out front to back and freed together. */
#include "spec/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#define BLOCK_BYTES 4096
#define ALIGNMENT   16

struct arena_block {
	struct arena_block *next;
	size_t size;
	size_t used;
	alignas(ALIGNMENT) unsigned char bytes[];
};

static struct arena_block *block_new(struct arena *arena, size_t size)
{
	struct arena_block *block;

	if (size > arena->limit - arena->used) {
		return NULL;
	}
	block = calloc(1, sizeof(*block) + size);
	if (block == NULL) {
		return NULL;
	}
	block->size = size;
	block->next = arena->head;
	arena->head = block;
	arena->used += size;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->head;
	void *memory;

	if (size > SIZE_MAX - (sizeof(*block) + ALIGNMENT)) {
		return NULL;
	}
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (block == NULL || block->size - block->used < size) {
		block = block_new(arena,
				  size > BLOCK_BYTES ? size : BLOCK_BYTES);
	}
	if (block == NULL) {
		return NULL;
	}
	memory = block->bytes + block->used;
	block->used += size;
	return memory;
}

void arena_done(struct arena *arena)
{
	struct arena_block *block = arena->head;

	while (block != NULL) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	arena->head = NULL;
	arena->used = 0;
}

static void *allocator_alloc(void *arena, size_t size)
{
	return arena_alloc(arena, size);
}

static void allocator_free(void *arena, void *memory)
{
	(void)arena;
	(void)memory;
}

ProtobufCAllocator arena_allocator(struct arena *arena)
{
	return (ProtobufCAllocator){ allocator_alloc, allocator_free, arena };
}
