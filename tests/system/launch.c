/* SPDX-License-Identifier: Apache-2.0 */
/* Runs specifications; see launch.h. */
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	END_TIMEOUT_MS = 30000
};

static void keep_error(sandbox_error *error, struct outcome *ret)
{
	if (error == NULL) {
		return;
	}
	ret->kind = sandbox_error_kind(error);
	ret->error = sandbox_error_errno(error);
	(void)snprintf(ret->step, sizeof(ret->step), "%s",
		       sandbox_error_step(error));
	(void)snprintf(ret->subject, sizeof(ret->subject), "%s",
		       sandbox_error_subject(error));
	(void)snprintf(ret->message, sizeof(ret->message), "%s",
		       sandbox_error_message(error));
	sandbox_error_free(error);
}

sandbox_engine *launch_engine(void)
{
	sandbox_engine *engine = NULL;
	sandbox_error *error = NULL;

	if (sandbox_engine_open(NULL, &engine, &error) < 0) {
		FAIL("no engine: %s", sandbox_error_message(error));
	}
	return engine;
}

sandbox_spec *launch_spec(const char *text)
{
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;

	if (sandbox_spec_parse_json(text, strlen(text), &spec, &error) < 0) {
		FAIL("%s (%s)", sandbox_error_message(error), text);
	}
	return spec;
}

static int begin(const struct request *request, struct running *running,
		 struct outcome *ret)
{
	int fds[2 + LAUNCH_FDS_MAX] = { -1, -1 };
	int out[2] = { -1, -1 };
	int err[2] = { -1, -1 };
	size_t n_fds = 2;
	char *document = launch_document(request);
	sandbox_spec *spec = launch_spec(document);
	sandbox_error *error = NULL;

	*running = (struct running){ .engine = request->engine };
	if (running->engine == NULL) {
		running->engine = launch_engine();
		running->own_engine = true;
	}
	ASSERT_OK(pipe2(out, O_CLOEXEC));
	ASSERT_OK(pipe2(err, O_CLOEXEC));
	fds[0] = out[1];
	fds[1] = err[1];
	for (size_t i = 0; i < LAUNCH_FDS_MAX && request->fds[i] > 0; i++) {
		fds[n_fds++] = request->fds[i];
	}
	ret->started = sandbox_start(running->engine, spec, fds, n_fds,
				     &running->sb, &error);
	keep_error(error, ret);
	sandbox_spec_free(spec);
	free(document);
	(void)close(out[1]);
	(void)close(err[1]);
	running->out = out[0];
	running->err = err[0];
	return ret->started;
}

static size_t drain(int fd, char *text, size_t size)
{
	size_t used = 0;

	for (;;) {
		ssize_t n = read(fd, text + used, size - 1 - used);

		if (n <= 0 || used + (size_t)n >= size - 1) {
			used += n > 0 ? (size_t)n : 0;
			break;
		}
		used += (size_t)n;
	}
	text[used] = '\0';
	return used;
}

void launch_drop(struct running *running)
{
	sandbox_free(running->sb);
	if (running->own_engine) {
		sandbox_engine_close(running->engine);
	}
	(void)close(running->out);
	(void)close(running->err);
}

void launch_finish(struct running *running, struct outcome *ret)
{
	sandbox_result *result = NULL;
	sandbox_error *error = NULL;

	ret->out_size = drain(running->out, ret->out, sizeof(ret->out));
	(void)drain(running->err, ret->err, sizeof(ret->err));
	if (sandbox_wait(running->sb, END_TIMEOUT_MS, &result, &error) < 0) {
		FAIL("%s", sandbox_error_message(error));
	}
	ret->ending = sandbox_result_ending(result);
	ret->exit_code = sandbox_result_exit_code(result);
	ret->signal = sandbox_result_signal(result);
	(void)snprintf(ret->json, sizeof(ret->json), "%s",
		       sandbox_result_json(result));
	sandbox_result_free(result);
	launch_drop(running);
}

void launch(const struct request *request, struct outcome *ret)
{
	struct running running;

	ret->out[0] = '\0';
	ret->err[0] = '\0';
	ret->json[0] = '\0';
	ret->step[0] = '\0';
	ret->subject[0] = '\0';
	ret->message[0] = '\0';
	if (begin(request, &running, ret) < 0) {
		launch_drop(&running);
		return;
	}
	launch_finish(&running, ret);
}

void launch_well(struct tap_place place, const struct request *request,
		 struct outcome *ret)
{
	launch(request, ret);
	if (ret->started < 0) {
		tap_fail(place, "did not start: %s", ret->message);
	}
	if (ret->ending != SANDBOX_ENDING_EXITED || ret->exit_code != 0) {
		tap_fail(place, "ended by %d, code %d, signal %d:\n%s%s",
			 ret->ending, ret->exit_code, ret->signal, ret->out,
			 ret->err);
	}
}

void launch_badly(struct tap_place place, const struct request *request,
		  struct outcome *ret)
{
	launch(request, ret);
	if (ret->started >= 0) {
		tap_fail(place, "started, and ended by %d, code %d:\n%s",
			 ret->ending, ret->exit_code, ret->out);
	}
	if (ret->started != -ret->error || ret->message[0] == '\0') {
		tap_fail(place, "returned %d, and says %d: %s", ret->started,
			 ret->error, ret->message);
	}
}

void launch_begin(struct tap_place place, const struct request *request,
		  struct running *ret)
{
	static struct outcome outcome;

	if (begin(request, ret, &outcome) < 0) {
		tap_fail(place, "did not start: %s", outcome.message);
	}
}

void launch_await_line(struct running *running, char *line, size_t size)
{
	size_t used = 0;

	while (used < size - 1 && (used == 0 || line[used - 1] != '\n')) {
		struct pollfd wait = { .fd = running->out, .events = POLLIN };

		if (poll(&wait, 1, END_TIMEOUT_MS) != 1 ||
		    read(running->out, line + used, 1) != 1) {
			FAIL("the sandbox printed nothing");
		}
		used++;
	}
	line[used == 0 ? 0 : used - 1] = '\0';
}
