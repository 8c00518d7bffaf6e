/* SPDX-License-Identifier: Apache-2.0 */
/* Processes inside: who is seen, what init does, and what cannot be done. */
#include "census.h"
#include "control.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

TEST(nobody_elses_processes_are_seen)
{
	LAUNCH(&outcome, .probe = "fds");
	/* Not even init, which hidepid keeps from it. */
	ASSERT_EQ(count_lines(outcome.out, "process: "), 0);
	control(CONTROL_PLAIN, "fds", &outcome);
	ASSERT_TRUE(count_lines(outcome.out, "process: ") > 1);
}

TEST(only_the_standard_descriptors_are_open)
{
	int extra = fcntl(2, F_DUPFD, 3);

	LAUNCH(&outcome, .probe = "fds");
	ASSERT_EQ(count_lines(outcome.out, "fd self "), 3);
	ASSERT_STR(answer(outcome.out, "fd self 0"), "/dev/null");
	ASSERT_CONTAINS(answer(outcome.out, "fd self 1"), "pipe:");
	ASSERT_CONTAINS(answer(outcome.out, "fd self 2"), "pipe:");
	control(CONTROL_PLAIN, "fds", &outcome);
	ASSERT_TRUE(count_lines(outcome.out, "fd self ") > 3);
	(void)close(extra);
}

/* A /proc of the specification's that hides nobody shows init, at most. */
TEST(init_shows_nothing_of_itself)
{
	static const char *const entries[] = {
		"mem",     "exe",    "root",    "cwd",       "environ",
		"fd",      "maps",   "ns/user", "ns/mnt",    "ns/net",
		"ns/pid",  "ns/ipc", "ns/uts",  "ns/cgroup", "io",
		"syscall", "auxv",   "stack",   "map_files"
	};
	char words[4096] = "try";
	size_t used = strlen(words);

	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		used += (size_t)snprintf(words + used, sizeof(words) - used,
					 "%s proc_open %s /shown",
					 i == 0 ? "" : " --", entries[i]);
	}
	LAUNCH(&outcome, .probe = words, .process = "\"user\": \"0\"",
	       .mounts = "{ \"kind\": \"PROC\", \"target\": \"/shown\","
			 " \"hidepid\": \"HIDEPID_OFF\" }");
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		char key[64];

		(void)snprintf(key, sizeof(key), "proc_open %s /shown",
			       entries[i]);
		ASSERT_TRUE(strcmp(answer(outcome.out, key), "ok") != 0);
		ASSERT_TRUE(strcmp(answer(outcome.out, key), "ENOENT") != 0);
	}
	/* The control: another process of one's own shows all of it. */
	control(CONTROL_NAMESPACES,
		"try proc_open mem -- proc_open environ"
		" -- proc_open root -- proc_open ns/user",
		&outcome);
	ASSERT_EQ(count_lines(outcome.out, "proc_open "), 4);
	ASSERT_EQ(count_lines(outcome.out, "proc_open mem: ok"), 1);
	ASSERT_EQ(count_lines(outcome.out, "proc_open ns/user: ok"), 1);
}

/*
 * What a process may do to another of the same id it may not do to init; the
 * controls are done to process 1 of a namespace without a filter.
 */
