/* SPDX-License-Identifier: Apache-2.0 */
/* Tells where values come from; see origin.h. */
#include "origin.h"

#include "cleanup.h"
#include "node_path.h"

#include <string.h>

static void add_origin(const struct json_node *node, struct buffer *buffer)
{
	if (node->from_value != NULL) {
		buffer_addf(buffer, "--%s", node->from);
		buffer_add(buffer, node->from_value[0] == '\0' ? "" : " ");
		buffer_add(buffer, node->from_value);
		return;
	}
	buffer_add(buffer, node->from);
	if (node->line > 0) {
		buffer_addf(buffer, ":%zu", node->line);
	}
}

static void add_value(const struct json_node *node, struct buffer *buffer)
{
	switch (node->kind) {
	case JSON_OBJECT:
		buffer_add(buffer, "{}");
		break;
	case JSON_ARRAY:
		buffer_add(buffer, "[]");
		break;
	case JSON_STRING:
		buffer_add_quoted(buffer, node->text);
		break;
	case JSON_LITERAL:
	default:
		buffer_add(buffer, node->text);
		break;
	}
}

/* The first node at or behind @node that has a value; NULL: no more. */
static const struct json_node *next_value(const struct json_node *node,
					  bool inside)
{
	while (node != NULL) {
		if (inside && node->first == NULL && node->from != NULL &&
		    node->parent != NULL && !json_is_null(node)) {
			return node;
		}
		if (inside && node->first != NULL) {
			node = node->first;
			continue;
		}
		while (node != NULL && node->next == NULL) {
			node = node->parent;
		}
		node = node == NULL ? NULL : node->next;
		inside = true;
	}
	return NULL;
}

void origin_print(const struct json_tree *tree, struct buffer *buffer)
{
	const struct json_node *node = next_value(tree->root, true);

	for (; node != NULL; node = next_value(node, false)) {
		node_add_path(node, buffer);
		buffer_add(buffer, " = ");
		add_value(node, buffer);
		buffer_add(buffer, "  # ");
		add_origin(node, buffer);
		buffer_add(buffer, "\n");
	}
}

static void add_member(struct buffer *json, const char *name,
		       const struct buffer *value)
{
	buffer_addf(json, "\"%s\": ", name);
	buffer_add_quoted(json, value->failed ? "" : buffer_text(value));
	json->failed = json->failed || value->failed;
}

void origin_print_json(const struct json_tree *tree, struct buffer *buffer)
{
	const struct json_node *node = next_value(tree->root, true);
	const char *separator = "\n    {";

	buffer_add(buffer, "[");
	for (; node != NULL; node = next_value(node, false)) {
		_cleanup_(buffer_done) struct buffer path = BUFFER_INIT;
		_cleanup_(buffer_done) struct buffer origin = BUFFER_INIT;

		node_add_path(node, &path);
		add_origin(node, &origin);
		buffer_add(buffer, separator);
		add_member(buffer, "path", &path);
		buffer_add(buffer, ", \"value\": ");
		add_value(node, buffer);
		buffer_add(buffer, ", ");
		add_member(buffer, "origin", &origin);
		buffer_add(buffer, "}");
		separator = ",\n    {";
	}
	buffer_add(buffer, "\n  ]");
}

/* Behind "LINE:COLUMN: ", if it begins so. */
const char *origin_skip_position(const char *text)
{
	size_t line = strspn(text, "0123456789");
	size_t column = 0;

	if (line == 0 || text[line] != ':') {
		return text;
	}
	column = strspn(text + line + 1, "0123456789");
	if (column == 0 || strncmp(text + line + 1 + column, ": ", 2) != 0) {
		return text;
	}
	return text + line + column + 3;
}

void origin_locate(const struct json_tree *tree, const char *findings,
		   struct buffer *buffer)
{
	while (*findings != '\0') {
		const char *text = origin_skip_position(findings);
		size_t size = strcspn(text, "\n");
		const struct json_node *node = node_locate(tree->root, text);

		if (node != NULL && node->parent != NULL &&
		    node->from != NULL) {
			add_origin(node, buffer);
			buffer_add(buffer, ": ");
		}
		buffer_add_bytes(buffer, text, size);
		findings = text + size;
		if (*findings == '\n') {
			buffer_add(buffer, "\n");
			findings++;
		}
	}
}
