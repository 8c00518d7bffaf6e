/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Builds the tree of the sandbox from the plan's ops and makes it the root.
 * The launcher's own tree stays reachable until the pivot, but nothing is
 * ever resolved in it: every path starts at the new root's descriptor.
 */
#include "launcher/root.h"

#include "kernel/file.h"
#include "kernel/mount.h"
#include "launcher/init.h"
#include "launcher/text.h"

static int remember_layer(struct root *root, int fd)
{
	struct stat file;
	int r = 0;

	if (!root->creates) {
		return 0;
	}
	r = kernel_fstat(fd, &file);
	if (r < 0 || root->n_layers == ROOT_MAX_LAYERS) {
		return r < 0 ? r : -E2BIG;
	}
	root->layers[root->n_layers++] = file.st_dev;
	return 0;
}

/* Puts the detached @tree on the op's target and reads its flags back. */
static int attach(struct root *root, const struct plan_op *op, int tree)
{
	const char *path = plan_string(root->launch->plan, op->target);
	int target = target_open(root, path, O_PATH);
	int r = 0;

	if (target == -ENOENT && (op->flags & PLAN_OP_CREATE_TARGET) != 0) {
		struct stat source;

		r = kernel_fstat(tree, &source);
		if (r >= 0) {
			r = target_create(root, path, S_ISDIR(source.st_mode));
		}
		target = r < 0 ? r : target_open(root, path, O_PATH);
	}
	if (target < 0) {
		return target;
	}
	r = kernel_move_mount(tree, target);
	if (r >= 0) {
		r = mount_verify(tree, op->attributes);
	}
	root_drop(root, target);
	return r;
}

static int attach_new(struct root *root, const struct plan_op *op, int tree)
{
	int r = tree < 0 ? tree : attach(root, op, tree);

	root_drop(root, tree);
	return r;
}

/* The root must be attached before anything can be attached below it. */
static int op_root(struct root *root, const struct plan_op *op)
{
	struct launch *launch = root->launch;
	int r = 0;

	if (op->kind == PLAN_OP_ROOT_TMPFS) {
		root->fd = filesystem_tmpfs(launch, op);
		r = root->fd < 0 ? root->fd : remember_layer(root, root->fd);
	} else if (op->kind == PLAN_OP_ROOT_OVERLAY) {
		root->fd = overlay_make(launch, op);
		r = root->fd;
		/* What is made in it goes to a tmpfs that ends with it. */
		if (r >= 0 && op->size_bytes != 0) {
			r = remember_layer(root, root->fd);
		}
	} else {
		root->fd = launch->fds[LAUNCH_FD_SOURCES + op->source];
	}
	if (r >= 0) {
		r = kernel_move_mount_at(root->fd, AT_FDCWD, "/");
	}
	/* A tmpfs root gets its read-only flag last, by SEAL. */
	if (r >= 0 && op->kind != PLAN_OP_ROOT_TMPFS) {
		r = mount_verify(root->fd, op->attributes);
	}
	return r;
}

/* What we make belongs to the sandbox's root, or whom the op names. */
static int give_away(const struct root *root, const struct plan_op *op,
		     int parent, const char *name)
{
	bool named = (op->flags & PLAN_OP_SETS_OWNER) != 0;
	uint32_t uid = guard_uid(root->launch, named ? op->uid : 0);
	uint32_t gid = guard_gid(root->launch, named ? op->gid : 0);

	return kernel_fchownat(parent, name, uid, gid, AT_SYMLINK_NOFOLLOW);
}

static int write_content(const struct root *root, const struct plan_op *op,
			 int fd)
{
	const char *content = plan_at(root->launch->plan, op->text);
	int r = kernel_write_all(fd, content, op->text_size);

	return r < 0 ? r : kernel_fchmod(fd, op->mode);
}

/* One that the document names may be there already, and gets its mode. */
static int make_directory(const struct plan_op *op, int parent,
			  const char *name)
{
	int r = kernel_mkdirat(parent, name, op->mode);

	if (op->mount < 0 || (r < 0 && r != -EEXIST)) {
		return r;
	}
	r = kernel_openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	if (r >= 0) {
		int fd = r;

		r = kernel_fchmod(fd, op->mode);
		kernel_close(fd);
	}
	return r;
}

