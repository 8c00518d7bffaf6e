/* SPDX-License-Identifier: Apache-2.0 */
/* Every reason for which there is no plan, with the field it names. */
#include "base/array.h"
#include "base/cleanup.h"
#include "build_plan.h"
#include "lib/tap.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define CALLER "\"identity\": {\"mode\": \"CALLER\"}, "
#define CALLERS_GROUPS                                                   \
	"takes ids that are not the caller's (identity.mode RANGE), as " \
	"the program could mount the control groups that the caller may change"
#define MANY_CAPABILITIES "\"security\": {\"capabilities\": "

#define MAPS(uid, gid, count)                                            \
	"{\"mode\": \"EXPLICIT\", \"uid_maps\": [{\"inside\": 9,"        \
	" \"outside\": " uid ", \"count\": " count "}], \"gid_maps\": [" \
	"{\"inside\": 9, \"outside\": " gid ", \"count\": " count "}]}"

static const struct refusal {
	const char *json;
	const struct plan_facts *host;
	enum sandbox_error_kind kind;
	const char *field;
	const char *message; /* behind the field */
} refusals[] = {
	{ "{}", &host_root_range, SANDBOX_ERROR_SPEC, "process.argv",
	  "names no program" },
	{ "{\"process\": {\"argv\": [\"\"]}}", &host_root_range,
	  SANDBOX_ERROR_SPEC, "process.argv", "names no program" },

	/* identity */
	{ "{\"identity\": {\"mode\": \"RANGE\"}, " ARGV "}", &host_user_single,
	  SANDBOX_ERROR_UNSUPPORTED, "identity.mode",
	  "RANGE: no range of ids can be had: newuidmap is not installed" },
	{ "{\"identity\": {\"mode\": \"RANGE\"}, \"preferred\": "
	  "[\"identity.range_size\"], " ARGV "}",
	  &host_user_single, SANDBOX_ERROR_UNSUPPORTED, "identity.mode",
	  "RANGE: no range of ids can be had: newuidmap is not installed" },
	{ "{\"identity\": {\"mode\": \"RANGE\"}, " ARGV "}", &host_user_range,
	  SANDBOX_ERROR_UNSUPPORTED, "identity.range_size",
	  "65536 ids, the default, are more than the 65535 that can be had: "
	  "/etc/subuid grants 65536 ids" },
	{ "{\"identity\": {\"mode\": \"RANGE\", \"range_size\": 70000}, " ARGV
	  "}",
	  &host_user_range, SANDBOX_ERROR_UNSUPPORTED, "identity.range_size",
	  "70000 ids are more than the 65535 that can be had: "
	  "/etc/subuid grants 65536 ids" },
	{ "{\"identity\": {\"mode\": \"EXPLICIT\"}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "identity.mode",
	  "EXPLICIT needs 1 to 339 uid_maps and as many gid_maps" },
	{ "{\"identity\": " MAPS("0", "9", "9") ", " ARGV "}", &host_root_range,
	  SANDBOX_ERROR_UNSUPPORTED, "identity.uid_maps[0].outside",
	  "0 is the host's root, who needs no map: mode CALLER gives its id" },
	{ "{\"identity\": " MAPS("9", "9", "9") ", " ARGV "}",
	  &host_root_single, SANDBOX_ERROR_UNSUPPORTED, "identity.mode",
	  "EXPLICIT: there is no id for the sandbox's own first process: "
	  "no account in /etc/subuid holds a pool" },
	{ "{\"identity\": " MAPS("9", "9", "9") ", " ARGV "}", &host_root_range,
	  SANDBOX_ERROR_SPEC, "process.user",
	  "user 1000 is not mapped: it is not in identity.uid_maps" },
	{ "{\"identity\": " MAPS("9", "9",
				 "2000") ", \"process\": {\"argv\": "
					 "[\"a\"], \"extra_gids\": [2009]}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "process.extra_gids[0]",
	  "2009 is not mapped: it is not in identity.gid_maps" },

	/* settings, whose groups are those inside */
	{ "{\"security\": {\"sysctls\": {\"net.ipv4.ping_group_range\": "
	  "\"5\"}}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "security.sysctls",
	  "net.ipv4.ping_group_range: \"5\" is not two group ids" },
	{ "{\"root\": {\"kind\": \"DIRECTORY\", \"path\": \"/i\"}, "
	  "\"security\": {\"sysctls\": {\"net/ipv4/ping_group_range\": "
	  "\"1 5\"}}, \"process\": {\"argv\": [\"true\"], \"user\": "
	  "\"app\"}}",
	  &host_user_single, SANDBOX_ERROR_SPEC, "security.sysctls",
	  "net/ipv4/ping_group_range: with a single id, only "
	  "\"0 2147483647\" goes with a process.user by name" },

	{ "{\"identity\": " MAPS(
		  "5000", "1000",
		  "9") ", \"security\": "
		       "{\"sysctls\": {\"net.ipv4.ping_group_range\": \"9 12\"}}, "
		       "\"process\": {\"argv\": [\"true\"], \"user\": \"9:9\"}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "security.sysctls",
	  "net.ipv4.ping_group_range: only \"0 2147483647\" goes with "
	  "identity.mode EXPLICIT" },

	/* user */
	{ "{\"process\": {\"argv\": [\"true\"], \"user\": \"65536\"}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "process.user",
	  "user 65536 is not mapped: the sandbox has the ids 0 to 65535" },
	{ "{\"process\": {\"argv\": [\"true\"], \"user\": \"0:65535\"}}",
	  &host_user_range, SANDBOX_ERROR_SPEC, "process.user",
	  "group 65535 is not mapped: the sandbox has the ids 0 to 65534" },
	{ "{\"process\": {\"argv\": [\"true\"], \"user\": \"daemon\"}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "process.user",
	  "\"daemon\" is not in the sandbox's /etc/passwd" },
	{ "{\"process\": {\"argv\": [\"true\"], \"user\": \"root:wheel\"}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "process.user",
	  "\"wheel\" is not in the sandbox's /etc/group" },
	{ "{\"process\": {\"argv\": [\"true\"], \"user\": \"01\"}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "process.user",
	  "\"01\" has a number with a leading zero" },
	{ "{\"root\": {\"kind\": \"DIRECTORY\", \"path\": \"/i\"}, "
	  "\"process\": {\"argv\": [\"true\"], \"user\": \"app:70000\"}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "process.user",
	  "group 70000 is not mapped: the sandbox has the ids 0 to 65535" },

	/* tree */
	{ "{\"root\": {\"kind\": \"OVERLAY\", \"path\": \"/a\"}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED,
	  "root.allow_exec_on_upper",
	  "kind OVERLAY takes true: the kernel cannot tell what was written "
	  "from what lies below it when it is executed" },
	{ "{\"root\": {\"kind\": \"OVERLAY\", \"path\": \"/a\", \"upper\": "
	  "\"/b\", \"allow_exec_on_upper\": true}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED, "root.upper",
	  "takes identity.mode CALLER: with a range of ids the files would "
	  "belong to ids that another sandbox gets" },
	{ "{\"mounts\": [{\"kind\": \"TMPFS\", \"target\": \"/b\", \"uid\": "
	  "65536}], " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "mounts[0].uid",
	  "65536 is not mapped: the sandbox has the ids 0 to 65535" },
	{ "{\"mounts\": [{\"kind\": \"TMPFS\", \"target\": \"/b\", \"gid\": "
	  "7}], " ARGV "}",
	  &host_user_single, SANDBOX_ERROR_SPEC, "mounts[0].gid",
	  "7 is not mapped: the sandbox has a single id, that of "
	  "process.user" },
	{ "{\"root\": {\"kind\": \"DIRECTORY\", \"path\": \"/i\"}, "
	  "\"mounts\": [{\"kind\": \"TMPFS\", \"target\": \"/b\", \"uid\": "
	  "7}], \"process\": {\"argv\": [\"true\"], \"user\": \"app\"}}",
	  &host_user_single, SANDBOX_ERROR_SPEC, "mounts[0].uid",
	  "7 is not mapped: the sandbox has a single id, that of "
	  "process.user" },

	/* privileges */
	{ "{" MANY_CAPABILITIES "{\"ambient\": [\"chown\"]}}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "security.capabilities.ambient",
	  "\"cap_chown\" is not in permitted, too" },
	{ "{" MANY_CAPABILITIES "{\"ambient\": [\"chown\"], \"permitted\": "
	  "[\"chown\"]}}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "security.capabilities.ambient",
	  "\"cap_chown\" is not in inheritable, too" },
	{ "{" MANY_CAPABILITIES "{\"effective\": [\"kill\", \"chown\"], "
	  "\"permitted\": [\"chown\"]}}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC,
	  "security.capabilities.effective",
	  "\"cap_kill\" is not in permitted, too" },
	{ "{\"process\": {\"argv\": [\"true\"], \"capabilities\": "
	  "{\"inheritable\": [\"kill\"]}}}",
	  &host_root_range, SANDBOX_ERROR_SPEC,
	  "process.capabilities.inheritable",
	  "\"cap_kill\" is not in bounding, too" },
	{ "{" MANY_CAPABILITIES "{\"bounding\": [\"fly\"]}}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC,
	  "security.capabilities.bounding", "\"fly\" is not a capability" },
	{ "{" MANY_CAPABILITIES "{\"all_sets\": [\"fly\"]}}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC,
	  "security.capabilities.all_sets", "\"fly\" is not a capability" },

	{ "{\"process\": {\"argv\": [\"true\"], \"oom_score_adj\": -5}}",
	  &host_user_range, SANDBOX_ERROR_UNSUPPORTED, "process.oom_score_adj",
	  "-5 takes CAP_SYS_RESOURCE over the host" },

	{ "{\"security\": {\"landlock\": {}}, " ARGV "}", &host_user_single,
	  SANDBOX_ERROR_UNSUPPORTED, "security.landlock",
	  "this kernel has no Landlock" },
	{ "{\"security\": {\"landlock\": {\"paths\": [{\"path\": \"/a\", "
	  "\"access\": [\"read\"]}]}}, " ARGV "}",
	  &host_user_range, SANDBOX_ERROR_UNSUPPORTED,
	  "security.landlock.paths",
	  "takes version 3 of Landlock, and this kernel has 2" },
	{ "{\"security\": {\"landlock\": {\"restrict_network\": true}}, " ARGV
	  "}",
	  &host_user_range, SANDBOX_ERROR_UNSUPPORTED,
	  "security.landlock.bind_tcp",
	  "takes version 4 of Landlock, and this kernel has 2" },
	{ "{\"security\": {\"landlock\": {\"connect_tcp\": [1]}}, " ARGV "}",
	  &host_user_range, SANDBOX_ERROR_UNSUPPORTED,
	  "security.landlock.connect_tcp",
	  "takes version 4 of Landlock, and this kernel has 2" },
	{ "{\"security\": {\"landlock\": {}}, \"network\": {\"mode\": "
	  "\"HOST\"}, " ARGV "}",
	  &host_user_range, SANDBOX_ERROR_UNSUPPORTED,
	  "security.landlock.allow_abstract_sockets",
	  "takes version 6 of Landlock, and this kernel has 2" },

	{ "{\"security\": {\"apparmor_profile\": \"lab\"}, " ARGV "}",
	  &host_user_range, SANDBOX_ERROR_UNSUPPORTED,
	  "security.apparmor_profile",
	  "\"lab\" takes AppArmor, which is not enabled on this host" },
	{ "{\"security\": {\"selinux_label\": \"a:b:c:s0\"}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED, "security.selinux_label",
	  "\"a:b:c:s0\" takes SELinux, which is not enabled on this host" },

	/* /proc */
	{ "{\"mounts\": [{\"kind\": \"PROC\", \"target\": \"/proc\","
	  " \"hidepid\": \"HIDEPID_OFF\"}], " ARGV "}",
	  &host_root_single, SANDBOX_ERROR_UNSUPPORTED, "mounts[0].hidepid",
	  "HIDEPID_OFF would show init to a payload that is the host's root" },

	/* control groups */
	{ "{\"mounts\": [{\"kind\": \"CGROUP\", \"target\": \"/c\"}], "
	  "\"limits\": {\"cpu_milli\": 500}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "mounts[0].kind",
	  "CGROUP does not go with limits of memory and processors in this"
	  " build, as it would show the groups of other sandboxes" },
	{ "{\"limits\": {\"memory_bytes\": 4096}, " ARGV "}", &host_user_range,
	  SANDBOX_ERROR_UNSUPPORTED, "limits.memory_bytes",
	  "4096 takes the controller \"memory\" of the host's control groups,"
	  " which this user may not make groups in" },
	{ "{\"limits\": {\"cpu_milli\": 500}, " ARGV "}", &host_user_single,
	  SANDBOX_ERROR_UNSUPPORTED, "limits.cpu_milli",
	  "500 takes the controller \"cpu\" of the host's control groups,"
	  " which it does not have" },
	{ "{\"limits\": {\"cpu_weight\": 50}, " ARGV "}", &host_user_single,
	  SANDBOX_ERROR_UNSUPPORTED, "limits.cpu_weight",
	  "50 takes the controller \"cpu\" of the host's control groups,"
	  " which it does not have" },
	{ "{\"limits\": {\"cpuset_cpus\": \"0\"}, " ARGV "}", &host_user_single,
	  SANDBOX_ERROR_UNSUPPORTED, "limits.cpuset_cpus",
	  "0 takes the controller \"cpuset\" of the host's control groups,"
	  " which it does not have" },
	{ "{\"limits\": {\"cpuset_mems\": \"0\"}, " ARGV "}", &host_user_single,
	  SANDBOX_ERROR_UNSUPPORTED, "limits.cpuset_mems",
	  "0 takes the controller \"cpuset\" of the host's control groups,"
	  " which it does not have" },
	{ "{\"limits\": {\"memory_high_bytes\": 4096}, " ARGV "}",
	  &host_root_single, SANDBOX_ERROR_UNSUPPORTED,
	  "limits.memory_high_bytes",
	  "4096 takes the controller \"memory\" of the host's control groups,"
	  " which is of version 1 here, which has no such limit" },
	{ "{\"limits\": {\"memory_low_bytes\": 4096}, " ARGV "}",
	  &host_root_single, SANDBOX_ERROR_UNSUPPORTED,
	  "limits.memory_low_bytes",
	  "4096 takes the controller \"memory\" of the host's control groups,"
	  " which is of version 1 here, which has no such limit" },

	/* what the caller may change of the host's groups, it could */
	{ "{\"security\": {\"own_namespaces\": true}, " CALLER ARGV "}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED,
	  "security.own_namespaces", CALLERS_GROUPS },
	{ "{\"security\": {\"allow_nested_userns\": true, \"seccomp\": "
	  "{\"profile\": \"UNCONFINED\"}}, " CALLER ARGV "}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED,
	  "security.allow_nested_userns", CALLERS_GROUPS },

	{ "{\"security\": {\"capabilities\": {\"all_sets\": [\"sys_admin\"]}, "
	  "\"seccomp\": {\"rules\": [{\"names\": [\"mount\"], \"action\": "
	  "\"ALLOW\"}]}}, " CALLER ARGV "}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED, "security.capabilities",
	  CALLERS_GROUPS },
	{ "{\"security\": {\"capabilities\": {\"all_sets\": "
	  "[\"sys_resource\"]}, \"unmasked_paths\": [\"/proc/sys\"], "
	  "\"seccomp\": {\"profile\": \"UNCONFINED\"}}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "security.allow_nested_userns",
	  "false does not hold with CAP_SYS_RESOURCE, /proc/sys in "
	  "unmasked_paths and a filter of the document's own or none" },

	/* limits */
	{ "{\"limits\": {\"pids\": 5}, " ARGV "}", &host_root_single,
	  SANDBOX_ERROR_UNSUPPORTED, "limits.pids",
	  "5 cannot be enforced on the host's root, which identity.mode CALLER"
	  " makes of the payload" },
	{ "{\"process\": {\"argv\": [\"true\"], \"rlimits\": [{\"name\": "
	  "\"nofile\", \"soft\": 1, \"hard\": 1}, {\"name\": \"nproc\", "
	  "\"soft\": 1, \"hard\": 513}]}}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "process.rlimits[1].hard",
	  "nproc is more than limits.pids, which is 512" },
	{ "{\"limits\": {\"wall_ms\": \"4398046511105\"}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "limits.wall_ms",
	  "4398046511105 is more than 4398046511104" },
	{ "{\"limits\": {\"grace_ms\": \"18446744073709551615\"}, " ARGV "}",
	  &host_root_range, SANDBOX_ERROR_SPEC, "limits.grace_ms",
	  "18446744073709551615 is more than 4398046511104" },

	/* stdio */
	{ "{\"process\": {\"argv\": [\"true\"], \"stdio\": {\"in\": {\"kind\": "
	  "\"PIPE\"}}}}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED, "process.stdio.in.kind",
	  "3 is not implemented in this build" },
	{ "{\"process\": {\"argv\": [\"true\"], \"stdio\": {\"err\": "
	  "{\"kind\": \"TO_STDOUT\"}}}}",
	  &host_root_range, SANDBOX_ERROR_UNSUPPORTED, "process.stdio.err.kind",
	  "6 is not implemented in this build" },
};

