/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox_engine: address, log, and what is asked of a host. */
#include "api/handles.h"
#include "engine/probe.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOCAL "local:"

/* The run directory an address names, or NULL for the user's own. */
static int parse_address(const char *address, const char **ret_run_dir,
			 struct err *err)
{
	*ret_run_dir = NULL;
	if (address == NULL || address[0] == '\0') {
		return 0;
	}
	if (strncmp(address, LOCAL, strlen(LOCAL)) == 0) {
		const char *path = address + strlen(LOCAL);

		if (path[0] == '\0') {
			return 0;
		}
		if (path[0] == '/') {
			*ret_run_dir = path;
			return 0;
		}
	}
	return err_at(err, SANDBOX_ERROR_UNSUPPORTED, EINVAL, "", "address",
		      "address: \"%.200s\" is neither empty nor local: nor"
		      " local:/PATH; daemons are not in this build",
		      address);
}

int sandbox_engine_open(const char *address, sandbox_engine **ret,
			sandbox_error **err)
{
	struct err reason = ERR_INIT;
	const char *run_dir = NULL;
	sandbox_engine *engine = NULL;
	int r = parse_address(address, &run_dir, &reason);

	if (ret == NULL) {
		return api_null("ret", err);
	}
	if (r < 0) {
		return api_fail(r, &reason, err);
	}
	engine = calloc(1, sizeof(*engine));
	if (engine == NULL) {
		return api_fail(-ENOMEM, &reason, err);
	}
	r = engine_open(run_dir, &engine->engine, &reason);
	if (r < 0) {
		free(engine);
		return api_fail(r, &reason, err);
	}
	*ret = engine;
	return 0;
}

void sandbox_engine_close(sandbox_engine *engine)
{
	if (engine == NULL) {
		return;
	}
	engine_close(engine->engine);
	free(engine);
}

int sandbox_engine_fd(const sandbox_engine *engine)
{
	if (engine->engine->owner != getpid()) {
		return -EPERM;
	}
	return engine_health_fd(engine->engine);
}

void sandbox_engine_set_log(sandbox_engine *engine, int level,
			    sandbox_log_function function, void *userdata)
{
	engine->log_level = level;
	engine->log = function;
	engine->log_userdata = userdata;
}

void api_log(const sandbox_engine *engine, int level, const char *format, ...)
{
	char message[512];
	va_list arguments;

	if (engine->log == NULL || level > engine->log_level) {
		return;
	}
	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	engine->log(engine->log_userdata, level, message);
}

int sandbox_probe(const char *address, char **ret, sandbox_error **err)
{
	struct err reason = ERR_INIT;
	const char *run_dir = NULL;
	int r = parse_address(address, &run_dir, &reason);

	if (ret == NULL) {
		return api_null("ret", err);
	}
	if (r >= 0) {
		r = probe_run(run_dir, ret, &reason);
	}
	return r < 0 ? api_fail(r, &reason, err) : 0;
}

int api_plan_here(const sandbox_spec *spec, struct facts_store *facts,
		  struct plan **ret, struct err *err)
{
	struct identity identity;
	int r = identity_discover(&identity, err);

	if (r >= 0) {
		r = facts_gather(&identity, facts, err);
	}
	return r < 0 ? r : plan_build(spec->spec, &facts->facts, ret, err);
}

static int explain_here(const sandbox_spec *spec, char **ret, struct err *err)
{
	struct facts_store facts = { 0 };
	struct plan *plan = NULL;
	int r = api_plan_here(spec, &facts, &plan, err);

	if (r >= 0) {
		r = plan_explain(plan, &facts.facts, ret, err);
	}
	free(plan);
	facts_done(&facts);
	return r;
}

int sandbox_explain(sandbox_engine *engine, const sandbox_spec *spec,
		    char **ret, sandbox_error **err)
{
	struct err reason = ERR_INIT;
	struct compiled *compiled = NULL;
	int r = 0;

	if (spec == NULL) {
		return api_null("spec", err);
	}
	if (ret == NULL) {
		return api_null("ret", err);
	}
	if (engine != NULL && engine->engine->owner != getpid()) {
		return api_forked(err);
	}
	if (engine == NULL) {
		r = explain_here(spec, ret, &reason);
		return r < 0 ? api_fail(r, &reason, err) : 0;
	}
	r = api_compile(engine, spec, &compiled, &reason);
	if (r >= 0) {
		r = plan_explain(compiled->plan, &engine->engine->facts.facts,
				 ret, &reason);
		compiled_unref(compiled);
	}
	return r < 0 ? api_fail(r, &reason, err) : 0;
}

void sandbox_string_free(char *string)
{
	free(string);
}

const char *sandbox_version(void)
{
	return SANDBOX_VERSION;
}