/* DIRECTORY, SYMLINK, FILE: on a layer of ours, never in the user's tree. */
static int op_create(struct root *root, const struct plan_op *op)
{
	const struct plan *plan = root->launch->plan;
	const char *path = plan_string(plan, op->target);
	const char *name = NULL;
	int parent = target_parent(root, path, &name);
	int r = 0;

	if (parent == -ENOENT && (op->flags & PLAN_OP_CREATE_TARGET) != 0) {
		r = target_create_parents(root, path);
		parent = r < 0 ? r : target_parent(root, path, &name);
	}
	if (parent < 0) {
		return parent;
	}
	if (!target_is_ours(root, parent)) {
		r = -EROFS;
	} else if (op->kind == PLAN_OP_DIRECTORY) {
		r = make_directory(op, parent, name);
	} else if (op->kind == PLAN_OP_SYMLINK) {
		r = kernel_symlinkat(plan_string(plan, op->text), parent, name);
	} else {
		r = kernel_openat(parent, name,
				  O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW,
				  0600);
		if (r >= 0) {
			int fd = r;

			/* A writer would keep the root from being sealed. */
			r = write_content(root, op, fd);
			kernel_close(fd);
		}
	}
	if (r >= 0) {
		r = give_away(root, op, parent, name);
	}
	root_drop(root, parent);
	return r;
}

/* A mount made for a target that is not there would have to be given up. */
static int look_for_target(const struct root *root, const struct plan_op *op)
{
	int fd = 0;

	if ((op->flags & PLAN_OP_TARGET_OPTIONAL) == 0) {
		return 0;
	}
	fd = target_open(root, plan_string(root->launch->plan, op->target),
			 O_PATH);
	if (fd >= 0) {
		root_drop(root, fd);
	}
	return fd;
}

static int op_tmpfs(struct root *root, const struct plan_op *op)
{
	int tree = look_for_target(root, op);
	int r = 0;

	if (tree >= 0) {
		tree = filesystem_tmpfs(root->launch, op);
	}
	r = tree < 0 ? tree : remember_layer(root, tree);

	return r < 0 ? r : attach_new(root, op, tree);
}

/*
 * The mount itself serves init to write the payload's maps, which no mask
 * covers.  The sysctls are covered by a read-only mount, so they are written
 * through the launcher's /proc, or where that is read-only (a container) a
 * clone of this one without covers.  The clone is only made where it must be:
 * giving a detached mount up waits for every processor.
 */
static int op_proc(struct root *root, const struct plan_op *op)
{
	struct launch *launch = root->launch;
	int tree = filesystem_proc(op);

	if (tree < 0) {
		return tree;
	}
	if (launch->proc < 0) {
		launch->proc = tree;
		launch->sysctls = launch->launcher->proc;
		if (launch->launcher->sysctls_read_only) {
			launch->sysctls = kernel_open_tree(
				tree, "", AT_EMPTY_PATH | OPEN_TREE_CLONE);
		}
	}
	return launch->sysctls < 0 ? launch->sysctls : attach(root, op, tree);
}

/* "/dev" is the launcher's template in our own copy of its tree. */
static int op_dev(struct root *root, const struct plan_op *op)
{
	return attach_new(root, op,
			  kernel_open_tree(AT_FDCWD, "/dev",
					   OPEN_TREE_CLONE | AT_RECURSIVE));
}

/* One of the template's, which has the same path. */
static int op_node(struct root *root, const struct plan_op *op)
{
	return attach_new(
		root, op,
		kernel_open_tree(AT_FDCWD,
				 plan_string(root->launch->plan, op->target),
				 OPEN_TREE_CLONE));
}

/* A file system of ours becomes read-only when all that is in it is made. */
static int op_seal(struct root *root, const struct plan_op *op)
{
	const char *path = plan_string(root->launch->plan, op->target);
	struct mount_attr attributes = { .attr_set = op->attributes };
	bool is_root = path[1] == '\0';
	int fd = is_root ? root->fd : target_open(root, path, O_PATH);
	int r = fd;

	if (r >= 0) {
		r = kernel_mount_setattr(fd, 0, &attributes);
	}
	if (r >= 0) {
		r = mount_verify(fd, op->attributes);
	}
	if (!is_root) {
		root_drop(root, fd);
	}
	return r;
}

