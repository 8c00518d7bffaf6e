/* SPDX-License-Identifier: Apache-2.0 */
/* Ids by the document's own maps. */
#include "control.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

/* What the users of the tests have: root all, "ranges" 65,536 from here on. */
#define GRANTED 1600000000U

#define MAPS(uids, gids)                                               \
	"\"identity\": { \"mode\": \"EXPLICIT\", \"uidMaps\": [ " uids \
	" ], \"gidMaps\": [ " gids " ] }"
#define RUN(inside, outside, count)                         \
	"{ \"inside\": " #inside ", \"outside\": " #outside \
	", \"count\": " #count " }"

static unsigned int host_uid(const struct running *running)
{
	char path[64];
	struct stat file;

	(void)snprintf(path, sizeof(path), "/proc/%d",
		       sandbox_pid(running->sb));
	ASSERT_OK(stat(path, &file));
	return file.st_uid;
}

/* Users and groups apart, in several runs, and init is none of them. */
TEST(ids_are_those_of_the_maps)
{
	static const char document[] =
		MAPS(RUN(0, 1600000500, 10) ", " RUN(1000, 1600001000, 2),
		     RUN(0, 1600002000, 2000));
	struct running running;
	char line[64];

	if (launch_mode() == MODE_SINGLE) {
		LAUNCH_FAILS(&outcome, .probe = "ids", .document = document);
		ASSERT_STR(outcome.subject, "identity.uid_maps[0].outside");
		ASSERT_CONTAINS(outcome.message, "/etc/subuid");
		return;
	}
	BEGIN(&running, .probe = "wait", .document = document,
	      .process = "\"user\": \"1001:7\"");
	launch_await_line(&running, line, sizeof(line));
	ASSERT_EQ(host_uid(&running), GRANTED + 1001);
	launch_drop(&running);
	SHELL(&outcome,
	      "cat /proc/self/uid_map /proc/self/gid_map; id -G;"
	      " echo a >/tmp/a && stat -c '%u %g' /tmp/a;"
	      " stat -c '%u' /proc/1 2>&1 | tail -c 3",
	      .document = document,
	      .process = "\"user\": \"1001:7\", \"extraGids\": [1999]",
	      .mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/made\","
			" \"uid\": 9, \"gid\": 1000 }");
	ASSERT_CONTAINS(outcome.out, "1000         11          2");
	ASSERT_CONTAINS(outcome.out, "\n7 1999\n1001 7\n");
	LAUNCH(&outcome, .probe = "try signal 1", .document = document,
	       .process = "\"user\": \"0:0\"");
	ASSERT_CONTAINS(outcome.out, "signal 1: EPERM");
}

/* Files keep the owners that they have on the host. */
TEST(files_of_the_host_are_those_of_the_mapped_ids)
{
	char mounts[1024];
	char path[600];
	struct stat file;

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root can make files of others");
	}
	(void)snprintf(path, sizeof(path), "%s", launch_folder("given"));
	ASSERT_OK(mkdir(path, 0700));
	ASSERT_OK(chown(path, 1600000005, 1600000006));
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/given\","
		       " \"writable\": true }",
		       path);
	SHELL(&outcome, "stat -c '%u %g' /given; echo a >/given/a",
	      .document = MAPS(RUN(0, 1600000000, 10), RUN(0, 1600000000, 10)),
	      .process = "\"user\": \"5:6\"", .mounts = mounts);
	ASSERT_STR(outcome.out, "5 6\n");
	(void)snprintf(path, sizeof(path), "%s/a", launch_folder("given"));
	ASSERT_OK(stat(path, &file));
	ASSERT_EQ(file.st_uid, 1600000005);
	ASSERT_EQ(file.st_gid, 1600000006);
}

