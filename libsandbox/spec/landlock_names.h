/* SPDX-License-Identifier: Apache-2.0 */
/* Names of what Landlock can allow below a path. */
#ifndef SANDBOX_SPEC_LANDLOCK_NAMES_H
#define SANDBOX_SPEC_LANDLOCK_NAMES_H

#include <stdint.h>

/* The kernel's bits, of which "read" and "write" are several; 0 = no name. */
uint64_t landlock_access(const char *name);

/* The kernel's name of bit @number, or NULL. */
const char *landlock_right_name(unsigned int number);

#endif
