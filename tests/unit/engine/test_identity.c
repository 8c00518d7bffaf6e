/* SPDX-License-Identifier: Apache-2.0 */
/* Whose ids sandboxes get, for callers of every kind. */
#include "engine/identity.h"
#include "engine/launcher_process.h"
#include "host_case.h"
#include "lib/need.h"
#include "lib/tap.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct identity discover(void)
{
	struct identity identity;

	ASSERT_OK(identity_discover(&identity, NULL));
	return identity;
}

/* The launcher runs newuidmap, and the kernel takes the maps. */
static void assert_launcher_starts(const struct identity *identity)
{
	struct launcher_process process = LAUNCHER_PROCESS_INIT;
	struct err err = ERR_INIT;

	if (launcher_process_start(&identity->setup, &process, &err) < 0) {
		FAIL("%s", err.text);
	}
	launcher_process_end(&process);
}

static void drop_capability(unsigned int capability)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2];

	ASSERT_EQ(syscall(SYS_capget, &header, data), 0);
	data[0].effective &= ~(1U << capability);
	ASSERT_EQ(syscall(SYS_capset, &header, data), 0);
}

TEST(root_leases_from_the_pool)
{
	struct identity identity;

	NEED(root);
	host_scratch();
	host_subordinate_ids("", "");
	identity = discover();
	if (identity.pool_count == 0) {
		SKIP("%s", identity.reason);
	}
	ASSERT_TRUE(identity.privileged);
	ASSERT_EQ(identity.setup.mode, LAUNCHER_PRIVILEGED);
	ASSERT_EQ(identity.pool_first, 0x70000000);
	/* What follows belongs to images of foreign systems. */
	ASSERT_EQ(identity.pool_first + identity.pool_count, 0x7ffe0000);
	ASSERT_EQ(identity_range_max(&identity), 65536);
	ASSERT_EQ(identity_range_auto(&identity), 65536);
}

TEST(a_registered_account_gives_the_pool)
{
	struct identity identity;

	NEED(root);
	host_scratch();
	host_subordinate_ids("libsandbox:1700000000:200000\n",
			     "libsandbox:1700000000:100000\n");
	identity = discover();
	if (identity.pool_count == 0) {
		SKIP("%s", identity.reason);
	}
	ASSERT_EQ(identity.pool_first, 1700000000);
	ASSERT_EQ(identity.pool_count, 100000);
}

TEST(a_registered_account_needs_equal_ids)
{
	struct identity identity;

	NEED(root);
	host_scratch();
	host_subordinate_ids("libsandbox:1700000000:200000\n",
			     "libsandbox:1700000001:200000\n");
	identity = discover();
	if (identity.pool_count == 0) {
		SKIP("%s", identity.reason);
	}
	ASSERT_EQ(identity.pool_first, 0x70000000);
}

TEST(powers_are_told_by_capabilities_and_not_by_uid_0)
{
	NEED(root);
	drop_capability(CAP_NET_ADMIN);
	ASSERT_TRUE(!discover().privileged);
	ASSERT_EQ(discover().setup.mode, LAUNCHER_ROOTLESS);
}

/*
 * It has every capability over a namespace that has no say over the mounts it
 * still shares with the host, nor over groups.
 */
TEST(root_of_a_bare_user_namespace_has_no_powers)
{
	struct identity identity;

	host_enter_user_namespace();
	identity = discover();
	ASSERT_TRUE(!identity.privileged);
	ASSERT_EQ(identity.setup.mode, LAUNCHER_ROOTLESS);
	ASSERT_EQ(identity.setup.uid, 0);
}

TEST(a_user_without_ranges_has_one_id_and_a_remedy)
{
	struct identity identity;

	NEED(root);
	host_scratch();
	host_subordinate_ids("1:100000:65536\n", "");
	host_become(CASE_ID);
	identity = discover();
	ASSERT_TRUE(!identity.privileged);
	ASSERT_EQ(identity.uid, CASE_ID);
	ASSERT_EQ(identity.setup.uid, CASE_ID);
	ASSERT_EQ(identity.setup.n_uid_ranges, 0);
	ASSERT_EQ(identity.pool_count, 0);
	ASSERT_CONTAINS(identity.reason, "add \"lsbcase:100000:65536\"");
	assert_launcher_starts(&identity);
}

TEST(a_user_without_an_account_has_one_id)
{
	struct identity identity;

	NEED(root);
	host_become(CASE_ID);
	identity = discover();
	ASSERT_EQ(identity.pool_count, 0);
	ASSERT_STR(identity.reason, "no subordinate ids: user 64201 has no"
				    " account in /etc/passwd");
	assert_launcher_starts(&identity);
}

TEST(a_user_with_ranges_leases_what_both_files_give)
{
	struct identity identity;

	NEED(root);
	NEED(uidmap);
	host_scratch();
	host_subordinate_ids("64201:1600000000:65536\n",
			     "64201:1600100000:5000\n");
	host_become(CASE_ID);
	identity = discover();
	ASSERT_STR(identity.reason, "");
	ASSERT_EQ(identity.pool_first, 1);
	ASSERT_EQ(identity.pool_count, 5000);
	ASSERT_EQ(identity_range_max(&identity), 4999);
	ASSERT_EQ(identity_range_auto(&identity), 1024);
	assert_launcher_starts(&identity);
}

TEST(several_ranges_are_laid_side_by_side)
{
	struct identity identity;

	NEED(root);
	NEED(uidmap);
	host_scratch();
	host_subordinate_ids("64201:1600000000:100\n" CASE_NAME
			     ":1600001000:2000\n",
			     "64201:1600000000:3000\n");
	host_become(CASE_ID);
	identity = discover();
	ASSERT_EQ(identity.setup.n_uid_ranges, 2);
	ASSERT_EQ(identity.setup.uid_ranges[1].inside, 101);
	ASSERT_EQ(identity.pool_count, 2100);
	/* The larger of the two, as a lease may not cross the border. */
	ASSERT_EQ(identity_range_max(&identity), 1999);
	ASSERT_EQ(identity_range_auto(&identity), 1024);
	ASSERT_EQ(identity_next_room(&identity, 1, 100), 1);
	ASSERT_EQ(identity_next_room(&identity, 1, 101), 101);
	ASSERT_EQ(identity_next_room(&identity, 2, 100), 101);
	ASSERT_TRUE(identity_next_room(&identity, 1, 2001) + 2001 > 2101);
	assert_launcher_starts(&identity);
}

TEST(ranges_that_the_kernel_refuses_do_not_stop_the_engine)
{
	struct identity identity;

	NEED(root);
	NEED(uidmap);
	host_scratch();
	host_subordinate_ids("64201:64000:1000\n"
			     "64201:1600000000:2000\n"
			     "64201:1600001000:2000\n",
			     "64201:1600000000:2000\n");
	host_become(CASE_ID);
	identity = discover();
	ASSERT_EQ(identity.setup.n_uid_ranges, 1);
	ASSERT_EQ(identity.setup.uid_ranges[0].outside, 1600000000);
	assert_launcher_starts(&identity);
}

TEST(ranges_that_are_too_small_are_said_to_be)
{
	struct identity identity;

	NEED(root);
	NEED(uidmap);
	host_scratch();
	host_subordinate_ids("64201:1600000000:1024\n",
			     "64201:1600000000:1024\n");
	host_become(CASE_ID);
	identity = discover();
	ASSERT_EQ(identity_range_max(&identity), 1023);
	ASSERT_EQ(identity_range_auto(&identity), 0);
	ASSERT_CONTAINS(identity.reason,
			"at most 1023 ids for one sandbox, and 1024 are");
}
