/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hides paths, and makes paths read-only.  What covers them is the launcher's
 * own empty file and directory, never a node of the sandbox's tree, which may
 * be hostile.  Their mount was made read-only, nosuid, nodev and noexec above
 * this user namespace, so here these flags are locked.
 */
#include "kernel/file.h"
#include "kernel/mount.h"
#include "launcher/root.h"

#define MASK_ATTRIBUTES                                             \
	(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | \
	 MOUNT_ATTR_NOEXEC)

/* The kind of the cover is that of what is found, whoever named the path. */
int root_mask(struct root *root, const struct plan_op *op)
{
	const char *path = plan_string(root->launch->plan, op->target);
	struct stat file;
	int target = target_open(root, path, O_PATH);
	int tree = -1;
	int r = target;

	if (target < 0) {
		return target;
	}
	r = kernel_fstat(target, &file);
	if (r >= 0) {
		tree = kernel_open_tree(
			AT_FDCWD, S_ISDIR(file.st_mode) ? "/void" : "/empty",
			OPEN_TREE_CLONE);
		r = tree;
	}
	if (r >= 0) {
		r = kernel_move_mount(tree, target);
	}
	if (r >= 0) {
		r = mount_verify(tree, MASK_ATTRIBUTES);
	}
	if (tree >= 0) {
		kernel_close(tree);
	}
	kernel_close(target);
	return r;
}

/* Over itself, with all that is mounted below it. */
int root_read_only(struct root *root, const struct plan_op *op)
{
	const char *path = plan_string(root->launch->plan, op->target);
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY };
	int target = target_open(root, path, O_PATH);
	int tree = -1;
	int r = target;

	if (target < 0) {
		return target;
	}
	tree = kernel_open_tree(target, "",
				AT_EMPTY_PATH | OPEN_TREE_CLONE | AT_RECURSIVE);
	r = tree;
	if (r >= 0) {
		r = kernel_mount_setattr(tree, AT_RECURSIVE, &attributes);
	}
	if (r >= 0) {
		r = kernel_move_mount(tree, target);
	}
	if (r >= 0) {
		r = mount_verify(tree, MOUNT_ATTR_RDONLY);
	}
	if (tree >= 0) {
		kernel_close(tree);
	}
	kernel_close(target);
	return r;
}
