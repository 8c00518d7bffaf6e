/* SPDX-License-Identifier: Apache-2.0 */
/* Exclusive ranges of ids, among processes that come and go. */
#include "base/array.h"
#include "base/cleanup.h"
#include "engine/identity.h"
#include "host_case.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST 5000U

static const struct identity pool = {
	.privileged = true,
	.pool_first = FIRST,
	.pool_count = 100,
};

static int open_run_dir(void)
{
	int fd = -1;

	host_scratch();
	ASSERT_OK(run_dir_open(NULL, &fd, NULL));
	return fd;
}

static struct lease take(int run_dir, uint32_t count)
{
	struct lease lease = LEASE_INIT;

	ASSERT_OK(lease_take(run_dir, &pool, count, &lease, NULL));
	ASSERT_EQ(lease.count, count);
	return lease;
}

/* A child that has a lease, and waits to be killed. */
static pid_t start_holder(int run_dir, uint32_t count)
{
	int ends[2];
	char byte = 0;
	pid_t pid = 0;

	ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		struct lease lease = LEASE_INIT;

		if (lease_take(run_dir, &pool, count, &lease, NULL) == 0) {
			(void)write(ends[1], "", 1);
		}
		for (;;) {
			(void)pause();
		}
	}
	ASSERT_TRUE(pid > 0);
	close(ends[1]);
	ASSERT_EQ(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return pid;
}

static void end_holder(pid_t pid)
{
	ASSERT_EQ(kill(pid, SIGKILL), 0);
	ASSERT_EQ(waitpid(pid, NULL, 0), pid);
}

TEST(the_lowest_free_range_comes_first)
{
	_cleanup_close_ int run_dir = open_run_dir();
	struct lease a = take(run_dir, 10);
	struct lease b = take(run_dir, 20);
	struct lease c = take(run_dir, 10);

	ASSERT_EQ(a.first, FIRST);
	ASSERT_EQ(b.first, FIRST + 10);
	ASSERT_EQ(c.first, FIRST + 30);
	lease_release(&b);
	b = take(run_dir, 15);
	ASSERT_EQ(b.first, FIRST + 10);
	lease_release(&a);
	lease_release(&b);
	/* 30 are free in front of the last. */
	b = take(run_dir, 31);
	ASSERT_EQ(b.first, FIRST + 40);
	a = take(run_dir, 30);
	ASSERT_EQ(a.first, FIRST);
	lease_release(&a);
	lease_release(&b);
	lease_release(&c);
}

TEST(a_lease_of_another_process_is_kept_clear_of)
{
	_cleanup_close_ int run_dir = open_run_dir();
	pid_t holder = start_holder(run_dir, 7);
	struct lease lease = take(run_dir, 3);

	ASSERT_EQ(lease.first, FIRST + 7);
	lease_release(&lease);
	end_holder(holder);
}

TEST(a_killed_holder_holds_nothing)
{
	_cleanup_close_ int run_dir = open_run_dir();
	pid_t holder = start_holder(run_dir, 7);
	struct lease lease = LEASE_INIT;

	end_holder(holder);
	lease = take(run_dir, 3);
	ASSERT_EQ(lease.first, FIRST);
	lease_release(&lease);
}

TEST(a_child_that_inherited_the_lease_keeps_it)
{
	_cleanup_close_ int run_dir = open_run_dir();
	struct lease inherited = take(run_dir, 7);
	struct lease other = LEASE_INIT;
	pid_t pid = fork();

	if (pid == 0) {
		for (;;) {
			(void)pause();
		}
	}
	ASSERT_TRUE(pid > 0);
	lease_release(&inherited);
	other = take(run_dir, 3);
	ASSERT_EQ(other.first, FIRST + 7);
	lease_release(&other);
	end_holder(pid);
	other = take(run_dir, 3);
	ASSERT_EQ(other.first, FIRST);
	lease_release(&other);
}

TEST(a_pool_that_is_used_up_says_so)
{
	_cleanup_close_ int run_dir = open_run_dir();
	struct lease all = take(run_dir, pool.pool_count);
	struct lease more = LEASE_INIT;
	struct err err = ERR_INIT;

	ASSERT_EQ(lease_take(run_dir, &pool, 1, &more, &err), -EUSERS);
	ASSERT_EQ(err.kind, SANDBOX_ERROR_RESOURCE);
	ASSERT_STR(err.text, "lease ids: all 100 ids of the pool are in use");
	ASSERT_EQ(more.fd, -EBADF);
	lease_release(&all);
	ASSERT_EQ(lease_take(run_dir, &pool, pool.pool_count + 1, &more, NULL),
		  -EUSERS);
}

