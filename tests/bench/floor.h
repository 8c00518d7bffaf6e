/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The floor: the least work with which a process can put a program into a
 * full sandbox on this kernel.  One clone3() that borrows the caller's memory,
 * every step done once, in the child, by the cheapest call that does it; no
 * library of ours, no plan, no protocol, no init, no idea of errors beyond
 * the name of the step.  What the library costs is measured against this.
 */
#ifndef BENCH_FLOOR_H
#define BENCH_FLOOR_H

#include <linux/filter.h>

struct floor_job {
	const char *rootfs;       /* has bin, dev, proc, tmp */
	const char *program;      /* a path inside of it */
	struct sock_fprog filter; /* compiled beforehand */
	char uid_map[32];         /* "0 UID 1" */
	char gid_map[32];
	const char *failed_step; /* (out) written by the child */
	int failed_errno;        /* (out) positive */
};

/* Makes the id maps of this process's own ids. */
void floor_job_set_maps(struct floor_job *job);

/*
 * Launches the program and reaps it.  Returns its wait status, or a negative
 * errno with failed_step set.
 */
int floor_launch(struct floor_job *job);

/* The child's whole life; failing, it returns a negative errno. */
int floor_steps_run(struct floor_job *job);

#endif
