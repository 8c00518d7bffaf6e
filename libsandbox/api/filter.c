/* SPDX-License-Identifier: Apache-2.0 */
/* The system-call filter of a specification, to be read and to be asked. */
#include "api/filter_call.h"
#include "api/handles.h"
#include "base/cleanup.h"
#include "engine/facts.h"
#include "plan/filter_rules.h"
#include "plan/page.h"
#include "policy/filter_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define INSTRUCTION_SIZE 128

/* A plan with the options of its filter, which borrow from it. */
struct view {
	struct facts_store facts;
	struct plan *plan;
	struct filter_options options;
	struct filter_rules rules;
};

static void view_done(struct view *view)
{
	filter_rules_done(&view->rules);
	free(view->plan);
	facts_done(&view->facts);
}

static int find_arch(const char *name, enum syscall_arch *ret, struct err *err)
{
	*ret = SYSCALL_ARCH_NATIVE;
	if (name == NULL) {
		return 0;
	}
	for (int i = 0; i < SYSCALL_ARCHES; i++) {
		if (strcmp(name, syscall_arch_name((enum syscall_arch)i)) ==
		    0) {
			*ret = (enum syscall_arch)i;
			return 0;
		}
	}
	return err_set(err, SANDBOX_ERROR_SPEC, EINVAL,
		       "\"%.32s\" is no architecture of this build: x86_64, "
		       "aarch64",
		       name);
}

static int view_open(struct view *view, const sandbox_spec *spec,
		     const char *arch_name, struct err *err)
{
	struct filter_place place = { .spec = spec->spec };
	int r = find_arch(arch_name, &place.arch, err);

	if (r >= 0) {
		r = api_plan_here(spec, &view->facts, &view->plan, err);
	}
	place.facts = &view->facts.facts;
	place.plan = view->plan;
	return r < 0 ? r
		     : filter_options_at(&place, &view->options, &view->rules,
					 err);
}

static bool is_unfiltered(const struct view *view)
{
	return (view->plan->flags & PLAN_UNFILTERED) != 0;
}

static void print_line(void *arg, const char *line)
{
	page_print(arg, "%s\n", line);
}

static void print_program(struct page *page, const char *title,
			  const struct sock_filter *program, size_t count)
{
	page_print(page, "; %s: %zu instructions\n", title, count);
	for (size_t i = 0; i < count; i++) {
		char line[INSTRUCTION_SIZE];

		filter_say_instruction(line, sizeof(line), &program[i], i);
		page_print(page, "%s\n", line);
	}
}

static void print_listing(struct page *page, const struct view *view,
			  const struct filter *filter)
{
	const struct plan_list *raw = &view->plan->filter_raw;

	if (filter->length > 0) {
		print_program(page, "filter", filter->instructions,
			      filter->length);
	}
	if (raw->count > 0) {
		print_program(page, "filter of the specification's own",
			      plan_at(view->plan, raw->offset), raw->count);
	}
}

static int finish_text(struct page *page, char **ret, size_t *size)
{
	size_t length = page->length;
	int r = page_finish(page, ret);

	if (r >= 0 && size != NULL) {
		*size = length;
	}
	return r;
}

static int copy_bytes(const struct filter *filter, char **ret, size_t *size)
{
	size_t length = filter->length * sizeof(filter->instructions[0]);
	char *bytes = calloc(1, length + 1);

	if (bytes == NULL) {
		return -ENOMEM;
	}
	if (length > 0) {
		memcpy(bytes, filter->instructions, length);
	}
	*ret = bytes;
	if (size != NULL) {
		*size = length;
	}
	return 0;
}

static int tell(const struct view *view, int form, char **ret, size_t *size,
		struct err *err)
{
	_cleanup_(page_done) struct page page = PAGE_INIT;
	_cleanup_(filter_done) struct filter filter = FILTER_INIT;
	int r = 0;

	if (form == SANDBOX_FILTER_CALLS) {
		r = is_unfiltered(view) ? 0
					: filter_list(&view->options,
						      print_line, &page, err);
		return r < 0 ? r : finish_text(&page, ret, size);
	}
	if (!is_unfiltered(view)) {
		r = filter_compile(&view->options, &filter, err);
	}
	if (r < 0) {
		return r;
	}
	if (form == SANDBOX_FILTER_BYTES) {
		return copy_bytes(&filter, ret, size);
	}
	print_listing(&page, view, &filter);
	return finish_text(&page, ret, size);
}

int sandbox_filter(const sandbox_spec *spec, const char *arch, int form,
		   char **ret, size_t *size, sandbox_error **err)
{
	_cleanup_(view_done) struct view view = { .plan = NULL };
	struct err reason = ERR_INIT;
	int r = 0;

	if (spec == NULL || ret == NULL) {
		return api_null("spec or ret", err);
	}
	if (form < SANDBOX_FILTER_CALLS || form > SANDBOX_FILTER_BYTES) {
		return api_null("form", err);
	}
	r = view_open(&view, spec, arch, &reason);
	if (r >= 0) {
		r = tell(&view, form, ret, size, &reason);
	}
	return r < 0 ? api_fail(r, &reason, err) : 0;
}

static int answer(const struct view *view, const char *call, char **ret,
		  struct err *err)
{
	_cleanup_(page_done) struct page page = PAGE_INIT;
	_cleanup_free_ struct filter_model *model = NULL;
	enum syscall_arch arch = view->options.arch;
	struct filter_question question;
	char words[64] = "allow";
	int r = filter_question_read(call, arch, &question, err);

	if (r < 0) {
		return r;
	}
	if (!is_unfiltered(view)) {
		model = filter_model_new(&view->options);
		if (model == NULL) {
			return -ENOMEM;
		}
		filter_say_verdict(
			words, sizeof(words),
			filter_verdict(model, syscall_audit_arch(arch),
				       question.number, question.arguments));
	}
	page_print(&page, "%s%s\n", words,
		   view->plan->filter_raw.count > 0
			   ? ", unless the specification's own filter is "
			     "stricter"
			   : "");
	return page_finish(&page, ret);
}

int sandbox_filter_answer(const sandbox_spec *spec, const char *arch,
			  const char *call, char **ret, sandbox_error **err)
{
	_cleanup_(view_done) struct view view = { .plan = NULL };
	struct err reason = ERR_INIT;
	int r = 0;

	if (spec == NULL || call == NULL || ret == NULL) {
		return api_null("spec, call or ret", err);
	}
	r = view_open(&view, spec, arch, &reason);
	if (r >= 0) {
		r = answer(&view, call, ret, &reason);
	}
	return r < 0 ? api_fail(r, &reason, err) : 0;
}
