/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A contender lives in a host process of its own, so that none is measured in
 * the memory of another.  The bench asks over a socket for one launch, the
 * host makes it, takes the time around exactly that, and answers.
 */
#ifndef BENCH_SERVE_H
#define BENCH_SERVE_H

#include <stddef.h>
#include <stdint.h>

/* The descriptor on which a host finds its end of the socket. */
#define SERVE_FD 3

enum serve_request {
	SERVE_LAUNCH = 1, /* start the program and wait for its end */
	SERVE_HOLD = 2,   /* start it and leave it running */
};

struct serve_reply {
	int64_t elapsed_ns; /* of the launch alone */
	int32_t error;      /* 0, or a negative errno: text says why */
	int32_t status;     /* of the program, as waitpid() gives it */
	char text[1024];
};

struct serve_host {
	void *state;
	/*
	 * Return a wait status, or a negative errno after writing a line to
	 * @text.  hold may be NULL.
	 */
	int (*launch)(void *state, char *text, size_t size);
	int (*hold)(void *state, char *text, size_t size);
};

/*
 * Answers requests on SERVE_FD until the bench closes its end.  The first
 * answer is sent unasked: the host is ready.  Returns 0 or a negative errno.
 */
int serve(const struct serve_host *host);

#endif
