/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this build does not take is taken out of an imported document again, and
 * told as lost: who gets the document can check and run it.
 */
#include "cleanup.h"
#include "import.h"
#include "node_path.h"
#include "origin.h"
#include "spec_builder.h"

#include <errno.h>
#include <string.h>

/* The field of theirs that a node was made of, or else its own path. */
static void lose(struct import *import, const struct json_node *node,
		 const char *finding)
{
	_cleanup_(buffer_done) struct buffer path = BUFFER_INIT;
	const struct json_node *named = node;
	int size = (int)strcspn(finding, "\n");

	while (named != NULL && named->from == NULL) {
		named = named->first;
	}
	for (; named == NULL && node != NULL && node->from == NULL;) {
		node = node->parent;
	}
	named = named == NULL ? node : named;
	if (named != NULL) {
		import_lose(import, named->from, "%.*s", size, finding);
		return;
	}
	buffer_add_bytes(&path, finding, strcspn(finding, ":\n"));
	import_lose(import, path.failed ? "" : buffer_text(&path), "%.*s", size,
		    finding);
}

/* Whether the finding is about the node itself, not about what it lacks. */
static bool is_about(const struct json_node *node, const char *finding)
{
	_cleanup_(buffer_done) struct buffer path = BUFFER_INIT;

	node_add_path(node, &path);
	return !path.failed && path.used > 0 &&
	       strncmp(finding, path.data, path.used) == 0 &&
	       finding[path.used] == ':';
}

/* The node as its parent has it. */
static struct json_node *changeable(const struct json_node *node)
{
	struct json_node *child = node->parent->first;

	while (child != node) {
		child = child->next;
	}
	return child;
}

/*
 * What has to go: a whole element of a list, as a mount without one of its
 * values would be another mount.  NULL: it would not help.
 */
static struct json_node *culprit(const struct import *import,
				 const char *finding)
{
	const struct json_node *root = import->draft.tree.root;
	const struct json_node *found = node_locate(root, finding);
	const struct json_node *list =
		json_find(&import->draft.tree, "process.argv");

	for (const struct json_node *node = found; node != NULL;
	     node = node->parent) {
		if (node == list) {
			return NULL;
		}
		if (node->parent != NULL && node->parent->kind == JSON_ARRAY) {
			return changeable(node);
		}
	}
	return found == NULL || found == root || !is_about(found, finding)
		       ? NULL
		       : changeable(found);
}

static const char *next_line(const char *text)
{
	text += strcspn(text, "\n");
	return *text == '\0' ? text : text + 1;
}

/* True: something is gone, so that it has to be asked about again. */
static bool take_out_one(struct import *import, const char *findings)
{
	for (const char *line = findings; *line != '\0';
	     line = next_line(line)) {
		const char *finding = origin_skip_position(line);
		struct json_node *node = culprit(import, finding);

		if (node != NULL) {
			lose(import, node, finding);
			json_remove(node);
			return true;
		}
	}
	return false;
}

/* The program may be given to run; all else has to be told. */
static void tell_rest(struct import *import, const char *findings)
{
	static const char program[] = "process.argv: ";

	for (const char *line = findings; *line != '\0';
	     line = next_line(line)) {
		const char *finding = origin_skip_position(line);

		if (strncmp(finding, program, strlen(program)) != 0) {
			lose(import, NULL, finding);
		}
	}
}

/* Reads the document as a start would; true: something was taken out of it. */
static bool try_once(struct import *import)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	sandbox_error *error = NULL;
	sandbox_spec *spec = NULL;
	bool again = false;

	json_tree_print(&import->draft.tree, &text);
	if (text.failed || buffer_text(&text) == NULL) {
		return false;
	}
	if (sandbox_spec_parse_json(text.data, text.used, &spec, &error) ==
	    -EINVAL) {
		const char *findings = sandbox_error_message(error);

		again = take_out_one(import, findings);
		if (!again) {
			tell_rest(import, findings);
		}
	}
	sandbox_error_free(error);
	sandbox_spec_free(spec);
	return again;
}

void import_settle(struct import *import)
{
	while (import->draft.tree.root != NULL && try_once(import)) {
	}
}
