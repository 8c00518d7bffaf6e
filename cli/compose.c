/* SPDX-License-Identifier: Apache-2.0 */
/* Composes documents and options; see compose.h. */
#include "compose.h"

#include "cleanup.h"
#include "merge.h"

#include <string.h>

static const char *const streams[] = {
	"process.stdio.in",
	"process.stdio.out",
	"process.stdio.err",
};

static int read_one(const char *path, struct documents *documents,
		    struct complaint *complaint)
{
	for (size_t i = 0; strcmp(path, "-") == 0 && i < documents->count;
	     i++) {
		const char *name = documents->files[i].path;

		if (name != NULL && strcmp(name, "stdin") == 0) {
			return complain(complaint,
					"-: the standard input is read once");
		}
	}
	/* Counted first, so that what a failure leaves is released as well. */
	return spec_file_read(path, &documents->files[documents->count++],
			      complaint);
}

int documents_read(const struct run_options *options, struct documents *ret,
		   struct complaint *complaint)
{
	int r = 0;

	*ret = (struct documents){ .count = 0 };
	ret->files = calloc(options->changes.count + 1, sizeof(*ret->files));
	if (ret->files == NULL) {
		return complain_memory(complaint);
	}
	for (size_t i = 0; r == 0 && i < options->changes.count; i++) {
		const struct flag *flag = &options->changes.flags[i];

		if (flag->option->change == change_base) {
			r = read_one(flag->value, ret, complaint);
		}
	}
	if (r == 0 && options->spec != NULL) {
		r = read_one(options->spec, ret, complaint);
	}
	return r;
}

void documents_done(struct documents *documents)
{
	for (size_t i = 0; i < documents->count; i++) {
		spec_file_done(&documents->files[i]);
	}
	free(documents->files);
	*documents = (struct documents){ .count = 0 };
}

bool options_compose(const struct run_options *options)
{
	for (size_t i = 0; i < options->changes.count; i++) {
		spec_change *change = options->changes.flags[i].option->change;

		if (change == change_base || change == change_set) {
			return true;
		}
	}
	return false;
}

static int add_document(struct spec_draft *draft, const struct spec_file *file,
			struct complaint *complaint)
{
	struct json_tree *tree = &draft->tree;
	struct json_node *earlier = tree->root;
	const struct json_node *newest = tree->newest;
	struct json_node *later = NULL;
	struct complaint inner = COMPLAINT_INIT;
	int r = 0;

	if (spec_file_is_bytes(file)) {
		return complain(complaint,
				"\"%.200s\": is protobuf bytes, which cannot "
				"be composed; give it as JSON",
				file->path);
	}
	tree->root = NULL;
	r = json_tree_parse(tree, buffer_text(&file->content),
			    file->content.used, &inner);
	if (r < 0) {
		return complain(complaint, "%.200s:%.700s", file->path,
				inner.text);
	}
	json_mark(tree, newest, file->path, NULL);
	later = tree->root;
	if (earlier == NULL) {
		return 0;
	}
	tree->root = earlier;
	if (earlier->kind != JSON_OBJECT || later->kind != JSON_OBJECT) {
		return complain(complaint,
				"%.200s: the document is not an object",
				earlier->kind != JSON_OBJECT ? earlier->from
							     : file->path);
	}
	merge_objects(earlier, later);
	return 0;
}

static int apply_changes(const struct run_options *options,
			 struct spec_draft *draft, struct complaint *complaint)
{
	for (size_t i = 0; i < options->changes.count; i++) {
		const struct flag *flag = &options->changes.flags[i];
		const struct json_node *newest = draft->tree.newest;
		struct complaint inner = COMPLAINT_INIT;
		int r = flag->option->change(draft, flag->option, flag->value,
					     &inner);

		if (r == 0 && draft->tree.fault[0] != '\0') {
			r = complain(&inner, "%s", draft->tree.fault);
		}
		if (r < 0) {
			return complain(complaint, "--%s: %.900s",
					flag->option->name, inner.text);
		}
		json_mark(&draft->tree, newest, flag->option->name,
			  flag->value);
	}
	return 0;
}

static void apply_argv(const struct run_options *options,
		       struct spec_draft *draft)
{
	struct json_tree *tree = &draft->tree;
	const struct json_node *newest = tree->newest;
	struct json_node *list = NULL;

	if (options->argv[0] == NULL) {
		return;
	}
	json_set(tree, "process.argv", JSON_ARRAY, NULL);
	list = json_array_at(tree, "process.argv");
	for (char **word = options->argv; list != NULL && *word != NULL;
	     word++) {
		(void)json_append(tree, list, JSON_STRING, NULL, *word);
	}
	json_mark(tree, newest, "the command line", NULL);
}

static void apply_streams(struct spec_draft *draft)
{
	const struct json_node *newest = draft->tree.newest;

	for (size_t i = 0; i < ARRAY_SIZE(streams); i++) {
		struct json_node *stream = NULL;

		if (json_find(&draft->tree, streams[i]) != NULL) {
			continue;
		}
		stream = json_object_at(&draft->tree, streams[i]);
		(void)json_append(&draft->tree, stream, JSON_STRING, "kind",
				  "INHERIT");
	}
	json_mark(&draft->tree, newest, "the default of run", NULL);
}

int compose_draft(const struct run_options *options,
		  const struct documents *documents, struct spec_draft *draft,
		  struct complaint *complaint)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < documents->count; i++) {
		r = add_document(draft, &documents->files[i], complaint);
	}
	if (r == 0) {
		r = apply_changes(options, draft, complaint);
	}
	if (r < 0) {
		return r;
	}
	apply_argv(options, draft);
	if (options->inherit_streams) {
		apply_streams(draft);
	}
	if (draft->tree.fault[0] != '\0') {
		return complain(complaint, "%s", draft->tree.fault);
	}
	return 0;
}
