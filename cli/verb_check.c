/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox check`: everything that is wrong with a specification. */
#include "buffer.h"
#include "cleanup.h"
#include "exit_status.h"
#include "spec_builder.h"
#include "verbs.h"

#include <string.h>

/* The lines of @findings as an array; "" is no line. */
static void add_lines(struct buffer *json, const char *findings)
{
	const char *separator = "\n    ";

	while (*findings != '\0') {
		size_t size = strcspn(findings, "\n");
		_cleanup_free_ char *line = strndup(findings, size);

		json->failed = json->failed || line == NULL;
		buffer_add(json, separator);
		buffer_add_quoted(json, line == NULL ? "" : line);
		findings += size + (findings[size] == '\n' ? 1 : 0);
		separator = ",\n    ";
	}
}

/* {"ok": BOOL, "findings": [LINE, ...]} */
static int print_json(const struct console *console, const char *findings)
{
	_cleanup_(buffer_done) struct buffer json = BUFFER_INIT;
	bool ok = findings[0] == '\0';

	buffer_addf(&json, "{\n  \"ok\": %s,\n  \"findings\": [",
		    ok ? "true" : "false");
	add_lines(&json, findings);
	buffer_add(&json, ok ? "]\n}\n" : "\n  ]\n}\n");
	if (buffer_text(&json) == NULL) {
		console_complain(console, "out of memory");
		return EXIT_OWN_FAILURE;
	}
	(void)fputs(json.data, console->out);
	return ok ? 0 : EXIT_FINDINGS;
}

static int print_text(const struct console *console, const char *findings)
{
	bool ok = findings[0] == '\0';

	console_lines(console, ok ? "no findings" : findings);
	return ok ? 0 : EXIT_FINDINGS;
}

static int check(const struct console *console,
		 const struct run_options *options)
{
	_cleanup_(spec_fault_done) struct spec_fault fault = SPEC_FAULT_INIT;
	sandbox_spec *spec = NULL;
	const char *findings = "";

	if (spec_build(options, &spec, &fault) == 0) {
		sandbox_spec_free(spec);
	} else if (fault.error == NULL) {
		console_complain(console, fault.other.text);
		return EXIT_OWN_FAILURE;
	} else if (sandbox_error_kind(fault.error) != SANDBOX_ERROR_SPEC) {
		/* No memory is not a fault of the specification. */
		return fail_error(console, fault.error);
	} else {
		findings = spec_fault_text(&fault);
	}
	return options->json != NULL ? print_json(console, findings)
				     : print_text(console, findings);
}

int verb_check(const struct console *console, char **words)
{
	_cleanup_(run_options_done) struct run_options options;
	int status = document_begin(console, "check", words, &options);

	return status >= 0 ? status : check(console, &options);
}
