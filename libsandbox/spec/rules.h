/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a spec, one function a subject; validate.c calls them all. */
#ifndef SANDBOX_SPEC_RULES_H
#define SANDBOX_SPEC_RULES_H

#include "sandbox/v1/spec.pb-c.h"
#include "spec/findings.h"

/*
 * What is not implemented for a reason that the document's author should know;
 * before the table, which would say only that it is not.
 */
void rules_refused(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings);

/* What concerns one field alone: the table of field_rules.h. */
void rules_fields(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings);

/* Keys and values of labels. */
void rules_labels(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings);

/* What a root needs by its kind. */
void rules_root(const Sandbox__V1__SandboxSpec *spec,
		struct findings *findings);

/* Sources and targets of mounts, and how they stand to each other. */
void rules_mounts(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings);

/* Arguments, environment, standard streams. */
void rules_process(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings);

/* Descriptors that the program gets. */
void rules_descriptors(const Sandbox__V1__SandboxSpec *spec,
		       struct findings *findings);

/* Which values of scheduling go together. */
void rules_scheduling(const Sandbox__V1__SandboxSpec *spec,
		      struct findings *findings);

/* What goes with which profile and action of the system-call filter. */
void rules_seccomp(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings);

/* What goes with which mode of a namespace and of the network. */
void rules_namespaces(const Sandbox__V1__SandboxSpec *spec,
		      struct findings *findings);

/* Maps of ids: what the kernel would not take. */
void rules_identity(const Sandbox__V1__SandboxSpec *spec,
		    struct findings *findings);

/* Names and addresses that the sandbox knows, and where they are written. */
void rules_names(const Sandbox__V1__SandboxSpec *spec,
		 struct findings *findings);

/* Soft and hard limits. */
void rules_rlimits(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings);

/* Limits that control groups hold. */
void rules_limits(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings);

/* Securebits and the like. */
void rules_security(const Sandbox__V1__SandboxSpec *spec,
		    struct findings *findings);

/* Which settings of the kernel's a sandbox has of its own. */
void rules_sysctls(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings);

/* Places of further devices. */
void rules_devices(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings);

/* What layers need. */
void rules_overlay(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings);

/* What a Landlock domain needs. */
void rules_landlock(const Sandbox__V1__SandboxSpec *spec,
		    struct findings *findings);

/* How the capability sets stand to each other. */
void rules_capabilities(const Sandbox__V1__SandboxSpec *spec,
			struct findings *findings);

/* Whether `preferred` names fields. */
void rules_preferred(const Sandbox__V1__SandboxSpec *spec,
		     struct findings *findings);

/* Where something is: a path, or a descriptor instead. */
struct either {
	const char *needs; /* "kind BIND needs" */
	const char *path_field;
	const char *path;
	const char *fd_field;
	uint32_t fd;
};

/* Adds a finding about @parent, as "mounts[2]", unless it is one of them. */
void finding_either(struct findings *findings, const char *parent,
		    const struct either *either);

/* Adds a finding about `FORMATTED.PATH`: "mounts[2]" and ".target". */
__attribute__((format(printf, 4, 5))) void finding_at(struct findings *findings,
						      const char *parent,
						      const char *field,
						      const char *format, ...);

#endif
