/* SPDX-License-Identifier: Apache-2.0 */
/* How `run` ends: its exit status, its result file, its summary. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(the_exit_status_is_that_of_the_ending)
{
	static const struct row {
		int ending;
		int exit_code;
		int signal;
		int status;
	} rows[] = {
		{ SANDBOX_ENDING_EXITED, 0, 0, 0 },
		{ SANDBOX_ENDING_EXITED, 7, 0, 7 },
		{ SANDBOX_ENDING_EXITED, 255, 0, 255 },
		{ SANDBOX_ENDING_SIGNALED, 0, SIGKILL, 137 },
		{ SANDBOX_ENDING_SIGNALED, 0, SIGTERM, 143 },
		{ SANDBOX_ENDING_SYSCALL_REFUSED, 0, SIGSYS, 159 },
		{ SANDBOX_ENDING_OUT_OF_MEMORY, 0, SIGKILL, 137 },
		{ SANDBOX_ENDING_WALL_TIME, 0, SIGKILL, 124 },
		{ SANDBOX_ENDING_WALL_TIME, 3, 0, 124 },
		{ SANDBOX_ENDING_STOPPED, 0, SIGTERM, 143 },
		{ SANDBOX_ENDING_STOPPED, 0, 0, 0 },
		{ SANDBOX_ENDING_CPU_TIME, 4, 0, 4 },
		{ SANDBOX_ENDING_IDLE, 0, 0, 125 },
		{ SANDBOX_ENDING_CONTROLLER_LOST, 0, SIGKILL, 125 },
		{ SANDBOX_ENDING_INIT_LOST, 0, 0, 125 },
		{ SANDBOX_ENDING_UNSPECIFIED, 0, 0, 125 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct outcome outcome;

		fake.ending = rows[i].ending;
		fake.exit_code = rows[i].exit_code;
		fake.signal = rows[i].signal;
		outcome = command_case("run true");
		if (outcome.status != rows[i].status) {
			FAIL("ending %d, code %d, signal %d: status %d, not %d",
			     rows[i].ending, rows[i].exit_code, rows[i].signal,
			     outcome.status, rows[i].status);
		}
		ASSERT_STR(outcome.out, "");
		ASSERT_STR(outcome.err, "");
		outcome_done(&outcome);
	}
}

TEST(a_program_that_cannot_run_has_its_own_status)
{
	static const struct row {
		struct fake_error error;
		int status;
	} rows[] = {
		{ { SANDBOX_ERROR_PROGRAM, ENOENT, "execute the program", "",
		    "x" },
		  127 },
		{ { SANDBOX_ERROR_PROGRAM, EACCES, "execute the program", "",
		    "x" },
		  126 },
		{ { SANDBOX_ERROR_PROGRAM, ENOEXEC, "execute the program", "",
		    "x" },
		  126 },
		{ { SANDBOX_ERROR_PROGRAM, ENOTDIR, "execute the program", "",
		    "x" },
		  126 },
		/* The same errno elsewhere says nothing of the program. */
		{ { SANDBOX_ERROR_SETUP, ENOENT, "open the source", "", "x" },
		  125 },
		{ { SANDBOX_ERROR_RESOURCE, EAGAIN, "execute the program", "",
		    "x" },
		  125 },
		{ { SANDBOX_ERROR_UNSUPPORTED, ENOSYS, "", "", "x" }, 125 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct outcome outcome;

		fake.start_error = rows[i].error;
		outcome = command_case("run true");
		ASSERT_STR(outcome.err, "sandbox: x\n");
		ASSERT_EQ(outcome.status, rows[i].status);
		outcome_done(&outcome);
	}
}

TEST(an_engine_that_does_not_open_is_a_failure)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	fake.open_error = (struct fake_error){ SANDBOX_ERROR_PERMISSION, EPERM,
					       "", "", "no\n\033" };
	outcome = command_case("run true");
	ASSERT_EQ(outcome.status, 125);
	ASSERT_EQ(fake.started, 0);
	ASSERT_STR(outcome.err, "sandbox: no\nsandbox: \\x1b\n");
}

TEST(the_result_is_written_whole)
{
	_cleanup_free_ char *text = NULL;
	struct stat status;
	struct outcome outcome;

	fake.ending = SANDBOX_ENDING_EXITED;
	fake.result_json = "{\"ending\": \"EXITED\"}";
	enter_folder();
	(void)umask(027);
	make_file("r.json",
		  "something longer than the result that replaces it");
	ASSERT_EQ(chmod("r.json", 0600), 0);
	outcome = command_case("run --result r.json true");
	ASSERT_EQ(outcome.status, 0);
	text = file_text("r.json");
	ASSERT_STR(text, "{\"ending\": \"EXITED\"}\n");
	ASSERT_EQ(stat("r.json", &status), 0);
	ASSERT_EQ(status.st_mode & 07777, 0640);
	ASSERT_EQ(count_entries(), 1);
	outcome_done(&outcome);
	leave_folder();
}

TEST(a_link_is_followed_before_the_sandbox_runs)
{
	_cleanup_free_ char *text = NULL;
	struct stat status;
	struct outcome outcome;

	fake.ending = SANDBOX_ENDING_EXITED;
	fake.result_json = "{}";
	enter_folder();
	make_file("real", "");
	ASSERT_EQ(symlink("real", "link"), 0);
	outcome = command_case("run --result link true");
	ASSERT_EQ(outcome.status, 0);
	ASSERT_EQ(lstat("link", &status), 0);
	ASSERT_TRUE(S_ISLNK(status.st_mode));
	text = file_text("real");
	ASSERT_STR(text, "{}\n");
	outcome_done(&outcome);
	leave_folder();
}

