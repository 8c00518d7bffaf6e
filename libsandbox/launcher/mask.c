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
#include "launcher/text.h"

/*
 * What lies below /proc is found from the mount itself: a tree that somebody
 * can change meanwhile may have another /proc by now.
 */
static int open_target(const struct root *root, const char *path)
{
	static const char proc[] = "/proc/";
	const size_t length = sizeof(proc) - 1;

	if (text_length(path) > length && memcmp(path, proc, length) == 0 &&
	    root->launch->proc >= 0) {
		return kernel_openat2(root->launch->proc, path + length, O_PATH,
				      RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
	}
	return target_open(root, path, O_PATH);
}

static int cover(int target, bool directory)
{
	int tree = kernel_open_tree(AT_FDCWD, directory ? "/void" : "/empty",
				    OPEN_TREE_CLONE);

	return tree < 0 ? tree : kernel_move_mount(tree, target);
}

/*
 * The plan knows the kind of what it hides by default; where the spec named
 * the path it guesses, and the kernel says when the guess was wrong.
 */
int root_mask(struct root *root, const struct plan_op *op)
{
	const char *path = plan_string(root->launch->plan, op->target);
	bool directory = op->kind == PLAN_OP_MASK_DIRECTORY;
	int target = open_target(root, path);
	int r = 0;

	if (target < 0) {
		return target;
	}
	r = cover(target, directory);
	if (r == -ENOTDIR || r == -EINVAL) {
		r = cover(target, !directory);
	}
	return r;
}

/* Over itself, with all that is mounted below it. */
int root_read_only(struct root *root, const struct plan_op *op)
{
	const char *path = plan_string(root->launch->plan, op->target);
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY };
	int target = open_target(root, path);
	int tree = -1;
	int r = 0;

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
	root_drop(root, tree);
	root_drop(root, target);
	return r;
}
