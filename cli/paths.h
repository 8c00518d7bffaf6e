/* SPDX-License-Identifier: Apache-2.0 */
/* Paths as a specification has them: absolute and without dots. */
#ifndef SANDBOX_CLI_PATHS_H
#define SANDBOX_CLI_PATHS_H

#include "complaint.h"

/*
 * A path of the caller: a relative one is below @cwd.  Empty, "." and ".."
 * components are taken away in the text alone; no symbolic link is followed.
 * *ret is from malloc.
 */
int path_on_host(const char *cwd, const char *path, char **ret,
		 struct complaint *complaint);

/* A path inside the sandbox, which has to be absolute; else the same. */
int path_inside(const char *path, char **ret, struct complaint *complaint);

#endif
