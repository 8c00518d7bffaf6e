/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of the smaller privileges. */
#include "spec/rules.h"

#include <linux/securebits.h>

static void check_securebits(const Sandbox__V1__Security *security,
			     struct findings *findings)
{
	if ((security->securebits & SECBIT_KEEP_CAPS) != 0) {
		findings_add(findings, "security.securebits",
			     "has %d, SECBIT_KEEP_CAPS, which ends with execve",
			     SECBIT_KEEP_CAPS);
	}
}

static void check_oom_score(const Sandbox__V1__Process *process,
			    struct findings *findings)
{
	int32_t score = process->oom_score_adj;

	if (score < -1000 || score > 1000) {
		findings_add(findings, "process.oom_score_adj",
			     "%d is not from -1000 to 1000", score);
	}
}

void rules_security(const Sandbox__V1__SandboxSpec *spec,
		    struct findings *findings)
{
	if (spec->security != NULL) {
		check_securebits(spec->security, findings);
	}
	if (spec->process != NULL) {
		check_oom_score(spec->process, findings);
	}
}
