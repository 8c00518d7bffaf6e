/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan in the form it is launched from: built once for a spec and a host,
 * sealed in a memfd, shared by any number of sandboxes.
 */
#ifndef SANDBOX_ENGINE_COMPILED_H
#define SANDBOX_ENGINE_COMPILED_H

#include "base/err.h"
#include "plan/build.h"

#include <stdint.h>

struct compiled {
	unsigned int references; /* atomic */
	int memfd;
	uint64_t host; /* of the facts it was built with */
	uint64_t build_us;
	struct plan *plan;
};

/* A number that differs, with all likelihood, where the facts differ. */
uint64_t compiled_host(const struct plan_facts *facts);

int compiled_new(const struct spec *spec, const struct plan_facts *facts,
		 struct compiled **ret, struct err *err);
struct compiled *compiled_ref(struct compiled *compiled);
void compiled_unref(struct compiled *compiled);

#endif
