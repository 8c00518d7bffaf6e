/* SPDX-License-Identifier: Apache-2.0 */
/* The three standard streams: nothing, the host's own, or a descriptor. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

TEST(streams_are_null_unless_asked)
{
	LAUNCH(&outcome, .probe = "say hello", .own_stdio = true);
	ASSERT_STR(outcome.out, "");
	ASSERT_STR(outcome.err, "");
	LAUNCH(&outcome, .probe = "cat");
	ASSERT_STR(outcome.out, "");
}

TEST(streams_do_not_mix)
{
	LAUNCH(&outcome, .probe = "say hello");
	ASSERT_STR(outcome.out, "out: hello\n");
	ASSERT_STR(outcome.err, "err: hello\n");
}

TEST(input_comes_from_a_descriptor)
{
	int ends[2];

	ASSERT_OK(pipe2(ends, O_CLOEXEC));
	ASSERT_EQ(write(ends[1], "through\n", 8), 8);
	(void)close(ends[1]);
	LAUNCH(&outcome, .probe = "cat", .own_stdio = true, .fds = { ends[0] },
	       .process = "\"stdio\": { \"in\": { \"kind\": \"FD\", \"fd\": 3"
			  " }, \"out\": { \"kind\": \"FD\", \"fd\": 1 } }");
	(void)close(ends[0]);
	ASSERT_STR(outcome.out, "through\n");
}

/* A file keeps its offset and its flags: it is the same open file. */
TEST(output_goes_to_a_file_where_it_stands)
{
	char text[64] = "";
	int file = memfd_create("log", MFD_CLOEXEC);

	ASSERT_EQ(write(file, "before\n", 7), 7);
	LAUNCH(&outcome, .probe = "say hello", .own_stdio = true,
	       .fds = { file },
	       .process = "\"stdio\": { \"out\": { \"kind\": \"FD\", \"fd\": 3"
			  " }, \"err\": { \"kind\": \"FD\", \"fd\": 3 } }");
	ASSERT_EQ(write(file, "after\n", 6), 6);
	ASSERT_TRUE(pread(file, text, sizeof(text) - 1, 0) > 0);
	(void)close(file);
	ASSERT_CONTAINS(text, "before\n");
	ASSERT_CONTAINS(text, "out: hello\n");
	ASSERT_CONTAINS(text, "err: hello\n");
	ASSERT_STR(strstr(text, "after"), "after\n");
}

TEST(inherited_streams_are_the_hosts_own)
{
	char text[64] = "";
	int file = memfd_create("log", MFD_CLOEXEC);
	int saved = fcntl(1, F_DUPFD_CLOEXEC, 3);

	ASSERT_TRUE(dup2(file, 1) == 1);
	LAUNCH(&outcome, .probe = "say hello", .own_stdio = true,
	       .process = "\"stdio\": { \"out\": { \"kind\": \"INHERIT\" } }");
	ASSERT_TRUE(dup2(saved, 1) == 1);
	(void)close(saved);
	ASSERT_TRUE(pread(file, text, sizeof(text) - 1, 0) > 0);
	(void)close(file);
	ASSERT_STR(text, "out: hello\n");
}

/* A host may have closed its own. */
TEST(a_host_without_standard_streams_can_still_start_sandboxes)
{
	int saved[3];

	for (int i = 0; i < 3; i++) {
		saved[i] = fcntl(i, F_DUPFD_CLOEXEC, 100);
	}
	for (int i = 0; i < 3; i++) {
		(void)close(i);
	}
	LAUNCH(&outcome, .probe = "fds");
	for (int i = 0; i < 3; i++) {
		ASSERT_TRUE(dup2(saved[i], i) == i);
		(void)close(saved[i]);
	}
	ASSERT_EQ(count_lines(outcome.out, "fd self "), 3);
	ASSERT_STR(answer(outcome.out, "fd self 0"), "/dev/null");
}

TEST(a_descriptor_that_was_not_passed_is_refused)
{
	struct request request = {
		.probe = "cat",
		.own_stdio = true,
		.process = "\"stdio\": { \"in\": { \"kind\": \"FD\", \"fd\": 9"
			   " } }",
	};

	launch_badly(TAP_HERE, &request, &outcome);
	ASSERT_EQ(outcome.started, -EBADF);
	ASSERT_EQ(outcome.kind, SANDBOX_ERROR_SPEC);
	ASSERT_STR(outcome.subject, "process.stdio.in");
}

TEST(more_output_than_a_pipe_holds_arrives_whole)
{
	LAUNCH(&outcome,
	       .argv = "\"/bin/sh\", \"-c\", \"head -c 100000 /dev/zero |"
		       " tr '\\\\0' x\"");
	ASSERT_EQ(outcome.out_size, 100000);
	ASSERT_EQ(strspn(outcome.out, "x"), 100000);
}

/*
 * The host made the pipe, so only the host's own id may open it anew, as a
 * shell does with /dev/stdout.  Ids of the sandbox's own may not.
 */
TEST(a_pipe_of_the_callers_can_be_reopened_by_the_caller)
{
	LAUNCH(&outcome,
	       .argv = "\"/bin/sh\", \"-c\", \"echo again > /dev/stdout\"",
	       .document = "\"identity\": { \"mode\": \"CALLER\" }");
	ASSERT_STR(outcome.out, "again\n");
}

TEST(a_socket_can_be_a_stream)
{
	char text[64] = "";
	int ends[2];

	ASSERT_OK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
	LAUNCH(&outcome, .probe = "say hello", .own_stdio = true,
	       .fds = { ends[1] },
	       .process = "\"stdio\": { \"out\": { \"kind\": \"FD\", \"fd\": 3"
			  " } }");
	(void)close(ends[1]);
	ASSERT_TRUE(read(ends[0], text, sizeof(text) - 1) > 0);
	ASSERT_EQ(read(ends[0], text + 32, 1), 0); /* nobody holds it */
	(void)close(ends[0]);
	ASSERT_STR(text, "out: hello\n");
}
