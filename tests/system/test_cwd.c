/* SPDX-License-Identifier: Apache-2.0 */
/* The working directory lies below the root, whatever the caller has open. */
#include "launch.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static struct outcome outcome;

TEST(the_working_directory_is_entered)
{
	LAUNCH(&outcome,
	       .argv = "\"/bin/sh\", \"-c\", \"readlink /proc/self/cwd\"",
	       .process = "\"cwd\": \"/usr/lib\"");
	ASSERT_STR(outcome.out, "/usr/lib\n");
}

TEST(a_working_directory_outside_of_the_root_is_refused)
{
	int open_here[8];
	char process[128];

	/* Directories of the host's, as a careless caller leaves them open. */
	for (int i = 0; i < 8; i++) {
		/* NOLINTNEXTLINE(android-cloexec-open): that is the point */
		open_here[i] = open("/", O_RDONLY | O_DIRECTORY);
		ASSERT_TRUE(open_here[i] >= 0);
	}
	for (int i = 0; i < 24; i++) {
		(void)snprintf(process, sizeof(process),
			       "\"cwd\": \"/proc/self/fd/%d\"", i);
		LAUNCH_FAILS(&outcome, .probe = "ids", .process = process);
		ASSERT_STR(outcome.subject, "process.cwd");
	}
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .process = "\"cwd\": \"/proc/1/root\"");
	ASSERT_STR(outcome.subject, "process.cwd");
	for (int i = 0; i < 8; i++) {
		ASSERT_OK(close(open_here[i]));
	}
}
