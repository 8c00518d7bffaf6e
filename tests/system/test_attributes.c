/* SPDX-License-Identifier: Apache-2.0 */
/* What the document makes of the main process: groups, descriptors, ranks. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct outcome outcome;

TEST(further_groups_are_those_that_are_named)
{
	const char *const groups = "\"extra_gids\": [30, 10, 30]";

	if (launch_mode() == MODE_SINGLE) {
		LAUNCH_FAILS(&outcome, .probe = "ids", .process = groups);
		ASSERT_CONTAINS(outcome.message,
				"process.extra_gids[0]: 30 is not mapped");
		return;
	}
	LAUNCH(&outcome, .probe = "ids", .process = groups);
	ASSERT_STR(answer(outcome.out, "Groups"), "10 30 ");
}

TEST(a_group_outside_of_the_range_is_refused)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .process = "\"extra_gids\": [4294967294]");
	ASSERT_CONTAINS(outcome.message,
			"process.extra_gids[0]: 4294967294 is not mapped");
}

/* A file of the test's that holds @text, open for reading. */
static int file_with(const char *text)
{
	int fd = open(launch_folder("passed"), O_RDWR | O_CREAT | O_CLOEXEC,
		      0644);

	ASSERT_TRUE(fd >= 0 && write(fd, text, strlen(text)) > 0 &&
		    lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/* At numbers that others have on the way: 3, 4, one in between, the last. */
TEST(descriptors_are_at_their_numbers_and_no_others)
{
	int fd = file_with("passed on\n");

	SHELL(&outcome, "cat <&3; ls /proc/self/fd | tr '\\\\n' ' '",
	      .fds = { fd },
	      .process = "\"pass_fds\": [{ \"fd\": 3, \"inside\": 200 },"
			 " { \"fd\": 3, \"inside\": 3 },"
			 " { \"fd\": 3, \"inside\": 4 },"
			 " { \"fd\": 3, \"inside\": 17 }]");
	/* The listing has one of its own, the first that is free. */
	ASSERT_STR(outcome.out, "passed on\n0 1 17 2 200 3 4 5 ");
	ASSERT_EQ(close(fd), 0);
}

TEST(a_descriptor_that_leads_out_is_not_passed)
{
	const char *const pass = "\"pass_fds\": [{ \"fd\": 3, \"inside\": 3 }]";
	int directory = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int path = open("/etc/passwd", O_PATH | O_CLOEXEC);

	LAUNCH_FAILS(&outcome, .probe = "ids", .fds = { directory },
		     .process = pass);
	ASSERT_EQ(outcome.error, EISDIR);
	ASSERT_CONTAINS(outcome.message, "is a directory");
	LAUNCH_FAILS(&outcome, .probe = "ids", .fds = { path },
		     .process = pass);
	ASSERT_CONTAINS(outcome.message, "O_PATH");
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .process = "\"pass_fds\": [{ \"fd\": 9, \"inside\": 3 }]");
	ASSERT_CONTAINS(outcome.message, "there is no such descriptor");
	ASSERT_EQ(close(directory) + close(path), 0);
}

TEST(a_program_is_run_by_its_descriptor)
{
	int fd = open("/bin/busybox", O_RDONLY | O_CLOEXEC);

	LAUNCH(&outcome, .argv = "\"echo\", \"by\", \"descriptor\"",
	       .fds = { fd }, .no_probe = true,
	       .document = "\"root\": { \"kind\": \"EMPTY\" }",
	       .process = "\"exec_fd\": 3");
	ASSERT_STR(outcome.out, "by descriptor\n");
	ASSERT_EQ(close(fd), 0);
}

TEST(a_program_that_is_none_is_refused_by_its_field)
{
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int written = file_with("#!/bin/sh\n");
	int script = -1;

	LAUNCH_FAILS(&outcome, .probe = "ids", .fds = { fd },
		     .process = "\"exec_fd\": 3");
	ASSERT_STR(outcome.subject, "process.exec_fd");
	ASSERT_CONTAINS(outcome.message, "is no regular file");
	/* What is open for writing is never executed. */
	ASSERT_EQ(fchmod(written, 0755) + close(written), 0);
	script = open(launch_folder("passed"), O_RDONLY | O_CLOEXEC);
	LAUNCH_FAILS(&outcome, .probe = "ids", .fds = { script },
		     .process = "\"exec_fd\": 3");
	ASSERT_EQ(outcome.error, ENOENT);
	ASSERT_EQ(close(fd) + close(script), 0);
}

TEST(a_main_process_may_be_given_less_of_the_processor)
{
	SHELL(&outcome,
	      "nice; grep Cpus_allowed_list /proc/self/status; "
	      "chrt -p $$ | head -1 | grep -o SCHED.*; ionice -p $$",
	      .process = "\"scheduling\": { \"nice\": 7, \"cpus\": \"0\","
			 " \"policy\": \"batch\", \"io_class\": \"idle\" }");
	ASSERT_STR(outcome.out,
		   "7\nCpus_allowed_list:\t0\nSCHED_BATCH\nidle\n");
}

TEST(what_takes_a_right_over_the_host_takes_root)
{
	const char *const more = "\"scheduling\": { \"nice\": -5,"
				 " \"io_class\": \"realtime\","
				 " \"io_level\": 3 }";

	if (launch_mode() != MODE_ROOT) {
		LAUNCH_FAILS(&outcome, .probe = "ids", .process = more);
		ASSERT_EQ(outcome.error, EPERM);
		ASSERT_STR(outcome.subject, "process.scheduling");
		return;
	}
	SHELL(&outcome, "nice; ionice -p $$", .process = more);
	ASSERT_STR(outcome.out, "-5\nrealtime: prio 3\n");
	/* What init was lent for that moment it has not kept. */
	SHELL(&outcome, "nice", .process = "\"user\": \"0\"");
	ASSERT_STR(outcome.out, "0\n");
}

TEST(processors_that_are_not_there_are_refused)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .process = "\"scheduling\": { \"cpus\": \"0,8191\" }");
	ASSERT_EQ(outcome.error, EINVAL);
	ASSERT_STR(outcome.subject, "process.scheduling");
}

