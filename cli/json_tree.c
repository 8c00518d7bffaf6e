/* SPDX-License-Identifier: Apache-2.0 */
/* Builds and changes JSON trees; see json_tree.h. */
#include "json_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void json_tree_done(struct json_tree *tree)
{
	while (tree->newest != NULL) {
		struct json_node *node = tree->newest;

		tree->newest = node->older;
		free(node->name);
		free(node->text);
		free(node);
	}
	*tree = (struct json_tree)JSON_TREE_INIT;
}

static void set_fault(struct json_tree *tree, const char *path,
		      const char *fault)
{
	if (tree->fault[0] == '\0') {
		(void)snprintf(tree->fault, sizeof(tree->fault), "%s%s%s", path,
			       path[0] == '\0' ? "" : " ", fault);
	}
}

static bool copy_text(const char *text, char **ret)
{
	if (text != NULL) {
		*ret = strdup(text);
	}
	return text == NULL || *ret != NULL;
}

static struct json_node *new_node(struct json_tree *tree, enum json_kind kind,
				  const char *name, const char *text)
{
	struct json_node *node = calloc(1, sizeof(*node));

	if (node == NULL) {
		set_fault(tree, "", "out of memory");
		return NULL;
	}
	node->kind = kind;
	node->older = tree->newest;
	tree->newest = node;
	if (!copy_text(name, &node->name) || !copy_text(text, &node->text)) {
		set_fault(tree, "", "out of memory");
		return NULL;
	}
	return node;
}

void json_attach(struct json_node *parent, struct json_node *node)
{
	node->parent = parent;
	node->next = NULL;
	if (parent->last == NULL) {
		parent->first = node;
	} else {
		parent->last->next = node;
	}
	parent->last = node;
}

struct json_node *json_append(struct json_tree *tree, struct json_node *parent,
			      enum json_kind kind, const char *name,
			      const char *text)
{
	struct json_node *node = NULL;

	if (tree->fault[0] != '\0') {
		return NULL;
	}
	node = new_node(tree, kind, name, text);
	if (node == NULL) {
		return NULL;
	}
	if (parent == NULL) {
		tree->root = node;
		return node;
	}
	json_attach(parent, node);
	return node;
}

struct json_node *json_member(const struct json_node *object, const char *name)
{
	struct json_node *node = object == NULL ? NULL : object->first;

	while (node != NULL &&
	       (node->name == NULL || strcmp(node->name, name) != 0)) {
		node = node->next;
	}
	return node;
}

/* "wall_ms" to "wallMs". */
static void camel_case(const char *field, char *name, size_t size)
{
	size_t used = 0;

	for (const char *c = field; *c != '\0' && used + 1 < size; c++) {
		if (*c == '_' && c[1] >= 'a' && c[1] <= 'z') {
			c++;
			name[used++] = (char)(*c - 'a' + 'A');
		} else if (*c != '_') {
			name[used++] = *c;
		}
	}
	name[used] = '\0';
}

struct json_node *json_field(const struct json_node *object, const char *field)
{
	struct json_node *node = json_member(object, field);
	char name[64];

	if (node != NULL) {
		return node;
	}
	camel_case(field, name, sizeof(name));
	return json_member(object, name);
}

const char *json_text(const struct json_node *node)
{
	return node == NULL || node->text == NULL ? "" : node->text;
}

bool json_same_field(const char *one, const char *other)
{
	char first[64];
	char second[64];

	camel_case(one, first, sizeof(first));
	camel_case(other, second, sizeof(second));
	return strcmp(first, second) == 0;
}

bool json_is_null(const struct json_node *node)
{
	return node->kind == JSON_LITERAL && strcmp(node->text, "null") == 0;
}

