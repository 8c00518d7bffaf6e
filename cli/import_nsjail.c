/* SPDX-License-Identifier: Apache-2.0 */
/* What a configuration of nsjail says in single fields; see import.h. */
#include "import_nsjail.h"

#include "cleanup.h"

#include <stdlib.h>
#include <string.h>

bool nsjail_is(const struct json_node *object, const char *name, bool otherwise)
{
	const struct json_node *node = json_member(object, name);

	return node == NULL ? otherwise : strcmp(json_text(node), "true") == 0;
}

/* Something that is lost only where it is asked for. */
static void lose_true(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	if (strcmp(json_text(node), "true") == 0) {
		import_lose(import, field, "%s", row->why);
	}
}

/* The same for what is asked for with false. */
static void lose_false(struct import *import, const struct import_row *row,
		       const char *field, const struct json_node *node)
{
	if (strcmp(json_text(node), "false") == 0) {
		import_lose(import, field, "%s", row->why);
	}
}

static void take_mode(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	(void)row;
	if (strcmp(json_text(node), "ONCE") != 0) {
		import_lose(import, field,
			    "a program is run once; serving and repeating are "
			    "the host's");
	}
}

static void take_variable(struct import *import, const struct import_row *row,
			  const char *field, const struct json_node *node)
{
	const char *text = json_text(node);

	if (strchr(text, '=') == NULL) {
		import_lose(import, field,
			    "%.60s is the caller's; give it to run as --env",
			    text);
		return;
	}
	import_append(import, row, field, node);
}

static void take_shared(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	(void)field;
	if (strcmp(json_text(node), "false") == 0) {
		import_set_text(import, row->to,
				strcmp(row->to, "network.mode") == 0
					? "HOST"
					: "SHARED");
	}
}

static void take_signed(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	(void)field;
	import_set_word(import, row->to, json_text(node));
}

static void take_passed(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	uint64_t fd = 0;

	(void)row;
	if (!import_read_number(json_text(node), &fd) || fd > 2) {
		import_lose(import, field,
			    "descriptor %.20s is the caller's; give it to run "
			    "as --pass-fd",
			    json_text(node));
	}
}

/* The bits of personality(2), added up. */
static void take_persona(struct import *import, const struct import_row *row,
			 const char *field, const struct json_node *node)
{
	uint64_t bits = 0;
	uint64_t bit = strtoull(row->why, NULL, 16);

	(void)field;
	if (strcmp(json_text(node), "true") != 0) {
		return;
	}
	(void)import_read_number(
		json_text(json_find(&import->draft.tree, row->to)), &bits);
	draft_set_number(&import->draft, row->to, bits | bit);
}

#define LISTENS "nothing here listens; a server hands its socket on"
#define LOGS    "the library tells its host, and the command its caller"
#define GROUPS  "the library finds its control groups itself"
#define MACVLAN \
	"a program has a network of its own without one outside, or none"
#define KAFEL "its language is not read; see security.seccomp.rules"
#define UNOTIFY \
	"the listener goes to the caller; see security.seccomp.notify_fd"

/* clang-format off */
static const struct import_row executable_rows[] = {
	{ "path", import_append, "process.argv", NULL },
	{ "arg", import_nothing, NULL, NULL }, /* behind the path, by the whole */
	{ "arg0", NULL, NULL, "the program's own name is process.argv[0]" },
	{ "exec_fd", lose_true, NULL, "see process.exec_fd" },
	{ .name = NULL },
};

static void take_executable(struct import *import, const struct import_row *row,
			    const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, executable_rows);
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		if (strcmp(one->name, "arg") == 0) {
			import_add_text(import, "process.argv", json_text(one));
		}
	}
}

/* What is decided with the whole is looked at where that is. */
#define WHOLE import_nothing, NULL, NULL

