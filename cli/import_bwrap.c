/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of bubblewrap as a specification; see import.h. */
#include "import_bwrap.h"

#include "cleanup.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define DESCRIPTOR                                                           \
	"a descriptor of that command line's; the host passes its own with " \
	"the specification"

static void take_text(struct bwrap *bwrap)
{
	import_set_text(bwrap->import, bwrap->to, bwrap->values[0]);
}

static void take_nothing(struct bwrap *bwrap)
{
	(void)bwrap;
}

static struct json_node *find_variable(struct bwrap *bwrap, const char *name)
{
	struct json_node *list =
		json_find(&bwrap->import->draft.tree, "process.env");
	struct json_node *node = list == NULL ? NULL : list->first;
	size_t size = strlen(name);

	while (node != NULL && (strncmp(json_text(node), name, size) != 0 ||
				json_text(node)[size] != '=')) {
		node = node->next;
	}
	return node;
}

static void take_setenv(struct bwrap *bwrap)
{
	_cleanup_free_ char *setting = NULL;

	if (asprintf(&setting, "%s=%s", bwrap->values[0], bwrap->values[1]) <
	    0) {
		setting = NULL;
		return;
	}
	json_remove(find_variable(bwrap, bwrap->values[0]));
	import_add_text(bwrap->import, "process.env", setting);
}

static void take_unsetenv(struct bwrap *bwrap)
{
	json_remove(find_variable(bwrap, bwrap->values[0]));
}

static void take_clearenv(struct bwrap *bwrap)
{
	json_remove(json_find(&bwrap->import->draft.tree, "process.env"));
	bwrap->clears_env = true;
}

static void take_unshare_net(struct bwrap *bwrap)
{
	bwrap->network = false;
}

static void take_share_net(struct bwrap *bwrap)
{
	bwrap->network = true;
}

static void take_uid(struct bwrap *bwrap)
{
	bwrap->uid = bwrap->values[0];
}

static void take_gid(struct bwrap *bwrap)
{
	bwrap->gid = bwrap->values[0];
}

static void take_perms(struct bwrap *bwrap)
{
	bwrap->perms = bwrap->values[0];
}

static void take_size(struct bwrap *bwrap)
{
	bwrap->size = bwrap->values[0];
}

static void take_cap_add(struct bwrap *bwrap)
{
	if (strcasecmp(bwrap->values[0], "ALL") == 0) {
		import_lose(bwrap->import, bwrap->option,
			    "capabilities are granted by name");
		return;
	}
	import_add_text(bwrap->import, "security.capabilities.all_sets",
			bwrap->values[0]);
}

/* Nothing is granted here that is not named, so only those go. */
static void take_cap_drop(struct bwrap *bwrap)
{
	struct json_node *list = json_find(&bwrap->import->draft.tree,
					   "security.capabilities.all_sets");
	struct json_node *node = list == NULL ? NULL : list->first;

	if (strcasecmp(bwrap->values[0], "ALL") == 0) {
		bwrap->drops_all = true;
	}
	while (node != NULL) {
		struct json_node *next = node->next;

		if (strcasecmp(bwrap->values[0], "ALL") == 0 ||
		    strcasecmp(bwrap->values[0], json_text(node)) == 0) {
			json_remove(node);
		}
		node = next;
	}
}

#define FILE_LABEL "files of a sandbox get no labels"

