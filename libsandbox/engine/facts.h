/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out about the host what a plan needs to know, once per engine. */
#ifndef SANDBOX_ENGINE_FACTS_H
#define SANDBOX_ENGINE_FACTS_H

#include "engine/identity.h"
#include "plan/facts.h"

#define FACTS_MAX_PATHS 64

struct facts_store {
	struct plan_facts facts; /* points into what follows */
	char range_reason[200];
	struct plan_system_path paths[FACTS_MAX_PATHS];
	char links[FACTS_MAX_PATHS][256];
	struct plan_id_map uids[LAUNCHER_MAX_RANGES + 1];
	struct plan_id_map gids[LAUNCHER_MAX_RANGES + 1];
};

/* @ret must stay where it is: its parts point at one another. */
int facts_gather(const struct identity *identity, struct facts_store *ret,
		 struct err *err);
void facts_done(struct facts_store *store);

#endif
