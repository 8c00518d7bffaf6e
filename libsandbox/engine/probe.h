/* SPDX-License-Identifier: Apache-2.0 */
/* What this host can enforce, found out by trial. */
#ifndef SANDBOX_ENGINE_PROBE_H
#define SANDBOX_ENGINE_PROBE_H

#include "base/err.h"

/*
 * @run_dir: as for run_dir_open().  *ret_json is a heap string as
 * sandbox_probe() documents it.
 */
int probe_run(const char *run_dir, char **ret_json, struct err *err);

#endif
