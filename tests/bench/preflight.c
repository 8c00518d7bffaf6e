/* SPDX-License-Identifier: Apache-2.0 */
/* Launches the probe in a contender and collects what it prints. */
#include "preflight.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

/* Everything up to the end of the pipe, which all writers have left. */
static int read_probe(int fd, char *text)
{
	size_t used = 0;
	ssize_t n = 1;

	while (n > 0 && used < PREFLIGHT_TEXT - 1) {
		n = read(fd, text + used, PREFLIGHT_TEXT - 1 - used);
		used += n > 0 ? (size_t)n : 0;
	}
	text[used] = '\0';
	return n < 0 ? -errno : 0;
}

/* Launches once; the pipe holds more than the probe prints. */
static int launch_probe(enum contender_id id, const struct workspace *workspace,
			int output)
{
	struct host host = HOST_EMPTY;
	struct serve_reply reply = { .error = 0 };
	int r = contender_start(id, workspace, "probe", output, &host);

	if (r < 0) {
		return r;
	}
	r = host_ask(&host, SERVE_LAUNCH, &reply);
	host_stop(&host);
	if (r == 0 && reply.error < 0) {
		r = reply.error;
	}
	if (r == 0 && reply.status != 0) {
		r = -ECHILD;
	}
	if (r < 0) {
		(void)fprintf(stderr,
			      "bench: %s: preflight: launch failed: %s "
			      "(wait status %d) %s\n",
			      contender_name(id), strerror(-r), reply.status,
			      reply.text);
	}
	return r;
}

int preflight_run(enum contender_id id, const struct workspace *workspace,
		  FILE *log)
{
	char text[PREFLIGHT_TEXT] = "";
	_cleanup_close_ int in = NO_FD;
	_cleanup_close_ int out = NO_FD;
	int ends[2] = { NO_FD, NO_FD };
	int r = 0;

	if (pipe2(ends, O_CLOEXEC) < 0) {
		return -errno;
	}
	in = ends[0];
	out = ends[1];
	r = launch_probe(id, workspace, out);
	close_fdp(&out);
	if (r == 0) {
		r = read_probe(in, text);
	}
	if (r < 0) {
		return r;
	}
	if (log) {
		(void)fprintf(log, "[%s]\n%s\n", contender_name(id), text);
	}
	return preflight_check(contender_name(id), text, stderr) > 0 ? -EBADE
								     : 0;
}