static const struct import_row rows[] = {
	{ "name", import_text, "labels.name", NULL },
	{ "description", WHOLE },
	{ "mode", take_mode, NULL, NULL },
	{ "hostname", WHOLE },
	{ "cwd", import_text, "process.cwd", NULL },
	{ "no_pivotroot", lose_true, NULL, "the host's tree would stay below the root" },
	{ "port", NULL, NULL, LISTENS },
	{ "bindhost", NULL, NULL, LISTENS },
	{ "max_conns", NULL, NULL, LISTENS },
	{ "max_conns_per_ip", NULL, NULL, LISTENS },
	{ "time_limit", WHOLE },
	{ "daemon", lose_true, NULL, "the command stays with its program" },
	{ "max_cpus", NULL, NULL, "which processors is a list; see process.scheduling.cpus" },
	{ "nice_level", take_signed, "process.scheduling.nice", NULL },
	{ "log_fd", NULL, NULL, LOGS },
	{ "log_file", NULL, NULL, LOGS },
	{ "log_level", NULL, NULL, LOGS },
	{ "keep_env", lose_true, NULL, "name what is needed in process.env" },
	{ "envar", take_variable, "process.env", NULL },
	{ "keep_caps", lose_true, NULL, "capabilities are granted by name" },
	{ "cap", import_append, "security.capabilities.all_sets", NULL },
	{ "silent", WHOLE },
	{ "skip_setsid", lose_true, NULL, "it could write to the caller's terminal" },
	{ "stderr_to_null", WHOLE },
	{ "pass_fd", take_passed, NULL, NULL },
	{ "disable_no_new_privs", import_bool, "security.allow_new_privs", NULL },
	{ "forward_signals", import_nothing, NULL, NULL },
	{ "disable_tsc", import_bool, "security.disable_tsc", NULL },
	{ "oom_score_adj", take_signed, "process.oom_score_adj", NULL },
	{ "rlimit_as", WHOLE }, { "rlimit_as_type", WHOLE },
	{ "rlimit_core", WHOLE }, { "rlimit_core_type", WHOLE },
	{ "rlimit_cpu", WHOLE }, { "rlimit_cpu_type", WHOLE },
	{ "rlimit_fsize", WHOLE }, { "rlimit_fsize_type", WHOLE },
	{ "rlimit_nofile", WHOLE }, { "rlimit_nofile_type", WHOLE },
	{ "rlimit_nproc", WHOLE }, { "rlimit_nproc_type", WHOLE },
	{ "rlimit_stack", WHOLE }, { "rlimit_stack_type", WHOLE },
	{ "rlimit_memlock", WHOLE }, { "rlimit_memlock_type", WHOLE },
	{ "rlimit_rtprio", WHOLE }, { "rlimit_rtprio_type", WHOLE },
	{ "rlimit_msgqueue", WHOLE }, { "rlimit_msgqueue_type", WHOLE },
	{ "disable_rl", WHOLE },
	{ "persona_addr_compat_layout", take_persona, "security.personality", "0200000" },
	{ "persona_mmap_page_zero", take_persona, "security.personality", "0100000" },
	{ "persona_read_implies_exec", take_persona, "security.personality", "0400000" },
	{ "persona_addr_limit_3gb", take_persona, "security.personality", "8000000" },
	{ "persona_addr_no_randomize", take_persona, "security.personality", "0040000" },
	{ "clone_newnet", take_shared, "network.mode", NULL },
	{ "clone_newuser", lose_false, NULL, "it stays in a user namespace of its own" },
	{ "clone_newns", lose_false, NULL, "it stays in a mount namespace of its own" },
	{ "clone_newpid", lose_false, NULL, "it stays in a process namespace of its own" },
	{ "clone_newipc", take_shared, "namespaces.ipc", NULL },
	{ "clone_newuts", take_shared, "namespaces.uts", NULL },
	{ "clone_newcgroup", take_shared, "namespaces.cgroup", NULL },
	{ "clone_newtime", import_nothing, NULL, NULL },
	{ "uidmap", WHOLE }, { "gidmap", WHOLE },
	{ "mount_proc", import_nothing, NULL, NULL },
	{ "mount", nsjail_mount, NULL, NULL },
	{ "seccomp_policy_file", NULL, NULL, KAFEL },
	{ "seccomp_string", NULL, NULL, KAFEL },
	{ "seccomp_log", import_bool, "security.seccomp.log", NULL },
	{ "seccomp_unotify", lose_true, NULL, UNOTIFY },
	{ "seccomp_unotify_report", NULL, NULL, UNOTIFY },
	{ "use_core_scheduling", import_bool, "process.scheduling.core_cookie", NULL },
	{ "cgroup_mem_max", WHOLE }, { "cgroup_mem_memsw_max", WHOLE },
	{ "cgroup_mem_swap_max", WHOLE }, { "cgroup_pids_max", WHOLE },
	{ "cgroup_cpu_ms_per_sec", WHOLE },
	{ "cgroup_mem_mount", NULL, NULL, GROUPS },
	{ "cgroup_mem_parent", NULL, NULL, GROUPS },
	{ "cgroup_pids_mount", NULL, NULL, GROUPS },
	{ "cgroup_pids_parent", NULL, NULL, GROUPS },
	{ "cgroup_net_cls_classid", NULL, NULL, "packets have no class here" },
	{ "cgroup_net_cls_mount", NULL, NULL, GROUPS },
	{ "cgroup_net_cls_parent", NULL, NULL, GROUPS },
	{ "cgroup_cpu_mount", NULL, NULL, GROUPS },
	{ "cgroup_cpu_parent", NULL, NULL, GROUPS },
	{ "cgroupv2_mount", NULL, NULL, GROUPS },
	{ "use_cgroupv2", import_nothing, NULL, NULL },
	{ "detect_cgroupv2", import_nothing, NULL, NULL },
	{ "iface_no_lo", import_bool, "network.loopback_down", NULL },
	{ "iface_own", NULL, NULL, "join a namespace that has it; see network.join_path" },
	{ "macvlan_iface", NULL, NULL, MACVLAN },
	{ "macvlan_vs_ip", NULL, NULL, MACVLAN },
	{ "macvlan_vs_nm", NULL, NULL, MACVLAN },
	{ "macvlan_vs_gw", NULL, NULL, MACVLAN },
	{ "macvlan_vs_ma", NULL, NULL, MACVLAN },
	{ "macvlan_vs_mo", NULL, NULL, MACVLAN },
	{ "traffic_rule", NULL, NULL, "nothing leaves a network of its own" },
	{ "user_net", NULL, NULL, "nothing leaves a network of its own" },
	{ "exec_bin", take_executable, NULL, NULL },
	{ .name = NULL },
};
/* clang-format on */

