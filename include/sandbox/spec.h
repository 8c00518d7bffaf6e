/* SPDX-License-Identifier: Apache-2.0 */
/**
 * DOC: spec.h - the document that says what a sandbox is
 *
 * A specification is the protobuf message sandbox.v1.SandboxSpec.  It is read
 * from its wire bytes or from strict proto3 JSON.  Both are checked whole when
 * they are parsed: a field that is unknown, out of range or not implemented by
 * this build is an error, never ignored.  A document that can be read has all
 * that is wrong with it reported at once.
 */
#ifndef SANDBOX_SPEC_H
#define SANDBOX_SPEC_H

#include <sandbox/error.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** typedef sandbox_spec - a checked specification; opaque, immutable */
typedef struct sandbox_spec sandbox_spec;

/**
 * sandbox_spec_parse() - read a specification from protobuf wire bytes
 * @data: the serialized sandbox.v1.SandboxSpec; may be NULL when @size is 0
 * @size: its length in bytes, at most 1 MiB
 * @ret:  (out, owned) the specification; untouched on failure
 * @err:  (out, optional, owned) the findings on failure, one a line
 *
 * Does not touch the file system: what the document names is looked at when a
 * sandbox is started.  @data is not kept.
 *
 * Return: 0, or a negative errno.
 * Errors: -EINVAL a finding or a NULL argument; -ENOMEM.
 * Threads: any.
 */
SANDBOX_API int sandbox_spec_parse(const void *data, size_t size,
				   sandbox_spec **ret, sandbox_error **err);

/**
 * sandbox_spec_parse_json() - read a specification from proto3 JSON
 * @text: UTF-8 text; need not end in a NUL
 * @size: its length in bytes, at most 1 MiB
 * @ret:  (out, owned) the specification; untouched on failure
 * @err:  (out, optional, owned) the findings on failure, with line and column
 *        where the text itself is at fault
 *
 * Stricter than proto3 JSON asks for: unknown fields and duplicate keys are
 * errors.  Field names may be written in snake_case or camelCase.
 *
 * Return: 0, or a negative errno.
 * Errors: -EINVAL a finding or a NULL argument; -ENOMEM.
 * Threads: any.
 */
SANDBOX_API int sandbox_spec_parse_json(const char *text, size_t size,
					sandbox_spec **ret,
					sandbox_error **err);

/**
 * sandbox_spec_free() - release a specification
 * @spec: the specification, or NULL
 *
 * Sandboxes that were started from it are not affected.
 *
 * Threads: any, once per specification.
 */
SANDBOX_API void sandbox_spec_free(sandbox_spec *spec);

#ifdef __cplusplus
}
#endif

#endif
