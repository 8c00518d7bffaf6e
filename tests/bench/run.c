/* SPDX-License-Identifier: Apache-2.0 */
/* Starts the hosts and takes turns among them. */
#include "run.h"

#include "base/cleanup.h"
#include "stats.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WARM_UP_ROUNDS 10

int run_prepare(struct run *run)
{
	run->places = calloc(run->rounds, CONTENDERS);
	for (size_t i = 0; i < run->contenders; i++) {
		run->us[i] = calloc(run->rounds, sizeof(*run->us[i]));
		if (!run->us[i]) {
			return -ENOMEM;
		}
	}
	return run->places ? 0 : -ENOMEM;
}

void run_done(struct run *run)
{
	for (size_t i = 0; i < CONTENDERS; i++) {
		free(run->us[i]);
		run->us[i] = NULL;
	}
	free(run->places);
	run->places = NULL;
}

int run_place(const struct run *run, enum contender_id id)
{
	for (size_t i = 0; i < run->contenders; i++) {
		if (run->who[i] == id) {
			return (int)i;
		}
	}
	return -ENOENT;
}

static int launch(const struct host *host, enum contender_id id, double *us)
{
	struct serve_reply reply = { .error = 0 };
	int r = host_ask(host, SERVE_LAUNCH, &reply);

	if (r == 0 && reply.error < 0) {
		r = reply.error;
	}
	if (r == 0 && reply.status != 0) {
		r = -ECHILD;
	}
	if (r < 0) {
		(void)fprintf(stderr,
			      "bench: %s: launch failed: %s (wait status %d) "
			      "%s\n",
			      contender_name(id), strerror(-r), reply.status,
			      reply.text);
	}
	*us = (double)reply.elapsed_ns / 1000;
	return r;
}

/* One round; @round is negative while warming up, and leaves no trace. */
static int take_turns(struct run *run, const struct host *hosts, long round,
		      uint64_t *state)
{
	size_t order[CONTENDERS];

	for (size_t i = 0; i < run->contenders; i++) {
		order[i] = i;
	}
	stats_shuffle(order, run->contenders, state);
	for (size_t turn = 0; turn < run->contenders; turn++) {
		size_t i = order[turn];
		double us = 0;
		int r = launch(&hosts[i], run->who[i], &us);

		if (r < 0) {
			return r;
		}
		if (round >= 0) {
			run->us[i][round] = us;
			run->places[(size_t)round * CONTENDERS + i] =
				(unsigned char)turn;
		}
	}
	return 0;
}

int run_measure(struct run *run, const struct workspace *workspace)
{
	struct host hosts[CONTENDERS];
	_cleanup_close_ int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
	uint64_t state = run->seed;
	int r = quiet < 0 ? -errno : 0;

	for (size_t i = 0; i < CONTENDERS; i++) {
		hosts[i] = (struct host)HOST_EMPTY;
	}
	for (size_t i = 0; r == 0 && i < run->contenders; i++) {
		r = contender_start(run->who[i], workspace, "true", quiet,
				    &hosts[i]);
	}
	for (long round = -WARM_UP_ROUNDS; r == 0 && round < (long)run->rounds;
	     round++) {
		r = take_turns(run, hosts, round, &state);
	}
	for (size_t i = 0; i < run->contenders; i++) {
		host_stop(&hosts[i]);
	}
	return r;
}
