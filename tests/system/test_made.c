/* SPDX-License-Identifier: Apache-2.0 */
/* What the document has made in the sandbox: files, links, directories. */
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct outcome outcome;

/* "hello\n" */
#define HELLO "\"content\": \"aGVsbG8K\""

TEST(a_file_has_the_content_that_the_document_gives)
{
	SHELL(&outcome,
	      "cat /srv/deep/down/greeting; stat -c 'mode: %a' "
	      "/srv/deep/down/greeting",
	      .mounts = "{ \"kind\": \"FILE\", " HELLO ","
			" \"target\": \"/srv/deep/down/greeting\" }");
	ASSERT_STR(outcome.out, "hello\nmode: 644\n");
}

/* Otherwise it would say something of the directory it came from. */
TEST(a_file_is_as_read_only_as_what_it_lies_on)
{
	SHELL(&outcome,
	      "(echo x >/greeting) 2>/dev/null || echo root: no;"
	      "echo y >/tmp/greeting && cat /tmp/greeting",
	      .process = "\"user\": \"0\"",
	      .mounts = "{ \"kind\": \"FILE\", " HELLO ","
			" \"target\": \"/greeting\", \"mode\": 438 },"
			"{ \"kind\": \"FILE\", " HELLO ","
			" \"target\": \"/tmp/greeting\", \"mode\": 438 }");
	ASSERT_STR(outcome.out, "root: no\ny\n");
}

TEST(mode_and_owner_are_the_documents)
{
	if (launch_mode() == MODE_SINGLE) {
		LAUNCH_FAILS(&outcome, .probe = "ids",
			     .mounts = "{ \"kind\": \"FILE\", \"uid\": 7,"
				       " \"target\": \"/a\" }");
		ASSERT_CONTAINS(outcome.message, "mounts[1].uid: 7 is not "
						 "mapped");
		return;
	}
	SHELL(&outcome, "stat -c '%a %u %g' /a /b",
	      .process = "\"user\": \"0\"",
	      .mounts = "{ \"kind\": \"FILE\", \"uid\": 7, \"gid\": 8,"
			" \"mode\": 288, \"target\": \"/a\" },"
			"{ \"kind\": \"DIRECTORY\", \"uid\": 9, \"gid\": 10,"
			" \"mode\": 1017, \"target\": \"/b\" }");
	ASSERT_STR(outcome.out, "440 7 8\n1771 9 10\n");
}

TEST(a_directory_that_is_there_gets_the_mode)
{
	SHELL(&outcome, "stat -c %a /tmp /tmp/new",
	      .mounts = "{ \"kind\": \"DIRECTORY\", \"mode\": 511,"
			" \"target\": \"/tmp\" },"
			"{ \"kind\": \"DIRECTORY\", \"mode\": 448,"
			" \"target\": \"/tmp/new\" }");
	ASSERT_STR(outcome.out, "777\n700\n");
}

TEST(a_link_has_any_text)
{
	SHELL(&outcome, "readlink /tmp/a/link; readlink /bell",
	      .mounts = "{ \"kind\": \"SYMLINK\","
			" \"source\": \"../no where\","
			" \"target\": \"/tmp/a/link\" },"
			"{ \"kind\": \"SYMLINK\", \"source\": \"/proc/self\","
			" \"target\": \"/bell\" }");
	ASSERT_STR(outcome.out, "../no where\n/proc/self\n");
}

/* A later mount below it ends inside, whatever the link says. */
TEST(a_link_leads_no_later_mount_out)
{
	SHELL(&outcome, "cat /etc/made",
	      .mounts = "{ \"kind\": \"SYMLINK\","
			" \"source\": \"../../../../etc\","
			" \"target\": \"/out\" },"
			"{ \"kind\": \"FILE\", " HELLO ","
			" \"target\": \"/out/made\" }");
	ASSERT_STR(outcome.out, "hello\n");
	ASSERT_EQ(access("/etc/made", F_OK), -1);
}

TEST(nothing_is_made_in_a_tree_of_the_hosts)
{
	static const char *const kinds[] = { "FILE", "DIRECTORY", "SYMLINK" };
	char mounts[600];

	for (int i = 0; i < 3; i++) {
		(void)snprintf(mounts, sizeof(mounts),
			       "{ \"kind\": \"%s\", \"target\": \"/usr/made\" "
			       "%s }",
			       kinds[i], i == 2 ? ", \"source\": \"a\"" : "");
		LAUNCH_FAILS(&outcome, .probe = "ids", .mounts = mounts);
		ASSERT_CONTAINS(outcome.message,
				"mounts[1].target: \"/usr/made\" lies on a "
				"tree of the host's");
	}
	ASSERT_EQ(access("/usr/made", F_OK), -1);
}

TEST(a_parent_that_is_missing_is_only_made_if_it_may_be)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .mounts = "{ \"kind\": \"FILE\","
			       " \"create_target_off\": true,"
			       " \"target\": \"/not/there/file\" }");
	ASSERT_EQ(outcome.error, ENOENT);
	ASSERT_CONTAINS(outcome.subject, "mounts[1]");
}

/* Of the host there is nothing, and of ours what every sandbox has. */
TEST(an_empty_root_has_nothing_but_what_is_mounted)
{
	const char *const empty = "\"root\": { \"kind\": \"EMPTY\" }";

	LAUNCH(&outcome, .argv = "\"/busybox\", \"ls\", \"/\"",
	       .mounts = "{ \"source\": \"/bin/busybox\","
			 " \"target\": \"/busybox\" }",
	       .document = empty, .no_probe = true);
	ASSERT_STR(outcome.out, "busybox\ndev\nproc\nrun\ntmp\n");
	LAUNCH(&outcome, .probe = "try create /file", .document = empty);
	ASSERT_CONTAINS(outcome.out, "EROFS");
}
