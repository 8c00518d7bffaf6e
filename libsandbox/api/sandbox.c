/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox: start, watch, end. */
#include "api/handles.h"
#include "kernel/process.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define FDS_MAX 64

static bool is_forked(const sandbox *sb)
{
	return sb->live->owner != getpid();
}

/* The spec's id, or "sb-" and 64 random bits. */
static void choose_id(const sandbox_spec *spec, char *id, size_t size)
{
	const char *given = spec->spec->message->id;
	uint64_t random = 0;

	if (given[0] != '\0') {
		(void)snprintf(id, size, "%s", given);
		return;
	}
	if (getrandom(&random, sizeof(random), GRND_NONBLOCK) !=
	    sizeof(random)) {
		random = kernel_now_ns(); /* a name, not a secret */
	}
	(void)snprintf(id, size, "sb-%016llx", (unsigned long long)random);
}

static int start(sandbox_engine *engine, const sandbox_spec *spec,
		 const struct passed_fds *passed, sandbox *sb, struct err *err)
{
	char id[LAUNCH_ID_SIZE];
	struct compiled *compiled = NULL;
	int r = api_compile(engine, spec, &compiled, err);

	if (r < 0) {
		return r;
	}
	choose_id(spec, id, sizeof(id));
	r = live_start(engine->engine, compiled, id, passed, &sb->live, err);
	compiled_unref(compiled);
	return r;
}

int sandbox_start(sandbox_engine *engine, const sandbox_spec *spec,
		  const int *fds, size_t n_fds, sandbox **ret,
		  sandbox_error **err)
{
	const struct passed_fds passed = { fds, n_fds };
	struct err reason = ERR_INIT;
	sandbox *sb = NULL;
	int r = 0;

	if (engine == NULL || spec == NULL || ret == NULL) {
		return api_null("engine, spec or ret", err);
	}
	if (n_fds > FDS_MAX || (fds == NULL && n_fds > 0)) {
		return api_null("fds or n_fds", err);
	}
	if (engine->engine->owner != getpid()) {
		return api_forked(err);
	}
	sb = calloc(1, sizeof(*sb));
	if (sb == NULL) {
		return api_fail(-ENOMEM, &reason, err);
	}
	r = start(engine, spec, &passed, sb, &reason);
	if (r < 0) {
		free(sb);
		api_log(engine, SANDBOX_LOG_INFO, "start failed: %s",
			reason.text);
		return api_fail(r, &reason, err);
	}
	api_log(engine, SANDBOX_LOG_DEBUG, "%s: started", sb->live->id);
	*ret = sb;
	return 0;
}

const char *sandbox_id(const sandbox *sb)
{
	return sb->live->id;
}

int sandbox_fd(const sandbox *sb)
{
	return is_forked(sb) ? -EPERM : sb->live->control;
}

int sandbox_pid(const sandbox *sb)
{
	return sb->live->pid;
}

int sandbox_wait(sandbox *sb, int timeout_ms, sandbox_result **ret,
		 sandbox_error **err)
{
	struct err reason = ERR_INIT;
	sandbox_result *result = NULL;
	int r = 0;

	if (sb == NULL) {
		return api_null("sb", err);
	}
	if (is_forked(sb)) {
		return api_forked(err);
	}
	r = live_wait(sb->live, timeout_ms);
	if (r < 0) {
		err_set(&reason, SANDBOX_ERROR_STATE, -r,
			"wait for sandbox \"%s\": %s", sb->live->id,
			r == -ETIMEDOUT ? "it still runs" : err_errno_name(-r));
		return api_fail(r, &reason, err);
	}
	if (ret == NULL) {
		return 0;
	}
	result = calloc(1, sizeof(*result));
	if (result == NULL) {
		return api_fail(-ENOMEM, &reason, err);
	}
	r = result_new(sb->live, &result->result, &reason);
	if (r < 0) {
		free(result);
		return api_fail(r, &reason, err);
	}
	(void)pthread_mutex_init(&result->lock, NULL);
	*ret = result;
	return 0;
}

int sandbox_signal(sandbox *sb, int signum, sandbox_error **err)
{
	struct err reason = ERR_INIT;
	int r = 0;

	if (sb == NULL) {
		return api_null("sb", err);
	}
	if (signum < 1 || signum > 64) {
		return api_null("signum", err);
	}
	if (is_forked(sb)) {
		return api_forked(err);
	}
	r = live_command(sb->live, COMMAND_SIGNAL, (uint32_t)signum);
	if (r < 0) {
		err_set(&reason, SANDBOX_ERROR_STATE, -r,
			"signal sandbox \"%s\": %s", sb->live->id,
			err_errno_name(-r));
		return api_fail(r, &reason, err);
	}
	return 0;
}

int sandbox_stop(sandbox *sb, uint32_t grace_ms, sandbox_error **err)
{
	struct err reason = ERR_INIT;
	int r = 0;

	if (sb == NULL) {
		return api_null("sb", err);
	}
	if (is_forked(sb)) {
		return api_forked(err);
	}
	r = live_command(sb->live, COMMAND_STOP, grace_ms);
	if (r < 0 && r != -ESRCH) {
		err_set(&reason, SANDBOX_ERROR_STATE, -r,
			"stop sandbox \"%s\": %s", sb->live->id,
			err_errno_name(-r));
		return api_fail(r, &reason, err);
	}
	return 0;
}

void sandbox_free(sandbox *sb)
{
	if (sb == NULL) {
		return;
	}
	live_free(sb->live);
	free(sb);
}
