/* SPDX-License-Identifier: Apache-2.0 */
/* What is mounted, made and hidden, one op a line under its number. */
#include "base/array.h"
#include "plan/explain.h"

#include <inttypes.h>
#include <linux/mount.h>
#include <stdbool.h>
#include <string.h>

struct flag_name {
	uint64_t flag;
	const char *name;
};

static const struct flag_name attribute_names[] = {
	{ MOUNT_ATTR_RDONLY, "ro" },
	{ MOUNT_ATTR_NOSUID, "nosuid" },
	{ MOUNT_ATTR_NODEV, "nodev" },
	{ MOUNT_ATTR_NOEXEC, "noexec" },
	{ MOUNT_ATTR_NOATIME, "noatime" },
	{ MOUNT_ATTR_NOSYMFOLLOW, "nosymfollow" },
};

static const struct flag_name flag_names[] = {
	{ PLAN_OP_RECURSIVE, "recursive" },
	{ PLAN_OP_CREATE_TARGET, "make-target" },
	{ PLAN_OP_IDMAP, "idmapped" },
	{ PLAN_OP_IDMAP_OPTIONAL, "or-plain" },
	{ PLAN_OP_TARGET_OPTIONAL, "if-there" },
	{ PLAN_OP_SLAVE, "slave" },
	{ PLAN_OP_HAS_DEV, "devices" },
	{ PLAN_OP_HAS_SUID, "set-user-id" },
	{ PLAN_OP_WRITES, "writes" },
	{ PLAN_OP_OR_WITHOUT, "or-without" },
};

static const char *const kind_names[] = {
	[PLAN_OP_ROOT_TMPFS] = "tmpfs",
	[PLAN_OP_ROOT_TREE] = "tree",
	[PLAN_OP_DIRECTORY] = "directory",
	[PLAN_OP_SYMLINK] = "symlink",
	[PLAN_OP_FILE] = "file",
	[PLAN_OP_BIND] = "bind",
	[PLAN_OP_TMPFS] = "tmpfs",
	[PLAN_OP_PROC] = "proc",
	[PLAN_OP_DEV] = "dev",
	[PLAN_OP_DEVPTS] = "devpts",
	[PLAN_OP_MASK_FILE] = "mask",
	[PLAN_OP_MASK_DIRECTORY] = "mask",
	[PLAN_OP_READONLY] = "read-only",
	[PLAN_OP_SEAL] = "seal",
	[PLAN_OP_MQUEUE] = "mqueue",
	[PLAN_OP_NODE] = "node",
	[PLAN_OP_DEVICE] = "device",
	[PLAN_OP_SYSFS] = "sysfs",
	[PLAN_OP_CGROUP] = "cgroup",
	[PLAN_OP_ROOT_OVERLAY] = "overlay",
	[PLAN_OP_OVERLAY] = "overlay",
};

static void print_names(struct page *page, const struct flag_name *names,
			size_t count, uint64_t set)
{
	const char *separator = " ";

	for (size_t i = 0; i < count; i++) {
		if ((set & names[i].flag) != 0) {
			page_print(page, "%s%s", separator, names[i].name);
			separator = ",";
		}
	}
}

static void print_source(struct page *page, const struct plan *plan,
			 const struct plan_op *op)
{
	for (uint32_t i = 0; i < op->n_sources; i++) {
		const struct plan_source *source =
			&plan_sources(plan)[(uint32_t)op->source + i];

		page_print(page, "%s ",
			   source->part == PLAN_SOURCE_UPPER ? " upper"
			   : i == 0                          ? " from"
							     : ",");
		if (source->path == 0) {
			page_print(page, "descriptor %u", source->fd_index - 1);
		} else {
			page_quote(page, plan_string(plan, source->path));
		}
	}
}

static void print_owner(struct page *page, const struct plan_op *op)
{
	if ((op->flags & PLAN_OP_SETS_OWNER) != 0) {
		page_print(page, " owner=%u:%u", op->uid, op->gid);
	}
}

