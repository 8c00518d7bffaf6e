/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the main process is scheduled, its execution domain and its time stamp
 * counter.  Each is read back; what a process may not ask for by itself is
 * lent to init by the launcher of root, inherited by the main process, and
 * given back by init (a guarded init has no right over the host's scheduler).
 */
#include "kernel/credentials.h"
#include "kernel/syscall.h"
#include "launcher/payload.h"
#include "launcher/text.h"

#include <errno.h>

#define IOPRIO_WHO_PROCESS 1
#define PRIO_PROCESS       0
#define PIDTYPE_PID        0
#define PIDTYPE_TGID       1

/* Raw, it is 20 minus the nice value, so that no error looks like one. */
static long nice_of(int pid)
{
	return 20 - kernel_call2(SYS_getpriority, PRIO_PROCESS, pid);
}

static int set_nice(int pid, int32_t nice)
{
	int r = 0;

	if (nice_of(pid) == nice) {
		return 0;
	}
	r = (int)kernel_call3(SYS_setpriority, PRIO_PROCESS, pid, nice);
	if (r == -EACCES) {
		r = -EPERM; /* what the kernel says of a lower value */
	}
	return r >= 0 && nice_of(pid) != nice ? -EPERM : r;
}

static int set_policy(int pid, const struct plan_scheduling *wanted)
{
	int32_t priority = 0;
	int r = 0;

	if (kernel_call1(SYS_sched_getscheduler, pid) == (long)wanted->policy &&
	    kernel_call2(SYS_sched_getparam, pid, &priority) >= 0 &&
	    priority == wanted->priority) {
		return 0;
	}
	priority = wanted->priority;
	r = (int)kernel_call3(SYS_sched_setscheduler, pid, wanted->policy,
			      &priority);
	if (r >= 0 &&
	    kernel_call1(SYS_sched_getscheduler, pid) != (long)wanted->policy) {
		r = -EPERM;
	}
	return r;
}

static int set_io(int pid, uint32_t priority)
{
	int r = 0;

	if (kernel_call2(SYS_ioprio_get, IOPRIO_WHO_PROCESS, pid) ==
	    (long)priority) {
		return 0;
	}
	r = (int)kernel_call3(SYS_ioprio_set, IOPRIO_WHO_PROCESS, pid,
			      priority);
	/* Class none is shown as what follows from the nice value. */
	if (r >= 0 && priority >> 13 != 0 &&
	    kernel_call2(SYS_ioprio_get, IOPRIO_WHO_PROCESS, pid) !=
		    (long)priority) {
		r = -EPERM;
	}
	return r;
}

/* All of them have to be there, not only one, which the kernel would do with.
 */
static int set_cpus(const struct plan *plan)
{
	struct plan_list list = plan->scheduling.cpus;
	const uint64_t *wanted = plan_at(plan, list.offset);
	uint64_t found[PLAN_MAX_CPUS] = { 0 };
	long r = kernel_call3(SYS_sched_setaffinity, 0, list.count * 8, wanted);

	if (r >= 0) {
		r = kernel_call3(SYS_sched_getaffinity, 0, sizeof(found),
				 found);
	}
	for (uint32_t i = 0; r >= 0 && i < list.count; i++) {
		if (found[i] != wanted[i]) {
			r = -EINVAL;
		}
	}
	return r < 0 ? (int)r : 0;
}

/* The raises first: class and nice value of a policy follow it. */
static int set_ranks(int pid, const struct plan_scheduling *wanted)
{
	int r = 0;

	if ((wanted->flags & PLAN_SCHEDULING_NICE) != 0) {
		r = set_nice(pid, wanted->nice);
	}
	if (r >= 0 && (wanted->flags & PLAN_SCHEDULING_POLICY) != 0) {
		r = set_policy(pid, wanted);
	}
	if (r >= 0 && (wanted->flags & PLAN_SCHEDULING_IO) != 0) {
		r = set_io(pid, wanted->io_priority);
	}
	return r;
}

int scheduling_lend(const struct launch *launch, int pid)
{
	const struct plan_scheduling *wanted = &launch->plan->scheduling;

	if ((wanted->flags & PLAN_SCHEDULING_RAISES) == 0 ||
	    !launch->launcher->privileged) {
		return 0;
	}
	return set_ranks(pid, wanted);
}

int scheduling_return(const struct launch *launch)
{
	const struct plan_scheduling *lent = &launch->plan->scheduling;
	static const struct plan_scheduling usual = { 0 };
	int r = 0;

	if ((lent->flags & PLAN_SCHEDULING_RAISES) == 0) {
		return 0;
	}
	r = set_policy(0, &usual);
	if (r >= 0) {
		r = set_io(0, 0);
	}
	return r >= 0 && nice_of(0) < 0 ? set_nice(0, 0) : r;
}

static int core_cookie(uint64_t *ret)
{
	return (int)kernel_call5(SYS_prctl, PR_SCHED_CORE, PR_SCHED_CORE_GET, 0,
				 PIDTYPE_PID, ret);
}

/* A new cookie, and one that no other process had before. */
static int leave_core(void)
{
	uint64_t before = 0;
	uint64_t now = 0;
	int r = core_cookie(&before);

	if (r >= 0) {
		r = (int)kernel_call5(SYS_prctl, PR_SCHED_CORE,
				      PR_SCHED_CORE_CREATE, 0, PIDTYPE_TGID, 0);
	}
	if (r >= 0) {
		r = core_cookie(&now);
	}
	return r >= 0 && (now == 0 || now == before) ? -EPERM : r;
}

int scheduling_set(const struct plan *plan)
{
	const struct plan_scheduling *wanted = &plan->scheduling;
	int r = 0;

	if (wanted->flags == 0) {
		return 0;
	}
	r = set_ranks(0, wanted);
	if (r >= 0 && (wanted->flags & PLAN_SCHEDULING_CPUS) != 0) {
		r = set_cpus(plan);
	}
	if (r >= 0 && (wanted->flags & PLAN_SCHEDULING_CORE) != 0) {
		r = leave_core();
	}
	return r;
}

int personality_set(const struct plan *plan)
{
	long r = 0;

	if (plan->personality == 0) {
		return 0;
	}
	r = kernel_call1(SYS_personality, plan->personality);
	if (r >= 0 &&
	    kernel_call1(SYS_personality, 0xffffffffU) != plan->personality) {
		r = -EPERM;
	}
	return r < 0 ? (int)r : 0;
}

int tsc_disable(const struct plan *plan)
{
	int32_t state = 0;
	int r = 0;

	if ((plan->flags & PLAN_DISABLE_TSC) == 0) {
		return 0;
	}
	r = kernel_prctl(PR_SET_TSC, PR_TSC_SIGSEGV, 0);
	if (r >= 0) {
		r = kernel_prctl(PR_GET_TSC, (unsigned long)(uintptr_t)&state,
				 0);
	}
	return r >= 0 && state != PR_TSC_SIGSEGV ? -EPERM : r;
}
