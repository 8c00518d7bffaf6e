/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Init's way from its clone to its watch, in the one order that works:
 *
 *   ids before mounts   without them mkdir in a new tmpfs is EOVERFLOW, and
 *                       init would keep the host root's groups
 *   root before payload detached trees are not locked for init, so it must
 *                       have lost its capabilities when a payload could
 *                       subvert it
 *   one dumpable window in which the payload's maps are written
 */
#include "launcher/init.h"

#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/process.h"
#include "launcher/report.h"
#include "launcher/text.h"

/* Guard id 0 is init's alone where there is more than one. */
uint32_t guard_uid(const struct launch *launch, uint32_t inside)
{
	return plan_map_id(launch->plan, launch->plan->uid_map, inside);
}

uint32_t guard_gid(const struct launch *launch, uint32_t inside)
{
	return plan_map_id(launch->plan, launch->plan->gid_map, inside);
}

static int report_socket(const struct launch *launch)
{
	return launch->fds[LAUNCH_FD_REPORT];
}

__attribute__((noreturn)) static void fail(const struct launch *launch,
					   unsigned int step, uint16_t index,
					   int error)
{
	report_and_exit(report_socket(launch), step, index, error);
}

static void await_guard_maps(const struct launch *launch)
{
	uint32_t *word = launch->launcher->mapped;
	uint32_t seen = __atomic_load_n(word, __ATOMIC_ACQUIRE);

	while ((int32_t)(seen - launch->number) < 0) {
		kernel_futex_wait(word, seen);
		seen = __atomic_load_n(word, __ATOMIC_ACQUIRE);
	}
}

static int become_guard_root(const struct launch *launch)
{
	int r = 0;

	if (!launch->launcher->deny_setgroups) {
		r = kernel_setgroups(0, NULL);
	}
	if (r >= 0) {
		r = kernel_setresgid(0);
	}
	if (r >= 0) {
		r = kernel_setresuid(0);
	}
	if (r >= 0) {
		r = kernel_prctl(PR_SET_DUMPABLE, 0, 0);
	}
	return r;
}

static int set_hostname(const struct launch *launch)
{
	const char *name = plan_string(launch->plan, launch->plan->hostname);

	if (launch->plan->hostname == 0) {
		name = launch->request.id;
	}
	return (int)kernel_call2(SYS_sethostname, name, text_length(name));
}

/*
 * memfd_create then gives descriptors that cannot be executed: what is written
 * at run time stays data.  The setting is the pid namespace's, but its file
 * belongs to the host's root, as which init can open it only before it takes
 * its own id; rootless it never can.  What came of it is read back later.
 */
static void forbid_memfd_exec(struct launch *launch)
{
	static const char path[] = "sys/vm/memfd_noexec";
	int proc = launch->launcher->proc;
	long value = 0;

	if ((launch->plan->flags & PLAN_MEMFD_NOEXEC) == 0) {
		return;
	}
	value = sysctl_set(proc, path, "2");
	if (value < 0) {
		value = sysctl_get(proc, path);
	}
	launch->memfd_noexec = value < 0 ? 0 : (uint32_t)value + 1;
}

/* Everything that needs init's capabilities but not the payload. */
static void build_sandbox(struct launch *launch, struct network *network)
{
	unsigned int step = STEP_INIT_IDS;
	uint16_t index = 0;
	bool early = (launch->plan->flags & PLAN_SHOWS_NETWORK) != 0;
	int r = become_guard_root(launch);

	if (r >= 0 && early) {
		step = STEP_NETWORK;
		r = network_join(network);
	}
	if (r >= 0) {
		r = root_build(launch, &step, &index);
	}
	if (r >= 0 && (launch->plan->namespaces & CLONE_NEWUTS) != 0) {
		index = 0;
		step = STEP_HOSTNAME;
		r = set_hostname(launch);
	}
	if (r >= 0 && !early) {
		index = 0;
		step = STEP_NETWORK;
		r = network_join(network);
	}
	if (r >= 0) {
		step = STEP_SYSCTL;
		r = sysctls_write(launch, &index);
	}
	if (r >= 0) {
		index = 0;
		step = STEP_LANDLOCK_SCOPE;
		r = landlock_scope(launch->plan);
	}
	if (r < 0) {
		fail(launch, step, index, r);
	}
	launch->root_ns = kernel_now_ns();
}

