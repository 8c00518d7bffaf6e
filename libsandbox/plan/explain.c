/* SPDX-License-Identifier: Apache-2.0 */
/* The plan in words: the order of the sections and their titles. */
#include "plan/explain.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "plan/build.h"
#include "plan/check.h"

#include <errno.h>

static const struct {
	const char *title;
	int (*explain)(struct page *page, const struct plan *plan,
		       const struct plan_facts *facts, struct err *err);
} sections[] = {
	{ "process", explain_process },
	{ "identity", explain_identity },
	{ "namespaces", explain_namespaces },
	{ "root", explain_tree },
	{ "hidden and read-only", explain_hidden },
	{ "privileges", explain_privileges },
	{ "limits", explain_limits },
	{ NULL, explain_filter }, /* brings its own title */
};

int plan_explain(const struct plan *plan, const struct plan_facts *facts,
		 char **ret, struct err *err)
{
	_cleanup_(page_done) struct page page = PAGE_INIT;
	int r = plan_check(plan, plan->size);

	if (r < 0) {
		return err_set(err, SANDBOX_ERROR_INTERNAL, -r,
			       "the plan is damaged");
	}
	for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
		page_print(&page, i == 0 ? "" : "\n");
		if (sections[i].title != NULL) {
			page_print(&page, "%s\n", sections[i].title);
		}
		r = sections[i].explain(&page, plan, facts, err);
		if (r < 0) {
			return r;
		}
	}
	r = page_finish(&page, ret);
	if (r < 0) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, -r,
			       "out of memory");
	}
	return 0;
}
