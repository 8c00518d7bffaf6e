/* SPDX-License-Identifier: Apache-2.0 */
/* SOCK_SEQPACKET pairs: whole packets, with descriptors. */
#ifndef SANDBOX_KERNEL_SOCKET_H
#define SANDBOX_KERNEL_SOCKET_H

#include "kernel/file.h"
#include "kernel/syscall.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

/* SCM_MAX_FD of the kernel. */
#define KERNEL_MAX_FDS 253

static inline int kernel_socketpair(int ends[2], int flags)
{
	int r = (int)kernel_call4(SYS_socketpair, AF_UNIX,
				  SOCK_SEQPACKET | SOCK_CLOEXEC | flags, 0,
				  ends);

	for (int i = 0; i < 2 && r >= 0; i++) {
		ends[i] = kernel_above_stdio(ends[i]);
		if (ends[i] < 0) {
			r = ends[i];
			kernel_close(ends[1 - i]);
		}
	}
	return r;
}

/* Never raises SIGPIPE: a library does not signal its host. */
static inline long kernel_send(int fd, const void *packet, size_t size,
			       int flags)
{
	long n = -EINTR;

	while (n == -EINTR) {
		n = kernel_call6(SYS_sendto, fd, packet, size,
				 flags | MSG_NOSIGNAL, NULL, 0);
	}
	return n;
}

/* 0 is the end of the socket.  Returns -EINTR to its caller. */
static inline long kernel_receive(int fd, void *packet, size_t size, int flags)
{
	return kernel_call6(SYS_recvfrom, fd, packet, size, flags, NULL, NULL);
}

static inline long kernel_sendmsg(int fd, const struct msghdr *message,
				  int flags)
{
	long n = -EINTR;

	while (n == -EINTR) {
		n = kernel_call3(SYS_sendmsg, fd, message,
				 flags | MSG_NOSIGNAL);
	}
	return n;
}

static inline long kernel_recvmsg(int fd, struct msghdr *message, int flags)
{
	long n = -EINTR;

	while (n == -EINTR) {
		n = kernel_call3(SYS_recvmsg, fd, message,
				 flags | MSG_CMSG_CLOEXEC);
	}
	return n;
}

#endif
