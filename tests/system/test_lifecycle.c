/* SPDX-License-Identifier: Apache-2.0 */
/* From the start to the end: waiting, stopping, clocks, and what is lost. */
#include "census.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct outcome outcome;

static long now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A sandbox that has said that it is under way. */
static void begin(struct running *running, const char *probe,
		  const char *document)
{
	char line[64];

	BEGIN(running, .probe = probe, .document = document);
	launch_await_line(running, line, sizeof(line));
	ASSERT_STR(line, "ready");
}

static bool is_readable(int fd, int timeout_ms)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	return poll(&wait, 1, timeout_ms) == 1;
}

TEST(a_wait_ends_with_its_timeout_and_can_be_repeated)
{
	struct running running;
	sandbox_result *result = NULL;
	sandbox_error *error = NULL;
	long before = 0;
	long waited = 0;

	begin(&running, "wait", NULL);
	ASSERT_EQ(sandbox_wait(running.sb, 0, &result, &error), -ETIMEDOUT);
	ASSERT_EQ(sandbox_error_kind(error), SANDBOX_ERROR_STATE);
	ASSERT_EQ(sandbox_error_errno(error), ETIMEDOUT);
	sandbox_error_free(error);
	before = now_ms();
	ASSERT_EQ(sandbox_wait(running.sb, 200, &result, NULL), -ETIMEDOUT);
	waited = now_ms() - before;
	ASSERT_TRUE(waited >= 199 && waited < 5000);
	ASSERT_TRUE(result == NULL);
	ASSERT_OK(sandbox_stop(running.sb, 0, NULL));
	for (int i = 0; i < 2; i++) {
		ASSERT_OK(sandbox_wait(running.sb, 10000, &result, NULL));
		ASSERT_EQ(sandbox_result_ending(result),
			  SANDBOX_ENDING_STOPPED);
		sandbox_result_free(result);
	}
	ASSERT_OK(sandbox_wait(running.sb, 0, NULL, NULL));
	launch_drop(&running);
}

static void ignore(int signum)
{
	(void)signum;
}

TEST(a_wait_is_interrupted_by_a_handler_of_the_host)
{
	const struct sigaction action = { .sa_handler = ignore };
	struct running running;
	const struct itimerspec soon = { .it_value = { 0, 100000000 } };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGALRM };
	timer_t timer;

	begin(&running, "wait", NULL);
	ASSERT_OK(sigaction(SIGALRM, &action, NULL));
	ASSERT_OK(timer_create(CLOCK_MONOTONIC, &event, &timer));
	ASSERT_OK(timer_settime(timer, 0, &soon, NULL));
	ASSERT_EQ(sandbox_wait(running.sb, 10000, NULL, NULL), -EINTR);
	ASSERT_OK(timer_delete(timer));
	ASSERT_EQ(sandbox_wait(running.sb, 0, NULL, NULL), -ETIMEDOUT);
	launch_drop(&running);
}

TEST(a_sandbox_is_a_descriptor_that_can_be_polled)
{
	struct running running;

	begin(&running, "wait", NULL);
	ASSERT_TRUE(!is_readable(sandbox_fd(running.sb), 100));
	ASSERT_OK(sandbox_signal(running.sb, SIGKILL, NULL));
	ASSERT_TRUE(is_readable(sandbox_fd(running.sb), 10000));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_SIGNALED);
	ASSERT_EQ(outcome.signal, SIGKILL);
}

TEST(a_signal_reaches_the_main_process_and_no_one_else)
{
	struct running running;
	sandbox_error *error = NULL;

	begin(&running, "catch 10 42", NULL);
	ASSERT_EQ(sandbox_signal(running.sb, 0, NULL), -EINVAL);
	ASSERT_EQ(sandbox_signal(running.sb, 65, NULL), -EINVAL);
	ASSERT_EQ(sandbox_signal(NULL, SIGTERM, NULL), -EINVAL);
	ASSERT_OK(sandbox_signal(running.sb, SIGUSR1, NULL));
	ASSERT_OK(sandbox_wait(running.sb, 10000, NULL, NULL));
	ASSERT_EQ(sandbox_signal(running.sb, SIGUSR1, &error), -ESRCH);
	ASSERT_EQ(sandbox_error_kind(error), SANDBOX_ERROR_STATE);
	sandbox_error_free(error);
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_EXITED);
	ASSERT_EQ(outcome.exit_code, 42);
}

