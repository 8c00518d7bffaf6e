/* SPDX-License-Identifier: Apache-2.0 */
/* Waits for the end of a sandbox and for signals; see watch.h. */
#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

static uint64_t now_ns(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static void pass_on(sandbox *sb, const struct signals *signals,
		    struct insistence *insistence)
{
	int signum = signals_next(signals);

	while (signum != 0) {
		/* A sandbox that has ended meanwhile needs no signal. */
		(void)sandbox_signal(sb, signum, NULL);
		if (insistence_note(insistence, signum, now_ns())) {
			(void)sandbox_stop(sb, 0, NULL);
		}
		signum = signals_next(signals);
	}
}

int watch_sandbox(sandbox *sb, const struct signals *signals,
		  sandbox_result **ret, sandbox_error **err)
{
	struct insistence insistence = { { 0 } };
	struct pollfd waiting[] = {
		{ .fd = sandbox_fd(sb), .events = POLLIN },
		{ .fd = signals->fd, .events = POLLIN },
	};

	for (;;) {
		int r = poll(waiting, 2, -1);

		if (r < 0 && errno != EINTR) {
			return -errno;
		}
		pass_on(sb, signals, &insistence);
		if (waiting[0].revents == 0) {
			continue;
		}
		r = sandbox_wait(sb, 0, ret, err);
		if (r != -ETIMEDOUT && r != -EINTR) {
			return r;
		}
		sandbox_error_free(*err);
		*err = NULL;
	}
}
