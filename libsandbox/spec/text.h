/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line of text in a buffer of fixed size: what does not fit is cut, and the
 * buffer always holds a terminated string.
 */
#ifndef SANDBOX_SPEC_TEXT_H
#define SANDBOX_SPEC_TEXT_H

#include <stdarg.h>
#include <stddef.h>

struct text {
	char *buffer;
	size_t size;
	size_t used;
};

/* An empty text over an array. */
#define TEXT_OVER(array)                                 \
	(struct text)                                    \
	{                                                \
		.buffer = (array), .size = sizeof(array) \
	}

__attribute__((format(printf, 2, 3))) void text_add(struct text *text,
						    const char *format, ...);
__attribute__((format(printf, 2, 0))) void text_add_list(struct text *text,
							 const char *format,
							 va_list arguments);

/* Adds "LINE:COLUMN: ", both from 1, of @at in what begins at @start. */
void text_add_position(struct text *text, const char *start, const char *at);

/*
 * Adds a value of the caller's in double quotes, on one line whatever it
 * holds: control characters are escaped, a long value is cut with "...".
 */
void text_add_quoted(struct text *text, const char *value, size_t size);

#endif
