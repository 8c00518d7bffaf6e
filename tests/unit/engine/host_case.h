/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the host around a test another one: an empty /run, other subordinate
 * ids, another caller.  All of it is in namespaces of the test's process and
 * ends with it.
 */
#ifndef SANDBOX_TESTS_UNIT_ENGINE_HOST_CASE_H
#define SANDBOX_TESTS_UNIT_ENGINE_HOST_CASE_H

#include <stdint.h>

/* Of a user and of a group that no host has. */
#define CASE_ID   64201U
#define CASE_NAME "lsbcase"

/*
 * A mount namespace of our own with an empty /run, as root.  Who is not root
 * gets a user namespace, where he is.
 */
void host_scratch(void);

/*
 * As real root only, after host_scratch(): the two files say this, and the
 * user has an account.
 */
void host_subordinate_ids(const char *uid_lines, const char *gid_lines);

/* For good; without groups.  As real root only. */
void host_become(uint32_t id);

/* A user namespace in which we are root, and only that one id is mapped. */
void host_enter_user_namespace(void);

/* Writes @text into the file @path, which must exist. */
void host_write(const char *path, const char *text);

#endif
