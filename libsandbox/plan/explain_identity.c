/* SPDX-License-Identifier: Apache-2.0 */
/* Whose ids, which user, which namespaces. */
#include "base/array.h"
#include "plan/explain.h"

#include <inttypes.h>
#include <sched.h>

static const char *range_reason(const struct plan_facts *facts)
{
	return facts->range_reason == NULL ? "no reason known"
					   : facts->range_reason;
}

static void print_reason(struct page *page, const struct plan *plan,
			 const struct plan_facts *facts)
{
	explain_name(page, "because");
	switch ((enum plan_identity_reason)plan->identity_reason) {
	case PLAN_REASON_ASKED:
		page_print(page, "the specification says so\n");
		break;
	case PLAN_REASON_RANGE_FREE:
		page_print(page, "an exclusive range can be had\n");
		break;
	case PLAN_REASON_NO_RANGE:
		page_print(page, "no range can be had: %s\n",
			   range_reason(facts));
		break;
	case PLAN_REASON_WRITES_CALLERS_FILES:
		page_print(page, "the caller's own files are to be written, "
				 "and without id-mapped\n");
		explain_name(page, "");
		page_print(page, "mounts only the caller's id can\n");
		break;
	case PLAN_REASON_RANGE_SMALLER:
		page_print(page, "no larger range can be had: %s\n",
			   range_reason(facts));
		break;
	case PLAN_REASON_NO_MAPS:
		page_print(page, "the maps of the specification cannot be "
				 "had\n");
		break;
	default:
		page_print(page, "?\n");
		break;
	}
}

/* In ids of @whose; of the guard's, init's own is leased for each launch. */
static void print_map(struct page *page, const char *name, const char *whose,
		      const struct plan *plan, struct plan_list list)
{
	const struct plan_id_map *maps = plan_at(plan, list.offset);

	for (uint32_t i = 0; i < list.count; i++) {
		explain_name(page, name);
		page_print(page, "%u-%u are %u-%u of the %s\n", maps[i].inside,
			   maps[i].inside + (maps[i].count - 1),
			   maps[i].outside,
			   maps[i].outside + (maps[i].count - 1), whose);
	}
}

static void print_user(struct page *page, const struct plan *plan)
{
	explain_name(page, "user");
	if ((plan->flags & PLAN_USER_BY_NAME) == 0) {
		page_print(page, "%u:%u\n", plan->uid, plan->gid);
		return;
	}
	page_quote(page, plan_string(plan, plan->user_name));
	if (plan->group_name != 0) {
		page_print(page, ":");
		page_quote(page, plan_string(plan, plan->group_name));
	}
	page_print(page, ", looked up in the sandbox's own files\n");
}

static void print_groups(struct page *page, const struct plan *plan)
{
	const uint32_t *groups = plan_at(plan, plan->groups.offset);

	if (plan->groups.count == 0) {
		page_print(page, "none%s",
			   (plan->flags & PLAN_DENY_SETGROUPS) != 0
				   ? ", and setgroups is denied"
				   : "");
	}
	for (uint32_t i = 0; i < plan->groups.count; i++) {
		page_print(page, "%s%u", i == 0 ? "" : " ", groups[i]);
	}
	page_print(page, "\n");
}

int explain_identity(struct page *page, const struct plan *plan,
		     const struct plan_facts *facts, struct err *err)
{
	(void)err;
	explain_name(page, "ids");
	if (plan->identity == PLAN_IDENTITY_RANGE) {
		page_print(page, "%u, leased to this sandbox alone\n",
			   plan->range_count);
	} else if (plan->identity == PLAN_IDENTITY_EXPLICIT) {
		page_print(page, "those of the specification; init has one of "
				 "its own\n");
	} else {
		page_print(page, "one, that of the caller (%u:%u)\n",
			   facts->uid, facts->gid);
	}
	print_reason(page, plan, facts);
	print_map(page, "uid map", "guard", plan, plan->uid_map);
	print_map(page, "gid map", "guard", plan, plan->gid_map);
	print_map(page, "guard uid map", "launcher", plan, plan->guard_uid_map);
	print_map(page, "guard gid map", "launcher", plan, plan->guard_gid_map);
	print_user(page, plan);
	explain_name(page, "further groups");
	print_groups(page, plan);
	return 0;
}

