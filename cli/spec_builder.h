/* SPDX-License-Identifier: Apache-2.0 */
/* From the options of `sandbox run` to a specification. */
#ifndef SANDBOX_CLI_SPEC_BUILDER_H
#define SANDBOX_CLI_SPEC_BUILDER_H

#include "complaint.h"
#include "run_options.h"

#include <sandbox/spec.h>

/*
 * The file of --spec, changed by the other options in their order, with the
 * program of the command line in place of its own.  A stream that nobody has
 * said anything about is inherited.
 *
 * Return: 0; or a negative errno with *err where the library found the fault,
 * else with a complaint.
 */
int spec_build(const struct run_options *options, sandbox_spec **ret,
	       sandbox_error **err, struct complaint *complaint);

#endif
