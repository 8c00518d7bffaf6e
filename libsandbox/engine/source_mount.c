/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the host's own mount says against a source: flags of it that stay, and
 * that nothing can come through later.  Asked only where the spec wants it.
 */
#include "base/cleanup.h"
#include "engine/engine.h"
#include "kernel/file.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

static int refuse(const struct plan_op *op, const char *field, const char *why,
		  struct err *err)
{
	char subject[64];

	(void)snprintf(subject, sizeof(subject), "mounts[%d].%s", op->mount,
		       field);
	return err_at(err, SANDBOX_ERROR_UNSUPPORTED, EOPNOTSUPP,
		      "open the source", subject, "%s: %s", subject, why);
}

/* "36 35 98:0 /root /target rw,noatime shared:1 master:2 - ext4 ..." */
static bool line_propagates(const char *line)
{
	const char *end = strstr(line, " - ");
	const char *shared = strstr(line, " shared:");
	const char *master = strstr(line, " master:");

	return (shared != NULL && shared < end) ||
	       (master != NULL && master < end);
}

/* Whether the mount of that number hears of later mounts; -errno. */
static int mount_propagates(unsigned long long id)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	_cleanup_free_ char *line = NULL;
	size_t size = 0;
	int r = -ENOENT;

	if (file == NULL) {
		return -errno;
	}
	while (r < 0 && getline(&line, &size, file) > 0) {
		if (strtoull(line, NULL, 10) == id) {
			r = line_propagates(line) ? 1 : 0;
		}
	}
	(void)fclose(file);
	return r;
}

static int check_propagation(const struct plan_op *op, int fd, struct err *err)
{
	struct statx found;
	int r = statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &found) < 0
			? -errno
			: mount_propagates(found.stx_mnt_id);

	if (r > 0) {
		return 0;
	}
	return refuse(op, "propagation",
		      r == 0 ? "SLAVE: the host's mount is private, so nothing "
			       "would ever come through"
			     : "SLAVE: the host's mount cannot be looked at",
		      err);
}

/* Whether something is wanted that the host's mount may keep from it. */
static bool wanted(const struct plan_op *op)
{
	uint64_t both = MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID;

	return op->kind == PLAN_OP_BIND && (op->attributes & both) != both;
}

int source_check_mount(const struct plan *plan, size_t i, int fd,
		       struct source_notes *notes, struct err *err)
{
	const struct plan_op *op = &plan_ops(plan)[plan_sources(plan)[i].op];
	struct statfs found;

	if ((op->flags & PLAN_OP_SLAVE) != 0) {
		int r = check_propagation(op, fd, err);

		if (r < 0) {
			return r;
		}
	}
	if (!wanted(op) || kernel_fstatfs(fd, &found) < 0) {
		return 0;
	}
	if (!(op->attributes & MOUNT_ATTR_NODEV) &&
	    (found.f_flags & ST_NODEV) != 0) {
		if ((op->flags & PLAN_OP_HAS_DEV) != 0) {
			return refuse(op, "dev", "the host's mount is nodev",
				      err);
		}
		source_set_add(&notes->nodev, (uint32_t)i);
	}
	if (!(op->attributes & MOUNT_ATTR_NOSUID) &&
	    (found.f_flags & ST_NOSUID) != 0) {
		if ((op->flags & PLAN_OP_HAS_SUID) != 0) {
			return refuse(op, "suid", "the host's mount is nosuid",
				      err);
		}
		source_set_add(&notes->nosuid, (uint32_t)i);
	}
	return 0;
}
