/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans for tests, from JSON and the hosts of the golden tests.  The rules of
 * the spec room are not applied, so that what the plan room itself refuses is
 * what is tested.
 */
#ifndef SANDBOX_TESTS_UNIT_PLAN_BUILD_PLAN_H
#define SANDBOX_TESTS_UNIT_PLAN_BUILD_PLAN_H

#include "golden/hosts.h"
#include "plan/build.h"

/* Smallest specification that has a plan. */
#define ARGV  "\"process\": {\"argv\": [\"true\"]}"
#define SMALL "{" ARGV "}"

/* As plan_build(). */
int build_plan(const char *json, const struct plan_facts *facts,
	       struct plan **ret, struct err *err);

/* The plan, to free(); ends the test where there is none. */
struct plan *must_build_plan(const char *json, const struct plan_facts *facts);

/* The first op of this kind on @target, or NULL. */
const struct plan_op *find_op(const struct plan *plan, enum plan_op_kind kind,
			      const char *target);

#endif
