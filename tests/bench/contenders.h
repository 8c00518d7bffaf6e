/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The contenders, in the order in which they are listed, and how the host
 * process of each is started to run a given program of the root file system.
 */
#ifndef BENCH_CONTENDERS_H
#define BENCH_CONTENDERS_H

#include "host.h"
#include "workspace.h"

#include <stddef.h>

enum contender_id {
	CONTENDER_FLOOR,
	CONTENDER_LIBRARY,
	CONTENDER_LIBRARY_1GIB,
	CONTENDER_BUBBLEWRAP,
	CONTENDER_CRUN,
	CONTENDER_RUNC,
	CONTENDERS, /* how many there are */
};

const char *contender_name(enum contender_id id);

/* The contender called by the @length bytes at @name, or -ENOENT. */
int contender_find(const char *name, size_t length);

/*
 * Starts the host of a contender that launches /bin/@program, whose output
 * goes to @output.  Returns 0, or a negative errno with a line on stderr.
 */
int contender_start(enum contender_id id, const struct workspace *workspace,
		    const char *program, int output, struct host *ret);

#endif
