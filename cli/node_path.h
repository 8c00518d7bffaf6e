/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths into a document, as findings have them: "mounts[2].target",
 * "labels[\"a.b\"]".  The few fields that are maps are known here, for a key is
 * not a field: it has one spelling.
 */
#ifndef SANDBOX_CLI_NODE_PATH_H
#define SANDBOX_CLI_NODE_PATH_H

#include "json_tree.h"

enum step_kind {
	STEP_FIELD,  /* .name, ["name"] */
	STEP_INDEX,  /* [3] */
	STEP_APPEND, /* [+] */
	STEP_NONE,   /* no further step */
	STEP_BAD,
};

struct path_step {
	enum step_kind kind;
	char name[256];
	size_t index;
};

/* Takes one step off @path; the first has no dot. */
struct path_step path_step(const char **path);

/* Whether the members of an object are keys and not fields. */
bool node_is_map(const struct json_node *node);

/* The member of that name, in either spelling where it is a field. */
struct json_node *node_member(const struct json_node *object, const char *name);

struct json_node *node_element(const struct json_node *array, size_t index);

/* Its path; "" for the root. */
void node_add_path(const struct json_node *node, struct buffer *buffer);

/*
 * The node that a text begins with the path of, or the innermost one around
 * it that is there.
 */
const struct json_node *node_locate(const struct json_node *root,
				    const char *path);

#endif
