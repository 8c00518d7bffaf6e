/* SPDX-License-Identifier: Apache-2.0 */
/* The compiled default profile answers what its model says, to any call. */
#include "base/cleanup.h"
#include "inputs.h"
#include "lib/tap.h"
#include "patterns.h"
#include "simulator.h"

#include <errno.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

/* 111 to 133 today; more would be felt at every launch. */
#define LENGTH_CEILING 140

struct comparison {
	const struct filter *filter;
	const struct filter_model *model;
	struct seccomp_data data;
	unsigned long count;
	char difference[160]; /* the first one, "" if none */
};

static void compare(void *arg, const uint64_t arguments[FILTER_ARGUMENTS])
{
	struct comparison *comparison = arg;
	struct seccomp_data *data = &comparison->data;
	uint32_t actual = 0;
	uint32_t expected = 0;

	if (comparison->difference[0] != '\0') {
		return;
	}
	for (size_t i = 0; i < FILTER_ARGUMENTS; i++) {
		data->args[i] = arguments[i];
	}
	actual = simulator_run(comparison->filter, data).verdict;
	expected = filter_verdict(comparison->model, data->arch,
				  (uint32_t)data->nr, arguments);
	comparison->count++;
	if (actual != expected) {
		(void)snprintf(
			comparison->difference, sizeof(comparison->difference),
			"arch 0x%x number %d (0x%llx, 0x%llx, 0x%llx): "
			"program 0x%x, model 0x%x",
			data->arch, data->nr, (unsigned long long)arguments[0],
			(unsigned long long)arguments[1],
			(unsigned long long)arguments[2], actual, expected);
	}
}

/* Every architecture, number and pattern; stops at the first difference. */
static void compare_all(struct comparison *comparison)
{
	uint32_t native = syscall_audit_arch(comparison->model->arch);

	for (size_t i = 0; i < input_arch_count * INPUT_NUMBERS; i++) {
		uint32_t number = input_number(i % INPUT_NUMBERS);
		const struct filter_call *call =
			filter_model_call(comparison->model, number);

		comparison->data.arch = input_archs[i / INPUT_NUMBERS];
		comparison->data.nr = (int)number;
		(void)patterns_for_each(comparison->data.arch == native ? call
									: NULL,
					compare, comparison);
		if (comparison->difference[0] != '\0') {
			return;
		}
	}
}

TEST(the_program_and_its_model_agree_on_every_call)
{
	for (size_t i = 0; i < INPUT_OPTIONS; i++) {
		struct filter_options options = input_options(i);
		_cleanup_(filter_done) struct filter filter =
			input_filter(&options);
		_cleanup_free_ struct filter_model *model =
			input_model(&options);
		struct comparison comparison = { &filter, model, { 0 }, 0, "" };

		compare_all(&comparison);
		ASSERT_STR(comparison.difference, "");
		/* The socket rules alone make more than this. */
		ASSERT_TRUE(options.profile == FILTER_PROFILE_COMPAT ||
			    comparison.count > 100000);
	}
}

static void alter(struct sock_filter *instruction, int way)
{
	unsigned char jt = instruction->jt;

	switch (way) {
	case 0:
		instruction->k ^= 1;
		break;
	case 1:
		instruction->k ^= 0x80;
		break;
	case 2:
		instruction->k++;
		break;
	default:
		instruction->jt = instruction->jf;
		instruction->jf = jt;
		break;
	}
}

static bool is_noticed(struct comparison *comparison)
{
	if (simulator_fault(comparison->filter) != NULL) {
		return true;
	}
	compare_all(comparison);
	return comparison->difference[0] != '\0';
}

/*
 * The comparison above is worth what it would notice: any single instruction
 * that is not as it should be.  One alteration changes nothing: the two types
 * of netlink sockets, 2 and 3, are both allowed, and differ in the very bit
 * that is taken off their mask.
 */
TEST(an_altered_program_is_noticed)
{
	struct filter_options options = { .arch = SYSCALL_X86_64 };
	_cleanup_(filter_done) struct filter filter = input_filter(&options);
	_cleanup_free_ struct filter_model *model = input_model(&options);
	unsigned int unnoticed = 0;

	for (size_t i = 0; i < (size_t)filter.length * 4; i++) {
		struct sock_filter *instruction = &filter.instructions[i / 4];
		struct sock_filter original = *instruction;
		struct comparison comparison = { &filter, model, { 0 }, 0, "" };

		alter(instruction, (int)(i % 4));
		if (memcmp(instruction, &original, sizeof(original)) != 0) {
			unnoticed += !is_noticed(&comparison);
		}
		*instruction = original;
	}
	ASSERT_EQ(unnoticed, 1);
}

