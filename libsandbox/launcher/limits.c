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
int userns_forbid(int sysctls, uint32_t *ret_most)
{
	long value = sysctl_set(sysctls, "sys/user/max_user_namespaces", "0");

	if (value < 0) {
		return (int)value;
	}
	*ret_most = (uint32_t)value;
	return value == 0 ? 0 : -EPERM;
}

int userns_read(int sysctls, uint32_t *ret_most)
{
	long value = sysctl_get(sysctls, "sys/user/max_user_namespaces");

	*ret_most = value < 0 ? 0 : (uint32_t)value;
	return value < 0 ? (int)value : 0;
}

/*
 * Ours are defaults and are cut to what the host allows; named ones are not.
 * The first try is what nearly always works.
 */
static int rlimit_set(const struct plan_rlimit *wanted)
{
	struct rlimit64 limit = { wanted->soft, wanted->hard };
	struct rlimit64 now;
	int r = kernel_prlimit(0, wanted->resource, &limit, NULL);

	if (r == -EPERM && (wanted->flags & PLAN_RLIMIT_DEFAULT) != 0) {
		r = kernel_prlimit(0, wanted->resource, NULL, &now);
		if (r < 0) {
			return r;
		}
		limit.rlim_max = now.rlim_max;
		if (limit.rlim_cur > limit.rlim_max) {
			limit.rlim_cur = limit.rlim_max;
		}
		r = kernel_prlimit(0, wanted->resource, &limit, NULL);
	}
	if (r >= 0) {
		r = kernel_prlimit(0, wanted->resource, NULL, &now);
	}
	if (r >= 0 && (now.rlim_cur != limit.rlim_cur ||
		       now.rlim_max != limit.rlim_max)) {
		r = -EPERM;
	}
	return r;
}

int rlimits_set(const struct plan *plan, bool of_descriptors, uint16_t *index)
{
	const struct plan_rlimit *limits = plan_at(plan, plan->rlimits.offset);

	for (size_t i = 0; i < plan->rlimits.count; i++) {
		int r = 0;

		if ((limits[i].resource == RLIMIT_NOFILE) == of_descriptors) {
			r = rlimit_set(&limits[i]);
		}
		if (r < 0) {
			*index = (uint16_t)i;
			return r;
		}
	}
	return 0;
}
