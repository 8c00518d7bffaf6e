/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compares the descriptors of this process with those it had.  It asks for
 * each number in turn instead of listing /proc/self/fd, which a test that
 * changed its user id or its root may no longer read.
 */
#include "lib/fdcheck.h"

#include "lib/tap.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A leak takes the lowest free number, so it shows below this one. */
enum {
	FD_LIMIT = 4096
};

struct fd_table {
	struct {
		dev_t device;
		ino_t inode;
		bool open;
	} slots[FD_LIMIT];
};

struct fd_table *fd_table_take(void)
{
	struct fd_table *table = calloc(1, sizeof(*table));

	if (table == NULL) {
		tap_fail(TAP_HERE, "no memory for the descriptor table");
	}
	for (int fd = 0; fd < FD_LIMIT; fd++) {
		struct stat status;

		if (fstat(fd, &status) == 0) {
			table->slots[fd].open = true;
			table->slots[fd].device = status.st_dev;
			table->slots[fd].inode = status.st_ino;
		}
	}
	return table;
}

/* Prints what @fd is, where /proc may be read. */
static void print_target(const char *what, int fd)
{
	char link[64];
	char target[256];
	ssize_t length;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, target, sizeof(target) - 1);
	target[length < 0 ? 0 : length] = '\0';
	(void)fprintf(stderr, "descriptor %d %s %s\n", fd, what, target);
}

static int count_changes(const struct fd_table *before,
			 const struct fd_table *after)
{
	int changes = 0;

	for (int fd = 0; fd < FD_LIMIT; fd++) {
		if (before->slots[fd].open && !after->slots[fd].open) {
			print_target("was closed", fd);
			changes++;
		} else if (!before->slots[fd].open && after->slots[fd].open) {
			print_target("was left open:", fd);
			changes++;
		} else if (before->slots[fd].device !=
				   after->slots[fd].device ||
			   before->slots[fd].inode != after->slots[fd].inode) {
			print_target("is another file now:", fd);
			changes++;
		}
	}
	return changes;
}

void fd_table_check(struct fd_table *before)
{
	struct fd_table *after = fd_table_take();
	int changes = count_changes(before, after);

	free(before);
	free(after);
	if (changes != 0) {
		tap_fail(TAP_HERE, "%d descriptors changed", changes);
	}
}
