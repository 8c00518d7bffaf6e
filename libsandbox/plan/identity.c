/* SPDX-License-Identifier: Apache-2.0 */
/* Whose ids the sandbox has: the caller's single one or a leased range. */
#include "plan/draft.h"

#include <errno.h>

#define RANGE_DEFAULT 65536U

/*
 * Whether the payload is to write what belongs to the caller.  Without
 * id-mapped mounts, which only root has, a leased id is a stranger to it.
 */
static bool writes_callers_files(const struct draft *draft)
{
	if (draft->root->writable ||
	    draft->root->kind == SANDBOX__V1__ROOT__KIND__OVERLAY) {
		return true;
	}
	for (size_t i = 0; i < draft->spec->n_mounts; i++) {
		const Sandbox__V1__Mount *mount = draft->spec->mounts[i];

		if ((mount->kind == SANDBOX__V1__MOUNT__KIND__BIND ||
		     mount->kind == SANDBOX__V1__MOUNT__KIND__OVERLAY) &&
		    mount->writable) {
			return true;
		}
	}
	return false;
}

int identity_take_single(struct draft *draft, enum plan_identity_reason reason)
{
	struct plan *head = &draft->builder->head;

	/* The map is one line that init writes from uid and gid. */
	head->identity = PLAN_IDENTITY_SINGLE;
	head->identity_reason = reason;
	if (!draft->facts->privileged) {
		/* The kernel wants it so for a map without privilege. */
		head->flags |= PLAN_DENY_SETGROUPS;
	}
	return 0;
}

/*
 * Guard id 0 is init's alone, so that no payload shares a kernel id with it:
 * what is 0 inside is 1 there, and the lease is one id longer.
 */
static int take_range(struct draft *draft, uint32_t count,
		      enum plan_identity_reason reason)
{
	struct plan *head = &draft->builder->head;
	struct plan_id_map map = { .inside = 0, .outside = 1, .count = count };

	head->identity = PLAN_IDENTITY_RANGE;
	head->identity_reason = reason;
	head->range_count = count;
	head->uid_map = builder_list(draft->builder, &map, 1, sizeof(map));
	head->gid_map = builder_list(draft->builder, &map, 1, sizeof(map));
	return 0;
}

static int decide_auto(struct draft *draft)
{
	const struct plan_facts *facts = draft->facts;

	if (facts->range_auto == 0) {
		return identity_take_single(draft, PLAN_REASON_NO_RANGE);
	}
	if (!facts->privileged && writes_callers_files(draft)) {
		return identity_take_single(draft,
					    PLAN_REASON_WRITES_CALLERS_FILES);
	}
	return take_range(draft, facts->range_auto, PLAN_REASON_RANGE_FREE);
}

static const char *range_reason(const struct plan_facts *facts)
{
	if (facts->range_reason == NULL || facts->range_reason[0] == '\0') {
		return "no sandbox is given more";
	}
	return facts->range_reason;
}

static int decide_range(struct draft *draft)
{
	const struct plan_facts *facts = draft->facts;
	uint32_t size = draft->identity->range_size;

	if (size == 0) {
		size = RANGE_DEFAULT;
	}
	if (size <= facts->range_max) {
		return take_range(draft, size, PLAN_REASON_ASKED);
	}
	if (facts->range_max == 0) {
		if (draft_prefers(draft, "identity.mode")) {
			return identity_take_single(draft,
						    PLAN_REASON_NO_RANGE);
		}
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED,
				    "identity.mode",
				    "RANGE: no range of ids can be had: %s",
				    range_reason(facts));
	}
	if (draft_prefers(draft, "identity.range_size")) {
		return take_range(draft, facts->range_max,
				  PLAN_REASON_RANGE_SMALLER);
	}
	return draft_refuse(
		draft, SANDBOX_ERROR_UNSUPPORTED, "identity.range_size",
		"%u ids%s are more than the %u that can be had: %s", size,
		draft->identity->range_size == 0 ? ", the default," : "",
		facts->range_max, range_reason(facts));
}

/* As AUTO where the maps are only preferred and there is no right to them. */
static int decide_maps(struct draft *draft)
{
	int r = decide_explicit(draft);

	if (r == -EOPNOTSUPP && draft_prefers(draft, "identity.mode")) {
		r = decide_auto(draft);
		draft->builder->head.identity_reason = PLAN_REASON_NO_MAPS;
	}
	return r;
}

int decide_identity(struct draft *draft)
{
	switch ((int)draft->identity->mode) {
	case SANDBOX__V1__IDENTITY__MODE__AUTO:
		return decide_auto(draft);
	case SANDBOX__V1__IDENTITY__MODE__CALLER:
		return identity_take_single(draft, PLAN_REASON_ASKED);
	case SANDBOX__V1__IDENTITY__MODE__RANGE:
		return decide_range(draft);
	case SANDBOX__V1__IDENTITY__MODE__EXPLICIT:
		return decide_maps(draft);
	default:
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED,
				    "identity.mode",
				    "%d is not implemented in this build",
				    (int)draft->identity->mode);
	}
}
