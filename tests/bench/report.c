/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a run, and the table of them. */
#include "report.h"

#include "base/array.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const enum contender_id bases[REPORT_BASES] = {
	[REPORT_TO_FLOOR] = CONTENDER_FLOOR,
	[REPORT_TO_LIBRARY] = CONTENDER_LIBRARY,
	[REPORT_TO_LIBRARY_1GIB] = CONTENDER_LIBRARY_1GIB,
};

/*
 * The goals: the library, launched from a host of 1 GiB, costs at most so
 * much of the floor, and the peers cost at least so much of it.
 */
static const struct goal {
	enum contender_id who;
	enum report_base base;
	int is_ceiling;
	double ratio;
} goals[] = {
	{ CONTENDER_LIBRARY_1GIB, REPORT_TO_FLOOR, 1, 1.5 },
	{ CONTENDER_BUBBLEWRAP, REPORT_TO_LIBRARY_1GIB, 0, 2.2 },
	{ CONTENDER_CRUN, REPORT_TO_LIBRARY_1GIB, 0, 4.0 },
};

static int compare_all(const struct run *run, enum report_base base,
		       struct report *ret)
{
	int place = run_place(run, bases[base]);
	uint64_t state = run->seed;
	int r = 0;

	ret->has[base] = place >= 0;
	for (size_t i = 0; place >= 0 && r == 0 && i < run->contenders; i++) {
		r = stats_compare(run->us[i], run->us[place], run->rounds,
				  &state, &ret->to[base][i]);
	}
	return r;
}

int report_compute(const struct run *run, struct report *ret)
{
	int r = 0;

	ret->run = run;
	for (size_t i = 0; r == 0 && i < run->contenders; i++) {
		r = stats_summarize(run->us[i], run->rounds,
				    &ret->summaries[i]);
	}
	for (size_t base = 0; r == 0 && base < REPORT_BASES; base++) {
		r = compare_all(run, (enum report_base)base, ret);
	}
	return r;
}

static void print_ratio(const struct report *report, enum report_base base,
			size_t i)
{
	const struct stats_ratio *ratio = &report->to[base][i];
	char text[40] = "-";

	if (report->has[base]) {
		(void)snprintf(text, sizeof(text), "%.2f [%.2f %.2f]",
			       ratio->median, ratio->low, ratio->high);
	}
	(void)printf("  %20s", text);
}

/* Finds both sides of a goal; 0 when the run cannot judge it. */
static int judge(const struct report *report, const struct goal *goal,
		 const struct stats_ratio **ret_ratio, int *ret_met)
{
	int place = run_place(report->run, goal->who);

	if (place < 0 || !report->has[goal->base]) {
		return 0;
	}
	*ret_ratio = &report->to[goal->base][place];
	*ret_met = goal->is_ceiling ? (*ret_ratio)->median <= goal->ratio
				    : (*ret_ratio)->median >= goal->ratio;
	return 1;
}

int report_goals_missed(const struct report *report)
{
	int missed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(goals); i++) {
		const struct stats_ratio *ratio = NULL;
		int met = 0;

		missed += judge(report, &goals[i], &ratio, &met) && !met;
	}
	return missed;
}

static void print_goals(const struct report *report)
{
	for (size_t i = 0; i < ARRAY_SIZE(goals); i++) {
		const struct goal *goal = &goals[i];
		const struct stats_ratio *ratio = NULL;
		int met = 0;

		if (judge(report, goal, &ratio, &met)) {
			(void)printf("goal: %s / %s at %s %.1f: %.2f, %s\n",
				     contender_name(goal->who),
				     contender_name(bases[goal->base]),
				     goal->is_ceiling ? "most" : "least",
				     goal->ratio, ratio->median,
				     met ? "met" : "MISSED");
		}
	}
}

static void print_machine(const struct report *report)
{
	const struct machine *before = &report->before;
	const struct machine *after = &report->after;

	(void)printf("%zu rounds, every contender once in each, order drawn "
		     "with seed %llu\n%d processors, load %.2f, %d%% busy "
		     "before the run and %d%% after it\n",
		     report->run->rounds, (unsigned long long)report->run->seed,
		     before->processors, before->load, before->busy_percent,
		     after->busy_percent);
	if (before->busy_percent > MACHINE_BUSY_PERCENT ||
	    after->busy_percent > MACHINE_BUSY_PERCENT) {
		(void)printf("BUSY MACHINE: do not quote these figures\n");
	}
}

void report_print(const struct report *report)
{
	const struct run *run = report->run;

	(void)printf("%-20s %5s %9s %9s %9s  %20s  %20s  %20s\n", "launch", "n",
		     "min us", "median us", "p99 us", "/ floor", "/ libsandbox",
		     "/ in 1 GiB host");
	for (size_t i = 0; i < run->contenders; i++) {
		const struct stats_summary *summary = &report->summaries[i];

		(void)printf("%-20s %5zu %9.0f %9.0f %9.0f",
			     contender_name(run->who[i]), run->rounds,
			     summary->min, summary->median, summary->p99);
		for (size_t base = 0; base < REPORT_BASES; base++) {
			print_ratio(report, (enum report_base)base, i);
		}
		(void)printf("\n");
	}
	(void)printf("ratios: median of the ratios within a round, and its "
		     "95%% interval\n");
	print_machine(report);
	print_goals(report);
}
