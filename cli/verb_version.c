/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox version`: of the command, and of the library that it found. */
#include "verbs.h"

#include <sandbox/version.h>

int verb_version(const struct console *console, char **words)
{
	struct tell_options options;
	int status = tell_begin(console, "version", words, &options);

	if (status >= 0) {
		return status;
	}
	if (options.json != NULL) {
		(void)fprintf(console->out,
			      "{\"command\": \"%s\", \"library\": \"%s\"}\n",
			      SANDBOX_VERSION, sandbox_version());
	} else {
		(void)fprintf(console->out, "sandbox %s, libsandbox %s\n",
			      SANDBOX_VERSION, sandbox_version());
	}
	return 0;
}
