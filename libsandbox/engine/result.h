/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The certificate of a sandbox that has ended: decided here and nowhere else,
 * from what init said, what the kernel said, and what is missing.
 */
#ifndef SANDBOX_ENGINE_RESULT_H
#define SANDBOX_ENGINE_RESULT_H

#include "base/err.h"
#include "engine/engine.h"
#include "sandbox/v1/spec.pb-c.h"

#define RESULT_FEATURES_MAX 32

struct result_feature {
	Sandbox__V1__Enforced message;
	char detail[128];
};

struct result {
	Sandbox__V1__Result message;
	Sandbox__V1__Usage usage;
	Sandbox__V1__Timings timings;
	Sandbox__V1__Effective effective;
	struct result_feature features[RESULT_FEATURES_MAX];
	Sandbox__V1__Enforced *feature_list[RESULT_FEATURES_MAX];
	char *json;
	uint8_t *bytes;
	size_t n_bytes;
};

/* Of a sandbox for which live_wait() has returned 0. */
int result_new(const struct live *live, struct result **ret, struct err *err);
/* Fills `json` and `bytes`, once.  -ENOMEM. */
int result_encode(struct result *result);
void result_free(struct result *result);

/* effective.c: what was in force, as the kernel said it. */
void effective_fill(const struct live *live, struct result *result);

#endif
