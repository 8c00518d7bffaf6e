/* SPDX-License-Identifier: Apache-2.0 */
/* What all importers do with fields; see import.h. */
#include "import.h"

#include "cleanup.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void import_lose(struct import *import, const char *field, const char *why, ...)
{
	struct json_tree *lost = &import->lost;
	struct json_node *entry = NULL;
	char text[512];
	va_list arguments;

	va_start(arguments, why);
	(void)vsnprintf(text, sizeof(text), why, arguments);
	va_end(arguments);
	if (lost->root == NULL) {
		(void)json_append(lost, NULL, JSON_ARRAY, NULL, NULL);
	}
	entry = json_append(lost, lost->root, JSON_OBJECT, NULL, NULL);
	if (entry != NULL) {
		(void)json_append(lost, entry, JSON_STRING, "field", field);
		(void)json_append(lost, entry, JSON_STRING, "why", text);
	}
}

struct import_name import_name(const char *prefix, const char *name)
{
	struct import_name field;

	(void)snprintf(field.text, sizeof(field.text), "%.80s%s%.70s", prefix,
		       prefix[0] == '\0' ? "" : ".", name);
	return field;
}

void import_mark(struct import *import, const struct json_node *since,
		 const char *field)
{
	const struct json_node *name = NULL;

	if (import->draft.tree.newest == since) {
		return;
	}
	if (import->names.root == NULL) {
		(void)json_append(&import->names, NULL, JSON_ARRAY, NULL, NULL);
	}
	name = json_append(&import->names, import->names.root, JSON_STRING,
			   NULL, field);
	if (name != NULL) {
		json_mark(&import->draft.tree, since, name->text, NULL);
	}
}

static const struct import_row *find_row(const struct import_row *table,
					 const char *name)
{
	while (table->name != NULL && strcmp(table->name, name) != 0) {
		table++;
	}
	return table->name == NULL ? NULL : table;
}

void import_members(struct import *import, const char *prefix,
		    const struct json_node *object,
		    const struct import_row *table)
{
	if (object->kind != JSON_OBJECT) {
		import_lose(import, prefix, "is not an object");
		return;
	}
	for (const struct json_node *node = object->first; node != NULL;
	     node = node->next) {
		struct import_name field = import_name(prefix, node->name);
		const struct import_row *row = find_row(table, node->name);
		const struct json_node *since = import->draft.tree.newest;

		if (json_is_null(node)) {
			continue;
		}
		if (row == NULL) {
			import_lose(import, field.text, "is not known here");
		} else if (row->take != NULL) {
			row->take(import, row, field.text, node);
			import_mark(import, since, field.text);
		} else {
			import_lose(import, field.text, "%s", row->why);
		}
	}
}

bool import_read_number(const char *text, uint64_t *ret)
{
	size_t digits = strspn(text, "0123456789");
	char *end = NULL;

	if (digits == 0 || text[digits] != '\0') {
		return false;
	}
	errno = 0;
	*ret = strtoull(text, &end, 10);
	return errno == 0;
}

void import_set_text(struct import *import, const char *path, const char *text)
{
	json_set(&import->draft.tree, path, JSON_STRING, text);
}

void import_set_word(struct import *import, const char *path, const char *word)
{
	json_set(&import->draft.tree, path, JSON_LITERAL, word);
}

void import_add_text(struct import *import, const char *path, const char *text)
{
	struct json_node *list = json_array_at(&import->draft.tree, path);

	if (list != NULL) {
		(void)json_append(&import->draft.tree, list, JSON_STRING, NULL,
				  text);
	}
}

struct json_node *import_add_object(struct import *import, const char *path)
{
	struct json_node *list = json_array_at(&import->draft.tree, path);

	return list == NULL ? NULL
			    : json_append(&import->draft.tree, list,
					  JSON_OBJECT, NULL, NULL);
}

void import_put_text(struct import *import, struct json_node *object,
		     const char *field, const char *text)
{
	if (object != NULL) {
		json_remove(json_field(object, field));
		(void)json_append(&import->draft.tree, object, JSON_STRING,
				  field, text);
	}
}

void import_put_word(struct import *import, struct json_node *object,
		     const char *field, const char *word)
{
	if (object != NULL) {
		json_remove(json_field(object, field));
		(void)json_append(&import->draft.tree, object, JSON_LITERAL,
				  field, word);
	}
}

void import_text(struct import *import, const struct import_row *row,
		 const char *field, const struct json_node *node)
{
	if (node->kind != JSON_STRING) {
		import_lose(import, field, "is not text");
	} else if (node->text[0] != '\0') {
		import_set_text(import, row->to, node->text);
	}
}

void import_number(struct import *import, const struct import_row *row,
		   const char *field, const struct json_node *node)
{
	uint64_t number = 0;

	if (!import_read_number(json_text(node), &number)) {
		import_lose(import, field,
			    "\"%.60s\" is not a number from 0 up",
			    json_text(node));
	} else {
		draft_set_number(&import->draft, row->to, number);
	}
}

void import_bool(struct import *import, const struct import_row *row,
		 const char *field, const struct json_node *node)
{
	(void)field;
	if (strcmp(json_text(node), "true") == 0) {
		import_set_word(import, row->to, "true");
	}
}

void import_texts(struct import *import, const struct import_row *row,
		  const char *field, const struct json_node *node)
{
	if (node->kind != JSON_ARRAY) {
		import_lose(import, field, "is not a list");
		return;
	}
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		import_add_text(import, row->to, json_text(one));
	}
}

void import_append(struct import *import, const struct import_row *row,
		   const char *field, const struct json_node *node)
{
	(void)field;
	import_add_text(import, row->to, json_text(node));
}

void import_map(struct import *import, const struct import_row *row,
		const char *field, const struct json_node *node)
{
	struct json_node *map = NULL;

	if (node->kind != JSON_OBJECT) {
		import_lose(import, field, "is not an object");
		return;
	}
	map = json_object_at(&import->draft.tree, row->to);
	for (const struct json_node *one = node->first;
	     map != NULL && one != NULL; one = one->next) {
		(void)json_append(&import->draft.tree, map, JSON_STRING,
				  one->name, json_text(one));
	}
}

void import_nothing(struct import *import, const struct import_row *row,
		    const char *field, const struct json_node *node)
{
	(void)import;
	(void)row;
	(void)field;
	(void)node;
}

void import_streams(struct import *import)
{
	import_set_text(import, "process.stdio.in.kind", "INHERIT");
	import_set_text(import, "process.stdio.out.kind", "INHERIT");
	import_set_text(import, "process.stdio.err.kind", "INHERIT");
}
