/* SPDX-License-Identifier: Apache-2.0 */
/* What an OCI configuration says of Linux; see import_oci.h. */
#include "cleanup.h"
#include "import_oci.h"
#include "import_values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* Ours by theirs.  There, a namespace that is not named is the host's. */
static const struct {
	const char *type;
	const char *field;
	const char *join; /* the field of a path; NULL: cannot be joined */
	const char *shared;
} namespaces[] = {
	{ "network", "network.mode", "network.join_path", "HOST" },
	{ "ipc", "namespaces.ipc", "namespaces.ipc_join", "SHARED" },
	{ "uts", "namespaces.uts", "namespaces.uts_join", "SHARED" },
	{ "pid", "namespaces.pid", "namespaces.pid_join", "SHARED" },
	{ "cgroup", "namespaces.cgroup", "namespaces.cgroup_join", "SHARED" },
};

static const struct json_node *find_namespace(const struct json_node *list,
					      const char *type)
{
	const struct json_node *node = list == NULL ? NULL : list->first;

	while (node != NULL &&
	       strcmp(json_text(json_member(node, "type")), type) != 0) {
		node = node->next;
	}
	return node;
}

static void take_namespaces(struct import *import, const char *field,
			    const struct json_node *list)
{
	static const char *const others[] = { "mount", "user", "time" };

	for (size_t i = 0; i < ARRAY_SIZE(namespaces); i++) {
		const struct json_node *node =
			find_namespace(list, namespaces[i].type);
		const char *path = json_text(json_member(node, "path"));

		if (node == NULL) {
			import_set_text(import, namespaces[i].field,
					namespaces[i].shared);
		} else if (path[0] != '\0' && namespaces[i].join != NULL) {
			import_set_text(import, namespaces[i].field, "JOIN");
			import_set_text(import, namespaces[i].join, path);
		} else if (path[0] != '\0') {
			import_lose(import, field,
				    "a %s namespace cannot be joined",
				    namespaces[i].type);
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		const struct json_node *node = find_namespace(list, others[i]);

		if (json_member(node, "path") != NULL) {
			import_lose(import, field,
				    "a %s namespace cannot be joined",
				    others[i]);
		}
	}
}

static void take_maps(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	(void)field;
	import_set_text(import, "identity.mode", "EXPLICIT");
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		struct json_node *map = import_add_object(import, row->to);

		import_put_word(import, map, "inside",
				json_text(json_member(one, "containerID")));
		import_put_word(import, map, "outside",
				json_text(json_member(one, "hostID")));
		import_put_word(import, map, "count",
				json_text(json_member(one, "size")));
	}
}

/* Maps of one kind alone are those of nobody here. */
static void check_maps(struct import *import, const char *field)
{
	static const char *const kinds[][3] = {
		{ "identity.uid_maps", "identity.gid_maps", "uidMappings" },
		{ "identity.gid_maps", "identity.uid_maps", "gidMappings" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct import_name name = import_name(field, kinds[i][2]);

		if (json_find(&import->draft.tree, kinds[i][0]) != NULL &&
		    json_find(&import->draft.tree, kinds[i][1]) == NULL) {
			import_lose(import, name.text,
				    "needs maps of users and of groups");
			json_remove(json_find(&import->draft.tree, "identity"));
		}
	}
}

static void take_seccomp(struct import *import, const struct import_row *row,
			 const char *field, const struct json_node *node)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	_cleanup_(buffer_done) struct buffer base64 = BUFFER_INIT;

	(void)row;
	json_node_print(node, &text);
	if (buffer_text(&text) != NULL &&
	    strstr(text.data, "\"SCMP_ACT_NOTIFY\"") != NULL) {
		import_lose(import, field,
			    "who answers is the caller; see "
			    "security.seccomp.notify_fd");
		return;
	}
	if (buffer_text(&text) != NULL) {
		import_add_base64(text.data, text.used, &base64);
	}
	if (buffer_text(&base64) == NULL || text.failed) {
		import_lose(import, field, "out of memory");
		return;
	}
	import_set_text(import, "security.seccomp.oci_json", base64.data);
}

/* There a device is made by its number, here it is the host's of that name. */
static bool is_same_device(struct import *import, const char *field,
			   const struct json_node *device)
{
	const char *path = json_text(json_member(device, "path"));
	uint64_t numbers[2] = { 0, 0 };
	struct stat there;

	if (stat(path, &there) < 0 ||
	    !import_read_number(json_text(json_member(device, "major")),
				&numbers[0]) ||
	    !import_read_number(json_text(json_member(device, "minor")),
				&numbers[1]) ||
	    (major(there.st_rdev) == numbers[0] &&
	     minor(there.st_rdev) == numbers[1])) {
		return true;
	}
	import_lose(import, field, "%.100s is another device on this host",
		    path);
	return false;
}

