/* SPDX-License-Identifier: Apache-2.0 */
/* The bench's end of a host process (serve.h has the other). */
#ifndef BENCH_HOST_H
#define BENCH_HOST_H

#include "serve.h"

#include <errno.h>
#include <sys/types.h>

struct host {
	pid_t pid;
	int socket;
};

#define HOST_EMPTY                         \
	{                                  \
		.pid = 0, .socket = -EBADF \
	}

/*
 * Starts the host process @argv with /dev/null as its input and @output as its
 * output, and waits until it is ready.  Returns 0 or a negative errno.
 */
int host_start(char *const *argv, int output, struct host *ret);

/*
 * Asks for one launch.  Returns 0 when the host answered, or a negative
 * errno; what it answered is in @reply.
 */
int host_ask(const struct host *host, enum serve_request request,
	     struct serve_reply *reply);

/* Ends the host process; NULL and a host that was never started are fine. */
void host_stop(struct host *host);

#endif
