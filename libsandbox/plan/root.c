/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of the sandbox from the root up: the root itself, the file systems
 * that every sandbox has, the spec's mounts, what is hidden, and at last the
 * root becomes read-only.
 */
#include "base/array.h"
#include "plan/tree.h"
#include "policy/devices.h"

#define TTY_GROUP 5U

struct plan_op *tree_add_tmpfs(struct draft *draft,
			       const struct tree_tmpfs *tmpfs)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_TMPFS, tmpfs->target);

	op->attributes = tmpfs->attributes;
	op->mode = tmpfs->mode;
	op->size_bytes =
		tmpfs->size_bytes != 0 ? tmpfs->size_bytes : TREE_TMPFS_BYTES;
	op->inodes = tmpfs->inodes;
	if (op->inodes == 0) {
		op->inodes = TREE_TMPFS_INODES + op->size_bytes / 4096;
	}
	if (draft->builder->head.identity != PLAN_IDENTITY_SINGLE) {
		/* Else it is init's, whose id is the only one there is. */
		op->flags |= PLAN_OP_SETS_OWNER;
	}
	return op;
}

struct plan_op *tree_add_devpts(struct draft *draft, const char *target)
{
	struct plan_op *op = builder_op(draft->builder, PLAN_OP_DEVPTS, target);

	op->attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
	op->mode = 0620;
	if (draft->builder->head.identity != PLAN_IDENTITY_SINGLE &&
	    draft_is_mapped(draft, ID_OF_GROUP, TTY_GROUP)) {
		/* The kernel refuses a gid that is not mapped. */
		op->gid = TTY_GROUP;
		op->flags |= PLAN_OP_SETS_OWNER;
	}
	return op;
}

static void add_directory_root(struct draft *draft)
{
	const Sandbox__V1__Root *root = draft->root;
	struct plan_op *op = builder_op(draft->builder, PLAN_OP_ROOT_TREE, "/");
	struct plan_source *source =
		builder_source(draft->builder, op, root->path, root->fd);

	source->must_be_directory = 1;
	op->flags = PLAN_OP_RECURSIVE;
	op->attributes = TREE_ALWAYS;
	if (!root->writable) {
		op->attributes |= MOUNT_ATTR_RDONLY;
	}
	/*
	 * A writable root stays executable, though all else that is writable
	 * does not: nothing could run in it otherwise.
	 */
	if (draft->facts->privileged &&
	    draft->builder->head.identity == PLAN_IDENTITY_RANGE) {
		op->flags |= PLAN_OP_IDMAP;
		if (!root->writable) {
			op->flags |= PLAN_OP_IDMAP_OPTIONAL;
		}
	}
}

/*
 * With all that is mounted in it: what is left out would be empty, and that is
 * another root.  Among it are file systems whose ids cannot be mapped.
 */
static void add_host_root(struct draft *draft)
{
	struct plan_op *op = builder_op(draft->builder, PLAN_OP_ROOT_TREE, "/");

	builder_source(draft->builder, op, "/", 0)->must_be_directory = 1;
	op->flags = PLAN_OP_RECURSIVE;
	op->attributes = TREE_ALWAYS;
	if (!draft->root->writable) {
		op->attributes |= MOUNT_ATTR_RDONLY;
	}
	/* The kernel's objects are the host's; its devices and processes are
	 * covered by the sandbox's. */
	builder_op(draft->builder, PLAN_OP_MASK_DIRECTORY, "/sys")->flags =
		PLAN_OP_TARGET_OPTIONAL;
}

/* What the document says of names makes an /etc, and else there is none. */
static int add_empty_root(struct draft *draft)
{
	int r = 0;

	tree_add_empty_root(draft);
	if (draft->network->n_hosts > 0 || draft->network->n_dns_servers > 0) {
		builder_op(draft->builder, PLAN_OP_DIRECTORY, "/etc")->mode =
			0755;
	}
	if (draft->network->n_hosts > 0) {
		r = tree_add_hosts(draft);
	}
	return r < 0 ? r : tree_add_resolver(draft);
}

static int add_root(struct draft *draft)
{
	switch ((int)draft->root->kind) {
	case SANDBOX__V1__ROOT__KIND__SYSTEM:
		return tree_add_system_root(draft);
	case SANDBOX__V1__ROOT__KIND__DIRECTORY:
		add_directory_root(draft);
		return 0;
	case SANDBOX__V1__ROOT__KIND__OVERLAY:
		return tree_add_overlay_root(draft);
	case SANDBOX__V1__ROOT__KIND__EMPTY:
		return add_empty_root(draft);
	case SANDBOX__V1__ROOT__KIND__HOST:
		add_host_root(draft);
		return 0;
	default:
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED,
				    "root.kind",
				    "%d is not implemented in this build",
				    (int)draft->root->kind);
	}
}

