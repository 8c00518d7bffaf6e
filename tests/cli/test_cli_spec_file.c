/* SPDX-License-Identifier: Apache-2.0 */
/* Specifications from files, and options on top of them. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct row {
	const char *file; /* with ' for " */
	const char *line;
	const char *document; /* likewise; or the complaint */
	int status;
};

#define STREAM(name) "'" name "':{'kind':'INHERIT'}"
#define STDIO        "'stdio':{" STREAM("in") "," STREAM("out") "," STREAM("err") "}"

static void check_row(const struct row *row)
{
	_cleanup_free_ char *text = double_quotes(row->file);
	_cleanup_free_ char *wanted = double_quotes(row->document);
	struct outcome outcome;
	const char *got = NULL;

	make_file("s.json", text);
	outcome = command_case(row->line);
	got = outcome.err;
	if (outcome.status == 0) {
		got = fake.document;
	}
	if (outcome.status != row->status || strcmp(got, wanted) != 0) {
		FAIL("%s\n%s\nstatus %d\ngot  %s\nwant %s", row->file,
		     row->line, outcome.status, got, wanted);
	}
	outcome_done(&outcome);
}

static void check_rows(const struct row *rows, size_t count)
{
	fake.ending = SANDBOX_ENDING_EXITED;
	enter_folder();
	for (size_t i = 0; i < count; i++) {
		check_row(&rows[i]);
	}
	leave_folder();
}

