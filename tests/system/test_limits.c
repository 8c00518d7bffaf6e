/* SPDX-License-Identifier: Apache-2.0 */
/* Limits that control groups hold: hit by who is in them, and gone with them.
 */
#include "control.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct outcome outcome;

#define LIMITS(members) "\"limits\": { " members " }"
#define MIB             "1048576"

/* Reads 200 MiB into memory at once, and says so. */
#define NEEDS_200_MIB                                                 \
	"dd if=/dev/zero of=/dev/null bs=200M count=1 2>/dev/null &&" \
	" echo had"

/* Where the group is that process @pid is in, for a controller; "" = none. */
static const char *group_of(int pid, const char *controller)
{
	static char path[1024];
	char line[512];
	FILE *file = NULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/cgroup", pid);
	file = fopen(path, "re");
	ASSERT_TRUE(file != NULL);
	path[0] = '\0';
	while (fgets(line, sizeof(line), file) != NULL) {
		char *names = strchr(line, ':') + 1;
		char *group = strchr(names, ':') + 1;

		group[-1] = '\0';
		group[strcspn(group, "\n")] = '\0';
		if (names[0] == '\0' && path[0] == '\0') {
			(void)snprintf(path, sizeof(path), "/sys/fs/cgroup%s",
				       group);
		} else if (strcmp(names, controller) == 0) {
			(void)snprintf(path, sizeof(path),
				       "/sys/fs/cgroup/%s%s", names, group);
		}
	}
	(void)fclose(file);
	return path;
}

/* The text of a file of that group, which has one name in each version. */
static const char *setting(int pid, const char *controller, const char *v1,
			   const char *v2)
{
	static char text[256];
	char path[1200];
	FILE *file = NULL;
	const char *group = group_of(pid, controller);

	(void)snprintf(path, sizeof(path), "%s/%s", group, v1);
	if (access(path, F_OK) < 0) {
		(void)snprintf(path, sizeof(path), "%s/%s", group, v2);
	}
	file = fopen(path, "re");
	if (file == NULL) {
		FAIL("no %s", path);
	}
	ASSERT_TRUE(fgets(text, sizeof(text), file) != NULL);
	(void)fclose(file);
	text[strcspn(text, "\n")] = '\0';
	return text;
}

/* Who may make no groups here is refused, and by name. */
static bool may_make_groups(const char *limits, const char *field)
{
	struct request request = { .probe = "ids", .document = limits };

	launch(&request, &outcome);
	if (outcome.started >= 0) {
		return true;
	}
	ASSERT_EQ(outcome.kind, SANDBOX_ERROR_UNSUPPORTED);
	ASSERT_STR(outcome.subject, field);
	ASSERT_CONTAINS(outcome.message, "control groups");
	ASSERT_TRUE(launch_mode() != MODE_ROOT);
	return false;
}

TEST(more_memory_than_allowed_ends_the_sandbox)
{
	struct request request = {
		.argv = "\"/bin/sh\", \"-c\", \"" NEEDS_200_MIB
			" || echo lives; sleep 30\"",
		.document = LIMITS("\"memoryBytes\": \"67108864\""),
	};

	if (!may_make_groups(LIMITS("\"memoryBytes\": \"67108864\""),
			     "limits.memory_bytes")) {
		return;
	}
	launch(&request, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_OUT_OF_MEMORY);
	ASSERT_STR(outcome.out, "");
	ASSERT_CONTAINS(outcome.json, "\"oomKills\": \"");
	ASSERT_TRUE(strstr(outcome.json, "\"oomKills\": \"0\"") == NULL);
	SHELL(&outcome, NEEDS_200_MIB,
	      .document = LIMITS("\"memoryBytes\": \"536870912\""));
	ASSERT_STR(outcome.out, "had\n");
	ASSERT_CONTAINS(outcome.json, "\"oomKills\": \"0\"");
}

TEST(one_process_may_be_killed_alone)
{
	static const char limits[] =
		LIMITS("\"memoryBytes\": \"67108864\", \"oomKillOne\": true");

	if (!may_make_groups(limits, "limits.memory_bytes")) {
		return;
	}
	SHELL(&outcome, NEEDS_200_MIB " || echo lives", .document = limits);
	ASSERT_STR(outcome.out, "lives\n");
	ASSERT_TRUE(strstr(outcome.json, "\"oomKills\": \"0\"") == NULL);
}

