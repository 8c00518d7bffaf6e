/* SPDX-License-Identifier: Apache-2.0 */
/* A command line that is put together word by word. */
#ifndef BENCH_COMMAND_H
#define BENCH_COMMAND_H

#include <stddef.h>

#define COMMAND_WORDS 64
#define COMMAND_BYTES 4096

struct command {
	char *argv[COMMAND_WORDS + 1];
	size_t words;
	size_t used;
	char bytes[COMMAND_BYTES];
};

/* Appends one word.  A command has room for more than any contender needs. */
__attribute__((format(printf, 2, 3))) void command_add(struct command *command,
						       const char *format, ...);

/* Appends words up to a NULL. */
void command_add_all(struct command *command, const char *const *words);

/*
 * Appends the path of a program looked for in PATH and where the system's
 * administrators have theirs.  Returns 0 or -ENOENT.
 */
int command_add_program(struct command *command, const char *name);

#endif
