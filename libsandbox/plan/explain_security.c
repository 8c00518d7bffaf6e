/* SPDX-License-Identifier: Apache-2.0 */
/* Smaller privileges; nothing where the document is silent. */
#include "plan/explain.h"

void explain_security(struct page *page, const struct plan *plan)
{
	if (plan->securebits != 0) {
		explain_name(page, "securebits");
		page_print(page, "0x%02x\n", plan->securebits);
	}
	if (plan->oom_score_adj != 0) {
		explain_name(page, "oom_score_adj");
		page_print(page, "%d\n", plan->oom_score_adj);
	}
	if ((plan->left_out & PLAN_LEFT_OOM_SCORE) != 0) {
		explain_name(page, "oom_score_adj");
		page_print(page, "left out: takes CAP_SYS_RESOURCE\n");
	}
}
