/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libseccomp, given the same model, answers as our program does.  What the two
 * are not compared on, and why:
 *	x32 numbers on x86_64: libseccomp kills, we say ENOSYS as for any
 *	number that is not in use;
 *	calls of another architecture that this libseccomp has no name for.
 */
#include "base/cleanup.h"
#include "inputs.h"
#include "lib/tap.h"
#include "oracle.h"
#include "patterns.h"
#include "simulator.h"

struct comparison {
	const struct filter *filter;
	const struct oracle *oracle;
	struct seccomp_data data;
};

static void compare(void *arg, const uint64_t arguments[FILTER_ARGUMENTS])
{
	struct comparison *comparison = arg;
	struct seccomp_data *data = &comparison->data;
	uint32_t ours = 0;
	uint32_t theirs = 0;

	for (size_t i = 0; i < FILTER_ARGUMENTS; i++) {
		data->args[i] = arguments[i];
	}
	ours = simulator_run(comparison->filter, data).verdict;
	theirs = oracle_verdict(comparison->oracle, data);
	if (ours != theirs) {
		FAIL("arch 0x%x number %d (0x%llx, 0x%llx, 0x%llx): ours "
		     "0x%x, libseccomp's 0x%x",
		     data->arch, data->nr, (unsigned long long)arguments[0],
		     (unsigned long long)arguments[1],
		     (unsigned long long)arguments[2], ours, theirs);
	}
}

static bool is_comparable(const struct filter_model *model, uint32_t number)
{
	if (model->arch == SYSCALL_X86_64 && number >= 0x40000000 &&
	    number != UINT32_MAX) {
		return false;
	}
	return filter_model_call(model, number) == NULL ||
	       oracle_knows(model, number);
}

static unsigned long compare_all(const struct filter_options *options)
{
	_cleanup_(filter_done) struct filter filter = input_filter(options);
	_cleanup_free_ struct filter_model *model = input_model(options);
	_cleanup_(oracle_done) struct oracle oracle = oracle_new(model);
	struct comparison comparison = { &filter, &oracle, { 0 } };
	unsigned long skipped = 0;

	for (size_t i = 0; i < input_arch_count * INPUT_NUMBERS; i++) {
		uint32_t number = input_number(i % INPUT_NUMBERS);
		const struct filter_call *call =
			filter_model_call(model, number);

		comparison.data.arch = input_archs[i / INPUT_NUMBERS];
		comparison.data.nr = (int)number;
		if (comparison.data.arch != syscall_audit_arch(model->arch)) {
			(void)patterns_for_each(NULL, compare, &comparison);
		} else if (is_comparable(model, number)) {
			(void)patterns_for_each(call, compare, &comparison);
		} else {
			skipped += call != NULL;
		}
	}
	return skipped;
}

/* The most calls that could not be compared under any options. */
static unsigned long compare_arch(enum syscall_arch arch)
{
	unsigned long most = 0;

	for (size_t i = 0; i < INPUT_OPTIONS; i++) {
		struct filter_options options = input_options(i);
		unsigned long skipped = 0;

		if (options.arch == arch) {
			skipped = compare_all(&options);
		}
		most = skipped > most ? skipped : most;
	}
	return most;
}

TEST(libseccomp_agrees_on_every_native_call)
{
	ASSERT_EQ(compare_arch(SYSCALL_ARCH_NATIVE), 0);
}

TEST(libseccomp_agrees_on_the_foreign_calls_that_it_knows)
{
	/* Version 2.5.4 as released lacks what is newer than 450. */
	ASSERT_TRUE(compare_arch(SYSCALL_ARCH_NATIVE == SYSCALL_X86_64
					 ? SYSCALL_AARCH64
					 : SYSCALL_X86_64) <= 22);
}
