/* SPDX-License-Identifier: Apache-2.0 */
/* Eight bytes of failure and the plan make a sentence. */
#include "base/array.h"
#include "engine/engine.h"
#include "launcher/steps.h"
#include "plan/source_field.h"
#include "spec/rlimit_names.h"

#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>

#define STEP_WORDS(name, words) words,
static const char *const step_words[] = { LAUNCH_STEPS(STEP_WORDS) };
#undef STEP_WORDS

_Static_assert(ARRAY_SIZE(step_words) == STEP_COUNT, "one phrase a step");

struct sentence {
	char subject[256]; /* path or field */
	char detail[512];  /* what of it, in words, or "" */
};

static const char *op_words(const struct plan_op *op)
{
	switch ((enum plan_op_kind)op->kind) {
	case PLAN_OP_ROOT_TMPFS:
	case PLAN_OP_ROOT_TREE:
		return "mount the root";
	case PLAN_OP_DIRECTORY:
		return "make the directory";
	case PLAN_OP_SYMLINK:
		return "make the symbolic link";
	case PLAN_OP_FILE:
		return "write the file";
	case PLAN_OP_BIND:
		return "bind to";
	case PLAN_OP_TMPFS:
		return "mount a tmpfs on";
	case PLAN_OP_PROC:
		return "mount a new /proc on";
	case PLAN_OP_DEV:
		return "mount the device nodes on";
	case PLAN_OP_DEVPTS:
		return "mount a new devpts on";
	case PLAN_OP_MASK_FILE:
	case PLAN_OP_MASK_DIRECTORY:
		return "mask";
	case PLAN_OP_READONLY:
	case PLAN_OP_SEAL:
		return "make read-only";
	case PLAN_OP_NODE:
	case PLAN_OP_DEVICE:
		return "show the device";
	case PLAN_OP_SYSFS:
		return "mount a new sysfs on";
	case PLAN_OP_CGROUP:
		return "mount the control groups on";
	case PLAN_OP_ROOT_OVERLAY:
	case PLAN_OP_OVERLAY:
		return "mount the layers on";
	case PLAN_OP_MQUEUE:
		return "mount the message queues on";
	default:
		return "do";
	}
}

static void tell_op(const struct plan *plan, const struct report *report,
		    struct sentence *ret)
{
	const struct plan_op *op = NULL;
	const char *target = NULL;

	if (report->index >= plan->ops.count) {
		return;
	}
	op = &plan_ops(plan)[report->index];
	target = op->target == 0 ? "/" : plan_string(plan, op->target);
	if (op->mount >= 0) {
		(void)snprintf(ret->subject, sizeof(ret->subject),
			       "mounts[%d].target", op->mount);
		(void)snprintf(ret->detail, sizeof(ret->detail),
			       "%s \"%.200s\" (mounts[%d])", op_words(op),
			       target, op->mount);
		return;
	}
	(void)snprintf(ret->subject, sizeof(ret->subject), "%s", target);
	(void)snprintf(ret->detail, sizeof(ret->detail), "%s \"%.200s\"",
		       op_words(op), target);
}

static void tell_source(const struct plan *plan, const struct report *report,
			struct sentence *ret)
{
	const struct plan_source *source = NULL;

	if (report->index >= plan->sources.count) {
		return;
	}
	source = &plan_sources(plan)[report->index];
	plan_source_field(plan, report->index, ret->subject,
			  sizeof(ret->subject));
	(void)snprintf(ret->detail, sizeof(ret->detail), "\"%.200s\"%s",
		       plan_string(plan, source->path),
		       report->error == ESTALE
			       ? " is not the same file on a second look"
			       : "");
}

static void tell_rlimit(const struct plan *plan, const struct report *report,
			struct sentence *ret)
{
	const struct plan_rlimit *limits = plan_at(plan, plan->rlimits.offset);

	if (report->index < plan->rlimits.count) {
		const struct plan_rlimit *limit = &limits[report->index];

		(void)snprintf(ret->subject, sizeof(ret->subject),
			       "process.rlimits");
		(void)snprintf(ret->detail, sizeof(ret->detail),
			       "%s to %llu:%llu",
			       rlimit_name((int)limit->resource),
			       (unsigned long long)limit->soft,
			       (unsigned long long)limit->hard);
	}
}

static void tell_program(const struct plan *plan, struct sentence *ret)
{
	const plan_offset *argv = plan_at(plan, plan->argv.offset);

	if (plan->argv.count > 0) {
		const char *program = plan_at(plan, argv[0]);

		(void)snprintf(ret->subject, sizeof(ret->subject), "%.255s",
			       program);
		(void)snprintf(ret->detail, sizeof(ret->detail), "\"%.200s\"",
			       program);
	}
}

static void name_field(struct sentence *ret, const char *field)
{
	(void)snprintf(ret->subject, sizeof(ret->subject), "%s", field);
}

static void tell_landlock(const struct plan *plan, const struct report *report,
			  struct sentence *ret)
{
	const struct plan_landlock_rule *rules =
		plan_at(plan, plan->landlock.rules.offset);
	const struct plan_landlock_rule *rule = NULL;

