/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A busy host: threads that use memory all the time, children of its own, and
 * a thread that waits for any child, while others open engines and start
 * sandboxes.
 */
#include "host.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ALLOCATORS = 32,
	STARTERS = 4,
	LAUNCHES = 25, /* of each starter */
	OWN_CHILDREN = 40,
	BLOCKS = 64,
	BURST = 256,    /* allocations between two breaths */
	CODE_FIRST = 50 /* exit codes that no sandbox and no launcher has */
};

struct busy {
	atomic_bool stop;
	atomic_int own_reaped;
	atomic_int allocations;
	sandbox_engine *engine;
	sandbox_spec *spec;
};

/* A generator of its own: rand() has a lock and hides what is looked for. */
static unsigned int next_random(unsigned int *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 8;
}

static void fill(unsigned char **block, size_t *size, unsigned int random)
{
	*size = 1 + random % 6000;
	*block = malloc(*size);
	ASSERT_TRUE(*block != NULL);
	memset(*block, (int)(random & 0xff), *size);
}

static void check(const unsigned char *block, size_t size)
{
	for (size_t i = 0; i < size; i += 97) {
		ASSERT_EQ(block[i], block[0]);
	}
	ASSERT_EQ(block[size - 1], block[0]);
}

static void *allocate(void *argument)
{
	struct busy *busy = argument;
	unsigned char *blocks[BLOCKS] = { NULL };
	size_t sizes[BLOCKS] = { 0 };
	unsigned int state = (unsigned int)(uintptr_t)&blocks;
	unsigned int count = 0;

	while (!atomic_load(&busy->stop)) {
		unsigned int random = next_random(&state);
		size_t i = random % BLOCKS;

		if (blocks[i] != NULL) {
			check(blocks[i], sizes[i]);
			free(blocks[i]);
		}
		fill(&blocks[i], &sizes[i], random);
		/* Busy, but not so that nobody else has the processor. */
		(void)atomic_fetch_add(&busy->allocations, 1);
		if (++count % BURST == 0) {
			host_sleep_ms(10);
		}
	}
	for (size_t i = 0; i < BLOCKS; i++) {
		free(blocks[i]);
	}
	return NULL;
}

/* Takes whatever child ends, and knows the host's own by their codes. */
static void *reap(void *argument)
{
	struct busy *busy = argument;

	while (!atomic_load(&busy->stop)) {
		int status = 0;
		pid_t pid = waitpid(-1, &status, WNOHANG);

		if (pid > 0 && WIFEXITED(status) &&
		    WEXITSTATUS(status) >= CODE_FIRST) {
			(void)atomic_fetch_add(&busy->own_reaped, 1);
		}
		if (pid <= 0) {
			host_sleep_ms(1);
		}
	}
	return NULL;
}

static void *start(void *argument)
{
	struct busy *busy = argument;

	for (int i = 0; i < LAUNCHES; i++) {
		host_run(busy->engine, busy->spec);
	}
	return NULL;
}

static void *open_and_close(void *argument)
{
	const struct busy *busy = argument;

	for (int i = 0; i < LAUNCHES / 4; i++) {
		sandbox_engine *engine = host_engine();

		host_run(engine, busy->spec);
		sandbox_engine_close(engine);
	}
	return NULL;
}

static void have_children(void)
{
	for (int i = 0; i < OWN_CHILDREN; i++) {
		pid_t pid = fork();

		ASSERT_OK(pid);
		if (pid == 0) {
			_exit(CODE_FIRST + i);
		}
		host_sleep_ms(2);
	}
}

static pthread_t begin(void *(*run)(void *), struct busy *busy)
{
	pthread_t thread;

	ASSERT_EQ(pthread_create(&thread, NULL, run, busy), 0);
	return thread;
}

static void await_own(struct busy *busy)
{
	int64_t limit = host_now_ms() + HOST_TIMEOUT_MS;

	while (atomic_load(&busy->own_reaped) < OWN_CHILDREN &&
	       host_now_ms() < limit) {
		host_sleep_ms(5);
	}
	ASSERT_EQ(atomic_load(&busy->own_reaped), OWN_CHILDREN);
}

