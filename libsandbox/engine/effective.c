/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was in force, feature by feature, from what the main process read back
 * from the kernel before it executed the program and from what the kernel
 * attached to that message; never from the spec.
 */
#include "base/array.h"
#include "base/constness.h"
#include "engine/result.h"
#include "plan/source_field.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/statvfs.h>

#define ENFORCED    "enforced"
#define WEAKER      "weaker"
#define OFF         "off"
#define UNSUPPORTED "unsupported"

/* The names are ours, static; protobuf-c's types lack the const. */
static char *fixed(const char *text)
{
	return without_const(text);
}

__attribute__((format(printf, 4, 5))) static void add(struct result *result,
						      const char *feature,
						      const char *state,
						      const char *format, ...)
{
	size_t i = result->effective.n_features;
	struct result_feature *row = &result->features[i];
	va_list arguments;

	if (i == RESULT_FEATURES_MAX) {
		return;
	}
	sandbox__v1__enforced__init(&row->message);
	row->message.feature = fixed(feature);
	row->message.state = fixed(state);
	row->message.detail = row->detail;
	va_start(arguments, format);
	(void)vsnprintf(row->detail, sizeof(row->detail), format, arguments);
	va_end(arguments);
	result->feature_list[i] = &row->message;
	result->effective.features = result->feature_list;
	result->effective.n_features = i + 1;
}

/* Enforced means: it is another namespace than the host process is in. */
static void add_namespaces(const struct live *live, struct result *result)
{
	static const char *const features[SANDBOX_NAMESPACES] = {
		"user-namespace",    "mount-namespace", "pid-namespace",
		"network-namespace", "ipc-namespace",   "uts-namespace",
		"cgroup-namespace"
	};

	for (size_t i = 0; i < SANDBOX_NAMESPACES; i++) {
		uint64_t inside = live->ended.namespaces[i];

		/* Of the main process where that made it itself. */
		if (i == SANDBOX_NAMESPACES - 1 &&
		    live->ready.cgroup_namespace != 0) {
			inside = live->ready.cgroup_namespace;
		}
		if (inside == 0) {
			add(result, features[i], UNSUPPORTED, "not there");
		} else if (inside == live->namespaces[i]) {
			add(result, features[i], OFF, "the host's");
		} else {
			add(result, features[i], ENFORCED, "%llu",
			    (unsigned long long)inside);
		}
	}
}

static void add_identity(const struct live *live, struct result *result)
{
	const struct plan *plan = live->compiled->plan;
	bool range = plan->identity == PLAN_IDENTITY_RANGE;
	bool given = plan->identity == PLAN_IDENTITY_EXPLICIT;

	if (plan->identity_reason == PLAN_REASON_NO_MAPS) {
		add(result, "id-maps", UNSUPPORTED,
		    "left out: there is no right to them");
	}
	add(result, "exclusive-ids", range ? ENFORCED : WEAKER,
	    "user %u inside is %u on the host%s", live->ready.uid,
	    live->kernel_uid,
	    range ? ""
		  : (given ? ", as the specification says"
			   : ", the caller's own"));
	if (range && live->ready.plain_sources > 0) {
		add(result, "id-mapped-mounts", WEAKER,
		    "%u file systems cannot be mapped, shown read-only without",
		    live->ready.plain_sources);
	}
}

static unsigned int count_bits(uint64_t word)
{
	return (unsigned int)__builtin_popcountll(word);
}