static void check_refusal(const struct refusal *refusal)
{
	bool spec = refusal->kind == SANDBOX_ERROR_SPEC;
	struct err err = ERR_INIT;
	struct plan *plan = NULL;
	char message[512];
	int r = build_plan(refusal->json, refusal->host, &plan, &err);

	(void)snprintf(message, sizeof(message), "%s: %s", refusal->field,
		       refusal->message);
	if (r >= 0) {
		FAIL("there is a plan of %s", refusal->json);
	}
	ASSERT_STR(err.text, message);
	ASSERT_STR(err.subject, refusal->field);
	ASSERT_EQ(err.kind, refusal->kind);
	ASSERT_EQ(err.sys, spec ? EINVAL : EOPNOTSUPP);
	ASSERT_EQ(r, -err.sys);
	ASSERT_TRUE(plan == NULL);
}

TEST(each_refusal_names_its_field)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		check_refusal(&refusals[i]);
	}
}

/* 200 binds: more sources than descriptors can be passed for. */
TEST(too_many_sources_are_refused_as_a_whole)
{
	_cleanup_free_ char *json = NULL;
	struct err err = ERR_INIT;
	struct plan *plan = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&json, &size);

	ASSERT_TRUE(stream != NULL);
	(void)fprintf(stream, "{" ARGV ", \"mounts\": [");
	for (int i = 0; i < 200; i++) {
		(void)fprintf(stream,
			      "%s{\"source\": \"/a\", \"target\": \"/m%d\"}",
			      i == 0 ? "" : ",", i);
	}
	(void)fprintf(stream, "]}");
	ASSERT_EQ(fclose(stream), 0);
	ASSERT_EQ(build_plan(json, &host_root_range, &plan, &err), -E2BIG);
	ASSERT_CONTAINS(err.text, "160 sources");
	ASSERT_TRUE(plan == NULL);
}
