/* SPDX-License-Identifier: Apache-2.0 */
/* Whose ids a sandbox has: its own where that can be had. */
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

/* The kernel's uid of the main process, as the host sees it. */
static unsigned int host_uid(const struct running *running)
{
	char path[64];
	struct stat file;

	ASSERT_TRUE(sandbox_pid(running->sb) > 0);
	(void)snprintf(path, sizeof(path), "/proc/%d",
		       sandbox_pid(running->sb));
	ASSERT_OK(stat(path, &file));
	return file.st_uid;
}

static void begin_waiting(struct running *running, const char *document)
{
	char line[64];

	BEGIN(running, .probe = "wait", .document = document);
	launch_await_line(running, line, sizeof(line));
	ASSERT_STR(line, "ready");
}

TEST(auto_gives_each_sandbox_ids_of_its_own_where_it_can)
{
	struct running one;
	struct running two;
	unsigned int first = 0;
	unsigned int second = 0;

	begin_waiting(&one, NULL);
	begin_waiting(&two, NULL);
	first = host_uid(&one);
	second = host_uid(&two);
	launch_drop(&one);
	launch_drop(&two);
	if (launch_mode() == MODE_SINGLE) {
		ASSERT_EQ(first, geteuid());
		ASSERT_EQ(second, geteuid());
		return;
	}
	/* Ranges that do not even touch: guard, then ids from 0 on. */
	ASSERT_TRUE(first != geteuid() && second != geteuid());
	ASSERT_TRUE(labs((long)first - (long)second) > 1000);
}

TEST(a_range_is_given_back_when_its_sandbox_ends)
{
	struct running one;
	struct running two;
	unsigned int first = 0;

	if (launch_mode() == MODE_SINGLE) {
		SKIP("without subordinate ids there is no range to lease");
	}
	begin_waiting(&one, NULL);
	first = host_uid(&one);
	ASSERT_OK(sandbox_stop(one.sb, 0, NULL));
	launch_finish(&one, &outcome);
	begin_waiting(&two, NULL);
	ASSERT_EQ(host_uid(&two), first);
	launch_drop(&two);
}

TEST(caller_is_the_callers_own_id)
{
	struct running running;
	const char *document = "\"identity\": { \"mode\": \"CALLER\" }";

	begin_waiting(&running, document);
	ASSERT_EQ(host_uid(&running), geteuid());
	launch_drop(&running);
	LAUNCH(&outcome, .probe = "ids", .document = document);
	ASSERT_STR(answer(outcome.out, "Uid"), "1000\t1000\t1000\t1000");
	LAUNCH(&outcome, .probe = "ids", .document = document,
	       .process = "\"user\": \"7:8\"");
	ASSERT_STR(answer(outcome.out, "Uid"), "7\t7\t7\t7");
	ASSERT_STR(answer(outcome.out, "Gid"), "8\t8\t8\t8");
}

TEST(a_range_that_cannot_be_had_is_refused_with_the_reason)
{
	const char *document = "\"identity\": { \"mode\": \"RANGE\","
			       " \"rangeSize\": 65536 }";

	if (launch_mode() == MODE_ROOT) {
		LAUNCH(&outcome, .probe = "ids", .document = document,
		       .process = "\"user\": \"65535\"");
		ASSERT_STR(answer(outcome.out, "Uid"),
			   "65535\t65535\t65535\t65535");
		return;
	}
	/* 65,536 of them take 65,537: the guard has one. */
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = document);
	ASSERT_EQ(outcome.kind, SANDBOX_ERROR_UNSUPPORTED);
	ASSERT_STR(outcome.subject, launch_mode() == MODE_RANGES
					    ? "identity.range_size"
					    : "identity.mode");
	if (launch_mode() == MODE_SINGLE) {
		ASSERT_CONTAINS(outcome.message, "/etc/subuid");
	}
}

TEST(a_range_that_is_preferred_may_be_weaker)
{
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"identity\": { \"mode\": \"RANGE\" },"
			   " \"preferred\": [\"identity.mode\","
			   " \"identity.range_size\"]");
	ASSERT_CONTAINS(outcome.json, launch_mode() == MODE_SINGLE
					      ? "\"weaker\""
					      : "user 1000 inside is");
}

TEST(a_user_by_number_and_by_name)
{
	LAUNCH(&outcome, .probe = "ids", .process = "\"user\": \"5:6\"");
	ASSERT_STR(answer(outcome.out, "Uid"), "5\t5\t5\t5");
	ASSERT_STR(answer(outcome.out, "Gid"), "6\t6\t6\t6");
	LAUNCH(&outcome, .probe = "ids", .process = "\"user\": \"sandbox\"");
	ASSERT_STR(answer(outcome.out, "Uid"), "1000\t1000\t1000\t1000");
	LAUNCH(&outcome, .probe = "ids", .process = "\"user\": \"root\"");
	ASSERT_STR(answer(outcome.out, "Uid"), "0\t0\t0\t0");
	LAUNCH_FAILS(&outcome, .probe = "ids", .process = "\"user\": \"lsb\"");
	ASSERT_STR(outcome.subject, "process.user");
}

