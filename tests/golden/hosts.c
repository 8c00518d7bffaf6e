/* SPDX-License-Identifier: Apache-2.0 */
/* Root and a user, each with a range of ids to lease and without. */
#include "golden/hosts.h"

#include "base/array.h"

/* As Debian has them, in no helpful order. */
static const struct plan_system_path system_paths[] = {
	{ "/etc/ssl/certs", PLAN_PATH_DIRECTORY, NULL },
	{ "/usr", PLAN_PATH_DIRECTORY, NULL },
	{ "/bin", PLAN_PATH_SYMLINK, "usr/bin" },
	{ "/etc/ld.so.cache", PLAN_PATH_FILE, NULL },
	{ "/lib", PLAN_PATH_SYMLINK, "usr/lib" },
	{ "/lib64", PLAN_PATH_SYMLINK, "usr/lib64" },
	{ "/etc/alternatives", PLAN_PATH_DIRECTORY, NULL },
};

#define SYSTEM_PATHS \
	.system_paths = system_paths, .n_system_paths = ARRAY_SIZE(system_paths)

#define VERSION(controller, number) [controller] = { .version = (number) }

const struct plan_facts host_root_range = {
	.cgroups = { VERSION(CGROUP_CPU, 2), VERSION(CGROUP_CPUSET, 2),
		     VERSION(CGROUP_MEMORY, 2), VERSION(CGROUP_PIDS, 2),
		     VERSION(CGROUP_FREEZER, 2) },
	.privileged = true,
	.changes_groups = true,
	.range_max = 1000000,
	.range_auto = 65536,
	.sys_resource = true,
	.landlock_abi = 7,
	.apparmor = true,
	.kernel = 6 << 16 | 1,
	.memfd_noexec = true,
	SYSTEM_PATHS,
};

const struct plan_facts host_root_single = {
	/* Without one that counts processes. */
	.cgroups = { VERSION(CGROUP_CPU, 1), VERSION(CGROUP_CPUACCT, 1),
		     VERSION(CGROUP_CPUSET, 1), VERSION(CGROUP_MEMORY, 1) },
	.privileged = true,
	.changes_groups = true,
	.range_reason = "no account in /etc/subuid holds a pool",
	.sys_resource = true,
	.landlock_abi = 7,
	.kernel = 6 << 16 | 1,
	.memfd_noexec = true,
	SYSTEM_PATHS,
};

const struct plan_facts host_user_range = {
	.uid = 1001,
	.gid = 1002,
	.range_max = 65535,
	.range_auto = 65535,
	.range_reason = "/etc/subuid grants 65536 ids",
	.cgroups = { [CGROUP_MEMORY] = { .reason = "this user may not make "
						   "groups in" } },
	.landlock_abi = 2,
	.selinux = true,
	.kernel = 6 << 16 | 1,
	.memfd_noexec = true,
	SYSTEM_PATHS,
};

const struct plan_facts host_user_single = {
	.uid = 1001,
	.gid = 1002,
	.range_reason = "newuidmap is not installed",
	SYSTEM_PATHS,
};
