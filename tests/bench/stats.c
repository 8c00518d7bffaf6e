/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting and resampling; see stats.h for what the figures mean. */
#include "stats.h"

#include "base/cleanup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define RESAMPLES 1000

uint64_t stats_random(uint64_t *state)
{
	/* The splitmix64 sequence: every seed is as good as any other. */
	uint64_t x = *state += 0x9e3779b97f4a7c15U;

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
	return x ^ (x >> 31);
}

/* The bias of a modulus is below 2^-50 for the counts in use here. */
static size_t random_below(size_t limit, uint64_t *state)
{
	return (size_t)(stats_random(state) % limit);
}

void stats_shuffle(size_t *order, size_t count, uint64_t *state)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = random_below(i, state);
		size_t swapped = order[i - 1];

		order[i - 1] = order[j];
		order[j] = swapped;
	}
}

static int by_value(const void *left, const void *right)
{
	const double *a = left;
	const double *b = right;

	return (*a > *b) - (*a < *b);
}

/* The smallest sample that no fewer than @percent of all reach up to. */
static double percentile(const double *sorted, size_t count, size_t percent)
{
	size_t rank = (count * percent + 99) / 100;

	return sorted[rank > 0 ? rank - 1 : 0];
}

static double median(const double *sorted, size_t count)
{
	if (count % 2 == 1) {
		return sorted[count / 2];
	}
	return (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

int stats_summarize(const double *samples, size_t count,
		    struct stats_summary *ret)
{
	_cleanup_free_ double *sorted = calloc(count, sizeof(*sorted));

	if (!sorted) {
		return -ENOMEM;
	}
	memcpy(sorted, samples, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), by_value);
	ret->min = sorted[0];
	ret->median = median(sorted, count);
	ret->p99 = percentile(sorted, count, 99);
	return 0;
}

static void resample(const double *ratios, size_t count, uint64_t *state,
		     double *into)
{
	for (size_t i = 0; i < count; i++) {
		into[i] = ratios[random_below(count, state)];
	}
	qsort(into, count, sizeof(*into), by_value);
}

int stats_compare(const double *numerators, const double *denominators,
		  size_t count, uint64_t *state, struct stats_ratio *ret)
{
	double *medians = calloc(RESAMPLES + 2 * count, sizeof(*medians));
	double *ratios = medians + RESAMPLES;
	double *drawn = ratios + count;

	if (!medians) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < count; i++) {
		ratios[i] = numerators[i] / denominators[i];
	}
	for (size_t i = 0; i < RESAMPLES; i++) {
		resample(ratios, count, state, drawn);
		medians[i] = median(drawn, count);
	}
	qsort(ratios, count, sizeof(*ratios), by_value);
	qsort(medians, RESAMPLES, sizeof(*medians), by_value);
	ret->median = median(ratios, count);
	ret->low = medians[RESAMPLES * 25 / 1000];
	ret->high = medians[RESAMPLES * 975 / 1000 - 1];
	free(medians);
	return 0;
}
