/* SPDX-License-Identifier: Apache-2.0 */
/* Decodes without validation, and plans. */
#include "build_plan.h"

#include "base/cleanup.h"
#include "lib/tap.h"
#include "spec/codec.h"

#include <string.h>

#define ARENA_BYTES (1U << 22)

int build_plan(const char *json, const struct plan_facts *facts,
	       struct plan **ret, struct err *err)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	ProtobufCMessage *message = NULL;
	struct spec spec = { 0 };

	if (json_decode(&sandbox__v1__sandbox_spec__descriptor, json,
			strlen(json), &arena, &message, err) < 0) {
		FAIL("%s in %s", err->text, json);
	}
	spec.message = (Sandbox__V1__SandboxSpec *)(void *)message;
	return plan_build(&spec, facts, ret, err);
}

struct plan *must_build_plan(const char *json, const struct plan_facts *facts)
{
	struct err err = ERR_INIT;
	struct plan *plan = NULL;

	if (build_plan(json, facts, &plan, &err) < 0) {
		FAIL("%s", err.text);
	}
	return plan;
}

const struct plan_op *find_op(const struct plan *plan, enum plan_op_kind kind,
			      const char *target)
{
	const struct plan_op *ops = plan_ops(plan);

	for (uint32_t i = 0; i < plan->ops.count; i++) {
		if (ops[i].kind == kind &&
		    strcmp(plan_string(plan, ops[i].target), target) == 0) {
			return &ops[i];
		}
	}
	return NULL;
}
