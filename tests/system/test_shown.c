/* SPDX-License-Identifier: Apache-2.0 */
/* What of the host's is shown otherwise than by default, and what is not. */
#include "control.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static struct outcome outcome;
static char mounts[2048];

#define MOUNTS(...) (snprintf(mounts, sizeof(mounts), __VA_ARGS__), mounts)
#define FOLDER      "{ \"source\": \"%s\", \"target\": \"/shown\""

static void copy_probe(const char *to)
{
	char bytes[65536];
	FILE *in = fopen(launch_probe_path(), "re");
	FILE *out = fopen(to, "we");
	size_t n = 0;

	ASSERT_TRUE(in != NULL && out != NULL);
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0) {
		ASSERT_EQ(fwrite(bytes, 1, n, out), n);
	}
	(void)fclose(in);
	ASSERT_EQ(fclose(out), 0);
}

/* A mount namespace of the test's own, whose mounts are as @flags say. */
static void own_mounts(unsigned long flags)
{
	if (launch_mode() != MODE_ROOT) {
		SKIP("only root can mount on the host");
	}
	ASSERT_OK(unshare(CLONE_NEWNS));
	ASSERT_OK(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL));
	ASSERT_TRUE(mkdir(launch_folder("shown"), 0755) == 0 ||
		    errno == EEXIST);
	ASSERT_OK(mount("none", launch_folder("shown"), "tmpfs", flags, NULL));
}

TEST(devices_can_be_used_where_the_mount_says_so)
{
	own_mounts(0);
	ASSERT_OK(mknod(launch_folder("shown/zero"), S_IFCHR | 0666,
			makedev(1, 5)));
	ASSERT_OK(chmod(launch_folder("shown/zero"), 0666));
	LAUNCH(&outcome, .probe = "try read /shown/zero",
	       .mounts = MOUNTS(FOLDER " }", launch_folder("shown")));
	ASSERT_STR(answer(outcome.out, "read /shown/zero"), "EACCES");
	LAUNCH(&outcome, .probe = "try read /shown/zero",
	       .mounts = MOUNTS(FOLDER ", \"dev\": true }",
				launch_folder("shown")));
	ASSERT_STR(answer(outcome.out, "read /shown/zero"), "ok");
}

TEST(devices_of_a_nodev_mount_are_refused_unless_preferred)
{
	own_mounts(MS_NODEV);
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .mounts = MOUNTS(FOLDER ", \"dev\": true }",
				      launch_folder("shown")));
	ASSERT_STR(outcome.subject, "mounts[1].dev");
	ASSERT_CONTAINS(outcome.message, "the host's mount is nodev");
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"preferred\": [\"mounts[1].dev\"]",
	       .mounts = MOUNTS(FOLDER ", \"dev\": true }",
				launch_folder("shown")));
	ASSERT_CONTAINS(outcome.json, "mounts[1].dev: the host's mount is");
}

TEST(set_user_id_programs_take_effect_where_the_mount_says_so)
{
	own_mounts(0);
	copy_probe(launch_folder("shown/probe"));
	ASSERT_OK(chmod(launch_folder("shown/probe"), 04755));
	for (int suid = 0; suid < 2; suid++) {
		LAUNCH(&outcome, .argv = "\"/shown/probe\", \"ids\"",
		       .process = "\"user\": \"1000\"",
		       .document = "\"security\": { \"allowNewPrivs\": true }",
		       .mounts = MOUNTS(FOLDER "%s }", launch_folder("shown"),
					suid != 0 ? ", \"suid\": true" : ""));
		ASSERT_CONTAINS(outcome.out, suid != 0 ? "Uid:\t1000\t0\t"
						       : "Uid:\t1000\t1000");
	}
}

TEST(set_user_id_without_new_privileges_is_refused)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .mounts = "{ \"source\": \"/usr\", \"target\": \"/shown\","
			       " \"suid\": true }");
	ASSERT_STR(outcome.subject, "mounts[1].suid");
	ASSERT_CONTAINS(outcome.message, "security.allow_new_privs");
}

/* A file of id 5 on the disk; a range of root's is mapped, any other is not. */
TEST(owners_are_the_hosts_without_a_map)
{
	static const char *const flags[] = { "", ", \"noIdmap\": true" };

	own_mounts(0);
	ASSERT_OK(chown(launch_folder("shown"), 5, 6));
	for (int i = 0; i < 2; i++) {
		SHELL(&outcome, "stat -c '%u:%g' /shown",
		      .mounts = MOUNTS(FOLDER "%s }", launch_folder("shown"),
				       flags[i]));
		ASSERT_STR(outcome.out, i == 0 ? "5:6\n" : "65534:65534\n");
	}
}

