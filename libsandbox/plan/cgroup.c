/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Limits that control groups hold, as files and what is written to them: each
 * for version 2 and for version 1, as cgroups(7) and the kernel's
 * Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/ have them.
 */
#include "base/array.h"
#include "plan/cgroup_setting.h"
#include "plan/draft.h"
#include "spec/cpu_list.h"
#include "spec/text.h"

#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>

/* What cpu.max counts in: microseconds, of which the kernel takes 1000 up. */
#define CPU_PERIOD_US 100000U
#define SETTINGS_MAX  16
#define VALUE_BYTES   1024

/* The settings of a document, as they come together. */
struct settings {
	struct draft *draft;
	size_t count;
	struct plan_cgroup_setting list[SETTINGS_MAX];
};

/* How one limit is said. */
struct saying {
	enum cgroup_controller controller;
	const char *field;
	uint64_t given;
	const char *v2; /* the file; NULL: this version cannot */
	const char *v1;
};

/* The version that has the controller; 0: left out; -errno: refused. */
static int version_or(struct draft *draft, const struct saying *say,
		      const char *given)
{
	const struct plan_facts *facts = draft->facts;
	unsigned int version = facts->cgroups[say->controller].version;
	const char *reason = facts->cgroups[say->controller].reason;

	if (version == 1 && say->v1 == NULL) {
		reason = "is of version 1 here, which has no such limit";
	} else if (version != 0) {
		draft->builder->head.cgroup_controllers |= 1U
							   << say->controller;
		return (int)version;
	}
	if (draft_prefers(draft, say->field)) {
		draft->builder->head.left_out |= PLAN_LEFT_CGROUP;
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, say->field,
			    "%s takes the controller \"%s\" of the host's"
			    " control groups, which %s",
			    given, cgroup_controller_name(say->controller),
			    reason == NULL ? "it does not have" : reason);
}

static int version_for(struct draft *draft, const struct saying *say)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%" PRIu64, say->given);
	return version_or(draft, say, number);
}

__attribute__((format(printf, 5, 6))) static void add(struct settings *settings,
						      const struct saying *say,
						      const char *file,
						      uint32_t flags,
						      const char *format, ...)
{
	struct plan_cgroup_setting *setting = &settings->list[settings->count];
	struct builder *builder = settings->draft->builder;
	char value[VALUE_BYTES];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(value, sizeof(value), format, arguments);
	va_end(arguments);
	*setting = (struct plan_cgroup_setting){
		.controller = (uint32_t)say->controller,
		.flags = flags,
		.file = builder_string(builder, file),
		.value = builder_string(builder, value),
		.field = builder_string(builder, say->field),
	};
	settings->count++;
}

/* A limit whose number both versions take as it is. */
static int add_number(struct settings *settings, const struct saying *say,
		      uint32_t flags)
{
	int version = 0;

	if (say->given == 0) {
		return 0;
	}
	version = version_for(settings->draft, say);
	if (version > 0) {
		add(settings, say, version == 2 ? say->v2 : say->v1, flags,
		    "%" PRIu64, say->given);
	}
	return version < 0 ? version : 0;
}

/*
 * Version 1 counts memory and swap together.  A host that does not count swap
 * has neither file; then what is asked for is refused, and the default, which
 * is none, becomes as little as version 1 can say.
 */
static int add_swap(struct settings *settings, uint64_t memory)
{
	const Sandbox__V1__Limits *limits = settings->draft->limits;
	uint64_t swap = limits->swap_bytes_plus1 == 0
				? 0
				: limits->swap_bytes_plus1 - 1;
	bool asked = limits->swap_bytes_plus1 != 0;
	const struct saying say = { CGROUP_MEMORY, "limits.swap_bytes_plus1",
				    limits->swap_bytes_plus1, "memory.swap.max",
				    "memory.memsw.limit_in_bytes" };
	uint32_t optional = asked ? 0 : PLAN_CGROUP_OPTIONAL;
	int version = 0;

	if (memory == 0 && !asked) {
		return 0;
	}
	version = version_for(settings->draft, &say);
	if (version == 2) {
		add(settings, &say, say.v2, PLAN_CGROUP_BYTES | optional,
		    "%" PRIu64, swap);
	} else if (version == 1) {
		add(settings, &say, say.v1, PLAN_CGROUP_BYTES | optional,
		    "%" PRIu64, memory + swap);
		if (!asked) {
			add(settings, &say, "memory.swappiness", optional, "0");
		}
	}
	return version < 0 ? version : 0;
}

