/* SPDX-License-Identifier: Apache-2.0 */
/* Smaller privileges; nothing where the document is silent. */
#include "plan/explain.h"
#include "spec/landlock_names.h"

static void print_rule(struct page *page, const struct plan *plan,
		       const struct plan_landlock_rule *rule)
{
	explain_name(page, "");
	if (rule->path == 0) {
		page_print(page, "%s to TCP port %u\n",
			   rule->access == 1 ? "bind" : "connect",
			   (unsigned int)rule->port);
		return;
	}
	page_quote(page, plan_string(plan, rule->path));
	for (unsigned int i = 0; i < 64; i++) {
		if ((rule->access >> i & 1) != 0) {
			page_print(page, " %s", landlock_right_name(i));
		}
	}
	page_print(page, "\n");
}

static void print_landlock(struct page *page, const struct plan *plan)
{
	const struct plan_landlock *set = &plan->landlock;
	const struct plan_landlock_rule *rules =
		plan_at(plan, set->rules.offset);

	if ((set->fs | set->net | set->scoped) != 0) {
		explain_name(page, "landlock");
		page_print(page, "refuses%s%s%s%s%s%s\n",
			   set->fs != 0 ? " paths" : "",
			   (set->net & 1) != 0 ? " bind_tcp" : "",
			   (set->net & 2) != 0 ? " connect_tcp" : "",
			   (set->scoped & 1) != 0 ? " abstract sockets" : "",
			   (set->scoped & 2) != 0 ? " signals" : "",
			   set->rules.count != 0 ? ", but for" : "");
	}
	for (uint32_t i = 0; i < set->rules.count; i++) {
		print_rule(page, plan, &rules[i]);
	}
	if ((plan->left_out & PLAN_LEFT_LANDLOCK) != 0) {
		explain_name(page, "landlock");
		page_print(page,
			   "left out, all or a part: this kernel has "
			   "version %u\n",
			   set->abi);
	}
}

static void print_label(struct page *page, const struct plan *plan)
{
	if (plan->label_kind != PLAN_LABEL_NONE) {
		explain_name(page, plan->label_kind == PLAN_LABEL_APPARMOR
					   ? "apparmor_profile"
					   : "selinux_label");
		page_quote(page,
			   plan_string(plan, plan->label) + plan->label_skip);
		page_print(page, ", from exec on\n");
	}
	if ((plan->left_out & PLAN_LEFT_APPARMOR) != 0) {
		explain_name(page, "apparmor_profile");
		page_print(page, "left out: not enabled on this host\n");
	}
	if ((plan->left_out & PLAN_LEFT_SELINUX) != 0) {
		explain_name(page, "selinux_label");
		page_print(page, "left out: not enabled on this host\n");
	}
}

void explain_security(struct page *page, const struct plan *plan)
{
	if ((plan->flags & PLAN_ALLOW_USERNS) != 0) {
		explain_name(page, "user namespaces");
		page_print(page, "may be made, by the specification\n");
	}
	if (plan->securebits != 0) {
		explain_name(page, "securebits");
		page_print(page, "0x%02x\n", plan->securebits);
	}
	if ((plan->flags & PLAN_FILTER_LOG) != 0) {
		explain_name(page, "refused calls");
		page_print(page, "noted in the host's log\n");
	}
	if (plan->oom_score_adj != 0) {
		explain_name(page, "oom_score_adj");
		page_print(page, "%d\n", plan->oom_score_adj);
	}
	if ((plan->left_out & PLAN_LEFT_OOM_SCORE) != 0) {
		explain_name(page, "oom_score_adj");
		page_print(page, "left out: takes CAP_SYS_RESOURCE\n");
	}
	print_landlock(page, plan);
	print_label(page, plan);
}
