/* SPDX-License-Identifier: Apache-2.0 */
/* Kernel objects and control groups: the sandbox's own, and read-only. */
#include "control.h"

#include <string.h>
#include <sys/stat.h>

static struct outcome outcome;

#define SYSFS  "{ \"kind\": \"SYSFS\", \"target\": \"/sys\" }"
#define CGROUP "{ \"kind\": \"CGROUP\", \"target\": \"/sys/fs/cgroup\" }"

TEST(kernel_objects_are_shown_with_the_sandboxes_network)
{
	SHELL(&outcome,
	      "stat -f -c %T /sys; ls /sys/class/net; ls /sys/block "
	      ">/dev/null && echo blocks; ls /sys/firmware | wc -l",
	      .mounts = SYSFS);
	ASSERT_STR(outcome.out, "sysfs\nlo\nblocks\n0\n");
	SHELL(&outcome, "ls -d /sys 2>/dev/null || echo none");
	ASSERT_STR(outcome.out, "none\n");
}

/* No more than a host's root that could do it outside. */
TEST(kernel_objects_cannot_be_written)
{
	static const struct trial trials[] = {
		{ "create /sys/new", "EROFS", CONTROL_PLAIN, "!EROFS" },
		{ "remount_writable /sys", "EPERM", CONTROL_NAMESPACES, NULL },
	};
	static const struct trial of_root[] = {
		{ "open_write /sys/kernel/profiling", "EROFS", CONTROL_PLAIN,
		  "ok" },
	};

	TRY(trials, .mounts = SYSFS, .process = "\"user\": \"0\"");
	if (launch_mode() == MODE_ROOT) {
		TRY(of_root, .mounts = SYSFS, .process = "\"user\": \"0\"",
		    .document = "\"identity\": { \"mode\": \"CALLER\" }");
	}
}

TEST(control_groups_are_shown_read_only)
{
	static const struct trial trials[] = {
		{ "create /sys/fs/cgroup/new", "EROFS", CONTROL_PLAIN,
		  "!EROFS" },
	};

	SHELL(&outcome,
	      "stat -f -c %T /sys/fs/cgroup;"
	      " cat /sys/fs/cgroup/cgroup.controllers >/dev/null &&"
	      " echo readable; mkdir /sys/fs/cgroup/new 2>&1 |"
	      " grep -c Read-only",
	      .mounts = SYSFS "," CGROUP);
	ASSERT_STR(outcome.out, "cgroup2fs\nreadable\n1\n");
	TRY(trials, .mounts = CGROUP, .process = "\"user\": \"0\"");
}
