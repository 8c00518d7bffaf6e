/* SPDX-License-Identifier: Apache-2.0 */
/* Imports one foreign configuration and looks at what it came to. */
#ifndef SANDBOX_TESTS_CLI_IMPORT_CASE_H
#define SANDBOX_TESTS_CLI_IMPORT_CASE_H

#include <stddef.h>

#define PARTS_MAX 16

struct import_case {
	const char *about;
	const char *config; /* the file c, with ' for "; or NULL */
	const char *line;   /* behind "import --json" */
	const char *
		parts[PARTS_MAX]; /* of the document without blanks, likewise */
	const char *lost[PARTS_MAX]; /* the fields, all of them, in order */
	/* What a build may lack, and then it says so. */
	struct import_later {
		const char *part;
		const char *field;
	} later[PARTS_MAX];
};

void check_imports(const struct import_case *cases, size_t count);

#endif
