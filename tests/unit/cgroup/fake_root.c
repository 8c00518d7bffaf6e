/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a fake host in a directory of their own; see fake_root.h. */
#include "fake_root.h"

#include "lib/need.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* In a mount namespace of the test's own, with which everything ends. */
int fake_root(void)
{
	int fd = -1;

	if (geteuid() != 0) {
		NEED(userns);
		ASSERT_OK(unshare(CLONE_NEWUSER));
	}
	ASSERT_OK(unshare(CLONE_NEWNS));
	ASSERT_OK(mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL));
	ASSERT_OK(mount("none", "/tmp", "tmpfs", 0, "mode=755"));
	fd = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);
	ASSERT_OK(fd);
	return fd;
}

void fake_directory(int root, const char *path)
{
	char part[512];
	size_t end = 0;

	do {
		int r = 0;

		end += 1 + strcspn(path + end + 1, "/");
		(void)snprintf(part, sizeof(part), "%.*s", (int)end, path);
		r = mkdirat(root, part, 0755);
		ASSERT_EQ(r < 0 && errno != EEXIST, 0);
	} while (path[end] != '\0');
}

void fake_file(int root, const char *path, const char *text)
{
	char above[512];
	char *end = NULL;
	int fd = -1;

	(void)snprintf(above, sizeof(above), "%s", path);
	end = strrchr(above, '/');
	ASSERT_TRUE(end != NULL);
	*end = '\0';
	fake_directory(root, above);
	fd = openat(root, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ASSERT_OK(fd);
	ASSERT_EQ(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	ASSERT_OK(close(fd));
}

const char *fake_read(int root, const char *path)
{
	static char text[4096];
	int fd = openat(root, path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	ASSERT_OK(fd);
	n = read(fd, text, sizeof(text) - 1);
	ASSERT_OK(n);
	text[n] = '\0';
	ASSERT_OK(close(fd));
	return text;
}

bool fake_has(int root, const char *path)
{
	return faccessat(root, path, F_OK, 0) == 0;
}
