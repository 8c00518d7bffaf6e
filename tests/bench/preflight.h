/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proof, before anything is timed, that a contender does the job: it launches
 * the probe, and what the probe saw is held against a list of demands.
 */
#ifndef BENCH_PREFLIGHT_H
#define BENCH_PREFLIGHT_H

#include "contenders.h"

#include <stdio.h>

#define PREFLIGHT_TEXT 16384

/*
 * Returns 0, or a negative errno after one line on stderr for each thing that
 * the contender did not do.  What the probe printed is written to @log, which
 * may be NULL.
 */
int preflight_run(enum contender_id id, const struct workspace *workspace,
		  FILE *log);

/*
 * The demands: writes a line on @complaints for each that the probe's text
 * does not meet and returns how many they are.
 */
int preflight_check(const char *name, const char *probed, FILE *complaints);

#endif
