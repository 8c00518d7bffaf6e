/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of maps of ids: what the kernel takes, found before it is asked. */
#include "spec/rules.h"

#include <stdint.h>
#include <stdio.h>

/* More are refused already; comparing them all would take long. */
#define RUNS_MAX 339U
#define IDS      4294967295U /* 2^32-1 is no id */

typedef Sandbox__V1__IdMap run_spec;

static void check_end(const char *path, const char *member, uint32_t first,
		      uint32_t count, struct findings *findings)
{
	if (count > IDS - first) {
		finding_at(findings, path, member,
			   "%u and %u more go past the last id, 4294967294",
			   first, count - 1);
	}
}

static int overlap(uint32_t one, uint32_t one_count, uint32_t other,
		   uint32_t other_count)
{
	return one < (uint64_t)other + other_count &&
	       other < (uint64_t)one + one_count;
}

static void check_run(run_spec *const *runs, size_t index, const char *field,
		      struct findings *findings)
{
	const run_spec *run = runs[index];
	char path[48];

	(void)snprintf(path, sizeof(path), "%s[%zu]", field, index);
	if (run->count == 0) {
		finding_at(findings, path, ".count", "is 0");
		return;
	}
	check_end(path, ".inside", run->inside, run->count, findings);
	check_end(path, ".outside", run->outside, run->count, findings);
	for (size_t i = 0; i < index; i++) {
		const run_spec *other = runs[i];

		if (overlap(run->inside, run->count, other->inside,
			    other->count)) {
			finding_at(findings, path, ".inside",
				   "overlaps that of %s[%zu]", field, i);
		}
		if (overlap(run->outside, run->count, other->outside,
			    other->count)) {
			finding_at(findings, path, ".outside",
				   "overlaps that of %s[%zu]", field, i);
		}
	}
}

static void check_runs(run_spec *const *runs, size_t count, const char *field,
		       struct findings *findings)
{
	if (count == 0) {
		findings_add(findings, field,
			     "is empty; identity.mode EXPLICIT needs maps of "
			     "both kinds");
	}
	for (size_t i = 0; i < count && count <= RUNS_MAX; i++) {
		check_run(runs, i, field, findings);
	}
}

void rules_identity(const Sandbox__V1__SandboxSpec *spec,
		    struct findings *findings)
{
	const Sandbox__V1__Identity *identity = spec->identity;

	if (identity == NULL ||
	    identity->mode != SANDBOX__V1__IDENTITY__MODE__EXPLICIT) {
		return;
	}
	check_runs(identity->uid_maps, identity->n_uid_maps,
		   "identity.uid_maps", findings);
	check_runs(identity->gid_maps, identity->n_gid_maps,
		   "identity.gid_maps", findings);
}
