/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A profile of OCI as additions to a filter that has none of its own.  Where
 * its rules are at odds they are put in the order of libseccomp, which carries
 * them out elsewhere: a rule without comparisons is stronger than all with
 * them, and one that says what the default says is no rule.
 */
#include "base/cleanup.h"
#include "plan/filter_rules.h"
#include "spec/oci_seccomp.h"

#include <errno.h>
#include <linux/ioprio.h>
#include <stdio.h>
#include <string.h>

#define FIELD "security.seccomp.oci_json"

static int fail(struct err *err, const char *fault)
{
	return err_at(err, SANDBOX_ERROR_SPEC, EINVAL, "", FIELD, FIELD ": %s",
		      fault);
}

static int fail_memory(struct err *err)
{
	return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM, "out of memory");
}

static bool has_arch(const struct oci_condition *condition,
		     enum syscall_arch arch)
{
	static const char *const go_names[SYSCALL_ARCHES] = {
		[SYSCALL_X86_64] = "amd64",
		[SYSCALL_AARCH64] = "arm64",
	};

	for (const struct oci_text *at = condition->arches; at != NULL;
	     at = at->next) {
		if (strcmp(at->text, go_names[arch]) == 0) {
			return true;
		}
	}
	return false;
}

/* As runtimes do: all that is asked for, and nothing that is excluded. */
static bool is_there(const struct filter_rules *rules,
		     const struct oci_rule *rule)
{
	const struct oci_condition *in = &rule->includes;
	const struct oci_condition *out = &rule->excludes;

	if ((in->capabilities & ~rules->bounding) != 0 ||
	    (in->arches != NULL && !has_arch(in, rules->arch)) ||
	    in->min_kernel > rules->kernel) {
		return false;
	}
	return (out->capabilities & rules->bounding) == 0 &&
	       !has_arch(out, rules->arch) &&
	       (out->min_kernel == 0 || out->min_kernel > rules->kernel);
}

/* A name that no call has here is said once. */
static int pass_over(struct filter_rules *rules, const char *name)
{
	for (size_t i = 0; i < rules->n_unknown; i++) {
		if (strcmp(rules->unknown[i], name) == 0) {
			return 0;
		}
	}
	if (rules->n_unknown == FILTER_UNKNOWN_MAX) {
		return fail(rules->err, "too many names are of no system call");
	}
	rules->unknown[rules->n_unknown++] = name;
	return 0;
}

static int add_named(struct filter_rules *rules, const char *name,
		     const struct filter_rule *rule)
{
	const struct syscall_row *row = syscall_find(name);

	if (row == NULL || row->number[rules->arch] < 0) {
		return pass_over(rules, name);
	}
	if (!filter_rules_add(rules, (uint32_t)row->number[rules->arch],
			      rule)) {
		return fail(rules->err, "its rules name too many system calls");
	}
	return 0;
}

static bool repeats_argument(const struct filter_rule *rule)
{
	unsigned int seen = 0;

	for (size_t i = 0; i < rule->test_count; i++) {
		if ((seen >> rule->tests[i].argument & 1) != 0) {
			return true;
		}
		seen |= 1U << rule->tests[i].argument;
	}
	return false;
}

/*
 * Two comparisons of one argument are alternatives for runtimes, because older
 * versions of libseccomp could not have both.
 */
static int add_rule(struct filter_rules *rules, const struct oci_rule *from,
		    const char *name)
{
	struct filter_rule rule = filter_rules_of(&from->rule);
	int r = 0;

	if (!repeats_argument(&rule)) {
		return add_named(rules, name, &rule);
	}
	for (size_t i = 0; i < rule.test_count && r >= 0; i++) {
		const struct filter_rule one = {
			.verdict = rule.verdict,
			.test_count = 1,
			.tests = { rule.tests[i] },
		};

		r = add_named(rules, name, &one);
	}
	return r;
}

static int add_rules(struct filter_rules *rules,
		     const struct oci_seccomp *profile, bool compare)
{
	int r = 0;

	for (const struct oci_rule *rule = profile->rules; rule != NULL;
	     rule = rule->next) {
		uint32_t verdict = filter_rules_verdict(rule->rule.action,
							rule->rule.errno_value);

		if ((rule->rule.n_args > 0) != compare ||
		    verdict == rules->otherwise || !is_there(rules, rule)) {
			continue;
		}
		for (const struct oci_text *name = rule->names;
		     name != NULL && r >= 0; name = name->next) {
			r = add_rule(rules, rule, name->text);
		}
	}
	return r;
}

/* Refuses the call where that argument is another than @wanted. */
static int guard(struct filter_rules *rules, const struct syscall_row *row,
		 unsigned char argument, uint64_t wanted)
{
	const struct filter_rule rule = {
		.verdict = FILTER_ERRNO(EPERM),
		.test_count = 1,
		.tests = { { .argument = argument,
			     .comparison = FILTER_NE,
			     .value = wanted } },
	};

	return add_named(rules, row->name, &rule);
}

/*
 * With one id for all, what acts on another process acts on init: a profile
 * that was written for other sandboxes does not know, and must not end ours.
 */
static int guard_init(struct filter_rules *rules)
{
	int r = 0;

	for (size_t i = 0; i < syscall_row_count && r >= 0; i++) {
		const struct syscall_row *row = &syscall_rows[i];
		bool kinds = row->group == SYSCALL_PRIORITY ||
			     row->group == SYSCALL_IOPRIO;

		if (row->number[rules->arch] < 0 ||
		    (row->group != SYSCALL_OF_PROCESS && !kinds)) {
			continue;
		}
		/* Itself, and of the kinds of targets only a process. */
		r = guard(rules, row, 0,
			  row->group == SYSCALL_IOPRIO ? IOPRIO_WHO_PROCESS
						       : 0);
		if (r >= 0 && kinds) {
			r = guard(rules, row, 1, 0);
		}
	}
	return r;
}

int filter_rules_add_oci(struct filter_rules *rules,
			 const Sandbox__V1__Seccomp *seccomp)
{
	struct oci_seccomp profile;
	char fault[256] = "";
	int r = 0;

	rules->arena = (struct arena)ARENA_INIT(OCI_SECCOMP_ARENA);
	rules->unknown = arena_alloc(
		&rules->arena, FILTER_UNKNOWN_MAX * sizeof(rules->unknown[0]));
	if (rules->unknown == NULL) {
		return fail_memory(rules->err);
	}
	r = oci_seccomp_read(seccomp->oci_json.data, seccomp->oci_json.len,
			     &rules->arena, &profile, fault, sizeof(fault));
	if (r < 0) {
		return r == -ENOMEM ? fail_memory(rules->err)
				    : fail(rules->err, fault);
	}
	rules->otherwise = filter_rules_verdict(profile.default_action,
						profile.default_errno);
	rules->log = profile.log;
	if (rules->single_id) {
		r = guard_init(rules);
	}
	if (r >= 0) {
		r = add_rules(rules, &profile, /* compare= */ false);
	}
	return r < 0 ? r : add_rules(rules, &profile, /* compare= */ true);
}
