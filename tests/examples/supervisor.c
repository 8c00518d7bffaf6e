/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host that answers two calls of its sandbox: mknod, which it refuses, and
 * connect, which it does itself, outside, for one address only.
 *
 * What a pointer of the program points to may be changed by the program at any
 * time.  So it is read once, into memory of ours; that the process is still the
 * one that called is asked after the reading; and then we act on our copy.  The
 * call itself is never let go on (SECCOMP_USER_NOTIF_FLAG_CONTINUE), because
 * the kernel would read the program's memory again.
 */
#include <sandbox/sandbox.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A network of its own has no way out: only we can reach the server. */
static const char document[] =
	"{\"process\": {\"argv\": [\"/usr/bin/python3\", \"-c\", \""
	"import os, socket\\n"
	"def attempt(what, call):\\n"
	"  try: print(what, call() or 'done', flush=True)\\n"
	"  except OSError as e: print(what, e.strerror, flush=True)\\n"
	"s = socket.socket()\\n"
	"attempt('node:', lambda: os.mknod('/tmp/n', 0o020666, 0x103))\\n"
	"attempt('elsewhere:', lambda: s.connect(('127.0.0.1', 9)))\\n"
	"attempt('server:', lambda: s.connect(('192.0.2.1', 80)))\\n"
	"attempt('it says:', lambda: s.recv(9).decode())\\n"
	"\"], \"stdio\": {\"out\": {\"kind\": \"INHERIT\"},"
	"               \"err\": {\"kind\": \"INHERIT\"}}},"
	" \"limits\": {\"wallMs\": \"20000\"},"
	" \"security\": {\"seccomp\": {\"notifyFd\": 1, \"rules\": [{"
	"  \"names\": [\"mknod\", \"mknodat\", \"connect\"],"
	"  \"action\": \"NOTIFY\"}]}}}";

/* 192.0.2.1:80 is what the program knows the server by. */
#define KNOWN_ADDRESS 0xc0000201U
#define KNOWN_PORT    80

struct supervisor {
	int listener;
	int server; /* a TCP socket of ours that listens */
};

/* The other end of the socket that the specification names. */
static int receive_listener(int socket)
{
	union {
		struct cmsghdr header;
		unsigned char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	char id[64];
	struct iovec text = { id, sizeof(id) };
	struct msghdr message = {
		.msg_iov = &text,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *header = NULL;
	int listener = -1;

	if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) < 0) {
		return -1;
	}
	header = CMSG_FIRSTHDR(&message);
	if (header != NULL && header->cmsg_type == SCM_RIGHTS) {
		memcpy(&listener, CMSG_DATA(header), sizeof(listener));
	}
	return listener;
}

/*
 * Copies what the caller's pointer points to.  A pid can be another process'
 * by the time its memory is opened; if the call is still waiting afterwards,
 * it was not.
 */
static bool copy_memory(const struct supervisor *supervisor,
			const struct seccomp_notif *call, uint64_t from,
			void *to, size_t size)
{
	char path[64];
	ssize_t n = -1;
	int fd = -1;

	(void)snprintf(path, sizeof(path), "/proc/%" PRIu32 "/mem", call->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = pread(fd, to, size, (off_t)from);
		(void)close(fd);
	}
	return n == (ssize_t)size &&
	       ioctl(supervisor->listener, SECCOMP_IOCTL_NOTIF_ID_VALID,
		     &call->id) == 0;
}

/* A connection to the server, by a socket of this network. */
static int connect_here(const struct supervisor *supervisor)
{
	struct sockaddr_in address;
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && (getsockname(supervisor->server,
				    (struct sockaddr *)&address, &size) < 0 ||
			connect(fd, (struct sockaddr *)&address, size) < 0)) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

/* Puts our connection where the program's socket was.  0 or a positive errno */
static int answer_connect(const struct supervisor *supervisor,
			  const struct seccomp_notif *call)
{
	struct seccomp_notif_addfd addfd = {
		.id = call->id,
		.flags = SECCOMP_ADDFD_FLAG_SETFD,
		.newfd = (uint32_t)call->data.args[0],
	};
	struct sockaddr_in wanted;
	int fd = -1;
	int error = 0;

	if (call->data.args[2] != sizeof(wanted) ||
	    !copy_memory(supervisor, call, call->data.args[1], &wanted,
			 sizeof(wanted))) {
		return EINVAL;
	}
	if (wanted.sin_family != AF_INET ||
	    ntohl(wanted.sin_addr.s_addr) != KNOWN_ADDRESS ||
	    ntohs(wanted.sin_port) != KNOWN_PORT) {
		return EACCES;
	}
	fd = connect_here(supervisor);
	if (fd < 0) {
		return ECONNREFUSED;
	}
	addfd.srcfd = (uint32_t)fd;
	if (ioctl(supervisor->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &addfd) <
	    0) {
		error = errno;
	}
	(void)close(fd);
	return error;
}