static void join_description(struct import *import,
			     const struct json_node *config)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;

	for (const struct json_node *one = config->first; one != NULL;
	     one = one->next) {
		if (strcmp(one->name, "description") == 0) {
			buffer_add(&text, text.used == 0 ? "" : " ");
			buffer_add(&text, json_text(one));
		}
	}
	if (text.failed || text.used > 1024 ||
	    strpbrk(buffer_text(&text), "\t\r\n") != NULL) {
		import_lose(import, "description", "is no label: 1024 bytes");
	} else if (text.used > 0) {
		import_set_text(import, "labels.description",
				buffer_text(&text));
	}
}

static void set_streams(struct import *import, const struct json_node *config)
{
	static const char *const streams[] = { "process.stdio.in.kind",
					       "process.stdio.out.kind",
					       "process.stdio.err.kind" };
	bool silent = nsjail_is(config, "silent", false);

	import_streams(import);
	for (size_t i = 0; i < ARRAY_SIZE(streams); i++) {
		if (silent ||
		    (i == 2 && nsjail_is(config, "stderr_to_null", false))) {
			import_set_text(import, streams[i], "NULL_DEVICE");
		}
	}
}

/* Values that hold there when nobody has said anything, as here. */
static void set_defaults(struct import *import, const struct json_node *config)
{
	const char *hostname = json_text(json_member(config, "hostname"));
	const char *seconds = json_text(json_member(config, "time_limit"));
	uint64_t limit = 600;

	if (json_find(&import->draft.tree, "root") == NULL) {
		import_set_text(import, "root.kind", "EMPTY");
	}
	if (nsjail_is(config, "clone_newuts", true)) {
		import_set_text(import, "hostname",
				hostname[0] == '\0' ? "NSJAIL" : hostname);
	} else if (hostname[0] != '\0') {
		import_lose(import, "hostname", "the host's is shared");
	}
	if (seconds[0] != '\0') {
		(void)import_read_number(seconds, &limit);
	}
	if (limit > 0) {
		draft_set_number(&import->draft, "limits.wall_ms",
				 limit * 1000);
	}
}

int import_nsjail_config(struct import *import, const struct json_node *config)
{
	import_members(import, "", config, rows);
	if (!nsjail_is(config, "clone_newnet", true) &&
	    nsjail_is(config, "iface_no_lo", false)) {
		json_remove(json_find(&import->draft.tree,
				      "network.loopback_down"));
		import_lose(import, "iface_no_lo", "the network is the host's");
	}
	join_description(import, config);
	set_defaults(import, config);
	nsjail_identity(import, config);
	nsjail_rlimits(import, config);
	nsjail_cgroups(import, config);
	set_streams(import, config);
	return 0;
}
