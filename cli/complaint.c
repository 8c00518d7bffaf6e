/* SPDX-License-Identifier: Apache-2.0 */
/* Words complaints; see complaint.h. */
#include "complaint.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int complain(struct complaint *complaint, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(complaint->text, sizeof(complaint->text), format,
			arguments);
	va_end(arguments);
	return -EINVAL;
}

int complain_at(struct complaint *complaint, const char *start, const char *at,
		const char *words)
{
	size_t line = 1;
	size_t column = 1;

	for (const char *c = start; c < at; c++) {
		if (*c == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*c & 0xc0) != 0x80) {
			column++;
		}
	}
	return complain(complaint, "%zu:%zu: %s", line, column, words);
}

int complain_memory(struct complaint *complaint)
{
	(void)complain(complaint, "out of memory");
	return -ENOMEM;
}