TEST(options_change_what_the_file_says)
{
	static const struct row rows[] = {
		{ "{'process':{'argv':['a']}}", "run --spec s.json",
		  "{'process':{'argv':['a']," STDIO "}}", 0 },
		{ "{'process':{'argv':['a','b'],'cwd':'/usr'}}",
		  "run --cwd /tmp --spec s.json -- c",
		  "{'process':{'cwd':'/tmp','argv':['c']," STDIO "}}", 0 },
		/* Either spelling of a name, and null for nothing. */
		{ "{'limits':{'wallMs':'5','pids':7},'process':null}",
		  "run --spec s.json --timeout 9ms true",
		  "{'limits':{'pids':7,'wall_ms':9},"
		  "'process':{'argv':['true']," STDIO "}}",
		  0 },
		{ "{'security':{'maskedPaths':['/usr/a']},"
		  "'process':{'env':['A=1','B=2']}}",
		  "run --spec s.json --mask /usr/b --env A=3 true",
		  "{'security':{'maskedPaths':['/usr/a','/usr/b']},"
		  "'process':{'env':['B=2','A=3'],'argv':['true']," STDIO "}}",
		  0 },
		/* What somebody has said of a stream stays. */
		{ "{'process':{'argv':['a'],'stdio':{'out':{},'in':"
		  "{'kind':'NULL_DEVICE'}}}}",
		  "run --spec s.json",
		  "{'process':{'argv':['a'],'stdio':{'out':{},'in':"
		  "{'kind':'NULL_DEVICE'}," STREAM("err") "}}}",
		  0 },
		/* The root's descriptor gives way to the directory. */
		{ "{'root':{'kind':'DIRECTORY','fd':1}}",
		  "run --spec s.json --rootfs / true",
		  "{'root':{'kind':'DIRECTORY','path':'/'},"
		  "'process':{'argv':['true']," STDIO "}}",
		  0 },
		{ "{'identity':{'mode':'RANGE','range_size':5}}",
		  "run --spec s.json --identity caller true",
		  "{'identity':{'mode':'CALLER'},"
		  "'process':{'argv':['true']," STDIO "}}",
		  0 },
		/* Numbers are not touched, nor is text. */
		{ " { 'limits' : { 'wall_ms' : 3153600000000 } ,\n'labels':{'a':'\\u00e9"
		  "\\ud83d\\ude00\\/'}}",
		  "run --spec s.json true",
		  "{'limits':{'wall_ms':3153600000000},'labels':{'a':'\xc3\xa9\xf0\x9f\x98"
		  "\x80/'},'process':{'argv':['true']," STDIO "}}",
		  0 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(capabilities_are_added_to_the_process_and_dropped_everywhere)
{
	static const struct row rows[] = {
		{ "{'process':{'capabilities':{}}}",
		  "run --spec s.json --cap-add kill true",
		  "{'process':{'capabilities':{'all_sets':['kill']},"
		  "'argv':['true']," STDIO "},'security':{'capabilities':"
		  "{'all_sets':['kill']}}}",
		  0 },
		{ "{'security':{'capabilities':{'allSets':['kill'],"
		  "'bounding':['chown','CAP_KILL']}},"
		  "'process':{'capabilities':{'bounding':['kill']}}}",
		  "run --spec s.json --cap-drop CAP_KILL true",
		  "{'security':{'capabilities':{'allSets':[],"
		  "'bounding':['chown']}},'process':{'capabilities':"
		  "{'bounding':[]},'argv':['true']," STDIO "}}",
		  0 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(faults_of_the_file_are_told_with_their_place)
{
	static const struct row rows[] = {
		{ "{'id':'a',\n 'id':'b'}", "run --spec s.json true",
		  "sandbox: s.json:2:2: a member of this name is there "
		  "already\n",
		  125 },
		{ "{\n\n'mounts':[}", "run --spec s.json true",
		  "sandbox: s.json:3:11: a value was expected\n", 125 },
		{ "{}x", "run --spec s.json true",
		  "sandbox: s.json:1:3: something behind the document\n", 125 },
		/* Of the file as it is, whatever the options make of it. */
		{ "{\n  'nonesuch':1}", "run --spec s.json --cwd / true",
		  "sandbox: s.json:2:3: nonesuch: unknown field 'nonesuch' of "
		  "sandbox.v1.SandboxSpec\n",
		  125 },
		{ "[]", "run --spec s.json --cwd / true",
		  "sandbox: --cwd: the document is not an object\n", 125 },
		{ "{'process':5}", "run --spec s.json --cwd / true",
		  "sandbox: --cwd: process is not in an object\n", 125 },
		{ "{'preferred':{}}", "run --spec s.json --prefer x true",
		  "sandbox: --prefer: preferred is not an array\n", 125 },
		/* Rules are the library's, all of them at once. */
		{ "{'mounts':[{'kind':'TMPFS','target':'tmp'}],'hostname':'-'}",
		  "run --spec s.json true",
		  "sandbox: mounts[0].target: 'tmp' is not absolute\n"
		  "sandbox: hostname: '-' has a label that begins or ends "
		  "with a hyphen\n",
		  125 },
		{ "", "run --spec s.json",
		  "sandbox: s.json:1:1: a value was expected\n", 125 },
		{ "", "run --spec none.json",
		  "sandbox: none.json: No such file or directory\n", 125 },
		{ "", "run --spec .", "sandbox: .: Is a directory\n", 125 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

/* The document {"process": {"argv": ["a"]}} in its other form. */
#define BYTES "\x32\x03\x12\x01\x61"

TEST(protobuf_bytes_are_run_as_they_are)
{
	static const struct row rows[] = {
		{ "", "run --spec s.pb", BYTES, 0 },
		{ "", "run --summary --spec s.binpb", BYTES, 0 },
		{ "", "run --spec s.pb --env A=1",
		  "sandbox: --env: cannot change 's.pb', which is protobuf "
		  "bytes; give the specification as JSON\n",
		  125 },
		{ "", "run --spec s.pb true",
		  "sandbox: 'true': cannot be the program of 's.pb', which is "
		  "protobuf bytes; give the specification as JSON\n",
		  125 },
	};

	fake.ending = SANDBOX_ENDING_EXITED;
	fake.result_json = "{}";
	enter_folder();
	make_file("s.pb", BYTES);
	make_file("s.binpb", BYTES);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		check_row(&rows[i]);
	}
	leave_folder();
}

TEST(a_specification_may_come_from_stdin)
{
	int saved = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 100);
	int pipe_fds[2] = { -1, -1 };
	struct outcome outcome;

	fake.ending = SANDBOX_ENDING_EXITED;
	ASSERT_EQ(pipe2(pipe_fds, O_CLOEXEC), 0);
	ASSERT_EQ(write(pipe_fds[1], "{\"id\":\"x\"}", 10), 10);
	(void)close(pipe_fds[1]);
	ASSERT_EQ(dup2(pipe_fds[0], STDIN_FILENO), STDIN_FILENO);
	(void)close(pipe_fds[0]);
	outcome = command_case("run --spec - true");
	ASSERT_EQ(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	(void)close(saved);
	ASSERT_EQ(outcome.status, 0);
	ASSERT_CONTAINS(fake.document, "{\"id\":\"x\",");
	outcome_done(&outcome);
}