static int add_memory(struct settings *settings)
{
	const Sandbox__V1__Limits *limits = settings->draft->limits;
	const struct saying sayings[] = {
		{ CGROUP_MEMORY, "limits.memory_bytes", limits->memory_bytes,
		  "memory.max", "memory.limit_in_bytes" },
		{ CGROUP_MEMORY, "limits.memory_high_bytes",
		  limits->memory_high_bytes, "memory.high", NULL },
		{ CGROUP_MEMORY, "limits.memory_low_bytes",
		  limits->memory_low_bytes, "memory.low", NULL },
	};
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(sayings) && r >= 0; i++) {
		r = add_number(settings, &sayings[i], PLAN_CGROUP_BYTES);
	}
	/* One that was left out for want of a controller takes swap along. */
	if (r >= 0 && (settings->count > 0 || limits->memory_bytes == 0)) {
		r = add_swap(settings, limits->memory_bytes);
	}
	return r;
}

static int add_cpu_limit(struct settings *settings)
{
	uint32_t milli = settings->draft->limits->cpu_milli;
	const struct saying say = { CGROUP_CPU, "limits.cpu_milli", milli,
				    "cpu.max", "cpu.cfs_quota_us" };
	uint64_t quota = (uint64_t)milli * CPU_PERIOD_US / 1000U;
	int version = milli == 0 ? 0 : version_for(settings->draft, &say);

	if (version == 2) {
		add(settings, &say, say.v2, 0, "%" PRIu64 " %u", quota,
		    CPU_PERIOD_US);
	} else if (version == 1) {
		add(settings, &say, "cpu.cfs_period_us", 0, "%u",
		    CPU_PERIOD_US);
		add(settings, &say, say.v1, 0, "%" PRIu64, quota);
	}
	return version < 0 ? version : 0;
}

/* Version 1 counts shares, of which a group has 1024. */
static int add_cpu_weight(struct settings *settings)
{
	uint32_t weight = settings->draft->limits->cpu_weight;
	const struct saying say = { CGROUP_CPU, "limits.cpu_weight", weight,
				    "cpu.weight", "cpu.shares" };
	int version = weight == 0 ? 0 : version_for(settings->draft, &say);

	if (version == 2) {
		add(settings, &say, say.v2, 0, "%u", weight);
	} else if (version == 1) {
		add(settings, &say, say.v1, 0, "%u", weight * 1024U / 100U);
	}
	return version < 0 ? version : 0;
}

static bool has_bit(const uint64_t *words, uint32_t bit)
{
	return bit < CPU_LIST_MAX && (words[bit / 64] >> (bit % 64) & 1) != 0;
}

/* As the kernel prints it, to compare with: in order, runs as "FIRST-LAST". */
static void print_list(const char *given, struct text *ret)
{
	uint64_t words[CPU_LIST_WORDS] = { 0 };
	const char *comma = "";

	(void)cpu_list_parse(given, words);
	for (uint32_t first = 0; first < CPU_LIST_MAX; first++) {
		uint32_t last = first;

		if (!has_bit(words, first)) {
			continue;
		}
		while (has_bit(words, last + 1)) {
			last++;
		}
		text_add(ret, "%s%u", comma, first);
		if (last > first) {
			text_add(ret, "-%u", last);
		}
		comma = ",";
		first = last;
	}
}

