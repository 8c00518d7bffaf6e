/* SPDX-License-Identifier: Apache-2.0 */
/* Which limits of control groups this caller can have set, and how to get
 * the others. */
#include "base/array.h"
#include "base/cleanup.h"
#include "cgroup/group.h"
#include "engine/probe_report.h"
#include "kernel/file.h"
#include "spec/text.h"

#include <stdio.h>

/* Those that a platform is likely to want. */
static const enum cgroup_controller wanted[] = { CGROUP_MEMORY, CGROUP_CPU,
						 CGROUP_PIDS, CGROUP_CPUSET };

struct findings_of_groups {
	struct text usable;
	struct text missing;
	const char *reason; /* of the last missing one */
	bool version_2;     /* one of them is of that version */
};

/* The reason follows the last of those that share it. */
static void add_missing(struct findings_of_groups *ret, const char *name,
			const char *reason)
{
	if (ret->reason != NULL && reason != ret->reason) {
		text_add(&ret->missing, ", which %s; ", ret->reason);
	} else if (ret->reason != NULL) {
		text_add(&ret->missing, ", ");
	}
	text_add(&ret->missing, "%s", name);
	ret->reason = reason;
}

static void look_at(int root, const struct cgroup_tree *tree,
		    enum cgroup_controller controller, bool privileged,
		    struct findings_of_groups *ret)
{
	static const char absent[] = "the host does not have";
	const struct cgroup_hierarchy *hierarchy =
		cgroup_tree_find(tree, controller);
	const char *name = cgroup_controller_name(controller);
	const char *obstacle = absent;

	if (hierarchy != NULL) {
		obstacle = cgroup_obstacle(root, hierarchy, privileged);
	}
	if (obstacle != NULL) {
		ret->version_2 |= hierarchy != NULL && hierarchy->version == 2;
		add_missing(ret, name, obstacle);
		return;
	}
	text_add(&ret->usable, "%s%s (version %u)",
		 ret->usable.used > 0 ? ", " : "", name, hierarchy->version);
}

void probe_cgroups(bool privileged, struct probe_feature *ret)
{
	_cleanup_close_ int root =
		kernel_openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
	struct cgroup_tree tree = { .count = 0 };
	char usable[PROBE_TEXT_BYTES / 2] = "";
	char missing[PROBE_TEXT_BYTES / 2] = "";
	struct findings_of_groups found = { TEXT_OVER(usable),
					    TEXT_OVER(missing), NULL, false };

	*ret = (struct probe_feature){ .feature = "cgroup-limits" };
	if (root >= 0) {
		(void)cgroup_tree_read(root, &tree);
	}
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		look_at(root, &tree, wanted[i], privileged, &found);
	}
	ret->available = found.reason == NULL;
	if (!ret->available) {
		text_add(&found.missing, ", which %s", found.reason);
	}
	(void)snprintf(ret->detail, sizeof(ret->detail), "%s%s%s", usable,
		       usable[0] != '\0' && missing[0] != '\0' ? "; not " : "",
		       missing);
	if (ret->available) {
		return;
	}
	(void)snprintf(
		ret->remedy, sizeof(ret->remedy), "%s",
		found.version_2
			? "run the host in a service or scope of its own"
			  " with Delegate=yes (systemd-run --user --scope"
			  " -p Delegate=yes)"
			: "boot with systemd.unified_cgroup_hierarchy=1,"
			  " and enable the controllers");
}
