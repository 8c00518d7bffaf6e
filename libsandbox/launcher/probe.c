/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The launcher as a probe: each thing that a sandbox needs is tried for real
 * in a process that is thrown away, so that the answer is the kernel's and
 * not a version's.
 */
#include "launcher/probe.h"

#include "kernel/file.h"
#include "kernel/process.h"
#include "kernel/socket.h"

#include <linux/landlock.h>

#define MILLISECOND_NS 1000000LL
#define DEADLINE_MS    3000

/* A trial that hangs is one that failed. */
static int await_trial(int pid)
{
	for (int i = 0; i < DEADLINE_MS; i++) {
		int status = 0;
		int r = kernel_wait4(pid, &status, WNOHANG, NULL);

		if (r < 0) {
			return r;
		}
		if (r == pid) {
			return WIFEXITED(status) ? -WEXITSTATUS(status)
						 : -EINTR;
		}
		(void)kernel_poll(NULL, 0, MILLISECOND_NS);
	}
	kernel_kill(pid, SIGKILL);
	(void)kernel_wait4(pid, NULL, 0, NULL);
	return -ETIMEDOUT;
}

static int run_trial(enum probe_item item, const struct launcher_setup *setup)
{
	struct clone_args fork_args = { .exit_signal = SIGCHLD };
	int pid = kernel_clone3(&fork_args);

	if (pid == 0) {
		int r = probe_try(item, setup);

		/* Every errno of Linux fits into an exit status. */
		kernel_exit(r < 0 ? -r : 0);
	}
	return pid < 0 ? pid : await_trial(pid);
}

static uint32_t landlock_abi(int *error)
{
	long abi = kernel_call3(SYS_landlock_create_ruleset, NULL, 0,
				LANDLOCK_CREATE_RULESET_VERSION);

	*error = abi < 0 ? (int)-abi : 0;
	return abi < 0 ? 0 : (uint32_t)abi;
}

void probe_main(int socket, const struct launcher_setup *setup)
{
	struct probe_report report;

	kernel_fcntl(socket, F_SETFD, FD_CLOEXEC);
	kernel_sigaction_set(SIGCHLD, SIG_DFL);
	for (int item = 0; item < PROBE_COUNT; item++) {
		report.items[item].detail = 0;
		if (item == PROBE_LANDLOCK) {
			report.items[item].detail =
				landlock_abi(&report.items[item].error);
			continue;
		}
		report.items[item].error =
			-run_trial((enum probe_item)item, setup);
	}
	(void)kernel_send(socket, &report, sizeof(report), 0);
	kernel_exit(0);
}
