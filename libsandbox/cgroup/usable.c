/* SPDX-License-Identifier: Apache-2.0 */
/* Whether this process may make groups in a hierarchy, without trying. */
#include "base/cleanup.h"
#include "cgroup/group.h"
#include "kernel/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NO_RIGHT "this user may not make groups in"
#define NOT_ALONE                                              \
	"has other processes in the group of this one, which " \
	"would have to be alone there"

bool cgroup_is_alone(int directory)
{
	struct cgroup_part part = { .directory = directory };
	char list[4096];
	char *state = NULL;

	if (cgroup_read(&part, "cgroup.procs", list, sizeof(list)) < 0) {
		return false;
	}
	for (char *word = strtok_r(list, "\n", &state); word != NULL;
	     word = strtok_r(NULL, "\n", &state)) {
		if (strtol(word, NULL, 10) != getpid()) {
			return false;
		}
	}
	return true;
}

int cgroup_open_parent(int root, const struct cgroup_hierarchy *hierarchy,
		       bool privileged)
{
	bool below_own = hierarchy->version == 1 || !privileged;
	char path[2 * CGROUP_PATH_BYTES];

	(void)snprintf(path, sizeof(path), "%s%s", hierarchy->mount + 1,
		       below_own ? hierarchy->own : "/");
	return kernel_openat(root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW,
			     0);
}

static bool may(int directory, const char *file)
{
	return faccessat(directory, file, W_OK, AT_EACCESS) == 0;
}

/* The root of all groups has no type, and may have processes beside groups. */
static bool takes_processes_beside(int directory)
{
	struct cgroup_part part = { .directory = directory };
	char list[512];

	return faccessat(directory, "cgroup.type", F_OK, 0) < 0 ||
	       (cgroup_read(&part, "cgroup.subtree_control", list,
			    sizeof(list)) == 0 &&
		list[0] != '\0');
}

bool cgroup_is_callers(int root, const struct cgroup_hierarchy *hierarchy,
		       bool privileged)
{
	_cleanup_close_ int parent =
		cgroup_open_parent(root, hierarchy, privileged);

	return parent >= 0 && may(parent, "cgroup.procs");
}

const char *cgroup_obstacle(int root, const struct cgroup_hierarchy *hierarchy,
			    bool privileged)
{
	_cleanup_close_ int parent =
		cgroup_open_parent(root, hierarchy, privileged);

	if (parent < 0 || !may(parent, ".")) {
		return NO_RIGHT;
	}
	if (hierarchy->version == 1) {
		return NULL;
	}
	if (!may(parent, "cgroup.subtree_control") ||
	    !may(parent, "cgroup.procs")) {
		return NO_RIGHT;
	}
	return takes_processes_beside(parent) || cgroup_is_alone(parent)
		       ? NULL
		       : NOT_ALONE;
}
