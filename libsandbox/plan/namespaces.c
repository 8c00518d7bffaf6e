/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which namespaces are new, which are the host's and which somebody else's.
 * The user namespaces are the launcher's business and always new.
 */
#include "plan/draft.h"

#include <sched.h>

typedef Sandbox__V1__Namespaces__Mode mode;

#define NEW  SANDBOX__V1__NAMESPACES__MODE__NEW
#define JOIN SANDBOX__V1__NAMESPACES__MODE__JOIN

/*
 * Joining takes a right over the namespace's owner: that of root's launcher
 * around the clone.  A launcher that has left the host's user namespace has it
 * over what it made itself only, and could not come back.
 */
static int join(struct draft *draft, uint64_t type, const char *field,
		const struct plan_join *join)
{
	struct plan *head = &draft->builder->head;

	if (!draft->facts->privileged) {
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
				    "JOIN: only root may put a sandbox into a "
				    "namespace that is there already");
	}
	head->namespaces &= ~type;
	head->joins[head->n_joins] = *join;
	head->joins[head->n_joins++].type = type;
	return 0;
}

static int decide_one(struct draft *draft, mode how, uint64_t type,
		      const char *field, const char *path)
{
	struct plan *head = &draft->builder->head;
	struct plan_join other = { 0 };

	if (how == NEW) {
		return 0;
	}
	if (how == JOIN) {
		other.path = builder_optional(draft->builder, path);
		return join(draft, type, field, &other);
	}
	head->namespaces &= ~type;
	return 0;
}

static int decide_network(struct draft *draft)
{
	const Sandbox__V1__Network *network = draft->network;
	struct plan_join other = { .fd_index = network->join_fd };

	switch ((int)network->mode) {
	case SANDBOX__V1__NETWORK__MODE__NONE:
		return 0;
	case SANDBOX__V1__NETWORK__MODE__HOST:
		draft->builder->head.namespaces &= ~(uint64_t)CLONE_NEWNET;
		return 0;
	case SANDBOX__V1__NETWORK__MODE__JOIN:
		other.path =
			builder_optional(draft->builder, network->join_path);
		return join(draft, CLONE_NEWNET, "network.mode", &other);
	default:
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED,
				    "network.mode",
				    "%d is not implemented in this build",
				    (int)network->mode);
	}
}

static void decide_clocks(struct draft *draft,
			  const Sandbox__V1__Namespaces *namespaces)
{
	int64_t monotonic = namespaces->monotonic_offset_ns;
	int64_t boottime = namespaces->boottime_offset_ns;
	bool optional =
		(monotonic == 0 ||
		 draft_prefers(draft, "namespaces.monotonic_offset_ns")) &&
		(boottime == 0 ||
		 draft_prefers(draft, "namespaces.boottime_offset_ns"));

	if (monotonic != 0 || boottime != 0) {
		draft->builder->head.clocks =
			(struct plan_clocks){ .monotonic_ns = monotonic,
					      .boottime_ns = boottime,
					      .optional = optional };
	}
}

int decide_namespaces(struct draft *draft)
{
	static const Sandbox__V1__Namespaces none =
		SANDBOX__V1__NAMESPACES__INIT;
	const Sandbox__V1__Namespaces *namespaces =
		draft->spec->namespaces == NULL ? &none
						: draft->spec->namespaces;
	struct plan *head = &draft->builder->head;
	int r;

	head->namespaces = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC |
			   CLONE_NEWUTS | CLONE_NEWNET | CLONE_NEWCGROUP;
	head->hostname =
		builder_optional(draft->builder, draft->spec->hostname);
	if (draft->network->loopback_down) {
		head->flags |= PLAN_LOOPBACK_DOWN;
	}
	decide_clocks(draft, namespaces);
	r = decide_network(draft);
	if (r >= 0) {
		r = decide_one(draft, namespaces->ipc, CLONE_NEWIPC,
			       "namespaces.ipc", namespaces->ipc_join);
	}
	if (r >= 0) {
		r = decide_one(draft, namespaces->uts, CLONE_NEWUTS,
			       "namespaces.uts", namespaces->uts_join);
	}
	if (r >= 0) {
		r = decide_one(draft, namespaces->cgroup, CLONE_NEWCGROUP,
			       "namespaces.cgroup", namespaces->cgroup_join);
	}
	return r;
}
