/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts the rules of a document before those of the profile, call by call.  A
 * rule without tests makes what comes after it moot, so the call is then that
 * verdict and nothing else.
 */
#include "policy/filter_additions.h"

static size_t count_of(const struct filter_options *options, uint32_t number)
{
	size_t count = 0;

	for (size_t i = 0; i < options->addition_count; i++) {
		count += options->additions[i].number == number;
	}
	return count;
}

size_t filter_additions_room(const struct filter_options *options)
{
	/* As if each were about another call. */
	return options->addition_count * (PROFILE_RULES_MAX + 1) *
	       sizeof(struct filter_rule);
}

struct filter_rule *filter_additions_put(const struct filter_options *options,
					 struct filter_call *call,
					 struct filter_rule *room)
{
	size_t count = 0;

	if (count_of(options, call->number) == 0) {
		return room;
	}
	for (size_t i = 0; i < options->addition_count; i++) {
		const struct filter_addition *addition = &options->additions[i];

		if (addition->number != call->number) {
			continue;
		}
		if (addition->rule.test_count == 0) {
			call->otherwise = addition->rule.verdict;
			call->rules = room;
			call->rule_count = count;
			return room + count;
		}
		room[count++] = addition->rule;
	}
	for (size_t i = 0; i < call->rule_count; i++) {
		room[count++] = call->rules[i];
	}
	call->rules = room;
	call->rule_count = count;
	return room + count;
}
