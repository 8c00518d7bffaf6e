/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs that only tell something: explain, check, probe, version. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"

#include <errno.h>
#include <string.h>

struct row {
	const char *line;
	const char *out; /* with ' for " */
	const char *err;
	int status;
};

static void check_row(const struct row *row)
{
	_cleanup_(outcome_done) struct outcome outcome =
		command_case(row->line);
	_cleanup_free_ char *out = double_quotes(row->out);
	_cleanup_free_ char *err = double_quotes(row->err);

	if (outcome.status != row->status || strcmp(outcome.out, out) != 0 ||
	    strcmp(outcome.err, err) != 0) {
		FAIL("%s\ngot  %d\n%s%s\nwant %d\n%s%s", row->line,
		     outcome.status, outcome.out, outcome.err, row->status, out,
		     err);
	}
	ASSERT_EQ(fake.started, 0);
}

static void check_rows(const struct row *rows, size_t count)
{
	enter_folder();
	make_file("good", "{\"process\":{\"argv\":[\"a\"]}}");
	make_file("bad",
		  "{\"id\":\"A\",\"mounts\":[{\"target\":\"tmp\","
		  "\"kind\":\"TMPFS\"}],\"process\":{\"argv\":[\"a\"]}}");
	make_file("bytes.pb", "\x32\x03\x12\x01\x61");
	for (size_t i = 0; i < count; i++) {
		check_row(&rows[i]);
	}
	leave_folder();
}

#define ID_FINDING   "id: 'A' has a character that is none of a-z 0-9 . _ -"
#define PATH_FINDING "mounts[0].target: 'tmp' is not absolute"

TEST(check_tells_every_finding)
{
	static const struct row rows[] = {
		{ "check good", "no findings\n", "", 0 },
		{ "check bytes.pb", "no findings\n", "", 0 },
		{ "check bad", ID_FINDING "\n" PATH_FINDING "\n", "", 1 },
		{ "check --json good",
		  "{\n  'ok': true,\n  'findings': []\n}\n", "", 0 },
		{ "check none", "",
		  "sandbox: none: No such file or directory\n", 125 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(check_quotes_findings_in_json)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	enter_folder();
	make_file("bad", "{\"id\":\"A\",\"hostname\":\"_\"}");
	outcome = command_case("check --json bad");
	leave_folder();
	ASSERT_EQ(outcome.status, 1);
	ASSERT_CONTAINS(outcome.out,
			"{\n  \"ok\": false,\n  \"findings\": [\n"
			"    \"id: \\\"A\\\" has a character that is none of "
			"a-z 0-9 . _ -\",\n    \"hostname: \\\"_\\\" ");
	ASSERT_CONTAINS(outcome.out, "\"\n  ]\n}\n");
}

TEST(explain_prints_the_plan)
{
	static const struct row rows[] = {
		{ "explain good", "first\n  'second'\n\nlast\n", "", 0 },
		{ "explain --json good",
		  "{\n  'plan': [\n    'first',\n    '  \\\"second\\\"',\n"
		  "    '',\n    'last'\n  ]\n}\n",
		  "", 0 },
		{ "explain bad", "",
		  "sandbox: " ID_FINDING "\nsandbox: " PATH_FINDING "\n", 125 },
		{ "explain none", "",
		  "sandbox: none: No such file or directory\n", 125 },
	};

	fake.explanation = "first\n  \"second\"\n\nlast\n";
	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(probe_prints_a_table_and_what_would_help)
{
	static const struct row rows[] = {
		{ "probe",
		  "user-namespaces             available    they can\n"
		  "landlock                    unavailable  no\\x1b\n"
		  "                            remedy: a newer kernel\n",
		  "", 0 },
		{ "probe --json --run-dir /x", "@\n", "", 0 },
	};
	_cleanup_free_ char *json = double_quotes(
		"{'features':[{'feature':'user-namespaces','state':'available',"
		"'detail':'they can','remedy':''},{'feature':'landlock',"
		"'state':'unavailable','detail':'no\\u001b',"
		"'remedy':'a newer kernel'}]}");

	fake.probe_json = json;
	check_row(&rows[0]);
	fake.probe_json = "@";
	check_row(&rows[1]);
}

TEST(probe_says_why_it_cannot)
{
	static const struct row unreadable = {
		"probe", "",
		"sandbox: the answer of the library cannot be read; --json "
		"prints it as it is\n",
		125
	};
	static const struct row failed = { "probe --json", "",
					   "sandbox: no descriptor left\n",
					   125 };

	fake.probe_json = "@";
	check_row(&unreadable);
	fake.probe_error = (struct fake_error){ SANDBOX_ERROR_RESOURCE, EMFILE,
						"", "", "no descriptor left" };
	check_row(&failed);
}

TEST(version_tells_both)
{
	static const struct row rows[] = {
		{ "version", "sandbox " SANDBOX_VERSION ", libsandbox 9.8.7\n",
		  "", 0 },
		{ "--version",
		  "sandbox " SANDBOX_VERSION ", libsandbox 9.8.7\n", "", 0 },
		{ "version --json",
		  "{'command': '" SANDBOX_VERSION "', 'library': '9.8.7'}\n",
		  "", 0 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}
