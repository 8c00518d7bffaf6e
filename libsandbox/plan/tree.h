/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts that write the ops of the tree, and what they share.  The order
 * they run in, which is the order of the ops, is in root.c.
 */
#ifndef SANDBOX_PLAN_TREE_H
#define SANDBOX_PLAN_TREE_H

#include "plan/draft.h"

#include <linux/mount.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of every mount but the device nodes. */
#define TREE_ALWAYS (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)
/* Of what holds data and no programs. */
#define TREE_DATA (TREE_ALWAYS | MOUNT_ATTR_NOEXEC)

/* Ceilings of our file systems; the kernel's own would be half the memory. */
#define TREE_ROOT_BYTES   (4ULL << 20)
#define TREE_ROOT_INODES  4096ULL
#define TREE_RUN_BYTES    (8ULL << 20)
#define TREE_TMPFS_BYTES  (64ULL << 20)
#define TREE_TMPFS_INODES 1024ULL /* at least; and one for each 4 KiB */

/* system_root.c: a tmpfs of ours with the host's programs in it. */
int tree_add_system_root(struct draft *draft);

/* system_root.c: that tmpfs with nothing in it. */
void tree_add_empty_root(struct draft *draft);

/* system_root.c: a small file of ours on the root, which is one of ours. */
void tree_add_file(struct draft *draft, const char *target, const char *text);

/* names.c: /etc/hosts; and /etc/resolv.conf where there are servers for it. */
int tree_add_hosts(struct draft *draft);
int tree_add_resolver(struct draft *draft);

/* devices.c: /dev with the spec's devices in it. */
void tree_add_devices(struct draft *draft, const char *target);

/* mounts.c: the spec's mounts, in order. */
int tree_add_mounts(struct draft *draft);

typedef Sandbox__V1__Mount mount_spec;

/* binds.c: MOUNT_ATTR_* of a mount of the spec. */
uint64_t tree_mount_attributes(const mount_spec *mount);

/* binds.c: a file or directory of the host's. */
struct plan_op *tree_add_bind(struct draft *draft, const mount_spec *mount);

/* kernel_trees.c: read-only views of the kernel. */
struct plan_op *tree_add_sysfs(struct draft *draft, const mount_spec *mount);
struct plan_op *tree_add_cgroup(struct draft *draft, const mount_spec *mount);
/* kernel_trees.c: what of a sysfs is hidden; after all mounts are there. */
void tree_mask_sysfs(struct draft *draft);

/* overlay.c: layers over each other. */
int tree_add_overlay_root(struct draft *draft);
struct plan_op *tree_add_overlay(struct draft *draft, const mount_spec *mount);

/* binds.c: refuses what no host could give the mount @index. */
int tree_check_bind(const struct draft *draft, size_t index);

/* binds.c: what the host's own mount must not take away from it. */
void tree_require_flags(const struct draft *draft, struct plan_op *op);

/* masks.c: hidden and read-only paths, of every /proc there is by now. */
/* Refuses a /proc that shows init to a payload of the same id, the root's. */
int tree_check_hidepid(const struct draft *draft);
/* Refuses to show what nothing hides; after all /proc are there. */
int tree_check_unmasked(const struct draft *draft);
void tree_add_masks(struct draft *draft);

/* mounts.c: whether the spec has a mount of its own on @target. */
bool tree_is_overridden(const struct draft *draft, const char *target);

struct tree_tmpfs {
	const char *target;
	uint64_t size_bytes; /* 0: TREE_TMPFS_BYTES */
	uint64_t inodes;     /* 0: by size */
	uint32_t mode;
	uint64_t attributes;
};

/* root.c: a tmpfs that belongs to the sandbox's root where there is one. */
struct plan_op *tree_add_tmpfs(struct draft *draft,
			       const struct tree_tmpfs *tmpfs);

/* root.c: a devpts instance with the group tty where that is mapped. */
struct plan_op *tree_add_devpts(struct draft *draft, const char *target);

#endif
