/* SPDX-License-Identifier: Apache-2.0 */
/* The private side of the public types; only api/ includes this. */
#ifndef SANDBOX_API_HANDLES_H
#define SANDBOX_API_HANDLES_H

#include "base/err.h"
#include "engine/engine.h"
#include "engine/result.h"
#include "spec/spec.h"

#include <sandbox/sandbox.h>

#include <pthread.h>

struct sandbox_error {
	struct err err;
};

struct sandbox_spec {
	struct spec *spec;
	pthread_mutex_t lock;
	struct compiled *compiled; /* for the host it was last used on */
};

struct sandbox_engine {
	struct engine *engine;
	int log_level;
	sandbox_log_function log;
	void *log_userdata;
};

struct sandbox {
	struct live *live;
};

struct sandbox_result {
	struct result *result;
	pthread_mutex_t lock; /* of its two forms, made when asked for */
};

/* Hands @err out to the caller, who may not want it.  Returns @r. */
int api_fail(int r, const struct err *err, sandbox_error **ret);

/* A NULL where none may be: -EINVAL, and the argument's name. */
int api_null(const char *argument, sandbox_error **ret);

/* A forked copy: -EPERM. */
int api_forked(sandbox_error **ret);

__attribute__((format(printf, 3, 4))) void api_log(const sandbox_engine *engine,
						   int level,
						   const char *format, ...);

/* The plan of @spec on the engine's host: a reference of the caller's. */
int api_compile(sandbox_engine *engine, const sandbox_spec *spec,
		struct compiled **ret, struct err *err);

struct facts_store;

/*
 * A plan that is only to be read: with the facts of this host and no engine.
 * free() the plan, facts_done() the facts, on failure as well.
 */
int api_plan_here(const sandbox_spec *spec, struct facts_store *facts,
		  struct plan **ret, struct err *err);

#endif
