/* SPDX-License-Identifier: Apache-2.0 */
/* Checked protobuf bytes to a message in a bounded arena. */
#include "spec/codec.h"

#include <errno.h>

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
	*ret = message;
	return 0;
}
