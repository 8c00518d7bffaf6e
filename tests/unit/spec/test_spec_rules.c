/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of the document, the root, the process and the rest: a row each. */
#include "base/array.h"
#include "base/cleanup.h"
#include "lib/tap.h"
#include "spec_case.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(rows) spec_case_check_all(rows, ARRAY_SIZE(rows))

/* 63 and 64 characters. */
#define A8  "aaaaaaaa"
#define A63 A8 A8 A8 A8 A8 A8 A8 "aaaaaaa"

TEST(ids_follow_their_grammar)
{
	static const struct spec_case rows[] = {
		{ SPEC("'id':'a'"), NULL, NULL },
		{ SPEC("'id':'0.web_2-x'"), NULL, NULL },
		{ SPEC("'id':'" A63 "'"), NULL, NULL },
		{ SPEC("'id':'" A63 "a'"), "id",
		  "\"" A63 "a\" is longer than 63 characters" },
		{ SPEC("'id':'Web'"), "id",
		  "\"Web\" has a character that is none of a-z 0-9 . _ -" },
		{ SPEC("'id':'a/b'"), "id",
		  "\"a/b\" has a character that is none of a-z 0-9 . _ -" },
		{ SPEC("'id':'.a'"), "id",
		  "\".a\" does not begin with a letter or a digit" },
		{ SPEC("'id':'a\\n'"), "id",
		  "\"a\\n\" has a character that is none of a-z 0-9 . _ -" },
	};

	CHECK(rows);
}

TEST(labels_follow_their_grammar)
{
	static const struct spec_case rows[] = {
		{ SPEC("'labels':{'app/name':'any thing'}"), NULL, NULL },
		{ SPEC("'labels':{'':'x'}"), "labels[\"\"]",
		  "the key is empty" },
		{ SPEC("'labels':{'a b':'x'}"), "labels[\"a b\"]",
		  "the key has a character that is none of "
		  "A-Z a-z 0-9 . _ / -" },
		{ SPEC("'labels':{'a-':'x'}"), "labels[\"a-\"]",
		  "the key does not begin and end with a letter or a digit" },
		{ SPEC("'labels':{'" A63 A63 "abc':'x'}"),
		  "labels[\"" A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\"]",
		  "the key is longer than 128 characters" },
		{ SPEC("'labels':{'a':'b\\u0007'}"), "labels[\"a\"]",
		  "\"b\\x07\" has a control character" },
	};

	CHECK(rows);
}

TEST(a_root_has_what_its_kind_needs)
{
	static const struct spec_case rows[] = {
		{ SPEC("'root':{}"), NULL, NULL },
		{ SPEC("'root':{'kind':'DIRECTORY','path':'/x'}"), NULL, NULL },
		{ SPEC("'root':{'kind':'DIRECTORY','fd':1,'writable':true}"),
		  NULL, NULL },
		{ SPEC("'root':{'kind':'DIRECTORY'}"), "root.path",
		  "is empty; kind DIRECTORY needs path or fd" },
		{ SPEC("'root':{'kind':'DIRECTORY','path':'/x','fd':1}"),
		  "root.fd", "is given besides path; only one may be" },
		{ SPEC("'root':{'path':'/x'}"), "root.path",
		  "has no meaning with kind SYSTEM, only with DIRECTORY "
		  "OVERLAY" },
		{ SPEC("'root':{'fd':1}"), "root.fd",
		  "has no meaning with kind SYSTEM, only with DIRECTORY "
		  "OVERLAY" },
		{ SPEC("'root':{'writable':true}"), "root.writable",
		  "has no meaning with kind SYSTEM, only with DIRECTORY "
		  "HOST" },
		{ SPEC("'root':{'kind':'HOST','writable':true}"), NULL, NULL },
		{ SPEC("'root':{'kind':'HOST','path':'/x'}"), "root.path",
		  "has no meaning with kind HOST, only with DIRECTORY "
		  "OVERLAY" },
		{ SPEC("'root':{'kind':'EMPTY','writable':true}"),
		  "root.writable",
		  "has no meaning with kind EMPTY, only with DIRECTORY HOST" },
		{ SPEC("'root':{'kind':'DIRECTORY','path':'x'}"), "root.path",
		  "\"x\" is not absolute" },
	};

	CHECK(rows);
}

