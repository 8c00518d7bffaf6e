/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the launcher begins: it becomes what its first packet says, answers,
 * and serves launches until the engine's socket or its host ends.  It then
 * leaves at once: sandboxes have sockets of their own to their handles.
 */
#include "kernel/file.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/entry.h"
#include "launcher/launcher.h"
#include "launcher/text.h"

#include <sched.h>

#define CMSG_BYTES CMSG_SPACE(sizeof(int) * LAUNCH_MAX_FDS)

/* Every slot -1, then the descriptors that came with the packet. */
static void take_descriptors(struct msghdr *message, int *fds)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);
	size_t count = 0;

	for (size_t i = 0; i < LAUNCH_MAX_FDS; i++) {
		fds[i] = -1;
	}
	if (header == NULL || header->cmsg_level != SOL_SOCKET ||
	    header->cmsg_type != SCM_RIGHTS) {
		return;
	}
	count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	if (count > LAUNCH_MAX_FDS) {
		count = LAUNCH_MAX_FDS;
	}
	memcpy(fds, CMSG_DATA(header), count * sizeof(int));
}

static void close_descriptors(const int *fds)
{
	for (size_t i = 0; i < LAUNCH_MAX_FDS; i++) {
		if (fds[i] >= 0) {
			kernel_close(fds[i]);
		}
	}
}

/*
 * Whether there is something to read.  The end of the host is not always that
 * of its socket: a process that it forked may hold a copy.
 */
static bool await_request(const struct launcher *launcher)
{
	struct pollfd fds[] = {
		{ .fd = launcher->socket, .events = POLLIN },
		{ .fd = launcher->controller, .events = POLLIN },
	};

	(void)kernel_poll(fds, 2, -1);
	return fds[1].revents == 0;
}

static void serve(struct launcher *launcher)
{
	while (await_request(launcher)) {
		struct launch_request request;
		int fds[LAUNCH_MAX_FDS];
		_Alignas(struct cmsghdr) char control[CMSG_BYTES];
		struct iovec part = { &request, sizeof(request) };
		struct msghdr message = {
			.msg_iov = &part,
			.msg_iovlen = 1,
			.msg_control = control,
			.msg_controllen = sizeof(control),
		};
		long n = kernel_recvmsg(launcher->socket, &message, 0);

		if (n <= 0) {
			return; /* the engine is closed, or its host dead */
		}
		take_descriptors(&message, fds);
		if (n == sizeof(request)) {
			launch_serve(launcher, &request, fds);
		}
		close_descriptors(fds);
	}
}

/*
 * Children reap themselves; no signal of the host's terminal, and none that
 * the host happened to ignore or block, changes what we do.  The launcher has
 * no handler, so what is left is SIGKILL and SIGSTOP.
 */
static void settle_signals(void)
{
	for (int signum = 1; signum <= 64; signum++) {
		if (signum != SIGKILL && signum != SIGSTOP) {
			kernel_sigaction_set(signum, SIG_DFL);
		}
	}
	kernel_sigaction_set(SIGCHLD, SIG_IGN);
	kernel_sigprocmask(SIG_SETMASK, ~(uint64_t)0, NULL);
}

/* The host's soft limit is its own; a plan with many mounts needs more. */
static void raise_descriptor_limit(void)
{
	struct rlimit64 limit;

	if (kernel_prlimit(0, RLIMIT_NOFILE, NULL, &limit) >= 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)kernel_prlimit(0, RLIMIT_NOFILE, &limit, NULL);
	}
}

/* What a thread of the host may have set, and no sandbox should inherit. */
static void settle_process(void)
{
	struct {
		int priority;
	} normal = { 0 };

	kernel_setsid();
	kernel_call1(SYS_umask, 0);
	kernel_call1(SYS_personality, 0);
	/* Fails only where the policy is that already. */
	kernel_call3(SYS_sched_setscheduler, 0, SCHED_OTHER, &normal);
	settle_signals();
	raise_descriptor_limit();
}

__attribute__((noreturn, used)) void launcher_main(void)
{
	struct launcher launcher = { .socket = LAUNCHER_FD_SOCKET,
				     .controller = LAUNCHER_FD_CONTROLLER };
	struct launcher_setup setup;
	struct launcher_hello hello = { 0 };
	long n = 0;

	settle_process();
	n = kernel_receive(launcher.socket, &setup, sizeof(setup), 0);
	if (n != sizeof(setup)) {
		kernel_exit(1);
	}
	if (setup.mode == LAUNCHER_PROBE) {
		probe_main(launcher.socket, &setup);
	}
	hello.error = -launcher_set_up(&launcher, &setup, &hello.stage);
	(void)kernel_send(launcher.socket, &hello, sizeof(hello), 0);
	if (hello.error == 0) {
		serve(&launcher);
	}
	kernel_exit(hello.error == 0 ? 0 : 1);
}