TEST(the_program_is_short)
{
	for (size_t i = 0; i < INPUT_OPTIONS; i++) {
		struct filter_options options = input_options(i);
		_cleanup_(filter_done) struct filter filter =
			input_filter(&options);

		ASSERT_TRUE(filter.length <= LENGTH_CEILING);
	}
}

/*
 * The kernel remembers the numbers that a filter allows whatever the arguments
 * are, if it can see so; it gives up at any instruction but these.
 */
TEST(allowed_calls_look_at_the_number_alone)
{
	struct filter_options options = FILTER_OPTIONS_INIT;
	_cleanup_(filter_done) struct filter filter = input_filter(&options);
	_cleanup_free_ struct filter_model *model = input_model(&options);
	unsigned int worst = 0;

	for (size_t i = 0; i < model->call_count; i++) {
		struct seccomp_data data = {
			.nr = (int)model->calls[i].number,
			.arch = syscall_audit_arch(options.arch),
		};
		struct simulator_end end = simulator_run(&filter, &data);

		if (model->calls[i].rule_count == 0 && end.steps > worst) {
			worst = end.steps;
		}
	}
	/* Two loads, the architecture, a tree over some 64 ranges, a return. */
	ASSERT_TRUE(worst <= 4 + 9);
}

static uint32_t verdict_of(const struct filter *filter, const char *name,
			   uint64_t first, uint64_t second)
{
	struct seccomp_data data = {
		.nr = syscall_number(SYSCALL_ARCH_NATIVE, name),
		.arch = syscall_audit_arch(SYSCALL_ARCH_NATIVE),
		.args = { first, second },
	};

	return simulator_run(filter, &data).verdict;
}

TEST(high_bits_of_a_32_bit_argument_change_nothing)
{
	static const uint64_t high = (uint64_t)1 << 32;
	struct filter_options options = FILTER_OPTIONS_INIT;
	_cleanup_(filter_done) struct filter filter = input_filter(&options);

	ASSERT_EQ(verdict_of(&filter, "ioctl", 0, high | 0x5412),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "clone", high | 0x10000000, 0),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "clone", high | 17, 0), FILTER_ALLOW);
	ASSERT_EQ(verdict_of(&filter, "socket", high | 1, 1), FILTER_ALLOW);
	ASSERT_EQ(verdict_of(&filter, "personality", high | 0x0400000, 0),
		  FILTER_ERRNO(EPERM));
}

TEST(sockets_that_reach_the_kernel_are_refused)
{
	struct filter_options options = FILTER_OPTIONS_INIT;
	_cleanup_(filter_done) struct filter filter = input_filter(&options);

	ASSERT_EQ(verdict_of(&filter, "socket", 38 /* AF_ALG */, 5),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "socket", 40 /* AF_VSOCK */, 1),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "socket", 17 /* AF_PACKET */, 3),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "socket", 2, 3 /* SOCK_RAW */),
		  FILTER_ERRNO(EPERM));
	options.allow_net_raw = true;
	filter_done(&filter);
	filter = input_filter(&options);
	ASSERT_EQ(verdict_of(&filter, "socket", 2, 3), FILTER_ALLOW);
	ASSERT_EQ(verdict_of(&filter, "socket", 17, 3), FILTER_ERRNO(EPERM));
}

TEST(with_one_id_nobody_else_is_rescheduled)
{
	struct filter_options options = FILTER_OPTIONS_INIT;
	_cleanup_(filter_done) struct filter filter = input_filter(&options);

	ASSERT_EQ(verdict_of(&filter, "prlimit64", 1, 0), FILTER_ALLOW);
	options.single_id = true;
	filter_done(&filter);
	filter = input_filter(&options);
	ASSERT_EQ(verdict_of(&filter, "prlimit64", 0, 0), FILTER_ALLOW);
	ASSERT_EQ(verdict_of(&filter, "prlimit64", 1, 0), FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "sched_setscheduler", 1, 0),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "setpriority", 0, 0), FILTER_ALLOW);
	ASSERT_EQ(verdict_of(&filter, "setpriority", 0, 1),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "setpriority", 2 /* PRIO_USER */, 0),
		  FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "ioprio_set", 1, 0), FILTER_ALLOW);
	ASSERT_EQ(verdict_of(&filter, "ioprio_set", 3, 0), FILTER_ERRNO(EPERM));
	ASSERT_EQ(verdict_of(&filter, "kill", 1, 9), FILTER_ALLOW);
}
