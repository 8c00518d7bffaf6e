/* SPDX-License-Identifier: Apache-2.0 */
/* The fields that a configuration of nsjail can have, and their types. */
#include "import_nsjail.h"

#include <stddef.h>

#define FIELD(label, type)                           \
	{                                            \
		.name = (label), .kind = TEXT_##type \
	}
#define LIST(label, type)                                              \
	{                                                              \
		.name = (label), .kind = TEXT_##type, .repeated = true \
	}
#define CHOICE(label, of)                                         \
	{                                                         \
		.name = (label), .kind = TEXT_ENUM, .words = (of) \
	}
#define MESSAGE(label, of)                                             \
	{                                                              \
		.name = (label), .kind = TEXT_MESSAGE, .message = (of) \
	}
#define MESSAGES(label, of)                                              \
	{                                                                \
		.name = (label), .kind = TEXT_MESSAGE, .repeated = true, \
		.message = (of)                                          \
	}
#define END                  \
	{                    \
		.name = NULL \
	}

/* clang-format off */
static const char *const modes[] = {
	"LISTEN", "ONCE", "RERUN", "EXECVE", NULL,
};

static const char *const log_levels[] = {
	"DEBUG", "INFO", "WARNING", "ERROR", "FATAL", NULL,
};

static const char *const rlimit_types[] = {
	"VALUE", "SOFT", "HARD", "INF", NULL,
};

static const char *const traffic_actions[] = {
	"UNKNOWN_ACTION", "DROP", "REJECT", "ALLOW", NULL,
};

static const char *const families[] = {
	"IPV4", "IPV6", NULL,
};

static const char *const traffic_protocols[] = {
	"UNKNOWN_PROTO", "TCP", "UDP", "ICMP", "ICMPV6", NULL,
};

static const char *const backends[] = {
	"NSTUN", "PASTA", NULL,
};

static const char *const directions[] = {
	"GUEST_TO_HOST", "HOST_TO_GUEST", NULL,
};

static const char *const nstun_actions[] = {
	"DROP", "REJECT", "ALLOW", "REDIRECT", "ENCAP_SOCKS5", "ENCAP_CONNECT", NULL,
};

static const char *const nstun_protocols[] = {
	"ANY", "TCP", "UDP", "ICMP", NULL,
};

/* IdMap */
static const struct text_field id_map[] = {
	FIELD("inside_id", STRING),
	FIELD("outside_id", STRING),
	FIELD("count", UINT32),
	FIELD("use_newidmap", BOOL),
	END,
};

/* MountPt */
static const struct text_field mount_point[] = {
	FIELD("src", STRING),
	FIELD("prefix_src_env", STRING),
	FIELD("src_content", BYTES),
	FIELD("dst", STRING),
	FIELD("prefix_dst_env", STRING),
	FIELD("fstype", STRING),
	FIELD("options", STRING),
	FIELD("is_bind", BOOL),
	FIELD("rw", BOOL),
	FIELD("is_dir", BOOL),
	FIELD("mandatory", BOOL),
	FIELD("is_symlink", BOOL),
	FIELD("nosuid", BOOL),
	FIELD("nodev", BOOL),
	FIELD("noexec", BOOL),
	END,
};

/* Exe */
static const struct text_field executable[] = {
	FIELD("path", STRING),
	LIST("arg", STRING),
	FIELD("arg0", STRING),
	FIELD("exec_fd", BOOL),
	END,
};

/* TrafficRule */
static const struct text_field traffic_rule[] = {
	FIELD("src_ip", STRING),
	FIELD("dst_ip", STRING),
	FIELD("iif", STRING),
	FIELD("oif", STRING),
	CHOICE("proto", traffic_protocols),
	FIELD("sport", UINT32),
	FIELD("dport", UINT32),
	FIELD("sport_end", UINT32),
	FIELD("dport_end", UINT32),
	CHOICE("action", traffic_actions),
	CHOICE("ip_family", families),
	END,
};

/* NstunRule */
static const struct text_field nstun_rule[] = {
	CHOICE("direction", directions),
	CHOICE("action", nstun_actions),
	CHOICE("proto", nstun_protocols),
	FIELD("src_ip", STRING),
	FIELD("sport", UINT32),
	FIELD("sport_end", UINT32),
	FIELD("dst_ip", STRING),
	FIELD("dport", UINT32),
	FIELD("dport_end", UINT32),
	FIELD("redirect_ip", STRING),
	FIELD("redirect_port", UINT32),
	END,
};

/* Pasta */
static const struct text_field pasta[] = {
	FIELD("nat", BOOL),
	FIELD("enable_tcp", BOOL),
	FIELD("enable_udp", BOOL),
	FIELD("enable_icmp", BOOL),
	FIELD("ip4_enabled", BOOL),
	FIELD("mask4", STRING),
	FIELD("enable_ip4_dhcp", BOOL),
	FIELD("ip6_enabled", BOOL),
	FIELD("mask6", STRING),
	FIELD("enable_ip6_dhcp", BOOL),
	FIELD("enable_ip6_ra", BOOL),
	FIELD("enable_dns", BOOL),
	FIELD("dns_forward", STRING),
	FIELD("map_gw", BOOL),
	FIELD("tcp_map_in", STRING),
	FIELD("udp_map_in", STRING),
	FIELD("tcp_map_out", STRING),
	FIELD("udp_map_out", STRING),
	END,
};

