/* SPDX-License-Identifier: Apache-2.0 */
/* The loop of a host process: request, launch, answer. */
#include "serve.h"

#include "clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>

static int answer(const struct serve_reply *reply)
{
	ssize_t n = send(SERVE_FD, reply, sizeof(*reply), MSG_NOSIGNAL);

	return n < 0 ? -errno : 0;
}

static void fulfil(const struct serve_host *host, int request,
		   struct serve_reply *reply)
{
	int (*act)(void *state, char *text, size_t size) = NULL;
	int64_t start_ns = 0;
	int r = 0;

	act = request == SERVE_HOLD ? host->hold : host->launch;
	if (!act) {
		reply->error = -ENOTSUP;
		(void)snprintf(reply->text, sizeof(reply->text),
			       "this host cannot do request %d", request);
		return;
	}
	start_ns = clock_now_ns();
	r = act(host->state, reply->text, sizeof(reply->text));
	reply->elapsed_ns = clock_now_ns() - start_ns;
	reply->error = r < 0 ? r : 0;
	reply->status = r < 0 ? 0 : r;
}

int serve(const struct serve_host *host)
{
	struct serve_reply ready = { .error = 0 };
	int32_t request = 0;
	int r = 0;

	/* What is launched must not hold the bench's socket. */
	if (fcntl(SERVE_FD, F_SETFD, FD_CLOEXEC) < 0) {
		return -errno;
	}
	r = answer(&ready);
	while (r == 0) {
		struct serve_reply reply = { .error = 0 };
		ssize_t n = recv(SERVE_FD, &request, sizeof(request), 0);

		if (n == 0) {
			return 0;
		}
		if (n != (ssize_t)sizeof(request)) {
			return n < 0 ? -errno : -EPROTO;
		}
		fulfil(host, request, &reply);
		r = answer(&reply);
	}
	return r;
}
