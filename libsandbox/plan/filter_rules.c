/* SPDX-License-Identifier: Apache-2.0 */
/* From the rules of a document to additions to a filter, by number of call. */
#include "plan/filter_rules.h"

#include "plan/privileges.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define FIELD_BYTES 96

typedef Sandbox__V1__Seccomp seccomp_spec;
typedef Sandbox__V1__SyscallRule rule_spec;

uint32_t filter_rules_verdict(Sandbox__V1__Seccomp__Action action,
			      uint32_t errno_value)
{
	switch ((int)action) {
	case SANDBOX__V1__SECCOMP__ACTION__ALLOW:
		return FILTER_ALLOW;
	case SANDBOX__V1__SECCOMP__ACTION__KILL_PROCESS:
		return FILTER_KILL;
	case SANDBOX__V1__SECCOMP__ACTION__KILL_THREAD:
		return (uint32_t)SECCOMP_RET_KILL_THREAD;
	case SANDBOX__V1__SECCOMP__ACTION__TRAP:
		return (uint32_t)SECCOMP_RET_TRAP;
	case SANDBOX__V1__SECCOMP__ACTION__LOG:
		return (uint32_t)SECCOMP_RET_LOG;
	case SANDBOX__V1__SECCOMP__ACTION__NOTIFY:
		return (uint32_t)SECCOMP_RET_USER_NOTIF;
	default:
		/* What this build does not know is refused before. */
		return FILTER_ERRNO(errno_value == 0 ? EPERM : errno_value);
	}
}

static unsigned char comparison_of(Sandbox__V1__SyscallArg__Op op)
{
	static const unsigned char comparisons[] = {
		[SANDBOX__V1__SYSCALL_ARG__OP__EQ] = FILTER_EQ,
		[SANDBOX__V1__SYSCALL_ARG__OP__NE] = FILTER_NE,
		[SANDBOX__V1__SYSCALL_ARG__OP__LT] = FILTER_LT,
		[SANDBOX__V1__SYSCALL_ARG__OP__LE] = FILTER_LE,
		[SANDBOX__V1__SYSCALL_ARG__OP__GT] = FILTER_GT,
		[SANDBOX__V1__SYSCALL_ARG__OP__GE] = FILTER_GE,
		[SANDBOX__V1__SYSCALL_ARG__OP__MASKED_EQ] = FILTER_MASKED_EQ,
	};

	return comparisons[op];
}

struct filter_rule filter_rules_of(const rule_spec *spec)
{
	struct filter_rule rule = {
		.verdict =
			filter_rules_verdict(spec->action, spec->errno_value),
		.test_count = (unsigned char)spec->n_args,
	};

	for (size_t i = 0; i < spec->n_args && i < FILTER_ARGUMENTS; i++) {
		const Sandbox__V1__SyscallArg *arg = spec->args[i];

		rule.tests[i] = (struct filter_test){
			.argument = (unsigned char)arg->index,
			.comparison = comparison_of(arg->op),
			.value = arg->value,
			.mask = arg->mask,
		};
	}
	return rule;
}

bool filter_rules_add(struct filter_rules *rules, uint32_t number,
		      const struct filter_rule *rule)
{
	if (rules->count == FILTER_ADDITIONS_MAX) {
		return false;
	}
	rules->list[rules->count++] = (struct filter_addition){
		.number = number,
		.rule = *rule,
	};
	return true;
}

static int refuse(struct filter_rules *rules, size_t rule, size_t name,
		  const char *fault)
{
	char field[FIELD_BYTES];

	(void)snprintf(field, sizeof(field),
		       "security.seccomp.rules[%zu].names[%zu]", rule, name);
	return err_at(rules->err, SANDBOX_ERROR_SPEC, EINVAL, "", field,
		      "%s: %s", field, fault);
}

/* A name of another architecture's has nothing to be about here. */
static int add_rule(struct filter_rules *rules, const rule_spec *spec,
		    size_t index)
{
	const struct filter_rule rule = filter_rules_of(spec);
	char fault[FIELD_BYTES];

	for (size_t i = 0; i < spec->n_names; i++) {
		const struct syscall_row *row = syscall_find(spec->names[i]);

		if (row == NULL) {
			(void)snprintf(fault, sizeof(fault),
				       "\"%.48s\" is not a system call",
				       spec->names[i]);
			return refuse(rules, index, i, fault);
		}
		if (row->number[rules->arch] >= 0 &&
		    !filter_rules_add(rules, (uint32_t)row->number[rules->arch],
				      &rule)) {
			(void)snprintf(fault, sizeof(fault),
				       "all rules together name more than "
				       "%u system calls",
				       FILTER_ADDITIONS_MAX);
			return refuse(rules, index, i, fault);
		}
	}
	return 0;
}

int filter_rules_collect(const seccomp_spec *seccomp,
			 struct filter_rules *rules)
{
	int r = 0;

	if (seccomp == NULL ||
	    (seccomp->n_rules == 0 && seccomp->oci_json.len == 0)) {
		return 0;
	}
	rules->list = calloc(FILTER_ADDITIONS_MAX, sizeof(*rules->list));
	if (rules->list == NULL) {
		return err_set(rules->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	for (size_t i = 0; i < seccomp->n_rules && r >= 0; i++) {
		r = add_rule(rules, seccomp->rules[i], i);
	}
	if (r >= 0 && seccomp->oci_json.len > 0) {
		r = filter_rules_add_oci(rules, seccomp);
	}
	return r;
}

void filter_rules_done(struct filter_rules *rules)
{
	free(rules->list);
	arena_done(&rules->arena);
	rules->list = NULL;
	rules->count = 0;
}

int filter_options_at(const struct filter_place *place,
		      struct filter_options *ret, struct filter_rules *rules,
		      struct err *err)
{
	const Sandbox__V1__Security *security = place->spec->message->security;
	int r = 0;

	*rules = (struct filter_rules){
		.arch = place->arch,
		.bounding = place->plan->capabilities.bounding,
		.kernel = place->facts->kernel,
		.single_id = place->plan->identity == PLAN_IDENTITY_SINGLE,
		.err = err,
	};
	*ret = privileges_filter_options(place->plan);
	if (place->arch != SYSCALL_ARCH_NATIVE) {
		r = filter_rules_collect(
			security == NULL ? NULL : security->seccomp, rules);
		ret->arch = place->arch;
		ret->additions = rules->list;
		ret->addition_count = rules->count;
	}
	return r;
}
