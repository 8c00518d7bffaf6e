/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Order statistics of samples, and the comparison of two contenders: the
 * median of the ratios of the launches of one round, with a 95% interval from
 * resampling the rounds.  Neither trusts a distribution.
 */
#ifndef BENCH_STATS_H
#define BENCH_STATS_H

#include <stddef.h>
#include <stdint.h>

struct stats_summary {
	double min;
	double median;
	double p99;
};

struct stats_ratio {
	double median;
	double low; /* of the 95% interval */
	double high;
};

/* A stream of pseudo-random numbers; any state will do as a seed. */
uint64_t stats_random(uint64_t *state);

/* Reorders @order[0..count) at random. */
void stats_shuffle(size_t *order, size_t count, uint64_t *state);

/* @count samples, at least 1.  Return 0 or -ENOMEM. */
int stats_summarize(const double *samples, size_t count,
		    struct stats_summary *ret);
int stats_compare(const double *numerators, const double *denominators,
		  size_t count, uint64_t *state, struct stats_ratio *ret);

#endif
