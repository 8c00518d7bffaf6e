/* SPDX-License-Identifier: Apache-2.0 */
/* The small tables of the policy room against the kernel and libcap. */
#include "base/cleanup.h"
#include "lib/tap.h"
#include "policy/devices.h"
#include "policy/etc.h"
#include "policy/paths.h"
#include "policy/rlimits.h"
#include "policy/syscalls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

TEST(system_calls_are_found_by_name_and_number)
{
	for (size_t i = 0; i < syscall_row_count; i++) {
		const struct syscall_row *row = &syscall_rows[i];

		ASSERT_TRUE(syscall_find(row->name) == row);
		ASSERT_TRUE(row->number[0] >= 0 || row->number[1] >= 0);
		for (size_t arch = 0; arch < SYSCALL_ARCHES; arch++) {
			if (row->number[arch] >= 0) {
				ASSERT_STR(syscall_name(
						   (enum syscall_arch)arch,
						   (uint32_t)row->number[arch]),
					   row->name);
			}
		}
	}
	ASSERT_EQ(syscall_number(SYSCALL_X86_64, "read"), 0);
	ASSERT_EQ(syscall_number(SYSCALL_AARCH64, "read"), 63);
	ASSERT_EQ(syscall_number(SYSCALL_AARCH64, "open"), -ENOENT);
	ASSERT_EQ(syscall_number(SYSCALL_X86_64, "nothing"), -ENOENT);
	ASSERT_EQ(syscall_number(SYSCALL_X86_64, "file_setattr"), 469);
	ASSERT_TRUE(syscall_name(SYSCALL_X86_64, 470) == NULL);
	ASSERT_TRUE(syscall_name(SYSCALL_X86_64, UINT32_MAX) == NULL);
}

TEST(resource_limits_are_found_by_name)
{
	ASSERT_EQ(policy_rlimit_find("nofile")->resource, RLIMIT_NOFILE);
	ASSERT_EQ(policy_rlimit_find("RLIMIT_NOFILE")->hard, 4096);
	ASSERT_EQ(policy_rlimit_find("Rlimit_Core")->soft, 1);
	ASSERT_TRUE(policy_rlimit_find("rlimit_") == NULL);
	ASSERT_TRUE(policy_rlimit_find("files") == NULL);
	for (size_t i = 0; i < policy_rlimit_count; i++) {
		ASSERT_TRUE(policy_rlimits[i].soft <= policy_rlimits[i].hard);
	}
}

/* A device that others know by another number would be a hole. */
TEST(devices_are_the_nodes_of_this_kernel)
{
	for (size_t i = 0; i < policy_device_count; i++) {
		const struct policy_device *device = &policy_devices[i];
		char path[32] = "/dev/";
		struct stat stat_of = { 0 };

		strncat(path, device->name, sizeof(path) - sizeof("/dev/"));
		if (stat(path, &stat_of) < 0) {
			SKIP("no %s here", path);
		}
		ASSERT_TRUE(S_ISCHR(stat_of.st_mode));
		ASSERT_EQ(stat_of.st_rdev,
			  makedev(device->major, device->minor));
	}
}

/* What the table says is closed must be so on the kernel that we run on. */
TEST(masked_paths_that_are_called_closed_are)
{
	for (size_t i = 0; i < policy_masked_path_count; i++) {
		const struct policy_path *path = &policy_masked_paths[i];
		struct stat stat_of = { 0 };

		if (lstat(path->path, &stat_of) < 0) {
			continue;
		}
		ASSERT_EQ(S_ISDIR(stat_of.st_mode) ? POLICY_PATH_DIRECTORY
						   : POLICY_PATH_FILE,
			  path->kind);
		ASSERT_TRUE(path->open_to_all ||
			    (stat_of.st_mode & (S_IRGRP | S_IROTH)) == 0);
	}
}

TEST(passwd_has_a_row_for_the_payload)
{
	struct etc_user user = ETC_USER_INIT;
	_cleanup_free_ char *passwd = NULL;
	_cleanup_free_ char *group = NULL;

	ASSERT_OK(etc_passwd(&user, &passwd));
	ASSERT_STR(passwd, "root:x:0:0:root:/tmp:/bin/sh\n"
			   "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n"
			   "sandbox:x:1000:1000:sandbox:/tmp:/bin/sh\n");
	ASSERT_OK(etc_group(&user, &group));
	ASSERT_STR(group, "root:x:0:\ntty:x:5:\nnogroup:x:65534:\n"
			  "sandbox:x:1000:\n");
}

TEST(passwd_has_one_row_for_an_id)
{
	struct etc_user user = ETC_USER_INIT;
	_cleanup_free_ char *passwd = NULL;

	user.uid = 0;
	ASSERT_OK(etc_passwd(&user, &passwd));
	ASSERT_TRUE(strstr(passwd, "sandbox") == NULL);
}

TEST(a_name_cannot_add_rows_to_etc)
{
	static const char *const names[] = {
		"", "a:b", "a\nroot::0:0::/:", "+", "a b", "-x", "#x"
	};
	struct etc_user user = ETC_USER_INIT;
	char *text = NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		user.name = names[i];
		ASSERT_EQ(etc_passwd(&user, &text), -EINVAL);
		ASSERT_EQ(etc_group(&user, &text), -EINVAL);
		ASSERT_EQ(etc_hosts(names[i], &text), -EINVAL);
	}
	user = (struct etc_user)ETC_USER_INIT;
	user.home = "/x\ny";
	ASSERT_EQ(etc_passwd(&user, &text), -EINVAL);
	ASSERT_TRUE(text == NULL);
}

TEST(hosts_knows_the_name_of_the_sandbox)
{
	_cleanup_free_ char *hosts = NULL;

	ASSERT_OK(etc_hosts("box", &hosts));
	ASSERT_CONTAINS(hosts, "127.0.0.1\tlocalhost\n");
	ASSERT_CONTAINS(hosts, "127.0.1.1\tbox\n");
}