TEST(identity_ranges_are_bounded)
{
	static const struct spec_case rows[] = {
		{ SPEC("'identity':{'mode':'CALLER'}"), NULL, NULL },
		{ SPEC("'identity':{'mode':'RANGE','range_size':1}"), NULL,
		  NULL },
		{ SPEC("'identity':{'mode':'RANGE','range_size':16777216}"),
		  NULL, NULL },
		{ SPEC("'identity':{'mode':'RANGE','range_size':16777217}"),
		  "identity.range_size", "16777217 is more than 16777216" },
		{ SPEC("'identity':{'range_size':5}"), "identity.range_size",
		  "has no meaning with mode AUTO, only with RANGE" },
		{ SPEC("'identity':{'mode':'HOST'}"), "identity.mode",
		  "HOST is not implemented in this build" },
	};

	CHECK(rows);
}

/* A group map that is in order, beside the user map @runs. */
#define USERS(runs)                                            \
	SPEC("'identity':{'mode':'EXPLICIT','uid_maps':[" runs \
	     "],'gid_maps':[{'inside':0,'outside':5,'count':1}]}")
#define RUN(inside, outside, count) \
	"{'inside':" #inside ",'outside':" #outside ",'count':" #count "}"

TEST(maps_of_ids_are_those_that_the_kernel_takes)
{
	static const struct spec_case rows[] = {
		{ USERS(RUN(0, 5, 1)), NULL, NULL },
		{ USERS(RUN(0, 5, 10) "," RUN(10, 15, 10)), NULL, NULL },
		{ USERS(RUN(0, 5, 10) "," RUN(10, 0, 5)), NULL, NULL },
		{ USERS(RUN(4294967294, 4294967294, 1)), NULL, NULL },
		{ USERS(""), "identity.uid_maps",
		  "is empty; identity.mode EXPLICIT needs maps of both kinds" },
		{ SPEC("'identity':{'mode':'EXPLICIT','uid_maps':["
		       "{'inside':0,'outside':5,'count':1}]}"),
		  "identity.gid_maps",
		  "is empty; identity.mode EXPLICIT needs maps of both kinds" },
		{ SPEC("'identity':{'mode':'RANGE','uid_maps':["
		       "{'inside':0,'outside':5,'count':1}]}"),
		  "identity.uid_maps",
		  "has no meaning with mode RANGE, only with EXPLICIT" },
		{ USERS(RUN(0, 5, 0)), "identity.uid_maps[0].count", "is 0" },
		{ USERS(RUN(0, 5, 10) "," RUN(9, 15, 10)),
		  "identity.uid_maps[1].inside",
		  "overlaps that of identity.uid_maps[0]" },
		{ USERS(RUN(0, 5, 10) "," RUN(10, 14, 10)),
		  "identity.uid_maps[1].outside",
		  "overlaps that of identity.uid_maps[0]" },
		{ USERS(RUN(4294967295, 5, 1)), "identity.uid_maps[0].inside",
		  "4294967295 is more than 4294967294" },
		{ USERS(RUN(4294967294, 5, 2)), "identity.uid_maps[0].inside",
		  "4294967294 and 1 more go past the last id, 4294967294" },
		{ USERS(RUN(0, 4294967295, 1)), "identity.uid_maps[0].outside",
		  "4294967295 is more than 4294967294" },
		{ USERS(RUN(0, 4294967200, 4294967295)),
		  "identity.uid_maps[0].outside",
		  "4294967200 and 4294967294 more go past the last id, "
		  "4294967294" },
	};

	CHECK(rows);
}

TEST(a_program_is_needed)
{
	static const struct spec_case rows[] = {
		{ "{}", "process.argv", "is empty; a program is needed" },
		{ "{'process':{}}", "process.argv",
		  "is empty; a program is needed" },
		{ "{'process':{'argv':['']}}", "process.argv[0]", "is empty" },
		{ "{'process':{'argv':['a','']}}", NULL, NULL },
	};

	CHECK(rows);
}

TEST(the_environment_is_names_and_values)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'env':['A=','B=x=y','_f%%=() {\\n}']"), NULL, NULL },
		{ PROCESS("'env':['A']"), "process.env[0]",
		  "\"A\" is not NAME=VALUE" },
		{ PROCESS("'env':['A=1','=x']"), "process.env[1]",
		  "\"=x\" has an empty name" },
		{ PROCESS("'env':['A\\n=x']"), "process.env[0]",
		  "\"A\\n=x\" has a control character in its name" },
		{ PROCESS("'env':['A=1','AB=1','A=2']"), "process.env[2]",
		  "sets A again, after env[0]" },
	};

	CHECK(rows);
}

