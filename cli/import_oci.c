/* SPDX-License-Identifier: Apache-2.0 */
/* config.json of the OCI runtime specification; see import.h. */
#include "import_oci.h"

#include "cleanup.h"
#include "paths.h"

#include <string.h>

static void take_root_path(struct import *import, const struct import_row *row,
			   const char *field, const struct json_node *node)
{
	_cleanup_free_ char *path = NULL;
	struct complaint complaint = COMPLAINT_INIT;

	(void)row;
	if (path_on_host(import->draft.cwd, json_text(node), &path,
			 &complaint) < 0) {
		import_lose(import, field, "%s", complaint.text);
		return;
	}
	import_set_text(import, "root.kind", "DIRECTORY");
	import_set_text(import, "root.path", path);
}

static const struct import_row root_rows[] = {
	{ "path", take_root_path, NULL, NULL },
	/* Looked at with the whole. */
	{ "readonly", import_nothing, NULL, NULL },
	{ .name = NULL },
};

static void take_root(struct import *import, const struct import_row *row,
		      const char *field, const struct json_node *node)
{
	(void)row;
	import_members(import, field, node, root_rows);
	/* There a root can be written to unless it is said. */
	if (json_find(&import->draft.tree, "root.path") != NULL &&
	    strcmp(json_text(json_member(node, "readonly")), "true") != 0) {
		import_set_word(import, "root.writable", "true");
	}
}

#define HOOKS "the library runs nothing of a document's on the host"
#define OTHER "is of another platform"

static const struct import_row rows[] = {
	{ "ociVersion", import_nothing, NULL, NULL },
	{ "process", import_oci_process, NULL, NULL },
	{ "root", take_root, NULL, NULL },
	{ "hostname", import_text, "hostname", NULL },
	{ "domainname", NULL, NULL, "a sandbox has no NIS domain" },
	{ "mounts", import_oci_mounts, NULL, NULL },
	{ "linux", import_oci_linux, NULL, NULL },
	{ "annotations", import_map, "labels", NULL },
	{ "hooks", NULL, NULL, HOOKS },
	{ "windows", NULL, NULL, OTHER },
	{ "solaris", NULL, NULL, OTHER },
	{ "vm", NULL, NULL, OTHER },
	{ "zos", NULL, NULL, OTHER },
	{ "freebsd", NULL, NULL, OTHER },
	{ .name = NULL },
};

int import_oci_config(struct import *import, const struct json_node *config)
{
	if (config->kind != JSON_OBJECT) {
		return complain(import->complaint,
				"the configuration is not an object");
	}
	import_members(import, "", config, rows);
	import_streams(import);
	return 0;
}
