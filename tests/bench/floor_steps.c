/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The child's half of the floor, in the order in which it happens.  It runs in
 * memory borrowed from its parent: no allocation, no locks, nothing returned
 * from that the parent still needs.
 */
#include "base/array.h"
#include "floor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Every step returns what its last system call did: negative is failure. */
typedef long floor_step(const struct floor_job *job);

static long write_once(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	long r = -1;

	if (fd >= 0) {
		r = write(fd, text, strlen(text));
		(void)close(fd);
	}
	return r;
}

static long map_ids(const struct floor_job *job)
{
	/* A process without rights over the parent namespace may map its own
	 * group only after it has given up setgroups(). */
	if (write_once("/proc/self/uid_map", job->uid_map) < 0 ||
	    write_once("/proc/self/setgroups", "deny") < 0) {
		return -1;
	}
	return write_once("/proc/self/gid_map", job->gid_map);
}

static long bind_root(const struct floor_job *job)
{
	struct mount_attr attr = {
		.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID |
			    MOUNT_ATTR_NODEV,
	};

	/* The copies in a mount namespace of another user namespace do not
	 * propagate to their originals: nothing has to be made private. */
	if (mount(job->rootfs, job->rootfs, NULL, MS_BIND | MS_REC, NULL) < 0 ||
	    syscall(SYS_mount_setattr, AT_FDCWD, job->rootfs, AT_RECURSIVE,
		    &attr, sizeof(attr)) < 0) {
		return -1;
	}
	return chdir(job->rootfs);
}

static long mount_proc(const struct floor_job *job)
{
	(void)job;
	return mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		     NULL);
}

static long mount_tmp(const struct floor_job *job)
{
	(void)job;
	return mount("tmpfs", "tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		     "mode=1777,size=64m");
}

static long bind_nodes(void)
{
	static const char *const nodes[] = {
		"/dev/null",   "/dev/zero",    "/dev/full",
		"/dev/random", "/dev/urandom", "/dev/tty",
	};

	for (size_t i = 0; i < ARRAY_SIZE(nodes); i++) {
		const char *target = nodes[i] + 1;

		if (mknodat(AT_FDCWD, target, S_IFREG | 0666, 0) < 0 ||
		    mount(nodes[i], target, NULL, MS_BIND, NULL) < 0) {
			return -1;
		}
	}
	return 0;
}

static long make_links(void)
{
	static const struct {
		const char *text;
		const char *path;
	} links[] = {
		{ "/proc/self/fd", "dev/fd" },
		{ "/proc/self/fd/0", "dev/stdin" },
		{ "/proc/self/fd/1", "dev/stdout" },
		{ "/proc/self/fd/2", "dev/stderr" },
		{ "pts/ptmx", "dev/ptmx" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
		if (symlinkat(links[i].text, AT_FDCWD, links[i].path) < 0) {
			return -1;
		}
	}
	return 0;
}

static long make_dev(const struct floor_job *job)
{
	(void)job;
	if (mount("tmpfs", "dev", "tmpfs", MS_NOSUID | MS_NOEXEC,
		  "mode=755,size=64k") < 0 ||
	    bind_nodes() < 0 || make_links() < 0 ||
	    mkdirat(AT_FDCWD, "dev/pts", 0755) < 0) {
		return -1;
	}
	return mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
		     "newinstance,ptmxmode=0666,mode=620");
}

static long enter_root(const struct floor_job *job)
{
	(void)job;
	/* Onto itself: the old root ends on top of the new one, and the
	 * working directory with it, until it is detached. */
	if (syscall(SYS_pivot_root, ".", ".") < 0 ||
	    umount2(".", MNT_DETACH) < 0) {
		return -1;
	}
	return chdir("/");
}

static long raise_loopback(const struct floor_job *job)
{
	struct ifreq request = {
		.ifr_name = "lo",
		.ifr_flags = IFF_UP,
	};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	(void)job;
	return fd < 0 ? -1 : ioctl(fd, SIOCSIFFLAGS, &request);
}

static long set_hostname(const struct floor_job *job)
{
	(void)job;
	return sethostname("sandbox", 7);
}

static long new_session(const struct floor_job *job)
{
	(void)job;
	return setsid();
}

static long set_rlimits(const struct floor_job *job)
{
	static const struct rlimit core = { 0, 0 };
	static const struct rlimit files = { 1024, 1024 };
	static const struct rlimit processes = { 512, 512 };

	(void)job;
	if (setrlimit(RLIMIT_CORE, &core) < 0 ||
	    setrlimit(RLIMIT_NOFILE, &files) < 0) {
		return -1;
	}
	return setrlimit(RLIMIT_NPROC, &processes);
}

static long drop_capabilities(const struct floor_job *job)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[2] = { { 0, 0, 0 }, { 0, 0, 0 } };
	int capability = 0;

	(void)job;
	/* Ends at the first number that this kernel does not know. */
	while (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0) {
		capability++;
	}
	/* Emptying the permitted set empties the ambient one. */
	return capability == 0 ? -1 : syscall(SYS_capset, &header, none);
}

static long close_descriptors(const struct floor_job *job)
{
	(void)job;
	return syscall(SYS_close_range, 3, UINT_MAX, 0);
}

static long no_new_privileges(const struct floor_job *job)
{
	(void)job;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static long load_filter(const struct floor_job *job)
{
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &job->filter);
}

static long execute(const struct floor_job *job)
{
	static char *const environment[] = { NULL };
	char path[256];
	char *arguments[] = { path, NULL };

	(void)strncpy(path, job->program, sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	return execve(path, arguments, environment);
}

/* clang-format off */
static const struct {
	const char *name;
	floor_step *run;
} steps[] = {
	{ "map ids",           map_ids },
	{ "bind root",         bind_root },
	{ "mount proc",        mount_proc },
	{ "mount tmp",         mount_tmp },
	{ "make dev",          make_dev },
	{ "enter root",        enter_root },
	{ "raise loopback",    raise_loopback },
	{ "set hostname",      set_hostname },
	{ "new session",       new_session },
	{ "set rlimits",       set_rlimits },
	{ "drop capabilities", drop_capabilities },
	{ "close descriptors", close_descriptors },
	{ "no new privileges", no_new_privileges },
	{ "load filter",       load_filter },
	{ "execute",           execute },
};
/* clang-format on */

int floor_steps_run(struct floor_job *job)
{
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		job->failed_step = steps[i].name;
		if (steps[i].run(job) < 0) {
			return -errno;
		}
	}
	return 0;
}
