/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A specification: the decoded message, checked by every rule, in an arena of
 * its own.  The message never changes afterwards and may be read by any number
 * of threads.
 */
#ifndef SANDBOX_SPEC_SPEC_H
#define SANDBOX_SPEC_SPEC_H

#include "base/err.h"
#include "sandbox/v1/spec.pb-c.h"
#include "spec/arena.h"

#include <stddef.h>

/* Bytes that a document may have, in either form. */
#define SPEC_MAX_BYTES (1U << 20)

struct spec {
	struct arena arena;
	Sandbox__V1__SandboxSpec *message;
};

/*
 * Protobuf bytes, or proto3 JSON, to a specification.  A document of a wrong
 * form is reported with its first fault; one that breaks rules with all of
 * them, one a line, @err's subject being the field of the first.
 *
 * Return: 0; -EINVAL, kind SANDBOX_ERROR_SPEC; or -ENOMEM.
 */
int spec_decode_bytes(const void *bytes, size_t size, struct spec **ret,
		      struct err *err);
int spec_decode_json(const char *text, size_t size, struct spec **ret,
		     struct err *err);

void spec_free(struct spec *spec);

static inline void spec_freep(struct spec **spec)
{
	spec_free(*spec);
}

#endif
