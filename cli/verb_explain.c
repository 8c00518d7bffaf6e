/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox explain`: what a specification would do here. */
#include "buffer.h"
#include "cleanup.h"
#include "exit_status.h"
#include "spec_file.h"
#include "verbs.h"

#include <sandbox/sandbox.h>

#include <string.h>

static void free_spec(sandbox_spec **spec)
{
	sandbox_spec_free(*spec);
}

static void free_error(sandbox_error **error)
{
	sandbox_error_free(*error);
}

static void free_text(char **text)
{
	sandbox_string_free(*text);
}

/* {"plan": [LINE, ...]} */
static void print_json(const struct console *console, const char *text)
{
	_cleanup_(buffer_done) struct buffer json = BUFFER_INIT;
	bool first = true;

	buffer_add(&json, "{\n  \"plan\": [");
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		_cleanup_free_ char *line = strndup(text, size);

		buffer_add(&json, first ? "\n    " : ",\n    ");
		buffer_add_quoted(&json, line == NULL ? "" : line);
		json.failed = json.failed || line == NULL;
		text += size + (text[size] == '\n' ? 1 : 0);
		first = false;
	}
	buffer_add(&json, "\n  ]\n}\n");
	(void)fputs(json.failed ? "" : json.data, console->out);
}

static int explain(const struct console *console, const char *path,
		   const struct tell_options *options)
{
	_cleanup_(spec_file_done) struct spec_file file = { .path = NULL };
	_cleanup_(free_spec) sandbox_spec *spec = NULL;
	_cleanup_(free_error) sandbox_error *error = NULL;
	_cleanup_(free_text) char *text = NULL;
	struct complaint complaint = COMPLAINT_INIT;

	if (spec_file_read(path, &file, &complaint) < 0) {
		console_complain(console, complaint.text);
		return EXIT_OWN_FAILURE;
	}
	if (spec_file_parse(&file, &spec, &error) < 0 ||
	    sandbox_explain(NULL, spec, &text, &error) < 0) {
		return fail_error(console, error);
	}
	if (options->json != NULL) {
		print_json(console, text);
	} else {
		console_lines(console, text);
	}
	return 0;
}

int verb_explain(const struct console *console, char **words)
{
	struct tell_options options;
	const char *path = NULL;
	int status = tell_begin(console, "explain", words, &options, &path);

	return status >= 0 ? status : explain(console, path, &options);
}
