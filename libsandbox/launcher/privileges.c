/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From all capabilities of a new user namespace to those the plan names, in
 * the order in which each step is still allowed: bounding set, ids,
 * capabilities, filter.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "launcher/payload.h"
#include "launcher/text.h"

#define CAPABILITY_COUNT 64

/* Newer than the oldest headers that we build with. */
#define FLAG_WAIT_KILLABLE_RECV (1U << 5)

int bounding_set_limit(uint64_t bounding)
{
	for (unsigned long i = 0; i < CAPABILITY_COUNT; i++) {
		int r = 0;

		if ((bounding >> i & 1) != 0) {
			continue;
		}
		r = kernel_prctl(PR_CAPBSET_DROP, i, 0);
		if (r == -EINVAL) {
			return 0; /* past the kernel's last capability */
		}
		if (r < 0) {
			return r;
		}
	}
	return 0;
}

/* None but those named, in the order in which the kernel keeps them. */
static int groups_set(const struct plan *plan)
{
	const uint32_t *wanted = plan_at(plan, plan->groups.offset);
	uint32_t found[PLAN_MAX_GROUPS];
	int r = kernel_setgroups(plan->groups.count, wanted);

	if (r < 0 || plan->groups.count == 0) {
		return r; /* that there is none shows in its status */
	}
	r = (int)kernel_call2(SYS_getgroups, PLAN_MAX_GROUPS, found);
	if (r < 0 || (uint32_t)r != plan->groups.count ||
	    memcmp(found, wanted, sizeof(*found) * plan->groups.count) != 0) {
		return r < 0 ? r : -EPERM;
	}
	return 0;
}

int ids_become(const struct launch *launch, const struct payload_ids *ids)
{
	int r = 0;

	if (!launch->launcher->deny_setgroups) {
		r = groups_set(launch->plan);
	}
	if (r >= 0) {
		r = kernel_setresgid(ids->gid);
	}
	if (r >= 0 && (launch->plan->capabilities.permitted != 0 ||
		       launch->plan->securebits != 0)) {
		/* Whatever is to stay, capabilities_set() says. */
		r = kernel_prctl(PR_SET_KEEPCAPS, 1, 0);
	}
	if (r >= 0) {
		r = kernel_setresuid(ids->uid);
	}
	if (r >= 0) {
		/*
		 * The change of ids made the memory, which is init's as well,
		 * what fs.suid_dumpable says; that is not always 0.
		 */
		r = kernel_prctl(PR_SET_DUMPABLE, 0, 0);
	}
	return r;
}

static int raise_ambient(uint64_t ambient)
{
	int r = 0; /* in a new user namespace the set is empty */

	for (unsigned long i = 0;
	     ambient != 0 && i < CAPABILITY_COUNT && r >= 0; i++) {
		if ((ambient >> i & 1) != 0) {
			r = (int)kernel_call5(SYS_prctl, PR_CAP_AMBIENT,
					      PR_CAP_AMBIENT_RAISE, i, 0, 0);
		}
	}
	return r;
}

/*
 * Setting them takes a capability, which goes at the end; they may forbid to
 * raise ambient ones, which must be up by then.
 */
static int set_with_securebits(const struct plan *plan)
{
	const struct plan_capabilities *wanted = &plan->capabilities;
	const uint64_t setpcap = (uint64_t)1 << CAP_SETPCAP;
	int r = kernel_capset(wanted->effective | setpcap,
			      wanted->permitted | setpcap, wanted->inheritable);

	if (r >= 0) {
		r = raise_ambient(wanted->ambient);
	}
	if (r >= 0) {
		r = kernel_prctl(PR_SET_SECUREBITS, plan->securebits, 0);
	}
	return r < 0 ? r
		     : kernel_capset(wanted->effective, wanted->permitted,
				     wanted->inheritable);
}

int capabilities_set(const struct plan *plan)
{
	const struct plan_capabilities *capabilities = &plan->capabilities;
	int r = 0;

	if (plan->securebits != 0) {
		return set_with_securebits(plan);
	}
	r = kernel_capset(capabilities->effective, capabilities->permitted,
			  capabilities->inheritable);
	if (r >= 0) {
		r = raise_ambient(capabilities->ambient);
	}
	if (r >= 0 && capabilities->permitted != 0) {
		r = kernel_prctl(PR_SET_KEEPCAPS, 0, 0);
	}
	return r;
}

static int load(const struct plan *plan, struct plan_list list,
		unsigned int flags)
{
	const void *filter = plan_at(plan, list.offset);
	struct sock_fprog program = {
		.len = (unsigned short)list.count,
		/* The kernel only reads it; its type lacks the const. */
		.filter = (struct sock_filter *)(uintptr_t)filter, /* NOLINT */
	};

	if (list.count == 0) {
		return 0;
	}
	if ((plan->flags & PLAN_FILTER_LOG) != 0) {
		flags |= SECCOMP_FILTER_FLAG_LOG;
	}
	return kernel_seccomp_load(&program, flags);
}

/*
 * Who waits for an answer is then interrupted by what kills it alone, once its
 * call is received; kernels before 5.19 do without.
 */
int filter_load(const struct plan *plan)
{
	unsigned int listener = SECCOMP_FILTER_FLAG_NEW_LISTENER;
	int r = -EINVAL;

	if (plan->notify_fd == 0) {
		return load(plan, plan->filter, 0);
	}
	r = load(plan, plan->filter, listener | FLAG_WAIT_KILLABLE_RECV);
	return r == -EINVAL ? load(plan, plan->filter, listener) : r;
}

/* Ours lets a second one be loaded; whether it would ours, who knows. */
int filter_load_raw(const struct plan *plan)
{
	return load(plan, plan->filter_raw, 0);
}
