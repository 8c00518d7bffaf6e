/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The measured rounds.  Every round launches every contender once, in an order
 * drawn anew, so that whatever else the machine does falls on all alike.
 */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include "contenders.h"

#include <stddef.h>
#include <stdint.h>

struct run {
	enum contender_id who[CONTENDERS];
	size_t contenders;
	size_t rounds;
	uint64_t seed;
	double *us[CONTENDERS]; /* by place in @who, then by round */
	unsigned char *places;  /* by round, then by place in @who: when in
				   the round it was that contender's turn */
};

/* 0 or -ENOMEM; @who, @contenders, @rounds and @seed are set. */
int run_prepare(struct run *run);
void run_done(struct run *run);

/* Returns 0, or a negative errno with a line on stderr. */
int run_measure(struct run *run, const struct workspace *workspace);

/* The place of @id in the run, or -ENOENT. */
int run_place(const struct run *run, enum contender_id id);

#endif