/* clang-format off */
static const struct row {
	const char *name;
	int count; /* of its values */
	bwrap_take *take;
	const char *to;
	const char *why; /* where it has no @take */
} rows[] = {
	{ "bind", 2, bwrap_bind, NULL, NULL },
	{ "ro-bind", 2, bwrap_ro_bind, NULL, NULL },
	{ "dev-bind", 2, bwrap_dev_bind, NULL, NULL },
	{ "bind-try", 2, bwrap_bind_try, NULL, NULL },
	{ "ro-bind-try", 2, bwrap_ro_bind_try, NULL, NULL },
	{ "dev-bind-try", 2, bwrap_dev_bind_try, NULL, NULL },
	{ "bind-fd", 2, NULL, NULL, DESCRIPTOR },
	{ "ro-bind-fd", 2, NULL, NULL, DESCRIPTOR },
	{ "bind-data", 2, bwrap_bind_data, NULL, NULL },
	{ "ro-bind-data", 2, bwrap_ro_bind_data, NULL, NULL },
	{ "file", 2, bwrap_file, NULL, NULL },
	{ "tmpfs", 1, bwrap_new, "TMPFS", NULL },
	{ "mqueue", 1, bwrap_new, "MQUEUE", NULL },
	{ "dir", 1, bwrap_new, "DIRECTORY", NULL },
	{ "proc", 1, bwrap_proc, NULL, NULL },
	{ "dev", 1, bwrap_dev, NULL, NULL },
	{ "symlink", 2, bwrap_symlink, NULL, NULL },
	{ "remount-ro", 1, bwrap_remount_ro, NULL, NULL },
	{ "chmod", 2, bwrap_chmod, NULL, NULL },
	{ "perms", 1, take_perms, NULL, NULL },
	{ "size", 1, take_size, NULL, NULL },
	{ "overlay-src", 1, bwrap_overlay_src, NULL, NULL },
	{ "ro-overlay", 1, bwrap_ro_overlay, NULL, NULL },
	{ "overlay", 3, bwrap_overlay, NULL, NULL },
	{ "tmp-overlay", 1, bwrap_tmp_overlay, NULL, NULL },
	{ "chdir", 1, take_text, "process.cwd", NULL },
	{ "hostname", 1, take_text, "hostname", NULL },
	{ "exec-label", 1, take_text, "security.selinux_label", NULL },
	{ "file-label", 1, NULL, NULL, FILE_LABEL },
	{ "setenv", 2, take_setenv, NULL, NULL },
	{ "unsetenv", 1, take_unsetenv, NULL, NULL },
	{ "clearenv", 0, take_clearenv, NULL, NULL },
	{ "uid", 1, take_uid, NULL, NULL },
	{ "gid", 1, take_gid, NULL, NULL },
	{ "cap-add", 1, take_cap_add, NULL, NULL },
	{ "cap-drop", 1, take_cap_drop, NULL, NULL },
	{ "unshare-all", 0, take_unshare_net, NULL, NULL },
	{ "unshare-net", 0, take_unshare_net, NULL, NULL },
	{ "share-net", 0, take_share_net, NULL, NULL },
	/* What a sandbox has anyway. */
	{ "unshare-user", 0, take_nothing, NULL, NULL },
	{ "unshare-user-try", 0, take_nothing, NULL, NULL },
	{ "unshare-ipc", 0, take_nothing, NULL, NULL },
	{ "unshare-pid", 0, take_nothing, NULL, NULL },
	{ "unshare-uts", 0, take_nothing, NULL, NULL },
	{ "unshare-cgroup", 0, take_nothing, NULL, NULL },
	{ "unshare-cgroup-try", 0, take_nothing, NULL, NULL },
	{ "disable-userns", 0, take_nothing, NULL, NULL },
	{ "assert-userns-disabled", 0, take_nothing, NULL, NULL },
	{ "die-with-parent", 0, take_nothing, NULL, NULL },
	{ "new-session", 0, take_nothing, NULL, NULL },
	{ "level-prefix", 0, take_nothing, NULL, NULL },
	{ "argv0", 1, NULL, NULL, "the program's own name is process.argv[0]" },
	{ "as-pid-1", 0, NULL, NULL, "process 1 is the sandbox's own" },
	{ "lock-file", 1, NULL, NULL, "nothing of the sandbox's locks files" },
	{ "args", 1, NULL, NULL, DESCRIPTOR },
	{ "seccomp", 1, bwrap_seccomp, NULL, NULL },
	{ "add-seccomp-fd", 1, bwrap_seccomp, NULL, NULL },
	{ "sync-fd", 1, NULL, NULL, DESCRIPTOR },
	{ "block-fd", 1, NULL, NULL, DESCRIPTOR },
	{ "userns-block-fd", 1, NULL, NULL, DESCRIPTOR },
	{ "info-fd", 1, NULL, NULL, "the library tells its host instead" },
	{ "json-status-fd", 1, NULL, NULL, "the library tells its host instead" },
	{ "userns", 1, NULL, NULL, DESCRIPTOR },
	{ "userns2", 1, NULL, NULL, DESCRIPTOR },
	{ "pidns", 1, NULL, NULL, DESCRIPTOR },
	{ "version", 0, NULL, NULL, "is for people to read, and runs nothing" },
	{ "help", 0, NULL, NULL, "is for people to read, and runs nothing" },
};
/* clang-format on */

