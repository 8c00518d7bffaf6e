/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of mounts: what each needs, and how targets stand to each other. */
#include "base/array.h"
#include "spec/grammar.h"
#include "spec/rules.h"

#define LINK_BYTES_MAX 4095U

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Trees that are the sandbox's own; a mount would show through its masks. */
static const struct reserved {
	const char *path;
	const char *except; /* free again, with what is below it; or NULL */
} reserved[] = {
	{ "/proc", NULL },
	{ "/sys", NULL },
	{ "/dev", "/dev/shm" },
};

/*
 * A mount of the very kind at the very place takes the place of the one that
 * there would be, with the same masks.
 */
static const struct own {
	const char *path;
	Sandbox__V1__Mount__Kind kind;
} own[] = {
	{ "/proc", SANDBOX__V1__MOUNT__KIND__PROC },
	{ "/sys", SANDBOX__V1__MOUNT__KIND__SYSFS },
	{ "/sys/fs/cgroup", SANDBOX__V1__MOUNT__KIND__CGROUP },
	{ "/dev/mqueue", SANDBOX__V1__MOUNT__KIND__MQUEUE },
};

struct mount_place {
	const Sandbox__V1__Mount *mount;
	char path[32]; /* "mounts[2]" */
};

static bool is_at_or_below(const char *path, const char *parent)
{
	size_t size = strlen(parent);

	return strncmp(path, parent, size) == 0 &&
	       (path[size] == '\0' || path[size] == '/');
}

/* The text of a link may be anything that the kernel takes. */
static void check_link(const struct mount_place *place,
		       struct findings *findings)
{
	size_t size = strlen(place->mount->source);

	if (size == 0) {
		finding_at(findings, place->path, ".source",
			   "is empty; kind SYMLINK needs the text of the link");
	}
	if (size > LINK_BYTES_MAX) {
		finding_at(findings, place->path, ".source",
			   "has %zu bytes, more than %u", size, LINK_BYTES_MAX);
	}
}

static void check_source(const struct mount_place *place,
			 struct findings *findings)
{
	const Sandbox__V1__Mount *mount = place->mount;
	const char *fault;
	char path[48];

	if (mount->kind == SANDBOX__V1__MOUNT__KIND__SYMLINK) {
		check_link(place, findings);
	}
	if (mount->kind != SANDBOX__V1__MOUNT__KIND__BIND) {
		return;
	}
	fault = grammar_path(mount->source);
	if (mount->source[0] != '\0' && fault != NULL) {
		(void)snprintf(path, sizeof(path), "%s.source", place->path);
		findings_add_value(findings, path, mount->source, fault);
	}
	finding_either(findings, place->path,
		       &(const struct either){ .needs = "kind BIND needs",
					       .path_field = "source",
					       .path = mount->source,
					       .fd_field = "source_fd",
					       .fd = mount->source_fd });
}

static bool is_allowed(const struct reserved *tree,
		       const Sandbox__V1__Mount *mount)
{
	const char *target = mount->target;

	if (!is_at_or_below(target, tree->path)) {
		return true;
	}
	if (tree->except != NULL && is_at_or_below(target, tree->except)) {
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		if (mount->kind == own[i].kind &&
		    strcmp(target, own[i].path) == 0) {
			return true;
		}
	}
	return false;
}

static void check_target(const struct mount_place *place,
			 struct findings *findings)
{
	const char *target = place->mount->target;

	if (target[0] == '\0') {
		finding_at(findings, place->path, ".target", "is empty");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(reserved); i++) {
		if (!is_allowed(&reserved[i], place->mount)) {
			finding_at(findings, place->path, ".target",
				   "\"%s\" is at or below %s, which is the "
				   "sandbox's own",
				   target, reserved[i].path);
		}
	}
}

/* A later mount may lie inside an earlier one, never the other way round. */
static void check_order(const Sandbox__V1__SandboxSpec *spec, size_t index,
			const struct mount_place *place,
			struct findings *findings)
{
	const char *target = place->mount->target;

	for (size_t i = 0; i < index; i++) {
		const char *earlier = spec->mounts[i]->target;

		if (strcmp(target, earlier) == 0) {
			finding_at(findings, place->path, ".target",
				   "\"%s\" is the target of mounts[%zu], too",
				   target, i);
			return;
		}
		if (is_at_or_below(earlier, target)) {
			finding_at(findings, place->path, ".target",
				   "\"%s\" hides mounts[%zu], which is below "
				   "it",
				   target, i);
			return;
		}
	}
}

/* What shows a namespace has to show the sandbox's own. */
static void check_namespace(const Sandbox__V1__SandboxSpec *spec,
			    const struct mount_place *place,
			    struct findings *findings)
{
	Sandbox__V1__Mount__Kind kind = place->mount->kind;
	bool network =
		spec->network == NULL ||
		(spec->network->mode != SANDBOX__V1__NETWORK__MODE__HOST &&
		 spec->network->mode != SANDBOX__V1__NETWORK__MODE__JOIN);
	bool cgroup =
		spec->namespaces == NULL ||
		spec->namespaces->cgroup == SANDBOX__V1__NAMESPACES__MODE__NEW;

	if (kind == SANDBOX__V1__MOUNT__KIND__SYSFS && !network) {
		finding_at(findings, place->path, ".kind",
			   "SYSFS needs a network of the sandbox's own, not "
			   "network.mode HOST or JOIN");
	}
	if (kind == SANDBOX__V1__MOUNT__KIND__CGROUP && !cgroup) {
		finding_at(findings, place->path, ".kind",
			   "CGROUP needs namespaces.cgroup NEW");
	}
}

void rules_mounts(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings)
{
	/* More are refused already; comparing them all would take long. */
	size_t count = spec->n_mounts > 128 ? 0 : spec->n_mounts;

	for (size_t i = 0; i < count; i++) {
		struct mount_place place = { .mount = spec->mounts[i] };

		(void)snprintf(place.path, sizeof(place.path), "mounts[%zu]",
			       i);
		check_source(&place, findings);
		check_target(&place, findings);
		check_namespace(spec, &place, findings);
		if (grammar_path_below_root(place.mount->target) == NULL) {
			check_order(spec, i, &place, findings);
		}
	}
}
