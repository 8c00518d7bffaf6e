/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of Landlock: what a domain needs to be one. */
#include "spec/rules.h"

#include <stdio.h>

static void check_path(const Sandbox__V1__LandlockPath *path, size_t index,
		       struct findings *findings)
{
	char parent[64];

	(void)snprintf(parent, sizeof(parent), "security.landlock.paths[%zu]",
		       index);
	if (path->path[0] == '\0') {
		finding_at(findings, parent, ".path", "is empty");
	}
	if (path->n_access == 0) {
		finding_at(findings, parent, ".access", "is empty");
	}
}

void rules_landlock(const Sandbox__V1__SandboxSpec *spec,
		    struct findings *findings)
{
	const Sandbox__V1__Security *security = spec->security;
	const Sandbox__V1__Landlock *landlock =
		security == NULL ? NULL : security->landlock;

	if (landlock == NULL) {
		return;
	}
	if (security->allow_new_privs) {
		findings_add(findings, "security.landlock",
			     "cannot be together with allow_new_privs, which "
			     "the kernel takes a capability for");
	}
	for (size_t i = 0; i < landlock->n_paths && i < 128; i++) {
		check_path(landlock->paths[i], i, findings);
	}
}
