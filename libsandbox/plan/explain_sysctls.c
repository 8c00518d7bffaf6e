/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of the sandbox's own namespaces; nothing where there are none. */
#include "plan/explain.h"

static const char *note_on(const struct plan_sysctl *sysctl)
{
	if ((sysctl->flags & PLAN_SYSCTL_OURS) != 0) {
		return " (in place of a capability)";
	}
	return (sysctl->flags & PLAN_SYSCTL_OPTIONAL) != 0 ? " (preferred)"
							   : "";
}

void explain_sysctls(struct page *page, const struct plan *plan)
{
	const struct plan_sysctl *sysctls = plan_at(plan, plan->sysctls.offset);

	for (uint32_t i = 0; i < plan->sysctls.count; i++) {
		explain_name(page, i == 0 ? "settings" : "");
		page_quote(page, plan_string(plan, sysctls[i].path));
		page_print(page, " is ");
		page_quote(page, plan_string(plan, sysctls[i].value));
		page_print(page, "%s\n", note_on(&sysctls[i]));
	}
}
