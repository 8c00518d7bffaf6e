/* SPDX-License-Identifier: Apache-2.0 */
/* Decides exit statuses; see exit_status.h. */
#include "exit_status.h"

#include <errno.h>
#include <string.h>

/* The words of the library for the step that starts the program. */
#define EXECUTE "execute the program"

/*
 * Of a sandbox that was ended by a limit of its own.  Its main process was
 * killed for it; should it have won that race with an exit code of 0, success
 * is still the wrong word.
 */
static int status_of_limit(const sandbox_result *result)
{
	int code = sandbox_result_exit_code(result);

	return code == 0 ? EXIT_OWN_FAILURE : code;
}

int exit_status_of_result(const sandbox_result *result)
{
	int ending = sandbox_result_ending(result);
	int signum = sandbox_result_signal(result);

	if (ending == SANDBOX_ENDING_WALL_TIME) {
		return EXIT_WALL_TIME;
	}
	if (ending == SANDBOX_ENDING_UNSPECIFIED ||
	    ending == SANDBOX_ENDING_CONTROLLER_LOST ||
	    ending == SANDBOX_ENDING_SETUP_FAILED ||
	    ending == SANDBOX_ENDING_INIT_LOST) {
		return EXIT_OWN_FAILURE;
	}
	if (signum > 0) {
		return 128 + signum;
	}
	if (ending == SANDBOX_ENDING_EXITED ||
	    ending == SANDBOX_ENDING_STOPPED) {
		return sandbox_result_exit_code(result);
	}
	return status_of_limit(result);
}

int exit_status_of_error(const sandbox_error *error)
{
	if (sandbox_error_kind(error) != SANDBOX_ERROR_PROGRAM ||
	    strcmp(sandbox_error_step(error), EXECUTE) != 0) {
		return EXIT_OWN_FAILURE;
	}
	return sandbox_error_errno(error) == ENOENT ? EXIT_NOT_FOUND
						    : EXIT_NOT_EXECUTABLE;
}
