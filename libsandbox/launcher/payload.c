/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main process on its way to the program.  It has every capability over a
 * user namespace that owns nothing, gives them up step by step, reads back
 * what is in force, says READY, and executes.
 */
#include "launcher/payload.h"

#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/report.h"
#include "launcher/text.h"

struct way {
	const struct launch *launch;
	unsigned int step;
	uint16_t index;
	struct kept kept;
};

static int look_up_user(struct way *way, int answer, struct payload_ids *ids)
{
	const struct plan *plan = way->launch->plan;
	int r = 0;

	*ids = (struct payload_ids){ plan->uid, plan->gid };
	if ((plan->flags & PLAN_USER_BY_NAME) == 0) {
		return 0;
	}
	way->step = STEP_USER;
	r = user_find(plan_string(plan, plan->user_name),
		      plan_string(plan, plan->group_name), ids);
	if (r >= 0 && plan->uid_map.count != 0 &&
	    (plan_map_id(plan, plan->uid_map, ids->uid) == 0 ||
	     plan_map_id(plan, plan->gid_map, ids->gid) == 0)) {
		r = -EOVERFLOW; /* its number is not in the map */
	}
	if (r >= 0 &&
	    kernel_write(answer, ids, sizeof(*ids)) != (long)sizeof(*ids)) {
		r = -EPIPE;
	}
	return r;
}

/* 0, 1 and 2 were the launcher's /dev/null until here. */
static int arrange_stdio(const struct launch *launch)
{
	int r = 0;

	for (int i = 0; i < 3 && r >= 0; i++) {
		r = kernel_dup3(launch->fds[LAUNCH_FD_STDIN + i], i, 0);
	}
	return r;
}

static int await_release(int go)
{
	uint64_t value = 0;

	return kernel_read(go, &value, sizeof(value)) == sizeof(value)
		       ? 0
		       : -ECANCELED;
}

/* With ids of one's own the quota is one's own, too; else see setup.c. */
static int join_keyring(const struct launch *launch)
{
	int r = 0;

	if (launch->plan->identity == PLAN_IDENTITY_RANGE) {
		r = kernel_join_session_keyring();
	}
	return r == -ENOSYS ? 0 : r;
}

/*
 * The kernel's own word that the working directory lies below the root: what
 * lies elsewhere has "(unreachable)" before its path.
 */
static int verify_cwd(void)
{
	char path[4096];
	long r = kernel_call2(SYS_getcwd, path, sizeof(path));

	if (r < 0) {
		return (int)r;
	}
	return path[0] == '/' ? 0 : -EXDEV;
}

/* No magic link: /proc/self/fd/N as a directory would be one of the host. */
static int enter_cwd(const struct plan *plan)
{
	int fd = kernel_openat2(AT_FDCWD, plan_string(plan, plan->cwd),
				O_PATH | O_DIRECTORY, RESOLVE_NO_MAGICLINKS);
	int r = fd;

	if (fd >= 0) {
		r = kernel_fchdir(fd);
		kernel_close(fd);
	}
	/* "/" itself cannot lie anywhere else. */
	return r < 0 || plan_string(plan, plan->cwd)[1] == '\0' ? r
								: verify_cwd();
}

static int limit_userns(const struct launch *launch, struct ready *ready)
{
	if ((launch->plan->flags & PLAN_ALLOW_USERNS) != 0) {
		return userns_read(launch->sysctls,
				   &ready->max_user_namespaces);
	}
	return userns_forbid(launch->sysctls, &ready->max_user_namespaces);
}

static int prepare(struct way *way, const struct payload *payload,
		   struct payload_ids *ids, struct ready *ready)
{
	const struct launch *launch = way->launch;
	int r = look_up_user(way, payload->lookup, ids);

	if (r >= 0) {
		way->step = STEP_SESSION;
		r = kernel_setsid();
	}
	if (r >= 0) {
		way->step = STEP_STDIO;
		r = arrange_stdio(launch);
	}
	if (r >= 0) {
		way->step = STEP_USERNS_LIMIT;
		r = limit_userns(launch, ready);
	}
	if (r >= 0) {
		way->step = STEP_RLIMIT;
		r = rlimits_set(launch->plan, /* of_descriptors= */ false,
				&way->index);
	}
	if (r >= 0) {
		way->index = 0;
		way->step = STEP_CAPABILITIES;
		r = bounding_set_limit(launch->plan->capabilities.bounding);
	}
	return r;
}

/* From the release on; the ids are mapped. */
static int become(struct way *way, const struct payload_ids *ids,
		  struct ready *ready)
{
	const struct launch *launch = way->launch;
	const struct plan *plan = launch->plan;
	int r = 0;

	way->step = STEP_OWN_NAMESPACES;
	r = namespaces_own(launch, ready);
	if (r >= 0) {
		/* Unless that has made it. */
		way->step = STEP_CGROUPNS;
		r = cgroup_namespace_make(launch, ready);
	}
	if (r >= 0) {
		way->step = STEP_IDS;
		r = ids_become(launch, ids);
	}
	affinity_restore(launch->launcher);
	if (r >= 0) {
		way->step = STEP_KEYRING;
		r = join_keyring(launch);
	}
	if (r >= 0) {
		way->step = STEP_SCHEDULING;
		r = scheduling_set(plan);
	}
	if (r >= 0) {
		way->step = STEP_PERSONALITY;
		r = personality_set(plan);
	}
	if (r >= 0) {
		way->step = STEP_VERIFY;
		r = surroundings_read(launch, ready);
	}
	if (r >= 0) {
		way->step = STEP_CWD;
		kernel_call1(SYS_umask, plan->umask);
		r = enter_cwd(plan);
	}
	if (r >= 0 && (plan->flags & PLAN_ALLOW_NEW_PRIVS) == 0) {
		way->step = STEP_NO_NEW_PRIVS;
		r = kernel_prctl(PR_SET_NO_NEW_PRIVS, 1, 0);
	}
	return r;
}

