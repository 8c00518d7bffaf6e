/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The members of a seccomp profile.  Whatever runtimes take is known here; what
 * is known and cannot be done is a fault, never passed over.
 */
#include "spec/oci_seccomp.h"

#include "base/array.h"
#include "base/err.h"
#include "spec/capability_names.h"
#include "spec/oci_reader.h"
#include "spec/oci_words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define ERRNO_MAX 4095U

/* What is being read. */
struct profile {
	struct oci_seccomp *result;
	struct oci_rule **end; /* where the next rule hangs */
	bool has_default;
};

struct rule {
	struct oci_rule *rule;
	const struct oci_text **end;
	bool has_action;
	bool has_errno;
};

/* A string at the end of a list. */
static int append_text(struct oci_reader *reader, const struct oci_text ***end)
{
	struct oci_text *text = arena_alloc(reader->lexer.arena, sizeof(*text));

	if (text == NULL) {
		return -ENOMEM;
	}
	**end = text;
	*end = &text->next;
	return oci_string(reader, &text->text);
}

static int read_name(struct oci_reader *reader, void *target)
{
	struct rule *rule = target;

	if (rule->rule->n_names++ == OCI_SECCOMP_NAMES) {
		return oci_fault(reader, "a rule has more than %u names",
				 OCI_SECCOMP_NAMES);
	}
	return append_text(reader, &rule->end);
}

static int read_names(struct oci_reader *reader, void *target)
{
	return oci_list(reader, read_name, target);
}

static int read_action(struct oci_reader *reader, void *target)
{
	struct rule *rule = target;

	rule->has_action = true;
	return oci_action(reader, &rule->rule->rule.action);
}

static int read_errno(struct oci_reader *reader, void *target)
{
	struct rule *rule = target;

	if (reader->token.kind == JSON_NULL) {
		return 0;
	}
	rule->has_errno = true;
	return oci_errno(reader, &rule->rule->rule.errno_value);
}

/* One comparison; the second value is the first one's where masked. */
struct argument {
	Sandbox__V1__SyscallArg *arg;
	uint64_t two;
	bool has_op;
};

static int read_index(struct oci_reader *reader, void *target)
{
	struct argument *argument = target;
	uint64_t index = 0;
	int r = oci_number(reader, 5, &index);

	argument->arg->index = (uint32_t)index;
	return r;
}

static int read_value(struct oci_reader *reader, void *target)
{
	struct argument *argument = target;

	return oci_number(reader, UINT64_MAX, &argument->arg->value);
}

static int read_two(struct oci_reader *reader, void *target)
{
	struct argument *argument = target;

	return oci_number(reader, UINT64_MAX, &argument->two);
}

static int read_op(struct oci_reader *reader, void *target)
{
	struct argument *argument = target;

	argument->has_op = true;
	return oci_comparison(reader, &argument->arg->op);
}

static int read_arg(struct oci_reader *reader, void *target)
{
	static const struct oci_member members[] = {
		{ "index", read_index },
		{ "value", read_value },
		{ "valueTwo", read_two },
		{ "op", read_op },
	};
	struct rule *rule = target;
	Sandbox__V1__SyscallRule *known = &rule->rule->rule;
	struct argument argument = { .arg = NULL };
	int r = 0;

	if (known->n_args == ARRAY_SIZE(rule->rule->args)) {
		return oci_fault(reader, "a rule has more than 6 arguments");
	}
	argument.arg = &rule->rule->args[known->n_args];
	sandbox__v1__syscall_arg__init(argument.arg);
	rule->rule->arg_list[known->n_args++] = argument.arg;
	r = oci_object(reader, members, ARRAY_SIZE(members), &argument);
	if (r >= 0 && !argument.has_op) {
		return oci_fault(reader, "a comparison has no \"op\"");
	}
	if (r < 0 ||
	    argument.arg->op != SANDBOX__V1__SYSCALL_ARG__OP__MASKED_EQ) {
		return r;
	}
	argument.arg->mask = argument.arg->value;
	argument.arg->value = argument.two;
	return (argument.two & ~argument.arg->mask) == 0
		       ? 0
		       : oci_fault(reader,
				   "\"valueTwo\" has bits that the mask "
				   "in \"value\" has not, so it is "
				   "never equal");
}

static int read_args(struct oci_reader *reader, void *target)
{
	return oci_list(reader, read_arg, target);
}

static int read_capability(struct oci_reader *reader, void *target)
{
	struct oci_condition *condition = target;
	const char *name = "";
	int r = oci_string(reader, &name);
	int number = r < 0 ? -1 : capability_number(name);

	if (r >= 0 && number < 0) {
		return oci_fault(reader, "\"%.64s\" is not a capability", name);
	}
	if (r >= 0) {
		condition->capabilities |= (uint64_t)1 << number;
	}
	return r;
}

static int read_capabilities(struct oci_reader *reader, void *target)
{
	return oci_list(reader, read_capability, target);
}

/* In any order: whether one of them is the native one is all that is asked. */
static int read_go_arch(struct oci_reader *reader, void *target)
{
	struct oci_condition *condition = target;
	struct oci_text *text = arena_alloc(reader->lexer.arena, sizeof(*text));

	if (text == NULL) {
		return -ENOMEM;
	}
	text->next = condition->arches;
	condition->arches = text;
	return oci_string(reader, &text->text);
}

