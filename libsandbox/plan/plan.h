/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan is everything that is needed to start one sandbox: decided, checked,
 * and in the form the kernel takes.  It is one flat buffer without pointers:
 * whatever is variable in length is named by its offset from the start of the
 * buffer, so the host builds it once, seals it in a memfd, and launcher and
 * init read it where they mapped it.  Index i of a list means the same on both
 * sides, which is how 8 bytes of failure become a full sentence in the host.
 *
 * What differs from launch to launch (descriptors, leased ids, the generated
 * name) is not here but in struct launch_request, launcher/protocol.h.
 *
 * This header is shared with the freestanding launcher: types only.
 */
#ifndef SANDBOX_PLAN_PLAN_H
#define SANDBOX_PLAN_PLAN_H

#include "plan/identity_kind.h"

#include <stdint.h>

#define PLAN_MAGIC       0x31504253U /* "SBP1" */
#define PLAN_MAX_SIZE    (8U << 20)
#define PLAN_MAX_OPS     512U
#define PLAN_MAX_SOURCES 160U
#define PLAN_MAX_PASSED  64U
#define PLAN_MAX_GROUPS  64U
#define PLAN_PASSED_LAST 255U /* highest number of a passed descriptor */
#define PLAN_MAX_CPUS    (8192U / 64U) /* words */
#define PLAN_MAX_STRINGS 1025U         /* of argv, of env */

/* Offset from the start of the plan; 0 means that there is none. */
typedef uint32_t plan_offset;

/* count elements from offset on. */
struct plan_list {
	plan_offset offset;
	uint32_t count;
};

/*
 * What init does to the tree of the sandbox, in the order of the list.
 * Targets are absolute paths inside the sandbox, resolved below its root
 * without leaving it and without magic links.
 */
enum plan_op_kind {
	PLAN_OP_ROOT_TMPFS = 0, /* first op: root is a tmpfs of ours */
	PLAN_OP_ROOT_TREE = 1,  /* first op: root is the tree of `source` */
	PLAN_OP_DIRECTORY = 2,  /* mkdir target, mode */
	PLAN_OP_SYMLINK = 3,    /* target -> text */
	PLAN_OP_FILE = 4,       /* target with content, mode; on our layer */
	PLAN_OP_BIND = 5,       /* tree of `source` on target */
	PLAN_OP_TMPFS = 6,      /* size_bytes, inodes, mode, uid, gid */
	PLAN_OP_PROC = 7,       /* instance of this pid namespace, hidepid */
	PLAN_OP_DEV = 8,        /* the launcher's prebuilt /dev */
	PLAN_OP_DEVPTS = 9,     /* new instance, gid */
	PLAN_OP_MASK_FILE = 10, /* empty and read-only over target; a directory
					where the target is one */
	PLAN_OP_MASK_DIRECTORY = 11, /* empty directory over it, if there */
	PLAN_OP_READONLY = 12, /* target over itself, read-only, recursively */
	PLAN_OP_SEAL = 13,     /* the mount on target becomes read-only */
	PLAN_OP_MQUEUE = 14,   /* message queues of the ipc namespace */
	PLAN_OP_NODE = 15,     /* a default device, from the launcher's /dev */
	PLAN_OP_DEVICE = 16,   /* the device of `source` on target */
	PLAN_OP_SYSFS = 17, /* of the network namespace; `source` is the host's,
			       without which the kernel would not show it */
	PLAN_OP_CGROUP = 18,       /* of the cgroup namespace, version 2 */
	PLAN_OP_ROOT_OVERLAY = 19, /* first op: root is the sources' layers */
	PLAN_OP_OVERLAY = 20,      /* layers of the sources on target */
	PLAN_OP_LAST = PLAN_OP_OVERLAY,
};

enum plan_op_flags {
	PLAN_OP_RECURSIVE = 1U << 0,      /* with the mounts below the source */
	PLAN_OP_CREATE_TARGET = 1U << 1,  /* where it lies on a layer of ours */
	PLAN_OP_FILE_SOURCE = 1U << 2,    /* the source is no directory */
	PLAN_OP_IDMAP = 1U << 3,          /* through the sandbox's ids (root) */
	PLAN_OP_IDMAP_OPTIONAL = 1U << 4, /* plain where the fs refuses that */
	PLAN_OP_TARGET_OPTIONAL = 1U
				  << 5, /* nothing to do where it is absent */
	PLAN_OP_SETS_OWNER = 1U << 6,   /* uid and gid mean something */
	PLAN_OP_SLAVE = 1U << 7,    /* later mounts on the host come through */
	PLAN_OP_HAS_DEV = 1U << 8,  /* a nodev of the host's is an error */
	PLAN_OP_HAS_SUID = 1U << 9, /* and so is its nosuid */
	PLAN_OP_WRITES = 1U << 10,  /* DEVICE: it is to be written to */
	PLAN_OP_OR_WITHOUT = 1U << 11, /* nothing where the source is absent */
};

