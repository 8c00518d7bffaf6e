/* SPDX-License-Identifier: Apache-2.0 */
/* Starts host processes, talks to them, and ends them within bounds. */
#include "host.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* A launch that takes this long is a failure of its own. */
#define ANSWER_TIMEOUT_S 30
#define EXIT_TIMEOUT_MS  10000

static int spawn(char *const *argv, int output, int socket, pid_t *ret)
{
	posix_spawn_file_actions_t actions;
	int r = posix_spawn_file_actions_init(&actions);

	if (r > 0) {
		return -r;
	}
	/* The socket last: its place may be another's until then. */
	r = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
					     "/dev/null", O_RDONLY, 0);
	if (r == 0) {
		r = posix_spawn_file_actions_adddup2(&actions, output,
						     STDOUT_FILENO);
	}
	if (r == 0) {
		r = posix_spawn_file_actions_adddup2(&actions, socket,
						     SERVE_FD);
	}
	if (r == 0) {
		r = posix_spawn(ret, argv[0], &actions, NULL, argv, environ);
	}
	(void)posix_spawn_file_actions_destroy(&actions);
	return -r;
}

static int receive(const struct host *host, struct serve_reply *reply)
{
	ssize_t n = recv(host->socket, reply, sizeof(*reply), 0);

	if (n == 0) {
		return -EPIPE;
	}
	if (n != (ssize_t)sizeof(*reply)) {
		return n < 0 ? -errno : -EPROTO;
	}
	return 0;
}

int host_start(char *const *argv, int output, struct host *ret)
{
	struct timeval timeout = { .tv_sec = ANSWER_TIMEOUT_S };
	struct serve_reply ready;
	int pair[2] = { NO_FD, NO_FD };
	int r = 0;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
		return -errno;
	}
	ret->socket = pair[0];
	r = spawn(argv, output, pair[1], &ret->pid);
	close_fdp(&pair[1]);
	if (r == 0 && setsockopt(ret->socket, SOL_SOCKET, SO_RCVTIMEO, &timeout,
				 sizeof(timeout)) < 0) {
		r = -errno;
	}
	if (r == 0) {
		r = receive(ret, &ready);
	}
	if (r < 0) {
		host_stop(ret);
	}
	return r;
}

int host_ask(const struct host *host, enum serve_request request,
	     struct serve_reply *reply)
{
	int32_t word = (int32_t)request;

	if (send(host->socket, &word, sizeof(word), MSG_NOSIGNAL) < 0) {
		return -errno;
	}
	return receive(host, reply);
}

void host_stop(struct host *host)
{
	struct pollfd end = { .events = POLLIN };

	close_fdp(&host->socket);
	if (host->pid <= 0) {
		return;
	}
	/* The end of the socket is its order to go; a deaf one is killed. */
	end.fd = (int)syscall(SYS_pidfd_open, host->pid, 0);
	if (end.fd < 0 || poll(&end, 1, EXIT_TIMEOUT_MS) != 1) {
		(void)kill(host->pid, SIGKILL);
	}
	close_fdp(&end.fd);
	(void)waitpid(host->pid, NULL, 0);
	host->pid = 0;
}
