/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong usage: one line that names what is wrong, and status 125. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"

#include <string.h>

static const struct row {
	const char *line;
	const char *complaint; /* with ' for " */
} rows[] = {
	{ "", "no verb is given; see 'sandbox help'" },
	{ "rum true", "there is no verb 'rum'; see 'sandbox help'" },
	{ "help rum", "there is no verb 'rum'; see 'sandbox help'" },
	{ "run", "run: no program is given; see 'sandbox help run'" },
	{ "run --", "run: no program is given; see 'sandbox help run'" },
	{ "run --foo true",
	  "run: --foo: there is no such option; see 'sandbox help run'" },
	{ "run --en A=1 true",
	  "run: --en: there is no such option; see 'sandbox help run'" },
	{ "run -x true",
	  "run: -x: there is no such option; see 'sandbox help run'" },
	{ "run --env", "run: --env: needs a value, K=V; see 'sandbox help "
		       "run'" },
	{ "run --summary=yes true",
	  "run: --summary: takes no value; see 'sandbox help run'" },
	{ "run --bind /a true", "--bind: '/a' is not SRC:DST" },
	{ "run --bind /a:/b:ro true",
	  "--bind: '/a:/b:ro' has more than one colon; such paths can be "
	  "given in a --spec file" },
	{ "run --bind :/b true", "--bind: a path is empty" },
	{ "run --bind-rw /a:b true", "--bind-rw: 'b' is not absolute" },
	{ "run --tmpfs x true", "--tmpfs: 'x' is not absolute" },
	{ "run --tmpfs /x:12Q true",
	  "--tmpfs: '12Q' is not a number, which may end in K, M, G or T" },
	{ "run --tmpfs /x:99999999T true",
	  "--tmpfs: '99999999T' is not a number, which may end in K, M, G or "
	  "T" },
	{ "run --rootfs= true", "--rootfs: a path is empty" },
	{ "run --mask x true", "--mask: 'x' is not absolute" },
	{ "run --readonly x true", "--readonly: 'x' is not absolute" },
	{ "run --proc-hidepid 2 true",
	  "--proc-hidepid: '2' is none of ptraceable, invisible, off" },
	{ "run --env =x true", "--env: '=x' has no name" },
	{ "run --env NOT_SET_ANYWHERE true",
	  "--env: 'NOT_SET_ANYWHERE' is not set here" },
	{ "run --label x true", "--label: 'x' is not KEY=VALUE" },
	{ "run --cwd tmp true", "--cwd: 'tmp' is not absolute" },
	{ "run --user= true", "--user: is empty" },
	{ "run --umask 088 true",
	  "--umask: '088' is not an octal number up to 777" },
	{ "run --umask 1000 true",
	  "--umask: '1000' is not an octal number up to 777" },
	{ "run --rlimit nofile true", "--rlimit: 'nofile' is not KEY=VALUE" },
	{ "run --rlimit nofile=1:x true",
	  "--rlimit: 'x' is not a number, which may end in K, M, G or T" },
	{ "run --stdin pipe true",
	  "--stdin: 'pipe' is neither inherit nor null" },
	{ "run --stdio x true", "--stdio: 'x' is neither inherit nor null" },
	{ "run --identity host true",
	  "--identity: 'host' is none of auto, caller, range, range=N" },
	{ "run --identity range=0 true",
	  "--identity: '0' is not a number from 1 up" },
	{ "run --cap-drop kill true",
	  "--cap-drop: 'kill' is not in any set; a sandbox has no capability "
	  "that is not named" },
	{ "run --pids 0 true", "--pids: '0' is not a number from 1 up" },
	{ "run --pids -1 true", "--pids: '-1' is not a number from 1 up" },
	{ "run --timeout 5 true",
	  "--timeout: '5' is not a time from 1ms up in ms, s, m or h" },
	{ "run --timeout 0s true",
	  "--timeout: '0s' is not a time from 1ms up in ms, s, m or h" },
	{ "run --grace 1.5s true",
	  "--grace: '1.5s' is not a time from 1ms up in ms, s, m or h" },
	{ "explain", "explain: no specification is given; see 'sandbox help "
		     "explain'" },
	{ "check a b", "check: takes one specification; see 'sandbox help "
		       "check'" },
	{ "check --result r a", "check: --result: there is no such option; see "
				"'sandbox help check'" },
	{ "probe x", "probe: takes no operand; see 'sandbox help probe'" },
	{ "version --run-dir /x", "version: --run-dir: there is no such "
				  "option; see 'sandbox help version'" },
};

/* The library takes what these say for bad, and says so. */
static const struct row findings[] = {
	{ "run --cap-add nonesuch true",
	  "security.capabilities.all_sets[0]: 'nonesuch' is not a "
	  "capability" },
	{ "run --rlimit nonesuch=1 true",
	  "process.rlimits[0].name: 'nonesuch' is not a resource limit" },
	{ "run --rlimit nofile=2:1 true",
	  "process.rlimits[0].soft: 2 is more than hard, 1" },
	{ "run --id A true",
	  "id: 'A' has a character that is none of a-z 0-9 . _ -" },
	{ "run --writable-root true",
	  "root.writable: has no meaning with kind SYSTEM, only with "
	  "DIRECTORY HOST" },
};

static void check_rows(const struct row *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		_cleanup_(outcome_done) struct outcome outcome =
			command_case(cases[i].line);
		_cleanup_free_ char *wanted = double_quotes(cases[i].complaint);
		size_t size = strlen(wanted);

		if (outcome.status != 125 || outcome.out[0] != '\0' ||
		    strncmp(outcome.err, "sandbox: ", 9) != 0 ||
		    strncmp(outcome.err + 9, wanted, size) != 0 ||
		    strcmp(outcome.err + 9 + size, "\n") != 0) {
			FAIL("sandbox %s\nstatus %d %s\ngot  %swant sandbox: "
			     "%s",
			     cases[i].line, outcome.status, outcome.out,
			     outcome.err, wanted);
		}
		ASSERT_EQ(fake.started, 0);
	}
}

TEST(wrong_usage_is_one_line_that_names_the_option)
{
	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(values_that_break_a_rule_are_refused_by_the_library)
{
	check_rows(findings, ARRAY_SIZE(findings));
}

TEST(help_is_no_failure)
{
	static const char *const lines[] = {
		"help",
		"--help",
		"-h",
		"help run",
		"run --help",
		"run -h",
		"run --env A=1 --help x",
		"check -h",
		"explain --help",
		"probe --help",
		"version -h",
		"help version",
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		_cleanup_(outcome_done) struct outcome outcome =
			command_case(lines[i]);

		ASSERT_EQ(outcome.status, 0);
		ASSERT_STR(outcome.err, "");
		ASSERT_CONTAINS(outcome.out, "usage: sandbox ");
	}
}

TEST(control_characters_do_not_reach_the_terminal)
{
	static const char *const words[] = { "run", "--\033[2J\xc2\x9b\xff\n",
					     NULL };
	_cleanup_(outcome_done) struct outcome outcome =
		command_case_words(words);

	ASSERT_EQ(outcome.status, 125);
	ASSERT_STR(outcome.err,
		   "sandbox: run: --\\x1b[2J\\xc2\\x9b\\xff\\x0a: there is no "
		   "such option; see \"sandbox help run\"\n");
}