static const struct row *find_row(const char *word)
{
	if (strncmp(word, "--", 2) != 0) {
		return NULL;
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (strcmp(rows[i].name, word + 2) == 0) {
			return &rows[i];
		}
	}
	return NULL;
}

/* One option with its values; returns how many words that were. */
static int take_option(struct bwrap *bwrap, char **words)
{
	const struct row *row = find_row(words[0]);
	const struct json_node *since = bwrap->import->draft.tree.newest;

	if (row == NULL) {
		return complain(bwrap->import->complaint,
				"%.200s: bubblewrap has no such option",
				words[0]);
	}
	for (int i = 1; i <= row->count; i++) {
		if (words[i] == NULL) {
			return complain(bwrap->import->complaint,
					"%.200s: needs more values", words[0]);
		}
	}
	bwrap->option = words[0];
	bwrap->to = row->to;
	bwrap->values = words + 1;
	if (row->take != NULL) {
		row->take(bwrap);
		import_mark(bwrap->import, since, words[0]);
	} else {
		import_lose(bwrap->import, words[0], "%s", row->why);
	}
	if (row->take != take_perms && row->take != take_size) {
		bwrap->perms = NULL;
		bwrap->size = NULL;
	}
	return row->count + 1;
}

/* What holds whatever the options are, and what they say together. */
static void finish(struct bwrap *bwrap, char **program)
{
	struct import *import = bwrap->import;

	if (json_find(&import->draft.tree, "root") == NULL) {
		import_set_text(import, "root.kind", "EMPTY");
	}
	import_set_text(import, "identity.mode", "CALLER");
	import_set_user(import, bwrap->uid, bwrap->gid);
	if (bwrap->network) {
		import_set_text(import, "network.mode", "HOST");
	}
	if (!bwrap->clears_env) {
		import_lose(import, "environment",
			    "bubblewrap passes the caller's on without "
			    "--clearenv; name what is needed in process.env");
	}
	if (getuid() == 0 && !bwrap->drops_all) {
		import_lose(import, "capabilities",
			    "bubblewrap leaves root all of them without "
			    "--cap-drop ALL; name what is needed by --cap-add");
	}
	for (; *program != NULL; program++) {
		import_add_text(import, "process.argv", *program);
	}
	import_streams(import);
}

int import_bwrap(struct import *import, char **words)
{
	struct bwrap bwrap = { .import = import, .network = true };
	int r = 0;

	if (words[0] != NULL && strcmp(words[0], "bwrap") == 0) {
		words++;
	}
	while (r >= 0 && *words != NULL && (*words)[0] == '-' &&
	       strcmp(*words, "--") != 0) {
		r = take_option(&bwrap, words);
		words += r < 0 ? 0 : r;
	}
	if (*words != NULL && strcmp(*words, "--") == 0) {
		words++;
	}
	if (r >= 0 && *words == NULL) {
		r = complain(import->complaint, "no program is given");
	}
	if (r >= 0) {
		finish(&bwrap, words);
	}
	json_tree_done(&bwrap.layers);
	return r < 0 ? r : 0;
}
