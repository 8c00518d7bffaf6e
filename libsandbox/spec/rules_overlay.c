/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of layers, as the root and as a mount. */
#include "spec/rules.h"

#include <stdio.h>

#define ROOT_OVERLAY  SANDBOX__V1__ROOT__KIND__OVERLAY
#define MOUNT_OVERLAY SANDBOX__V1__MOUNT__KIND__OVERLAY

static void check_root(const Sandbox__V1__Root *root, struct findings *findings)
{
	if (root->upper[0] == '\0') {
		return;
	}
	if (root->upper_size_bytes != 0) {
		findings_add(findings, "root.upper_size_bytes",
			     "is of a tmpfs, and root.upper is given");
	}
	if (root->upper_inodes != 0) {
		findings_add(findings, "root.upper_inodes",
			     "is of a tmpfs, and root.upper is given");
	}
}

static void check_mount(const Sandbox__V1__Mount *mount, const char *path,
			struct findings *findings)
{
	size_t least = mount->writable ? 1 : 2;

	if (mount->n_layers < least) {
		finding_at(findings, path, ".layers",
			   "has %zu elements; kind OVERLAY needs %zu where it "
			   "is%s writable",
			   mount->n_layers, least,
			   mount->writable ? "" : " not");
	}
	if (!mount->writable && mount->size_bytes != 0) {
		finding_at(findings, path, ".size_bytes",
			   "is of what is written, and it is not writable");
	}
	if (!mount->writable && mount->inodes != 0) {
		finding_at(findings, path, ".inodes",
			   "is of what is written, and it is not writable");
	}
}

void rules_overlay(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings)
{
	/* More are refused already. */
	size_t count = spec->n_mounts > 128 ? 0 : spec->n_mounts;

	if (spec->root != NULL && spec->root->kind == ROOT_OVERLAY) {
		check_root(spec->root, findings);
	}
	for (size_t i = 0; i < count; i++) {
		char path[32];

		(void)snprintf(path, sizeof(path), "mounts[%zu]", i);
		if (spec->mounts[i]->kind == MOUNT_OVERLAY) {
			check_mount(spec->mounts[i], path, findings);
		}
	}
}
