/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts to get other namespaces: new ones, or those of somebody else. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int unshare(int flags);
int setns(int fd, int type);

static const struct namespace
{
	const char *name;
	uint64_t flag;
}
namespaces[] = {
	{ "user", CLONE_NEWUSER },     { "mnt", CLONE_NEWNS },
	{ "pid", CLONE_NEWPID },       { "net", CLONE_NEWNET },
	{ "ipc", CLONE_NEWIPC },       { "uts", CLONE_NEWUTS },
	{ "cgroup", CLONE_NEWCGROUP }, { "time", CLONE_NEWTIME },
};

static uint64_t flag_of(const char *name)
{
	for (size_t i = 0; i < sizeof(namespaces) / sizeof(namespaces[0]);
	     i++) {
		if (strcmp(namespaces[i].name, name) == 0) {
			return namespaces[i].flag;
		}
	}
	return 0;
}

/* With a user namespace first, as anybody may who has none of the rights. */
static int try_unshare(char **arguments)
{
	return answer_of(unshare((int)(flag_of(arguments[0]))));
}

static int reap(long pid)
{
	int status = 0;

	if (pid < 0) {
		return -errno;
	}
	if (pid == 0) {
		_exit(0);
	}
	return waitpid((pid_t)pid, &status, 0) == pid ? 0 : -errno;
}

/* "time" has a flag that clone() takes for a part of the signal. */
static int try_clone(char **arguments)
{
	return reap(syscall(SYS_clone, flag_of(arguments[0]) | SIGCHLD, 0, 0, 0,
			    0));
}

static int try_clone3(char **arguments)
{
	struct clone_args request = { .exit_signal = SIGCHLD };

	if (arguments[0] != NULL) {
		request.flags = flag_of(arguments[0]);
	}
	return reap(syscall(SYS_clone3, &request, sizeof(request)));
}

/* `setns PROCESS NAME`, for example of 1 or self. */
static int try_setns(char **arguments)
{
	char path[64];
	int fd = -1;

	(void)snprintf(path, sizeof(path), "/proc/%s/ns/%s", arguments[0],
		       arguments[1]);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : answer_of(setns(fd, 0));
}

const struct attempt namespace_attempts[] = {
	{ "unshare", try_unshare },
	{ "clone", try_clone },
	{ "clone3", try_clone3 },
	{ "setns", try_setns },
	{ NULL, NULL },
};
