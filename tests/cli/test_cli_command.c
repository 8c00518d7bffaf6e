/* SPDX-License-Identifier: Apache-2.0 */
/* The command as it is built, with the real library and real sandboxes. */
#include "cleanup.h"
#include "command_case.h"
#include "lib/need.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY    65534
#define WORDS_MAX 32

/* A run of the command: what it prints goes to files without a name. */
struct command {
	pid_t pid;
	int out;
	int err;
	char *out_text;
	char *err_text;
	int status; /* as a shell sees it */
};

static char *text_of(int fd)
{
	struct stat status;
	char *text = NULL;

	ASSERT_EQ(fstat(fd, &status), 0);
	text = calloc(1, (size_t)status.st_size + 1);
	ASSERT_TRUE(text != NULL);
	ASSERT_EQ(pread(fd, text, (size_t)status.st_size, 0), status.st_size);
	return text;
}

/* Starts "sandbox WORDS..."; the words are cut at '|'. */
static struct command begin(const char *line, int stdin_fd)
{
	struct command command = {
		.out = memfd_create("out", MFD_CLOEXEC),
		.err = memfd_create("err", MFD_CLOEXEC),
	};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t signals;
	char *words[WORDS_MAX + 2] = { NULL };
	char *copy = strdup(line);
	char *rest = copy;
	size_t count = 1;

	words[0] = getenv("SANDBOX_COMMAND");
	if (words[0] == NULL) {
		FAIL("SANDBOX_COMMAND is not set");
	}
	while (rest != NULL) {
		ASSERT_TRUE(count <= WORDS_MAX);
		words[count++] = strsep(&rest, "|");
	}
	ASSERT_EQ(posix_spawn_file_actions_init(&actions), 0);
	(void)posix_spawn_file_actions_adddup2(&actions, stdin_fd, 0);
	(void)posix_spawn_file_actions_adddup2(&actions, command.out, 1);
	(void)posix_spawn_file_actions_adddup2(&actions, command.err, 2);
	/* A job runner may ignore some: the command would, too. */
	(void)sigfillset(&signals);
	ASSERT_EQ(posix_spawnattr_init(&attributes), 0);
	(void)posix_spawnattr_setsigdefault(&attributes, &signals);
	(void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	ASSERT_EQ(posix_spawn(&command.pid, words[0], &actions, &attributes,
			      words, environ),
		  0);
	(void)posix_spawnattr_destroy(&attributes);
	(void)posix_spawn_file_actions_destroy(&actions);
	free(copy);
	return command;
}

static void finish(struct command *command)
{
	int status = 0;

	ASSERT_EQ(waitpid(command->pid, &status, 0), command->pid);
	command->status = WIFEXITED(status) ? WEXITSTATUS(status)
					    : 1000 + WTERMSIG(status);
	command->out_text = text_of(command->out);
	command->err_text = text_of(command->err);
	close_fdp(&command->out);
	close_fdp(&command->err);
}

static void command_done(struct command *command)
{
	free(command->out_text);
	free(command->err_text);
}

static struct command run_command(const char *line)
{
	_cleanup_close_ int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct command command = begin(line, null);

	finish(&command);
	return command;
}

struct row {
	const char *line;
	int status;
	const char *out;
	const char *err;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct command command = run_command(rows[i].line);

		if (command.status != rows[i].status ||
		    strcmp(command.out_text, rows[i].out) != 0 ||
		    strcmp(command.err_text, rows[i].err) != 0) {
			FAIL("%s\ngot  %d\n%s%s\nwant %d\n%s%s", rows[i].line,
			     command.status, command.out_text, command.err_text,
			     rows[i].status, rows[i].out, rows[i].err);
		}
		command_done(&command);
	}
}

