/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox seccomp`: which filter is asked for, and how two are compared. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"

#include <string.h>

struct row {
	const char *line;
	const char *out;
	const char *err;
	int status;
	int form; /* that the library is asked for; 0: for none */
};

static void check_row(const struct row *row)
{
	_cleanup_(outcome_done) struct outcome outcome =
		command_case(row->line);

	ASSERT_STR(outcome.err, row->err);
	ASSERT_STR(outcome.out, row->out);
	ASSERT_EQ(outcome.status, row->status);
	ASSERT_EQ(fake.filter_form, row->form);
	fake.filter_form = 0;
	fake.filter_calls = 0;
}

static void check_rows(const struct row *rows, size_t count)
{
	enter_folder();
	make_file("one", "{\"process\":{\"argv\":[\"a\"]}}");
	make_file("two", "{\"process\":{\"argv\":[\"b\"]}}");
	for (size_t i = 0; i < count; i++) {
		check_row(&rows[i]);
	}
	leave_folder();
}

TEST(it_prints_a_filter_in_three_forms)
{
	static const struct row rows[] = {
		{ "seccomp one", "read allow\n", "", 0, SANDBOX_FILTER_CALLS },
		{ "seccomp --listing one", "read allow\n", "", 0,
		  SANDBOX_FILTER_LISTING },
		{ "seccomp --bytes one", "read allow", "", 0,
		  SANDBOX_FILTER_BYTES },
	};

	fake.filters[0] = "read allow";
	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(it_asks_about_one_call_and_one_architecture)
{
	static const struct row row = {
		"seccomp --arch aarch64 --call openat,-100 one",
		"openat,-100\n", "", 0, 0
	};

	check_rows(&row, 1);
	ASSERT_STR(fake.filter_arch, "aarch64");
}

TEST(it_compares_two_as_diff_does)
{
	static const struct row same = { "seccomp --diff two one", "", "", 0,
					 SANDBOX_FILTER_CALLS };
	static const struct row differ = { "seccomp --diff two one",
					   "-b allow\n+b kill\n", "", 1,
					   SANDBOX_FILTER_CALLS };
	static const struct row none = { "seccomp --diff two one",
					 "-a allow\n-b allow\n-c allow\n", "",
					 1, SANDBOX_FILTER_CALLS };

	fake.filters[0] = "a allow\nb allow\nc allow\n";
	fake.filters[1] = fake.filters[0];
	check_rows(&same, 1);
	fake.filters[1] = "a allow\nb kill\nc allow\n";
	check_rows(&differ, 1);
	fake.filters[1] = "";
	check_rows(&none, 1);
}

TEST(it_does_one_thing_at_a_time)
{
	static const struct row row = {
		"seccomp --bytes --listing one", "",
		"sandbox: seccomp: --listing, --bytes, --call and --diff "
		"exclude each other; see \"sandbox help seccomp\"\n",
		125, 0
	};

	check_rows(&row, 1);
}
