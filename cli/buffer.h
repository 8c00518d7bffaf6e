/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text that grows.  A failure to grow is remembered, so that only the last
 * step has to look for it.
 */
#ifndef SANDBOX_CLI_BUFFER_H
#define SANDBOX_CLI_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
	char *data; /* ends in a NUL that @used does not count; may be NULL */
	size_t used;
	size_t size;
	bool failed;
};

#define BUFFER_INIT          \
	{                    \
		.data = NULL \
	}

void buffer_done(struct buffer *buffer);

void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t size);
void buffer_add(struct buffer *buffer, const char *text);
__attribute__((format(printf, 2, 3))) void buffer_addf(struct buffer *buffer,
						       const char *format, ...);

/* The text as a JSON string with its quotes. */
void buffer_add_quoted(struct buffer *buffer, const char *text);

/* The text, "" when there is none; NULL when it did not fit into memory. */
const char *buffer_text(const struct buffer *buffer);

#endif
