/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox import`: a specification from another program's configuration. */
#include "cleanup.h"
#include "exit_status.h"
#include "import.h"
#include "verbs.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct import_options {
	const char *json;
	const char *strict;
	const char *help;
};

#define SLOT(member) .slot = offsetof(struct import_options, member)

const struct option import_option_table[] = {
	{ "json", NULL, "print the specification and what is lost",
	  SLOT(json) },
	{ "strict", NULL, "print no specification if anything is lost",
	  SLOT(strict) },
	{ "help", NULL, "this text", SLOT(help) },
	{ .name = NULL },
};

static const struct format {
	const char *name;
	int (*read)(struct import *import, char **words);
} formats[] = {
	{ "bwrap", import_bwrap },
	{ "nsjail", import_nsjail },
	{ "oci", import_oci },
};

static const struct format *find_format(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		if (name != NULL && strcmp(formats[i].name, name) == 0) {
			return &formats[i];
		}
	}
	return NULL;
}

static int import_words(const struct console *console,
			const struct format *format, char **words,
			const struct import_options *options)
{
	_cleanup_free_ char *cwd = getcwd(NULL, 0);
	struct complaint complaint = COMPLAINT_INIT;
	struct import import = {
		.draft = { .cwd = cwd == NULL ? "" : cwd },
		.complaint = &complaint,
	};
	int status = EXIT_OWN_FAILURE;

	if (format->read(&import, words) < 0) {
		console_complain(console, complaint.text);
	} else {
		import_settle(&import);
		status = import_report(&import, console, options->json != NULL,
				       options->strict != NULL);
	}
	json_tree_done(&import.draft.tree);
	json_tree_done(&import.lost);
	json_tree_done(&import.names);
	return status;
}

/* The options may stand before the format and behind it. */
int verb_import(const struct console *console, char **words)
{
	struct import_options options = { .json = NULL };
	struct complaint complaint = COMPLAINT_INIT;
	const struct format *format = NULL;
	char **rest = words;
	int r = options_parse(import_option_table, words, &options, NULL, &rest,
			      &complaint);

	format = find_format(r < 0 ? NULL : rest[0]);
	if (format != NULL) {
		r = options_parse(import_option_table, rest + 1, &options, NULL,
				  &rest, &complaint);
	}
	if (r < 0) {
		return fail_usage(console, "import", complaint.text);
	}
	if (options.help != NULL) {
		(void)help_print("import", console->out);
		return 0;
	}
	if (format == NULL) {
		return fail_usage(console, "import",
				  rest[0] == NULL ? "no format is given"
						  : "there is no such format");
	}
	return import_words(console, format, rest, &options);
}
