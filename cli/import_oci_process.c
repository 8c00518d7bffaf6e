/* SPDX-License-Identifier: Apache-2.0 */
/* The process of an OCI configuration; see import_oci.h. */
#include "cleanup.h"
#include "import_oci.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define UNLIMITED "18446744073709551615"

static void take_umask(struct import *import, const struct import_row *row,
		       const char *field, const struct json_node *node)
{
	uint64_t mask = 0;

	(void)row;
	if (!import_read_number(json_text(node), &mask)) {
		import_lose(import, field, "is not a number");
		return;
	}
	draft_set_number(&import->draft, "process.umask_plus1", mask + 1);
}

static void take_groups(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	struct json_node *list =
		json_array_at(&import->draft.tree, "process.extra_gids");

	(void)row;
	(void)field;
	for (const struct json_node *one = node->first;
	     list != NULL && one != NULL; one = one->next) {
		(void)json_append(&import->draft.tree, list, JSON_LITERAL, NULL,
				  json_text(one));
	}
}

static const struct import_row user_rows[] = {
	{ "uid", import_nothing, NULL, NULL },
	{ "gid", import_nothing, NULL, NULL },
	{ "umask", take_umask, NULL, NULL },
	{ "additionalGids", take_groups, NULL, NULL },
	{ "username", NULL, NULL, "is of another platform" },
	{ .name = NULL },
};

static void take_user(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	const char *uid = json_text(json_member(node, "uid"));
	const char *gid = json_text(json_member(node, "gid"));
	char user[64];

	(void)row;
	import_members(import, field, node, user_rows);
	(void)snprintf(user, sizeof(user), "%.20s:%.20s",
		       uid[0] == '\0' ? "0" : uid, gid[0] == '\0' ? "0" : gid);
	import_set_text(import, "process.user", user);
}

static const struct import_row capability_rows[] = {
	{ "bounding", import_texts, "security.capabilities.bounding", NULL },
	{ "effective", import_texts, "security.capabilities.effective", NULL },
	{ "permitted", import_texts, "security.capabilities.permitted", NULL },
	{ "inheritable", import_texts, "security.capabilities.inheritable",
	  NULL },
	{ "ambient", import_texts, "security.capabilities.ambient", NULL },
	{ .name = NULL },
};

static const struct import_row size_rows[] = {
	{ "height", import_number, "process.stdio.rows", NULL },
	{ "width", import_number, "process.stdio.cols", NULL },
	{ .name = NULL },
};

/* An object whose members are told by another table. */
static void take_capabilities(struct import *import,
			      const struct import_row *row, const char *field,
			      const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, capability_rows);
}

static void take_size(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, size_rows);
}

static void put_limit(struct import *import, struct json_node *rlimit,
		      const char *field, const char *unlimited,
		      const char *value)
{
	if (strcmp(value, UNLIMITED) == 0) {
		import_put_word(import, rlimit, unlimited, "true");
	} else {
		import_put_word(import, rlimit, field, value);
	}
}

static void take_rlimits(struct import *import, const struct import_row *row,
			 const char *field, const struct json_node *node)
{
	(void)row;
	(void)field;
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		struct json_node *rlimit =
			import_add_object(import, "process.rlimits");

		import_put_text(import, rlimit, "name",
				json_text(json_member(one, "type")));
		put_limit(import, rlimit, "soft", "unlimited_soft",
			  json_text(json_member(one, "soft")));
		put_limit(import, rlimit, "hard", "unlimited_hard",
			  json_text(json_member(one, "hard")));
	}
}

/* Only what is said: without a word no_new_privs stays on. */
static void take_no_new_privs(struct import *import,
			      const struct import_row *row, const char *field,
			      const struct json_node *node)
{
	(void)row;
	(void)field;
	if (strcmp(json_text(node), "false") == 0) {
		import_set_word(import, "security.allow_new_privs", "true");
	}
}

/* The number may be negative. */
static void take_signed(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	(void)field;
	import_set_word(import, row->to, json_text(node));
}

/* "SCHED_BATCH", "IOPRIO_CLASS_BE": the part behind the prefix, as we say. */
static void take_class(struct import *import, const struct import_row *row,
		       const char *field, const struct json_node *node)
{
	static const struct {
		const char *theirs;
		const char *ours;
	} names[] = {
		{ "SCHED_OTHER", "other" },
		{ "SCHED_BATCH", "batch" },
		{ "SCHED_IDLE", "idle" },
		{ "SCHED_FIFO", "fifo" },
		{ "SCHED_RR", "rr" },
		{ "IOPRIO_CLASS_RT", "realtime" },
		{ "IOPRIO_CLASS_BE", "best-effort" },
		{ "IOPRIO_CLASS_IDLE", "idle" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (strcmp(names[i].theirs, json_text(node)) == 0) {
			import_set_text(import, row->to, names[i].ours);
			return;
		}
	}
	import_lose(import, field, "there is no \"%.60s\" here",
		    json_text(node));
}

static const struct import_row scheduler_rows[] = {
	{ "policy", take_class, "process.scheduling.policy", NULL },
	{ "nice", take_signed, "process.scheduling.nice", NULL },
	{ "priority", take_signed, "process.scheduling.priority", NULL },
	{ .name = NULL },
};

static const struct import_row io_rows[] = {
	{ "class", take_class, "process.scheduling.io_class", NULL },
	{ "priority", import_number, "process.scheduling.io_level", NULL },
	{ .name = NULL },
};

static void take_scheduler(struct import *import, const struct import_row *row,
			   const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, scheduler_rows);
}

static void take_io(struct import *import, const struct import_row *row,
		    const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, io_rows);
}

static const struct import_row rows[] = {
	{ "terminal", import_bool, "process.stdio.terminal", NULL },
	{ "consoleSize", take_size, NULL, NULL },
	{ "user", take_user, NULL, NULL },
	{ "args", import_texts, "process.argv", NULL },
	{ "commandLine", NULL, NULL, "is of another platform" },
	{ "env", import_texts, "process.env", NULL },
	{ "cwd", import_text, "process.cwd", NULL },
	{ "capabilities", take_capabilities, NULL, NULL },
	{ "rlimits", take_rlimits, NULL, NULL },
	{ "noNewPrivileges", take_no_new_privs, NULL, NULL },
	{ "apparmorProfile", import_text, "security.apparmor_profile", NULL },
	{ "selinuxLabel", import_text, "security.selinux_label", NULL },
	{ "oomScoreAdj", take_signed, "process.oom_score_adj", NULL },
	{ "scheduler", take_scheduler, NULL, NULL },
	{ "ioPriority", take_io, NULL, NULL },
	{ "execCPUAffinity", NULL, NULL,
	  "a process keeps the processors that it begins with" },
	{ .name = NULL },
};

void import_oci_process(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, rows);
	/* Runtimes take numbers that are not given for 0. */
	if (json_member(node, "user") == NULL) {
		import_set_text(import, "process.user", "0:0");
	}
}
