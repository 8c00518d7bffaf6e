/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the verb, and what all verbs share. */
#include "cleanup.h"
#include "exit_status.h"
#include "paths.h"
#include "run_options.h"
#include "verbs.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct verb {
	const char *name;
	verb_function *run;
	const char *usage;
	const char *about;
	const struct option *options;
};

#define SLOT(member) .slot = offsetof(struct tell_options, member)

const struct option tell_option_table[] = {
	{ "json", NULL, "answer in JSON", SLOT(json) },
	{ "help", NULL, "this text", SLOT(help) },
	{ .name = NULL },
};

const struct option probe_option_table[] = {
	{ "json", NULL, "answer in JSON", SLOT(json) },
	{ "run-dir", "DIR", "with this run directory", SLOT(run_dir) },
	{ "help", NULL, "this text", SLOT(help) },
	{ .name = NULL },
};

/* clang-format off */
static const struct verb verbs[] = {
	{ "run", verb_run, "[OPTION...] [--] PROGRAM [ARGUMENT...]",
	  "run a program in a sandbox", run_option_table },
	{ "explain", verb_explain, "[OPTION...] SPEC",
	  "print what a specification would do", explain_option_table },
	{ "check", verb_check, "[OPTION...] SPEC",
	  "find everything wrong with a specification", check_option_table },
	{ "seccomp", verb_seccomp, "[OPTION...] SPEC",
	  "print, compare or ask the system-call filter of a specification",
	  seccomp_option_table },
	{ "import", verb_import, "[OPTION...] bwrap -- ARGUMENT... | nsjail FILE | oci FILE",
	  "print another program's configuration as a specification",
	  import_option_table },
	{ "probe", verb_probe, "[--json] [--run-dir DIR]",
	  "print what this host can enforce", probe_option_table },
	{ "version", verb_version, "[--json]",
	  "print the versions", tell_option_table },
	{ "help", verb_help, "[VERB]", "print this, or the help of a verb", NULL },
};
/* clang-format on */

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (strcmp(verbs[i].name, name) == 0) {
			return &verbs[i];
		}
	}
	return NULL;
}

static void print_verbs(FILE *stream)
{
	(void)fprintf(stream, "usage: sandbox VERB ...\n\n");
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		(void)fprintf(stream, "  %-10s %s\n", verbs[i].name,
			      verbs[i].about);
	}
	(void)fprintf(stream, "\n\"sandbox help VERB\" tells more of each.\n");
}

bool help_print(const char *name, FILE *stream)
{
	const struct verb *verb = find_verb(name);

	if (verb == NULL) {
		return false;
	}
	(void)fprintf(stream, "usage: sandbox %s %s\n\n%s\n", verb->name,
		      verb->usage, verb->about);
	if (verb->options != NULL) {
		(void)fprintf(stream, "\n");
		options_print(verb->options, stream);
		if (verb->options == explain_option_table ||
		    verb->options == seccomp_option_table ||
		    verb->options == check_option_table) {
			(void)fprintf(
				stream,
				"\nand every option of \"sandbox run\" that "
				"changes the specification.\n");
		}
	}
	return true;
}

int verb_help(const struct console *console, char **words)
{
	char message[128];

	if (words[0] == NULL) {
		print_verbs(console->out);
		return 0;
	}
	if (help_print(words[0], console->out)) {
		return 0;
	}
	(void)snprintf(message, sizeof(message), "there is no verb \"%.64s\"",
		       words[0]);
	return fail_usage(console, NULL, message);
}

int command_run(const struct console *console, char **words)
{
	static const char *const spellings[][2] = {
		{ "--help", "help" },
		{ "-h", "help" },
		{ "--version", "version" },
	};
	const char *name = words[0];
	const struct verb *verb = NULL;
	char message[128];

	if (name == NULL) {
		return fail_usage(console, NULL, "no verb is given");
	}
	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++) {
		if (strcmp(name, spellings[i][0]) == 0) {
			name = spellings[i][1];
		}
	}
	verb = find_verb(name);
	if (verb == NULL) {
		(void)snprintf(message, sizeof(message),
			       "there is no verb \"%.64s\"", name);
		return fail_usage(console, NULL, message);
	}
	return verb->run(console, words + 1);
}

int fail_usage(const struct console *console, const char *verb,
	       const char *message)
{
	char text[1200];

	(void)snprintf(text, sizeof(text), "%s%s%s; see \"sandbox help%s%s\"",
		       verb == NULL ? "" : verb, verb == NULL ? "" : ": ",
		       message, verb == NULL ? "" : " ",
		       verb == NULL ? "" : verb);
	console_complain(console, text);
	return EXIT_OWN_FAILURE;
}

int fail_error(const struct console *console, const sandbox_error *error)
{
	console_complain_lines(console, sandbox_error_message(error));
	return EXIT_OWN_FAILURE;
}

int tell_begin(const struct console *console, const char *verb, char **words,
	       struct tell_options *options)
{
	struct complaint complaint = COMPLAINT_INIT;
	char **rest = NULL;

	*options = (struct tell_options){ .json = NULL };
	if (options_parse(find_verb(verb)->options, words, options, NULL, &rest,
			  &complaint) < 0) {
		return fail_usage(console, verb, complaint.text);
	}
	if (options->help != NULL) {
		(void)help_print(verb, console->out);
		return 0;
	}
	return rest[0] == NULL ? -1
			       : fail_usage(console, verb, "takes no operand");
}

int document_begin(const struct console *console, const char *verb,
		   char **words, struct run_options *options)
{
	struct complaint complaint = COMPLAINT_INIT;

	if (run_options_parse(find_verb(verb)->options, words, options,
			      &complaint) < 0) {
		return fail_usage(console, verb, complaint.text);
	}
	if (options->help != NULL) {
		(void)help_print(verb, console->out);
		return 0;
	}
	return run_options_take_operand(options, &complaint) == 0
		       ? -1
		       : fail_usage(console, verb, complaint.text);
}

int engine_address(const char *run_dir, char **ret, struct complaint *complaint)
{
	_cleanup_free_ char *cwd = getcwd(NULL, 0);
	_cleanup_free_ char *path = NULL;
	int r = 0;

	*ret = NULL;
	if (run_dir == NULL) {
		return 0;
	}
	r = path_on_host(cwd == NULL ? "" : cwd, run_dir, &path, complaint);
	if (r < 0) {
		return r;
	}
	if (asprintf(ret, "local:%s", path) < 0) {
		*ret = NULL;
		return complain_memory(complaint);
	}
	return 0;
}