TEST(a_device_is_written_to_and_not_replaced)
{
	int pipe_fds[2] = { -1, -1 };
	char line[64];
	char text[8] = "";
	struct outcome outcome;

	fake.ending = SANDBOX_ENDING_EXITED;
	fake.result_json = "{}";
	ASSERT_EQ(pipe2(pipe_fds, O_CLOEXEC), 0);
	(void)snprintf(line, sizeof(line), "run --result /dev/fd/%d true",
		       pipe_fds[1]);
	outcome = command_case(line);
	ASSERT_EQ(outcome.status, 0);
	ASSERT_EQ(read(pipe_fds[0], text, sizeof(text)), 3);
	ASSERT_STR(text, "{}\n");
	(void)close(pipe_fds[0]);
	(void)close(pipe_fds[1]);
	outcome_done(&outcome);
}

TEST(a_result_that_cannot_be_written_is_found_before_anything_runs)
{
	static const char *const rows[][2] = {
		{ "run --result none/r true",
		  "sandbox: --result: \"none/r\": No such file or directory\n" },
		{ "run --result . true",
		  "sandbox: --result: \".\": Is a directory\n" },
		{ "run --result /proc/r true",
		  "sandbox: --result: \"/proc/r\": No such file or "
		  "directory\n" },
		{ "run --result loop true",
		  "sandbox: --result: \"loop\": Too many levels of symbolic "
		  "links\n" },
		{ "run --result= true", "sandbox: --result: \"\": Is a "
					"directory\n" },
	};

	enter_folder();
	ASSERT_EQ(symlink("loop", "loop"), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct outcome outcome = command_case(rows[i][0]);

		ASSERT_STR(outcome.err, rows[i][1]);
		ASSERT_EQ(outcome.status, 125);
		ASSERT_EQ(fake.started, 0);
		outcome_done(&outcome);
	}
	leave_folder();
}

TEST(a_full_disk_is_no_success)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	fake.ending = SANDBOX_ENDING_EXITED;
	fake.result_json = "{}";
	outcome = command_case("run --result /dev/full true");
	ASSERT_STR(outcome.err,
		   "sandbox: --result: \"/dev/full\": No space left on "
		   "device\n");
	ASSERT_EQ(outcome.status, 125);
}

TEST(a_start_that_failed_has_a_result)
{
	static const struct row {
		const char *line;
		const char *part;
		int status;
	} rows[] = {
		{ "run --result r true",
		  "\"error\": {\n    \"kind\": \"program\",\n"
		  "    \"step\": \"execute the program\",\n"
		  "    \"subject\": \"true\",\n    \"sysErrno\": 2,\n"
		  "    \"sysErrnoName\": \"ENOENT\",\n"
		  "    \"message\": \"gone \\\"x\\\"\"\n  },\n",
		  127 },
		{ "run --result r --id A true",
		  "\"error\": {\n    \"kind\": \"spec\",\n    \"step\": \"\",\n"
		  "    \"subject\": \"id\",\n    \"sysErrno\": 22,\n",
		  125 },
		{ "run --result r --cwd x true",
		  "    \"message\": \"--cwd: \\\"x\\\" is not absolute\"\n",
		  125 },
	};

	fake.start_error = (struct fake_error){ SANDBOX_ERROR_PROGRAM, ENOENT,
						"execute the program", "true",
						"gone \"x\"" };
	enter_folder();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct outcome outcome = command_case(rows[i].line);
		char *text = file_text("r");

		ASSERT_EQ(outcome.status, rows[i].status);
		ASSERT_TRUE(text != NULL);
		ASSERT_CONTAINS(text, "{\n  \"ending\": \"SETUP_FAILED\",\n");
		ASSERT_CONTAINS(text, rows[i].part);
		free(text);
		outcome_done(&outcome);
	}
	leave_folder();
}

TEST(the_summary_tells_the_ending_and_what_was_in_force)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	fake.ending = SANDBOX_ENDING_SIGNALED;
	fake.signal = SIGKILL;
	fake.result_json =
		"{\"usage\":{\"wallUs\":\"1234567\",\"cpuUserUs\":\"1999\","
		"\"cpuSystemUs\":\"0\",\"memoryPeakBytes\":\"1572864\"},"
		"\"effective\":{\"features\":["
		"{\"feature\":\"a\",\"state\":\"enforced\",\"detail\":\"1\"},"
		"{\"feature\":\"b\",\"state\":\"off\",\"detail\":\"2\\u001b\"},"
		"{\"feature\":\"c\",\"state\":\"weaker\",\"detail\":\"3\"},"
		"{\"feature\":\"d\",\"state\":\"enforced\",\"detail\":\"4\"}]}}";
	outcome = command_case("run --summary true");
	ASSERT_EQ(outcome.status, 137);
	ASSERT_STR(outcome.out, "");
	ASSERT_STR(outcome.err,
		   "\n"
		   "sandbox      sb-fake\n"
		   "ended        ended by a signal, signal 9 (KILL)\n"
		   "used         1234.5 ms in all, 1.9 ms user, 0.0 ms system,"
		   " 1.5 MiB\n"
		   "enforced     a                        1\n"
		   "             d                        4\n"
		   "weaker       c                        3\n"
		   "off          b                        2\\x1b\n");
}