/* Who is told to end may end as it likes; the ending is that it was told. */
TEST(a_gentle_stop_lets_the_program_end_by_itself)
{
	struct running running;

	begin(&running, "catch 15 7", NULL);
	ASSERT_OK(sandbox_stop(running.sb, 20000, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
	ASSERT_EQ(outcome.exit_code, 7);
	ASSERT_EQ(outcome.signal, 0);
}

TEST(a_stop_that_is_ignored_kills_when_its_grace_is_over)
{
	struct running running;
	long before = 0;
	long took = 0;

	begin(&running, "ignore_term", NULL);
	before = now_ms();
	ASSERT_OK(sandbox_stop(running.sb, 300, NULL));
	launch_finish(&running, &outcome);
	took = now_ms() - before;
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
	ASSERT_EQ(outcome.signal, SIGKILL);
	ASSERT_TRUE(took >= 299 && took < 5000);
}

TEST(a_second_stop_shortens_the_grace_and_never_lengthens_it)
{
	struct running running;
	long before = now_ms();

	begin(&running, "ignore_term", NULL);
	ASSERT_OK(sandbox_stop(running.sb, 60000, NULL));
	ASSERT_OK(sandbox_stop(running.sb, 100, NULL));
	ASSERT_OK(sandbox_stop(running.sb, 60000, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
	ASSERT_TRUE(now_ms() - before < 20000);
}

TEST(stopping_what_has_ended_succeeds_and_changes_nothing)
{
	struct running running;

	BEGIN(&running, .probe = "exit 5");
	ASSERT_OK(sandbox_wait(running.sb, 10000, NULL, NULL));
	ASSERT_OK(sandbox_stop(running.sb, 0, NULL));
	ASSERT_EQ(sandbox_stop(NULL, 0, NULL), -EINVAL);
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_EXITED);
	ASSERT_EQ(outcome.exit_code, 5);
}

TEST(the_wall_clock_ends_a_sandbox_that_runs_too_long)
{
	long before = now_ms();

	launch(
		&(const struct request){
			.probe = "wait",
			.document = "\"limits\": { \"wallMs\": \"300\" }" },
		&outcome);
	ASSERT_EQ(outcome.started, 0);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_WALL_TIME);
	ASSERT_EQ(outcome.signal, SIGKILL);
	ASSERT_TRUE(now_ms() - before >= 299 && now_ms() - before < 5000);
	/* The control: the same program without the limit ends by itself. */
	LAUNCH(&outcome, .probe = "wait 400");
}

TEST(the_wall_clock_asks_first_where_there_is_a_grace)
{
	const char *document = "\"limits\": { \"wallMs\": \"200\","
			       " \"graceMs\": \"20000\" }";

	launch(&(const struct request){ .probe = "catch 15 9",
					.document = document },
	       &outcome);
	ASSERT_EQ(outcome.started, 0);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_WALL_TIME);
	ASSERT_EQ(outcome.exit_code, 9);
}

TEST(what_is_freed_while_it_runs_is_killed)
{
	sandbox_engine *engine = launch_engine();
	struct census before = census_take();
	struct running running;
	char line[64];

	BEGIN(&running, .probe = "ignore_term", .engine = engine);
	launch_await_line(&running, line, sizeof(line));
	ASSERT_TRUE(census_processes() > before.processes);
	launch_drop(&running);
	CENSUS_CHECK(&before);
	sandbox_engine_close(engine);
}

TEST(a_sandbox_outlives_the_handle_of_its_engine)
{
	struct running running;
	char line[64];

	begin(&running, "catch 15 3", NULL);
	sandbox_engine_close(running.engine);
	running.own_engine = false;
	ASSERT_EQ(sandbox_wait(running.sb, 300, NULL, NULL), -ETIMEDOUT);
	ASSERT_OK(sandbox_signal(running.sb, SIGTERM, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_EXITED);
	ASSERT_EQ(outcome.exit_code, 3);
	(void)line;
}

/* The first number in a file of /proc that lists children. */
static int first_child(int pid)
{
	char path[64];
	FILE *file = NULL;
	int child = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid,
		       pid);
	file = fopen(path, "re");
	if (file != NULL) {
		if (fscanf(file, "%d", &child) != 1) {
			child = 0;
		}
		(void)fclose(file);
	}
	return child;
}

/* The fourth field of its stat, which a process of anybody's shows. */
static int parent_of(int pid)
{
	char path[64];
	char line[512] = "";
	FILE *file = NULL;
	const char *after = NULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	ASSERT_TRUE(file != NULL);
	ASSERT_TRUE(fgets(line, sizeof(line), file) != NULL);
	(void)fclose(file);
	after = strrchr(line, ')');
	ASSERT_TRUE(after != NULL && strlen(after) > 4);
	return (int)strtol(after + 4, NULL, 10);
}

/*
 * Killed by whoever may.  An ordinary user with ranges may not: init has ids
 * of its own then, so the test has nothing to try.
 */
TEST(an_init_that_is_killed_is_reported_as_lost)
{
	struct running running;
	struct census before = census_take();
	int init = 0;

	begin(&running, "wait", NULL);
	init = parent_of(sandbox_pid(running.sb));
	if (launch_mode() == MODE_RANGES) {
		ASSERT_EQ(kill(init, SIGKILL), -1);
		ASSERT_EQ(errno, EPERM);
		launch_drop(&running);
		return;
	}
	ASSERT_OK(kill(init, SIGKILL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_INIT_LOST);
	CENSUS_CHECK(&before);
}

TEST(a_launcher_that_is_killed_is_noticed_and_replaced)
{
	sandbox_engine *engine = launch_engine();
	struct running running;
	char line[64];
	int launcher = first_child(getpid());
	int first = sandbox_engine_fd(engine);

	ASSERT_TRUE(launcher > 0 && first >= 0);
	ASSERT_TRUE(!is_readable(first, 100));
	BEGIN(&running, .probe = "catch 15 6", .engine = engine);
	launch_await_line(&running, line, sizeof(line));
	if (kill(launcher, SIGKILL) < 0) {
		ASSERT_EQ(launch_mode(), MODE_RANGES);
		launch_drop(&running);
		sandbox_engine_close(engine);
		SKIP("this launcher has ids of its own: nobody here may kill"
		     " it");
	}
	ASSERT_TRUE(is_readable(first, 10000));
	LAUNCH(&outcome, .probe = "exit 0", .engine = engine);
	ASSERT_TRUE(!is_readable(sandbox_engine_fd(engine), 100));
	ASSERT_TRUE(first_child(getpid()) != launcher);
	/* What ran already is none of the launcher's business. */
	ASSERT_OK(sandbox_signal(running.sb, SIGTERM, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_EXITED);
	ASSERT_EQ(outcome.exit_code, 6);
	sandbox_engine_close(engine);
}

TEST(the_result_tells_everything_even_when_it_is_zero)
{
	static const char *const fields[] = {
		"\"ending\": \"EXITED\"", "\"exitCode\": 0",
		"\"signal\": 0",          "\"coreDumped\": false",
		"\"usage\": {",           "\"wallUs\": ",
		"\"cpuUserUs\": ",        "\"timings\": {",
		"\"planUs\": ",           "\"cloneUs\": ",
		"\"rootUs\": ",           "\"releaseUs\": ",
		"\"execUs\": ",           "\"teardownUs\": ",
		"\"effective\": {",       "\"features\": [",
		"\"enforced\"",
	};

	LAUNCH(&outcome, .probe = "exit 0");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		ASSERT_CONTAINS(outcome.json, fields[i]);
	}
}

TEST(the_result_counts_time)
{
	struct running running;
	sandbox_result *result = NULL;
	const char *json = NULL;
	size_t size = 0;

	BEGIN(&running, .probe = "spin 150");
	ASSERT_OK(sandbox_wait(running.sb, 20000, &result, NULL));
	ASSERT_TRUE(sandbox_result_wall_us(result) >= 150000);
	ASSERT_TRUE(sandbox_result_wall_us(result) < 20000000);
	json = strstr(sandbox_result_json(result), "\"cpuUserUs\": \"");
	ASSERT_TRUE(json != NULL);
	json = strchr(json, ':') + 3;
	ASSERT_TRUE(strtol(json, NULL, 10) > 20000);
	ASSERT_TRUE(sandbox_result_bytes(result, &size) != NULL && size > 0);
	sandbox_result_free(result);
	launch_drop(&running);
}

TEST(a_name_is_given_or_generated)
{
	struct running one;
	struct running two;
	struct running named;

	begin(&one, "wait", NULL);
	begin(&two, "wait", NULL);
	begin(&named, "wait", "\"id\": \"canary\"");
	ASSERT_STR(sandbox_id(named.sb), "canary");
	ASSERT_TRUE(sandbox_id(one.sb)[0] != '\0');
	ASSERT_TRUE(strcmp(sandbox_id(one.sb), sandbox_id(two.sb)) != 0);
	launch_drop(&one);
	launch_drop(&two);
	launch_drop(&named);
}
