/* SPDX-License-Identifier: Apache-2.0 */
/* What is written to, read from and passed on of a sandbox's control group. */
#ifndef SANDBOX_ENGINE_GROUP_FILES_H
#define SANDBOX_ENGINE_GROUP_FILES_H

#include "base/err.h"
#include "cgroup/group.h"
#include "launcher/protocol.h"

/* Writes the plan's settings and reads them back. */
int group_files_set(const struct plan *plan, const struct cgroup_group *group,
		    struct err *err);

/* Opens what init needs; on failure nothing is open. */
int group_files_open(const struct cgroup_group *group,
		     struct launch_request *request, int *fds, struct err *err);

#endif
