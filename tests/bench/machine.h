/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the machine is quiet enough to be measured on.  The load average
 * still remembers a build that is over, so what counts is how much of the
 * processors' time is taken while the bench itself sleeps.
 */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

/* More than this is a busy machine, whose figures are marked. */
#define MACHINE_BUSY_PERCENT 15

struct machine {
	double load;      /* average of one minute */
	int busy_percent; /* of all processors, over half a second */
	int processors;
};

void machine_observe(struct machine *ret);

#endif
