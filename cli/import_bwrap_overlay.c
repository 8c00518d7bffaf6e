/* SPDX-License-Identifier: Apache-2.0 */
/* What bubblewrap lays over each other; see import_bwrap.h. */
#include "cleanup.h"
#include "import_bwrap.h"
#include "paths.h"

#include <string.h>

/* The first is the lowest there, and the topmost here. */
static void add_layer(struct bwrap *bwrap, const char *word)
{
	_cleanup_free_ char *path = NULL;
	struct complaint complaint = COMPLAINT_INIT;
	struct json_tree *layers = &bwrap->layers;
	struct json_node *first = NULL;
	struct json_node *node = NULL;

	if (path_on_host(bwrap->import->draft.cwd, word, &path, &complaint) <
	    0) {
		import_lose(bwrap->import, bwrap->option, "%s", complaint.text);
		return;
	}
	if (layers->root == NULL) {
		(void)json_append(layers, NULL, JSON_ARRAY, NULL, NULL);
	}
	node = json_append(layers, layers->root, JSON_STRING, NULL, path);
	first = node == NULL ? NULL : layers->root->first;
	if (first != node) {
		json_remove(node);
		node->parent = layers->root;
		node->next = first;
		layers->root->first = node;
	}
}

void bwrap_overlay_src(struct bwrap *bwrap)
{
	add_layer(bwrap, bwrap->values[0]);
}

/* The lowest of a root is its path. */
static void set_root(struct bwrap *bwrap)
{
	struct import *import = bwrap->import;
	const struct json_node *layer =
		bwrap->layers.root == NULL ? NULL : bwrap->layers.root->first;

	import_set_text(import, "root.kind", "OVERLAY");
	for (; layer != NULL; layer = layer->next) {
		if (layer->next != NULL) {
			import_add_text(import, "root.layers", layer->text);
		} else {
			import_set_text(import, "root.path", layer->text);
		}
	}
	import_set_word(import, "root.allow_exec_on_upper", "true");
}

static void put_overlay(struct bwrap *bwrap, const char *target, bool writable)
{
	struct import *import = bwrap->import;
	struct json_node *mount = NULL;
	struct json_node *list = NULL;
	const struct json_node *layer =
		bwrap->layers.root == NULL ? NULL : bwrap->layers.root->first;

	if (writable && strcmp(target, "/") == 0) {
		set_root(bwrap);
	} else {
		mount = import_mount(import, bwrap->option, "OVERLAY", target);
	}
	if (mount != NULL && writable) {
		import_put_word(import, mount, "writable", "true");
		import_put_word(import, mount, "exec", "true");
	}
	if (mount != NULL) {
		list = json_append(&import->draft.tree, mount, JSON_ARRAY,
				   "layers", NULL);
	}
	for (; list != NULL && layer != NULL; layer = layer->next) {
		(void)json_append(&import->draft.tree, list, JSON_STRING, NULL,
				  layer->text);
	}
	json_tree_done(&bwrap->layers);
	bwrap->layers = (struct json_tree)JSON_TREE_INIT;
}

void bwrap_ro_overlay(struct bwrap *bwrap)
{
	put_overlay(bwrap, bwrap->values[0], false);
}

void bwrap_tmp_overlay(struct bwrap *bwrap)
{
	put_overlay(bwrap, bwrap->values[0], true);
}

/* What is there already is seen, and what is written is not kept. */
void bwrap_overlay(struct bwrap *bwrap)
{
	add_layer(bwrap, bwrap->values[0]);
	import_lose(bwrap->import, bwrap->option,
		    "what is written ends with the sandbox; see root.upper for "
		    "a root that keeps it");
	put_overlay(bwrap, bwrap->values[2], true);
}
