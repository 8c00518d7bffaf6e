/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The single trials of the probe.  Each runs in a process of its own, goes as
 * far as it must to try one thing, and leaves everything as it is: the end of
 * the process takes its namespaces with it.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/probe.h"
#include "launcher/text.h"

#include <linux/close_range.h>
#include <linux/if.h>
#include <linux/memfd.h>
#include <linux/sockios.h>

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

#define OWN_NAMESPACES                                              \
	(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | \
	 CLONE_NEWCGROUP)

/* Maps @uid and @gid of the namespace above to 0. */
static int map_self(uint32_t uid, uint32_t gid)
{
	int self = kernel_openat(AT_FDCWD, "/proc/self", O_PATH, 0);
	int r = self;

	if (r >= 0) {
		r = kernel_write_file(self, "setgroups", "deny", 4);
	}
	if (r >= 0) {
		r = idmap_write(self, "uid_map", 0, uid, 1);
	}
	if (r >= 0) {
		r = idmap_write(self, "gid_map", 0, gid, 1);
	}
	return r;
}

/* Into a user namespace with one id, and then @flags as its root. */
static int enter(const struct launcher_setup *setup, unsigned long flags)
{
	int r = kernel_unshare(CLONE_NEWUSER);

	if (r >= 0) {
		r = map_self(setup->uid, setup->gid);
	}
	if (r >= 0 && flags != 0) {
		r = kernel_unshare(flags);
	}
	return r;
}

static int try_nested(const struct launcher_setup *setup)
{
	int r = enter(setup, 0);

	if (r >= 0) {
		r = kernel_unshare(CLONE_NEWUSER);
	}
	return r < 0 ? r : map_self(0, 0);
}

/* Mounts a new file system of @type somewhere of ours. */
static int new_mount(const char *type, const char *key, const char *value)
{
	int fs = kernel_fsopen(type);
	int r = fs;

	if (r >= 0 && key != NULL) {
		r = kernel_fsconfig_string(fs, key, value);
	}
	if (r >= 0) {
		r = kernel_fsconfig_create(fs);
	}
	return r < 0 ? r : kernel_fsmount(fs, MOUNT_ATTR_NOSUID);
}

static int try_mount(const struct launcher_setup *setup, const char *type)
{
	int r = enter(setup, CLONE_NEWNS);

	if (r >= 0) {
		r = new_mount(type, NULL, NULL);
	}
	return r < 0 ? r : kernel_move_mount_at(r, AT_FDCWD, "/");
}

static int try_mount_api(const struct launcher_setup *setup)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY,
					 .propagation = MS_PRIVATE };
	int tree = 0;
	int r = enter(setup, CLONE_NEWNS);

	if (r < 0) {
		return r;
	}
	tree = kernel_open_tree(AT_FDCWD, "/usr",
				OPEN_TREE_CLONE | AT_RECURSIVE);
	if (tree < 0) {
		return tree;
	}
	r = kernel_mount_setattr(tree, AT_RECURSIVE, &attributes);
	return r < 0 ? r : kernel_move_mount_at(tree, AT_FDCWD, "/");
}

/* As pid 1 of a new pid namespace, which is what /proc shows. */
static int try_proc(const struct launcher_setup *setup)
{
	struct clone_args fork_args = { .exit_signal = SIGCHLD };
	int status = 0;
	int pid = 0;
	int r = enter(setup, OWN_NAMESPACES);

	if (r < 0) {
		return r;
	}
	pid = kernel_clone3(&fork_args);
	if (pid == 0) {
		r = new_mount("proc", "hidepid", "4");
		kernel_exit(r < 0 ? -r : 0);
	}
	if (pid < 0) {
		return pid;
	}
	r = kernel_wait4(pid, &status, 0, NULL);
	if (r < 0) {
		return r;
	}
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}

static int try_devices(const struct launcher_setup *setup)
{
	int dev = 0;
	int mount = 0;
	int r = enter(setup, CLONE_NEWNS);

	if (r < 0) {
		return r;
	}
	dev = kernel_openat(AT_FDCWD, "/dev", O_PATH, 0);
	if (dev < 0) {
		return dev;
	}
	mount = new_mount("tmpfs", NULL, NULL);
	if (mount < 0) {
		return mount;
	}
	r = kernel_move_mount_at(mount, AT_FDCWD, "/");
	if (r >= 0) {
		r = kernel_mkdirat(mount, "dev", 0755);
	}
	return r < 0 ? r
		     : dev_template_make(
			       dev, kernel_openat(mount, "dev", O_PATH, 0));
}

static int try_pivot_root(const struct launcher_setup *setup)
{
	int mount = 0;
	int r = enter(setup, CLONE_NEWNS);

	if (r < 0) {
		return r;
	}
	mount = new_mount("tmpfs", NULL, NULL);
	if (mount < 0) {
		return mount;
	}
	r = kernel_move_mount_at(mount, AT_FDCWD, "/");
	if (r >= 0) {
		r = kernel_fchdir(mount);
	}
	if (r >= 0) {
		r = kernel_pivot_root(".", ".");
	}
	return r < 0 ? r : kernel_umount2(".", MNT_DETACH);
}

