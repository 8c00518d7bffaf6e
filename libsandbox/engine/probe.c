/* SPDX-License-Identifier: Apache-2.0 */
/* The probe; see probe.h. */
#include "engine/probe.h"

#include <errno.h>

int probe_run(const char *run_dir, char **ret_json, struct err *err)
{
	(void)run_dir;
	(void)ret_json;
	return err_set(err, SANDBOX_ERROR_UNSUPPORTED, ENOSYS,
		       "the probe is not in this build");
}
