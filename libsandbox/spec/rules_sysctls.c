/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of settings: only of what is the sandbox's own, each once. */
#include "spec/field_path.h"
#include "spec/rules.h"
#include "spec/sysctl_names.h"

#include <stdbool.h>
#include <string.h>

#define VALUE_BYTES 1023

typedef Sandbox__V1__Security__SysctlsEntry sysctl_entry;

static bool has_own_network(const Sandbox__V1__SandboxSpec *spec)
{
	return spec->network == NULL ||
	       (spec->network->mode != SANDBOX__V1__NETWORK__MODE__HOST &&
		spec->network->mode != SANDBOX__V1__NETWORK__MODE__JOIN);
}

static bool has_own_ipc(const Sandbox__V1__SandboxSpec *spec)
{
	return spec->namespaces == NULL ||
	       spec->namespaces->ipc == SANDBOX__V1__NAMESPACES__MODE__NEW;
}

/* NULL or what is wrong with the setting at @path. */
static const char *owner_fault(const Sandbox__V1__SandboxSpec *spec,
			       const char *path)
{
	const char *rule = NULL;

	switch (sysctl_owner(path, &rule)) {
	case SYSCTL_NETWORK:
		return has_own_network(spec)
			       ? NULL
			       : "needs a network namespace of the sandbox's "
				 "own, which network.mode HOST and JOIN have "
				 "not";
	case SYSCTL_IPC:
		return has_own_ipc(spec)
			       ? NULL
			       : "needs namespaces.ipc NEW, a namespace of the "
				 "sandbox's own";
	case SYSCTL_FOREIGN:
	default:
		return rule;
	}
}

static const char *value_fault(const char *value)
{
	size_t length = strlen(value);

	if (length == 0 || length > VALUE_BYTES) {
		return "is empty or longer than 1023 bytes";
	}
	for (size_t i = 0; i < length; i++) {
		if (value[i] != '\t' && (value[i] < ' ' || value[i] > '~')) {
			return "has another character than printable ASCII";
		}
	}
	return NULL;
}

static bool is_again(const Sandbox__V1__Security *security, size_t index,
		     const char *path)
{
	for (size_t i = 0; i < index; i++) {
		char other[SYSCTL_PATH_BYTES];

		if (sysctl_path(security->sysctls[i]->key, other) == NULL &&
		    strcmp(other, path) == 0) {
			return true;
		}
	}
	return false;
}

static void check_entry(const Sandbox__V1__SandboxSpec *spec, size_t index,
			struct findings *findings)
{
	const sysctl_entry *entry = spec->security->sysctls[index];
	struct field_path place = { .depth = 2 };
	char buffer[FIELD_PATH_BYTES] = "";
	struct text text = TEXT_OVER(buffer);
	char path[SYSCTL_PATH_BYTES];
	const char *fault = sysctl_path(entry->key, path);

	place.steps[0] =
		(struct path_step){ .name = "security", .index = NO_INDEX };
	place.steps[1] = (struct path_step){ .name = "sysctls",
					     .key = entry->key,
					     .index = NO_INDEX };
	field_path_render(&place, &text);
	if (fault == NULL) {
		fault = owner_fault(spec, path);
	}
	if (fault == NULL && is_again(spec->security, index, path)) {
		fault = "is there already, written in another way";
	}
	if (fault != NULL) {
		findings_add(findings, buffer, "the setting %s", fault);
		return;
	}
	fault = value_fault(entry->value);
	if (fault != NULL) {
		findings_add_value(findings, buffer, entry->value, fault);
	}
}

void rules_sysctls(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings)
{
	for (size_t i = 0;
	     spec->security != NULL && i < spec->security->n_sysctls; i++) {
		check_entry(spec, i, findings);
	}
}
