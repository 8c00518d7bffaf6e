/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of scheduling: which values go together. */
#include "spec/rules.h"
#include "spec/scheduling_names.h"

#include <sched.h>
#include <stdbool.h>

#define WHERE "process.scheduling"

static void check_policy(const Sandbox__V1__Scheduling *scheduling,
			 struct findings *findings)
{
	int policy = scheduling_policy_number(scheduling->policy);
	bool real_time = policy == SCHED_FIFO || policy == SCHED_RR;

	if (*scheduling->policy != '\0' && policy < 0) {
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
	int class = io_class_number(scheduling->io_class);
	bool has_levels =
		class == IO_CLASS_REALTIME || class == IO_CLASS_BEST_EFFORT;

	if (*scheduling->io_class != '\0' && class < 0) {
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
