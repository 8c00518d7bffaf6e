/* SPDX-License-Identifier: Apache-2.0 */
/* The OCI bundle with which crun and runc do the same job as the others. */
#ifndef BENCH_BUNDLE_H
#define BENCH_BUNDLE_H

#include "workspace.h"

/*
 * Writes @directory/config.json for /bin/@program.  Returns 0 or a negative
 * errno.
 */
int bundle_write(const struct workspace *workspace, const char *directory,
		 const char *program);

#endif
