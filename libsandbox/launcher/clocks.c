/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A time namespace for the main process.  Its offsets can be written until the
 * first process is in it, and who makes it is not: init's own clock, by which
 * it keeps the deadline, stays that of the host.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/init.h"
#include "launcher/text.h"

#define SECOND_NS 1000000000LL

static bool are_moved(const struct plan_clocks *clocks)
{
	return clocks->monotonic_ns != 0 || clocks->boottime_ns != 0;
}

/* As the kernel has it: whole seconds, down, and what is left above them. */
static void add_offset(struct text *text, const char *clock, int64_t offset_ns)
{
	int64_t seconds = offset_ns / SECOND_NS;
	int64_t rest = offset_ns % SECOND_NS;

	if (rest < 0) {
		rest += SECOND_NS;
		seconds--;
	}
	text_add(text, clock);
	text_add(text, " ");
	text_add_signed(text, seconds);
	text_add(text, " ");
	text_add_signed(text, rest);
	text_add(text, "\n");
}

/* One clock a call, so that a failure is of one field. */
static int write_offset(const struct launch *launch, const char *clock,
			int64_t offset_ns)
{
	char line[64];
	struct text text = TEXT_IN(line);

	if (offset_ns == 0) {
		return 0;
	}
	add_offset(&text, clock, offset_ns);
	return kernel_write_file(launch->proc, "self/timens_offsets", line,
				 text.length);
}

static int read_back(const struct launch *launch)
{
	const struct plan_clocks *clocks = &launch->plan->clocks;
	char found[256];
	char wanted[128];
	struct text text = TEXT_IN(wanted);
	int fd =
		kernel_openat(launch->proc, "self/timens_offsets", O_RDONLY, 0);
	long n = fd;

	if (fd >= 0) {
		n = kernel_read(fd, found, sizeof(found));
		kernel_close(fd);
	}
	add_offset(&text, "monotonic", clocks->monotonic_ns);
	add_offset(&text, "boottime", clocks->boottime_ns);
	if (n >= 0 && !text_same_words(wanted, text.length, found, (size_t)n)) {
		n = -EPERM;
	}
	return n < 0 ? (int)n : 0;
}

static int namespace_of(const struct launch *launch, const char *path,
			uint64_t *ret)
{
	struct stat file;
	int r = (int)kernel_call4(SYS_newfstatat, launch->proc, path, &file, 0);

	if (r >= 0) {
		*ret = file.st_ino;
	}
	return r;
}

int clocks_prepare(struct launch *launch, uint16_t *index)
{
	const struct plan_clocks *clocks = &launch->plan->clocks;
	int r = 0;

	if (!are_moved(clocks)) {
		return 0;
	}
	*index = clocks->monotonic_ns != 0 ? 0 : 1;
	r = kernel_unshare(CLONE_NEWTIME);
	if (r == -EINVAL) {
		/* What a kernel says that knows no such namespace. */
		launch->left_clocks = clocks->optional;
		return clocks->optional != 0 ? 0 : -EOPNOTSUPP;
	}
	if (r >= 0) {
		/* The files of a process that is not belong to the host. */
		r = kernel_prctl(PR_SET_DUMPABLE, 1, 0);
	}
	if (r >= 0) {
		r = write_offset(launch, "monotonic", clocks->monotonic_ns);
	}
	if (r >= 0) {
		*index = 1;
		r = write_offset(launch, "boottime", clocks->boottime_ns);
	}
	if (r >= 0) {
		*index = 0;
		r = read_back(launch);
	}
	if (r >= 0) {
		r = namespace_of(launch, "self/ns/time_for_children",
				 &launch->clocks);
	}
	return r;
}

int clocks_verify(const struct launch *launch)
{
	uint64_t found = 0;
	int r = 0;

	if (launch->clocks == 0) {
		return 0;
	}
	/* Its memory is a copy, which init did not close with its own. */
	r = kernel_prctl(PR_SET_DUMPABLE, 0, 0);
	if (r >= 0) {
		r = namespace_of(launch, "self/ns/time", &found);
	}
	return r >= 0 && found != launch->clocks ? -EPERM : r;
}

uint64_t clocks_now_ns(const struct launch *launch)
{
	uint64_t now = kernel_now_ns();

	return launch->clocks == 0
		       ? now
		       : now - (uint64_t)launch->plan->clocks.monotonic_ns;
}
