/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sysctls: written and read back through one descriptor.  What is read is what
 * counts; a write may have been refused for a reason that does not matter.
 */
#include "kernel/file.h"
#include "launcher/init.h"

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
