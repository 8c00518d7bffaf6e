/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the probe: verbs, which print what a process finds or put load
 * on its surroundings, and attempts, which try one forbidden thing each.
 */
#ifndef SANDBOX_TESTS_PAYLOAD_PROBE_H
#define SANDBOX_TESTS_PAYLOAD_PROBE_H

#include <stddef.h>

/* Prints `key: value` lines; returns the exit status of the probe. */
struct verb {
	const char *name;
	int (*run)(char **arguments); /* ends with NULL */
};

/*
 * Runs in a process of its own.  Returns 0 where the thing was done, else a
 * negative errno.
 */
struct attempt {
	const char *name;
	int (*run)(char **arguments); /* ends with NULL */
};

/* Each table ends with a row without a name. */
extern const struct verb state_verbs[];
extern const struct verb load_verbs[];
extern const struct attempt file_attempts[];
extern const struct attempt mount_attempts[];
extern const struct attempt namespace_attempts[];
extern const struct attempt credential_attempts[];
extern const struct attempt init_attempts[];
extern const struct attempt socket_attempts[];
extern const struct attempt kernel_attempts[];
extern const struct attempt exec_attempts[];

/* `try NAME [ARGUMENT...] [-- NAME ...]`: prints `NAME ARGUMENT: ok|ERRNO`. */
int try_all(char **arguments);

/* -errno for the -1 of a system call, else 0. */
int answer_of(long result);

/* The number in @text, or @otherwise where there is none. */
long number_of(const char *text, long otherwise);

#endif
