/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of a configuration of nsjail; see import_nsjail.h. */
#include "cleanup.h"
#include "import_nsjail.h"

#include <stdio.h>
#include <string.h>

#define MIB (1024ULL * 1024)

/* Where it is not said, a limit has a value there, or is the caller's. */
static const struct limit {
	const char *name;
	uint64_t unit;
	uint64_t value;
	bool callers;
} limits[] = {
	{ "as", MIB, 4096, false }, { "core", MIB, 0, false },
	{ "cpu", 1, 600, false },   { "fsize", MIB, 1, false },
	{ "nofile", 1, 32, false }, { "nproc", 1, 1024, true },
	{ "stack", MIB, 8, true },  { "memlock", 1024, 64, true },
	{ "rtprio", 1, 0, true },   { "msgqueue", 1, 1024, true },
};

static void set_rlimit(struct import *import, const struct limit *limit,
		       const char *field, const struct json_node *value)
{
	uint64_t number = limit->value;
	char text[24];
	struct json_node *rlimit = NULL;

	if (value != NULL && !import_read_number(json_text(value), &number)) {
		return;
	}
	if (number > UINT64_MAX / limit->unit) {
		import_lose(import, field, "is more than there can be");
		return;
	}
	(void)snprintf(text, sizeof(text), "%llu",
		       (unsigned long long)(number * limit->unit));
	rlimit = import_add_object(import, "process.rlimits");
	import_put_text(import, rlimit, "name", limit->name);
	import_put_word(import, rlimit, "soft", text);
	import_put_word(import, rlimit, "hard", text);
}

static void set_unlimited(struct import *import, const struct limit *limit)
{
	struct json_node *rlimit = import_add_object(import, "process.rlimits");

	import_put_text(import, rlimit, "name", limit->name);
	import_put_word(import, rlimit, "unlimited_soft", "true");
	import_put_word(import, rlimit, "unlimited_hard", "true");
}

static void take_rlimit(struct import *import, const struct limit *limit,
			const struct json_node *config)
{
	char field[32];
	char type_field[40];
	const struct json_node *value = NULL;
	const char *type = NULL;

	(void)snprintf(field, sizeof(field), "rlimit_%s", limit->name);
	(void)snprintf(type_field, sizeof(type_field), "%s_type", field);
	value = json_member(config, field);
	type = json_text(json_member(config, type_field));
	if (strcmp(type, "INF") == 0) {
		set_unlimited(import, limit);
	} else if (strcmp(type, "SOFT") == 0 || strcmp(type, "HARD") == 0) {
		import_lose(import, type_field,
			    "a limit of the caller's is not the document's");
	} else if (type[0] != '\0' || value != NULL || !limit->callers) {
		/* A value without its type is not heeded there; here it is. */
		set_rlimit(import, limit, field, value);
	}
}

void nsjail_rlimits(struct import *import, const struct json_node *config)
{
	if (nsjail_is(config, "disable_rl", false)) {
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		take_rlimit(import, &limits[i], config);
	}
}

/* 0 and below is no limit there. */
static uint64_t amount(const struct json_node *config, const char *name)
{
	uint64_t number = 0;

	(void)import_read_number(json_text(json_member(config, name)), &number);
	return number;
}

static void take_swap(struct import *import, const struct json_node *config)
{
	uint64_t memory = amount(config, "cgroup_mem_max");
	uint64_t both = amount(config, "cgroup_mem_memsw_max");
	const struct json_node *swap =
		json_member(config, "cgroup_mem_swap_max");

	if (swap != NULL && json_text(swap)[0] != '-') {
		draft_set_number(&import->draft, "limits.swap_bytes_plus1",
				 amount(config, "cgroup_mem_swap_max") + 1);
	} else if (both > 0 && memory > 0 && both >= memory) {
		draft_set_number(&import->draft, "limits.swap_bytes_plus1",
				 both - memory + 1);
	} else if (both > 0) {
		import_lose(import, "cgroup_mem_memsw_max",
			    "is no sum with cgroup_mem_max");
	}
}

void nsjail_cgroups(struct import *import, const struct json_node *config)
{
	static const char *const fields[][2] = {
		{ "cgroup_mem_max", "limits.memory_bytes" },
		{ "cgroup_pids_max", "limits.pids" },
		{ "cgroup_cpu_ms_per_sec", "limits.cpu_milli" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		uint64_t number = amount(config, fields[i][0]);

		if (number > 0) {
			draft_set_number(&import->draft, fields[i][1], number);
		}
	}
	take_swap(import, config);
}
