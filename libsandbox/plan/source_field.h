/* SPDX-License-Identifier: Apache-2.0 */
/* Which field of the specification a source of the plan comes from. */
#ifndef SANDBOX_PLAN_SOURCE_FIELD_H
#define SANDBOX_PLAN_SOURCE_FIELD_H

#include "plan/plan.h"

#include <stddef.h>

#define PLAN_SOURCE_FIELD_BYTES 64

/* "mounts[2].source", "root.path"; of one of ours, the path itself. */
void plan_source_field(const struct plan *plan, size_t index, char *field,
		       size_t size);

#endif
