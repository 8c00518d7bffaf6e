/* SPDX-License-Identifier: Apache-2.0 */
/* What the probe says of hosts that this one is not. */
#include "base/array.h"
#include "engine/probe_report.h"
#include "lib/tap.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const struct probe_host plain = {
	.max_user_namespaces = 10000,
	.unprivileged_userns_clone = -1,
	.apparmor_restrict_userns = -1,
	.memfd_noexec = 0,
};

static void assert_remedy(enum probe_item item, int error,
			  const struct probe_host *host, const char *part)
{
	struct probe_feature feature;

	probe_explain(item, error, 0, host, &feature);
	ASSERT_TRUE(!feature.available);
	ASSERT_CONTAINS(feature.remedy, part);
}

TEST(every_item_has_words_for_both_answers)
{
	for (int i = 0; i < PROBE_COUNT; i++) {
		struct probe_feature feature;

		probe_explain((enum probe_item)i, 0, 0, &plain, &feature);
		ASSERT_TRUE(feature.available);
		ASSERT_TRUE(feature.feature[0] != '\0');
		ASSERT_TRUE(feature.detail[0] != '\0');
		ASSERT_STR(feature.remedy, "");
		probe_explain((enum probe_item)i, EPERM, 0, &plain, &feature);
		ASSERT_TRUE(!feature.available);
		ASSERT_STR(feature.detail, "tried and refused: EPERM");
		ASSERT_TRUE(feature.remedy[0] != '\0');
	}
}

static const char *name_of(int item)
{
	struct probe_feature feature;

	probe_explain((enum probe_item)item, 0, 0, &plain, &feature);
	return feature.feature;
}

static int count_named(const char *name)
{
	int count = 0;

	for (int i = 0; i < PROBE_COUNT; i++) {
		count += strcmp(name_of(i), name) == 0;
	}
	return count;
}

TEST(no_two_items_have_one_name)
{
	for (int i = 0; i < PROBE_COUNT; i++) {
		ASSERT_EQ(count_named(name_of(i)), 1);
	}
}

TEST(a_limit_of_no_user_namespaces_is_named)
{
	struct probe_host host = plain;

	host.max_user_namespaces = 0;
	assert_remedy(PROBE_USER_NAMESPACE, ENOSPC, &host,
		      "user.max_user_namespaces is 0");
	/* It stands in the way of all that is tried in one. */
	assert_remedy(PROBE_MOUNT_API, ENOSPC, &host,
		      "user.max_user_namespaces is 0");
}

TEST(debians_switch_is_named)
{
	struct probe_host host = plain;

	host.unprivileged_userns_clone = 0;
	assert_remedy(PROBE_USER_NAMESPACE, EPERM, &host,
		      "kernel.unprivileged_userns_clone is 0");
}

TEST(ubuntus_restriction_is_named)
{
	struct probe_host host = plain;

	host.apparmor_restrict_userns = 1;
	/* The namespace is made, but has no capabilities. */
	assert_remedy(PROBE_CAPABILITIES, EACCES, &host,
		      "AppArmor restricts user namespaces");
}

TEST(a_filter_of_a_container_is_named)
{
	struct probe_host host = plain;

	host.has_seccomp = true;
	assert_remedy(PROBE_USER_NAMESPACE, EPERM, &host,
		      "a system-call filter lies on this process");
	assert_remedy(PROBE_MOUNT_API, ENOSYS, &host,
		      "a system-call filter lies on this process");
	assert_remedy(PROBE_MOUNT_API, ENOSYS, &plain, "use Linux 5.12");
}

TEST(a_covered_proc_is_named)
{
	struct probe_host host = plain;

	host.proc_is_covered = true;
	assert_remedy(PROBE_PROC, EPERM, &host, "parts of /proc are covered");
	assert_remedy(PROBE_PROC, EPERM, &plain, "show all of /proc");
}

TEST(memfds_that_may_not_be_executed_are_named)
{
	struct probe_host host = plain;

	host.memfd_noexec = 2;
	assert_remedy(PROBE_MEMFD_EXEC, EACCES, &host, "vm.memfd_noexec is 2");
	assert_remedy(PROBE_MEMFD_EXEC, EACCES, &plain, "install the launcher");
}

TEST(the_abi_of_landlock_is_said)
{
	struct probe_feature feature;

	probe_explain(PROBE_LANDLOCK, 0, 7, &plain, &feature);
	ASSERT_STR(feature.detail, "Landlock ABI 7");
}

TEST(what_only_some_sandboxes_use_is_not_needed)
{
	ASSERT_TRUE(probe_is_needed(PROBE_USER_NAMESPACE));
	ASSERT_TRUE(probe_is_needed(PROBE_SECCOMP));
	ASSERT_TRUE(!probe_is_needed(PROBE_OVERLAY));
	ASSERT_TRUE(!probe_is_needed(PROBE_MEMFD_EXEC));
}

TEST(cgroups_are_described_either_way)
{
	struct probe_feature feature;

	probe_cgroups(geteuid() == 0, &feature);
	ASSERT_STR(feature.feature, "cgroup-limits");
	ASSERT_TRUE(feature.detail[0] != '\0');
	ASSERT_EQ(feature.available, feature.remedy[0] == '\0');
}