static void add_privileges(const struct live *live, struct result *result)
{
	const struct ready *ready = &live->ready;

	add(result, "capabilities", ENFORCED,
	    "%u permitted, %u in the bounding set",
	    count_bits(ready->capabilities.permitted),
	    count_bits(ready->capabilities.bounding));
	add(result, "init-capabilities", ready->init_capless ? ENFORCED : OFF,
	    "%s", ready->init_capless ? "none" : "some");
	add(result, "no-new-privs", ready->no_new_privs ? ENFORCED : OFF, "%u",
	    ready->no_new_privs);
	add(result, "system-call-filter", ready->seccomp == 2 ? ENFORCED : OFF,
	    "%u instructions",
	    live->compiled->plan->filter.count +
		    live->compiled->plan->filter_raw.count);
	if (ready->securebits != 0) {
		add(result, "securebits", ENFORCED, "0x%02x",
		    ready->securebits);
	}
	if (ready->own_namespaces != 0) {
		add(result, "guarded-namespaces", WEAKER,
		    "the program owns %u of them",
		    count_bits(ready->own_namespaces));
	}
	add(result, "nested-user-namespaces",
	    ready->max_user_namespaces == 0 ? ENFORCED : OFF, "at most %u",
	    ready->max_user_namespaces);
}

static void add_files(const struct live *live, struct result *result)
{
	const struct ready *ready = &live->ready;
	bool read_only = (ready->root_flags & ST_RDONLY) != 0;

	add(result, "read-only-root", read_only ? ENFORCED : OFF, "%s",
	    read_only ? "recursively" : "writable, as asked");
	if ((live->compiled->plan->left_out & PLAN_LEFT_UPPER_NOEXEC) != 0) {
		add(result, "upper-noexec", OFF,
		    "left out: the kernel cannot tell layers apart");
	}
	if ((live->compiled->plan->flags & PLAN_ALLOW_MEMFD_EXEC) != 0) {
		add(result, "memfd-noexec", OFF, "allowed, as asked");
	} else if (ready->memfd_noexec == 0) {
		add(result, "memfd-noexec", UNSUPPORTED,
		    "this kernel has no vm.memfd_noexec");
	} else {
		add(result, "memfd-noexec",
		    ready->memfd_noexec == 3 ? ENFORCED : OFF,
		    "vm.memfd_noexec is %u", ready->memfd_noexec - 1);
	}
}

/* A domain that could not be entered would have ended the launch. */
static void add_landlock(const struct plan *plan, struct result *result)
{
	const struct plan_landlock *set = &plan->landlock;
	bool less = (plan->left_out & PLAN_LEFT_LANDLOCK) != 0;

	if ((set->fs | set->net | set->scoped) == 0) {
		add(result, "landlock", less ? UNSUPPORTED : OFF, "%s",
		    less ? "left out: this kernel cannot" : "not asked for");
		return;
	}
	add(result, "landlock", less ? WEAKER : ENFORCED, "ABI %u:%s%s%s%s%s%s",
	    set->abi, set->fs != 0 ? " paths" : "",
	    (set->net & 1) != 0 ? " bind_tcp" : "",
	    (set->net & 2) != 0 ? " connect_tcp" : "",
	    (set->scoped & 1) != 0 ? " abstract sockets" : "",
	    (set->scoped & 2) != 0 ? " signals" : "",
	    less ? "; the rest left out" : "");
}

/* A label that the kernel did not take ended the launch. */
static void add_label(const struct plan *plan, struct result *result)
{
	const char *label = plan_string(plan, plan->label) + plan->label_skip;

	if (plan->label_kind == PLAN_LABEL_APPARMOR) {
		add(result, "apparmor", ENFORCED, "\"%.100s\" from exec on",
		    label);
	}
	if (plan->label_kind == PLAN_LABEL_SELINUX) {
		add(result, "selinux", ENFORCED, "\"%.100s\" from exec on",
		    label);
	}
	if ((plan->left_out & PLAN_LEFT_APPARMOR) != 0) {
		add(result, "apparmor", UNSUPPORTED,
		    "left out: not enabled on this host");
	}
	if ((plan->left_out & PLAN_LEFT_SELINUX) != 0) {
		add(result, "selinux", UNSUPPORTED,
		    "left out: not enabled on this host");
	}
}

