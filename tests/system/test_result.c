/* SPDX-License-Identifier: Apache-2.0 */
/* What a host learns of a sandbox, and when: descriptor, name and result. */
#include "census.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct outcome outcome;

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
	/* What was said at the start is a reason to look once, not for ever. */
	(void)is_readable(sandbox_fd(running.sb), 100);
	ASSERT_EQ(sandbox_wait(running.sb, 0, NULL, NULL), -ETIMEDOUT);
	ASSERT_TRUE(!is_readable(sandbox_fd(running.sb), 100));
	ASSERT_OK(sandbox_signal(running.sb, SIGKILL, NULL));
	ASSERT_TRUE(is_readable(sandbox_fd(running.sb), 10000));
	launch_finish(&running, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_SIGNALED);
	ASSERT_EQ(outcome.signal, SIGKILL);
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
