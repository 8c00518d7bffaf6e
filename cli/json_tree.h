/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A JSON document as a tree that can be changed and printed again.  It knows
 * nothing of specifications but that a field has two spellings, snake_case and
 * camelCase.  Numbers stay as they are written.
 *
 * Changing a tree never fails at once: what goes wrong is left in @fault, and
 * every further change is then without effect.  NULL is taken for a node.
 */
#ifndef SANDBOX_CLI_JSON_TREE_H
#define SANDBOX_CLI_JSON_TREE_H

#include "buffer.h"
#include "complaint.h"

#include <stdbool.h>
#include <stddef.h>

enum json_kind {
	JSON_OBJECT,
	JSON_ARRAY,
	JSON_STRING,
	JSON_LITERAL, /* a number, true, false, null: as it is written */
};

struct json_node {
	enum json_kind kind;
	char *name; /* of an object's member */
	char *text; /* of a string, decoded; of a literal */
	struct json_node *parent;
	struct json_node *first;
	struct json_node *last;
	struct json_node *next;
	struct json_node *older; /* all nodes of the tree, for freeing */
	size_t line;             /* where its value was read; 0: nowhere */
	const char *from;        /* a file or an option, see json_mark() */
	const char *from_value;  /* of the option; NULL: it is a file */
};

struct json_tree {
	struct json_node *root;
	struct json_node *newest;
	char fault[160]; /* "" while all is well */
};

#define JSON_TREE_INIT       \
	{                    \
		.root = NULL \
	}

void json_tree_done(struct json_tree *tree);

/*
 * Fills a tree without a root from text.  Refuses what RFC 8259 does, two
 * members of one name, NUL, and more than 32 levels; the complaint begins
 * "LINE:COLUMN: ".
 */
int json_tree_parse(struct json_tree *tree, const char *text, size_t size,
		    struct complaint *complaint);

/* A node and what is below it, without its name; nothing for NULL. */
void json_node_print(const struct json_node *node, struct buffer *buffer);

/* The same with a line for each member, as if it lay @depth levels down. */
void json_node_spread(const struct json_node *node, size_t depth,
		      struct buffer *buffer);

/* The tree on one line. */
void json_tree_print(const struct json_tree *tree, struct buffer *buffer);

/*
 * Adds a node at the end of @parent, or makes it the root where @parent is
 * NULL.  @name is for members, @text for strings and literals; both copied.
 */
struct json_node *json_append(struct json_tree *tree, struct json_node *parent,
			      enum json_kind kind, const char *name,
			      const char *text);

/* The member of exactly that name, or NULL. */
struct json_node *json_member(const struct json_node *object, const char *name);

/* The member that is a field: @field in snake_case, or so in camelCase. */
struct json_node *json_field(const struct json_node *object, const char *field);

/* Its text if it is a string or a literal, else "". */
const char *json_text(const struct json_node *node);

/*
 * The object or array at a path of fields, as "process.stdio"; what is missing
 * is made, and null stands for what is missing.
 */
struct json_node *json_object_at(struct json_tree *tree, const char *path);
struct json_node *json_array_at(struct json_tree *tree, const char *path);

/* As json_object_at(), but NULL where something is missing. */
struct json_node *json_find(const struct json_tree *tree, const char *path);

/* Sets the field at a path, whatever it was before. */
void json_set(struct json_tree *tree, const char *path, enum json_kind kind,
	      const char *text);

/* Takes a node, and what is below it, out of its parent. */
void json_remove(struct json_node *node);

/* Puts a node that has no parent at the end of @parent, or in place of @old. */
void json_attach(struct json_node *parent, struct json_node *node);
void json_replace(struct json_node *old, struct json_node *node);

/* Whether two names are one field, each in either spelling. */
bool json_same_field(const char *one, const char *other);

/* Whether it is the word null, which stands for what is missing. */
bool json_is_null(const struct json_node *node);

/*
 * Says of all nodes newer than @since, NULL for all, whence they came, where
 * that is not said yet.  The text is borrowed.
 */
void json_mark(struct json_tree *tree, const struct json_node *since,
	       const char *from, const char *value);

#endif
