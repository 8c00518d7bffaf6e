/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A /dev with more than the default devices.  The launcher's own is one
 * read-only mount in which nothing can be made, so this sandbox gets a tmpfs
 * with the same in it, and the further nodes of the host's on top.
 */
#include "policy/devices.h"

#include "plan/tree.h"

#include <stdio.h>

#define DEV          "/dev/"
#define DEVICE_BYTES 64

/* Read-only or not, a node can be written to; but not its mode and owner. */
#define NODE_ATTRIBUTES \
	(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC)

static void add_default_nodes(struct draft *draft)
{
	static const char *const directories[] = { "/dev/pts", "/dev/shm",
						   "/dev/mqueue" };
	char path[DEVICE_BYTES];
	struct plan_op *op;

	for (size_t i = 0; i < sizeof(directories) / sizeof(*directories);
	     i++) {
		builder_op(draft->builder, PLAN_OP_DIRECTORY, directories[i])
			->mode = 0755;
	}
	for (size_t i = 0; i < policy_device_link_count; i++) {
		(void)snprintf(path, sizeof(path), DEV "%s",
			       policy_device_links[i].name);
		op = builder_op(draft->builder, PLAN_OP_SYMLINK, path);
		op->text = builder_string(draft->builder,
					  policy_device_links[i].target);
	}
	for (size_t i = 0; i < policy_device_count; i++) {
		(void)snprintf(path, sizeof(path), DEV "%s",
			       policy_devices[i].name);
		op = builder_op(draft->builder, PLAN_OP_NODE, path);
		op->attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
		op->flags = PLAN_OP_CREATE_TARGET;
	}
}

static void add_device(struct draft *draft, uint32_t index)
{
	const Sandbox__V1__Device *device = draft->security->devices[index];
	const char *path =
		device->source[0] == '\0' ? device->path : device->source;
	struct plan_op *op =
		builder_op(draft->builder, PLAN_OP_DEVICE, device->path);
	struct plan_source *source =
		builder_source(draft->builder, op, path, 0);
	char field[DEVICE_BYTES];

	source->part = PLAN_SOURCE_DEVICE;
	source->element = index;
	op->attributes = NODE_ATTRIBUTES;
	op->flags = PLAN_OP_CREATE_TARGET;
	(void)snprintf(field, sizeof(field), "security.devices[%u].source",
		       index);
	if (draft_prefers(draft, field)) {
		op->flags |= PLAN_OP_OR_WITHOUT;
	}
	if (device->writable) {
		op->flags |= PLAN_OP_WRITES;
	}
}

void tree_add_devices(struct draft *draft, const char *target)
{
	uint32_t count = (uint32_t)draft->security->n_devices;
	const struct tree_tmpfs tmpfs = {
		.target = target,
		.size_bytes = POLICY_DEV_BYTES,
		/* Each may bring a few directories of its own. */
		.inodes = POLICY_DEV_INODES + 8ULL * count,
		.mode = 0755,
		.attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC,
	};

	(void)tree_add_tmpfs(draft, &tmpfs);
	add_default_nodes(draft);
	for (uint32_t i = 0; i < count; i++) {
		add_device(draft, i);
	}
	builder_op(draft->builder, PLAN_OP_SEAL, target)->attributes =
		tmpfs.attributes | MOUNT_ATTR_RDONLY;
}