static const struct {
	uint64_t flag;
	const char *name;
} namespaces[] = {
	{ CLONE_NEWNS, "mount" }, { CLONE_NEWPID, "pid" },
	{ CLONE_NEWNET, "net" },  { CLONE_NEWIPC, "ipc" },
	{ CLONE_NEWUTS, "uts" },  { CLONE_NEWCGROUP, "cgroup" },
};

static const struct plan_join *find_join(const struct plan *plan, uint64_t type)
{
	for (uint32_t i = 0; i < plan->n_joins; i++) {
		if (plan->joins[i].type == type) {
			return &plan->joins[i];
		}
	}
	return NULL;
}

/* One that is the host's, or somebody else's. */
static void print_other(struct page *page, const struct plan *plan,
			const char *name, const struct plan_join *join)
{
	explain_name(page, name);
	if (join == NULL) {
		page_print(page, "the host's\n");
	} else if (join->path == 0) {
		page_print(page, "that of descriptor %u\n", join->fd_index - 1);
	} else {
		page_print(page, "that of ");
		page_quote(page, plan_string(plan, join->path));
		page_print(page, "\n");
	}
}

static void print_others(struct page *page, const struct plan *plan)
{
	for (size_t i = 0; i < ARRAY_SIZE(namespaces); i++) {
		if ((plan->namespaces & namespaces[i].flag) == 0) {
			print_other(page, plan, namespaces[i].name,
				    find_join(plan, namespaces[i].flag));
		}
	}
}

static void print_own(struct page *page, const struct plan *plan)
{
	if (plan->own_namespaces == 0) {
		return;
	}
	explain_name(page, "own");
	page_print(page, "the payload has copies that it owns, of");
	for (size_t i = 0; i < ARRAY_SIZE(namespaces); i++) {
		if ((plan->own_namespaces & namespaces[i].flag) != 0) {
			page_print(page, " %s", namespaces[i].name);
		}
	}
	page_print(page, "\n");
}

static void print_clocks(struct page *page, const struct plan *plan)
{
	const struct plan_clocks *clocks = &plan->clocks;

	if (clocks->monotonic_ns == 0 && clocks->boottime_ns == 0) {
		return;
	}
	explain_name(page, "clocks");
	page_print(page,
		   "monotonic %+" PRId64 " ns, boottime %+" PRId64 " ns%s\n",
		   clocks->monotonic_ns, clocks->boottime_ns,
		   clocks->optional != 0 ? " (preferred)" : "");
}

int explain_namespaces(struct page *page, const struct plan *plan,
		       const struct plan_facts *facts, struct err *err)
{
	(void)facts;
	(void)err;
	explain_name(page, "new");
	page_print(page, "user");
	for (size_t i = 0; i < ARRAY_SIZE(namespaces); i++) {
		if ((plan->namespaces & namespaces[i].flag) != 0) {
			page_print(page, " %s", namespaces[i].name);
		}
	}
	page_print(page, "\n");
	explain_name(page, "owner");
	page_print(page, "a guard user namespace; the payload has a nested one "
			 "without power over them\n");
	print_own(page, plan);
	print_others(page, plan);
	explain_name(page, "hostname");
	if ((plan->namespaces & CLONE_NEWUTS) == 0) {
		page_print(page, "that of the namespace\n");
	} else if (plan->hostname == 0) {
		page_print(page, "the id of the sandbox\n");
	} else {
		page_quote(page, plan_string(plan, plan->hostname));
		page_print(page, "\n");
	}
	explain_name(page, "network");
	if ((plan->namespaces & CLONE_NEWNET) == 0) {
		page_print(page, "all that the namespace has\n");
	} else {
		page_print(page, "none but the loopback, which is %s\n",
			   (plan->flags & PLAN_LOOPBACK_DOWN) != 0 ? "down"
								   : "up");
	}
	print_clocks(page, plan);
	explain_sysctls(page, plan);
	return 0;
}
