/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What single fields allow and only together would lead out: mounting, with the
 * id that the host's control groups belong to; and lifting the limit on user
 * namespaces.
 */
#include "plan/draft.h"

#include <linux/capability.h>
#include <string.h>

/* Whether a process of the sandbox is the caller to the host's files. */
static bool is_caller(const struct draft *draft)
{
	const Sandbox__V1__Identity *identity = draft->identity;
	uint32_t own = draft->facts->uid;

	if (draft->builder->head.identity != PLAN_IDENTITY_EXPLICIT) {
		return draft->builder->head.identity == PLAN_IDENTITY_SINGLE;
	}
	for (size_t i = 0; i < identity->n_uid_maps; i++) {
		const Sandbox__V1__IdMap *map = identity->uid_maps[i];

		if (own >= map->outside && own - map->outside < map->count) {
			return true;
		}
	}
	return false;
}

static bool lets_calls_through(const Sandbox__V1__Seccomp *seccomp)
{
	for (size_t i = 0; i < seccomp->n_rules; i++) {
		int action = (int)seccomp->rules[i]->action;

		if (action == SANDBOX__V1__SECCOMP__ACTION__ALLOW ||
		    action == SANDBOX__V1__SECCOMP__ACTION__LOG ||
		    action == SANDBOX__V1__SECCOMP__ACTION__NOTIFY) {
			return true;
		}
	}
	return false;
}

/* Whether the filter may let through what those of the profiles refuse. */
static bool has_own_filter(const struct draft *draft)
{
	const Sandbox__V1__Seccomp *seccomp = draft->security->seccomp;

	return seccomp != NULL &&
	       (seccomp->profile == SANDBOX__V1__SECCOMP__PROFILE__UNCONFINED ||
		seccomp->profile == SANDBOX__V1__SECCOMP__PROFILE__NONE ||
		seccomp->oci_json.len > 0 || lets_calls_through(seccomp));
}

static bool may_have(const struct draft *draft, unsigned int capability)
{
	const struct plan *head = &draft->builder->head;

	return ((head->capabilities.permitted | head->capabilities.bounding) >>
			capability &
		1) != 0;
}

/* The field that lets it mount, or NULL. */
static const char *mounting_field(const struct draft *draft)
{
	if (draft->security->own_namespaces) {
		return "security.own_namespaces";
	}
	if (!has_own_filter(draft)) {
		return NULL;
	}
	if (draft->security->allow_nested_userns) {
		return "security.allow_nested_userns";
	}
	return may_have(draft, CAP_SYS_ADMIN) ? "security.capabilities" : NULL;
}

/*
 * Who owns a namespace of control groups may mount them, writable, and then
 * only the owner of the files stands before the host's groups and the sandbox's
 * own: no process may have the owner's id.
 */
static int check_groups(const struct draft *draft)
{
	const char *field = mounting_field(draft);

	if (field == NULL || !draft->facts->changes_groups ||
	    !is_caller(draft)) {
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
			    "takes ids that are not the caller's "
			    "(identity.mode RANGE), as the program could mount "
			    "the control groups that the caller may change");
}

/* The limit is a file below /proc/sys, for who has this capability. */
static int check_limit(const struct draft *draft)
{
	const Sandbox__V1__Security *security = draft->security;
	bool shown = false;

	for (size_t i = 0; i < security->n_unmasked_paths; i++) {
		shown |= strcmp(security->unmasked_paths[i], "/proc/sys") == 0;
	}
	if (!shown || security->allow_nested_userns || !has_own_filter(draft) ||
	    !may_have(draft, CAP_SYS_RESOURCE)) {
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_SPEC,
			    "security.allow_nested_userns",
			    "false does not hold with CAP_SYS_RESOURCE, "
			    "/proc/sys in unmasked_paths and a filter of the "
			    "document's own or none");
}

int decide_exposure(struct draft *draft)
{
	int r = check_groups(draft);

	return r < 0 ? r : check_limit(draft);
}
