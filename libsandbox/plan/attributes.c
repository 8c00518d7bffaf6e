/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the main process is by setting: further groups, descriptors, how it is
 * scheduled, its execution domain.
 */
#include "plan/draft.h"
#include "spec/cpu_list.h"
#include "spec/scheduling_names.h"

#include <stdio.h>
#include <stdlib.h>

#define FIELD_BYTES 64

/* Where ioprio_set(2) has the class. */
#define IO_CLASS_SHIFT 13

typedef Sandbox__V1__Scheduling scheduling_spec;

static int compare_numbers(const void *a, const void *b)
{
	const uint32_t *one = a;
	const uint32_t *other = b;

	return (*one > *other) - (*one < *other);
}

static int check_group(const struct draft *draft, size_t index)
{
	const struct plan *head = &draft->builder->head;
	uint32_t id = draft->process->extra_gids[index];
	char field[FIELD_BYTES];

	(void)snprintf(field, sizeof(field), "process.extra_gids[%zu]", index);
	if (head->identity == PLAN_IDENTITY_SINGLE) {
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
				    "%u is not mapped: the sandbox has a "
				    "single group, that of process.user",
				    id);
	}
	return draft_check_mapped(draft, field, ID_OF_GROUP, id);
}

/* The kernel keeps them in order and each once; so does the plan. */
static int decide_groups(struct draft *draft)
{
	size_t count = draft->process->n_extra_gids;
	uint32_t groups[PLAN_MAX_GROUPS];
	size_t kept = 0;

	if (count > PLAN_MAX_GROUPS) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC,
				    "process.extra_gids",
				    "has %zu elements, more than %u", count,
				    PLAN_MAX_GROUPS);
	}
	for (size_t i = 0; i < count; i++) {
		int r = check_group(draft, i);

		if (r < 0) {
			return r;
		}
		groups[i] = draft->process->extra_gids[i];
	}
	qsort(groups, count, sizeof(groups[0]), compare_numbers);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || groups[kept - 1] != groups[i]) {
			groups[kept++] = groups[i];
		}
	}
	draft->builder->head.groups =
		builder_list(draft->builder, groups, kept, sizeof(groups[0]));
	return 0;
}

static int compare_passed(const void *a, const void *b)
{
	const struct plan_passed *one = a;
	const struct plan_passed *other = b;

	return compare_numbers(&one->inside, &other->inside);
}

static int decide_descriptors(struct draft *draft)
{
	const Sandbox__V1__Process *process = draft->process;
	struct plan_passed passed[PLAN_MAX_PASSED];
	size_t count = process->n_pass_fds;

	if (count > PLAN_MAX_PASSED) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC,
				    "process.pass_fds",
				    "has %zu elements, more than %u", count,
				    PLAN_MAX_PASSED);
	}
	for (size_t i = 0; i < count; i++) {
		passed[i].fd_index = process->pass_fds[i]->fd;
		passed[i].inside = process->pass_fds[i]->inside;
	}
	qsort(passed, count, sizeof(passed[0]), compare_passed);
	draft->builder->head.passed =
		builder_list(draft->builder, passed, count, sizeof(passed[0]));
	draft->builder->head.exec_fd = process->exec_fd;
	return 0;
}

static void decide_cpus(struct draft *draft, const char *text)
{
	struct plan_scheduling *ret = &draft->builder->head.scheduling;
	uint64_t words[CPU_LIST_WORDS] = { 0 };
	size_t count = CPU_LIST_WORDS;

	(void)cpu_list_parse(text, words);
	while (count > 1 && words[count - 1] == 0) {
		count--;
	}
	ret->cpus =
		builder_list(draft->builder, words, count, sizeof(words[0]));
	ret->flags |= PLAN_SCHEDULING_CPUS;
}

static int decide_scheduling(struct draft *draft)
{
	const scheduling_spec *scheduling = draft->process->scheduling;
	struct plan_scheduling *ret = &draft->builder->head.scheduling;

	if (scheduling == NULL) {
		return 0;
	}
	if (*scheduling->policy != '\0') {
		ret->flags |= PLAN_SCHEDULING_POLICY;
		ret->policy =
			(uint32_t)scheduling_policy_number(scheduling->policy);
		ret->priority = scheduling->priority;
	}
	if (scheduling->nice != 0) {
		ret->flags |= PLAN_SCHEDULING_NICE;
		ret->nice = scheduling->nice;
	}
	if (*scheduling->io_class != '\0') {
		ret->flags |= PLAN_SCHEDULING_IO;
		ret->io_priority =
			(uint32_t)io_class_number(scheduling->io_class)
			<< IO_CLASS_SHIFT;
		ret->io_priority |= scheduling->io_level;
	}
	if (*scheduling->cpus != '\0') {
		decide_cpus(draft, scheduling->cpus);
	}
	if (scheduling->core_cookie) {
		ret->flags |= PLAN_SCHEDULING_CORE;
	}
	if (ret->nice < 0 || ret->priority > 0 ||
	    ret->io_priority >> IO_CLASS_SHIFT == IO_CLASS_REALTIME) {
		ret->flags |= PLAN_SCHEDULING_RAISES;
	}
	return 0;
}

int decide_attributes(struct draft *draft)
{
	struct plan *head = &draft->builder->head;
	int r = decide_groups(draft);

	if (r >= 0) {
		r = decide_descriptors(draft);
	}
	if (r >= 0) {
		r = decide_scheduling(draft);
	}
	if (draft->security->disable_tsc) {
		head->flags |= PLAN_DISABLE_TSC;
	}
	head->personality = (uint32_t)draft->security->personality;
	return r;
}
