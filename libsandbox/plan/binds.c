/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts that show something of the host's, and the flags they get. */
#include "plan/tree.h"

#include <stdio.h>

#define FIELD_BYTES 64

uint64_t tree_mount_attributes(const mount_spec *mount)
{
	uint64_t attributes = TREE_ALWAYS;

	if (mount->dev) {
		attributes &= ~(uint64_t)MOUNT_ATTR_NODEV;
	}
	if (mount->suid) {
		attributes &= ~(uint64_t)MOUNT_ATTR_NOSUID;
	}
	if (!mount->writable) {
		attributes |= MOUNT_ATTR_RDONLY;
	} else if (!mount->exec) {
		attributes |= MOUNT_ATTR_NOEXEC;
	}
	if (mount->nosymfollow) {
		attributes |= MOUNT_ATTR_NOSYMFOLLOW;
	}
	if (mount->noatime) {
		attributes |= MOUNT_ATTR_NOATIME;
	}
	return attributes;
}

struct plan_op *tree_add_bind(struct draft *draft, const mount_spec *mount)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_BIND, mount->target);

	/* Whether it is a file shows when the source is opened. */
	(void)builder_source(draft->builder, op, mount->source,
			     mount->source_fd);
	op->attributes = tree_mount_attributes(mount);
	if (!mount->non_recursive) {
		op->flags |= PLAN_OP_RECURSIVE;
	}
	if (mount->propagation == SANDBOX__V1__MOUNT__PROPAGATION__SLAVE) {
		op->flags |= PLAN_OP_SLAVE;
	}
	if (!mount->no_idmap && draft->facts->privileged &&
	    draft->builder->head.identity == PLAN_IDENTITY_RANGE) {
		op->flags |= PLAN_OP_IDMAP;
		if (!mount->writable) {
			op->flags |= PLAN_OP_IDMAP_OPTIONAL;
		}
	}
	return op;
}

int tree_check_bind(const struct draft *draft, size_t index)
{
	char field[FIELD_BYTES];

	(void)snprintf(field, sizeof(field), "mounts[%zu].suid", index);
	if (!draft->spec->mounts[index]->suid ||
	    draft->security->allow_new_privs || draft_prefers(draft, field)) {
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
			    "has no effect without security.allow_new_privs: "
			    "with no_new_privs the kernel gives no program "
			    "more than its caller has");
}

void tree_require_flags(const struct draft *draft, struct plan_op *op)
{
	const mount_spec *mount = draft->spec->mounts[op->mount];
	char field[FIELD_BYTES];

	(void)snprintf(field, sizeof(field), "mounts[%d].source", op->mount);
	if (op->kind == PLAN_OP_BIND && draft_prefers(draft, field)) {
		op->flags |= PLAN_OP_OR_WITHOUT;
	}
	(void)snprintf(field, sizeof(field), "mounts[%d].dev", op->mount);
	if (mount->dev && !draft_prefers(draft, field)) {
		op->flags |= PLAN_OP_HAS_DEV;
	}
	(void)snprintf(field, sizeof(field), "mounts[%d].suid", op->mount);
	if (mount->suid && !draft_prefers(draft, field)) {
		op->flags |= PLAN_OP_HAS_SUID;
	}
}
