/* SPDX-License-Identifier: Apache-2.0 */
/* Configurations of nsjail as specifications. */
#include "cleanup.h"
#include "command_case.h"
#include "import_case.h"
#include "lib/tap.h"

#include <stdlib.h>
#include <string.h>

#define PROGRAM "exec_bin { path: '/bin/true' }\n"

static const struct import_case common[] = {
	{ .about = "nothing said: what holds there then",
	  .config = PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'root':{'kind':'EMPTY'}", "'hostname':'NSJAIL'",
		     "'wall_ms':600000", "'identity':{'mode':'CALLER'}",
		     "{'name':'as','soft':4294967296,'hard':4294967296},"
		     "{'name':'core','soft':0,'hard':0},"
		     "{'name':'cpu','soft':600,'hard':600},"
		     "{'name':'fsize','soft':1048576,'hard':1048576},"
		     "{'name':'nofile','soft':32,'hard':32}]",
		     "'argv':['/bin/true']" } },
	{ .about = "a shell that is somebody else, with a file of its own",
	  .config = "name: 'shell' description: 'a' description: 'b'\n"
		    "uidmap { inside_id: '0' outside_id: '' count: 1 }\n"
		    "gidmap { inside_id: '7' }\n"
		    "mount { src: '/usr' dst: '/usr' is_bind: true }\n"
		    "mount { dst: '/etc/x' src_content: 'a\\n' 'b' }\n"
		    "exec_bin { path: '/bin/sh' arg: '-c' arg: 'id' }\n",
	  .line = "nsjail c",
	  .parts = { "'labels':{'name':'shell','description':'ab'}",
		     "'user':'0:7'", "'content':'YQpi'",
		     "'argv':['/bin/sh','-c','id']" } },
	{ .about = "ids of many, and their names",
	  .config = "uidmap { inside_id: 'root' outside_id: '1000' }\n"
		    "uidmap { inside_id: '1' outside_id: '100000' count: 9 }\n"
		    "gidmap { inside_id: 'root' outside_id: '100000' count: 2\n"
		    " use_newidmap: true }\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'uid_maps':[{'inside':0,'outside':1000,'count':1},"
		     "{'inside':1,'outside':100000,'count':9}]",
		     "'gid_maps':[{'inside':0,'outside':100000,'count':2}]",
		     "'mode':'EXPLICIT'", "'user':'0:0'" } },
	{ .about = "a server of pages: networks and many files",
	  .config = "clone_newnet: false time_limit: 0\n"
		    "rlimit_as_type: INF rlimit_nofile: 0x100\n"
		    "rlimit_fsize: 010 rlimit_stack_type: INF\n"
		    "mount { dst: '/' fstype: 'tmpfs' }\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'network':{'mode':'HOST'}", "'root':{'kind':'EMPTY'}",
		     "{'name':'as','unlimited_soft':true,'unlimited_hard':true}",
		     "{'name':'nofile','soft':256,'hard':256}",
		     "{'name':'fsize','soft':8388608,'hard':8388608}",
		     "{'name':'stack','unlimited_soft':true" } },
	{ .about = "a browser: a display, devices, memory to share",
	  .config = "envar: 'DISPLAY=:1' envar: 'HOME=/home/u'\n"
		    "mount { src: '/tmp' dst: '/tmp/.X11-unix'\n"
		    " is_bind: true }\n"
		    "mount { src: '/dev/null' dst: '/dev/null' rw: true\n"
		    " is_bind: true }\n"
		    "mount { src: '/dev/fuse' dst: '/dev/fuse' rw: true\n"
		    " is_bind: true }\n"
		    "mount { dst: '/dev/shm' fstype: 'tmpfs' rw: true\n"
		    " options: 'size=1m,mode=700' noexec: true }\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'env':['DISPLAY=:1','HOME=/home/u']",
		     "'devices':[{'path':'/dev/fuse','writable':true}]",
		     "{'kind':'SHM','target':'/dev/shm','writable':true,"
		     "'size_bytes':1048576,'mode':448}" } },
	{ .about = "documents of a home, by the environment",
	  .config = "mount { prefix_src_env: 'IMPORT_HOME' src: '/d'\n"
		    " prefix_dst_env: 'IMPORT_HOME' dst: '/d' rw: true\n"
		    " is_bind: true }\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "{'kind':'BIND','target':'/home/u/d','source':"
		     "'/home/u/d','writable':true,'exec':true}" } },
	{ .about = "a converter of pictures: limits of its group",
	  .config = "cgroup_mem_max: 67108864 cgroup_pids_max: 8\n"
		    "cgroup_cpu_ms_per_sec: 500 cgroup_mem_swap_max: 0\n"
		    "time_limit: 5 rlimit_cpu: 4\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'memory_bytes':67108864", "'pids':8", "'cpu_milli':500",
		     "'swap_bytes_plus1':1", "'wall_ms':5000",
		     "{'name':'cpu','soft':4,'hard':4}" } },
	{ .about = "memory and swap as one sum",
	  .config = "cgroup_mem_max: 100 cgroup_mem_memsw_max: 150\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'swap_bytes_plus1':51" } },
	{ .about = "a static program with what processes have",
	  .config = "nice_level: 5 oom_score_adj: 100 disable_tsc: true\n"
		    "use_core_scheduling: true silent: true\n"
		    "persona_addr_no_randomize: true\n"
		    "persona_addr_compat_layout: true\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'scheduling':{'nice':5,'core_cookie':true}",
		     "'oom_score_adj':100", "'disable_tsc':true",
		     "'personality':2359296", "'in':{'kind':'NULL_DEVICE'}",
		     "'out':{'kind':'NULL_DEVICE'}",
		     "'err':{'kind':'NULL_DEVICE'}" } },
	{ .about = "a service of Java: a link, a capability, no errors shown",
	  .config =
		  "cap: 'CAP_NET_BIND_SERVICE' stderr_to_null: true\n"
		  "disable_no_new_privs: true seccomp_log: true\n"
		  "mount { src: 'usr/bin' dst: '/bin' is_symlink: true }\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'all_sets':['CAP_NET_BIND_SERVICE']",
		     "'allow_new_privs':true", "'seccomp':{'log':true}",
		     "{'kind':'SYMLINK','target':'/bin','source':'usr/bin'}",
		     "'out':{'kind':'INHERIT'}",
		     "'err':{'kind':'NULL_DEVICE'}" } },
	{ .about = "a chat that shares the host's namespaces",
	  .config = "clone_newnet: false clone_newipc: false\n"
		    "clone_newuts: false clone_newcgroup: false\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'ipc':'SHARED'", "'uts':'SHARED'",
		     "'cgroup':'SHARED'" } },
	{ .about = "a loopback that stays down, all of the host's files",
	  .config = "iface_no_lo: true mount_proc: true\n"
		    "mount { src: '/' dst: '/' is_bind: true }\n"
		    "mount < dst: '/proc'; fstype: 'proc' >,\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'loopback_down':true",
		     "'root':{'kind':'DIRECTORY','path':'/'}" } },
	{ .about = "limits that are the caller's, by a word",
	  .config = "disable_rl: true # no limits\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'process':{'argv':['/bin/true'],'user':" } },
	{ .about = "in a list, and enums by number",
	  .config =
		  "mode: 1 envar: ['A=1', \"B=2\"] pass_fd: [0, 1, 2]\n" PROGRAM,
	  .line = "nsjail c",
	  .parts = { "'env':['A=1','B=2']" } },
};

