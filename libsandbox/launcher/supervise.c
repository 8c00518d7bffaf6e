/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Init's watch: reap, obey the host, keep the wall clock, and end everything
 * when the main process, the clock, the host or its socket ends.
 *
 * Signals are never orders here: a payload that shares init's kernel id may
 * send any.  All are blocked, and SIGCHLD is only a reason to look.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/init.h"
#include "launcher/report.h"

#include <sys/mman.h>

#define SECOND_NS      1000000000LL
#define MILLISECOND_NS 1000000LL
/* The longest that one ending may wait for a token that nobody gives back. */
#define TOKEN_WAIT_NS      (2 * SECOND_NS)
#define GIVE_BACK_AFTER_NS (20 * MILLISECOND_NS)
#define REAP_AT_ONCE       64
/* A second, in which a kernel that is short of memory finds whom to kill. */
#define OOM_LOOK_EVERY_NS (5 * MILLISECOND_NS)
#define OOM_LOOKS         200

struct watch {
	const struct launch *launch;
	int control;
	int controller;
	int signals;
	int main_pid; /* 0: it has been reaped */
	bool terminating;
	bool unreaped;           /* some have ended and been left for later */
	uint64_t deadline_ns;    /* of the next act of the clock, 0 = none */
	struct scratch *scratch; /* NULL: it has been given back */
	struct group_watch group;
	int oom_looks; /* how often the count is still to be looked at */
	struct ended ended;
};

static uint64_t timeval_us(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000U + (uint64_t)time->tv_usec;
}

/*
 * Reaps all that have ended, but with WNOHANG not more at a time than leaves
 * init able to look at its clock: a payload may end faster than it is reaped.
 * 1: there may be more.  -ECHILD: nobody is left.
 */
static int reap(struct watch *watch, int options)
{
	for (int i = 0; i < REAP_AT_ONCE || options != WNOHANG; i++) {
		struct rusage usage;
		int status = 0;
		int pid = kernel_wait4(-1, &status, options, &usage);

		if (pid <= 0) {
			return pid;
		}
		watch->ended.cpu_user_us += timeval_us(&usage.ru_utime);
		watch->ended.cpu_system_us += timeval_us(&usage.ru_stime);
		if ((uint64_t)usage.ru_maxrss > watch->ended.max_rss_kib) {
			watch->ended.max_rss_kib = (uint64_t)usage.ru_maxrss;
		}
		if (pid == watch->main_pid) {
			watch->ended.status = status;
			watch->main_pid = 0;
			watch->ended.main_ns = kernel_now_ns();
		}
	}
	return 1;
}

/*
 * Thousands of filters freed at once have brought a kernel to a standstill,
 * so only as many sandboxes are killed at a time as there are tokens.  An init
 * that died with one in its hand must not stop the others for good.
 */
static bool take_token(const struct watch *watch)
{
	struct pollfd wait = { .fd = watch->launch->launcher->tokens[0],
			       .events = POLLIN };
	uint64_t limit = kernel_now_ns() + (uint64_t)TOKEN_WAIT_NS;
	char token = 0;

	while (kernel_read(wait.fd, &token, 1) != 1) {
		uint64_t now = kernel_now_ns();

		if (now >= limit) {
			return false;
		}
		(void)kernel_poll(&wait, 1, (int64_t)(limit - now));
	}
	return true;
}

/* Kills and reaps every process but init itself. */
static void end_all(struct watch *watch)
{
	bool token = false;

	if (reap(watch, WNOHANG) == -ECHILD) {
		return;
	}
	token = take_token(watch);
	kernel_kill(-1, SIGKILL);
	(void)reap(watch, 0);
	if (token) {
		(void)kernel_write(watch->launch->launcher->tokens[1], "t", 1);
	}
}

__attribute__((noreturn)) static void finish(struct watch *watch,
					     unsigned int cause)
{
	struct {
		struct report report;
		struct ended ended;
	} packet;

	end_all(watch);
	watch->ended.cause = cause;
	watch->ended.ended_ns = kernel_now_ns();
	packet.report = (struct report){ .step = STEP_ENDED };
	packet.ended = watch->ended;
	(void)kernel_send(watch->control, &packet, sizeof(packet), 0);
	/*
	 * The host learns of the end here, and of the lease before it, not
	 * when this process has gone through all of its own exit.
	 */
	kernel_close(watch->launch->fds[LAUNCH_FD_LEASE]);
	kernel_call2(SYS_shutdown, watch->control, SHUT_RDWR);
	kernel_close(watch->control);
	kernel_exit(0);
}

