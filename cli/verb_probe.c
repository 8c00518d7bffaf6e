/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox probe`: what this host can enforce, and what it would take. */
#include "cleanup.h"
#include "exit_status.h"
#include "json_tree.h"
#include "verbs.h"

#include <sandbox/sandbox.h>

#include <string.h>

#define FEATURE_WIDTH 28
#define STATE_WIDTH   13

static void print_padded(const struct console *console, const char *text,
			 size_t width)
{
	size_t size = strlen(text);

	console_escape(console->out, text, size);
	(void)fprintf(console->out, "%*s",
		      size < width ? (int)(width - size) : 1, "");
}

static void print_feature(const struct console *console,
			  const struct json_node *feature)
{
	const char *detail = json_text(json_field(feature, "detail"));
	const char *remedy = json_text(json_field(feature, "remedy"));

	print_padded(console, json_text(json_field(feature, "feature")),
		     FEATURE_WIDTH);
	print_padded(console, json_text(json_field(feature, "state")),
		     STATE_WIDTH);
	console_escape(console->out, detail, strlen(detail));
	(void)fprintf(console->out, "\n");
	if (remedy[0] != '\0') {
		(void)fprintf(console->out, "%*sremedy: ", FEATURE_WIDTH, "");
		console_escape(console->out, remedy, strlen(remedy));
		(void)fprintf(console->out, "\n");
	}
}

static int print_features(const struct console *console, const char *json)
{
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	struct complaint complaint = COMPLAINT_INIT;
	const struct json_node *features = NULL;

	if (json_tree_parse(&tree, json, strlen(json), &complaint) == 0) {
		features = json_find(&tree, "features");
	}
	if (features == NULL) {
		console_complain(console, "the answer of the library cannot be "
					  "read; --json prints it as it is");
		return EXIT_OWN_FAILURE;
	}
	for (const struct json_node *feature = features->first; feature != NULL;
	     feature = feature->next) {
		print_feature(console, feature);
	}
	return 0;
}

static int probe(const struct console *console,
		 const struct tell_options *options)
{
	_cleanup_free_ char *address = NULL;
	struct complaint complaint = COMPLAINT_INIT;
	sandbox_error *error = NULL;
	char *json = NULL;
	int status = 0;

	if (engine_address(options->run_dir, &address, &complaint) < 0) {
		console_complain(console, complaint.text);
		return EXIT_OWN_FAILURE;
	}
	if (sandbox_probe(address, &json, &error) < 0) {
		status = fail_error(console, error);
		sandbox_error_free(error);
		return status;
	}
	if (options->json != NULL) {
		(void)fprintf(console->out, "%s\n", json);
	} else {
		status = print_features(console, json);
	}
	sandbox_string_free(json);
	return status;
}

int verb_probe(const struct console *console, char **words)
{
	struct tell_options options;
	int status = tell_begin(console, "probe", words, &options);

	return status >= 0 ? status : probe(console, &options);
}
