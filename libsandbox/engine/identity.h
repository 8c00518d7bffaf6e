/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose ids sandboxes get: what the caller may map, and exclusive leases of
 * id ranges among all engines of one user.
 */
#ifndef SANDBOX_ENGINE_IDENTITY_H
#define SANDBOX_ENGINE_IDENTITY_H

#include "base/err.h"
#include "launcher/protocol.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

struct identity {
	bool privileged; /* the launcher stays in the caller's namespace */
	uint32_t uid;    /* the caller's effective ids */
	uint32_t gid;
	struct launcher_setup setup; /* what the launcher is told */
	/*
	 * Ids that leases are cut from, as the launcher's user namespace
	 * counts them; the same numbers for uids and gids.
	 */
	uint32_t pool_first;
	uint32_t pool_count; /* 0: none, and `reason` says why */
	char reason[200];    /* and what an administrator does about it */
};

/* Looks at the caller: capabilities, uid_map, /etc/subuid, newuidmap. */
int identity_discover(struct identity *ret, struct err *err);

/* The most ids inside that one lease can give; 0 = none. */
uint32_t identity_range_max(const struct identity *identity);

/*
 * The lowest number from @first on at which a lease of @count may begin, but
 * for who has it already; past the pool when there is none.  The kernel takes
 * no line of a guard's map that crosses a border between two ranges of the
 * map above.
 */
uint64_t identity_next_room(const struct identity *identity, uint64_t first,
			    uint32_t count);

/* How many of them AUTO takes; 0 = none. */
uint32_t identity_range_auto(const struct identity *identity);

/*
 * The directory of this user's leases, made if need be: @path, or by default
 * /run/libsandbox, $XDG_RUNTIME_DIR/libsandbox, /run/user/UID/libsandbox.
 * *ret is an O_PATH|O_DIRECTORY descriptor of a directory that belongs to
 * the caller and is writable by nobody else.
 */
int run_dir_open(const char *path, int *ret, struct err *err);

struct lease {
	int fd;         /* the lock: held as long as any copy of it is open */
	uint32_t first; /* guard id 0, as the launcher's namespace counts */
	uint32_t count; /* ids inside plus one */
};

#define LEASE_INIT           \
	{                    \
		.fd = -EBADF \
	}

/*
 * Takes the lowest free @count ids of the pool, exclusively among all who
 * share @run_dir_fd.  -EUSERS when they are all taken, -EINVAL for none.
 *
 * The lock is an open file description lock (fcntl(2), F_OFD_SETLK) on the
 * bytes [first, first + count) of one file, so the kernel arbitrates, init
 * inherits it, and neither a crash nor a restart leaves anything to clean.
 */
int lease_take(int run_dir_fd, const struct identity *identity, uint32_t count,
	       struct lease *ret, struct err *err);

/*
 * One id for the init of @plan, whose other ids the caller has chosen and
 * answers for.  Those are locked, too, but may be shared by all that have
 * chosen them: no lease takes them meanwhile.  -EUSERS where one has.
 */
int lease_beside(int run_dir_fd, const struct identity *identity,
		 const struct plan *plan, struct lease *ret, struct err *err);

void lease_release(struct lease *lease);

#endif
