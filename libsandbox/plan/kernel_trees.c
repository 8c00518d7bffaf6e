/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts that show what the kernel knows: objects and control groups. */
#include "plan/tree.h"

#include <stdio.h>

/* As for containers elsewhere: the firmware, and what measures power. */
static const char *const masked[] = { "firmware", "devices/virtual/powercap" };

struct plan_op *tree_add_sysfs(struct draft *draft, const mount_spec *mount)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_SYSFS, mount->target);
	struct plan_source *source =
		builder_source(draft->builder, op, "/sys", 0);

	source->part = PLAN_SOURCE_KIND;
	source->must_be_directory = 1;
	/* Below a user namespace no tree is cut off from what lies in it. */
	op->flags = PLAN_OP_RECURSIVE;
	op->attributes = TREE_DATA | MOUNT_ATTR_RDONLY;
	draft->builder->head.flags |= PLAN_SHOWS_NETWORK;
	return op;
}

struct plan_op *tree_add_cgroup(struct draft *draft, const mount_spec *mount)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_CGROUP, mount->target);

	op->attributes = TREE_DATA | MOUNT_ATTR_RDONLY;
	return op;
}

void tree_mask_sysfs(struct draft *draft)
{
	for (uint32_t i = 0; i < draft->builder->n_ops; i++) {
		char path[4096];

		if (draft->builder->ops[i].kind != PLAN_OP_SYSFS) {
			continue;
		}
		for (size_t j = 0; j < sizeof(masked) / sizeof(*masked); j++) {
			(void)snprintf(
				path, sizeof(path), "%s/%s",
				builder_text(draft->builder,
					     draft->builder->ops[i].target),
				masked[j]);
			builder_op(draft->builder, PLAN_OP_MASK_DIRECTORY, path)
				->flags = PLAN_OP_TARGET_OPTIONAL;
		}
	}
}