struct plan_op {
	uint16_t kind;  /* enum plan_op_kind */
	uint16_t flags; /* enum plan_op_flags */
	int16_t source; /* index into plan.sources, or -1; the first of them */
	int16_t mount;  /* index into the spec's mounts, or -1: one of ours */
	plan_offset target;
	plan_offset text;   /* SYMLINK: where it points; FILE: content */
	uint32_t text_size; /* FILE: bytes of content */
	uint32_t mode;      /* permission bits */
	uint32_t uid;       /* ids inside the sandbox */
	uint32_t gid;
	uint32_t hidepid;    /* PROC: 4 ptraceable, 2 invisible, 0 off */
	uint32_t n_sources;  /* as many follow each other */
	uint64_t attributes; /* MOUNT_ATTR_* to set, verified afterwards */
	uint64_t size_bytes; /* 0: the kernel's default */
	uint64_t inodes;
};

/* Which part of its op a source is. */
enum plan_source_part {
	PLAN_SOURCE_WHOLE = 0,
	PLAN_SOURCE_DEVICE = 1, /* `element` of security.devices */
	PLAN_SOURCE_LAYER = 2,  /* `element` of the layers */
	PLAN_SOURCE_UPPER = 3,  /* what is written goes there */
	PLAN_SOURCE_KIND = 4,   /* what the kind of the mount needs */
};

/* Opened by the host's half as the caller, in this order, one a slot. */
struct plan_source {
	plan_offset path;  /* absolute; 0 where a descriptor was passed */
	uint32_t fd_index; /* index + 1 into the descriptors of the caller */
	uint32_t op;       /* the op that uses it */
	uint32_t must_be_directory;
	uint32_t part;    /* enum plan_source_part */
	uint32_t element; /* of a list of the specification */
};

struct plan_id_map {
	uint32_t inside;  /* in the payload's user namespace */
	uint32_t outside; /* in the guard namespace */
	uint32_t count;
};

enum plan_rlimit_flags {
	PLAN_RLIMIT_DEFAULT = 1U << 0, /* cut to what the host allows */
	PLAN_RLIMIT_RAISES = 1U << 1,  /* beyond the host's, where need be */
};

struct plan_rlimit {
	uint32_t resource; /* RLIMIT_* */
	uint32_t flags;    /* enum plan_rlimit_flags */
	uint64_t soft;
	uint64_t hard;
};

/* The five sets, as bits of capability numbers. */
struct plan_capabilities {
	uint64_t effective;
	uint64_t permitted;
	uint64_t inheritable;
	uint64_t bounding;
	uint64_t ambient;
};

enum plan_stdio_kind {
	PLAN_STDIO_NULL = 0,
	PLAN_STDIO_INHERIT = 1, /* the host's descriptor of that number */
	PLAN_STDIO_FD = 2,      /* fd_index of those the caller passed */
};

struct plan_stdio {
	uint32_t kind;     /* enum plan_stdio_kind */
	uint32_t fd_index; /* index + 1 */
};

/* A descriptor that the program gets. */
struct plan_passed {
	uint32_t fd_index; /* index + 1 into those of the caller */
	uint32_t inside;   /* its number there; the list goes up */
};

enum plan_scheduling_flags {
	PLAN_SCHEDULING_POLICY = 1U << 0,
	PLAN_SCHEDULING_NICE = 1U << 1,
	PLAN_SCHEDULING_IO = 1U << 2,
	PLAN_SCHEDULING_CPUS = 1U << 3,
	PLAN_SCHEDULING_CORE = 1U << 4,
	PLAN_SCHEDULING_RAISES = 1U << 5, /* takes a right over the host */
};

/* What has a flag is set, all else is as the launcher has it. */
struct plan_scheduling {
	uint32_t flags;  /* enum plan_scheduling_flags */
	uint32_t policy; /* SCHED_* */
	int32_t priority;
	int32_t nice;
	uint32_t io_priority; /* as ioprio_set(2) has it */
	uint32_t reserved;
	struct plan_list cpus; /* uint64_t, a bit a processor */
};

