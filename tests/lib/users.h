/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two throw-away users, one with subordinate ids and one without.  They exist
 * in a mount namespace of the calling process, where copies of the account
 * files with a line more lie over the host's, and vanish with it: nothing is
 * to be cleaned up, whatever ends the tests.
 */
#ifndef SANDBOX_TESTS_LIB_USERS_H
#define SANDBOX_TESTS_LIB_USERS_H

#include <stdbool.h>

struct test_user {
	const char *name;
	unsigned int id; /* of its group, too */
};

extern const struct test_user user_with_ranges;
extern const struct test_user user_without_ranges;

/* As root.  @folder takes the copies.  Returns 0 or a negative errno. */
int users_make(const char *folder);

/* For good: groups, gid, uid.  Returns 0 or a negative errno. */
int user_become(const struct test_user *user);

/* Whether the user that runs this has subordinate ids. */
bool user_has_ranges(void);

#endif
