/* SPDX-License-Identifier: Apache-2.0 */
/* Devices of the host's besides the default ones: shown, or refused. */
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
static char document[2048];

#define DEVICES(...)                                             \
	(snprintf(document, sizeof(document),                    \
		  "\"security\": { \"devices\": [" __VA_ARGS__), \
	 document)
#define ZERO "{ \"path\": \"/dev/more/zero\", \"source\": \"/dev/zero\""

/* A node of that mode on a file system that has devices unless @flags say. */
static const char *own_node(mode_t mode, unsigned long flags)
{
	const char *node = NULL;

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root can make the node");
	}
	ASSERT_OK(unshare(CLONE_NEWNS));
	ASSERT_OK(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL));
	ASSERT_TRUE(mkdir(launch_folder("nodes"), 0755) == 0 ||
		    errno == EEXIST);
	ASSERT_OK(mount("none", launch_folder("nodes"), "tmpfs", flags, NULL));
	node = launch_folder("nodes/zero");
	ASSERT_OK(mknod(node, S_IFCHR | mode, makedev(1, 5)));
	ASSERT_OK(chmod(node, mode));
	return node;
}

TEST(a_device_is_there_besides_the_default_ones)
{
	static const char *const kept[] = { "null",   "zero",    "full",
					    "random", "urandom", "tty",
					    "ptmx",   "fd",      "stdin",
					    "stdout", "stderr",  "pts",
					    "shm",    "mqueue",  "more" };

	LAUNCH(&outcome, .probe = "try read /dev/more/zero");
	ASSERT_STR(answer(outcome.out, "read /dev/more/zero"), "ENOENT");
	LAUNCH(&outcome,
	       .probe = "try read /dev/more/zero -- open_write /dev/more/zero"
			" -- read /dev/urandom -- open /dev/ptmx -- open_write"
			" /dev/null -- create /dev/new -- create /dev/more/new"
			" -- chmod /dev/more/zero -- create /dev/shm/new",
	       .document = DEVICES(ZERO ", \"writable\": true }] }"));
	ASSERT_STR(answer(outcome.out, "read /dev/more/zero"), "ok");
	ASSERT_STR(answer(outcome.out, "open_write /dev/more/zero"), "ok");
	ASSERT_STR(answer(outcome.out, "read /dev/urandom"), "ok");
	ASSERT_STR(answer(outcome.out, "open /dev/ptmx"), "ok");
	ASSERT_STR(answer(outcome.out, "open_write /dev/null"), "ok");
	ASSERT_STR(answer(outcome.out, "create /dev/new"), "EROFS");
	ASSERT_STR(answer(outcome.out, "create /dev/more/new"), "EROFS");
	ASSERT_STR(answer(outcome.out, "chmod /dev/more/zero"), "EROFS");
	ASSERT_STR(answer(outcome.out, "create /dev/shm/new"), "ok");
	LAUNCH(&outcome, .probe = "list /dev",
	       .document = DEVICES(ZERO ", \"writable\": true }] }"));
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		char line[64];

		(void)snprintf(line, sizeof(line), "entry: %s\n", kept[i]);
		ASSERT_CONTAINS(outcome.out, line);
	}
	ASSERT_EQ((size_t)count_lines(outcome.out, "entry: "),
		  sizeof(kept) / sizeof(*kept));
}

TEST(permissions_say_whether_a_device_is_written_to)
{
	const char *node = own_node(0444, 0);

	LAUNCH(&outcome, .probe = "try read /dev/node -- open_write /dev/node",
	       .document = DEVICES("{ \"path\": \"/dev/node\", \"source\":"
				   " \"%s\" }] }",
				   node));
	ASSERT_STR(answer(outcome.out, "read /dev/node"), "ok");
	ASSERT_STR(answer(outcome.out, "open_write /dev/node"), "EACCES");
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = DEVICES("{ \"path\": \"/dev/node\","
					 " \"source\": \"%s\","
					 " \"writable\": true }] }",
					 node));
	ASSERT_STR(outcome.subject, "security.devices[0].writable");
}

TEST(a_device_that_all_may_write_is_not_read_only)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = DEVICES(ZERO " }] }"));
	ASSERT_STR(outcome.subject, "security.devices[0].writable");
	ASSERT_CONTAINS(outcome.message, "heeds no read-only mount");
}

TEST(only_devices_of_the_hosts_are_shown)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = DEVICES("{ \"path\": \"/dev/node\" }] }"));
	ASSERT_STR(outcome.subject, "security.devices[0].source");
	ASSERT_EQ(outcome.error, ENOENT);
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = DEVICES("{ \"path\": \"/dev/node\","
					 " \"source\": \"/etc/passwd\" }] }"));
	ASSERT_STR(outcome.subject, "security.devices[0].source");
	ASSERT_CONTAINS(outcome.message, "is no device");
}

TEST(a_device_that_nobody_inside_could_open_is_refused)
{
	const char *node = own_node(0600, 0);

	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = DEVICES("{ \"path\": \"/dev/node\","
					 " \"source\": \"%s\" }] }",
					 node));
	ASSERT_STR(outcome.subject, "security.devices[0].source");
	ASSERT_CONTAINS(outcome.message, "no id of the sandbox");
	/* As the host's root it may, and then write, too. */
	LAUNCH(&outcome, .probe = "try open_write /dev/node",
	       .process = "\"user\": \"0\"",
	       .document = DEVICES("{ \"path\": \"/dev/node\","
				   " \"source\": \"%s\","
				   " \"writable\": true }] },"
				   " \"identity\": { \"mode\": \"CALLER\" }",
				   node));
	ASSERT_STR(answer(outcome.out, "open_write /dev/node"), "ok");
}

TEST(a_device_on_a_mount_without_devices_is_refused)
{
	const char *node = own_node(0666, MS_NODEV);

	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = DEVICES("{ \"path\": \"/dev/node\","
					 " \"source\": \"%s\","
					 " \"writable\": true }] }",
					 node));
	ASSERT_STR(outcome.subject, "security.devices[0].source");
	ASSERT_CONTAINS(outcome.message, "nodev");
}
