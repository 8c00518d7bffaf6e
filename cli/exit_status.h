/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `sandbox run` exits with: the payload's own status, 128 and the signal
 * that ended it, or one of these.
 */
#ifndef SANDBOX_CLI_EXIT_STATUS_H
#define SANDBOX_CLI_EXIT_STATUS_H

#include <sandbox/error.h>
#include <sandbox/result.h>

enum exit_status {
	EXIT_FINDINGS = 1,         /* of `check`: the specification is bad */
	EXIT_DIFFERENT = 1,        /* of `seccomp --diff`, as of diff(1) */
	EXIT_LOST = 3,             /* of `import`: not all is carried over */
	EXIT_WALL_TIME = 124,      /* the wall clock ran out */
	EXIT_OWN_FAILURE = 125,    /* bad usage, bad specification, set-up */
	EXIT_NOT_EXECUTABLE = 126, /* the program is there, and cannot run */
	EXIT_NOT_FOUND = 127,      /* the program is not there */
};

int exit_status_of_result(const sandbox_result *result);
int exit_status_of_error(const sandbox_error *error);

#endif
