/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of scheduling: which values go together. */
#include "base/array.h"
#include "spec/rules.h"

#include <stdbool.h>
#include <string.h>

#define WHERE "process.scheduling"

/* The fault, or NULL. */
static bool is_one_of(const char *text, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(text, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

static void check_policy(const Sandbox__V1__Scheduling *scheduling,
			 struct findings *findings)
{
	static const char *const policies[] = { "",     "other", "batch",
						"idle", "fifo",  "rr" };
	bool real_time = strcmp(scheduling->policy, "fifo") == 0 ||
			 strcmp(scheduling->policy, "rr") == 0;

	if (!is_one_of(scheduling->policy, policies, ARRAY_SIZE(policies))) {
		findings_add_value(findings, WHERE ".policy",
				   scheduling->policy,
				   "is none of other, batch, idle, fifo, rr");
		return;
	}
	if (real_time &&
	    (scheduling->priority < 1 || scheduling->priority > 99)) {
		findings_add(findings, WHERE ".priority",
			     "%d is not from 1 to 99", scheduling->priority);
	}
	if (!real_time && scheduling->priority != 0) {
		findings_add(findings, WHERE ".priority",
			     "has no meaning with policy \"%s\", only with "
			     "fifo and rr",
			     scheduling->policy);
	}
	if (real_time && scheduling->nice != 0) {
		findings_add(findings, WHERE ".nice",
			     "has no meaning with policy %s",
			     scheduling->policy);
	}
	if (scheduling->nice < -20 || scheduling->nice > 19) {
		findings_add(findings, WHERE ".nice",
			     "%d is not from -20 to 19", scheduling->nice);
	}
}

static void check_io(const Sandbox__V1__Scheduling *scheduling,
		     struct findings *findings)
{
	static const char *const classes[] = { "", "none", "realtime",
					       "best-effort", "idle" };
	bool has_levels = strcmp(scheduling->io_class, "realtime") == 0 ||
			  strcmp(scheduling->io_class, "best-effort") == 0;

	if (!is_one_of(scheduling->io_class, classes, ARRAY_SIZE(classes))) {
		findings_add_value(
			findings, WHERE ".io_class", scheduling->io_class,
			"is none of none, realtime, best-effort, idle");
		return;
	}
	if (!has_levels && scheduling->io_level != 0) {
		findings_add(findings, WHERE ".io_level",
			     "has no meaning with io_class \"%s\", only with "
			     "realtime and best-effort",
			     scheduling->io_class);
	}
}

void rules_scheduling(const Sandbox__V1__SandboxSpec *spec,
		      struct findings *findings)
{
	const Sandbox__V1__Process *process = spec->process;

	if (process == NULL || process->scheduling == NULL) {
		return;
	}
	check_policy(process->scheduling, findings);
	check_io(process->scheduling, findings);
}
