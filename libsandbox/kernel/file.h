/* SPDX-License-Identifier: Apache-2.0 */
/* Files and descriptors: openat2(2) and the plain calls around it. */
#ifndef SANDBOX_KERNEL_FILE_H
#define SANDBOX_KERNEL_FILE_H

#include "kernel/syscall.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statfs.h>

static inline int kernel_close(int fd)
{
	return (int)kernel_call1(SYS_close, fd);
}

/*
 * A host may run with its standard streams closed, and then what it opens gets
 * their numbers: a stream that is to be inherited must be the host's own, not
 * a descriptor of ours.  Takes @fd.
 */
static inline int kernel_above_stdio(int fd)
{
	int moved = fd;

	if (fd >= 0 && fd <= 2) {
		moved = (int)kernel_call3(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 3);
		kernel_close(fd);
	}
	return moved;
}

/* @flags gets O_CLOEXEC: no descriptor of ours is born without it. */
static inline int kernel_openat(int dir_fd, const char *path, int flags,
				unsigned int mode)
{
	return kernel_above_stdio((int)kernel_call4(SYS_openat, dir_fd, path,
						    flags | O_CLOEXEC, mode));
}

/* @resolve: RESOLVE_*.  Retries when a rename elsewhere made it give up. */
static inline int kernel_openat2(int dir_fd, const char *path, int flags,
				 uint64_t resolve)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned int)(flags | O_CLOEXEC),
		.resolve = resolve,
	};
	int fd = -EAGAIN;

	for (int i = 0; i < 32 && fd == -EAGAIN; i++) {
		fd = (int)kernel_call4(SYS_openat2, dir_fd, path, &how,
				       sizeof(how));
	}
	return kernel_above_stdio(fd);
}

static inline long kernel_read(int fd, void *buffer, size_t size)
{
	long n = -EINTR;

	while (n == -EINTR) {
		n = kernel_call3(SYS_read, fd, buffer, size);
	}
	return n;
}

static inline long kernel_write(int fd, const void *buffer, size_t size)
{
	long n = -EINTR;

	while (n == -EINTR) {
		n = kernel_call3(SYS_write, fd, buffer, size);
	}
	return n;
}

/* To the last byte, however often the kernel takes only a part. */
static inline int kernel_write_all(int fd, const void *buffer, size_t size)
{
	size_t written = 0;

	while (written < size) {
		long n = kernel_write(fd, (const char *)buffer + written,
				      size - written);

		if (n <= 0) {
			return n == 0 ? -EIO : (int)n;
		}
		written += (size_t)n;
	}
	return 0;
}

/* Opens, writes once, closes: the way of /proc files. */
static inline int kernel_write_file(int dir_fd, const char *path,
				    const char *text, size_t size)
{
	int fd = kernel_openat(dir_fd, path, O_WRONLY, 0);

	if (fd < 0) {
		return fd;
	}
	long n = kernel_write(fd, text, size);

	kernel_close(fd);
	if (n < 0) {
		return (int)n;
	}
	return (size_t)n == size ? 0 : -EIO;
}

static inline int kernel_mkdirat(int dir_fd, const char *path,
				 unsigned int mode)
{
	return (int)kernel_call3(SYS_mkdirat, dir_fd, path, mode);
}

static inline int kernel_symlinkat(const char *text, int dir_fd,
				   const char *path)
{
	return (int)kernel_call3(SYS_symlinkat, text, dir_fd, path);
}

static inline int kernel_fchmod(int fd, unsigned int mode)
{
	return (int)kernel_call2(SYS_fchmod, fd, mode);
}

static inline int kernel_fchownat(int dir_fd, const char *path, uint32_t uid,
				  uint32_t gid, int flags)
{
	return (int)kernel_call5(SYS_fchownat, dir_fd, path, uid, gid, flags);
}

static inline int kernel_fstat(int fd, struct stat *ret)
{
	return (int)kernel_call2(SYS_fstat, fd, ret);
}

static inline int kernel_fstatfs(int fd, struct statfs *ret)
{
	return (int)kernel_call2(SYS_fstatfs, fd, ret);
}

static inline int kernel_fchdir(int fd)
{
	return (int)kernel_call1(SYS_fchdir, fd);
}

static inline int kernel_dup3(int fd, int number, int flags)
{
	return (int)kernel_call3(SYS_dup3, fd, number, flags);
}

static inline int kernel_fcntl(int fd, int command, long argument)
{
	return (int)kernel_call3(SYS_fcntl, fd, command, argument);
}

static inline int kernel_close_range(unsigned int first, unsigned int last,
				     unsigned int flags)
{
	return (int)kernel_call3(SYS_close_range, first, last, flags);
}

static inline int kernel_pipe2(int ends[2], int flags)
{
	return (int)kernel_call2(SYS_pipe2, ends, flags);
}

#endif
