/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's directories: where they are made, swept and removed. */
#include "cgroup/group.h"
#include "fake_root.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

static const struct cgroup_tree version_1 = {
	.count = 2,
	.hierarchies = { { .version = 1,
			   .controllers = 1U << CGROUP_MEMORY,
			   .mount = "/c/memory",
			   .own = "/own" },
			 { .version = 1,
			   .controllers = 1U << CGROUP_PIDS,
			   .mount = "/c/pids",
			   .own = "/" } },
};

static char path[256];

#define PATH(...) (snprintf(path, sizeof(path), __VA_ARGS__), path)

TEST(each_hierarchy_has_a_directory_and_each_sandbox_one_below)
{
	int root = fake_root();
	struct cgroup_home home;
	struct cgroup_group group;

	fake_directory(root, "c/memory/own");
	fake_directory(root, "c/pids");
	ASSERT_OK(cgroup_home_make(root, &version_1, true, &home, NULL));
	ASSERT_EQ(home.count, 2);
	ASSERT_OK(cgroup_group_make(&home, "sb.0", 1U << CGROUP_PIDS, &group,
				    NULL));
	ASSERT_EQ(group.count, 1);
	ASSERT_TRUE(cgroup_group_part(&group, CGROUP_MEMORY) == NULL);
	ASSERT_TRUE(fake_has(root, PATH("c/pids/%s/sb.0", home.name)));
	ASSERT_TRUE(!fake_has(root, PATH("c/memory/own/%s/sb.0", home.name)));
	ASSERT_EQ(cgroup_group_make(&home, "sb.0", 1U << CGROUP_PIDS,
				    &(struct cgroup_group){ 0 }, NULL),
		  -EEXIST);
	ASSERT_OK(cgroup_group_remove(&home, &group));
	cgroup_home_remove(&home);
	ASSERT_TRUE(!fake_has(root, PATH("c/pids/%s", home.name)));
	ASSERT_TRUE(!fake_has(root, PATH("c/memory/own/%s", home.name)));
	(void)close(root);
}

TEST(what_a_dead_engine_left_is_removed_and_a_live_ones_is_not)
{
	int root = fake_root();
	int lock = -1;
	struct cgroup_home home;

	fake_directory(root, "c/memory/own");
	fake_directory(root, "c/pids/libsandbox-dead/sb.0");
	fake_directory(root, "c/pids/libsandbox-live/sb.0");
	fake_directory(root, "c/pids/other");
	lock = openat(root, "c/pids/libsandbox-live", O_RDONLY | O_CLOEXEC);
	ASSERT_OK(flock(lock, LOCK_EX | LOCK_NB));
	ASSERT_OK(cgroup_home_make(root, &version_1, true, &home, NULL));
	ASSERT_TRUE(!fake_has(root, "c/pids/libsandbox-dead"));
	ASSERT_TRUE(fake_has(root, "c/pids/libsandbox-live/sb.0"));
	ASSERT_TRUE(fake_has(root, "c/pids/other"));
	cgroup_home_remove(&home);
	(void)close(lock);
	(void)close(root);
}

TEST(a_host_where_none_can_be_made_says_so)
{
	int root = fake_root();
	struct cgroup_home home;
	struct err err = ERR_INIT;

	ASSERT_EQ(cgroup_home_make(root, &version_1, true, &home, &err),
		  -ENOENT);
	ASSERT_CONTAINS(err.text, "make the engine's control groups: ENOENT");
	(void)close(root);
}

TEST(a_group_of_version_2_has_to_be_alone_unless_it_is_the_root)
{
	int root = fake_root();
	const struct cgroup_hierarchy at = { .version = 2,
					     .mount = "/c",
					     .own = "/own" };

	fake_file(root, "c/own/cgroup.subtree_control", "");
	fake_file(root, "c/own/cgroup.procs", "1\n2\n");
	ASSERT_TRUE(cgroup_obstacle(root, &at, false) == NULL);
	fake_file(root, "c/own/cgroup.type", "domain\n");
	ASSERT_CONTAINS(cgroup_obstacle(root, &at, false), "other processes");
	fake_file(root, "c/own/cgroup.procs", PATH("%d\n", getpid()));
	ASSERT_TRUE(cgroup_obstacle(root, &at, false) == NULL);
	fake_file(root, "c/own/cgroup.procs", "1\n2\n");
	fake_file(root, "c/own/cgroup.subtree_control", "memory\n");
	ASSERT_TRUE(cgroup_obstacle(root, &at, false) == NULL);
	/* For root it is the top of all, which has no such file here. */
	ASSERT_CONTAINS(cgroup_obstacle(root, &at, true), "may not");
	(void)close(root);
}
