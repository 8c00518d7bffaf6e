/* SPDX-License-Identifier: Apache-2.0 */
/* The way back from a plan to the specification, for errors and results. */
#include "plan/source_field.h"

#include <stdio.h>

void plan_source_field(const struct plan *plan, size_t index, char *field,
		       size_t size)
{
	const struct plan_source *source = &plan_sources(plan)[index];
	const struct plan_op *op = &plan_ops(plan)[source->op];
	char parent[32] = "root";

	if (op->mount >= 0) {
		(void)snprintf(parent, sizeof(parent), "mounts[%d]", op->mount);
	}
	switch ((enum plan_source_part)source->part) {
	case PLAN_SOURCE_DEVICE:
		(void)snprintf(field, size, "security.devices[%u].source",
			       source->element);
		return;
	case PLAN_SOURCE_LAYER:
		(void)snprintf(field, size, "%s.layers[%u]", parent,
			       source->element);
		return;
	case PLAN_SOURCE_UPPER:
		(void)snprintf(field, size, "%s.%s", parent,
			       op->mount >= 0 ? "source" : "upper");
		return;
	case PLAN_SOURCE_KIND:
		(void)snprintf(field, size, "%s.kind", parent);
		return;
	case PLAN_SOURCE_WHOLE:
	default:
		break;
	}
	if (op->mount >= 0) {
		(void)snprintf(field, size, "%s.source", parent);
	} else if (op->kind == PLAN_OP_ROOT_TREE ||
		   op->kind == PLAN_OP_ROOT_OVERLAY) {
		(void)snprintf(field, size, "root.path");
	} else {
		(void)snprintf(field, size, "%s",
			       plan_string(plan, source->path));
	}
}
