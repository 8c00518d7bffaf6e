/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which processors a launch runs on; see launcher.h.  None of this is a
 * promise: where a call fails the launch is slower, and nothing else.
 */
#include "kernel/syscall.h"
#include "launcher/launcher.h"
#include "launcher/text.h"

/* The kernel says how long its masks are; on most machines it is one word. */
void affinity_remember(struct launcher *launcher)
{
	long size = kernel_call3(SYS_sched_getaffinity, 0,
				 sizeof(launcher->cpus), launcher->cpus);

	launcher->cpus_size = size < 0 ? 0 : (size_t)size;
}

void affinity_stay(const struct launcher *launcher)
{
	uint64_t mask[LAUNCHER_CPU_WORDS];
	uint32_t cpu = 0;
	size_t words = 0;

	if (launcher->cpus_size == 0 ||
	    kernel_call3(SYS_getcpu, &cpu, NULL, NULL) < 0 ||
	    cpu / 64 >= LAUNCHER_CPU_WORDS) {
		return;
	}
	/* A mask that is shorter than the kernel's is taken as it is. */
	words = cpu / 64 + 1;
	memset(mask, 0, words * sizeof(*mask));
	mask[cpu / 64] = (uint64_t)1 << (cpu % 64);
	(void)kernel_call3(SYS_sched_setaffinity, 0, words * sizeof(*mask),
			   mask);
}

void affinity_restore(const struct launcher *launcher)
{
	if (launcher->cpus_size > 0) {
		(void)kernel_call3(SYS_sched_setaffinity, 0,
				   launcher->cpus_size, launcher->cpus);
	}
}
