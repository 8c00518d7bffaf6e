/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which namespaces the payload's own user namespace owns, and whether there
 * may be further user namespaces below that.
 *
 * The guard's namespaces stay as they are, with init in them.  What the payload
 * is to own it makes again for itself: the kernel locks the mounts and their
 * flags in a copy that another user namespace owns, so masks and what is
 * read-only stay so.  The pid namespace is the guard's in any case, because
 * init is its first process.
 */
#include "plan/draft.h"

#include <sched.h>
#include <string.h>

/* What init has set stays where the payload is only if no copy is made. */
static uint64_t with_settings(const struct draft *draft)
{
	uint64_t types = 0;

	for (size_t i = 0; i < draft->security->n_sysctls; i++) {
		const char *key = draft->security->sysctls[i]->key;

		types |= strncmp(key, "net", 3) == 0
				 ? CLONE_NEWNET
				 : CLONE_NEWIPC | CLONE_NEWUTS;
	}
	return types;
}

int decide_ownership(struct draft *draft)
{
	struct plan *head = &draft->builder->head;
	uint64_t own = head->namespaces & ~(uint64_t)CLONE_NEWPID;

	if (draft->security->allow_nested_userns) {
		head->flags |= PLAN_ALLOW_USERNS;
	}
	if (!draft->security->own_namespaces) {
		return 0;
	}
	/* What somebody has put into the guard's network would be missing. */
	if (draft->network->mode != SANDBOX__V1__NETWORK__MODE__NONE) {
		own &= ~(uint64_t)CLONE_NEWNET;
	}
	/* A mount of message queues shows those of the namespace it was made
	 * in. */
	if (builder_find(draft->builder, PLAN_OP_MQUEUE) != NULL) {
		own &= ~(uint64_t)CLONE_NEWIPC;
	}
	head->own_namespaces = own & ~with_settings(draft);
	return 0;
}
