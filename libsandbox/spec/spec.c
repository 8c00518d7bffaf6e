/* SPDX-License-Identifier: Apache-2.0 */
/* A document to a specification: size, form, rules. */
#include "spec/spec.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "spec/codec.h"
#include "spec/findings.h"
#include "spec/rules.h"
#include "spec/schema.h"

#include <errno.h>
#include <stdlib.h>

/*
 * What a message may take.  The worst document of SPEC_MAX_BYTES, all values
 * of which are the largest messages of the schema, takes half of it.
 */
#define ARENA_BYTES ((size_t)32 << 20)

typedef int (*decode_function)(const message_type *type, const void *document,
			       size_t size, struct arena *arena,
			       ProtobufCMessage **ret, struct err *err);

static void (*const rules[])(const Sandbox__V1__SandboxSpec *spec,
			     struct findings *findings) = {
	rules_refused,     rules_fields,     rules_labels,
	rules_root,        rules_mounts,     rules_process,
	rules_descriptors, rules_scheduling, rules_seccomp,
	rules_namespaces,  rules_rlimits,    rules_capabilities,
	rules_security,    rules_sysctls,    rules_landlock,
	rules_devices,     rules_identity,   rules_overlay,
	rules_limits,      rules_names,      rules_preferred,
};

static int validate(struct spec *spec, struct err *err)
{
	struct findings findings = { .arena = &spec->arena };

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		rules[i](spec->message, &findings);
	}
	return findings_report(&findings, err);
}

static int decode(decode_function form, const void *document, size_t size,
		  struct spec **ret, struct err *err)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;
	ProtobufCMessage *message = NULL;
	int r;

	if (size > SPEC_MAX_BYTES) {
		return err_set(err, SANDBOX_ERROR_SPEC, EINVAL,
			       "the document has %zu bytes, more than %u", size,
			       SPEC_MAX_BYTES);
	}
	spec = calloc(1, sizeof(*spec));
	if (spec == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	spec->arena = (struct arena)ARENA_INIT(ARENA_BYTES);
	r = form(&sandbox__v1__sandbox_spec__descriptor, document, size,
		 &spec->arena, &message, err);
	if (r < 0) {
		return r;
	}
	spec->message = (Sandbox__V1__SandboxSpec *)(void *)message;
	r = validate(spec, err);
	if (r < 0) {
		return r;
	}
	*ret = take_ptr(spec);
	return 0;
}

int spec_decode_bytes(const void *bytes, size_t size, struct spec **ret,
		      struct err *err)
{
	return decode(wire_decode, bytes, size, ret, err);
}

static int decode_json(const message_type *type, const void *document,
		       size_t size, struct arena *arena, ProtobufCMessage **ret,
		       struct err *err)
{
	return json_decode(type, document, size, arena, ret, err);
}

int spec_decode_json(const char *text, size_t size, struct spec **ret,
		     struct err *err)
{
	return decode(decode_json, text, size, ret, err);
}

void spec_free(struct spec *spec)
{
	if (spec == NULL) {
		return;
	}
	arena_done(&spec->arena);
	free(spec);
}
