/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the namespaces that a sandbox is to join, as the caller. */
#include "base/cleanup.h"
#include "engine/engine.h"
#include "kernel/file.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>

static const char *field_of(const struct plan_join *join)
{
	if (join->type == CLONE_NEWNET) {
		return join->path != 0 ? "network.join_path"
				       : "network.join_fd";
	}
	if (join->type == CLONE_NEWCGROUP) {
		return "namespaces.cgroup_join";
	}
	return join->type == CLONE_NEWIPC ? "namespaces.ipc_join"
					  : "namespaces.uts_join";
}

static int open_one(const struct plan *plan, const struct plan_join *join,
		    const struct passed_fds *passed)
{
	if (join->path != 0) {
		/* /proc/PID/ns/net is a magic link, and meant. */
		int fd = open(plan_string(plan, join->path),
			      O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

		return fd < 0 ? -errno : fd;
	}
	return kernel_fcntl(passed_fd(passed, join->fd_index), F_DUPFD_CLOEXEC,
			    3);
}

int joins_open(const struct plan *plan, const struct passed_fds *passed,
	       int *ret, struct err *err)
{
	for (uint32_t i = 0; i < plan->n_joins; i++) {
		const struct plan_join *join = &plan->joins[i];
		const char *field = field_of(join);
		_cleanup_close_ int fd = open_one(plan, join, passed);
		int error = fd < 0 ? -fd : EINVAL;

		if (fd < 0 ||
		    ioctl(fd, NS_GET_NSTYPE) != (int)(uint32_t)join->type) {
			fds_close(ret, i);
			return err_at(err, SANDBOX_ERROR_SPEC, error,
				      "open the namespace", field,
				      "%s: \"%s\" %s (%s)", field,
				      plan_string(plan, join->path),
				      error == EINVAL
					      ? "is no namespace of this kind"
					      : err_errno_words(error),
				      err_errno_name(error));
		}
		ret[i] = take_fd(&fd);
	}
	return 0;
}