TEST(directories_and_users_follow_their_grammar)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'cwd':'/'"), NULL, NULL },
		{ PROCESS("'cwd':'/a/b'"), NULL, NULL },
		{ PROCESS("'cwd':'a'"), "process.cwd",
		  "\"a\" is not absolute" },
		{ PROCESS("'user':'0'"), NULL, NULL },
		{ PROCESS("'user':'4294967294:4294967294'"), NULL, NULL },
		{ PROCESS("'user':'nobody:nogroup'"), NULL, NULL },
		{ PROCESS("'user':'4294967295'"), "process.user",
		  "\"4294967295\" has a number above 4294967294" },
		{ PROCESS("'user':'4294967296'"), "process.user",
		  "\"4294967296\" has a number above 4294967294" },
		{ PROCESS("'user':'007'"), "process.user",
		  "\"007\" has a number with a leading zero" },
		{ PROCESS("'user':'+0'"), "process.user",
		  "\"+0\" is neither a name nor a number" },
		{ PROCESS("'user':'-1'"), "process.user",
		  "\"-1\" is neither a name nor a number" },
		{ PROCESS("'user':'1000x'"), "process.user",
		  "\"1000x\" is neither a name nor a number" },
		{ PROCESS("'user':' 1'"), "process.user",
		  "\" 1\" is neither a name nor a number" },
		{ PROCESS("'user':'root\\n'"), "process.user",
		  "\"root\\n\" is neither a name nor a number" },
		{ PROCESS("'user':'1000:'"), "process.user",
		  "\"1000:\" has an empty half" },
		{ PROCESS("'user':':5'"), "process.user",
		  "\":5\" has an empty half" },
		{ PROCESS("'user':'1:2:3'"), "process.user",
		  "\"1:2:3\" is neither a name nor a number" },
	};

	CHECK(rows);
}

TEST(standard_streams_have_what_their_kind_needs)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'stdio':{'in':{'kind':'FD','fd':1},'out':{'kind':"
			  "'INHERIT'},'err':{}}"),
		  NULL, NULL },
		{ PROCESS("'stdio':{'in':{'kind':'FD'}}"),
		  "process.stdio.in.fd", "is 0; kind FD needs one" },
		{ PROCESS("'stdio':{'out':{'fd':1}}"), "process.stdio.out.fd",
		  "has no meaning with kind NULL_DEVICE, only with FD" },
		{ PROCESS("'stdio':{'err':{'kind':'PIPE'}}"),
		  "process.stdio.err.kind",
		  "PIPE is not implemented in this build" },
		{ PROCESS("'stdio':{'out':{'kind':'INHERIT','max_bytes':9}}"),
		  "process.stdio.out.max_bytes",
		  "has no meaning with kind INHERIT, only with PIPE FILE "
		  "LOG" },
	};

	CHECK(rows);
}

TEST(resource_limits_are_known_ordered_and_set_once)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'rlimits':[{'name':'nofile','soft':1,'hard':1},"
			  "{'name':'RLIMIT_CORE'},{'name':'As',"
			  "'unlimited_soft':true,'unlimited_hard':true}]"),
		  NULL, NULL },
		{ PROCESS("'rlimits':[{'soft':1,'hard':1}]"),
		  "process.rlimits[0].name", "is empty" },
		{ PROCESS("'rlimits':[{'name':'files'}]"),
		  "process.rlimits[0].name",
		  "\"files\" is not a resource limit" },
		{ PROCESS("'rlimits':[{'name':'nofile','soft':2,'hard':1}]"),
		  "process.rlimits[0].soft", "2 is more than hard, 1" },
		{ PROCESS("'rlimits':[{'name':'nofile','soft':2}]"),
		  "process.rlimits[0].soft", "2 is more than hard, 0" },
		{ PROCESS("'rlimits':[{'name':'nofile','hard':5,"
			  "'unlimited_soft':true}]"),
		  "process.rlimits[0].unlimited_soft", "is more than hard, 5" },
		{ PROCESS("'rlimits':[{'name':'nofile','hard':5,"
			  "'unlimited_hard':true}]"),
		  "process.rlimits[0].hard",
		  "is given besides unlimited_hard" },
		{ PROCESS("'rlimits':[{'name':'nofile','soft':5,"
			  "'unlimited_hard':true,'unlimited_soft':true}]"),
		  "process.rlimits[0].soft",
		  "is given besides unlimited_soft" },
		{ PROCESS("'rlimits':[{'name':'nofile'},{'name':"
			  "'RLIMIT_NOFILE'}]"),
		  "process.rlimits[1].name",
		  "\"RLIMIT_NOFILE\" is set by rlimits[0], too" },
	};

	CHECK(rows);
}

