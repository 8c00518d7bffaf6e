/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a device of the host's is in the sandbox what the spec says of it.
 *
 * The kernel asks the permission bits of the node and nothing else: a
 * read-only mount does not keep a device from being written to, and a mount
 * that may be written to does not help where the bits do not let.  So both are
 * found out here, where the error can name the field.
 */
#include "base/cleanup.h"
#include "engine/engine.h"
#include "kernel/file.h"
#include "plan/source_field.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int refuse(const struct plan *plan, size_t i, const char *member,
		  const char *why, struct err *err)
{
	char subject[PLAN_SOURCE_FIELD_BYTES];

	(void)snprintf(subject, sizeof(subject), "security.devices[%u].%s",
		       plan_sources(plan)[i].element, member);
	return err_at(err, SANDBOX_ERROR_UNSUPPORTED, EOPNOTSUPP,
		      "open the source", subject, "%s: \"%s\": %s", subject,
		      plan_string(plan, plan_sources(plan)[i].path), why);
}

/*
 * Whether some process of the sandbox has @access, one of R_OK and W_OK.  A
 * leased id is that of no node; a single one is the caller's, with the
 * caller's groups at most, and may be root's with all that it may.  Maps of the
 * spec's may hold the owner, who may change the mode.
 */
static bool may(const struct plan *plan, int fd, const struct stat *node,
		int access)
{
	mode_t others = access == W_OK ? S_IWOTH : S_IROTH;

	if ((node->st_mode & others) != 0) {
		return true;
	}
	if (plan->identity == PLAN_IDENTITY_EXPLICIT) {
		return true;
	}
	return plan->identity == PLAN_IDENTITY_SINGLE &&
	       faccessat(fd, "", access, AT_EMPTY_PATH | AT_EACCESS) == 0;
}

static int check_access(const struct plan *plan, size_t i, int fd,
			const struct stat *node, struct err *err)
{
	const struct plan_op *op = &plan_ops(plan)[plan_sources(plan)[i].op];
	bool writes = (op->flags & PLAN_OP_WRITES) != 0;
	bool can = may(plan, fd, node, W_OK);

	if (writes && !can) {
		return refuse(plan, i, "writable",
			      "its permissions let no id of the sandbox write",
			      err);
	}
	if (!writes && can) {
		return refuse(plan, i, "writable",
			      "false: its permissions let the sandbox write, "
			      "and the kernel heeds no read-only mount there",
			      err);
	}
	if (!writes && !may(plan, fd, node, R_OK)) {
		return refuse(plan, i, "source",
			      "its permissions let no id of the sandbox read",
			      err);
	}
	return 0;
}

int source_check_device(const struct plan *plan, size_t i, int fd,
			struct err *err)
{
	struct statfs found;
	struct stat node;

	if (kernel_fstat(fd, &node) < 0 ||
	    !(S_ISCHR(node.st_mode) || S_ISBLK(node.st_mode))) {
		return refuse(plan, i, "source", "is no device", err);
	}
	if (kernel_fstatfs(fd, &found) < 0 || (found.f_flags & ST_NODEV) != 0) {
		return refuse(plan, i, "source",
			      "the host's mount that it lies on is nodev", err);
	}
	return check_access(plan, i, fd, &node, err);
}
