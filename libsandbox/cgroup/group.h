/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The groups of an engine and of its sandboxes.  An engine has a directory of
 * its own in each hierarchy, locked with flock(2) for as long as it lives; each
 * sandbox has one below it.  A directory that nobody holds locked is what an
 * engine left that was killed, and is removed by the next one.
 */
#ifndef SANDBOX_CGROUP_GROUP_H
#define SANDBOX_CGROUP_GROUP_H

#include "base/err.h"
#include "cgroup/tree.h"

#include <stdbool.h>
#include <stdint.h>

/* A directory in one hierarchy. */
struct cgroup_part {
	unsigned int version;
	uint32_t controllers;
	int directory; /* O_PATH, or NO_FD */
};

/* Where an engine makes the groups of its sandboxes. */
struct cgroup_home {
	size_t count;
	struct cgroup_part parts[CGROUP_MAX_HIERARCHIES];
	int parents[CGROUP_MAX_HIERARCHIES]; /* what each part lies in */
	char name[32];
};

#define CGROUP_HOME_INIT   \
	{                  \
		.count = 0 \
	}

/*
 * Makes the engine's directories in all hierarchies of @tree that this process
 * may use, below its own group in version 1, below the root in version 2 for
 * a @privileged caller and below its own group, into a leaf of which it then
 * moves, for others; and removes those that dead engines left.  @root: "/".
 * Hierarchies that it may not use are left out.
 */
int cgroup_home_make(int root, const struct cgroup_tree *tree, bool privileged,
		     struct cgroup_home *ret, struct err *err);
void cgroup_home_remove(struct cgroup_home *home);
/* In a fork of the owner: closes, and leaves everything where it is. */
void cgroup_home_forget(struct cgroup_home *home);

/* usable.c: NULL, or why not: "this user may not make groups in". */
const char *cgroup_obstacle(int root, const struct cgroup_hierarchy *hierarchy,
			    bool privileged);
/* Whether this user may change the groups there, alone in its own or not. */
bool cgroup_is_callers(int root, const struct cgroup_hierarchy *hierarchy,
		       bool privileged);
/* The directory that the engine's is to lie in. */
int cgroup_open_parent(int root, const struct cgroup_hierarchy *hierarchy,
		       bool privileged);
/* Whether no other process is in the group. */
bool cgroup_is_alone(int directory);

struct cgroup_group {
	size_t count;
	struct cgroup_part parts[CGROUP_MAX_HIERARCHIES];
	char name[96];
};

/*
 * Makes the group @name in every hierarchy that has one of @controllers.
 * -EEXIST where there is one.  On failure nothing is left.
 */
int cgroup_group_make(const struct cgroup_home *home, const char *name,
		      uint32_t controllers, struct cgroup_group *ret,
		      struct err *err);

/* The part with @controller, or NULL. */
const struct cgroup_part *cgroup_group_part(const struct cgroup_group *group,
					    enum cgroup_controller controller);

/*
 * Removes what is empty by now.  -EBUSY: processes are still in it; call it
 * again.  Afterwards the group has no descriptors.
 */
int cgroup_group_remove(const struct cgroup_home *home,
			struct cgroup_group *group);
void cgroup_group_close(struct cgroup_group *group);

enum cgroup_check {
	CGROUP_EXACT = 0, /* reads as it was written */
	CGROUP_BYTES = 1, /* rounded to pages by the kernel */
	CGROUP_LINE = 2,  /* one line of several */
};

/* Writes @value to @file and reads it back.  -ENOENT, -EILSEQ, -errno. */
int cgroup_write(const struct cgroup_part *part, const char *file,
		 const char *value, enum cgroup_check check);

/*
 * Version 1: a new group has no processors and no memory nodes, and nothing
 * may be put into it before it has.
 */
int cgroup_inherit_cpuset(const struct cgroup_part *from,
			  const struct cgroup_part *to);

/* The text of @file without its last line feed, cut to @size. */
int cgroup_read(const struct cgroup_part *part, const char *file, char *ret,
		size_t size);

/* The number in @file, or behind the word @key of one of its lines. */
int cgroup_read_number(const struct cgroup_part *part, const char *file,
		       const char *key, uint64_t *ret);

#endif
