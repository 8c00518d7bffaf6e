/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a checked spec and the facts of the host to a plan.  Pure: the same
 * input gives the same bytes.
 */
#ifndef SANDBOX_PLAN_BUILD_H
#define SANDBOX_PLAN_BUILD_H

#include "base/err.h"
#include "plan/facts.h"
#include "plan/plan.h"
#include "spec/spec.h"

/*
 * Builds the plan of @spec on a host like @facts.  *ret is one heap block of
 * (*ret)->size bytes; release it with free().  On failure *ret is untouched
 * and @err names the field of the spec.
 */
int plan_build(const struct spec *spec, const struct plan_facts *facts,
	       struct plan **ret, struct err *err);

/*
 * The plan in readable, stable text: one heap string in *ret.  @facts are
 * those it was built with.
 */
int plan_explain(const struct plan *plan, const struct plan_facts *facts,
		 char **ret, struct err *err);

#endif
