/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same model as libseccomp compiles it.
 *
 * One filter of libseccomp has one default action, while a model has one for
 * each call that rules do not cover.  So there is a filter for each such
 * verdict, and a call is asked of the one that it is in.
 */
#ifndef SANDBOX_TESTS_SECCOMP_ORACLE_H
#define SANDBOX_TESTS_SECCOMP_ORACLE_H

#include "policy/filter.h"

#include <stdbool.h>

/* Calls without rules, rules else EPERM, rules else allow. */
#define ORACLE_FILTERS 3

struct oracle {
	const struct filter_model *model;
	struct filter filters[ORACLE_FILTERS];
};

/* Fails the test when libseccomp does. */
struct oracle oracle_new(const struct filter_model *model);
void oracle_done(struct oracle *oracle);

/*
 * Whether libseccomp can be told of this call: of another architecture than
 * the machine's it takes only those that it knows by name.
 */
bool oracle_knows(const struct filter_model *model, uint32_t number);

uint32_t oracle_verdict(const struct oracle *oracle,
			const struct seccomp_data *data);

#endif
