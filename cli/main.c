/* SPDX-License-Identifier: Apache-2.0 */
/* The `sandbox` command. */
#include "exit_status.h"
#include "verbs.h"

int main(int argc, char **argv)
{
	const struct console console = { .out = stdout, .err = stderr };

	int status = command_run(&console, argc > 0 ? argv + 1 : argv);

	/* An answer that did not arrive is no success. */
	if (fflush(stdout) != 0 && status == 0) {
		console_complain(&console, "cannot write the answer");
		return EXIT_OWN_FAILURE;
	}
	return status;
}