/* Whose label the program gets; a kernel has at most one of them. */
enum plan_label_kind {
	PLAN_LABEL_NONE = 0,
	PLAN_LABEL_APPARMOR = 1,
	PLAN_LABEL_SELINUX = 2,
};

/* What the payload may do below a path, or with a port. */
struct plan_landlock_rule {
	uint64_t access;  /* the kernel's bits, of paths or of ports */
	uint64_t port;    /* where path is 0 */
	plan_offset path; /* inside */
	uint32_t element; /* of its list in the spec */
};

/* Index of a failure that is about no single rule. */
#define PLAN_LANDLOCK_WHOLE     0xffffU
#define PLAN_MAX_LANDLOCK_RULES 640U

/* All 0: no domain.  What is named here is refused, but for the rules. */
struct plan_landlock {
	uint64_t fs;
	uint64_t net;
	uint64_t scoped;
	struct plan_list rules; /* of struct plan_landlock_rule */
	uint32_t abi;           /* that this was decided for */
	uint32_t reserved;
};

enum plan_flags {
	PLAN_ALLOW_NEW_PRIVS = 1U << 0,
	PLAN_LOOPBACK_DOWN = 1U << 1,
	PLAN_USER_BY_NAME = 1U << 2, /* user_name, looked up inside */
	PLAN_MEMFD_NOEXEC = 1U << 3, /* vm.memfd_noexec = 2, if there */
	PLAN_MEMFD_NOEXEC_REQUIRED = 1U << 4,
	PLAN_DENY_SETGROUPS = 1U << 5,
	PLAN_DISABLE_TSC = 1U << 6,
	PLAN_UNFILTERED = 1U << 8, /* no filter of ours */
	PLAN_FILTER_OCI = 1U << 7, /* of a profile of OCI's */
	PLAN_FILTER_LOG = 1U << 9, /* the kernel notes what is refused */
	PLAN_ALLOW_MEMFD_EXEC = 1U << 16,
	/* A mount shows the network namespace, so init enters it first. */
	PLAN_SHOWS_NETWORK = 1U << 28,
	PLAN_ALLOW_USERNS = 1U << 20, /* the program may make user namespaces */
	PLAN_OOM_KILL_ONE = 1U << 17, /* and not all of the sandbox */
	PLAN_CGROUPNS_LATE = 1U << 18, /* made from within the group */
};

/* What was asked for, was only preferred, and cannot be had here. */
enum plan_left_out {
	PLAN_LEFT_OOM_SCORE = 1U << 0,
	PLAN_LEFT_LANDLOCK = 1U << 1, /* a part of it, or all */
	PLAN_LEFT_CGROUP = 1U << 2,   /* limits of control groups */
	/* What is written to layers can be executed. */
	PLAN_LEFT_UPPER_NOEXEC = 1U << 8,
	PLAN_LEFT_APPARMOR = 1U << 16,
	PLAN_LEFT_SELINUX = 1U << 17,
};

enum plan_sysctl_flags {
	PLAN_SYSCTL_OPTIONAL = 1U << 0, /* only preferred */
	PLAN_SYSCTL_OURS = 1U << 1,     /* stands for a capability */
};

/* A setting of a namespace of the sandbox's own. */
struct plan_sysctl {
	plan_offset path; /* below /proc: "sys/net/ipv4/ip_forward" */
	plan_offset value;
	plan_offset key; /* as the spec has it; 0: none of the spec's */
	uint32_t flags;  /* enum plan_sysctl_flags */
};

#define PLAN_MAX_SYSCTLS 66U /* 64 of the spec's and two of ours */

/* What is added to clocks; all 0: they are the host's. */
struct plan_clocks {
	int64_t monotonic_ns;
	int64_t boottime_ns;
	uint32_t optional; /* only preferred */
	uint32_t reserved;
};

/* A namespace that is there already. */
struct plan_join {
	plan_offset path;  /* absolute; 0 where a descriptor was passed */
	uint32_t fd_index; /* index + 1 */
	uint64_t type;     /* CLONE_NEW* */
};

#define PLAN_MAX_JOINS 4U /* network, ipc, uts, cgroup */

struct plan {
	uint32_t magic;
	uint32_t size;  /* of the whole buffer */
	uint32_t flags; /* enum plan_flags */
	uint32_t umask;
	uint64_t namespaces; /* CLONE_NEW*, without the user namespaces */
	/* Of them, those that the payload makes again, to be their owner. */
	uint64_t own_namespaces;

