/* SPDX-License-Identifier: Apache-2.0 */
/* Stays with a running sandbox until it ends. */
#ifndef SANDBOX_CLI_WATCH_H
#define SANDBOX_CLI_WATCH_H

#include "signals.h"

#include <sandbox/sandbox.h>

/*
 * Passes signals on; kills the sandbox when somebody insists.
 * Return: 0, or a negative errno, with *err where it is the library's.
 */
int watch_sandbox(sandbox *sb, const struct signals *signals,
		  sandbox_result **ret, sandbox_error **err);

#endif
