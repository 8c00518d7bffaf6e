/* SPDX-License-Identifier: Apache-2.0 */
/* Four hosts that a plan may be made for, written down by hand. */
#ifndef SANDBOX_TESTS_GOLDEN_HOSTS_H
#define SANDBOX_TESTS_GOLDEN_HOSTS_H

#include "plan/facts.h"

extern const struct plan_facts host_root_range;
extern const struct plan_facts host_root_single;
extern const struct plan_facts host_user_range;
extern const struct plan_facts host_user_single;

#endif
