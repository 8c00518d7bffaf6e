/* SPDX-License-Identifier: Apache-2.0 */
/* Makes argument patterns from the rules that they are to try. */
#include "patterns.h"

#include "lib/tap.h"

#include <stdbool.h>
#include <string.h>

#define VALUES_MAX 512

struct values {
	uint64_t of[FILTER_ARGUMENTS][VALUES_MAX];
	size_t count[FILTER_ARGUMENTS];
};

uint64_t pattern_random(struct pattern_random *random)
{
	random->state ^= random->state << 13;
	random->state ^= random->state >> 7;
	random->state ^= random->state << 17;
	return random->state;
}

static void add_value(struct values *values, size_t argument, uint64_t value)
{
	size_t *count = &values->count[argument];

	for (size_t i = 0; i < *count; i++) {
		if (values->of[argument][i] == value) {
			return;
		}
	}
	if (*count == VALUES_MAX) {
		FAIL("more than %d values", VALUES_MAX);
	}
	values->of[argument][(*count)++] = value;
}

static void add_constant(struct values *values, const struct filter_test *test)
{
	static const uint64_t high = (uint64_t)1 << 32;
	uint64_t value = test->value;

	add_value(values, test->argument, value);
	add_value(values, test->argument, value + 1);
	add_value(values, test->argument, value - 1);
	add_value(values, test->argument, value + high);
	add_value(values, test->argument, value - high);
	add_value(values, test->argument, value | 0xffffffff00000000U);
	add_value(values, test->argument, value << 32);
	if (test->comparison == FILTER_MASKED_EQ) {
		/* All that is ignored, then all that is not. */
		add_value(values, test->argument, value | ~test->mask);
		add_value(values, test->argument, value ^ test->mask);
	}
}

/* Each bit of a mask must count. */
static void add_mask_bits(struct values *values, const struct filter_test *test)
{
	for (unsigned int bit = 0; bit < 64; bit++) {
		uint64_t flag = (uint64_t)1 << bit;

		if (test->comparison == FILTER_MASKED_EQ &&
		    test->mask != 0xffffffff && (test->mask & flag) != 0) {
			add_value(values, test->argument, test->value ^ flag);
		}
	}
}

static void collect(struct values *values, const struct filter_call *call)
{
	struct pattern_random random = PATTERN_RANDOM_INIT;

	for (size_t i = 0; i < call->rule_count; i++) {
		const struct filter_rule *rule = &call->rules[i];

		for (size_t j = 0; j < rule->test_count; j++) {
			add_constant(values, &rule->tests[j]);
			add_mask_bits(values, &rule->tests[j]);
		}
	}
	for (size_t i = 0; i < FILTER_ARGUMENTS; i++) {
		if (values->count[i] > 0) {
			add_value(values, i, 0);
			add_value(values, i, UINT64_MAX);
			add_value(values, i, pattern_random(&random));
		}
	}
}

/* Counts through all combinations; false after the last. */
static bool advance(const struct values *values,
		    size_t chosen[FILTER_ARGUMENTS])
{
	for (size_t i = 0; i < FILTER_ARGUMENTS; i++) {
		if (chosen[i] + 1 < values->count[i]) {
			chosen[i]++;
			return true;
		}
		chosen[i] = 0;
	}
	return false;
}

static unsigned long each_combination(const struct values *values,
				      pattern_f each, void *arg)
{
	struct pattern_random random = PATTERN_RANDOM_INIT;
	size_t chosen[FILTER_ARGUMENTS] = { 0 };
	unsigned long count = 0;

	do {
		uint64_t arguments[FILTER_ARGUMENTS];

		for (size_t i = 0; i < FILTER_ARGUMENTS; i++) {
			arguments[i] = values->count[i] > 0
					       ? values->of[i][chosen[i]]
					       : pattern_random(&random);
		}
		each(arg, arguments);
		count++;
	} while (advance(values, chosen));
	return count;
}

static unsigned long each_plain(pattern_f each, void *arg)
{
	struct pattern_random random = PATTERN_RANDOM_INIT;
	uint64_t arguments[FILTER_ARGUMENTS];

	memset(arguments, 0, sizeof(arguments));
	each(arg, arguments);
	memset(arguments, 0xff, sizeof(arguments));
	each(arg, arguments);
	for (size_t i = 0; i < 4; i++) {
		for (size_t j = 0; j < FILTER_ARGUMENTS; j++) {
			arguments[j] = pattern_random(&random);
		}
		each(arg, arguments);
	}
	return 6;
}

unsigned long patterns_for_each(const struct filter_call *call, pattern_f each,
				void *arg)
{
	struct values values = { .count = { 0 } };
	unsigned long count = each_plain(each, arg);

	if (call != NULL && call->rule_count > 0) {
		collect(&values, call);
		count += each_combination(&values, each, arg);
	}
	return count;
}