TEST(common_configurations_are_carried_over)
{
	ASSERT_EQ(setenv("IMPORT_HOME", "/home/u", 1), 0);
	check_imports(common, ARRAY_SIZE(common));
}

static const struct import_case told[] = {
	{ .about = "what belongs to a server",
	  .config = "mode: LISTEN port: 80 bindhost: '::' max_conns: 1\n"
		    "max_conns_per_ip: 1 daemon: true no_pivotroot: true\n"
		    "log_fd: 2 log_file: 'x' log_level: DEBUG\n"
		    "max_cpus: 1 keep_env: true keep_caps: true\n"
		    "skip_setsid: true pass_fd: 5 envar: 'HOME'\n" PROGRAM,
	  .line = "nsjail c",
	  .lost = { "mode", "port", "bindhost", "max_conns", "max_conns_per_ip",
		    "daemon", "no_pivotroot", "log_fd", "log_file", "log_level",
		    "max_cpus", "keep_env", "keep_caps", "skip_setsid",
		    "pass_fd", "envar" } },
	{ .about = "false where it asks for less",
	  .config = "daemon: false no_pivotroot: false keep_env: false\n"
		    "keep_caps: false skip_setsid: false\n"
		    "seccomp_unotify: false use_cgroupv2: true\n"
		    "detect_cgroupv2: true forward_signals: true\n"
		    "clone_newtime: true clone_newpid: true\n" PROGRAM,
	  .line = "nsjail c" },
	{ .about = "namespaces and filters",
	  .config = "clone_newuser: false clone_newns: false\n"
		    "clone_newpid: false seccomp_policy_file: 'x'\n"
		    "seccomp_string: 'a' seccomp_unotify: true\n"
		    "seccomp_unotify_report: 'r' rlimit_nproc_type: HARD\n"
		    "clone_newuts: false hostname: 'h'\n"
		    "clone_newnet: false iface_no_lo: true\n" PROGRAM,
	  .line = "nsjail c",
	  .lost = { "clone_newuser", "clone_newns", "clone_newpid",
		    "seccomp_policy_file", "seccomp_string", "seccomp_unotify",
		    "seccomp_unotify_report", "iface_no_lo", "hostname",
		    "rlimit_nproc_type" } },
	{ .about = "the host's groups",
	  .config = "cgroup_mem_mount: 'x' cgroup_mem_parent: 'x'\n"
		    "cgroup_pids_mount: 'x' cgroup_pids_parent: 'x'\n"
		    "cgroup_net_cls_classid: 1 cgroup_net_cls_mount: 'x'\n"
		    "cgroup_net_cls_parent: 'x' cgroup_cpu_mount: 'x'\n"
		    "cgroup_cpu_parent: 'x' cgroupv2_mount: 'x'\n"
		    "cgroup_mem_memsw_max: 5\n" PROGRAM,
	  .line = "nsjail c",
	  .lost = { "cgroup_mem_mount", "cgroup_mem_parent",
		    "cgroup_pids_mount", "cgroup_pids_parent",
		    "cgroup_net_cls_classid", "cgroup_net_cls_mount",
		    "cgroup_net_cls_parent", "cgroup_cpu_mount",
		    "cgroup_cpu_parent", "cgroupv2_mount",
		    "cgroup_mem_memsw_max" } },
	{ .about = "networks",
	  .config = "iface_own: 'x' macvlan_iface: 'x' macvlan_vs_ip: 'x'\n"
		    "macvlan_vs_nm: 'x' macvlan_vs_gw: 'x'\n"
		    "macvlan_vs_ma: 'x' macvlan_vs_mo: 'x'\n"
		    "traffic_rule { dport: 1 action: DROP proto: TCP }\n"
		    "user_net { backend: PASTA pasta { nat: true }\n"
		    " rule4 { action: ALLOW } rule4 { proto: ANY } }\n" PROGRAM,
	  .line = "nsjail c",
	  .lost = { "iface_own", "macvlan_iface", "macvlan_vs_ip",
		    "macvlan_vs_nm", "macvlan_vs_gw", "macvlan_vs_ma",
		    "macvlan_vs_mo", "traffic_rule", "user_net" } },
	{ .about = "mounts, programs and ids",
	  .config = "mount { dst: '/a' fstype: 'ext4' }\n"
		    "mount { src: '/nonesuch' dst: '/b' is_bind: true\n"
		    " mandatory: false }\n"
		    "mount { prefix_src_env: 'NONESUCH' src: '/b' dst: '/b'\n"
		    " is_bind: true }\n"
		    "mount { src: '/usr' dst: '/usr' is_bind: true\n"
		    " noexec: true nosuid: true nodev: true }\n"
		    "mount { dst: '/t' fstype: 'tmpfs' options: 'huge=x' }\n"
		    "mount { src: '/usr' dst: '/u' is_bind: true\n"
		    " is_dir: true options: 'x' }\n"
		    "mount { src: '/x' dst: '/sys' is_bind: true }\n"
		    "mount { dst: '/' fstype: 'tmpfs' rw: true }\n"
		    "exec_bin { path: 'a' arg0: 'b' exec_fd: true }\n"
		    "uidmap { inside_id: 'no-such-name' use_newidmap: true }\n"
		    "gidmap { inside_id: '1' outside_id: '0' count: 9 }\n",
	  .line = "nsjail c",
	  .lost = { "mount[0]", "mount[1]", "mount[2]", "mount[3]", "mount[4]",
		    "mount[5]", "mount[6]", "mount[7]", "exec_bin.arg0",
		    "exec_bin.exec_fd", "uidmap", "gidmap" } },
};

