/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that build the root; nobody else includes it. */
#ifndef SANDBOX_LAUNCHER_ROOT_H
#define SANDBOX_LAUNCHER_ROOT_H

#include "kernel/file.h"
#include "launcher/launcher.h"

#include <stddef.h>
#include <sys/types.h>

/* As many mounts as a spec may have, and some of the plan's own. */
#define ROOT_MAX_LAYERS 160

/* A directory of the launcher's tree on which init may mount for itself. */
#define ROOT_STAGE "/host"

struct root {
	struct launch *launch;
	int fd; /* the root, O_PATH-like descriptor of its mount */
	/*
	 * Small plans leave their descriptors to the one sweep that init makes
	 * when all is built; a system call saved for each.
	 */
	bool close_each;
	bool creates; /* something is made, so layers must be known */
	/* Devices of the tmpfs instances that init made: our own layers. */
	dev_t layers[ROOT_MAX_LAYERS];
	size_t n_layers;
};

static inline void root_drop(const struct root *root, int fd)
{
	if (root->close_each && fd >= 0) {
		kernel_close(fd);
	}
}

/* target.c: resolves below the root, never out of it, without magic links. */
int target_open(const struct root *root, const char *path, int flags);
/* Makes what is missing of @path, on our own layers only. */
int target_create(const struct root *root, const char *path, bool directory);
/* As target_create() for the directories above @path. */
int target_create_parents(const struct root *root, const char *path);
/* The parent of @path and, in *name, its last component. */
int target_parent(const struct root *root, const char *path, const char **name);
/* Whether @fd lies on a file system that init made. */
bool target_is_ours(const struct root *root, int fd);

/* filesystem.c: new file systems as detached mounts. */
int filesystem_tmpfs(const struct launch *launch, const struct plan_op *op);
int filesystem_proc(const struct plan_op *op);
int filesystem_sysfs(const struct plan_op *op, int host_tree);
int filesystem_cgroup(const struct plan_op *op);
int filesystem_mqueue(const struct plan_op *op);
int filesystem_devpts(const struct launch *launch, const struct plan_op *op);

/* overlay.c: the op's layers over each other, as a detached mount. */
int overlay_make(const struct launch *launch, const struct plan_op *op);

/* mask.c */
int root_mask(struct root *root, const struct plan_op *op);
int root_read_only(struct root *root, const struct plan_op *op);

/* Reads the flags of the mount @fd back: -EPERM unless all are in force. */
int mount_verify(int fd, uint64_t attributes);

#endif