TEST(a_lease_of_no_ids_does_not_take_all)
{
	_cleanup_close_ int run_dir = open_run_dir();
	struct lease lease = LEASE_INIT;

	ASSERT_EQ(lease_take(run_dir, &pool, 0, &lease, NULL), -EINVAL);
	lease = take(run_dir, pool.pool_count);
	lease_release(&lease);
}

TEST(no_lease_crosses_a_border_of_the_ranges)
{
	static const struct identity split = {
		.pool_first = 1,
		.pool_count = 20,
		.setup = { .n_uid_ranges = 2,
			   .n_gid_ranges = 1,
			   .uid_ranges = { { 1, 100, 10, 0 },
					   { 11, 200, 10, 0 } },
			   .gid_ranges = { { 1, 300, 20, 0 } } },
	};
	static const uint32_t expected[] = { 1, 11, 9 };
	static const uint32_t counts[] = { 8, 8, 2 };
	_cleanup_close_ int run_dir = open_run_dir();
	struct lease leases[ARRAY_SIZE(counts)];
	struct lease more = LEASE_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
		ASSERT_OK(lease_take(run_dir, &split, counts[i], &leases[i],
				     NULL));
		ASSERT_EQ(leases[i].first, expected[i]);
	}
	ASSERT_EQ(lease_take(run_dir, &split, 3, &more, NULL), -EUSERS);
	for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
		lease_release(&leases[i]);
	}
}

TEST(a_lock_on_the_whole_file_ends_the_search)
{
	_cleanup_close_ int run_dir = open_run_dir();
	struct lease lease = take(run_dir, 1);
	struct lease more = LEASE_INIT;
	struct flock all = { .l_type = F_WRLCK };

	ASSERT_EQ(fcntl(lease.fd, F_OFD_SETLK, &all), 0);
	ASSERT_EQ(lease_take(run_dir, &pool, 1, &more, NULL), -EUSERS);
	lease_release(&lease);
}

#define RACERS 6
#define TURNS  200

/* Who has each id; a racer that finds one taken counts it. */
struct race {
	int owner[100];
	int collisions;
	int taken;
};

static void mark(struct race *race, const struct lease *lease, int from, int to)
{
	for (uint32_t i = 0; i < lease->count; i++) {
		int expected = from;
		int *owner = &race->owner[lease->first - FIRST + i];

		if (!__atomic_compare_exchange_n(owner, &expected, to, false,
						 __ATOMIC_SEQ_CST,
						 __ATOMIC_SEQ_CST)) {
			__atomic_add_fetch(&race->collisions, 1,
					   __ATOMIC_SEQ_CST);
		}
	}
}

static void run_race(struct race *race, int run_dir, int number)
{
	for (uint32_t turn = 0; turn < TURNS; turn++) {
		struct lease lease = LEASE_INIT;
		int r = lease_take(run_dir, &pool,
				   1 + (turn * 7 + (uint32_t)number) % 30,
				   &lease, NULL);

		if (r < 0) {
			continue;
		}
		__atomic_add_fetch(&race->taken, 1, __ATOMIC_SEQ_CST);
		mark(race, &lease, 0, number);
		mark(race, &lease, number, 0);
		lease_release(&lease);
	}
}

TEST(racing_processes_never_share_an_id)
{
	_cleanup_close_ int run_dir = open_run_dir();
	struct race *race = mmap(NULL, sizeof(*race), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pids[RACERS];

	ASSERT_TRUE(race != MAP_FAILED);
	for (int i = 0; i < RACERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			run_race(race, run_dir, i + 1);
			_exit(0);
		}
		ASSERT_TRUE(pids[i] > 0);
	}
	for (int i = 0; i < RACERS; i++) {
		int status = -1;

		ASSERT_EQ(waitpid(pids[i], &status, 0), pids[i]);
		ASSERT_EQ(status, 0);
	}
	ASSERT_EQ(race->collisions, 0);
	ASSERT_TRUE(race->taken > RACERS * TURNS / 2);
}
