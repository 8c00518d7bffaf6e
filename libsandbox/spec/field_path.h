/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where in a message something stands: "network.egress[2].ports".  The names
 * are those of the schema, whatever spelling a document used.
 */
#ifndef SANDBOX_SPEC_FIELD_PATH_H
#define SANDBOX_SPEC_FIELD_PATH_H

#include "spec/text.h"

#include <stddef.h>

/* Messages inside messages that any document may have. */
#define FIELD_PATH_DEPTH 16

/* What a rendered path may take; longer ones are cut. */
#define FIELD_PATH_BYTES 256

#define NO_INDEX ((size_t)-1)

struct path_step {
	const char *name; /* field, or NULL while there is none */
	const char *key;  /* of a map, or NULL */
	size_t index;     /* of a list, or NO_INDEX */
};

struct field_path {
	size_t depth;
	struct path_step steps[FIELD_PATH_DEPTH];
};

void field_path_render(const struct field_path *path, struct text *text);

#endif