/* A root of the test's own, with a passwd file that has @text. */
static void make_root(const char *text)
{
	static const char *const folders[] = { "root",      "root/etc",
					       "root/proc", "root/dev",
					       "root/tmp",  "root/run" };
	FILE *file = NULL;

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (mkdir(launch_folder(folders[i]), 0755) < 0) {
			ASSERT_EQ(errno, EEXIST);
		}
	}
	file = fopen(launch_folder("root/probe"), "we");
	ASSERT_TRUE(file != NULL && fclose(file) == 0);
	(void)unlink(launch_folder("root/etc/passwd"));
	if (text != NULL) {
		file = fopen(launch_folder("root/etc/passwd"), "we");
		ASSERT_TRUE(file != NULL && fputs(text, file) >= 0 &&
			    fclose(file) == 0);
	}
}

static const char *root_document(void)
{
	static char document[600];

	(void)snprintf(document, sizeof(document),
		       "\"root\": { \"kind\": \"DIRECTORY\", \"path\":"
		       " \"%s\" }",
		       launch_folder("root"));
	return document;
}

TEST(a_name_is_looked_up_in_the_sandboxs_own_files)
{
	make_root("lsb:x:42:43::/:/bin/sh\n");
	LAUNCH(&outcome, .probe = "ids", .process = "\"user\": \"lsb\"",
	       .document = root_document());
	ASSERT_STR(answer(outcome.out, "Uid"), "42\t42\t42\t42");
	ASSERT_STR(answer(outcome.out, "Gid"), "43\t43\t43\t43");
	LAUNCH_FAILS(&outcome, .probe = "ids", .process = "\"user\": \"sbl\"",
		     .document = root_document());
	ASSERT_STR(outcome.step, "look up the user");
	ASSERT_STR(outcome.subject, "process.user");
	ASSERT_EQ(outcome.error, ENOENT);
}

/* Those files are not to be trusted: each of these must end, and soon. */
TEST(a_hostile_passwd_file_is_no_more_than_a_failure)
{
	const char *path = NULL;

	make_root("lsb:x:-1:0::/:/bin/sh\nlsb:x:4294967295:0::/:\nlsb\n:::\n");
	LAUNCH_FAILS(&outcome, .probe = "ids", .process = "\"user\": \"lsb\"",
		     .document = root_document());
	ASSERT_STR(outcome.subject, "process.user");
	make_root(NULL);
	path = launch_folder("root/etc/passwd");
	ASSERT_OK(mkfifo(path, 0644));
	LAUNCH_FAILS(&outcome, .probe = "ids", .process = "\"user\": \"lsb\"",
		     .document = root_document());
	ASSERT_OK(unlink(path));
	ASSERT_OK(symlink("/../../../../../../etc/passwd", path));
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .process = "\"user\": \"daemon\"",
		     .document = root_document());
	ASSERT_OK(unlink(path));
}

/* A user of the host in one of its groups; the group must not come along. */
TEST(no_group_of_the_caller_comes_along)
{
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"identity\": { \"mode\": \"CALLER\" }");
	ASSERT_STR(answer(outcome.out, "Groups"), "");
}

/* Root shows its files by an id map: what is root's there is 0 inside. */
TEST(files_of_the_caller_are_roots_inside)
{
	char mounts[1024];
	struct stat file;
	const char *path = launch_folder("owned");

	ASSERT_EQ(mkdir(path, 0777), 0);
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/owned\","
		       " \"writable\": true }",
		       path);
	LAUNCH(&outcome, .probe = "stat /owned", .mounts = mounts);
	if (launch_mode() == MODE_ROOT) {
		ASSERT_CONTAINS(answer(outcome.out, "/owned"), "owner 0:0");
	} else {
		ASSERT_CONTAINS(answer(outcome.out, "/owned"),
				"owner 1000:1000");
	}
	/* What it writes is not root's outside, nor a leased id's. */
	LAUNCH(&outcome, .probe = "try write /owned/file", .mounts = mounts,
	       .process = "\"user\": \"0\"");
	if (launch_mode() == MODE_ROOT || launch_mode() == MODE_SINGLE) {
		ASSERT_STR(answer(outcome.out, "write /owned/file"), "ok");
		ASSERT_OK(stat(launch_folder("owned/file"), &file));
		ASSERT_EQ(file.st_uid, geteuid());
	}
}
