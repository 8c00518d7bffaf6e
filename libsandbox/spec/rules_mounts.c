/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of mounts: what each needs, and how targets stand to each other. */
#include "base/array.h"
#include "spec/grammar.h"
#include "spec/rules.h"

#define NO_KIND        (-1)
#define LINK_BYTES_MAX 4095U

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/*
 * Trees that are the sandbox's own; a mount would show through its masks.  A
 * mount of the very kind at the very place takes the place of the one that
 * there would be, with the same masks.
 */
static const struct reserved {
	const char *path;
	const char *except; /* free again, with what is below it; or NULL */
	const char *own;    /* where a mount of own_kind may be */
	int own_kind;
} reserved[] = {
	{ "/proc", NULL, "/proc", SANDBOX__V1__MOUNT__KIND__PROC },
	{ "/sys", NULL, "/sys", NO_KIND },
	{ "/dev", "/dev/shm", "/dev/mqueue", SANDBOX__V1__MOUNT__KIND__MQUEUE },
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
	return (int)mount->kind == tree->own_kind &&
	       strcmp(target, tree->own) == 0;
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
		if (grammar_path_below_root(place.mount->target) == NULL) {
			check_order(spec, i, &place, findings);
		}
	}
}
