/* SPDX-License-Identifier: Apache-2.0 */
/* The limits of an OCI configuration; see import_oci.h. */
#include "import_oci.h"

#include <string.h>

static bool number_of(const struct json_node *object, const char *name,
		      uint64_t *ret)
{
	return import_read_number(json_text(json_member(object, name)), ret);
}

/* -1 is no limit, which is what there is without one. */
static void take_limit(struct import *import, const struct import_row *row,
		       const char *field, const struct json_node *node)
{
	if (strcmp(json_text(node), "-1") != 0) {
		import_number(import, row, field, node);
	}
}

/* Theirs counts memory and swap together. */
static void take_swap(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	uint64_t both = 0;
	uint64_t memory = 0;

	if (import_read_number(json_text(node), &both) &&
	    number_of(node->parent, "limit", &memory) && both >= memory) {
		draft_set_number(&import->draft, row->to, both - memory + 1);
	} else {
		import_lose(import, field, "is no sum with a limit of memory");
	}
}

#define KERNEL_MEMORY "kernels count it with the rest"

static const struct import_row memory_rows[] = {
	{ "limit", take_limit, "limits.memory_bytes", NULL },
	{ "reservation", take_limit, "limits.memory_low_bytes", NULL },
	{ "swap", take_swap, "limits.swap_bytes_plus1", NULL },
	{ "kernel", NULL, NULL, KERNEL_MEMORY },
	{ "kernelTCP", NULL, NULL, KERNEL_MEMORY },
	{ "swappiness", NULL, NULL, "is one for the host" },
	{ "disableOOMKiller", NULL, NULL, "short of memory, a sandbox ends" },
	{ "useHierarchy", import_nothing, NULL, NULL },
	{ "checkBeforeUpdate", import_nothing, NULL, NULL },
	{ .name = NULL },
};

/* The scale of control groups v1 to that of v2, as runtimes convert it. */
static void take_shares(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	uint64_t shares = 0;

	if (!import_read_number(json_text(node), &shares) || shares > 262144) {
		import_lose(import, field, "is not a number up to 262144");
	} else if (shares >= 2) {
		draft_set_number(&import->draft, row->to,
				 1 + (shares - 2) * 9999 / 262142);
	}
}

static void take_quota(struct import *import, const struct import_row *row,
		       const char *field, const struct json_node *node)
{
	uint64_t quota = 0;
	uint64_t period = 100000;

	(void)number_of(node->parent, "period", &period);
	if (strcmp(json_text(node), "-1") == 0) {
		return;
	}
	if (!import_read_number(json_text(node), &quota) || period == 0 ||
	    quota > UINT32_MAX || quota * 1000 / period == 0) {
		import_lose(import, field, "is no part of a processor");
		return;
	}
	draft_set_number(&import->draft, row->to, quota * 1000 / period);
}

static const struct import_row cpu_rows[] = {
	{ "shares", take_shares, "limits.cpu_weight", NULL },
	{ "quota", take_quota, "limits.cpu_milli", NULL },
	{ "period", import_nothing, NULL, NULL },
	{ "cpus", import_text, "limits.cpuset_cpus", NULL },
	{ "mems", import_text, "limits.cpuset_mems", NULL },
	{ "burst", NULL, NULL, "there is no burst here" },
	{ "realtimeRuntime", NULL, NULL, "there is no such limit here" },
	{ "realtimePeriod", NULL, NULL, "there is no such limit here" },
	{ "idle", NULL, NULL, "there is no such limit here" },
	{ .name = NULL },
};

static const struct import_row pids_rows[] = {
	{ "limit", take_limit, "limits.pids", NULL },
	{ .name = NULL },
};

#define BY_NUMBER "disks are named by path here, not by number"

static const struct import_row io_rows[] = {
	{ "weight", import_number, "limits.io_weight", NULL },
	{ "leafWeight", NULL, NULL, "there is no such weight here" },
	{ "weightDevice", NULL, NULL, BY_NUMBER },
	{ "throttleReadBpsDevice", NULL, NULL, BY_NUMBER },
	{ "throttleWriteBpsDevice", NULL, NULL, BY_NUMBER },
	{ "throttleReadIOPSDevice", NULL, NULL, BY_NUMBER },
	{ "throttleWriteIOPSDevice", NULL, NULL, BY_NUMBER },
	{ .name = NULL },
};

static const struct part {
	const char *name;
	const struct import_row *rows;
} parts[] = {
	{ "memory", memory_rows }, { "cpu", cpu_rows }, { "pids", pids_rows },
	{ "blockIO", io_rows },    { .name = NULL },
};

static void take_part(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	const struct part *part = parts;

	while (part->name != NULL && strcmp(part->name, row->name) != 0) {
		part++;
	}
	if (part->name != NULL) {
		import_members(import, field, node, part->rows);
	}
}

static void take_hugepages(struct import *import, const struct import_row *row,
			   const char *field, const struct json_node *node)
{
	(void)field;
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		struct json_node *limit = import_add_object(import, row->to);

		import_put_text(import, limit, "size",
				json_text(json_member(one, "pageSize")));
		import_put_word(import, limit, "bytes",
				json_text(json_member(one, "limit")));
	}
}

/* That nothing is allowed holds anyway; what is, are the devices in /dev. */
static void take_devices(struct import *import, const struct import_row *row,
			 const char *field, const struct json_node *node)
{
	(void)row;
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		if (strcmp(json_text(json_member(one, "allow")), "true") == 0) {
			import_lose(import, field,
				    "devices are allowed by being in /dev, "
				    "see security.devices");
			return;
		}
	}
}

static const struct import_row rows[] = {
	{ "memory", take_part, NULL, NULL },
	{ "cpu", take_part, NULL, NULL },
	{ "pids", take_part, NULL, NULL },
	{ "blockIO", take_part, NULL, NULL },
	{ "hugepageLimits", take_hugepages, "limits.hugepages", NULL },
	{ "unified", import_map, "limits.cgroup", NULL },
	{ "devices", take_devices, NULL, NULL },
	{ "network", NULL, NULL, "packets have no class here" },
	{ "rdma", NULL, NULL, "there is no such limit here" },
	{ .name = NULL },
};

void import_oci_resources(struct import *import, const struct import_row *row,
			  const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, rows);
}
