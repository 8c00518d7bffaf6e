/* SPDX-License-Identifier: Apache-2.0 */
/* The program with its words, streams and limits. */
#include "base/array.h"
#include "plan/explain.h"
#include "spec/rlimit_names.h"

#include <inttypes.h>
#include <sys/resource.h>

static void print_strings(struct page *page, const char *name,
			  const struct plan *plan, struct plan_list list)
{
	const plan_offset *offsets = plan_at(plan, list.offset);

	for (uint32_t i = 0; i < list.count; i++) {
		explain_name(page, i == 0 ? name : "");
		page_quote(page, plan_string(plan, offsets[i]));
		page_print(page, "\n");
	}
}

static void print_string(struct page *page, const char *name,
			 const struct plan *plan, plan_offset offset)
{
	explain_name(page, name);
	page_quote(page, plan_string(plan, offset));
	page_print(page, "\n");
}

static void print_streams(struct page *page, const struct plan *plan)
{
	static const char *const names[] = { "stdin", "stdout", "stderr" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct plan_stdio *stream = &plan->stdio[i];

		explain_name(page, names[i]);
		if (stream->kind == PLAN_STDIO_FD) {
			page_print(page, "descriptor %u\n",
				   stream->fd_index - 1);
		} else if (stream->kind == PLAN_STDIO_INHERIT) {
			page_print(page, "that of the host process\n");
		} else {
			page_print(page, "null device\n");
		}
	}
}

int explain_process(struct page *page, const struct plan *plan,
		    const struct plan_facts *facts, struct err *err)
{
	(void)facts;
	(void)err;
	print_strings(page, "argv", plan, plan->argv);
	print_strings(page, "environment", plan, plan->env);
	print_string(page, "search path", plan, plan->default_path);
	print_string(page, "directory", plan, plan->cwd);
	explain_name(page, "umask");
	page_print(page, "%04o\n", plan->umask);
	print_streams(page, plan);
	explain_attributes(page, plan);
	return 0;
}

static void print_limit(struct page *page, uint64_t limit)
{
	if (limit == RLIM_INFINITY) {
		page_print(page, "unlimited");
	} else {
		page_print(page, "%" PRIu64, limit);
	}
}

static void print_rlimits(struct page *page, const struct plan *plan)
{
	const struct plan_rlimit *rlimits = plan_at(plan, plan->rlimits.offset);

	for (uint32_t i = 0; i < plan->rlimits.count; i++) {
		const char *name = rlimit_name((int)rlimits[i].resource);

		explain_name(page, name == NULL ? "?" : name);
		print_limit(page, rlimits[i].soft);
		if (rlimits[i].hard != rlimits[i].soft) {
			page_print(page, ", up to ");
			print_limit(page, rlimits[i].hard);
		}
		page_print(page, "\n");
	}
}

int explain_limits(struct page *page, const struct plan *plan,
		   const struct plan_facts *facts, struct err *err)
{
	(void)err;
	explain_name(page, "processes");
	page_print(page, "%u\n", plan->pids);
	explain_name(page, "wall clock");
	if (plan->wall_ms == 0) {
		page_print(page, "unlimited\n");
	} else {
		page_print(page, "%" PRIu64 " ms, then ", plan->wall_ms);
		if (plan->grace_ms != 0) {
			page_print(page, "TERM and after %" PRIu64 " ms ",
				   plan->grace_ms);
		}
		page_print(page, "KILL\n");
	}
	explain_cgroup(page, plan, facts);
	print_rlimits(page, plan);
	return 0;
}
