/* SPDX-License-Identifier: Apache-2.0 */
/* Whole systems as root: a Debian, and the single program of busybox. */
#include "control.h"
#include "lib/need.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

/* A document with the root that is called @name, in the build folder. */
static const char *root_of(const char *name)
{
	static char document[PATH_MAX + 128];
	char here[PATH_MAX];

	ASSERT_TRUE(getcwd(here, sizeof(here)) != NULL);
	(void)snprintf(document, sizeof(document),
		       "\"root\": { \"kind\": \"DIRECTORY\","
		       " \"path\": \"%s/rootfs/%s\" }",
		       here, name);
	return document;
}

/* What a shell in that root says of @script. */
#define IN_ROOT(name, script, ...)                                      \
	LAUNCH(&outcome, .argv = "\"/bin/sh\", \"-c\", \"" script "\"", \
	       .document = root_of(name), .no_probe = true, __VA_ARGS__)

TEST(a_debian_runs_its_own_programs)
{
	NEED(debian);
	IN_ROOT("debian",
		"perl -e 'print 6 * 7'; echo;"
		" printf '3\\\\n1\\\\n2\\\\n' | sort | tr '\\\\n' ' ';"
		" dpkg-query -W -f '${Status}\\\\n' dpkg;"
		" apt-get --version | grep -c '^apt '");
	ASSERT_STR(outcome.out, "42\n1 2 3 install ok installed\n1\n");
}

/* Its own account files, and not those that a root of SYSTEM is given. */
TEST(a_debian_knows_its_own_users)
{
	NEED(debian);
	IN_ROOT("debian", "id -un; id -u; getent passwd games | cut -d: -f3",
		.process = "\"user\": \"daemon\"");
	ASSERT_STR(outcome.out, "daemon\n1\n5\n");
	LAUNCH_FAILS(&outcome, .argv = "\"/bin/true\"",
		     .process = "\"user\": \"sandbox\"",
		     .document = root_of("debian"), .no_probe = true);
	ASSERT_STR(outcome.subject, "process.user");
}

/* An id map shows root's files as root's; without one nobody's are they. */
TEST(a_debian_is_its_owners_and_stays_as_it_is)
{
	struct stat file;
	bool mapped = launch_mode() == MODE_ROOT;

	NEED(debian);
	ASSERT_EQ(stat("rootfs/debian/etc", &file), 0);
	IN_ROOT("debian",
		"stat -c %u /etc;"
		" (echo x >/etc/new) 2>/dev/null || echo etc: no;"
		" (echo x >/usr/new) 2>/dev/null || echo usr: no;"
		" echo y >/tmp/new && cat /tmp/new",
		.process = "\"user\": \"0\"");
	if (mapped && file.st_uid == 0) {
		ASSERT_STR(outcome.out, "0\netc: no\nusr: no\ny\n");
	} else {
		ASSERT_CONTAINS(outcome.out, "\netc: no\nusr: no\ny\n");
	}
	ASSERT_EQ(access("rootfs/debian/etc/new", F_OK), -1);
}

TEST(a_debian_keeps_what_is_roots_alone_from_others)
{
	NEED(debian);
	IN_ROOT("debian", "ls /root >/dev/null 2>&1 || echo root: no;"
			  " cat /etc/shadow 2>/dev/null || echo shadow: no");
	ASSERT_STR(outcome.out, "root: no\nshadow: no\n");
}

/* A job in a tree of its own: sources in, work in memory, a product out. */
TEST(a_debian_does_a_job_on_a_folder_of_the_callers)
{
	char mounts[PATH_MAX];
	char path[600];
	char text[64] = "";
	FILE *file;

	NEED(debian);
	ASSERT_OK(mkdir(launch_folder("job"), 0777));
	ASSERT_OK(chmod(launch_folder("job"), 0777));
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/mnt\","
		       " \"writable\": true },"
		       "{ \"kind\": \"TMPFS\", \"target\": \"/srv\","
		       " \"writable\": true, \"exec\": true }",
		       launch_folder("job"));
	IN_ROOT("debian",
		"cd /srv && printf '#!/usr/bin/perl\\\\nprint 2 ** 10'"
		" >job && chmod +x job && ./job >/mnt/product",
		.mounts = mounts, .process = "\"user\": \"0\"");
	(void)snprintf(path, sizeof(path), "%s/product", launch_folder("job"));
	file = fopen(path, "re");
	ASSERT_TRUE(file != NULL);
	ASSERT_TRUE(fgets(text, sizeof(text), file) != NULL);
	ASSERT_EQ(fclose(file), 0);
	ASSERT_STR(text, "1024");
}

TEST(a_busybox_is_a_whole_system)
{
	NEED(busybox_root);
	IN_ROOT("busybox", "ls / | tr '\\\\n' ' '; echo;"
			   " seq 1 9 | awk '{ s += $1 } END { print s }';"
			   " readlink /bin/sh; echo root | md5sum | cut -c1-8");
	ASSERT_STR(outcome.out, "bin dev etc home proc root run sbin sys tmp "
				"usr var \n45\nbusybox\n74cc1c60\n");
}

TEST(a_busybox_has_nothing_of_the_hosts)
{
	NEED(busybox_root);
	IN_ROOT("busybox",
		"ls /usr/bin /etc; (echo x >/bin/new) 2>/dev/null ||"
		" echo bin: no; cut -d: -f1 /etc/passwd",
		.process = "\"user\": \"0\"");
	ASSERT_STR(outcome.out,
		   "/etc:\ngroup\nos-release\npasswd\n\n/usr/bin:\nbin: no\n"
		   "root\nnobody\n");
	ASSERT_EQ(access("rootfs/busybox/bin/new", F_OK), -1);
}
