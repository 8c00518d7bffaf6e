/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Namespaces that the payload's own user namespace owns.  Init's are the
 * guard's and stay so; the payload makes copies while it still has every
 * capability over its user namespace.  In a mount namespace that is copied
 * into another user namespace the kernel locks all that lies on the root, and
 * the flags of the mounts: they can be covered, never taken off.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/payload.h"
#include "launcher/text.h"

#include <linux/nsfs.h>

struct kind {
	char name[8]; /* of /proc/self/ns */
	uint64_t flag;
};

/* Whether what is open at @fd is owned by the user namespace @user. */
static int is_owned(int fd, const struct stat *user)
{
	struct stat owner;
	int r = (int)kernel_call2(SYS_ioctl, fd, NS_GET_USERNS);
	int owner_fd = r;

	if (r >= 0) {
		r = kernel_fstat(owner_fd, &owner);
		kernel_close(owner_fd);
	}
	if (r >= 0 &&
	    (owner.st_ino != user->st_ino || owner.st_dev != user->st_dev)) {
		r = -EPERM;
	}
	return r;
}

static int open_namespace(const struct launch *launch, const char *name)
{
	char path[24];
	struct text text = TEXT_IN(path);

	text_add(&text, "self/ns/");
	text_add(&text, name);
	return kernel_openat(launch->proc, path, O_RDONLY, 0);
}

/* The kernel's own word, for each of them. */
static int verify(const struct launch *launch, uint64_t wanted)
{
	const struct kind kinds[] = {
		{ "mnt", CLONE_NEWNS },        { "net", CLONE_NEWNET },
		{ "ipc", CLONE_NEWIPC },       { "uts", CLONE_NEWUTS },
		{ "cgroup", CLONE_NEWCGROUP },
	};
	struct stat user;
	int fd = open_namespace(launch, "user");
	int r = fd;

	if (r >= 0) {
		r = kernel_fstat(fd, &user);
		kernel_close(fd);
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds) && r >= 0; i++) {
		if ((wanted & kinds[i].flag) == 0) {
			continue;
		}
		fd = open_namespace(launch, kinds[i].name);
		r = fd;
		if (fd >= 0) {
			r = is_owned(fd, &user);
			kernel_close(fd);
		}
	}
	return r;
}

int namespaces_own(const struct launch *launch, struct ready *ready)
{
	const struct plan *plan = launch->plan;
	int r = 0;

	if (plan->own_namespaces == 0) {
		return 0;
	}
	r = kernel_unshare(plan->own_namespaces);
	if (r >= 0 && (plan->own_namespaces & CLONE_NEWNET) != 0 &&
	    (plan->flags & PLAN_LOOPBACK_DOWN) == 0) {
		r = network_loopback_up();
	}
	if (r >= 0) {
		r = verify(launch, plan->own_namespaces);
	}
	if (r >= 0) {
		ready->own_namespaces = plan->own_namespaces;
	}
	return r;
}
