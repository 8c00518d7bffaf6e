/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sysctls: written and read back through one descriptor.  What is read is what
 * counts; a write may have been refused for a reason that does not matter.
 */
#include "kernel/file.h"
#include "launcher/init.h"
#include "launcher/text.h"

static long read_number(int fd)
{
	char text[24];
	long value = 0;
	long n = kernel_call4(SYS_pread64, fd, text, sizeof(text), 0);

	if (n <= 0) {
		return n == 0 ? -EIO : n;
	}
	for (long i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++) {
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

long sysctl_set(int proc, const char *path, const char *digit)
{
	int fd = kernel_openat(proc, path, O_RDWR, 0);
	long n = fd;

	if (fd >= 0) {
		n = kernel_write(fd, digit, 1);
	}
	if (n >= 0) {
		n = read_number(fd);
	}
	if (fd >= 0) {
		kernel_close(fd);
	}
	return n;
}

long sysctl_get(int proc, const char *path)
{
	int fd = kernel_openat(proc, path, O_RDONLY, 0);
	long n = fd;

	if (fd >= 0) {
		n = read_number(fd);
		kernel_close(fd);
	}
	return n;
}

/* A few, which do something when they are written, cannot be read. */
static int write_one(int proc, const char *path, const char *value)
{
	char found[1280];
	size_t size = text_length(value);
	bool readable = true;
	int fd = kernel_openat2(proc, path, O_RDWR,
				RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	long n = 0;

	if (fd == -EACCES) {
		readable = false;
		fd = kernel_openat2(proc, path, O_WRONLY,
				    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	}
	if (fd < 0) {
		return fd;
	}
	n = kernel_write(fd, value, size);
	if (n >= 0 && (size_t)n != size) {
		n = -EINVAL;
	}
	if (n >= 0 && readable) {
		n = kernel_call4(SYS_pread64, fd, found, sizeof(found), 0);
		if (n >= 0 && !text_same_words(value, size, found, (size_t)n)) {
			n = -ESTALE;
		}
	}
	kernel_close(fd);
	return n < 0 ? (int)n : 0;
}

int sysctls_write(struct launch *launch, uint16_t *index)
{
	const struct plan *plan = launch->plan;
	const struct plan_sysctl *sysctls = plan_at(plan, plan->sysctls.offset);

	for (uint32_t i = 0; i < plan->sysctls.count; i++) {
		int r = write_one(launch->sysctls,
				  plan_string(plan, sysctls[i].path),
				  plan_string(plan, sysctls[i].value));

		if (r < 0 && (sysctls[i].flags & PLAN_SYSCTL_OPTIONAL) != 0) {
			launch->left_sysctls++;
			r = 0;
		}
		/* Without IPv4 there is nothing that a capability is for. */
		if (r == -ENOENT &&
		    (sysctls[i].flags & PLAN_SYSCTL_OURS) != 0) {
			r = 0;
		}
		if (r < 0) {
			*index = (uint16_t)i;
			return r;
		}
	}
	return 0;
}
