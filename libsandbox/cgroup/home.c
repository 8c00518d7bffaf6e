/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's directories: found a place, made, locked, swept; see group.h. */
#include "base/cleanup.h"
#include "cgroup/group.h"
#include "kernel/file.h"
#include "kernel/process.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>

#define PREFIX "libsandbox-"
/* Of version 2, which processes of a group with controllers have to be in. */
#define LEAF "libsandbox-host"

static int open_directory(int at, const char *path)
{
	return kernel_openat(at, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
}

/* Nobody holds it: its groups are empty or on the way to be. */
static void sweep_one(int parent, const char *name)
{
	_cleanup_close_ int fd = open_directory(parent, name);
	DIR *list = NULL;
	const struct dirent *entry = NULL;

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0) {
		return;
	}
	list = fdopendir(fd);
	if (list == NULL) {
		return;
	}
	(void)take_fd(&fd);
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is ours alone */
	while ((entry = readdir(list)) != NULL) {
		if (entry->d_type == DT_DIR && entry->d_name[0] != '.') {
			(void)unlinkat(dirfd(list), entry->d_name,
				       AT_REMOVEDIR);
		}
	}
	(void)unlinkat(parent, name, AT_REMOVEDIR);
	(void)closedir(list);
}

static void sweep(int parent)
{
	int copy = open_directory(parent, ".");
	DIR *list = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry = NULL;

	if (list == NULL) {
		close_fdp(&copy);
		return;
	}
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is ours alone */
	while ((entry = readdir(list)) != NULL) {
		if (strncmp(entry->d_name, PREFIX, sizeof(PREFIX) - 1) == 0 &&
		    strcmp(entry->d_name, LEAF) != 0) {
			sweep_one(parent, entry->d_name);
		}
	}
	(void)closedir(list);
}

/* Hands every controller that is there on to the groups below. */
static int enable_controllers(int directory)
{
	struct cgroup_part part = { .version = 2, .directory = directory };
	char list[512];
	char *state = NULL;
	int r = cgroup_read(&part, "cgroup.controllers", list, sizeof(list));

	for (char *word = r < 0 ? NULL : strtok_r(list, " ", &state);
	     word != NULL && r >= 0; word = strtok_r(NULL, " ", &state)) {
		char order[64];
		int n = snprintf(order, sizeof(order), "+%.60s", word);

		r = kernel_write_file(directory, "cgroup.subtree_control",
				      order, (size_t)n);
		/* Some have to be enabled elsewhere first; those that a limit
		 * needs are missed when that is written. */
		r = r == -EBUSY ? r : 0;
	}
	return r;
}

/*
 * A group of version 2 whose children have controllers may not hold processes
 * itself: the host's moves into a leaf, where it is the only one.
 */
static int make_room(int directory)
{
	int r = enable_controllers(directory);

	if (r != -EBUSY) {
		return r;
	}
	if (!cgroup_is_alone(directory)) {
		return -EBUSY;
	}
	r = kernel_mkdirat(directory, LEAF, 0755);
	if (r >= 0 || r == -EEXIST) {
		r = kernel_write_file(directory, LEAF "/cgroup.procs", "0", 1);
	}
	return r < 0 ? r : enable_controllers(directory);
}

static bool is_there(int parent, const char *name, int directory)
{
	struct stat opened;
	struct stat there;

	return kernel_fstat(directory, &opened) >= 0 &&
	       fstatat(parent, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	       opened.st_ino == there.st_ino;
}

/*
 * Made, and locked before anybody else has seen it without a lock: who did may
 * have removed it, and then it is made again.
 */
static int make_locked(int parent, const char *name)
{
	int r = 0;

	for (int i = 0; i < 16; i++) {
		_cleanup_close_ int directory = NO_FD;

		r = kernel_mkdirat(parent, name, 0755);
		if (r < 0 && r != -EEXIST) {
			return r;
		}
		directory = open_directory(parent, name);
		r = directory;
		if (directory >= 0 &&
		    flock(directory, LOCK_EX | LOCK_NB) == 0 &&
		    is_there(parent, name, directory)) {
			return take_fd(&directory);
		}
	}
	return r < 0 ? r : -EAGAIN;
}

/* The engine's directory in one hierarchy, or -errno with nothing made. */
static int make_part(struct cgroup_home *home, int parent,
		     const struct cgroup_hierarchy *hierarchy)
{
	struct cgroup_part *part = &home->parts[home->count];
	const struct cgroup_part above = { .directory = parent };
	int r = hierarchy->version == 2 ? make_room(parent) : 0;

	if (r >= 0) {
		r = make_locked(parent, home->name);
	}
	if (r < 0) {
		return r;
	}
	*part = (struct cgroup_part){ hierarchy->version,
				      hierarchy->controllers, r };
	if (hierarchy->version == 2) {
		r = enable_controllers(part->directory);
	} else if ((part->controllers & 1U << CGROUP_CPUSET) != 0) {
		r = cgroup_inherit_cpuset(&above, part);
	}
	if (r < 0) {
		close_fdp(&part->directory);
		(void)unlinkat(parent, home->name, AT_REMOVEDIR);
		return r;
	}
	home->parents[home->count++] = parent;
	return 0;
}

int cgroup_home_make(int root, const struct cgroup_tree *tree, bool privileged,
		     struct cgroup_home *ret, struct err *err)
{
	uint64_t random = 0;
	int r = -ENOENT;

	*ret = (struct cgroup_home)CGROUP_HOME_INIT;
	if (getrandom(&random, sizeof(random), GRND_NONBLOCK) !=
	    sizeof(random)) {
		random = kernel_now_ns(); /* a name, not a secret */
	}
	(void)snprintf(ret->name, sizeof(ret->name), PREFIX "%016llx",
		       (unsigned long long)random);
	for (size_t i = 0; i < tree->count; i++) {
		int parent = cgroup_open_parent(root, &tree->hierarchies[i],
						privileged);

		r = parent;
		if (parent < 0) {
			continue;
		}
		sweep(parent);
		r = make_part(ret, parent, &tree->hierarchies[i]);
		if (r < 0) {
			close_fdp(&parent);
		}
	}
	if (ret->count > 0) {
		return 0;
	}
	return err_at(err, err_kind_of_errno(-r), -r,
		      "make the engine's control groups", "",
		      "make the engine's control groups: %s",
		      err_errno_name(-r));
}

void cgroup_home_forget(struct cgroup_home *home)
{
	for (size_t i = 0; i < home->count; i++) {
		close_fdp(&home->parts[i].directory);
		close_fdp(&home->parents[i]);
	}
	home->count = 0;
}

void cgroup_home_remove(struct cgroup_home *home)
{
	for (size_t i = 0; i < home->count; i++) {
		(void)unlinkat(home->parents[i], home->name, AT_REMOVEDIR);
	}
	cgroup_home_forget(home);
}