static int run_op(struct root *root, const struct plan_op *op)
{
	switch ((enum plan_op_kind)op->kind) {
	case PLAN_OP_ROOT_TMPFS:
	case PLAN_OP_ROOT_TREE:
	case PLAN_OP_ROOT_OVERLAY:
		return op_root(root, op);
	case PLAN_OP_DIRECTORY:
	case PLAN_OP_SYMLINK:
	case PLAN_OP_FILE:
		return op_create(root, op);
	case PLAN_OP_BIND:
	case PLAN_OP_DEVICE:
		return attach(
			root, op,
			root->launch->fds[LAUNCH_FD_SOURCES + op->source]);
	case PLAN_OP_TMPFS:
		return op_tmpfs(root, op);
	case PLAN_OP_PROC:
		return op_proc(root, op);
	case PLAN_OP_DEV:
		return op_dev(root, op);
	case PLAN_OP_NODE:
		return op_node(root, op);
	case PLAN_OP_DEVPTS:
		return attach_new(root, op,
				  filesystem_devpts(root->launch, op));
	case PLAN_OP_SYSFS:
		return attach_new(
			root, op,
			filesystem_sysfs(op,
					 root->launch->fds[LAUNCH_FD_SOURCES +
							   op->source]));
	case PLAN_OP_CGROUP:
		return attach_new(root, op, filesystem_cgroup(op));
	case PLAN_OP_MQUEUE:
		return attach_new(root, op, filesystem_mqueue(op));
	case PLAN_OP_MASK_FILE:
	case PLAN_OP_MASK_DIRECTORY:
		return root_mask(root, op);
	case PLAN_OP_READONLY:
		return root_read_only(root, op);
	case PLAN_OP_SEAL:
		return op_seal(root, op);
	case PLAN_OP_OVERLAY:
		return attach_new(root, op, overlay_make(root->launch, op));
	default:
		return -EOPNOTSUPP;
	}
}

/* The launcher's tree goes from under us: nothing of the host is left. */
static int enter_root(const struct root *root)
{
	int r = kernel_fchdir(root->fd);

	if (r >= 0) {
		r = kernel_pivot_root(".", ".");
	}
	if (r >= 0) {
		r = kernel_umount2(".", MNT_DETACH);
	}
	return r < 0 ? r : kernel_fchdir(root->fd);
}

static bool plan_creates(const struct plan *plan)
{
	const struct plan_op *ops = plan_ops(plan);

	for (size_t i = 0; i < plan->ops.count; i++) {
		if ((ops[i].flags & PLAN_OP_CREATE_TARGET) != 0 ||
		    (ops[i].kind >= PLAN_OP_DIRECTORY &&
		     ops[i].kind <= PLAN_OP_FILE)) {
			return true;
		}
	}
	return false;
}

static bool is_left_out(const struct launch *launch, const struct plan_op *op)
{
	return (op->flags & PLAN_OP_OR_WITHOUT) != 0 &&
	       source_set_has(&launch->request.absent, (uint32_t)op->source);
}

int root_build(struct launch *launch, unsigned int *step, uint16_t *index)
{
	const struct plan_op *ops = plan_ops(launch->plan);
	struct root root = { .launch = launch,
			     .fd = -1,
			     .close_each = launch->plan->ops.count > 64,
			     .creates = plan_creates(launch->plan) };
	int r = 0;

	*step = STEP_MOUNT;
	for (size_t i = 0; i < launch->plan->ops.count; i++) {
		*index = (uint16_t)i;
		r = is_left_out(launch, &ops[i]) ? 0 : run_op(&root, &ops[i]);
		if (r == -ENOENT &&
		    (ops[i].flags & PLAN_OP_TARGET_OPTIONAL) != 0) {
			r = 0;
		}
		if (r < 0) {
			return r;
		}
	}
	*step = STEP_PIVOT;
	*index = 0;
	return enter_root(&root);
}
