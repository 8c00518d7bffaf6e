/* SPDX-License-Identifier: Apache-2.0 */
/* Smaller privileges of the document: scores, securebits, ceilings. */
#include "control.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static struct outcome outcome;
static struct outcome other;

TEST(a_sandbox_may_be_killed_before_others)
{
	LAUNCH(&outcome, .probe = "text /proc/self/oom_score_adj",
	       .process = "\"oomScoreAdj\": 321");
	ASSERT_STR(outcome.out, "321\n");
	ASSERT_CONTAINS(outcome.json, "\"oom-score\"");
	/* The control: it is not so by itself. */
	LAUNCH(&other, .probe = "text /proc/self/oom_score_adj");
	ASSERT_TRUE(strcmp(other.out, "321\n") != 0);
}

static bool has_sys_resource(void)
{
	char line[256];
	unsigned long long set = 0;
	FILE *status = fopen("/proc/self/status", "re");

	ASSERT_TRUE(status != NULL);
	while (fgets(line, sizeof(line), status) != NULL) {
		if (strncmp(line, "CapEff:", 7) == 0) {
			set = strtoull(line + 7, NULL, 16);
		}
	}
	(void)fclose(status);
	return (set >> 24 & 1) != 0;
}

TEST(to_be_killed_after_others_takes_the_hosts_right)
{
	static const char score[] = "\"oomScoreAdj\": -17";

	if (has_sys_resource()) {
		LAUNCH(&outcome, .probe = "text /proc/self/oom_score_adj",
		       .process = score);
		ASSERT_STR(outcome.out, "-17\n");
		return;
	}
	LAUNCH_FAILS(&outcome, .probe = "ids", .process = score);
	ASSERT_STR(outcome.subject, "process.oom_score_adj");
	ASSERT_CONTAINS(outcome.message, "CAP_SYS_RESOURCE");
	LAUNCH(&outcome, .probe = "ids", .process = score,
	       .document = "\"preferred\": [\"process.oom_score_adj\"]");
	ASSERT_CONTAINS(outcome.json, "left out: takes CAP_SYS_RESOURCE");
}

TEST(securebits_are_those_that_are_named)
{
	/* NOROOT, NO_SETUID_FIXUP and NO_CAP_AMBIENT_RAISE with their locks. */
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"security\": { \"securebits\": 207 }");
	ASSERT_STR(answer(outcome.out, "securebits"), "207");
	ASSERT_STR(answer(outcome.out, "CapEff"), "0000000000000000");
	ASSERT_STR(answer(outcome.out, "CapPrm"), "0000000000000000");
	LAUNCH(&outcome, .probe = "ids", .process = "\"user\": \"0\"",
	       .document = "\"security\": { \"securebits\": 207,"
			   " \"capabilities\": { \"allSets\": [\"kill\"] } }");
	ASSERT_STR(answer(outcome.out, "securebits"), "207");
	ASSERT_STR(answer(outcome.out, "CapEff"), "0000000000000020");
	ASSERT_STR(answer(outcome.out, "CapAmb"), "0000000000000020");
	/* All that the kernel has had for long, KEEP_CAPS_LOCKED as well. */
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"security\": { \"securebits\": 239 }");
	ASSERT_STR(answer(outcome.out, "securebits"), "239");
}

TEST(securebits_and_new_privileges_go_together)
{
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"security\": { \"securebits\": 3,"
			   " \"allowNewPrivs\": true }");
	ASSERT_STR(answer(outcome.out, "securebits"), "3");
	ASSERT_STR(answer(outcome.out, "NoNewPrivs"), "0");
}

TEST(memory_is_executed_only_where_that_is_asked_for)
{
	static const char path[] = "text /proc/sys/vm/memfd_noexec";

	LAUNCH(&outcome, .probe = path,
	       .document = "\"security\": { \"allowMemfdExec\": true }");
	ASSERT_STR(outcome.out, "0\n");
	ASSERT_CONTAINS(outcome.json, "allowed, as asked");
	if (launch_mode() == MODE_ROOT) {
		LAUNCH(&outcome, .probe = path);
		ASSERT_STR(outcome.out, "2\n");
	}
}

/* Beyond the host's own ceiling: root's launcher may, if root itself may. */
TEST(a_limit_beyond_the_hosts_takes_the_right)
{
	struct rlimit limit;
	char process[200];

	ASSERT_OK(getrlimit(RLIMIT_MEMLOCK, &limit));
	if (limit.rlim_max >= RLIM_INFINITY - 1) {
		return; /* nothing is beyond it */
	}
	(void)snprintf(process, sizeof(process),
		       "\"rlimits\": [{ \"name\": \"memlock\", \"soft\": 1,"
		       " \"hard\": \"%llu\" }]",
		       (unsigned long long)limit.rlim_max + 1);
	if (has_sys_resource()) {
		LAUNCH(&outcome, .probe = "limits", .process = process);
		return;
	}
	LAUNCH_FAILS(&outcome, .probe = "limits", .process = process);
	ASSERT_EQ(outcome.error, EPERM);
	ASSERT_STR(outcome.subject, "process.rlimits");
	ASSERT_CONTAINS(outcome.message, "memlock");
}
