/* SPDX-License-Identifier: Apache-2.0 */
/* What is only preferred: left out where it is not there, and said to be. */
#include "control.h"

#include <errno.h>
#include <string.h>

static struct outcome outcome;

#define ABSENT "{ \"source\": \"/none/at/all\", \"target\": \"/shown\" }"
#define DEVICE                                                            \
	"\"security\": { \"devices\": [{ \"path\": \"/dev/none-at-all\"," \
	" \"writable\": true }] }"

TEST(a_source_that_is_not_there_is_left_out_where_it_is_preferred)
{
	LAUNCH_FAILS(&outcome, .probe = "ids", .mounts = ABSENT);
	ASSERT_STR(outcome.subject, "mounts[1].source");
	ASSERT_EQ(outcome.error, ENOENT);
	LAUNCH(&outcome, .probe = "try open /shown -- open /tmp",
	       .mounts = ABSENT,
	       .document = "\"preferred\": [\"mounts[1].source\"]");
	ASSERT_STR(answer(outcome.out, "open /shown"), "ENOENT");
	ASSERT_STR(answer(outcome.out, "open /tmp"), "ok");
	ASSERT_CONTAINS(outcome.json, "mounts[1].source: left out");
}

TEST(a_device_that_is_not_there_is_left_out_where_it_is_preferred)
{
	LAUNCH(&outcome, .probe = "try open /dev/none-at-all",
	       .document = DEVICE ","
				  "\"preferred\": [\"security.devices\"]");
	ASSERT_STR(answer(outcome.out, "open /dev/none-at-all"), "ENOENT");
	ASSERT_CONTAINS(outcome.json, "security.devices[0].source: left out");
}

TEST(what_is_there_is_shown_where_it_is_preferred)
{
	LAUNCH(&outcome, .probe = "try open /shown",
	       .mounts = "{ \"source\": \"/usr\", \"target\": \"/shown\" }",
	       .document = "\"preferred\": [\"mounts[1].source\"]");
	ASSERT_STR(answer(outcome.out, "open /shown"), "ok");
	ASSERT_TRUE(strstr(outcome.json, "left out") == NULL);
}
