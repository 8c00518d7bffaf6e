/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sources of mounts: from the descriptors that the host passed to detached
 * trees with their flags set, which init can attach.
 *
 * Privileged, the host passes the trees themselves and only the id map is put
 * on here.  Rootless, a descriptor of the host's mount namespace cannot be
 * cloned in this one, so its path is resolved again in the launcher's slave
 * copy and refused unless that is the same file.
 */
#include "kernel/file.h"
#include "kernel/mount.h"
#include "launcher/launcher.h"
#include "launcher/text.h"

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	       (a->st_mode & S_IFMT) == (b->st_mode & S_IFMT);
}

/* The path of a source; for one that was passed, what the kernel says. */
static int source_path(const struct launch *launch,
		       const struct plan_source *source, int fd, char *path,
		       size_t size)
{
	char link[32];
	struct text text = TEXT_IN(link);
	long n = 0;

	if (source->path != 0) {
		const char *given = plan_string(launch->plan, source->path);

		if (text_length(given) >= size) {
			return -ENAMETOOLONG;
		}
		memcpy(path, given, text_length(given) + 1);
		return 0;
	}
	text_add(&text, "self/fd/");
	text_add_number(&text, (uint64_t)fd);
	n = kernel_call4(SYS_readlinkat, launch->launcher->proc, link, path,
			 size - 1);
	if (n < 0) {
		return (int)n;
	}
	path[n] = '\0';
	return path[0] == '/' ? 0 : -EINVAL;
}

static int resolve_again(const struct launch *launch,
			 const struct plan_source *source, int passed)
{
	char path[4096];
	struct stat expected;
	struct stat found;
	int fd = 0;
	int r = source_path(launch, source, passed, path, sizeof(path));

	if (r < 0) {
		return r;
	}
	fd = kernel_openat2(launch->launcher->host_root,
			    path[1] == '\0' ? "." : path + 1, O_PATH,
			    RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
	if (fd < 0) {
		return fd;
	}
	r = kernel_fstat(passed, &expected);
	if (r >= 0) {
		r = kernel_fstat(fd, &found);
	}
	if (r >= 0 && !same_file(&expected, &found)) {
		r = -ESTALE; /* exchanged between the two looks */
	}
	if (r < 0) {
		kernel_close(fd);
		return r;
	}
	return fd;
}

static const struct plan_op *op_of(const struct launch *launch, size_t i)
{
	return plan_ops(launch->plan) + plan_sources(launch->plan)[i].op;
}

int sources_prepare(struct launch *launch, uint16_t *index)
{
	const struct plan_source *sources = plan_sources(launch->plan);

	for (size_t i = 0; i < launch->plan->sources.count; i++) {
		const struct plan_op *op = op_of(launch, i);
		int *slot = &launch->fds[LAUNCH_FD_SOURCES + i];
		int tree = 0;
		int fd = 0;

		*index = (uint16_t)i;
		if (*slot < 0) {
			return -EBADF;
		}
		if (source_set_has(&launch->request.absent, (uint32_t)i) ||
		    launch->launcher->privileged) {
			continue; /* the host passed a tree */
		}
		fd = resolve_again(launch, &sources[i], *slot);
		if (fd < 0) {
			return fd;
		}
		tree = kernel_clone_tree(
			fd, (op->flags & PLAN_OP_RECURSIVE) != 0,
			op->attributes,
			(op->flags & PLAN_OP_SLAVE) != 0 ? MS_SLAVE
							 : MS_PRIVATE);
		kernel_close(fd);
		if (tree < 0) {
			return tree;
		}
		kernel_close(*slot);
		*slot = tree;
	}
	return 0;
}

/* Filesystems that cannot be mapped say EINVAL: proc, cgroup, overlayfs... */
int sources_map_ids(struct launch *launch, uint16_t *index)
{
	for (size_t i = 0; i < launch->plan->sources.count; i++) {
		const struct plan_op *op = op_of(launch, i);
		unsigned int recursive =
			(op->flags & PLAN_OP_RECURSIVE) != 0 ? AT_RECURSIVE : 0;
		struct mount_attr attributes = { .attr_set = MOUNT_ATTR_IDMAP };
		int namespace = 0;
		int r = 0;

		if ((op->flags & PLAN_OP_IDMAP) == 0 ||
		    source_set_has(&launch->request.absent, (uint32_t)i)) {
			continue;
		}
		*index = (uint16_t)i;
		namespace = idmap_namespace(launch->launcher,
					    launch->request.guard_uid + 1,
					    launch->request.guard_count - 1);
		if (namespace < 0) {
			return namespace;
		}
		attributes.userns_fd = (unsigned int)namespace;
		r = kernel_mount_setattr(launch->fds[LAUNCH_FD_SOURCES + i],
					 recursive, &attributes);
		if (r == -EINVAL && (op->flags & PLAN_OP_IDMAP_OPTIONAL) != 0) {
			launch->plain_sources++;
			continue;
		}
		if (r < 0) {
			return r;
		}
	}
	return 0;
}
