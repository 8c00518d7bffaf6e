/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's groups: made when first wanted, swept, removed; see groups.h. */
#include "engine/groups.h"

#include "base/cleanup.h"
#include "engine/group_files.h"
#include "kernel/file.h"
#include "kernel/process.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How long the last one waits for processes that are dying. */
#define LAST_WAIT_NS  2000000000U
#define LOOK_EVERY_US 2000

/* A group whose sandbox was let go before its last process had gone. */
struct leftover {
	struct leftover *next;
	char name[sizeof(((struct cgroup_group *)0)->name)];
};

struct groups {
	pid_t owner;
	bool privileged;
	pthread_mutex_t lock; /* of what follows */
	unsigned int references;
	bool made;
	uint64_t count;
	struct cgroup_home home;
	struct leftover *leftovers;
};

struct groups *groups_new(bool privileged)
{
	struct groups *groups = calloc(1, sizeof(*groups));

	if (groups != NULL) {
		groups->owner = getpid();
		groups->privileged = privileged;
		groups->references = 1;
		(void)pthread_mutex_init(&groups->lock, NULL);
	}
	return groups;
}

struct groups *groups_ref(struct groups *groups)
{
	(void)pthread_mutex_lock(&groups->lock);
	groups->references++;
	(void)pthread_mutex_unlock(&groups->lock);
	return groups;
}

/* With the lock held: removes what has become empty.  False: not all. */
static bool sweep(struct groups *groups)
{
	struct leftover **at = &groups->leftovers;

	while (*at != NULL) {
		struct leftover *one = *at;
		struct cgroup_group group = { .count = 0 };

		(void)snprintf(group.name, sizeof(group.name), "%s", one->name);
		if (cgroup_group_remove(&groups->home, &group) == -EBUSY) {
			at = &one->next;
			continue;
		}
		*at = one->next;
		free(one);
	}
	return groups->leftovers == NULL;
}

static void end(struct groups *groups)
{
	uint64_t limit = kernel_now_ns() + LAST_WAIT_NS;

	if (groups->owner == getpid()) {
		while (!sweep(groups) && kernel_now_ns() < limit) {
			(void)usleep(LOOK_EVERY_US);
		}
		cgroup_home_remove(&groups->home);
	} else {
		cgroup_home_forget(&groups->home);
	}
	while (groups->leftovers != NULL) {
		struct leftover *one = groups->leftovers;

		groups->leftovers = one->next;
		free(one);
	}
	(void)pthread_mutex_destroy(&groups->lock);
	free(groups);
}

void groups_unref(struct groups *groups)
{
	bool last = false;

	if (groups == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&groups->lock);
	last = --groups->references == 0;
	(void)pthread_mutex_unlock(&groups->lock);
	if (last) {
		end(groups);
	}
}

/* With the lock held. */
static int make_home(struct groups *groups, struct err *err)
{
	_cleanup_close_ int root =
		kernel_openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
	struct cgroup_tree tree;
	int r = root < 0 ? root : cgroup_tree_read(root, &tree);

	if (r < 0) {
		return err_at(err, err_kind_of_errno(-r), -r,
			      "find the host's control groups", "",
			      "find the host's control groups: %s",
			      err_errno_name(-r));
	}
	r = cgroup_home_make(root, &tree, groups->privileged, &groups->home,
			     err);
	groups->made = r >= 0;
	return r;
}

static int make_group(struct groups *groups, const struct plan *plan,
		      const char *id, struct cgroup_group *ret, struct err *err)
{
	char name[sizeof(ret->name)];
	int r = 0;

	(void)pthread_mutex_lock(&groups->lock);
	(void)sweep(groups);
	if (!groups->made) {
		r = make_home(groups, err);
	}
	(void)snprintf(name, sizeof(name), "%.64s.%llx", id,
		       (unsigned long long)groups->count++);
	if (r >= 0) {
		r = cgroup_group_make(&groups->home, name,
				      plan->cgroup_controllers, ret, err);
	}
	(void)pthread_mutex_unlock(&groups->lock);
	return r;
}

int group_begin(struct groups *groups, const struct plan *plan, const char *id,
		struct sandbox_group *ret, struct err *err)
{
	int r = 0;

	if (plan->cgroup_controllers == 0) {
		return 0;
	}
	r = make_group(groups, plan, id, &ret->group, err);
	if (r < 0) {
		return r;
	}
	ret->groups = groups_ref(groups);
	return group_files_set(plan, &ret->group, err);
}

int group_open(const struct sandbox_group *group,
	       struct launch_request *request, int *fds, struct err *err)
{
	return group->groups == NULL
		       ? 0
		       : group_files_open(&group->group, request, fds, err);
}

void group_end(struct sandbox_group *group)
{
	struct groups *groups = group->groups;
	struct leftover *one = NULL;

	if (groups == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&groups->lock);
	if (groups->owner == getpid() &&
	    cgroup_group_remove(&groups->home, &group->group) == -EBUSY) {
		one = calloc(1, sizeof(*one));
	}
	if (one != NULL) {
		memcpy(one->name, group->group.name, sizeof(one->name));
		one->next = groups->leftovers;
		groups->leftovers = one;
	}
	(void)pthread_mutex_unlock(&groups->lock);
	cgroup_group_close(&group->group);
	group->groups = NULL;
	groups_unref(groups);
}
