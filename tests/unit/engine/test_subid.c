/* SPDX-License-Identifier: Apache-2.0 */
/* The text of /etc/subuid, and of id maps. */
#include "base/array.h"
#include "engine/subid.h"
#include "lib/tap.h"

#include <string.h>

#define MAX 4

TEST(lines_of_the_user_are_taken_by_name_and_by_number)
{
	static const char text[] = "# comment\n"
				   "\n"
				   "alice:100000:65536\n"
				   "bob:200000:65536\n"
				   "alice2:300000:65536\n"
				   "1000:400000:10\n"
				   "10001:500000:10\n"
				   "alice:600000:1";
	struct subid_range ranges[MAX];

	ASSERT_EQ(subid_parse(text, "alice", 1000, ranges, MAX), 3);
	ASSERT_EQ(ranges[0].first, 100000);
	ASSERT_EQ(ranges[0].count, 65536);
	ASSERT_EQ(ranges[1].first, 400000);
	ASSERT_EQ(ranges[1].count, 10);
	ASSERT_EQ(ranges[2].first, 600000);
	ASSERT_EQ(ranges[2].count, 1);
}

TEST(a_user_without_a_name_is_found_by_number_only)
{
	struct subid_range ranges[MAX];

	ASSERT_EQ(subid_parse(":1:2\n7:3:4\n", "", 7, ranges, MAX), 1);
	ASSERT_EQ(ranges[0].first, 3);
}

TEST(lines_of_another_form_are_passed_over)
{
	static const char *const lines[] = {
		"a",
		"a:",
		"a:1",
		"a:1:",
		"a::1",
		"a:1:2:3",
		"a:1:2 ",
		"a: 1:2",
		"a:+1:2",
		"a:-1:2",
		"a:0x1:2",
		"a:1:0",
		" a:1:2",
		"#a:1:2",
		"a:1:2\r",
		"a:one:2",
		"a:4294967295:1",
		"a:4294967290:6",
		"a:1:4294967295",
		"a:99999999999999999999:1",
		"a:1:99999999999999999999",
		"a:18446744073709551617:1",
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct subid_range range;

		if (subid_parse(lines[i], "a", 1, &range, 1) != 0) {
			FAIL("taken: \"%s\"", lines[i]);
		}
	}
}

TEST(the_last_id_there_is_may_be_given)
{
	struct subid_range range;

	ASSERT_EQ(subid_parse("a:4294967290:5", "a", 1, &range, 1), 1);
	ASSERT_EQ(range.first, 4294967290U);
	ASSERT_EQ(range.count, 5);
}

TEST(a_line_that_is_too_long_does_not_hide_the_next)
{
	char text[1024];
	struct subid_range range;

	memset(text, 'a', sizeof(text));
	memcpy(text + 600, "\na:5:6\n", 8);
	ASSERT_EQ(subid_parse(text, "a", 1, &range, 1), 1);
	ASSERT_EQ(range.first, 5);
}

TEST(no_more_ranges_are_taken_than_there_is_room_for)
{
	struct subid_range ranges[MAX] = { [2] = { 77, 78 } };

	ASSERT_EQ(subid_parse("a:1:1\na:2:1\na:3:1\n", "a", 1, ranges, 2), 2);
	ASSERT_EQ(ranges[1].first, 2);
	ASSERT_EQ(ranges[2].first, 77);
}

TEST(a_file_that_is_not_there_gives_none)
{
	struct subid_range range;

	ASSERT_EQ(subid_read("/proc/no/such", "a", 1, &range, 1), 0);
}

TEST(a_range_that_overlaps_an_earlier_one_is_left_out)
{
	struct subid_range ranges[] = {
		{ 100, 10 }, { 109, 10 }, { 110, 10 }, { 90, 11 }, { 90, 10 },
	};

	ASSERT_EQ(subid_select(ranges, ARRAY_SIZE(ranges), 1000), 3);
	ASSERT_EQ(ranges[0].first, 100);
	ASSERT_EQ(ranges[1].first, 110);
	ASSERT_EQ(ranges[2].first, 90);
	ASSERT_EQ(ranges[2].count, 10);
}

TEST(a_range_that_holds_the_own_id_is_left_out)
{
	struct subid_range ranges[] = { { 0, 4294967295U }, { 1001, 10 } };

	ASSERT_EQ(subid_select(ranges, ARRAY_SIZE(ranges), 1000), 1);
	ASSERT_EQ(ranges[0].first, 1001);
}

TEST(a_map_covers_what_one_of_its_lines_covers)
{
	static const char text[] = "         0       1000          1\n"
				   "         1     100000         10\n"
				   "        11     200000         10\n";

	ASSERT_EQ(idmap_covers(text, 0, 1), 1);
	ASSERT_EQ(idmap_covers(text, 1, 10), 1);
	ASSERT_EQ(idmap_covers(text, 11, 10), 1);
	/* The kernel wants one line to hold all of it. */
	ASSERT_EQ(idmap_covers(text, 0, 2), 0);
	ASSERT_EQ(idmap_covers(text, 5, 10), 0);
	ASSERT_EQ(idmap_covers(text, 20, 2), 0);
	ASSERT_EQ(idmap_covers(text, 4294967294U, 4294967295U), 0);
	ASSERT_EQ(idmap_covers("0 0 4294967295\n", 4294967294U, 1), 1);
	ASSERT_EQ(idmap_covers("", 0, 1), 0);
	ASSERT_EQ(idmap_covers("garbage\n0 0 10\n", 0, 1), 0);
}
