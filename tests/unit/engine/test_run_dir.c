/* SPDX-License-Identifier: Apache-2.0 */
/* The run directory: found, made, and refused where others could write. */
#include "base/cleanup.h"
#include "engine/identity.h"
#include "host_case.h"
#include "lib/need.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens @path, and it is the directory @expected. */
static void assert_opens(const char *path, const char *expected)
{
	_cleanup_close_ int fd = -1;
	struct stat opened;
	struct stat there;

	ASSERT_OK(run_dir_open(path, &fd, NULL));
	ASSERT_EQ(fstat(fd, &opened), 0);
	ASSERT_EQ(stat(expected, &there), 0);
	ASSERT_EQ(opened.st_ino, there.st_ino);
	ASSERT_EQ(opened.st_dev, there.st_dev);
	ASSERT_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
}

static void assert_refused(const char *path, int error, const char *reason)
{
	struct err err = ERR_INIT;
	int fd = -1;

	ASSERT_EQ(run_dir_open(path, &fd, &err), -error);
	ASSERT_EQ(fd, -1);
	ASSERT_CONTAINS(err.text, reason);
	ASSERT_CONTAINS(err.text, path == NULL ? "" : path);
}

/* A directory of the user that the test is to become. */
static void make_owned(const char *path, mode_t mode)
{
	ASSERT_EQ(mkdir(path, mode), 0);
	ASSERT_EQ(chown(path, CASE_ID, CASE_ID), 0);
}

TEST(root_meets_in_run)
{
	struct stat made;

	host_scratch();
	assert_opens(NULL, "/run/libsandbox");
	ASSERT_EQ(stat("/run/libsandbox", &made), 0);
	ASSERT_EQ(made.st_mode & 07777, 0700);
	assert_opens(NULL, "/run/libsandbox");
}

TEST(a_path_that_is_named_is_used)
{
	host_scratch();
	assert_opens("/run/here", "/run/here");
}

TEST(a_parent_that_is_missing_is_an_error)
{
	host_scratch();
	assert_refused("/run/no/here", ENOENT, "ENOENT");
}

TEST(a_symlink_is_not_followed)
{
	host_scratch();
	ASSERT_EQ(mkdir("/run/real", 0700), 0);
	ASSERT_EQ(symlink("real", "/run/link"), 0);
	assert_refused("/run/link", ENOTDIR, "ENOTDIR");
}

TEST(a_file_is_no_directory)
{
	int fd = -1;

	host_scratch();
	fd = open("/run/file", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	ASSERT_TRUE(fd >= 0);
	close(fd);
	assert_refused("/run/file", ENOTDIR, "ENOTDIR");
}

TEST(a_directory_that_others_may_write_is_refused)
{
	host_scratch();
	ASSERT_EQ(mkdir("/run/group", 0700), 0);
	ASSERT_EQ(chmod("/run/group", 0720), 0);
	assert_refused("/run/group", EPERM, "others may write to it");
	ASSERT_EQ(mkdir("/run/world", 0700), 0);
	ASSERT_EQ(chmod("/run/world", 01777), 0);
	assert_refused("/run/world", EPERM, "others may write to it");
}

TEST(a_directory_of_another_user_is_refused)
{
	NEED(root);
	host_scratch();
	make_owned("/run/theirs", 0700);
	assert_refused("/run/theirs", EPERM, "it belongs to another user");
}

TEST(a_user_meets_in_the_directory_of_the_session)
{
	NEED(root);
	host_scratch();
	make_owned("/run/session", 0700);
	host_become(CASE_ID);
	ASSERT_EQ(setenv("XDG_RUNTIME_DIR", "/run/session", 1), 0);
	assert_opens(NULL, "/run/session/libsandbox");
}

TEST(a_session_of_somebody_else_is_not_used)
{
	NEED(root);
	host_scratch();
	ASSERT_EQ(mkdir("/run/session", 0777), 0);
	ASSERT_EQ(mkdir("/run/user", 0755), 0);
	make_owned("/run/user/64201", 0700);
	host_become(CASE_ID);
	ASSERT_EQ(setenv("XDG_RUNTIME_DIR", "/run/session", 1), 0);
	assert_opens(NULL, "/run/user/64201/libsandbox");
	ASSERT_TRUE(access("/run/session/libsandbox", F_OK) < 0);
}

TEST(a_user_without_a_session_meets_at_home)
{
	struct stat made;

	NEED(root);
	host_scratch();
	make_owned("/run/home", 0750);
	host_become(CASE_ID);
	ASSERT_EQ(unsetenv("XDG_RUNTIME_DIR"), 0);
	ASSERT_EQ(setenv("HOME", "/run/home", 1), 0);
	assert_opens(NULL, "/run/home/.local/state/libsandbox");
	ASSERT_EQ(stat("/run/home/.local", &made), 0);
	ASSERT_EQ(made.st_mode & 07777, 0700);
}

TEST(a_user_with_neither_is_told)
{
	NEED(root);
	host_scratch();
	host_become(CASE_ID);
	ASSERT_EQ(unsetenv("XDG_RUNTIME_DIR"), 0);
	ASSERT_EQ(setenv("HOME", "/run", 1), 0);
	assert_refused(NULL, ENOENT, "neither $XDG_RUNTIME_DIR nor $HOME");
	ASSERT_EQ(setenv("HOME", "relative", 1), 0);
	assert_refused(NULL, ENOENT, "neither $XDG_RUNTIME_DIR nor $HOME");
}
