/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the launcher what its engine asked for: a namespace of its own to
 * map ids in (rootless), a mount namespace with next to nothing in it, and
 * the pacing tokens.
 *
 * The root it builds is a small tmpfs:
 *   /dev   the template every sandbox's /dev is a clone of
 *   /proc  privileged: a clone of the host's, without what lies on it.  A new
 *          procfs is only allowed where one is fully visible already.
 *   /empty, /void  what masked paths are covered with
 *   /host  rootless: the caller's whole tree, a slave copy, where sources are
 *          resolved a second time (a descriptor of the host's mount namespace
 *          cannot be cloned in this one)
 * so a launch does not pay for the number of mounts on the host (privileged)
 * and no sandbox can name a path of the host.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/launcher.h"
#include "launcher/text.h"

#include <sys/mman.h>
#include <sys/statvfs.h>

int idmap_write(int proc_dir, const char *file, uint32_t inside,
		uint32_t outside, uint32_t count)
{
	char line[48];
	struct text text = TEXT_IN(line);

	text_add_number(&text, inside);
	text_add(&text, " ");
	text_add_number(&text, outside);
	text_add(&text, " ");
	text_add_number(&text, count);
	text_add(&text, "\n");
	return kernel_write_file(proc_dir, file, line, text.length);
}

/* One id: the caller's, as 0.  Writing it oneself means giving up setgroups. */
static int map_single_id(const struct launcher_setup *setup)
{
	int self = kernel_openat(AT_FDCWD, "/proc/self", O_PATH, 0);
	int r = self;

	if (r >= 0) {
		r = kernel_write_file(self, "setgroups", "deny", 4);
	}
	if (r >= 0) {
		r = idmap_write(self, "uid_map", 0, setup->uid, 1);
	}
	if (r >= 0) {
		r = idmap_write(self, "gid_map", 0, setup->gid, 1);
	}
	if (self >= 0) {
		kernel_close(self);
	}
	return r;
}

static int enter_user_namespace(const struct launcher_setup *setup,
				uint32_t *stage)
{
	bool ranges = setup->n_uid_ranges > 0 && setup->n_gid_ranges > 0;
	struct mapper mapper = { 0 };
	int r = 0;

	*stage = LAUNCHER_STAGE_FORK;
	if (ranges) {
		r = mapper_start(setup, &mapper);
		if (r < 0) {
			return r;
		}
	}
	*stage = LAUNCHER_STAGE_USERNS;
	r = kernel_unshare(CLONE_NEWUSER);
	if (r < 0) {
		if (ranges) {
			kernel_close(mapper.go); /* it reads the end, exits */
		}
		return r;
	}
	*stage = LAUNCHER_STAGE_ID_MAP;
	return ranges ? mapper_finish(&mapper) : map_single_id(setup);
}

static int set_propagation(int fd, uint64_t propagation)
{
	struct mount_attr attributes = { .propagation = propagation };

	return kernel_mount_setattr(fd, AT_RECURSIVE, &attributes);
}

int small_tmpfs(unsigned int attributes)
{
	int fs = kernel_fsopen("tmpfs");
	int r = fs;

	if (r >= 0) {
		r = kernel_fsconfig_string(fs, "size", "64k");
	}
	if (r >= 0) {
		r = kernel_fsconfig_string(fs, "nr_inodes", "64");
	}
	if (r >= 0) {
		r = kernel_fsconfig_string(fs, "mode", "0755");
	}
	if (r >= 0) {
		r = kernel_fsconfig_create(fs);
	}
	if (r >= 0) {
		r = kernel_fsmount(fs, attributes);
	}
	if (fs >= 0) {
		kernel_close(fs);
	}
	return r;
}

/* A clone of the host's /proc without the mounts that lie on it. */
static int attach_proc(int root)
{
	int tree = kernel_open_tree(AT_FDCWD, "/proc", OPEN_TREE_CLONE);
	int r = tree;

	if (r >= 0) {
		r = kernel_move_mount_at(tree, root, "proc");
		kernel_close(tree);
	}
	return r;
}

/*
 * The empty file and directory that masks are clones of; then nothing more is
 * written here, and in the namespaces below the flag is locked.
 */
static int finish_root(int root)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY };
	int r = kernel_openat(root, "empty", O_CREAT | O_EXCL | O_WRONLY, 0444);

	if (r >= 0) {
		kernel_close(r);
		r = kernel_mkdirat(root, "void", 0555);
	}
	return r < 0 ? r : kernel_mount_setattr(root, 0, &attributes);
}

/* pivot_root(2) into @root; the old one becomes /host, or goes. */
static int enter_root(struct launcher *launcher, int root)
{
	int r = kernel_fchdir(root);

	if (r >= 0) {
		r = kernel_pivot_root(".", "host");
	}
	if (r < 0) {
		return r;
	}
	if (launcher->privileged) {
		launcher->host_root = -1;
		r = kernel_umount2("/host", MNT_DETACH);
	} else {
		launcher->host_root = kernel_openat(AT_FDCWD, "/host",
						    O_PATH | O_DIRECTORY, 0);
		r = launcher->host_root;
	}
	return r < 0 ? r : kernel_fchdir(root);
}

