/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading what comes from the other side.  After exec that side is no longer
 * ours to trust, so every packet is taken by its size and nothing else of it.
 */
#ifndef SANDBOX_ENGINE_LAUNCH_TALK_H
#define SANDBOX_ENGINE_LAUNCH_TALK_H

#include "launcher/protocol.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct talk_packet {
	struct report report;
	bool has_ready;
	bool has_ended;
	union {
		struct ready ready;
		struct ended ended;
	};
	int fd;    /* passed with it, or NO_FD; the caller's */
	pid_t pid; /* of the sender, 0 where the kernel did not say */
	uid_t uid;
};

/* 1 and a packet; 0 at the end of the socket; -EAGAIN, or another -errno. */
int talk_receive(int socket, struct talk_packet *ret);

struct talk {
	int socket;
	struct report failure;
	struct ready ready;
	pid_t pid;
	uid_t uid;
};

/*
 * Waits for the end of the socket, which whoever is on the way to exec holds:
 * "executed or dead".  0, or -ETIMEDOUT at @limit_ns of CLOCK_MONOTONIC.
 */
int talk_await_end(const struct talk *talk, uint64_t limit_ns);

/*
 * Reads what was said: 0 with READY; -EREMOTEIO with `failure`; -EPIPE for an
 * end without either.
 */
int talk_read(struct talk *talk);

#endif
