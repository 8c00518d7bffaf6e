/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Positive controls: the probe without the protection.  A test that something
 * is refused proves nothing unless the same attempt succeeds here.
 */
#ifndef SANDBOX_TESTS_SYSTEM_CONTROL_H
#define SANDBOX_TESTS_SYSTEM_CONTROL_H

#include "launch.h"

enum control {
	/* As this user, in its own place. */
	CONTROL_PLAIN,
	/*
	 * As root of new user, mount, pid, net, ipc and uts namespaces, with
	 * all capabilities over these; so it may try on mounts, names and
	 * interfaces what it could do to the host's otherwise.
	 */
	CONTROL_NAMESPACES
};

/* Runs the probe with the words of @arguments and keeps what it prints. */
void control(enum control kind, const char *arguments, struct outcome *ret);

/*
 * One attempt, its answer in a sandbox, and without one.  "!ERRNO" is any
 * other answer, NULL none that could be told from the sandbox's, of which the
 * test says why.
 */
struct trial {
	const char *attempt;
	const char *inside;
	enum control kind;
	const char *outside;
};

/* Tries all of them, in one sandbox with the rest of @request. */
void try_trials(struct tap_place place, const struct trial *trials,
		size_t count, const struct request *request);

#define TRY(trials, ...)                                                 \
	try_trials(TAP_HERE, trials, sizeof(trials) / sizeof(*(trials)), \
		   &(const struct request){ __VA_ARGS__ })

#endif
