/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names, numbers and groups of the system calls of each architecture.  The
 * tables are made when the library is built (generate_syscalls.c); looking
 * something up here neither allocates nor calls libseccomp.
 */
#ifndef SANDBOX_POLICY_SYSCALLS_H
#define SANDBOX_POLICY_SYSCALLS_H

#include <stddef.h>
#include <stdint.h>

enum syscall_arch {
	SYSCALL_X86_64,
	SYSCALL_AARCH64,
	SYSCALL_ARCHES, /* how many there are */
};

#if defined(__x86_64__) && !defined(__ILP32__)
#define SYSCALL_ARCH_NATIVE SYSCALL_X86_64
#elif defined(__aarch64__) && !defined(__ILP32__)
#define SYSCALL_ARCH_NATIVE SYSCALL_AARCH64
#else
#error "no table of system calls for this architecture"
#endif

/* What the default profile does with a call; filter_profile.c has the rules. */
enum syscall_group {
	SYSCALL_REFUSED, /* known and not named by the profile: EPERM */
	SYSCALL_ALLOWED,
	SYSCALL_ABSENT, /* ENOSYS, so that the caller takes its older way */
	SYSCALL_CLONE,
	SYSCALL_IOCTL,
	SYSCALL_PERSONALITY,
	SYSCALL_SOCKET,
	SYSCALL_SOCKETPAIR,
	SYSCALL_OF_PROCESS, /* acts on the process in the first argument */
	SYSCALL_PRIORITY,
	SYSCALL_IOPRIO,
	SYSCALL_GROUPS, /* how many there are */
};

/* A system call by name. */
struct syscall_row {
	const char *name;
	short number[SYSCALL_ARCHES]; /* -1 where there is none */
	unsigned char group;          /* enum syscall_group */
};

/* The rows of one architecture, in ascending order of number. */
struct syscall_list {
	const unsigned short *rows;
	size_t count;
};

extern const struct syscall_row syscall_rows[]; /* in order of name */
extern const size_t syscall_row_count;
extern const struct syscall_list syscall_by_number[SYSCALL_ARCHES];

/* NULL if no architecture of ours has such a call. */
const struct syscall_row *syscall_find(const char *name);

/* -ENOENT if @arch has no such call. */
int syscall_number(enum syscall_arch arch, const char *name);

/* NULL if the number is not in use. */
const char *syscall_name(enum syscall_arch arch, uint32_t number);

/* AUDIT_ARCH_..., as seccomp shows it to a filter. */
uint32_t syscall_audit_arch(enum syscall_arch arch);

/* "x86_64" */
const char *syscall_arch_name(enum syscall_arch arch);

#endif
