/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of documents and of what is wrong with them.  Documents are written
 * with single quotes, so that they can be read.
 */
#ifndef SANDBOX_TESTS_UNIT_SPEC_SPEC_CASE_H
#define SANDBOX_TESTS_UNIT_SPEC_SPEC_CASE_H

#include "base/err.h"
#include "spec/spec.h"

#include <stddef.h>

/* A document with a program and further members of the top level. */
#define SPEC(members) "{'process':{'argv':['/bin/true']}," members "}"

/* A document whose process has further members. */
#define PROCESS(members) "{'process':{'argv':['/bin/true']," members "}}"

struct spec_case {
	const char *document;
	const char *path;    /* subject of the error; NULL: is accepted */
	const char *message; /* the line of it, after "PATH: " */
};

/* spec_decode_json() of a document with single quotes. */
int spec_case_decode(const char *document, struct spec **ret, struct err *err);

/* Ends the test at the first row that comes out otherwise. */
void spec_case_check_all(const struct spec_case *cases, size_t count);

/* A copy with double quotes for single ones, from malloc. */
char *spec_case_text(const char *document);

#endif
