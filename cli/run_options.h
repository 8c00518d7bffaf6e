/* SPDX-License-Identifier: Apache-2.0 */
/* The options of `sandbox run`, and of those that take the same documents. */
#ifndef SANDBOX_CLI_RUN_OPTIONS_H
#define SANDBOX_CLI_RUN_OPTIONS_H

#include "options.h"

#include <stdbool.h>

/* What is no field of the specification; NULL where it is not given. */
struct run_options {
	bool inherit_streams; /* what nobody says of a stream: inherit it */
	const char *json;
	const char *origin;
	const char *spec;
	const char *result;
	const char *run_dir;
	const char *summary;
	const char *arch; /* of `seccomp`, and the next four */
	const char *listing;
	const char *bytes;
	const char *call;
	const char *diff;
	const char *help;
	struct option *table; /* that the flags are rows of */
	struct flag_list changes;
	char **argv; /* may be empty; ends in NULL */
};

extern const struct option run_option_table[];
extern const struct option explain_option_table[];
extern const struct option check_option_table[];
extern const struct option seccomp_option_table[];

/*
 * Reads the options of a table, and those of `run` that change the
 * specification.  @words ends in NULL and has to live as long as @ret.
 */
int run_options_parse(const struct option *table, char **words,
		      struct run_options *ret, struct complaint *complaint);

/*
 * For a verb that takes a specification as its operand: that is what --spec
 * does, so that only behind --spec or --base the words are a program.
 */
int run_options_take_operand(struct run_options *options,
			     struct complaint *complaint);
void run_options_done(struct run_options *options);

#endif
