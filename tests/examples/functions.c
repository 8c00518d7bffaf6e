/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A function runner: each call is a sandbox that gets one end of a socket at
 * number 3, reads its request from it and writes its answer to it.  Nothing
 * else connects it to anything.
 */
#include <sandbox/sandbox.h>

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The function: one line in, the same line in capitals out. */
static const char document[] =
	"{\"process\": {\"argv\": [\"sh\", \"-c\","
	"  \"IFS= read -r line <&3; echo \\\"$line\\\" | tr a-z A-Z >&3\"],"
	"  \"passFds\": [{\"fd\": 1, \"inside\": 3}]},"
	" \"limits\": {\"wallMs\": \"10000\", \"pids\": 16}}";

/* One call; 0 if it ended well and @answer has what it said. */
static int call(sandbox_engine *engine, const sandbox_spec *spec,
		const char *request, char *answer, size_t size,
		sandbox_error **error)
{
	sandbox *sb = NULL;
	sandbox_result *result = NULL;
	int ends[2];
	int r = 0;
	ssize_t n = 0;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
		return 1;
	}
	r = sandbox_start(engine, spec, &ends[1], 1, &sb, error);
	/* With ours closed, the end of the sandbox is the end of the stream. */
	(void)close(ends[1]);
	if (r >= 0 &&
	    send(ends[0], request, strlen(request), MSG_NOSIGNAL) > 0) {
		n = recv(ends[0], answer, size - 1, MSG_WAITALL);
	}
	answer[n > 0 ? n : 0] = '\0';
	(void)close(ends[0]);
	if (r >= 0) {
		r = sandbox_wait(sb, -1, &result, error);
	}
	if (r >= 0 && sandbox_result_exit_code(result) != 0) {
		r = 1;
	}
	sandbox_result_free(result);
	sandbox_free(sb);
	return r;
}

int main(void)
{
	static const char *const requests[] = { "one\n", "and another\n" };
	sandbox_spec *spec = NULL;
	sandbox_engine *engine = NULL;
	sandbox_error *error = NULL;
	int r = sandbox_spec_parse_json(document, strlen(document), &spec,
					&error);

	if (r >= 0) {
		r = sandbox_engine_open(NULL, &engine, &error);
	}
	for (size_t i = 0; r == 0 && i < 2; i++) {
		char answer[64];

		r = call(engine, spec, requests[i], answer, sizeof(answer),
			 &error);
		printf("%s", answer);
	}
	if (r < 0) {
		(void)fprintf(stderr, "%s\n", sandbox_error_message(error));
	}
	sandbox_error_free(error);
	sandbox_engine_close(engine);
	sandbox_spec_free(spec);
	return r == 0 ? 0 : 1;
}
