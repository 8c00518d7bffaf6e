/* SPDX-License-Identifier: Apache-2.0 */
/* How the limits that control groups hold stand to each other. */
#include "spec/rules.h"

/* A quota below a millisecond of a period of a hundred is refused by kernels.
 */
#define CPU_MILLI_MIN 10U

static void check_memory(const Sandbox__V1__Limits *limits,
			 struct findings *findings)
{
	unsigned long long memory = limits->memory_bytes;

	if (memory == 0 && limits->swap_bytes_plus1 > 1) {
		finding_at(findings, "limits", ".swap_bytes_plus1",
			   "takes memory_bytes");
	}
	if (memory == 0 && limits->oom_kill_one) {
		finding_at(findings, "limits", ".oom_kill_one",
			   "takes memory_bytes");
	}
	if (memory != 0 && limits->memory_high_bytes > memory) {
		finding_at(findings, "limits", ".memory_high_bytes",
			   "%llu is more than memory_bytes, %llu",
			   (unsigned long long)limits->memory_high_bytes,
			   memory);
	}
	if (memory != 0 && limits->memory_low_bytes > memory) {
		finding_at(findings, "limits", ".memory_low_bytes",
			   "%llu is more than memory_bytes, %llu",
			   (unsigned long long)limits->memory_low_bytes,
			   memory);
	}
}

void rules_limits(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings)
{
	const Sandbox__V1__Limits *limits = spec->limits;

	if (limits == NULL) {
		return;
	}
	check_memory(limits, findings);
	if (limits->cpu_milli != 0 && limits->cpu_milli < CPU_MILLI_MIN) {
		finding_at(findings, "limits", ".cpu_milli",
			   "%u is less than %u", limits->cpu_milli,
			   CPU_MILLI_MIN);
	}
}