	uint32_t identity; /* enum plan_identity */
	/*
	 * RANGE: ids inside; the lease is one longer.  EXPLICIT: groups inside.
	 */
	uint32_t range_count;
	uint32_t uid; /* of the main process, inside; unless by name */
	uint32_t gid;
	plan_offset user_name;  /* PLAN_USER_BY_NAME */
	plan_offset group_name; /* "" = the group that user has in passwd */

	plan_offset hostname; /* 0 = the id of the sandbox */
	plan_offset cwd;
	plan_offset default_path; /* where argv[0] without a slash is sought */
	struct plan_list argv;    /* of plan_offset */
	struct plan_list env;     /* of plan_offset */

	struct plan_list ops;        /* of struct plan_op */
	struct plan_list sources;    /* of struct plan_source */
	struct plan_list rlimits;    /* of struct plan_rlimit */
	struct plan_list filter;     /* of struct sock_filter */
	struct plan_list filter_raw; /* the same, of the document's */
	/* What the filter was made of: bytes, struct filter_addition. */
	struct plan_list filter_rules;
	struct plan_list filter_unknown; /* plan_offset: names it passes over */
	uint32_t filter_profile;   /* enum filter_profile of policy/filter.h */
	uint32_t filter_otherwise; /* a verdict */
	struct plan_list uid_map;  /* of struct plan_id_map; not SINGLE */
	struct plan_list gid_map;
	/* EXPLICIT: from the guard to the launcher's user namespace. */
	struct plan_list guard_uid_map;
	struct plan_list guard_gid_map;
	struct plan_capabilities capabilities;
	struct plan_stdio stdio[3];
	struct plan_list groups; /* uint32_t, ids inside, going up */
	struct plan_list passed; /* of struct plan_passed */
	struct plan_scheduling scheduling;
	struct plan_join joins[PLAN_MAX_JOINS];
	uint32_t n_joins;
	uint32_t exec_fd;     /* index + 1; 0: the program is argv[0] */
	uint32_t notify_fd;   /* index + 1; 0: the filter asks nobody */
	uint32_t personality; /* 0: that of the launcher, which is Linux */

	uint64_t wall_ms;  /* 0 = unlimited */
	uint64_t grace_ms; /* TERM to KILL when the wall clock strikes */
	uint32_t pids;     /* as RLIMIT_NPROC of the payload's namespace */
	uint32_t identity_reason; /* enum plan_identity_reason */

	struct plan_list sysctls; /* of struct plan_sysctl, by path */
	struct plan_clocks clocks;
	struct plan_list cgroup; /* of cgroup_setting.h */
	struct plan_landlock landlock;
	uint32_t securebits;         /* SECBIT_* of the program */
	int32_t oom_score_adj;       /* 0: that of the host process */
	uint32_t left_out;           /* enum plan_left_out */
	uint32_t cgroup_controllers; /* bits; 0: no group of its own */
	uint32_t label_kind;         /* enum plan_label_kind */
	plan_offset label;           /* as it is written */
	uint32_t label_skip;         /* what precedes the name there */
	uint32_t reserved_label;
};

static inline const void *plan_at(const struct plan *plan, plan_offset offset)
{
	return (const uint8_t *)plan + offset;
}

/* "" where there is none. */
static inline const char *plan_string(const struct plan *plan,
				      plan_offset offset)
{
	return offset == 0 ? "" : (const char *)plan_at(plan, offset);
}

/* What @inside is in the guard; 0, which is init's, where it is not mapped. */
static inline uint32_t plan_map_find(const struct plan_id_map *maps,
				     uint32_t count, uint32_t inside)
{
	for (uint32_t i = 0; i < count; i++) {
		if (inside >= maps[i].inside &&
		    inside - maps[i].inside < maps[i].count) {
			return maps[i].outside + (inside - maps[i].inside);
		}
	}
	return 0;
}

static inline uint32_t plan_map_id(const struct plan *plan,
				   struct plan_list list, uint32_t inside)
{
	return plan_map_find(
		(const struct plan_id_map *)plan_at(plan, list.offset),
		list.count, inside);
}

static inline const struct plan_op *plan_ops(const struct plan *plan)
{
	return (const struct plan_op *)plan_at(plan, plan->ops.offset);
}

static inline const struct plan_source *plan_sources(const struct plan *plan)
{
	return (const struct plan_source *)plan_at(plan, plan->sources.offset);
}

#endif
