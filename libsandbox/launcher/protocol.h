/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What host, launcher, init and payload say to one another.  Everything is of
 * fixed size and sent as one packet of a SOCK_SEQPACKET socket.
 *
 *   host -> launcher   struct launch_request, with descriptors
 *   launcher -> host   one struct launcher_hello, once
 *   any  -> host       on the report socket: struct report; error 0 only with
 *                      STEP_READY, followed by struct ready.  The socket is
 *                      held by whoever is on the way to exec, so its end means
 *                      "executed or dead", and only after READY "executed".
 *   launcher -> host   on the control socket: struct report
 *                      (STEP_CLONE_INIT, error 0) with init's pidfd
 *   init -> host       on the control socket: struct report (STEP_ENDED)
 *                      followed by struct ended
 *   host -> init       struct command; the end of the socket means that the
 *                      host is gone, and everything is killed
 */
#ifndef SANDBOX_LAUNCHER_PROTOCOL_H
#define SANDBOX_LAUNCHER_PROTOCOL_H

#include "plan/plan.h"

#include <stdint.h>

/* Descriptors the launcher is executed with. */
enum {
	LAUNCHER_FD_SOCKET = 3,     /* the engine's, SOCK_SEQPACKET */
	LAUNCHER_FD_CONTROLLER = 4, /* pidfd of the host process */
};

/* Tokens that pace endings; performance.md says what happens without. */
#define LAUNCHER_TOKENS 256

enum launcher_mode {
	LAUNCHER_PRIVILEGED = 0, /* stays in the host's user namespace */
	LAUNCHER_ROOTLESS = 1,   /* makes the engine user namespace */
	LAUNCHER_PROBE = 2,      /* tries what the host allows, and ends */
};

struct launcher_id_range {
	uint32_t inside;  /* in the engine user namespace */
	uint32_t outside; /* as the host sees it */
	uint32_t count;
	uint32_t reserved;
};

/* What is tried, in this order; the answers are in probe_report.c. */
enum probe_item {
	PROBE_USER_NAMESPACE,
	PROBE_ID_MAP,
	PROBE_CAPABILITIES, /* a mount in an own namespace */
	PROBE_NESTED,       /* a user namespace in a user namespace */
	PROBE_NAMESPACES,   /* mount, pid, ipc, uts, cgroup */
	PROBE_NETWORK,      /* a namespace with its loopback up */
	PROBE_MOUNT_API,    /* tmpfs, clone, recursive read-only */
	PROBE_PROC,
	PROBE_DEVPTS,
	PROBE_DEVICES, /* nodes of the host, bound */
	PROBE_PIVOT_ROOT,
	PROBE_SECCOMP,
	PROBE_IDMAP,
	PROBE_LANDLOCK, /* detail: the ABI */
	PROBE_TIME_NAMESPACE,
	PROBE_OVERLAY,
	PROBE_KEYRING,
	PROBE_DESCRIPTORS, /* pidfds, openat2, close_range */
	PROBE_MEMFD_EXEC,
	PROBE_COUNT
};

struct probe_report {
	struct {
		int32_t error; /* positive errno, 0 = it worked */
		uint32_t detail;
	} items[PROBE_COUNT];
};

#define LAUNCHER_MAX_RANGES 8

/* The first packet to a launcher: what it is to be. */
struct launcher_setup {
	uint32_t mode; /* enum launcher_mode */
	uint32_t uid;  /* the caller's */
	uint32_t gid;
	uint32_t n_uid_ranges; /* 0: single id, no newuidmap */
	uint32_t n_gid_ranges;
	uint32_t reserved;
	struct launcher_id_range uid_ranges[LAUNCHER_MAX_RANGES];
	struct launcher_id_range gid_ranges[LAUNCHER_MAX_RANGES];
};

/* Its answer.  After an error the launcher exits. */
struct launcher_hello {
	int32_t error;  /* 0, or a positive errno */
	uint32_t stage; /* enum launcher_stage, where the error happened */
};

/* clang-format off */
#define LAUNCHER_STAGES(X)                                           \
	X(LAUNCHER_STAGE_SETUP,     "read the engine's set-up")      \
	X(LAUNCHER_STAGE_FORK,      "fork the id mapper")            \
	X(LAUNCHER_STAGE_USERNS,    "create a user namespace")       \
	X(LAUNCHER_STAGE_ID_MAP,    "map the subordinate ids")       \
	X(LAUNCHER_STAGE_MOUNTNS,   "create a mount namespace")      \
	X(LAUNCHER_STAGE_ROOT,      "build the launcher's root")     \
	X(LAUNCHER_STAGE_PROC,      "show the launcher /proc")       \
	X(LAUNCHER_STAGE_DEV,       "build the template of /dev")    \
	X(LAUNCHER_STAGE_TOKENS,    "make the pacing tokens")
/* clang-format on */

#define LAUNCHER_STAGE_ENUM(name, words) name,
enum launcher_stage {
	LAUNCHER_STAGES(LAUNCHER_STAGE_ENUM)
};
#undef LAUNCHER_STAGE_ENUM

/*
 * Descriptors of a launch, in the order they are passed.  The lease comes
 * before the control socket: the kernel closes in this order when init ends,
 * so a host that sees the end of control may lease the ids again.
 */
enum {
	LAUNCH_FD_LEASE, /* holds the id range; a copy of PLAN where there is
			    none */
	LAUNCH_FD_PLAN,
	LAUNCH_FD_STDIN,
	LAUNCH_FD_STDOUT,
	LAUNCH_FD_STDERR,
	LAUNCH_FD_CONTROL,
	LAUNCH_FD_REPORT,
	/* From here on one a plan_source, then what launch_fd_passed() and the
	 * others below say. */
	LAUNCH_FD_SOURCES,
};

