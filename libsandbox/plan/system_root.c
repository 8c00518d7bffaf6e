/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The SYSTEM root: a small tmpfs of ours on which the host's programs lie
 * read-only, with an /etc that we write.  Of the host's /etc, /home, /var,
 * /run and /root nothing else is there.
 */
#include "base/array.h"
#include "base/cleanup.h"
#include "plan/tree.h"
#include "policy/etc.h"

#include <errno.h>
#include <string.h>

static bool has_target(const struct builder *builder, const char *target)
{
	for (uint32_t i = 0; i < builder->n_ops; i++) {
		const char *other =
			builder_text(builder, builder->ops[i].target);

		if (strcmp(other, target) == 0) {
			return true;
		}
	}
	return false;
}

static void add_directory(struct draft *draft, const char *target)
{
	if (!has_target(draft->builder, target)) {
		builder_op(draft->builder, PLAN_OP_DIRECTORY, target)->mode =
			0755;
	}
}

static void add_symlink(struct draft *draft, const char *target,
			const char *text)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_SYMLINK, target);

	op->text = builder_string(draft->builder, text);
}

static void add_bind(struct draft *draft,
		     const struct plan_system_path *system_path)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_BIND, system_path->path);
	struct plan_source *source =
		builder_source(draft->builder, op, system_path->path, 0);

	/* World-readable and read-only, so it needs no id map. */
	op->attributes = TREE_ALWAYS | MOUNT_ATTR_RDONLY;
	op->flags = PLAN_OP_CREATE_TARGET;
	if (system_path->type == PLAN_PATH_FILE) {
		op->flags |= PLAN_OP_FILE_SOURCE;
		return;
	}
	op->flags |= PLAN_OP_RECURSIVE;
	source->must_be_directory = 1;
}

/* The directories above @path, but for the root. */
static void add_parents(struct draft *draft, const char *path)
{
	for (const char *slash = strchr(path + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		char *parent = strndup(path, (size_t)(slash - path));

		if (parent == NULL) {
			builder_fail(draft->builder, -ENOMEM);
			return;
		}
		add_directory(draft, parent);
		free(parent);
	}
}

static bool is_in_etc(const char *path)
{
	return strncmp(path, "/etc/", strlen("/etc/")) == 0;
}

/* Those in /etc, or all the others. */
static void add_system_paths(struct draft *draft, bool in_etc)
{
	for (size_t i = 0; i < draft->facts->n_system_paths; i++) {
		const struct plan_system_path *system_path =
			&draft->facts->system_paths[i];

		if (is_in_etc(system_path->path) != in_etc) {
			continue;
		}
		add_parents(draft, system_path->path);
		if (system_path->type == PLAN_PATH_SYMLINK) {
			add_symlink(draft, system_path->path,
				    system_path->link);
		} else {
			add_bind(draft, system_path);
		}
	}
}

void tree_add_file(struct draft *draft, const char *target, const char *text)
{
	struct plan_op *op = builder_op(draft->builder, PLAN_OP_FILE, target);

	op->mode = 0644;
	op->text = builder_string(draft->builder, text);
	op->text_size = (uint32_t)strlen(text);
}

/* The files that say who is who, for the user that the payload will be. */
static int add_etc_files(struct draft *draft)
{
	const struct plan *head = &draft->builder->head;
	struct etc_user user = ETC_USER_INIT;
	_cleanup_free_ char *passwd = NULL;
	_cleanup_free_ char *group = NULL;
	int r;

	user.uid = head->uid;
	user.gid = head->gid;
	if (etc_passwd(&user, &passwd) < 0 || etc_group(&user, &group) < 0) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	tree_add_file(draft, "/etc/passwd", passwd);
	tree_add_file(draft, "/etc/group", group);
	r = tree_add_hosts(draft);
	if (r < 0) {
		return r;
	}
	tree_add_file(draft, "/etc/nsswitch.conf", etc_nsswitch);
	return tree_add_resolver(draft);
}

void tree_add_empty_root(struct draft *draft)
{
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_ROOT_TMPFS, "/");

	op->attributes = TREE_DATA;
	op->mode = 0755;
	op->size_bytes = TREE_ROOT_BYTES;
	op->inodes = TREE_ROOT_INODES;
}

int tree_add_system_root(struct draft *draft)
{
	int r;

	tree_add_empty_root(draft);
	add_system_paths(draft, /* in_etc= */ false);
	add_directory(draft, "/etc");
	r = add_etc_files(draft);
	if (r < 0) {
		return r;
	}
	add_system_paths(draft, /* in_etc= */ true);
	add_directory(draft, "/var");
	add_symlink(draft, "/var/run", "/run");
	add_symlink(draft, "/var/tmp", "/tmp");
	return 0;
}
