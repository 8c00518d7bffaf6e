/* SPDX-License-Identifier: Apache-2.0 */
/* Other hosts by namespaces and mounts; see host_case.h. */
#include "host_case.h"

#include "lib/need.h"
#include "lib/tap.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

void host_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	ASSERT_TRUE(fd >= 0);
	ASSERT_EQ(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	ASSERT_EQ(close(fd), 0);
}

static void map_to_root(const char *path, unsigned int id)
{
	char line[32];

	(void)snprintf(line, sizeof(line), "0 %u 1", id);
	host_write(path, line);
}

void host_enter_user_namespace(void)
{
	unsigned int uid = geteuid();
	unsigned int gid = getegid();

	NEED(userns);
	ASSERT_EQ(unshare(CLONE_NEWUSER), 0);
	host_write("/proc/self/setgroups", "deny");
	map_to_root("/proc/self/uid_map", uid);
	map_to_root("/proc/self/gid_map", gid);
}

void host_scratch(void)
{
	if (geteuid() != 0) {
		host_enter_user_namespace();
	}
	ASSERT_EQ(unshare(CLONE_NEWNS), 0);
	ASSERT_EQ(mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL), 0);
	ASSERT_EQ(mount("none", "/run", "tmpfs", 0, "mode=755"), 0);
}

static void cover(const char *path, const char *copy, const char *lines)
{
	int fd = open(copy, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	ASSERT_TRUE(fd >= 0);
	ASSERT_EQ(fchmod(fd, 0644), 0);
	ASSERT_EQ(close(fd), 0);
	host_write(copy, lines);
	if (access(path, F_OK) < 0) {
		SKIP("this host has no %s", path);
	}
	ASSERT_EQ(mount(copy, path, NULL, MS_BIND, NULL), 0);
}

void host_subordinate_ids(const char *uid_lines, const char *gid_lines)
{
	cover("/etc/subuid", "/run/subuid", uid_lines);
	cover("/etc/subgid", "/run/subgid", gid_lines);
	cover("/etc/passwd", "/run/passwd",
	      "root:x:0:0::/root:/bin/sh\n" CASE_NAME
	      ":x:64201:64201::/nonexistent:/bin/sh\n");
}

void host_become(uint32_t id)
{
	ASSERT_EQ(setgroups(0, NULL), 0);
	ASSERT_EQ(setresgid(id, id, id), 0);
	ASSERT_EQ(setresuid(id, id, id), 0);
}
