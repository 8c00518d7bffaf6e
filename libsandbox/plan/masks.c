/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of /proc is hidden or read-only, and what the spec adds.  Any of it may
 * be absent in the sandbox, and then there is nothing to hide.
 */
#include "plan/tree.h"
#include "policy/paths.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PROC "/proc"

/*
 * Many files of /proc belong to the host's root and are open to nobody else.
 * A mask on them matters only where the payload may be that root; elsewhere
 * it would cost every launch a mount for what the kernel refuses anyway.
 */
static bool may_be_hosts_root(const struct draft *draft)
{
	return draft->builder->head.identity == PLAN_IDENTITY_SINGLE &&
	       (draft->facts->privileged || draft->facts->uid == 0);
}

/*
 * Files of /proc/1 that belong to the host's root, like oom_score_adj, could
 * be written by a payload that is the host's root and sees them.
 */
int tree_check_hidepid(const struct draft *draft)
{
	for (size_t i = 0; i < draft->spec->n_mounts; i++) {
		const Sandbox__V1__Mount *mount = draft->spec->mounts[i];
		char field[64];

		if (!may_be_hosts_root(draft) ||
		    mount->kind != SANDBOX__V1__MOUNT__KIND__PROC ||
		    mount->hidepid !=
			    SANDBOX__V1__MOUNT__HIDEPID__HIDEPID_OFF) {
			continue;
		}
		(void)snprintf(field, sizeof(field), "mounts[%zu].hidepid", i);
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
				    "HIDEPID_OFF would show init to a payload"
				    " that is the host's root");
	}
	return 0;
}

static bool is_unmasked(const struct draft *draft, const char *path)
{
	for (size_t i = 0; i < draft->security->n_unmasked_paths; i++) {
		if (strcmp(draft->security->unmasked_paths[i], path) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether @path is @proc and then one of policy's paths below /proc. */
static bool is_below(const char *path, const char *proc,
		     const struct policy_path *paths, size_t count)
{
	size_t length = strlen(proc);

	for (size_t i = 0; i < count; i++) {
		if (strncmp(path, proc, length) == 0 &&
		    strcmp(path + length, paths[i].path + strlen(PROC)) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_default(const struct builder *builder, const char *path)
{
	for (uint32_t i = 0; i < builder->n_ops; i++) {
		const struct plan_op *op = &builder->ops[i];
		const char *proc = builder_text(builder, op->target);

		if (op->kind == PLAN_OP_PROC &&
		    (is_below(path, proc, policy_masked_paths,
			      policy_masked_path_count) ||
		     is_below(path, proc, policy_readonly_paths,
			      policy_readonly_path_count))) {
			return true;
		}
	}
	return false;
}

int tree_check_unmasked(const struct draft *draft)
{
	for (size_t i = 0; i < draft->security->n_unmasked_paths; i++) {
		const char *path = draft->security->unmasked_paths[i];
		char field[64];

		if (is_default(draft->builder, path)) {
			continue;
		}
		(void)snprintf(field, sizeof(field),
			       "security.unmasked_paths[%zu]", i);
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
				    "\"%s\" is not hidden or read-only by "
				    "default",
				    path);
	}
	return 0;
}

static void add(struct draft *draft, enum plan_op_kind kind, const char *target)
{
	builder_op(draft->builder, kind, target)->flags =
		PLAN_OP_TARGET_OPTIONAL;
}

/* @path is one of policy's, below /proc; it is hidden below @proc. */
static void add_below(struct draft *draft, enum plan_op_kind kind,
		      const char *proc, const char *path)
{
	char target[4096];
	int length = snprintf(target, sizeof(target), "%s%s", proc,
			      path + strlen(PROC));

	if (length < 0 || (size_t)length >= sizeof(target)) {
		/* The mount's own target is too long to be resolved. */
		builder_fail(draft->builder, -E2BIG);
		return;
	}
	if (!is_unmasked(draft, target)) {
		add(draft, kind, target);
	}
}

static void mask_proc(struct draft *draft, const char *proc)
{
	bool all = may_be_hosts_root(draft);

	for (size_t i = 0; i < policy_masked_path_count; i++) {
		const struct policy_path *masked = &policy_masked_paths[i];
		bool directory = masked->kind == POLICY_PATH_DIRECTORY;

		if ((draft->facts->absent_masks >> i & 1) == 0 &&
		    (all || masked->open_to_all)) {
			add_below(draft,
				  directory ? PLAN_OP_MASK_DIRECTORY
					    : PLAN_OP_MASK_FILE,
				  proc, masked->path);
		}
	}
	for (size_t i = 0; i < policy_readonly_path_count; i++) {
		const struct policy_path *readonly = &policy_readonly_paths[i];

		if (all || readonly->open_to_all) {
			add_below(draft, PLAN_OP_READONLY, proc,
				  readonly->path);
		}
	}
}

static bool is_masked(const struct builder *builder, const char *target)
{
	for (uint32_t i = 0; i < builder->n_ops; i++) {
		const struct plan_op *op = &builder->ops[i];

		if ((op->kind == PLAN_OP_MASK_FILE ||
		     op->kind == PLAN_OP_MASK_DIRECTORY) &&
		    strcmp(builder_text(builder, op->target), target) == 0) {
			return true;
		}
	}
	return false;
}

void tree_add_masks(struct draft *draft)
{
	const Sandbox__V1__Security *security = draft->security;
	struct builder *builder = draft->builder;
	uint32_t n_ops = builder->n_ops;

	for (uint32_t i = 0; i < n_ops; i++) {
		if (builder->ops[i].kind == PLAN_OP_PROC) {
			/* A copy: the buffer moves when it grows. */
			char proc[4096];

			(void)snprintf(
				proc, sizeof(proc), "%s",
				builder_text(builder, builder->ops[i].target));
			mask_proc(draft, proc);
		}
	}
	for (size_t i = 0; i < security->n_masked_paths; i++) {
		const char *path = security->masked_paths[i];

		if (!is_masked(builder, path)) {
			add(draft, PLAN_OP_MASK_FILE, path);
		}
	}
	for (size_t i = 0; i < security->n_readonly_paths; i++) {
		add(draft, PLAN_OP_READONLY, security->readonly_paths[i]);
	}
}
