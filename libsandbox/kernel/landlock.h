/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Landlock: domains that a process enters and never leaves.  The constants are
 * given here, as headers of distributions are behind the kernel's ABI.
 */
#ifndef SANDBOX_KERNEL_LANDLOCK_H
#define SANDBOX_KERNEL_LANDLOCK_H

#include "kernel/file.h"
#include "kernel/syscall.h"

#define KERNEL_LANDLOCK_CREATE_RULESET 444
#define KERNEL_LANDLOCK_ADD_RULE       445
#define KERNEL_LANDLOCK_RESTRICT_SELF  446

/* Rights below a path, in the order of their bits. */
enum kernel_landlock_fs {
	KERNEL_LANDLOCK_EXECUTE = 1U << 0,
	KERNEL_LANDLOCK_WRITE_FILE = 1U << 1,
	KERNEL_LANDLOCK_READ_FILE = 1U << 2,
	KERNEL_LANDLOCK_READ_DIR = 1U << 3,
	KERNEL_LANDLOCK_REMOVE_DIR = 1U << 4,
	KERNEL_LANDLOCK_REMOVE_FILE = 1U << 5,
	KERNEL_LANDLOCK_MAKE_CHAR = 1U << 6,
	KERNEL_LANDLOCK_MAKE_DIR = 1U << 7,
	KERNEL_LANDLOCK_MAKE_REG = 1U << 8,
	KERNEL_LANDLOCK_MAKE_SOCK = 1U << 9,
	KERNEL_LANDLOCK_MAKE_FIFO = 1U << 10,
	KERNEL_LANDLOCK_MAKE_BLOCK = 1U << 11,
	KERNEL_LANDLOCK_MAKE_SYM = 1U << 12,
	KERNEL_LANDLOCK_REFER = 1U << 13,     /* ABI 2 */
	KERNEL_LANDLOCK_TRUNCATE = 1U << 14,  /* ABI 3 */
	KERNEL_LANDLOCK_IOCTL_DEV = 1U << 15, /* ABI 5 */
};

/* Those that mean something for what is no directory. */
#define KERNEL_LANDLOCK_OF_FILES                                \
	(KERNEL_LANDLOCK_EXECUTE | KERNEL_LANDLOCK_WRITE_FILE | \
	 KERNEL_LANDLOCK_READ_FILE | KERNEL_LANDLOCK_TRUNCATE | \
	 KERNEL_LANDLOCK_IOCTL_DEV)

enum kernel_landlock_net {
	KERNEL_LANDLOCK_BIND_TCP = 1U << 0, /* ABI 4 */
	KERNEL_LANDLOCK_CONNECT_TCP = 1U << 1,
};

enum kernel_landlock_scope {
	KERNEL_LANDLOCK_SCOPE_ABSTRACT = 1U << 0, /* ABI 6 */
	KERNEL_LANDLOCK_SCOPE_SIGNAL = 1U << 1,
};

struct kernel_landlock_ruleset {
	uint64_t fs;
	uint64_t net;
	uint64_t scoped;
};

struct kernel_landlock_path {
	uint64_t access;
	int32_t fd;
} __attribute__((packed));

struct kernel_landlock_port {
	uint64_t access;
	uint64_t port;
};

/* The version of the ABI, from 1, or -errno. */
static inline int kernel_landlock_abi(void)
{
	return (int)kernel_call3(KERNEL_LANDLOCK_CREATE_RULESET, NULL, 0, 1);
}

/* @set without what follows it; an older kernel takes a shorter one. */
static inline int kernel_landlock_create(
	const struct kernel_landlock_ruleset *set)
{
	size_t size = sizeof(*set);

	if (set->scoped == 0) {
		size -= sizeof(set->scoped);
		size -= set->net == 0 ? sizeof(set->net) : 0;
	}
	return kernel_above_stdio((int)kernel_call3(
		KERNEL_LANDLOCK_CREATE_RULESET, set, size, 0));
}

static inline int kernel_landlock_add_path(
	int ruleset, const struct kernel_landlock_path *rule)
{
	return (int)kernel_call4(KERNEL_LANDLOCK_ADD_RULE, ruleset, 1, rule, 0);
}

static inline int kernel_landlock_add_port(
	int ruleset, const struct kernel_landlock_port *rule)
{
	return (int)kernel_call4(KERNEL_LANDLOCK_ADD_RULE, ruleset, 2, rule, 0);
}

static inline int kernel_landlock_restrict(int ruleset)
{
	return (int)kernel_call2(KERNEL_LANDLOCK_RESTRICT_SELF, ruleset, 0);
}

#endif
