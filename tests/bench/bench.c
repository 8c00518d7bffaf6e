/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How fast the library launches a sandbox, against the least that the kernel
 * asks for (floor.h) and against its peers; and how much memory it keeps.
 * The order of a run: preflight, measured rounds, report.
 */
#include "memory.h"
#include "options.h"
#include "preflight.h"
#include "report.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	EXIT_GOAL = 1,
	EXIT_USAGE = 2,
	EXIT_BROKEN = 3,
};

/* All contenders are asked, so that all that is missing is said at once. */
static int check_all(const struct run *run, const struct workspace *workspace,
		     FILE *log)
{
	int r = 0;

	for (size_t i = 0; i < run->contenders; i++) {
		int one = preflight_run(run->who[i], workspace, log);

		r = one < 0 ? one : r;
	}
	return r;
}

static int write_file(const struct report *report, const char *path,
		      int (*write)(const struct report *, const char *))
{
	int r = path ? write(report, path) : 0;

	if (r < 0) {
		(void)fprintf(stderr, "bench: %s: %s\n", path, strerror(-r));
	}
	return r;
}

static int report_all(const struct options *options,
		      const struct report *report)
{
	int r = write_file(report, options->json, report_write_json);

	if (r == 0) {
		r = write_file(report, options->csv, report_write_csv);
	}
	report_print(report);
	if (r == 0 && options->gate && report_goals_missed(report) > 0) {
		r = EXIT_GOAL;
	}
	return r;
}

static int measure_launches(struct options *options,
			    const struct workspace *workspace)
{
	struct report report = { .run = &options->run };
	struct run *run = &options->run;
	int r = check_all(run, workspace, NULL);

	if (r < 0) {
		return r;
	}
	r = run_prepare(run);
	if (r == 0) {
		machine_observe(&report.before);
		r = run_measure(run, workspace);
	}
	if (r == 0) {
		machine_observe(&report.after);
		r = report_compute(run, &report);
	}
	if (r == 0) {
		r = report_all(options, &report);
	}
	run_done(run);
	return r;
}

static int run_verb(struct options *options, const struct workspace *workspace)
{
	int r = 0;

	switch (options->verb) {
	case VERB_LAUNCH:
		return measure_launches(options, workspace);
	case VERB_MEMORY:
		r = memory_measure(workspace);
		return r < 0 || options->gate ? r : 0;
	case VERB_PREFLIGHT:
		return check_all(&options->run, workspace, stdout);
	case VERB_HELP:
		break;
	}
	return -EINVAL;
}

int main(int argc, char **argv)
{
	struct options options;
	struct workspace workspace;
	int r = 0;

	if (options_parse(argc, argv, &options) < 0) {
		return EXIT_USAGE;
	}
	if (options.verb == VERB_HELP) {
		options_help();
		return 0;
	}
	/* What our caller left open would be the peers' to inherit. */
	if (syscall(SYS_close_range, 3, UINT_MAX, 0) < 0) {
		perror("bench: close_range");
		return EXIT_BROKEN;
	}
	if (workspace_create(&workspace) < 0) {
		return EXIT_BROKEN;
	}
	r = run_verb(&options, &workspace);
	workspace_remove(&workspace);
	return r < 0 ? EXIT_BROKEN : r;
}