/* What lies in the new root @root, which is attached by now. */
static int fill_root(const struct launcher *launcher, int root, int host_dev,
		     uint32_t *stage)
{
	static const char directories[][8] = { "dev", "proc", "host" };
	int dev = -1;
	int r = 0;

	for (size_t i = 0; i < 3 && r >= 0; i++) {
		r = kernel_mkdirat(root, directories[i], 0755);
	}
	if (r >= 0 && launcher->privileged) {
		*stage = LAUNCHER_STAGE_PROC;
		r = attach_proc(root);
	}
	if (r >= 0) {
		*stage = LAUNCHER_STAGE_DEV;
		dev = kernel_openat(root, "dev", O_PATH | O_DIRECTORY, 0);
		r = dev_template_make(host_dev, dev);
		kernel_close(dev);
	}
	if (r >= 0) {
		*stage = LAUNCHER_STAGE_ROOT;
		r = finish_root(root);
	}
	return r;
}

static int build_root(struct launcher *launcher, uint32_t *stage)
{
	int host_dev = kernel_openat(AT_FDCWD, "/dev", O_PATH, 0);
	int root = -1;
	int r = host_dev;

	*stage = LAUNCHER_STAGE_ROOT;
	if (r >= 0) {
		root = small_tmpfs(MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
				   MOUNT_ATTR_NOEXEC);
		r = root;
	}
	if (r >= 0) {
		r = kernel_move_mount_at(root, AT_FDCWD, "/");
	}
	if (r >= 0) {
		r = fill_root(launcher, root, host_dev, stage);
	}
	if (r >= 0) {
		r = enter_root(launcher, root);
	}
	kernel_close(root);
	kernel_close(host_dev);
	return r;
}

static int make_tokens(struct launcher *launcher)
{
	char tokens[LAUNCHER_TOKENS];
	int r = kernel_pipe2(launcher->tokens, O_CLOEXEC | O_NONBLOCK);
	long map = 0;

	if (r < 0) {
		return r;
	}
	memset(tokens, 't', sizeof(tokens));
	if (kernel_write(launcher->tokens[1], tokens, sizeof(tokens)) !=
	    (long)sizeof(tokens)) {
		return -EIO;
	}
	map = kernel_call6(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (map < 0) {
		return (int)map;
	}
	launcher->mapped =
		(uint32_t *)map; /* NOLINT(performance-no-int-to-ptr) */
	return 0;
}

/*
 * An empty session keyring without permissions for all who share the caller's
 * one id: a join of its own for each would hit the quota of that id after 198
 * sandboxes.  Sandboxes with ids of their own join one each, later.
 */
static int leave_keyring(void)
{
	int r = kernel_join_session_keyring();

	if (r == -ENOSYS) {
		return 0; /* a kernel without keyrings has none to leave */
	}
	if (r >= 0) {
		r = (int)kernel_call3(SYS_keyctl, KEYCTL_SETPERM,
				      KEY_SPEC_SESSION_KEYRING, 0);
	}
	return r < 0 ? r : 0;
}

/* Inside a container /proc/sys is often a read-only mount of its own. */
static int look_at_sysctls(struct launcher *launcher)
{
	struct statfs file_system;
	int fd = kernel_openat(launcher->proc, "sys", O_PATH, 0);
	int r = fd;

	if (fd >= 0) {
		r = kernel_fstatfs(fd, &file_system);
		kernel_close(fd);
	}
	launcher->sysctls_read_only =
		r >= 0 && (file_system.f_flags & ST_RDONLY) != 0;
	return r;
}

int launcher_set_up(struct launcher *launcher,
		    const struct launcher_setup *setup, uint32_t *stage)
{
	int r = 0;

	*stage = LAUNCHER_STAGE_SETUP;
	launcher->privileged = setup->mode == LAUNCHER_PRIVILEGED;
	launcher->deny_setgroups =
		!launcher->privileged && setup->n_gid_ranges == 0;
	kernel_fcntl(launcher->socket, F_SETFD, FD_CLOEXEC);
	kernel_fcntl(launcher->controller, F_SETFD, FD_CLOEXEC);
	affinity_remember(launcher);
	r = leave_keyring();
	if (r >= 0 && !launcher->privileged) {
		r = enter_user_namespace(setup, stage);
	}
	if (r < 0) {
		return r;
	}
	*stage = LAUNCHER_STAGE_MOUNTNS;
	launcher->proc =
		kernel_openat(AT_FDCWD, "/proc", O_PATH | O_DIRECTORY, 0);
	r = launcher->proc < 0 ? launcher->proc : look_at_sysctls(launcher);
	if (r >= 0) {
		r = kernel_unshare(CLONE_NEWNS);
	}
	if (r >= 0) {
		/*
		 * Slave, not private: a private copy would go stale, and pin
		 * what the host unmounts.
		 */
		int root = kernel_openat(AT_FDCWD, "/", O_PATH, 0);

		r = root < 0 ? root : set_propagation(root, MS_SLAVE);
		kernel_close(root);
	}
	if (r >= 0) {
		r = build_root(launcher, stage);
	}
	if (r >= 0) {
		*stage = LAUNCHER_STAGE_TOKENS;
		r = make_tokens(launcher);
	}
	if (r >= 0 && launcher->privileged) {
		/* Rootless it stays dumpable, to write the maps of its inits.
		 */
		r = kernel_prctl(PR_SET_DUMPABLE, 0, 0);
	}
	return r < 0 ? r : 0;
}
