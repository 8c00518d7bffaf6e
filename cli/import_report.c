/* SPDX-License-Identifier: Apache-2.0 */
/* Prints what an import came to; see import.h. */
#include "cleanup.h"
#include "console.h"
#include "exit_status.h"
#include "import.h"

#include <string.h>

static void add_tree(const struct json_tree *tree, const char *none,
		     size_t depth, struct buffer *buffer)
{
	if (tree->root == NULL) {
		buffer_add(buffer, none);
	} else {
		json_node_spread(tree->root, depth, buffer);
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
