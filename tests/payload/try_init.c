/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attempts on the sandbox's init, process 1, or on whatever process is named.
 * The last argument may be another /proc, where hidepid does not hide it.
 */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ioprio.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t target_of(char **arguments)
{
	return (pid_t)number_of(arguments[0], 1);
}

static int try_trace(char **arguments)
{
	return answer_of(ptrace(PTRACE_SEIZE, target_of(arguments), 0, 0));
}

static int try_read_memory(char **arguments)
{
	char byte;
	struct iovec mine = { &byte, 1 };
	struct iovec theirs = { &byte, 1 };

	return answer_of(process_vm_readv(target_of(arguments), &mine, 1,
					  &theirs, 1, 0));
}

static int try_signal(char **arguments)
{
	return answer_of(kill(target_of(arguments),
			      arguments[0] == NULL
				      ? SIGKILL
				      : (int)number_of(arguments[1], SIGKILL)));
}

static int try_pidfd_getfd(char **arguments)
{
	long pidfd = syscall(SYS_pidfd_open, target_of(arguments), 0);

	return pidfd < 0 ? -errno
			 : answer_of(syscall(SYS_pidfd_getfd, pidfd, 0, 0));
}

static int try_limit(char **arguments)
{
	const struct rlimit limit = { 1, 1 };

	return answer_of(syscall(SYS_prlimit64, target_of(arguments),
				 RLIMIT_CPU, &limit, NULL));
}

static int try_affinity(char **arguments)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(0, &set);
	return answer_of(
		sched_setaffinity(target_of(arguments), sizeof(set), &set));
}

static int try_scheduler(char **arguments)
{
	const struct sched_param parameter = { 0 };

	return answer_of(sched_setscheduler(target_of(arguments), SCHED_IDLE,
					    &parameter));
}

static int try_renice(char **arguments)
{
	return answer_of(
		setpriority(PRIO_PROCESS, (id_t)target_of(arguments), 19));
}

static int try_ioprio(char **arguments)
{
	return answer_of(syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS,
				 target_of(arguments),
				 IOPRIO_PRIO_VALUE(IOPRIO_CLASS_IDLE, 0)));
}

/* `proc_open ENTRY [PROC [PROCESS]]`, for example mem, fd, root, ns/user. */
static int try_proc_open(char **arguments)
{
	const char *proc = "/proc";
	const char *process = "1";
	char path[256];

	if (arguments[1] != NULL) {
		proc = arguments[1];
		process = arguments[2] != NULL ? arguments[2] : process;
	}
	(void)snprintf(path, sizeof(path), "%s/%s/%s", proc, process,
		       arguments[0]);
	return answer_of(open(path, O_RDONLY | O_CLOEXEC));
}

/* A tracer and what it traces, both ours: debuggers are to work. */
static int try_trace_child(char **arguments)
{
	int status = 0;
	pid_t pid = fork();

	(void)arguments;
	if (pid == 0) {
		(void)pause();
		_exit(0);
	}
	if (pid < 0 || ptrace(PTRACE_SEIZE, pid, 0, 0) < 0) {
		return -errno;
	}
	(void)kill(pid, SIGKILL);
	return answer_of(waitpid(pid, &status, 0));
}

const struct attempt init_attempts[] = {
	{ "trace", try_trace },
	{ "trace_child", try_trace_child },
	{ "read_memory", try_read_memory },
	{ "signal", try_signal },
	{ "pidfd_getfd", try_pidfd_getfd },
	{ "limit", try_limit },
	{ "affinity", try_affinity },
	{ "scheduler", try_scheduler },
	{ "renice", try_renice },
	{ "ioprio", try_ioprio },
	{ "proc_open", try_proc_open },
	{ NULL, NULL },
};
