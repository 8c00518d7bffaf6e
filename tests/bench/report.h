/* SPDX-License-Identifier: Apache-2.0 */
/* What a run comes to: a table for people, JSON and CSV for programs. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include "machine.h"
#include "run.h"
#include "stats.h"

struct report {
	const struct run *run;
	struct machine before; /* the machine around the run */
	struct machine after;
	struct stats_summary summaries[CONTENDERS];
	/* Of a contender to the floor, the library, and the library in the
	 * big host; has_* says whether the run had these at all. */
	struct stats_ratio to[3][CONTENDERS];
	int has[3];
};

enum report_base {
	REPORT_TO_FLOOR,
	REPORT_TO_LIBRARY,
	REPORT_TO_LIBRARY_1GIB,
	REPORT_BASES,
};

/* 0 or -ENOMEM. */
int report_compute(const struct run *run, struct report *ret);

/* Prints the table and how the figures stand to the goals. */
void report_print(const struct report *report);

/* How many of the goals that the run can judge it misses. */
int report_goals_missed(const struct report *report);

/*
 * Write a list of {name, n, min_us, median_us, p99_us, ratio_to_floor}, and
 * every single launch.  Return 0 or a negative errno.
 */
int report_write_json(const struct report *report, const char *path);
int report_write_csv(const struct report *report, const char *path);

#endif
