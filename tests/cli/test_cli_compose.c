/* SPDX-License-Identifier: Apache-2.0 */
/* Documents over documents, --set over them, and where each value is from. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"

#include <string.h>

#define STREAM(name) "'" name "':{'kind':'INHERIT'}"
#define STDIO        "'stdio':{" STREAM("in") "," STREAM("out") "," STREAM("err") "}"
#define PROCESS      "'process':{'argv':['t']," STDIO "}"

struct row {
	const char *base; /* with ' for " */
	const char *spec;
	const char *line;
	const char *document; /* likewise; or what is told */
	int status;
};

static void check_rows(const struct row *rows, size_t count)
{
	fake.ending = SANDBOX_ENDING_EXITED;
	enter_folder();
	for (size_t i = 0; i < count; i++) {
		_cleanup_free_ char *base = double_quotes(rows[i].base);
		_cleanup_free_ char *spec = double_quotes(rows[i].spec);
		_cleanup_free_ char *wanted = double_quotes(rows[i].document);
		_cleanup_(outcome_done) struct outcome outcome = { .status =
									   -1 };
		const char *got = NULL;

		make_file("b", base);
		make_file("s", spec);
		outcome = command_case(rows[i].line);
		got = fake.document;
		if (outcome.status != 0) {
			got = outcome.err[0] != '\0' ? outcome.err
						     : outcome.out;
		} else if (outcome.out[0] != '\0') {
			got = outcome.out;
		}
		if (outcome.status != rows[i].status ||
		    strcmp(got, wanted) != 0) {
			FAIL("%s\nstatus %d\ngot  %s\nwant %s", rows[i].line,
			     outcome.status, got, wanted);
		}
	}
	leave_folder();
}

#define RUN "run --base b --spec s t"

