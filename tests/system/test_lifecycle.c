/* SPDX-License-Identifier: Apache-2.0 */
/* From the start to the end: waiting, signals, limits of time, endings. */
#include "census.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct outcome outcome;

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_readable(int fd, int timeout_ms)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	return poll(&wait, 1, timeout_ms) == 1;
}

static void begin(struct running *running, const char *probe,
		  const char *document)
{
	char line[64];

	BEGIN(running, .probe = probe, .document = document);
	launch_await_line(running, line, sizeof(line));
	ASSERT_STR(line, "ready");
}

TEST(a_wait_ends_after_its_timeout)
{
	struct running running;
	sandbox_error *error = NULL;
	int64_t start = 0;

	begin(&running, "wait", NULL);
	start = now_ms();
	ASSERT_EQ(sandbox_wait(running.sb, 0, NULL, NULL), -ETIMEDOUT);
	ASSERT_TRUE(now_ms() - start < 50);
	ASSERT_EQ(sandbox_wait(running.sb, 100, NULL, &error), -ETIMEDOUT);
	ASSERT_TRUE(now_ms() - start >= 100);
	ASSERT_EQ(sandbox_error_errno(error), ETIMEDOUT);
	ASSERT_EQ(sandbox_error_kind(error), SANDBOX_ERROR_STATE);
	sandbox_error_free(error);
	launch_drop(&running);
}

TEST(a_result_may_be_asked_for_again)
{
	struct running running;
	sandbox_result *one = NULL;
	sandbox_result *two = NULL;

	BEGIN(&running, .probe = "exit 3");
	ASSERT_OK(sandbox_wait(running.sb, -1, &one, NULL));
	ASSERT_OK(sandbox_wait(running.sb, 0, &two, NULL));
	ASSERT_OK(sandbox_wait(running.sb, 0, NULL, NULL));
	ASSERT_EQ(sandbox_result_exit_code(one), 3);
	ASSERT_STR(sandbox_result_json(one), sandbox_result_json(two));
	sandbox_result_free(one);
	launch_drop(&running);
	/* It lives longer than its sandbox. */
	ASSERT_EQ(sandbox_result_exit_code(two), 3);
	sandbox_result_free(two);
}

TEST(the_descriptor_of_a_sandbox_tells_of_its_end)
{
	struct running running;

	begin(&running, "catch 10 7", NULL);
	(void)sandbox_wait(running.sb, 0, NULL, NULL);
	ASSERT_TRUE(!is_readable(sandbox_fd(running.sb), 50));
	ASSERT_OK(sandbox_signal(running.sb, SIGUSR1, NULL));
	ASSERT_TRUE(is_readable(sandbox_fd(running.sb), 5000));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.exit_code, 7);
}

