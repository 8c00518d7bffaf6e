/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a filter as the kernel would, one instruction after the other, and
 * knows nothing of how the program was made.
 */
#ifndef SANDBOX_TESTS_SECCOMP_SIMULATOR_H
#define SANDBOX_TESTS_SECCOMP_SIMULATOR_H

#include "policy/filter.h"

#include <linux/seccomp.h>
#include <stdint.h>

/*
 * What the kernel, or we, would object to in the program, NULL if nothing: a
 * forbidden instruction, a load outside of the data, a jump out of the program,
 * an end that is not a return, code that no path reaches.
 */
const char *simulator_fault(const struct filter *filter);

struct simulator_end {
	uint32_t verdict;
	unsigned int steps; /* instructions that ran */
};

/* Fails the test when the program is not well-formed. */
struct simulator_end simulator_run(const struct filter *filter,
				   const struct seccomp_data *data);

#endif
