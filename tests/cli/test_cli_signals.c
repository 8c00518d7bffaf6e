/* SPDX-License-Identifier: Apache-2.0 */
/* Signals to the command reach the sandbox, and end it when one insists. */
#include "cleanup.h"
#include "command_case.h"
#include "fake_sandbox.h"
#include "lib/tap.h"
#include "signals.h"

#include <signal.h>
#include <string.h>

#define MS UINT64_C(1000000)

/* Whoever runs the tests may ignore some: nohup does, and so do job runners. */
static void ignore_nothing(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		ASSERT_TRUE(signal(signals[i], SIG_DFL) != SIG_ERR);
	}
}

TEST(each_signal_is_passed_on)
{
	static const int signals[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH,
	};

	ignore_nothing();
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		struct outcome outcome;

		fake = (struct fake){
			.ending = SANDBOX_ENDING_SIGNALED,
			.signal = signals[i],
			.raise = { signals[i] },
		};
		outcome = command_case("run true");
		ASSERT_EQ(outcome.status, 128 + signals[i]);
		ASSERT_EQ(fake.n_signals, 1);
		ASSERT_EQ(fake.signals[0], signals[i]);
		ASSERT_EQ(fake.stopped, 0);
		outcome_done(&outcome);
	}
}

TEST(an_ignored_signal_stays_ignored)
{
	struct outcome outcome;

	ignore_nothing();
	ASSERT_TRUE(signal(SIGHUP, SIG_IGN) != SIG_ERR);
	fake.ending = SANDBOX_ENDING_EXITED;
	fake.raise[0] = SIGHUP;
	fake.raise[1] = SIGTERM;
	outcome = command_case("run true");
	ASSERT_EQ(fake.n_signals, 1);
	ASSERT_EQ(fake.signals[0], SIGTERM);
	outcome_done(&outcome);
}

TEST(the_signal_mask_is_as_before)
{
	sigset_t before;
	sigset_t after;
	struct outcome outcome;

	ignore_nothing();
	ASSERT_EQ(sigprocmask(SIG_SETMASK, NULL, &before), 0);
	fake.ending = SANDBOX_ENDING_EXITED;
	fake.raise[0] = SIGTERM;
	outcome = command_case("run true");
	ASSERT_EQ(sigprocmask(SIG_SETMASK, NULL, &after), 0);
	for (int signum = 1; signum < 32; signum++) {
		ASSERT_EQ(sigismember(&after, signum),
			  sigismember(&before, signum));
	}
	outcome_done(&outcome);
}

TEST(one_who_insists_ends_the_sandbox)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	ignore_nothing();
	fake.ending = SANDBOX_ENDING_STOPPED;
	fake.signal = SIGKILL;
	fake.survives_signals = true;
	fake.raise[0] = SIGINT;
	fake.raise_again = 2;
	outcome = command_case("run true");
	ASSERT_EQ(outcome.status, 137);
	ASSERT_EQ(fake.n_signals, 3);
	ASSERT_EQ(fake.stopped, 1);
}

TEST(the_third_within_two_seconds_insists)
{
	static const struct row {
		int signum;
		uint64_t ms;
		bool insists;
	} rows[] = {
		{ SIGINT, 10, false },     { SIGINT, 500, false },
		{ SIGHUP, 600, false },    { SIGTERM, 2010, true },
		{ SIGINT, 2600, false },   { SIGINT, 9000, false },
		{ SIGTERM, 10999, false }, { SIGTERM, 11000, true },
	};
	struct insistence insistence = { { 0 } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		ASSERT_EQ(insistence_note(&insistence, rows[i].signum,
					  rows[i].ms * MS),
			  rows[i].insists);
	}
}
