/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of capabilities, and the names of capabilities and limits. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec/capability_names.h"
#include "spec/rlimit_names.h"
#include "spec_case.h"

#include <stdlib.h>
#include <sys/capability.h>

#define CHECK(rows) spec_case_check_all(rows, ARRAY_SIZE(rows))

/* A sandbox with a ceiling, and a process in it. */
#define BOTH(ceiling, process)                        \
	"{'security':{'capabilities':{" ceiling "}}," \
	"'process':{'argv':['a'],'capabilities':{" process "}}}"

TEST(capability_sets_are_those_that_the_kernel_takes)
{
	static const struct spec_case rows[] = {
		{ BOTH("'all_sets':['net_raw','CAP_CHOWN']",
		       "'all_sets':['Cap_Net_Raw']"),
		  NULL, NULL },
		{ BOTH("'all_sets':['kill']",
		       "'effective':['kill'],'permitted':['kill']"),
		  NULL, NULL },
		{ BOTH("'bounding':['kill']", "'bounding':['kill']"), NULL,
		  NULL },
		{ BOTH("'all_sets':['net_row']", ""),
		  "security.capabilities.all_sets[0]",
		  "\"net_row\" is not a capability" },
		{ BOTH("'all_sets':['']", ""),
		  "security.capabilities.all_sets[0]",
		  "\"\" is not a capability" },
		{ BOTH("'effective':['kill']", ""),
		  "security.capabilities.effective[0]",
		  "\"kill\" is not in permitted" },
		{ BOTH("'inheritable':['kill']", ""),
		  "security.capabilities.inheritable[0]",
		  "\"kill\" is not in bounding" },
		{ BOTH("'permitted':['kill'],'ambient':['kill']", ""),
		  "security.capabilities.ambient[0]",
		  "\"kill\" is not in inheritable" },
		{ BOTH("'inheritable':['kill'],'bounding':['kill'],'ambient':['kill']",
		       ""),
		  "security.capabilities.ambient[0]",
		  "\"kill\" is not in permitted" },
	};

	CHECK(rows);
}

TEST(a_process_has_never_more_than_the_sandbox)
{
	static const struct spec_case rows[] = {
		{ PROCESS("'capabilities':{'all_sets':['kill']}"),
		  "process.capabilities.all_sets[0]",
		  "\"kill\" is not in every set of security.capabilities" },
		{ BOTH("'permitted':['kill']", "'all_sets':['kill']"),
		  "process.capabilities.all_sets[0]",
		  "\"kill\" is not in every set of security.capabilities" },
		{ BOTH("'permitted':['kill']", "'permitted':['kill','chown']"),
		  "process.capabilities.permitted[1]",
		  "\"chown\" is not in security.capabilities.permitted" },
		{ BOTH("'permitted':['kill']", "'bounding':['kill']"),
		  "process.capabilities.bounding[0]",
		  "\"kill\" is not in security.capabilities.bounding" },
	};

	CHECK(rows);
}

TEST(other_privileges_are_refused_by_name)
{
	static const struct spec_case rows[] = {
		{ SPEC("'security':{'allow_new_privs':true}"), NULL, NULL },
		{ SPEC("'security':{'seccomp':{'profile':'DEFAULT'}}"), NULL,
		  NULL },
		{ SPEC("'security':{'own_namespaces':true}"), NULL, NULL },
		{ SPEC("'security':{'share_keyring':true}"),
		  "security.share_keyring", "not implemented in this build" },
	};

	CHECK(rows);
}

TEST(capabilities_have_the_names_of_libcap)
{
	int count = 0;

	for (int i = 0; i < cap_max_bits(); i++) {
		char *name = cap_to_name((cap_value_t)i);

		ASSERT_TRUE(name != NULL);
		ASSERT_STR(capability_name(i), name);
		ASSERT_EQ(capability_number(name), i);
		ASSERT_EQ(capability_number(name + 4), i);
		count++;
		cap_free(name);
	}
	ASSERT_TRUE(count > 30);
	ASSERT_EQ(capability_number("CAP_SYS_ADMIN"), CAP_SYS_ADMIN);
	ASSERT_EQ(capability_number("cap_"), -1);
	ASSERT_EQ(capability_number("cap_cap_kill"), -1);
	ASSERT_TRUE(capability_name(-1) == NULL);
	ASSERT_TRUE(capability_name(64) == NULL);
}

TEST(limits_have_names)
{
	for (int i = 0; rlimit_name(i) != NULL; i++) {
		ASSERT_EQ(rlimit_number(rlimit_name(i)), i);
	}
	ASSERT_TRUE(rlimit_name(15) != NULL);
	ASSERT_TRUE(rlimit_name(16) == NULL);
	ASSERT_EQ(rlimit_number("RLIMIT_NOFILE"), 7);
	ASSERT_EQ(rlimit_number("rlimit_"), -1);
	ASSERT_EQ(rlimit_number("nofiles"), -1);
}