/* A single id maps whoever the payload is to be; a range has its list. */
static int write_payload_maps(const struct launch *launch, int pid,
			      const struct payload_ids *ids)
{
	char name[16];
	struct text text = TEXT_IN(name);
	int directory = 0;
	int r = 0;

	text_add_number(&text, (uint64_t)pid);
	directory = kernel_openat(launch->proc, name, O_PATH | O_DIRECTORY, 0);
	if (directory < 0) {
		return directory;
	}
	if (launch->plan->uid_map.count != 0) {
		r = idmap_write_list(directory, "uid_map", NULL, launch->plan,
				     launch->plan->uid_map);
		if (r >= 0) {
			r = idmap_write_list(directory, "gid_map", NULL,
					     launch->plan,
					     launch->plan->gid_map);
		}
	} else {
		r = idmap_write(directory, "uid_map", ids->uid, 0, 1);
		if (r >= 0) {
			r = idmap_write(directory, "gid_map", ids->gid, 0, 1);
		}
	}
	kernel_close(directory);
	return r;
}

/* Init's side of a payload that is on its way. */
struct birth {
	int pid;
	int lookup; /* the other end of payload.lookup, or -1 */
	struct payload payload;
	struct scratch scratch;
	_Alignas(16) char stack[PAYLOAD_STACK_SIZE];
};

/* Static, so that its address needs no relocation on any architecture. */
static void payload_entry(void *argument)
{
	payload_main(argument);
}

/*
 * Who shares memory enters a time namespace only when it executes, and on
 * kernels before 6.1 never.  So this payload gets a copy of init's memory, on
 * the same addresses, and nothing there tells init of the exec; a pipe does.
 */
static int give_own_memory(struct launch *launch, struct birth *birth,
			   struct clone_args *arguments)
{
	arguments->flags = CLONE_NEWUSER;
	arguments->child_tid = 0;
	birth->scratch.in_use = 0;
	return kernel_pipe2(launch->executed, O_CLOEXEC);
}

/*
 * The window: a process's /proc files belong to its user only while its memory
 * is dumpable, and init must write two of them.
 */
static int clone_payload(struct launch *launch, struct birth *birth)
{
	struct clone_args arguments = {
		.flags = CLONE_NEWUSER | CLONE_VM | CLONE_CHILD_CLEARTID,
		.child_tid = (uint64_t)(uintptr_t)&birth->scratch.in_use,
		.exit_signal = SIGCHLD,
		.stack = (uint64_t)(uintptr_t)birth->stack,
		.stack_size = sizeof(birth->stack),
	};
	bool by_name = (launch->plan->flags & PLAN_USER_BY_NAME) != 0;
	int ends[2] = { -1, -1 };
	int r = by_name ? kernel_pipe2(ends, O_CLOEXEC) : 0;

	birth->scratch = (struct scratch){ birth->stack, sizeof(birth->stack),
					   .in_use = 1 };
	if (r >= 0 && launch->clocks != 0) {
		r = give_own_memory(launch, birth, &arguments);
	}
	birth->payload.launch = launch;
	birth->payload.lookup = ends[1];
	birth->lookup = ends[0];
	if (r >= 0) {
		r = (int)kernel_call2(SYS_eventfd2, 0, O_CLOEXEC);
		birth->payload.go = r;
	}
	if (r >= 0) {
		r = kernel_prctl(PR_SET_DUMPABLE, 1, 0);
	}
	if (r >= 0) {
		r = kernel_clone3_on_stack(&arguments, payload_entry,
					   &birth->payload);
		birth->pid = r;
	}
	if (by_name) {
		kernel_close(ends[1]);
	}
	if (launch->executed[1] >= 0) {
		kernel_close(launch->executed[1]);
	}
	return r;
}

