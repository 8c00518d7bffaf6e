/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox explain`: what a specification would do here. */
#include "buffer.h"
#include "cleanup.h"
#include "exit_status.h"
#include "spec_builder.h"
#include "verbs.h"

#include <sandbox/sandbox.h>

#include <string.h>

static void free_spec(sandbox_spec **spec)
{
	sandbox_spec_free(*spec);
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

static int fail(const struct console *console, const struct spec_fault *fault)
{
	console_complain_lines(console, spec_fault_text(fault));
	return EXIT_OWN_FAILURE;
}

static int explain(const struct console *console,
		   const struct run_options *options)
{
	_cleanup_(spec_fault_done) struct spec_fault fault = SPEC_FAULT_INIT;
	_cleanup_(free_spec) sandbox_spec *spec = NULL;
	_cleanup_(free_text) char *text = NULL;

	if (spec_build(options, &spec, &fault) < 0) {
		return fail(console, &fault);
	}
	if (sandbox_explain(NULL, spec, &text, &fault.error) < 0) {
		return fail_error(console, fault.error);
	}
	if (options->json != NULL) {
		print_json(console, text);
	} else {
		console_lines(console, text);
	}
	return 0;
}

static int print_origins(const struct console *console,
			 const struct run_options *options)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	struct complaint complaint = COMPLAINT_INIT;

	if (spec_origins(options, &text, &complaint) < 0) {
		console_complain(console, complaint.text);
		return EXIT_OWN_FAILURE;
	}
	if (options->json != NULL) {
		(void)fputs(buffer_text(&text), console->out);
	} else {
		console_lines(console, buffer_text(&text));
	}
	return 0;
}

int verb_explain(const struct console *console, char **words)
{
	_cleanup_(run_options_done) struct run_options options;
	int status = document_begin(console, "explain", words, &options);

	if (status >= 0) {
		return status;
	}
	return options.origin != NULL ? print_origins(console, &options)
				      : explain(console, &options);
}
