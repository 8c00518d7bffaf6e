/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of what the main process is by setting. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec/cpu_list.h"
#include "spec_case.h"

#define CHECK(rows) spec_case_check_all(rows, ARRAY_SIZE(rows))

TEST(further_groups_are_ids)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'extra_gids':[0,7,4294967294]"), NULL, NULL },
		{ PROCESS("'extra_gids':[1,4294967295]"),
		  "process.extra_gids[1]",
		  "4294967295 is more than 4294967294" },
	};

	CHECK(rows);
}

TEST(descriptors_have_numbers_of_their_own)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'pass_fds':[{'fd':1,'inside':3},"
			  "{'fd':1,'inside':255}]"),
		  NULL, NULL },
		{ PROCESS("'pass_fds':[{'inside':3}]"),
		  "process.pass_fds[0].fd",
		  "is 0; descriptors are counted from 1" },
		{ PROCESS("'pass_fds':[{'fd':1,'inside':2}]"),
		  "process.pass_fds[0].inside", "2 is not from 3 to 255" },
		{ PROCESS("'pass_fds':[{'fd':1,'inside':256}]"),
		  "process.pass_fds[0].inside", "256 is not from 3 to 255" },
		{ PROCESS("'pass_fds':[{'fd':1,'inside':3},"
			  "{'fd':2,'inside':3}]"),
		  "process.pass_fds[1].inside",
		  "3 is that of pass_fds[0], "
		  "too" },
	};

	CHECK(rows);
}

#define SCHEDULING(members) PROCESS("'scheduling':{" members "}")

TEST(policies_have_what_is_theirs)
{
	static const struct spec_case rows[] = {
		{ SCHEDULING("'policy':'fifo','priority':99"), NULL, NULL },
		{ SCHEDULING("'policy':'batch','nice':-20"), NULL, NULL },
		{ SCHEDULING("'policy':'deadline'"),
		  "process.scheduling.policy",
		  "\"deadline\" is none of other, batch, idle, fifo, rr" },
		{ SCHEDULING("'policy':'rr'"), "process.scheduling.priority",
		  "0 is not from 1 to 99" },
		{ SCHEDULING("'policy':'rr','priority':100"),
		  "process.scheduling.priority", "100 is not from 1 to 99" },
		{ SCHEDULING("'priority':1"), "process.scheduling.priority",
		  "has no meaning with policy \"\", only with fifo and rr" },
		{ SCHEDULING("'policy':'rr','priority':1,'nice':1"),
		  "process.scheduling.nice", "has no meaning with policy rr" },
		{ SCHEDULING("'nice':20"), "process.scheduling.nice",
		  "20 is not from -20 to 19" },
		{ SCHEDULING("'nice':-21"), "process.scheduling.nice",
		  "-21 is not from -20 to 19" },
	};

	CHECK(rows);
}

TEST(classes_have_what_is_theirs)
{
	static const struct spec_case rows[] = {
		{ SCHEDULING("'io_class':'best-effort','io_level':7"), NULL,
		  NULL },
		{ SCHEDULING("'io_class':'none'"), NULL, NULL },
		{ SCHEDULING("'io_class':'fast'"),
		  "process.scheduling.io_class",
		  "\"fast\" is none of none, realtime, best-effort, idle" },
		{ SCHEDULING("'io_class':'idle','io_level':1"),
		  "process.scheduling.io_level",
		  "has no meaning with io_class \"idle\", only with realtime "
		  "and best-effort" },
		{ SCHEDULING("'io_class':'realtime','io_level':8"),
		  "process.scheduling.io_level", "8 is more than 7" },
	};

	CHECK(rows);
}

#define NO_LIST " is no list of processors such as \"0-3,7\", each below 8192"

TEST(processors_are_listed_as_the_kernel_does)
{
	static const struct spec_case rows[] = {
		{ SCHEDULING("'cpus':'0-3,7'"), NULL, NULL },
		{ SCHEDULING("'cpus':'8191'"), NULL, NULL },
		{ SCHEDULING("'cpus':'8192'"), "process.scheduling.cpus",
		  "\"8192\"" NO_LIST },
		{ SCHEDULING("'cpus':'0,'"), "process.scheduling.cpus",
		  "\"0,\"" NO_LIST },
		{ SCHEDULING("'cpus':'0 1'"), "process.scheduling.cpus",
		  "\"0 1\"" NO_LIST },
		{ SCHEDULING("'cpus':'3-1'"), "process.scheduling.cpus",
		  "\"3-1\" has a range that does not go up" },
	};

	CHECK(rows);
}

TEST(a_list_sets_the_bits_of_its_processors)
{
	uint64_t words[CPU_LIST_WORDS] = { 0 };

	ASSERT_TRUE(cpu_list_parse("0-2,63-64,8191", words) == NULL);
	ASSERT_TRUE(words[0] == 0x8000000000000007U);
	ASSERT_TRUE(words[1] == 1);
	ASSERT_TRUE(words[CPU_LIST_WORDS - 1] == 0x8000000000000000U);
}

