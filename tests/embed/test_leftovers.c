/* SPDX-License-Identifier: Apache-2.0 */
/* A host that has run many sandboxes is as it was before. */
#include "host.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LAUNCHES = 200,
	ALIVE = 20
};

struct state {
	int descriptors;
	int processes;
	int mounts;
	bool leased;
};

static struct state look(void)
{
	return (struct state){ host_descriptors(), host_family(), host_mounts(),
			       host_leased() };
}

static void check_same(const struct state *before)
{
	struct state now = { 0 };

	if (host_await_family(before->processes, HOST_PATIENCE_MS) < 0) {
		FAIL("%d processes before, %d now", before->processes,
		     host_family());
	}
	now = look();
	ASSERT_EQ(now.descriptors, before->descriptors);
	ASSERT_EQ(now.mounts, before->mounts);
	ASSERT_EQ(now.leased, before->leased);
}

/*
 * With an engine and no sandbox: the init of the last one may still be on its
 * way out when its end has been told.
 */
static struct state look_at_idle(const struct state *before)
{
	ASSERT_TRUE(host_await_family(before->processes + 1,
				      HOST_PATIENCE_MS) >= 0);
	return look();
}

TEST(an_engine_is_one_process_and_leaves_none)
{
	struct state before = look();
	sandbox_engine *engine = host_engine();

	ASSERT_EQ(host_family(), before.processes + 1);
	ASSERT_TRUE(host_descriptors() > before.descriptors);
	sandbox_engine_close(engine);
	check_same(&before);
}

TEST(two_hundred_sandboxes_leave_nothing)
{
	struct state before = look();
	sandbox_engine *engine = host_engine();
	sandbox_spec *spec = host_spec(HOST_TRUE);
	struct state opened = { 0 };

	/* What the first launch keeps for the others is not a leak. */
	host_run(engine, spec);
	opened = look_at_idle(&before);
	for (int i = 0; i < LAUNCHES; i++) {
		host_run(engine, spec);
	}
	check_same(&opened);
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
	check_same(&before);
}

TEST(launches_that_fail_leave_nothing)
{
	struct state before = look();
	sandbox_engine *engine = host_engine();
	sandbox_spec *good = host_spec(HOST_TRUE);
	sandbox_spec *bad =
		host_spec("{\"process\": {\"argv\": [\"/no/such\"]}}");
	struct state opened = { 0 };

	host_run(engine, good);
	opened = look_at_idle(&before);
	for (int i = 0; i < LAUNCHES; i++) {
		sandbox *sb = NULL;
		sandbox_error *error = NULL;
		int r = sandbox_start(engine, bad, NULL, 0, &sb, &error);

		ASSERT_EQ(host_drop_error(r, error), -ENOENT);
		ASSERT_TRUE(sb == NULL);
	}
	sandbox_spec_free(bad);
	check_same(&opened);
	sandbox_spec_free(good);
	sandbox_engine_close(engine);
	check_same(&before);
}

TEST(sandboxes_that_are_freed_alive_leave_nothing)
{
	struct state before = look();
	sandbox_engine *engine = host_engine();
	sandbox_spec *spec = host_spec(HOST_SLEEP);
	sandbox *alive[ALIVE];

	for (int i = 0; i < ALIVE; i++) {
		alive[i] = host_start(engine, spec);
	}
	/* Else what follows would say nothing. */
	ASSERT_TRUE(host_family() >= before.processes + 1 + 2 * ALIVE);
	for (int i = 0; i < ALIVE; i++) {
		sandbox_free(alive[i]);
	}
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
	check_same(&before);
}

TEST(manners_are_kept)
{
	char folder[2][4096];
	mode_t mask = umask(027);
	sandbox_engine *engine = NULL;
	sandbox_spec *spec = host_spec(HOST_TRUE);

	ASSERT_TRUE(getcwd(folder[0], sizeof(folder[0])) != NULL);
	engine = host_engine();
	host_run(engine, spec);
	sandbox_spec_free(spec);
	sandbox_engine_close(engine);
	ASSERT_TRUE(getcwd(folder[1], sizeof(folder[1])) != NULL);
	ASSERT_STR(folder[0], folder[1]);
	ASSERT_EQ(umask(mask), 027);
}
