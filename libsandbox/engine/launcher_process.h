/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The launcher as the host's half sees it: how it is started, asked and ended.
 */
#ifndef SANDBOX_ENGINE_LAUNCHER_PROCESS_H
#define SANDBOX_ENGINE_LAUNCHER_PROCESS_H

#include "base/err.h"
#include "launcher/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct launcher_process {
	int socket; /* SOCK_SEQPACKET to it, or NO_FD */
	int pidfd;  /* readable when it has ended, or NO_FD */
	pid_t pid;
};

#define LAUNCHER_PROCESS_INIT                     \
	{                                         \
		.socket = -EBADF, .pidfd = -EBADF \
	}

/*
 * Executes the launcher from a sealed memfd, or where memfds may not be
 * executed from the installed file, and sends it @setup.
 *
 * The child is made with CLONE_VM and CLONE_VFORK, so it costs the same in a
 * host of any size, and until it executes it does nothing but system calls.
 */
int launcher_process_spawn(const struct launcher_setup *setup,
			   struct launcher_process *ret, struct err *err);

/* As above, and waits for its hello: 0 when it is ready to serve. */
int launcher_process_start(const struct launcher_setup *setup,
			   struct launcher_process *ret, struct err *err);

bool launcher_process_alive(const struct launcher_process *process);

/* Closes its socket, waits until it has gone, reaps it. */
void launcher_process_end(struct launcher_process *process);

/* Closes descriptors only: for a copy in a forked host. */
void launcher_process_forget(struct launcher_process *process);

#endif
