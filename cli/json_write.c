/* SPDX-License-Identifier: Apache-2.0 */
/* Prints JSON trees; without recursion, for a tree may be deep. */
#include "json_tree.h"

#include <string.h>

static bool is_container(const struct json_node *node)
{
	return node->kind == JSON_OBJECT || node->kind == JSON_ARRAY;
}

/* How a node is laid out, and how deep it has been gone into. */
struct layout {
	const struct json_node *top;
	struct buffer *buffer;
	bool spread; /* a line for each member; else all on one */
	size_t depth;
};

static void break_line(const struct layout *layout)
{
	if (layout->spread) {
		buffer_addf(layout->buffer, "\n%*s", (int)(2 * layout->depth),
			    "");
	}
}

static void add_close(const struct json_node *node, struct buffer *buffer)
{
	buffer_add(buffer, node->kind == JSON_OBJECT ? "}" : "]");
}

/* The node up to where its first child would follow. */
static void add_start(const struct layout *layout, const struct json_node *node)
{
	struct buffer *buffer = layout->buffer;

	if (node != layout->top && node->name != NULL) {
		buffer_add_quoted(buffer, node->name);
		buffer_add(buffer, layout->spread ? ": " : ":");
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
static const struct json_node *next_of(struct layout *layout,
				       const struct json_node *node)
{
	while (node != layout->top && node->next == NULL) {
		node = node->parent;
		layout->depth--;
		break_line(layout);
		add_close(node, layout->buffer);
	}
	if (node == layout->top) {
		return NULL;
	}
	buffer_add(layout->buffer, ",");
	break_line(layout);
	return node->next;
}

static void print(struct layout *layout)
{
	const struct json_node *node = layout->top;

	while (node != NULL) {
		add_start(layout, node);
		if (node->first != NULL) {
			layout->depth++;
			break_line(layout);
			node = node->first;
			continue;
		}
		if (is_container(node)) {
			add_close(node, layout->buffer);
		}
		node = next_of(layout, node);
	}
}

void json_node_print(const struct json_node *node, struct buffer *buffer)
{
	struct layout layout = { .top = node, .buffer = buffer };

	print(&layout);
}

void json_node_spread(const struct json_node *node, size_t depth,
		      struct buffer *buffer)
{
	struct layout layout = {
		.top = node, .buffer = buffer, .spread = true, .depth = depth
	};

	print(&layout);
}

void json_tree_print(const struct json_tree *tree, struct buffer *buffer)
{
	json_node_print(tree->root, buffer);
}
