/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest host: one program in a sandbox, and what became of it. */
#include <sandbox/sandbox.h>

#include <stdio.h>
#include <string.h>

static const char document[] =
	"{\"process\": {\"argv\": [\"id\"],"
	" \"stdio\": {\"out\": {\"kind\": \"INHERIT\"}}},"
	" \"limits\": {\"wallMs\": \"5000\"}}";

int main(void)
{
	sandbox_spec *spec = NULL;
	sandbox_engine *engine = NULL;
	sandbox *sb = NULL;
	sandbox_result *result = NULL;
	sandbox_error *error = NULL;
	int status = 1;

	if (sandbox_spec_parse_json(document, strlen(document), &spec, &error) <
		    0 ||
	    sandbox_engine_open(NULL, &engine, &error) < 0 ||
	    sandbox_start(engine, spec, NULL, 0, &sb, &error) < 0 ||
	    sandbox_wait(sb, -1, &result, &error) < 0) {
		(void)fprintf(stderr, "%s\n", sandbox_error_message(error));
	} else if (sandbox_result_ending(result) == SANDBOX_ENDING_EXITED) {
		status = sandbox_result_exit_code(result);
		printf("exit code %d\n", status);
	}
	sandbox_error_free(error);
	sandbox_result_free(result);
	sandbox_free(sb);
	sandbox_engine_close(engine);
	sandbox_spec_free(spec);
	return status;
}
