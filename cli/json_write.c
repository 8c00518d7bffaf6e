/* SPDX-License-Identifier: Apache-2.0 */
/* Prints JSON trees; without recursion, for a tree may be deep. */
#include "json_tree.h"

#include <string.h>

static bool is_container(const struct json_node *node)
{
	return node->kind == JSON_OBJECT || node->kind == JSON_ARRAY;
}

static void add_close(const struct json_node *node, struct buffer *buffer)
{
	buffer_add(buffer, node->kind == JSON_OBJECT ? "}" : "]");
}

/* The node up to where its first child would follow. */
static void add_start(const struct json_node *node, struct buffer *buffer)
{
	if (node->name != NULL) {
		buffer_add_quoted(buffer, node->name);
		buffer_add(buffer, ":");
	}
	if (node->kind == JSON_STRING) {
		buffer_add_quoted(buffer, node->text);
	} else if (node->kind == JSON_LITERAL) {
		buffer_add(buffer, node->text);
	} else {
		buffer_add(buffer, node->kind == JSON_OBJECT ? "{" : "[");
	}
}

/*
 * The node that follows one without children, or whose children are done: its
 * sibling, or that of the first of its parents that has one.
 */
static const struct json_node *next_of(const struct json_node *node,
				       struct buffer *buffer)
{
	while (node->next == NULL) {
		node = node->parent;
		if (node == NULL) {
			return NULL;
		}
		add_close(node, buffer);
	}
	buffer_add(buffer, ",");
	return node->next;
}

void json_tree_print(const struct json_tree *tree, struct buffer *buffer)
{
	const struct json_node *node = tree->root;

	while (node != NULL) {
		add_start(node, buffer);
		if (node->first != NULL) {
			node = node->first;
			continue;
		}
		if (is_container(node)) {
			add_close(node, buffer);
		}
		node = next_of(node, buffer);
	}
}