/* One for each controller, at most. */
#define LAUNCH_MAX_GROUPS 8

/* The kernel passes at most 253 at a time (SCM_MAX_FD). */
#define LAUNCH_MAX_FDS                                                \
	(LAUNCH_FD_SOURCES + PLAN_MAX_SOURCES + PLAN_MAX_PASSED + 2 + \
	 PLAN_MAX_JOINS + LAUNCH_MAX_GROUPS + 2)
#define LAUNCH_ID_SIZE 64

static inline uint32_t launch_fd_passed(const struct plan *plan)
{
	return LAUNCH_FD_SOURCES + plan->sources.count;
}

static inline uint32_t launch_fd_program(const struct plan *plan)
{
	return launch_fd_passed(plan) + plan->passed.count;
}

static inline uint32_t launch_fd_notify(const struct plan *plan)
{
	return launch_fd_program(plan) + (plan->exec_fd != 0 ? 1 : 0);
}

static inline uint32_t launch_fd_joins(const struct plan *plan)
{
	return launch_fd_notify(plan) + (plan->notify_fd != 0 ? 1 : 0);
}

/* The cgroup.procs of each hierarchy, and then what tells of a shortage of
 * memory: the file with the counts, and for version 1 an eventfd. */
static inline uint32_t launch_fd_groups(const struct plan *plan)
{
	return launch_fd_joins(plan) + plan->n_joins;
}

/* A bit for each source. */
struct source_set {
	uint64_t words[(PLAN_MAX_SOURCES + 63) / 64];
};

static inline void source_set_add(struct source_set *set, uint32_t i)
{
	set->words[i / 64] |= (uint64_t)1 << i % 64;
}

static inline int source_set_has(const struct source_set *set, uint32_t i)
{
	return (set->words[i / 64] >> i % 64 & 1) != 0;
}

struct launch_request {
	uint32_t plan_size;
	uint32_t n_fds;
	/* The guard's ids: base as the launcher's namespace counts. */
	uint32_t guard_uid;
	uint32_t guard_gid;
	uint32_t guard_count;
	uint32_t n_groups; /* hierarchies that the sandbox has a group in */
	uint32_t n_oom;    /* what tells of a shortage: 2 in version 1 */
	uint32_t reserved;
	struct source_set absent; /* left out; any descriptor is in the slot */
	char id[LAUNCH_ID_SIZE];
};

/* Eight bytes of failure; see steps.h. */
struct report {
	uint16_t step;  /* enum launch_step */
	uint16_t index; /* into the list of the plan that the step works on */
	int32_t error;  /* positive errno */
};

_Static_assert(sizeof(struct report) == 8, "sent between processes");

/* Names of /proc/PID/ns, in the order of ended.namespaces. */
#define SANDBOX_NAMESPACES 7
#define SANDBOX_NAMESPACE_NAMES                                     \
	{                                                           \
		"user", "mnt", "pid", "net", "ipc", "uts", "cgroup" \
	}

/*
 * The main process as the kernel describes it, read back by itself right
 * before it executes the program.
 */
struct ready {
	uint32_t uid;
	uint32_t gid;
	uint32_t groups;
	uint32_t no_new_privs;
	uint32_t seccomp; /* 2 = filter */
	uint32_t securebits;
	struct plan_capabilities capabilities;
	uint32_t memfd_noexec; /* vm.memfd_noexec of its pid namespace, +1 */
	uint32_t max_user_namespaces; /* of its user namespace */
	uint32_t plain_sources;  /* sources shown without an id map after all */
	uint32_t init_capless;   /* init's five sets are empty */
	uint32_t left_sysctls;   /* preferred ones that could not be set */
	uint32_t left_clocks;    /* preferred, and the kernel cannot */
	uint64_t own_namespaces; /* CLONE_NEW* that its user namespace owns */
	uint64_t cgroup_namespace; /* inode; 0: that of init */
	uint64_t root_flags;       /* ST_* of the mount of "/" */
	uint64_t clone_ns;         /* CLOCK_MONOTONIC at the start of init */
	uint64_t root_ns;          /* root built and entered */
	uint64_t release_ns;       /* main process released */
	uint64_t exec_ns;          /* about to execute */
};

enum ended_cause {
	ENDED_BY_ITSELF = 0,
	ENDED_WALL_TIME = 1,
	ENDED_STOPPED = 2,         /* struct command */
	ENDED_CONTROLLER_LOST = 3, /* nobody reads it, but for tests */
	ENDED_OUT_OF_MEMORY = 4,
};

struct ended {
	uint32_t cause;       /* enum ended_cause */
	int32_t status;       /* wait status of the main process */
	uint64_t cpu_user_us; /* of all processes that were reaped */
	uint64_t cpu_system_us;
	uint64_t max_rss_kib;                    /* of the largest process */
	uint64_t namespaces[SANDBOX_NAMESPACES]; /* inodes, 0 = none */
	uint64_t main_ns;  /* CLOCK_MONOTONIC when the main one was reaped */
	uint64_t ended_ns; /* and when the last was */
};

enum command_kind {
	COMMAND_SIGNAL = 1, /* value: the signal, to the main process */
	COMMAND_STOP = 2,   /* value: grace in ms; 0 kills at once */
	COMMAND_ASK = 3,    /* answered by STEP_EXEC once that is so */
};

struct command {
	uint32_t kind;
	uint32_t value;
};

#endif