/* One call, answered; false when there is none to come. */
static bool answer(const struct supervisor *supervisor)
{
	struct seccomp_notif call = { .id = 0 };
	struct seccomp_notif_resp response = { .val = 0 };

	if (ioctl(supervisor->listener, SECCOMP_IOCTL_NOTIF_RECV, &call) < 0) {
		/* It was killed between our poll and this. */
		return errno == ENOENT || errno == EINTR;
	}
	response.id = call.id;
	/* A device made for it would be one of the host's; so there is none. */
	response.error = call.data.nr == SYS_connect
				 ? -answer_connect(supervisor, &call)
				 : -EPERM;
	/* ENOENT: it does not wait any more, which is its own affair. */
	return ioctl(supervisor->listener, SECCOMP_IOCTL_NOTIF_SEND,
		     &response) == 0 ||
	       errno == ENOENT;
}

/* A server that says one word to whoever comes. */
static int serve(pid_t *ret)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (server < 0 ||
	    bind(server, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(server, 1) < 0) {
		return -1;
	}
	*ret = fork();
	if (*ret == 0) {
		int client = accept(server, NULL, NULL);

		_exit(client >= 0 && send(client, "hello", 5, MSG_NOSIGNAL) == 5
			      ? 0
			      : 1);
	}
	return *ret < 0 ? -1 : server;
}

/* Until the sandbox has ended: that its descriptor is readable means "ask". */
static void supervise(const struct supervisor *supervisor, sandbox *sb)
{
	struct pollfd ready[] = {
		{ .fd = supervisor->listener, .events = POLLIN },
		{ .fd = sandbox_fd(sb), .events = POLLIN },
	};

	while (poll(ready, 2, -1) > 0) {
		if (ready[1].revents != 0 &&
		    sandbox_wait(sb, 0, NULL, NULL) >= 0) {
			return;
		}
		if ((ready[0].revents & POLLIN) != 0 && !answer(supervisor)) {
			return;
		}
		if ((ready[0].revents & POLLHUP) != 0) {
			ready[0].fd = -1; /* nobody is left who could ask */
		}
	}
}

static int run(sandbox_engine *engine, int server, sandbox_error **error)
{
	struct supervisor supervisor = { .listener = -1, .server = server };
	sandbox_spec *spec = NULL;
	sandbox *sb = NULL;
	int ends[2] = { -1, -1 };
	int r = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);

	if (r >= 0) {
		r = sandbox_spec_parse_json(document, strlen(document), &spec,
					    error);
	}
	if (r >= 0) {
		r = sandbox_start(engine, spec, &ends[1], 1, &sb, error);
	}
	if (r >= 0) {
		/* It was sent before the program was executed. */
		supervisor.listener = receive_listener(ends[0]);
		supervise(&supervisor, sb);
		/* From here on what asks gets ENOSYS. */
		(void)close(supervisor.listener);
		r = sandbox_wait(sb, -1, NULL, error);
	}
	(void)close(ends[0]);
	(void)close(ends[1]);
	sandbox_free(sb);
	sandbox_spec_free(spec);
	return r;
}

int main(void)
{
	sandbox_engine *engine = NULL;
	sandbox_error *error = NULL;
	pid_t child = 0;
	int server = serve(&child);
	int r = server < 0 ? -1 : sandbox_engine_open(NULL, &engine, &error);

	if (r >= 0) {
		r = run(engine, server, &error);
	}
	if (r < 0) {
		(void)fprintf(stderr, "%s\n",
			      error == NULL ? strerror(errno)
					    : sandbox_error_message(error));
	}
	sandbox_error_free(error);
	sandbox_engine_close(engine);
	(void)close(server);
	if (child > 0) {
		(void)kill(child, SIGKILL);
		(void)waitpid(child, NULL, 0);
	}
	return r < 0 ? 1 : 0;
}
