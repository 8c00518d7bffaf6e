/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the specification that `sandbox run` runs; see spec_builder.h. */
#include "spec_builder.h"

#include "cleanup.h"
#include "compose.h"
#include "origin.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void spec_fault_done(struct spec_fault *fault)
{
	sandbox_error_free(fault->error);
	buffer_done(&fault->located);
	*fault = (struct spec_fault)SPEC_FAULT_INIT;
}

const char *spec_fault_text(const struct spec_fault *fault)
{
	if (fault->error == NULL) {
		return fault->other.text;
	}
	return fault->located.used > 0 && !fault->located.failed
		       ? fault->located.data
		       : sandbox_error_message(fault->error);
}

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

static bool has_position(const char *message)
{
	return message[0] >= '0' && message[0] <= '9';
}

/*
 * A fault with a line and a column is one of the text; what the library read
 * was not the user's text, so it is asked about that, too.  A fault that is not
 * in there came with an option, and its position means nothing.
 */
static void explain_position(const struct documents *documents,
			     const char *message, struct complaint *complaint)
{
	const struct spec_file *file =
		documents->count == 0 ? NULL : &documents->files[0];
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;
	int r = file == NULL ? 0 : spec_file_parse(file, &spec, &error);

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

static int parse_draft(const struct documents *documents, bool composed,
		       const struct spec_draft *draft, sandbox_spec **ret,
		       struct spec_fault *fault)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	int r = 0;

	json_tree_print(&draft->tree, &text);
	if (buffer_text(&text) == NULL) {
		return complain_memory(&fault->other);
	}
	r = sandbox_spec_parse_json(buffer_text(&text), text.used, ret,
				    &fault->error);
	if (r >= 0) {
		return r;
	}
	if (composed) {
		origin_locate(&draft->tree, sandbox_error_message(fault->error),
			      &fault->located);
	} else if (has_position(sandbox_error_message(fault->error))) {
		explain_position(documents, sandbox_error_message(fault->error),
				 &fault->other);
		sandbox_error_free(fault->error);
		fault->error = NULL;
	}
	return r;
}

static int build(const struct run_options *options,
		 const struct documents *documents, sandbox_spec **ret,
		 struct spec_fault *fault)
{
	_cleanup_free_ char *cwd = getcwd(NULL, 0);
	struct spec_draft draft = { .cwd = cwd == NULL ? "" : cwd };
	int r = compose_draft(options, documents, &draft, &fault->other);

	if (r == 0) {
		r = parse_draft(documents, options_compose(options), &draft,
				ret, fault);
	}
	json_tree_done(&draft.tree);
	return r;
}

/* Whether there is one document and nothing that changes it. */
static bool is_plain(const struct run_options *options,
		     const struct documents *documents)
{
	return documents->count == 1 && options->changes.count == 0 &&
	       options->argv[0] == NULL && !options->inherit_streams;
}

int spec_build(const struct run_options *options, sandbox_spec **ret,
	       struct spec_fault *fault)
{
	_cleanup_(documents_done) struct documents documents = { .count = 0 };
	int r = documents_read(options, &documents, &fault->other);

	if (r < 0) {
		return r;
	}
	if (is_plain(options, &documents)) {
		return spec_file_parse(&documents.files[0], ret, &fault->error);
	}
	if (documents.count != 1 || !spec_file_is_bytes(&documents.files[0])) {
		return build(options, &documents, ret, fault);
	}
	r = refuse_changes(options, &documents.files[0], &fault->other);
	return r < 0 ? r
		     : spec_file_parse(&documents.files[0], ret, &fault->error);
}

int spec_origins(const struct run_options *options, struct buffer *ret,
		 struct complaint *complaint)
{
	_cleanup_(documents_done) struct documents documents = { .count = 0 };
	_cleanup_free_ char *cwd = getcwd(NULL, 0);
	struct spec_draft draft = { .cwd = cwd == NULL ? "" : cwd };
	int r = documents_read(options, &documents, complaint);

	if (r == 0) {
		r = compose_draft(options, &documents, &draft, complaint);
	}
	if (r == 0 && options->json != NULL) {
		buffer_add(ret, "{\n  \"origins\": ");
		origin_print_json(&draft.tree, ret);
		buffer_add(ret, "\n}\n");
	} else if (r == 0) {
		origin_print(&draft.tree, ret);
	}
	json_tree_done(&draft.tree);
	if (r == 0 && buffer_text(ret) == NULL) {
		return complain_memory(complaint);
	}
	return r;
}