TEST(later_mounts_come_through_where_the_mount_says_so)
{
	static const char *const flags[] = { "",
					     ", \"propagation\": \"SLAVE\"" };

	own_mounts(0);
	ASSERT_OK(mount("none", launch_folder("shown"), NULL, MS_SHARED, NULL));
	ASSERT_OK(mkdir(launch_folder("shown/below"), 0755));
	for (int i = 0; i < 2; i++) {
		struct running running;
		char line[64];

		BEGIN(&running,
		      .argv = "\"/bin/sh\", \"-c\", \"echo go; "
			      "for i in 1 2 3 4 5 6 7 8 9 10; do "
			      "[ -e /shown/below/file ] && break; sleep 0.1; "
			      "done; ls /shown/below\"",
		      .mounts = MOUNTS(FOLDER "%s }", launch_folder("shown"),
				       flags[i]));
		launch_await_line(&running, line, sizeof(line));
		ASSERT_OK(mount("none", launch_folder("shown/below"), "tmpfs",
				0, NULL));
		ASSERT_TRUE(fclose(fopen(launch_folder("shown/below/file"),
					 "we")) == 0);
		launch_finish(&running, &outcome);
		ASSERT_OK(umount(launch_folder("shown/below")));
		ASSERT_EQ(strstr(outcome.out, "file\n") != NULL, i == 1);
	}
}

TEST(a_private_mount_of_the_hosts_cannot_be_followed)
{
	own_mounts(0);
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .mounts = MOUNTS(FOLDER ", \"propagation\": \"SLAVE\" }",
				      launch_folder("shown")));
	ASSERT_STR(outcome.subject, "mounts[1].propagation");
}

TEST(message_queues_are_the_sandboxes_own)
{
	SHELL(&outcome,
	      "stat -f -c %T /dev/mqueue; >/dev/mqueue/q && ls /dev/mqueue",
	      .process = "\"rlimits\": [{ \"name\": \"msgqueue\", \"soft\": "
			 "819200, \"hard\": 819200 }]",
	      .mounts =
		      "{ \"kind\": \"MQUEUE\", \"target\": \"/dev/mqueue\" }");
	ASSERT_STR(outcome.out, "mqueue\nq\n");
	SHELL(&outcome, "stat -f -c %T /dev/mqueue");
	ASSERT_STR(outcome.out, "tmpfs\n");
}

TEST(a_path_is_shown_that_is_hidden_by_default)
{
	SHELL(&outcome, "wc -c </proc/interrupts");
	ASSERT_STR(outcome.out, "0\n");
	SHELL(&outcome, "head -c 8 /proc/interrupts | wc -c; wc -c </proc/keys",
	      .document = "\"security\": { \"unmaskedPaths\": "
			  "[\"/proc/interrupts\"] }");
	ASSERT_STR(outcome.out, "8\n0\n");
}

TEST(only_what_is_hidden_by_default_can_be_shown)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = "\"security\": { \"unmaskedPaths\": "
				 "[\"/proc/interrupts\", \"/proc/cpuinfo\"] }");
	ASSERT_STR(outcome.subject, "security.unmasked_paths[1]");
}

TEST(the_hosts_root_is_shown_read_only)
{
	char argv[1024];

	(void)snprintf(argv, sizeof(argv),
		       "\"/bin/sh\", \"-c\", \"ls -A /sys | wc -l;"
		       " ls -d %s; touch %s/new 2>&1 | grep -c Read-only;"
		       " ls /proc | grep -c '^[0-9]*$'\"",
		       launch_folder(""), launch_folder(""));
	LAUNCH(&outcome, .argv = argv, .no_probe = true,
	       .document = "\"root\": { \"kind\": \"HOST\" },"
			   "\"identity\": { \"mode\": \"CALLER\" }");
	ASSERT_CONTAINS(outcome.out, "0\n/");
	ASSERT_CONTAINS(outcome.out, "\n1\n");
	/* Its own rights let it, so that was the mount. */
	ASSERT_TRUE(fclose(fopen(launch_folder("new"), "we")) == 0);
}
