/* SPDX-License-Identifier: Apache-2.0 */
/* Starts a sandbox: ids, streams, sockets, sources, and one packet. */
#include "base/cleanup.h"
#include "engine/engine.h"
#include "engine/launch_talk.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/steps.h"
#include "plan/cgroup_setting.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A source on a file system that does not answer must not hang its host. */
#define LAUNCH_TIMEOUT_MS 60000
#define LOOK_EVERY_NS     30000000U

struct start {
	struct engine *engine;
	struct live *live;
	struct lease lease;
	int child_control;
	int child_report;
	int report;
	int fds[LAUNCH_MAX_FDS];
};

static int take_lease(struct start *start, struct launch_request *request,
		      struct err *err)
{
	const struct plan *plan = start->live->compiled->plan;
	int r = 0;

	request->guard_count = 1;
	if (start->engine->identity.privileged) {
		request->guard_uid = start->engine->identity.uid;
		request->guard_gid = start->engine->identity.gid;
	}
	if (plan->identity == PLAN_IDENTITY_SINGLE) {
		return 0;
	}
	if (plan->identity == PLAN_IDENTITY_EXPLICIT) {
		r = lease_beside(start->engine->run_dir,
				 &start->engine->identity, plan, &start->lease,
				 err);
	} else {
		r = lease_take(start->engine->run_dir, &start->engine->identity,
			       plan->range_count + 1, &start->lease, err);
	}
	if (r >= 0) {
		request->guard_uid = start->lease.first;
		request->guard_gid = start->lease.first;
		request->guard_count = start->lease.count;
	}
	return r;
}

/* Borrowed: the launch sends copies. */
static int stream_of(const struct start *start, int i,
		     const struct passed_fds *passed)
{
	const struct plan_stdio *end = &start->live->compiled->plan->stdio[i];

	switch ((enum plan_stdio_kind)end->kind) {
	case PLAN_STDIO_NULL:
		return start->engine->null_device;
	case PLAN_STDIO_INHERIT:
		return kernel_fcntl(i, F_GETFD, 0) < 0 ? -EBADF : i;
	case PLAN_STDIO_FD:
		return passed_fd(passed, end->fd_index);
	default:
		return -EINVAL;
	}
}

static int choose_streams(struct start *start, const struct passed_fds *passed,
			  struct err *err)
{
	static const char *const names[] = { "process.stdio.in",
					     "process.stdio.out",
					     "process.stdio.err" };

	for (int i = 0; i < 3; i++) {
		int fd = stream_of(start, i, passed);

		if (fd < 0) {
			return err_at(err, SANDBOX_ERROR_SPEC, EBADF,
				      "arrange the standard streams", names[i],
				      "%s: there is no such descriptor",
				      names[i]);
		}
		start->fds[LAUNCH_FD_STDIN + i] = fd;
	}
	return 0;
}

static int make_sockets(struct start *start, struct err *err)
{
	int control[2] = { NO_FD, NO_FD };
	int report[2] = { NO_FD, NO_FD };
	int one = 1;
	int r = kernel_socketpair(control, 0);

	if (r >= 0) {
		start->live->control = control[0];
		start->child_control = control[1];
		r = kernel_socketpair(report, 0);
	}
	if (r >= 0) {
		start->report = report[0];
		start->child_report = report[1];
		/* The kernel then says who sent: its pid and uid as we see. */
		r = setsockopt(report[0], SOL_SOCKET, SO_PASSCRED, &one,
			       sizeof(one)) < 0
			    ? -errno
			    : 0;
	}
	if (r < 0) {
		return err_at(err, err_kind_of_errno(-r), -r,
			      "make the sandbox's sockets", "",
			      "make the sandbox's sockets: %s",
			      err_errno_name(-r));
	}
	return 0;
}

/* What is neither the engine's nor was opened by open_others(). */
static void close_start(struct start *start)
{
	close_fdp(&start->child_control);
	close_fdp(&start->child_report);
	lease_release(&start->lease);
}

/* What goes with the launch besides; -errno with nothing of it left open. */
static int open_others(struct start *start, const struct passed_fds *passed,
		       struct err *err)
{
	const struct plan *plan = start->live->compiled->plan;
	int *fds = start->fds;
	int r = sources_open(start->engine, plan, passed,
			     fds + LAUNCH_FD_SOURCES, &start->live->notes, err);

	if (r < 0) {
		return r;
	}
	r = passed_choose(plan, passed, fds + launch_fd_passed(plan), err);
	if (r >= 0) {
		r = joins_open(plan, passed, fds + launch_fd_joins(plan), err);
	}
	if (r < 0) {
		fds_close(fds + LAUNCH_FD_SOURCES, plan->sources.count);
	}
	return r;
}

static int send_launch(struct start *start, const struct passed_fds *passed,
		       struct err *err)
{
	struct live *live = start->live;
	const struct plan *plan = live->compiled->plan;
	struct launch_request request = { .plan_size = plan->size };
	int *groups = start->fds + launch_fd_groups(plan);
	int r = take_lease(start, &request, err);

