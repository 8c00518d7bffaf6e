/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The figures that the bench reports, on samples whose answers are known, and
 * the demands of its preflight.
 */
#include "lib/tap.h"
#include "preflight.h"
#include "stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Doubles that are exact in binary, compared as thousandths. */
static long milli(double value)
{
	return (long)(value * 1000 + 0.5);
}

TEST(the_median_of_an_odd_number_is_its_middle)
{
	const double samples[] = { 9, 1, 5 };
	struct stats_summary summary;

	ASSERT_OK(stats_summarize(samples, 3, &summary));
	ASSERT_EQ(milli(summary.min), 1000);
	ASSERT_EQ(milli(summary.median), 5000);
	ASSERT_EQ(milli(summary.p99), 9000);
}

TEST(the_median_of_an_even_number_is_between)
{
	const double samples[] = { 4, 1, 3, 2 };
	struct stats_summary summary;

	ASSERT_OK(stats_summarize(samples, 4, &summary));
	ASSERT_EQ(milli(summary.median), 2500);
}

TEST(the_99th_percentile_leaves_out_one_of_a_hundred_and_more)
{
	double samples[200];
	struct stats_summary summary;

	for (int i = 0; i < 200; i++) {
		samples[i] = 200 - i;
	}
	ASSERT_OK(stats_summarize(samples, 200, &summary));
	ASSERT_EQ(milli(summary.p99), 198000);
}

TEST(a_ratio_is_paired_by_round)
{
	/* The medians are equal; the rounds all say one half. */
	const double a[] = { 1, 2, 4, 8, 16 };
	const double b[] = { 2, 4, 8, 16, 32 };
	uint64_t state = 7;
	struct stats_ratio ratio;

	ASSERT_OK(stats_compare(a, b, 5, &state, &ratio));
	ASSERT_EQ(milli(ratio.median), 500);
	ASSERT_EQ(milli(ratio.low), 500);
	ASSERT_EQ(milli(ratio.high), 500);
}

TEST(the_interval_holds_the_median_and_shrinks_with_samples)
{
	double a[400];
	double b[400];
	uint64_t state = 11;
	struct stats_ratio few;
	struct stats_ratio many;

	for (int i = 0; i < 400; i++) {
		a[i] = 1000 + (double)(stats_random(&state) % 1000);
		b[i] = 1000;
	}
	ASSERT_OK(stats_compare(a, b, 20, &state, &few));
	ASSERT_OK(stats_compare(a, b, 400, &state, &many));
	ASSERT_TRUE(many.low <= many.median && many.median <= many.high);
	ASSERT_TRUE(many.high - many.low < few.high - few.low);
	ASSERT_TRUE(many.low > 1.4 && many.high < 1.6);
}

TEST(a_shuffle_is_fair_and_loses_nothing)
{
	size_t first[4] = { 0, 0, 0, 0 };
	uint64_t state = 3;

	for (int i = 0; i < 4000; i++) {
		size_t order[4] = { 0, 1, 2, 3 };

		stats_shuffle(order, 4, &state);
		ASSERT_EQ(order[0] + order[1] + order[2] + order[3], 6);
		first[order[0]]++;
	}
	for (int i = 0; i < 4; i++) {
		ASSERT_TRUE(first[i] > 850 && first[i] < 1150);
	}
}

static const char good_probe[] =
	"hostname=sandbox\npid=2\nsession=1\n"
	"ns_user=1\nns_mnt=2\nns_pid=3\nns_net=4\nns_ipc=5\nns_uts=6\n"
	"NoNewPrivs=1\nSeccomp=2\nCapInh=0000000000000000\n"
	"CapPrm=0000000000000000\nCapEff=0000000000000000\n"
	"CapBnd=0000000000000000\nCapAmb=0000000000000000\n"
	"root_read_only=1\nopen_new_in_root=30\nopen_new_in_tmp=0\n"
	"open_null=0\nopen_zero=0\nopen_full=0\nopen_random=0\n"
	"open_urandom=0\nopen_ptmx=0\n"
	"mount:/=ext4\nmount:/proc=proc\nmount:/tmp=tmpfs\nmount:/dev=tmpfs\n"
	"mount:/dev/pts=devpts\nmounts=11\nloopback_up=1\ndescriptors=0\n"
	"refused_call=1\n";

/* The good probe with @from replaced by @to; how many demands it fails. */
static int failures_with(const char *from, const char *to, char *complaints,
			 size_t size)
{
	char text[2048];
	const char *place = strstr(good_probe, from);
	FILE *out = fmemopen(complaints, size, "w");
	int failed = 0;

	ASSERT_TRUE(place != NULL && out != NULL);
	(void)snprintf(text, sizeof(text), "%.*s%s%s",
		       (int)(place - good_probe), good_probe, to,
		       place + strlen(from));
	failed = preflight_check("some", text, out);
	(void)fclose(out);
	return failed;
}

TEST(a_probe_that_saw_a_sandbox_passes)
{
	char complaints[512] = "";

	ASSERT_EQ(
		failures_with("pid=2", "pid=2", complaints, sizeof(complaints)),
		0);
}

TEST(each_thing_that_was_not_done_is_named)
{
	static const struct {
		const char *from;
		const char *to;
		const char *complaint;
	} rows[] = {
		{ "Seccomp=2", "Seccomp=0", "no system-call filter" },
		{ "NoNewPrivs=1", "NoNewPrivs=0", "new privileges" },
		{ "CapEff=0000000000000000", "CapEff=000001ffffffffff",
		  "effective capabilities" },
		{ "CapBnd=0000000000000000", "CapBnd=", "bounding set" },
		{ "ns_net=4", "ns_net=0", "no network namespace" },
		{ "root_read_only=1", "root_read_only=0", "writable" },
		{ "open_new_in_root=30", "open_new_in_root=13", "EROFS" },
		{ "mount:/tmp=tmpfs\n", "", "no tmpfs on /tmp" },
		{ "mounts=11", "mounts=99", "host's mounts" },
		{ "refused_call=1", "refused_call=0", "keyctl" },
		{ "session=1", "session=0", "no new session" },
		{ "descriptors=0", "descriptors=1", "descriptors" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char complaints[512] = "";

		ASSERT_EQ(failures_with(rows[i].from, rows[i].to, complaints,
					sizeof(complaints)),
			  1);
		ASSERT_CONTAINS(complaints, rows[i].complaint);
	}
}
