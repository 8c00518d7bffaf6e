/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of what this build implements of the schema, and of the rules that
 * concern one field alone.  A field without a row is refused when it is set.
 */
#ifndef SANDBOX_SPEC_FIELD_RULES_H
#define SANDBOX_SPEC_FIELD_RULES_H

#include <stddef.h>
#include <stdint.h>

/* No ceiling but that of the type. */
#define ANY_NUMBER 0

struct field_rule {
	const char *path;   /* in the schema, without indexes */
	const char *values; /* enum: those implemented besides the zero value,
			       separated by spaces */
	const char *only;   /* the field means something only with these values
			       of the message's own `kind` or `mode` */
	const char *(*grammar)(const char *text); /* of strings, grammar.h */
	uint64_t most;                            /* number: ceiling */
	size_t most_elements;                     /* list */
};

/* NULL for a field that is not implemented. */
const struct field_rule *field_rule(const char *schema_path);

/* The rows one by one; NULL after the last. */
const struct field_rule *field_rule_at(size_t index);

#endif
