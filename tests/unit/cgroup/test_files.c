/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a group, which in the tests are files that keep what is written. */
#include "cgroup/group.h"
#include "fake_root.h"
#include "lib/tap.h"

#include <errno.h>
#include <unistd.h>

TEST(a_number_is_found_alone_or_behind_its_word)
{
	int root = fake_root();
	const struct cgroup_part part = { .version = 2, .directory = root };
	uint64_t number = 0;

	fake_file(root, "d/x", "low 0\nmax 3\noom 1\noom_kill 12\n");
	fake_file(root, "d/peak", "4096\n");
	fake_file(root, "d/most", "max\n");
	ASSERT_OK(cgroup_read_number(&part, "d/x", "oom_kill", &number));
	ASSERT_EQ(number, 12);
	ASSERT_OK(cgroup_read_number(&part, "d/x", "oom", &number));
	ASSERT_EQ(number, 1);
	ASSERT_OK(cgroup_read_number(&part, "d/peak", NULL, &number));
	ASSERT_EQ(number, 4096);
	ASSERT_OK(cgroup_read_number(&part, "d/most", NULL, &number));
	ASSERT_TRUE(number == UINT64_MAX);
	ASSERT_EQ(cgroup_read_number(&part, "d/x", "kill", &number), -ENODATA);
	ASSERT_EQ(cgroup_read_number(&part, "d/no", NULL, &number), -ENOENT);
	(void)close(root);
}

TEST(what_does_not_read_back_is_an_error)
{
	int root = fake_root();
	const struct cgroup_part part = { .version = 2, .directory = root };

	/* Longer than what is written over it, so its end stays. */
	fake_file(root, "d/kept", "    \n");
	fake_file(root, "d/pages", "");
	fake_file(root, "d/lines", "");
	ASSERT_EQ(cgroup_write(&part, "d/kept", "512", CGROUP_EXACT), -EILSEQ);
	ASSERT_OK(cgroup_write(&part, "d/lines", "512", CGROUP_EXACT));
	ASSERT_OK(cgroup_write(&part, "d/pages", "70000", CGROUP_BYTES));
	ASSERT_OK(cgroup_write(&part, "d/lines", "8:0 rbps=1\n8:1 rbps=2",
			       CGROUP_EXACT));
	ASSERT_OK(cgroup_write(&part, "d/lines", "8:0 rbps=1", CGROUP_LINE));
	ASSERT_EQ(cgroup_write(&part, "d/none", "1", CGROUP_EXACT), -ENOENT);
	(void)close(root);
}