TEST(a_kill_of_another_kind_is_no_shortage_of_memory)
{
	static const char limits[] = LIMITS("\"memoryBytes\": \"67108864\"");
	struct request request = {
		.argv = "\"/bin/sh\", \"-c\", \"kill -9 $$\"",
		.document = limits
	};

	if (!may_make_groups(limits, "limits.memory_bytes")) {
		return;
	}
	launch(&request, &outcome);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_SIGNALED);
	ASSERT_EQ(outcome.signal, 9);
}

TEST(a_processor_is_had_in_part)
{
	static const char limits[] = LIMITS("\"cpuMilli\": 100");
	const char *stopped = NULL;

	if (!may_make_groups(limits, "limits.cpu_milli")) {
		return;
	}
	SHELL(&outcome, "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done",
	      .document = limits);
	stopped = strstr(outcome.json, "\"throttledUs\": \"");
	ASSERT_TRUE(stopped != NULL);
	ASSERT_TRUE(strtoull(stopped + strlen("\"throttledUs\": \""), NULL,
			     10) > 0);
}

TEST(shares_and_sets_of_processors_are_set)
{
	static const char limits[] =
		LIMITS("\"cpuWeight\": 50, \"cpusetCpus\": \"0\","
		       " \"cpusetMems\": \"0\"");
	struct running running;
	char line[64];
	int pid = 0;

	if (!may_make_groups(limits, "limits.cpu_weight")) {
		return;
	}
	BEGIN(&running, .argv = "\"/bin/sh\", \"-c\", \"nproc; sleep 30\"",
	      .document = limits);
	launch_await_line(&running, line, sizeof(line));
	ASSERT_STR(line, "1");
	pid = sandbox_pid(running.sb);
	if (strcmp(setting(pid, "cpu", "cpu.shares", "cpu.weight"), "50") !=
	    0) {
		ASSERT_STR(setting(pid, "cpu", "cpu.shares", "cpu.weight"),
			   "512");
	}
	ASSERT_STR(setting(pid, "cpuset", "cpuset.cpus", "cpuset.cpus"), "0");
	ASSERT_STR(setting(pid, "cpuset", "cpuset.mems", "cpuset.mems"), "0");
	launch_drop(&running);
}

/* Together with memory in version 1, alone in version 2. */
static void assert_swap(int pid, const char *together, const char *alone)
{
	const char *found =
		setting(pid, "memory", "memory.memsw.limit_in_bytes",
			"memory.swap.max");

	if (strcmp(found, alone) != 0) {
		ASSERT_STR(found, together);
	}
}

TEST(swap_is_none_unless_it_is_asked_for)
{
	static const char none[] = LIMITS("\"memoryBytes\": \"67108864\"");
	static const char some[] = LIMITS("\"memoryBytes\": \"67108864\","
					  " \"swapBytesPlus1\": \"16777217\"");
	struct running running;
	char line[64];

	if (!may_make_groups(none, "limits.memory_bytes")) {
		return;
	}
	launch(&(struct request){ .probe = "ids", .document = some }, &outcome);
	if (outcome.started < 0) {
		ASSERT_STR(outcome.subject, "limits.swap_bytes_plus1");
		SKIP("%s", outcome.message);
	}
	BEGIN(&running, .probe = "wait", .document = some);
	launch_await_line(&running, line, sizeof(line));
	assert_swap(sandbox_pid(running.sb), "83886080", "16777216");
	launch_drop(&running);
	BEGIN(&running, .probe = "wait", .document = none);
	launch_await_line(&running, line, sizeof(line));
	assert_swap(sandbox_pid(running.sb), "67108864", "0");
	launch_drop(&running);
}

TEST(what_only_version_2_has_is_had_there)
{
	static const char limits[] = LIMITS("\"memoryHighBytes\": \"8388608\","
					    " \"memoryLowBytes\": \"4194304\"");
	struct request request = { .probe = "wait", .document = limits };
	struct running running;
	char line[64];
	int pid = 0;

	launch(&(struct request){ .probe = "ids", .document = limits },
	       &outcome);
	if (outcome.started < 0) {
		ASSERT_STR(outcome.subject, "limits.memory_high_bytes");
		SKIP("%s", outcome.message);
	}
	launch_begin(TAP_HERE, &request, &running);
	launch_await_line(&running, line, sizeof(line));
	pid = sandbox_pid(running.sb);
	ASSERT_STR(setting(pid, "", "memory.high", ""), "8388608");
	ASSERT_STR(setting(pid, "", "memory.low", ""), "4194304");
	launch_drop(&running);
}

