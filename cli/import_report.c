/* SPDX-License-Identifier: Apache-2.0 */
/* Prints what an import came to; see import.h. */
#include "cleanup.h"
#include "console.h"
#include "exit_status.h"
#include "import.h"

#include <string.h>

/*
 * The JSON text of a tree, a line for each member.  Strings are passed over
 * whole, so that only what is between them is laid out.
 */
/* NOLINTNEXTLINE(readability-function-size,*-cognitive-complexity) */
static void add_pretty(const char *text, size_t depth, struct buffer *buffer)
{
	while (*text != '\0') {
		bool opens = *text == '{' || *text == '[';
		bool closes = *text == '}' || *text == ']';
		size_t size = 1;

		if (*text == '"') {
			while (text[size] != '"') {
				size += text[size] == '\\' ? 2 : 1;
			}
			size++;
		}
		depth -= closes ? 1 : 0;
		if (closes) {
			buffer_addf(buffer, "\n%*s", (int)(2 * depth), "");
		}
		buffer_add_bytes(buffer, text, size);
		depth += opens ? 1 : 0;
		if (opens && (text[1] == '}' || text[1] == ']')) {
			buffer_add_bytes(buffer, text + 1, 1);
			depth--;
			size++;
		} else if (opens || *text == ',') {
			buffer_addf(buffer, "\n%*s", (int)(2 * depth), "");
		} else if (*text == ':') {
			buffer_add(buffer, " ");
		}
		text += size;
	}
}

static void add_tree(const struct json_tree *tree, const char *none,
		     size_t depth, struct buffer *buffer)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;

	json_tree_print(tree, &text);
	buffer->failed = buffer->failed || buffer_text(&text) == NULL;
	if (!buffer->failed) {
		add_pretty(tree->root == NULL ? none : buffer_text(&text),
			   depth, buffer);
	}
}

static void tell_lost(const struct json_tree *lost,
		      const struct console *console)
{
	const struct json_node *entry =
		lost->root == NULL ? NULL : lost->root->first;

	for (; entry != NULL; entry = entry->next) {
		_cleanup_(buffer_done) struct buffer line = BUFFER_INIT;

		buffer_add(&line, "lost: ");
		buffer_add(&line, json_text(json_member(entry, "field")));
		buffer_add(&line, ": ");
		buffer_add(&line, json_text(json_member(entry, "why")));
		console_complain(console, line.failed ? "out of memory"
						      : buffer_text(&line));
	}
}

int import_report(struct import *import, const struct console *console,
		  bool json, bool strict)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	bool lost = import->lost.root != NULL;

	if (import->draft.tree.fault[0] != '\0' ||
	    import->lost.fault[0] != '\0') {
		console_complain(console, import->draft.tree.fault[0] != '\0'
						  ? import->draft.tree.fault
						  : import->lost.fault);
		return EXIT_OWN_FAILURE;
	}
	if (json) {
		buffer_add(&text, "{\n  \"spec\": ");
	}
	add_tree(&import->draft.tree, "{}", json ? 1 : 0, &text);
	if (json) {
		buffer_add(&text, ",\n  \"lost\": ");
		add_tree(&import->lost, "[]", 1, &text);
		buffer_add(&text, "\n}");
	}
	buffer_add(&text, "\n");
	if (buffer_text(&text) == NULL || text.failed) {
		console_complain(console, "out of memory");
		return EXIT_OWN_FAILURE;
	}
	tell_lost(&import->lost, console);
	if (!lost || !strict) {
		(void)fputs(text.data, console->out);
	}
	return lost ? EXIT_LOST : 0;
}
