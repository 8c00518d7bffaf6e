/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox seccomp`: the system-call filter of a specification. */
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

static int build(const struct console *console,
		 const struct run_options *options, sandbox_spec **ret)
{
	_cleanup_(spec_fault_done) struct spec_fault fault = SPEC_FAULT_INIT;

	if (spec_build(options, ret, &fault) < 0) {
		console_complain_lines(console, spec_fault_text(&fault));
		return EXIT_OWN_FAILURE;
	}
	return 0;
}

static int fail(const struct console *console, sandbox_error *error)
{
	int status = fail_error(console, error);

	sandbox_error_free(error);
	return status;
}

static int print_filter(const struct console *console,
			const struct run_options *options,
			const sandbox_spec *spec)
{
	_cleanup_(free_text) char *text = NULL;
	sandbox_error *error = NULL;
	int form = SANDBOX_FILTER_CALLS;
	size_t size = 0;

	if (options->bytes != NULL) {
		form = SANDBOX_FILTER_BYTES;
	} else if (options->listing != NULL) {
		form = SANDBOX_FILTER_LISTING;
	}
	if (sandbox_filter(spec, options->arch, form, &text, &size, &error) <
	    0) {
		return fail(console, error);
	}
	if (form == SANDBOX_FILTER_BYTES) {
		(void)fwrite(text, 1, size, console->out);
	} else {
		console_lines(console, text);
	}
	return 0;
}

static int print_answer(const struct console *console,
			const struct run_options *options,
			const sandbox_spec *spec)
{
	_cleanup_(free_text) char *text = NULL;
	sandbox_error *error = NULL;

	if (sandbox_filter_answer(spec, options->arch, options->call, &text,
				  &error) < 0) {
		return fail(console, error);
	}
	console_lines(console, text);
	return 0;
}

static void print_line(const struct console *console, char sign,
		       const char *line, size_t size)
{
	(void)fputc(sign, console->out);
	console_escape(console->out, line, size);
	(void)fputc('\n', console->out);
}

/* Whether @line, of that size, is one of those of @text. */
static bool has_line(const char *text, const char *line, size_t size)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");

		if (length == size && memcmp(text, line, size) == 0) {
			return true;
		}
		text += length + (text[length] == '\n' ? 1 : 0);
	}
	return false;
}

/*
 * Both sides have a line for each call of the architecture, in the same order;
 * but without any filter there is none.
 */
static bool print_differences(const struct console *console, const char *one,
			      const char *other)
{
	bool differ = false;

	while (*one != '\0' || *other != '\0') {
		size_t left = strcspn(one, "\n");
		size_t right = strcspn(other, "\n");

		if (left > 0 && !has_line(other, one, left)) {
			print_line(console, '-', one, left);
			differ = true;
		}
		if (right > 0 &&
		    (left != right || memcmp(one, other, left) != 0)) {
			print_line(console, '+', other, right);
			differ = true;
		}
		one += left + (one[left] == '\n' ? 1 : 0);
		other += right + (other[right] == '\n' ? 1 : 0);
	}
	return differ;
}

static int print_diff(const struct console *console,
		      const struct run_options *options,
		      const sandbox_spec *spec)
{
	_cleanup_(free_spec) sandbox_spec *other = NULL;
	_cleanup_(free_text) char *one_text = NULL;
	_cleanup_(free_text) char *other_text = NULL;
	struct run_options second = *options;
	sandbox_error *error = NULL;
	int status = 0;

	/* As it stands: the other options are about the first. */
	second.spec = options->diff;
	second.changes.count = 0;
	status = build(console, &second, &other);
	if (status != 0) {
		return status;
	}
	if (sandbox_filter(spec, options->arch, SANDBOX_FILTER_CALLS, &one_text,
			   NULL, &error) < 0 ||
	    sandbox_filter(other, options->arch, SANDBOX_FILTER_CALLS,
			   &other_text, NULL, &error) < 0) {
		return fail(console, error);
	}
	return print_differences(console, one_text, other_text) ? EXIT_DIFFERENT
								: 0;
}

int verb_seccomp(const struct console *console, char **words)
{
	_cleanup_(run_options_done) struct run_options options;
	_cleanup_(free_spec) sandbox_spec *spec = NULL;
	int status = document_begin(console, "seccomp", words, &options);

	if (status >= 0) {
		return status;
	}
	if ((options.listing != NULL) + (options.bytes != NULL) +
		    (options.call != NULL) + (options.diff != NULL) >
	    1) {
		return fail_usage(console, "seccomp",
				  "--listing, --bytes, --call and --diff "
				  "exclude each other");
	}
	status = build(console, &options, &spec);
	if (status != 0) {
		return status;
	}
	if (options.call != NULL) {
		return print_answer(console, &options, spec);
	}
	return options.diff != NULL ? print_diff(console, &options, spec)
				    : print_filter(console, &options, spec);
}
