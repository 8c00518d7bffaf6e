/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a filter's verdict straight from its model.  This is what the compiled
 * program is held against, so it stays as plain as it can be.
 */
#include "policy/filter_model.h"

#include <stdbool.h>

static bool test_holds(const struct filter_test *test, uint64_t argument)
{
	switch ((enum filter_comparison)test->comparison) {
	case FILTER_EQ:
		return argument == test->value;
	case FILTER_NE:
		return argument != test->value;
	case FILTER_LT:
		return argument < test->value;
	case FILTER_LE:
		return argument <= test->value;
	case FILTER_GT:
		return argument > test->value;
	case FILTER_GE:
		return argument >= test->value;
	case FILTER_MASKED_EQ:
		return (argument & test->mask) == test->value;
	}
	return false;
}

static bool rule_applies(const struct filter_rule *rule,
			 const uint64_t arguments[FILTER_ARGUMENTS])
{
	for (size_t i = 0; i < rule->test_count; i++) {
		const struct filter_test *test = &rule->tests[i];

		if (!test_holds(test, arguments[test->argument])) {
			return false;
		}
	}
	return true;
}

const struct filter_call *filter_model_call(const struct filter_model *model,
					    uint32_t number)
{
	for (size_t i = 0; i < model->call_count; i++) {
		if (model->calls[i].number == number) {
			return &model->calls[i];
		}
	}
	return NULL;
}

uint32_t filter_verdict(const struct filter_model *model, uint32_t audit_arch,
			uint32_t number,
			const uint64_t arguments[FILTER_ARGUMENTS])
{
	const struct filter_call *call = NULL;

	if (audit_arch != syscall_audit_arch(model->arch)) {
		return model->foreign;
	}
	if (model->arch == SYSCALL_X86_64 && number >= FILTER_X32_START) {
		return FILTER_X32_ANSWER;
	}
	call = filter_model_call(model, number);
	if (call == NULL) {
		return model->unknown;
	}
	for (size_t i = 0; i < call->rule_count; i++) {
		if (rule_applies(&call->rules[i], arguments)) {
			return call->rules[i].verdict;
		}
	}
	return call->otherwise;
}
