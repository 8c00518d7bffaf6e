/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of the caller's that the program gets: --pass-fd. */
#ifndef SANDBOX_CLI_PASS_FDS_H
#define SANDBOX_CLI_PASS_FDS_H

#include "complaint.h"
#include "run_options.h"

#define PASSED_MAX 64

/* The list that a specification refers to by index + 1. */
struct passed_fds {
	int fds[PASSED_MAX];
	size_t count;
};

/*
 * In the order of the command line.  To be asked before the command opens a
 * file, which could take the number of one that the caller has not.
 */
int passed_fds_find(const struct run_options *options, struct passed_fds *ret,
		    struct complaint *complaint);

#endif
