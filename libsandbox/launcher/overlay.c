/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Layers over each other.  The kernel takes them as paths, so init puts them
 * in a tmpfs of its own and names them by their numbers, relative to it: a
 * value of fsconfig(2) has 255 bytes.  The mount keeps what it needs of them;
 * the tmpfs itself goes with the launcher's tree, unless it is the upper layer.
 *
 * Attached, because before Linux 6.15 a detached mount could not be a layer.
 * userxattr, because in a user namespace the kernel's own attributes cannot be
 * written, and removing what lies below would fail.
 */
#include "kernel/file.h"
#include "kernel/mount.h"
#include "launcher/init.h"
#include "launcher/root.h"
#include "launcher/text.h"

#define UPPER_DIRECTORY "u"
#define UPPER           UPPER_DIRECTORY "/upper"
#define WORK            UPPER_DIRECTORY "/work"

/* Of the tmpfs itself: the places of the layers, and what the kernel keeps. */
#define OWN_INODES 256U
#define OWN_BYTES  (64U << 10)

/* The tmpfs, on a directory of the launcher's tree. */
static int make_stage(const struct launch *launch, const struct plan_op *op)
{
	const struct plan_op tmpfs = {
		.mode = 0755,
		.size_bytes = op->size_bytes < INT64_MAX - OWN_BYTES
				      ? op->size_bytes + OWN_BYTES
				      : op->size_bytes,
		.inodes = op->inodes + OWN_INODES,
		.attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV,
	};
	int stage = filesystem_tmpfs(launch, &tmpfs);
	int r = stage;

	if (r >= 0) {
		r = kernel_move_mount_at(stage, AT_FDCWD, ROOT_STAGE);
	}
	return r < 0 ? r : stage;
}

static int place(int stage, const char *name, int tree)
{
	int r = kernel_mkdirat(stage, name, 0755);

	return r < 0 ? r : kernel_move_mount_at(tree, stage, name);
}

/* Every layer in its place; @lower gets the list of the lower ones. */
static int place_layers(const struct launch *launch, const struct plan_op *op,
			int stage, struct text *lower)
{
	const struct plan_source *sources = plan_sources(launch->plan);

	for (uint32_t i = 0; i < op->n_sources; i++) {
		uint32_t index = (uint32_t)op->source + i;
		int tree = launch->fds[LAUNCH_FD_SOURCES + index];
		char name[16];
		struct text text = TEXT_IN(name);
		int r = 0;

		if (sources[index].part == PLAN_SOURCE_UPPER) {
			r = place(stage, UPPER_DIRECTORY, tree);
		} else {
			text_add_number(&text, i);
			text_add(lower, i == 0 ? "" : ":");
			text_add(lower, name);
			r = place(stage, name, tree);
		}
		if (r < 0) {
			return r;
		}
	}
	return lower->full ? -E2BIG : 0;
}

/*
 * What the upper layer's root is, the mount's is: the payload's root has it,
 * with the mode that the topmost lower layer has.
 */
static int make_upper(const struct launch *launch, int stage)
{
	struct stat top;
	int r = kernel_mkdirat(stage, WORK, 0755);
	int fd = 0;

	if (r < 0 && r != -EEXIST) {
		return r;
	}
	r = kernel_mkdirat(stage, UPPER, 0755);
	if (r < 0) {
		return r == -EEXIST ? 0 : r;
	}
	fd = kernel_openat(stage, UPPER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW,
			   0);
	r = fd;
	if (r >= 0) {
		r = (int)kernel_call4(SYS_newfstatat, stage, "0", &top, 0);
	}
	if (r >= 0) {
		r = kernel_fchmod(fd, top.st_mode & 07777);
	}
	if (r >= 0) {
		r = kernel_fchownat(stage, UPPER, guard_uid(launch, 0),
				    guard_gid(launch, 0), AT_SYMLINK_NOFOLLOW);
	}
	kernel_close(fd);
	return r;
}

static int mount_layers(const struct plan_op *op, const char *lower,
			bool writable)
{
	int fs = kernel_fsopen("overlay");
	int r = fs;

	if (r >= 0) {
		r = kernel_fsconfig_string(fs, "lowerdir", lower);
	}
	if (r >= 0 && writable) {
		r = kernel_fsconfig_string(fs, "upperdir", UPPER);
	}
	if (r >= 0 && writable) {
		r = kernel_fsconfig_string(fs, "workdir", WORK);
	}
	if (r >= 0) {
		r = kernel_fsconfig_flag(fs, "userxattr");
	}
	if (r >= 0) {
		r = kernel_fsconfig_create(fs);
	}
	return r < 0 ? r : kernel_fsmount(fs, (unsigned int)op->attributes);
}

int overlay_make(const struct launch *launch, const struct plan_op *op)
{
	bool writable = (op->attributes & MOUNT_ATTR_RDONLY) == 0;
	char lower[256];
	struct text text = TEXT_IN(lower);
	int stage = make_stage(launch, op);
	int r = stage;

	lower[0] = '\0';
	if (r >= 0 && op->size_bytes != 0) {
		r = kernel_mkdirat(stage, UPPER_DIRECTORY, 0755);
	}
	if (r >= 0) {
		r = place_layers(launch, op, stage, &text);
	}
	if (r >= 0 && writable) {
		r = make_upper(launch, stage);
	}
	/* Init's own directory, which is the new root's in the end. */
	if (r >= 0) {
		r = kernel_fchdir(stage);
	}
	return r < 0 ? r : mount_layers(op, lower, writable);
}
