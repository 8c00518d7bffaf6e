/* SPDX-License-Identifier: Apache-2.0 */
/* Names of capabilities, as libcap has them. */
#ifndef SANDBOX_SPEC_CAPABILITY_NAMES_H
#define SANDBOX_SPEC_CAPABILITY_NAMES_H

/*
 * The number of a capability by its name, with or without "CAP_" before it,
 * in any case; -1 if there is none.
 */
int capability_number(const char *name);

/* "cap_chown"; NULL for a number that has no name here. */
const char *capability_name(int number);

#endif