/* Without any right there is still one map: one's own id. */
TEST(the_callers_own_id_may_be_any_inside)
{
	char document[512];

	(void)snprintf(document, sizeof(document),
		       MAPS("{ \"inside\": 5, \"outside\": %u, \"count\": 1 }",
			    "{ \"inside\": 6, \"outside\": %u, \"count\": 1 }"),
		       geteuid(), getegid());
	LAUNCH(&outcome, .probe = "ids", .document = document,
	       .process = "\"user\": \"5:6\"");
	ASSERT_STR(answer(outcome.out, "Uid"), "5\t5\t5\t5");
	ASSERT_STR(answer(outcome.out, "Gid"), "6\t6\t6\t6");
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = document);
	ASSERT_STR(outcome.subject, "process.user");
	ASSERT_CONTAINS(outcome.message, "user 1000 is not mapped");
}

/* Beside subordinate ids, too, and then init's is one of those. */
TEST(the_callers_own_id_goes_with_subordinate_ones)
{
	if (launch_mode() != MODE_RANGES) {
		SKIP("it takes subordinate ids, and an own one that is not 0");
	}
	LAUNCH(&outcome, .probe = "ids",
	       .document =
		       MAPS(RUN(0, 64101, 1) ", " RUN(1, 1600000000, 60000),
			    RUN(0, 64101, 1) ", " RUN(1, 1600000000, 60000)),
	       .process = "\"user\": \"0:0\"");
	ASSERT_STR(answer(outcome.out, "Uid"), "0\t0\t0\t0");
	/* All that there are: none is left for init. */
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = MAPS(RUN(0, 1600000000, 65536),
				      RUN(0, 1600000000, 65536)));
	ASSERT_EQ(outcome.kind, SANDBOX_ERROR_RESOURCE);
	ASSERT_CONTAINS(outcome.message, "left for the sandbox's own first");
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = MAPS(RUN(0, 1600000000, 65537),
				      RUN(0, 1600000000, 65536)));
	ASSERT_STR(outcome.subject, "identity.uid_maps[0].outside");
}

TEST(ids_that_are_roots_or_the_librarys_are_refused)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = MAPS(RUN(0, 0, 2), RUN(0, 5, 2)));
	ASSERT_STR(outcome.subject, "identity.uid_maps[0].outside");
	if (launch_mode() == MODE_ROOT) {
		LAUNCH_FAILS(&outcome, .probe = "ids",
			     .document = MAPS(RUN(0, 5, 2),
					      RUN(0, 1879048100, 100)));
		ASSERT_STR(outcome.subject, "identity.gid_maps[0].outside");
		ASSERT_CONTAINS(outcome.message, "leases to other sandboxes");
	}
}

/* Shared among those that name them, and kept from the leases of others. */
TEST(mapped_ids_are_not_leased_to_anybody)
{
	static const char document[] =
		MAPS(RUN(0, 1600000000, 64000), RUN(0, 1600000000, 64000));
	struct running one;
	struct running two;
	char line[64];

	if (launch_mode() != MODE_RANGES) {
		SKIP("only subordinate ids are both mapped and leased");
	}
	BEGIN(&one, .probe = "wait", .document = document);
	launch_await_line(&one, line, sizeof(line));
	BEGIN(&two, .probe = "wait", .document = document);
	launch_await_line(&two, line, sizeof(line));
	ASSERT_EQ(host_uid(&one), GRANTED + 1000);
	ASSERT_EQ(host_uid(&two), GRANTED + 1000);
	launch_drop(&two);
	BEGIN(&two, .probe = "wait", .document = NULL);
	launch_await_line(&two, line, sizeof(line));
	ASSERT_TRUE(host_uid(&two) >= GRANTED + 64000);
	launch_drop(&one);
	launch_drop(&two);
}

TEST(maps_that_are_preferred_give_way_to_other_ids)
{
	LAUNCH(&outcome, .probe = "ids",
	       .document = MAPS(
		       RUN(1000, 0, 2),
		       RUN(1000, 5, 2)) ", "
					"\"preferred\": [\"identity.mode\"]");
	ASSERT_STR(answer(outcome.out, "Uid"), "1000\t1000\t1000\t1000");
	ASSERT_CONTAINS(outcome.json, "left out: there is no right to them");
}