static int map_payload(const struct launch *launch, const struct birth *birth)
{
	struct payload_ids ids = { launch->plan->uid, launch->plan->gid };
	int r = 0;

	if (birth->lookup >= 0) {
		/* It reports by itself what it could not find. */
		if (kernel_read(birth->lookup, &ids, sizeof(ids)) !=
		    (long)sizeof(ids)) {
			kernel_exit(127);
		}
		kernel_close(birth->lookup);
	}
	r = write_payload_maps(launch, birth->pid, &ids);
	if (r >= 0) {
		r = kernel_prctl(PR_SET_DUMPABLE, 0, 0);
	}
	return r;
}

/* From here on init can do nothing that its payload could not undo. */
static int drop_capabilities(void)
{
	uint64_t effective = 0;
	uint64_t permitted = 0;
	uint64_t inheritable = 0;
	int r = kernel_capset(0, 0, 0);

	if (r >= 0) {
		r = kernel_prctl(PR_SET_NO_NEW_PRIVS, 1, 0);
	}
	if (r >= 0) {
		r = kernel_capget(&effective, &permitted, &inheritable);
	}
	if (r >= 0 && (effective | permitted | inheritable) != 0) {
		r = -EPERM;
	}
	return r;
}

/*
 * Streams, plan, trees, what the launcher keeps: all that the payload had to
 * have and init must not goes in one sweep between what init watches with.
 */
static void keep_descriptors(const struct launch *launch)
{
	const struct group_watch group = group_watch(launch);
	int keep[] = { launch->proc,
		       launch->executed[0],
		       group.events,
		       group.signal,
		       launch->fds[LAUNCH_FD_LEASE],
		       launch->fds[LAUNCH_FD_CONTROL],
		       launch->launcher->controller,
		       launch->launcher->tokens[0],
		       launch->launcher->tokens[1] };

	(void)descriptors_close_but(3, keep, sizeof(keep) / sizeof(*keep));
}

/*
 * From the clone of the main process to the moment when init has nothing any
 * more that it could be talked into using.
 */
static void give_birth(struct launch *launch, const struct network *network,
		       struct birth *birth)
{
	unsigned int step = STEP_CLOCKS;
	uint16_t index = 0;
	int r = clocks_prepare(launch, &index);

	if (r >= 0) {
		index = 0;
		step = STEP_CLONE_PAYLOAD;
		r = clone_payload(launch, birth);
	}
	if (r >= 0) {
		step = STEP_PAYLOAD_MAP;
		r = map_payload(launch, birth);
	}
	if (r >= 0) {
		step = STEP_CGROUP;
		r = group_enter(launch, birth->pid, &index);
	}
	if (r >= 0) {
		step = STEP_LOOPBACK;
		r = network_finish(network);
	}
	if (r >= 0) {
		step = STEP_SCHEDULING;
		r = scheduling_return(launch);
	}
	if (r >= 0) {
		step = STEP_INIT_DROP;
		r = drop_capabilities();
	}
	if (r < 0) {
		fail(launch, step, index, r);
	}
}

void init_main(struct launch *launch)
{
	struct network network;
	struct birth birth;
	uint64_t one = 1;
	int r = 0;

	launch->clone_ns = kernel_now_ns();
	kernel_sigaction_set(SIGCHLD, SIG_DFL);
	(void)kernel_prctl(PR_SET_NAME,
			   (unsigned long)(uintptr_t) "sandbox-init", 0);
	r = network_start(launch, &network);
	if (r < 0) {
		fail(launch, STEP_NETWORK, 0, r);
	}
	forbid_memfd_exec(launch);
	await_guard_maps(launch);
	build_sandbox(launch, &network);
	give_birth(launch, &network, &birth);
	if (kernel_write(birth.payload.go, &one, sizeof(one)) != sizeof(one)) {
		fail(launch, STEP_INIT_DROP, 0, -EPIPE);
	}
	/* On one processor it would run only when init has nothing to do. */
	kernel_call0(SYS_sched_yield);
	keep_descriptors(launch);
	affinity_restore(launch->launcher);
	supervise(launch, birth.pid, &birth.scratch);
}
