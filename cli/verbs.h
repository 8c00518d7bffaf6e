/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verbs of the command.  Each gets the words behind its name, which end in
 * NULL, and returns an exit status.
 */
#ifndef SANDBOX_CLI_VERBS_H
#define SANDBOX_CLI_VERBS_H

#include "console.h"
#include "options.h"
#include "run_options.h"

#include <sandbox/error.h>

#include <stdbool.h>

typedef int verb_function(const struct console *console, char **words);

verb_function verb_run;
verb_function verb_explain;
verb_function verb_check;
verb_function verb_seccomp;
verb_function verb_import;
verb_function verb_probe;
verb_function verb_version;
verb_function verb_help;

/* The command line as main() gets it, from its name on. */
int command_run(const struct console *console, char **words);

/* The help of one verb; false if there is no such verb. */
bool help_print(const char *verb, FILE *stream);

/* Complain of wrong usage, of a failure; both return EXIT_OWN_FAILURE. */
int fail_usage(const struct console *console, const char *verb,
	       const char *message);
int fail_error(const struct console *console, const sandbox_error *error);

/* What the verbs that only tell something take. */
struct tell_options {
	const char *json;
	const char *run_dir;
	const char *help;
};

extern const struct option tell_option_table[];   /* --json */
extern const struct option import_option_table[]; /* and --strict */
extern const struct option probe_option_table[];  /* and --run-dir */

/*
 * Reads the options of such a verb, which takes no operand.  Returns -1 to go
 * on, else the exit status.
 */
int tell_begin(const struct console *console, const char *verb, char **words,
	       struct tell_options *options);

/* The same for a verb that is about a specification. */
int document_begin(const struct console *console, const char *verb,
		   char **words, struct run_options *options);

/* "local:" and the absolute form of @run_dir; NULL is the default. */
int engine_address(const char *run_dir, char **ret,
		   struct complaint *complaint);

#endif