static int add_cpuset(struct settings *settings)
{
	const Sandbox__V1__Limits *limits = settings->draft->limits;
	const struct {
		const char *field;
		const char *list;
		const char *file;
	} rows[] = {
		{ "limits.cpuset_cpus", limits->cpuset_cpus, "cpuset.cpus" },
		{ "limits.cpuset_mems", limits->cpuset_mems, "cpuset.mems" },
	};
	int version = 0;

	for (size_t i = 0; i < ARRAY_SIZE(rows) && version >= 0; i++) {
		const struct saying say = { CGROUP_CPUSET, rows[i].field, 0,
					    rows[i].file, rows[i].file };

		if (rows[i].list[0] == '\0') {
			continue;
		}
		version = version_or(settings->draft, &say, rows[i].list);
		if (version > 0) {
			char buffer[VALUE_BYTES] = "";
			struct text list = TEXT_OVER(buffer);

			print_list(rows[i].list, &list);
			add(settings, &say, rows[i].file, 0, "%s", buffer);
		}
	}
	return version < 0 ? version : 0;
}

/* RLIMIT_NPROC holds without a group; with one, the group counts as well. */
static void add_pids(struct settings *settings)
{
	struct plan *head = &settings->draft->builder->head;
	const struct saying say = { CGROUP_PIDS, "limits.pids", head->pids,
				    "pids.max", "pids.max" };

	if (settings->draft->facts->cgroups[CGROUP_PIDS].version != 0) {
		head->cgroup_controllers |= 1U << CGROUP_PIDS;
		add(settings, &say, "pids.max", 0, "%u", head->pids);
	}
}

/* A group that is made at all can be frozen and says what was used. */
static void add_observers(struct draft *draft)
{
	static const enum cgroup_controller observers[] = { CGROUP_FREEZER,
							    CGROUP_CPUACCT,
							    CGROUP_MEMORY };

	for (size_t i = 0; i < ARRAY_SIZE(observers); i++) {
		if (draft->facts->cgroups[observers[i]].version != 0) {
			draft->builder->head.cgroup_controllers |=
				1U << observers[i];
		}
	}
}

/*
 * Init, which stays outside, mounts what its own group looks like, and in that
 * the groups of other sandboxes lie beside this one's.
 */
static int refuse_mounts(const struct draft *draft)
{
	const struct plan_op *op = builder_find(draft->builder, PLAN_OP_CGROUP);
	char field[32];

	if (op == NULL) {
		return 0;
	}
	(void)snprintf(field, sizeof(field), "mounts[%d].kind", op->mount);
	return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
			    "CGROUP does not go with limits of memory"
			    " and processors in this build, as it would"
			    " show the groups of other sandboxes");
}

int decide_cgroup(struct draft *draft)
{
	struct plan *head = &draft->builder->head;
	struct settings settings = { .draft = draft };
	int (*const parts[])(struct settings *) = { add_memory, add_cpu_limit,
						    add_cpu_weight,
						    add_cpuset };
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(parts) && r >= 0; i++) {
		r = parts[i](&settings);
	}
	if (r >= 0 && head->cgroup_controllers != 0) {
		r = refuse_mounts(draft);
	}
	if (r < 0 || head->cgroup_controllers == 0) {
		return r;
	}
	add_pids(&settings);
	add_observers(draft);
	if ((head->namespaces & CLONE_NEWCGROUP) != 0) {
		head->namespaces &= ~(uint64_t)CLONE_NEWCGROUP;
		head->flags |= PLAN_CGROUPNS_LATE;
	}
	if (draft->facts->cgroups[CGROUP_MEMORY].version == 2 &&
	    draft->limits->memory_bytes != 0 && !draft->limits->oom_kill_one) {
		const struct saying say = { CGROUP_MEMORY,
					    "limits.memory_bytes", 1, NULL,
					    NULL };

		add(&settings, &say, "memory.oom.group", 0, "1");
	}
	head->flags |= draft->limits->oom_kill_one ? PLAN_OOM_KILL_ONE : 0;
	head->cgroup = builder_list(draft->builder, settings.list,
				    settings.count, sizeof(settings.list[0]));
	return 0;
}