TEST(the_later_document_wins_field_by_field)
{
	static const struct row rows[] = {
		{ "{'id':'a','hostname':'h'}", "{'id':'b'}", RUN,
		  "{'id':'b','hostname':'h'," PROCESS "}", 0 },
		{ "{'limits':{'pids':1,'wall_ms':2}}", "{'limits':{'pids':3}}",
		  RUN, "{'limits':{'pids':3,'wall_ms':2}," PROCESS "}", 0 },
		/* A list is one value. */
		{ "{'preferred':['identity']}", "{'preferred':[]}", RUN,
		  "{'preferred':[]," PROCESS "}", 0 },
		/* A field has two spellings, a key has one. */
		{ "{'limits':{'wallMs':2}}", "{'limits':{'wall_ms':3}}", RUN,
		  "{'limits':{'wall_ms':3}," PROCESS "}", 0 },
		{ "{'labels':{'a_b':'1','c':'1'}}",
		  "{'labels':{'aB':'2','c':'2'}}", RUN,
		  "{'labels':{'a_b':'1','c':'2','aB':'2'}," PROCESS "}", 0 },
		/* null takes away; zero and "" stand. */
		{ "{'id':'a','limits':{'pids':1}}", "{'limits':null}", RUN,
		  "{'id':'a'," PROCESS "}", 0 },
		{ "{'limits':{'pids':1,'wall_ms':2}}",
		  "{'limits':{'pids':null,'wall_ms':0}}", RUN,
		  "{'limits':{'wall_ms':0}," PROCESS "}", 0 },
		{ "{'process':null}", "{'process':{'cwd':'/'}}", RUN,
		  "{'process':{'cwd':'/','argv':['t']," STDIO "}}", 0 },
		/* In the order of the line, --spec last. */
		{ "{'id':'b'}", "{'id':'s'}", "run --spec b --base s t",
		  "{'id':'b'," PROCESS "}", 0 },
		{ "{'id':'b'}", "{'id':'s'}", "run --base b --base s t",
		  "{'id':'s'," PROCESS "}", 0 },
		{ "{'id':'b','process':{'argv':['t']}}", "{}", "run --base b",
		  "{'id':'b'," PROCESS "}", 0 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

#define SET "run --base b --set "

TEST(set_writes_one_field)
{
	static const struct row rows[] = {
		{ "{'limits':{'pids':1}}", "", SET "limits.pids=64 t",
		  "{'limits':{'pids':'64'}," PROCESS "}", 0 },
		{ "{'limits':{'wallMs':1}}", "", SET "limits.wall_ms=2 t",
		  "{'limits':{'wallMs':'2'}," PROCESS "}", 0 },
		{ "{}", "", SET "process.env[+]=A=B t",
		  "{'process':{'env':['A=B'],'argv':['t']," STDIO "}}", 0 },
		{ "{'mounts':[{'kind':'TMPFS','target':'/a'},"
		  "{'kind':'TMPFS','target':'/b'}]}",
		  "", SET "mounts[0].writable=true t",
		  "{'mounts':[{'kind':'TMPFS','target':'/a','writable':true},"
		  "{'kind':'TMPFS','target':'/b'}]," PROCESS "}",
		  0 },
		{ "{'preferred':['identity','limits']}", "",
		  SET "preferred[0]=limits.pids t",
		  "{'preferred':['limits.pids','limits']," PROCESS "}", 0 },
		{ "{'preferred':['identity','limits']}", "",
		  SET "preferred[0]=null t",
		  "{'preferred':['limits']," PROCESS "}", 0 },
		{ "{'id':'a'}", "", SET "id=null t", "{" PROCESS "}", 0 },
		{ "{}", "", SET "hostname=12 t",
		  "{'hostname':'12'," PROCESS "}", 0 },
		{ "{}", "", SET "hostname=\"true\" t",
		  "{'hostname':'true'," PROCESS "}", 0 },
		{ "{}", "", SET "labels[\"a.b\"]=x=y t",
		  "{'labels':{'a.b':'x=y'}," PROCESS "}", 0 },
		{ "{}", "", SET "limits={\"pids\":3} t",
		  "{'limits':{'pids':3}," PROCESS "}", 0 },
		/* Among the other options, in their order. */
		{ "{}", "", SET "limits.pids=3 --pids 4 t",
		  "{'limits':{'pids':4}," PROCESS "}", 0 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

#define NO_PATH                                    \
	"' is not PATH=VALUE, as limits.pids=64, " \
	"mounts[0].writable=true, process.env[+]=A=B\n"

TEST(what_cannot_be_set_is_told)
{
	static const struct row rows[] = {
		{ "{}", "", SET "id t", "sandbox: --set: 'id" NO_PATH, 125 },
		{ "{}", "", SET "=1 t", "sandbox: --set: '=1" NO_PATH, 125 },
		{ "{}", "", SET "a..b=1 t", "sandbox: --set: 'a..b=1" NO_PATH,
		  125 },
		{ "{}", "", SET "mounts[x]=1 t",
		  "sandbox: --set: 'mounts[x]=1" NO_PATH, 125 },
		{ "{'mounts':[]}", "", SET "mounts[0].exec=true t",
		  "sandbox: --set: mounts[0]: the list has no such element; "
		  "[+] appends one\n",
		  125 },
		{ "{'limits':{}}", "", SET "limits[0]=1 t",
		  "sandbox: --set: limits[0]: is not in a list\n", 125 },
		{ "{'mounts':[]}", "", SET "mounts.exec=true t",
		  "sandbox: --set: mounts.exec: is not in an object\n", 125 },
		{ "{}", "", SET "limits={ t",
		  "sandbox: --set: the value: 1:2: a string was expected\n",
		  125 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(findings_name_the_file_and_the_line)
{
	static const struct row rows[] = {
		{ "{\n'limits':{\n'pids':true}}", "{}", RUN,
		  "sandbox: b:3: limits.pids: expected an unsigned 32-bit "
		  "integer, found a boolean\n",
		  125 },
		{ "{\n'nonesuch':1}", "{}", RUN,
		  "sandbox: b:2: nonesuch: unknown field 'nonesuch' of "
		  "sandbox.v1.SandboxSpec\n",
		  125 },
		{ "{'hostname':'-'}",
		  "{\n\n'mounts':[\n{'kind':'TMPFS','target':'t'}]}", RUN,
		  "sandbox: s:4: mounts[0].target: 't' is not absolute\n"
		  "sandbox: b:1: hostname: '-' has a label that begins or ends "
		  "with a hyphen\n",
		  125 },
		{ "{'hostname':'-'}", "{\n'process':{'argv':['a']}}",
		  "check --base b --spec s",
		  "b:1: hostname: '-' has a label that begins or ends "
		  "with a hyphen\n",
		  1 },
		{ "{}", "", "check --base b --set limits.pids=x -- t",
		  "--set limits.pids=x: limits.pids: expected an unsigned "
		  "32-bit integer, found a string\n",
		  1 },
		{ "{}", "{\n]", RUN, "sandbox: s:2:1: a string was expected\n",
		  125 },
		{ "{}", "[]", RUN,
		  "sandbox: s: the document is not an object\n", 125 },
		{ "{}", "", "run --base none --spec s t",
		  "sandbox: none: No such file or directory\n", 125 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(protobuf_bytes_cannot_be_composed)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	enter_folder();
	make_file("b", "{}");
	make_file("x.pb", "\x32\x03\x12\x01\x61");
	outcome = command_case("run --base x.pb --spec b t");
	leave_folder();
	ASSERT_EQ(outcome.status, 125);
	ASSERT_CONTAINS(outcome.err, "cannot be composed");
}

TEST(each_value_has_an_origin)
{
	static const struct row rows[] = {
		{ "{'id':'a',\n'limits':{'pids':1,\n'wallMs':5}}",
		  "{'limits':\n{'pids':2},'process':{'argv':['x']},"
		  "'labels':{'a.b':'1'},'preferred':[]}",
		  "explain --origin --base b --spec s --set limits.grace_ms=1 "
		  "--env A=1 --allow-new-privs -- t u",
		  "id = 'a'  # b:1\n"
		  "limits.pids = 2  # s:2\n"
		  "limits.wallMs = 5  # b:3\n"
		  "limits.grace_ms = '1'  # --set limits.grace_ms=1\n"
		  "process.env[0] = 'A=1'  # --env A=1\n"
		  "process.argv[0] = 't'  # the command line\n"
		  "process.argv[1] = 'u'  # the command line\n"
		  "labels['a.b'] = '1'  # s:2\n"
		  "preferred = []  # s:2\n"
		  "security.allow_new_privs = true  # --allow-new-privs\n",
		  0 },
		/* A specification that would be refused has origins, too. */
		{ "{'id':'A'}", "", "explain --origin b", "id = 'A'  # b:1\n",
		  0 },
		{ "{'id':'A'}", "", "explain --origin --json b",
		  "{\n  'origins': [\n    {'path': 'id', 'value': 'A', "
		  "'origin': 'b:1'}\n  ]\n}\n",
		  0 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}
