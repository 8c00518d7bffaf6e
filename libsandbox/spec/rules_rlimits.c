/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of resource limits. */
#include "spec/rlimit_names.h"
#include "spec/rules.h"

#include <stdio.h>
#include <string.h>

/* More limits than there are kinds are refused already. */
#define RLIMITS_MAX 16

static void check_name(const Sandbox__V1__Process *process, size_t index,
		       const char *path, struct findings *findings)
{
	const char *name = process->rlimits[index]->name;
	int number = rlimit_number(name);

	if (name[0] == '\0') {
		finding_at(findings, path, ".name", "is empty");
	}
	for (size_t i = 0; i < index && number >= 0; i++) {
		if (rlimit_number(process->rlimits[i]->name) == number) {
			finding_at(findings, path, ".name",
				   "\"%s\" is set by rlimits[%zu], too", name,
				   i);
			return;
		}
	}
}

static void check_values(const Sandbox__V1__Rlimit *rlimit, const char *path,
			 struct findings *findings)
{
	if (rlimit->unlimited_soft && rlimit->soft != 0) {
		finding_at(findings, path, ".soft",
			   "is given besides unlimited_soft");
	}
	if (rlimit->unlimited_hard && rlimit->hard != 0) {
		finding_at(findings, path, ".hard",
			   "is given besides unlimited_hard");
	}
	if (rlimit->unlimited_hard) {
		return;
	}
	if (rlimit->unlimited_soft) {
		finding_at(findings, path, ".unlimited_soft",
			   "is more than hard, %llu",
			   (unsigned long long)rlimit->hard);
	} else if (rlimit->soft > rlimit->hard) {
		finding_at(findings, path, ".soft",
			   "%llu is more than hard, %llu",
			   (unsigned long long)rlimit->soft,
			   (unsigned long long)rlimit->hard);
	}
}

void rules_rlimits(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings)
{
	const Sandbox__V1__Process *process = spec->process;

	if (process == NULL || process->n_rlimits > RLIMITS_MAX) {
		return;
	}
	for (size_t i = 0; i < process->n_rlimits; i++) {
		char path[64];

		(void)snprintf(path, sizeof(path), "process.rlimits[%zu]", i);
		check_name(process, i, path, findings);
		check_values(process->rlimits[i], path, findings);
	}
}
