/* SPDX-License-Identifier: Apache-2.0 */
/* Decides how a sandbox ended; see result.h. */
#include "engine/result.h"

#include "spec/codec.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

/*
 * In the order of evidence: an init that said nothing was lost; an ending that
 * somebody asked for is that ending, however the process took it; else it is
 * the main process's own.
 */
static Sandbox__V1__Ending decide_ending(const struct live *live)
{
	if (!live->has_ended && live->struck) {
		return SANDBOX__V1__ENDING__WALL_TIME;
	}
	if (!live->has_ended) {
		return SANDBOX__V1__ENDING__INIT_LOST;
	}
	switch ((enum ended_cause)live->ended.cause) {
	case ENDED_WALL_TIME:
		return SANDBOX__V1__ENDING__WALL_TIME;
	case ENDED_STOPPED:
		return SANDBOX__V1__ENDING__STOPPED;
	case ENDED_OUT_OF_MEMORY:
		return SANDBOX__V1__ENDING__OUT_OF_MEMORY;
	case ENDED_CONTROLLER_LOST:
		return SANDBOX__V1__ENDING__CONTROLLER_LOST;
	case ENDED_BY_ITSELF:
	default:
		break;
	}
	return WIFEXITED(live->ended.status) ? SANDBOX__V1__ENDING__EXITED
					     : SANDBOX__V1__ENDING__SIGNALED;
}

static void fill_status(const struct live *live, Sandbox__V1__Result *message)
{
	int status = live->ended.status;

	message->ending = decide_ending(live);
	if (!live->has_ended) {
		return;
	}
	if (WIFEXITED(status)) {
		message->exit_code = (uint32_t)WEXITSTATUS(status);
	} else if (WIFSIGNALED(status)) {
		message->signal = (uint32_t)WTERMSIG(status);
		message->core_dumped = WCOREDUMP(status);
	}
}

static uint64_t us_between(uint64_t from_ns, uint64_t to_ns)
{
	return to_ns > from_ns ? (to_ns - from_ns) / 1000 : 0;
}

/* The group knows of all its processes, and init of those it has reaped. */
static void fill_group_usage(const struct group_usage *from,
			     Sandbox__V1__Usage *to)
{
	if (from->cpu_user_us + from->cpu_system_us > 0) {
		to->cpu_user_us = from->cpu_user_us;
		to->cpu_system_us = from->cpu_system_us;
	}
	if (from->memory_peak_bytes > 0) {
		to->memory_peak_bytes = from->memory_peak_bytes;
	}
	to->pids_peak = from->pids_peak;
	to->oom_kills = from->oom_kills;
	to->throttled_us = from->throttled_us;
	to->pids_limit_hits = from->pids_limit_hits;
	to->pressure_cpu_us = from->pressure_cpu_us;
	to->pressure_memory_us = from->pressure_memory_us;
	to->pressure_io_us = from->pressure_io_us;
}

static void fill_usage(const struct live *live, struct result *result)
{
	uint64_t end =
		live->has_ended ? live->ended.ended_ns : live->finished_ns;

	result->usage.wall_us = us_between(live->start_ns, end);
	result->usage.cpu_user_us = live->ended.cpu_user_us;
	result->usage.cpu_system_us = live->ended.cpu_system_us;
	result->usage.memory_peak_bytes = live->ended.max_rss_kib * 1024;
	if (live->usage.known) {
		fill_group_usage(&live->usage, &result->usage);
	}
	result->message.usage = &result->usage;
}

static void fill_timings(const struct live *live, struct result *result)
{
	const struct ready *ready = &live->ready;
	Sandbox__V1__Timings *timings = &result->timings;

	timings->plan_us = live->compiled->build_us;
	timings->clone_us = us_between(live->start_ns, ready->clone_ns);
	timings->root_us = us_between(ready->clone_ns, ready->root_ns);
	timings->release_us = us_between(ready->root_ns, ready->release_ns);
	timings->exec_us = us_between(ready->release_ns, ready->exec_ns);
	if (live->has_ended) {
		timings->teardown_us =
			us_between(live->ended.main_ns, live->ended.ended_ns);
	}
	result->message.timings = timings;
}

int result_encode(struct result *result)
{
	const ProtobufCMessage *message = &result->message.base;
	int r = json_encode(message, JSON_ZERO_VALUES | JSON_INDENT,
			    &result->json);

	if (r < 0) {
		return r;
	}
	result->n_bytes = protobuf_c_message_get_packed_size(message);
	result->bytes = malloc(result->n_bytes + 1);
	if (result->bytes == NULL) {
		return -ENOMEM;
	}
	(void)protobuf_c_message_pack(message, result->bytes);
	return 0;
}

int result_new(const struct live *live, struct result **ret, struct err *err)
{
	struct result *result = calloc(1, sizeof(*result));

	if (result == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	sandbox__v1__result__init(&result->message);
	sandbox__v1__usage__init(&result->usage);
	sandbox__v1__timings__init(&result->timings);
	sandbox__v1__effective__init(&result->effective);
	fill_status(live, &result->message);
	fill_usage(live, result);
	fill_timings(live, result);
	effective_fill(live, result);
	result->message.effective = &result->effective;
	*ret = result;
	return 0;
}

void result_free(struct result *result)
{
	if (result == NULL) {
		return;
	}
	free(result->json);
	free(result->bytes);
	free(result);
}
