/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signals that the command passes on.  While one of these is held, those
 * signals wait on a descriptor and do not end the command.
 */
#ifndef SANDBOX_CLI_SIGNALS_H
#define SANDBOX_CLI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct signals {
	int fd;
	sigset_t before; /* the mask to go back to */
};

/*
 * A signal that the command was started to ignore, as nohup does with SIGHUP,
 * stays ignored.  Returns 0 or a negative errno.
 */
int signals_hold(struct signals *ret);

/* The next signal, or 0 when none is waiting. */
int signals_next(const struct signals *signals);

/* What still waits is dropped: its sandbox is gone. */
void signals_release(struct signals *signals);

/* SIGINT and SIGTERM of late, to tell when somebody insists. */
struct insistence {
	uint64_t earlier_ns[2]; /* 0 for none */
};

/*
 * Whether this is the third SIGINT or SIGTERM within two seconds.  The second
 * may well be meant for the program, as two ^C at an interpreter are.
 */
bool insistence_note(struct insistence *insistence, int signum,
		     uint64_t now_ns);

#endif