/* The main process has looked whether it is in the namespace. */
static void add_clocks(const struct live *live, struct result *result)
{
	const struct plan_clocks *clocks = &live->compiled->plan->clocks;

	if (clocks->monotonic_ns == 0 && clocks->boottime_ns == 0) {
		return;
	}
	if (live->ready.left_clocks != 0) {
		add(result, "time-namespace", UNSUPPORTED,
		    "left out: this kernel cannot");
		return;
	}
	add(result, "time-namespace", ENFORCED,
	    "monotonic %+lld ns, boottime %+lld ns",
	    (long long)clocks->monotonic_ns, (long long)clocks->boottime_ns);
}

/* Each was read back, or the launch would have ended. */
static void add_sysctls(const struct live *live, struct result *result)
{
	uint32_t count = live->compiled->plan->sysctls.count;
	uint32_t left = live->ready.left_sysctls;

	if (count != 0) {
		add(result, "sysctls", left == 0 ? ENFORCED : WEAKER,
		    "%u set, %u left out", count - left, left);
	}
}

/* A limit that did not read back as it was written ended the launch. */
static void add_cgroup(const struct plan *plan, struct result *result)
{
	bool less = (plan->left_out & PLAN_LEFT_CGROUP) != 0;

	if (plan->cgroup_controllers == 0) {
		add(result, "cgroup-limits", less ? UNSUPPORTED : OFF, "%s",
		    less ? "left out: this host cannot" : "not asked for");
		return;
	}
	add(result, "cgroup-limits", less ? WEAKER : ENFORCED, "%u settings%s",
	    plan->cgroup.count, less ? "; the rest left out" : "");
}

static void add_limits(const struct live *live, struct result *result)
{
	const struct plan *plan = live->compiled->plan;

	/* The kernel does not hold its own root to that of processes. */
	bool held = live->kernel_uid != 0 ||
		    (plan->cgroup_controllers & 1U << CGROUP_PIDS) != 0;

	add(result, "process-limit", held ? ENFORCED : WEAKER,
	    "%u processes and threads%s", plan->pids,
	    held ? "" : ", not held for the host's root");
	if (plan->wall_ms > 0) {
		add(result, "wall-clock", ENFORCED, "%llu ms",
		    (unsigned long long)plan->wall_ms);
	}
	if (plan->oom_score_adj != 0) {
		add(result, "oom-score", ENFORCED, "%d", plan->oom_score_adj);
	}
	if ((plan->left_out & PLAN_LEFT_OOM_SCORE) != 0) {
		add(result, "oom-score", OFF,
		    "left out: takes CAP_SYS_RESOURCE");
	}
	add_cgroup(plan, result);
	add_landlock(plan, result);
	add_label(plan, result);
}

/* What was only preferred, and is less than the spec has it. */
static void add_sources(const struct live *live, struct result *result)
{
	const struct plan *plan = live->compiled->plan;
	const struct source_notes *notes = &live->notes;

	for (uint32_t i = 0; i < plan->sources.count; i++) {
		int mount = plan_ops(plan)[plan_sources(plan)[i].op].mount;
		char field[PLAN_SOURCE_FIELD_BYTES];

		if (source_set_has(&notes->absent, i)) {
			plan_source_field(plan, i, field, sizeof(field));
			add(result, "source", OFF,
			    "%s: left out, it is not there", field);
		}
		if (source_set_has(&notes->nodev, i)) {
			add(result, "devices", OFF,
			    "mounts[%d].dev: the host's mount is nodev", mount);
		}
		if (source_set_has(&notes->nosuid, i)) {
			add(result, "set-user-id", OFF,
			    "mounts[%d].suid: the host's mount is nosuid",
			    mount);
		}
	}
}

void effective_fill(const struct live *live, struct result *result)
{
	add_namespaces(live, result);
	add_identity(live, result);
	add_privileges(live, result);
	add_files(live, result);
	add_sources(live, result);
	add_clocks(live, result);
	add_sysctls(live, result);
	add_limits(live, result);
}
