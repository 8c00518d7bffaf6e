/* SPDX-License-Identifier: Apache-2.0 */
/* From a command line to the specification that the library is handed. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a line adds to the document of `run -- true`, with ' for ". */
struct row {
	const char *line;
	const char *document;
};

#define STREAM(name) "'" name "':{'kind':'INHERIT'}"
#define STDIO        "'stdio':{" STREAM("in") "," STREAM("out") "," STREAM("err") "}"
#define TRUE_PROCESS "'process':{'argv':['true']," STDIO "}"

static void check_row(const struct row *row)
{
	_cleanup_(outcome_done) struct outcome outcome =
		command_case(row->line);
	_cleanup_free_ char *wanted = double_quotes(row->document);

	if (outcome.status != 0 || fake.document == NULL ||
	    strcmp(fake.document, wanted) != 0) {
		FAIL("%s\nstatus %d %s\ngot  %s\nwant %s", row->line,
		     outcome.status, outcome.err,
		     fake.document == NULL ? "nothing" : fake.document, wanted);
	}
}

static void check_rows(const struct row *rows, size_t count)
{
	fake.ending = SANDBOX_ENDING_EXITED;
	for (size_t i = 0; i < count; i++) {
		check_row(&rows[i]);
	}
}

TEST(a_command_line_is_a_specification)
{
	static const struct row rows[] = {
		{ "run true", "{" TRUE_PROCESS "}" },
		{ "run -- true", "{" TRUE_PROCESS "}" },
		{ "run -- --help",
		  "{'process':{'argv':['--help']," STDIO "}}" },
		{ "run sh -c --cwd",
		  "{'process':{'argv':['sh','-c','--cwd']," STDIO "}}" },
		{ "run echo '' --",
		  "{'process':{'argv':['echo','','--']," STDIO "}}" },
		{ "run --id=job-1 --hostname h true",
		  "{'id':'job-1','hostname':'h'," TRUE_PROCESS "}" },
		{ "run --prefer limits.pids --prefer=identity true",
		  "{'preferred':['limits.pids','identity']," TRUE_PROCESS "}" },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(options_of_files_become_mounts)
{
	static const struct row rows[] = {
		{ "run --rootfs /srv/./image// --writable-root true",
		  "{'root':{'kind':'DIRECTORY','path':'/srv/image',"
		  "'writable':true}," TRUE_PROCESS "}" },
		{ "run --bind /a/../b:/c/ --bind-rw=/d:/e true",
		  "{'mounts':[{'kind':'BIND','target':'/c','source':'/b',"
		  "'writable':false},{'kind':'BIND','target':'/e',"
		  "'source':'/d','writable':true}]," TRUE_PROCESS "}" },
		{ "run --bind etc:/x --bind ../..:/y true",
		  "{'mounts':[{'kind':'BIND','target':'/x',"
		  "'source':'/tmp/etc','writable':false},{'kind':'BIND',"
		  "'target':'/y','source':'/','writable':false}]," TRUE_PROCESS
		  "}" },
		{ "run --tmpfs /scratch --tmpfs /s:64K true",
		  "{'mounts':[{'kind':'TMPFS','target':'/scratch',"
		  "'writable':true},{'kind':'TMPFS','target':'/s',"
		  "'writable':true,'size_bytes':65536}]," TRUE_PROCESS "}" },
		{ "run --mask /usr/share --readonly /tmp/ --mask /usr/x true",
		  "{'security':{'masked_paths':['/usr/share','/usr/x'],"
		  "'readonly_paths':['/tmp']}," TRUE_PROCESS "}" },
		{ "run --proc-hidepid invisible true",
		  "{'mounts':[{'kind':'PROC','target':'/proc',"
		  "'hidepid':'HIDEPID_INVISIBLE'}]," TRUE_PROCESS "}" },
	};

	ASSERT_EQ(chdir("/tmp"), 0);
	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(options_of_the_process)
{
	static const struct row rows[] = {
		{ "run --cwd /tmp --user 5:6 true",
		  "{'process':{'cwd':'/tmp','user':'5:6','argv':['true']," STDIO
		  "}}" },
		{ "run --env A=1 --env B= --env A=2=3 true",
		  "{'process':{'env':['B=','A=2=3'],'argv':['true']," STDIO
		  "}}" },
		{ "run --env CLI_TEST true",
		  "{'process':{'env':['CLI_TEST=x=\\t\\u0001'],"
		  "'argv':['true']," STDIO "}}" },
		{ "run --umask 077 true",
		  "{'process':{'umask_plus1':64,'argv':['true']," STDIO "}}" },
		{ "run --umask 0 true",
		  "{'process':{'umask_plus1':1,'argv':['true']," STDIO "}}" },
		{ "run --rlimit nofile=1K:2K --rlimit cpu=5 "
		  "--rlimit RLIMIT_NOFILE=7:unlimited true",
		  "{'process':{'rlimits':[{'name':'cpu','soft':5,'hard':5},"
		  "{'name':'RLIMIT_NOFILE','soft':7,'unlimited_hard':true}],"
		  "'argv':['true']," STDIO "}}" },
		{ "run --rlimit core=unlimited true",
		  "{'process':{'rlimits':[{'name':'core',"
		  "'unlimited_soft':true,'unlimited_hard':true}],"
		  "'argv':['true']," STDIO "}}" },
		{ "run --stdin null --stderr null true",
		  "{'process':{'stdio':{'in':{'kind':'NULL_DEVICE'},"
		  "'err':{'kind':'NULL_DEVICE'}," STREAM(
			  "out") "},'argv':['true']}}" },
		{ "run --stdio null --stdout inherit true",
		  "{'process':{'stdio':{'in':{'kind':'NULL_DEVICE'},"
		  "'err':{'kind':'NULL_DEVICE'}," STREAM(
			  "out") "},'argv':['true']}}" },
		{ "run --label a=b=c --label d= --label a=e true",
		  "{'labels':{'d':'','a':'e'}," TRUE_PROCESS "}" },
	};

	ASSERT_EQ(setenv("CLI_TEST", "x=\t\001", 1), 0);
	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(options_of_privileges_and_limits)
{
	static const struct row rows[] = {
		{ "run --identity auto true",
		  "{'identity':{'mode':'AUTO'}," TRUE_PROCESS "}" },
		{ "run --identity caller true",
		  "{'identity':{'mode':'CALLER'}," TRUE_PROCESS "}" },
		{ "run --identity range=100000 true",
		  "{'identity':{'mode':'RANGE','range_size':100000}," TRUE_PROCESS
		  "}" },
		{ "run --identity range=5 --identity range true",
		  "{'identity':{'mode':'RANGE'}," TRUE_PROCESS "}" },
		{ "run --cap-add net_raw --cap-add CAP_CHOWN true",
		  "{'security':{'capabilities':{'all_sets':['net_raw',"
		  "'CAP_CHOWN']}}," TRUE_PROCESS "}" },
		{ "run --cap-add net_raw --cap-add chown --cap-drop "
		  "cap_NET_RAW true",
		  "{'security':{'capabilities':{'all_sets':['chown']}}," TRUE_PROCESS
		  "}" },
		{ "run --allow-new-privs true",
		  "{'security':{'allow_new_privs':true}," TRUE_PROCESS "}" },
		{ "run --pids 32 --timeout 2m --grace 500ms true",
		  "{'limits':{'pids':32,'wall_ms':120000,'grace_ms':500}," TRUE_PROCESS
		  "}" },
		{ "run --timeout 5s --timeout 1h true",
		  "{'limits':{'wall_ms':3600000}," TRUE_PROCESS "}" },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(the_run_directory_is_the_engines_address)
{
	static const struct row rows[] = {
		{ "run true", "" },
		{ "run --run-dir /run/x/ true", "local:/run/x" },
		{ "run --run-dir=x true", "local:/tmp/x" },
	};

	fake.ending = SANDBOX_ENDING_EXITED;
	ASSERT_EQ(chdir("/tmp"), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(outcome_done) struct outcome outcome =
			command_case(rows[i].line);

		ASSERT_EQ(outcome.status, 0);
		ASSERT_STR(fake.address, rows[i].document);
	}
}
