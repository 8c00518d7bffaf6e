/* SPDX-License-Identifier: Apache-2.0 */
/* Comparison without regard to case that no locale changes. */
#ifndef SANDBOX_SPEC_ASCII_H
#define SANDBOX_SPEC_ASCII_H

#include <stdbool.h>

static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* What of @text stands behind @prefix, which is in lower case; or @text. */
static inline const char *ascii_skip_prefix(const char *text,
					    const char *prefix)
{
	const char *at = text;

	while (*prefix != '\0' && ascii_lower(*at) == *prefix) {
		at++;
		prefix++;
	}
	return *prefix == '\0' ? at : text;
}

/* Whether @text is @lower, which is in lower case, in some case. */
static inline bool ascii_is(const char *text, const char *lower)
{
	while (*text != '\0' && ascii_lower(*text) == *lower) {
		text++;
		lower++;
	}
	return *text == '\0' && *lower == '\0';
}

#endif
