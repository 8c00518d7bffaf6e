/* SPDX-License-Identifier: Apache-2.0 */
/* Front ends that read one file. */
#include "cleanup.h"
#include "import_nsjail.h"
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

/* One file as a tree, which is then imported. */
struct reading {
	int (*parse)(struct json_tree *tree, const struct spec_file *file,
		     struct complaint *complaint);
	int (*take)(struct import *import, const struct json_node *config);
};

static int import_one(struct import *import, char **words,
		      const struct reading *reading)
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
	r = reading->parse(&tree, &file, &inner);
	if (r < 0) {
		return complain(import->complaint, "%.200s:%.700s", file.path,
				inner.text);
	}
	folder = folder_of(cwd, words[0]);
	if (folder == NULL) {
		return complain_memory(import->complaint);
	}
	import->draft.cwd = folder[0] == '\0' ? "/" : folder;
	r = reading->take(import, tree.root);
	import->draft.cwd = cwd;
	return r;
}

static int parse_json(struct json_tree *tree, const struct spec_file *file,
		      struct complaint *complaint)
{
	return json_tree_parse(tree, buffer_text(&file->content),
			       file->content.used, complaint);
}

static int parse_nsjail(struct json_tree *tree, const struct spec_file *file,
			struct complaint *complaint)
{
	return text_format_parse(tree, nsjail_config,
				 buffer_text(&file->content),
				 file->content.used, complaint);
}

int import_oci(struct import *import, char **words)
{
	static const struct reading reading = { parse_json, import_oci_config };

	return import_one(import, words, &reading);
}

int import_nsjail(struct import *import, char **words)
{
	static const struct reading reading = { parse_nsjail,
						import_nsjail_config };

	return import_one(import, words, &reading);
}
