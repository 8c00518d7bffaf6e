/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs newuidmap and newgidmap for the launcher.  They are setuid programs
 * that must run outside the namespace they map, so a child is forked before
 * the launcher unshares and runs them when told.
 */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/launcher.h"
#include "launcher/text.h"

#define MAP_ARGUMENTS (2 + 3 * (LAUNCHER_MAX_RANGES + 1) + 1)
#define NUMBER_SIZE   12

/* Runs "PROGRAM PID 0 ID 1 [INSIDE OUTSIDE COUNT]..." and waits for it. */
static int run_map_program(const char *program, int pid, uint32_t id,
			   const struct launcher_id_range *ranges,
			   uint32_t n_ranges)
{
	char numbers[MAP_ARGUMENTS][NUMBER_SIZE];
	const char *argv[MAP_ARGUMENTS + 1] = { program };
	uint32_t values[MAP_ARGUMENTS] = { (uint32_t)pid, 0, id, 1 };
	const char *env[] = { NULL };
	struct clone_args fork_args = { .exit_signal = SIGCHLD };
	uint32_t n = 4;
	int status = 0;
	int child = 0;

	for (uint32_t i = 0; i < n_ranges && i < LAUNCHER_MAX_RANGES; i++) {
		values[n++] = ranges[i].inside;
		values[n++] = ranges[i].outside;
		values[n++] = ranges[i].count;
	}
	for (uint32_t i = 0; i < n; i++) {
		struct text number = TEXT_IN(numbers[i]);

		text_add_number(&number, values[i]);
		argv[i + 1] = numbers[i];
	}
	argv[n + 1] = NULL;
	child = kernel_clone3(&fork_args);
	if (child == 0) {
		kernel_execveat(AT_FDCWD, program, argv, env, 0);
		kernel_exit(127);
	}
	if (child < 0) {
		return child;
	}
	child = kernel_wait4(child, &status, 0, NULL);
	if (child < 0) {
		return child;
	}
	return status == 0 ? 0 : -EPERM;
}

__attribute__((noreturn)) static void mapper_main(
	const struct launcher_setup *setup, int launcher_pid, int go)
{
	char byte = 0;
	int r = 0;

	/* The launcher ignores SIGCHLD; whoever waits may not. */
	kernel_sigaction_set(SIGCHLD, SIG_DFL);
	kernel_sigprocmask(SIG_SETMASK, 0, NULL);
	if (kernel_read(go, &byte, 1) != 1) {
		kernel_exit(ECANCELED);
	}
	r = run_map_program("/usr/bin/newuidmap", launcher_pid, setup->uid,
			    setup->uid_ranges, setup->n_uid_ranges);
	if (r == 0) {
		r = run_map_program("/usr/bin/newgidmap", launcher_pid,
				    setup->gid, setup->gid_ranges,
				    setup->n_gid_ranges);
	}
	kernel_exit(-r);
}

int mapper_start(const struct launcher_setup *setup, struct mapper *ret)
{
	struct clone_args fork_args = { .exit_signal = SIGCHLD };
	int launcher_pid = kernel_getpid();
	int ends[2];
	int r = kernel_pipe2(ends, O_CLOEXEC);

	if (r < 0) {
		return r;
	}
	/* Until it has been waited for, no child reaps itself. */
	kernel_sigaction_set(SIGCHLD, SIG_DFL);
	ret->pid = kernel_clone3(&fork_args);
	if (ret->pid == 0) {
		kernel_close(ends[1]);
		mapper_main(setup, launcher_pid, ends[0]);
	}
	kernel_close(ends[0]);
	ret->go = ends[1];
	if (ret->pid < 0) {
		kernel_close(ends[1]);
		kernel_sigaction_set(SIGCHLD, SIG_IGN);
		return ret->pid;
	}
	return 0;
}

int mapper_finish(struct mapper *mapper)
{
	int status = 0;
	int r = 0;

	if (kernel_write(mapper->go, "g", 1) != 1) {
		r = -EPIPE;
	}
	kernel_close(mapper->go);
	if (kernel_wait4(mapper->pid, &status, 0, NULL) < 0 || r < 0) {
		r = -ECHILD;
	} else if (!WIFEXITED(status)) {
		r = -EINTR;
	} else {
		r = -WEXITSTATUS(status);
	}
	kernel_sigaction_set(SIGCHLD, SIG_IGN);
	return r;
}
