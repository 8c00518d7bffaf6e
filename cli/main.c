/* SPDX-License-Identifier: Apache-2.0 */
/* The `sandbox` command. */
#include "exit_status.h"
#include "verbs.h"

#include <fcntl.h>
#include <unistd.h>

/*
 * The next descriptor that is opened takes the lowest free number.  A stream
 * that the caller has closed must not become one of the command's own, which
 * would then be the program's stream as well.  What takes its place fails when
 * it is used, as a closed one does.
 */
static bool occupy_streams(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", modes[fd] | O_CLOEXEC) != fd) {
			return false;
		}
	}
	return true;
}

int main(int argc, char **argv)
{
	const struct console console = { .out = stdout, .err = stderr };
	int status = 0;

	if (!occupy_streams()) {
		return EXIT_OWN_FAILURE;
	}
	status = command_run(&console, argc > 0 ? argv + 1 : argv);
	/* An answer that did not arrive is no success. */
	if (fflush(stdout) != 0 && status == 0) {
		console_complain(&console, "cannot write the answer");
		return EXIT_OWN_FAILURE;
	}
	return status;
}
