/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of security.devices: places in /dev that are free, each once. */
#include "base/array.h"
#include "spec/grammar.h"
#include "spec/rules.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define DEV "/dev/"

/* What is in every /dev: the default nodes, links and mount points. */
static const char *const taken[] = {
	"/dev/null", "/dev/zero", "/dev/full",  "/dev/random", "/dev/urandom",
	"/dev/tty",  "/dev/fd",   "/dev/stdin", "/dev/stdout", "/dev/stderr",
	"/dev/ptmx", "/dev/pts",  "/dev/shm",   "/dev/mqueue",
};

static bool is_at_or_below(const char *path, const char *parent)
{
	size_t size = strlen(parent);

	return strncmp(path, parent, size) == 0 &&
	       (path[size] == '\0' || path[size] == '/');
}

static bool are_in_each_other(const char *one, const char *two)
{
	return is_at_or_below(one, two) || is_at_or_below(two, one);
}

static void check_place(const char *field, const char *path,
			struct findings *findings)
{
	if (strncmp(path, DEV, strlen(DEV)) != 0) {
		finding_at(findings, field, ".path", "\"%s\" is not below /dev",
			   path);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(taken); i++) {
		if (is_at_or_below(path, taken[i])) {
			finding_at(
				findings, field, ".path",
				"\"%s\" is at or below %s, which is there by "
				"default",
				path, taken[i]);
			return;
		}
	}
}

/* A node is no directory, so that no other can lie below it. */
static void check_others(const Sandbox__V1__Security *security, size_t index,
			 const char *field, struct findings *findings)
{
	const char *path = security->devices[index]->path;

	for (size_t i = 0; i < index; i++) {
		const char *other = security->devices[i]->path;

		if (are_in_each_other(path, other)) {
			finding_at(findings, field, ".path",
				   "\"%s\" cannot be besides \"%s\", the path "
				   "of security.devices[%zu]",
				   path, other, i);
			return;
		}
	}
}

void rules_devices(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings)
{
	const Sandbox__V1__Security *security = spec->security;
	/* More are refused already; comparing them all would take long. */
	size_t count = security == NULL || security->n_devices > 32
			       ? 0
			       : security->n_devices;

	for (size_t i = 0; i < count; i++) {
		const char *path = security->devices[i]->path;
		char field[40];

		(void)snprintf(field, sizeof(field), "security.devices[%zu]",
			       i);
		if (path[0] == '\0') {
			finding_at(findings, field, ".path", "is empty");
		} else if (grammar_path_below_root(path) == NULL) {
			check_place(field, path, findings);
			check_others(security, i, field, findings);
		}
	}
}