static void take_devices(struct import *import, const struct import_row *row,
			 const char *field, const struct json_node *node)
{
	(void)row;
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		const char *path = json_text(json_member(one, "path"));
		struct json_node *device = NULL;

		if (import_is_default_device(path) ||
		    !is_same_device(import, field, one)) {
			continue;
		}
		device = import_add_object(import, "security.devices");
		import_put_text(import, device, "path", path);
		import_put_word(import, device, "writable", "true");
		if (json_member(one, "fileMode") != NULL ||
		    json_member(one, "uid") != NULL ||
		    json_member(one, "gid") != NULL) {
			import_lose(import, field,
				    "%.100s keeps the mode and the owner that "
				    "it has on the host",
				    path);
		}
	}
}

static void take_propagation(struct import *import,
			     const struct import_row *row, const char *field,
			     const struct json_node *node)
{
	const char *text = json_text(node);

	(void)row;
	if (strcmp(text, "private") != 0 && strcmp(text, "rprivate") != 0 &&
	    text[0] != '\0') {
		import_lose(import, field,
			    "\"%.40s\": mounts pass to and from the root never",
			    text);
	}
}

static void take_personality(struct import *import,
			     const struct import_row *row, const char *field,
			     const struct json_node *node)
{
	const char *domain = json_text(json_member(node, "domain"));

	if (strcmp(domain, "LINUX32") == 0) {
		import_set_word(import, row->to, "8");
	} else if (strcmp(domain, "LINUX") != 0) {
		import_lose(import, field, "there is no domain \"%.40s\"",
			    domain);
	}
}

#define NS_PER_S 1000000000

static void take_offset(struct import *import, const struct import_row *row,
			const char *field, const struct json_node *node)
{
	const char *text = json_text(json_member(node, "secs"));
	char *end = NULL;
	uint64_t part = 0;
	long long sum = 0;
	char number[24];

	(void)import_read_number(json_text(json_member(node, "nanosecs")),
				 &part);
	errno = 0;
	sum = strtoll(text, &end, 10);
	if (errno != 0 || *end != '\0' || part >= NS_PER_S ||
	    __builtin_mul_overflow(sum, NS_PER_S, &sum) ||
	    __builtin_add_overflow(sum, (long long)part, &sum)) {
		import_lose(import, field, "is no time that there can be");
		return;
	}
	(void)snprintf(number, sizeof(number), "%lld", sum);
	import_set_word(import, row->to, number);
}

static const struct import_row offset_rows[] = {
	{ "monotonic", take_offset, "namespaces.monotonic_offset_ns", NULL },
	{ "boottime", take_offset, "namespaces.boottime_offset_ns", NULL },
	{ .name = NULL },
};

static void take_offsets(struct import *import, const struct import_row *row,
			 const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, offset_rows);
}

static const struct import_row rows[] = {
	/* Looked at even where it is missing. */
	{ "namespaces", import_nothing, NULL, NULL },
	{ "uidMappings", take_maps, "identity.uid_maps", NULL },
	{ "gidMappings", take_maps, "identity.gid_maps", NULL },
	{ "devices", take_devices, NULL, NULL },
	{ "resources", import_oci_resources, NULL, NULL },
	{ "sysctl", import_map, "security.sysctls", NULL },
	{ "seccomp", take_seccomp, NULL, NULL },
	{ "maskedPaths", import_texts, "security.masked_paths", NULL },
	{ "readonlyPaths", import_texts, "security.readonly_paths", NULL },
	{ "personality", take_personality, "security.personality", NULL },
	{ "rootfsPropagation", take_propagation, NULL, NULL },
	{ "cgroupsPath", NULL, NULL, "the library chooses the control group" },
	{ "mountLabel", NULL, NULL, "files of a sandbox get no labels" },
	{ "intelRdt", NULL, NULL, "there are no classes of cache here" },
	{ "timeOffsets", take_offsets, NULL, NULL },
	{ .name = NULL },
};

void import_oci_linux(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	struct import_name name = import_name(field, "namespaces");
	const struct json_node *since = NULL;

	(void)row;
	import_members(import, field, node, rows);
	check_maps(import, field);
	since = import->draft.tree.newest;
	take_namespaces(import, name.text, json_member(node, "namespaces"));
	import_mark(import, since, name.text);
}
