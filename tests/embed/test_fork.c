/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host that forks: the child has copies of everything and may use none of
 * it, nor can it hold or harm what its parent has.
 */
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a host has when it forks. */
struct host {
	sandbox_engine *engine;
	sandbox_spec *sleeper;
	sandbox *running;
	sandbox_result *result; /* of another, which has ended */
};

static struct host make_host(void)
{
	struct host host = { .engine = host_engine(),
			     .sleeper = host_spec(HOST_SLEEP) };
	sandbox *ended = host_start(host.engine, host.sleeper);

	ASSERT_OK(sandbox_stop(ended, 0, NULL));
	ASSERT_OK(sandbox_wait(ended, HOST_TIMEOUT_MS, &host.result, NULL));
	sandbox_free(ended);
	host.running = host_start(host.engine, host.sleeper);
	return host;
}

static void free_host(const struct host *host)
{
	sandbox_result_free(host->result);
	sandbox_free(host->running);
	sandbox_spec_free(host->sleeper);
	sandbox_engine_close(host->engine);
}

/* Ends the test unless the child ended with 0; its assertions end it with 1. */
static void reap_well(pid_t child)
{
	int status = -1;

	ASSERT_OK(child);
	ASSERT_EQ(waitpid(child, &status, 0), child);
	ASSERT_EQ(status, 0);
}

/* The parent's sandbox is as it was. */
static void check_unharmed(const struct host *host)
{
	sandbox_spec *spec = host_spec(HOST_TRUE);

	ASSERT_EQ(sandbox_wait(host->running, 200, NULL, NULL), -ETIMEDOUT);
	ASSERT_TRUE(!host_readable(sandbox_engine_fd(host->engine), 0));
	host_run(host->engine, spec);
	sandbox_spec_free(spec);
}

#define ASSERT_REFUSED(call)                                    \
	do {                                                    \
		sandbox_error *error_ = NULL;                   \
		sandbox_error **error = &error_;                \
		int r_ = (call);                                \
		ASSERT_EQ(host_drop_error(r_, error_), -EPERM); \
	} while (0)

static void be_refused(const struct host *host)
{
	sandbox *sb = NULL;
	sandbox_result *result = NULL;
	char *text = NULL;

	ASSERT_REFUSED(sandbox_start(host->engine, host->sleeper, NULL, 0, &sb,
				     error));
	ASSERT_REFUSED(
		sandbox_explain(host->engine, host->sleeper, &text, error));
	ASSERT_REFUSED(sandbox_wait(host->running, 0, &result, error));
	ASSERT_REFUSED(sandbox_signal(host->running, SIGKILL, error));
	ASSERT_REFUSED(sandbox_stop(host->running, 0, error));
	ASSERT_EQ(sandbox_engine_fd(host->engine), -EPERM);
	ASSERT_EQ(sandbox_fd(host->running), -EPERM);
	ASSERT_TRUE(sb == NULL && result == NULL && text == NULL);
}

TEST(calls_in_a_child_fail_and_do_nothing)
{
	struct host host = make_host();
	pid_t child = fork();

	if (child == 0) {
		be_refused(&host);
		_exit(0);
	}
	reap_well(child);
	check_unharmed(&host);
	free_host(&host);
}

TEST(what_is_freed_in_a_child_lives_on_in_the_parent)
{
	struct host host = make_host();
	pid_t child = fork();

	if (child == 0) {
		int before = host_descriptors();

		free_host(&host);
		/* Its copies of the descriptors are gone, though. */
		ASSERT_TRUE(host_descriptors() < before);
		_exit(0);
	}
	reap_well(child);
	check_unharmed(&host);
	free_host(&host);
}

TEST(a_child_can_have_an_engine_of_its_own)
{
	struct host host = make_host();
	pid_t child = fork();

	if (child == 0) {
		sandbox_engine *engine = host_engine();
		sandbox_spec *spec = host_spec(HOST_TRUE);

		host_run(engine, spec);
		sandbox_spec_free(spec);
		sandbox_engine_close(engine);
		free_host(&host);
		_exit(0);
	}
	reap_well(child);
	check_unharmed(&host);
	free_host(&host);
}