TEST(a_signal_reaches_the_main_process)
{
	struct running running;

	begin(&running, "catch 2 42", NULL);
	ASSERT_OK(sandbox_signal(running.sb, SIGINT, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_EXITED);
	ASSERT_EQ(outcome.exit_code, 42);
	begin(&running, "wait", NULL);
	ASSERT_OK(sandbox_signal(running.sb, SIGKILL, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_SIGNALED);
	ASSERT_EQ(outcome.signal, SIGKILL);
}

TEST(a_signal_to_nobody_is_an_error)
{
	struct running running;
	sandbox_error *error = NULL;

	begin(&running, "wait", NULL);
	ASSERT_EQ(sandbox_signal(running.sb, 0, NULL), -EINVAL);
	ASSERT_EQ(sandbox_signal(running.sb, 65, NULL), -EINVAL);
	ASSERT_EQ(sandbox_signal(NULL, SIGTERM, NULL), -EINVAL);
	ASSERT_OK(sandbox_stop(running.sb, 0, NULL));
	ASSERT_OK(sandbox_wait(running.sb, -1, NULL, NULL));
	ASSERT_EQ(sandbox_signal(running.sb, SIGTERM, &error), -ESRCH);
	ASSERT_EQ(sandbox_error_errno(error), ESRCH);
	sandbox_error_free(error);
	ASSERT_OK(sandbox_stop(running.sb, 0, NULL));
	launch_drop(&running);
}

TEST(stopping_is_gentle_first)
{
	struct running running;

	begin(&running, "catch 15 9", NULL);
	ASSERT_OK(sandbox_stop(running.sb, 10000, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
	ASSERT_EQ(outcome.exit_code, 9);
}

TEST(stopping_is_by_force_after_the_grace)
{
	struct running running;
	int64_t start = 0;

	begin(&running, "ignore_term", NULL);
	start = now_ms();
	ASSERT_OK(sandbox_stop(running.sb, 200, NULL));
	launch_finish(&running, &outcome);
	ASSERT_TRUE(now_ms() - start >= 200 && now_ms() - start < 5000);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
	ASSERT_EQ(outcome.signal, SIGKILL);
}

TEST(a_second_stop_may_only_shorten_the_grace)
{
	struct running running;
	int64_t start = now_ms();

	begin(&running, "ignore_term", NULL);
	ASSERT_OK(sandbox_stop(running.sb, 60000, NULL));
	ASSERT_OK(sandbox_stop(running.sb, 100, NULL));
	ASSERT_OK(sandbox_stop(running.sb, 60000, NULL));
	launch_finish(&running, &outcome);
	ASSERT_TRUE(now_ms() - start < 10000);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
}

TEST(the_wall_clock_ends_a_sandbox)
{
	struct running running;
	int64_t start = now_ms();

	begin(&running, "wait",
	      "\"limits\": { \"wallMs\": 300, \"graceMs\": 5000 }");
	launch_finish(&running, &outcome);
	ASSERT_TRUE(now_ms() - start >= 250 && now_ms() - start < 4000);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_WALL_TIME);
	ASSERT_EQ(outcome.signal, SIGTERM);
	begin(&running, "ignore_term",
	      "\"limits\": { \"wallMs\": 100, \"graceMs\": 200 }");
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_WALL_TIME);
	ASSERT_EQ(outcome.signal, SIGKILL);
}

/* The clock is init's: a host that does not look changes nothing. */
TEST(the_wall_clock_runs_without_the_host)
{
	struct census before = census_take();
	struct running running;
	const struct timespec pause = { 0, 600000000 };

	begin(&running, "ignore_term", "\"limits\": { \"wallMs\": 100 }");
	(void)nanosleep(&pause, NULL);
	ASSERT_EQ(census_processes(), before.processes + 1); /* the launcher */
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_WALL_TIME);
}

TEST(freeing_a_sandbox_that_runs_ends_it)
{
	struct census before = census_take();
	struct running running;

	begin(&running, "ignore_term", NULL);
	launch_drop(&running);
	CENSUS_CHECK(&before);
}

TEST(closing_the_engine_first_leaves_its_sandboxes_alone)
{
	struct census before = census_take();
	struct running running;

	begin(&running, "catch 10 5", NULL);
	sandbox_engine_close(running.engine);
	running.own_engine = false;
	ASSERT_EQ(sandbox_wait(running.sb, 100, NULL, NULL), -ETIMEDOUT);
	ASSERT_OK(sandbox_signal(running.sb, SIGUSR1, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.exit_code, 5);
	CENSUS_CHECK(&before);
}

/* The launcher is the only child of this process. */
static int find_launcher(void)
{
	char path[64];
	char line[64] = "";
	int pid = 0;
	FILE *file = NULL;

	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children",
		       getpid());
	file = fopen(path, "re");
	ASSERT_TRUE(file != NULL && fgets(line, sizeof(line), file) != NULL);
	(void)fclose(file);
	pid = (int)strtol(line, NULL, 10);
	ASSERT_TRUE(pid > 0);
	return pid;
}

TEST(a_launcher_that_dies_is_told_of_and_started_again)
{
	struct census before = census_take();
	sandbox_engine *engine = launch_engine();
	struct running running;
	char line[64];

	BEGIN(&running, .probe = "catch 10 6", .engine = engine);
	launch_await_line(&running, line, sizeof(line));
	ASSERT_TRUE(!is_readable(sandbox_engine_fd(engine), 0));
	ASSERT_OK(kill(find_launcher(), SIGKILL));
	ASSERT_TRUE(is_readable(sandbox_engine_fd(engine), 5000));
	/* The next start has a new one, and the old sandbox its handle. */
	LAUNCH(&outcome, .probe = "exit 0", .engine = engine);
	ASSERT_TRUE(!is_readable(sandbox_engine_fd(engine), 0));
	ASSERT_OK(sandbox_signal(running.sb, SIGUSR1, NULL));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.exit_code, 6);
	sandbox_engine_close(engine);
	CENSUS_CHECK(&before);
}

/* The parent of the main process, as the host sees it. */
static int find_init(const struct running *running)
{
	char path[64];
	char line[512] = "";
	FILE *file = NULL;
	const char *after = NULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat",
		       sandbox_pid(running->sb));
	file = fopen(path, "re");
	ASSERT_TRUE(file != NULL && fgets(line, sizeof(line), file) != NULL);
	(void)fclose(file);
	after = strrchr(line, ')');
	ASSERT_TRUE(after != NULL && strlen(after) > 4);
	return (int)strtol(after + 4, NULL, 10);
}

TEST(an_init_that_is_killed_from_outside_is_lost)
{
	struct census before = census_take();
	struct running running;

	begin(&running, "ignore_term", NULL);
	/* A guarded init is another user's, but its caller's to kill. */
	if (kill(find_init(&running), SIGKILL) < 0) {
		launch_drop(&running);
		SKIP("the host may not signal init: %s", strerror(errno));
	}
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_INIT_LOST);
	CENSUS_CHECK(&before);
}

TEST(many_sandboxes_live_side_by_side)
{
	static struct running running[20];
	struct census before = census_take();
	sandbox_engine *engine = launch_engine();

	for (int i = 0; i < 20; i++) {
		char line[64];

		BEGIN(&running[i], .probe = "catch 10 1", .engine = engine);
		launch_await_line(&running[i], line, sizeof(line));
	}
	for (int i = 19; i >= 0; i--) {
		ASSERT_OK(sandbox_signal(running[i].sb, SIGUSR1, NULL));
		launch_finish(&running[i], &outcome);
		ASSERT_EQ(outcome.exit_code, 1);
	}
	sandbox_engine_close(engine);
	CENSUS_CHECK(&before);
}
