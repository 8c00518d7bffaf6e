/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of the system-call filter: what goes with which profile and action. */
#include "spec/oci_seccomp.h"
#include "spec/rules.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>

#define WHERE "security.seccomp"

/* What the kernel has room for beside a verdict, as MAX_ERRNO. */
#define ERRNO_MAX 4095U

typedef Sandbox__V1__Seccomp seccomp_spec;

static void check_errno(const char *parent, Sandbox__V1__Seccomp__Action action,
			uint32_t value, struct findings *findings)
{
	if (value != 0 &&
	    action != SANDBOX__V1__SECCOMP__ACTION__ACTION_ERRNO) {
		finding_at(findings, parent, ".errno_value",
			   "has a meaning only with ACTION_ERRNO");
	}
	if (value > ERRNO_MAX) {
		finding_at(findings, parent, ".errno_value",
			   "%u is more than %u", value, ERRNO_MAX);
	}
}

static void check_argument(const char *rule, size_t i,
			   const Sandbox__V1__SyscallArg *argument,
			   struct findings *findings)
{
	bool masked = argument->op == SANDBOX__V1__SYSCALL_ARG__OP__MASKED_EQ;
	char path[80];

	(void)snprintf(path, sizeof(path), "%s.args[%zu]", rule, i);
	if (!masked && argument->mask != 0) {
		finding_at(findings, path, ".mask",
			   "has a meaning only with MASKED_EQ");
	}
	if (masked && (argument->value & ~argument->mask) != 0) {
		finding_at(findings, path, ".value",
			   "%llu has bits that mask has not, so it is never "
			   "equal",
			   (unsigned long long)argument->value);
	}
}

static void check_rule(const Sandbox__V1__SyscallRule *rule, size_t index,
		       struct findings *findings)
{
	char path[64];

	(void)snprintf(path, sizeof(path), WHERE ".rules[%zu]", index);
	if (rule->n_names == 0) {
		finding_at(findings, path, ".names", "is empty");
	}
	check_errno(path, rule->action, rule->errno_value, findings);
	for (size_t i = 0; i < rule->n_args && i < 6; i++) {
		check_argument(path, i, rule->args[i], findings);
	}
}

static bool profile_notifies(const struct oci_seccomp *profile)
{
	bool found =
		profile->default_action == SANDBOX__V1__SECCOMP__ACTION__NOTIFY;

	for (const struct oci_rule *rule = profile->rules; rule != NULL;
	     rule = rule->next) {
		found = found || rule->rule.action ==
					 SANDBOX__V1__SECCOMP__ACTION__NOTIFY;
	}
	return found;
}

/* Who asks has to say whom. */
static void check_notify(const seccomp_spec *seccomp, bool notifies,
			 struct findings *findings)
{
	notifies = notifies || seccomp->default_action ==
				       SANDBOX__V1__SECCOMP__ACTION__NOTIFY;
	for (size_t i = 0; i < seccomp->n_rules; i++) {
		notifies = notifies ||
			   seccomp->rules[i]->action ==
				   SANDBOX__V1__SECCOMP__ACTION__NOTIFY;
	}
	if (notifies && seccomp->notify_fd == 0) {
		finding_at(findings, WHERE, ".notify_fd",
			   "is needed where an action is NOTIFY");
	}
	if (!notifies && seccomp->notify_fd != 0) {
		finding_at(findings, WHERE, ".notify_fd",
			   "has a meaning only with an action NOTIFY");
	}
}

/*
 * In memory of its own, which a document cannot use up with it.  Whether a rule
 * of the profile asks a listener.
 */
static bool check_oci(const seccomp_spec *seccomp, struct findings *findings)
{
	struct arena arena = ARENA_INIT(OCI_SECCOMP_ARENA);
	struct oci_seccomp profile;
	char fault[256] = "";
	bool notifies = false;
	int r = oci_seccomp_read(seccomp->oci_json.data, seccomp->oci_json.len,
				 &arena, &profile, fault, sizeof(fault));

	if (r < 0) {
		finding_at(findings, WHERE, ".oci_json", "%s",
			   r == -ENOMEM ? "takes too much memory" : fault);
	}
	if (seccomp->profile != SANDBOX__V1__SECCOMP__PROFILE__DEFAULT) {
		finding_at(findings, WHERE, ".profile",
			   "has no meaning beside oci_json");
	}
	notifies = r >= 0 && profile_notifies(&profile);
	arena_done(&arena);
	return notifies;
}

static void check_profile(const seccomp_spec *seccomp,
			  struct findings *findings)
{
	if (seccomp->profile == SANDBOX__V1__SECCOMP__PROFILE__NONE) {
		check_errno(WHERE, seccomp->default_action,
			    seccomp->errno_value, findings);
	} else if (seccomp->default_action != 0 || seccomp->errno_value != 0) {
		finding_at(findings, WHERE, ".default_action",
			   "has a meaning only with profile NONE");
	}
	if (seccomp->profile == SANDBOX__V1__SECCOMP__PROFILE__UNCONFINED &&
	    (seccomp->n_rules > 0 || (seccomp->log && seccomp->bpf.len == 0))) {
		finding_at(findings, WHERE,
			   seccomp->n_rules > 0 ? ".rules" : ".log",
			   "has no meaning with profile UNCONFINED");
	}
}

void rules_seccomp(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings)
{
	const seccomp_spec *seccomp =
		spec->security == NULL ? NULL : spec->security->seccomp;
	bool notifies = false;

	if (seccomp == NULL) {
		return;
	}
	check_profile(seccomp, findings);
	if (seccomp->oci_json.len > 0) {
		notifies = check_oci(seccomp, findings);
	}
	check_notify(seccomp, notifies, findings);
	for (size_t i = 0; i < seccomp->n_rules && i < 256; i++) {
		check_rule(seccomp->rules[i], i, findings);
	}
}
