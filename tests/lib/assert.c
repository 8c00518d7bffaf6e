/* SPDX-License-Identifier: Apache-2.0 */
/* The assertions: each says where it stands and shows the values it saw. */
#include "lib/tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void tap_fail(struct tap_place place, const char *format, ...)
{
	va_list arguments;

	(void)fflush(stdout);
	(void)fprintf(stderr, "%s:%d: ", place.file, place.line);
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
	(void)fputc('\n', stderr);
	_exit(EXIT_FAILURE);
}

void tap_equal(struct tap_place place, const char *expression, intmax_t a,
	       intmax_t b)
{
	if (a != b) {
		tap_fail(place, "%s: %jd is not %jd (0x%jx, 0x%jx)", expression,
			 a, b, (uintmax_t)a, (uintmax_t)b);
	}
}

void tap_same_text(struct tap_place place, const char *expression,
		   const char *a, const char *b)
{
	if (a == NULL || b == NULL || strcmp(a, b) != 0) {
		tap_fail(place, "%s:\n\"%s\"\n is not\n\"%s\"", expression,
			 a == NULL ? "(NULL)" : a, b == NULL ? "(NULL)" : b);
	}
}

void tap_contains(struct tap_place place, const char *expression,
		  const char *text, const char *part)
{
	if (text == NULL || part == NULL || strstr(text, part) == NULL) {
		tap_fail(place, "%s:\n\"%s\"\n has no\n\"%s\"", expression,
			 text == NULL ? "(NULL)" : text,
			 part == NULL ? "(NULL)" : part);
	}
}

void tap_ok(struct tap_place place, const char *expression, intmax_t result)
{
	if (result < 0) {
		const char *name =
			result < -4095 ? NULL : strerrorname_np((int)-result);

		tap_fail(place, "%s: %s (%jd)", expression,
			 name == NULL ? "no errno" : name, result);
	}
}
