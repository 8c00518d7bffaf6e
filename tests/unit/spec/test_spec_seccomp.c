/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of the system-call filter: a row each. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec_case.h"

#define CHECK(rows) spec_case_check_all(rows, ARRAY_SIZE(rows))

#define SECCOMP(members) SPEC("'security':{'seccomp':{" members "}}")
#define RULE(members)    SECCOMP("'rules':[{'names':['read']," members "}]")
#define AT               "security.seccomp"

TEST(profiles_and_what_they_go_with)
{
	static const struct spec_case rows[] = {
		{ SECCOMP("'profile':'STRICT','log':true"), NULL, NULL },
		{ SECCOMP("'profile':'COMPAT','bpf':'BgAAAAAA/38='"), NULL,
		  NULL },
		{ SECCOMP("'profile':'NONE','errno_value':4095"), NULL, NULL },
		{ SECCOMP("'profile':'UNCONFINED'"), NULL, NULL },
		{ SECCOMP("'default_action':'LOG'"), AT ".default_action",
		  "has a meaning only with profile NONE" },
		{ SECCOMP("'errno_value':1"), AT ".default_action",
		  "has a meaning only with profile NONE" },
		{ SECCOMP("'profile':'NONE','default_action':'NOTIFY'"),
		  AT ".notify_fd", "is needed where an action is NOTIFY" },
		{ SECCOMP("'profile':'NONE','errno_value':4096"),
		  AT ".errno_value", "4096 is more than 4095" },
		{ SECCOMP("'profile':'UNCONFINED','log':true"), AT ".log",
		  "has no meaning with profile UNCONFINED" },
		{ SECCOMP("'profile':'UNCONFINED','rules':[{'names':['a']}]"),
		  AT ".rules", "has no meaning with profile UNCONFINED" },
		{ SECCOMP("'oci_json':'e30='"), AT ".oci_json",
		  "1:2: there is no \"defaultAction\"" },
		{ SECCOMP("'profile':'STRICT','oci_json':"
			  "'eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfTE9HIn0='"),
		  AT ".profile", "has no meaning beside oci_json" },
		{ SECCOMP("'notify_fd':1"), AT ".notify_fd",
		  "has a meaning only with an action NOTIFY" },
		{ SECCOMP("'profile':'NONE','default_action':'NOTIFY',"
			  "'notify_fd':1"),
		  NULL, NULL },
		{ SECCOMP("'oci_json':"
			  "'eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfTk9USUZZIn0='"),
		  AT ".notify_fd", "is needed where an action is NOTIFY" },
		{ SECCOMP("'notify_fd':1,'oci_json':"
			  "'eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfTk9USUZZIn0='"),
		  NULL, NULL },
	};

	CHECK(rows);
}

TEST(rules_name_calls_and_say_what_becomes_of_them)
{
	static const struct spec_case rows[] = {
		{ RULE("'action':'KILL_THREAD'"), NULL, NULL },
		{ RULE("'errno_value':38"), NULL, NULL },
		{ SECCOMP("'rules':[{'action':'TRAP'}]"), AT ".rules[0].names",
		  "is empty" },
		{ RULE("'action':'NOTIFY'"), AT ".notify_fd",
		  "is needed where an action is NOTIFY" },
		{ RULE("'action':'ALLOW','errno_value':1"),
		  AT ".rules[0].errno_value",
		  "has a meaning only with ACTION_ERRNO" },
		{ RULE("'errno_value':4096"), AT ".rules[0].errno_value",
		  "4096 is more than 4095" },
	};

	CHECK(rows);
}

TEST(arguments_are_compared_with_what_they_can_be)
{
	static const struct spec_case rows[] = {
		{ RULE("'args':[{'index':5,'op':'GE','value':"
		       "18446744073709551615}]"),
		  NULL, NULL },
		{ RULE("'args':[{'op':'MASKED_EQ','value':4,'mask':12}]"), NULL,
		  NULL },
		{ RULE("'args':[{'index':6}]"), AT ".rules[0].args[0].index",
		  "6 is more than 5" },
		{ RULE("'args':[{'op':'NE','mask':1}]"),
		  AT ".rules[0].args[0].mask",
		  "has a meaning only with MASKED_EQ" },
		{ RULE("'args':[{'op':'MASKED_EQ','value':5,'mask':4}]"),
		  AT ".rules[0].args[0].value",
		  "5 has bits that mask has not, so it is never equal" },
		{ RULE("'args':[{},{},{},{},{},{},{}]"), AT ".rules[0].args",
		  "has 7 elements, more than 6" },
	};

	CHECK(rows);
}
