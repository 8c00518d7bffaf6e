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

#define MAP_ARGUMENTS (1 + 3 * (LAUNCHER_MAX_RANGES + 1) + 1)
#define NUMBER_SIZE   12

struct map_arguments {
	char numbers[MAP_ARGUMENTS][NUMBER_SIZE];
	const char *argv[MAP_ARGUMENTS + 1];
	uint32_t count; /* of the numbers */
};

static void add_number(struct map_arguments *arguments, uint32_t value)
{
	char *number = arguments->numbers[arguments->count];
	struct text text = { .buffer = number, .capacity = NUMBER_SIZE };

	text_add_number(&text, value);
	arguments->count++;
	arguments->argv[arguments->count] = number;
	arguments->argv[arguments->count + 1] = NULL;
}

/* "PROGRAM PID 0 ID 1 [INSIDE OUTSIDE COUNT]..." */
static void fill_arguments(struct map_arguments *arguments, int pid,
			   uint32_t id, const struct launcher_id_range *ranges,
			   uint32_t n_ranges)
{
	add_number(arguments, (uint32_t)pid);
	add_number(arguments, 0);
	add_number(arguments, id);
	add_number(arguments, 1);
	for (uint32_t i = 0; i < n_ranges && i < LAUNCHER_MAX_RANGES; i++) {
		add_number(arguments, ranges[i].inside);
		add_number(arguments, ranges[i].outside);
		add_number(arguments, ranges[i].count);
	}
}

static int run_map_program(const struct map_arguments *arguments)
{
	const char *env[] = { NULL };
	struct clone_args fork_args = { .exit_signal = SIGCHLD };
	int status = 0;
	int child = kernel_clone3(&fork_args);

	if (child == 0) {
		kernel_execveat(AT_FDCWD, arguments->argv[0], arguments->argv,
				env, 0);
		kernel_exit(127);
	}
	if (child > 0) {
		child = kernel_wait4(child, &status, 0, NULL);
	}
	if (child < 0) {
		return child;
	}
	return status == 0 ? 0 : -EPERM;
}

__attribute__((noreturn)) static void mapper_main(
	const struct launcher_setup *setup, int launcher_pid, int go)
{
	struct map_arguments uids = { .argv = { "/usr/bin/newuidmap" } };
	struct map_arguments gids = { .argv = { "/usr/bin/newgidmap" } };
	char byte = 0;
	int r = 0;

	/* The launcher ignores SIGCHLD; whoever waits may not. */
	kernel_sigaction_set(SIGCHLD, SIG_DFL);
	kernel_sigprocmask(SIG_SETMASK, 0, NULL);
	if (kernel_read(go, &byte, 1) != 1) {
		kernel_exit(ECANCELED);
	}
	fill_arguments(&uids, launcher_pid, setup->uid, setup->uid_ranges,
		       setup->n_uid_ranges);
	fill_arguments(&gids, launcher_pid, setup->gid, setup->gid_ranges,
		       setup->n_gid_ranges);
	r = run_map_program(&uids);
	if (r == 0) {
		r = run_map_program(&gids);
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
