/* SPDX-License-Identifier: Apache-2.0 */
/* Hosts with version 2, version 1, both, and parts of either. */
#include "cgroup/tree.h"
#include "fake_root.h"
#include "lib/tap.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MOUNTINFO "proc/self/mountinfo"
#define CGROUPS   "proc/self/cgroup"
#define PLAIN     "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"

static struct cgroup_tree tree;

static const struct cgroup_hierarchy *find(enum cgroup_controller controller)
{
	return cgroup_tree_find(&tree, controller);
}

static void assert_at(enum cgroup_controller controller, unsigned int version,
		      const char *mount, const char *own)
{
	const struct cgroup_hierarchy *found = find(controller);

	ASSERT_TRUE(found != NULL);
	ASSERT_EQ(found->version, version);
	ASSERT_STR(found->mount, mount);
	ASSERT_STR(found->own, own);
}

TEST(a_host_of_version_2_has_all_in_one)
{
	int root = fake_root();

	fake_file(root, MOUNTINFO,
		  PLAIN "30 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 "
			"master:2 - cgroup2 cgroup2 rw,nsdelegate\n");
	fake_file(root, CGROUPS, "0::/user.slice/a.scope\n");
	fake_file(root, "sys/fs/cgroup/user.slice/a.scope/cgroup.controllers",
		  "cpuset cpu io memory pids rdma\n");
	ASSERT_OK(cgroup_tree_read(root, &tree));
	ASSERT_EQ(tree.count, 1);
	assert_at(CGROUP_MEMORY, 2, "/sys/fs/cgroup", "/user.slice/a.scope");
	assert_at(CGROUP_IO, 2, "/sys/fs/cgroup", "/user.slice/a.scope");
	/* It is part of every group there. */
	assert_at(CGROUP_FREEZER, 2, "/sys/fs/cgroup", "/user.slice/a.scope");
	ASSERT_TRUE(find(CGROUP_HUGETLB) == NULL);
	ASSERT_TRUE(find(CGROUP_CPUACCT) == NULL);
	(void)close(root);
}

TEST(a_hybrid_host_has_each_where_it_is)
{
	int root = fake_root();

	fake_file(root, MOUNTINFO,
		  "31 30 0:27 / /c/unified rw - cgroup2 none rw\n"
		  "32 30 0:28 / /c/cpu rw - cgroup none rw,cpu,cpuacct\n"
		  "33 30 0:29 / /c/blkio rw - cgroup none rw,blkio\n"
		  "34 30 0:30 / /c/systemd rw - cgroup none rw,name=systemd\n"
		  "35 30 0:31 / /c/devices rw - cgroup none rw,devices\n");
	fake_file(root, CGROUPS,
		  "9:name=systemd:/\n5:devices:/\n3:blkio:/b\n"
		  "2:cpu,cpuacct:/a\n0::/\n");
	fake_file(root, "c/unified/cgroup.controllers", "hugetlb\n");
	ASSERT_OK(cgroup_tree_read(root, &tree));
	assert_at(CGROUP_CPU, 1, "/c/cpu", "/a");
	assert_at(CGROUP_CPUACCT, 1, "/c/cpu", "/a");
	assert_at(CGROUP_IO, 1, "/c/blkio", "/b");
	assert_at(CGROUP_HUGETLB, 2, "/c/unified", "/");
	ASSERT_TRUE(find(CGROUP_MEMORY) == NULL);
	ASSERT_EQ(tree.count, 3);
	(void)close(root);
}

/* A container that sees its own part as the root of the mount. */
TEST(a_mount_of_a_part_is_used_where_it_holds_this_process)
{
	int root = fake_root();

	fake_file(root, MOUNTINFO,
		  "31 30 0:27 /docker/x /c/m\\040y rw - cgroup none rw,memory\n"
		  "32 30 0:28 /docker/y /c/pids rw - cgroup none rw,pids\n"
		  "33 30 0:29 /docker/x /c/cpu rw - cgroup none rw,cpu\n");
	fake_file(root, CGROUPS,
		  "3:memory:/docker/x/z\n2:pids:/docker/x\n1:cpu:/docker/x\n");
	ASSERT_OK(cgroup_tree_read(root, &tree));
	assert_at(CGROUP_MEMORY, 1, "/c/m y", "/z");
	assert_at(CGROUP_CPU, 1, "/c/cpu", "/");
	ASSERT_TRUE(find(CGROUP_PIDS) == NULL);
	(void)close(root);
}

/* In a namespace that it was put out of. */
TEST(a_group_above_what_is_seen_is_none)
{
	int root = fake_root();

	fake_file(root, MOUNTINFO,
		  "31 30 0:27 / /c/pids rw - cgroup none rw,pids\n");
	fake_file(root, CGROUPS, "2:pids:/../x\n");
	ASSERT_OK(cgroup_tree_read(root, &tree));
	ASSERT_EQ(tree.count, 0);
	(void)close(root);
}

TEST(a_host_without_any_is_no_error)
{
	int root = fake_root();

	fake_file(root, MOUNTINFO, PLAIN "nonsense\n");
	fake_file(root, CGROUPS, "");
	ASSERT_OK(cgroup_tree_read(root, &tree));
	ASSERT_EQ(tree.count, 0);
	(void)close(root);
}

TEST(a_host_without_proc_is_one)
{
	int root = fake_root();

	ASSERT_EQ(cgroup_tree_read(root, &tree), -ENOENT);
	(void)close(root);
}
