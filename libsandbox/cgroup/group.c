/* SPDX-License-Identifier: Apache-2.0 */
/* The group of one sandbox, in as many hierarchies as its limits need. */
#include "cgroup/group.h"

#include "base/cleanup.h"
#include "kernel/file.h"

#include <stdio.h>
#include <string.h>

static int make_part(const struct cgroup_part *home, const char *name,
		     struct cgroup_part *ret)
{
	int r = kernel_mkdirat(home->directory, name, 0755);

	if (r < 0) {
		return r;
	}
	*ret = *home;
	ret->directory = kernel_openat(home->directory, name,
				       O_PATH | O_DIRECTORY | O_NOFOLLOW, 0);
	r = ret->directory;
	if (r >= 0 && home->version == 1 &&
	    (home->controllers & 1U << CGROUP_CPUSET) != 0) {
		r = cgroup_inherit_cpuset(home, ret);
	}
	if (r < 0) {
		close_fdp(&ret->directory);
		(void)unlinkat(home->directory, name, AT_REMOVEDIR);
	}
	return r;
}

int cgroup_group_make(const struct cgroup_home *home, const char *name,
		      uint32_t controllers, struct cgroup_group *ret,
		      struct err *err)
{
	int r = 0;

	*ret = (struct cgroup_group){ .count = 0 };
	(void)snprintf(ret->name, sizeof(ret->name), "%s", name);
	for (size_t i = 0; i < home->count && r >= 0; i++) {
		if ((home->parts[i].controllers & controllers) == 0) {
			continue;
		}
		r = make_part(&home->parts[i], ret->name,
			      &ret->parts[ret->count]);
		ret->count += r >= 0;
	}
	if (r < 0) {
		(void)cgroup_group_remove(home, ret);
		err_at(err, err_kind_of_errno(-r), -r, "make the control group",
		       ret->name, "make the control group \"%s\": %s",
		       ret->name, err_errno_name(-r));
	}
	return r;
}

const struct cgroup_part *cgroup_group_part(const struct cgroup_group *group,
					    enum cgroup_controller controller)
{
	for (size_t i = 0; i < group->count; i++) {
		if ((group->parts[i].controllers & 1U << controller) != 0) {
			return &group->parts[i];
		}
	}
	return NULL;
}

void cgroup_group_close(struct cgroup_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		close_fdp(&group->parts[i].directory);
	}
	group->count = 0;
}

int cgroup_group_remove(const struct cgroup_home *home,
			struct cgroup_group *group)
{
	int r = 0;

	for (size_t i = 0; i < home->count; i++) {
		if (unlinkat(home->parts[i].directory, group->name,
			     AT_REMOVEDIR) < 0 &&
		    errno != ENOENT) {
			r = -errno;
		}
	}
	if (r != -EBUSY) {
		cgroup_group_close(group);
	}
	return r;
}
