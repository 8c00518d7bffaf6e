/* SPDX-License-Identifier: Apache-2.0 */
/* Layers of directories over each other: as the root and as a mount. */
#include "plan/tree.h"

static void add_layer(struct draft *draft, struct plan_op *op, const char *path,
		      uint32_t index)
{
	struct plan_source *source =
		builder_source(draft->builder, op, path, 0);

	source->part = PLAN_SOURCE_LAYER;
	source->element = index;
	source->must_be_directory = 1;
}

/*
 * Of root's sandboxes with a range every layer is seen through the ids of the
 * sandbox, also where nothing is written: a file of an id that has no place
 * there could not be copied up.
 */
static void map_ids(const struct draft *draft, struct plan_op *op)
{
	if (draft->facts->privileged &&
	    draft->builder->head.identity == PLAN_IDENTITY_RANGE) {
		op->flags |= PLAN_OP_IDMAP;
	}
}

static void set_upper_tmpfs(struct plan_op *op, uint64_t bytes, uint64_t inodes)
{
	op->size_bytes = bytes != 0 ? bytes : TREE_TMPFS_BYTES;
	op->inodes = inodes != 0 ? inodes
				 : TREE_TMPFS_INODES + op->size_bytes / 4096;
}

/*
 * Which layer a file came from the kernel does not tell who asks whether it
 * may be executed: neither a mount's noexec nor Landlock knows layers.
 */
static int check_exec(struct draft *draft)
{
	static const char field[] = "root.allow_exec_on_upper";

	if (draft->root->allow_exec_on_upper) {
		return 0;
	}
	if (draft_prefers(draft, field)) {
		draft->builder->head.left_out |= PLAN_LEFT_UPPER_NOEXEC;
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
			    "kind OVERLAY takes true: the kernel cannot tell "
			    "what was written from what lies below it when "
			    "it is executed");
}

/* Ids that are leased must not stay on a disk of somebody's. */
static int check_upper(struct draft *draft)
{
	if (draft->root->upper[0] == '\0' ||
	    draft->builder->head.identity != PLAN_IDENTITY_RANGE) {
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, "root.upper",
			    "takes identity.mode CALLER: with a range of ids "
			    "the files would belong to ids that another "
			    "sandbox gets");
}

int tree_add_overlay_root(struct draft *draft)
{
	const Sandbox__V1__Root *root = draft->root;
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_ROOT_OVERLAY, "/");
	int r = check_exec(draft);

	if (r >= 0) {
		r = check_upper(draft);
	}
	if (r < 0) {
		return r;
	}
	op->attributes = TREE_ALWAYS;
	map_ids(draft, op);
	for (uint32_t i = 0; i < root->n_layers; i++) {
		add_layer(draft, op, root->layers[i], i);
	}
	builder_source(draft->builder, op, root->path, root->fd)
		->must_be_directory = 1;
	if (root->upper[0] != '\0') {
		struct plan_source *upper =
			builder_source(draft->builder, op, root->upper, 0);

		upper->part = PLAN_SOURCE_UPPER;
		upper->must_be_directory = 1;
	} else {
		set_upper_tmpfs(op, root->upper_size_bytes, root->upper_inodes);
	}
	return 0;
}

struct plan_op *tree_add_overlay(struct draft *draft, const mount_spec *mount)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_OVERLAY, mount->target);

	op->attributes = tree_mount_attributes(mount);
	map_ids(draft, op);
	for (uint32_t i = 0; i < mount->n_layers; i++) {
		add_layer(draft, op, mount->layers[i], i);
	}
	if (mount->writable) {
		set_upper_tmpfs(op, mount->size_bytes, mount->inodes);
	}
	return op;
}
