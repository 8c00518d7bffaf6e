/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernel says of the main process right before it executes the
 * program.  A difference from the plan ends the launch: a setting that was
 * accepted but is not in force is worse than one that was refused.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/payload.h"

/* The number a one-line file of /proc holds, or -1. */
static long read_number(int proc, const char *path)
{
	char digits[24];
	int fd = kernel_openat(proc, path, O_RDONLY, 0);
	long value = 0;
	long n = 0;

	if (fd < 0) {
		return -1;
	}
	n = kernel_read(fd, digits, sizeof(digits));
	kernel_close(fd);
	if (n <= 0) {
		return -1;
	}
	for (long i = 0; i < n && digits[i] >= '0' && digits[i] <= '9'; i++) {
		value = value * 10 + (digits[i] - '0');
	}
	return value;
}

static int read_capabilities(struct plan_capabilities *ret)
{
	int r = kernel_capget(&ret->effective, &ret->permitted,
			      &ret->inheritable);

	ret->bounding = 0;
	ret->ambient = 0;
	for (unsigned long i = 0; i < 64 && r >= 0; i++) {
		int in_set = kernel_prctl(PR_CAPBSET_READ, i, 0);

		if (in_set < 0) {
			break; /* past the kernel's last capability */
		}
		ret->bounding |= (uint64_t)in_set << i;
		/* The kernel keeps ambient within permitted and inheritable. */
		if ((ret->permitted & ret->inheritable) >> i & 1) {
			in_set = (int)kernel_call5(SYS_prctl, PR_CAP_AMBIENT,
						   PR_CAP_AMBIENT_IS_SET, i, 0,
						   0);
			ret->ambient |= (uint64_t)(in_set == 1) << i;
		}
	}
	return r;
}

/* Which namespaces it is in, and how its root is mounted. */
static int read_surroundings(int clean_proc, struct ready *ret)
{
	static const char names[READY_NAMESPACES][16] = {
		"self/ns/user", "self/ns/mnt", "self/ns/pid",   "self/ns/net",
		"self/ns/ipc",  "self/ns/uts", "self/ns/cgroup"
	};
	struct statfs root;
	int fd = kernel_openat(AT_FDCWD, "/", O_PATH, 0);
	int r = fd;

	for (size_t i = 0; i < READY_NAMESPACES; i++) {
		struct stat file;

		if (kernel_call4(SYS_newfstatat, clean_proc, names[i], &file,
				 0) >= 0) {
			ret->namespaces[i] = file.st_ino;
		}
	}
	if (fd >= 0) {
		r = kernel_fstatfs(fd, &root);
		kernel_close(fd);
	}
	if (r >= 0) {
		ret->root_flags = (uint64_t)root.f_flags;
	}
	return r;
}

/* A sysctl that this kernel lacks reads as -1, so here as 0. */
int sysctls_read(int clean_proc, struct ready *ret)
{
	long namespaces =
		read_number(clean_proc, "sys/user/max_user_namespaces");
	long memfd = read_number(clean_proc, "sys/vm/memfd_noexec");

	if (namespaces < 0) {
		return -ENOENT;
	}
	ret->max_user_namespaces = (uint32_t)namespaces;
	ret->memfd_noexec = (uint32_t)(memfd + 1);
	return read_surroundings(clean_proc, ret);
}

/* Called before the filter is loaded for what the filter may forbid. */
int state_read(const struct launch *launch, struct ready *ret)
{
	uint32_t effective = 0;
	uint32_t saved = 0;
	int r = kernel_getresuid(&ret->uid, &effective, &saved);

	if (r >= 0 && (ret->uid != effective || ret->uid != saved)) {
		r = -EPERM;
	}
	if (r >= 0) {
		r = kernel_getresgid(&ret->gid, &effective, &saved);
	}
	if (r >= 0 && (ret->gid != effective || ret->gid != saved)) {
		r = -EPERM;
	}
	if (r < 0) {
		return r;
	}
	ret->groups = (uint32_t)kernel_getgroups_count();
	ret->securebits = (uint32_t)kernel_prctl(PR_GET_SECUREBITS, 0, 0);
	ret->plain_sources = launch->plain_sources;
	ret->init_capless = 1; /* init does not release us before it is */
	ret->clone_ns = launch->clone_ns;
	ret->root_ns = launch->root_ns;
	return read_capabilities(&ret->capabilities);
}

int state_verify(const struct launch *launch, const struct payload_ids *ids,
		 const struct ready *ready)
{
	const struct plan *plan = launch->plan;
	const struct plan_capabilities *wanted = &plan->capabilities;
	const struct plan_capabilities *found = &ready->capabilities;
	bool nnp = (plan->flags & PLAN_ALLOW_NEW_PRIVS) == 0;

	/* Bits above the kernel's last capability do not exist. */
	if (found->effective != wanted->effective ||
	    found->permitted != wanted->permitted ||
	    found->inheritable != wanted->inheritable ||
	    found->ambient != wanted->ambient ||
	    (found->bounding & ~wanted->bounding) != 0) {
		return -EPERM;
	}
	if (ready->uid != ids->uid || ready->gid != ids->gid ||
	    ready->max_user_namespaces != 0 || ready->securebits != 0) {
		return -EPERM;
	}
	if (!launch->launcher->deny_setgroups && ready->groups != 0) {
		return -EPERM;
	}
	if (ready->no_new_privs != nnp ||
	    ready->seccomp != (plan->filter.count > 0 ? 2U : 0U)) {
		return -EPERM;
	}
	if ((plan->flags & PLAN_MEMFD_NOEXEC_REQUIRED) != 0 &&
	    ready->memfd_noexec != 3) {
		return -EPERM;
	}
	return 0;
}
