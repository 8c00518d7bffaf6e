/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the host for the plan; reads, never changes anything. */
#include "engine/facts.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "cgroup/group.h"
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/landlock.h"
#include "policy/etc.h"
#include "policy/paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

static const char *const program_paths[] = {
	"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
};

/* Adds @path if the host has it.  Other kinds of files are not shown. */
static void add_path(struct facts_store *store, const char *path)
{
	size_t i = store->facts.n_system_paths;
	struct plan_system_path *entry = &store->paths[i];
	struct stat file;

	if (i == FACTS_MAX_PATHS || lstat(path, &file) < 0) {
		return;
	}
	entry->path = path;
	if (S_ISDIR(file.st_mode)) {
		entry->type = PLAN_PATH_DIRECTORY;
	} else if (S_ISREG(file.st_mode)) {
		entry->type = PLAN_PATH_FILE;
	} else if (S_ISLNK(file.st_mode)) {
		ssize_t n = readlink(path, store->links[i],
				     sizeof(store->links[i]) - 1);

		if (n <= 0 || (size_t)n >= sizeof(store->links[i]) - 1) {
			return;
		}
		store->links[i][n] = '\0';
		entry->type = PLAN_PATH_SYMLINK;
		entry->link = store->links[i];
	} else {
		return;
	}
	store->facts.n_system_paths = i + 1;
}

static uint64_t find_absent_masks(void)
{
	uint64_t absent = 0;

	for (size_t i = 0; i < policy_masked_path_count && i < 64; i++) {
		if (access(policy_masked_paths[i].path, F_OK) < 0 &&
		    errno == ENOENT) {
			absent |= (uint64_t)1 << i;
		}
	}
	return absent;
}

/* Over the host, which only the privileged have it over. */
static bool has_capability(const struct identity *identity, int capability)
{
	uint64_t effective = 0;
	uint64_t permitted = 0;
	uint64_t inheritable = 0;

	return identity->privileged &&
	       kernel_capget(&effective, &permitted, &inheritable) >= 0 &&
	       (effective >> capability & 1) != 0;
}

/* 0 where it cannot be read: then nothing is there that needs a version. */
static uint32_t kernel_version(void)
{
	unsigned long major = 0;
	unsigned long minor = 0;
	struct utsname names;
	char *end = NULL;

	if (uname(&names) < 0) {
		return 0;
	}
	major = strtoul(names.release, &end, 10);
	if (*end == '.') {
		minor = strtoul(end + 1, NULL, 10);
	}
	return major > 0xffff || minor > 0xffff
		       ? 0
		       : (uint32_t)(major << 16 | minor);
}

/* What the launcher's own user namespace will have: see setup.c there. */
static uint32_t fill_ids(struct plan_id_map *ret, uint32_t own,
			 const struct launcher_id_range *ranges, uint32_t count)
{
	ret[0] = (struct plan_id_map){ 0, own, 1 };
	for (uint32_t i = 0; i < count; i++) {
		ret[i + 1] = (struct plan_id_map){ ranges[i].inside,
						   ranges[i].outside,
						   ranges[i].count };
	}
	return count + 1;
}

/* What is said of a hierarchy is said of each controller in it. */
static void look_at_hierarchy(int root,
			      const struct cgroup_hierarchy *hierarchy,
			      bool privileged, struct plan_facts *facts)
{
	const char *obstacle = cgroup_obstacle(root, hierarchy, privileged);

	facts->changes_groups |= cgroup_is_callers(root, hierarchy, privileged);
	for (size_t i = 0; i < CGROUP_CONTROLLERS; i++) {
		if ((hierarchy->controllers & 1U << i) != 0) {
			facts->cgroups[i].reason = obstacle;
			facts->cgroups[i].version =
				obstacle == NULL ? hierarchy->version : 0;
		}
	}
}

/* Whether and how each controller can be used, for the plan's messages, too. */
static void look_at_cgroups(bool privileged, struct plan_facts *facts)
{
	_cleanup_close_ int root =
		kernel_openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
	struct cgroup_tree tree;

	/* What is not mounted anywhere is still root's. */
	facts->changes_groups = privileged;
	if (root < 0 || cgroup_tree_read(root, &tree) < 0) {
		return;
	}
	for (size_t i = 0; i < tree.count; i++) {
		look_at_hierarchy(root, &tree.hierarchies[i], privileged,
				  facts);
	}
}

/* At most one of AppArmor and SELinux is, as the kernel has it. */
static bool apparmor_is_enabled(void)
{
	_cleanup_close_ int fd = kernel_openat(
		AT_FDCWD, "/sys/module/apparmor/parameters/enabled", O_RDONLY,
		0);
	char answer = 'N';

	return fd >= 0 && kernel_read(fd, &answer, 1) == 1 && answer == 'Y';
}

int facts_gather(const struct identity *identity, struct facts_store *ret,
		 struct err *err)
{
	int abi = kernel_landlock_abi();

	(void)err; /* what is absent is a fact, too */
	memset(ret, 0, sizeof(*ret));
	memcpy(ret->range_reason, identity->reason, sizeof(ret->range_reason));
	ret->facts = (struct plan_facts){
		.privileged = identity->privileged,
		.uid = identity->uid,
		.gid = identity->gid,
		.range_max = identity_range_max(identity),
		.range_auto = identity_range_auto(identity),
		.range_reason = ret->range_reason,
		.uids = ret->uids,
		.gids = ret->gids,
		.pool_first = identity->pool_first,
		.pool_count = identity->pool_count,
		.system_paths = ret->paths,
		.memfd_noexec = access("/proc/sys/vm/memfd_noexec", F_OK) == 0,
		.landlock_abi = abi < 0 ? 0 : (uint32_t)abi,
		.apparmor = apparmor_is_enabled(),
		.selinux = access("/sys/fs/selinux/enforce", F_OK) == 0,
		.kernel = kernel_version(),
		.sys_resource = has_capability(identity, CAP_SYS_RESOURCE),
		.absent_masks = find_absent_masks(),
	};
	if (!identity->privileged) {
		const struct launcher_setup *setup = &identity->setup;

		ret->facts.n_uids =
			fill_ids(ret->uids, identity->uid, setup->uid_ranges,
				 setup->n_uid_ranges);
		ret->facts.n_gids =
			fill_ids(ret->gids, identity->gid, setup->gid_ranges,
				 setup->n_gid_ranges);
	}
	look_at_cgroups(identity->privileged, &ret->facts);
	for (size_t i = 0; i < ARRAY_SIZE(program_paths); i++) {
		add_path(ret, program_paths[i]);
	}
	for (size_t i = 0; i < etc_host_path_count; i++) {
		add_path(ret, etc_host_paths[i]);
	}
	return 0;
}

void facts_done(struct facts_store *store)
{
	memset(store, 0, sizeof(*store));
}
