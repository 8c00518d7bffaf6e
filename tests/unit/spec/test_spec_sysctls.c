/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of settings of the kernel's: a row each. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec/sysctl_names.h"
#include "spec_case.h"

#define CHECK(rows) spec_case_check_all(rows, ARRAY_SIZE(rows))
#define SYSCTL(key, value) \
	SPEC("'security':{'sysctls':{'" key "':'" value "'}}")
#define AT(key) "security.sysctls[\"" key "\"]"

TEST(settings_are_those_of_the_sandboxs_own_namespaces)
{
	static const struct spec_case rows[] = {
		{ SYSCTL("net.ipv4.ip_forward", "1"), NULL, NULL },
		{ SYSCTL("net/ipv4/conf/eth0.1/forwarding", "1"), NULL, NULL },
		{ SYSCTL("kernel.msgmni", "1"), NULL, NULL },
		{ SYSCTL("kernel.sem", "1 2\\t3 4"), NULL, NULL },
		{ SYSCTL("fs.mqueue.msg_max", "1"), NULL, NULL },
		{ SYSCTL("kernel.pid_max", "1"), AT("kernel.pid_max"),
		  "the setting belongs to no namespace that a sandbox has of "
		  "its own; those below net and fs.mqueue do, and "
		  "kernel.msg*, kernel.sem and kernel.shm*" },
		{ SYSCTL("kernel.hostname", "a"), AT("kernel.hostname"),
		  "the setting is set by the field hostname" },
		{ SYSCTL("kernel.domainname", "a"), AT("kernel.domainname"),
		  "the setting cannot be set: a sandbox has no NIS domain" },
		{ SYSCTL("user.max_user_namespaces", "9"),
		  AT("user.max_user_namespaces"),
		  "the setting cannot be set: the sandbox's guards set it" },
	};

	CHECK(rows);
}

TEST(settings_need_a_namespace_of_the_sandboxs_own)
{
	static const struct spec_case rows[] = {
		{ SPEC("'network':{'mode':'HOST'},"
		       "'security':{'sysctls':{'net.core.somaxconn':'1'}}"),
		  AT("net.core.somaxconn"),
		  "the setting needs a network namespace of the sandbox's own, "
		  "which network.mode HOST and JOIN have not" },
		{ SPEC("'network':{'mode':'JOIN','join_fd':1},"
		       "'security':{'sysctls':{'net.core.somaxconn':'1'}}"),
		  AT("net.core.somaxconn"),
		  "the setting needs a network namespace of the sandbox's own, "
		  "which network.mode HOST and JOIN have not" },
		{ SPEC("'namespaces':{'ipc':'SHARED'},"
		       "'security':{'sysctls':{'kernel.sem':'1'}}"),
		  AT("kernel.sem"),
		  "the setting needs namespaces.ipc NEW, a namespace of the "
		  "sandbox's own" },
		{ SPEC("'network':{'mode':'HOST'},"
		       "'security':{'sysctls':{'kernel.sem':'1'}}"),
		  NULL, NULL },
	};

	CHECK(rows);
}

TEST(settings_have_one_name_and_a_value)
{
	static const struct spec_case rows[] = {
		{ SYSCTL("net..a", "1"), AT("net..a"),
		  "the setting has an empty component, or one that is \".\" or "
		  "\"..\"" },
		{ SYSCTL("net/../kernel/panic", "1"), AT("net/../kernel/panic"),
		  "the setting has an empty component, or one that is \".\" or "
		  "\"..\"" },
		{ SYSCTL("net.//.kernel", "1"), AT("net.//.kernel"),
		  "the setting has an empty component, or one that is \".\" or "
		  "\"..\"" },
		{ SYSCTL("net/ipv4/", "1"), AT("net/ipv4/"),
		  "the setting has an empty component, or one that is \".\" or "
		  "\"..\"" },
		{ SYSCTL("net.a b", "1"), AT("net.a b"),
		  "the setting has another character than printable ASCII" },
		{ SYSCTL("", "1"), AT(""),
		  "the setting is empty or longer than 255 bytes" },
		{ SPEC("'security':{'sysctls':{'net.a.b':'1','net/a/b':'1'}}"),
		  AT("net/a/b"),
		  "the setting is there already, written in another way" },
		{ SYSCTL("net.a", ""), AT("net.a"),
		  "\"\" is empty or longer than 1023 bytes" },
		{ SYSCTL("net.a", "\\u0001"), AT("net.a"),
		  "\"\\x01\" has another character than printable ASCII" },
	};

	CHECK(rows);
}

TEST(dots_and_slashes_change_places)
{
	char path[SYSCTL_PATH_BYTES];

	ASSERT_TRUE(sysctl_path("net.ipv4.conf.eth0/1.x", path) == NULL);
	ASSERT_STR(path, "net/ipv4/conf/eth0.1/x");
	ASSERT_TRUE(sysctl_path("net/ipv4/conf/eth0.1/x", path) == NULL);
	ASSERT_STR(path, "net/ipv4/conf/eth0.1/x");
}
