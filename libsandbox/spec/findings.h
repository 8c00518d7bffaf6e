/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is wrong with a document: all of it, one finding a field, in the order
 * in which it was found.
 */
#ifndef SANDBOX_SPEC_FINDINGS_H
#define SANDBOX_SPEC_FINDINGS_H

#include "base/err.h"
#include "spec/arena.h"

#include <stdarg.h>
#include <stddef.h>

struct finding {
	struct finding *next;
	const char *path;
	const char *text; /* path and complaint */
};

struct findings {
	struct arena *arena;
	struct finding *first;
	struct finding *last;
	size_t count; /* those that were not kept, too */
};

/*
 * Adds a complaint about the field at @path; a second one about the same field
 * is dropped, as it follows from the first as a rule.
 */
__attribute__((format(printf, 3, 4))) void findings_add(
	struct findings *findings, const char *path, const char *format, ...);
__attribute__((format(printf, 3, 0))) void findings_add_list(
	struct findings *findings, const char *path, const char *format,
	va_list arguments);

/*
 * Adds `PATH: "VALUE" RULE`.
 */
void findings_add_value(struct findings *findings, const char *path,
			const char *value, const char *rule);

/* 0 without findings, else all of them, as far as they fit, and -EINVAL. */
int findings_report(const struct findings *findings, struct err *err);

#endif