/* TERM now, KILL when @grace_ms are over; a later call may only shorten it. */
static void terminate(struct watch *watch, unsigned int cause,
		      uint64_t grace_ms)
{
	uint64_t now = kernel_now_ns();
	uint64_t until = now + grace_ms * (uint64_t)MILLISECOND_NS;

	if (grace_ms == 0) {
		finish(watch, watch->terminating ? watch->ended.cause : cause);
	}
	if (!watch->terminating) {
		watch->ended.cause = cause;
		watch->terminating = true;
		/* A grace does not reach beyond the wall clock. */
		if (watch->deadline_ns == 0 || until < watch->deadline_ns) {
			watch->deadline_ns = until;
		}
		kernel_kill(watch->main_pid, SIGTERM);
	} else if (until < watch->deadline_ns) {
		watch->deadline_ns = until;
	}
}

static void strike(struct watch *watch)
{
	if (watch->terminating) {
		finish(watch, watch->ended.cause);
	}
	watch->deadline_ns = 0;
	terminate(watch, ENDED_WALL_TIME, watch->launch->plan->grace_ms);
}

static bool has_executed(const struct watch *watch)
{
	struct pollfd end = { .fd = watch->launch->executed[0],
			      .events = POLLIN };

	if (end.fd >= 0) {
		return kernel_poll(&end, 1, 0) == 1;
	}
	return watch->scratch == NULL ||
	       __atomic_load_n(&watch->scratch->in_use, __ATOMIC_ACQUIRE) == 0;
}

/*
 * The end of the report socket says so, too, but not where a fork of the host
 * holds a copy of our end: then it asks.
 */
static void tell_of_exec(const struct watch *watch)
{
	const struct report executed = { .step = STEP_EXEC };

	if (has_executed(watch)) {
		(void)kernel_send(watch->control, &executed, sizeof(executed),
				  MSG_DONTWAIT);
	}
}

static void obey(struct watch *watch)
{
	struct command command;
	long n = kernel_receive(watch->control, &command, sizeof(command),
				MSG_DONTWAIT);

	if (n == -EAGAIN || n == -EINTR) {
		return;
	}
	if (n != sizeof(command)) {
		finish(watch, ENDED_CONTROLLER_LOST);
	}
	if (command.kind == COMMAND_STOP) {
		terminate(watch, ENDED_STOPPED, command.value);
	} else if (command.kind == COMMAND_ASK) {
		tell_of_exec(watch);
	} else if (command.kind == COMMAND_SIGNAL && watch->main_pid > 0 &&
		   command.value >= 1 && command.value <= 64) {
		kernel_kill(watch->main_pid, (int)command.value);
	}
}

/*
 * Version 1 tells of the shortage before it kills anybody, and version 2 of
 * every change of any count: so the number is what counts, and it is looked
 * at for a while.
 */
static void look_at_memory(struct watch *watch, bool told)
{
	char drain[8];

	if (told) {
		watch->oom_looks = OOM_LOOKS;
		(void)kernel_read(watch->group.signal, drain, sizeof(drain));
	}
	if (watch->oom_looks == 0) {
		return;
	}
	watch->oom_looks--;
	if (group_oom_kills(&watch->group) > 0) {
		watch->oom_looks = 0;
		if ((watch->launch->plan->flags & PLAN_OOM_KILL_ONE) == 0) {
			finish(watch, ENDED_OUT_OF_MEMORY);
		}
	}
}

/* An ending that was asked for is that ending, however the process took it. */
static void look_at_children(struct watch *watch)
{
	char drain[1280]; /* ten struct signalfd_siginfo */

	(void)kernel_read(watch->signals, drain, sizeof(drain));
	watch->unreaped = reap(watch, WNOHANG) == 1;
	if (watch->main_pid == 0 && watch->terminating) {
		finish(watch, watch->ended.cause);
	}
	if (watch->main_pid == 0) {
		finish(watch,
		       group_oom_victim(&watch->group, watch->ended.status)
			       ? ENDED_OUT_OF_MEMORY
			       : ENDED_BY_ITSELF);
	}
}

static int64_t until_deadline(const struct watch *watch)
{
	uint64_t now = 0;

	if (watch->deadline_ns == 0) {
		return -1;
	}
	now = kernel_now_ns();
	return now >= watch->deadline_ns ? 0
					 : (int64_t)(watch->deadline_ns - now);
}

