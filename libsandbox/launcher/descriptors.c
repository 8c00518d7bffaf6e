/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the program finds open: its streams, and what the document passes at
 * the numbers that it says.  Beside these only what exec closes is left.
 */
#include "kernel/file.h"
#include "launcher/payload.h"

/* Any of these may be where another belongs, so all go above the last. */
static int move_up(int *fd, int above)
{
	int r = *fd < 0 ? -EBADF : kernel_fcntl(*fd, F_DUPFD_CLOEXEC, above);

	if (r >= 0) {
		*fd = r;
	}
	return r;
}

int descriptors_close_but(unsigned int first, int *keep, size_t count)
{
	int r = 0;

	for (size_t i = 1; i < count; i++) {
		for (size_t j = i; j > 0 && keep[j] < keep[j - 1]; j--) {
			int swap = keep[j];

			keep[j] = keep[j - 1];
			keep[j - 1] = swap;
		}
	}
	for (size_t i = 0; i < count && r >= 0; i++) {
		unsigned int next = (unsigned int)keep[i];

		if (keep[i] < 0) {
			continue;
		}
		if (first < next) {
			r = kernel_close_range(first, next - 1, 0);
		}
		first = next + 1;
	}
	return r < 0 ? r : kernel_close_range(first, ~0U, 0);
}

/* From @first on, but for those. */
static int close_rest(unsigned int first, const struct kept *kept)
{
	int keep[] = { kept->report,   kept->status, kept->program,
		       kept->executed, kept->notify, kept->label };

	return descriptors_close_but(first, keep, sizeof(keep) / sizeof(*keep));
}

/* The numbers go up; what lies between is closed. */
static int place(const struct plan *plan, const int *moved, unsigned int *next)
{
	const struct plan_passed *passed = plan_at(plan, plan->passed.offset);

	for (uint32_t i = 0; i < plan->passed.count; i++) {
		unsigned int inside = passed[i].inside;
		int r = kernel_dup3(moved[i], (int)inside, 0);

		if (r >= 0 && *next < inside) {
			r = kernel_close_range(*next, inside - 1, 0);
		}
		if (r < 0) {
			return r;
		}
		*next = inside + 1;
	}
	return 0;
}

/* Those of the launch itself; a negative one is none. */
static int move_kept(struct kept *kept, int above)
{
	int *each[] = { &kept->report, &kept->status,  &kept->executed,
			&kept->label,  &kept->program, &kept->notify };
	int r = 0;

	for (size_t i = 0; i < sizeof(each) / sizeof(*each) && r >= 0; i++) {
		if (*each[i] >= 0) {
			r = move_up(each[i], above);
		}
	}
	return r;
}

int descriptors_leave(const struct launch *launch, struct kept *kept)
{
	const struct plan *plan = launch->plan;
	const struct plan_passed *passed = plan_at(plan, plan->passed.offset);
	const int *given = launch->fds + launch_fd_passed(plan);
	uint32_t count = plan->passed.count;
	int above = count == 0 ? 3 : (int)passed[count - 1].inside + 1;
	int moved[PLAN_MAX_PASSED];
	unsigned int next = 3;
	int r = 0;

	kept->program =
		plan->exec_fd == 0 ? -1 : launch->fds[launch_fd_program(plan)];
	kept->notify =
		plan->notify_fd == 0 ? -1 : launch->fds[launch_fd_notify(plan)];
	for (uint32_t i = 0; i < count && r >= 0; i++) {
		moved[i] = given[i];
		r = move_up(&moved[i], above);
	}
	if (r >= 0) {
		r = move_kept(kept, above);
	}
	if (r >= 0) {
		r = place(plan, moved, &next);
	}
	return r < 0 ? r : close_rest(next, kept);
}
