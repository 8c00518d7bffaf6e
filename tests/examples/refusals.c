/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What goes wrong, and where one sees it: in the document, on this host, or
 * in the sandbox.  Each is the failure of one call, with a kind, a step, a
 * subject and a line for people.
 */
#include <sandbox/sandbox.h>

#include <stdio.h>
#include <string.h>

static const char *const documents[] = {
	/* Two findings, each with its field. */
	"{\"mounts\": [{\"kind\": \"TMPFS\", \"target\": \"tmp\"}]}",
	/* A field of the schema that this build cannot fulfil. */
	"{\"process\": {\"argv\": [\"id\"]},"
	" \"limits\": {\"outputBytes\": \"1000000\"}}",
	/* Nothing is wrong with this one until it is started. */
	"{\"process\": {\"argv\": [\"/no/such/program\"]}}",
};

static void print(const sandbox_error *error)
{
	printf("kind %d, errno %d, step \"%s\", subject \"%s\"\n%s\n\n",
	       sandbox_error_kind(error), sandbox_error_errno(error),
	       sandbox_error_step(error), sandbox_error_subject(error),
	       sandbox_error_message(error));
}

/* 1 if it was refused, as each of them should be. */
static int try_document(sandbox_engine *engine, const char *text)
{
	sandbox_spec *spec = NULL;
	sandbox *sb = NULL;
	sandbox_error *error = NULL;
	int r = sandbox_spec_parse_json(text, strlen(text), &spec, &error);

	if (r >= 0) {
		r = sandbox_start(engine, spec, NULL, 0, &sb, &error);
	}
	if (r < 0) {
		print(error);
	}
	sandbox_error_free(error);
	sandbox_free(sb);
	sandbox_spec_free(spec);
	return r < 0;
}

int main(void)
{
	const size_t count = sizeof(documents) / sizeof(documents[0]);
	sandbox_engine *engine = NULL;
	sandbox_error *error = NULL;
	size_t refused = 0;

	if (sandbox_engine_open(NULL, &engine, &error) < 0) {
		(void)fprintf(stderr, "%s\n", sandbox_error_message(error));
		sandbox_error_free(error);
		return 1;
	}
	for (size_t i = 0; i < count; i++) {
		refused += (size_t)try_document(engine, documents[i]);
	}
	sandbox_engine_close(engine);
	return refused == count ? 0 : 1;
}
