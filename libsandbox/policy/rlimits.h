/* SPDX-License-Identifier: Apache-2.0 */
/* Names of resource limits, and those that a sandbox has unless told. */
#ifndef SANDBOX_POLICY_RLIMITS_H
#define SANDBOX_POLICY_RLIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct policy_rlimit {
	const char *name; /* "nofile" */
	int resource;     /* RLIMIT_NOFILE */
	bool has_default; /* else it is inherited */
	uint64_t soft;
	uint64_t hard;
};

extern const struct policy_rlimit policy_rlimits[];
extern const size_t policy_rlimit_count;

/* RLIMIT_NPROC where limits.pids says nothing. */
#define POLICY_PIDS 512

/* By "nofile", "RLIMIT_NOFILE" or the like; NULL for any other name. */
const struct policy_rlimit *policy_rlimit_find(const char *name);

#endif
