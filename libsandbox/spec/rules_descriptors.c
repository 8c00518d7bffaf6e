/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of the descriptors that the program gets, and of the program's own. */
#include "spec/rules.h"

#include <stdio.h>

/* Streams come first, and a number above has no place in most tables. */
#define INSIDE_MIN 3U
#define INSIDE_MAX 255U

static void check_number(const Sandbox__V1__Process *process, size_t i,
			 struct findings *findings)
{
	const Sandbox__V1__PassedFd *passed = process->pass_fds[i];
	char path[48];

	(void)snprintf(path, sizeof(path), "process.pass_fds[%zu]", i);
	if (passed->fd == 0) {
		finding_at(findings, path, ".fd",
			   "is 0; descriptors are counted from 1");
	}
	if (passed->inside < INSIDE_MIN || passed->inside > INSIDE_MAX) {
		finding_at(findings, path, ".inside", "%u is not from %u to %u",
			   passed->inside, INSIDE_MIN, INSIDE_MAX);
		return;
	}
	for (size_t j = 0; j < i; j++) {
		if (process->pass_fds[j]->inside == passed->inside) {
			finding_at(findings, path, ".inside",
				   "%u is that of pass_fds[%zu], too",
				   passed->inside, j);
			return;
		}
	}
}

void rules_descriptors(const Sandbox__V1__SandboxSpec *spec,
		       struct findings *findings)
{
	const Sandbox__V1__Process *process = spec->process;
	/* More are refused already; comparing them all would take long. */
	size_t count = process == NULL || process->n_pass_fds > 64
			       ? 0
			       : process->n_pass_fds;

	for (size_t i = 0; i < count; i++) {
		check_number(process, i, findings);
	}
}
