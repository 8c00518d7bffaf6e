/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the host has its control groups: version 2 alone, version 1, or both
 * side by side (hybrid), behind one list of hierarchies.
 */
#ifndef SANDBOX_CGROUP_TREE_H
#define SANDBOX_CGROUP_TREE_H

#include "cgroup/controllers.h"

#include <stddef.h>
#include <stdint.h>

/* As many as there are controllers, one named, and version 2. */
#define CGROUP_MAX_HIERARCHIES 16
#define CGROUP_PATH_BYTES      512

struct cgroup_hierarchy {
	unsigned int version; /* 1 or 2 */
	uint32_t controllers; /* a bit for each enum cgroup_controller */
	char mount[CGROUP_PATH_BYTES]; /* where it is mounted */
	char own[CGROUP_PATH_BYTES];   /* this process's, "/" or "/a/b" */
};

struct cgroup_tree {
	size_t count;
	struct cgroup_hierarchy hierarchies[CGROUP_MAX_HIERARCHIES];
};

/*
 * Reads /proc/self/mountinfo and /proc/self/cgroup below @root, a directory.
 * What is mounted over, or shows another part of a hierarchy than that of
 * this process, is left out.  0, also for a host that has none; -errno.
 */
int cgroup_tree_read(int root, struct cgroup_tree *ret);

/* The hierarchy with @controller, or NULL. */
const struct cgroup_hierarchy *cgroup_tree_find(
	const struct cgroup_tree *tree, enum cgroup_controller controller);

#endif
