/* SPDX-License-Identifier: Apache-2.0 */
/* Where each value of a document comes from. */
#ifndef SANDBOX_CLI_ORIGIN_H
#define SANDBOX_CLI_ORIGIN_H

#include "json_tree.h"

/* A line "PATH = VALUE  # ORIGIN" for each value. */
void origin_print(const struct json_tree *tree, struct buffer *buffer);

/* The same as a JSON array of {"path", "value", "origin"}. */
void origin_print_json(const struct json_tree *tree, struct buffer *buffer);

/*
 * The lines of @findings, each behind the origin of what it is about, where
 * that is known, and without a position, which is none of a file's.
 */
void origin_locate(const struct json_tree *tree, const char *findings,
		   struct buffer *buffer);

/* A finding behind its "LINE:COLUMN: ", if it begins so. */
const char *origin_skip_position(const char *text);

#endif
