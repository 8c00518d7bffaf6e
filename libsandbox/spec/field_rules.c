/* SPDX-License-Identifier: Apache-2.0 */
/* The table of implemented fields, in the order of the schema. */
#include "spec/field_rules.h"

#include "base/array.h"
#include "spec/grammar.h"

#include <string.h>

/* The kernel keeps 2^32-1 for "no id". */
#define ID_MAX 4294967294U

/* No more process ids than this exist on any Linux (PID_MAX_LIMIT). */
#define PIDS_MAX 4194304U

/* All of the largest machines that a kernel is built for. */
#define CPU_MILLI_MAX 8192000U

/* A hundred years, which fits a signed 64-bit number of nanoseconds. */
#define TIME_MS_MAX 3153600000000U

/* The kernel takes tmpfs sizes up to the largest file offset, and no more
 * inodes than it can count in its own units of 1 KiB. */
#define TMPFS_BYTES_MAX  INT64_MAX
#define TMPFS_INODES_MAX ((uint64_t)1 << 53)

#define CAPABILITY_LIST .grammar = grammar_capability, .most_elements = 64

#define ACTIONS "ALLOW KILL_PROCESS KILL_THREAD TRAP LOG NOTIFY"

/* Only a stream that goes through the library can be counted. */
#define COUNTED "PIPE FILE LOG"
#define STORAGE "BIND TMPFS SHM OVERLAY"
/* What has an owner and permission bits that the document may say. */
#define MADE_BY_US "TMPFS SHM FILE DIRECTORY"

