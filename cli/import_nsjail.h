/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a configuration of nsjail. */
#ifndef SANDBOX_CLI_IMPORT_NSJAIL_H
#define SANDBOX_CLI_IMPORT_NSJAIL_H

#include "import.h"
#include "text_format.h"

/* Its message NsJailConfig. */
extern const struct text_field nsjail_config[];

/* The whole of it; host paths are below the import's cwd. */
int import_nsjail_config(struct import *import, const struct json_node *config);

/* One `mount`. */
import_field nsjail_mount;

/* Of limits: rlimit_*, cgroup_*. */
void nsjail_rlimits(struct import *import, const struct json_node *config);
void nsjail_cgroups(struct import *import, const struct json_node *config);

/* Whose ids: uidmap and gidmap. */
void nsjail_identity(struct import *import, const struct json_node *config);

/* The value of a boolean; @otherwise where it is not given. */
bool nsjail_is(const struct json_node *object, const char *name,
	       bool otherwise);

#endif
