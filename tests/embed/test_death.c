/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What becomes of sandboxes when their host or their launcher is killed: the
 * first takes them with it, the second does not.
 */
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SANDBOXES = 50
};

/* Starts sandboxes, says so, and waits to be killed. */
__attribute__((noreturn)) static void be_host(int ready)
{
	sandbox_engine *engine = host_engine();
	sandbox_spec *spec = host_spec(HOST_SLEEP);

	for (int i = 0; i < SANDBOXES; i++) {
		(void)host_start(engine, spec);
	}
	if (write(ready, "r", 1) == 1) {
		for (;;) {
			(void)pause();
		}
	}
	_exit(1);
}

static pid_t fork_host(void)
{
	int ready[2];
	char byte = 0;
	pid_t host = 0;

	ASSERT_OK(pipe2(ready, O_CLOEXEC));
	host = fork();
	ASSERT_OK(host);
	if (host == 0) {
		be_host(ready[1]);
	}
	(void)close(ready[1]);
	ASSERT_EQ(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	return host;
}

static void kill_and_reap(pid_t pid)
{
	int status = 0;

	ASSERT_OK(kill(pid, SIGKILL));
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
}

TEST(a_killed_host_takes_its_sandboxes_with_it)
{
	int family = host_family();
	int mounts = host_mounts();
	pid_t host = fork_host();
	bool has_leases = host_leased();
	int64_t took = 0;
	sandbox_engine *engine = NULL;
	sandbox_spec *spec = host_spec(HOST_TRUE);

	/* An init and a program each, the launcher and the host. */
	ASSERT_EQ(host_family(), family + 2 * SANDBOXES + 2);
	/* One id needs no lease; root and users with ranges have them. */
	ASSERT_EQ(has_leases,
		  strcmp(getenv("SANDBOX_TEST_MODE"), "single") != 0);
	kill_and_reap(host);
	took = host_await_family(family, HOST_PATIENCE_MS);
	if (took < 0) {
		FAIL("%d processes are left", host_family() - family);
	}
	/* The next engine meets nothing of it, and has every id. */
	engine = host_engine();
	ASSERT_TRUE(!host_leased());
	ASSERT_EQ(host_mounts(), mounts);
	host_run(engine, spec);
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
}

TEST(a_killed_launcher_is_told_and_replaced)
{
	sandbox_engine *engine = host_engine();
	sandbox_spec *sleeper = host_spec(HOST_SLEEP);
	sandbox_spec *spec = host_spec(HOST_TRUE);
	sandbox *running = host_start(engine, sleeper);
	int launcher = host_only_child();

	ASSERT_TRUE(launcher > 0);
	ASSERT_TRUE(!host_readable(sandbox_engine_fd(engine), 0));
	ASSERT_OK(kill(launcher, SIGKILL));
	ASSERT_TRUE(host_readable(sandbox_engine_fd(engine), HOST_PATIENCE_MS));

	/* What runs goes on, and obeys. */
	ASSERT_EQ(sandbox_wait(running, 300, NULL, NULL), -ETIMEDOUT);
	ASSERT_OK(sandbox_signal(running, SIGCONT, NULL));

	host_run(engine, spec);
	ASSERT_TRUE(!host_readable(sandbox_engine_fd(engine), 0));
	ASSERT_EQ(sandbox_wait(running, 0, NULL, NULL), -ETIMEDOUT);
	ASSERT_OK(sandbox_stop(running, 0, NULL));
	host_finish(running, SANDBOX_ENDING_STOPPED);
	sandbox_spec_free(sleeper);
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
	/* The one that was killed was reaped, too. */
	ASSERT_EQ(waitpid(-1, NULL, WNOHANG), -1);
	ASSERT_EQ(errno, ECHILD);
}

TEST(a_launcher_that_dies_again_and_again_is_replaced_each_time)
{
	sandbox_engine *engine = host_engine();
	sandbox_spec *spec = host_spec(HOST_TRUE);

	for (int i = 0; i < 10; i++) {
		int launcher = host_only_child();

		ASSERT_TRUE(launcher > 0);
		ASSERT_OK(kill(launcher, SIGKILL));
		ASSERT_TRUE(host_readable(sandbox_engine_fd(engine),
					  HOST_PATIENCE_MS));
		host_run(engine, spec);
	}
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
}