TEST(masks_have_a_ceiling)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'umask_plus1':1"), NULL, NULL },
		{ PROCESS("'umask_plus1':512"), NULL, NULL },
		{ PROCESS("'umask_plus1':513"), "process.umask_plus1",
		  "513 is more than 512" },
	};

	CHECK(rows);
}

TEST(limits_network_and_names_are_held_to_their_rules)
{
	static const struct spec_case rows[] = {
		{ SPEC("'limits':{'pids':4194304,'wall_ms':3153600000000,"
		       "'grace_ms':'5'}"),
		  NULL, NULL },
		{ SPEC("'limits':{'pids':4194305}"), "limits.pids",
		  "4194305 is more than 4194304" },
		{ SPEC("'limits':{'wall_ms':3153600000001}"), "limits.wall_ms",
		  "3153600000001 is more than 3153600000000" },
		{ SPEC("'limits':{'grace_ms':'18446744073709551615'}"),
		  "limits.grace_ms",
		  "18446744073709551615 is more than 3153600000000" },
		{ SPEC("'limits':{'output_bytes':1}"), "limits.output_bytes",
		  "not implemented in this build" },
		{ SPEC("'network':{'loopback_down':true}"), NULL, NULL },
		{ SPEC("'network':{'mode':'BRIDGE'}"), "network.mode",
		  "BRIDGE is not implemented in this build" },
		{ SPEC("'network':{'egress':[{}]}"), "network.egress",
		  "not implemented in this build" },
		{ SPEC("'namespaces':{'ipc':'NEW'}"), NULL, NULL },
		{ SPEC("'on_controller_exit':'KEEP'"), "on_controller_exit",
		  "KEEP is not implemented in this build" },
		{ SPEC("'hostname':'web-1.example.org'"), NULL, NULL },
		{ SPEC("'hostname':'a_b'"), "hostname",
		  "\"a_b\" has a character that is none of A-Z a-z 0-9 . -" },
		{ SPEC("'hostname':'-a'"), "hostname",
		  "\"-a\" has a label that begins or ends with a hyphen" },
		{ SPEC("'hostname':'a..b'"), "hostname",
		  "\"a..b\" has an empty label" },
		{ SPEC("'hostname':'a.'"), "hostname",
		  "\"a.\" has an empty label" },
		{ SPEC("'hostname':'" A63 "'"), NULL, NULL },
		{ SPEC("'hostname':'" A63 "a'"), "hostname",
		  "\"" A63 "a\" has a label of more than 63 characters" },
		{ SPEC("'hostname':'" A63 ".a'"), "hostname",
		  "\"" A63 ".a\" is longer than 64 bytes" },
	};

	CHECK(rows);
}

TEST(preferences_name_fields_that_exist)
{
	static const struct spec_case rows[] = {
		{ SPEC("'preferred':['limits.memory_bytes','identity',"
		       "'process.stdio.in.kind','labels']"),
		  NULL, NULL },
		{ SPEC("'mounts':[{'source':'/a','target':'/a'}],"
		       "'preferred':['mounts[0]','mounts[0].target',"
		       "'mounts']"),
		  NULL, NULL },
		{ SPEC("'preferred':['limits.memory']"), "preferred[0]",
		  "\"limits.memory\" is not a field of the schema" },
		{ SPEC("'preferred':['limits.memoryBytes']"), "preferred[0]",
		  "\"limits.memoryBytes\" is not a field of the schema" },
		{ SPEC("'preferred':['id.x']"), "preferred[0]",
		  "\"id.x\" is not a field of the schema" },
		{ SPEC("'preferred':['']"), "preferred[0]",
		  "\"\" is not a field of the schema" },
		{ SPEC("'preferred':['limits.']"), "preferred[0]",
		  "\"limits.\" is not a field of the schema" },
		{ SPEC("'preferred':['mounts[0]']"), "preferred[0]",
		  "\"mounts[0]\" has an index that this document has no "
		  "element for" },
		{ SPEC("'preferred':['limits[0]']"), "preferred[0]",
		  "\"limits[0]\" has an index where none can be" },
		{ SPEC("'preferred':['mounts[00]']"), "preferred[0]",
		  "\"mounts[00]\" has an index where none can be" },
		{ SPEC("'preferred':['mounts[x']"), "preferred[0]",
		  "\"mounts[x\" has an index where none can be" },
		{ SPEC("'mounts':[{'source':'/a','target':'/a'}],"
		       "'preferred':['mounts[0]x']"),
		  "preferred[0]",
		  "\"mounts[0]x\" is not a field of the schema" },
	};

	CHECK(rows);
}
