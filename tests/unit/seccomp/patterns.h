/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arguments that are likely to find a filter out: around every constant of a
 * call's rules, with bits set that rules do not or must not look at.
 */
#ifndef SANDBOX_TESTS_SECCOMP_PATTERNS_H
#define SANDBOX_TESTS_SECCOMP_PATTERNS_H

#include "policy/filter_model.h"

#include <stdint.h>

typedef void (*pattern_f)(void *arg,
			  const uint64_t arguments[FILTER_ARGUMENTS]);

/* The same numbers on every run. */
struct pattern_random {
	uint64_t state;
};

#define PATTERN_RANDOM_INIT         \
	{                           \
		0x9e3779b97f4a7c15U \
	}

uint64_t pattern_random(struct pattern_random *random);

/*
 * Calls @each with all zeros, all ones and some noise; when @call is not NULL,
 * with every combination of the interesting values of the arguments that its
 * rules test.  Returns how many there were.
 */
unsigned long patterns_for_each(const struct filter_call *call, pattern_f each,
				void *arg);

#endif
