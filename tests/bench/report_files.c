/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a run as JSON, and its raw samples as CSV. */
#include "report.h"

#include <errno.h>
#include <stdio.h>

/* Whatever went wrong in between shows at the latest here. */
static int close_file(FILE *file)
{
	int failed = ferror(file);

	if (fclose(file) != 0) {
		return -errno;
	}
	return failed ? -EIO : 0;
}

int report_write_json(const struct report *report, const char *path)
{
	const struct run *run = report->run;
	FILE *file = fopen(path, "we");

	if (!file) {
		return -errno;
	}
	(void)fprintf(file, "[\n");
	for (size_t i = 0; i < run->contenders; i++) {
		const struct stats_summary *summary = &report->summaries[i];

		(void)fprintf(file,
			      "  {\"name\": \"%s\", \"n\": %zu, "
			      "\"min_us\": %.1f, \"median_us\": %.1f, "
			      "\"p99_us\": %.1f, \"ratio_to_floor\": ",
			      contender_name(run->who[i]), run->rounds,
			      summary->min, summary->median, summary->p99);
		if (report->has[REPORT_TO_FLOOR]) {
			(void)fprintf(file, "%.3f",
				      report->to[REPORT_TO_FLOOR][i].median);
		} else {
			(void)fprintf(file, "null");
		}
		(void)fprintf(file, "}%s\n",
			      i + 1 < run->contenders ? "," : "");
	}
	(void)fprintf(file, "]\n");
	return close_file(file);
}

int report_write_csv(const struct report *report, const char *path)
{
	const struct run *run = report->run;
	FILE *file = fopen(path, "we");

	if (!file) {
		return -errno;
	}
	(void)fprintf(file, "round,turn,name,us\n");
	for (size_t i = 0; i < run->rounds * run->contenders; i++) {
		size_t round = i / run->contenders;
		size_t who = i % run->contenders;

		(void)fprintf(file, "%zu,%d,%s,%.3f\n", round,
			      run->places[round * CONTENDERS + who],
			      contender_name(run->who[who]),
			      run->us[who][round]);
	}
	return close_file(file);
}
