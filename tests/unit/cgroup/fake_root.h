/* SPDX-License-Identifier: Apache-2.0 */
/* A directory that looks like the "/" of some host, as far as is needed. */
#ifndef SANDBOX_TESTS_UNIT_CGROUP_FAKE_ROOT_H
#define SANDBOX_TESTS_UNIT_CGROUP_FAKE_ROOT_H

#include <stdbool.h>

/* A descriptor of an empty one, which ends with the test. */
int fake_root(void);

/* Writes the file @path with all directories above it. */
void fake_file(int root, const char *path, const char *text);
void fake_directory(int root, const char *path);

/* The text of @path; static memory. */
const char *fake_read(int root, const char *path);
bool fake_has(int root, const char *path);

#endif
