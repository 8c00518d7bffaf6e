/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a system-call filter decides, as data: the meaning, of which the BPF
 * program is a translation.  A verdict is the value that a filter returns to
 * the kernel, SECCOMP_RET_... with its data.
 */
#ifndef SANDBOX_POLICY_FILTER_MODEL_H
#define SANDBOX_POLICY_FILTER_MODEL_H

#include "policy/syscalls.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdint.h>

#define FILTER_ALLOW         ((uint32_t)SECCOMP_RET_ALLOW)
#define FILTER_KILL          ((uint32_t)SECCOMP_RET_KILL_PROCESS)
#define FILTER_ERRNO(number) ((uint32_t)SECCOMP_RET_ERRNO | (number))

/* All compare 64 bits without sign; MASKED_EQ is (argument & mask) == value. */
enum filter_comparison {
	FILTER_EQ,
	FILTER_NE,
	FILTER_LT,
	FILTER_LE,
	FILTER_GT,
	FILTER_GE,
	FILTER_MASKED_EQ,
};

#define FILTER_ARGUMENTS 6

struct filter_test {
	unsigned char argument;   /* 0 to 5 */
	unsigned char comparison; /* enum filter_comparison */
	uint64_t value;
	uint64_t mask; /* of MASKED_EQ */
};

/* Applies when all its tests hold; with none, always. */
struct filter_rule {
	uint32_t verdict;
	unsigned char test_count;
	struct filter_test tests[FILTER_ARGUMENTS];
};

/* The first rule that applies decides, @otherwise if none does. */
struct filter_call {
	uint32_t number;
	uint32_t otherwise;
	const struct filter_rule *rules; /* borrowed */
	size_t rule_count;
};

struct filter_model {
	enum syscall_arch arch;
	uint32_t foreign; /* calls of any other architecture */
	uint32_t unknown; /* numbers that have no row in @calls */
	size_t call_count;
	/* In ascending order of number, each below 2^31. */
	struct filter_call calls[];
};

struct filter_options;

/*
 * From here on numbers of x86-64 are x32's, where a kernel has that: the same
 * calls under other numbers.  No model says anything of them, so they do not
 * exist, or a rule about a call could be passed by its other number.
 */
#define FILTER_X32_START  0x40000000U
#define FILTER_X32_ANSWER FILTER_ERRNO(ENOSYS)

/* The model of the default profile, NULL when out of memory; free() it. */
struct filter_model *filter_model_new(const struct filter_options *options);

/* NULL if the model has no row for this number. */
const struct filter_call *filter_model_call(const struct filter_model *model,
					    uint32_t number);

/* What the kernel would be told; @audit_arch is AUDIT_ARCH_... */
uint32_t filter_verdict(const struct filter_model *model, uint32_t audit_arch,
			uint32_t number,
			const uint64_t arguments[FILTER_ARGUMENTS]);

#endif
