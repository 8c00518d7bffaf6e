/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compiler itself, on models that no profile of ours has: all comparisons,
 * all verdicts, rules in any order, jumps too long for their 8 bits.
 */
#include "base/array.h"
#include "base/cleanup.h"
#include "lib/tap.h"
#include "patterns.h"
#include "simulator.h"

#include <errno.h>
#include <stdlib.h>

#define CALLS_MAX 1000
#define RULES_MAX 8

/* A model together with the rules that it borrows. */
struct made_model {
	struct filter_model *model;
	struct filter_rule rules[CALLS_MAX][RULES_MAX];
};

static void free_made(struct made_model **made)
{
	free((*made)->model);
	free(*made);
}

static uint32_t random_below(struct pattern_random *random, uint32_t end)
{
	return (uint32_t)(pattern_random(random) >> 32) % end;
}

static uint32_t random_verdict(struct pattern_random *random)
{
	static const uint32_t verdicts[] = {
		FILTER_ALLOW,           FILTER_KILL,
		FILTER_ERRNO(1),        FILTER_ERRNO(38),
		SECCOMP_RET_TRAP,       SECCOMP_RET_LOG,
		SECCOMP_RET_USER_NOTIF, SECCOMP_RET_KILL_THREAD,
	};

	return verdicts[random_below(random, ARRAY_SIZE(verdicts))];
}

/* Few different ones, so that rules meet each other's values. */
static uint64_t random_value(struct pattern_random *random)
{
	static const uint64_t values[] = {
		0,
		1,
		2,
		0xffffffff,
		0x100000000,
		0x100000001,
		0x200000000,
		0x7fffffffffffffff,
		0x8000000000000000,
		0xffffffff00000000,
		0xfffffffffffffffe,
		0xffffffffffffffff,
	};

	return values[random_below(random, ARRAY_SIZE(values))];
}

/* Half of the tests are like those of the profile: few bits, few values. */
static struct filter_test random_test(struct pattern_random *random)
{
	struct filter_test test = {
		.argument = (unsigned char)random_below(random, 2),
		.comparison = FILTER_MASKED_EQ,
		.value = random_below(random, 3),
		.mask = random_below(random, 3) == 0 ? 3 : 0xffffffff,
	};

	if (random_below(random, 2) == 0) {
		return test;
	}
	test.comparison = (unsigned char)random_below(random, 7);
	test.value = random_value(random);
	test.mask = random_value(random);
	/* Most such masks would never match; some may. */
	if (test.comparison == FILTER_MASKED_EQ &&
	    random_below(random, 4) != 0) {
		test.value &= test.mask;
	}
	return test;
}

/* Half of the rules begin as the one before them does. */
static struct filter_rule random_rule(struct pattern_random *random,
				      const struct filter_rule *before)
{
	struct filter_rule rule = { .verdict = random_verdict(random) };
	size_t shared = 0;

	rule.test_count = (unsigned char)random_below(random, 4);
	if (before != NULL && random_below(random, 2) == 0) {
		shared = random_below(random, before->test_count + 1U);
	}
	for (size_t i = 0; i < rule.test_count; i++) {
		rule.tests[i] =
			i < shared ? before->tests[i] : random_test(random);
	}
	return rule;
}

static struct made_model *make(struct pattern_random *random, size_t calls)
{
	struct made_model *made = calloc(1, sizeof(*made));
	struct filter_model *model = NULL;
	uint32_t number = 0;

	ASSERT_TRUE(made != NULL);
	model = calloc(1, sizeof(*model) + calls * sizeof(model->calls[0]));
	ASSERT_TRUE(model != NULL);
	made->model = model;
	model->arch = SYSCALL_AARCH64;
	model->foreign = random_verdict(random);
	model->unknown = random_verdict(random);
	model->call_count = calls;
	for (size_t i = 0; i < calls; i++) {
		size_t count = random_below(random, RULES_MAX + 1);

		number += random_below(random, 4) == 0 ? 3 : 1;
		for (size_t j = 0; j < count; j++) {
			made->rules[i][j] = random_rule(
				random, j == 0 ? NULL : &made->rules[i][j - 1]);
		}
		model->calls[i] = (struct filter_call){
			.number = number,
			.otherwise = random_verdict(random),
			.rules = made->rules[i],
			.rule_count = random_below(random, 2) == 0 ? 0 : count,
		};
	}
	return made;
}

