/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A libsandbox that starts nothing: it reads specifications with the real
 * reader, remembers what it was asked, and answers as a test has set it up.
 */
#ifndef SANDBOX_TESTS_CLI_FAKE_SANDBOX_H
#define SANDBOX_TESTS_CLI_FAKE_SANDBOX_H

#include <sandbox/sandbox.h>

#include <stdbool.h>

#define FAKE_SIGNALS 8

struct fake_error {
	int kind; /* 0: the call succeeds */
	int sys;
	const char *step;
	const char *subject;
	const char *message;
};

struct fake {
	/* How it answers. */
	struct fake_error open_error;
	struct fake_error start_error;
	struct fake_error probe_error;
	int ending;
	int exit_code;
	int signal;
	const char *result_json;
	const char *explanation;
	const char *probe_json;
	const char *filters[2];  /* by turns */
	int raise[FAKE_SIGNALS]; /* sent to this process by sandbox_start() */
	int raise_again;         /* so often by sandbox_signal(), too */
	bool survives_signals;   /* it ends by sandbox_stop() alone */

	/* What it was asked. */
	char *document; /* the last specification as it was given */
	size_t document_size;
	bool document_is_bytes;
	char *address; /* of the engine; "" for NULL */
	int signals[FAKE_SIGNALS];
	size_t n_signals;
	char filter_arch[16]; /* of the last question about a filter */
	int filter_form;
	int filter_calls;
	int stopped; /* calls of sandbox_stop() */
	int started;
	int alive; /* objects that were not released */
};

extern struct fake fake;

#endif
