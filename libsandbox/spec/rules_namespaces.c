/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of namespaces and of the network: what goes with which mode. */
#include "spec/rules.h"

#define JOIN SANDBOX__V1__NAMESPACES__MODE__JOIN
#define NEW  SANDBOX__V1__NAMESPACES__MODE__NEW

static void check_join(const char *field, Sandbox__V1__Namespaces__Mode mode,
		       const char *path, struct findings *findings)
{
	if (mode == JOIN && *path == '\0') {
		finding_at(findings, field, "_join",
			   "is empty; JOIN needs the path of the namespace");
	}
	if (mode != JOIN && *path != '\0') {
		finding_at(findings, field, "_join",
			   "has a meaning only with %s JOIN", field);
	}
}

static void check_clocks(const Sandbox__V1__Namespaces *namespaces,
			 struct findings *findings)
{
	static const char fault[] =
		"moves a clock of the host's; namespaces.time SHARED leaves "
		"them as they are";

	if (namespaces->time == NEW) {
		return;
	}
	if (namespaces->monotonic_offset_ns != 0) {
		findings_add(findings, "namespaces.monotonic_offset_ns", "%s",
			     fault);
	}
	if (namespaces->boottime_offset_ns != 0) {
		findings_add(findings, "namespaces.boottime_offset_ns", "%s",
			     fault);
	}
}

static void check_namespaces(const Sandbox__V1__SandboxSpec *spec,
			     struct findings *findings)
{
	const Sandbox__V1__Namespaces *namespaces = spec->namespaces;

	check_join("namespaces.ipc", namespaces->ipc, namespaces->ipc_join,
		   findings);
	check_join("namespaces.uts", namespaces->uts, namespaces->uts_join,
		   findings);
	check_join("namespaces.cgroup", namespaces->cgroup,
		   namespaces->cgroup_join, findings);
	check_clocks(namespaces, findings);
	if (namespaces->uts != NEW && *spec->hostname != '\0') {
		findings_add(findings, "hostname",
			     "\"%s\" cannot be set in a uts namespace that is "
			     "not the sandbox's own",
			     spec->hostname);
	}
}

/* docs/decisions/0012 has what was tried. */
void rules_refused(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings)
{
	static const char rule[] =
		"not implemented in this build: only with a pid namespace of "
		"the sandbox's own does the kernel end all of it, whoever "
		"kills its first process";
	const Sandbox__V1__Namespaces *namespaces = spec->namespaces;

	if (namespaces != NULL && namespaces->pid != NEW) {
		findings_add(findings, "namespaces.pid", "%s", rule);
	}
	if (namespaces != NULL && *namespaces->pid_join != '\0') {
		findings_add(findings, "namespaces.pid_join", "%s", rule);
	}
}

void rules_namespaces(const Sandbox__V1__SandboxSpec *spec,
		      struct findings *findings)
{
	const Sandbox__V1__Network *network = spec->network;

	if (spec->namespaces != NULL) {
		check_namespaces(spec, findings);
	}
	if (network == NULL ||
	    network->mode != SANDBOX__V1__NETWORK__MODE__JOIN) {
		return;
	}
	finding_either(findings, "network",
		       &(const struct either){ .needs = "mode JOIN needs",
					       .path_field = "join_path",
					       .path = network->join_path,
					       .fd_field = "join_fd",
					       .fd = network->join_fd });
}
