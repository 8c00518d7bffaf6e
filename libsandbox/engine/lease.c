/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exclusive ranges of ids.  The file `ids` of the run directory stands for
 * the ids themselves: byte N for id N.  A lease is a lock on its bytes, owned
 * by an open file description (fcntl(2), F_OFD_SETLK) that init inherits, so
 * it ends with the last process that holds it, whatever ends that.
 */
#include "base/cleanup.h"
#include "engine/identity.h"
#include "kernel/file.h"
#include "plan/plan.h"

#include <fcntl.h>
#include <stdio.h>

static int lock_range(int fd, uint64_t first, uint32_t count, int command,
		      struct flock *ret)
{
	*ret = (struct flock){
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = (off_t)first,
		.l_len = (off_t)count,
	};
	return kernel_fcntl(fd, command, (long)(intptr_t)ret);
}

/* Lowest first; behind a range that somebody has, the search goes on. */
static int find_free(int fd, const struct identity *identity, uint32_t count,
		     uint64_t *ret)
{
	uint64_t first = identity->pool_first;
	uint64_t end = first + identity->pool_count;

	for (;;) {
		struct flock lock;
		int r = 0;

		first = identity_next_room(identity, first, count);
		if (first + count > end) {
			return -EUSERS;
		}
		r = lock_range(fd, first, count, F_OFD_SETLK, &lock);

		if (r >= 0) {
			*ret = first;
			return 0;
		}
		if (r != -EAGAIN && r != -EACCES) {
			return r;
		}
		r = lock_range(fd, first, count, F_OFD_GETLK, &lock);
		if (r < 0) {
			return r;
		}
		if (lock.l_type == F_UNLCK) {
			continue; /* it was given back meanwhile: again */
		}
		if (lock.l_len == 0) {
			return -EUSERS; /* all up to the end of the file */
		}
		first = (uint64_t)lock.l_start + (uint64_t)lock.l_len;
	}
}

static int open_ids(int run_dir_fd)
{
	return kernel_openat(run_dir_fd, "ids", O_RDWR | O_CREAT | O_NOFOLLOW,
			     0600);
}

static int refuse_file(int r, struct err *err)
{
	return err_at(err, err_kind_of_errno(-r), -r, "lease ids", "ids",
		      "lease ids: lock the file \"ids\" of the run directory:"
		      " %s",
		      err_errno_name(-r));
}

int lease_take(int run_dir_fd, const struct identity *identity, uint32_t count,
	       struct lease *ret, struct err *err)
{
	_cleanup_close_ int fd = NO_FD;
	uint64_t first = 0;
	int r = 0;

	if (count == 0) {
		/* For a lock, no bytes are all bytes. */
		return err_at(err, SANDBOX_ERROR_INTERNAL, EINVAL, "lease ids",
			      "identity", "lease ids: none are asked for");
	}
	fd = open_ids(run_dir_fd);
	r = fd;
	if (fd >= 0) {
		r = find_free(fd, identity, count, &first);
	}
	if (r == -EUSERS) {
		return err_at(err, SANDBOX_ERROR_RESOURCE, EUSERS, "lease ids",
			      "identity",
			      "lease ids: all %u ids of the pool are in use",
			      identity->pool_count);
	}
	if (r < 0) {
		return refuse_file(r, err);
	}
	*ret = (struct lease){ .fd = take_fd(&fd),
			       .first = (uint32_t)first,
			       .count = count };
	return 0;
}

static int share(int fd, const struct plan *plan, struct plan_list list)
{
	const struct plan_id_map *maps = plan_at(plan, list.offset);
	int r = 0;

	for (uint32_t i = 0; i < list.count && r >= 0; i++) {
		struct flock lock = {
			.l_type = F_RDLCK,
			.l_whence = SEEK_SET,
			.l_start = (off_t)maps[i].outside,
			.l_len = (off_t)maps[i].count,
		};

		r = kernel_fcntl(fd, F_OFD_SETLK, (long)(intptr_t)&lock);
	}
	return r;
}

/*
 * Locks of one open file do not keep each other away, so the search is done
 * with another, which @fd's own keep off the ids that are shared.  Between the
 * two somebody else may take what was found; then it goes on.
 */
static int take_one(int run_dir_fd, int fd, const struct identity *identity,
		    uint64_t *ret)
{
	int r = -EAGAIN;

	for (int i = 0; i < 64 && (r == -EAGAIN || r == -EACCES); i++) {
		int other = open_ids(run_dir_fd);
		struct flock lock;

		r = other;
		if (other >= 0) {
			r = find_free(other, identity, 1, ret);
			close_fdp(&other);
		}
		if (r >= 0) {
			r = lock_range(fd, *ret, 1, F_OFD_SETLK, &lock);
		}
	}
	return r;
}

int lease_beside(int run_dir_fd, const struct identity *identity,
		 const struct plan *plan, struct lease *ret, struct err *err)
{
	_cleanup_close_ int fd = open_ids(run_dir_fd);
	uint64_t first = 0;
	int r = fd < 0 ? fd : share(fd, plan, plan->guard_uid_map);

	if (r >= 0) {
		r = share(fd, plan, plan->guard_gid_map);
	}
	if (r == -EAGAIN || r == -EACCES) {
		return err_at(err, SANDBOX_ERROR_RESOURCE, EUSERS, "lease ids",
			      "identity",
			      "lease ids: some of identity.uid_maps or "
			      "gid_maps are leased to another sandbox");
	}
	if (r >= 0) {
		r = take_one(run_dir_fd, fd, identity, &first);
	}
	if (r == -EUSERS) {
		return err_at(err, SANDBOX_ERROR_RESOURCE, EUSERS, "lease ids",
			      "identity",
			      "lease ids: none of the %u ids of the pool is "
			      "left for the sandbox's own first process",
			      identity->pool_count);
	}
	if (r < 0) {
		return refuse_file(r, err);
	}
	*ret = (struct lease){ .fd = take_fd(&fd),
			       .first = (uint32_t)first,
			       .count = 1 };
	return 0;
}

void lease_release(struct lease *lease)
{
	close_fdp(&lease->fd);
}
