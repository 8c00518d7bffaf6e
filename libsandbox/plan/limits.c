/* SPDX-License-Identifier: Apache-2.0 */
/* Time, number of processes and resource limits. */
#include "plan/draft.h"
#include "policy/rlimits.h"
#include "spec/rlimit_names.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>

#define FIELD_BYTES 64

/* 139 years: in nanoseconds, with the time since boot, still a number. */
#define TIME_MAX_MS (UINT64_C(1) << 42)

typedef Sandbox__V1__Rlimit rlimit_spec;

/* The spec's limit of @resource and where it stands, or NULL. */
static const rlimit_spec *find_limit(const struct draft *draft, int resource,
				     size_t *index)
{
	for (size_t i = 0; i < draft->process->n_rlimits; i++) {
		const rlimit_spec *limit = draft->process->rlimits[i];

		if (rlimit_number(limit->name) == resource) {
			*index = i;
			return limit;
		}
	}
	return NULL;
}

/* The spec may lower the number of processes here, too, but not raise it. */
static int check_processes(const struct draft *draft)
{
	uint32_t pids = draft->builder->head.pids;
	size_t index = 0;
	const rlimit_spec *limit = find_limit(draft, RLIMIT_NPROC, &index);
	char field[FIELD_BYTES];

	if (limit == NULL || (!limit->unlimited_hard && limit->hard <= pids)) {
		return 0;
	}
	(void)snprintf(field, sizeof(field), "process.rlimits[%zu].hard",
		       index);
	return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
			    "nproc is more than limits.pids, which is %u",
			    pids);
}

/*
 * The kernel does not hold its own root to a number of processes, but for
 * those of a control group.
 */
static int check_enforceable(const struct draft *draft)
{
	struct plan *head = &draft->builder->head;
	bool is_root = head->identity == PLAN_IDENTITY_SINGLE &&
		       draft->facts->privileged && draft->facts->uid == 0;

	if (!is_root || draft->limits->pids == 0) {
		return 0;
	}
	if (draft->facts->cgroups[CGROUP_PIDS].version != 0) {
		head->cgroup_controllers |= 1U << CGROUP_PIDS;
		return 0;
	}
	if (draft_prefers(draft, "limits.pids")) {
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, "limits.pids",
			    "%u cannot be enforced on the host's root, which"
			    " identity.mode CALLER makes of the payload",
			    draft->limits->pids);
}

static struct plan_rlimit limit_of_spec(const struct draft *draft,
					const rlimit_spec *limit)
{
	return (struct plan_rlimit){
		.flags = draft->facts->sys_resource ? PLAN_RLIMIT_RAISES : 0,
		.soft = limit->unlimited_soft ? RLIM_INFINITY : limit->soft,
		.hard = limit->unlimited_hard ? RLIM_INFINITY : limit->hard,
	};
}

/* What the spec does not name; false where it is inherited. */
static bool default_limit(const struct draft *draft,
			  const struct policy_rlimit *policy,
			  struct plan_rlimit *ret)
{
	uint32_t pids = draft->builder->head.pids;

	ret->flags = PLAN_RLIMIT_DEFAULT;
	ret->soft = policy->soft;
	ret->hard = policy->hard;
	if (policy->resource == RLIMIT_NPROC) {
		/* If the host allows fewer, the ceiling holds all the same. */
		ret->soft = pids;
		ret->hard = pids;
		return true;
	}
	return policy->has_default;
}

static void decide_rlimits(struct draft *draft)
{
	struct plan_rlimit rlimits[RLIM_NLIMITS] = { 0 };
	struct plan *head = &draft->builder->head;
	uint32_t count = 0;

	for (size_t i = 0; i < policy_rlimit_count; i++) {
		const struct policy_rlimit *policy = &policy_rlimits[i];
		size_t index = 0;
		const rlimit_spec *limit =
			find_limit(draft, policy->resource, &index);

		if (limit != NULL) {
			rlimits[count] = limit_of_spec(draft, limit);
		} else if (!default_limit(draft, policy, &rlimits[count])) {
			continue;
		}
		rlimits[count++].resource = (uint32_t)policy->resource;
	}
	head->rlimits = builder_list(draft->builder, rlimits, count,
				     sizeof(rlimits[0]));
}

static int check_time(const struct draft *draft, const char *field,
		      uint64_t time_ms)
{
	if (time_ms <= TIME_MAX_MS) {
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
			    "%" PRIu64 " is more than %" PRIu64, time_ms,
			    TIME_MAX_MS);
}

int decide_limits(struct draft *draft)
{
	struct plan *head = &draft->builder->head;
	int r = check_time(draft, "limits.wall_ms", draft->limits->wall_ms);

	if (r >= 0) {
		r = check_time(draft, "limits.grace_ms",
			       draft->limits->grace_ms);
	}
	if (r < 0) {
		return r;
	}

	head->wall_ms = draft->limits->wall_ms;
	head->grace_ms = draft->limits->grace_ms;
	head->pids =
		draft->limits->pids != 0 ? draft->limits->pids : POLICY_PIDS;
	r = check_processes(draft);
	if (r >= 0) {
		r = check_enforceable(draft);
	}
	if (r >= 0) {
		decide_rlimits(draft);
	}
	return r;
}