static int try_seccomp(void)
{
	struct sock_filter allow = { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW };
	struct sock_fprog program = { 1, &allow };
	int r = kernel_prctl(PR_SET_NO_NEW_PRIVS, 1, 0);

	return r < 0 ? r : kernel_seccomp_load(&program, 0);
}

static int try_network(const struct launcher_setup *setup)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = 0;
	int r = enter(setup, CLONE_NEWNET);

	if (r < 0) {
		return r;
	}
	fd = (int)kernel_call3(SYS_socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC,
			       0);
	return fd < 0 ? fd
		      : (int)kernel_call3(SYS_ioctl, fd, SIOCSIFFLAGS,
					  &request);
}

/* Only who may write such a map, and mount, can have id-mapped mounts. */
static int try_idmap(const struct launcher_setup *setup)
{
	struct launcher launcher = { 0 };
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_IDMAP };
	int tree = 0;
	int namespace = 0;

	launcher.proc = kernel_openat(AT_FDCWD, "/proc", O_PATH, 0);
	if (setup->n_uid_ranges == 0) {
		return -EPERM;
	}
	namespace = idmap_namespace(&launcher, setup->uid_ranges[0].outside,
				    setup->uid_ranges[0].count);
	if (namespace < 0) {
		return namespace;
	}
	tree = kernel_open_tree(AT_FDCWD, "/usr", OPEN_TREE_CLONE);
	if (tree < 0) {
		return tree;
	}
	attributes.userns_fd = (unsigned int)namespace;
	return kernel_mount_setattr(tree, 0, &attributes);
}

/* Two layers that are certainly there, to be read only. */
static int try_overlay(const struct launcher_setup *setup)
{
	int fs = 0;
	int r = enter(setup, CLONE_NEWNS);

	if (r < 0) {
		return r;
	}
	fs = kernel_fsopen("overlay");
	if (fs < 0) {
		return fs;
	}
	r = kernel_fsconfig_string(fs, "lowerdir", "/usr/bin:/usr/lib");
	if (r >= 0) {
		r = kernel_fsconfig_create(fs);
	}
	return r < 0 ? r : kernel_fsmount(fs, 0);
}

/* The calls that take the place of paths and pids. */
static int try_descriptors(void)
{
	int root = kernel_openat2(AT_FDCWD, "/", O_PATH | O_DIRECTORY,
				  RESOLVE_NO_MAGICLINKS);
	int r = root;

	if (r >= 0) {
		r = kernel_openat2(root, "/usr", O_PATH, RESOLVE_IN_ROOT);
	}
	if (r >= 0) {
		r = kernel_pidfd_open(kernel_getpid(), 0);
	}
	return r < 0 ? r
		     : kernel_close_range(3, ~0U,
					  CLOSE_RANGE_UNSHARE |
						  CLOSE_RANGE_CLOEXEC);
}

/* An empty file has no format; being told so is being allowed to execute. */
static int try_memfd_exec(void)
{
	const char *const argv[] = { "probe", NULL };
	const char *const env[] = { NULL };
	int fd = (int)kernel_call2(SYS_memfd_create, "probe",
				   MFD_CLOEXEC | MFD_EXEC);
	int r = 0;

	if (fd == -EINVAL) {
		fd = (int)kernel_call2(SYS_memfd_create, "probe", MFD_CLOEXEC);
	}
	if (fd < 0) {
		return fd;
	}
	r = kernel_execveat(fd, "", argv, env, AT_EMPTY_PATH);
	return r == -ENOEXEC ? 0 : r;
}

int probe_try(enum probe_item item, const struct launcher_setup *setup)
{
	switch (item) {
	case PROBE_USER_NAMESPACE:
		return kernel_unshare(CLONE_NEWUSER);
	case PROBE_ID_MAP:
		return enter(setup, 0);
	case PROBE_CAPABILITIES:
		return try_mount(setup, "tmpfs");
	case PROBE_NESTED:
		return try_nested(setup);
	case PROBE_NAMESPACES:
		return enter(setup, OWN_NAMESPACES);
	case PROBE_NETWORK:
		return try_network(setup);
	case PROBE_MOUNT_API:
		return try_mount_api(setup);
	case PROBE_PROC:
		return try_proc(setup);
	case PROBE_DEVPTS:
		return try_mount(setup, "devpts");
	case PROBE_DEVICES:
		return try_devices(setup);
	case PROBE_PIVOT_ROOT:
		return try_pivot_root(setup);
	case PROBE_SECCOMP:
		return try_seccomp();
	case PROBE_IDMAP:
		return try_idmap(setup);
	case PROBE_TIME_NAMESPACE:
		return enter(setup, CLONE_NEWTIME);
	case PROBE_OVERLAY:
		return try_overlay(setup);
	case PROBE_KEYRING:
		return kernel_join_session_keyring() < 0 ? -ENOSYS : 0;
	case PROBE_DESCRIPTORS:
		return try_descriptors();
	case PROBE_MEMFD_EXEC:
		return try_memfd_exec();
	case PROBE_LANDLOCK:
	case PROBE_COUNT:
	default:
		return -EINVAL;
	}
}
