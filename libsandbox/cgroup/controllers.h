/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The controllers of cgroups(7) that limits are made of, under the names that
 * /proc/self/cgroup has.  Whatever the version, a controller is in at most one
 * hierarchy of a host.
 */
#ifndef SANDBOX_CGROUP_CONTROLLERS_H
#define SANDBOX_CGROUP_CONTROLLERS_H

/* clang-format off */
#define CGROUP_CONTROLLER_LIST(X)       \
	X(CGROUP_CPU,     "cpu",     "cpu")     \
	X(CGROUP_CPUACCT, "cpuacct", "cpuacct") \
	X(CGROUP_CPUSET,  "cpuset",  "cpuset")  \
	X(CGROUP_MEMORY,  "memory",  "memory")  \
	X(CGROUP_PIDS,    "pids",    "pids")    \
	X(CGROUP_IO,      "blkio",   "io")      \
	X(CGROUP_HUGETLB, "hugetlb", "hugetlb") \
	X(CGROUP_FREEZER, "freezer", "freezer")
/* clang-format on */

#define CGROUP_CONTROLLER_ENUM(name, v1, v2) name,
enum cgroup_controller {
	CGROUP_CONTROLLER_LIST(CGROUP_CONTROLLER_ENUM) CGROUP_CONTROLLERS
};
#undef CGROUP_CONTROLLER_ENUM

/* "memory", as version 2 has it where the two differ. */
static inline const char *cgroup_controller_name(enum cgroup_controller which)
{
#define CGROUP_CONTROLLER_CASE(name, v1, v2) \
	case name:                           \
		return v2;
	switch (which) {
		CGROUP_CONTROLLER_LIST(CGROUP_CONTROLLER_CASE)
	case CGROUP_CONTROLLERS:
	default:
		return "";
	}
#undef CGROUP_CONTROLLER_CASE
}

#endif