static void add_proc(struct draft *draft, const char *target)
{
	struct plan_op *op = builder_op(draft->builder, PLAN_OP_PROC, target);

	op->attributes = TREE_DATA;
	op->hidepid = 4;
}

static void add_dev(struct draft *draft, const char *target)
{
	struct plan_op *op;

	if (draft->security->n_devices > 0) {
		tree_add_devices(draft, target);
		return;
	}
	op = builder_op(draft->builder, PLAN_OP_DEV, target);
	/* Not nodev: it carries the bound nodes, and is read-only itself. */
	op->attributes =
		MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
}

static void add_pts(struct draft *draft, const char *target)
{
	(void)tree_add_devpts(draft, target);
}

static void add_shm(struct draft *draft, const char *target)
{
	const struct tree_tmpfs tmpfs = { .target = target,
					  .size_bytes = POLICY_SHM_BYTES,
					  .mode = 01777,
					  .attributes = TREE_DATA };

	(void)tree_add_tmpfs(draft, &tmpfs);
}

static void add_tmp(struct draft *draft, const char *target)
{
	const struct tree_tmpfs tmpfs = { .target = target,
					  .mode = 01777,
					  .attributes = TREE_DATA };

	(void)tree_add_tmpfs(draft, &tmpfs);
}

static void add_run(struct draft *draft, const char *target)
{
	const struct tree_tmpfs tmpfs = { .target = target,
					  .size_bytes = TREE_RUN_BYTES,
					  .mode = 0755,
					  .attributes = TREE_DATA };
	struct plan_op *op = tree_add_tmpfs(draft, &tmpfs);

	if (draft->root->kind == SANDBOX__V1__ROOT__KIND__DIRECTORY ||
	    draft->root->upper[0] != '\0') {
		op->flags |= PLAN_OP_TARGET_OPTIONAL;
	}
}

/*
 * What every sandbox has.  On a SYSTEM root the directories are made here; an
 * image has to have them, but for /run.
 */
static const struct {
	const char *target;
	void (*add)(struct draft *draft, const char *target);
	bool in_root;  /* else in /dev, which has the directory already */
	bool of_hosts; /* a HOST root has its own */
} file_systems[] = {
	{ "/tmp", add_tmp, true, true },
	{ "/run", add_run, true, true },
	{ "/proc", add_proc, true, false },
	{ "/dev", add_dev, true, false },
	{ "/dev/pts", add_pts, false, false },
	{ "/dev/shm", add_shm, false, false },
};

static void add_file_systems(struct draft *draft)
{
	bool ours = draft->builder->ops[0].kind == PLAN_OP_ROOT_TMPFS;
	bool hosts = draft->root->kind == SANDBOX__V1__ROOT__KIND__HOST;
	/* In layers whose upper one ends with the sandbox. */
	uint16_t made = draft->builder->ops[0].kind == PLAN_OP_ROOT_OVERLAY &&
					draft->builder->ops[0].size_bytes != 0
				? PLAN_OP_CREATE_TARGET
				: 0;

	for (size_t i = 0; i < ARRAY_SIZE(file_systems); i++) {
		const char *target = file_systems[i].target;

		if (ours && file_systems[i].in_root) {
			builder_op(draft->builder, PLAN_OP_DIRECTORY, target)
				->mode = 0755;
		}
		if (!tree_is_overridden(draft, target) &&
		    !(hosts && file_systems[i].of_hosts)) {
			uint32_t first = draft->builder->n_ops;

			file_systems[i].add(draft, target);
			draft->builder->ops[first].flags |= made;
		}
	}
}

int decide_tree(struct draft *draft)
{
	int r = add_root(draft);

	if (r < 0) {
		return r;
	}
	r = tree_check_hidepid(draft);
	if (r < 0) {
		return r;
	}
	add_file_systems(draft);
	r = tree_add_mounts(draft);
	if (r >= 0) {
		r = tree_check_unmasked(draft);
	}
	if (r < 0) {
		return r;
	}
	tree_add_masks(draft);
	tree_mask_sysfs(draft);
	/* A tree came with its flags; a root of ours was written to until now.
	 */
	if (!draft->root->writable &&
	    draft->builder->ops[0].kind == PLAN_OP_ROOT_TMPFS) {
		builder_op(draft->builder, PLAN_OP_SEAL, "/")->attributes =
			draft->builder->ops[0].attributes | MOUNT_ATTR_RDONLY;
	}
	return 0;
}
