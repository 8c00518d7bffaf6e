/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a document as additions to a filter, on one architecture. */
#ifndef SANDBOX_PLAN_FILTER_RULES_H
#define SANDBOX_PLAN_FILTER_RULES_H

#include "base/err.h"
#include "plan/facts.h"
#include "plan/plan.h"
#include "policy/filter.h"
#include "spec/arena.h"
#include "spec/spec.h"

#define FILTER_ADDITIONS_MAX 2048U

#define FILTER_UNKNOWN_MAX 512U

struct filter_rules {
	/* For whom, where: what a profile of OCI may ask about. */
	enum syscall_arch arch;
	uint64_t bounding; /* capabilities */
	uint32_t kernel;   /* major << 16 | minor */
	bool single_id;    /* as in struct filter_options */
	struct err *err;

	struct filter_addition *list; /* FILTER_ADDITIONS_MAX of them */
	uint32_t count;
	/* Of a profile of OCI alone. */
	uint32_t otherwise;   /* its verdict on what it does not name */
	bool log;             /* it wants refused calls noted */
	const char **unknown; /* names that no call has here */
	size_t n_unknown;
	struct arena arena; /* of those names */
};

/* The verdict of an action, with @errno_value of ACTION_ERRNO, 0 = EPERM. */
uint32_t filter_rules_verdict(Sandbox__V1__Seccomp__Action action,
			      uint32_t errno_value);

/* Adds a rule about call @number; false when there is no room. */
bool filter_rules_add(struct filter_rules *rules, uint32_t number,
		      const struct filter_rule *rule);

/* What @spec says of any call; as many tests as FILTER_ARGUMENTS allows. */
struct filter_rule filter_rules_of(const Sandbox__V1__SyscallRule *spec);

/*
 * The rules of @seccomp, which may be NULL, in their order, and behind them
 * those of its profile of OCI.  The caller has filled in the first members of
 * @rules, which holds heap memory that filter_rules_done() releases, on failure
 * as well.
 */
int filter_rules_collect(const Sandbox__V1__Seccomp *seccomp,
			 struct filter_rules *rules);

/* filter_oci.c: the part of it for the profile of OCI. */
int filter_rules_add_oci(struct filter_rules *rules,
			 const Sandbox__V1__Seccomp *seccomp);
void filter_rules_done(struct filter_rules *rules);

/* A plan, of what and for where, and another architecture perhaps. */
struct filter_place {
	const struct spec *spec;
	const struct plan_facts *facts;
	const struct plan *plan;
	enum syscall_arch arch;
};

/*
 * The options of the filter that the plan has, or would have on that
 * architecture.  They borrow from the plan and from @rules, which are the
 * caller's to release.
 */
int filter_options_at(const struct filter_place *place,
		      struct filter_options *ret, struct filter_rules *rules,
		      struct err *err);

#endif
