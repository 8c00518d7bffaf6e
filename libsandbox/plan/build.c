/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which a plan is decided. */
#include "plan/build.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "plan/draft.h"
#include "plan/privileges.h"

#include <errno.h>
#include <stddef.h>

/* What stands for the parts that the spec leaves out. */
struct absent {
	Sandbox__V1__Root root;
	Sandbox__V1__Identity identity;
	Sandbox__V1__Process process;
	Sandbox__V1__Security security;
	Sandbox__V1__Limits limits;
	Sandbox__V1__Network network;
};

static void absent_init(struct absent *absent)
{
	sandbox__v1__root__init(&absent->root);
	sandbox__v1__identity__init(&absent->identity);
	sandbox__v1__process__init(&absent->process);
	sandbox__v1__security__init(&absent->security);
	sandbox__v1__limits__init(&absent->limits);
	sandbox__v1__network__init(&absent->network);
}

static int (*const decisions[])(struct draft *draft) = {
	decide_namespaces,
	decide_identity,
	decide_user,
	/* Ids first: who owns a tmpfs and what is masked hangs on them. */
	decide_tree,
	decide_ownership,
	decide_limits,
	decide_cgroup,
	decide_privileges,
	decide_exposure,
	decide_process,
	decide_attributes,
	decide_sysctls,
	decide_security,
	decide_landlock,
	decide_label,
	/* Last: what it must allow hangs on how the program is run. */
	decide_filter,
};

static int finish(struct draft *draft, struct plan **ret)
{
	int r = builder_finish(draft->builder, ret);

	if (r == -E2BIG) {
		return err_set(draft->err, SANDBOX_ERROR_SPEC, E2BIG,
			       "the plan of this specification is too large: "
			       "at most %u bytes, %u mounts and files, "
			       "%u sources, %u arguments or variables",
			       PLAN_MAX_SIZE, PLAN_MAX_OPS, PLAN_MAX_SOURCES,
			       PLAN_MAX_STRINGS);
	}
	if (r < 0) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, -r,
			       "out of memory");
	}
	return 0;
}

int plan_build(const struct spec *spec, const struct plan_facts *facts,
	       struct plan **ret, struct err *err)
{
	const Sandbox__V1__SandboxSpec *message = spec->message;
	_cleanup_(builder_freep) struct builder *builder = builder_new();
	struct absent none;
	struct draft draft = {
		.spec = message,
		.root = message->root ? message->root : &none.root,
		.identity =
			message->identity ? message->identity : &none.identity,
		.process = message->process ? message->process : &none.process,
		.security =
			message->security ? message->security : &none.security,
		.limits = message->limits ? message->limits : &none.limits,
		.network = message->network ? message->network : &none.network,
		.facts = facts,
		.builder = builder,
		.err = err,
	};

	if (builder == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	absent_init(&none);
	for (size_t i = 0; i < ARRAY_SIZE(decisions); i++) {
		int r = decisions[i](&draft);

		if (r < 0) {
			return r;
		}
	}
	return finish(&draft, ret);
}