/* clang-format off */
static const struct field_rule rules[] = {
	{ .path = "id", .grammar = grammar_id },
	{ .path = "labels", .most_elements = 64 },

	{ .path = "root" },
	{ .path = "root.kind", .values = "DIRECTORY OVERLAY EMPTY HOST" },
	{ .path = "root.path", .only = "DIRECTORY OVERLAY", .grammar = grammar_path },
	{ .path = "root.fd", .only = "DIRECTORY OVERLAY" },
	{ .path = "root.layers", .only = "OVERLAY", .most_elements = 60,
	  .grammar = grammar_path_below_root },
	{ .path = "root.upper", .only = "OVERLAY", .grammar = grammar_path_below_root },
	{ .path = "root.upper_size_bytes", .only = "OVERLAY", .most = TMPFS_BYTES_MAX },
	{ .path = "root.upper_inodes", .only = "OVERLAY", .most = TMPFS_INODES_MAX },
	{ .path = "root.allow_exec_on_upper", .only = "OVERLAY" },
	{ .path = "root.writable", .only = "DIRECTORY HOST" },

	{ .path = "mounts", .most_elements = 128 },
	{ .path = "mounts.kind", .values = "TMPFS OVERLAY PROC SYSFS DEVPTS CGROUP MQUEUE SHM FILE SYMLINK DIRECTORY" },
	{ .path = "mounts.source", .only = "BIND SYMLINK" },
	{ .path = "mounts.source_fd", .only = "BIND" },
	{ .path = "mounts.target", .grammar = grammar_path_below_root },
	{ .path = "mounts.writable", .only = STORAGE },
	{ .path = "mounts.exec", .only = STORAGE },
	{ .path = "mounts.dev", .only = "BIND" },
	{ .path = "mounts.suid", .only = "BIND" },
	{ .path = "mounts.nosymfollow", .only = STORAGE },
	{ .path = "mounts.noatime", .only = STORAGE },
	{ .path = "mounts.non_recursive", .only = "BIND" },
	{ .path = "mounts.create_target_off" },
	{ .path = "mounts.size_bytes", .only = "TMPFS SHM OVERLAY", .most = TMPFS_BYTES_MAX },
	{ .path = "mounts.inodes", .only = "TMPFS SHM OVERLAY", .most = TMPFS_INODES_MAX },
	{ .path = "mounts.mode", .only = MADE_BY_US, .most = 07777 },
	{ .path = "mounts.uid", .only = MADE_BY_US, .most = ID_MAX },
	{ .path = "mounts.gid", .only = MADE_BY_US, .most = ID_MAX },
	{ .path = "mounts.content", .only = "FILE" },
	{ .path = "mounts.hidepid", .values = "HIDEPID_INVISIBLE HIDEPID_OFF",
	  .only = "PROC" },
	{ .path = "mounts.no_idmap", .only = "BIND" },
	{ .path = "mounts.layers", .only = "OVERLAY", .most_elements = 60,
	  .grammar = grammar_path_below_root },
	{ .path = "mounts.propagation", .values = "SLAVE", .only = "BIND" },

	{ .path = "identity" },
	{ .path = "identity.mode", .values = "CALLER RANGE EXPLICIT" },
	{ .path = "identity.uid_maps", .only = "EXPLICIT", .most_elements = 339 },
	{ .path = "identity.uid_maps.inside", .most = ID_MAX },
	{ .path = "identity.uid_maps.outside", .most = ID_MAX },
	{ .path = "identity.uid_maps.count" },
	{ .path = "identity.gid_maps", .only = "EXPLICIT", .most_elements = 339 },
	{ .path = "identity.gid_maps.inside", .most = ID_MAX },
	{ .path = "identity.gid_maps.outside", .most = ID_MAX },
	{ .path = "identity.gid_maps.count" },
	{ .path = "identity.range_size", .only = "RANGE", .most = 1U << 24 },

	{ .path = "process" },
	{ .path = "process.argv", .most_elements = 1024 },
	{ .path = "process.env", .most_elements = 1024,
	  .grammar = grammar_environment },
	{ .path = "process.cwd", .grammar = grammar_path },
	{ .path = "process.user", .grammar = grammar_user },
	{ .path = "process.extra_gids", .most = ID_MAX, .most_elements = 64 },
	{ .path = "process.stdio" },
	{ .path = "process.stdio.in" },
	{ .path = "process.stdio.in.kind", .values = "INHERIT FD" },
	{ .path = "process.stdio.in.fd", .only = "FD" },
	{ .path = "process.stdio.in.max_bytes", .only = COUNTED },
	{ .path = "process.stdio.out" },
	{ .path = "process.stdio.out.kind", .values = "INHERIT FD" },
	{ .path = "process.stdio.out.fd", .only = "FD" },
	{ .path = "process.stdio.out.max_bytes", .only = COUNTED },
	{ .path = "process.stdio.err" },
	{ .path = "process.stdio.err.kind", .values = "INHERIT FD" },
	{ .path = "process.stdio.err.fd", .only = "FD" },
	{ .path = "process.stdio.err.max_bytes", .only = COUNTED },
	{ .path = "process.rlimits", .most_elements = 16 },
	{ .path = "process.rlimits.name", .grammar = grammar_rlimit },
	{ .path = "process.rlimits.soft" },
	{ .path = "process.rlimits.hard" },
	{ .path = "process.rlimits.unlimited_soft" },
	{ .path = "process.rlimits.unlimited_hard" },
	{ .path = "process.capabilities" },
	{ .path = "process.capabilities.effective", CAPABILITY_LIST },
	{ .path = "process.capabilities.permitted", CAPABILITY_LIST },
	{ .path = "process.capabilities.inheritable", CAPABILITY_LIST },
	{ .path = "process.capabilities.bounding", CAPABILITY_LIST },
	{ .path = "process.capabilities.ambient", CAPABILITY_LIST },
	{ .path = "process.capabilities.all_sets", CAPABILITY_LIST },
	{ .path = "process.oom_score_adj" },
	{ .path = "process.umask_plus1", .most = 0777 + 1 },
	{ .path = "process.scheduling" },
	{ .path = "process.scheduling.policy" },
	{ .path = "process.scheduling.priority" },
	{ .path = "process.scheduling.nice" },
	{ .path = "process.scheduling.cpus", .grammar = grammar_cpus },
	{ .path = "process.scheduling.io_class" },
	{ .path = "process.scheduling.io_level", .most = 7 },
	{ .path = "process.scheduling.core_cookie" },
	{ .path = "process.exec_fd" },
	{ .path = "process.pass_fds", .most_elements = 64 },
	{ .path = "process.pass_fds.fd" },
	{ .path = "process.pass_fds.inside" },

	{ .path = "security" },
	{ .path = "security.capabilities" },
	{ .path = "security.capabilities.effective", CAPABILITY_LIST },
	{ .path = "security.capabilities.permitted", CAPABILITY_LIST },
	{ .path = "security.capabilities.inheritable", CAPABILITY_LIST },
	{ .path = "security.capabilities.bounding", CAPABILITY_LIST },
	{ .path = "security.capabilities.ambient", CAPABILITY_LIST },
	{ .path = "security.capabilities.all_sets", CAPABILITY_LIST },
	{ .path = "security.allow_new_privs" },
	{ .path = "security.seccomp" },
	{ .path = "security.seccomp.profile",
	  .values = "STRICT COMPAT NONE UNCONFINED" },
	{ .path = "security.seccomp.rules", .most_elements = 256 },
	{ .path = "security.seccomp.rules.names", .most_elements = 512 },
	{ .path = "security.seccomp.rules.action", .values = ACTIONS },
	{ .path = "security.seccomp.rules.errno_value" },
	{ .path = "security.seccomp.rules.args", .most_elements = 6 },
	{ .path = "security.seccomp.rules.args.index", .most = 5 },
	{ .path = "security.seccomp.rules.args.op",
	  .values = "NE LT LE GT GE MASKED_EQ" },
	{ .path = "security.seccomp.rules.args.value" },
	{ .path = "security.seccomp.rules.args.mask" },
	{ .path = "security.seccomp.default_action", .values = ACTIONS },
	{ .path = "security.seccomp.errno_value" },
	{ .path = "security.seccomp.bpf" },
	{ .path = "security.seccomp.notify_fd" },
	{ .path = "security.seccomp.oci_json" },
	{ .path = "security.seccomp.log" },
	{ .path = "security.landlock" },
	{ .path = "security.landlock.paths", .most_elements = 128 },
	{ .path = "security.landlock.paths.path", .grammar = grammar_path },
	{ .path = "security.landlock.paths.access", .most_elements = 32,
	  .grammar = grammar_landlock_access },
	{ .path = "security.landlock.bind_tcp", .most_elements = 256,
	  .most = 65535 },
	{ .path = "security.landlock.connect_tcp", .most_elements = 256,
	  .most = 65535 },
	{ .path = "security.landlock.restrict_network" },
	{ .path = "security.landlock.allow_abstract_sockets" },
	{ .path = "security.landlock.allow_signals_out" },
	{ .path = "security.apparmor_profile", .grammar = grammar_profile },
	{ .path = "security.selinux_label", .grammar = grammar_context },
	{ .path = "security.securebits", .most = 0xfff },
	{ .path = "security.sysctls", .most_elements = 64 },
	{ .path = "security.devices", .most_elements = 32 },
	{ .path = "security.devices.path", .grammar = grammar_path_below_root },
	{ .path = "security.devices.source", .grammar = grammar_path_below_root },
	{ .path = "security.devices.writable" },
	{ .path = "security.allow_memfd_exec" },
	{ .path = "security.own_namespaces" },
	{ .path = "security.allow_nested_userns" },
	{ .path = "security.personality", .most = 0xfffffffe },
	{ .path = "security.disable_tsc" },
	{ .path = "security.masked_paths", .most_elements = 256,
	  .grammar = grammar_path_below_root },
	{ .path = "security.readonly_paths", .most_elements = 256,
	  .grammar = grammar_path_below_root },
	{ .path = "security.unmasked_paths", .most_elements = 256,
	  .grammar = grammar_path_below_root },

	{ .path = "limits" },
	{ .path = "limits.memory_bytes", .most = INT64_MAX },
	{ .path = "limits.memory_high_bytes", .most = INT64_MAX },
	{ .path = "limits.memory_low_bytes", .most = INT64_MAX },
	{ .path = "limits.swap_bytes_plus1", .most = INT64_MAX },
	{ .path = "limits.cpu_milli", .most = CPU_MILLI_MAX },
	{ .path = "limits.cpu_weight", .most = 10000 },
	{ .path = "limits.cpuset_cpus", .grammar = grammar_cpus },
	{ .path = "limits.cpuset_mems", .grammar = grammar_cpus },
	{ .path = "limits.oom_kill_one" },
	{ .path = "limits.pids", .most = PIDS_MAX },
	{ .path = "limits.wall_ms", .most = TIME_MS_MAX },
	{ .path = "limits.grace_ms", .most = TIME_MS_MAX },

	{ .path = "network" },
	{ .path = "network.mode", .values = "HOST JOIN" },
	{ .path = "network.join_path", .only = "JOIN", .grammar = grammar_path },
	{ .path = "network.join_fd", .only = "JOIN" },
	{ .path = "network.loopback_down", .only = "NONE" },
	{ .path = "network.dns_servers", .most_elements = 3,
	  .grammar = grammar_address },
	{ .path = "network.dns_search", .most_elements = 6,
	  .grammar = grammar_domain },
	{ .path = "network.hosts", .most_elements = 256 },

	{ .path = "namespaces" },
	{ .path = "namespaces.ipc", .values = "SHARED JOIN" },
	{ .path = "namespaces.ipc_join", .grammar = grammar_path },
	{ .path = "namespaces.uts", .values = "SHARED JOIN" },
	{ .path = "namespaces.uts_join", .grammar = grammar_path },
	{ .path = "namespaces.cgroup", .values = "SHARED JOIN" },
	{ .path = "namespaces.cgroup_join", .grammar = grammar_path },
	{ .path = "namespaces.time", .values = "SHARED" },
	{ .path = "namespaces.monotonic_offset_ns" },
	{ .path = "namespaces.boottime_offset_ns" },
	{ .path = "hostname", .grammar = grammar_hostname },
	{ .path = "on_controller_exit" },
	{ .path = "preferred", .most_elements = 256 },
};
/* clang-format on */

const struct field_rule *field_rule(const char *schema_path)
{
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		if (strcmp(rules[i].path, schema_path) == 0) {
			return &rules[i];
		}
	}
	return NULL;
}

const struct field_rule *field_rule_at(size_t index)
{
	return index < ARRAY_SIZE(rules) ? &rules[index] : NULL;
}