TEST(a_busy_host_starts_sandboxes_and_keeps_its_children)
{
	struct busy busy = { .engine = host_engine(),
			     .spec = host_spec(HOST_TRUE) };
	pthread_t background[ALLOCATORS + 1];
	pthread_t starters[STARTERS + 1];

	for (int i = 0; i < ALLOCATORS; i++) {
		background[i] = begin(allocate, &busy);
	}
	background[ALLOCATORS] = begin(reap, &busy);
	for (int i = 0; i < STARTERS; i++) {
		starters[i] = begin(start, &busy);
	}
	starters[STARTERS] = begin(open_and_close, &busy);
	have_children();
	for (int i = 0; i <= STARTERS; i++) {
		(void)pthread_join(starters[i], NULL);
	}
	await_own(&busy);
	ASSERT_TRUE(atomic_load(&busy.allocations) > ALLOCATORS);
	/* Its launcher may be reaped by the other thread: that is no harm. */
	sandbox_engine_close(busy.engine);
	atomic_store(&busy.stop, true);
	for (int i = 0; i <= ALLOCATORS; i++) {
		(void)pthread_join(background[i], NULL);
	}
	sandbox_spec_free(busy.spec);
	while (waitpid(-1, NULL, WNOHANG) > 0) {
	}
	ASSERT_EQ(errno, ECHILD);
}

/* Signals and stops come while another thread waits. */
static void *wait_for_end(void *argument)
{
	ASSERT_OK(sandbox_wait(argument, HOST_TIMEOUT_MS, NULL, NULL));
	return NULL;
}

TEST(a_sandbox_is_stopped_while_another_thread_waits_for_it)
{
	sandbox_engine *engine = host_engine();
	sandbox_spec *spec = host_spec(HOST_SLEEP);

	for (int i = 0; i < 10; i++) {
		sandbox *sb = host_start(engine, spec);
		pthread_t waiter;

		ASSERT_EQ(pthread_create(&waiter, NULL, wait_for_end, sb), 0);
		ASSERT_OK(sandbox_signal(sb, SIGCONT, NULL));
		ASSERT_OK(sandbox_stop(sb, 0, NULL));
		(void)pthread_join(waiter, NULL);
		host_finish(sb, SANDBOX_ENDING_STOPPED);
	}
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
}

/* Eight threads, one engine, the first launch of a specification included. */
static void *start_and_free(void *argument)
{
	struct busy *busy = argument;

	for (int i = 0; i < LAUNCHES; i++) {
		sandbox *sb = host_start(busy->engine, busy->spec);

		ASSERT_TRUE(sandbox_id(sb)[0] != '\0');
		ASSERT_TRUE(sandbox_fd(sb) >= 0);
		(void)sandbox_engine_fd(busy->engine);
		if (i % 2 == 0) {
			host_finish(sb, SANDBOX_ENDING_EXITED);
		} else {
			sandbox_free(sb);
		}
	}
	return NULL;
}

TEST(eight_threads_start_from_one_specification_at_once)
{
	struct busy busy = { .engine = host_engine(),
			     .spec = host_spec(HOST_TRUE) };
	pthread_t starters[8];

	for (int i = 0; i < 8; i++) {
		starters[i] = begin(start_and_free, &busy);
	}
	for (int i = 0; i < 8; i++) {
		(void)pthread_join(starters[i], NULL);
	}
	sandbox_spec_free(busy.spec);
	sandbox_engine_close(busy.engine);
}

/* The launcher is killed under them all: each start finds one that lives. */
TEST(a_launcher_that_is_killed_under_eight_threads_is_replaced)
{
#ifdef __SANITIZE_THREAD__
	SKIP("ThreadSanitizer takes the launcher's start for a fork, and"
	     " ignores the locks of that thread from then on");
#endif
	struct busy busy = { .engine = host_engine(),
			     .spec = host_spec(HOST_TRUE) };
	pthread_t starters[8];
	int launcher = host_only_child();

	host_run(busy.engine, busy.spec);
	ASSERT_OK(kill(launcher, SIGKILL));
	ASSERT_TRUE(host_readable(sandbox_engine_fd(busy.engine),
				  HOST_PATIENCE_MS));
	for (int i = 0; i < 8; i++) {
		starters[i] = begin(start_and_free, &busy);
	}
	for (int i = 0; i < 8; i++) {
		(void)pthread_join(starters[i], NULL);
	}
	ASSERT_TRUE(host_only_child() != launcher);
	sandbox_spec_free(busy.spec);
	sandbox_engine_close(busy.engine);
}
