/* SPDX-License-Identifier: Apache-2.0 */
/* Names of resource limits. */
#ifndef SANDBOX_SPEC_RLIMIT_NAMES_H
#define SANDBOX_SPEC_RLIMIT_NAMES_H

/*
 * The RLIMIT_ constant by its name, with or without "RLIMIT_" before it, in
 * any case; -1 if there is none.
 */
int rlimit_number(const char *name);

/* "nofile"; NULL for a number that has no name here. */
const char *rlimit_name(int number);

#endif