void json_remove(struct json_node *node)
{
	struct json_node *parent = node == NULL ? NULL : node->parent;
	struct json_node *before = NULL;

	if (parent == NULL) {
		return;
	}
	for (struct json_node *child = parent->first; child != node;
	     child = child->next) {
		before = child;
	}
	if (before == NULL) {
		parent->first = node->next;
	} else {
		before->next = node->next;
	}
	if (parent->last == node) {
		parent->last = before;
	}
	node->parent = NULL;
	node->next = NULL;
}

void json_replace(struct json_node *old, struct json_node *node)
{
	struct json_node *parent = old->parent;
	struct json_node *after = old->next;

	json_remove(old);
	json_attach(parent, node);
	/* What stood behind goes behind it again. */
	while (after != NULL && after != node) {
		struct json_node *next = after->next;

		json_remove(after);
		json_attach(parent, after);
		after = next;
	}
}

void json_mark(struct json_tree *tree, const struct json_node *since,
	       const char *from, const char *value)
{
	for (struct json_node *node = tree->newest; node != since;
	     node = node->older) {
		if (node->from == NULL) {
			node->from = from;
			node->from_value = value;
		}
	}
}

/* The field of @object, made if need be; NULL where it is something else. */
static struct json_node *enter(struct json_tree *tree, struct json_node *object,
			       enum json_kind kind, const char *field)
{
	struct json_node *node = json_field(object, field);

	if (node != NULL && json_is_null(node)) {
		json_remove(node);
		node = NULL;
	}
	if (node == NULL) {
		return json_append(tree, object, kind, field, NULL);
	}
	return node->kind == kind ? node : NULL;
}

/* Takes the first field off a path; false behind the last. */
static bool next_field(const char **path, char *field, size_t size)
{
	size_t length = strcspn(*path, ".");

	if (length == 0 || length >= size) {
		return false;
	}
	memcpy(field, *path, length);
	field[length] = '\0';
	*path += length + ((*path)[length] == '.' ? 1 : 0);
	return true;
}

static struct json_node *container_at(struct json_tree *tree, const char *path,
				      enum json_kind kind)
{
	const char *rest = path;
	struct json_node *node = tree->root;
	char field[64];

	if (tree->fault[0] != '\0') {
		return NULL;
	}
	if (node == NULL) {
		node = json_append(tree, NULL, JSON_OBJECT, NULL, NULL);
	} else if (node->kind != JSON_OBJECT) {
		set_fault(tree, "", "the document is not an object");
		return NULL;
	}
	while (node != NULL && next_field(&rest, field, sizeof(field))) {
		enum json_kind wanted = *rest == '\0' ? kind : JSON_OBJECT;

		node = enter(tree, node, wanted, field);
		if (node == NULL) {
			set_fault(tree, path,
				  wanted == JSON_OBJECT ? "is not in an object"
							: "is not an array");
		}
	}
	return node;
}

struct json_node *json_object_at(struct json_tree *tree, const char *path)
{
	return container_at(tree, path, JSON_OBJECT);
}

struct json_node *json_array_at(struct json_tree *tree, const char *path)
{
	return container_at(tree, path, JSON_ARRAY);
}

struct json_node *json_find(const struct json_tree *tree, const char *path)
{
	struct json_node *node = tree->root;
	char field[64];

	while (node != NULL && next_field(&path, field, sizeof(field))) {
		node = json_field(node, field);
	}
	return node == NULL || json_is_null(node) ? NULL : node;
}

void json_set(struct json_tree *tree, const char *path, enum json_kind kind,
	      const char *text)
{
	const char *dot = strrchr(path, '.');
	const char *field = dot == NULL ? path : dot + 1;
	struct json_node *object = NULL;
	char parent[64];

	(void)snprintf(parent, sizeof(parent), "%.*s",
		       dot == NULL ? 0 : (int)(dot - path), path);
	object = json_object_at(tree, parent);
	if (object == NULL) {
		return;
	}
	json_remove(json_field(object, field));
	(void)json_append(tree, object, kind, field, text);
}
