/* SPDX-License-Identifier: Apache-2.0 */
/* Walks documents by paths; see node_path.h. */
#include "node_path.h"

#include "cleanup.h"

#include <stdlib.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"

/* Deeper than a document can be. */
#define DEPTH_MAX 64

static struct path_step take_name(const char **path, const char *name,
				  size_t size, size_t taken)
{
	struct path_step step = { .kind = STEP_BAD };

	if (size > 0 && size < sizeof(step.name)) {
		step.kind = STEP_FIELD;
		memcpy(step.name, name, size);
		*path += taken;
	}
	return step;
}

/* What stands in brackets; @path is behind the opening one. */
static struct path_step take_bracket(const char **path)
{
	struct path_step step = { .kind = STEP_BAD };
	size_t digits = strspn(*path, DIGITS);

	if (strncmp(*path, "+]", 2) == 0) {
		step.kind = STEP_APPEND;
		*path += 2;
	} else if (digits > 0 && digits < 6 && (*path)[digits] == ']') {
		step.kind = STEP_INDEX;
		step.index = strtoul(*path, NULL, 10);
		*path += digits + 1;
	} else if (**path == '"') {
		const char *end = strstr(*path + 1, "\"]");

		if (end != NULL) {
			size_t size = (size_t)(end - *path) - 1;

			return take_name(path, *path + 1, size, size + 3);
		}
	}
	return step;
}

struct path_step path_step(const char **path)
{
	if (**path == '[') {
		*path += 1;
		return take_bracket(path);
	}
	if (**path == '.') {
		*path += 1;
	} else if (**path == '\0' || strchr(LETTERS "_", **path) == NULL) {
		return (struct path_step){ .kind = STEP_NONE };
	}
	return take_name(path, *path, strspn(*path, LETTERS DIGITS "_-/"),
			 strspn(*path, LETTERS DIGITS "_-/"));
}

bool node_is_map(const struct json_node *node)
{
	const struct json_node *parent = node == NULL ? NULL : node->parent;

	if (parent == NULL || node->name == NULL) {
		return false;
	}
	if (strcmp(node->name, "labels") == 0) {
		return parent->parent == NULL;
	}
	if (strcmp(node->name, "cgroup") == 0) {
		return parent->name != NULL &&
		       strcmp(parent->name, "limits") == 0;
	}
	return strcmp(node->name, "sysctls") == 0 ||
	       strcmp(node->name, "hosts") == 0;
}

struct json_node *node_member(const struct json_node *object, const char *name)
{
	struct json_node *node = json_member(object, name);

	if (node != NULL || object == NULL || object->kind != JSON_OBJECT ||
	    node_is_map(object)) {
		return node;
	}
	node = object->first;
	while (node != NULL && !json_same_field(node->name, name)) {
		node = node->next;
	}
	return node;
}

struct json_node *node_element(const struct json_node *array, size_t index)
{
	struct json_node *node = array->first;

	while (node != NULL && index > 0) {
		node = node->next;
		index--;
	}
	return node;
}

static void add_step(const struct json_node *node, struct buffer *buffer)
{
	size_t index = 0;

	if (node->name != NULL && node_is_map(node->parent)) {
		buffer_add(buffer, "[");
		buffer_add_quoted(buffer, node->name);
		buffer_add(buffer, "]");
	} else if (node->name != NULL) {
		buffer_add(buffer, node->parent->parent == NULL ? "" : ".");
		buffer_add(buffer, node->name);
	} else {
		for (const struct json_node *other = node->parent->first;
		     other != node; other = other->next) {
			index++;
		}
		buffer_addf(buffer, "[%zu]", index);
	}
}

void node_add_path(const struct json_node *node, struct buffer *buffer)
{
	const struct json_node *nodes[DEPTH_MAX];
	size_t depth = 0;

	for (; node->parent != NULL && depth < DEPTH_MAX; node = node->parent) {
		nodes[depth++] = node;
	}
	while (depth > 0) {
		add_step(nodes[--depth], buffer);
	}
}

const struct json_node *node_locate(const struct json_node *root,
				    const char *path)
{
	const struct json_node *node = root;

	while (node != NULL) {
		struct path_step step = path_step(&path);
		const struct json_node *inner = NULL;

		if (step.kind == STEP_FIELD) {
			inner = node_member(node, step.name);
		} else if (step.kind == STEP_INDEX) {
			inner = node_element(node, step.index);
		}
		if (inner == NULL) {
			break;
		}
		node = inner;
	}
	return node;
}
