/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel's rights in the order of their bits, and two groups of them. */
#include "spec/landlock_names.h"

#include "base/array.h"

#include <stddef.h>
#include <string.h>

static const char *const rights[] = {
	"execute",    "write_file",  "read_file", "read_dir",
	"remove_dir", "remove_file", "make_char", "make_dir",
	"make_reg",   "make_sock",   "make_fifo", "make_block",
	"make_sym",   "refer",       "truncate",  "ioctl_dev",
};

static const struct {
	const char *name;
	uint64_t access;
} groups[] = {
	{ "read", 1U << 2 | 1U << 3 },
	/* All but device nodes, which no sandbox can make. */
	{ "write", 1U << 1 | 1U << 4 | 1U << 5 | 1U << 7 | 1U << 8 | 1U << 9 |
			   1U << 10 | 1U << 12 | 1U << 13 | 1U << 14 },
};

uint64_t landlock_access(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		if (strcmp(groups[i].name, name) == 0) {
			return groups[i].access;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(rights); i++) {
		if (strcmp(rights[i], name) == 0) {
			return (uint64_t)1 << i;
		}
	}
	return 0;
}

const char *landlock_right_name(unsigned int number)
{
	return number < ARRAY_SIZE(rights) ? rights[number] : NULL;
}
