/* SPDX-License-Identifier: Apache-2.0 */
/* A document's rules come before those of the profile, first come first. */
#include "base/array.h"
#include "base/cleanup.h"
#include "inputs.h"
#include "lib/tap.h"
#include "patterns.h"
#include "simulator.h"

#include <errno.h>
#include <string.h>

enum {
	SETS = 60,
	RULES = 24
};

static uint32_t number_of(const char *name)
{
	int number = syscall_number(SYSCALL_X86_64, name);

	ASSERT_TRUE(number >= 0);
	return (uint32_t)number;
}

static uint32_t verdict_of(const struct filter_options *options,
			   const char *name,
			   const uint64_t arguments[FILTER_ARGUMENTS])
{
	_cleanup_free_ struct filter_model *model = filter_model_new(options);

	ASSERT_TRUE(model != NULL);
	return filter_verdict(model, syscall_audit_arch(options->arch),
			      number_of(name), arguments);
}

static const uint64_t zeros[FILTER_ARGUMENTS] = { 0 };

TEST(profiles_differ_where_they_say)
{
	static const struct {
		const char *name;
		uint32_t usual;
		uint32_t strict;
		uint32_t compat;
	} rows[] = {
		{ "ptrace", FILTER_ALLOW, FILTER_ERRNO(EPERM), FILTER_ALLOW },
		{ "sync", FILTER_ALLOW, FILTER_ERRNO(EPERM), FILTER_ALLOW },
		{ "vmsplice", FILTER_ERRNO(EPERM), FILTER_ERRNO(EPERM),
		  FILTER_ALLOW },
		{ "mount", FILTER_ERRNO(EPERM), FILTER_ERRNO(EPERM),
		  FILTER_ERRNO(EPERM) },
		{ "io_uring_setup", FILTER_ERRNO(EPERM), FILTER_ERRNO(EPERM),
		  FILTER_ERRNO(EPERM) },
		{ "read", FILTER_ALLOW, FILTER_ALLOW, FILTER_ALLOW },
		{ "clone3", FILTER_ERRNO(ENOSYS), FILTER_ERRNO(ENOSYS),
		  FILTER_ERRNO(ENOSYS) },
	};
	struct filter_options options = { .arch = SYSCALL_X86_64 };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		options.profile = FILTER_PROFILE_DEFAULT;
		ASSERT_EQ(verdict_of(&options, rows[i].name, zeros),
			  rows[i].usual);
		options.profile = FILTER_PROFILE_STRICT;
		ASSERT_EQ(verdict_of(&options, rows[i].name, zeros),
			  rows[i].strict);
		options.profile = FILTER_PROFILE_COMPAT;
		ASSERT_EQ(verdict_of(&options, rows[i].name, zeros),
			  rows[i].compat);
	}
}

/* Container engines know all families but two. */
TEST(compat_has_all_sockets_but_two_families)
{
	struct filter_options options = { .arch = SYSCALL_X86_64,
					  .profile = FILTER_PROFILE_COMPAT };

	for (uint64_t family = 0; family < 46; family++) {
		const uint64_t arguments[FILTER_ARGUMENTS] = { family, 3, 255 };
		bool refused = family == 38 || family == 40;

		ASSERT_EQ(verdict_of(&options, "socket", arguments),
			  refused ? FILTER_ERRNO(EPERM) : FILTER_ALLOW);
	}
}

TEST(profile_none_has_nothing_but_the_additions)
{
	const struct filter_addition additions[] = {
		{ .number = number_of("read"),
		  .rule = { .verdict = FILTER_ALLOW } },
	};
	struct filter_options options = {
		.arch = SYSCALL_X86_64,
		.profile = FILTER_PROFILE_NONE,
		.otherwise = FILTER_ERRNO(EXDEV),
		.additions = additions,
		.addition_count = 1,
	};

	ASSERT_EQ(verdict_of(&options, "read", zeros), FILTER_ALLOW);
	ASSERT_EQ(verdict_of(&options, "write", zeros), FILTER_ERRNO(EXDEV));
	ASSERT_EQ(verdict_of(&options, "clone3", zeros), FILTER_ERRNO(EXDEV));
}

/* Or a call that a rule refuses could be made by its other number. */
TEST(what_is_allowed_otherwise_is_not_x32)
{
	const struct filter_addition additions[] = {
		{ .number = number_of("ptrace"),
		  .rule = { .verdict = FILTER_ERRNO(EXDEV) } },
	};
	const struct filter_options options = {
		.arch = SYSCALL_X86_64,
		.profile = FILTER_PROFILE_NONE,
		.otherwise = FILTER_ALLOW,
		.additions = additions,
		.addition_count = 1,
	};
	static const struct {
		uint32_t number;
		uint32_t verdict;
	} rows[] = {
		{ 101 /* ptrace */, FILTER_ERRNO(EXDEV) },
		{ 0x40000000 + 101, FILTER_ERRNO(ENOSYS) },
		{ 0x40000000 + 521 /* x32's ptrace */, FILTER_ERRNO(ENOSYS) },
		{ 0x40000000, FILTER_ERRNO(ENOSYS) },
		{ UINT32_MAX, FILTER_ERRNO(ENOSYS) },
		{ 0x3fffffff, FILTER_ALLOW },
		{ 0, FILTER_ALLOW },
	};
	_cleanup_(filter_done) struct filter filter = input_filter(&options);
	_cleanup_free_ struct filter_model *model = input_model(&options);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct seccomp_data data = {
			.nr = (int)rows[i].number,
			.arch = syscall_audit_arch(SYSCALL_X86_64),
		};

		ASSERT_EQ(simulator_run(&filter, &data).verdict,
			  rows[i].verdict);
		ASSERT_EQ(
			filter_verdict(model, data.arch, rows[i].number, zeros),
			rows[i].verdict);
	}
}

