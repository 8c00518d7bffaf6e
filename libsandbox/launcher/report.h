/* SPDX-License-Identifier: Apache-2.0 */
/* Eight bytes to the host that say which step failed, on what, and why. */
#ifndef SANDBOX_LAUNCHER_REPORT_H
#define SANDBOX_LAUNCHER_REPORT_H

#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/protocol.h"
#include "launcher/steps.h"

/* @error: negative errno. */
static inline struct report report_of(unsigned int step, uint16_t index,
				      int error)
{
	return (struct report){
		.step = (uint16_t)step,
		.index = index,
		.error = -error,
	};
}

static inline void report_failure(int socket, unsigned int step, uint16_t index,
				  int error)
{
	const struct report report = report_of(step, index, error);

	/* A host that does not listen any more has gone; nothing to add. */
	(void)kernel_send(socket, &report, sizeof(report), 0);
}

__attribute__((noreturn)) static inline void report_and_exit(int socket,
							     unsigned int step,
							     uint16_t index,
							     int error)
{
	report_failure(socket, step, index, error);
	kernel_exit(127);
}

#endif
