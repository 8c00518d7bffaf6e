/* SPDX-License-Identifier: Apache-2.0 */
/* From the options of a verb to a specification. */
#ifndef SANDBOX_CLI_SPEC_BUILDER_H
#define SANDBOX_CLI_SPEC_BUILDER_H

#include "buffer.h"
#include "complaint.h"
#include "run_options.h"

#include <sandbox/spec.h>

/* Why there is no specification. */
struct spec_fault {
	sandbox_error *error;   /* of the library, where it found the fault */
	struct buffer located;  /* its lines with their origins; may be empty */
	struct complaint other; /* where the library did not */
};

#define SPEC_FAULT_INIT        \
	{                      \
		.error = NULL, \
	}

void spec_fault_done(struct spec_fault *fault);

/* What is wrong, in lines. */
const char *spec_fault_text(const struct spec_fault *fault);

/*
 * The documents of --base and --spec, changed by the other options in their
 * order, with the program of the command line in place of their own.  For `run`
 * a stream that nobody has said anything about is inherited.
 * Returns 0 or a negative errno.
 */
int spec_build(const struct run_options *options, sandbox_spec **ret,
	       struct spec_fault *fault);

/* Where each value of that specification comes from, as text or as JSON. */
int spec_origins(const struct run_options *options, struct buffer *ret,
		 struct complaint *complaint);

#endif
