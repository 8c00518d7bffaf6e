/* SPDX-License-Identifier: Apache-2.0 */
/* Capabilities by name, and the filter by system call. */
#include "base/array.h"
#include "plan/explain.h"
#include "plan/privileges.h"
#include "spec/capability_names.h"

#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <string.h>

#define UNKNOWN_WIDTH 76

static void print_set(struct page *page, const char *name, uint64_t set)
{
	explain_name(page, name);
	page_print(page, set == 0 ? "none" : "");
	for (int i = 0; i < 64; i++) {
		const char *capability = capability_name(i);

		if ((set >> i & 1) != 0) {
			page_print(page, "%s%s",
				   (set & (((uint64_t)1 << i) - 1)) == 0 ? ""
									 : " ",
				   capability == NULL ? "?" : capability);
		}
	}
	page_print(page, "\n");
}

static const char *memfd_words(const struct plan *plan)
{
	if ((plan->flags & PLAN_ALLOW_MEMFD_EXEC) != 0) {
		return "allowed, by the specification";
	}
	return (plan->flags & PLAN_MEMFD_NOEXEC) != 0
		       ? "refused"
		       : "possible: this kernel cannot refuse it";
}

int explain_privileges(struct page *page, const struct plan *plan,
		       const struct plan_facts *facts, struct err *err)
{
	const struct plan_capabilities *sets = &plan->capabilities;
	const struct filter_options options = privileges_filter_options(plan);

	(void)facts;
	(void)err;
	explain_name(page, "new privileges");
	page_print(page, "%s\n",
		   (plan->flags & PLAN_ALLOW_NEW_PRIVS) != 0
			   ? "allowed, by the specification"
			   : "none, ever");
	print_set(page, "effective", sets->effective);
	print_set(page, "permitted", sets->permitted);
	print_set(page, "inheritable", sets->inheritable);
	print_set(page, "bounding", sets->bounding);
	print_set(page, "ambient", sets->ambient);
	explain_name(page, "raw sockets");
	page_print(page, "%s\n",
		   options.allow_net_raw ? "pass the filter" : "refused");
	explain_name(page, "scheduling");
	page_print(page, "%s\n",
		   options.single_id
			   ? "and limits of itself only: it shares init's id"
			   : "as the kernel allows");
	explain_name(page, "executable memfd");
	page_print(page, "%s\n", memfd_words(plan));
	explain_security(page, plan);
	return 0;
}

static void print_line(void *arg, const char *line)
{
	page_print(arg, "%s\n", line);
}

/* The description is of the options; that they give this very program is
 * what makes it one of the plan. */
static int check_filter(const struct plan *plan,
			const struct filter_options *options, struct err *err)
{
	struct filter filter = FILTER_INIT;
	int r = filter_compile(options, &filter, err);
	size_t size = plan->filter.count * sizeof(struct sock_filter);
	bool same;

	if (r < 0) {
		return r;
	}
	same = filter.length == plan->filter.count &&
	       memcmp(filter.instructions, plan_at(plan, plan->filter.offset),
		      size) == 0;
	filter_done(&filter);
	if (!same) {
		return err_set(err, SANDBOX_ERROR_INTERNAL, EINVAL,
			       "the plan has another filter than it says");
	}
	return 0;
}

/* Whether a name was misspelt, only who wrote the profile can see. */
static void print_unknown(struct page *page, const struct plan *plan)
{
	const plan_offset *names = plan_at(plan, plan->filter_unknown.offset);
	size_t used = 0;

	if ((plan->flags & PLAN_FILTER_OCI) == 0) {
		return;
	}
	page_print(page,
		   "  from a profile of OCI, which names %u calls that "
		   "there are none of here%s",
		   plan->filter_unknown.count,
		   plan->filter_unknown.count > 0 ? ":" : "");
	for (uint32_t i = 0; i < plan->filter_unknown.count; i++) {
		const char *name = plan_string(plan, names[i]);

		used = used == 0 ? UNKNOWN_WIDTH : used + strlen(name) + 3;
		if (used >= UNKNOWN_WIDTH) {
			page_print(page, "\n   ");
			used = 4 + strlen(name) + 3;
		}
		page_print(page, " ");
		page_quote(page, name);
	}
	page_print(page, "\n");
}

int explain_filter(struct page *page, const struct plan *plan,
		   const struct plan_facts *facts, struct err *err)
{
	const struct filter_options options = privileges_filter_options(plan);
	int r = 0;

	(void)facts;
	if (plan->filter_raw.count != 0) {
		page_print(page,
			   "  besides, a filter of the specification's own: %u "
			   "instructions\n",
			   plan->filter_raw.count);
	}
	if ((plan->flags & PLAN_UNFILTERED) != 0) {
		page_print(page, "  not filtered, by the specification\n");
		return 0;
	}
	if (plan->notify_fd != 0) {
		page_print(page,
			   "  its listener goes to descriptor %u of the "
			   "caller's\n",
			   plan->notify_fd - 1);
	}
	print_unknown(page, plan);
	r = check_filter(plan, &options, err);
	return r < 0 ? r : filter_describe(&options, print_line, page, err);
}