static int read_go_arches(struct oci_reader *reader, void *target)
{
	return oci_list(reader, read_go_arch, target);
}

static int read_kernel(struct oci_reader *reader, void *target)
{
	struct oci_condition *condition = target;

	return oci_kernel(reader, &condition->min_kernel);
}

static int read_condition(struct oci_reader *reader, void *target)
{
	static const struct oci_member members[] = {
		{ "caps", read_capabilities },
		{ "arches", read_go_arches },
		{ "minKernel", read_kernel },
	};

	return reader->token.kind == JSON_NULL
		       ? 0
		       : oci_object(reader, members, ARRAY_SIZE(members),
				    target);
}

static int read_includes(struct oci_reader *reader, void *target)
{
	struct rule *rule = target;

	return read_condition(reader, &rule->rule->includes);
}

static int read_excludes(struct oci_reader *reader, void *target)
{
	struct rule *rule = target;

	return read_condition(reader, &rule->rule->excludes);
}

static int check_rule(struct oci_reader *reader, const struct rule *rule)
{
	if (rule->rule->n_names == 0 || !rule->has_action) {
		return oci_fault(reader, "a rule has no %s",
				 rule->has_action ? "\"names\"" : "\"action\"");
	}
	if (rule->has_errno &&
	    rule->rule->rule.action !=
		    SANDBOX__V1__SECCOMP__ACTION__ACTION_ERRNO) {
		return oci_fault(reader, "an errno has a meaning only with "
					 "SCMP_ACT_ERRNO");
	}
	return 0;
}

static int read_rule(struct oci_reader *reader, void *target)
{
	static const struct oci_member members[] = {
		{ "names", read_names },
		{ "name", read_name }, /* of older Dockers, one */
		{ "action", read_action },
		{ "errnoRet", read_errno },
		{ "errno", read_errno },
		{ "args", read_args },
		{ "includes", read_includes },
		{ "excludes", read_excludes },
		{ "comment", oci_skip },
	};
	struct profile *profile = target;
	struct rule rule = { .rule = NULL };
	int r = 0;

	if (profile->result->n_rules++ == OCI_SECCOMP_RULES) {
		return oci_fault(reader, "there are more than %u rules",
				 OCI_SECCOMP_RULES);
	}
	rule.rule = arena_alloc(reader->lexer.arena, sizeof(*rule.rule));
	if (rule.rule == NULL) {
		return -ENOMEM;
	}
	sandbox__v1__syscall_rule__init(&rule.rule->rule);
	rule.rule->rule.args = rule.rule->arg_list;
	rule.end = &rule.rule->names;
	*profile->end = rule.rule;
	profile->end = &rule.rule->next;
	r = oci_object(reader, members, ARRAY_SIZE(members), &rule);
	return r < 0 ? r : check_rule(reader, &rule);
}

static int read_rules(struct oci_reader *reader, void *target)
{
	return oci_list(reader, read_rule, target);
}

static int read_default(struct oci_reader *reader, void *target)
{
	struct profile *profile = target;

	profile->has_default = true;
	return oci_action(reader, &profile->result->default_action);
}

static int read_default_errno(struct oci_reader *reader, void *target)
{
	struct profile *profile = target;

	return reader->token.kind == JSON_NULL
		       ? 0
		       : oci_errno(reader, &profile->result->default_errno);
}

static int read_flag(struct oci_reader *reader, void *target)
{
	struct profile *profile = target;

	return oci_flag(reader, &profile->result->log);
}

static int read_flags(struct oci_reader *reader, void *target)
{
	return oci_list(reader, read_flag, target);
}

static int read_listener(struct oci_reader *reader, void *target)
{
	(void)target;
	return oci_fault(reader, "a listener is given as notify_fd");
}

static int read_profile(struct oci_reader *reader, void *target)
{
	static const struct oci_member members[] = {
		{ "defaultAction", read_default },
		{ "defaultErrnoRet", read_default_errno },
		{ "defaultErrno", read_default_errno },
		/* Others than the native one stay killed. */
		{ "architectures", oci_skip },
		{ "archMap", oci_skip },
		{ "flags", read_flags },
		{ "listenerPath", read_listener },
		{ "listenerMetadata", read_listener },
		{ "syscalls", read_rules },
	};
	struct profile *profile = target;
	int r = oci_object(reader, members, ARRAY_SIZE(members), profile);

	return r < 0 || profile->has_default
		       ? r
		       : oci_fault(reader, "there is no \"defaultAction\"");
}

int oci_seccomp_read(const void *text, size_t size, struct arena *arena,
		     struct oci_seccomp *ret, char *fault, size_t fault_size)
{
	struct oci_reader reader;
	struct profile profile = { .result = ret, .end = &ret->rules };
	int r = 0;

	*ret = (struct oci_seccomp){ .rules = NULL };
	if (size > OCI_SECCOMP_BYTES) {
		(void)snprintf(fault, fault_size,
			       "has %zu bytes, which is more than %u", size,
			       OCI_SECCOMP_BYTES);
		return -EINVAL;
	}
	r = oci_read(&reader, text, size, arena, read_profile, &profile);
	if (r == -EINVAL) {
		(void)snprintf(fault, fault_size, "%s", reader.fault);
	}
	return r;
}
