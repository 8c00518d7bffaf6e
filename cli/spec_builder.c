/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the specification that `sandbox run` runs; see spec_builder.h. */
#include "spec_builder.h"

#include "cleanup.h"
#include "spec_draft.h"
#include "spec_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *const streams[] = {
	"process.stdio.in",
	"process.stdio.out",
	"process.stdio.err",
};

/* A file in protobuf form is run as it is: there is no tree to change. */
static int refuse_changes(const struct run_options *options,
			  const struct spec_file *file,
			  struct complaint *complaint)
{
	if (options->changes.count > 0) {
		return complain(complaint,
				"--%s: cannot change \"%.200s\", which is "
				"protobuf bytes; give the specification as "
				"JSON",
				options->changes.flags[0].option->name,
				file->path);
	}
	if (options->argv[0] != NULL) {
		return complain(complaint,
				"\"%.200s\": cannot be the program of "
				"\"%.200s\", which is protobuf bytes; give the "
				"specification as JSON",
				options->argv[0], file->path);
	}
	return 0;
}

static int parse_base(const struct spec_file *file, struct spec_draft *draft,
		      struct complaint *complaint)
{
	struct complaint inner = COMPLAINT_INIT;
	int r = json_tree_parse(&draft->tree, buffer_text(&file->content),
				file->content.used, &inner);

	return r < 0 ? complain(complaint, "%.200s:%.700s", file->path,
				inner.text)
		     : 0;
}

static int apply_changes(const struct run_options *options,
			 struct spec_draft *draft, struct complaint *complaint)
{
	for (size_t i = 0; i < options->changes.count; i++) {
		const struct flag *flag = &options->changes.flags[i];
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
	}
	return 0;
}

static void apply_argv(const struct run_options *options,
		       struct spec_draft *draft)
{
	struct json_tree *tree = &draft->tree;
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
}

static void apply_streams(struct spec_draft *draft)
{
	for (size_t i = 0; i < ARRAY_SIZE(streams); i++) {
		struct json_node *stream = NULL;

		if (json_find(&draft->tree, streams[i]) != NULL) {
			continue;
		}
		stream = json_object_at(&draft->tree, streams[i]);
		(void)json_append(&draft->tree, stream, JSON_STRING, "kind",
				  "INHERIT");
	}
}

static bool has_position(const char *message)
{
	return message[0] >= '0' && message[0] <= '9';
}

/*
 * A fault with a line and a column is one of the text; what the library read
 * was not the user's text, so it is asked about that, too.  A fault that is not
 * in there came with an option, and its position means nothing.
 */
static void explain_position(const struct spec_file *file, const char *message,
			     struct complaint *complaint)
{
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;
	int r = file->path == NULL ? 0 : spec_file_parse(file, &spec, &error);

	if (r < 0 && has_position(sandbox_error_message(error))) {
		(void)complain(complaint, "%.200s:%.800s", file->path,
			       sandbox_error_message(error));
	} else {
		size_t position = strspn(message, "0123456789:");

		position += message[position] == ' ' ? 1 : 0;
		(void)complain(complaint, "%s", message + position);
	}
	sandbox_spec_free(spec);
	sandbox_error_free(error);
}

static int parse_draft(const struct spec_file *file,
		       const struct spec_draft *draft, sandbox_spec **ret,
		       sandbox_error **err, struct complaint *complaint)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	int r = 0;

	json_tree_print(&draft->tree, &text);
	if (buffer_text(&text) == NULL) {
		return complain_memory(complaint);
	}
	r = sandbox_spec_parse_json(buffer_text(&text), text.used, ret, err);
	if (r < 0 && has_position(sandbox_error_message(*err))) {
		explain_position(file, sandbox_error_message(*err), complaint);
		sandbox_error_free(*err);
		*err = NULL;
	}
	return r;
}

static int build_draft(const struct run_options *options,
		       const struct spec_file *file, struct spec_draft *draft,
		       struct complaint *complaint)
{
	int r = 0;

	if (file->path != NULL) {
		r = parse_base(file, draft, complaint);
	}
	if (r == 0) {
		r = apply_changes(options, draft, complaint);
	}
	if (r < 0) {
		return r;
	}
	apply_argv(options, draft);
	apply_streams(draft);
	if (draft->tree.fault[0] != '\0') {
		return complain(complaint, "%s", draft->tree.fault);
	}
	return 0;
}

static int build(const struct run_options *options,
		 const struct spec_file *file, sandbox_spec **ret,
		 sandbox_error **err, struct complaint *complaint)
{
	_cleanup_free_ char *cwd = getcwd(NULL, 0);
	struct spec_draft draft = { .cwd = cwd == NULL ? "" : cwd };
	int r = build_draft(options, file, &draft, complaint);

	if (r == 0) {
		r = parse_draft(file, &draft, ret, err, complaint);
	}
	json_tree_done(&draft.tree);
	return r;
}

int spec_build(const struct run_options *options, sandbox_spec **ret,
	       sandbox_error **err, struct complaint *complaint)
{
	_cleanup_(spec_file_done) struct spec_file file = { .path = NULL };
	int r = 0;

	if (options->spec != NULL) {
		r = spec_file_read(options->spec, &file, complaint);
	}
	if (r < 0) {
		return r;
	}
	if (file.path == NULL || !spec_file_is_bytes(&file)) {
		return build(options, &file, ret, err, complaint);
	}
	r = refuse_changes(options, &file, complaint);
	return r < 0 ? r : spec_file_parse(&file, ret, err);
}