/* ADDR_NO_RANDOMIZE */
TEST(an_execution_domain_is_in_force)
{
	SHELL(&outcome,
	      "cat /proc/self/personality; cut -d- -f1 /proc/self/maps | "
	      "head -1 >/tmp/a; cut -d- -f1 /proc/self/maps | head -1 "
	      ">/tmp/b; cmp /tmp/a /tmp/b && echo same",
	      .document = "\"security\": { \"personality\": 262144 }");
	ASSERT_STR(outcome.out, "00040000\nsame\n");
	SHELL(&outcome, "cat /proc/self/personality",
	      .process = "\"user\": \"0\"");
	ASSERT_STR(outcome.out, "00000000\n");
}

/* Some virtual machines let it be read whatever the kernel sets. */
static bool counter_can_be_closed(void)
{
#ifdef __x86_64__
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		(void)prctl(PR_SET_TSC, PR_TSC_SIGSEGV);
		__asm__ volatile("rdtsc" ::: "eax", "edx");
		_exit(0);
	}
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status);
#else
	return false;
#endif
}

TEST(the_time_stamp_counter_cannot_be_read)
{
	struct request request = {
		.probe = "try read_tsc",
		.document = "\"security\": { \"disable_tsc\": true }",
	};

	if (!counter_can_be_closed()) {
		SKIP("this machine lets everybody read the counter");
	}
	LAUNCH(&outcome, .probe = "try read_tsc");
	ASSERT_CONTAINS(outcome.out, "ok");
	launch(&request, &outcome);
	ASSERT_EQ(outcome.started, 0);
	ASSERT_EQ(outcome.signal, SIGSEGV);
}
