/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a test program as one of the users that the library is for, with
 * directories of its own:
 *
 *	as-user root|ranges|single PROGRAM [ARGUMENT...]
 *
 * Root becomes any of them.  Anybody else is one of the last two, and skips
 * the rest.
 */
#include "lib/users.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	FAILED = 99
};

static int fail(const char *what, int error)
{
	printf("Bail out! as-user: %s: %s\n", what, strerror(error));
	return FAILED;
}

static int skip(const char *why)
{
	printf("TAP version 13\n1..0 # SKIP %s\n", why);
	return 0;
}

static int remove_entry(const char *path, const struct stat *file, int type,
			struct FTW *where)
{
	(void)file;
	(void)type;
	(void)where;
	(void)remove(path);
	return 0;
}

/* A directory below @folder, in the environment as @variable. */
static int make_folder(const char *folder, const char *name,
		       const char *variable, const struct test_user *user)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (mkdir(path, 0700) < 0 ||
	    (user != NULL && chown(path, user->id, user->id) < 0) ||
	    setenv(variable, path, 1) < 0) {
		return -errno;
	}
	return 0;
}

static int make_folders(const char *folder, const struct test_user *user)
{
	int r = chmod(folder, 0755) < 0 ? -errno : 0;

	if (r == 0) {
		r = make_folder(folder, "home", "HOME", user);
	}
	if (r == 0) {
		r = make_folder(folder, "run", "XDG_RUNTIME_DIR", user);
	}
	if (r == 0) {
		r = make_folder(folder, "work", "SANDBOX_TEST_FOLDER", user);
	}
	return r;
}

/* The probe again, as a program that makes root of whoever runs it. */
static int make_setuid_probe(const char *folder)
{
	const char *probe = getenv("SANDBOX_TEST_PROBE");
	int from = open(probe == NULL ? "" : probe, O_RDONLY | O_CLOEXEC);
	char path[256];
	int to = -1;
	bool made = false;

	(void)snprintf(path, sizeof(path), "%s/setuid", folder);
	to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
	made = from >= 0 && to >= 0 && sendfile(to, from, NULL, 1 << 30) > 0 &&
	       fchmod(to, 04755) == 0 &&
	       setenv("SANDBOX_TEST_SETUID", path, 1) == 0;
	(void)close(from);
	(void)close(to);
	return made ? 0 : -EIO;
}

/*
 * What is built here may lie where only root gets, as below a private home:
 * @folder shows it to the user, who starts from there.
 */
static int show_build(const char *folder)
{
	const char *probe = getenv("SANDBOX_TEST_PROBE");
	char here[PATH_MAX];
	char shown[PATH_MAX];
	char path[PATH_MAX];
	size_t size = 0;

	(void)snprintf(shown, sizeof(shown), "%s/build", folder);
	if (getcwd(here, sizeof(here)) == NULL || mkdir(shown, 0755) < 0 ||
	    mount(here, shown, NULL, MS_BIND, NULL) < 0 || chdir(shown) < 0) {
		return -errno;
	}
	size = strlen(here);
	if (probe == NULL || strncmp(probe, here, size) != 0 ||
	    probe[size] != '/') {
		return 0;
	}
	if (snprintf(path, sizeof(path), "%s%s", shown, probe + size) >=
	    (int)sizeof(path)) {
		return -ENAMETOOLONG;
	}
	return setenv("SANDBOX_TEST_PROBE", path, 1) < 0 ? -errno : 0;
}

static void hide_build(const char *folder)
{
	char shown[PATH_MAX];

	(void)snprintf(shown, sizeof(shown), "%s/build", folder);
	(void)umount2(shown, MNT_DETACH | UMOUNT_NOFOLLOW);
}

/* What root needs to be somebody else, and to leave the host as it is. */
static int prepare_root(const char *folder, const struct test_user *user)
{
	int r = users_make(folder);

	if (r == 0) {
		r = make_setuid_probe(folder);
	}
	if (r == 0 && user != NULL) {
		r = show_build(folder);
	}
	/* Root's engines meet in /run: the tests' shall not meet the host's. */
	if (r == 0 && user == NULL &&
	    mount("none", "/run", "tmpfs", 0, "mode=755") < 0) {
		r = -errno;
	}
	return r;
}

static int run(char **argv, const char *folder, const struct test_user *user)
{
	int status = 0;
	pid_t pid = 0;
	int r = geteuid() == 0 ? prepare_root(folder, user) : 0;

	if (r == 0) {
		r = make_folders(folder, geteuid() == 0 ? user : NULL);
	}
	if (r < 0) {
		return fail("prepare", -r);
	}
	pid = fork();
	if (pid == 0) {
		r = geteuid() == 0 && user != NULL ? user_become(user) : 0;
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (r == 0) {
			(void)execv(argv[0], argv);
			r = -errno;
		}
		_exit(fail(argv[0], -r));
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		return fail("start the program", errno);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : FAILED;
}

static int run_in_folder(char **argv, const struct test_user *user)
{
	char folder[] = "/tmp/sandbox-test-XXXXXX";
	int r = 0;

	if (mkdtemp(folder) == NULL) {
		return fail("make a folder in /tmp", errno);
	}
	r = run(argv, folder, user);
	hide_build(folder);
	(void)nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	return r;
}

int main(int argc, char **argv)
{
	bool root = geteuid() == 0;
	const struct test_user *user = NULL;

	if (argc < 3) {
		return fail("usage: as-user MODE PROGRAM [ARGUMENT...]",
			    EINVAL);
	}
	if (strcmp(argv[1], "root") == 0) {
		if (!root) {
			return skip("not root");
		}
	} else if (strcmp(argv[1], "ranges") == 0) {
		if (!root && !user_has_ranges()) {
			return skip("this user has no subordinate ids");
		}
		user = &user_with_ranges;
	} else if (strcmp(argv[1], "single") == 0) {
		if (!root && user_has_ranges()) {
			return skip("this user has subordinate ids");
		}
		user = &user_without_ranges;
	} else {
		return fail(argv[1], EINVAL);
	}
	if (setenv("SANDBOX_TEST_MODE", argv[1], 1) < 0) {
		return fail("set the environment", errno);
	}
	(void)fflush(stdout);
	return run_in_folder(argv + 2, user);
}
