/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan while it is being decided, and the parts that decide: each part
 * reads the spec and the facts and writes its own fields through the builder.
 * The order they run in is in build.c.
 */
#ifndef SANDBOX_PLAN_DRAFT_H
#define SANDBOX_PLAN_DRAFT_H

#include "base/err.h"
#include "plan/builder.h"
#include "plan/facts.h"
#include "spec/spec.h"

#include <stdbool.h>

/* The parts of the spec are never NULL here: what is absent is all zero. */
struct draft {
	const Sandbox__V1__SandboxSpec *spec;
	const Sandbox__V1__Root *root;
	const Sandbox__V1__Identity *identity;
	const Sandbox__V1__Process *process;
	const Sandbox__V1__Security *security;
	const Sandbox__V1__Limits *limits;
	const Sandbox__V1__Network *network;
	const struct plan_facts *facts;
	struct builder *builder;
	struct err *err;
};

/* Each returns 0 or a negative errno with draft->err set. */
int decide_namespaces(struct draft *draft); /* namespaces.c */
int decide_identity(struct draft *draft);   /* identity.c */
int decide_user(struct draft *draft);       /* user.c, after identity */
int decide_tree(struct draft *draft);       /* root.c, after user */
int decide_limits(struct draft *draft);     /* limits.c */
int decide_ownership(struct draft *draft);  /* ownership.c, after tree */
int decide_cgroup(struct draft *draft);     /* cgroup.c, after limits */
int decide_privileges(struct draft *draft); /* privileges.c, after identity */
int decide_exposure(struct draft *draft);   /* exposure.c, after privileges */
int decide_process(struct draft *draft);    /* process.c */
int decide_landlock(struct draft *draft);   /* landlock.c */
int decide_security(struct draft *draft);   /* security.c */
int decide_label(struct draft *draft);      /* label.c */
int decide_sysctls(struct draft *draft);    /* sysctls.c, after privileges */
int decide_attributes(struct draft *draft); /* attributes.c, after identity */

/* Whether @field, or what contains it, stands in spec.preferred. */
bool draft_prefers(const struct draft *draft, const char *field);

enum id_kind {
	ID_OF_USER,
	ID_OF_GROUP,
};

/* identity_maps.c: whether the sandbox has it; a single one may be any. */
bool draft_is_mapped(const struct draft *draft, enum id_kind kind, uint32_t id);

/* Refuses an id inside that a range does not have; a single one has no end. */
int draft_check_mapped(const struct draft *draft, const char *field,
		       enum id_kind kind, uint32_t id);

/* identity_maps.c: maps of the spec's; -EOPNOTSUPP where there is no right. */
int decide_explicit(struct draft *draft);

/* identity.c: the caller's own id and no other. */
int identity_take_single(struct draft *draft, enum plan_identity_reason reason);

/*
 * The spec asks for what cannot be: "FIELD: MESSAGE", -EINVAL for kind
 * SANDBOX_ERROR_SPEC and -EOPNOTSUPP for any other.
 */
__attribute__((format(printf, 4, 5))) int draft_refuse(
	const struct draft *draft, enum sandbox_error_kind kind,
	const char *field, const char *format, ...);

#endif