/* What only this kind has. */
static void print_particulars(struct page *page, const struct plan *plan,
			      const struct plan_op *op)
{
	switch ((enum plan_op_kind)op->kind) {
	case PLAN_OP_ROOT_TMPFS:
	case PLAN_OP_TMPFS:
		page_print(page,
			   " size=%" PRIu64 " inodes=%" PRIu64 " mode=%04o",
			   op->size_bytes, op->inodes, op->mode);
		print_owner(page, op);
		break;
	case PLAN_OP_DIRECTORY:
		page_print(page, " mode=%04o", op->mode);
		print_owner(page, op);
		break;
	case PLAN_OP_FILE:
		page_print(page, " mode=%04o bytes=%u", op->mode,
			   op->text_size);
		print_owner(page, op);
		break;
	case PLAN_OP_SYMLINK:
		page_print(page, " to ");
		page_quote(page, plan_string(plan, op->text));
		break;
	case PLAN_OP_PROC:
		page_print(page, " hidepid=%u", op->hidepid);
		break;
	case PLAN_OP_DEVPTS:
		page_print(page, " mode=%04o", op->mode);
		if ((op->flags & PLAN_OP_SETS_OWNER) != 0) {
			page_print(page, " gid=%u", op->gid);
		}
		break;
	case PLAN_OP_ROOT_TREE:
	case PLAN_OP_BIND:
	case PLAN_OP_DEVICE:
		print_source(page, plan, op);
		break;
	case PLAN_OP_ROOT_OVERLAY:
	case PLAN_OP_OVERLAY:
		print_source(page, plan, op);
		if (op->size_bytes != 0) {
			page_print(page,
				   " upper tmpfs size=%" PRIu64
				   " inodes=%" PRIu64,
				   op->size_bytes, op->inodes);
		}
		break;
	case PLAN_OP_DEV:
	case PLAN_OP_MASK_FILE:
	case PLAN_OP_MASK_DIRECTORY:
	case PLAN_OP_READONLY:
	case PLAN_OP_SEAL:
	case PLAN_OP_MQUEUE:
	case PLAN_OP_NODE:
	case PLAN_OP_SYSFS:
	case PLAN_OP_CGROUP:
	default:
		break;
	}
}

/* The text of a small file of ours, which is part of the promise. */
static void print_content(struct page *page, const struct plan *plan,
			  const struct plan_op *op)
{
	const char *text = plan_string(plan, op->text);
	size_t left = op->text_size;

	while (left > 0) {
		const char *end = memchr(text, '\n', left);
		size_t size = end == NULL ? left : (size_t)(end - text);

		page_print(page, "       | %.*s\n", (int)size, text);
		size += end == NULL ? 0 : 1;
		text += size;
		left -= size;
	}
}

static void print_op(struct page *page, const struct plan *plan, uint32_t i)
{
	const struct plan_op *op = &plan_ops(plan)[i];

	page_print(page, "  %3u %-9s ", i, kind_names[op->kind]);
	page_quote(page, plan_string(plan, op->target));
	print_particulars(page, plan, op);
	print_names(page, attribute_names, ARRAY_SIZE(attribute_names),
		    op->attributes);
	print_names(page, flag_names, ARRAY_SIZE(flag_names), op->flags);
	if (op->mount >= 0) {
		page_print(page, " (mounts[%d])", op->mount);
	}
	page_print(page, "\n");
	/* What the document brings may be anything, and is known to who wrote
	 * it. */
	if (op->kind == PLAN_OP_FILE && op->mount < 0) {
		print_content(page, plan, op);
	}
}

static bool hides(const struct plan_op *op)
{
	return op->kind == PLAN_OP_MASK_FILE ||
	       op->kind == PLAN_OP_MASK_DIRECTORY ||
	       op->kind == PLAN_OP_READONLY;
}

static int print_ops(struct page *page, const struct plan *plan, bool hiding)
{
	for (uint32_t i = 0; i < plan->ops.count; i++) {
		if (hides(&plan_ops(plan)[i]) == hiding) {
			print_op(page, plan, i);
		}
	}
	return 0;
}

int explain_tree(struct page *page, const struct plan *plan,
		 const struct plan_facts *facts, struct err *err)
{
	const struct plan_op *root = &plan_ops(plan)[0];

	(void)facts;
	(void)err;
	if (root->kind != PLAN_OP_ROOT_TMPFS &&
	    (root->attributes & MOUNT_ATTR_RDONLY) == 0) {
		page_print(page, "  The root is writable and stays executable: "
				 "nothing could run in it\n"
				 "  otherwise.  All else that is writable is "
				 "noexec unless asked.\n");
	}
	return print_ops(page, plan, /* hiding= */ false);
}

int explain_hidden(struct page *page, const struct plan *plan,
		   const struct plan_facts *facts, struct err *err)
{
	(void)facts;
	(void)err;
	return print_ops(page, plan, /* hiding= */ true);
}