TEST(init_cannot_be_touched)
{
	static const struct trial trials[] = {
		{ "trace 1", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "read_memory 1", "EPERM", CONTROL_NAMESPACES, "!EPERM" },
		{ "pidfd_getfd 1", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "limit 1", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "affinity 1", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "scheduler 1", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "renice 1", "!ok", CONTROL_NAMESPACES, "ok" },
		{ "ioprio 1", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	TRY(trials, .process = NULL);
	TRY(trials, .document = "\"identity\": { \"mode\": \"CALLER\" }");
}

/*
 * With an id of its own init cannot be signalled at all; with the only id
 * there is, it can, and does not care.
 */
TEST(init_takes_no_orders_from_signals)
{
	char words[4096] = "try";
	size_t used = strlen(words);
	char key[64];

	for (int i = 1; i < 65; i++) {
		used += (size_t)snprintf(words + used, sizeof(words) - used,
					 "%s signal 1 %d", i == 1 ? "" : " --",
					 i);
	}
	LAUNCH(&outcome, .probe = words);
	for (int i = 1; i < 65; i++) {
		(void)snprintf(key, sizeof(key), "signal 1 %d", i);
		ASSERT_STR(answer(outcome.out, key),
			   launch_mode() == MODE_SINGLE ? "ok" : "EPERM");
	}
	LAUNCH(&outcome, .probe = words,
	       .document = "\"identity\": { \"mode\": \"CALLER\" }");
	ASSERT_STR(answer(outcome.out, "signal 1 9"), "ok");
}

TEST(orphans_are_reaped)
{
	static const char *const process = "\"rlimits\": []";

	LAUNCH(&outcome, .probe = "orphans 300", .process = process);
	ASSERT_STR(answer(outcome.out, "zombies"), "0");
	ASSERT_STR(answer(outcome.out, "processes"), "1");
}

TEST(what_the_main_process_leaves_behind_is_ended)
{
	struct census before = census_take();

	LAUNCH(&outcome, .probe = "leave");
	CENSUS_CHECK(&before);
}

TEST(the_number_of_processes_is_bounded)
{
	long forks = 0;

	if (launch_mode() == MODE_ROOT) {
		/* As the host's own root the kernel does not count. */
		LAUNCH(&outcome, .probe = "forks",
		       .document = "\"limits\": { \"pids\": 20 }");
	} else {
		LAUNCH(&outcome, .probe = "forks",
		       .document = "\"limits\": { \"pids\": 20 },"
				   " \"identity\": { \"mode\": \"CALLER\" }");
	}
	forks = strtol(answer(outcome.out, "forks"), NULL, 10);
	ASSERT_STR(answer(outcome.out, "error"), "EAGAIN");
	ASSERT_TRUE(forks > 0 && forks <= 20);
	/* The control is a higher limit. */
	LAUNCH(&outcome, .probe = "forks 100",
	       .document = "\"limits\": { \"pids\": 200 }");
	ASSERT_STR(answer(outcome.out, "forks"), "100");
	ASSERT_STR(answer(outcome.out, "error"), "none");
}

TEST(the_default_number_of_processes_is_512)
{
	long forks = 0;

	LAUNCH(&outcome, .probe = "forks 1000");
	forks = strtol(answer(outcome.out, "forks"), NULL, 10);
	ASSERT_STR(answer(outcome.out, "error"), "EAGAIN");
	ASSERT_TRUE(forks > 500 && forks <= 512);
}

/* One sandbox at its limit is not in the way of the next. */
TEST(one_sandboxs_processes_do_not_count_for_another)
{
	struct running running;
	char line[64];

	BEGIN(&running, .probe = "wait",
	      .document = "\"limits\": { \"pids\": 3 }");
	launch_await_line(&running, line, sizeof(line));
	LAUNCH(&outcome, .probe = "forks 10",
	       .document = "\"limits\": { \"pids\": 12 }");
	launch_drop(&running);
	ASSERT_STR(answer(outcome.out, "forks"), "10");
}

/* Whether a crash in @folder leaves a file there; not where cores go elsewhere.
 */
static bool leaves_core(const char *folder)
{
	char words[600];
	char path[600];
	bool left = false;

	(void)snprintf(words, sizeof(words), "crash %s", folder);
	control(CONTROL_PLAIN, words, &outcome);
	ASSERT_EQ(outcome.signal, SIGABRT);
	(void)snprintf(path, sizeof(path), "%s/core", folder);
	left = unlink(path) == 0;
	return left;
}

TEST(a_crash_leaves_no_core)
{
	const char *folder = launch_folder("cores");
	char mounts[1024];
	struct request request = { .probe = "crash /cores", .mounts = mounts };

	ASSERT_OK(mkdir(folder, 0777) + chmod(folder, 0777));
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/cores\","
		       " \"writable\": true }",
		       folder);
	launch(&request, &outcome);
	ASSERT_EQ(outcome.started, 0);
	ASSERT_EQ(outcome.ending, SANDBOX_ENDING_SIGNALED);
	ASSERT_EQ(outcome.signal, SIGABRT);
	ASSERT_CONTAINS(outcome.json, "\"coreDumped\": false");
	/* A core would be in the way of this. */
	ASSERT_OK(rmdir(folder));
	ASSERT_OK(mkdir(folder, 0777));
	if (!leaves_core(folder)) {
		SKIP("this host puts no core into the working directory");
	}
}
