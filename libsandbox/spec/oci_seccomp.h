/* SPDX-License-Identifier: Apache-2.0 */
/* A seccomp profile as OCI, Docker and Podman write it. */
#ifndef SANDBOX_SPEC_OCI_SECCOMP_H
#define SANDBOX_SPEC_OCI_SECCOMP_H

#include "spec/arena.h"

#include <sandbox/v1/spec.pb-c.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OCI_SECCOMP_BYTES (256U << 10)
#define OCI_SECCOMP_RULES 1024U
#define OCI_SECCOMP_NAMES 1024U /* of one rule */
#define OCI_SECCOMP_ARENA (4U << 20)

/* A list of strings, in its order. */
struct oci_text {
	const struct oci_text *next;
	const char *text;
};

/* When a rule is there, or is not. */
struct oci_condition {
	uint64_t capabilities;
	const struct oci_text *arches; /* as Go names them: "amd64" */
	uint32_t min_kernel;           /* major << 16 | minor; 0: none */
};

struct oci_rule {
	struct oci_rule *next;
	const struct oci_text *names;
	size_t n_names;
	struct oci_condition includes;
	struct oci_condition excludes;
	Sandbox__V1__SyscallRule rule; /* without names */
	Sandbox__V1__SyscallArg args[6];
	Sandbox__V1__SyscallArg *arg_list[6];
};

struct oci_seccomp {
	Sandbox__V1__Seccomp__Action default_action;
	uint32_t default_errno; /* 0: EPERM */
	bool log;
	struct oci_rule *rules;
	size_t n_rules;
};

/*
 * Reads a profile into @ret, which lives as long as @arena.  -EINVAL with
 * "LINE:COLUMN: ..." in @fault; -ENOMEM.
 */
int oci_seccomp_read(const void *text, size_t size, struct arena *arena,
		     struct oci_seccomp *ret, char *fault, size_t fault_size);

#endif