/* A child that keeps copies of all sockets, and is to be killed. */
static pid_t fork_keeper(void)
{
	pid_t keeper = fork();

	ASSERT_OK(keeper);
	if (keeper == 0) {
		/* NOLINTNEXTLINE(bugprone-infinite-loop) */
		for (;;) {
			(void)pause();
		}
	}
	return keeper;
}

static void end_keeper(pid_t keeper)
{
	ASSERT_OK(kill(keeper, SIGKILL));
	ASSERT_EQ(waitpid(keeper, NULL, 0), keeper);
}

#define KEEPERS 64

struct keepers {
	atomic_bool enough;
	int count;
	pid_t pids[KEEPERS];
};

static void *fork_keepers(void *argument)
{
	struct keepers *keepers = argument;

	while (!atomic_load(&keepers->enough) && keepers->count < KEEPERS) {
		keepers->pids[keepers->count++] = fork_keeper();
		host_sleep_ms(1);
	}
	return NULL;
}

/*
 * Children that are forked while a sandbox starts hold copies of what tells of
 * the exec by its end; init is asked then, and a program with clocks of its
 * own is started in another way.
 */
TEST(children_with_copies_hold_no_start_up)
{
	static const char *const documents[] = {
		HOST_SLEEP,
		"{\"process\": {\"argv\": [\"sleep\", \"1000\"]},"
		" \"namespaces\": {\"monotonic_offset_ns\": 1000}}",
	};
	sandbox_engine *engine = host_engine();

	for (size_t i = 0; i < 2; i++) {
		sandbox_spec *spec = host_spec(documents[i]);
		struct keepers keepers = { .count = 0 };
		int64_t start = host_now_ms();
		pthread_t thread;

		ASSERT_EQ(pthread_create(&thread, NULL, fork_keepers, &keepers),
			  0);
		for (int j = 0; j < 8; j++) {
			sandbox *sb = host_start(engine, spec);

			ASSERT_OK(sandbox_stop(sb, 0, NULL));
			sandbox_free(sb);
		}
		atomic_store(&keepers.enough, true);
		ASSERT_EQ(pthread_join(thread, NULL), 0);
		ASSERT_TRUE(host_now_ms() - start < HOST_TIMEOUT_MS);
		for (int j = 0; j < keepers.count; j++) {
			end_keeper(keepers.pids[j]);
		}
		sandbox_spec_free(spec);
	}
	sandbox_engine_close(engine);
}

TEST(a_child_with_copies_keeps_no_sandbox_from_being_freed)
{
	int family = host_family();
	struct host host = make_host();
	pid_t keeper = fork_keeper();

	ASSERT_EQ(host_family(), family + 4);
	free_host(&host);
	/* The child alone: no program, no init, no launcher. */
	ASSERT_TRUE(host_await_family(family + 1, HOST_PATIENCE_MS) >= 0);
	end_keeper(keeper);
}

/* A host with a child that keeps its sockets open; tells the child's pid. */
__attribute__((noreturn)) static void be_keeping_host(int out)
{
	pid_t keeper = 0;

	(void)make_host();
	keeper = fork_keeper();
	if (write(out, &keeper, sizeof(keeper)) == sizeof(keeper)) {
		for (;;) {
			(void)pause();
		}
	}
	_exit(1);
}

TEST(a_child_with_copies_keeps_nothing_alive_for_a_killed_host)
{
	int family = host_family();
	int tell[2];
	pid_t keeper = 0;
	pid_t host = 0;

	ASSERT_OK(pipe2(tell, O_CLOEXEC));
	host = fork();
	if (host == 0) {
		be_keeping_host(tell[1]);
	}
	ASSERT_OK(host);
	ASSERT_EQ(read(tell[0], &keeper, sizeof(keeper)),
		  (ssize_t)sizeof(keeper));
	(void)close(tell[0]);
	(void)close(tell[1]);
	/* Host, child, launcher, init and program. */
	ASSERT_EQ(host_family(), family + 5);
	ASSERT_OK(kill(host, SIGKILL));
	ASSERT_EQ(waitpid(host, NULL, 0), host);
	if (host_await_family(family + 1, HOST_PATIENCE_MS) < 0) {
		int left = host_family() - family - 1;

		end_keeper(keeper);
		FAIL("%d processes are left beside the child", left);
	}
	ASSERT_TRUE(!host_leased());
	end_keeper(keeper);
}