/* Also where the kernel does not count the processes of that id. */
TEST(the_number_of_processes_is_held_by_the_group)
{
	static const char document[] =
		"\"identity\": { \"mode\": \"CALLER\" }, " LIMITS(
			"\"memoryBytes\": \"67108864\", \"pids\": 20");
	long forked = 0;

	if (!may_make_groups(document, "limits.memory_bytes")) {
		return;
	}
	LAUNCH(&outcome, .probe = "forks", .document = document);
	forked = strtol(answer(outcome.out, "forks"), NULL, 10);
	ASSERT_TRUE(forked > 5 && forked < 20);
	ASSERT_TRUE(strstr(outcome.json, "\"pidsLimitHits\": \"0\"") == NULL);
}

TEST(a_group_is_what_the_sandbox_sees_as_the_root_of_all)
{
	static const char limits[] = LIMITS("\"memoryBytes\": \"67108864\"");

	if (!may_make_groups(limits, "limits.memory_bytes")) {
		return;
	}
	SHELL(&outcome, "cut -d: -f3 /proc/self/cgroup | sort -u",
	      .document = limits);
	ASSERT_STR(outcome.out, "/\n");
	ASSERT_CONTAINS(outcome.json, "cgroup-namespace");
}

/* Less than a process needs before it is the program. */
TEST(a_launch_that_memory_is_too_short_for_says_so)
{
	static const char limits[] = LIMITS("\"memoryBytes\": \"4096\"");

	if (launch_mode() != MODE_ROOT) {
		SKIP("whether there are groups is tried elsewhere");
	}
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = limits);
	ASSERT_STR(outcome.subject, "limits.memory_bytes");
}

/* RLIMIT_NPROC is nothing to the host's root; a group is. */
TEST(a_process_limit_of_the_hosts_root_is_told_as_it_is_held)
{
	const char *state = "enforced";

	if (launch_mode() != MODE_ROOT) {
		SKIP("is about the host's root");
	}
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"identity\": { \"mode\": \"CALLER\" }, " LIMITS(
		       "\"pids\": 9") ", \"preferred\": [\"limits.pids\"]");
	if (access("/sys/fs/cgroup/pids", F_OK) < 0 &&
	    access("/sys/fs/cgroup/cgroup.procs", F_OK) < 0) {
		state = "weaker";
	}
	ASSERT_CONTAINS(strstr(outcome.json, "\"process-limit\""), state);
	if (strcmp(state, "enforced") == 0) {
		ASSERT_TRUE(strstr(outcome.json, "not held") == NULL);
	}
}

TEST(a_limit_that_is_preferred_is_left_out_where_it_cannot_be)
{
	LAUNCH(&outcome, .probe = "ids",
	       .document = LIMITS(
		       "\"memoryBytes\": \"67108864\"") ","
							"\"preferred\": [\"limits.memory_bytes\"]");
	ASSERT_CONTAINS(outcome.json, "cgroup-limits");
	if (launch_mode() == MODE_SINGLE) {
		ASSERT_CONTAINS(outcome.json, "left out: this host cannot");
	}
}

static int count_groups(const char *folder)
{
	DIR *list = opendir(folder);
	int count = 0;

	for (struct dirent *e = list == NULL ? NULL : readdir(list); e != NULL;
	     e = readdir(list)) {
		count += strncmp(e->d_name, "libsandbox-", 11) == 0;
	}
	if (list != NULL) {
		(void)closedir(list);
	}
	return count;
}

/* Whether it was waited for or not, and while its engine is gone already. */
TEST(nothing_is_left_of_a_group)
{
	static const char limits[] = LIMITS("\"memoryBytes\": \"67108864\"");
	struct running running;
	char line[64];
	char above[1024];
	char *end = NULL;

	if (!may_make_groups(limits, "limits.memory_bytes")) {
		return;
	}
	BEGIN(&running, .probe = "wait", .document = limits);
	launch_await_line(&running, line, sizeof(line));
	(void)snprintf(above, sizeof(above), "%s",
		       group_of(sandbox_pid(running.sb), "memory"));
	end = strstr(above, "/libsandbox-");
	ASSERT_TRUE(end != NULL);
	*end = '\0';
	ASSERT_TRUE(count_groups(above) > 0);
	*end = '/';
	launch_drop(&running);
	*strrchr(above, '/') = '\0';
	ASSERT_TRUE(access(above, F_OK) < 0);
}