TEST(the_status_is_the_programs_own_or_says_why_not)
{
	static const struct row rows[] = {
		{ "run|--|true", 0, "", "" },
		{ "run|sh|-c|exit 7", 7, "", "" },
		{ "run|sh|-c|kill -9 $$", 137, "", "" },
		{ "run|sh|-c|kill -TERM $$", 143, "", "" },
		{ "run|--timeout|200ms|sleep|60", 124, "", "" },
		{ "run|/nonesuch", 127, "",
		  "sandbox: execute the program: \"/nonesuch\": No such file "
		  "or directory (ENOENT)\n" },
		{ "run|nonesuch", 127, "",
		  "sandbox: execute the program: \"nonesuch\": No such file "
		  "or directory (ENOENT)\n" },
		{ "run|/etc/passwd", 126, "",
		  "sandbox: execute the program: \"/etc/passwd\": Permission "
		  "denied (EACCES)\n" },
		{ "run|--cwd|/nonesuch|true", 125, "",
		  "sandbox: enter the working directory: \"/nonesuch\": No "
		  "such file or directory (ENOENT)\n" },
	};

	NEED(userns);
	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(options_are_in_force)
{
	static const struct row rows[] = {
		{ "run|--cwd|/tmp|--env|A=1 2|--umask|077|sh|-c|"
		  "pwd; echo \"$A\"; umask",
		  0, "/tmp\n1 2\n0077\n", "" },
		{ "run|--hostname|box|--user|7:8|sh|-c|"
		  "hostname; id -u; id -g",
		  0, "box\n7\n8\n", "" },
		{ "run|--rlimit|nofile=200:300|sh|-c|"
		  "ulimit -n; ulimit -Hn; echo error >&2",
		  0, "200\n300\n", "error\n" },
		{ "run|--stderr|null|sh|-c|echo a; echo error >&2", 0, "a\n",
		  "" },
		{ "run|--bind|/usr/bin:/opt/programs|/opt/programs/true", 0, "",
		  "" },
		{ "run|--tmpfs|/scratch:64K|sh|-c|"
		  "head -c 32768 /dev/zero >/scratch/a && "
		  "! head -c 99999 /dev/zero 2>/dev/null >/scratch/b",
		  0, "", "" },
	};

	NEED(userns);
	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(streams_are_the_commands_own)
{
	int pipe_fds[2] = { -1, -1 };
	struct command command;

	NEED(userns);
	ASSERT_EQ(pipe2(pipe_fds, O_CLOEXEC), 0);
	command = begin("run|cat", pipe_fds[0]);
	(void)close(pipe_fds[0]);
	ASSERT_EQ(write(pipe_fds[1], "some text", 9), 9);
	(void)close(pipe_fds[1]);
	finish(&command);
	ASSERT_EQ(command.status, 0);
	ASSERT_STR(command.out_text, "some text");
	command_done(&command);
}

static void check_result(const char *line, int status, const char *const *parts)
{
	struct command command = run_command(line);
	char *text = file_text("r.json");

	ASSERT_EQ(command.status, status);
	ASSERT_TRUE(text != NULL);
	for (size_t i = 0; parts[i] != NULL; i++) {
		ASSERT_CONTAINS(text, parts[i]);
	}
	ASSERT_EQ(count_entries(), 1);
	free(text);
	command_done(&command);
}

TEST(the_result_is_the_librarys_own)
{
	static const char *const exited[] = {
		"\"ending\": \"EXITED\"",
		"\"exitCode\": 7",
		"\"feature\": \"user-namespace\"",
		NULL,
	};
	static const char *const late[] = {
		"\"ending\": \"WALL_TIME\"",
		"\"signal\": 9",
		NULL,
	};
	static const char *const asked[] = {
		"\"ending\": \"WALL_TIME\"",
		"\"signal\": 15",
		NULL,
	};
	static const char *const missing[] = {
		"\"ending\": \"SETUP_FAILED\"",
		"\"kind\": \"program\"",
		"\"step\": \"execute the program\"",
		"\"subject\": \"/nonesuch\"",
		"\"sysErrnoName\": \"ENOENT\"",
		NULL,
	};

	NEED(userns);
	enter_folder();
	check_result("run|--result|r.json|sh|-c|exit 7", 7, exited);
	check_result("run|--timeout|100ms|--result|r.json|sleep|60", 124, late);
	check_result("run|--timeout|100ms|--grace|9s|--result|r.json|sleep|60",
		     124, asked);
	check_result("run|--result|r.json|/nonesuch", 127, missing);
	leave_folder();
}

/* Waits for the first byte that the program prints. */
static void wait_for_output(const struct command *command)
{
	for (int i = 0; i < 1000; i++) {
		struct stat status;

		ASSERT_EQ(fstat(command->out, &status), 0);
		if (status.st_size > 0) {
			return;
		}
		(void)usleep(10000);
	}
	FAIL("the program printed nothing");
}

TEST(signals_reach_the_program)
{
	_cleanup_close_ int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct command command;

	NEED(userns);
	command = begin("run|sh|-c|trap 'exit 3' USR1; echo ready; "
			"while :; do sleep 0.02; done",
			null);
	wait_for_output(&command);
	ASSERT_EQ(kill(command.pid, SIGUSR1), 0);
	finish(&command);
	ASSERT_EQ(command.status, 3);
	command_done(&command);
}

TEST(a_program_that_ignores_signals_is_killed_at_the_third)
{
	_cleanup_close_ int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct command command;

	NEED(userns);
	command = begin("run|sh|-c|trap '' INT TERM; echo ready; "
			"while :; do sleep 0.02; done",
			null);
	wait_for_output(&command);
	for (int i = 0; i < 3; i++) {
		ASSERT_EQ(kill(command.pid, i == 1 ? SIGTERM : SIGINT), 0);
		(void)usleep(50000);
		if (i == 1) {
			ASSERT_EQ(waitpid(command.pid, NULL, WNOHANG), 0);
		}
	}
	finish(&command);
	ASSERT_EQ(command.status, 137);
	command_done(&command);
}

TEST(the_other_verbs_answer)
{
	struct command command;

	NEED(userns);
	enter_folder();
	make_file("s.json", "{\"process\":{\"argv\":[\"true\"]}}");
	command = run_command("check|s.json");
	ASSERT_EQ(command.status, 0);
	command_done(&command);
	command = run_command("explain|s.json");
	ASSERT_EQ(command.status, 0);
	ASSERT_CONTAINS(command.out_text, "argv               \"true\"\n");
	command_done(&command);
	command = run_command("explain|--json|s.json");
	ASSERT_CONTAINS(command.out_text, "{\n  \"plan\": [\n    \"process\",");
	command_done(&command);
	command = run_command("probe|--json");
	ASSERT_EQ(command.status, 0);
	ASSERT_CONTAINS(command.out_text, "\"features\"");
	command_done(&command);
	command = run_command("probe");
	ASSERT_EQ(command.status, 0);
	ASSERT_CONTAINS(command.out_text, "user-namespaces ");
	command_done(&command);
	leave_folder();
}

TEST(an_answer_that_is_lost_is_no_success)
{
	_cleanup_close_ int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		const char *program = getenv("SANDBOX_COMMAND");

		(void)dup2(full, STDOUT_FILENO);
		(void)execl(program, program, "version", (char *)NULL);
		_exit(1);
	}
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	ASSERT_EQ(WEXITSTATUS(status), 125);
}

TEST(a_closed_stream_is_no_descriptor_of_the_commands)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		const char *program = getenv("SANDBOX_COMMAND");

		(void)close(STDIN_FILENO);
		(void)close(STDOUT_FILENO);
		(void)execl(program, program, "run", "sh", "-c",
			    "[ -c /proc/self/fd/0 ] && [ -c /proc/self/fd/1 ]",
			    (char *)NULL);
		_exit(1);
	}
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	ASSERT_EQ(WEXITSTATUS(status), 0);
}

TEST(an_ordinary_user_runs_the_same)
{
	static const struct row rows[] = {
		{ "run|--run-dir|run|sh|-c|exit 7", 7, "", "" },
		{ "run|--run-dir|run|/nonesuch", 127, "",
		  "sandbox: execute the program: \"/nonesuch\": No such file "
		  "or directory (ENOENT)\n" },
	};

	NEED(userns);
	NEED(root);
	enter_folder();
	ASSERT_EQ(chown(".", NOBODY, NOBODY), 0);
	if (setgroups(0, NULL) < 0 || setgid(NOBODY) < 0 ||
	    setuid(NOBODY) < 0) {
		FAIL("cannot become an ordinary user: %s",
		     strerrorname_np(errno));
	}
	if (access(getenv("SANDBOX_COMMAND"), X_OK) < 0) {
		leave_folder();
		SKIP("the build folder is closed to other users");
	}
	check_rows(rows, ARRAY_SIZE(rows));
	leave_folder();
}
