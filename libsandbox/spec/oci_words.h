/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a seccomp profile of OCI: actions, comparisons, flags. */
#ifndef SANDBOX_SPEC_OCI_WORDS_H
#define SANDBOX_SPEC_OCI_WORDS_H

#include "spec/oci_reader.h"

#include <sandbox/v1/spec.pb-c.h>

#include <stdbool.h>

/* Each reads the token at hand, as oci_value does. */
int oci_action(struct oci_reader *reader, Sandbox__V1__Seccomp__Action *ret);
int oci_comparison(struct oci_reader *reader, Sandbox__V1__SyscallArg__Op *ret);

/* By number, or by name where it has one. */
int oci_errno(struct oci_reader *reader, uint32_t *ret);

/* "4.8" as 4 << 16 | 8 */
int oci_kernel(struct oci_reader *reader, uint32_t *ret);

/* A flag of the filter; *log becomes true with the one for that. */
int oci_flag(struct oci_reader *reader, bool *log);

#endif
