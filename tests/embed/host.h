/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the hosts here have in common: sandboxes that do little, and a count of
 * what is there because of them.  A failure ends the test.
 */
#ifndef SANDBOX_TESTS_EMBED_HOST_H
#define SANDBOX_TESTS_EMBED_HOST_H

#include "lib/tap.h"

#include <sandbox/sandbox.h>

/* Programs that end at once, and that do not end by themselves. */
#define HOST_TRUE  "{\"process\": {\"argv\": [\"true\"]}}"
#define HOST_SLEEP "{\"process\": {\"argv\": [\"sleep\", \"1000\"]}}"

enum {
	/* A host may be gone for this long before its sandboxes are, too. */
	HOST_PATIENCE_MS = 1000,
	/* For what should not take any time, on a machine that is busy. */
	HOST_TIMEOUT_MS = 30000
};

sandbox_engine *host_engine(void);
sandbox_spec *host_spec(const char *text);
sandbox *host_start(sandbox_engine *engine, const sandbox_spec *spec);

/* Waits for the end of @sb, which is to be @ending, and frees it. */
void host_finish(sandbox *sb, int ending);

/* All of it: the program ends with 0. */
void host_run(sandbox_engine *engine, const sandbox_spec *spec);

/* 0, or what the call on a sandbox or engine returned, with no error left. */
int host_drop_error(int result, sandbox_error *error);

/* Milliseconds of a clock that is never set. */
int64_t host_now_ms(void);
void host_sleep_ms(int milliseconds);

/* Living descendants; from now on orphans among them are children. */
int host_family(void);
/* Waits until there are @count; the milliseconds that this took, or -1. */
int64_t host_await_family(int count, int timeout_ms);
/* The only living child, or 0. */
int host_only_child(void);

int host_descriptors(void);
int host_mounts(void);
/* Whether somebody holds ids of this user's pool. */
bool host_leased(void);

/* Whether @fd becomes readable in time. */
bool host_readable(int fd, int timeout_ms);

#endif
