/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Control groups of an engine's sandboxes.  They outlive the engine's handle:
 * a sandbox may still run when that is closed.
 */
#ifndef SANDBOX_ENGINE_GROUPS_H
#define SANDBOX_ENGINE_GROUPS_H

#include "base/err.h"
#include "cgroup/group.h"
#include "launcher/protocol.h"

#include <stdbool.h>

/* Any thread; counted. */
struct groups;

/* @privileged: as identity has it.  NULL when out of memory. */
struct groups *groups_new(bool privileged);
struct groups *groups_ref(struct groups *groups);
/* The last one removes the engine's groups, or in a fork forgets them. */
void groups_unref(struct groups *groups);

/* The group of one sandbox. */
struct sandbox_group {
	struct groups *groups; /* NULL: it has none */
	struct cgroup_group group;
};

/* What is left of a sandbox's use when it has ended. */
struct group_usage {
	bool known;
	uint64_t cpu_user_us;
	uint64_t cpu_system_us;
	uint64_t memory_peak_bytes;
	uint64_t pids_peak;
	uint64_t oom_kills;
	uint64_t throttled_us;
	uint64_t pids_limit_hits;
	uint64_t pressure_cpu_us;
	uint64_t pressure_memory_us;
	uint64_t pressure_io_us;
};

/*
 * Makes what @plan wants, with its limits set and read back.  Nothing where it
 * wants none.
 */
int group_begin(struct groups *groups, const struct plan *plan, const char *id,
		struct sandbox_group *ret, struct err *err);

/*
 * Opens for init what it needs, into @fds and @request; the caller closes
 * group_fds() many.  On failure nothing is open.
 */
int group_open(const struct sandbox_group *group,
	       struct launch_request *request, int *fds, struct err *err);

static inline uint32_t group_fds(const struct launch_request *request)
{
	return request->n_groups + request->n_oom;
}

void group_usage_read(const struct sandbox_group *group,
		      struct group_usage *ret);

/* Removed now, or as soon as its last process has gone. */
void group_end(struct sandbox_group *group);

#endif
