/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the plan needs to know of the host, found out by the engine (facts.c
 * there) and written by hand in golden tests, so that planning itself has no
 * side effects and asks the kernel nothing.
 */
#ifndef SANDBOX_PLAN_FACTS_H
#define SANDBOX_PLAN_FACTS_H

#include "cgroup/controllers.h"
#include "plan/plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A path of the host that the SYSTEM root shows. */
struct plan_system_path {
	const char *path; /* absolute, "/usr", "/etc/ld.so.cache" */
	enum {
		PLAN_PATH_DIRECTORY,
		PLAN_PATH_FILE,
		PLAN_PATH_SYMLINK,
	} type;
	const char *link; /* where a symlink points, as readlink says */
};

/* Whether limits can be set through a controller of control groups. */
struct plan_cgroup_fact {
	unsigned int version; /* 0: not by this caller */
	const char *reason;   /* then: "this user may not ...", or NULL */
};

struct plan_facts {
	bool privileged; /* the launcher runs in the initial user namespace */
	uint32_t uid;    /* the caller's, as it sees itself */
	uint32_t gid;
	/*
	 * How many ids inside one exclusive lease can give at most (RANGE),
	 * how many AUTO takes, 0 = none to be had, and why, for messages and
	 * for the effective state.
	 */
	uint32_t range_max;
	uint32_t range_auto;
	const char *range_reason;
	/*
	 * EXPLICIT: what of the host's ids the launcher's user namespace has,
	 * and under which numbers; none: all, under the same.
	 */
	const struct plan_id_map *uids;
	const struct plan_id_map *gids;
	uint32_t n_uids;
	uint32_t n_gids;
	/* The engine's own pool, of which leases are cut; privileged only. */
	uint32_t pool_first;
	uint32_t pool_count;
	/* Of /usr, /bin, ... and of policy's list for /etc; those that exist.
	 */
	const struct plan_system_path *system_paths;
	size_t n_system_paths;
	bool memfd_noexec;     /* the kernel has vm.memfd_noexec */
	uint32_t landlock_abi; /* 0: the kernel has no Landlock */
	bool apparmor;         /* is enabled; at most one of the two is */
	bool selinux;
	uint32_t kernel; /* its version, major << 16 | minor */
	struct plan_cgroup_fact cgroups[CGROUP_CONTROLLERS];
	bool changes_groups; /* the caller's id owns control groups of the host
			      */
	bool sys_resource;   /* the launcher may go beyond the host's limits */
	/*
	 * Bit i: this kernel's /proc lacks policy_masked_paths[i], so there is
	 * nothing to hide there.
	 */
	uint64_t absent_masks;
};

#endif