static uint32_t securebits_now(void)
{
	return (uint32_t)kernel_prctl(PR_GET_SECUREBITS, 0, 0);
}

/* Nobody is asked about anything before the listener is handed over. */
static int load_filters(struct way *way)
{
	const struct launch *launch = way->launch;
	int r = 0;

	way->step = STEP_FILTER;
	r = filter_load(launch->plan);
	if (r >= 0 && way->kept.notify >= 0) {
		way->step = STEP_LISTENER;
		r = listener_send(way->kept.notify, r, launch->request.id);
	}
	if (r >= 0) {
		way->step = STEP_FILTER;
		r = filter_load_raw(launch->plan);
	}
	return r;
}

/*
 * The filter comes last, so that it need not allow what only we do; but for
 * new privileges, where loading it takes the capability that is dropped here.
 */
static int confine(struct way *way, const struct payload_ids *ids,
		   struct ready *ready)
{
	const struct plan *plan = way->launch->plan;
	bool filter_first = (plan->flags & PLAN_ALLOW_NEW_PRIVS) != 0;
	int r = 0;

	way->step = STEP_CAPABILITIES;
	if (!filter_first) {
		r = capabilities_set(plan);
	}
	if (r >= 0) {
		/* No call that the document's filter need not allow comes
		 * after it. */
		ready->securebits = securebits_now();
		ready->exec_ns = clocks_now_ns(way->launch);
		way->step = STEP_TSC;
		r = tsc_disable(plan);
	}
	if (r >= 0) {
		r = load_filters(way);
	}
	if (r >= 0 && filter_first) {
		way->step = STEP_CAPABILITIES;
		r = capabilities_set(plan);
		ready->securebits = securebits_now();
	}
	if (r >= 0) {
		way->step = STEP_VERIFY;
		r = status_read(way->kept.status, ready);
	}
	return r < 0 ? r : state_verify(way->launch, ids, ready);
}

/* The limit of descriptors comes when no more of them are opened. */
static int leave_descriptors(struct way *way)
{
	const struct launch *launch = way->launch;
	int r = status_open(launch);

	way->step = STEP_VERIFY;
	if (r >= 0) {
		way->kept.status = r;
		way->step = STEP_LABEL;
		r = label_open(launch, &way->kept.label);
	}
	if (r >= 0) {
		/* Opens paths, and then those of /proc may be closed to us. */
		way->step = STEP_LANDLOCK;
		r = landlock_enter(launch->plan, &way->index);
	}
	if (r >= 0) {
		way->index = 0;
		way->step = STEP_DESCRIPTORS;
		r = descriptors_leave(launch, &way->kept);
	}
	if (r >= 0) {
		way->step = STEP_RLIMIT;
		r = rlimits_set(launch->plan, /* of_descriptors= */ true,
				&way->index);
	}
	return r;
}

/* By calls that every program has: the filter is in force by now. */
static int say_ready(int socket, const struct ready *ready)
{
	struct {
		struct report report;
		struct ready ready;
	} packet = { .report = { .step = STEP_READY }, .ready = *ready };

	return kernel_write(socket, &packet, sizeof(packet)) == sizeof(packet)
		       ? 0
		       : -EPIPE;
}

__attribute__((noreturn)) static void give_up(const struct way *way, int error)
{
	const struct report report = report_of(way->step, way->index, error);

	(void)kernel_write(way->kept.report, &report, sizeof(report));
	kernel_exit(127);
}

void payload_main(void *argument)
{
	const struct payload *payload = argument;
	const struct launch *launch = payload->launch;
	struct way way = { .launch = launch,
			   .step = STEP_SESSION,
			   .kept = { .report = launch->fds[LAUNCH_FD_REPORT],
				     .status = -1,
				     .program = -1,
				     .notify = -1,
				     .executed = launch->executed[1],
				     .label = -1 } };
	struct payload_ids ids;
	struct ready ready = { .plain_sources = launch->plain_sources,
			       .left_sysctls = launch->left_sysctls,
			       .left_clocks = launch->left_clocks,
			       .clone_ns = launch->clone_ns,
			       .root_ns = launch->root_ns };
	int r = prepare(&way, payload, &ids, &ready);

	if (r >= 0) {
		way.step = STEP_CLONE_PAYLOAD;
		r = await_release(payload->go);
		ready.release_ns = clocks_now_ns(launch);
	}
	if (r >= 0) {
		way.step = STEP_CLOCKS;
		r = clocks_verify(launch);
	}
	if (r >= 0) {
		r = become(&way, &ids, &ready);
	}
	if (r >= 0) {
		r = leave_descriptors(&way);
	}
	if (r >= 0) {
		r = confine(&way, &ids, &ready);
	}
	if (r >= 0) {
		way.step = STEP_LABEL;
		r = label_set(launch->plan, way.kept.label);
	}
	if (r >= 0) {
		way.step = STEP_VERIFY;
		r = say_ready(way.kept.report, &ready);
	}
	if (r >= 0) {
		way.step = STEP_EXEC;
		kernel_sigprocmask(SIG_SETMASK, 0, NULL);
		r = program_execute(launch->plan, way.kept.program);
	}
	give_up(&way, r);
}
