/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Namespaces that are there already.  A guarded init has no right over them,
 * so root's launcher enters them, clones init, and comes back.  One that cannot
 * come back would start the next sandbox in the wrong place, and so ends.
 */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/launcher.h"

static const char *own_name(uint64_t type)
{
	switch (type) {
	case CLONE_NEWNET:
		return "self/ns/net";
	case CLONE_NEWIPC:
		return "self/ns/ipc";
	case CLONE_NEWUTS:
		return "self/ns/uts";
	default:
		return "self/ns/cgroup";
	}
}

int join_enter(const struct launch *launch, struct joined *joined)
{
	const struct plan *plan = launch->plan;
	const int *fds = launch->fds + launch_fd_joins(plan);
	int r = plan->n_joins > 0 && !launch->launcher->privileged ? -EPERM : 0;

	joined->count = 0;
	for (uint32_t i = 0; i < plan->n_joins && r >= 0; i++) {
		uint64_t type = plan->joins[i].type;

		r = kernel_openat(launch->launcher->proc, own_name(type),
				  O_RDONLY, 0);
		if (r >= 0) {
			joined->back[joined->count++] = r;
			r = (int)kernel_call2(SYS_setns, fds[i], type);
		}
	}
	return r;
}

void join_leave(const struct joined *joined)
{
	for (uint32_t i = 0; i < joined->count; i++) {
		if (kernel_call2(SYS_setns, joined->back[i], 0) < 0) {
			kernel_exit(1);
		}
		kernel_close(joined->back[i]);
	}
}
