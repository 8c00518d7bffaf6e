/* SPDX-License-Identifier: Apache-2.0 */
/* The system-call filter of a plan: profile, the document's rules, raw BPF. */
#include "base/array.h"
#include "base/cleanup.h"
#include "plan/draft.h"
#include "plan/filter_rules.h"
#include "plan/privileges.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdlib.h>

typedef Sandbox__V1__Seccomp seccomp_spec;

struct filter_options privileges_filter_options(const struct plan *plan)
{
	struct filter_options options = FILTER_OPTIONS_INIT;
	uint64_t granted =
		plan->capabilities.permitted | plan->capabilities.bounding;

	options.allow_net_raw = (granted & ((uint64_t)1 << CAP_NET_RAW)) != 0;
	options.single_id = plan->identity == PLAN_IDENTITY_SINGLE;
	options.allow_namespaces = (plan->flags & PLAN_ALLOW_USERNS) != 0;
	options.allow_mounts = plan->own_namespaces != 0;
	options.profile = (enum filter_profile)plan->filter_profile;
	options.otherwise = plan->filter_otherwise;
	options.additions = plan_at(plan, plan->filter_rules.offset);
	options.addition_count =
		plan->filter_rules.count / sizeof(struct filter_addition);
	return options;
}

static int decide_rules(struct draft *draft)
{
	struct builder *builder = draft->builder;
	struct plan *head = &builder->head;
	_cleanup_(filter_rules_done) struct filter_rules rules = {
		.arch = SYSCALL_ARCH_NATIVE,
		.bounding = head->capabilities.bounding,
		.kernel = draft->facts->kernel,
		.single_id = head->identity == PLAN_IDENTITY_SINGLE,
		.err = draft->err,
	};
	int r = filter_rules_collect(draft->security->seccomp, &rules);

	if (r < 0) {
		return r;
	}
	if (rules.count > 0) {
		head->filter_rules =
			builder_list(builder, rules.list,
				     rules.count * sizeof(*rules.list), 1);
	}
	if (draft->security->seccomp->oci_json.len > 0) {
		head->filter_profile = FILTER_PROFILE_NONE;
		head->filter_otherwise = rules.otherwise;
		head->flags |= PLAN_FILTER_OCI;
		head->flags |= rules.log ? (uint32_t)PLAN_FILTER_LOG : 0;
		head->filter_unknown = builder_strings(builder, rules.unknown,
						       rules.n_unknown);
	}
	return 0;
}

/*
 * With all arguments 0; and with any where a listener would be asked, which
 * nobody has before the launch has made these calls.
 */
static bool is_refused(const struct filter_model *model, const char *name)
{
	static const uint64_t arguments[FILTER_ARGUMENTS] = { 0 };
	uint32_t number = (uint32_t)syscall_number(model->arch, name);
	uint32_t verdict = filter_verdict(
		model, syscall_audit_arch(model->arch), number, arguments);
	const struct filter_call *call = filter_model_call(model, number);

	for (size_t i = 0; call != NULL && i < call->rule_count; i++) {
		if (call->rules[i].verdict ==
		    (uint32_t)SECCOMP_RET_USER_NOTIF) {
			return true;
		}
	}
	return verdict != FILTER_ALLOW && verdict != (uint32_t)SECCOMP_RET_LOG;
}

/*
 * What the main process itself still calls between the filter and the program,
 * or it would end without a word.
 */
static int check_launch(const struct draft *draft,
			const struct filter_options *options)
{
	const struct plan *head = &draft->builder->head;
	bool new_privs = (head->flags & PLAN_ALLOW_NEW_PRIVS) != 0;
	const struct {
		const char *name;
		bool needed;
	} calls[] = {
		{ "read", true },
		{ "write", true },
		{ "rt_sigprocmask", true },
		{ "exit_group", true },
		{ head->exec_fd != 0 ? "execveat" : "execve", true },
		/* Capabilities go after the filter only then. */
		{ "capset", new_privs },
		{ "prctl", new_privs },
		/* The raw filter comes after ours. */
		{ "seccomp", head->filter_raw.count != 0 },
		/* Hands the listener over. */
		{ "sendmsg", head->notify_fd != 0 },
	};
	_cleanup_free_ struct filter_model *model = filter_model_new(options);

	if (model == NULL) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		if (calls[i].needed && is_refused(model, calls[i].name)) {
			return draft_refuse(draft, SANDBOX_ERROR_SPEC,
					    "security.seccomp",
					    "%s is not allowed, without which "
					    "no program can be started",
					    calls[i].name);
		}
	}
	return 0;
}

static int compile(struct draft *draft)
{
	struct plan *head = &draft->builder->head;
	struct filter_options options = privileges_filter_options(head);
	/* They are still the builder's. */
	const void *rules = draft->builder->bytes + head->filter_rules.offset;
	struct filter filter = FILTER_INIT;
	int r;

	options.additions = rules;
	r = filter_compile(&options, &filter, draft->err);
	if (r < 0) {
		return r;
	}
	if (options.addition_count > 0 ||
	    options.profile == FILTER_PROFILE_NONE) {
		r = check_launch(draft, &options);
	}
	if (r >= 0) {
		head->filter = builder_list(draft->builder, filter.instructions,
					    filter.length,
					    sizeof(filter.instructions[0]));
	}
	filter_done(&filter);
	return r;
}

/* In the kernel's own form; what is wrong inside, the kernel says. */
static int decide_raw(struct draft *draft)
{
	const seccomp_spec *seccomp = draft->security->seccomp;
	size_t size = seccomp->bpf.len;
	size_t each = sizeof(struct sock_filter);
	const void *bytes = seccomp->bpf.data;

	if (size % each != 0 || size / each > FILTER_LENGTH_MAX) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC,
				    "security.seccomp.bpf",
				    "has %zu bytes, which are not up to %d "
				    "instructions of %zu",
				    size, FILTER_LENGTH_MAX, each);
	}
	if (size != 0) {
		draft->builder->head.filter_raw =
			builder_list(draft->builder, bytes, size / each, each);
	}
	return 0;
}

int decide_filter(struct draft *draft)
{
	static const unsigned char profiles[] = {
		[SANDBOX__V1__SECCOMP__PROFILE__DEFAULT] =
			FILTER_PROFILE_DEFAULT,
		[SANDBOX__V1__SECCOMP__PROFILE__STRICT] = FILTER_PROFILE_STRICT,
		[SANDBOX__V1__SECCOMP__PROFILE__COMPAT] = FILTER_PROFILE_COMPAT,
		[SANDBOX__V1__SECCOMP__PROFILE__NONE] = FILTER_PROFILE_NONE,
	};
	const seccomp_spec *seccomp = draft->security->seccomp;
	struct plan *head = &draft->builder->head;
	int r = 0;

	if (seccomp == NULL) {
		return compile(draft);
	}
	head->notify_fd = seccomp->notify_fd;
	if (seccomp->log) {
		head->flags |= PLAN_FILTER_LOG;
	}
	r = decide_raw(draft);
	if (seccomp->profile == SANDBOX__V1__SECCOMP__PROFILE__UNCONFINED) {
		head->flags |= PLAN_UNFILTERED;
		return r;
	}
	head->filter_profile = profiles[seccomp->profile];
	head->filter_otherwise = filter_rules_verdict(seccomp->default_action,
						      seccomp->errno_value);
	if (r >= 0) {
		r = decide_rules(draft);
	}
	return r < 0 ? r : compile(draft);
}
