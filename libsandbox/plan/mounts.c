/* SPDX-License-Identifier: Apache-2.0 */
/* The spec's own mounts, in their order. */
#include "plan/tree.h"

#include <stdio.h>
#include <string.h>

#define FIELD_BYTES 64

/* Not mounted but made, so it needs a file system where that can be. */
static bool is_made(const mount_spec *mount)
{
	return mount->kind == SANDBOX__V1__MOUNT__KIND__FILE ||
	       mount->kind == SANDBOX__V1__MOUNT__KIND__DIRECTORY ||
	       mount->kind == SANDBOX__V1__MOUNT__KIND__SYMLINK;
}

bool tree_is_overridden(const struct draft *draft, const char *target)
{
	for (size_t i = 0; i < draft->spec->n_mounts; i++) {
		if (!is_made(draft->spec->mounts[i]) &&
		    strcmp(draft->spec->mounts[i]->target, target) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether @path is @directory or lies below it. */
static bool is_at_or_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	if (strcmp(directory, "/") == 0) {
		return true;
	}
	return strncmp(path, directory, length) == 0 &&
	       (path[length] == '\0' || path[length] == '/');
}

static bool is_layer(const struct plan_op *op)
{
	return op->kind == PLAN_OP_ROOT_TMPFS ||
	       op->kind == PLAN_OP_ROOT_TREE ||
	       op->kind == PLAN_OP_ROOT_OVERLAY ||
	       op->kind == PLAN_OP_OVERLAY || op->kind == PLAN_OP_BIND ||
	       op->kind == PLAN_OP_TMPFS || op->kind == PLAN_OP_PROC ||
	       op->kind == PLAN_OP_DEV || op->kind == PLAN_OP_DEVPTS ||
	       op->kind == PLAN_OP_MQUEUE || op->kind == PLAN_OP_SYSFS ||
	       op->kind == PLAN_OP_CGROUP;
}

/*
 * Whether what @target will lie on is a file system of ours, where a missing
 * target may be made, and not a tree of somebody else's.  The last mount at
 * or above a path is what one sees there.
 */
static bool is_on_our_layer(const struct builder *builder, const char *target)
{
	bool ours = false;

	for (uint32_t i = 0; i < builder->n_ops; i++) {
		const struct plan_op *op = &builder->ops[i];

		if (is_layer(op) &&
		    is_at_or_below(target, builder_text(builder, op->target))) {
			ours = op->kind == PLAN_OP_ROOT_TMPFS ||
			       op->kind == PLAN_OP_TMPFS ||
			       (op->kind == PLAN_OP_ROOT_OVERLAY &&
				op->size_bytes != 0);
		}
	}
	return ours;
}

static struct plan_op *add_tmpfs(struct draft *draft, const mount_spec *mount)
{
	const struct tree_tmpfs tmpfs = {
		.target = mount->target,
		.size_bytes = mount->size_bytes,
		.inodes = mount->inodes,
		.mode = mount->mode == 0 ? 01777 : mount->mode,
		.attributes = tree_mount_attributes(mount) |
			      (mount->exec ? 0 : MOUNT_ATTR_NOEXEC),
	};
	struct plan_op *op = tree_add_tmpfs(draft, &tmpfs);

	op->uid = mount->uid;
	op->gid = mount->gid;
	return op;
}

static struct plan_op *add_proc(struct draft *draft, const mount_spec *mount)
{
	static const uint32_t hidepid[] = {
		[SANDBOX__V1__MOUNT__HIDEPID__HIDEPID_PTRACEABLE] = 4,
		[SANDBOX__V1__MOUNT__HIDEPID__HIDEPID_INVISIBLE] = 2,
		[SANDBOX__V1__MOUNT__HIDEPID__HIDEPID_OFF] = 0,
	};
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_PROC, mount->target);

	op->attributes = TREE_DATA;
	op->hidepid = hidepid[mount->hidepid];
	return op;
}

static struct plan_op *add_devpts(struct draft *draft, const mount_spec *mount)
{
	return tree_add_devpts(draft, mount->target);
}

/* Writable, as opening a queue for anything but reading needs it. */
static struct plan_op *add_mqueue(struct draft *draft, const mount_spec *mount)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_MQUEUE, mount->target);

	op->attributes = TREE_DATA;
	return op;
}

/*
 * FILE and DIRECTORY: made by us on a layer of ours, and the owner's only
 * where there are ids to choose from; with a single one it is that.
 */
static struct plan_op *add_made(struct draft *draft, const mount_spec *mount,
				enum plan_op_kind kind, uint32_t mode)
{
	struct plan_op *op = builder_op(draft->builder, kind, mount->target);

	op->mode = mount->mode == 0 ? mode : mount->mode;
	op->uid = mount->uid;
	op->gid = mount->gid;
	if (draft->builder->head.identity != PLAN_IDENTITY_SINGLE) {
		op->flags |= PLAN_OP_SETS_OWNER;
	}
	return op;
}