/*
 * A sandbox that lives longer than a moment should be small: what the payload
 * used of init's memory goes back, but not before the kernel says that the
 * payload has left it.
 */
static void give_back(struct watch *watch)
{
	struct scratch *scratch = watch->scratch;
	uintptr_t start = ((uintptr_t)scratch->start + 4095) & ~(uintptr_t)4095;
	uintptr_t end =
		((uintptr_t)scratch->start + scratch->size) & ~(uintptr_t)4095;

	if (__atomic_load_n(&scratch->in_use, __ATOMIC_ACQUIRE) == 0) {
		kernel_call3(SYS_madvise, start, end - start, MADV_DONTNEED);
		watch->scratch = NULL;
	}
}

static int64_t until_wake(const struct watch *watch, int64_t deadline)
{
	if (watch->unreaped) {
		return 0;
	}
	if (watch->oom_looks > 0 &&
	    (deadline < 0 || deadline > OOM_LOOK_EVERY_NS)) {
		return OOM_LOOK_EVERY_NS;
	}
	if (watch->scratch == NULL ||
	    (deadline >= 0 && deadline < GIVE_BACK_AFTER_NS)) {
		return deadline;
	}
	return GIVE_BACK_AFTER_NS;
}

/* Init's own, which are the sandbox's; the payload adds a user namespace. */
static void read_namespaces(struct watch *watch)
{
	static const char names[SANDBOX_NAMESPACES][16] = {
		"self/ns/user", "self/ns/mnt", "self/ns/pid",   "self/ns/net",
		"self/ns/ipc",  "self/ns/uts", "self/ns/cgroup"
	};

	for (size_t i = 0; i < SANDBOX_NAMESPACES; i++) {
		struct stat file;

		if (kernel_call4(SYS_newfstatat, watch->launch->proc, names[i],
				 &file, 0) >= 0) {
			watch->ended.namespaces[i] = file.st_ino;
		}
	}
	kernel_close(watch->launch->proc);
}

static void watch_once(struct watch *watch)
{
	struct pollfd fds[] = {
		{ .fd = watch->signals, .events = POLLIN },
		{ .fd = watch->control, .events = POLLIN },
		{ .fd = watch->controller, .events = POLLIN },
		{ .fd = watch->group.signal, .events = POLLIN },
		{ .fd = watch->group.events, .events = POLLPRI },
	};
	/* A plain file of version 1 is always ready. */
	unsigned int count = watch->group.events < 0   ? 3
			     : watch->group.signal < 0 ? 5
						       : 4;
	int n = kernel_poll(fds, count,
			    until_wake(watch, until_deadline(watch)));

	if (fds[3].revents != 0 || (fds[4].revents & POLLPRI) != 0 ||
	    watch->oom_looks > 0) {
		look_at_memory(watch,
			       fds[3].revents != 0 || fds[4].revents != 0);
	}
	if (fds[0].revents != 0 || watch->unreaped) {
		look_at_children(watch);
	}
	if (fds[2].revents != 0) {
		finish(watch, ENDED_CONTROLLER_LOST);
	}
	if (fds[1].revents != 0) {
		obey(watch);
	}
	/* Also when something else is always ready: the payload sees to that.
	 */
	if (until_deadline(watch) == 0) {
		strike(watch);
	}
	if (n == 0 && watch->scratch != NULL) {
		give_back(watch);
	}
}

void supervise(const struct launch *launch, int main_pid,
	       struct scratch *scratch)
{
	struct watch watch = {
		.launch = launch,
		.control = launch->fds[LAUNCH_FD_CONTROL],
		.controller = launch->launcher->controller,
		.main_pid = main_pid,
		.scratch = scratch,
		.group = group_watch(launch),
	};
	uint64_t child_signal = (uint64_t)1 << (SIGCHLD - 1);

	/* What is too far to be counted never comes. */
	if (launch->plan->wall_ms > 0 &&
	    launch->plan->wall_ms < UINT64_MAX / 4 / MILLISECOND_NS) {
		watch.deadline_ns =
			launch->clone_ns +
			launch->plan->wall_ms * (uint64_t)MILLISECOND_NS;
	}
	watch.signals = kernel_signalfd(child_signal, O_CLOEXEC | O_NONBLOCK);
	if (watch.signals < 0) {
		finish(&watch, ENDED_CONTROLLER_LOST);
	}
	/* The program is on its way meanwhile: this is nobody's time. */
	read_namespaces(&watch);
	/* A child that ended before the descriptor existed is found pending. */
	for (;;) {
		watch_once(&watch);
	}
}
