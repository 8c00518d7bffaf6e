/* SPDX-License-Identifier: Apache-2.0 */
/* A /dev with what programs need, and no other device by any way. */
#include "control.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static struct outcome outcome;

TEST(the_usual_nodes_are_there_and_work)
{
	static const struct {
		const char *path;
		const char *device;
	} nodes[] = {
		{ "/dev/null", "device 1:3" },
		{ "/dev/zero", "device 1:5" },
		{ "/dev/full", "device 1:7" },
		{ "/dev/random", "device 1:8" },
		{ "/dev/urandom", "device 1:9" },
		{ "/dev/tty", "device 5:0" },
	};

	LAUNCH(&outcome, .probe = "stat /dev/null /dev/zero /dev/full"
				  " /dev/random /dev/urandom /dev/tty");
	for (size_t i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
		ASSERT_CONTAINS(answer(outcome.out, nodes[i].path),
				nodes[i].device);
	}
	LAUNCH(&outcome,
	       .probe = "try read /dev/zero -- read /dev/urandom -- read"
			" /dev/null -- open_write /dev/null -- open /dev/ptmx"
			" -- open /dev/fd/0 -- open /dev/stdin");
	ASSERT_EQ(count_lines(outcome.out, "read /dev/zero: ok"), 1);
	ASSERT_EQ(count_lines(outcome.out, "read /dev/urandom: ok"), 1);
	ASSERT_EQ(count_lines(outcome.out, "read /dev/null: ENODATA"), 1);
	ASSERT_EQ(count_lines(outcome.out, "open_write /dev/null: ok"), 1);
	ASSERT_EQ(count_lines(outcome.out, "open /dev/ptmx: ok"), 1);
	ASSERT_EQ(count_lines(outcome.out, "open /dev/fd/0: ok"), 1);
}

TEST(no_other_node_is_there)
{
	static const char *const allowed[] = { "null",   "zero",    "full",
					       "random", "urandom", "tty",
					       "pts",    "shm",     "mqueue",
					       "ptmx",   "fd",      "stdin",
					       "stdout", "stderr" };
	int known = 0;

	LAUNCH(&outcome, .probe = "list /dev");
	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		char line[64];

		(void)snprintf(line, sizeof(line), "entry: %s\n", allowed[i]);
		known += strstr(outcome.out, line) != NULL ? 1 : 0;
	}
	ASSERT_EQ(count_lines(outcome.out, "entry: "), known);
	LAUNCH(&outcome, .probe = "list /dev/mqueue");
	ASSERT_EQ(count_lines(outcome.out, "entry: "), 0);
	LAUNCH(&outcome, .probe = "list /dev/pts");
	ASSERT_EQ(count_lines(outcome.out, "entry: ") -
			  count_lines(outcome.out, "entry: ptmx"),
		  0);
}

/* Without a terminal of its own; one of the host's is not handed on. */
TEST(there_is_no_controlling_terminal)
{
	LAUNCH(&outcome, .probe = "try open /dev/tty");
	ASSERT_STR(answer(outcome.out, "open /dev/tty"), "ENXIO");
}

/*
 * What puts characters into a terminal's input.  As nobody's controlling
 * terminal, the control answers EPERM of its own for the first, so that one is
 * compared in a way that root's run can tell.
 */
TEST(no_terminal_can_be_written_from_behind)
{
	static const struct trial trials[] = {
		{ "tiocsti", "EPERM", CONTROL_PLAIN, NULL },
		{ "tiocsti high", "EPERM", CONTROL_PLAIN, NULL },
		{ "tioclinux", "EPERM", CONTROL_PLAIN, "ENOTTY" },
		{ "tioclinux high", "EPERM", CONTROL_PLAIN, "ENOTTY" },
		{ "tiocsetd", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "tiocsetd high", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "tioccons", "EPERM", CONTROL_PLAIN, NULL },
	};

	TRY(trials, .process = NULL);
	if (launch_mode() == MODE_ROOT) {
		control(CONTROL_PLAIN, "try tiocsti", &outcome);
		ASSERT_STR(answer(outcome.out, "tiocsti"), "ok");
	}
}

TEST(no_node_can_be_made)
{
	static const struct trial trials[] = {
		{ "make_node /tmp/null", "EPERM", CONTROL_PLAIN, NULL },
		{ "make_disk /tmp/disk", "EPERM", CONTROL_PLAIN, NULL },
	};
	char attempt[600];

	TRY(trials, .process = "\"user\": \"0\"");
	if (launch_mode() == MODE_ROOT) {
		(void)snprintf(attempt, sizeof(attempt), "try make_node %s",
			       launch_folder("null"));
		control(CONTROL_PLAIN, attempt, &outcome);
		ASSERT_STR(answer(outcome.out, attempt + strlen("try ")), "ok");
		ASSERT_OK(unlink(launch_folder("null")));
	}
}

TEST(a_capability_to_make_nodes_makes_none)
{
	LAUNCH(&outcome, .probe = "try make_node /tmp/null",
	       .process = "\"user\": \"0\"",
	       .document = "\"security\": { \"capabilities\": { \"allSets\":"
			   " [\"CAP_MKNOD\"] } }");
	ASSERT_STR(answer(outcome.out, "make_node /tmp/null"), "EPERM");
}

/* A node that lies in a directory of the host's, which is bound. */
TEST(a_node_in_a_bound_directory_cannot_be_opened)
{
	char mounts[1024];
	char attempt[600];
	const char *folder = launch_folder("nodes");
	const char *node = launch_folder("nodes/zero");

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root can make the node");
	}
	ASSERT_OK(mkdir(folder, 0777));
	ASSERT_OK(mknod(node, S_IFCHR | 0666, makedev(1, 5)));
	ASSERT_OK(chmod(node, 0666));
	(void)snprintf(attempt, sizeof(attempt), "try read %s", node);
	control(CONTROL_PLAIN, attempt, &outcome);
	ASSERT_STR(answer(outcome.out, attempt + strlen("try ")), "ok");
	for (int writable = 0; writable < 2; writable++) {
		(void)snprintf(mounts, sizeof(mounts),
			       "{ \"source\": \"%s\", \"target\": \"/nodes\","
			       " \"writable\": %s }",
			       folder, writable != 0 ? "true" : "false");
		LAUNCH(&outcome, .probe = "try read /nodes/zero",
		       .mounts = mounts);
		ASSERT_STR(answer(outcome.out, "read /nodes/zero"), "EACCES");
	}
	ASSERT_OK(unlink(node));
}
