/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that somebody outside answers, and what becomes of them if nobody is.*/
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static struct outcome outcome;
static struct running running;

/* The descriptors of a test: 1 and 2 are the streams, 3 is this one. */
#define NOTIFY(names)                                                    \
	"\"security\": { \"seccomp\": { \"notify_fd\": 3, \"rules\": [{" \
	" \"names\": [" names "], \"action\": \"NOTIFY\" }] } }"
#define VMSPLICE NOTIFY("\"vmsplice\"")

struct ends {
	int ours;
	int given;
};

static struct ends make_ends(void)
{
	int ends[2] = { -1, -1 };

	ASSERT_OK(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
	return (struct ends){ ends[0], ends[1] };
}

/* What a launch that has succeeded has sent before. */
static int take_listener(int socket, char *id, size_t size)
{
	union {
		struct cmsghdr header;
		unsigned char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec text = { id, size - 1 };
	struct msghdr message = {
		.msg_iov = &text,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *header = NULL;
	ssize_t n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	int listener = -1;

	ASSERT_TRUE(n > 0);
	id[n] = '\0';
	header = CMSG_FIRSTHDR(&message);
	ASSERT_TRUE(header != NULL && header->cmsg_type == SCM_RIGHTS);
	memcpy(&listener, CMSG_DATA(header), sizeof(listener));
	return listener;
}

/* Begins `vmsplice` in a sandbox, and returns the listener. */
static int begin(void)
{
	struct ends ends = make_ends();
	char id[80];
	int listener = -1;

	BEGIN(&running, .probe = "try call vmsplice", .document = VMSPLICE,
	      .fds = { ends.given });
	listener = take_listener(ends.ours, id, sizeof(id));
	ASSERT_STR(id, sandbox_id(running.sb));
	(void)close(ends.ours);
	(void)close(ends.given);
	return listener;
}

static struct seccomp_notif await_call(int listener)
{
	struct pollfd ready = { .fd = listener, .events = POLLIN };
	struct seccomp_notif call = { .id = 0 };

	ASSERT_EQ(poll(&ready, 1, 10000), 1);
	ASSERT_OK(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call));
	return call;
}

TEST(a_call_gets_the_answer_of_the_listener)
{
	int listener = begin();
	struct seccomp_notif call = await_call(listener);
	struct seccomp_notif_resp response = { .id = call.id,
					       .error = -ENOSPC };

	ASSERT_EQ((int)call.data.args[0], -1);
	ASSERT_TRUE(call.pid > 0);
	ASSERT_OK(ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &call.id));
	ASSERT_OK(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response));
	launch_finish(&running, &outcome);
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSPC");
	(void)close(listener);
}

TEST(without_a_listener_a_call_does_not_exist)
{
	int listener = begin();

	(void)close(listener);
	launch_finish(&running, &outcome);
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSYS");
}

/* It has received the call, too, and goes without a word. */
TEST(a_listener_that_dies_leaves_no_call_waiting)
{
	int listener = begin();

	(void)await_call(listener);
	(void)close(listener);
	launch_finish(&running, &outcome);
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSYS");
}

TEST(what_waits_for_an_answer_can_be_killed)
{
	int listener = begin();

	(void)await_call(listener);
	ASSERT_OK(sandbox_stop(running.sb, 0, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
	(void)close(listener);
}

TEST(the_program_has_neither_the_listener_nor_the_socket)
{
	struct ends ends = make_ends();

	LAUNCH(&outcome, .probe = "fds", .document = VMSPLICE,
	       .fds = { ends.given });
	ASSERT_TRUE(strstr(outcome.out, "seccomp notify") == NULL);
	ASSERT_TRUE(strstr(outcome.out, "socket:") == NULL);
	(void)close(ends.ours);
	(void)close(ends.given);
}

TEST(a_launch_that_cannot_hand_it_over_fails)
{
	struct ends ends = make_ends();

	(void)close(ends.ours);
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = VMSPLICE,
		     .fds = { ends.given });
	ASSERT_STR(outcome.step, "hand over the listener");
	ASSERT_STR(outcome.subject, "security.seccomp.notify_fd");
	ASSERT_EQ(outcome.error, EPIPE);
	(void)close(ends.given);
}

TEST(a_socket_that_is_full_does_not_hold_up_the_launch)
{
	struct ends ends = make_ends();
	char byte = 0;

	while (send(ends.given, &byte, 1, MSG_DONTWAIT) == 1) {
	}
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = VMSPLICE,
		     .fds = { ends.given });
	ASSERT_STR(outcome.step, "hand over the listener");
	ASSERT_EQ(outcome.error, EAGAIN);
	(void)close(ends.ours);
	(void)close(ends.given);
}

TEST(only_a_socket_receives_a_listener)
{
	int ends[2] = { -1, -1 };

	ASSERT_OK(pipe2(ends, O_CLOEXEC));
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = VMSPLICE,
		     .fds = { ends[1] });
	ASSERT_STR(outcome.subject, "security.seccomp.notify_fd");
	ASSERT_EQ(outcome.error, ENOTSOCK);
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = VMSPLICE);
	ASSERT_EQ(outcome.error, EBADF);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* Nobody could answer before the listener is handed over. */
TEST(what_the_launch_itself_calls_is_not_asked_about)
{
	static const char *const documents[][2] = {
		{ NOTIFY("\"execve\""), "execve" },
		{ NOTIFY("\"getpid\", \"write\""), "write" },
		{ NOTIFY("\"sendmsg\""), "sendmsg" },
		{ "\"security\": { \"seccomp\": { \"notify_fd\": 3, \"rules\":"
		  " [{ \"names\": [\"sendmsg\"], \"action\": \"NOTIFY\","
		  " \"args\": [{ \"index\": 0, \"value\": 77 }] }] } }",
		  "sendmsg" },
	};
	struct ends ends = make_ends();

	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		char wanted[128];

		LAUNCH_FAILS(&outcome, .probe = "ids",
			     .document = documents[i][0],
			     .fds = { ends.given });
		(void)snprintf(wanted, sizeof(wanted),
			       "security.seccomp: %s is not allowed, without",
			       documents[i][1]);
		ASSERT_CONTAINS(outcome.message, wanted);
	}
	(void)close(ends.ours);
	(void)close(ends.given);
}

TEST(all_that_has_no_rule_can_be_asked_about)
{
	static const char document[] =
		"\"security\": { \"seccomp\": { \"profile\": \"NONE\","
		" \"notify_fd\": 3, \"default_action\": \"NOTIFY\","
		" \"rules\": [{ \"names\": [\"read\", \"write\", \"execve\","
		" \"rt_sigprocmask\", \"exit_group\", \"sendmsg\"],"
		" \"action\": \"ALLOW\" }] } }";
	struct ends ends = make_ends();
	struct seccomp_notif call;
	char id[80];
	int listener = -1;

	BEGIN(&running, .probe = "ids", .document = document,
	      .fds = { ends.given });
	listener = take_listener(ends.ours, id, sizeof(id));
	call = await_call(listener);
	ASSERT_TRUE(call.data.nr > 0);
	launch_drop(&running);
	(void)close(listener);
	(void)close(ends.ours);
	(void)close(ends.given);
}