static void compare_one(const struct filter *filter,
			const struct filter_model *model,
			struct pattern_random *random)
{
	uint32_t end = model->calls[model->call_count - 1].number + 3;
	struct seccomp_data data = {
		.nr = (int)random_below(random, end),
		.arch = syscall_audit_arch(model->arch),
	};
	uint64_t arguments[FILTER_ARGUMENTS];

	for (size_t i = 0; i < FILTER_ARGUMENTS; i++) {
		arguments[i] =
			random_value(random) + random_below(random, 3) - 1;
		data.args[i] = arguments[i];
	}
	ASSERT_EQ(
		simulator_run(filter, &data).verdict,
		filter_verdict(model, data.arch, (uint32_t)data.nr, arguments));
}

static unsigned int count_long_jumps(const struct filter *filter)
{
	unsigned int count = 0;

	for (size_t i = 0; i < filter->length; i++) {
		count += filter->instructions[i].code == (BPF_JMP | BPF_JA);
	}
	return count;
}

/* Returns the number of long jumps in the program. */
static unsigned int compare_made(struct pattern_random *random, size_t calls)
{
	_cleanup_(free_made) struct made_model *made = make(random, calls);
	_cleanup_(filter_done) struct filter filter = FILTER_INIT;
	struct err err = ERR_INIT;
	const char *fault = NULL;

	ASSERT_OK(filter_compile_model(made->model, &filter, &err));
	fault = simulator_fault(&filter);
	if (fault != NULL) {
		FAIL("%s", fault);
	}
	for (size_t i = 0; i < calls * 100; i++) {
		compare_one(&filter, made->model, random);
	}
	return count_long_jumps(&filter);
}

TEST(any_small_model_is_translated_faithfully)
{
	struct pattern_random random = PATTERN_RANDOM_INIT;

	for (size_t i = 0; i < 5000; i++) {
		(void)compare_made(&random, 1 + random_below(&random, 6));
	}
}

/* So many sizes that jumps of exactly the longest distance are among them. */
TEST(jumps_may_be_longer_than_their_field)
{
	struct pattern_random random = PATTERN_RANDOM_INIT;
	unsigned int long_jumps = 0;

	for (size_t calls = 60; calls < 260; calls++) {
		long_jumps += compare_made(&random, calls);
	}
	ASSERT_TRUE(long_jumps > 200);
}

TEST(a_filter_too_long_for_the_kernel_is_refused)
{
	struct pattern_random random = PATTERN_RANDOM_INIT;
	_cleanup_(free_made) struct made_model *made = make(&random, CALLS_MAX);
	_cleanup_(filter_done) struct filter filter = FILTER_INIT;
	struct err err = ERR_INIT;

	ASSERT_EQ(filter_compile_model(made->model, &filter, &err), -E2BIG);
	ASSERT_TRUE(filter.instructions == NULL);
	ASSERT_EQ(err.kind, SANDBOX_ERROR_SPEC);
	ASSERT_CONTAINS(err.text, "system-call filter");
}

TEST(the_first_rule_that_applies_decides)
{
	static const struct filter_rule rules[] = {
		{ FILTER_KILL, 1, { { 0, FILTER_GE, 10, 0 } } },
		{ FILTER_ALLOW, 1, { { 0, FILTER_GE, 5, 0 } } },
		{ FILTER_ERRNO(7), 0, { { 0 } } },
		{ FILTER_ALLOW, 0, { { 0 } } },
	};
	static const uint32_t expected[] = { FILTER_ERRNO(7), FILTER_ALLOW,
					     FILTER_KILL };
	_cleanup_free_ struct filter_model *model =
		calloc(1, sizeof(*model) + sizeof(model->calls[0]));
	_cleanup_(filter_done) struct filter filter = FILTER_INIT;

	ASSERT_TRUE(model != NULL);
	model->call_count = 1;
	model->calls[0] = (struct filter_call){ 0, FILTER_ALLOW, rules,
						ARRAY_SIZE(rules) };
	ASSERT_OK(filter_compile_model(model, &filter, NULL));
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
		struct seccomp_data data = {
			.arch = syscall_audit_arch(model->arch),
			.args = { i * 5 },
		};

		ASSERT_EQ(simulator_run(&filter, &data).verdict, expected[i]);
	}
}
