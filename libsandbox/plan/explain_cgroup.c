/* SPDX-License-Identifier: Apache-2.0 */
/* What is written to the sandbox's control group. */
#include "plan/cgroup_setting.h"
#include "plan/explain.h"

void explain_cgroup(struct page *page, const struct plan *plan,
		    const struct plan_facts *facts)
{
	const struct plan_cgroup_setting *settings =
		plan_at(plan, plan->cgroup.offset);

	if ((plan->left_out & PLAN_LEFT_CGROUP) != 0) {
		explain_name(page, "control group");
		page_print(page, "left out in part: not had here\n");
	}
	for (uint32_t i = 0; i < plan->cgroup.count; i++) {
		const struct plan_cgroup_setting *setting = &settings[i];

		explain_name(page, i == 0 ? "control group" : "");
		page_print(page, "v%u %s = %s%s\n",
			   facts->cgroups[setting->controller].version,
			   plan_string(plan, setting->file),
			   plan_string(plan, setting->value),
			   (setting->flags & PLAN_CGROUP_OPTIONAL) != 0
				   ? " (where it is there)"
				   : "");
	}
}
