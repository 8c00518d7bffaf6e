/* SPDX-License-Identifier: Apache-2.0 */
/* Tests that go wrong in every way the harness must notice; see check.py. */
#include "lib/need.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum colour {
	RED,
	GREEN
};

TEST(passes)
{
	const enum colour colour = GREEN;

	ASSERT_TRUE(1 + 1 == 2);
	ASSERT_EQ(colour, GREEN);
	ASSERT_EQ(sizeof(int) == 4, true);
	ASSERT_STR("same", "same");
	ASSERT_CONTAINS("a needle here", "needle");
	ASSERT_OK(3);
	printf("output of a test that passes is not shown\n");
}

TEST(condition_fails)
{
	ASSERT_TRUE(1 > 2);
}

TEST(numbers_differ)
{
	ASSERT_EQ(40 + 1, 42);
}

TEST(texts_differ)
{
	ASSERT_STR("left", "right");
}

TEST(text_is_null)
{
	ASSERT_STR((const char *)NULL, "right");
}

TEST(part_is_missing)
{
	ASSERT_CONTAINS("haystack", "needle");
}

TEST(call_fails)
{
	ASSERT_OK(-ENOENT);
}

TEST(says_why)
{
	printf("first some output\n");
	FAIL("because of %d", 7);
}

TEST(skips)
{
	SKIP("no %s here", "kernel");
}

TEST(crashes)
{
	(void)raise(SIGSEGV);
}

TEST(aborts)
{
	abort();
}

TEST(exits_by_itself)
{
	exit(0);
}

TEST(pretends_to_skip)
{
	_exit(77);
}

TEST(hangs_with_a_child)
{
	(void)fork();
	for (;;) {
		(void)pause();
	}
}

TEST(leaves_a_child_that_holds_the_output)
{
	if (fork() == 0) {
		for (;;) {
			(void)pause();
		}
	}
}

TEST(leaks_a_descriptor)
{
	ASSERT_OK(open("/dev/zero", O_RDONLY | O_CLOEXEC));
}

TEST(closes_a_descriptor)
{
	(void)close(0);
}

TEST(swaps_a_descriptor)
{
	int zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);

	(void)dup2(zero, 0);
	(void)close(zero);
}

TEST(prints_odd_bytes)
{
	printf("not ok 1 bell\a and no line feed");
	(void)fflush(stdout);
	_exit(3);
}

TEST(needs_python)
{
	NEED(python3);
}

/* Root as well has it no more after this. */
TEST(needs_root)
{
	ASSERT_TRUE(setresuid(65534, 65534, 65534) == 0 || geteuid() != 0);
	NEED(root);
}

TEST(needs_something_unknown)
{
	NEED(no_such_feature);
}
