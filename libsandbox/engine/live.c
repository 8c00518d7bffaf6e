/* SPDX-License-Identifier: Apache-2.0 */
/* A running sandbox: what its init says, until that has gone. */
#include "base/cleanup.h"
#include "engine/engine.h"
#include "engine/launch_talk.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/steps.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* How much longer than init the host waits before it acts itself. */
#define CLOCK_SLACK_MS 1000

/* One packet from the control socket.  1: there was one; 0: its end. */
static int take_packet(struct live *live)
{
	struct talk_packet packet;
	int r = talk_receive(live->control, &packet);

	if (r <= 0) {
		return r;
	}
	if (packet.report.step == STEP_CLONE_INIT && packet.fd >= 0) {
		close_fdp(&live->init_pidfd);
		live->init_pidfd = kernel_above_stdio(take_fd(&packet.fd));
	}
	if (packet.report.step == STEP_EXEC && packet.report.error == 0) {
		live->executed = true;
	}
	if (packet.report.step == STEP_ENDED && packet.has_ended) {
		live->ended = packet.ended;
		live->has_ended = true;
	}
	close_fdp(&packet.fd);
	return 1;
}

/*
 * An init that was killed leaves its processes to the kernel, which ends them
 * before the parent may reap it: its pidfd says when that is done.
 */
static void await_namespace_end(const struct live *live)
{
	struct pollfd wait = { .fd = live->init_pidfd, .events = POLLIN };

	if (!live->has_ended && live->init_pidfd >= 0) {
		(void)kernel_poll(&wait, 1, LIVE_GONE_TIMEOUT_MS * 1000000LL);
	}
}

bool live_is_under_way(struct live *live)
{
	int r = 1;

	while (r > 0) {
		r = take_packet(live);
	}
	return r == 0 || live->executed || live->has_ended;
}

void live_kill_init(struct live *live)
{
	while (live->init_pidfd < 0 && take_packet(live) > 0) {
	}
	if (live->init_pidfd >= 0) {
		(void)kernel_call4(SYS_pidfd_send_signal, live->init_pidfd,
				   SIGKILL, NULL, 0);
	}
}

/*
 * Init keeps the clock; this second one is for an init that somebody stopped.
 * When it strikes, in nanoseconds of CLOCK_MONOTONIC; 0 = never.
 */
static uint64_t second_clock(const struct live *live)
{
	const struct plan *plan = live->compiled->plan;

	if (plan->wall_ms == 0 || live->struck) {
		return 0;
	}
	return live->start_ns +
	       (plan->wall_ms + plan->grace_ms + CLOCK_SLACK_MS) * 1000000U;
}

/* -ETIMEDOUT, unless what timed out was the sandbox. */
static int strike(struct live *live, uint64_t clock)
{
	if (clock == 0 || kernel_now_ns() < clock) {
		return -ETIMEDOUT;
	}
	live->struck = true;
	live_kill_init(live);
	return 0;
}

static int64_t until(uint64_t deadline, uint64_t now)
{
	return deadline > now ? (int64_t)(deadline - now) : 0;
}

/* How long to sleep: to the caller's limit or the second clock's stroke. */
static int64_t sleep_limit(int timeout_ms, uint64_t deadline, uint64_t clock)
{
	uint64_t now = kernel_now_ns();
	int64_t limit = timeout_ms < 0 ? -1 : until(deadline, now);

	if (clock != 0 && (limit < 0 || until(clock, now) < limit)) {
		limit = until(clock, now);
	}
	return limit;
}

/* 1: it has ended; 0: look again; or what live_wait() returns. */
static int wait_once(struct live *live, int timeout_ms, uint64_t deadline)
{
	/* No event but the end: one wake for all that was said. */
	struct pollfd wait = { .fd = live->control, .events = 0 };
	uint64_t clock = second_clock(live);
	int n = kernel_poll(&wait, 1, sleep_limit(timeout_ms, deadline, clock));

	if (n < 0) {
		return n;
	}
	/* Else what was said would keep the descriptor readable. */
	while (take_packet(live) > 0) {
	}
	return n == 0 ? strike(live, clock) : 1;
}

int live_wait(struct live *live, int timeout_ms)
{
	uint64_t deadline =
		kernel_now_ns() +
		(uint64_t)(timeout_ms < 0 ? 0 : timeout_ms) * 1000000U;

	while (!live->finished) {
		int r = wait_once(live, timeout_ms, deadline);

		if (r < 0) {
			return r;
		}
		if (r > 0) {
			await_namespace_end(live);
			live->finished = true;
			live->finished_ns = kernel_now_ns();
			group_usage_read(&live->group, &live->usage);
			group_end(&live->group);
		}
	}
	return 0;
}

int live_command(struct live *live, uint32_t kind, uint32_t value)
{
	struct command command = { .kind = kind, .value = value };
	/* An init that does not listen must not hold its host up. */
	long n = kernel_send(live->control, &command, sizeof(command),
			     MSG_DONTWAIT);

	if (n == -EPIPE || n == -ECONNRESET) {
		return -ESRCH;
	}
	return n < 0 ? (int)n : 0;
}

void live_free(struct live *live)
{
	if (live == NULL) {
		return;
	}
	/*
	 * In the owner this is the order to die, also where a fork of the host
	 * still holds a copy of the socket; that copy's end means nothing.
	 */
	if (live->control >= 0 && live->owner == getpid()) {
		(void)shutdown(live->control, SHUT_RDWR);
	}
	close_fdp(&live->control);
	close_fdp(&live->init_pidfd);
	group_end(&live->group);
	compiled_unref(live->compiled);
	free(live);
}
