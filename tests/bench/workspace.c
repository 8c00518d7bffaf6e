/* SPDX-License-Identifier: Apache-2.0 */
/* Makes and removes the directory of a run. */
#include "workspace.h"

#include "base/array.h"
#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_FORMAT "%.200s/%s"

static int find_tools(struct workspace *ret)
{
	char self[WORKSPACE_PATH] = "";
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash = NULL;

	if (n < 0) {
		return -errno;
	}
	slash = strrchr(self, '/');
	if (!slash || slash == self || n == (ssize_t)sizeof(self) - 1) {
		return -ENAMETOOLONG;
	}
	*slash = '\0';
	(void)snprintf(ret->tools, sizeof(ret->tools), "%s", self);
	return 0;
}

static int make_top(struct workspace *ret)
{
	const char *parent = getenv("TMPDIR");
	char path[WORKSPACE_PATH];

	(void)snprintf(path, sizeof(path), PATH_FORMAT,
		       parent && *parent ? parent : "/tmp",
		       "sandbox-bench-XXXXXX");
	/* The sandboxes' ids have to be able to walk to their root. */
	if (!mkdtemp(path) || chmod(path, 0755) < 0) {
		return -errno;
	}
	(void)snprintf(ret->top, sizeof(ret->top), "%s", path);
	(void)snprintf(ret->rootfs, sizeof(ret->rootfs), PATH_FORMAT, path,
		       "rootfs");
	return 0;
}

static int make_directories(const struct workspace *workspace)
{
	static const char *const names[] = {
		"rootfs",     "rootfs/bin", "rootfs/dev", "rootfs/proc",
		"rootfs/tmp", "rootfs/sys", "rootfs/etc", "run",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char path[WORKSPACE_PATH];

		(void)snprintf(path, sizeof(path), PATH_FORMAT, workspace->top,
			       names[i]);
		/* Whatever the umask of the caller takes away. */
		if (mkdir(path, 0755) < 0 || chmod(path, 0755) < 0) {
			return -errno;
		}
	}
	return 0;
}

static int copy_program(const char *from, const char *to)
{
	_cleanup_close_ int in = open(from, O_RDONLY | O_CLOEXEC);
	_cleanup_close_ int out =
		open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
	ssize_t n = 1;

	if (in < 0 || out < 0 || fchmod(out, 0755) < 0) {
		return -errno;
	}
	while (n > 0) {
		n = sendfile(out, in, NULL, INT_MAX);
	}
	return n < 0 ? -errno : 0;
}

static int copy_payloads(const struct workspace *workspace)
{
	static const char *const names[] = { "true", "pause", "probe" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char from[WORKSPACE_PATH];
		char to[WORKSPACE_PATH];
		int r = 0;

		(void)snprintf(from, sizeof(from), "%.200s/payload-%s",
			       workspace->tools, names[i]);
		(void)snprintf(to, sizeof(to), "%.200s/bin/%s",
			       workspace->rootfs, names[i]);
		r = copy_program(from, to);
		if (r < 0) {
			return r;
		}
	}
	return 0;
}

int workspace_create(struct workspace *ret)
{
	int r = find_tools(ret);

	ret->top[0] = '\0';
	if (r == 0) {
		r = make_top(ret);
	}
	if (r == 0) {
		r = make_directories(ret);
	}
	if (r == 0) {
		r = copy_payloads(ret);
	}
	if (r < 0) {
		(void)fprintf(stderr, "bench: workspace %s: %s\n", ret->top,
			      strerror(-r));
		workspace_remove(ret);
	}
	return r;
}

static int remove_entry(const char *path, const struct stat *status, int type,
			struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	(void)remove(path);
	return 0;
}

void workspace_remove(struct workspace *workspace)
{
	if (workspace->top[0] == '\0') {
		return;
	}
	/* FTW_MOUNT: should anything be mounted in there, leave it alone. */
	(void)nftw(workspace->top, remove_entry, 16,
		   FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	workspace->top[0] = '\0';
}

int workspace_write(const char *path, const char *text)
{
	_cleanup_close_ int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	size_t size = strlen(text);

	if (fd < 0) {
		return -errno;
	}
	if (write(fd, text, size) != (ssize_t)size) {
		return errno > 0 ? -errno : -EIO;
	}
	return 0;
}
