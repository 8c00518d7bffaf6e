/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens what the plan shows of the host: once, as the caller, with its rights.
 *
 * Privileged, the descriptor that is passed is a detached clone of the tree
 * with its flags set and cut off from the host's mount propagation, so nothing
 * is resolved a second time.  Rootless, it is a plain O_PATH descriptor, which
 * the launcher compares with what it finds at the path.
 */
#include "base/cleanup.h"
#include "engine/engine.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "plan/source_field.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static int fail(const struct plan *plan, size_t i, int error, const char *what,
		struct err *err)
{
	const char *path = plan_string(plan, plan_sources(plan)[i].path);
	char subject[PLAN_SOURCE_FIELD_BYTES];

	plan_source_field(plan, i, subject, sizeof(subject));
	return err_at(err, err_kind_of_errno(-error), -error, "open the source",
		      subject, "%s: %s \"%s\": %s (%s)", subject, what, path,
		      err_errno_words(-error), err_errno_name(-error));
}

static int open_path(const struct plan *plan, const struct plan_source *source,
		     const struct passed_fds *passed)
{
	if (source->path != 0) {
		/*
		 * No magic link: /proc/self/fd/N would be whatever this
		 * process happens to have open.
		 */
		return kernel_openat2(AT_FDCWD, plan_string(plan, source->path),
				      O_PATH, RESOLVE_NO_MAGICLINKS);
	}
	/* Where there is none, -EBADF is what the kernel says of it, too. */
	return kernel_fcntl(passed_fd(passed, source->fd_index),
			    F_DUPFD_CLOEXEC, 3);
}

static int check_type(int fd, const struct plan_source *source)
{
	struct stat file;
	int r = kernel_fstat(fd, &file);

	if (r < 0) {
		return r;
	}
	if (source->must_be_directory && !S_ISDIR(file.st_mode)) {
		return -ENOTDIR;
	}
	return 0;
}

static int open_one(const struct engine *engine, const struct plan *plan,
		    size_t i, const struct passed_fds *passed,
		    struct source_notes *notes, struct err *err)
{
	const struct plan_source *source = &plan_sources(plan)[i];
	const struct plan_op *op = &plan_ops(plan)[source->op];
	_cleanup_close_ int fd = open_path(plan, source, passed);
	int r = 0;

	if (fd == -ENOENT && (op->flags & PLAN_OP_OR_WITHOUT) != 0) {
		/* Something has to be in its place. */
		source_set_add(&notes->absent, (uint32_t)i);
		return kernel_fcntl(engine->null_device, F_DUPFD_CLOEXEC, 3);
	}
	if (fd < 0) {
		return fail(plan, i, fd, "open", err);
	}
	r = check_type(fd, source);
	if (r < 0) {
		return fail(plan, i, r, "look at", err);
	}
	r = op->kind == PLAN_OP_DEVICE
		    ? source_check_device(plan, i, fd, err)
		    : source_check_mount(plan, i, fd, notes, err);
	if (r < 0) {
		return r;
	}
	if (!engine->identity.privileged) {
		return take_fd(&fd);
	}
	r = kernel_clone_tree(
		fd, (op->flags & PLAN_OP_RECURSIVE) != 0, op->attributes,
		(op->flags & PLAN_OP_SLAVE) != 0 ? MS_SLAVE : MS_PRIVATE);
	return r < 0 ? fail(plan, i, r, "clone the tree of", err) : r;
}

int sources_open(const struct engine *engine, const struct plan *plan,
		 const struct passed_fds *passed, int *ret,
		 struct source_notes *notes, struct err *err)
{
	for (size_t i = 0; i < plan->sources.count; i++) {
		int fd = open_one(engine, plan, i, passed, notes, err);

		ret[i] = fd;
		if (fd < 0) {
			fds_close(ret, i);
			return fd;
		}
	}
	return 0;
}
