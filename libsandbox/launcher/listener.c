/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The listener of a filter goes to the caller's socket as soon as there is
 * one.  Until then nobody could answer a call that is asked about, so the plan
 * has no filter that asks about sendmsg or what comes after it.
 */
#include "kernel/socket.h"
#include "launcher/payload.h"
#include "launcher/text.h"

/*
 * Without waiting: a socket that is full or whose other end is closed fails
 * the launch.  Our copy closes itself on exec; once the caller's is closed as
 * well, calls that are asked about fail with ENOSYS, by the kernel.
 */
int listener_send(int socket, int listener, const char *id)
{
	union {
		struct cmsghdr header;
		unsigned char bytes[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec text = {
		/* The kernel only reads it; its type lacks the const. */
		.iov_base = (void *)(uintptr_t)id, /* NOLINT */
		.iov_len = text_length(id),
	};
	const struct msghdr message = {
		.msg_iov = &text,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	long n = 0;

	control.header = (struct cmsghdr){
		.cmsg_len = CMSG_LEN(sizeof(int)),
		.cmsg_level = SOL_SOCKET,
		.cmsg_type = SCM_RIGHTS,
	};
	memcpy(CMSG_DATA(&control.header), &listener, sizeof(listener));
	n = kernel_sendmsg(socket, &message, MSG_DONTWAIT);
	if (n < 0) {
		return (int)n;
	}
	return (size_t)n == text.iov_len ? 0 : -EMSGSIZE;
}
