/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scope-owned things of the command, and sizes of arrays.  The command sees
 * the public headers only, so it has its own.
 */
#ifndef SANDBOX_CLI_CLEANUP_H
#define SANDBOX_CLI_CLEANUP_H

#include <stdlib.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define _cleanup_(function) __attribute__((cleanup(function)))

/* Closes *fd if it is one. */
static inline void close_fdp(int *fd)
{
	if (*fd >= 0) {
		(void)close(*fd);
	}
	*fd = -1;
}

static inline void free_memp(void *pointer)
{
	void **memory = pointer;

	free(*memory);
	*memory = NULL;
}

#define _cleanup_close_ _cleanup_(close_fdp)
#define _cleanup_free_  _cleanup_(free_memp)

#endif