	name_field(ret, "security.landlock");
	if (report->step != STEP_LANDLOCK ||
	    report->index >= plan->landlock.rules.count) {
		return;
	}
	rule = &rules[report->index];
	if (rule->path == 0) {
		(void)snprintf(ret->detail, sizeof(ret->detail), "port %u",
			       (unsigned int)rule->port);
		return;
	}
	(void)snprintf(ret->subject, sizeof(ret->subject),
		       "security.landlock.paths[%u].path", rule->element);
	(void)snprintf(ret->detail, sizeof(ret->detail), "\"%.200s\"",
		       plan_string(plan, rule->path));
}

static void tell_sysctl(const struct plan *plan, const struct report *report,
			struct sentence *ret)
{
	const struct plan_sysctl *sysctls = plan_at(plan, plan->sysctls.offset);
	const struct plan_sysctl *sysctl = NULL;

	name_field(ret, "security.sysctls");
	if (report->index >= plan->sysctls.count) {
		return;
	}
	sysctl = &sysctls[report->index];
	if (sysctl->key != 0) {
		(void)snprintf(ret->subject, sizeof(ret->subject),
			       "security.sysctls[\"%.200s\"]",
			       plan_string(plan, sysctl->key));
	}
	(void)snprintf(ret->detail, sizeof(ret->detail),
		       "\"%.200s\" to \"%.200s\"%s",
		       plan_string(plan, sysctl->path),
		       plan_string(plan, sysctl->value),
		       report->error == ESTALE
			       ? ", which the kernel then shows otherwise"
			       : "");
}

static void tell_label(const struct plan *plan, struct sentence *ret)
{
	name_field(ret, plan->label_kind == PLAN_LABEL_SELINUX
				? "security.selinux_label"
				: "security.apparmor_profile");
	(void)snprintf(ret->detail, sizeof(ret->detail), "\"%.200s\"",
		       plan_string(plan, plan->label) + plan->label_skip);
}

/* Where there is no more to tell than the field. */
static const char *step_field(const struct report *report)
{
	switch ((int)report->step) {
	case STEP_SCHEDULING:
		return "process.scheduling";
	case STEP_PERSONALITY:
		return "security.personality";
	case STEP_TSC:
		return "security.disable_tsc";
	case STEP_DESCRIPTORS:
		return "process.pass_fds";
	case STEP_LISTENER:
		return "security.seccomp.notify_fd";
	case STEP_OOM_SCORE:
		return "process.oom_score_adj";
	case STEP_HOSTNAME:
		return "hostname";
	case STEP_CLOCKS:
		return report->index == 0 ? "namespaces.monotonic_offset_ns"
					  : "namespaces.boottime_offset_ns";
	default:
		return "";
	}
}

static void tell(const struct plan *plan, const struct report *report,
		 struct sentence *ret)
{
	switch ((int)report->step) {
	case STEP_MOUNT:
		tell_op(plan, report, ret);
		break;
	case STEP_SOURCE:
	case STEP_IDMAP_SOURCE:
		tell_source(plan, report, ret);
		break;
	case STEP_RLIMIT:
		tell_rlimit(plan, report, ret);
		break;
	case STEP_EXEC:
		tell_program(plan, ret);
		break;
	case STEP_USER:
		(void)snprintf(ret->subject, sizeof(ret->subject),
			       "process.user");
		(void)snprintf(ret->detail, sizeof(ret->detail), "\"%.64s\"",
			       plan_string(plan, plan->user_name));
		break;
	case STEP_CWD:
		(void)snprintf(ret->subject, sizeof(ret->subject),
			       "process.cwd");
		(void)snprintf(ret->detail, sizeof(ret->detail), "\"%.200s\"",
			       plan_string(plan, plan->cwd));
		break;
	case STEP_LANDLOCK:
	case STEP_LANDLOCK_SCOPE:
		tell_landlock(plan, report, ret);
		break;
	case STEP_LABEL:
		tell_label(plan, ret);
		break;
	case STEP_SYSCTL:
		tell_sysctl(plan, report, ret);
		break;
	default:
		name_field(ret, step_field(report));
		break;
	}
}

static enum sandbox_error_kind kind_of(const struct report *report)
{
	enum sandbox_error_kind kind = err_kind_of_errno(report->error);

	if (report->step == STEP_EXEC && kind != SANDBOX_ERROR_RESOURCE) {
		return SANDBOX_ERROR_PROGRAM;
	}
	return kind;
}

int failure_explain(const struct plan *plan, const struct report *report,
		    struct err *err)
{
	struct sentence sentence = { "", "" };
	const char *step = report->step < STEP_COUNT ? step_words[report->step]
						     : "unknown step";

	if (report->error <= 0) {
		return err_set(err, SANDBOX_ERROR_INTERNAL, EPROTO,
			       "a report without an error");
	}
	tell(plan, report, &sentence);
	return err_at(err, kind_of(report), report->error, step,
		      sentence.subject, "%s%s%s: %s (%s)", step,
		      sentence.detail[0] == '\0' ? "" : ": ", sentence.detail,
		      err_errno_words(report->error),
		      err_errno_name(report->error));
}
