/* SPDX-License-Identifier: Apache-2.0 */
/* What may be executed: what was there before, and nothing that is new. */
#include "control.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

/* The controls are the same attempts where the specification says exec. */
TEST(nothing_that_is_written_can_be_executed)
{
	static const struct trial trials[] = {
		{ "run_copy /tmp", "EACCES", CONTROL_PLAIN, "ok" },
		{ "run_copy /dev/shm", "EACCES", CONTROL_PLAIN, NULL },
		{ "map_copy /tmp", "EPERM", CONTROL_PLAIN, "ok" },
		{ "map_copy /dev/shm", "EPERM", CONTROL_PLAIN, NULL },
	};

	TRY(trials, .process = NULL);
	LAUNCH(&outcome,
	       .probe = "try run_copy /yes -- map_copy /yes"
			" -- run_copy /no",
	       .mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/yes\","
			 " \"writable\": true, \"exec\": true },"
			 "{ \"kind\": \"TMPFS\", \"target\": \"/no\","
			 " \"writable\": true }");
	ASSERT_STR(answer(outcome.out, "run_copy /yes"), "ok");
	ASSERT_STR(answer(outcome.out, "map_copy /yes"), "ok");
	ASSERT_STR(answer(outcome.out, "run_copy /no"), "EACCES");
}

/*
 * The setting is the host root's alone to change, so an ordinary user's
 * sandbox does without; then the result must say so.
 */
TEST(a_program_in_memory_cannot_be_executed_where_the_result_says_so)
{
	static const char *const claim = "\"feature\": \"memfd-noexec\",\n"
					 "        \"state\": \"enforced\"";
	bool claimed = false;

	LAUNCH(&outcome, .probe = "try run_memory");
	claimed = strstr(outcome.json, claim) != NULL;
	ASSERT_STR(answer(outcome.out, "run_memory"),
		   claimed ? "EACCES" : "ok");
	if (launch_mode() == MODE_ROOT) {
		ASSERT_EQ(claimed,
			  access("/proc/sys/vm/memfd_noexec", F_OK) == 0);
	}
	control(CONTROL_PLAIN, "try run_memory", &outcome);
	ASSERT_STR(answer(outcome.out, "run_memory"), "ok");
}

TEST(the_loader_does_not_run_what_the_kernel_would_not)
{
	static const char *const loader = "/lib64/ld-linux-x86-64.so.2";
	char attempt[128];

	if (access(loader, X_OK) < 0) {
		SKIP("no %s", loader);
	}
	(void)snprintf(attempt, sizeof(attempt),
		       "try run_by_loader %s /usr/bin/true /tmp", loader);
	LAUNCH(&outcome, .probe = attempt);
	ASSERT_STR(answer(outcome.out, attempt + strlen("try ")), "EACCES");
	LAUNCH(&outcome, .probe = attempt,
	       .mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/tmp\","
			 " \"writable\": true, \"exec\": true }");
	ASSERT_STR(answer(outcome.out, attempt + strlen("try ")), "ok");
}

TEST(a_writable_bind_is_not_executable_unless_asked)
{
	static const char *const more[] = { "", ", \"exec\": true" };
	const char *folder = launch_folder("programs");

	ASSERT_OK(mkdir(folder, 0777) + chmod(folder, 0777));
	for (size_t i = 0; i < 2; i++) {
		char mounts[1024];

		(void)snprintf(mounts, sizeof(mounts),
			       "{ \"source\": \"%s\", \"target\": \"/data\","
			       " \"writable\": true%s }",
			       folder, more[i]);
		LAUNCH(&outcome, .probe = "try run_copy /data",
		       .mounts = mounts);
		ASSERT_STR(answer(outcome.out, "run_copy /data"),
			   i == 0 ? "EACCES" : "ok");
	}
}

TEST(a_program_is_found_on_the_search_path)
{
	LAUNCH(&outcome, .argv = "\"echo\", \"found\"");
	ASSERT_STR(outcome.out, "found\n");
	LAUNCH(&outcome, .argv = "\"echo\", \"found\"",
	       .process = "\"env\": [\"PATH=/nowhere:/usr/bin\"]");
	ASSERT_STR(outcome.out, "found\n");
}

TEST(arguments_arrive_as_they_were)
{
	LAUNCH(&outcome, .argv = "\"printf\", \"<%s>\", \"\", \"a b\","
				 " \"\\u00e9\\\"$HOME\"");
	ASSERT_STR(outcome.out, "<><a b><\u00e9\"$HOME>");
}

TEST(a_script_runs_by_its_first_line)
{
	char mounts[1024];
	const char *path = launch_folder("script");
	FILE *file = fopen(path, "we");

	ASSERT_TRUE(file != NULL &&
		    fputs("#!/bin/sh\necho script \"$1\"\n", file) >= 0 &&
		    fclose(file) == 0 && chmod(path, 0755) == 0);
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/script\" }", path);
	LAUNCH(&outcome, .argv = "\"/script\", \"runs\"", .mounts = mounts);
	ASSERT_STR(outcome.out, "script runs\n");
}

TEST(the_exit_code_is_the_programs)
{
	static const int codes[] = { 0, 1, 42, 125, 255 };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		char words[32];
		struct request request = { .probe = words };

		(void)snprintf(words, sizeof(words), "exit %d", codes[i]);
		launch(&request, &outcome);
		ASSERT_EQ(outcome.ending, SANDBOX_ENDING_EXITED);
		ASSERT_EQ(outcome.exit_code, codes[i]);
		ASSERT_EQ(outcome.signal, 0);
	}
}

TEST(the_signal_is_the_programs)
{
	static const int signals[] = { 1, 2, 6, 9, 11, 15 };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		char words[32];
		struct request request = { .probe = words };

		(void)snprintf(words, sizeof(words), "signal %d", signals[i]);
		launch(&request, &outcome);
		ASSERT_EQ(outcome.ending, SANDBOX_ENDING_SIGNALED);
		ASSERT_EQ(outcome.signal, signals[i]);
	}
}