	(void)snprintf(request.id, sizeof(request.id), "%s", live->id);
	if (r >= 0) {
		r = choose_streams(start, passed, err);
	}
	if (r >= 0) {
		r = make_sockets(start, err);
	}
	if (r >= 0) {
		r = group_begin(start->engine->groups, plan, live->id,
				&live->group, err);
	}
	if (r >= 0) {
		r = group_open(&live->group, &request, groups, err);
	}
	if (r >= 0) {
		r = open_others(start, passed, err);
	}
	if (r < 0) {
		fds_close(groups, group_fds(&request));
		close_start(start);
		return r;
	}
	request.absent = live->notes.absent;
	request.n_fds = launch_fd_groups(plan) + group_fds(&request);
	start->fds[LAUNCH_FD_PLAN] = live->compiled->memfd;
	start->fds[LAUNCH_FD_LEASE] =
		start->lease.fd >= 0 ? start->lease.fd : live->compiled->memfd;
	start->fds[LAUNCH_FD_CONTROL] = start->child_control;
	start->fds[LAUNCH_FD_REPORT] = start->child_report;
	r = engine_send(start->engine, &request, start->fds, request.n_fds,
			err);
	fds_close(start->fds + LAUNCH_FD_SOURCES, plan->sources.count);
	fds_close(start->fds + launch_fd_joins(plan), plan->n_joins);
	fds_close(groups, group_fds(&request));
	close_start(start);
	return r;
}

/*
 * The end of the report socket is what tells in nearly all cases.  Another
 * thread of the host that forked meanwhile holds a copy of it, and then init
 * is asked over the control socket.
 */
static int await_exec(const struct talk *talk, struct live *live)
{
	uint64_t deadline = kernel_now_ns() + LAUNCH_TIMEOUT_MS * 1000000ULL;
	int r = -ETIMEDOUT;

	while (r == -ETIMEDOUT && kernel_now_ns() < deadline) {
		r = talk_await_end(talk, kernel_now_ns() + LOOK_EVERY_NS);
		if (r == -ETIMEDOUT && live_is_under_way(live)) {
			r = 0;
		} else if (r == -ETIMEDOUT) {
			(void)live_command(live, COMMAND_ASK, 0);
		}
	}
	return r;
}

/* Who is killed for it before the program runs shares init's memory. */
static bool limits_memory(const struct plan *plan)
{
	const struct plan_cgroup_setting *settings =
		plan_at(plan, plan->cgroup.offset);
	bool found = false;

	for (uint32_t i = 0; i < plan->cgroup.count; i++) {
		found |= strcmp(plan_string(plan, settings[i].field),
				"limits.memory_bytes") == 0;
	}
	return found;
}

/*
 * Rules about arguments, and a raw filter, can refuse or kill what the main
 * process would say goodbye with; nobody else could tell.
 */
static int vanished(const struct live *live, int error, struct err *err)
{
	const struct plan *plan = live->compiled->plan;

	if (limits_memory(plan)) {
		return err_at(
			err, SANDBOX_ERROR_SETUP, error, "start the sandbox",
			"limits.memory_bytes",
			"limits.memory_bytes: the sandbox vanished without"
			" a report: it is less than the start of a program"
			" takes, or it was killed from outside");
	}
	if (plan->filter_rules.count != 0 || plan->filter_raw.count != 0) {
		return err_at(err, SANDBOX_ERROR_SETUP, error,
			      "start the sandbox", "security.seccomp",
			      "security.seccomp: the sandbox vanished without a"
			      " report: rules or bpf refuse what a program is"
			      " started with, or it was killed from outside");
	}
	return err_at(err, SANDBOX_ERROR_SETUP, error, "start the sandbox", "",
		      "start the sandbox: it vanished without a report,"
		      " killed from outside as it seems");
}

/* Waits for what the launch reports, and puts a failure in words. */
static int await_program(struct start *start, struct err *err)
{
	struct live *live = start->live;
	struct talk talk = { .socket = start->report };
	int r = await_exec(&talk, live);

	if (r >= 0) {
		r = talk_read(&talk);
	}
	live->ready = talk.ready;
	live->pid = talk.pid;
	live->kernel_uid = talk.uid;
	if (r == -EREMOTEIO) {
		return failure_explain(live->compiled->plan, &talk.failure,
				       err);
	}
	if (r == -ETIMEDOUT) {
		live_kill_init(live);
		return err_at(err, SANDBOX_ERROR_SETUP, ETIMEDOUT,
			      "start the sandbox", "",
			      "start the sandbox: no answer within %d s",
			      LAUNCH_TIMEOUT_MS / 1000);
	}
	return r < 0 ? vanished(live, -r, err) : 0;
}

static struct live *live_new(struct compiled *compiled, const char *id)
{
	struct live *live = calloc(1, sizeof(*live));

	if (live == NULL) {
		return NULL;
	}
	live->owner = getpid();
	live->control = NO_FD;
	live->init_pidfd = NO_FD;
	live->compiled = compiled_ref(compiled);
	(void)snprintf(live->id, sizeof(live->id), "%s", id);
	return live;
}

/* Sends the launch and waits for what comes of it. */
static int launch(struct start *start, const struct passed_fds *passed,
		  struct err *err)
{
	int r = send_launch(start, passed, err);

	if (r >= 0) {
		r = await_program(start, err);
	}
	close_fdp(&start->report);
	return r;
}

int live_start(struct engine *engine, struct compiled *compiled, const char *id,
	       const struct passed_fds *passed, struct live **ret,
	       struct err *err)
{
	struct live *live = live_new(compiled, id);
	struct start start = { .engine = engine,
			       .live = live,
			       .lease = LEASE_INIT,
			       .child_control = NO_FD,
			       .child_report = NO_FD,
			       .report = NO_FD };
	int r = 0;

	if (live == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	live->start_ns = kernel_now_ns();
	memcpy(live->namespaces, engine->namespaces, sizeof(live->namespaces));
	r = launch(&start, passed, err);
	if (r >= 0) {
		*ret = live;
		return 0;
	}
	/* A failed launch ends by itself; what hangs is killed. */
	if (r != -ETIMEDOUT && live->control >= 0) {
		(void)live_wait(live, LIVE_GONE_TIMEOUT_MS);
	}
	live_free(live);
	return r;
}
