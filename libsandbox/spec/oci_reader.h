/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads JSON of others, which has no protobuf descriptor: objects by tables of
 * members, lists by what reads an element.  The first fault ends the reading
 * and stays with its line and column.
 */
#ifndef SANDBOX_SPEC_OCI_READER_H
#define SANDBOX_SPEC_OCI_READER_H

#include "spec/arena.h"
#include "spec/json_lexer.h"

#include <stddef.h>
#include <stdint.h>

#define OCI_DEPTH_MAX 16U

struct oci_reader {
	struct json_lexer lexer;
	const char *start;
	struct json_token token; /* at hand: the first of a value */
	unsigned int depth;
	char fault[240]; /* "LINE:COLUMN: ..." */
};

/*
 * Reads a value that begins with the token at hand, and leaves its last one
 * there.  0, -EINVAL with the fault set, or -ENOMEM.
 */
typedef int oci_value(struct oci_reader *reader, void *target);

struct oci_member {
	const char *name;
	oci_value *read;
};

/* At most 64 members; one that is in no row, or comes twice, is a fault. */
int oci_object(struct oci_reader *reader, const struct oci_member *members,
	       size_t count, void *target);

/* null is an empty list. */
int oci_list(struct oci_reader *reader, oci_value *each, void *target);

/* Any value; what is in it does not matter. */
int oci_skip(struct oci_reader *reader, void *target);

/* *ret is of the arena. */
int oci_string(struct oci_reader *reader, const char **ret);
int oci_number(struct oci_reader *reader, uint64_t most, uint64_t *ret);

/* A whole text that is one value. */
int oci_read(struct oci_reader *reader, const char *text, size_t size,
	     struct arena *arena, oci_value *read, void *target);

/* A fault at the token at hand; -EINVAL. */
__attribute__((format(printf, 2, 3))) int oci_fault(struct oci_reader *reader,
						    const char *format, ...);

#endif
