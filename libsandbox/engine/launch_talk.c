/* SPDX-License-Identifier: Apache-2.0 */
/* Packets from launcher, init and payload; see launch_talk.h. */
#include "engine/launch_talk.h"

#include "base/cleanup.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/steps.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define CONTROL_BYTES \
	(CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(sizeof(int)))

static void take_ancillary(struct msghdr *message, struct talk_packet *ret)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);

	for (; header != NULL; header = CMSG_NXTHDR(message, header)) {
		if (header->cmsg_level != SOL_SOCKET) {
			continue;
		}
		if (header->cmsg_type == SCM_CREDENTIALS) {
			struct ucred sender;

			memcpy(&sender, CMSG_DATA(header), sizeof(sender));
			ret->pid = sender.pid;
			ret->uid = sender.uid;
		} else if (header->cmsg_type == SCM_RIGHTS) {
			memcpy(&ret->fd, CMSG_DATA(header), sizeof(ret->fd));
		}
	}
}

int talk_receive(int socket, struct talk_packet *ret)
{
	struct {
		struct report report;
		union {
			struct ready ready;
			struct ended ended;
		};
	} packet;
	_Alignas(struct cmsghdr) char control[CONTROL_BYTES];
	struct iovec part = { &packet, sizeof(packet) };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = control,
				  .msg_controllen = sizeof(control) };
	long n = kernel_recvmsg(socket, &message, MSG_DONTWAIT);

	*ret = (struct talk_packet){ .fd = NO_FD };
	if (n == -ECONNRESET) {
		/*
		 * It ended with something of ours unread.  That is told once,
		 * before what it had said itself.
		 */
		message.msg_controllen = sizeof(control);
		n = kernel_recvmsg(socket, &message, MSG_DONTWAIT);
	}
	if (n <= 0) {
		return (int)n;
	}
	take_ancillary(&message, ret);
	if (n < (long)sizeof(packet.report)) {
		return 1; /* a step that does not exist: ignored above */
	}
	ret->report = packet.report;
	n -= (long)sizeof(packet.report);
	if (ret->report.step == STEP_READY && n == sizeof(packet.ready)) {
		ret->ready = packet.ready;
		ret->has_ready = true;
	}
	if (ret->report.step == STEP_ENDED && n == sizeof(packet.ended)) {
		ret->ended = packet.ended;
		ret->has_ended = true;
	}
	return 1;
}

/*
 * Asking for no event wakes up for nothing but the end, so a launch costs its
 * host one wake instead of one a packet; what was sent before is still there.
 */
int talk_await_end(const struct talk *talk, uint64_t limit_ns)
{
	struct pollfd wait = { .fd = talk->socket, .events = 0 };
	int n = -EINTR;

	while (n == -EINTR) {
		uint64_t now = kernel_now_ns();

		if (now >= limit_ns) {
			return -ETIMEDOUT;
		}
		n = kernel_poll(&wait, 1, (int64_t)(limit_ns - now));
	}
	if (n < 0) {
		return n;
	}
	return n == 0 ? -ETIMEDOUT : 0;
}

int talk_read(struct talk *talk)
{
	bool ready = false;

	for (;;) {
		struct talk_packet packet;
		int r = talk_receive(talk->socket, &packet);

		if (r <= 0) {
			return ready ? 0 : -EPIPE;
		}
		close_fdp(&packet.fd);
		if (packet.has_ready) {
			ready = true;
			talk->ready = packet.ready;
			talk->pid = packet.pid;
			talk->uid = packet.uid;
		} else if (packet.report.error > 0) {
			talk->failure = packet.report;
			return -EREMOTEIO;
		}
	}
}