static struct filter_rule random_rule(struct pattern_random *random)
{
	static const uint64_t values[] = { 0,          1,           2,
					   0xffffffff, 0x100000000, 0x100000001,
					   UINT64_MAX };
	struct filter_rule rule = {
		.verdict = FILTER_ERRNO(1 +
					(uint32_t)(pattern_random(random) % 5)),
		.test_count = (unsigned char)(pattern_random(random) % 4),
	};

	for (size_t i = 0; i < rule.test_count; i++) {
		struct filter_test *test = &rule.tests[i];

		test->argument = (unsigned char)(pattern_random(random) % 3);
		test->comparison = (unsigned char)(pattern_random(random) % 7);
		test->value =
			values[pattern_random(random) % ARRAY_SIZE(values)];
		test->mask =
			values[pattern_random(random) % ARRAY_SIZE(values)];
		if (test->comparison != FILTER_MASKED_EQ) {
			test->mask = 0;
		} else {
			test->value &= test->mask;
		}
	}
	return rule;
}

struct question {
	const struct filter *filter;
	const struct filter_options *options;
	const struct filter_model *plain; /* the profile without additions */
	uint32_t number;
};

static bool holds(const struct filter_test *test, uint64_t value)
{
	static const bool when_less[] = { 0, 1, 1, 1, 0, 0 };
	static const bool when_equal[] = { 1, 0, 0, 1, 0, 1 };
	static const bool when_more[] = { 0, 1, 0, 0, 1, 1 };

	if (test->comparison == FILTER_MASKED_EQ) {
		return (value & test->mask) == test->value;
	}
	return value < test->value    ? when_less[test->comparison]
	       : value == test->value ? when_equal[test->comparison]
				      : when_more[test->comparison];
}

/* What a reader of the document expects, without any of our structures. */
static uint32_t expected(const struct question *question,
			 const uint64_t arguments[FILTER_ARGUMENTS])
{
	for (size_t i = 0; i < question->options->addition_count; i++) {
		const struct filter_addition *addition =
			&question->options->additions[i];
		bool fits = addition->number == question->number;

		for (size_t j = 0; j < addition->rule.test_count; j++) {
			const struct filter_test *test =
				&addition->rule.tests[j];

			fits = fits && holds(test, arguments[test->argument]);
		}
		if (fits) {
			return addition->rule.verdict;
		}
	}
	return filter_verdict(question->plain,
			      syscall_audit_arch(SYSCALL_X86_64),
			      question->number, arguments);
}

static void ask(void *arg, const uint64_t arguments[FILTER_ARGUMENTS])
{
	const struct question *question = arg;
	struct seccomp_data data = {
		.nr = (int)question->number,
		.arch = syscall_audit_arch(SYSCALL_X86_64),
	};

	memcpy(data.args, arguments, sizeof(data.args));
	ASSERT_EQ(simulator_run(question->filter, &data).verdict,
		  expected(question, arguments));
}

static void ask_about(struct question *question, const char *name)
{
	_cleanup_free_ struct filter_model *model =
		filter_model_new(question->options);

	ASSERT_TRUE(model != NULL);
	question->number = number_of(name);
	(void)patterns_for_each(filter_model_call(model, question->number), ask,
				question);
}

TEST(the_program_does_what_the_document_says)
{
	static const char *const names[] = { "read", "socket", "clone", "mount",
					     "clone3" };
	struct pattern_random random = PATTERN_RANDOM_INIT;

	for (size_t set = 0; set < SETS; set++) {
		struct filter_addition additions[RULES] = { 0 };
		struct filter_options options = {
			.arch = SYSCALL_X86_64,
			.profile = (enum filter_profile)(set % 4),
			.otherwise = FILTER_ERRNO(9),
			.additions = additions,
			.addition_count = RULES,
		};
		struct filter_options bare = options;
		_cleanup_free_ struct filter_model *plain = NULL;
		struct filter filter;
		struct question question = { &filter, &options, NULL, 0 };

		for (size_t i = 0; i < RULES; i++) {
			additions[i].number =
				number_of(names[pattern_random(&random) %
						ARRAY_SIZE(names)]);
			additions[i].rule = random_rule(&random);
		}
		bare.addition_count = 0;
		plain = filter_model_new(&bare);
		question.plain = plain;
		filter = input_filter(&options);
		for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
			ask_about(&question, names[i]);
		}
		filter_done(&filter);
	}
}
