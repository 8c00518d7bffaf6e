/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protocol buffers in their text format, read by a schema into a tree as JSON
 * is (json_tree.h).  A field is a member of its message; one that is repeated
 * is a member of that name each time.  Values come in one spelling: numbers
 * are decimal, booleans true or false, enums the name of their value.
 */
#ifndef SANDBOX_CLI_TEXT_FORMAT_H
#define SANDBOX_CLI_TEXT_FORMAT_H

#include "json_tree.h"

#include <stdint.h>

enum text_kind {
	TEXT_STRING,
	TEXT_BYTES, /* as a string, but in any encoding */
	TEXT_BOOL,
	TEXT_INT32,
	TEXT_UINT32,
	TEXT_INT64,
	TEXT_UINT64,
	TEXT_ENUM,
	TEXT_MESSAGE,
};

struct text_field {
	const char *name; /* NULL ends a message */
	enum text_kind kind;
	bool repeated;
	const char *const *words;         /* of an enum, from 0 on */
	const struct text_field *message; /* the fields of a message */
};

/*
 * Fills a tree without a root.  Refuses fields that the message has not,
 * values of another type, a second value of a field that is not repeated, and
 * NUL; the complaint begins "LINE:COLUMN: ".
 */
int text_format_parse(struct json_tree *tree, const struct text_field *message,
		      const char *text, size_t size,
		      struct complaint *complaint);

#endif