TEST(what_has_no_place_here_is_told)
{
	check_imports(told, ARRAY_SIZE(told));
}

TEST(what_is_no_configuration_is_refused_with_its_place)
{
	static const struct row {
		const char *text; /* with ' for " */
		const char *err;
	} rows[] = {
		{ "mount { x: 1 }", "c:1:9: there is no field \"x\" here" },
		{ "\n  nonesuch: 1", "c:2:3: there is no field \"nonesuch\"" },
		{ "mode: TWICE", "c:1:7: mode: is none of its values" },
		{ "mode: 4", "c:1:7: mode: is none of its values" },
		{ "hostname: 'a", "c:1:11: the text has no end on its line" },
		{ "hostname: 'a\n'", "c:1:11: the text has no end on its" },
		{ "hostname: '\\q'", "c:1:12: there is no such escape" },
		{ "hostname: '\\0'", "c:1:13: is no byte from 1 to 255" },
		{ "hostname: '\\400'", "c:1:13: is no byte from 1 to 255" },
		{ "hostname: '\\x'", "c:1:14: is no byte from 1 to 255" },
		{ "hostname: '\\ud800'", "c:1:12: is no character" },
		{ "hostname: x", "c:1:11: hostname: text in quotes is" },
		{ "hostname 'x'", "c:1:10: hostname: a colon is expected" },
		{ "time_limit: -1", "c:1:13: time_limit: is out of its range" },
		{ "time_limit: 4294967296", "c:1:13: time_limit: is out of" },
		{ "time_limit: 09", "c:1:13: time_limit: a whole number is" },
		{ "time_limit: 1.5", "c:1:13: time_limit: a whole number is" },
		{ "time_limit: ''", "c:1:13: time_limit: a whole number is" },
		{ "oom_score_adj: -2147483649", "c:1:16: oom_score_adj: is" },
		{ "cwd: 'a' cwd: 'b'", "c:1:10: cwd: is given twice" },
		{ "exec_bin { path: 'a'", "c:1:12: the message has no end" },
		{ "exec_bin { path: 'a' >", "the name of a field is expected" },
		{ "exec_bin: 1", "c:1:11: exec_bin: a message is expected" },
		{ "keep_env: yes", "c:1:11: keep_env: true or false is" },
		{ "envar: ['a' 'b' c]", "c:1:17: envar: , or ] is expected" },
		{ "cwd: ['a']", "c:1:6: cwd: text in quotes is expected" },
		{ "}", "c:1:1: the name of a field is expected" },
		{ "cwd: 'a';; cwd: 'b'", "c:1:10: the name of a field is" },
	};

	enter_folder();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(outcome_done) struct outcome outcome = { .status =
									   -1 };
		_cleanup_free_ char *text = double_quotes(rows[i].text);

		make_file("c", text);
		outcome = command_case("import nsjail c");
		ASSERT_EQ(outcome.status, 125);
		ASSERT_STR(outcome.out, "");
		ASSERT_CONTAINS(outcome.err, rows[i].err);
	}
	leave_folder();
}

TEST(text_is_read_with_all_its_escapes)
{
	static const struct import_case cases[] = {
		{ .about = "escapes",
		  .config = "description: '\\x41\\102\\?\\u00e9\\U0001F600'\n"
			    "envar: 'A=\\\"\\\\' # '\n" PROGRAM,
		  .line = "nsjail c",
		  .parts = { "'description':'AB?\303\251\360\237\230\200'" } },
	};

	check_imports(cases, ARRAY_SIZE(cases));
}
