/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks that are moved for the program, and for nobody else. */
#include "control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A day and a week, in seconds; a test is over in less than SLACK. */
#define DAY   86400LL
#define WEEK  604800LL
#define SLACK 100LL

#define MOVED                                                          \
	"\"namespaces\": { \"monotonicOffsetNs\": \"86400000000000\"," \
	" \"boottimeOffsetNs\": \"604800000000000\" }"

static struct outcome outcome;
static struct outcome outside;

/* By how many seconds the sandbox's @clock is before that of the host. */
static long long ahead(const char *clock)
{
	long long inside = strtoll(answer(outcome.out, clock), NULL, 10);

	return inside - strtoll(answer(outside.out, clock), NULL, 10);
}

static bool is_about(long long found, long long wanted)
{
	return found >= wanted - SLACK && found <= wanted + SLACK;
}

static void need_namespace(void)
{
	if (access("/proc/self/ns/time_for_children", F_OK) < 0) {
		SKIP("this kernel has no time namespaces");
	}
}

TEST(clocks_are_moved_as_the_document_says)
{
	need_namespace();
	control(CONTROL_PLAIN, "clocks", &outside);
	LAUNCH(&outcome, .probe = "clocks", .document = MOVED);
	ASSERT_TRUE(is_about(ahead("monotonic"), DAY));
	ASSERT_TRUE(is_about(ahead("boottime"), WEEK));
	ASSERT_TRUE(is_about(ahead("realtime"), 0));
	ASSERT_CONTAINS(outcome.json, "monotonic +86400000000000 ns, boottime "
				      "+604800000000000 ns");
	LAUNCH(&outcome, .probe = "clocks",
	       .document = "\"namespaces\": { \"boottimeOffsetNs\":"
			   " \"-1500000000\" }");
	ASSERT_TRUE(is_about(ahead("boottime"), -1));
	ASSERT_CONTAINS(outcome.json, "boottime -1500000000 ns");
}

TEST(clocks_are_the_hosts_unless_they_are_moved)
{
	need_namespace();
	control(CONTROL_PLAIN, "clocks", &outside);
	LAUNCH(&outcome, .probe = "clocks",
	       .document = "\"namespaces\": { \"time\": \"SHARED\" }");
	ASSERT_TRUE(is_about(ahead("monotonic"), 0));
	ASSERT_TRUE(is_about(ahead("boottime"), 0));
	ASSERT_TRUE(strstr(outcome.json, "time-namespace") == NULL);
	control(CONTROL_PLAIN, "ns", &outside);
	LAUNCH(&outcome, .probe = "ns");
	ASSERT_STR(answer(outcome.out, "time"), answer(outside.out, "time"));
	LAUNCH(&outcome, .probe = "ns", .document = MOVED);
	ASSERT_TRUE(ahead("time") != 0);
}

/* Its user by name, its descriptors and its filter are as without. */
TEST(all_else_is_as_with_the_hosts_clocks)
{
	static const struct trial trials[] = {
		{ "unshare user", "EPERM", CONTROL_PLAIN, NULL },
		{ "setns 1 time", "EPERM", CONTROL_PLAIN, NULL },
		{ "unshare time", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	need_namespace();
	TRY(trials, .document = MOVED);
	LAUNCH(&outcome, .probe = "fds", .document = MOVED,
	       .process = "\"user\": \"root\"");
	ASSERT_EQ(count_lines(outcome.out, "fd self"), 3);
}

/* The deadline is kept, and times are told, by the host's clock. */
TEST(what_is_measured_is_not_moved)
{
	const char *us = NULL;

	need_namespace();
	launch(&(const struct request){ .argv = "\"/bin/sleep\", \"60\"",
					.document = MOVED
					", \"limits\": { \"wallMs\": 400 }" },
	       &outcome);
	ASSERT_EQ(outcome.started, 0);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_WALL_TIME);
	us = strstr(outcome.json, "\"execUs\":");
	ASSERT_TRUE(us != NULL);
	us += strcspn(us, ":") + 1;
	us += strspn(us, " \"");
	ASSERT_TRUE(strtoll(us, NULL, 10) < SLACK * 1000000);
	us = strstr(outcome.json, "\"releaseUs\":");
	ASSERT_TRUE(us != NULL);
	us += strcspn(us, ":") + 1;
	us += strspn(us, " \"");
	ASSERT_TRUE(strtoll(us, NULL, 10) > 0 &&
		    strtoll(us, NULL, 10) < SLACK * 1000000);
}

/* No clock of the kernel's goes back behind 0, or beyond 146 years. */
TEST(a_clock_that_cannot_be_is_an_error_that_names_it)
{
	need_namespace();
	LAUNCH_FAILS(&outcome, .probe = "clocks",
		     .document = "\"namespaces\": { \"monotonicOffsetNs\":"
				 " \"-9000000000000000000\" }");
	ASSERT_EQ(outcome.error, ERANGE);
	ASSERT_STR(outcome.step, "set the clocks");
	ASSERT_STR(outcome.subject, "namespaces.monotonic_offset_ns");
	LAUNCH_FAILS(&outcome, .probe = "clocks",
		     .document = "\"namespaces\": { \"monotonicOffsetNs\": 1,"
				 " \"boottimeOffsetNs\":"
				 " \"9000000000000000000\" }");
	ASSERT_EQ(outcome.error, ERANGE);
	ASSERT_STR(outcome.subject, "namespaces.boottime_offset_ns");
}
