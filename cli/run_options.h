/* SPDX-License-Identifier: Apache-2.0 */
/* The options of `sandbox run`. */
#ifndef SANDBOX_CLI_RUN_OPTIONS_H
#define SANDBOX_CLI_RUN_OPTIONS_H

#include "options.h"

/* What is no field of the specification; NULL where it is not given. */
struct run_options {
	const char *spec;
	const char *result;
	const char *run_dir;
	const char *summary;
	const char *help;
	struct flag_list changes;
	char **argv; /* may be empty; ends in NULL */
};

extern const struct option run_option_table[];

/* @words ends in NULL and has to live as long as @ret. */
int run_options_parse(char **words, struct run_options *ret,
		      struct complaint *complaint);
void run_options_done(struct run_options *options);

#endif
