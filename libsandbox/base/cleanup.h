/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scope-owned things: descriptors and heap memory that end with the block
 * that declared them.  A value that outlives its block is handed over with
 * take_fd() or take_ptr().
 */
#ifndef SANDBOX_BASE_CLEANUP_H
#define SANDBOX_BASE_CLEANUP_H

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define _cleanup_(function) __attribute__((cleanup(function)))

/* An empty descriptor is this value, never 0 or -1. */
#define NO_FD (-EBADF)

/* Closes *fd if it is one, leaves errno alone and *fd empty. */
static inline void close_fdp(int *fd)
{
	if (*fd >= 0) {
		int saved = errno;

		(void)close(*fd);
		errno = saved;
	}
	*fd = NO_FD;
}

static inline void free_memp(void *pointer)
{
	void **memory = pointer;

	free(*memory);
	*memory = NULL;
}

static inline int take_fd(int *fd)
{
	int taken = *fd;

	*fd = NO_FD;
	return taken;
}

#define take_ptr(pointer)                               \
	__extension__({                                 \
		__typeof__(pointer) taken_ = (pointer); \
		(pointer) = NULL;                       \
		taken_;                                 \
	})

#define _cleanup_close_ _cleanup_(close_fdp)
#define _cleanup_free_  _cleanup_(free_memp)

#endif
