/* SPDX-License-Identifier: Apache-2.0 */
/* Front ends that read one file. */
#include "cleanup.h"
#include "import_oci.h"
#include "paths.h"
#include "spec_file.h"

#include <string.h>

/* What is relative in a configuration is below its own directory. */
static char *folder_of(const char *cwd, const char *path)
{
	struct complaint complaint = COMPLAINT_INIT;
	char *folder = NULL;

	if (strcmp(path, "-") == 0) {
		return strdup(cwd);
	}
	if (path_on_host(cwd, path, &folder, &complaint) < 0) {
		return NULL;
	}
	*strrchr(folder, '/') = '\0';
	return folder;
}

static int read_one(struct import *import, char **words, struct spec_file *ret)
{
	if (words[0] == NULL || words[1] != NULL) {
		return complain(import->complaint, words[0] == NULL
							   ? "no file is given"
							   : "takes one file");
	}
	return spec_file_read(words[0], ret, import->complaint);
}

int import_oci(struct import *import, char **words)
{
	_cleanup_(spec_file_done) struct spec_file file = { .path = NULL };
	_cleanup_free_ char *folder = NULL;
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	struct complaint inner = COMPLAINT_INIT;
	const char *cwd = import->draft.cwd;
	int r = read_one(import, words, &file);

	if (r < 0) {
		return r;
	}
	r = json_tree_parse(&tree, buffer_text(&file.content),
			    file.content.used, &inner);
	if (r < 0) {
		return complain(import->complaint, "%.200s:%.700s", file.path,
				inner.text);
	}
	folder = folder_of(cwd, words[0]);
	if (folder == NULL) {
		return complain_memory(import->complaint);
	}
	import->draft.cwd = folder[0] == '\0' ? "/" : folder;
	r = import_oci_config(import, tree.root);
	import->draft.cwd = cwd;
	return r;
}
