/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small test harness: each TEST runs in a forked child with its own process
 * group, and what it found is printed as TAP version 13.  A failing assertion
 * ends the child at once, so nothing of a broken test reaches the next one.
 *
 *	TEST(an_empty_name_is_refused)
 *	{
 *		ASSERT_EQ(name_check(""), -EINVAL);
 *	}
 *
 * The program's arguments, if any, name the tests to run.  TEST_TIMEOUT is the
 * number of seconds that one test may take, 60 unless it is set.
 *
 * A test fails when an assertion does, when it ends by a signal, calls exit()
 * itself, runs too long, or returns with other descriptors than it began with.
 * What it wrote to stdout and stderr is shown only when it fails.
 */
#ifndef SANDBOX_TESTS_LIB_TAP_H
#define SANDBOX_TESTS_LIB_TAP_H

#include <stdbool.h>
#include <stdint.h>

struct tap_test {
	const char *name;
	void (*run)(void);
	struct tap_test *next;
};

/* Where an assertion stands, and what it says. */
struct tap_place {
	const char *file;
	int line;
};

#define TAP_HERE ((struct tap_place){ __FILE__, __LINE__ })

void tap_register(struct tap_test *test);
int tap_main(int argc, char **argv);

/* The first three end the test; the others do so unless what they say holds. */
__attribute__((noreturn, format(printf, 2, 3))) void tap_fail(
	struct tap_place place, const char *format, ...);
__attribute__((noreturn, format(printf, 1, 2))) void tap_skip(
	const char *format, ...);
void tap_equal(struct tap_place place, const char *expression, intmax_t a,
	       intmax_t b);
void tap_same_text(struct tap_place place, const char *expression,
		   const char *a, const char *b);
void tap_contains(struct tap_place place, const char *expression,
		  const char *text, const char *part);
void tap_ok(struct tap_place place, const char *expression, intmax_t result);

#define TEST(sentence)                                                      \
	static void test_##sentence(void);                                  \
	__attribute__((constructor)) static void register_##sentence(void)  \
	{                                                                   \
		static struct tap_test test = { #sentence, test_##sentence, \
						(struct tap_test *)0 };     \
		tap_register(&test);                                        \
	}                                                                   \
	static void test_##sentence(void)

#define FAIL(...) tap_fail(TAP_HERE, __VA_ARGS__)
#define SKIP(...) tap_skip(__VA_ARGS__)

#define ASSERT_TRUE(condition)                                          \
	do {                                                            \
		if (!(condition)) {                                     \
			tap_fail(TAP_HERE, "not true: %s", #condition); \
		}                                                       \
	} while (0)

/* Adding 0 gives bit-fields, booleans and enumerators a type to copy. */
#define ASSERT_EQ(a, b)                                             \
	do {                                                        \
		const __typeof__((a) + 0) tap_a_ = (a);             \
		const __typeof__((b) + 0) tap_b_ = (b);             \
		tap_equal(TAP_HERE, #a " == " #b, (intmax_t)tap_a_, \
			  (intmax_t)tap_b_);                        \
	} while (0)

#define ASSERT_STR(a, b) tap_same_text(TAP_HERE, #a " == " #b, a, b)

#define ASSERT_CONTAINS(text, part) \
	tap_contains(TAP_HERE, #text " contains " #part, text, part)

/* A negative result is an errno; any other is fine. */
#define ASSERT_OK(call)                                            \
	do {                                                       \
		const __typeof__((call) + 0) tap_result_ = (call); \
		tap_ok(TAP_HERE, #call, (intmax_t)tap_result_);    \
	} while (0)

#endif
