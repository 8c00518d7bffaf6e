/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host of a contender that is a program: each launch is posix_spawn() of
 * its command line and waitpid().
 *
 *	command-host [--cgroup2] [--filter FILE] -- PROGRAM [ARGUMENT...]
 *
 * --cgroup2 gives the program a private view with nothing but a unified cgroup
 * hierarchy, which crun insists on and which spares runc the eight directories
 * of a hybrid one.  --filter opens FILE as descriptor FILTER_FD for it.
 */
#include "command_host.h"

#include "base/cleanup.h"
#include "serve.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define CGROUP_ROOT "/sys/fs/cgroup"

struct command_host {
	char **argv;
	int has_filter;
};

static int launch(void *state, char *text, size_t size)
{
	const struct command_host *host = state;
	pid_t pid = 0;
	int status = 0;
	int r = 0;

	/* The descriptor shares its offset with the one the last program
	 * read to the end. */
	if (host->has_filter && lseek(FILTER_FD, 0, SEEK_SET) < 0) {
		return -errno;
	}
	r = posix_spawn(&pid, host->argv[0], NULL, NULL, host->argv, environ);
	if (r > 0) {
		(void)snprintf(text, size, "spawn \"%s\": %s", host->argv[0],
			       strerror(r));
		return -r;
	}
	if (waitpid(pid, &status, 0) < 0) {
		(void)snprintf(text, size, "wait: %s", strerror(errno));
		return -errno;
	}
	return status;
}

static int see_only_cgroup2(void)
{
	struct statfs fs;

	if (statfs(CGROUP_ROOT, &fs) == 0 && fs.f_type == CGROUP2_SUPER_MAGIC) {
		return 0;
	}
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    umount2(CGROUP_ROOT, MNT_DETACH) < 0 ||
	    mount("cgroup2", CGROUP_ROOT, "cgroup2", 0, NULL) < 0) {
		return -errno;
	}
	return 0;
}

static int open_filter(const char *path)
{
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);

	/* The copy is meant to be inherited. */
	if (fd < 0 || dup2(fd, FILTER_FD) < 0) {
		return -errno;
	}
	return 0;
}

static int complain(const char *subject, int r)
{
	(void)fprintf(stderr, "command-host: %s: %s\n", subject, strerror(-r));
	return 125;
}

int main(int argc, char **argv)
{
	struct command_host state = { .argv = NULL };
	struct serve_host host = { .state = &state, .launch = launch };
	int i = 1;
	int r = 0;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--cgroup2") == 0) {
			r = see_only_cgroup2();
		} else if (strcmp(argv[i], "--filter") == 0 && i + 1 < argc) {
			state.has_filter = 1;
			r = open_filter(argv[++i]);
		} else {
			r = -EINVAL;
		}
		if (r < 0) {
			return complain(argv[i], r);
		}
	}
	if (i + 1 >= argc) {
		return complain("no program", -EINVAL);
	}
	state.argv = argv + i + 1;
	r = serve(&host);
	return r < 0 ? complain("serve", r) : 0;
}
