/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The directory where engines of one user meet.  It belongs to that user and
 * nobody else may write to it, which is checked on the descriptor that is
 * used, each time; never a fixed name in a directory that all may write to.
 */
#include "base/cleanup.h"
#include "engine/identity.h"
#include "kernel/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "libsandbox"

static int refuse(const char *path, int error, const char *why, struct err *err)
{
	return err_at(err, err_kind_of_errno(error), error,
		      "open the run directory", path,
		      "open the run directory \"%s\": %s", path, why);
}

/* @path exists and is ours alone to write. */
static int check(int fd, const char *path, struct err *err)
{
	struct stat file;
	int r = kernel_fstat(fd, &file);

	if (r < 0) {
		return refuse(path, -r, err_errno_name(-r), err);
	}
	if (file.st_uid != geteuid()) {
		return refuse(path, EPERM, "it belongs to another user", err);
	}
	if ((file.st_mode & 022) != 0) {
		return refuse(path, EPERM, "others may write to it", err);
	}
	return 0;
}

static int open_directory(const char *path, struct err *err, int *ret)
{
	_cleanup_close_ int fd = NO_FD;
	int r = kernel_mkdirat(AT_FDCWD, path, 0700);

	if (r < 0 && r != -EEXIST) {
		return refuse(path, -r, err_errno_name(-r), err);
	}
	fd = kernel_openat(AT_FDCWD, path, O_PATH | O_DIRECTORY | O_NOFOLLOW,
			   0);
	if (fd < 0) {
		return refuse(path, -fd, err_errno_name(-fd), err);
	}
	r = check(fd, path, err);
	if (r >= 0) {
		*ret = take_fd(&fd);
	}
	return r;
}

static bool is_own_directory(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 && S_ISDIR(file.st_mode) &&
	       file.st_uid == geteuid();
}

/* "$HOME/.local/state", made if need be; for a user without a session. */
static int state_home(char *path, size_t size)
{
	static const char *const parts[] = { "", "/.local", "/.local/state" };
	const char *home = secure_getenv("HOME");

	if (home == NULL || home[0] != '/' || !is_own_directory(home)) {
		return -ENOENT;
	}
	for (size_t i = 0; i < 3; i++) {
		int n = snprintf(path, size, "%s%s", home, parts[i]);

		if (n < 0 || (size_t)n >= size) {
			return -ENAMETOOLONG;
		}
		(void)kernel_mkdirat(AT_FDCWD, path, 0700);
	}
	return is_own_directory(path) ? 0 : -ENOENT;
}

/* The parent of the default run directory; -ENOENT when there is none. */
static int default_parent(char *path, size_t size)
{
	const char *runtime = secure_getenv("XDG_RUNTIME_DIR");

	if (geteuid() == 0) {
		(void)snprintf(path, size, "/run");
		return 0;
	}
	if (runtime != NULL && runtime[0] == '/' && strlen(runtime) < size &&
	    is_own_directory(runtime)) {
		memcpy(path, runtime, strlen(runtime) + 1);
		return 0;
	}
	(void)snprintf(path, size, "/run/user/%u", geteuid());
	if (is_own_directory(path)) {
		return 0;
	}
	return state_home(path, size);
}

int run_dir_open(const char *path, int *ret, struct err *err)
{
	char parent[3800];
	char chosen[4096];

	if (path != NULL) {
		return open_directory(path, err, ret);
	}
	if (default_parent(parent, sizeof(parent)) < 0) {
		return err_at(err, SANDBOX_ERROR_UNSUPPORTED, ENOENT,
			      "open the run directory", "",
			      "no run directory: neither $XDG_RUNTIME_DIR nor"
			      " $HOME is a directory of this user");
	}
	(void)snprintf(chosen, sizeof(chosen), "%s/" NAME, parent);
	return open_directory(chosen, err, ret);
}
