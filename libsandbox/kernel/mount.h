/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mount interface of Linux 5.2 (fsopen, fsmount, open_tree, move_mount)
 * and 5.12 (mount_setattr): everything is a descriptor, no path twice.
 */
#ifndef SANDBOX_KERNEL_MOUNT_H
#define SANDBOX_KERNEL_MOUNT_H

#include "kernel/file.h"
#include "kernel/syscall.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <stdbool.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#ifndef MNT_DETACH
#define MNT_DETACH 2
#endif

static inline int kernel_fsopen(const char *type)
{
	return (int)kernel_call2(SYS_fsopen, type, FSOPEN_CLOEXEC);
}

static inline int kernel_fsconfig_string(int fs_fd, const char *key,
					 const char *value)
{
	return (int)kernel_call5(SYS_fsconfig, fs_fd, FSCONFIG_SET_STRING, key,
				 value, 0);
}

static inline int kernel_fsconfig_flag(int fs_fd, const char *key)
{
	return (int)kernel_call5(SYS_fsconfig, fs_fd, FSCONFIG_SET_FLAG, key, 0,
				 0);
}

static inline int kernel_fsconfig_create(int fs_fd)
{
	return (int)kernel_call5(SYS_fsconfig, fs_fd, FSCONFIG_CMD_CREATE, 0, 0,
				 0);
}

static inline int kernel_fsmount(int fs_fd, unsigned int attributes)
{
	return (int)kernel_call3(SYS_fsmount, fs_fd, FSMOUNT_CLOEXEC,
				 attributes);
}

/* @flags: AT_EMPTY_PATH, AT_RECURSIVE, OPEN_TREE_CLONE. */
static inline int kernel_open_tree(int dir_fd, const char *path,
				   unsigned int flags)
{
	return kernel_above_stdio((int)kernel_call3(SYS_open_tree, dir_fd, path,
						    flags | OPEN_TREE_CLOEXEC));
}

/* Attaches the tree @from_fd to what the descriptor @to_fd is open on. */
static inline int kernel_move_mount(int from_fd, int to_fd)
{
	return (int)kernel_call5(SYS_move_mount, from_fd, "", to_fd, "",
				 MOVE_MOUNT_F_EMPTY_PATH |
					 MOVE_MOUNT_T_EMPTY_PATH);
}

/* Attaches it to the entry @name of the directory @to_fd. */
static inline int kernel_move_mount_at(int from_fd, int to_fd, const char *name)
{
	return (int)kernel_call5(SYS_move_mount, from_fd, "", to_fd, name,
				 MOVE_MOUNT_F_EMPTY_PATH);
}

static inline int kernel_mount_setattr(int fd, unsigned int flags,
				       const struct mount_attr *attributes)
{
	return (int)kernel_call5(SYS_mount_setattr, fd, "",
				 flags | AT_EMPTY_PATH, attributes,
				 sizeof(*attributes));
}

/*
 * A detached clone of what @fd is open on, for the caller to close.
 * @attributes: MOUNT_ATTR_*; they are locked for no one yet, so this is the
 * only right moment to set them.  @propagation: MS_PRIVATE or MS_SLAVE.
 */
static inline int kernel_clone_tree(int fd, bool recursive, uint64_t attributes,
				    uint64_t propagation)
{
	unsigned int depth = recursive ? AT_RECURSIVE : 0;
	struct mount_attr change = {
		.attr_set = attributes,
		/* One of several values of a field, not a flag of its own. */
		.attr_clr = (attributes & MOUNT_ATTR__ATIME) != 0
				    ? MOUNT_ATTR__ATIME
				    : 0,
		.propagation = propagation,
	};
	int tree = kernel_open_tree(fd, "",
				    AT_EMPTY_PATH | OPEN_TREE_CLONE | depth);
	int r = 0;

	if (tree < 0) {
		return tree;
	}
	r = kernel_mount_setattr(tree, depth, &change);
	if (r < 0) {
		kernel_close(tree);
		return r;
	}
	return tree;
}

static inline int kernel_pivot_root(const char *new_root, const char *put_old)
{
	return (int)kernel_call2(SYS_pivot_root, new_root, put_old);
}

static inline int kernel_umount2(const char *path, int flags)
{
	return (int)kernel_call2(SYS_umount2, path, flags);
}

#endif
