/* SPDX-License-Identifier: Apache-2.0 */
/* Starts and ends sandboxes for the hosts of the tests; see host.h. */
#include "host.h"

#include <poll.h>
#include <string.h>
#include <time.h>

sandbox_engine *host_engine(void)
{
	sandbox_engine *engine = NULL;
	sandbox_error *error = NULL;

	if (sandbox_engine_open(NULL, &engine, &error) < 0) {
		FAIL("no engine: %s", sandbox_error_message(error));
	}
	return engine;
}

sandbox_spec *host_spec(const char *text)
{
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;

	if (sandbox_spec_parse_json(text, strlen(text), &spec, &error) < 0) {
		FAIL("%s: %s", text, sandbox_error_message(error));
	}
	return spec;
}

sandbox *host_start(sandbox_engine *engine, const sandbox_spec *spec)
{
	sandbox *sb = NULL;
	sandbox_error *error = NULL;

	if (sandbox_start(engine, spec, NULL, 0, &sb, &error) < 0) {
		FAIL("no sandbox: %s", sandbox_error_message(error));
	}
	return sb;
}

static sandbox_result *wait_for(sandbox *sb)
{
	sandbox_result *result = NULL;
	sandbox_error *error = NULL;

	if (sandbox_wait(sb, HOST_TIMEOUT_MS, &result, &error) < 0) {
		FAIL("no end: %s", sandbox_error_message(error));
	}
	return result;
}

void host_finish(sandbox *sb, int ending)
{
	sandbox_result *result = wait_for(sb);

	ASSERT_EQ(sandbox_result_ending(result), ending);
	sandbox_result_free(result);
	sandbox_free(sb);
}

void host_run(sandbox_engine *engine, const sandbox_spec *spec)
{
	sandbox *sb = host_start(engine, spec);
	sandbox_result *result = wait_for(sb);

	ASSERT_EQ(sandbox_result_ending(result), SANDBOX_ENDING_EXITED);
	ASSERT_EQ(sandbox_result_exit_code(result), 0);
	sandbox_result_free(result);
	sandbox_free(sb);
}

int host_drop_error(int result, sandbox_error *error)
{
	/* There is a reason exactly when there is a failure. */
	ASSERT_EQ(error != NULL, result < 0);
	if (error != NULL) {
		ASSERT_EQ(sandbox_error_errno(error), -result);
	}
	sandbox_error_free(error);
	return result;
}

int64_t host_now_ms(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void host_sleep_ms(int milliseconds)
{
	struct timespec pause = { milliseconds / 1000,
				  (milliseconds % 1000) * 1000000L };

	(void)nanosleep(&pause, NULL);
}

bool host_readable(int fd, int timeout_ms)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	return poll(&wait, 1, timeout_ms) == 1;
}
