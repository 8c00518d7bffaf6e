/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a sandbox could leave behind: processes, mounts, leases.  (Descriptors
 * are counted by the harness, after every test.)
 */
#ifndef SANDBOX_TESTS_SYSTEM_CENSUS_H
#define SANDBOX_TESTS_SYSTEM_CENSUS_H

#include "launch.h"

struct census {
	int processes;
	int mounts;
	bool leased;
};

/* From the first call on, orphans of this process become its children. */
struct census census_take(void);

/* The same as before, at the latest after a second. */
#define CENSUS_CHECK(before) census_check(TAP_HERE, before)
void census_check(struct tap_place place, const struct census *before);

/* Descendants of this process. */
int census_processes(void);

#endif
