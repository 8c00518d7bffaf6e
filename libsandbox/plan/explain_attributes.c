/* SPDX-License-Identifier: Apache-2.0 */
/* What the main process is by setting; nothing where the document is silent. */
#include "plan/explain.h"
#include "spec/scheduling_names.h"

static void print_scheduling(struct page *page, const struct plan *plan)
{
	const struct plan_scheduling *set = &plan->scheduling;

	if ((set->flags & PLAN_SCHEDULING_POLICY) != 0) {
		explain_name(page, "scheduling");
		page_print(page, "%s, priority %d\n",
			   scheduling_policy_name((int)set->policy),
			   set->priority);
	}
	if ((set->flags & PLAN_SCHEDULING_NICE) != 0) {
		explain_name(page, "nice");
		page_print(page, "%d\n", set->nice);
	}
	if ((set->flags & PLAN_SCHEDULING_IO) != 0) {
		explain_name(page, "disk scheduling");
		page_print(page, "%s, level %u\n",
			   io_class_name((int)(set->io_priority >> 13)),
			   set->io_priority & 7);
	}
	if ((set->flags & PLAN_SCHEDULING_CORE) != 0) {
		explain_name(page, "core");
		page_print(page, "shared with no other\n");
	}
}

static void print_cpus(struct page *page, const struct plan *plan)
{
	struct plan_list list = plan->scheduling.cpus;
	const uint64_t *words = plan_at(plan, list.offset);
	const char *separator = "";

	if (list.count == 0) {
		return;
	}
	explain_name(page, "processors");
	for (uint32_t i = 0; i < list.count * 64; i++) {
		if ((words[i / 64] >> (i % 64) & 1) != 0) {
			page_print(page, "%s%u", separator, i);
			separator = ",";
		}
	}
	page_print(page, "\n");
}

void explain_attributes(struct page *page, const struct plan *plan)
{
	const struct plan_passed *passed = plan_at(plan, plan->passed.offset);

	if (plan->exec_fd != 0) {
		explain_name(page, "program");
		page_print(page, "descriptor %u\n", plan->exec_fd - 1);
	}
	for (uint32_t i = 0; i < plan->passed.count; i++) {
		explain_name(page, i == 0 ? "passed" : "");
		page_print(page, "descriptor %u as %u\n",
			   passed[i].fd_index - 1, passed[i].inside);
	}
	print_scheduling(page, plan);
	print_cpus(page, plan);
	if (plan->personality != 0) {
		explain_name(page, "execution domain");
		page_print(page, "0x%08x\n", plan->personality);
	}
	if ((plan->flags & PLAN_DISABLE_TSC) != 0) {
		explain_name(page, "time stamp counter");
		page_print(page, "cannot be read\n");
	}
}