static struct plan_op *add_file(struct draft *draft, const mount_spec *mount)
{
	struct plan_op *op = add_made(draft, mount, PLAN_OP_FILE, 0644);
	const void *bytes = mount->content.data;

	op->text_size = (uint32_t)mount->content.len;
	if (op->text_size != 0) {
		op->text = builder_list(draft->builder, bytes, op->text_size, 1)
				   .offset;
		/* The root is as large as what we put in; this comes on top. */
		draft->builder->ops[0].size_bytes +=
			draft->builder->ops[0].kind == PLAN_OP_ROOT_TMPFS
				? op->text_size
				: 0;
	}
	return op;
}

static struct plan_op *add_directory(struct draft *draft,
				     const mount_spec *mount)
{
	return add_made(draft, mount, PLAN_OP_DIRECTORY, 0755);
}

static struct plan_op *add_symlink(struct draft *draft, const mount_spec *mount)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_SYMLINK, mount->target);

	op->text = builder_string(draft->builder, mount->source);
	return op;
}

static struct plan_op *(*adder_of(const mount_spec *mount))(
	struct draft *draft, const mount_spec *mount)
{
	switch ((int)mount->kind) {
	case SANDBOX__V1__MOUNT__KIND__BIND:
		return tree_add_bind;
	case SANDBOX__V1__MOUNT__KIND__TMPFS:
	case SANDBOX__V1__MOUNT__KIND__SHM:
		return add_tmpfs;
	case SANDBOX__V1__MOUNT__KIND__PROC:
		return add_proc;
	case SANDBOX__V1__MOUNT__KIND__OVERLAY:
		return tree_add_overlay;
	case SANDBOX__V1__MOUNT__KIND__SYSFS:
		return tree_add_sysfs;
	case SANDBOX__V1__MOUNT__KIND__CGROUP:
		return tree_add_cgroup;
	case SANDBOX__V1__MOUNT__KIND__DEVPTS:
		return add_devpts;
	case SANDBOX__V1__MOUNT__KIND__MQUEUE:
		return add_mqueue;
	case SANDBOX__V1__MOUNT__KIND__FILE:
		return add_file;
	case SANDBOX__V1__MOUNT__KIND__DIRECTORY:
		return add_directory;
	case SANDBOX__V1__MOUNT__KIND__SYMLINK:
		return add_symlink;
	default:
		return NULL;
	}
}

/* One of the ids that a tmpfs of the spec is to belong to. */
static int check_owner(const struct draft *draft, size_t index,
		       const char *name, uint32_t id)
{
	const struct plan *head = &draft->builder->head;
	bool single = head->identity == PLAN_IDENTITY_SINGLE;
	uint32_t own = strcmp(name, "uid") == 0 ? head->uid : head->gid;
	char field[FIELD_BYTES];

	(void)snprintf(field, sizeof(field), "mounts[%zu].%s", index, name);
	/* With a single id, that one owns it; 0 is what is not set. */
	if (single && id != 0 &&
	    (id != own || (head->flags & PLAN_USER_BY_NAME) != 0)) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
				    "%u is not mapped: the sandbox has a "
				    "single id, that of process.user",
				    id);
	}
	return draft_check_mapped(
		draft, field,
		strcmp(name, "uid") == 0 ? ID_OF_USER : ID_OF_GROUP, id);
}

static int add_mount(struct draft *draft, size_t index)
{
	const mount_spec *mount = draft->spec->mounts[index];
	struct plan_op *(*add)(struct draft *, const mount_spec *) =
		adder_of(mount);
	bool ours = is_on_our_layer(draft->builder, mount->target);
	struct plan_op *op;
	char field[FIELD_BYTES];
	int r;

	if (add == NULL) {
		(void)snprintf(field, sizeof(field), "mounts[%zu].kind", index);
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
				    "%d is not implemented in this build",
				    (int)mount->kind);
	}
	if (is_made(mount) && !ours) {
		(void)snprintf(field, sizeof(field), "mounts[%zu].target",
			       index);
		return draft_refuse(
			draft, SANDBOX_ERROR_SPEC, field,
			"\"%s\" lies on a tree of the host's, where "
			"nothing is made; only on a file system of "
			"the sandbox's own",
			mount->target);
	}
	r = check_owner(draft, index, "uid", mount->uid);
	if (r >= 0) {
		r = check_owner(draft, index, "gid", mount->gid);
	}
	if (r >= 0) {
		r = tree_check_bind(draft, index);
	}
	if (r < 0) {
		return r;
	}
	op = add(draft, mount);
	op->mount = (int16_t)index;
	tree_require_flags(draft, op);
	if (ours && !mount->create_target_off) {
		op->flags |= PLAN_OP_CREATE_TARGET;
	}
	return 0;
}

int tree_add_mounts(struct draft *draft)
{
	for (size_t i = 0; i < draft->spec->n_mounts; i++) {
		int r = add_mount(draft, i);

		if (r < 0) {
			return r;
		}
	}
	return 0;
}
