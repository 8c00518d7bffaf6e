/* SPDX-License-Identifier: Apache-2.0 */
/* Which system-call filter goes with a plan. */
#ifndef SANDBOX_PLAN_PRIVILEGES_H
#define SANDBOX_PLAN_PRIVILEGES_H

#include "plan/plan.h"
#include "policy/filter.h"

/* From the identity and the capabilities that @plan has by now. */
struct filter_options privileges_filter_options(const struct plan *plan);

struct draft;

/* filter.c: after identity, capabilities and process. */
int decide_filter(struct draft *draft);

#endif
