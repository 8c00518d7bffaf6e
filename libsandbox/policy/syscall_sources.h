/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the generator of the system-call tables is fed with, besides the
 * numbers that libseccomp knows.  None of it ends up in the library.
 */
#ifndef SANDBOX_POLICY_SYSCALL_SOURCES_H
#define SANDBOX_POLICY_SYSCALL_SOURCES_H

#include "policy/syscalls.h"

/* The calls of one group; @names ends with NULL. */
struct syscall_class {
	enum syscall_group group;
	const char *const *names;
};

extern const struct syscall_class syscall_classes[];
extern const size_t syscall_class_count;

/*
 * Calls that libseccomp 2.5.4 does not know, through Linux 6.18.  A newer
 * libseccomp that knows them must agree, or the build stops.
 */
extern const struct syscall_row syscall_newer[];
extern const size_t syscall_newer_count;

#endif
