/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts on the mount table, by the old calls and the new. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Not in one header together with <linux/mount.h>. */
int umount2(const char *target, int flags);
enum {
	DETACH = 2
};

static long old_mount(const char *source, const char *target, const char *type,
		      unsigned long flags)
{
	return syscall(SYS_mount, source, target, type, flags, NULL);
}

static int try_mount_tmpfs(char **arguments)
{
	return answer_of(old_mount("none", arguments[0], "tmpfs", 0));
}

static int try_mount_proc(char **arguments)
{
	return answer_of(old_mount("none", arguments[0], "proc", 0));
}

static int try_bind(char **arguments)
{
	return answer_of(
		old_mount(arguments[0], arguments[1], NULL, MS_BIND | MS_REC));
}

static int try_unmount(char **arguments)
{
	return answer_of(umount2(arguments[0], DETACH));
}

static int try_remount_writable(char **arguments)
{
	return answer_of(
		old_mount(NULL, arguments[0], NULL, MS_REMOUNT | MS_BIND));
}

static int try_share_mounts(char **arguments)
{
	(void)arguments;
	return answer_of(old_mount(NULL, "/", NULL, MS_SHARED | MS_REC));
}

static int try_fsopen(char **arguments)
{
	(void)arguments;
	return answer_of(syscall(SYS_fsopen, "tmpfs", 0));
}

static int try_fspick(char **arguments)
{
	return answer_of(syscall(SYS_fspick, AT_FDCWD, arguments[0], 0));
}

static int try_open_tree(char **arguments)
{
	return answer_of(syscall(SYS_open_tree, AT_FDCWD, arguments[0],
				 OPEN_TREE_CLONE));
}

static int try_mount_setattr(char **arguments)
{
	struct mount_attr attributes = { .attr_clr = MOUNT_ATTR_RDONLY };

	return answer_of(syscall(SYS_mount_setattr, AT_FDCWD, arguments[0], 0,
				 &attributes, sizeof(attributes)));
}

/* Of a tree that no one has: the filter must answer before the kernel looks. */
static int try_move_mount(char **arguments)
{
	return answer_of(syscall(SYS_move_mount, AT_FDCWD, arguments[0],
				 AT_FDCWD, arguments[1], 0));
}

static int try_pivot_root(char **arguments)
{
	if (chdir(arguments[0]) < 0) {
		return -errno;
	}
	return answer_of(syscall(SYS_pivot_root, ".", "."));
}

const struct attempt mount_attempts[] = {
	{ "mount_tmpfs", try_mount_tmpfs },
	{ "mount_proc", try_mount_proc },
	{ "bind", try_bind },
	{ "unmount", try_unmount },
	{ "remount_writable", try_remount_writable },
	{ "share_mounts", try_share_mounts },
	{ "fsopen", try_fsopen },
	{ "fspick", try_fspick },
	{ "open_tree", try_open_tree },
	{ "mount_setattr", try_mount_setattr },
	{ "move_mount", try_move_mount },
	{ "pivot_root", try_pivot_root },
	{ NULL, NULL },
};
