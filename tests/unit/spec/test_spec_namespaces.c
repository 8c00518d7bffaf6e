/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of namespaces and of the network: a row each. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec_case.h"

#define CHECK(rows) spec_case_check_all(rows, ARRAY_SIZE(rows))

TEST(namespaces_have_what_their_mode_needs)
{
	static const struct spec_case rows[] = {
		{ SPEC("'namespaces':{'ipc':'SHARED','cgroup':'SHARED'}"), NULL,
		  NULL },
		{ SPEC("'namespaces':{'uts':'JOIN','uts_join':'/a'}"), NULL,
		  NULL },
		{ SPEC("'namespaces':{'ipc':'JOIN'}"), "namespaces.ipc_join",
		  "is empty; JOIN needs the path of the namespace" },
		{ SPEC("'namespaces':{'uts_join':'/a'}"), "namespaces.uts_join",
		  "has a meaning only with namespaces.uts JOIN" },
		{ SPEC("'namespaces':{'ipc':'JOIN','ipc_join':'a'}"),
		  "namespaces.ipc_join", "\"a\" is not absolute" },
		{ SPEC("'hostname':'h','namespaces':{'uts':'SHARED'}"),
		  "hostname",
		  "\"h\" cannot be set in a uts namespace that is not the "
		  "sandbox's own" },
		{ SPEC("'namespaces':{'cgroup':'JOIN','cgroup_join':'/a'}"),
		  NULL, NULL },
		{ SPEC("'namespaces':{'cgroup':'JOIN'}"),
		  "namespaces.cgroup_join",
		  "is empty; JOIN needs the path of the namespace" },
	};

	CHECK(rows);
}

TEST(clocks_are_moved_in_a_namespace_of_their_own)
{
	static const struct spec_case rows[] = {
		{ SPEC("'namespaces':{'time':'SHARED'}"), NULL, NULL },
		{ SPEC("'namespaces':{'monotonic_offset_ns':-1,"
		       "'boottime_offset_ns':1}"),
		  NULL, NULL },
		{ SPEC("'namespaces':{'time':'SHARED',"
		       "'monotonic_offset_ns':1}"),
		  "namespaces.monotonic_offset_ns",
		  "moves a clock of the host's; namespaces.time SHARED leaves "
		  "them as they are" },
		{ SPEC("'namespaces':{'time':'SHARED',"
		       "'boottime_offset_ns':1}"),
		  "namespaces.boottime_offset_ns",
		  "moves a clock of the host's; namespaces.time SHARED leaves "
		  "them as they are" },
		{ SPEC("'namespaces':{'time':'JOIN'}"), "namespaces.time",
		  "JOIN is not implemented in this build" },
	};

	CHECK(rows);
}

/* Besides that it is not there, the reason. */
TEST(processes_are_in_a_namespace_of_the_sandboxs_own)
{
	static const char rule[] =
		"not implemented in this build: only with a pid namespace of "
		"the sandbox's own does the kernel end all of it, whoever "
		"kills its first process";
	const struct spec_case rows[] = {
		{ SPEC("'namespaces':{'pid':'NEW'}"), NULL, NULL },
		{ SPEC("'namespaces':{'pid':'SHARED'}"), "namespaces.pid",
		  rule },
		{ SPEC("'namespaces':{'pid':'JOIN'}"), "namespaces.pid", rule },
		{ SPEC("'namespaces':{'pid_join':'/a'}"), "namespaces.pid_join",
		  rule },
	};

	CHECK(rows);
}

TEST(a_network_has_what_its_mode_needs)
{
	static const struct spec_case rows[] = {
		{ SPEC("'network':{'mode':'HOST'}"), NULL, NULL },
		{ SPEC("'network':{'mode':'JOIN','join_fd':1}"), NULL, NULL },
		{ SPEC("'network':{'mode':'JOIN','join_path':'/a'}"), NULL,
		  NULL },
		{ SPEC("'network':{'mode':'JOIN'}"), "network.join_path",
		  "is empty; mode JOIN needs join_path or join_fd" },
		{ SPEC("'network':{'mode':'JOIN','join_path':'/a',"
		       "'join_fd':1}"),
		  "network.join_fd",
		  "is given besides join_path; only one may be" },
		{ SPEC("'network':{'join_fd':1}"), "network.join_fd",
		  "has no meaning with mode NONE, only with JOIN" },
		{ SPEC("'network':{'mode':'HOST','loopback_down':true}"),
		  "network.loopback_down",
		  "has no meaning with mode HOST, only with NONE" },
		{ SPEC("'network':{'mode':'USER'}"), "network.mode",
		  "USER is not implemented in this build" },
	};

	CHECK(rows);
}
