/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan says of the sandbox's control group, to the host's half. */
#ifndef SANDBOX_PLAN_CGROUP_SETTING_H
#define SANDBOX_PLAN_CGROUP_SETTING_H

#include "plan/plan.h"

enum plan_cgroup_flags {
	PLAN_CGROUP_BYTES = 1U << 0,    /* the kernel rounds to pages */
	PLAN_CGROUP_OPTIONAL = 1U << 1, /* nothing to do without that file */
};

/* A file of the sandbox's control group and what is written to it. */
struct plan_cgroup_setting {
	uint32_t controller; /* enum cgroup_controller */
	uint32_t flags;      /* enum plan_cgroup_flags */
	plan_offset file;
	plan_offset value;
	plan_offset field; /* of the spec that wants it */
};

#define PLAN_MAX_CGROUP_SETTINGS 64U

#endif