/* UserNet */
static const struct text_field user_net[] = {
	CHOICE("backend", backends),
	FIELD("ip4", STRING),
	FIELD("gw4", STRING),
	FIELD("ip6", STRING),
	FIELD("gw6", STRING),
	FIELD("ns_iface", STRING),
	MESSAGES("rule4", nstun_rule),
	MESSAGES("rule6", nstun_rule),
	MESSAGE("pasta", pasta),
	END,
};

/* NsJailConfig */
const struct text_field nsjail_config[] = {
	FIELD("name", STRING),
	LIST("description", STRING),
	CHOICE("mode", modes),
	FIELD("hostname", STRING),
	FIELD("cwd", STRING),
	FIELD("no_pivotroot", BOOL),
	FIELD("port", UINT32),
	FIELD("bindhost", STRING),
	FIELD("max_conns", UINT32),
	FIELD("max_conns_per_ip", UINT32),
	FIELD("time_limit", UINT32),
	FIELD("daemon", BOOL),
	FIELD("max_cpus", UINT32),
	FIELD("nice_level", INT32),
	FIELD("log_fd", INT32),
	FIELD("log_file", STRING),
	CHOICE("log_level", log_levels),
	FIELD("keep_env", BOOL),
	LIST("envar", STRING),
	FIELD("keep_caps", BOOL),
	LIST("cap", STRING),
	FIELD("silent", BOOL),
	FIELD("skip_setsid", BOOL),
	FIELD("stderr_to_null", BOOL),
	LIST("pass_fd", INT32),
	FIELD("disable_no_new_privs", BOOL),
	FIELD("forward_signals", BOOL),
	FIELD("disable_tsc", BOOL),
	FIELD("oom_score_adj", INT32),
	FIELD("rlimit_as", UINT64),
	CHOICE("rlimit_as_type", rlimit_types),
	FIELD("rlimit_core", UINT64),
	CHOICE("rlimit_core_type", rlimit_types),
	FIELD("rlimit_cpu", UINT64),
	CHOICE("rlimit_cpu_type", rlimit_types),
	FIELD("rlimit_fsize", UINT64),
	CHOICE("rlimit_fsize_type", rlimit_types),
	FIELD("rlimit_nofile", UINT64),
	CHOICE("rlimit_nofile_type", rlimit_types),
	FIELD("rlimit_nproc", UINT64),
	CHOICE("rlimit_nproc_type", rlimit_types),
	FIELD("rlimit_stack", UINT64),
	CHOICE("rlimit_stack_type", rlimit_types),
	FIELD("rlimit_memlock", UINT64),
	CHOICE("rlimit_memlock_type", rlimit_types),
	FIELD("rlimit_rtprio", UINT64),
	CHOICE("rlimit_rtprio_type", rlimit_types),
	FIELD("rlimit_msgqueue", UINT64),
	CHOICE("rlimit_msgqueue_type", rlimit_types),
	FIELD("disable_rl", BOOL),
	FIELD("persona_addr_compat_layout", BOOL),
	FIELD("persona_mmap_page_zero", BOOL),
	FIELD("persona_read_implies_exec", BOOL),
	FIELD("persona_addr_limit_3gb", BOOL),
	FIELD("persona_addr_no_randomize", BOOL),
	FIELD("clone_newnet", BOOL),
	FIELD("clone_newuser", BOOL),
	FIELD("clone_newns", BOOL),
	FIELD("clone_newpid", BOOL),
	FIELD("clone_newipc", BOOL),
	FIELD("clone_newuts", BOOL),
	FIELD("clone_newcgroup", BOOL),
	FIELD("clone_newtime", BOOL),
	MESSAGES("uidmap", id_map),
	MESSAGES("gidmap", id_map),
	FIELD("mount_proc", BOOL),
	MESSAGES("mount", mount_point),
	FIELD("seccomp_policy_file", STRING),
	LIST("seccomp_string", STRING),
	FIELD("seccomp_log", BOOL),
	FIELD("seccomp_unotify", BOOL),
	FIELD("seccomp_unotify_report", STRING),
	FIELD("use_core_scheduling", BOOL),
	FIELD("cgroup_mem_max", UINT64),
	FIELD("cgroup_mem_memsw_max", UINT64),
	FIELD("cgroup_mem_swap_max", INT64),
	FIELD("cgroup_mem_mount", STRING),
	FIELD("cgroup_mem_parent", STRING),
	FIELD("cgroup_pids_max", UINT64),
	FIELD("cgroup_pids_mount", STRING),
	FIELD("cgroup_pids_parent", STRING),
	FIELD("cgroup_net_cls_classid", UINT32),
	FIELD("cgroup_net_cls_mount", STRING),
	FIELD("cgroup_net_cls_parent", STRING),
	FIELD("cgroup_cpu_ms_per_sec", UINT32),
	FIELD("cgroup_cpu_mount", STRING),
	FIELD("cgroup_cpu_parent", STRING),
	FIELD("cgroupv2_mount", STRING),
	FIELD("use_cgroupv2", BOOL),
	FIELD("detect_cgroupv2", BOOL),
	FIELD("iface_no_lo", BOOL),
	LIST("iface_own", STRING),
	FIELD("macvlan_iface", STRING),
	FIELD("macvlan_vs_ip", STRING),
	FIELD("macvlan_vs_nm", STRING),
	FIELD("macvlan_vs_gw", STRING),
	FIELD("macvlan_vs_ma", STRING),
	FIELD("macvlan_vs_mo", STRING),
	MESSAGES("traffic_rule", traffic_rule),
	MESSAGE("user_net", user_net),
	MESSAGE("exec_bin", executable),
	END,
};
/* clang-format on */
