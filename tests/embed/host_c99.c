/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole host in strict C99, built against the headers as they are
 * installed: prints the library's version and how its sandbox ended.
 */
#include <sandbox/error.h>
#include <sandbox/result.h>
#include <sandbox/sandbox.h>
#include <sandbox/spec.h>
#include <sandbox/version.h>

#include <stdio.h>
#include <string.h>

static const char document[] = "{\"process\": {\"argv\": [\"true\"]}}";

static int complain(sandbox_error *error)
{
	(void)fprintf(stderr, "%s\n",
		      error == NULL ? "no reason"
				    : sandbox_error_message(error));
	sandbox_error_free(error);
	return 1;
}

static int run(sandbox_engine *engine, const sandbox_spec *spec)
{
	sandbox *sb = NULL;
	sandbox_result *result = NULL;
	sandbox_error *error = NULL;

	if (sandbox_start(engine, spec, NULL, 0, &sb, &error) < 0) {
		return complain(error);
	}
	if (sandbox_wait(sb, -1, &result, &error) < 0) {
		sandbox_free(sb);
		return complain(error);
	}
	(void)printf("version %s, ending %d, code %d\n", sandbox_version(),
		     sandbox_result_ending(result),
		     sandbox_result_exit_code(result));
	sandbox_result_free(result);
	sandbox_free(sb);
	return 0;
}

int main(void)
{
	sandbox_engine *engine = NULL;
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;
	int r = 0;

	if (sandbox_spec_parse_json(document, strlen(document), &spec, &error) <
	    0) {
		return complain(error);
	}
	if (sandbox_engine_open(NULL, &engine, &error) < 0) {
		sandbox_spec_free(spec);
		return complain(error);
	}
	r = run(engine, spec);
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
	return r;
}
