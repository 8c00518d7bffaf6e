/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox_spec: a checked document, and the plan it was last compiled to. */
#include "api/handles.h"
#include "base/constness.h"

#include <errno.h>
#include <stdlib.h>

static int wrap(struct spec *spec, sandbox_spec **ret, sandbox_error **err)
{
	struct err no_memory = ERR_INIT;
	sandbox_spec *wrapped = calloc(1, sizeof(*wrapped));

	if (wrapped == NULL) {
		spec_free(spec);
		return api_fail(-ENOMEM, &no_memory, err);
	}
	wrapped->spec = spec;
	(void)pthread_mutex_init(&wrapped->lock, NULL);
	*ret = wrapped;
	return 0;
}

int sandbox_spec_parse(const void *data, size_t size, sandbox_spec **ret,
		       sandbox_error **err)
{
	struct err reason = ERR_INIT;
	struct spec *spec = NULL;
	int r = 0;

	if (data == NULL && size > 0) {
		return api_null("data", err);
	}
	if (ret == NULL) {
		return api_null("ret", err);
	}
	r = spec_decode_bytes(data, size, &spec, &reason);
	return r < 0 ? api_fail(r, &reason, err) : wrap(spec, ret, err);
}

int sandbox_spec_parse_json(const char *text, size_t size, sandbox_spec **ret,
			    sandbox_error **err)
{
	struct err reason = ERR_INIT;
	struct spec *spec = NULL;
	int r = 0;

	if (text == NULL) {
		return api_null("text", err);
	}
	if (ret == NULL) {
		return api_null("ret", err);
	}
	r = spec_decode_json(text, size, &spec, &reason);
	return r < 0 ? api_fail(r, &reason, err) : wrap(spec, ret, err);
}

void sandbox_spec_free(sandbox_spec *spec)
{
	if (spec == NULL) {
		return;
	}
	compiled_unref(spec->compiled);
	spec_free(spec->spec);
	(void)pthread_mutex_destroy(&spec->lock);
	free(spec);
}

/*
 * Compiled once for many launches.  The cache is invisible, so a const spec
 * stays usable from any number of threads.
 */
int api_compile(sandbox_engine *engine, const sandbox_spec *const_spec,
		struct compiled **ret, struct err *err)
{
	sandbox_spec *spec = without_const(const_spec);
	const struct plan_facts *facts = &engine->engine->facts.facts;
	int r = 0;

	(void)pthread_mutex_lock(&spec->lock);
	if (spec->compiled == NULL ||
	    spec->compiled->host != compiled_host(facts)) {
		struct compiled *compiled = NULL;

		r = compiled_new(spec->spec, facts, &compiled, err);
		if (r >= 0) {
			compiled_unref(spec->compiled);
			spec->compiled = compiled;
		}
	}
	if (r >= 0) {
		*ret = compiled_ref(spec->compiled);
	}
	(void)pthread_mutex_unlock(&spec->lock);
	return r;
}
