/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a guarded init may not do for its main process, or not on its own
 * memory without doing it to itself: the launcher does it on init, before that
 * goes on, and the main process inherits it at its clone.
 */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/init.h"
#include "launcher/text.h"

static void add_score(struct text *text, int32_t score)
{
	text_add_signed(text, score);
	text_add(text, "\n");
}

/*
 * The main process shares init's memory until it executes, and the kernel
 * holds one score for all who share memory; so init has it, too.  It is as
 * small as a process can be, so another of the sandbox is always killed first.
 */
static int lend_oom_score(const struct launch *launch, int pid, int pidfd)
{
	char path[32];
	char wanted[16];
	char found[16] = "";
	struct text name = TEXT_IN(path);
	struct text score = TEXT_IN(wanted);
	int fd = 0;
	int r = 0;

	text_add_number(&name, (uint64_t)pid);
	text_add(&name, "/oom_score_adj");
	add_score(&score, launch->plan->oom_score_adj);
	fd = kernel_openat(launch->launcher->proc, path, O_RDWR, 0);
	if (fd < 0) {
		return fd;
	}
	/* It lives, so the file was its own and not a later process's. */
	r = (int)kernel_call4(SYS_pidfd_send_signal, pidfd, 0, NULL, 0);
	if (r >= 0) {
		r = kernel_write_all(fd, wanted, score.length);
	}
	if (r >= 0) {
		r = (int)kernel_call4(SYS_pread64, fd, found, sizeof(found) - 1,
				      0);
	}
	if (r >= 0 && ((size_t)r != score.length ||
		       memcmp(found, wanted, score.length) != 0)) {
		r = -EPERM;
	}
	kernel_close(fd);
	return r < 0 ? r : 0;
}

/* Only ceilings, and only above the launcher's own; the payload sets both. */
static int lend_rlimits(const struct plan *plan, int pid, uint16_t *index)
{
	const struct plan_rlimit *limits = plan_at(plan, plan->rlimits.offset);

	for (uint32_t i = 0; i < plan->rlimits.count; i++) {
		struct rlimit64 now;
		int r = 0;

		if ((limits[i].flags & PLAN_RLIMIT_RAISES) == 0) {
			continue;
		}
		r = kernel_prlimit(pid, limits[i].resource, NULL, &now);
		if (r >= 0 && now.rlim_max < limits[i].hard) {
			now.rlim_max = limits[i].hard;
			r = kernel_prlimit(pid, limits[i].resource, &now, NULL);
		}
		if (r < 0) {
			*index = (uint16_t)i;
			return r;
		}
	}
	return 0;
}

int launch_lend(const struct launch *launch, int pid, int pidfd,
		unsigned int *step, uint16_t *index)
{
	int r = 0;

	if (launch->plan->oom_score_adj != 0) {
		*step = STEP_OOM_SCORE;
		r = lend_oom_score(launch, pid, pidfd);
	}
	if (r >= 0) {
		*step = STEP_RLIMIT;
		r = lend_rlimits(launch->plan, pid, index);
	}
	if (r >= 0) {
		*step = STEP_SCHEDULING;
		r = scheduling_lend(launch, pid);
	}
	return r;
}
