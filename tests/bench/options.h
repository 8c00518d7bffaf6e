/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of the bench. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include "run.h"

enum verb {
	VERB_LAUNCH,
	VERB_MEMORY,
	VERB_PREFLIGHT,
	VERB_HELP,
};

struct options {
	enum verb verb;
	struct run run; /* who, contenders, rounds, seed */
	const char *json;
	const char *csv;
	int gate;
};

/* Returns 0, or -EINVAL with a line on stderr. */
int options_parse(int argc, char **argv, struct options *ret);

void options_help(void);

#endif
