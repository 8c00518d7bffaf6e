/* SPDX-License-Identifier: Apache-2.0 */
/* What each answer of the probe means, and what an administrator can do. */
#ifndef SANDBOX_ENGINE_PROBE_REPORT_H
#define SANDBOX_ENGINE_PROBE_REPORT_H

#include "launcher/protocol.h"

#include <stdbool.h>
#include <stddef.h>

#define PROBE_TEXT_BYTES 400

struct probe_feature {
	const char *feature;
	bool available;
	char detail[PROBE_TEXT_BYTES];
	char remedy[PROBE_TEXT_BYTES]; /* "" when available */
};

/* Settings of the host that explain a refusal; -1 = there is no such file. */
struct probe_host {
	long max_user_namespaces;
	long unprivileged_userns_clone;
	long apparmor_restrict_userns;
	long memfd_noexec;
	bool proc_is_covered; /* something is mounted below /proc */
	bool has_seccomp;     /* a filter lies on this process already */
};

void probe_host_look(struct probe_host *ret);

/* Whether no sandbox starts without @item. */
bool probe_is_needed(enum probe_item item);

/* The answer to @item; @error is a positive errno, 0 = it worked. */
void probe_explain(enum probe_item item, int error, unsigned int detail,
		   const struct probe_host *host, struct probe_feature *ret);

/* probe_cgroups.c: which limits of control groups this caller can set. */
void probe_cgroups(bool privileged, struct probe_feature *ret);

#endif
