/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why nothing ran, and the result that says so.  Where a sandbox did not start
 * the library has no result, so the command writes one of the same form.
 */
#ifndef SANDBOX_CLI_FAILURE_H
#define SANDBOX_CLI_FAILURE_H

#include "buffer.h"

#include <sandbox/error.h>

/* Borrows its strings. */
struct failure {
	int kind; /* of enum sandbox_error_kind */
	int sys;  /* positive errno */
	const char *step;
	const char *subject;
	const char *message;
};

struct failure failure_of_error(const sandbox_error *error);

/* Of a specification that could not even be built. */
struct failure failure_of_complaint(const char *message);

/* The message sandbox.v1.Result as JSON, zero values printed. */
void failure_print(const struct failure *failure, struct buffer *buffer);

#endif
