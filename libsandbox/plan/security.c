/* SPDX-License-Identifier: Apache-2.0 */
/* Smaller privileges: securebits, and whom the kernel kills first. */
#include "plan/draft.h"

static int decide_oom_score(struct draft *draft)
{
	static const char field[] = "process.oom_score_adj";
	struct plan *head = &draft->builder->head;
	int32_t score = draft->process->oom_score_adj;

	if (score >= 0 || draft->facts->sys_resource) {
		head->oom_score_adj = score;
		return 0;
	}
	if (draft_prefers(draft, field)) {
		head->left_out |= PLAN_LEFT_OOM_SCORE;
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
			    "%d takes CAP_SYS_RESOURCE over the host", score);
}

int decide_security(struct draft *draft)
{
	draft->builder->head.securebits = draft->security->securebits;
	return decide_oom_score(draft);
}
