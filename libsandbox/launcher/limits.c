/* SPDX-License-Identifier: Apache-2.0 */
/* The limits that the main process gets before it becomes its user. */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/payload.h"

/*
 * No user namespace can be made below the payload's: the count of its own
 * namespace is the one that its processes are charged to, and only a process
 * with full capabilities in it, as this one still is, may set it.  The other
 * kinds need a capability that no payload has by default.
 */
int userns_forbid(int clean_proc)
{
	return kernel_write_file(clean_proc, "sys/user/max_user_namespaces",
				 "0", 1);
}

/* Ours are defaults and are cut to what the host allows; named ones are not. */
int rlimits_set(const struct plan *plan, uint16_t *index)
{
	const struct plan_rlimit *limits = plan_at(plan, plan->rlimits.offset);

	for (size_t i = 0; i < plan->rlimits.count; i++) {
		struct rlimit64 limit = { limits[i].soft, limits[i].hard };
		struct rlimit64 now;
		int r = kernel_prlimit(0, limits[i].resource, NULL, &now);

		*index = (uint16_t)i;
		if (r >= 0 && (limits[i].flags & PLAN_RLIMIT_DEFAULT) != 0) {
			if (limit.rlim_max > now.rlim_max) {
				limit.rlim_max = now.rlim_max;
			}
			if (limit.rlim_cur > limit.rlim_max) {
				limit.rlim_cur = limit.rlim_max;
			}
		}
		if (r >= 0) {
			r = kernel_prlimit(0, limits[i].resource, &limit, NULL);
		}
		if (r >= 0) {
			r = kernel_prlimit(0, limits[i].resource, NULL, &now);
		}
		if (r >= 0 && (now.rlim_cur != limit.rlim_cur ||
			       now.rlim_max != limit.rlim_max)) {
			r = -EPERM;
		}
		if (r < 0) {
			return r;
		}
	}
	return 0;
}