#define LANDLOCK(members) SPEC("'security':{'landlock':{" members "}}")

TEST(a_landlock_domain_is_made_of_paths_and_ports)
{
	static const struct spec_case rows[] = {
		{ LANDLOCK("'paths':[{'path':'/a','access':['read','write',"
			   "'execute','make_dir','ioctl_dev']}]"),
		  NULL, NULL },
		{ LANDLOCK("'paths':[{'access':['read']}]"),
		  "security.landlock.paths[0].path", "is empty" },
		{ LANDLOCK("'paths':[{'path':'a','access':['read']}]"),
		  "security.landlock.paths[0].path", "\"a\" is not absolute" },
		{ LANDLOCK("'paths':[{'path':'/a'}]"),
		  "security.landlock.paths[0].access", "is empty" },
		{ LANDLOCK("'paths':[{'path':'/a','access':['fly']}]"),
		  "security.landlock.paths[0].access[0]",
		  "\"fly\" is none of read, write, execute and the kernel's "
		  "own names" },
		{ LANDLOCK("'bind_tcp':[65536]"),
		  "security.landlock.bind_tcp[0]", "65536 is more than 65535" },
		{ LANDLOCK("'connect_tcp':[1,65536]"),
		  "security.landlock.connect_tcp[1]",
		  "65536 is more than 65535" },
		{ SPEC("'security':{'landlock':{},'allow_new_privs':true}"),
		  "security.landlock",
		  "cannot be together with allow_new_privs, which the kernel "
		  "takes a capability for" },
	};

	CHECK(rows);
}

#define LETTERS_16 "aaaaaaaaaaaaaaaa"
/* What a message shows of a long text. */
#define LETTERS_SHOWN LETTERS_64 LETTERS_16 LETTERS_16
#define LETTERS_64    LETTERS_16 LETTERS_16 LETTERS_16 LETTERS_16
#define LETTERS_256   LETTERS_64 LETTERS_64 LETTERS_64 LETTERS_64
#define LETTERS_1024  LETTERS_256 LETTERS_256 LETTERS_256 LETTERS_256
#define LETTERS_4096  LETTERS_1024 LETTERS_1024 LETTERS_1024 LETTERS_1024

TEST(smaller_privileges_have_their_bounds)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'oom_score_adj':-1000"), NULL, NULL },
		{ PROCESS("'oom_score_adj':1001"), "process.oom_score_adj",
		  "1001 is not from -1000 to 1000" },
		{ PROCESS("'oom_score_adj':-1001"), "process.oom_score_adj",
		  "-1001 is not from -1000 to 1000" },
		{ SPEC("'security':{'securebits':239}"), NULL, NULL },
		{ SPEC("'security':{'securebits':16}"), "security.securebits",
		  "has 16, SECBIT_KEEP_CAPS, which ends with execve" },
		{ SPEC("'security':{'securebits':4096}"), "security.securebits",
		  "4096 is more than 4095" },
	};

	CHECK(rows);
}

TEST(names_of_security_modules_have_their_bounds)
{
	static const struct spec_case rows[] = {
		{ SPEC("'security':{'apparmor_profile':':n:a//&b c'}"), NULL,
		  NULL },
		{ SPEC("'security':{'apparmor_profile':' a'}"),
		  "security.apparmor_profile",
		  "\" a\" begins or ends with a blank" },
		{ SPEC("'security':{'apparmor_profile':'a\\nb'}"),
		  "security.apparmor_profile",
		  "\"a\\nb\" has a control character" },
		{ SPEC("'security':{'apparmor_profile':'" LETTERS_256 "'}"),
		  "security.apparmor_profile",
		  "\"" LETTERS_SHOWN "...\" is longer than 255 bytes" },
		{ SPEC("'security':{'selinux_label':'a:b:c:s0:c1,c2'}"), NULL,
		  NULL },
		{ SPEC("'security':{'selinux_label':'a '}"),
		  "security.selinux_label",
		  "\"a \" begins or ends with a blank" },
		{ SPEC("'security':{'selinux_label':'a\\u007f'}"),
		  "security.selinux_label",
		  "\"a\\x7f\" has a control character" },
		{ SPEC("'security':{'selinux_label':'" LETTERS_4096 "a'}"),
		  "security.selinux_label",
		  "\"" LETTERS_SHOWN "...\" is longer than 4096 bytes" },
	};

	CHECK(rows);
}

TEST(an_execution_domain_is_a_word)
{
	static const struct spec_case rows[] = {
		{ SPEC("'security':{'personality':4294967295}"),
		  "security.personality",
		  "4294967295 is more than 4294967294" },
	};

	CHECK(rows);
}
