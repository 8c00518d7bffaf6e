/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that set every field that is implemented. */
#ifndef SANDBOX_TESTS_UNIT_SPEC_EVERYTHING_H
#define SANDBOX_TESTS_UNIT_SPEC_EVERYTHING_H

/* In one or another of them; NULL ends the list. */
extern const char *const everything[];

#endif
