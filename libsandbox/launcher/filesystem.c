/* SPDX-License-Identifier: Apache-2.0 */
/* New file systems of the sandbox, as detached mounts: tmpfs, proc, devpts. */
#include "kernel/file.h"
#include "kernel/mount.h"
#include "launcher/init.h"
#include "launcher/root.h"
#include "launcher/text.h"

#include <sys/statvfs.h>

static int set_number(int fs, const char *key, uint64_t number)
{
	char value[24];
	struct text text = TEXT_IN(value);

	text_add_number(&text, number);
	return kernel_fsconfig_string(fs, key, value);
}

static int set_octal(int fs, const char *key, uint32_t number)
{
	char value[24];
	struct text text = TEXT_IN(value);

	text_add_octal(&text, number);
	return kernel_fsconfig_string(fs, key, value);
}

/* Takes @fs; @r is how its configuration went so far. */
static int make_mount(int fs, int r, uint64_t attributes)
{
	if (r >= 0) {
		r = kernel_fsconfig_create(fs);
	}
	if (r >= 0) {
		r = kernel_fsmount(fs, (unsigned int)attributes);
	}
	/* Init's sweep closes the context. */
	return r;
}

int filesystem_tmpfs(const struct launch *launch, const struct plan_op *op)
{
	int fs = kernel_fsopen("tmpfs");
	int r = fs;

	if (fs < 0) {
		return fs;
	}
	if (op->size_bytes != 0) {
		r = set_number(fs, "size", op->size_bytes);
	}
	if (r >= 0 && op->inodes != 0) {
		r = set_number(fs, "nr_inodes", op->inodes);
	}
	if (r >= 0 && op->mode != 01777) { /* a tmpfs's own default */
		r = set_octal(fs, "mode", op->mode);
	}
	if (r >= 0) {
		r = set_number(fs, "uid", guard_uid(launch, op->uid));
	}
	if (r >= 0) {
		r = set_number(fs, "gid", guard_gid(launch, op->gid));
	}
	return make_mount(fs, r, op->attributes);
}

/*
 * Of this pid namespace.  No gid= option, ever: it would exempt a group from
 * hidepid.
 */
int filesystem_proc(const struct plan_op *op)
{
	int fs = kernel_fsopen("proc");

	if (fs < 0) {
		return fs;
	}
	return make_mount(fs, set_number(fs, "hidepid", op->hidepid),
			  op->attributes);
}

/*
 * Of init's network namespace.  The kernel gives one to an owner of that
 * namespace only where a sysfs is in sight already (so that nobody uncovers
 * what a container's is covered with): @host_tree is put where it is seen, and
 * goes with the launcher's tree.
 */
int filesystem_sysfs(const struct plan_op *op, int host_tree)
{
	int r = kernel_move_mount_at(host_tree, AT_FDCWD, ROOT_STAGE);
	int fs = r < 0 ? r : kernel_fsopen("sysfs");

	return fs < 0 ? fs : make_mount(fs, 0, op->attributes);
}

/* Of init's cgroup namespace, which has to be the sandbox's own. */
int filesystem_cgroup(const struct plan_op *op)
{
	int fs = kernel_fsopen("cgroup2");

	return fs < 0 ? fs : make_mount(fs, 0, op->attributes);
}

/* Of init's ipc namespace, which has to be the sandbox's own. */
int filesystem_mqueue(const struct plan_op *op)
{
	int fs = kernel_fsopen("mqueue");

	return fs < 0 ? fs : make_mount(fs, 0, op->attributes);
}

/* gid only where the plan says that it is mapped; else EINVAL. */
int filesystem_devpts(const struct launch *launch, const struct plan_op *op)
{
	int fs = kernel_fsopen("devpts");
	int r = fs;

	if (fs < 0) {
		return fs;
	}
	if ((op->flags & PLAN_OP_SETS_OWNER) != 0) {
		r = set_number(fs, "gid", guard_gid(launch, op->gid));
	}
	if (r >= 0) {
		r = kernel_fsconfig_string(fs, "mode", "0620");
	}
	if (r >= 0) {
		r = kernel_fsconfig_string(fs, "ptmxmode", "0666");
	}
	return make_mount(fs, r, op->attributes);
}

int mount_verify(int fd, uint64_t attributes)
{
	struct statfs found;
	uint64_t wanted = 0;
	int r = kernel_fstatfs(fd, &found);

	if (r < 0) {
		return r;
	}
	wanted |= (attributes & MOUNT_ATTR_RDONLY) != 0 ? ST_RDONLY : 0;
	wanted |= (attributes & MOUNT_ATTR_NOSUID) != 0 ? ST_NOSUID : 0;
	wanted |= (attributes & MOUNT_ATTR_NODEV) != 0 ? ST_NODEV : 0;
	wanted |= (attributes & MOUNT_ATTR_NOEXEC) != 0 ? ST_NOEXEC : 0;
	return (wanted & ~(uint64_t)found.f_flags) == 0 ? 0 : -EPERM;
}
