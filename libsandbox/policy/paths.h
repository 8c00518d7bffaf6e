/* SPDX-License-Identifier: Apache-2.0 */
/* What of a sandbox's /proc is hidden, and what may only be read. */
#ifndef SANDBOX_POLICY_PATHS_H
#define SANDBOX_POLICY_PATHS_H

#include <stdbool.h>
#include <stddef.h>

enum policy_path_kind {
	POLICY_PATH_FILE,
	POLICY_PATH_DIRECTORY,
};

struct policy_path {
	const char *path;
	enum policy_path_kind kind;

	/*
	 * For a masked path: usual kernels let everybody read it.  For a
	 * read-only path: usual kernels let somebody else than the host's root
	 * write below it.  Where this is false, the permissions of the file
	 * already close it to a payload whose kernel user id is not 0, and the
	 * mask is a second wall that costs a mount a launch.
	 */
	bool open_to_all;
};

/* Each may be absent on a given kernel. */
extern const struct policy_path policy_masked_paths[];
extern const size_t policy_masked_path_count;
extern const struct policy_path policy_readonly_paths[];
extern const size_t policy_readonly_path_count;

#endif
