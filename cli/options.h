/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The options of a verb are a table; this reads a command line by it.  Only
 * long options, each with all its letters, as "--name VALUE" or "--name=VALUE";
 * and -h for --help.  The first word that is no option ends them, as "--" does.
 */
#ifndef SANDBOX_CLI_OPTIONS_H
#define SANDBOX_CLI_OPTIONS_H

#include "complaint.h"

#include <stddef.h>
#include <stdio.h>

struct option;
struct spec_draft;

/* Changes a specification as the option's value says. */
typedef int spec_change(struct spec_draft *draft, const struct option *option,
			const char *value, struct complaint *complaint);

struct option {
	const char *name;     /* without the dashes */
	const char *argument; /* what stands for it in the help; NULL: none */
	const char *help;
	/* One of the two: how it changes the specification, and which field; */
	spec_change *change;
	const char *field;
	/* or the offset of a const char * that gets its value, "" for none. */
	size_t slot;
};

/* A table ends in a row without a name. */
#define OPTIONS_END           \
	{                     \
		.name = NULL, \
	}

/* An option with @change that was given. */
struct flag {
	const struct option *option;
	const char *value;
};

struct flag_list {
	struct flag *flags; /* room for as many as there are words */
	size_t count;
};

/*
 * Reads options off @words, which ends in NULL; *rest is what is left.  @flags
 * may be NULL for a table without changes.
 */
int options_parse(const struct option *table, char **words, void *slots,
		  struct flag_list *flags, char ***rest,
		  struct complaint *complaint);

/* The table as help. */
void options_print(const struct option *table, FILE *stream);

#endif
