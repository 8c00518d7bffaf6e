/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host with a loop of its own: several sandboxes of one specification, each
 * a descriptor in poll(2), and a wall clock that ends them all.
 */
#include <sandbox/sandbox.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define SANDBOXES 3

static const char document[] =
	"{\"process\": {\"argv\": [\"sleep\", \"60\"]},"
	" \"limits\": {\"wallMs\": \"100\", \"graceMs\": \"50\"}}";

static int start_all(sandbox_engine *engine, sandbox **sandboxes,
		     struct pollfd *wait, sandbox_error **error)
{
	sandbox_spec *spec = NULL;
	int r = sandbox_spec_parse_json(document, strlen(document), &spec,
					error);

	for (int i = 0; i < SANDBOXES && r >= 0; i++) {
		r = sandbox_start(engine, spec, NULL, 0, &sandboxes[i], error);
		if (r >= 0) {
			wait[i].fd = sandbox_fd(sandboxes[i]);
			wait[i].events = POLLIN;
		}
	}
	/* The sandboxes do not need it any more. */
	sandbox_spec_free(spec);
	return r;
}

/* Readable means "ask": -ETIMEDOUT when it was not the end yet. */
static int look(sandbox *sb, struct pollfd *wait)
{
	sandbox_result *result = NULL;

	if (sandbox_wait(sb, 0, &result, NULL) < 0) {
		return 0;
	}
	printf("%s after %s\n",
	       sandbox_result_ending(result) == SANDBOX_ENDING_WALL_TIME
		       ? "ended by the clock"
		       : "ended otherwise",
	       sandbox_result_wall_us(result) >= 100000 ? "its 100 ms"
							: "less");
	sandbox_result_free(result);
	wait->fd = -1; /* poll(2) passes over it */
	return 1;
}

int main(void)
{
	sandbox_engine *engine = NULL;
	sandbox *sandboxes[SANDBOXES] = { NULL };
	struct pollfd wait[SANDBOXES] = { { .fd = -1 } };
	sandbox_error *error = NULL;
	int left = SANDBOXES;
	int r = sandbox_engine_open(NULL, &engine, &error);

	if (r >= 0) {
		r = start_all(engine, sandboxes, wait, &error);
	}
	if (r < 0) {
		(void)fprintf(stderr, "%s\n", sandbox_error_message(error));
	}
	while (r >= 0 && left > 0 && poll(wait, SANDBOXES, -1) > 0) {
		for (int i = 0; i < SANDBOXES; i++) {
			if (wait[i].revents != 0) {
				left -= look(sandboxes[i], &wait[i]);
			}
		}
	}
	sandbox_error_free(error);
	for (int i = 0; i < SANDBOXES; i++) {
		sandbox_free(sandboxes[i]);
	}
	sandbox_engine_close(engine);
	return r < 0 || left > 0 ? 1 : 0;
}
